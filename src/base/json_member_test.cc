#include "base/json_member.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

Json read(const char* text) { return Json::parse(text).value(); }

// One object with a member of each type; the tests ask every reader for all of them.
const char* const kAll =
    R"({"none": null, "text": "好", "empty": "", "day": "2026-02-28", "no_day": "2026-02-29", "digits": "1.50",
        "yes": true, "no": false, "whole": 42, "below": -7, "point_zero": 3.0, "fraction": 3.5, "huge": 1e19,
        "largest": 9223372036854775807, "past": 9223372036854775808, "list": ["a", null, 1, "b"], "bare": [],
        "object": {"text": "within"}})";

TEST(JsonMember, AbsentNullAndNoObjectReadAsTheEmptyValue) {
  const Json all = read(kAll);
  const Json cases[] = {all, read(R"({"none": null})"), read("[1]"), read("null"), read("\"text\"")};
  for (const Json& of : cases)
    for (const char* name : {"none", "not there"}) {
      EXPECT_EQ(given(of, name), nullptr);
      EXPECT_TRUE(value_in(of, name).is_null());
      EXPECT_EQ(text_in(of, name), "");
      EXPECT_FALSE(flag_in(of, name));
      EXPECT_FALSE(maybe_whole_in(of, name));
      EXPECT_EQ(whole_in(of, name), 0);
      EXPECT_FALSE(decimal_in(of, name));
      EXPECT_FALSE(day_in(of, name));
      EXPECT_TRUE(list_in(of, name).empty());
      EXPECT_TRUE(texts_in(of, name).empty());
    }
}

TEST(JsonMember, AnotherTypeReadsAsTheEmptyValue) {
  const Json all = read(kAll);
  for (const char* name : {"whole", "yes", "list", "object"}) EXPECT_EQ(text_in(all, name), "") << name;
  for (const char* name : {"whole", "text", "list", "object"}) EXPECT_FALSE(flag_in(all, name)) << name;
  for (const char* name : {"digits", "yes", "list", "object"}) EXPECT_FALSE(maybe_whole_in(all, name)) << name;
  for (const char* name : {"text", "empty", "day", "yes", "list"}) EXPECT_FALSE(decimal_in(all, name)) << name;
  for (const char* name : {"whole", "text", "empty", "no_day", "list"}) EXPECT_FALSE(day_in(all, name)) << name;
  for (const char* name : {"whole", "text", "yes", "object"}) {
    EXPECT_TRUE(list_in(all, name).empty()) << name;
    EXPECT_TRUE(texts_in(all, name).empty()) << name;
  }
}

TEST(JsonMember, TextsFlagsAndDays) {
  const Json all = read(kAll);
  EXPECT_EQ(text_in(all, "text"), "好");
  EXPECT_EQ(text_in(all, "empty"), "");
  EXPECT_EQ(text_in(*all.find("object"), "text"), "within");
  EXPECT_TRUE(flag_in(all, "yes"));
  EXPECT_FALSE(flag_in(all, "no"));
  EXPECT_EQ(day_in(all, "day"), Date::parse("2026-02-28"));
}

TEST(JsonMember, AWholeNumberIsNeverCutDownToAnother) {
  const Json all = read(kAll);
  EXPECT_EQ(maybe_whole_in(all, "whole"), 42);
  EXPECT_EQ(maybe_whole_in(all, "below"), -7);
  EXPECT_EQ(maybe_whole_in(all, "point_zero"), 3);
  EXPECT_EQ(maybe_whole_in(all, "largest"), INT64_MAX);
  for (const char* name : {"past", "huge", "fraction"}) {
    EXPECT_EQ(maybe_whole_in(all, name), std::nullopt) << name;
    EXPECT_EQ(whole_in(all, name), 0) << name;
  }
  EXPECT_EQ(whole_in(all, "below"), -7);
}

TEST(JsonMember, DecimalsAsNumberOrAsText) {
  const Json all = read(kAll);
  EXPECT_EQ(decimal_in(all, "fraction"), Decimal::parse("3.5"));
  EXPECT_EQ(decimal_in(all, "digits"), Decimal::parse("1.50"));
  EXPECT_EQ(decimal_in(all, "huge"), Decimal::parse("1e19"));
}

TEST(JsonMember, ListsKeepTheirOrderAndTextsLeaveOutTheRest) {
  const Json all = read(kAll);
  EXPECT_EQ(list_in(all, "list").size(), 4u);
  EXPECT_EQ(texts_in(all, "list"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(list_in(all, "bare").empty());
  EXPECT_EQ(&list_in(all, "list"), all.find("list")->as_array());
}

TEST(JsonMember, GivenIsWhatIsThereAndNotNull) {
  const Json all = read(kAll);
  for (const char* name : {"text", "empty", "no", "bare"}) EXPECT_EQ(given(all, name), all.find(name)) << name;
  EXPECT_EQ(value_in(all, "list").dump(), all.find("list")->dump());
}

}  // namespace
}  // namespace guanhu::base
