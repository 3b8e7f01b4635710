// Which earlier answer a query is compared with, and what the pack asks of one.
#include "customers/outside.h"

#include <gtest/gtest.h>

#include "policy/load.h"

namespace guanhu::customers {
namespace {

using base::Date;
using records::Record;

Date day(const char* text) { return *Date::parse(text); }

const policy::Pack& pack() {
  static const policy::Loaded loaded = policy::load_pack(GUANHU_SOURCE_DIR "/policies/outside-queries");
  return loaded.pack;
}

OutsideQuery asked(const char* what, const char* result, const char* on) {
  OutsideQuery out;
  out.customer = "C1", out.what = what, out.subject = "借款人", out.name = "张三", out.purpose = "贷前调查";
  out.result = result, out.day = day(on);
  return out;
}

Record kept(int64_t id, const char* what, const char* name, const char* result, const char* on) {
  Record out;
  out.id = id, out.customer = "C1", out.day = day(on);
  out.body = base::JsonObject{{"what", what}, {"name", name}, {"result", result}};
  return out;
}

TEST(Outside, WhatIsLackingIsNamed) {  // INT-003 INT-005 INT-303 CUS-001
  const OutsideRules rules(pack(), day("2026-01-15"));
  ASSERT_FALSE(rules.kinds().empty());
  EXPECT_EQ(rules.complete(asked("黄页", "一致", "2026-01-15")).error().code, "query.what");
  OutsideQuery nobody = asked("联网核查", "一致", "2026-01-15");
  nobody.subject = "邻居";
  EXPECT_EQ(rules.complete(nobody).error().code, "query.subject");
  EXPECT_EQ(rules.complete(asked("联网核查", "一致", "2026-01-16")).error().code, "query.record") << "tomorrow";
  EXPECT_TRUE(rules.complete(asked("联网核查", "一致", "2026-01-15")).ok());
  OutsideQuery credit = asked("个人征信", "没有不良", "2026-01-15");
  EXPECT_NE(rules.complete(credit).error().message.find("没有授权"), std::string::npos);
  credit.number = "R1", credit.consent = "S1", credit.consent_on = day("2026-01-15");
  EXPECT_TRUE(rules.complete(credit).ok());
}

TEST(Outside, TheLastAnswerBeforeItIsCompared) {  // INT-008
  const OutsideRules rules(pack(), day("2026-01-15"));
  const std::vector<Record> all = {kept(1, "法院执行", "张三", "没有执行", "2025-10-01"),
                                   kept(2, "法院执行", "张三", "有执行", "2026-01-10"),
                                   kept(3, "法院执行", "李四", "有执行", "2026-01-12"),
                                   kept(4, "工商登记", "张三", "吊销或注销", "2026-01-12")};
  EXPECT_EQ(result_before(all, asked("法院执行", "没有执行", "2025-09-30"), 0), "");
  EXPECT_EQ(result_before(all, asked("法院执行", "没有执行", "2026-01-09"), 0), "没有执行");
  EXPECT_EQ(result_before(all, asked("法院执行", "没有执行", "2026-01-15"), 0), "有执行");
  EXPECT_EQ(result_before(all, asked("法院执行", "没有执行", "2026-01-10"), 2), "没有执行") << "not with itself";
  auto standing = rules.standing(asked("法院执行", "没有执行", "2026-01-15"), "有执行");
  ASSERT_TRUE(standing.ok()) << standing.error().message;
  EXPECT_TRUE(standing->changed);
  EXPECT_FALSE(standing->heed);
  EXPECT_TRUE(standing->valid);
  EXPECT_EQ(standing->again, day("2026-04-15"));
}

// INT-005: a consent holds a year, its last day included.
TEST(Outside, AConsentHasALastDay) {
  const OutsideRules rules(pack(), day("2026-01-15"));
  EXPECT_FALSE(rules.standing(asked("法院执行", "没有执行", "2026-01-15"), "")->consented);
  OutsideQuery query = asked("个人征信", "没有不良", "2026-01-15");
  query.consent = "S1", query.consent_on = day("2026-01-10");
  auto standing = rules.standing(query, "");
  ASSERT_TRUE(standing.ok()) << standing.error().message;
  EXPECT_EQ(standing->consented, day("2027-01-10"));
  EXPECT_FALSE(standing->again);
}

TEST(Outside, ACheckIsIndependent) {  // CUS-612
  const OutsideRules rules(pack(), day("2026-01-15"));
  InfoCheck check;
  check.source = "客户经理", check.about = "开着", check.day = day("2026-01-15");
  EXPECT_EQ(rules.independent(check, false).error().code, "check.source");
  check.source = "结算账户";
  EXPECT_EQ(rules.independent(check, true).error().code, "check.record");
  EXPECT_TRUE(rules.independent(check, false).ok());
  check.agrees = false;
  EXPECT_EQ(rules.independent(check, false).error().code, "check.record") << "why it differs is not said";
  check.note = "停了半个月";
  EXPECT_TRUE(rules.independent(check, false).ok());
}

}  // namespace
}  // namespace guanhu::customers
