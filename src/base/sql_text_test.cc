#include "base/sql_text.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace guanhu::base {
namespace {

struct Case {
  const char* sql;
  const char* numbered;
  size_t marks;
};

TEST(SqlText, OnlyMarksInCodeAreNumbered) {
  const Case cases[] = {
      {"", "", 0},
      {"select 1", "select 1", 0},
      {"select ?, ?", "select $1, $2", 2},
      {"a=?and b=?", "a=$1and b=$2", 2},
      {"select '?', ?", "select '?', $1", 1},
      {"select 'it''s ?', ?", "select 'it''s ?', $1", 1},
      {"select '', ?, ''''", "select '', $1, ''''", 1},
      {R"(select '\', ?)", R"(select '\', $1)", 1},
      {R"(select E'\'?', ?)", R"(select E'\'?', $1)", 1},
      {R"(select type'\', ?)", R"(select type'\', $1)", 1},
      {R"(select "?""?", ?)", R"(select "?""?", $1)", 1},
      {"select 1 -- ?\n, ?", "select 1 -- ?\n, $1", 1},
      {"select 1 -- ?", "select 1 -- ?", 0},
      {"select /* ? /* ? */ ? */ ?", "select /* ? /* ? */ ? */ $1", 1},
      {"select 4 / ?, 4 - ?", "select 4 / $1, 4 - $2", 2},
      {"select $$?$$, $x$ ? $$ ? $x$, ?", "select $$?$$, $x$ ? $$ ? $x$, $1", 1},
      {"select '柜员?', ? as 户", "select '柜员?', $1 as 户", 1},
      {"select 'open ?", "select 'open ?", 0},
      {"select /* open ?", "select /* open ?", 0},
      {"select $open$ ?", "select $open$ ?", 0},
  };
  for (const Case& c : cases) {
    size_t marks = 99;
    EXPECT_EQ(number_marks(c.sql, marks), c.numbered);
    EXPECT_EQ(marks, c.marks) << c.sql;
  }
}

TEST(SqlText, NumberedMarksAreReplacedInCodeOnly) {
  auto text = [](size_t n) { return "<" + std::to_string(n) + ">"; };
  EXPECT_EQ(replace_numbered("select $1, $12+$2", text), "select <1>, <12>+<2>");
  EXPECT_EQ(replace_numbered("select '$1', \"$1\", $$ $1 $$ -- $1", text), "select '$1', \"$1\", $$ $1 $$ -- $1");
  EXPECT_EQ(replace_numbered("select a$1, $ 1, $", text), "select a$1, $ 1, $");
  EXPECT_EQ(replace_numbered("date '1970-01-01'+$1", text), "date '1970-01-01'+<1>");
}

TEST(SqlText, AbsurdNumbersAreRefused) {
  auto text = [](size_t) { return std::string(); };
  EXPECT_THROW(replace_numbered("select $1234567", text), Broken);
}

}  // namespace
}  // namespace guanhu::base
