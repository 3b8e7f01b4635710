// In and out around a month end: what an account held above both sides of it.
#include <algorithm>

#include "risk/spikes.h"

namespace guanhu::risk {

namespace {

using base::Decimal;

struct Passed {
  int64_t came, went, level;  // fen; level: the higher of the two sides
  int32_t first, last;        // days around the month end on which the balance was above the level
};

// What came in the days up to `end` and went in the days after it.
std::optional<Passed> passed(const Books& books, const Rules& rules, uint32_t account, int32_t end) {
  int64_t balance = books.balance(account, end);
  if (balance < rules.passing_least) return std::nullopt;
  int n = rules.passing_days;
  // A day's balance is the one at its end: what was booked on the first of the n days is not in the balance
  // of the day before it.
  int64_t before = books.least(account, end - n, end - 1), after = books.least(account, end + 1, end + n);
  Passed out{balance - before, balance - after, std::max(before, after), end, end};
  if (out.came <= 0 || out.went <= 0) return std::nullopt;
  while (out.first - 1 > end - n && books.balance(account, out.first - 1) > out.level) --out.first;
  while (out.last + 1 < end + n && books.balance(account, out.last + 1) > out.level) ++out.last;
  return out;
}

Finding make(const Books& books, uint32_t account, base::Date end, const Passed& p) {
  Finding f;
  f.kind = Kind::passing, f.day = end, f.subject_kind = "account", f.subject_id = books.account_id(account);
  f.id = id_of(Kind::passing, end.str() + "\n" + f.subject_id);
  if (uint32_t c = books.customer(account, end.days())) f.customer_id = books.customer_id(c);
  f.amount = std::min(p.came, p.went);
  f.what = end.str() + " 前转进 " + base::format_fen(p.came) + " 元，以后转出 " + base::format_fen(p.went) + " 元";
  f.detail = {
      {"came", Decimal::fen(p.came)}, {"went", Decimal::fen(p.went)}, {"stayed_level", Decimal::fen(p.level)}};
  f.money = {{account, p.first, p.last, f.amount, p.level}};
  return f;
}

}  // namespace

std::vector<Finding> find_passing(const Books& books, const Rules& rules, base::Date month_end) {
  std::vector<Finding> out;
  // What goes out on days nobody has reported yet has not gone out.
  if (books.reached() <= month_end.days()) return out;
  for (uint32_t account = 0; account < books.accounts(); ++account) {
    auto p = passed(books, rules, account, month_end.days());
    if (!p) continue;
    int64_t larger = std::max(p->came, p->went), smaller = std::min(p->came, p->went);
    if (smaller < rules.passing_least || rules.passing_tolerance.below(larger - smaller, larger)) continue;
    out.push_back(make(books, account, month_end, *p));
  }
  return out;
}

}  // namespace guanhu::risk
