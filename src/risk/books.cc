#include "risk/books.h"

#include <algorithm>

namespace guanhu::risk {

using warehouse::Chunk;
using warehouse::Type;

base::Result<std::unique_ptr<Books>> Books::open(warehouse::Warehouse& db, const std::filesystem::path& columns,
                                                 const std::optional<base::Instant>& known_at,
                                                 const Progress& progress) {
  std::unique_ptr<Books> books(new Books(db, attribution::Known::at(db, known_at)));
  books->known_at_ = known_at;
  auto opened = measures::open_columns(db, books->known_, columns, nullptr, progress);
  if (!opened) return opened.error();
  books->columns_ = std::move(*opened);
  books->read_account_ids();
  const Type one[] = {Type::date};
  db.scan("SELECT max(a.business_date) FROM " + books->known_.active_sql() + " a", one, [&](const Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i)
      if (!c.columns[0].is_null(i)) books->reached_ = c.columns[0].i32[i];
  });
  return books;
}

int64_t Books::balance(uint32_t account, int32_t day) const {
  int64_t out = 0;
  each_balance(account, day, day, [&](int32_t, int32_t, int64_t balance) { out = balance; });
  return out;
}

base::Int128 Books::balance_days(uint32_t account, int32_t first, int32_t last) const {
  base::Int128 out = 0;
  each_balance(account, first, last,
               [&](int32_t from, int32_t to, int64_t balance) { out += base::Int128{balance} * (to - from + 1); });
  return out;
}

int64_t Books::least(uint32_t account, int32_t first, int32_t last) const {
  std::optional<int64_t> out;
  each_balance(account, first, last, [&](int32_t, int32_t, int64_t balance) {
    if (!out || balance < *out) out = balance;
  });
  return out.value_or(0);
}

uint32_t Books::customer(uint32_t account, int32_t day) const {
  const measures::Version* version = columns_->accounts.versions.on(account, day);
  return version ? version->customer : 0;
}

uint32_t Books::org(uint32_t account, int32_t day) const {
  const measures::Version* version = columns_->accounts.versions.on(account, day);
  return version ? version->org : 0;
}

uint32_t Books::customer_number(std::string_view id) const {
  const measures::Ids& ids = columns_->customers;
  if (ids.sorted) return ids.find(id);
  if (!customers_) {
    customers_.emplace(ids.size());
    for (size_t i = 0; i < ids.size(); ++i) customers_->number(ids[i]);
  }
  return customers_->find(id).value_or(0);
}

std::vector<std::vector<uint32_t>> Books::by_customer(int32_t day) const {
  std::vector<std::vector<uint32_t>> out(columns_->customers.size());
  for (uint32_t account = 0; account < accounts(); ++account)
    if (uint32_t c = customer(account, day)) out[c].push_back(account);
  return out;
}

void Books::read_account_ids() {
  // Numbers of account_keys begin with 0 and have no gaps, so that the order of the rows is the number.
  ids_.emplace(accounts());
  const Type types[] = {Type::int32, Type::text};
  db_.scan("SELECT account, account_id FROM account_keys ORDER BY account", types, [&](const Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i)
      if (ids_->number(c.columns[1].text[i]) != static_cast<uint32_t>(c.columns[0].i32[i]))
        throw base::Broken("account_keys: number " + std::to_string(c.columns[0].i32[i]) + " is out of order");
  });
}

}  // namespace guanhu::risk
