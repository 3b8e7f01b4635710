#include "sample/deposits.h"

#include <algorithm>

#include "sample/assignments.h"
#include "sample/books.h"

namespace guanhu::sample {

namespace {
constexpr int32_t kDemandRate = 500;  // 0.05 %, in 1/10,000 per cent

struct Term {
  int months;
  int32_t rate;  // 1/10,000 per cent
};

Term term_of(Product product) {
  switch (product) {
    case Product::time_3m: return {3, 11500};
    case Product::time_3y: return {36, 19500};
    case Product::certificate: return {36, 21500};
    default: return {12, 14500};
  }
}

Fen interest(Fen balance, int32_t rate, int months) {
  return static_cast<Fen>(base::divide_half_up(static_cast<base::Int128>(balance) * rate * months, 12 * 1000000));
}

// Fixed habits of an account, from its number.
struct Habits {
  uint64_t bits;
  int pay_day() const { return std::array{5, 8, 10, 15, 15, 20, 25}[bits % 7]; }
  int autumn_day() const { return 258 + static_cast<int>(bits / 7 % 70); }  // mid-September to late November
  int second_sale() const { return autumn_day() + 9 + static_cast<int>(bits / 490 % 20); }
  int spring_day() const { return 60 + static_cast<int>(bits / 9800 % 50); }  // March and April
  int festival_out() const { return -1 - static_cast<int>(bits / 490000 % 14); }
  int festival_back() const { return 5 + static_cast<int>(bits / 6860000 % 20); }
};

int skill(const Bank& bank, uint32_t account) {
  int m = manager_of_account(bank, account);
  return m < 0 ? 0 : bank.staff[static_cast<size_t>(m)].skill;
}

void out(Bank& bank, uint32_t account, Fen amount, TxnKind kind, std::string_view memo) {
  Fen possible = std::min(amount, bank.accounts[account].balance);
  if (possible > 0) move_money(bank, account, -possible, kind, memo);
}

// Round sums are cash and transfers; card payments have fen.
Fen spent(Fen amount, TxnKind kind) {
  return kind == TxnKind::card    ? amount
         : amount >= 1000 * kYuan ? round_down(amount, 100 * kYuan)
                                  : round_down(amount, 10 * kYuan);
}

// Money that lies idle becomes a time deposit.
void maybe_save(Bank& bank, uint32_t account, Fen usual, Random& r) {
  Account& a = bank.accounts[account];
  Fen spare = a.balance - usual - 3000 * kYuan;
  if (spare < 8000 * kYuan || !r.chance(70 + 20 * skill(bank, account))) return;
  uint32_t customer = a.customer;
  bool person = is_person(bank.customers[customer]);
  Fen amount = round_down(spare * r.between(50, 95) / 100, 1000 * kYuan);
  Product product = !person                    ? Product::company_time
                    : amount >= 200000 * kYuan ? Product::certificate
                                               : std::array{Product::time_3m, Product::time_1y,
                                                            Product::time_3y}[static_cast<size_t>(r.below(3))];
  int32_t matures = bank.day.date.add_months(term_of(product).months).days();
  move_money(bank, account, -amount, TxnKind::transfer, "转存定期");
  uint32_t deposit = open_account(bank, customer, product, matures);
  move_money(bank, deposit, amount, TxnKind::transfer, "定期开户");
}

// An ordinary day of a person's current account: something comes in or, more often, goes out.
void ordinary_person(Bank& bank, uint32_t account, Random& r) {
  const Customer& c = bank.customers[bank.accounts[account].customer];
  Fen usual = c.wealth / 5 + c.income * 3 / 2 + 200 * kYuan;
  Fen balance = bank.accounts[account].balance;
  int64_t inflow = (balance < usual ? 450 : balance < 2 * usual ? 290 : 150) + 18 * skill(bank, account);
  if (r.chance(inflow)) {
    TxnKind kind = r.chance(450) ? TxnKind::cash : TxnKind::transfer;
    move_money(bank, account, std::max(spent(usual * r.narrow() / 3500, kind), 50 * kYuan), kind, "存入");
    maybe_save(bank, account, usual, r);
  } else {
    TxnKind kind = std::array{TxnKind::card, TxnKind::cash, TxnKind::transfer}[static_cast<size_t>(r.below(3))];
    out(bank, account, spent(balance * r.between(10, 60) / 100, kind), kind, "支出");
  }
  bank.accounts[account].next = bank.day.number() + 6 + static_cast<int32_t>(r.below(34));
}

void ordinary_company(Bank& bank, uint32_t account, Random& r) {
  if (!bank.day.working) return;
  const Customer& c = bank.customers[bank.accounts[account].customer];
  bool general = bank.accounts[account].product == Product::company_general;
  Fen usual = c.wealth * (general ? 12 : 30) / 100 + 1000 * kYuan;
  Fen balance = bank.accounts[account].balance;
  int64_t inflow = (balance < usual ? 620 : balance < 2 * usual ? 470 : 330) + 12 * skill(bank, account);
  if (r.chance(inflow)) {
    move_money(bank, account, usual * r.narrow() / 6000 + 100 * kYuan, TxnKind::transfer, "货款");
    if (!general) maybe_save(bank, account, usual, r);
  } else {
    out(bank, account, balance * r.between(4, 35) / 100, r.chance(100) ? TxnKind::bill : TxnKind::transfer,
        "付款");
  }
  bank.accounts[account].next = bank.day.number() + 1 + static_cast<int32_t>(r.below(general ? 16 : 5));
}

void farm_seasons(Bank& bank, uint32_t account, const Habits& h, const Customer& c) {
  int today = bank.day.day_of_year;
  if (today == h.autumn_day() || today == h.second_sale()) {
    Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 1);
    Fen sale = spent(std::max(2500 * kYuan, c.wealth / 8) * r.narrow() / 1000, TxnKind::transfer);
    move_money(bank, account, std::max(sale, 100 * kYuan), TxnKind::transfer, "粮款");
    maybe_save(bank, account, c.wealth / 5 + 200 * kYuan, r);
  } else if (today == h.spring_day()) {
    Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 2);
    out(bank, account, spent(bank.accounts[account].balance * r.between(20, 55) / 100, TxnKind::cash),
        TxnKind::cash, "购农资");
  }
}

