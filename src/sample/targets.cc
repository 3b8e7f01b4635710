#include "sample/targets.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "sample/assignments.h"

namespace guanhu::sample {

namespace {
using Weights = std::array<int, 12>;  // of a year's months, in 1/1,000
constexpr Weights kDeposits = {180, 120, 110, 50, 60, 90, 50, 60, 90, 40, 50, 100};
constexpr Weights kInterest = {85, 80, 84, 83, 83, 84, 83, 83, 84, 83, 83, 85};

struct Holder {
  std::string_view kind;
  std::string id;
};

// One indicator of one holder for the year and all its parts. `year` in fen, a multiple of 10 yuan x 1,000.
void write_plan(Bank& bank, const Holder& holder, std::string_view indicator, const Weights& weights, Fen year) {
  std::string name = std::to_string(bank.day.year);
  auto write = [&](const std::string& period, int first, int last) {
    int part = std::accumulate(weights.begin() + first, weights.begin() + last, 0);
    bank.writer.row(File::targets)
        .text(holder.kind)
        .text(holder.id)
        .text(indicator)
        .text(period)
        .money(year / 1000 * part);
  };
  write(name, 0, 12);
  for (int h = 0; h < 2; ++h) write(name + "H" + std::to_string(h + 1), h * 6, h * 6 + 6);
  for (int q = 0; q < 4; ++q) write(name + "Q" + std::to_string(q + 1), q * 3, q * 3 + 3);
  for (int m = 0; m < 12; ++m) write(name + (m < 9 ? "-0" : "-") + std::to_string(m + 1), m, m + 1);
}

struct Plan {
  Fen deposits = 0, interest = 0;
  Fen loans = 0, bad = 0, off_balance = 0;  // balances on the day the plan is made
};

// Plans that follow from the others and from what is lent; each a multiple of what write_plan divides.
constexpr std::string_view kLending[] = {"利息收回", "贷款投放",     "中间业务收入",
                                         "不良净降", "不良现金清收", "表外清收"};
using Lending = std::array<Fen, std::size(kLending)>;

Lending lending_of(const Plan& plan) {
  auto part = [](Fen amount, int per_cent) { return round_down(amount / 100 * per_cent, 10000 * kYuan); };
  return {plan.interest,
          std::max<Fen>(part(plan.loans, 40), 100000 * kYuan),
          std::max<Fen>(part(plan.interest, 5), 10000 * kYuan),
          part(plan.bad, 10),
          part(plan.bad, 5),
          part(plan.off_balance, 5)};
}

void write_lending(Bank& bank, const Holder& holder, const Lending& plans) {
  for (size_t i = 0; i < plans.size(); ++i) write_plan(bank, holder, kLending[i], kInterest, plans[i]);
}

// What each manager has today: deposits, and a year's interest of the loans.
std::vector<Plan> portfolios(const Bank& bank) {
  std::vector<Plan> out(bank.staff.size());
  auto share = [&](const Assigned& a, Fen amount, Fen Plan::*of) {
    if (a.staff[0] < 0) return;
    for (int i = 0; i < a.holders(); ++i)
      out[static_cast<size_t>(a.staff[static_cast<size_t>(i)])].*of += amount / 10000 * share_of(a.split, i);
  };
  for (const Account& a : bank.accounts) share(in_force(bank, a.assigned, a.customer), a.balance, &Plan::deposits);
  for (const Loan& l : bank.loans) {
    if (l.settled >= 0 || l.loan_class >= LoanClass::substandard) continue;
    share(in_force(bank, l.assigned, l.customer), l.balance / 1000000 * l.rate, &Plan::interest);
  }
  for (const Loan& l : bank.loans) {
    if (l.settled >= 0) continue;
    const bool bad = l.loan_class >= LoanClass::substandard;
    share(in_force(bank, l.assigned, l.customer), l.balance,
          l.off_balance ? &Plan::off_balance
          : bad         ? &Plan::bad
                        : &Plan::loans);
  }
  return out;
}
}  // namespace

void targets_day(Bank& bank) {
  if (bank.day.date != bank.options.from && bank.day.day_of_year != 1) return;
  std::vector<Plan> has = portfolios(bank);
  std::vector<Plan> of_org(bank.orgs.size());
  std::vector<Lending> lending_of_org(bank.orgs.size(), Lending{});
  for (size_t i = 0; i < bank.staff.size(); ++i) {
    const Staff& s = bank.staff[i];
    if (!s.holds() || s.last_day >= 0) continue;
    Random r = bank.random(Stream::target, i, static_cast<uint64_t>(bank.day.year));
    Plan plan;
    plan.deposits =
        std::max<Fen>(round_down(has[i].deposits / 100 * r.between(5, 11), 10000 * kYuan), 50000 * kYuan);
    plan.interest =
        std::max<Fen>(round_down(has[i].interest / 100 * r.between(88, 99), 10000 * kYuan), 10000 * kYuan);
    Holder holder{"staff", "S" + std::string(5 - std::min<size_t>(5, std::to_string(i + 1).size()), '0') +
                               std::to_string(i + 1)};
    write_plan(bank, holder, "存款净增", kDeposits, plan.deposits);
    write_plan(bank, holder, "收回利息", kInterest, plan.interest);
    plan.loans = has[i].loans;
    plan.bad = has[i].bad;
    plan.off_balance = has[i].off_balance;
    const Lending lending = lending_of(plan);
    write_lending(bank, holder, lending);
    for (int o = s.org; o >= 0; o = bank.orgs[static_cast<size_t>(o)].parent) {
      of_org[static_cast<size_t>(o)].deposits += plan.deposits;
      of_org[static_cast<size_t>(o)].interest += plan.interest;
      for (size_t k = 0; k < lending.size(); ++k) lending_of_org[static_cast<size_t>(o)][k] += lending[k];
    }
  }
  for (size_t o = 0; o < bank.orgs.size(); ++o) {
    if (of_org[o].deposits == 0) continue;
    Holder holder{"org", bank.orgs[o].id};
    write_plan(bank, holder, "存款净增", kDeposits, of_org[o].deposits);
    write_plan(bank, holder, "收回利息", kInterest, of_org[o].interest);
    write_lending(bank, holder, lending_of_org[o]);
  }
}

}  // namespace guanhu::sample
