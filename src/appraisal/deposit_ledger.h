// Risk deposits: one account a person and fund, kept in double entry and only ever added to.
//
// Every booking has two entries that cancel each other: the person's account and the bank's side of it. The
// balance is checked against the sum of all entries at every booking; it never goes below zero; a mistake is
// undone by a booking the other way round that names it, never by a change.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/people_doing.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/money.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

// Tables of deposits; after run_migrations() of the same store.
std::span<const store::Migration> deposit_migrations();

// RDP-303: 风险保证金, 责任金, 赔偿金.
inline constexpr std::string_view kFunds[] = {"deposit", "liability", "compensation"};
std::string_view fund_title(std::string_view fund);  // "风险保证金"; "" there is no such fund

// withheld (from pay), paid_in (by the person), interest; released (by schedule), drawn (for a loss),
// returned (on leaving); reversal (of any of these).
std::string_view booking_title(std::string_view kind);

struct Booking {
  int64_t id = 0;
  std::string staff, fund, kind;
  base::Date on;
  base::Fen amount = 0;   // what the person's balance changed by
  base::Fen balance = 0;  // afterwards
  std::string counter;    // the other side: "应付工资", "损失弥补", ...
  std::string reason, document;
  std::optional<int64_t> pay_run, order, reverses, reversed_by;
  std::string at, actor;
};

struct BookingAsk {
  std::string staff, fund = "deposit", kind;
  base::Date on;
  base::Fen amount = 0;  // above zero; of a reversal it follows from what is reversed
  std::string reason, document;
  std::optional<int64_t> pay_run, order, reverses;
};

// Inside the caller's transaction; what is refused leaves nothing behind, but the caller must not commit the rest
// of its work then. Refused: deposit.fund, deposit.kind, deposit.staff, deposit.amount, deposit.reason (of all but
// withholding), deposit.short (the balance does not reach), deposit.reverse.unknown, .twice, .reversal,
// deposit.date (before the last booking of the account). Throws Broken when entries and balance differ.
base::Result<Booking> book(store::Session& session, const BookingAsk& ask, const PeopleDoing& doing);

// Oldest first.
std::vector<Booking> bookings_of(store::Session& session, const std::string& staff, const std::string& fund);
base::Fen balance_of(store::Session& session, const std::string& staff, const std::string& fund);

struct DepositAccount {
  std::string staff, fund;
  base::Fen balance = 0, withheld = 0, paid_in = 0, interest = 0, released = 0, drawn = 0, returned = 0;
  int64_t bookings = 0;
  std::string last_on;
};
// Reversed bookings and their reversals count in none of the sums. By staff, then fund.
std::vector<DepositAccount> deposit_accounts(store::Session& session, const std::string& staff = "");

// A credit that is still there, in whole or in part: what goes out takes the oldest first.
struct DepositLot {
  int64_t booking = 0;
  std::string kind;
  base::Date on;
  base::Fen amount = 0, left = 0;
};
std::vector<DepositLot> open_lots(const std::vector<Booking>& bookings);
// 元·天 from `from` to `to`, both included: the balance at the end of each day, summed up.
base::Decimal balance_days(const std::vector<Booking>& bookings, base::Date from, base::Date to);

// What does not add up; empty: every booking's entries cancel, every balance is the sum of its entries, none is
// below zero, every running balance follows from the one before.
std::vector<std::string> ledger_faults(store::Session& session);

}  // namespace guanhu::appraisal
