#include "appraisal/deposit_outlook.h"

#include <algorithm>
#include <functional>

#include "appraisal/detail/deposit_rows.h"

namespace guanhu::appraisal {

using base::Date;
using base::Fen;

std::vector<FundBalance> fund_balances(store::Session& session) {
  std::vector<FundBalance> out;
  for (std::string_view fund : kFunds) {
    FundBalance one;
    one.fund = fund;
    auto people = session.query(
        "SELECT COUNT(*), COALESCE(SUM(balance), 0), COALESCE(SUM(bookings), 0) FROM deposit_accounts"
        " WHERE fund = ?",
        {one.fund});
    one.people = people.at(0).integer(0), one.balance = people.at(0).integer(1),
    one.bookings = people.at(0).integer(2);
    one.difference = one.balance;
    for (const auto& row : session.query(
             "SELECT e.account, SUM(e.amount) FROM deposit_entries e JOIN deposit_bookings b ON b.booking_id ="
             " e.booking_id WHERE b.fund = ? AND e.account = b.counter GROUP BY e.account ORDER BY e.account",
             {one.fund})) {
      one.bank.emplace_back(row.text(0), row.integer(1));
      one.difference += row.integer(1);
    }
    if (one.people) out.push_back(std::move(one));
  }
  return out;
}

namespace {

// The first day of (from, to] with something due, by halves: what is due once stays due.
base::Result<Date> first_day(const std::function<base::Result<Fen>(Date)>& due, Date from, Date to) {
  Date low = from, high = to;  // nothing is due at `low`, something at `high`
  while (low + 1 < high) {
    const Date middle = low + (high - low) / 2;
    auto amount = due(middle);
    if (!amount.ok()) return amount.error();
    (*amount ? high : low) = middle;
  }
  return high;
}

}  // namespace

base::Result<std::vector<ComingRelease>> coming_releases(store::Session& session, const policy::Pack& pack,
                                                         const people::Directory& directory, Date from, Date to,
                                                         const std::string& staff) {
  auto decision = detail::planned(pack, "释放", from);
  if (!decision.ok()) return decision.error();
  const FactsByDay facts = facts_in_force(session, from, from);
  std::vector<ComingRelease> out;
  for (const DepositAccount& account : deposit_accounts(session, staff)) {
    if (account.fund != kFunds[0]) continue;
    for (const DepositLot& lot : open_lots(bookings_of(session, account.staff, account.fund))) {
      NamedAnswer last;
      auto due = [&](Date day) -> base::Result<Fen> {
        Names behind;
        Names names = detail::told_of_account(facts, &directory, account.staff, account.balance, from, behind);
        names.set("业务日期", told_date(day), base::JsonObject{{"kind", "given"}});
        auto one = detail::release_of_lot(pack, *decision, names, account.staff, lot, day);
        if (!one.ok()) return one.error();
        last = std::move(one->answer);
        return one->amount;
      };
      auto now = due(from), later = due(to);
      if (!now.ok()) return now.error();
      if (!later.ok()) return later.error();
      if (!*later) continue;
      auto day = *now ? base::Result<Date>(from) : first_day(due, from, to);
      if (!day.ok()) return day.error();
      out.push_back({account.staff, lot.booking, lot.on, lot.left, *later, *day, last.decision, last.cites});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ComingRelease& a, const ComingRelease& b) { return a.due_on < b.due_on; });
  return out;
}

}  // namespace guanhu::appraisal
