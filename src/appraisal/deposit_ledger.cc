#include "appraisal/deposit_ledger.h"

#include <algorithm>
#include <map>
#include <set>

namespace guanhu::appraisal {

namespace {

using base::Broken;
using base::Error;
using base::Fen;
using base::JsonObject;

struct Kind {
  std::string_view name, title, counter;
  int sign;  // of the person's balance
};
constexpr Kind kKinds[] = {{"withheld", "扣存", "应付工资", 1},
                           {"paid_in", "本人交存", "现金", 1},
                           {"interest", "计息", "利息支出", 1},
                           {"released", "到期退还", "应付退还款", -1},
                           {"drawn", "弥补损失", "损失弥补", -1},
                           {"returned", "离岗退还", "应付退还款", -1},
                           {"reversal", "冲正", "", 0}};

const Kind* kind_of(std::string_view name) {
  for (const Kind& k : kKinds)
    if (k.name == name) return &k;
  return nullptr;
}

Booking read(const store::Row& row) {
  Booking out;
  out.id = row.integer(0);
  out.staff = row.text(1), out.fund = row.text(2), out.kind = row.text(3);
  out.on = base::Date::parse(row.text(4)).value();
  out.amount = row.integer(5), out.balance = row.integer(6);
  out.counter = row.text(7), out.reason = row.text(8), out.document = row.text(9);
  out.pay_run = row.maybe_integer(10), out.order = row.maybe_integer(11), out.reverses = row.maybe_integer(12);
  out.at = row.text(13), out.actor = row.text(14), out.reversed_by = row.maybe_integer(15);
  return out;
}

constexpr const char* kSelect =
    "SELECT b.booking_id, b.staff_id, b.fund, b.kind, b.on_day, b.amount, b.balance, b.counter, b.reason, "
    "b.document, b.pay_run, b.order_id, b.reverses, b.booked_at, b.booked_by, r.booking_id "
    "FROM deposit_bookings b LEFT JOIN deposit_bookings r ON r.reverses = b.booking_id";

std::string account_name(const std::string& fund, const std::string& staff) { return fund + ":" + staff; }

store::Value maybe(const std::optional<int64_t>& number) {
  return number ? store::Value(*number) : store::Value();
}

base::Status check(const BookingAsk& ask) {
  if (fund_title(ask.fund).empty())
    return Error{"deposit.fund", "没有“" + ask.fund + "”这种账户", "fund", "deposit、liability 或 compensation"};
  if (!kind_of(ask.kind)) return Error{"deposit.kind", "没有“" + ask.kind + "”这种记账", "kind", ""};
  if (ask.staff.empty()) return Error{"deposit.staff", "没有写是谁的账户", "staff", "写工号"};
  if (ask.kind != "reversal" && ask.amount <= 0)
    return Error{"deposit.amount", "金额要大于零: " + base::format_fen(ask.amount), "amount", ""};
  if (ask.kind != "withheld" && ask.reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{"deposit.reason", "没有写理由", "reason", "写明为什么记这一笔"};
  return {};
}

// The change of the balance and the other side; a reversal takes both from what it reverses.
struct Change {
  Fen amount = 0;
  std::string counter;
};
base::Result<Change> change_of(store::Session& session, const BookingAsk& ask) {
  const Kind* kind = kind_of(ask.kind);
  if (ask.kind != "reversal") return Change{kind->sign * ask.amount, std::string(kind->counter)};
  auto rows = session.query(std::string(kSelect) + " WHERE b.booking_id = ?", {ask.reverses.value_or(0)});
  if (rows.empty()) return Error{"deposit.reverse.unknown", "没有要冲正的这一笔", "reverses", "对账单上有编号"};
  Booking was = read(rows[0]);
  if (was.staff != ask.staff || was.fund != ask.fund)
    return Error{"deposit.reverse.unknown", "要冲正的这一笔不在这个账户里", "reverses", "对账单上有编号"};
  if (was.reversed_by) return Error{"deposit.reverse.twice", "这一笔已经冲正过了", "reverses", ""};
  if (was.kind == "reversal")
    return Error{"deposit.reverse.reversal", "冲正本身不能再冲正", "reverses", "按原来的金额另记一笔"};
  return Change{-was.amount, was.counter};
}

// The balance as the entries say it.
Fen sum_of_entries(store::Session& session, const std::string& account) {
  auto rows = session.query("SELECT COALESCE(SUM(amount), 0) FROM deposit_entries WHERE account = ?", {account});
  return rows.at(0).integer(0);
}

}  // namespace

std::string_view fund_title(std::string_view fund) {
  if (fund == "deposit") return "风险保证金";
  if (fund == "liability") return "责任金";
  if (fund == "compensation") return "赔偿金";
  return "";
}

std::string_view booking_title(std::string_view kind) {
  const Kind* found = kind_of(kind);
  return found ? found->title : "";
}

Fen balance_of(store::Session& session, const std::string& staff, const std::string& fund) {
  auto rows = session.query("SELECT balance FROM deposit_accounts WHERE staff_id = ? AND fund = ?", {staff, fund});
  return rows.empty() ? 0 : rows[0].integer(0);
}

base::Result<Booking> book(store::Session& session, const BookingAsk& ask, const PeopleDoing& doing) {
  if (auto status = check(ask); !status.ok()) return status.error();
  auto change = change_of(session, ask);
  if (!change.ok()) return change.error();
  // The transaction holds the bank's turn to write: nobody else changes the account between here and its end.
  auto account = session.query("SELECT balance, last_on FROM deposit_accounts WHERE staff_id = ? AND fund = ?",
                               {ask.staff, ask.fund});
  const Fen before = account.empty() ? 0 : account[0].integer(0), after = before + change->amount;
  if (after < 0)
    return Error{"deposit.short",
                 "余额 " + base::format_fen(before) + " 元，不够支出 " + base::format_fen(-change->amount) + " 元",
                 ask.staff, "账户不能透支"};
  if (!account.empty() && ask.on.str() < account[0].text(1))
    return Error{"deposit.date", "账户已经记到 " + account[0].text(1) + "，不能再记 " + ask.on.str() + " 的账",
                 "on", "日期不能早于上一笔"};
  if (account.empty())
    session.exec(
        "INSERT INTO deposit_accounts (staff_id, fund, balance, bookings, last_on) VALUES (?, ?, ?, 1, ?)",
        {ask.staff, ask.fund, after, ask.on.str()});
  else
    session.exec(
        "UPDATE deposit_accounts SET balance = ?, bookings = bookings + 1, last_on = ? WHERE staff_id = ? AND "
        "fund = ?",
        {after, ask.on.str(), ask.staff, ask.fund});
  session.exec(
      "INSERT INTO deposit_bookings (staff_id, fund, kind, on_day, amount, balance, counter, reason, document, "
      "pay_run,"
      " order_id, reverses, booked_at, booked_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {ask.staff, ask.fund, ask.kind, ask.on.str(), change->amount, after, change->counter, ask.reason,
       ask.document, maybe(ask.pay_run), maybe(ask.order), maybe(ask.reverses), doing.at.str(), doing.actor});
  const int64_t id = session.query("SELECT max(booking_id) FROM deposit_bookings").at(0).integer(0);
  const std::string own = account_name(ask.fund, ask.staff);
  for (const auto& [name, amount] : {std::pair{own, change->amount}, std::pair{change->counter, -change->amount}})
    session.exec("INSERT INTO deposit_entries (booking_id, account, amount) VALUES (?, ?, ?)", {id, name, amount});
  if (Fen sum = sum_of_entries(session, own); sum != after)
    throw Broken("deposit account " + own + ": the entries add up to " + base::format_fen(sum) +
                 ", the balance is " + base::format_fen(after));
  doing.tell("deposit." + ask.kind, "deposit " + own,
             JsonObject{{"booking", id},
                        {"amount", base::format_fen(change->amount)},
                        {"balance", base::format_fen(after)},
                        {"on", ask.on.str()},
                        {"reason", ask.reason}});
  return read(session.query(std::string(kSelect) + " WHERE b.booking_id = ?", {id}).at(0));
}

std::vector<Booking> bookings_of(store::Session& session, const std::string& staff, const std::string& fund) {
  std::vector<Booking> out;
  for (const auto& row : session.query(
           std::string(kSelect) + " WHERE b.staff_id = ? AND b.fund = ? ORDER BY b.booking_id", {staff, fund}))
    out.push_back(read(row));
  return out;
}

std::vector<DepositAccount> deposit_accounts(store::Session& session, const std::string& staff) {
  const std::string where = staff.empty() ? "" : " WHERE staff_id = ?";
  std::vector<store::Value> of;
  if (!staff.empty()) of.emplace_back(staff);
  std::map<std::pair<std::string, std::string>, DepositAccount> all;
  for (const auto& row :
       session.query("SELECT staff_id, fund, balance, bookings, last_on FROM deposit_accounts" + where, of)) {
    DepositAccount account;
    account.staff = row.text(0), account.fund = row.text(1), account.balance = row.integer(2);
    account.bookings = row.integer(3), account.last_on = row.text(4);
    all[{account.staff, account.fund}] = account;
  }
  const std::string sums =
      "SELECT b.staff_id, b.fund, b.kind, SUM(b.amount) FROM deposit_bookings b WHERE "
      "b.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM deposit_bookings r WHERE r.reverses = b.booking_id)" +
      std::string(staff.empty() ? "" : " AND b.staff_id = ?") + " GROUP BY b.staff_id, b.fund, b.kind";
  for (const auto& row : session.query(sums, of)) {
    DepositAccount& account = all.at({row.text(0), row.text(1)});
    const std::string& kind = row.text(2);
    const Fen amount = row.integer(3);
    (kind == "withheld"   ? account.withheld
     : kind == "paid_in"  ? account.paid_in
     : kind == "interest" ? account.interest
     : kind == "released" ? account.released
     : kind == "drawn"    ? account.drawn
                          : account.returned) = amount < 0 ? -amount : amount;
  }
  std::vector<DepositAccount> out;
  for (auto& [key, account] : all) out.push_back(std::move(account));
  return out;
}

std::vector<DepositLot> open_lots(const std::vector<Booking>& bookings) {
  std::vector<DepositLot> out;
  Fen gone = 0;
  for (const Booking& b : bookings) {
    if (b.reversed_by || b.kind == "reversal") continue;
    if (b.amount > 0) out.push_back({b.id, b.kind, b.on, b.amount, b.amount});
    else gone -= b.amount;
  }
  for (DepositLot& lot : out) {
    Fen taken = std::min(gone, lot.left);
    lot.left -= taken, gone -= taken;
  }
  std::erase_if(out, [](const DepositLot& lot) { return lot.left == 0; });
  return out;
}

base::Decimal balance_days(const std::vector<Booking>& bookings, base::Date from, base::Date to) {
  base::Int128 fen_days = 0;
  for (const Booking& b : bookings) {
    base::Date since = std::max(b.on, from);
    if (since <= to) fen_days += static_cast<base::Int128>(b.amount) * (to - since + 1);
  }
  return base::Decimal::make(fen_days, -2);
}

std::vector<std::string> ledger_faults(store::Session& session) {
  std::vector<std::string> out;
  for (const auto& row : session.query("SELECT booking_id FROM deposit_entries GROUP BY booking_id"
                                       " HAVING SUM(amount) <> 0 OR COUNT(*) <> 2"))
    out.push_back("booking " + std::to_string(row.integer(0)) + ": its two entries do not cancel");
  for (const auto& row : session.query("SELECT b.booking_id FROM deposit_bookings b WHERE NOT EXISTS"
                                       " (SELECT 1 FROM deposit_entries e WHERE e.booking_id = b.booking_id AND"
                                       " e.account = b.fund || ':' || b.staff_id AND e.amount = b.amount)"))
    out.push_back("booking " + std::to_string(row.integer(0)) +
                  ": no entry of its amount in the person's account");
  for (const DepositAccount& account : deposit_accounts(session)) {
    Fen running = 0;
    for (const Booking& b : bookings_of(session, account.staff, account.fund)) {
      running += b.amount;
      if (running != b.balance || running < 0)
        out.push_back("booking " + std::to_string(b.id) + ": balance " + base::format_fen(b.balance) +
                      ", worked out " + base::format_fen(running));
    }
    if (running != account.balance)
      out.push_back("account " + account.fund + ":" + account.staff + ": balance " +
                    base::format_fen(account.balance) + ", bookings add up to " + base::format_fen(running));
  }
  return out;
}

}  // namespace guanhu::appraisal
