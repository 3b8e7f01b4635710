#include "risk/movements.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace guanhu::risk {

namespace {

using warehouse::Chunk;
using warehouse::Type;

constexpr size_t kBatch = 5000;  // rows in one statement

std::string booked_between(int32_t first, int32_t last) {
  return "f.booked_at >= " + attribution::date_sql(base::Date(first)) + " AND f.booked_at < " +
         attribution::date_sql(base::Date(last + 1));
}

constexpr Type kTypes[] = {Type::text, Type::timestamp, Type::int64, Type::text,
                           Type::text, Type::int32,     Type::int32};
constexpr const char* kColumns =
    "SELECT f.account_id, f.booked_at, f.amount, f.counter_account, f.kind, f.import_id, f.line FROM "
    "f_transactions f ";

std::string_view text(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? std::string_view() : c.columns[column].text[row];
}

// All but the parties.
Movement movement(const Chunk& c, size_t i) {
  Movement m;
  m.at = c.columns[1].i64[i];
  m.amount = c.columns[2].is_null(i) ? 0 : c.columns[2].i64[i];
  m.kind = kind_number(text(c, 4, i));
  m.import_id = c.columns[5].i32[i], m.line = c.columns[6].i32[i];
  return m;
}

// Account numbers of a text column, row by row; kNoAccount: not this bank's.
static_assert(IdTable::kNone == kNoAccount);
void find_column(const IdTable& accounts, const Chunk& c, size_t column, std::vector<std::string_view>& ids,
                 std::vector<uint32_t>& numbers) {
  ids.resize(c.rows), numbers.resize(c.rows);
  for (size_t i = 0; i < c.rows; ++i) ids[i] = text(c, column, i);
  accounts.find_all(ids, numbers);
}

auto order_of(const Movement& m) { return std::tie(m.account, m.at, m.import_id, m.line); }

}  // namespace

uint8_t kind_number(std::string_view kind) {
  for (uint8_t i = 1; i < std::size(Movements::kKinds); ++i)
    if (Movements::kKinds[i] == kind) return i;
  return 0;
}

Movements Movements::read(const Books& books, const Want& want) {
  Movements out;
  const IdTable& accounts = books.account_ids();
  auto bank = static_cast<uint32_t>(accounts.size());
  int64_t least = std::min({want.transfers, want.watched_least, want.flagged_least});
  auto in = [](const std::vector<bool>& set, uint32_t account) { return account < set.size() && set[account]; };
  std::vector<std::string_view> ids, counters;
  std::vector<uint32_t> numbers, counter_numbers;
  auto take = [&](const Chunk& c, size_t i) {
    if (numbers[i] == kNoAccount || !books.known().business_day(c.columns[5].i32[i])) return;
    Movement m = movement(c, i);
    m.account = numbers[i];
    std::string_view counter = counters[i];
    int64_t size = std::abs(m.amount);
    bool transfer = !counter.empty() && size >= want.transfers;
    bool watched = m.amount > 0 && size >= want.watched_least && in(want.watched, m.account);
    bool flagged = size >= want.flagged_least && in(want.flagged, m.account);
    if (!transfer && !watched && !flagged) return;
    if (!counter.empty())
      m.counter = counter_numbers[i] == kNoAccount ? bank + out.others_.number(counter) : counter_numbers[i];
    out.rows_.push_back(m);
  };
  std::string amount = std::to_string(least);
  books.db().scan(std::string(kColumns) + "WHERE " + booked_between(want.first, want.last) +
                      " AND (f.amount >= " + amount + " OR f.amount <= -" + amount + ")",
                  kTypes, [&](const Chunk& c) {
                    find_column(accounts, c, 0, ids, numbers);
                    find_column(accounts, c, 3, counters, counter_numbers);
                    for (size_t i = 0; i < c.rows; ++i) take(c, i);
                  });
  std::sort(out.rows_.begin(), out.rows_.end(),
            [](const Movement& a, const Movement& b) { return order_of(a) < order_of(b); });
  return out;
}

