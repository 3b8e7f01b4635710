#include "appraisal_bank.h"

#include <random>

#include "base/date.h"
#include "feed/schema.h"

namespace guanhu::bench {

namespace {
using warehouse::Chunk;
using warehouse::Column;
using warehouse::ColumnData;
using warehouse::Type;

constexpr int kDays = 365;
const int32_t kFirst = base::Date::parse("2025-01-01")->days();

// Collects rows of some columns and appends them in chunks.
class Rows {
 public:
  Rows(warehouse::Warehouse& db, const std::string& table, std::vector<Column> columns)
      : types_(std::move(columns)), appender_(db.append(table, types_)) {
    clear();
  }
  Rows& n(int64_t value) {
    ColumnData& c = chunk_.columns[at_];
    switch (types_[at_++].type) {
      case Type::boolean: c.i8.push_back(static_cast<int8_t>(value)); break;
      case Type::int32:
      case Type::date: c.i32.push_back(static_cast<int32_t>(value)); break;
      default: c.i64.push_back(value);
    }
    return end();
  }
  Rows& t(std::string text) {
    ColumnData& c = chunk_.columns[at_++];
    c.heap.push_back(std::move(text));
    return end();
  }
  void finish() {
    flush();
    appender_->finish();
  }

 private:
  Rows& end() {
    if (at_ < types_.size()) return *this;
    at_ = 0;
    if (++chunk_.rows == 2'048) flush();
    return *this;
  }
  void flush() {
    for (ColumnData& c : chunk_.columns)
      if (c.type == Type::text) c.text.assign(c.heap.begin(), c.heap.end());
    if (chunk_.rows) appender_->append(chunk_);
    clear();
  }
  void clear() {
    chunk_ = {};
    for (const Column& c : types_) {
      chunk_.columns.emplace_back();
      chunk_.columns.back().type = c.type;
      chunk_.columns.back().heap.reserve(2'048);
    }
  }
  std::vector<Column> types_;
  std::unique_ptr<warehouse::Appender> appender_;
  Chunk chunk_;
  size_t at_ = 0;
};

std::string id(const char* prefix, int64_t n) { return prefix + std::to_string(n); }

class Maker {
 public:
  Maker(warehouse::Warehouse& db, const BankSize& size) : db_(db), size_(size) {}

  void make() {
    feed::create_schema(db_);
    db_.begin();
    imports();
    people();
    things("accounts", "account", size_.accounts, "opened_on", "A");
    things("loans", "loan", size_.loans, "issued_on", "L");
    assignments();
    balances();
    credit();
    db_.commit();
  }

 private:
  int64_t below(int64_t n) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(n)); }