void spring_festival_of(Bank& bank, uint32_t account, const Habits& h, const Customer& c) {
  if (bank.day.festival == h.festival_out()) {
    Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 3);
    out(bank, account, spent(bank.accounts[account].balance * r.between(8, 35) / 100, TxnKind::cash),
        TxnKind::cash, "年货取现");
  } else if (bank.day.festival == h.festival_back() && h.bits % 3 != 0) {
    Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 4);
    Fen back = spent((c.wealth / 25 + c.income / 2) * r.narrow() / 1000, TxnKind::cash);
    move_money(bank, account, std::max(back, 100 * kYuan), TxnKind::cash, "节后存入");
  }
}

void pay_day(Bank& bank, uint32_t account, const Customer& c) {
  Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 5);
  if (!is_person(c)) {
    out(bank, account, std::min(c.income / 4, bank.accounts[account].balance / 3), TxnKind::salary, "代发工资");
    return;
  }
  bool pension = bank.accounts[account].product == Product::social_card;
  move_money(bank, account, c.income + r.below(c.income / 10 + 1), TxnKind::salary, pension ? "社保待遇" : "工资");
  maybe_save(bank, account, c.wealth / 5 + c.income * 3 / 2, r);
}

// A manager who dresses the window asks well-to-do customers for money over the last days of a quarter.
void window_dressing(Bank& bank, uint32_t account, const Customer& c) {
  int manager = manager_of_account(bank, account);
  if (manager < 0 || !bank.staff[static_cast<size_t>(manager)].dresser) return;
  auto quarter = static_cast<uint64_t>(bank.day.number() + bank.day.to_quarter_end);
  Random r = bank.random(Stream::spike, account, quarter);
  bool asked = is_person(c) ? c.wealth >= 40000 * kYuan && r.chance(160) : r.chance(300);
  if (!asked || bank.day.to_quarter_end != r.below(3)) return;
  Fen amount =
      round_down(std::clamp(c.wealth * r.between(40, 200) / 100, 20000 * kYuan, 3000000 * kYuan), 10000 * kYuan);
  move_money(bank, account, amount, TxnKind::transfer, "资金转入");
  int32_t leaves = bank.day.number() + bank.day.to_quarter_end + 1 + static_cast<int32_t>(r.below(6));
  bank.spikes.push_back({leaves, account, amount});
}

