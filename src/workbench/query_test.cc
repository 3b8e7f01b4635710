// Questions over a small table in both engines: what is refused, every kind of condition, groups, sums that must
// be exact, and that no text of a reader becomes SQL.
#include "workbench/query.h"

#include <gtest/gtest.h>

#include "warehouse/testing.h"
#include "workbench/export.h"

namespace guanhu::workbench {
namespace {

using base::Date;
using base::Json;
using warehouse::Warehouse;
using warehouse::testing::Place;

QuerySource small() {
  QuerySource out{.name = "loans", .title = "贷款"};
  out.columns = {{.name = "loan", .title = "借据号"},
                 {.name = "name", .title = "客户"},
                 {.name = "org", .title = "机构", .type = QueryType::org},
                 {.name = "kind", .title = "种类", .type = QueryType::choice, .words = {{"a", "甲"}, {"b", "乙"}}},
                 {.name = "balance", .title = "余额", .type = QueryType::money, .unit = "元", .adds = true},
                 {.name = "rate", .title = "利率", .type = QueryType::rate},
                 {.name = "days", .title = "逾期天数", .type = QueryType::number, .bands = {30, 90}},
                 {.name = "due", .title = "到期日", .type = QueryType::date},
                 {.name = "off", .title = "表外", .type = QueryType::yes_no},
                 {.name = "id_no", .title = "证件号码", .personal = true, .sealed = true},
                 {.name = "address", .title = "地址", .personal = true}};
  out.shown = {"loan", "balance"}, out.order = {"loan"}, out.beside = {"x.loan"};
  return out;
}

constexpr const char* kFrom = "(SELECT * FROM things)";

class Query : public ::testing::TestWithParam<Warehouse::Engine> {
 protected:
  Query() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    db_ = place_.open();
    db_->exec(
        "CREATE TABLE things (loan VARCHAR, name VARCHAR, org VARCHAR, kind VARCHAR, balance BIGINT, rate BIGINT,"
        " days BIGINT, due DATE, off BOOLEAN, id_no VARCHAR, address VARCHAR)");
    db_->exec(
        "INSERT INTO things VALUES "
        "('L1', '王伟', 'B1', 'a', 10001, 5650000, 0, DATE '2026-01-30', FALSE, 'enc:1', 'x'),"
        "('L2', '李娜', 'B1', 'b', 20002, 4000000, 30, DATE '2026-01-31', FALSE, 'enc:2', 'y'),"
        "('L3', '王芳', 'B2', 'b', 30, NULL, 31, DATE '2025-12-31', TRUE, 'enc:3', 'z'),"
        "('L4', 'it''s', NULL, NULL, 0, 1000000, 91, NULL, FALSE, NULL, NULL)");
  }
  QueryContext context() {
    QueryContext out;
    out.day = *Date::parse("2025-12-31");
    out.below = [](const std::string& org) { return std::vector<std::string>{org, "B2"}; };
    out.stored_forms = [](const std::string& n) { return std::vector<std::string>{"enc:" + n}; };
    return out;
  }
  // The first column of all rows, or the refusal's code and place.
  std::string ask(const std::string& spec) {
    auto read = read_query(*Json::parse(spec), small());
    if (!read.ok()) return read.error().code + " " + read.error().where;
    source_ = small();
    plan_ = plan_query(source_, *read, kFrom, context());
    std::string out;
    rows_.clear();
    db_->scan(
        plan_.rows, plan_.types,
        [&](const warehouse::Chunk& chunk) {
          for (size_t r = 0; r < chunk.rows; ++r) {
            std::vector<Json> row;
            for (const auto& column : plan_.columns) row.push_back(query_cell(column, chunk, r));
            const Json& first = row[0];
            out += (out.empty() ? "" : " ") + (first.as_string() ? *first.as_string() : first.dump());
            rows_.push_back(std::move(row));
          }
        },
        plan_.parameters);
    EXPECT_EQ(warehouse::one_int(*db_, plan_.count, plan_.parameters).value_or(0),
              static_cast<int64_t>(rows_.size()))
        << spec;
    return out;
  }
  std::string filtered(const std::string& column, const std::string& op, const std::string& values = "") {
    return ask(R"({"source": "loans", "filters": [{"column": ")" + column + R"(", "op": ")" + op +
               R"(", "values": [)" + values + "]}]}");
  }
  std::vector<std::string> totals() {
    std::vector<std::string> out;
    db_->scan(
        plan_.totals, plan_.total_types,
        [&](const warehouse::Chunk& chunk) {
          for (const auto& column : plan_.total_columns) {
            const Json cell = query_cell(column, chunk, 0);
            out.push_back(cell.as_string() ? *cell.as_string() : cell.dump());
          }
        },
        plan_.parameters);
    return out;
  }

  Place place_;
  std::unique_ptr<Warehouse> db_;
  QuerySource source_;
  QueryPlan plan_;
  std::vector<std::vector<Json>> rows_;
};

