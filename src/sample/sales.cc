#include "sample/sales.h"

#include <cstdio>

#include "sample/assignments.h"

namespace guanhu::sample {

namespace {
struct Ware {
  std::string_view name;
  int weight;   // of 1,000 sales to persons
  int company;  // of 1,000 sales to companies
  Fen median;   // amount, 0 for things without one
  int fee;      // 1/10,000 of the amount
  Fen fixed_fee;
};

constexpr std::array<Ware, 11> kWares = {{{"credit_card", 130, 0, 0, 0, 0},
                                          {"gold_card", 120, 0, 0, 0, 10 * kYuan},
                                          {"e_banking", 250, 330, 0, 0, 0},
                                          {"phone_banking", 300, 0, 0, 0, 0},
                                          {"pos", 30, 220, 0, 0, 120 * kYuan},
                                          {"payroll", 0, 250, 0, 0, 50 * kYuan},
                                          {"insurance", 50, 60, 3000 * kYuan, 800, 0},
                                          {"fund", 30, 0, 8000 * kYuan, 60, 0},
                                          {"wealth", 60, 100, 50000 * kYuan, 25, 0},
                                          {"bond", 20, 20, 10000 * kYuan, 30, 0},
                                          {"other", 10, 20, 0, 0, 5 * kYuan}}};

const Ware& draw(Random& r, bool person) {
  int64_t u = r.below(1000);
  for (const Ware& w : kWares) {
    u -= person ? w.weight : w.company;
    if (u < 0) return w;
  }
  return kWares.back();
}

// The customer's manager in most cases, a colleague of the site in some; nobody's customers too.
int seller(const Bank& bank, uint32_t account, Random& r) {
  const Customer& c = bank.customers[bank.accounts[account].customer];
  int manager = manager_of_account(bank, account);
  const auto& site = bank.site_managers[c.org];
  if ((manager < 0 || r.chance(80)) && !site.empty())
    manager = site[static_cast<size_t>(r.below(static_cast<int64_t>(site.size())))];
  if (manager >= 0 && !r.chance(120)) return manager;
  // Tellers never leave in the sample: any of the site will do.
  std::vector<int> tellers;
  for (size_t i = 0; i < bank.staff.size(); ++i)
    if (bank.staff[i].org == c.org && bank.staff[i].position == Position::teller)
      tellers.push_back(static_cast<int>(i));
  return tellers.empty() ? manager : tellers[static_cast<size_t>(r.below(static_cast<int64_t>(tellers.size())))];
}

void sell(Bank& bank, Random& r) {
  auto customer = static_cast<uint32_t>(r.below(static_cast<int64_t>(bank.customers.size())));
  const Customer& c = bank.customers[customer];
  const Ware& ware = draw(r, is_person(c));
  int staff = seller(bank, c.settlement, r);
  if (staff < 0) return;
  Fen amount = ware.median == 0 ? 0 : round_down(ware.median / 1000 * r.wide(), 100 * kYuan) + 100 * kYuan;
  Fen fee = amount * ware.fee / 10000 + ware.fixed_fee;
  int64_t quantity = ware.name == "payroll" ? r.between(5, 120) : ware.name == "pos" && r.chance(150) ? 2 : 1;
  char id[48];
  std::snprintf(id, sizeof id, "X%04d%02d%02d%06lld", bank.day.year, bank.day.month, bank.day.dom,
                static_cast<long long>(++bank.sales));
  bank.writer.row(File::sales)
      .text(id)
      .date(bank.day.date)
      .id('C', int64_t{customer} + 1, 8)
      .id('A', int64_t{c.settlement} + 1, 8)
      .id('S', staff + 1, 5)
      .text(ware.name)
      .integer(quantity)
      .total(amount)
      .total(fee);
  bank.sums[bank.accounts[c.settlement].org].fee_income += fee;
}
}  // namespace

void sales_day(Bank& bank) {
  // Three sales for ten customers in a year; more in the campaign of the first quarter, fewer at weekends.
  int64_t per_million = 820 * (bank.day.month <= 3 ? 140 : 90) / 100 * (bank.day.working ? 125 : 40) / 100;
  Random r = bank.random_today(Stream::sale_day, 0);
  int64_t expected = static_cast<int64_t>(bank.customers.size()) * per_million;
  int64_t count = expected / 1000000 + (r.below(1000000) < expected % 1000000 ? 1 : 0);
  for (int64_t i = 0; i < count; ++i) sell(bank, r);
}

}  // namespace guanhu::sample
