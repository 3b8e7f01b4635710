#include "customers/field.h"

#include <gtest/gtest.h>

#include "customers/card.h"
#include "customers/intake_testing.h"
#include "customers/intake_text.h"

namespace guanhu::customers {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

class Fields : public IntakeTest {};

Field area() {
  Field out;
  out.title = "经营面积", out.type = "number", out.unit = "亩", out.of = "person";
  return out;
}
Field lines() {
  Field out;
  out.title = "经营品种", out.type = "choices", out.choices = {"养殖", "种植", "运输"};
  return out;
}

TEST_P(Fields, RefusesWhatCannotBeAField) {
  auto code = [&](Field field) {
    auto made = save_field(store(), field, "", doing());
    return made.ok() ? std::string() : made.error().code;
  };
  Field bad = area();
  bad.title = "  ";
  EXPECT_EQ(code(bad), "field.title");
  bad = area(), bad.title = std::string(41, 'a');
  EXPECT_EQ(code(bad), "field.title");
  bad = area(), bad.type = "money";
  EXPECT_EQ(code(bad), "field.type");
  bad = area(), bad.of = "groups";
  EXPECT_EQ(code(bad), "field.of");
  bad = lines(), bad.unit = "亩";
  EXPECT_EQ(code(bad), "field.unit");
  bad = lines(), bad.choices = {};
  EXPECT_EQ(code(bad), "field.choices");
  bad = lines(), bad.choices = {"养殖", "养殖"};
  EXPECT_EQ(code(bad), "field.choices");
  bad = lines(), bad.choices = {"养殖；种植"};
  EXPECT_EQ(code(bad), "field.choices");
  bad = area(), bad.choices = {"大"};
  EXPECT_EQ(code(bad), "field.choices");
  EXPECT_TRUE(fields(store()).empty());
}

TEST_P(Fields, OneTitleOnlyAmongThoseInUse) {
  auto first = save_field(store(), area(), "", doing());
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(save_field(store(), area(), "", doing()).error().code, "field.title");
  EXPECT_EQ(retire_field(store(), first->id, first->version, true, " ", doing()).error().code, "field.why");
  auto retired = retire_field(store(), first->id, first->version, true, "不再统计", doing());
  ASSERT_TRUE(retired.ok()) << retired.error().text();
  EXPECT_TRUE(fields(store()).empty());
  EXPECT_EQ(fields(store(), true).size(), 1u);
  ASSERT_TRUE(save_field(store(), area(), "", doing()).ok());
  // Back, but another one has the title.
  EXPECT_EQ(retire_field(store(), first->id, retired->version, false, "又要了", doing()).error().code,
            "field.title");
}

TEST_P(Fields, TheTypeNeverChangesAndOthersAreNotOverwritten) {
  auto made = save_field(store(), area(), "", doing());
  ASSERT_TRUE(made.ok());
  Field other = *made;
  other.type = "text", other.unit = "";
  EXPECT_EQ(save_field(store(), other, "", doing()).error().code, "field.type");
  Field hinted = *made;
  hinted.hint = "按确权证";
  ASSERT_TRUE(save_field(store(), hinted, "", doing()).ok());
  EXPECT_EQ(save_field(store(), hinted, "", doing()).error().code, "record.changed");
  EXPECT_EQ(fields(store()).at(0).hint, "按确权证");
  EXPECT_EQ(fields(store()).at(0).version, 2);
}

TEST(FieldValues, AreReadAsPeopleWriteThem) {
  Field number = area();
  EXPECT_EQ(read_value(number, "1,200.50")->at(0), "1200.5");
  EXPECT_FALSE(read_value(number, "一千").ok());
  EXPECT_FALSE(read_value(number, "1.1234567").ok());
  EXPECT_TRUE(read_value(number, "999999999999.999999").ok());
  EXPECT_FALSE(read_value(number, "1000000000000").ok());
  EXPECT_TRUE(read_value(number, " 　 ")->empty());
  Field day = area();
  day.type = "date";
  for (const char* text : {"2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "20250301"})
    EXPECT_EQ(read_value(day, text)->at(0), "2025-03-01") << text;
  for (const char* text : {"2025-02-30", "25-3-1", "2025-3", "3/1/2025"}) EXPECT_FALSE(read_value(day, text).ok());
  Field yes = area();
  yes.type = "yes_no";
  EXPECT_EQ(read_value(yes, "是")->at(0), "yes");
  EXPECT_EQ(read_value(yes, "N")->at(0), "no");
  EXPECT_FALSE(read_value(yes, "也许").ok());
  EXPECT_EQ(read_value(lines(), "养殖；运输、养殖").value(), (Values{"养殖", "运输"}));
  EXPECT_FALSE(read_value(lines(), "养殖;开店").ok());
}

TEST_P(Fields, ValuesAreFoundByCondition) {
  auto acres = save_field(store(), area(), "", doing());
  auto kinds = save_field(store(), lines(), "", doing());
  ASSERT_TRUE(acres.ok() && kinds.ok());
  auto all = fields(store());
  store().transaction([&] {
    put_values(store(), "C2", {{acres->id, {"9"}}, {kinds->id, {"养殖"}}}, all);
    put_values(store(), "C1", {{acres->id, {"10"}}, {kinds->id, {"养殖", "运输"}}}, all);
    put_values(store(), "C3", {{acres->id, {"100.5"}}}, all);
  });
  auto found = [&](const std::string& text) {
    auto condition = parse_condition(text);
    EXPECT_TRUE(condition) << text;
    auto out = customers_with(store(), *condition);
    EXPECT_TRUE(out.ok()) << text;
    return out.ok() ? *out : std::vector<std::string>{};
  };
  const std::string a = std::to_string(acres->id), k = std::to_string(kinds->id);
  EXPECT_EQ(found(a + ":from:10"), (std::vector<std::string>{"C1", "C3"}));  // as numbers, not as texts
  EXPECT_EQ(found(a + ":to:10"), (std::vector<std::string>{"C1", "C2"}));
  EXPECT_EQ(found(k + ":is:运输"), (std::vector<std::string>{"C1"}));
  EXPECT_EQ(found(k + ":has"), (std::vector<std::string>{"C1", "C2"}));
  EXPECT_EQ(values_of_field(store(), kinds->id), 2);
  EXPECT_FALSE(customers_with(store(), *parse_condition(k + ":from:3")).ok());
  EXPECT_FALSE(customers_with(store(), *parse_condition("999:has")).ok());
  for (const char* text : {"", "x:has", "1", "1:is", "1:has:x", "1:like:x", ":is:x"})
    EXPECT_FALSE(parse_condition(text)) << text;
}

TEST_P(Fields, ACardIsJudgedFieldByField) {
  auto acres = save_field(store(), area(), "", doing());
  ASSERT_TRUE(acres.ok());
  auto all = fields(store());
  auto anyone = [](const Field&) { return true; };
  JsonObject body = {{"lat", "91"},
                     {"income", "-1"},
                     {"custom", JsonObject{{std::to_string(acres->id), "很多"}}},
                     {"family", JsonArray{JsonObject{{"name", "小王"}}}}};
  auto bad = check_card(body, {}, all, "person", anyone);
  std::vector<std::string> where;
  for (const auto& p : bad.problems) where.push_back(p.where);
  EXPECT_EQ(where, (std::vector<std::string>{"lat", "income", "lon", "family/0/relation",
                                             "custom/" + std::to_string(acres->id)}));
  EXPECT_EQ(check_card(JsonObject{{"lat", "28.1"}}, {}, all, "person", anyone).problems.at(0).where, "lon");
  EXPECT_TRUE(check_card(JsonObject{{"lat", "-90"}, {"lon", "180"}}, {}, all, "person", anyone).problems.empty());
  EXPECT_FALSE(
      check_card(JsonObject{{"lat", "0"}, {"lon", "180.000001"}}, {}, all, "person", anyone).problems.empty());
}

TEST_P(Fields, WhatOneDoesNotSeeOneDoesNotChange) {
  Field secret = area();
  secret.roles = {"risk_manager"}, secret.sensitive = true;
  auto made = save_field(store(), secret, "", doing());
  ASSERT_TRUE(made.ok());
  auto all = fields(store());
  const std::string id = std::to_string(made->id);
  JsonObject before = {{"custom", JsonObject{{id, "12"}}}};
  auto nobody = [](const Field&) { return false; };
  auto kept = check_card(JsonObject{{"custom", JsonObject{{id, "99"}}}}, before, all, "person", nobody);
  EXPECT_TRUE(kept.problems.empty());
  EXPECT_EQ(*kept.body.find("custom")->find(id)->as_string(), "12");
  EXPECT_EQ(card_seen(before, all, nobody).find("custom")->as_object()->size(), 0u);
  EXPECT_EQ(card_words(before, all).find("12"), std::string::npos);
  EXPECT_FALSE(sees(*made, std::vector<std::string>{"manager"}));
  EXPECT_TRUE(sees(*made, std::vector<std::string>{"manager", "risk_manager"}));
}

TEST_P(Fields, TwoWritersOfACardNoticeEachOther) {
  CardWrite first{
      .customer = "C1", .name = "王五", .owner = "S1", .org = "O1", .body = JsonObject{{"remark", "爱下棋"}}};
  auto made = write_card(store(), first, {}, doing());
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(write_card(store(), first, {}, doing()).error().code, "record.changed");
  first.version = made->version, first.body = JsonObject{{"phone_note", "打给儿子"}, {"hobbies", "钓鱼"}};
  ASSERT_TRUE(write_card(store(), first, {}, doing()).ok());
  const std::vector<std::string> kinds = {kCardKind};
  auto anyone = [](const records::Record&) { return true; };
  EXPECT_EQ(records::search(store(), "钓鱼", kinds, anyone).size(), 1u);
  EXPECT_EQ(records::search(store(), "打给儿子", kinds, anyone).size(), 0u);  // sensitive
}

INSTANTIATE_TEST_SUITE_P(Engines, Fields, ::testing::Values(store::Engine::sqlite, store::Engine::postgres));

}  // namespace
}  // namespace guanhu::customers
