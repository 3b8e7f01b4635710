// Accounts that changed hands in the period of a pay run: the list, whose it is to see, and pay without it.
#include <algorithm>

#include "appraisal/life.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Json fact(const char* name, const char* value) {
  return JsonObject{{"of", "bank"},
                    {"subject", ""},
                    {"kind", "pay"},
                    {"name", name},
                    {"value", Json::parse(value).value()},
                    {"from", "2025-01-01"},
                    {"document", "人字1号"}};
}

// A pay run of the sample plan for the whole year, approved once.
std::string approved_run() {
  static const std::string id = [] {
    TestBank& bank = TestBank::get();
    Browser &business = bank.as(Role::business), &hr = bank.as(Role::hr), &chief = bank.as(Role::executive);
    hr.post("/people-facts",
            JsonObject{{"pack", "sample-pay"},
                       {"facts", JsonArray{fact("基本生活保障", "1500"), fact("岗位薪酬基数", "3000"),
                                           fact("岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})"),
                                           fact("补助表", R"({"一级": 800, "二级": 500, "三级": 300})"),
                                           fact("奖金池总额", "10000")}}});
    Reply job = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025"}});
    const std::string run = finished(business, job.at("id")).at("result.run");
    auto session = bank.bank->folder().open_store();
    const base::Date day = *base::Date::parse("2026-01-10");
    auto done = appraisal::publish(*session, {std::stoll(run), "business", bank.clock.now(), day, day, "test"},
                                   {"executive", bank.clock.now(), "公布"});
    if (!done.ok() && done.error().code != "life.state") throw base::Broken(done.error().text());
    Reply made = hr.post("/pay/runs", JsonObject{{"pack", "sample-pay"},
                                                 {"run", static_cast<int64_t>(std::stoll(run))},
                                                 {"pay_on", "2026-01-20"}});
    if (made.status != 200) throw base::Broken(made.text);
    chief.post("/pay/runs/" + made.at("id") + "/approve", JsonObject{{"reason", "核对"}});
    return made.at("id");
  }();
  return id;
}

TEST(Handovers, AreThoseOfTheFactsAndShownToWhomTheyConcern) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  const std::string path = "/pay/runs/" + approved_run() + "/handovers";
  EXPECT_EQ(hr.get("/pay/runs/999999/handovers").status, 404);
  EXPECT_EQ(hr.get(path + "?kind=customer").status, 400);
  Reply all = hr.get(path + "?page_size=500");
  ASSERT_EQ(all.status, 200) << all.text;
  // By the rows of the feed: an account's own assignment that began in the year after somebody else's ended.
  size_t expected = 0;
  for (const auto& one : bank.facts->assignments) {
    if (one.kind == "customer" || one.share <= 0 || one.from < "2025-01-01" || one.from > "2025-12-31") continue;
    const bool from_another =
        std::any_of(bank.facts->assignments.begin(), bank.facts->assignments.end(), [&](const auto& other) {
          return other.kind == one.kind && other.subject == one.subject && other.staff != one.staff &&
                 other.share > 0 && !other.to.empty() && other.to < one.from;
        });
    if (!from_another) continue;
    ++expected;
    EXPECT_NE(all.text.find("\"" + one.subject + "\""), all.text.npos) << one.subject;
  }
  EXPECT_GE(std::stoul(all.at("total")), expected);
  ASSERT_GT(std::stoul(all.at("total")), 0u) << "the sample hands accounts over";
  EXPECT_EQ(all.at("items.0.before.0.main"), "true");
  EXPECT_FALSE(all.at("items.0.giver").empty());
  EXPECT_NE(all.at("items.0.day"), "");
  // What went to one came from another.
  for (const Json& item : *all.body.find("items")->as_array()) {
    base::Decimal sum;
    for (const Json& effect : *item.find("effect")->as_array())
      sum = *base::Decimal::add(sum, *base::Decimal::parse(*effect.find("daily")->as_string()));
    EXPECT_LE(sum.abs(), *base::Decimal::parse("0.01")) << item.dump();
  }
  // A manager sees what he gave or took, nobody else's.
  Reply own = bank.as(Role::manager).get(path + "?page_size=500");
  ASSERT_EQ(own.status, 200);
  EXPECT_LT(std::stoul(own.at("total")), std::stoul(all.at("total")));
  for (const Json& item : *own.body.find("items")->as_array())
    EXPECT_NE(item.dump().find(bank.staff(Role::manager)), std::string::npos) << item.dump();
}

TEST(Handovers, PayWithoutThemIsWorkedOutAnew) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  const std::string path = "/pay/runs/" + approved_run() + "/handovers";
  EXPECT_EQ(bank.as(Role::manager).post(path + "/effect", JsonObject{}).status, 403);
  EXPECT_EQ(hr.post(path + "/effect", JsonObject{{"items", JsonArray{"account X 2025-12-01"}}}).code(),
            "pay.handover");
  const std::string one = hr.get(path).at("items.0.id");
  Reply single = hr.post(path + "/effect", JsonObject{{"items", JsonArray{one}}});
  ASSERT_EQ(single.status, 200) << single.text;
  EXPECT_EQ(single.at("items"), "1");
  Reply all = hr.post(path + "/effect", JsonObject{});
  ASSERT_EQ(all.status, 200) << all.text;
  // Effects are paid less without, and add up; the pool of the bonus is the same with them or without.
  base::Fen sum = 0;
  for (const Json& person : *all.body.find("people")->as_array()) {
    auto fen = [&](const char* member) { return base::parse_fen(*person.find(member)->as_string()).value(); };
    EXPECT_EQ(fen("paid") - fen("without"), fen("effect"));
    sum += fen("effect");
  }
  EXPECT_EQ(base::format_fen(sum), all.at("sum"));
}

}  // namespace
}  // namespace guanhu::api::testing
