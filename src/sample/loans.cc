#include "sample/loans.h"

#include <algorithm>

#include "sample/assignments.h"
#include "sample/books.h"
#include "sample/relations.h"

namespace guanhu::sample {

namespace {
struct Terms {
  Fen median, unit, most;
  int months;  // to maturity
  bool instalments;
  int32_t rate;  // 1/10,000 per cent
};

Terms terms_of(LoanKind kind, Random& r) {
  constexpr Fen kWan = 10000 * kYuan;
  int years = 1 + static_cast<int>(r.below(3));
  switch (kind) {
    case LoanKind::farmer_micro: return {3 * kWan, 1000 * kYuan, 30 * kWan, years > 2 ? 24 : 12, false, 65000};
    case LoanKind::urban_micro: return {5 * kWan, 1000 * kYuan, 50 * kWan, years > 2 ? 24 : 12, false, 62000};
    case LoanKind::personal_business: return {20 * kWan, kWan, 300 * kWan, years * 12, false, 56500};
    case LoanKind::personal_consumer: return {12 * kWan, 1000 * kYuan, 200 * kWan, 36 + years * 36, true, 48000};
    case LoanKind::working_capital: return {80 * kWan, 5 * kWan, 3000 * kWan, 12, false, 46500};
    case LoanKind::fixed_asset: return {180 * kWan, 10 * kWan, 5000 * kWan, 24 + years * 12, true, 49000};
    case LoanKind::bill: return {60 * kWan, 10000 * kYuan, 1000 * kWan, 6, false, 21000};
    case LoanKind::other: break;
  }
  return {8 * kWan, 1000 * kYuan, 100 * kWan, 12, false, 59000};
}

LoanKind kind_for(CustomerKind customer, Random& r) {
  int64_t u = r.below(100);
  switch (customer) {
    case CustomerKind::farmer:
      return u < 72   ? LoanKind::farmer_micro
             : u < 88 ? LoanKind::personal_business
             : u < 97 ? LoanKind::personal_consumer
                      : LoanKind::other;
    case CustomerKind::urban:
      return u < 35 ? LoanKind::urban_micro : u < 60 ? LoanKind::personal_business : LoanKind::personal_consumer;
    case CustomerKind::company:
      return u < 68 ? LoanKind::working_capital : u < 85 ? LoanKind::fixed_asset : LoanKind::bill;
    case CustomerKind::other: break;
  }
  return LoanKind::other;
}

Guarantee guarantee_for(LoanKind kind, Random& r) {
  int64_t u = r.below(100);
  switch (kind) {
    case LoanKind::bill: return Guarantee::low_risk;
    case LoanKind::farmer_micro:
      return u < 55 ? Guarantee::credit : u < 97 ? Guarantee::guaranteed : Guarantee::pledge;
    case LoanKind::urban_micro:
      return u < 35 ? Guarantee::credit : u < 90 ? Guarantee::guaranteed : Guarantee::pledge;
    case LoanKind::personal_consumer: return u < 25 ? Guarantee::credit : Guarantee::mortgage;
    default:
      return u < 10   ? Guarantee::credit
             : u < 45 ? Guarantee::guaranteed
             : u < 95 ? Guarantee::mortgage
                      : Guarantee::pledge;
  }
}

std::string_view product_of(LoanKind kind) {
  static constexpr std::array<std::string_view, 8> kNames = {"农户小额贷款",     "城镇小额贷款", "个人经营贷款",
                                                             "个人消费贷款",     "流动资金贷款", "固定资产贷款",
                                                             "银行承兑汇票贴现", "其他贷款"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view purpose_of(LoanKind kind, uint64_t hash) {
  static constexpr std::array<std::array<std::string_view, 3>, 8> kPurposes = {{{"种植", "养殖", "购农机"},
                                                                                {"进货", "店面装修", "周转"},
                                                                                {"经营周转", "购设备", "进货"},
                                                                                {"购房", "购车", "装修"},
                                                                                {"购原料", "经营周转", "支付货款"},
                                                                                {"建厂房", "购设备", "技术改造"},
                                                                                {"贴现", "贴现", "贴现"},
                                                                                {"公共设施", "周转", "购设备"}}};
  return kPurposes[static_cast<size_t>(kind)][hash % 3];
}

// Principal, terms, guarantor and the borrower's habits; no dates yet. Returns the months.
int draw_loan(Bank& bank, Loan& loan, uint32_t number, Fen principal) {
  Random r = bank.random(Stream::loan, number);
  Terms terms = terms_of(loan.kind, r);
  Fen drawn = std::clamp(round_down(terms.median / 1000 * r.wide(), terms.unit), terms.unit * 5, terms.most);
  loan.principal = principal > 0 ? principal : drawn;
  loan.balance = loan.principal;
  loan.org = bank.customers[loan.customer].org;
  loan.rate = terms.rate + static_cast<int32_t>(r.between(-80, 80)) * 100;
  loan.guarantee = guarantee_for(loan.kind, r);
  loan.bill_day = r.chance(700) ? 20 : static_cast<uint8_t>(r.between(1, 28));
  loan.late_payer = r.chance(60);
  uint64_t start = r.next();
  if (loan.guarantee == Guarantee::guaranteed) {
    uint32_t guarantor = some_person(bank, start, loan.customer);
    if (guarantor == loan.customer) loan.guarantee = Guarantee::credit;
    else loan.guarantor = static_cast<int32_t>(guarantor);
  }
  // Rounded up to whole yuan: the last instalment is a little smaller.
  if (terms.instalments) loan.instalment = (loan.principal / terms.months + kYuan) / kYuan * kYuan;
  return terms.months;
}

// Some borrowers stop paying one day; half of them find their way back.
void draw_fate(const Bank& bank, Loan& loan, uint32_t number) {
  Random r = bank.random(Stream::loan, number, 1);
  if (!r.chance(60)) return;
  loan.stops = loan.issued + static_cast<int32_t>(r.below(std::max(30, loan.due - loan.issued + 20)));
  if (r.chance(500)) loan.resumes = loan.stops + 20 + static_cast<int32_t>(r.below(240));
}

// A loan whose payer had stopped before the opening day: what was due and not paid since then.
void put_in_arrears(const Bank& bank, Loan& loan, Random& r) {
  int32_t days = 1 + static_cast<int32_t>(r.below(900));
  loan.overdue_since = bank.opening - days;
  loan.stops = loan.overdue_since;
  if (loan.instalment == 0) {
    int32_t length = loan.due - loan.issued;
    loan.due = loan.overdue_since;
    loan.issued = loan.due - length;
    loan.owed_principal = loan.balance;
  } else {
    loan.owed_principal = std::min(loan.balance, loan.instalment * (days / 30 + 1));
  }
  loan.billed = bank.opening;
  loan.owed_interest = static_cast<Fen>(base::divide_half_up(
      static_cast<base::Int128>(loan.balance) * loan.rate * days, base::Int128{360} * 1000000));
  if (r.chance(200)) loan.pays_on = loan.resumes = bank.opening + 5 + static_cast<int32_t>(r.below(400));
  loan.loan_class = class_of(days);
  loan.off_balance = days > 600 && r.chance(600);
  if (loan.due <= bank.opening) loan.expires = loan.due + 1096;
  if (days > 40 && r.chance(900)) loan.noticed = bank.opening - static_cast<int32_t>(r.below(90));
}

void add_opening_loan(Bank& bank, uint32_t customer, LoanKind kind) {
  auto number = static_cast<uint32_t>(bank.loans.size());
  Loan loan;
  loan.customer = customer;
  loan.kind = kind;
  int months = draw_loan(bank, loan, number, 0);
  Random r = bank.random(Stream::opening_loan, number);
  auto age = static_cast<int32_t>(r.below(months * 30));
  base::Date issued(bank.opening - age);
  loan.issued = issued.days();
  loan.due = issued.add_months(months).days();
  loan.billed = std::max(loan.issued, bank.opening - static_cast<int32_t>(r.below(28)));
  if (loan.instalment > 0) loan.balance -= std::min(loan.balance - kYuan, loan.instalment * (age / 31));
  draw_fate(bank, loan, number);
  if (loan.stops <= bank.opening) loan.stops = loan.resumes = kNever;
  if (r.chance(is_person(bank.customers[customer]) ? 50 : 20)) put_in_arrears(bank, loan, r);
  bank.customers[customer].covered = true;
  bank.loans.push_back(loan);
  book(bank, loan);
}

void write_loan(Bank& bank, uint32_t number) {
  const Loan& l = bank.loans[number];
  bank.writer.row(File::loans)
      .id('L', int64_t{number} + 1, 8)
      .id('K', int64_t{number} + 1, 8)
      .id('C', int64_t{l.customer} + 1, 8)
      .text(bank.orgs[l.org].id)
      .text(product_of(l.kind))
      .text(name_of(l.kind))
      .text(name_of(l.guarantee))
      .total(l.principal)
      .scaled(l.rate, 4)
      .date(base::Date(l.issued))
      .date(base::Date(l.due))
      .date_if(l.extended)
      .date_if(l.settled)
      .text(purpose_of(l.kind, mix(bank.seed(), Stream::loan, number, 2)));
}

void write_state(Bank& bank, uint32_t number, int32_t day) {
  const Loan& l = bank.loans[number];
  int32_t days = l.overdue_since < 0 ? 0 : day - l.overdue_since;
  bank.writer.row(File::loan_states)
      .id('L', int64_t{number} + 1, 8)
      .date(base::Date(day))
      .total(l.balance)
      .money(l.owed_principal)
      .money(l.owed_interest)
      .integer(days)
      .text(name_of(l.loan_class))
      .boolean(l.off_balance);
}
}  // namespace

LoanClass class_of(int32_t days) {
  return days <= 30    ? LoanClass::normal
         : days <= 90  ? LoanClass::special_mention
         : days <= 180 ? LoanClass::substandard
         : days <= 360 ? LoanClass::doubtful
                       : LoanClass::loss;
}

int32_t overdue_days(const Bank& bank, const Loan& loan) {
  return loan.overdue_since < 0 ? 0 : bank.day.number() - loan.overdue_since;
}

void make_opening_loans(Bank& bank) {
  for (uint32_t i = 0; i < bank.customers.size(); ++i) {
    CustomerKind kind = bank.customers[i].kind;
    Random r = bank.random(Stream::opening_loan, i, 1);
    int64_t share = kind == CustomerKind::company ? 240 : kind == CustomerKind::other ? 40 : 115;
    if (!r.chance(share)) continue;
    add_opening_loan(bank, i, kind_for(kind, r));
    // A second loan is of another kind than the first, so that no guarantor stands twice.
    if (kind == CustomerKind::company && r.chance(250)) add_opening_loan(bank, i, LoanKind::bill);
  }
}

void write_opening_loans(Bank& bank) {
  for (uint32_t i = 0; i < bank.loans.size(); ++i) {
    const Loan& l = bank.loans[i];
    bank.changed_loans.push_back(i);
    write_state(bank, i, bank.opening);
    if (l.expires >= 0) bank.changed_limits.push_back(i);
    if (l.guarantor >= 0) write_guarantor(bank, l.customer, static_cast<uint32_t>(l.guarantor), l.issued);
    begin_loan(bank, i);
  }
}

uint32_t grant(Bank& bank, uint32_t customer, LoanKind kind, Fen principal, bool refinances) {
  auto number = static_cast<uint32_t>(bank.loans.size());
  Loan loan;
  loan.customer = customer;
  loan.kind = kind;
  int months = draw_loan(bank, loan, number, principal);
  loan.issued = loan.billed = bank.day.number();
  loan.due = bank.day.date.add_months(months).days();
  draw_fate(bank, loan, number);
  bank.loans.push_back(loan);
  book(bank, loan);
  bank.changed_loans.push_back(number);
  bank.changed_states.push_back(number);
  begin_loan(bank, number);
  if (loan.guarantor >= 0) write_guarantor(bank, customer, static_cast<uint32_t>(loan.guarantor), loan.issued);
  if (refinances) return number;
  uint32_t account = bank.customers[customer].settlement;
  Random r = bank.random(Stream::new_loan, number);
  move_money(bank, account, loan.principal, TxnKind::loan_disbursement, "贷款发放");
  move_money(bank, account, -loan.principal * r.between(60, 97) / 100, TxnKind::transfer, "受托支付");
  if (kind == LoanKind::bill && !is_person(bank.customers[customer])) {
    // A bill is backed by a margin of a tenth, kept until it is due.
    uint32_t margin = open_account(bank, customer, Product::margin, loan.due);
    Fen part = std::min(loan.principal / 10, bank.accounts[account].balance);
    if (part > 0) {
      move_money(bank, account, -part, TxnKind::transfer, "转保证金");
      move_money(bank, margin, part, TxnKind::transfer, "存入保证金");
    }
  }
  return number;
}

void new_loans(Bank& bank) {
  for (auto& plan : bank.loan_plans[static_cast<size_t>(bank.day.date - bank.options.from)])
    grant(bank, plan.customer, plan.kind, plan.principal, false);
  if (!bank.day.working) return;
  // New borrowers: 5 of 100 customers in a year; farmers borrow in spring.
  Random r = bank.random_today(Stream::new_loan, 1);
  auto known = static_cast<int64_t>(bank.customers.size());
  int64_t per_million = bank.day.month >= 2 && bank.day.month <= 4 ? 320 : 170;
  int64_t expected = known * per_million,
          count = expected / 1000000 + (r.below(1000000) < expected % 1000000 ? 1 : 0);
  std::vector<uint32_t> today;
  for (int64_t i = 0; i < count; ++i) today.push_back(static_cast<uint32_t>(r.below(known)));
  for (const auto& plan : bank.loan_plans[static_cast<size_t>(bank.day.date - bank.options.from)])
    today.erase(std::remove(today.begin(), today.end(), plan.customer), today.end());
  sort_unique(today);
  for (uint32_t customer : today) {
    if (bank.customers[customer].opened == bank.day.number()) continue;
    LoanKind kind = kind_for(bank.customers[customer].kind, r);
    grant(bank, customer, kind, 0, false);
  }
}

void write_changed_loans(Bank& bank) {
  sort_unique(bank.changed_loans);
  sort_unique(bank.changed_states);
  sort_unique(bank.changed_limits);
  for (uint32_t i : bank.changed_loans) write_loan(bank, i);
  for (uint32_t i : bank.changed_states) write_state(bank, i, bank.day.number());
  for (uint32_t i : bank.changed_limits)
    bank.writer.row(File::limitations).id('L', int64_t{i} + 1, 8).date(base::Date(bank.loans[i].expires));
  bank.changed_loans.clear();
  bank.changed_states.clear();
  bank.changed_limits.clear();
}

}  // namespace guanhu::sample
