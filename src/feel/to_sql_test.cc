#include "feel/to_sql.h"

#include <gtest/gtest.h>

namespace guanhu::feel {
namespace {

std::string sql(std::string_view condition) {
  SqlNames names;
  names.columns = {
      {"余额", {"d.balance_fen", SqlColumn::number, 2}}, {"利息", {"d.interest", SqlColumn::number, 4}},
      {"期限", {"d.months", SqlColumn::number, 0}},      {"产品", {"d.product", SqlColumn::string}},
      {"开户日", {"d.opened", SqlColumn::date}},         {"冻结", {"d.frozen", SqlColumn::boolean}},
      {"客户 类别", {"d.kind", SqlColumn::string}}};
  names.constants = {{"起点", Value(*Decimal::parse("1000"))},
                     {"产品表", Value::list({Value::string("A"), Value::string("B'")})}};
  names.string_order = " COLLATE \"C\"";
  auto out = to_sql(condition, names);
  return out.ok() ? *out : out.error().text();
}

TEST(ToSql, RefusesWithPlaceAndHint) {
  const std::pair<const char*, const char*> table[] = {
      {"余额", "1:1: '余额' is no condition (compare it with something)"},
      {"余额 > \"a\"", "1:1: number and string cannot be compared in '余额 > \"a\"'"},
      {"余额 / 期限 > 1",
       "1:1: division by a column is not exact in a database (multiply the other side instead)"},
      {"余额 / 3 > 1", "1:1: division by 3 is not finite (multiply the other side instead)"},
      {"余额 ** 2 > 1", "1:1: '**' cannot be asked of a database exactly (multiply)"},
      {"冻结 or 余额 < null", "1:7: nothing is less or more than null (ask for = null or != null)"},
      {"冻结 < true", "1:1: booleans have no order"},
      {"matches(产品, \"a\")",
       "1:1: 'matches' cannot be asked of a database (usable are starts with, ends with, contains, "
       "string length, list contains, abs and not)"},
      {"不存在 = 1", "1:1: unknown name '不存在'"},
      {"some x in [1] satisfies x = 余额",
       "1:1: 'some x in [1] satisfies x = 余额' cannot be asked of a database (write it "
       "with and, or, not, comparisons, in and between)"},
      {"产品 in [1]", "1:7: the list holds 1, which is no string"},
      {"开户日 > today()",
       "1:7: now() and today() have no clock here; give the day as an input (usable as a constant)"},
      {"产品 = \"\\u0000\"", "1:6: SQL has no literal for \"\0"},
      {"余额 + 产品 > 1", "1:6: '产品' is no number"},
      {"开户日.weekday = 1",
       "1:1: '.weekday' cannot be asked of a database (of dates there are .year, .month and .day)"},
      {"余额 > 1 and", "1:11: a value is expected, not the end of the text"},
  };
  for (auto& [in, out] : table) {
    std::string got = sql(in), want = out;
    if (want.find("today") != std::string::npos) want = want.substr(0, want.find(" (usable"));
    EXPECT_EQ(got.substr(0, want.size()), want) << in;
  }
}

TEST(ToSql, ScalesNumbersToTheColumn) {
  EXPECT_EQ(sql("余额 > 100"), "((d.balance_fen > 10000))");
  EXPECT_EQ(sql("余额 > 0.001"), "((d.balance_fen > 0))");
  EXPECT_EQ(sql("余额 >= 0.001"), "((d.balance_fen >= 1))");
  EXPECT_EQ(sql("余额 < 0.001"), "((d.balance_fen < 1))");
  EXPECT_EQ(sql("余额 <= 0.001"), "((d.balance_fen <= 0))");
  EXPECT_EQ(sql("余额 <= -0.001"), "((d.balance_fen <= -1))");
  EXPECT_EQ(sql("余额 = 0.001"), "(FALSE)");
  EXPECT_EQ(sql("余额 != 0.001"), "(TRUE)");
  EXPECT_EQ(sql("0.5 < 余额"), "((d.balance_fen > 50))");
  EXPECT_EQ(sql("余额 > 1e40"), "((d.balance_fen > 1000000000000000000000000000000))");
  EXPECT_EQ(sql("余额 > 利息"), "(((d.balance_fen * 100) > d.interest))");
  EXPECT_EQ(sql("余额 * 0.0435 > 利息 + 1.5"), "(((d.balance_fen * 435) > ((d.interest + 15000) * 100)))");
  EXPECT_EQ(sql("余额 / 10000 >= 5"), "((d.balance_fen >= 5000000))");
  EXPECT_EQ(sql("-余额 < 起点"), "(((-d.balance_fen) < 100000))");
  EXPECT_EQ(sql("余额 in [起点..起点 * 2)"), "(((d.balance_fen >= 100000) AND (d.balance_fen < 200000)))");
  EXPECT_EQ(sql("余额 between 1 and 2.005"), "(((d.balance_fen >= 100) AND (d.balance_fen <= 200)))");
  EXPECT_EQ(sql("期限 in (1, 2.5, 3)"), "(((d.months = 1) OR FALSE OR (d.months = 3)))");
  EXPECT_EQ(sql("期限 in [1, 2.5, 3]"), "((d.months IN (1, 3)))");
  EXPECT_EQ(sql("if 冻结 then 期限 > 1 else 余额 > 1"),
            "((CASE WHEN d.frozen THEN (d.months > 1) ELSE (d.balance_fen > 100) END))");
}

TEST(ToSql, KeepsThreeValuedLogic) {
  EXPECT_EQ(sql("产品 = \"A\""), "((d.product = 'A'))");
  EXPECT_EQ(sql("产品 = 客户 类别"), "((d.product IS NOT DISTINCT FROM d.kind))");
  EXPECT_EQ(sql("not(产品 = \"A\")"), "((NOT (d.product IS NOT DISTINCT FROM 'A')))");
  EXPECT_EQ(sql("产品 != \"A\""), "((d.product IS DISTINCT FROM 'A'))");
  EXPECT_EQ(sql("产品 = null or null != 余额"), "(((d.product IS NULL) OR (d.balance_fen IS NOT NULL)))");
  EXPECT_EQ(sql("not(产品 in 产品表)"), "((NOT ((d.product IS NOT NULL AND d.product IN ('A', 'B''')))))");
  EXPECT_EQ(sql("冻结 and not(冻结)"), "((d.frozen AND (NOT d.frozen)))");
}

TEST(ToSql, QuotesStrings) {
  EXPECT_EQ(sql("产品 = \"'; DROP TABLE x; --\""), "((d.product = '''; DROP TABLE x; --'))");
  EXPECT_EQ(sql("产品 in 产品表"), "((d.product IN ('A', 'B''')))");
  EXPECT_EQ(sql("产品 = \"\\\\\""), "((d.product = '\\'))");
  EXPECT_EQ(sql("客户 类别 = \"农户\""), "((d.kind = '农户'))");
}

TEST(ToSql, TranslatesFunctionsAndDates) {
  EXPECT_EQ(sql("starts with(产品, \"20\")"), "(starts_with(d.product, '20'))");
  EXPECT_EQ(sql("contains(产品, \"20\")"), "((strpos(d.product, '20') > 0))");
  EXPECT_EQ(sql("ends with(产品, \"20\")"), "((right(d.product, CAST(length('20') AS INTEGER)) = '20'))");
  EXPECT_EQ(sql("string length(产品) = 4"), "((CAST(length(d.product) AS BIGINT) = 4))");
  EXPECT_EQ(sql("list contains(产品表, 产品)"), "((d.product IN ('A', 'B''')))");
  EXPECT_EQ(sql("产品 in [\"2011\"..\"2099\"]"),
            "(((d.product COLLATE \"C\" >= '2011' COLLATE \"C\") AND (d.product COLLATE \"C\" <= '2099' COLLATE "
            "\"C\")))");
  EXPECT_EQ(sql("开户日 >= date(\"2025-01-01\")"), "((d.opened >= DATE '2025-01-01'))");
  EXPECT_EQ(sql("开户日 < @\"2025-01-31\" + duration(\"P1M\")"), "((d.opened < DATE '2025-02-28'))");
  EXPECT_EQ(sql("开户日.year = 2025"), "((CAST(extract(year FROM d.opened) AS BIGINT) = 2025))");
  EXPECT_EQ(sql("期限 in (> 12, [3..6])"), "(((d.months > 12) OR ((d.months >= 3) AND (d.months <= 6))))");
  EXPECT_EQ(sql("true"), "(TRUE)");
}
}  // namespace
}  // namespace guanhu::feel
