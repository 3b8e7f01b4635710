// The tables of own fields and bulk imports.
#include "customers/field.h"

namespace guanhu::customers {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "values of own fields, rows of bulk imports, remembered mappings",
     "CREATE TABLE customer_values ("
     "  customer TEXT NOT NULL, field {bigint} NOT NULL, place {bigint} NOT NULL,"
     "  value TEXT NOT NULL,"
     "  number {bigint},"  // of numbers: millionths; of dates: days since 1970
     "  PRIMARY KEY (customer, field, place)"
     ");"
     "CREATE INDEX customer_values_by ON customer_values (field, value, customer);"
     "CREATE INDEX customer_values_between ON customer_values (field, number, customer);"
     "CREATE TABLE intake_rows ("
     "  import {bigint} NOT NULL,"  // the record of the import
     "  line {bigint} NOT NULL,"    // as the program that wrote the file counts
     "  subject TEXT NOT NULL, name TEXT NOT NULL,"
     "  outcome TEXT NOT NULL,"  // new, changed, same, refused
     "  said TEXT NOT NULL,"     // JSON: what is wrong in which cell, what changes from what to what
     "  record {bigint}, version_before {bigint}, version_after {bigint},"  // what was written
     "  undone TEXT,"                                                       // done, or why not
     "  PRIMARY KEY (import, line)"
     ");"
     "CREATE INDEX intake_rows_by ON intake_rows (import, outcome, line);"
     "CREATE TABLE intake_files ("
     "  digest TEXT PRIMARY KEY,"                 // SHA-256 of the bytes
     "  name TEXT NOT NULL, bytes TEXT NOT NULL"  // bytes: sealed, they hold people's numbers
     ");"
     "CREATE TABLE intake_mappings ("
     "  what TEXT NOT NULL, name TEXT NOT NULL,"
     "  columns TEXT NOT NULL,"  // JSON: title of the file's column -> our column
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
     "  PRIMARY KEY (what, name)"
     ");"
     "CREATE TABLE customer_prospects ("  // those that are open, to be found by number
     "  record {bigint} PRIMARY KEY, id_no TEXT NOT NULL, phone TEXT NOT NULL"  // sealed; "" none
     ");"
     "CREATE INDEX customer_prospects_number ON customer_prospects (id_no);"
     "CREATE INDEX customer_prospects_phone ON customer_prospects (phone);"}};

}  // namespace

std::span<const store::Migration> intake_migrations() { return kMigrations; }

}  // namespace guanhu::customers
