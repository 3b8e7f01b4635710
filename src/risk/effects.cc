#include "risk/effects.h"

#include <algorithm>
#include <set>

namespace guanhu::risk {

namespace {

using attribution::Entry;
using base::Int128;

constexpr const char* kEnd = "期末存款余额";
constexpr const char* kAverage = "日均存款余额";

void add_account(const Books& books, uint32_t account, Totals& out) {
  Int128 whole = 0;
  int64_t end = 0;
  books.each_balance(account, out.first, out.last, [&](int32_t from, int32_t to, int64_t balance) {
    whole += Int128{balance} * (to - from + 1);
    end = balance;
  });
  if (whole == 0 && end == 0) return;
  out.bank_days += whole, out.bank_end += end;
  attribution::each_group(books.columns().accounts.managers.of(account), out.first, out.last,
                          [&](std::span<const Entry> group, int32_t from, int32_t to) {
                            bool all = from == out.first && to == out.last;
                            Int128 days = all ? whole : books.balance_days(account, from, to);
                            for (const Entry& e : group) {
                              out.staff_days[e.staff] += days * e.share;
                              if (to == out.last) out.staff_end[e.staff] += Int128{end} * e.share;
                            }
                          });
  attribution::each_group(books.columns().accounts.orgs.of(account), out.first, out.last,
                          [&](std::span<const Entry> group, int32_t from, int32_t to) {
                            bool all = from == out.first && to == out.last;
                            out.org_days[group[0].staff] += all ? whole : books.balance_days(account, from, to);
                            if (to == out.last) out.org_end[group[0].staff] += end;
                          });
}

// What is taken off, by holder: balance-days and the balance of the last day.
struct Off {
  Int128 days = 0, end = 0;
};
struct OffAll {
  std::map<uint32_t, Off> staff, orgs;
  Off bank;
  std::set<uint32_t> touched;  // staff on any day of the money, in the period or not
};

void take_off(const Books& books, const Totals& period, uint32_t account, const std::vector<Stretch>& money,
              OffAll& out) {
  int32_t first = money[0].first, last = money[0].last;
  for (const Stretch& s : money) first = std::min(first, s.first), last = std::max(last, s.last);
  for (int32_t day = first; day <= last; ++day) {
    int64_t less = taken_off(money, day, books.balance(account, day));
    if (less == 0) continue;
    bool counts = day >= period.first && day <= period.last, end = day == period.last;
    for (const Entry& e : books.holders(account, day)) {
      if (e.staff) out.touched.insert(e.staff);
      if (!counts) continue;
      Off& off = out.staff[e.staff];
      off.days += Int128{less} * e.share;
      if (end) off.end += Int128{less} * e.share;
    }
    if (!counts) continue;
    for (Off* off : {&out.orgs[books.org(account, day)], &out.bank}) {
      off->days += less;
      if (end) off->end += less;
    }
  }
}

// `unit`: 10,000 for shares, 1 for whole balances.
void add_effects(Finding& f, const std::string& kind, const std::string& id, const Off& off, Int128 days,
                 Int128 end, int count, int unit) {
  auto fen = [](Int128 a, Int128 b) { return static_cast<int64_t>(base::divide_half_up(a, b)); };
  Int128 average = Int128{unit} * count;
  f.effects.push_back({kind, id, kAverage, "元", fen(days, average), fen(days - off.days, average)});
  f.effects.push_back({kind, id, kEnd, "元", fen(end, unit), fen(end - off.end, unit)});
}

}  // namespace

Totals totals_of(const Books& books, int32_t first, int32_t last) {
  Totals out;
  out.first = first, out.last = last;
  out.staff_days.resize(books.columns().staff.size()), out.staff_end.resize(books.columns().staff.size());
  out.org_days.resize(books.columns().orgs.size()), out.org_end.resize(books.columns().orgs.size());
  for (uint32_t account = 0; account < books.accounts(); ++account) add_account(books, account, out);
  return out;
}

Subtrees subtrees_of(const Books& books, const people::Directory& directory) {
  Subtrees out;
  for (const people::Org& org : directory.orgs()) {
    uint32_t number = books.columns().orgs.find(org.id);
    if (!number) continue;
    for (const std::string& below : directory.subtree(org.id))
      if (uint32_t one = books.columns().orgs.find(below)) out[number].push_back(one);
  }
  return out;
}

Int128 sum_of(const std::vector<Int128>& by_org, const std::vector<uint32_t>& orgs) {
  Int128 out = 0;
  for (uint32_t org : orgs) out += by_org[org];
  return out;
}

int64_t taken_off(const std::vector<Stretch>& of_one_account, int32_t day, int64_t balance) {
  int64_t less = 0;
  for (const Stretch& s : of_one_account) {
    if (day < s.first || day > s.last) continue;
    less += s.level ? std::max<int64_t>(0, balance - *s.level) : s.amount;
  }
  return std::clamp<int64_t>(less, 0, std::max<int64_t>(0, balance));
}

void weigh(const Books& books, const Totals& period, const Subtrees& subtrees, Finding& finding) {
  std::map<uint32_t, std::vector<Stretch>> by_account;
  for (const Stretch& s : finding.money)
    if (s.first <= s.last) by_account[s.account].push_back(s);
  OffAll off;
  for (const auto& [account, money] : by_account) take_off(books, period, account, money, off);
  std::set<std::string> managers(finding.managers.begin(), finding.managers.end());
  for (uint32_t staff : off.touched) managers.insert(books.staff_id(staff));
  finding.managers.assign(managers.begin(), managers.end());
  if (finding.subject_kind == "bank")
    add_effects(finding, "bank", finding.subject_id, off.bank, period.bank_days, period.bank_end, period.days(),
                1);
  if (finding.subject_kind == "organisation")
    if (auto at = subtrees.find(books.columns().orgs.find(finding.subject_id)); at != subtrees.end()) {
      Off sum;
      for (uint32_t org : at->second)
        if (auto one = off.orgs.find(org); one != off.orgs.end())
          sum.days += one->second.days, sum.end += one->second.end;
      add_effects(finding, "organisation", finding.subject_id, sum, sum_of(period.org_days, at->second),
                  sum_of(period.org_end, at->second), period.days(), 1);
    }
  for (const auto& [staff, one] : off.staff)
    if (staff)
      add_effects(finding, "manager", books.staff_id(staff), one, period.staff_days[staff],
                  period.staff_end[staff], period.days(), attribution::kWhole);
}

}  // namespace guanhu::risk
