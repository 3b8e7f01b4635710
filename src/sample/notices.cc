#include "sample/notices.h"

#include <algorithm>

#include "sample/loans.h"

namespace guanhu::sample {

namespace {
void write(Bank& bank, const Bank::Receipt& n, int32_t received) {
  char id[48];
  base::Date sent(n.sent);
  std::snprintf(id, sizeof id, "N%04d%02d%02d%06lld", sent.year(), sent.month(), sent.day(),
                static_cast<long long>(n.number));
  bank.writer.row(File::notices)
      .text(id)
      .id('L', int64_t{n.loan} + 1, 8)
      .text(n.overdue ? "overdue" : "maturity")
      .text(n.guarantor ? "guarantor" : "borrower")
      .date(sent)
      .date_if(received);
}

// A debtor who signs for an overdue notice starts the three years anew.
void interrupt(Bank& bank, const Bank::Receipt& n) {
  Loan& l = bank.loans[n.loan];
  if (!n.overdue || n.guarantor || l.expires < 0 || l.expires < bank.day.number()) return;
  l.expires = bank.day.date.add_months(36).days();
  bank.changed_limits.push_back(n.loan);
}

void send(Bank& bank, uint32_t loan, bool overdue, bool guarantor, Random& r) {
  int32_t today = bank.day.number();
  Bank::Receipt n{today, today, ++bank.notices, loan, overdue, guarantor};
  if (r.chance(500)) {
    write(bank, n, today);
    interrupt(bank, n);
    return;
  }
  write(bank, n, -1);
  n.day = today + 2 + static_cast<int32_t>(r.below(9));
  if (r.chance(750)) bank.receipts.push_back(n);
}
}  // namespace

void notices_of(Bank& bank, uint32_t loan) {
  Loan& l = bank.loans[loan];
  int32_t today = bank.day.number();
  uint64_t habit = mix(bank.seed(), Stream::notice, loan);
  bool matures = today == l.ends() - 20 - static_cast<int32_t>(habit % 10) && habit % 100 >= 8;
  int32_t days = overdue_days(bank, l);
  // The first some days after the day due, then one each quarter; every twelfth loan is forgotten.
  bool reminds =
      days >= 5 + static_cast<int32_t>(habit % 9) && (l.noticed < 0 || today - l.noticed >= 85) && habit % 12 != 0;
  if (!matures && !reminds) return;
  Random r = bank.random_today(Stream::notice, loan);
  if (reminds) l.noticed = today;
  send(bank, loan, reminds, false, r);
  if (l.guarantor >= 0 && r.chance(850)) send(bank, loan, reminds, true, r);
}

void receipts_day(Bank& bank) {
  auto due = [&](const Bank::Receipt& n) { return n.day == bank.day.number(); };
  for (const Bank::Receipt& n : bank.receipts) {
    if (!due(n)) continue;
    write(bank, n, bank.day.number());
    if (bank.loans[n.loan].settled < 0) interrupt(bank, n);
  }
  bank.receipts.erase(std::remove_if(bank.receipts.begin(), bank.receipts.end(), due), bank.receipts.end());
}

}  // namespace guanhu::sample