TEST_P(Query, RefusesWhatIsNotInTheList) {
  EXPECT_EQ(ask(R"({"source": "people"})"), "query.source source");
  EXPECT_EQ(ask(R"({"source": "loans", "columns": ["loan", "1 FROM secrets"]})"), "query.column columns/1");
  EXPECT_EQ(ask(R"({"source": "loans", "columns": ["loan", "loan"]})"), "query.column columns/1");
  EXPECT_EQ(filtered("nothing", "is", R"("1")"), "query.column filters/0");
  EXPECT_EQ(filtered("balance", "contains", R"("1")"), "query.op filters/0");
  EXPECT_EQ(filtered("balance", "from", R"("1.001")"), "query.value filters/0");
  EXPECT_EQ(filtered("balance", "from", R"("1 OR 1=1")"), "query.value filters/0");
  EXPECT_EQ(filtered("balance", "between", R"("1")"), "query.value filters/0");
  EXPECT_EQ(filtered("rate", "from", R"("1000000000001")"), "query.value filters/0");
  EXPECT_EQ(filtered("kind", "in", R"("c")"), "query.value filters/0");
  EXPECT_EQ(filtered("kind", "in"), "query.value filters/0");
  EXPECT_EQ(filtered("due", "on", R"("2025-02-30")"), "query.value filters/0");
  EXPECT_EQ(filtered("due", "next_days", R"("-1")"), "query.value filters/0");
  EXPECT_EQ(ask(R"({"source": "loans", "day": "x"})"), "query.day day");
  EXPECT_EQ(ask(R"({"source": "loans", "group": ["balance:month"]})"), "query.group group/0");
  EXPECT_EQ(ask(R"({"source": "loans", "sums": [{"column": "rate", "what": "sum"}]})"), "query.sum sums/0");
  EXPECT_EQ(ask(R"({"source": "loans", "group": ["org"], "sort": [{"column": "balance"}]})"),
            "query.column sort/0");
}

// What is masked cannot be guessed by conditions, order, groups or sums.
TEST_P(Query, RefusesToLookAtWhatIsMasked) {
  EXPECT_EQ(filtered("address", "contains", R"("x")"), "query.personal filters/0");
  EXPECT_EQ(filtered("id_no", "begins", R"("33")"), "query.personal filters/0");
  EXPECT_EQ(filtered("id_no", "none"), "query.personal filters/0");
  EXPECT_EQ(ask(R"({"source": "loans", "sort": [{"column": "id_no"}]})"), "query.personal sort/0");
  EXPECT_EQ(ask(R"({"source": "loans", "group": ["address"]})"), "query.personal group/0");
  EXPECT_EQ(ask(R"({"source": "loans", "sums": [{"column": "id_no", "what": "least"}]})"),
            "query.personal sums/0");
  EXPECT_EQ(filtered("id_no", "is", R"("2")"), "L2") << "the whole number finds its owner, as in the list";
  EXPECT_EQ(filtered("id_no", "is", R"("33")"), "");
}

