// The tables of leads and campaigns. What people wrote lies in `records`; these are for what is joined and
// counted.
#include "customers/lead.h"

namespace guanhu::customers {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "leads, contacts, referrals, campaigns",
     "CREATE TABLE leads ("
     "  record_id {bigint} PRIMARY KEY,"
     "  stage TEXT NOT NULL, owner TEXT NOT NULL, org TEXT NOT NULL, source TEXT NOT NULL, product TEXT NOT NULL,"
     "  name TEXT NOT NULL, plain TEXT NOT NULL, customer TEXT NOT NULL, phone TEXT NOT NULL,"  // phone: sealed
     "  recommender TEXT NOT NULL, stages TEXT NOT NULL,"
     "  made_by TEXT NOT NULL, received TEXT NOT NULL, assigned_on TEXT, contacted_on TEXT, next_day TEXT,"
     "  closed_on TEXT, version {bigint} NOT NULL, prospect {bigint} NOT NULL, campaign {bigint} NOT NULL,"
     "  contacts {bigint} NOT NULL, amount {bigint} NOT NULL, won_amount {bigint} NOT NULL,"
     "  accepted {bigint} NOT NULL, outcome {bigint} NOT NULL"  // 0 open, 1 won, 2 lost
     ");"
     "CREATE INDEX leads_of_customer ON leads (customer);"
     "CREATE INDEX leads_of_owner ON leads (owner, outcome);"
     "CREATE INDEX leads_plain ON leads (plain);"
     "CREATE INDEX leads_phone ON leads (phone);"
     "CREATE TABLE marketing_contacts ("
     "  record_id {bigint} PRIMARY KEY,"
     "  lead {bigint} NOT NULL, campaign {bigint} NOT NULL, customer TEXT NOT NULL,"
     "  owner TEXT NOT NULL, org TEXT NOT NULL, channel TEXT NOT NULL, outcome TEXT NOT NULL, day TEXT NOT NULL,"
     "  reached {bigint} NOT NULL, interested {bigint} NOT NULL, finance_phone {bigint} NOT NULL"
     ");"
     "CREATE INDEX marketing_contacts_day ON marketing_contacts (day);"
     "CREATE INDEX marketing_contacts_customer ON marketing_contacts (customer, day);"
     "CREATE TABLE no_contacts ("
     "  customer TEXT PRIMARY KEY, why TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL"
     ");"
     "CREATE TABLE lead_referrals ("
     "  referral_id {serial}, lead {bigint} NOT NULL,"
     "  from_staff TEXT NOT NULL, to_staff TEXT NOT NULL, note TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined', 'won', 'lost')),"
     "  asked_at TEXT NOT NULL, asked_by TEXT NOT NULL, answer TEXT NOT NULL, answered_at TEXT NOT NULL,"
     "  won_on TEXT, share {bigint} NOT NULL, entry {bigint} NOT NULL,"
     "  CHECK (from_staff <> to_staff)"
     ");"
     // A lead is on its way to one person at a time.
     "CREATE UNIQUE INDEX lead_referrals_once ON lead_referrals (lead) WHERE state = 'asked';"
     "CREATE TABLE campaign_lines ("
     "  campaign {bigint} NOT NULL, customer TEXT NOT NULL,"
     "  name TEXT NOT NULL, staff TEXT NOT NULL, org TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'control', 'excluded')),"
     "  reasons TEXT NOT NULL, facts TEXT NOT NULL,"  // JSON: a list; the facts of the day it was frozen
     "  channel TEXT NOT NULL, outcome TEXT NOT NULL, contacted_on TEXT,"
     "  contact {bigint} NOT NULL,"
     "  PRIMARY KEY (campaign, customer)"
     ");"
     "CREATE INDEX campaign_lines_of ON campaign_lines (staff, state);"},
    {2, "until when a lead is called or contacted first",
     "ALTER TABLE leads ADD COLUMN call_by TEXT NOT NULL DEFAULT '';"
     "ALTER TABLE leads ADD COLUMN contact_by TEXT;"}};

}  // namespace

std::span<const store::Migration> lead_migrations() { return kMigrations; }

}  // namespace guanhu::customers
