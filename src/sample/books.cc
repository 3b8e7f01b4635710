#include "sample/books.h"

#include <algorithm>
#include <cstdio>

#include "base/error.h"
#include "sample/assignments.h"
#include "sample/names.h"

namespace guanhu::sample {

namespace {
Bank::Touch& touch(Bank& bank, uint32_t account) {
  Account& a = bank.accounts[account];
  auto known = static_cast<size_t>(a.touched);
  if (a.touched >= 0 && known < bank.touched.size() && bank.touched[known].account == account)
    return bank.touched[known];
  a.touched = static_cast<int32_t>(bank.touched.size());
  bank.touched.push_back({account, 0, a.balance});
  return bank.touched.back();
}

void write_transaction(Bank& bank, uint32_t account, int move, Fen amount, TxnKind kind, std::string_view memo) {
  Random r = bank.random_today(Stream::transaction, uint64_t{account} * 64 + static_cast<uint64_t>(move));
  // The moves of one account follow one another through the day; 08:00 to 20:00.
  int64_t seconds = 8 * 3600 + std::min(move, 23) * 1800 + r.below(1800);
  char time[40], id[40];
  std::snprintf(time, sizeof time, "%04d-%02d-%02dT%02d:%02d:%02d", bank.day.year, bank.day.month, bank.day.dom,
                static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                static_cast<int>(seconds % 60));
  std::snprintf(id, sizeof id, "T%04d%02d%02d%07lld", bank.day.year, bank.day.month, bank.day.dom,
                static_cast<long long>(++bank.transactions));
  Row row = bank.writer.row(File::transactions);
  row.text(id).id('A', int64_t{account} + 1, 8).text(time).total(amount).money(bank.accounts[account].balance);
  if (kind == TxnKind::transfer || kind == TxnKind::salary) {
    uint64_t other = r.next();
    row.text(account_number(other)).text("往来户(样本)" + std::to_string(other % 10000));
  } else {
    row.empty().empty();
  }
  row.text(name_of(kind)).text(memo);
}

// Sums of a whole subtree: the head office has everything, a branch its outlets.
OrgSums subtree(const Bank& bank, size_t top) {
  OrgSums all;
  for (size_t o = 0; o < bank.orgs.size(); ++o) {
    if (top != 0 && bank.orgs[o].branch != static_cast<int>(top)) continue;
    const OrgSums& s = bank.sums[o];
    all.deposits += s.deposits;
    all.loans += s.loans;
    all.bad_loans += s.bad_loans;
    all.interest_received += s.interest_received;
    all.fee_income += s.fee_income;
  }
  return all;
}

void write_totals(Bank& bank) {
  for (size_t o = 0; o < bank.orgs.size(); ++o) {
    if (bank.orgs[o].kind != OrgKind::hq && bank.orgs[o].kind != OrgKind::branch) continue;
    OrgSums s = subtree(bank, o);
    std::array<std::pair<std::string_view, Fen>, 5> lines = {{{"deposits", s.deposits},
                                                              {"loans", s.loans},
                                                              {"bad_loans", s.bad_loans},
                                                              {"interest_received", s.interest_received},
                                                              {"fee_income", s.fee_income}}};
    for (const auto& [subject, amount] : lines)
      bank.writer.row(File::ledger_totals).text(bank.orgs[o].id).date(bank.day.date).text(subject).total(amount);
  }
}
void write_account(Bank& bank, uint32_t account) {
  const Account& a = bank.accounts[account];
  bank.writer.row(File::accounts)
      .id('A', int64_t{account} + 1, 8)
      .id('C', int64_t{a.customer} + 1, 8)
      .text(bank.orgs[a.org].id)
      .text(name_of(a.product))
      .text(account_kind(a.product))
      .text("CNY")
      .date(base::Date(a.opened))
      .date_if(a.matures)
      .date_if(a.closed);
}

}  // namespace

void move_money(Bank& bank, uint32_t account, Fen amount, TxnKind kind, std::string_view memo) {
  if (amount == 0) return;
  Bank::Touch& today = touch(bank, account);
  Account& a = bank.accounts[account];
  a.balance += amount;
  if (a.balance < 0) throw base::Broken("sample: balance of account " + std::to_string(account) + " below zero");
  bank.sums[a.org].deposits += amount;
  if (bank.customers[a.customer].covered) write_transaction(bank, account, today.moves, amount, kind, memo);
  ++today.moves;
}

void take_from(Bank& bank, uint32_t customer, Fen amount, TxnKind kind, std::string_view memo) {
  uint32_t account = bank.customers[customer].settlement;
  Fen missing = amount - bank.accounts[account].balance;
  if (missing > 0) move_money(bank, account, (missing + 9999) / 10000 * 10000, TxnKind::cash, "存现");
  move_money(bank, account, -amount, kind, memo);
}

uint32_t open_account(Bank& bank, uint32_t customer, Product product, int32_t matures) {
  auto number = static_cast<uint32_t>(bank.accounts.size());
  Account a;
  a.customer = customer;
  a.org = bank.customers[customer].org;
  a.product = product;
  a.opened = bank.day.number();
  a.matures = matures;
  a.next = a.opened + 1 + static_cast<int32_t>(mix(bank.seed(), Stream::account, number) % 20);
  bank.accounts.push_back(a);
  bank.changed_accounts.push_back(number);
  begin_account(bank, number);
  return number;
}

void close_account(Bank& bank, uint32_t account) {
  bank.accounts[account].closed = bank.day.number();
  bank.changed_accounts.push_back(account);
  end_account(bank, account);
}

void unbook(Bank& bank, const Loan& loan) {
  if (loan.off_balance) return;
  bank.sums[loan.org].loans -= loan.balance;
  if (loan.loan_class >= LoanClass::substandard) bank.sums[loan.org].bad_loans -= loan.balance;
}

void book(Bank& bank, const Loan& loan) {
  if (loan.off_balance) return;
  bank.sums[loan.org].loans += loan.balance;
  if (loan.loan_class >= LoanClass::substandard) bank.sums[loan.org].bad_loans += loan.balance;
}

void write_opening_balances(Bank& bank) {
  base::Date before(bank.opening);
  for (uint32_t i = 0; i < bank.accounts.size(); ++i) {
    const Account& a = bank.accounts[i];
    bank.sums[a.org].deposits += a.balance;
    bank.writer.row(File::balances).id('A', int64_t{i} + 1, 8).date(before).total(a.balance);
  }
}

void close_books(Bank& bank) {
  sort_unique(bank.changed_accounts);
  for (uint32_t account : bank.changed_accounts) write_account(bank, account);
  bank.changed_accounts.clear();
  std::sort(bank.touched.begin(), bank.touched.end(),
            [](const Bank::Touch& a, const Bank::Touch& b) { return a.account < b.account; });
  for (const Bank::Touch& t : bank.touched) {
    Account& a = bank.accounts[t.account];
    a.touched = -1;
    if (a.balance != t.before)
      bank.writer.row(File::balances).id('A', int64_t{t.account} + 1, 8).date(bank.day.date).total(a.balance);
  }
  bank.touched.clear();
  if (bank.day.month_end || bank.day.date == bank.options.from) write_totals(bank);
  for (OrgSums& s : bank.sums) s.interest_received = s.fee_income = 0;
  bank.transactions = bank.repayments = bank.sales = bank.notices = 0;
}

}  // namespace guanhu::sample
