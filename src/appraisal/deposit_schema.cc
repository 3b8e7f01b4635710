// The tables behind risk deposits, and what keeps them append-only.
#include "appraisal/deposit_ledger.h"

namespace guanhu::appraisal {

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE deposit_accounts ("
    "  staff_id TEXT NOT NULL,"
    "  fund TEXT NOT NULL CHECK (fund IN ('deposit', 'liability', 'compensation')),"
    "  balance {bigint} NOT NULL CHECK (balance >= 0),"
    "  bookings {bigint} NOT NULL,"
    "  last_on TEXT NOT NULL,"
    "  PRIMARY KEY (staff_id, fund)"
    ");"
    "CREATE TABLE deposit_orders ("
    "  order_id {serial},"
    "  kind TEXT NOT NULL CHECK (kind IN ('pay_in', 'interest', 'release', 'draw', 'return', 'reverse')),"
    "  fund TEXT NOT NULL,"
    "  pack TEXT NOT NULL, pack_hash TEXT NOT NULL,"
    "  on_day TEXT NOT NULL,"
    "  subject TEXT NOT NULL,"
    "  document TEXT NOT NULL,"
    "  reason TEXT NOT NULL,"
    "  amount {bigint} NOT NULL,"
    "  basis TEXT NOT NULL,"  // JSON: the decision, what it was told, what it said
    "  lines TEXT NOT NULL,"  // JSON: [{"staff", "due", "booked", "short", ...}]
    "  state TEXT NOT NULL CHECK (state IN ('proposed', 'booked', 'rejected')),"
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, made_staff TEXT NOT NULL,"
    "  decided_at TEXT, decided_by TEXT, decided_why TEXT,"
    "  CHECK (state = 'proposed' OR decided_by IS NOT NULL),"
    "  CHECK (decided_by IS NULL OR decided_by <> made_by)"
    ");"
    "CREATE TABLE deposit_bookings ("
    "  booking_id {serial},"
    "  staff_id TEXT NOT NULL,"
    "  fund TEXT NOT NULL,"
    "  kind TEXT NOT NULL CHECK (kind IN"
    "    ('withheld', 'paid_in', 'interest', 'released', 'drawn', 'returned', 'reversal')),"
    "  on_day TEXT NOT NULL,"
    "  amount {bigint} NOT NULL CHECK (amount <> 0),"
    "  balance {bigint} NOT NULL CHECK (balance >= 0),"
    "  counter TEXT NOT NULL,"
    "  reason TEXT NOT NULL, document TEXT NOT NULL,"
    "  pay_run {bigint},"
    "  order_id {bigint} REFERENCES deposit_orders (order_id),"
    "  reverses {bigint} UNIQUE REFERENCES deposit_bookings (booking_id),"
    "  booked_at TEXT NOT NULL, booked_by TEXT NOT NULL,"
    "  FOREIGN KEY (staff_id, fund) REFERENCES deposit_accounts (staff_id, fund)"
    ");"
    "CREATE INDEX deposit_bookings_of ON deposit_bookings (staff_id, fund, booking_id);"
    "CREATE UNIQUE INDEX deposit_withheld_once ON deposit_bookings (pay_run, staff_id, fund)"
    "  WHERE kind = 'withheld';"
    "CREATE TABLE deposit_entries ("
    "  booking_id {bigint} NOT NULL REFERENCES deposit_bookings (booking_id),"
    "  account TEXT NOT NULL,"  // "deposit:S00001", or the bank's side
    "  amount {bigint} NOT NULL CHECK (amount <> 0),"
    "  PRIMARY KEY (booking_id, account)"
    ");"
    "CREATE INDEX deposit_entries_of ON deposit_entries (account);";

constexpr std::string_view kSqliteGuards =
    "CREATE TRIGGER deposit_bookings_update BEFORE UPDATE ON deposit_bookings"
    " BEGIN SELECT RAISE(ABORT, 'a booking never changes: reverse it'); END;"
    "CREATE TRIGGER deposit_bookings_delete BEFORE DELETE ON deposit_bookings"
    " BEGIN SELECT RAISE(ABORT, 'a booking is not removed: reverse it'); END;"
    "CREATE TRIGGER deposit_entries_update BEFORE UPDATE ON deposit_entries"
    " BEGIN SELECT RAISE(ABORT, 'an entry never changes'); END;"
    "CREATE TRIGGER deposit_entries_delete BEFORE DELETE ON deposit_entries"
    " BEGIN SELECT RAISE(ABORT, 'an entry is not removed'); END;"
    "CREATE TRIGGER deposit_orders_update BEFORE UPDATE ON deposit_orders WHEN OLD.state <> 'proposed'"
    " BEGIN SELECT RAISE(ABORT, 'a decided order never changes'); END;"
    "CREATE TRIGGER deposit_orders_delete BEFORE DELETE ON deposit_orders"
    " BEGIN SELECT RAISE(ABORT, 'an order is not removed'); END;"
    "CREATE TRIGGER deposit_accounts_delete BEFORE DELETE ON deposit_accounts"
    " BEGIN SELECT RAISE(ABORT, 'an account is not removed'); END;";

constexpr std::string_view kPostgresGuards =
    "CREATE FUNCTION deposit_never() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;"
    "CREATE TRIGGER deposit_bookings_change BEFORE UPDATE OR DELETE ON deposit_bookings FOR EACH ROW"
    " EXECUTE FUNCTION deposit_never('a booking never changes: reverse it');"
    "CREATE TRIGGER deposit_entries_change BEFORE UPDATE OR DELETE ON deposit_entries FOR EACH ROW"
    " EXECUTE FUNCTION deposit_never('an entry never changes');"
    "CREATE TRIGGER deposit_orders_update BEFORE UPDATE ON deposit_orders FOR EACH ROW"
    " WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION deposit_never('a decided order never changes');"
    "CREATE TRIGGER deposit_orders_delete BEFORE DELETE ON deposit_orders FOR EACH ROW"
    " EXECUTE FUNCTION deposit_never('an order is not removed');"
    "CREATE TRIGGER deposit_accounts_delete BEFORE DELETE ON deposit_accounts FOR EACH ROW"
    " EXECUTE FUNCTION deposit_never('an account is not removed');";

constexpr store::Migration kSteps[] = {
    {1, "risk deposits: accounts, orders, bookings in double entry", kTables},
    // A step of its own: PostgreSQL does not change the collation of a column that a trigger reads.
    {2, "bookings are only ever added", "", kSqliteGuards, kPostgresGuards}};

}  // namespace

std::span<const store::Migration> deposit_migrations() { return kSteps; }

}  // namespace guanhu::appraisal