TEST_P(Query, Conditions) {
  EXPECT_EQ(filtered("name", "contains", R"("王")"), "L1 L3");
  EXPECT_EQ(filtered("name", "not", R"("王")"), "L2 L4");
  EXPECT_EQ(filtered("name", "is", R"("it's")"), "L4");
  EXPECT_EQ(filtered("name", "is", R"("'; DROP TABLE things; --")"), "");
  EXPECT_EQ(filtered("name", "begins", R"("%")"), "");
  EXPECT_EQ(filtered("name", "in", R"("王伟", "李娜")"), "L1 L2");
  EXPECT_EQ(filtered("kind", "in", R"("a")"), "L1");
  EXPECT_EQ(filtered("kind", "not_in", R"("a")"), "L2 L3 L4");
  EXPECT_EQ(filtered("kind", "none"), "L4");
  EXPECT_EQ(filtered("org", "below", R"("B1")"), "L1 L2 L3");
  EXPECT_EQ(filtered("org", "in", R"("B1")"), "L1 L2");
  EXPECT_EQ(filtered("balance", "from", R"("100.01")"), "L1 L2");
  EXPECT_EQ(filtered("balance", "above", R"("100.01")"), "L2");
  EXPECT_EQ(filtered("balance", "between", R"("0.30", "100.01")"), "L1 L3");
  EXPECT_EQ(filtered("rate", "is", R"("5.65")"), "L1");
  EXPECT_EQ(filtered("days", "from", R"("31")"), "L3 L4");
  EXPECT_EQ(filtered("off", "is", R"("true")"), "L3");
  EXPECT_EQ(filtered("off", "is", R"("false")"), "L1 L2 L4");
  EXPECT_EQ(filtered("due", "next_days", R"("30")"), "L1 L3");
  EXPECT_EQ(filtered("due", "next_days", R"("31")"), "L1 L2 L3");
  EXPECT_EQ(filtered("due", "last_days", R"("0")"), "L3");
  EXPECT_EQ(filtered("due", "older_days", R"("0")"), "L4");
  EXPECT_EQ(filtered("due", "period", R"("2026-01")"), "L1 L2");
  EXPECT_EQ(filtered("due", "period", R"("2025Q4")"), "L3");
  EXPECT_EQ(filtered("due", "this_month"), "L3");
  EXPECT_EQ(filtered("due", "this_year"), "L3");
  EXPECT_EQ(filtered("due", "between", R"("2026-01-30", "2026-01-30")"), "L1");
}

TEST_P(Query, OrderAndTotals) {
  EXPECT_EQ(ask(R"({"source": "loans", "sort": [{"column": "due", "down": true}]})"), "L2 L1 L3 L4");
  EXPECT_EQ(ask(R"({"source": "loans", "sort": [{"column": "days"}, {"column": "loan", "down": true}]})"),
            "L1 L2 L3 L4");
  EXPECT_EQ(totals(), (std::vector<std::string>{"300.33"}));
  EXPECT_EQ(plan_.total_at, (std::vector<size_t>{1}));
}

TEST_P(Query, GroupsAreExact) {
  EXPECT_EQ(ask(R"({"source": "loans", "group": ["org"], "sums": [{"column": "balance", "what": "sum"},
                {"column": "balance", "what": "average"}, {"column": "rate", "what": "average"},
                {"column": "days", "what": "average"}, {"column": "due", "what": "most"}],
                "sort": [{"column": "average:balance", "down": true}]})"),
            "B1 B2 null");
  // 300.03 / 2 is rounded half up to the fen; a rate that is not there does not count.
  std::string first;
  for (const Json& cell : rows_[0]) first += (cell.as_string() ? *cell.as_string() : cell.dump()) + " ";
  EXPECT_EQ(first, "B1 2 300.03 150.02 4.825 15 2026-01-31 ");
  EXPECT_TRUE(rows_[1][4].is_null());
  EXPECT_EQ(totals(), (std::vector<std::string>{"4", "300.33", "75.08", "3.55", "38", "2026-01-31"}));
  ask(R"({"source": "loans", "sums": [{"column": "balance", "what": "sum"}]})");
  ASSERT_EQ(rows_.size(), 1u);
  EXPECT_EQ(*rows_[0][1].as_string(), "300.33");
  EXPECT_EQ(ask(R"({"source": "loans", "filters": [{"column": "loan", "op": "is", "values": ["none"]}],
                "sums": [{"column": "balance", "what": "sum"}]})"),
            "")
      << "a sum of no rows is no row";
}

// From a group back to its rows: never more, never fewer than were counted.
TEST_P(Query, GroupsLeadToTheirRows) {
  for (const char* group : {"\"days:bands\"", "\"due:month\"", "\"due:quarter\"", "\"due:year\"",
                            "\"kind\", \"org\"", "\"off\"", "\"balance\"", "\"due\"", "\"name\""}) {
    ask(std::string(R"({"source": "loans", "group": [)") + group + "]}");
    std::vector<std::pair<QuerySpec, int64_t>> groups;
    for (const auto& row : rows_) {
      QuerySpec spec;
      spec.source = "loans", spec.filters = behind(plan_, row);
      groups.emplace_back(spec, *row.back().as_number()->to_int64());
    }
    size_t counted = 0, found = 0;
    for (const auto& [spec, count] : groups) {
      ask(to_json(spec).dump());
      EXPECT_EQ(static_cast<int64_t>(rows_.size()), count) << group;
      counted += static_cast<size_t>(count), found += rows_.size();
    }
    EXPECT_EQ(counted, 4u) << group;
    EXPECT_EQ(found, 4u) << group;
  }
}

TEST_P(Query, BandsStandInTheirOrder) {
  EXPECT_EQ(ask(R"({"source": "loans", "group": ["days:bands"]})"), "0 1–30 31–90 91 以上");
}

TEST_P(Query, SpecsComeBackAsTheyWere) {
  const std::string spec =
      R"({"source": "loans", "filters": [{"column": "kind", "op": "in", "values": ["a", "b"]}],
      "group": ["due:month"], "sums": [{"column": "balance", "what": "sum"}], "sort": [{"column": "count", "down": true}]})";
  auto once = read_query(*Json::parse(spec), small());
  ASSERT_TRUE(once.ok());
  auto twice = read_query(to_json(*once), small());
  ASSERT_TRUE(twice.ok());
  EXPECT_EQ(to_json(*once).dump(), to_json(*twice).dump());
  EXPECT_EQ(said(small(), *once, context()), "种类 是 甲、乙");
}

