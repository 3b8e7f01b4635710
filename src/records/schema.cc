// The tables of what people write.
#include "records/records.h"

namespace guanhu::records {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "records, their versions, words and files; who is at work",
     "CREATE TABLE records ("
     "  record_id {serial},"
     "  kind TEXT NOT NULL,"
     "  version {bigint} NOT NULL CHECK (version > 0),"
     "  key TEXT,"  // of which a kind has only one; NULL: any number
     "  state TEXT NOT NULL, owner TEXT NOT NULL, org TEXT NOT NULL, customer TEXT NOT NULL,"
     "  parent {bigint} REFERENCES records (record_id),"
     "  day TEXT, until_day TEXT,"
     "  title TEXT NOT NULL,"
     "  body TEXT NOT NULL,"   // JSON
     "  words TEXT NOT NULL,"  // what can be found, as it was written
     "  removed {bigint} NOT NULL,"
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
     "  changed_at TEXT NOT NULL, changed_by TEXT NOT NULL,"
     "  UNIQUE (kind, key)"
     ");"
     "CREATE INDEX records_of ON records (kind, owner, day);"
     "CREATE INDEX records_by_org ON records (kind, org, day);"
     "CREATE INDEX records_about ON records (customer, kind);"
     "CREATE INDEX records_below ON records (parent);"
     "CREATE INDEX records_due ON records (kind, state, until_day);"
     "CREATE TABLE record_versions ("
     "  record_id {bigint} NOT NULL REFERENCES records (record_id),"
     "  version {bigint} NOT NULL,"
     "  at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, why TEXT NOT NULL,"
     "  state TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, removed {bigint} NOT NULL,"
     "  PRIMARY KEY (record_id, version)"
     ");"
     "CREATE TABLE record_files ("
     "  digest TEXT PRIMARY KEY,"
     "  name TEXT NOT NULL, type TEXT NOT NULL, size {bigint} NOT NULL,"
     "  at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  bytes TEXT NOT NULL"  // base64
     ");"
     "CREATE TABLE record_file_links ("
     "  record_id {bigint} NOT NULL REFERENCES records (record_id),"
     "  place {bigint} NOT NULL,"
     "  digest TEXT NOT NULL REFERENCES record_files (digest),"
     "  PRIMARY KEY (record_id, place)"
     ");"
     "CREATE INDEX record_file_links_of ON record_file_links (digest);"
     "CREATE TABLE record_editors ("
     "  what TEXT NOT NULL, login TEXT NOT NULL, since TEXT NOT NULL, seen TEXT NOT NULL,"
     "  PRIMARY KEY (what, login)"
     ");",
     "CREATE VIRTUAL TABLE record_search USING fts5 (words);",
     "CREATE TABLE record_search (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);"
     "CREATE INDEX record_search_words ON record_search USING GIN (words);"}};

}  // namespace

std::span<const store::Migration> migrations() { return kMigrations; }

}  // namespace guanhu::records
