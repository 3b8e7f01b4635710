// The tables of the customer register. What people wrote lies in `records`; these are for what is joined and
// counted.
#include "customers/customer.h"

namespace guanhu::customers {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "customers that are one, relations, groups, categories, bad credit",
     "CREATE TABLE register_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL,"
     " actor TEXT NOT NULL);"
     "CREATE TABLE customer_merges ("
     "  merge_id {serial},"
     "  survivor TEXT NOT NULL, absorbed TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('proposed', 'made', 'rejected', 'undone')),"
     "  score {bigint}, reasons TEXT NOT NULL,"  // JSON: why they look alike
     "  why TEXT NOT NULL, proposed_at TEXT NOT NULL, proposed_by TEXT NOT NULL,"
     "  decided_at TEXT, decided_by TEXT, decided_why TEXT,"
     "  undone_at TEXT, undone_by TEXT, undone_why TEXT,"
     "  CHECK (survivor <> absorbed)"
     ");"
     // Nobody is merged twice at the same time, or asked to be.
     "CREATE UNIQUE INDEX customer_merges_once ON customer_merges (absorbed) WHERE state IN ('proposed', 'made');"
     "CREATE INDEX customer_merges_into ON customer_merges (survivor, state);"
     "CREATE TABLE customer_pairs ("
     "  one TEXT NOT NULL, other TEXT NOT NULL,"
     "  score {bigint} NOT NULL, reasons TEXT NOT NULL,"  // score in 1/100
     "  state TEXT NOT NULL CHECK (state IN ('open', 'dismissed')),"
     "  found_at TEXT NOT NULL, seen_at TEXT NOT NULL,"  // seen: by the last search
     "  decided_at TEXT, decided_by TEXT, why TEXT NOT NULL,"
     "  PRIMARY KEY (one, other), CHECK (one < other)"
     ");"
     "CREATE INDEX customer_pairs_by_score ON customer_pairs (state, score);"
     "CREATE TABLE customer_group_members ("
     "  record_id {bigint} NOT NULL, place {bigint} NOT NULL,"
     "  customer TEXT NOT NULL, role TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT,"
     "  PRIMARY KEY (record_id, place)"
     ");"
     "CREATE INDEX customer_group_members_of ON customer_group_members (customer);"
     "CREATE TABLE customer_relations ("
     "  record_id {bigint} PRIMARY KEY,"
     "  customer TEXT NOT NULL, related TEXT NOT NULL, related_name TEXT NOT NULL, kind TEXT NOT NULL,"
     "  share {bigint}, from_day TEXT NOT NULL, to_day TEXT,"  // share in 1/10,000
     "  source TEXT NOT NULL, reason TEXT NOT NULL"
     ");"
     "CREATE INDEX customer_relations_of ON customer_relations (customer);"
     "CREATE INDEX customer_relations_to ON customer_relations (related);"
     "CREATE TABLE customer_categories ("
     "  record_id {bigint} PRIMARY KEY,"
     "  scheme TEXT NOT NULL, customer TEXT NOT NULL, category TEXT NOT NULL,"
     "  from_day TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected'))"
     ");"
     "CREATE INDEX customer_categories_of ON customer_categories (customer, scheme, from_day);"
     "CREATE INDEX customer_categories_in ON customer_categories (scheme, state, category);"
     "CREATE TABLE customer_bad_credit ("
     "  record_id {bigint} PRIMARY KEY,"
     "  customer TEXT NOT NULL, name TEXT NOT NULL, number TEXT NOT NULL,"  // number: sealed
     "  state TEXT NOT NULL CHECK (state IN ('listed', 'leaving', 'removed'))"
     ");"
     "CREATE INDEX customer_bad_credit_of ON customer_bad_credit (customer);"
     "CREATE INDEX customer_bad_credit_number ON customer_bad_credit (number);"},
    {2, "who is in a category, read from one index alone",
     "DROP INDEX customer_categories_in;"
     "CREATE INDEX customer_categories_now ON customer_categories"
     " (scheme, state, customer, from_day, record_id, category);"}};

}  // namespace

std::span<const store::Migration> register_migrations() { return kMigrations; }

}  // namespace guanhu::customers
