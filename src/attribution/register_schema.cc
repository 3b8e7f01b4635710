// The tables of recorded assignments, of items handed over and of liability that stays or goes.
#include "attribution/register.h"

namespace guanhu::attribution {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "assignments recorded by people, items of hand-overs, shares of liability",
     "CREATE TABLE assignment_entries ("
     "  entry_id {serial},"
     "  kind TEXT NOT NULL CHECK (kind IN ('customer', 'account', 'loan')),"
     "  subject TEXT NOT NULL, customer TEXT NOT NULL, org TEXT NOT NULL,"
     "  from_day TEXT NOT NULL, to_day TEXT,"
     "  reason TEXT NOT NULL,"
     "  origin TEXT NOT NULL CHECK (origin IN ('desk', 'handover', 'claim', 'proposal')),"
     "  origin_id {bigint} NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('asked', 'in_force', 'refused', 'taken_back')),"
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, made_person TEXT NOT NULL,"
     "  checked_at TEXT, checked_by TEXT, check_note TEXT,"
     "  ended_at TEXT, ended_by TEXT, ended_why TEXT,"
     "  known_from {bigint}, known_to {bigint},"  // microseconds since 1970
     "  CHECK (checked_by IS NULL OR checked_by <> made_by OR state = 'refused'),"
     "  CHECK ((state IN ('in_force', 'taken_back')) = (known_from IS NOT NULL))"
     ");"
     "CREATE INDEX assignment_entries_of ON assignment_entries (kind, subject);"
     "CREATE INDEX assignment_entries_customer ON assignment_entries (customer);"
     "CREATE INDEX assignment_entries_state ON assignment_entries (state);"
     "CREATE INDEX assignment_entries_origin ON assignment_entries (origin, origin_id);"
     "CREATE TABLE assignment_parts ("
     "  entry_id {bigint} NOT NULL REFERENCES assignment_entries (entry_id),"
     "  staff_id TEXT NOT NULL,"
     "  role TEXT NOT NULL CHECK (role IN ('main', 'assist')),"
     "  share {bigint} NOT NULL CHECK (share BETWEEN 1 AND 10000),"
     "  PRIMARY KEY (entry_id, staff_id)"
     ");"
     "CREATE INDEX assignment_parts_staff ON assignment_parts (staff_id);"
     "CREATE TABLE handover_items ("
     "  item_id {serial},"
     "  handover {bigint} NOT NULL,"
     "  kind TEXT NOT NULL, object TEXT NOT NULL,"
     "  customer TEXT NOT NULL, org TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL,"  // detail: JSON
     "  share {bigint} NOT NULL, main {bigint} NOT NULL,"  // what the giver holds of it
     "  given_at TEXT, given_by TEXT, given_note TEXT NOT NULL, missing {bigint} NOT NULL,"
     "  taken_at TEXT, taken_by TEXT, taken_note TEXT NOT NULL,"
     "  left_out TEXT NOT NULL,"  // why it stays with the giver; "" it goes
     "  UNIQUE (handover, kind, object)"
     ");"
     // Who is not proposed for a customer again.
     "CREATE TABLE assignment_declined ("
     "  customer TEXT NOT NULL, staff_id TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, why TEXT NOT NULL,"
     "  PRIMARY KEY (customer, staff_id)"
     ");"
     "CREATE TABLE liability_shares ("
     "  loan TEXT NOT NULL, handover {bigint} NOT NULL, staff_id TEXT NOT NULL,"
     "  share {bigint} NOT NULL CHECK (share BETWEEN 0 AND 10000),"
     "  from_day TEXT NOT NULL, policy TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,"
     "  PRIMARY KEY (loan, handover, staff_id)"
     ");"}};

}  // namespace

std::span<const store::Migration> migrations() { return kMigrations; }

}  // namespace guanhu::attribution