void end_spikes(Bank& bank) {
  auto due = [&](const Bank::Spike& s) { return s.day == bank.day.number(); };
  for (const Bank::Spike& s : bank.spikes)
    if (due(s)) out(bank, s.account, s.amount, TxnKind::transfer, "资金转出");
  bank.spikes.erase(std::remove_if(bank.spikes.begin(), bank.spikes.end(), due), bank.spikes.end());
}

// The bill is paid or not: its margin goes back to the current account.
void release_margin(Bank& bank, uint32_t account) {
  Fen all = bank.accounts[account].balance;
  move_money(bank, account, -all, TxnKind::transfer, "保证金释放");
  move_money(bank, bank.customers[bank.accounts[account].customer].settlement, all, TxnKind::transfer,
             "保证金转回");
  close_account(bank, account);
}

void mature(Bank& bank, uint32_t account) {
  Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8 + 6);
  Account& a = bank.accounts[account];
  Term term = term_of(a.product);
  move_money(bank, account, interest(a.balance, term.rate, term.months), TxnKind::interest, "定期利息");
  int keeps = 620 + 50 * skill(bank, account);
  if (r.chance(keeps)) {
    a.matures = bank.day.date.add_months(term.months).days();
    bank.changed_accounts.push_back(account);
    return;
  }
  Fen all = a.balance;
  uint32_t current = bank.customers[a.customer].settlement;
  move_money(bank, account, -all, TxnKind::transfer, "定期支取");
  close_account(bank, account);
  move_money(bank, current, all, TxnKind::transfer, "定期到期转入");
  // Half of them take the money elsewhere: to a shop, a house, another bank.
  if (r.chance(500))
    out(bank, current, round_down(all * r.between(60, 100) / 100, 100 * kYuan), TxnKind::transfer, "转出");
}

void current_account(Bank& bank, uint32_t account) {
  const Customer c = bank.customers[bank.accounts[account].customer];
  Habits h{mix(bank.seed(), Stream::account, account, 7)};
  bool main = account == c.settlement;
  if (bank.day.interest_day)
    if (Fen paid = interest(bank.accounts[account].balance, kDemandRate, 3); paid > 0)
      move_money(bank, account, paid, TxnKind::interest, "结息");
  if (main && c.income > 0 && bank.day.dom == h.pay_day()) pay_day(bank, account, c);
  if (main && is_person(c)) {
    if (c.kind == CustomerKind::farmer) farm_seasons(bank, account, h, c);
    if (bank.day.festival >= -14 && bank.day.festival <= 25) spring_festival_of(bank, account, h, c);
  }
  if (main && bank.day.to_quarter_end < 3) window_dressing(bank, account, c);
  if (bank.accounts[account].next > bank.day.number()) return;
  Random r = bank.random_today(Stream::account_day, uint64_t{account} * 8);
  if (is_person(c)) ordinary_person(bank, account, r);
  else ordinary_company(bank, account, r);
}
}  // namespace

void deposits_day(Bank& bank) {
  end_spikes(bank);
  auto known = static_cast<uint32_t>(bank.accounts.size());
  for (uint32_t i = 0; i < known; ++i) {
    const Account& a = bank.accounts[i];
    if (a.closed >= 0 || a.opened == bank.day.number()) continue;
    if (a.matures < 0) current_account(bank, i);
    else if (a.matures == bank.day.number())
      a.product == Product::margin ? release_margin(bank, i) : mature(bank, i);
  }
}

}  // namespace guanhu::sample
