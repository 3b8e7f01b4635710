#include "sample/relations.h"

#include <algorithm>

#include "sample/customers.h"
#include "sample/names.h"

namespace guanhu::sample {

namespace {
// share in 1/10,000; -1 for relations that have none (the column is empty then).
void write(Bank& bank, uint32_t a, uint32_t b, std::string_view kind, int share, int32_t from, int32_t to) {
  Row row = bank.writer.row(File::relations);
  row.id('C', int64_t{a} + 1, 8).id('C', int64_t{b} + 1, 8).text(kind);
  if (share < 0) row.empty();
  else row.scaled(share, 4);
  row.date(base::Date(from)).date_if(to);
}

// Day of the marriage of customers 2*pair and 2*pair+1, or -1.
int32_t married(const Bank& bank, uint32_t pair) {
  uint32_t a = pair * 2, b = a + 1;
  if (b >= bank.customers_at_start) return -1;
  if (!is_person(bank.customers[a]) || !is_person(bank.customers[b])) return -1;
  if (is_female(bank, a) == is_female(bank, b)) return -1;
  Random r = bank.random(Stream::relation, pair);
  if (!r.chance(700)) return -1;
  int32_t adult = std::max(birthday(a, bank.first_birthday), birthday(b, bank.first_birthday)).days() + 22 * 366;
  int32_t day = adult + static_cast<int32_t>(r.below(3000));
  return day <= bank.opening ? day : -1;
}

void write_marriage(Bank& bank, uint32_t pair, int32_t from, int32_t to) {
  write(bank, pair * 2, pair * 2 + 1, "spouse", -1, from, to);
  write(bank, pair * 2 + 1, pair * 2, "spouse", -1, from, to);
}

void write_company(Bank& bank, uint32_t company) {
  int32_t since = bank.customers[company].opened;
  Random r = bank.random(Stream::relation, company, 1);
  uint32_t head = some_person(bank, r.next(), company);
  write(bank, company, head, "legal_representative", -1, since, -1);
  if (bank.customers[company].kind != CustomerKind::company) return;
  uint32_t partner = some_person(bank, r.next(), head);
  int major = static_cast<int>(r.between(51, 90)) * 100;
  write(bank, company, head, "shareholder", major, since, -1);
  if (partner != head) write(bank, company, partner, "shareholder", 10000 - major, since, -1);
}

// The first company of a group controls the others; the others are its members.
void write_groups(Bank& bank) {
  uint32_t core = 0;
  int32_t group = -1;
  for (uint32_t i = 0; i < bank.customers.size(); ++i) {
    const Customer& c = bank.customers[i];
    if (c.group < 0) continue;
    if (c.group != group) {
      group = c.group;
      core = i;
      continue;
    }
    int32_t since = std::max(c.opened, bank.customers[core].opened);
    Random r = bank.random(Stream::relation, i, 2);
    write(bank, core, i, "controls", static_cast<int>(r.between(51, 100)) * 100, since, -1);
    write(bank, core, i, "group_member", -1, since, -1);
  }
}
}  // namespace

uint32_t some_person(const Bank& bank, uint64_t start, uint32_t except) {
  auto all = static_cast<uint64_t>(bank.customers.size());
  for (uint64_t i = 0; i < all; ++i) {
    auto candidate = static_cast<uint32_t>((start + i) % all);
    if (candidate != except && is_person(bank.customers[candidate])) return candidate;
  }
  return except;
}

void write_relations(Bank& bank) {
  bank.customers_at_start = static_cast<int64_t>(bank.customers.size());
  for (uint32_t pair = 0; pair * 2 + 1 < bank.customers.size(); ++pair) {
    int32_t day = married(bank, pair);
    if (day < 0) continue;
    write_marriage(bank, pair, day, -1);
    // About one marriage in 200 a year ends.
    auto ends = bank.opening + 2 + static_cast<int32_t>(mix(bank.seed(), Stream::relation, pair, 3) % (200 * 365));
    if (ends <= bank.options.to.days()) bank.divorces.push_back({ends, pair});
    // Some have a grown child or a parent among the customers.
    uint64_t hash = mix(bank.seed(), Stream::relation, pair, 4);
    uint32_t kin = some_person(bank, hash, pair * 2);
    if (hash % 12 == 0 && kin != pair * 2 && kin != pair * 2 + 1)
      write(bank, pair * 2, kin, "family", -1,
            birthday(kin, bank.first_birthday).days() < birthday(pair * 2, bank.first_birthday).days()
                ? birthday(pair * 2, bank.first_birthday).days()
                : birthday(kin, bank.first_birthday).days(),
            -1);
  }
  for (uint32_t i = 0; i < bank.customers.size(); ++i)
    if (!is_person(bank.customers[i]) && some_person(bank, i, i) != i) write_company(bank, i);
  write_groups(bank);
}

void write_guarantor(Bank& bank, uint32_t borrower, uint32_t guarantor, int32_t since) {
  std::pair<uint32_t, uint32_t> pair(borrower, guarantor);
  if (since == bank.day.number()) {
    if (std::find(bank.guarantors.begin(), bank.guarantors.end(), pair) != bank.guarantors.end()) return;
    bank.guarantors.push_back(pair);
  }
  write(bank, borrower, guarantor, "guarantor", -1, since, -1);
}

void relations_day(Bank& bank) {
  bank.guarantors.clear();
  for (const Bank::Divorce& d : bank.divorces)
    if (d.day == bank.day.number()) write_marriage(bank, d.pair, married(bank, d.pair), d.day);
  for (auto i = bank.customers.size(); i-- > 0 && bank.customers[i].opened == bank.day.number();)
    if (!is_person(bank.customers[i]) && some_person(bank, i, static_cast<uint32_t>(i)) != i)
      write_company(bank, static_cast<uint32_t>(i));
}

}  // namespace guanhu::sample
