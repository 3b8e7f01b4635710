#include "sample/loan_life.h"

#include <algorithm>

#include "sample/assignments.h"
#include "sample/books.h"
#include "sample/loans.h"
#include "sample/notices.h"

namespace guanhu::sample {

namespace {
enum class Means { cash, transfer, refinanced, assets, written_off };

// A repayment row, with what it does to loan, books and the payer's account.
void repay(Bank& bank, uint32_t number, Fen principal, Fen interest, Fen penalty, Means means) {
  static constexpr std::array<std::string_view, 5> kMeans = {"cash", "transfer", "refinanced", "assets",
                                                             "written_off"};
  Loan& l = bank.loans[number];
  if (means == Means::transfer)
    take_from(bank, l.customer, principal + interest + penalty, TxnKind::loan_repayment, "归还贷款");
  char id[48];
  std::snprintf(id, sizeof id, "R%04d%02d%02d%06lld", bank.day.year, bank.day.month, bank.day.dom,
                static_cast<long long>(++bank.repayments));
  bank.writer.row(File::repayments)
      .text(id)
      .id('L', int64_t{number} + 1, 8)
      .date(bank.day.date)
      .total(principal)
      .total(interest)
      .total(penalty)
      .text(kMeans[static_cast<size_t>(means)]);
  bank.sums[l.org].interest_received += interest;
  bank.changed_states.push_back(number);
  // A loan written off is still owed: its balance stays, off the balance sheet.
  if (means == Means::written_off) return;
  unbook(bank, l);
  l.balance -= principal;
  l.owed_principal = std::min(std::max<Fen>(0, l.owed_principal - principal), l.balance);
  l.owed_interest = std::max<Fen>(0, l.owed_interest - interest);
  if (l.owed_principal == 0 && l.owed_interest == 0) {
    l.overdue_since = -1;
    l.pays_on = kNever;
    if (!l.off_balance) l.loan_class = LoanClass::normal;
  }
  book(bank, l);
}

// A paid-off loan is settled; two of three borrowers soon come for the next.
void settle(Bank& bank, uint32_t number, bool renews) {
  Loan& l = bank.loans[number];
  l.settled = bank.day.number();
  bank.changed_loans.push_back(number);
  end_loan(bank, number);
  Random r = bank.random(Stream::loan_day, number, 1);
  if (!renews || l.late_payer || !r.chance(660)) return;
  auto at = static_cast<size_t>(bank.day.date - bank.options.from + 2 + static_cast<int32_t>(r.below(25)));
  if (at >= bank.loan_plans.size()) return;
  Fen next = round_down(l.principal * r.between(80, 130) / 100, 1000 * kYuan);
  bool again = std::any_of(bank.loan_plans[at].begin(), bank.loan_plans[at].end(),
                           [&](const Bank::LoanPlan& p) { return p.customer == l.customer; });
  if (!again) bank.loan_plans[at].push_back({l.customer, l.kind, std::max(next, 1000 * kYuan)});
}

void settle_if_paid(Bank& bank, uint32_t number, bool renews) {
  const Loan& l = bank.loans[number];
  if (l.balance == 0 && l.owed_interest == 0) settle(bank, number, renews);
}

void pay_all_owed(Bank& bank, uint32_t number) {
  const Loan& l = bank.loans[number];
  // Penalty interest: half the rate again on what was late, for each day.
  Fen penalty = static_cast<Fen>(
      base::divide_half_up(static_cast<base::Int128>(l.owed_principal) * l.rate * overdue_days(bank, l),
                           base::Int128{2} * 360 * 1000000));
  bool was_late = overdue_days(bank, l) > 90;
  repay(bank, number, l.owed_principal, l.owed_interest, penalty, Means::transfer);
  settle_if_paid(bank, number, !was_late);
}

// At maturity a few are prolonged and a few paid with a new loan. True when that settled the matter.
bool prolong_or_refinance(Bank& bank, uint32_t number, Random& r) {
  Loan& l = bank.loans[number];
  if (l.instalment > 0 || l.overdue_since >= 0 || l.kind == LoanKind::bill) return false;
  if (l.extended < 0 && r.chance(20)) {
    l.extended = base::Date(l.due).add_months(6).days();
    bank.changed_loans.push_back(number);
    if (l.owed_interest > 0) repay(bank, number, 0, l.owed_interest, 0, Means::transfer);
    return true;
  }
  if (!r.chance(70)) return false;
  if (l.owed_interest > 0) repay(bank, number, 0, l.owed_interest, 0, Means::transfer);
  Fen principal = bank.loans[number].balance;
  repay(bank, number, principal, 0, 0, Means::refinanced);
  settle(bank, number, false);
  const Loan old = bank.loans[number];
  grant(bank, old.customer, old.kind, principal, true);
  return true;
}

// Interest day or maturity: what is due becomes owed and is paid today, late, or not at all.
void fall_due(Bank& bank, uint32_t number) {
  Loan& l = bank.loans[number];
  int32_t today = bank.day.number();
  Random r = bank.random_today(Stream::loan_day, number);
  l.owed_interest += static_cast<Fen>(base::divide_half_up(
      static_cast<base::Int128>(l.balance) * l.rate * (today - l.billed), base::Int128{360} * 1000000));
  l.billed = today;
  bool matured = today >= l.ends();
  if (matured) l.owed_principal = l.balance;
  else l.owed_principal = std::min(l.balance, l.owed_principal + l.instalment);
  if (l.owed_interest == 0 && l.owed_principal == 0) return;
  bool stopped = today >= l.stops && today < l.resumes;
  if (!stopped && today == l.ends() && prolong_or_refinance(bank, number, r)) return;
  if (l.overdue_since < 0) {
    bool late = l.late_payer ? r.chance(550) : r.chance(15);
    if (!stopped && !late) return pay_all_owed(bank, number);
    l.overdue_since = today;
    l.pays_on = stopped ? l.resumes : today + 1 + static_cast<int32_t>(r.below(l.late_payer ? 28 : 4));
  }
  if (matured && l.expires < 0) {
    l.expires = base::Date(l.ends()).add_months(36).days();
    bank.changed_limits.push_back(number);
  }
  bank.changed_states.push_back(number);
}

// Money that debtors of bad loans still bring, or that a mortgaged thing brings.
void recover(Bank& bank, uint32_t number) {
  Random r = bank.random_today(Stream::loan_day, uint64_t{number} + (uint64_t{1} << 40));
  const Loan& l = bank.loans[number];
  int64_t chance = l.off_balance ? 3 : 6;
  if (!r.chance(chance)) return;
  if (l.guarantee == Guarantee::mortgage && !l.off_balance && overdue_days(bank, l) > 180 && r.chance(60)) {
    Fen worth = round_down(l.owed_principal * r.between(30, 60) / 100, 1000 * kYuan);
    if (worth > 0) repay(bank, number, worth, 0, 0, Means::assets);
    return;
  }
  Fen amount = std::max(round_down(l.principal * r.between(1, 12) / 100, 100 * kYuan), 200 * kYuan);
  Fen principal = std::min(amount, l.owed_principal);
  Fen interest = std::min(amount - principal, l.owed_interest);
  if (principal + interest == 0) return;
  repay(bank, number, principal, interest, 0, r.chance(500) ? Means::cash : Means::transfer);
  settle_if_paid(bank, number, false);
}

// In the last month of a quarter the bank writes off part of what is lost.
void maybe_write_off(Bank& bank, uint32_t number) {
  if (bank.day.month % 3 != 0 || bank.day.dom != 25) return;
  Loan& l = bank.loans[number];
  if (l.off_balance || l.loan_class != LoanClass::loss || l.balance == 0) return;
  Random r = bank.random_today(Stream::loan_day, uint64_t{number} + (uint64_t{2} << 40));
  if (!r.chance(250)) return;
  repay(bank, number, l.balance, 0, 0, Means::written_off);
  unbook(bank, l);
  l.off_balance = true;
}

void arrears(Bank& bank, uint32_t number) {
  Loan& l = bank.loans[number];
  if (bank.day.number() >= l.pays_on && overdue_days(bank, l) > 0) {
    if (l.off_balance) l.pays_on = kNever;
    else return pay_all_owed(bank, number);
  }
  int32_t days = overdue_days(bank, l);
  if (!l.off_balance && class_of(days) != l.loan_class) {
    unbook(bank, l);
    l.loan_class = class_of(days);
    book(bank, l);
  }
  bank.changed_states.push_back(number);
  if (days > 90) recover(bank, number);
  if (bank.loans[number].settled < 0) maybe_write_off(bank, number);
}

bool due_today(const Bank& bank, const Loan& l) {
  int32_t today = bank.day.number();
  if (l.off_balance || l.balance == 0) return false;
  return today == l.ends() || (bank.day.dom == l.bill_day && today > l.billed);
}
}  // namespace

void loans_day(Bank& bank) {
  auto known = static_cast<uint32_t>(bank.loans.size());
  for (uint32_t i = 0; i < known; ++i) {
    if (bank.loans[i].settled >= 0) continue;
    if (due_today(bank, bank.loans[i])) fall_due(bank, i);
    if (bank.loans[i].settled < 0 && bank.loans[i].overdue_since >= 0) arrears(bank, i);
    if (bank.loans[i].settled < 0) notices_of(bank, i);
  }
  receipts_day(bank);
  new_loans(bank);
  write_changed_loans(bank);
}

}  // namespace guanhu::sample
