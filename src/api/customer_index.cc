#include "api/customer_index.h"

#include <algorithm>
#include <unordered_map>

#include "api/pinyin.h"
#include "api/reach.h"

namespace guanhu::api {

using warehouse::Chunk;
using warehouse::Type;

namespace {

// A few distinct texts, numbered.
class Numbers {
 public:
  explicit Numbers(std::vector<std::string>& names) : names_(names) {}
  uint32_t of(std::string_view text) {
    auto [at, fresh] = known_.try_emplace(std::string(text), static_cast<uint32_t>(names_.size()));
    if (fresh) names_.emplace_back(text);
    return at->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, uint32_t> known_;
};

std::string_view text_at(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? std::string_view() : c.columns[column].text[row];
}

// Balances at the end of a day: of each account's rows up to it the latest.
std::string balances_sql(base::Date day, bool loans) {
  const std::string on = "f.date <= DATE '" + day.str() + "'";
  const char* key = loans ? "loan" : "account";
  const std::string id = std::string(key) + "_id";
  std::string state = std::string("(SELECT DISTINCT ON (f.") + key + ") f." + key + ", f.balance, " +
                      (loans ? "f.overdue_principal" : "CAST(0 AS BIGINT) AS overdue_principal") + " FROM " +
                      (loans ? "f_loan_states" : "f_balances") +
                      " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND " + on +
                      " ORDER BY f." + key + ", f.date DESC, i.business_date DESC)";
  // The left side keeps accounts without any balance yet: their numbers are searched as well.
  return "SELECT a." + id + ", a.customer_id, coalesce(b.balance, 0), coalesce(b.overdue_principal, 0) FROM " +
         winning_rows(loans ? "f_loans" : "f_accounts", id,
                      std::string("f.") + id + ", f." + key + ", f.customer_id") +
         " a LEFT JOIN " + state + " b ON b." + key + " = a." + key + " ORDER BY 1";
}

}  // namespace

void CustomerIndex::read_customers(warehouse::Warehouse& db) {
  Numbers kinds(kinds_), orgs(orgs_);
  const Type types[] = {Type::text, Type::text, Type::text, Type::text, Type::boolean, Type::date};
  db.scan("SELECT c.* FROM " +
              winning_rows("f_customers", "customer_id",
                           "f.customer_id, f.name, f.kind, f.org_id, f.is_farmer, f.opened_on") +
              " c",
          types, [&](const Chunk& c) {
            for (size_t r = 0; r < c.rows; ++r) {
              Row row;
              std::string_view id = text_at(c, 0, r), name = text_at(c, 1, r);
              std::string code = initials_code(name);
              row.at = text_.size();
              row.id = static_cast<uint16_t>(id.size());
              row.name = static_cast<uint16_t>(name.size());
              row.initials = static_cast<uint16_t>(code.size());
              text_.append(id).append(name).append(code);
              row.kind = static_cast<uint8_t>(kinds.of(text_at(c, 2, r)));
              row.org = orgs.of(text_at(c, 3, r));
              row.farmer = !c.columns[4].is_null(r) && c.columns[4].i8[r] != 0;
              if (!c.columns[5].is_null(r)) row.opened = c.columns[5].i32[r];
              rows_.push_back(row);
            }
          });
  std::sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) {
    std::string_view text(text_);
    return text.substr(a.at, a.id) < text.substr(b.at, b.id);
  });
}

void CustomerIndex::read_balances(warehouse::Warehouse& db, base::Date day, bool loans) {
  const Type types[] = {Type::text, Type::text, Type::int64, Type::int64};
  db.scan(balances_sql(day, loans), types, [&](const Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      size_t customer = find(text_at(c, 1, r));
      if (customer == rows_.size()) continue;  // an account of the bank itself
      (loans ? rows_[customer].loans : rows_[customer].deposits) += c.columns[2].i64[r];
      rows_[customer].overdue += c.columns[3].i64[r];
      std::string_view id = text_at(c, 0, r);
      numbers_.push_back({text_.size(), static_cast<uint32_t>(customer), static_cast<uint16_t>(id.size())});
      text_.append(id);
    }
  });
}

std::shared_ptr<const CustomerIndex> CustomerIndex::load(warehouse::Warehouse& db, base::Date day) {
  auto out = std::make_shared<CustomerIndex>();
  out->read_customers(db);
  out->read_balances(db, day, false);
  out->read_balances(db, day, true);
  std::sort(out->numbers_.begin(), out->numbers_.end(),
            [&](const Number& a, const Number& b) { return out->number(a) < out->number(b); });
  out->text_.shrink_to_fit();
  return out;
}

CustomerIndex::Customer CustomerIndex::at(size_t n) const {
  const Row& row = rows_[n];
  std::string_view text = std::string_view(text_).substr(row.at);
  Customer out;
  out.id = text.substr(0, row.id);
  out.name = text.substr(row.id, row.name);
  out.initials = text.substr(row.id + row.name, row.initials);
  out.kind = kinds_[row.kind];
  out.org = orgs_[row.org];
  out.farmer = row.farmer;
  out.opened = row.opened;
  out.deposits = row.deposits;
  out.loans = row.loans;
  out.overdue = row.overdue;
  return out;
}

size_t CustomerIndex::find(std::string_view id) const {
  std::string_view text(text_);
  auto at = std::lower_bound(rows_.begin(), rows_.end(), id, [&](const Row& row, std::string_view wanted) {
    return text.substr(row.at, row.id) < wanted;
  });
  if (at == rows_.end() || text.substr(at->at, at->id) != id) return rows_.size();
  return static_cast<size_t>(at - rows_.begin());
}

size_t CustomerIndex::owner_of(std::string_view id) const {
  auto at = std::lower_bound(numbers_.begin(), numbers_.end(), id,
                             [&](const Number& n, std::string_view wanted) { return number(n) < wanted; });
  return at != numbers_.end() && number(*at) == id ? at->customer : rows_.size();
}

std::vector<std::pair<std::string_view, size_t>> CustomerIndex::beginning(std::string_view wanted,
                                                                          size_t limit) const {
  std::vector<std::pair<std::string_view, size_t>> out;
  auto at = std::lower_bound(numbers_.begin(), numbers_.end(), wanted,
                             [&](const Number& n, std::string_view w) { return number(n) < w; });
  for (; at != numbers_.end() && out.size() < limit && number(*at).starts_with(wanted); ++at)
    out.emplace_back(number(*at), at->customer);
  return out;
}

}  // namespace guanhu::api