std::vector<Movement> Movements::disbursements(const Books& books, int32_t first, int32_t last, int64_t least) {
  std::vector<Movement> out;
  books.db().scan(
      std::string(kColumns) + "WHERE " + booked_between(first, last) +
          " AND f.kind = 'loan_disbursement' AND f.amount > 0 AND f.amount >= " + std::to_string(least),
      kTypes, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i)
          if (auto account = books.account_ids().find(text(c, 0, i));
              account && books.known().business_day(c.columns[5].i32[i])) {
            out.push_back(movement(c, i));
            out.back().account = *account;
          }
      });
  std::sort(out.begin(), out.end(), [](const Movement& a, const Movement& b) {
    return std::tie(a.at, a.account, a.import_id, a.line) < std::tie(b.at, b.account, b.import_id, b.line);
  });
  return out;
}

std::span<const Movement> Movements::of(uint32_t account) const {
  auto [first, last] =
      std::equal_range(rows_.begin(), rows_.end(), Movement{.account = account},
                       [](const Movement& a, const Movement& b) { return a.account < b.account; });
  return std::span(rows_).subspan(static_cast<size_t>(first - rows_.begin()), static_cast<size_t>(last - first));
}

std::string Movements::party(const Books& books, uint32_t account) const {
  if (account == kNoAccount) return "";
  auto bank = static_cast<uint32_t>(books.account_ids().size());
  return account < bank ? books.account_id(account) : std::string(others_[account - bank]);
}

Evidence evidence_of(const Books& books, const Movements& movements, const Movement& m) {
  Evidence out;
  out.table = "transactions", out.file = "transactions.csv";
  out.account = books.account_id(m.account);
  if (uint32_t c = books.customer(m.account, m.day())) out.customer = books.customer_id(c);
  out.at = base::Instant{m.at}.str();
  out.at.pop_back();  // the feed's times have no zone
  out.kind = Movements::kKinds[m.kind], out.counter = movements.party(books, m.counter);
  out.amount = m.amount, out.line = m.line, out.import_id = m.import_id;
  if (auto day = books.known().business_day(m.import_id)) out.business_date = base::Date(*day);
  return out;
}

Named names_of(const Books& books, const std::vector<std::pair<int32_t, int32_t>>& rows) {
  Named out;
  if (rows.empty()) return out;
  warehouse::Warehouse& db = books.db();
  db.exec("CREATE TEMP TABLE IF NOT EXISTS risk_rows (import_id INTEGER, line INTEGER)");
  db.exec("DELETE FROM risk_rows");
  for (size_t at = 0; at < rows.size(); at += kBatch) {
    std::string list;
    for (size_t i = at; i < std::min(rows.size(), at + kBatch); ++i)
      list += (list.empty() ? "(" : ", (") + std::to_string(rows[i].first) + ", " +
              std::to_string(rows[i].second) + ")";
    db.exec("INSERT INTO risk_rows VALUES " + list);
  }
  // Every row with the id of one of these; of rows with one id the one of the latest business date counts.
  const Type types[] = {Type::int32, Type::int32, Type::text};
  std::map<std::string, std::vector<std::tuple<int32_t, int32_t, int32_t>>> by_id;
  db.scan(
      "SELECT f.import_id, f.line, f.txn_id FROM f_transactions f WHERE f.txn_id IN (SELECT t.txn_id FROM "
      "f_transactions t JOIN risk_rows r ON r.import_id = t.import_id AND r.line = t.line)",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          auto day = books.known().business_day(c.columns[0].i32[i]);
          if (!day) continue;
          std::string id(c.columns[2].text[i]);
          out.ids[key_of(c.columns[0].i32[i], c.columns[1].i32[i])] = id;
          by_id[id].emplace_back(*day, c.columns[0].i32[i], c.columns[1].i32[i]);
        }
      });
  db.exec("DELETE FROM risk_rows");
  for (auto& [id, all] : by_id) {
    std::sort(all.begin(), all.end());
    for (size_t i = 0; i + 1 < all.size(); ++i) out.replaced.emplace(std::get<1>(all[i]), std::get<2>(all[i]));
  }
  return out;
}

}  // namespace guanhu::risk
