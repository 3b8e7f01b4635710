#include "feed/parse.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace guanhu::feed {
namespace {

const base::Date kDay = *base::Date::parse("2025-12-31");

ParsedFile parse(std::string_view table, std::string_view text, char delimiter = ',',
                 std::span<const size_t> bad = {}) {
  return parse_file({find_table(table), text, bad, delimiter, kDay, 10});
}

TEST(Parse, RefusesFilesThatCannotBeUsed) {
  struct {
    std::string_view text, code, where;
  } cases[] = {
      {"", "file.header", "balances.csv:1"},
      {"account_id,date\nA,2025-01-01\n", "file.column", "balances.csv:1"},
      {"account_id,date,balance,date\n", "file.column_twice", "balances.csv:1"},
      {"account_id,date,balance,x,x\n", "file.column_twice", "balances.csv:1"},
      {"account_id,date,balance\nA,2025-01-01,1\n\"B,2025-01-01,1\nC,2025-01-01,1\n", "file.unclosed",
       "balances.csv:3:1"},
      {"account_id,da\"te,balance\n", "csv.quote", "balances.csv:1:14"},
  };
  for (const auto& c : cases) {
    auto file = parse("balances", c.text);
    ASSERT_TRUE(file.problem.has_value()) << c.text;
    EXPECT_EQ(file.problem->code, c.code);
    EXPECT_EQ(file.problem->where, c.where);
    EXPECT_EQ(file.rows.rows, 0u);
  }
}

TEST(Parse, RefusesRowsWithLineColumnValueAndReason) {
  struct {
    std::string_view table, header, row, column, value, code;
  } cases[] = {
      {"balances", "account_id,date,balance", ",2025-01-01,1", "account_id", "", "cell.empty"},
      {"balances", "account_id,date,balance", "A,2025-01-01,", "balance", "", "cell.empty"},
      {"balances", "account_id,date,balance", "A,2025-02-29,1", "date", "2025-02-29", "cell.date"},
      {"balances", "account_id,date,balance", "A,2026-01-01,1", "date", "2026-01-01", "row.future"},
      {"balances", "account_id,date,balance", "A,2025-01-01,1.005", "balance", "1.005", "cell.money"},
      {"balances", "account_id,date,balance", "A,2025-01-01,\"1,000\"", "balance", "1,000", "cell.money"},
      {"balances", "account_id,date,balance", "A,2025-01-01", "", "", "csv.fields"},
      {"balances", "account_id,date,balance", "A,2025-01-01,1,2", "", "", "csv.fields"},
      {"balances", "account_id,date,balance", "A\"x,2025-01-01,1", "", "", "csv.quote"},
      {"orgs", "org_id,name,kind,opened_on", "B1,支行,shop,", "kind", "shop", "cell.choice"},
      {"orgs", "org_id,name,kind,opened_on", "B1,,branch,", "name", "", "cell.empty"},
      {"transactions", "txn_id,account_id,booked_at,amount,kind", "T,A,2025-01-01,1,cash", "booked_at",
       "2025-01-01", "cell.time"},
      {"loan_states", "loan_id,date,balance,overdue_days", "L,2025-01-01,1,-1", "overdue_days", "-1",
       "cell.integer"},
      {"loan_states", "loan_id,date,balance,off_balance", "L,2025-01-01,1,yes", "off_balance", "yes",
       "cell.boolean"},
      {"targets", "holder_kind,holder_id,indicator,period,value", "staff,M,x,2025Q5,1", "period", "2025Q5",
       "cell.period"},
      {"targets", "holder_kind,holder_id,indicator,period,value", "staff,M,x,2025,1.00001", "value", "1.00001",
       "cell.quantity"},
      {"assignments", "subject_kind,subject_id,staff_id,share,valid_from,valid_to",
       "account,A,M,1.00000001,2025-01-01,", "share", "1.00000001", "cell.share"},
      {"assignments", "subject_kind,subject_id,staff_id,share,valid_from,valid_to", "account,A,M,-0.1,2025-01-01,",
       "share", "-0.1", "cell.share"},
      {"assignments", "subject_kind,subject_id,staff_id,share,valid_from,valid_to",
       "account,A,M,1,2025-01-02,2025-01-01", "valid_to", "2025-01-01", "row.dates"},
      {"assignments", "valid_to,subject_kind,subject_id,staff_id,share,valid_from",
       "2025-01-01,account,A,M,1,2025-01-02", "valid_to", "2025-01-01", "row.dates"},
  };
  for (const auto& c : cases) {
    std::string text = std::string(c.header) + "\n" + std::string(c.row) + "\n";
    auto file = parse(c.table, text);
    ASSERT_FALSE(file.problem) << c.row;
    EXPECT_EQ(file.rows.rows, 0u) << c.row;
    ASSERT_EQ(file.refusals.size(), 1u) << c.row;
    EXPECT_EQ(file.refusals[0].line, 2);
    EXPECT_EQ(file.refusals[0].column, c.column) << c.row;
    EXPECT_EQ(file.refusals[0].value, c.value) << c.row;
    EXPECT_EQ(file.refusals[0].code, c.code) << c.row;
    EXPECT_FALSE(file.refusals[0].reason.empty());
  }
}

TEST(Parse, TakesTheBoundaries) {
  auto file = parse("assignments",
                    "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\n"
                    "account,A,M,main,0,2025-01-01,2025-01-01\naccount,A,N,,1,2025-01-01,\n");
  EXPECT_EQ(file.rows.rows, 2u);
  EXPECT_TRUE(file.refusals.empty());
  EXPECT_EQ(file.rows.columns[4].i64, (std::vector<int64_t>{0, 100000000}));
  EXPECT_EQ(file.rows.columns[6].valid, (std::vector<uint8_t>{1, 0}));
  EXPECT_EQ(file.rows.columns[3].valid, (std::vector<uint8_t>{1, 0}));
}

TEST(Parse, KeepsGoodRowsAroundBadOnes) {
  auto file = parse("balances",
                    "balance,account_id,extra,date\n1.5,A,,2025-01-01\nx,B,,2025-01-01\n2,\"C\n1\",,2025-01-02\n"
                    "3,D,2025-01-03\n-4,E,,2025-01-04");
  EXPECT_EQ(file.unknown_columns, std::vector<std::string>{"extra"});
  EXPECT_EQ(file.read, 5);
  EXPECT_EQ(file.lines, (std::vector<int32_t>{2, 4, 7}));
  EXPECT_EQ(file.rows.columns[2].i64, (std::vector<int64_t>{150, 200, -400}));
  EXPECT_EQ(file.rows.columns[0].text[1], "C\n1");
  ASSERT_EQ(file.refusals.size(), 2u);
  EXPECT_EQ(file.refusals[1].line, 6);
}

TEST(Parse, SumsAllRowsThatHaveANumber) {
  auto file = parse("balances",
                    "account_id,date,balance\nA,2025-01-01,1.50\nB,wrong,2.25\n,2025-01-01,4\nC,2025-01-01,x\n");
  EXPECT_EQ(file.rows.rows, 1u);
  EXPECT_EQ(static_cast<int64_t>(file.sums[2]), 775);
}

TEST(Parse, RefusesRowsThatCannotBeDecoded) {
  auto decoded = base::decode_gb18030(
      "org_id,name,kind,opened_on\nA,\xD6\xA7\xD0\xD0,branch,\nB,\xFFx,branch,\nC,x,branch,\n");
  auto file = parse("orgs", decoded.text, ',', decoded.bad);
  EXPECT_EQ(file.rows.rows, 2u);
  EXPECT_EQ(file.rows.columns[2].text[0], "支行");
  ASSERT_EQ(file.refusals.size(), 1u);
  EXPECT_EQ(file.refusals[0].code, "cell.encoding");
  EXPECT_EQ(file.refusals[0].column, "name");
  EXPECT_EQ(file.refusals[0].line, 3);
}

TEST(Parse, UnquotesAndRefusesNul) {
  std::string text = "org_id|name|kind|opened_on\nA|\"say \"\"x\"\" | y\"|hq|\nB|a?b|hq|\n";
  text[text.find('?')] = '\0';
  auto file = parse("orgs", text, '|');
  ASSERT_EQ(file.rows.rows, 1u);
  EXPECT_EQ(file.rows.columns[2].text[0], "say \"x\" | y");
  ASSERT_EQ(file.refusals.size(), 1u);
  EXPECT_EQ(file.refusals[0].code, "cell.nul");
}

TEST(Parse, DropsRows) {
  auto file = parse("balances", "account_id,date,balance\nA,2025-01-01,1\nB,2025-01-01,2\nC,2025-01-01,3\n");
  drop_rows(file, {false, true, false});
  EXPECT_EQ(file.rows.rows, 2u);
  EXPECT_EQ(file.rows.columns[0].text[1], "C");
  EXPECT_EQ(file.lines, (std::vector<int32_t>{2, 4}));
}

}  // namespace
}  // namespace guanhu::feed