INSTANTIATE_TEST_SUITE_P(Engines, Query, ::testing::Values(Warehouse::Engine::duckdb, Warehouse::Engine::postgres),
                         [](const auto& about) {
                           return about.param == Warehouse::Engine::duckdb ? "duckdb" : "postgres";
                         });

// A period is due once its last working day is reached; New Year's Day is on no calendar here, weekends are off.
TEST(Schedules, AreDueAtTheLastWorkingDay) {
  const BusinessCalendar calendar;
  auto key = [&](const char* every, const char* day) { return schedule_key(every, *Date::parse(day), calendar); };
  EXPECT_EQ(key("day", "2026-01-03"), "2026-01-03");
  EXPECT_EQ(key("week", "2026-01-08"), "2026-W01");
  EXPECT_EQ(key("week", "2026-01-09"), "2026-W02") << "Friday";
  EXPECT_EQ(key("week", "2026-01-11"), "2026-W02");
  EXPECT_EQ(key("week", "2026-01-12"), "2026-W02");
  EXPECT_EQ(key("month", "2026-01-29"), "2025-12");
  EXPECT_EQ(key("month", "2026-01-30"), "2026-01") << "the 31st is a Saturday";
  EXPECT_EQ(key("month", "2026-02-01"), "2026-01");
}

}  // namespace
}  // namespace guanhu::workbench