  void imports() {
    Rows rows(db_, "imports",
              {{"import_id", Type::int32}, {"business_date", Type::date}, {"applied_at", Type::timestamp}});
    for (int d = -1; d < kDays; ++d) rows.n(d + 2).n(kFirst + d).n((kFirst + d + 1) * int64_t{86'400'000'000});
    rows.finish();
  }
  void people() {
    db_.exec("INSERT INTO f_orgs (org_id, name, kind, import_id, line) VALUES ('O1', 'O1', 'branch', 1, 2)");
    Rows rows(db_, "f_staff",
              {{"staff_id", Type::text},
               {"name", Type::text},
               {"org_id", Type::text},
               {"position", Type::text},
               {"import_id", Type::int32},
               {"line", Type::int32}});
    for (int m = 0; m < size_.managers; ++m) rows.t(id("M", m)).t(id("M", m)).t("O1").t("manager").n(1).n(m + 2);
    rows.finish();
  }
  void things(const std::string& table, const std::string& number, int n, const std::string& since,
              const char* prefix) {
    Rows keys(db_, number + "_keys", {{number, Type::int32}, {number + "_id", Type::text}});
    Rows rows(db_, "f_" + table,
              {{number, Type::int32},
               {number + "_id", Type::text},
               {"customer_id", Type::text},
               {"org_id", Type::text},
               {since, Type::date},
               {"import_id", Type::int32},
               {"line", Type::int32}});
    for (int i = 0; i < n; ++i) {
      keys.n(i).t(id(prefix, i));
      rows.n(i).t(id(prefix, i)).t(id("C", i * 7LL / 10)).t("O1").n(kFirst - 1).n(1).n(i + 2);
    }
    keys.finish();
    rows.finish();
  }
  void assignments() {
    Rows rows(db_, "f_assignments",
              {{"subject_kind", Type::text},
               {"subject_id", Type::text},
               {"staff_id", Type::text},
               {"role", Type::text},
               {"share", Type::int64},
               {"valid_from", Type::date},
               {"valid_to", Type::date},
               {"import_id", Type::int32},
               {"line", Type::int32}});
    constexpr int64_t kOne = 100'000'000;
    const int32_t end = base::Date::parse("2099-12-31")->days();
    int line = 2;
    auto give = [&](const char* kind, const std::string& subject, int64_t manager, bool main, int64_t share,
                    int32_t from, int32_t to) {
      rows.t(kind)
          .t(subject)
          .t(id("M", manager % size_.managers))
          .t(main ? "main" : "assist")
          .n(share)
          .n(from)
          .n(to)
          .n(1)
          .n(line++);
    };
    for (int a = 0; a < size_.accounts; ++a) {
      int64_t manager = below(size_.managers), what = below(100);
      if (what < 10) {
        auto day = static_cast<int32_t>(kFirst + 1 + below(kDays - 2));
        give("account", id("A", a), manager, true, kOne, kFirst - 1, day - 1);
        give("account", id("A", a), manager + 1, true, kOne, day, end);
      } else if (what < 15) {
        give("account", id("A", a), manager, true, kOne * 6 / 10, kFirst - 1, end);
        give("account", id("A", a), manager + 1, false, kOne * 4 / 10, kFirst - 1, end);
      } else {
        give("account", id("A", a), manager, true, kOne, kFirst - 1, end);
      }
    }
    for (int l = 0; l < size_.loans; ++l)
      give("loan", id("L", l), below(size_.managers), true, kOne, kFirst - 1, end);
    rows.finish();
  }
  // Day by day, as a bank's nights deliver them; everybody has an opening balance.
  void balances() {
    Rows rows(db_, "f_balances",
              {{"account", Type::int32},
               {"date", Type::date},
               {"balance", Type::int64},
               {"import_id", Type::int32},
               {"line", Type::int32},
               {"changed", Type::boolean}});
    int line = 2;
    auto balance = [&](int64_t account) {
      return below(1'000 * (1 + account % 97) * (1 + account % 7) * 100) + (account % 50 == 0 ? 90'000'000 : 0);
    };
    for (int a = 0; a < size_.accounts; ++a) rows.n(a).n(kFirst - 1).n(balance(a)).n(1).n(line++).n(1);
    // An account has a chance by its number, from one change a year to dozens.
    for (int d = 0; d < kDays; ++d) {
      line = 2;
      for (int a = 0; a < size_.accounts; ++a) {
        int64_t per_year = size_.changes * 2 * (1 + a % 11) / 12;
        if (below(kDays) < per_year) rows.n(a).n(kFirst + d).n(balance(a)).n(d + 2).n(line++).n(1);
      }
    }
    rows.finish();
  }
  void credit() {
    Rows states(db_, "f_loan_states",
                {{"loan", Type::int32},
                 {"date", Type::date},
                 {"balance", Type::int64},
                 {"overdue_principal", Type::int64},
                 {"overdue_interest", Type::int64},
                 {"class", Type::text},
                 {"off_balance", Type::boolean},
                 {"import_id", Type::int32},
                 {"line", Type::int32}});
    Rows repaid(db_, "f_repayments",
                {{"repayment_id", Type::text},
                 {"loan", Type::int32},
                 {"date", Type::date},
                 {"principal", Type::int64},
                 {"interest", Type::int64},
                 {"import_id", Type::int32},
                 {"line", Type::int32}});
    for (int l = 0; l < size_.loans; ++l) {
      int64_t left = 1'000'000 + below(50'000'000), part = left / 15;
      for (int m = 0; m < 12; ++m, left -= part) {
        int32_t day = kFirst + m * 30 + l % 28;
        states.n(l).n(day).n(left).n(0).n(0).t("normal").n(0).n(day - kFirst + 2).n(l + 2);
        repaid.t(id("R", l * 12LL + m)).n(l).n(day).n(part).n(left / 200).n(day - kFirst + 2).n(l + 2);
      }
    }
    states.finish();
    repaid.finish();
  }

  warehouse::Warehouse& db_;
  BankSize size_;
  std::mt19937_64 random_{20250101};
};
}  // namespace

void make_bank(warehouse::Warehouse& db, const BankSize& size) { Maker(db, size).make(); }

}  // namespace guanhu::bench
