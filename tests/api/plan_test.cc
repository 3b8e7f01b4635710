// Plans, logs, spot checks and meetings over HTTP: who sees and may do what, that progress comes from facts, that
// marks become facts of appraisal.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Json count_item(const char* target) {
  return JsonObject{
      {"kind", "count"}, {"title", "发放贷款"}, {"counted", "loans"}, {"unit", "笔"}, {"target", target}};
}

// A head of the manager's own branch.
Browser& head_of_manager() {
  static Browser head = [] {
    TestBank& bank = TestBank::get();
    const std::string manager = bank.staff(Role::manager);
    const Reply staff = bank.as(Role::hr).get("/staff?page_size=500");
    std::string branch, found;
    for (const Json& one : *staff.body.find("items")->as_array())
      if (*one.find("id")->as_string() == manager) branch = *one.find("branch")->as_string();
    for (const Json& one : *staff.body.find("items")->as_array())
      if (*one.find("branch")->as_string() == branch && *one.find("position")->as_string() == "branch_head")
        found = *one.find("id")->as_string();
    Browser out = bank.browser();
    EXPECT_EQ(out.log_in("plan_head", bank.add_login("plan_head", found, {Role::branch_head}), "Another-pass-2026")
                  .status,
              200);
    return out;
  }();
  return head;
}

// PLN-001, PLN-607
TEST(WorkPlans, AreWrittenByOneAndConfirmedByAnother) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  auto ask = [](const char* scope, const char* period) {
    return JsonObject{{"scope", scope}, {"period", period}, {"items", JsonArray{count_item("2")}}};
  };
  EXPECT_EQ(manager.post("/work-plans", ask("person", "2025-13")).code(), "plan.period");
  EXPECT_EQ(manager.post("/work-plans", ask("org", "2025-12")).code(), "plan.org")
      << "a manager plans for himself";
  Reply made = manager.post("/work-plans", ask("person", "2025-12"));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(manager.post("/work-plans", ask("person", "2025-12")).status, 409) << "one a period";
  EXPECT_NE(made.at("items.0.value"), "null") << "taken from the loans that were issued: " << made.text;
  const std::string path = "/work-plans/" + made.at("id");
  EXPECT_EQ(bank.as(Role::administrator).get(path).status, 403);
  EXPECT_EQ(
      manager.post(path + "/report", JsonObject{{"version", 1}, {"item", 1}, {"done", true}, {"result", "x"}})
          .code(),
      "plan.item")
      << "nobody reports what facts tell";
  ASSERT_EQ(manager.post(path + "/submit", JsonObject{{"version", 1}}).status, 200);
  EXPECT_EQ(manager.post(path + "/confirm", JsonObject{{"version", 2}}).status, 403);
  Browser& head = head_of_manager();
  Reply back = head.post(path + "/return", JsonObject{{"version", 2}, {"text", "太少"}});
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(back.at("state"), "returned");
  Reply rows = head.get(path + "/items/1/counted");
  EXPECT_EQ(rows.at("total"), made.at("items.0.value")) << "what was counted is what is shown";
  Reply over = head.get("/work-plan-overview?period=2025-12");
  EXPECT_EQ(over.status, 200) << over.text;
}

// PLN-608, PLN-609
TEST(WorkLogs, AreOnesOwnAndReadByTheHeadOfTheBranch) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string staff = bank.staff(Role::manager);
  const JsonObject body = {{"done", JsonArray{}}, {"text", "走访三户"}, {"tomorrow", "再走两户"}};
  Reply kept =
      manager.send("PUT", "/work-logs/days/2025-12-30/draft", Json(JsonObject{{"seq", 0}, {"body", body}}).dump());
  ASSERT_EQ(kept.status, 200) << kept.text;
  EXPECT_EQ(
      manager.send("PUT", "/work-logs/days/2025-12-30/draft", Json(JsonObject{{"seq", 0}, {"body", body}}).dump())
          .status,
      409);
  EXPECT_EQ(head_of_manager().get("/work-logs/days/2025-12-30?staff=" + staff).at("draft"), "null")
      << "a draft is its writer's";
  JsonObject wrong = body;
  wrong[1].second = "见了 @谁(NOBODY)";
  EXPECT_EQ(manager.post("/work-logs/days/2025-12-30/submit", JsonObject{{"body", wrong}}).code(), "log.customer");
  Reply done = manager.post("/work-logs/days/2025-12-30/submit", JsonObject{{"body", body}});
  ASSERT_EQ(done.status, 200) << done.text;
  const std::string read = "/work-logs/" + done.at("id") + "/read";
  EXPECT_EQ(manager.post(read, JsonObject{{"text", "好"}}).status, 403) << "nobody marks his own";
  EXPECT_EQ(head_of_manager().post(read, JsonObject{{"level", "极好"}}).code(), "log.level");
  Reply marked = head_of_manager().post(read, JsonObject{{"level", "良"}, {"text", "具体些"}});
  ASSERT_EQ(marked.status, 200) << marked.text;
  EXPECT_EQ(marked.at("state"), "read");
  // QUA-614: the mark is a figure of December, and recorded it is a fact of appraisal.
  EXPECT_EQ(manager.post("/log-figures", JsonObject{{"period", "2025-12"}}).status, 403);
  Reply recorded = head_of_manager().post("/log-figures", JsonObject{{"period", "2025-12"}});
  ASSERT_EQ(recorded.status, 200) << recorded.text;
  Reply own = manager.get("/log-figures?period=2025-12&staff=" + staff);
  EXPECT_EQ(own.at("total"), "1");
  EXPECT_EQ(own.at("items.0.recorded.mean"), own.at("items.0.mean"));
}

// PLN-609: a sample of one's own branch, by a seed.
TEST(LogChecks, AreOfTheOwnBranchAlone) {
  TestBank& bank = TestBank::get();
  const JsonObject ask = {{"first", "2025-12-01"}, {"last", "2025-12-31"}, {"n", 3}, {"seed", "0417"}};
  EXPECT_EQ(bank.as(Role::business).post("/log-checks", ask).status, 403);
  Reply made = head_of_manager().post("/log-checks", ask);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(head_of_manager().post("/log-checks", ask).at("drawn.0.day"), made.at("drawn.0.day"));
  EXPECT_EQ(head_of_manager().post("/log-checks/" + made.at("id") + "/close", JsonObject{{"version", 1}}).code(),
            "check.open");
}

// PLN-307
TEST(Meetings, ArePreparedFromTheirSeries) {
  TestBank& bank = TestBank::get();
  const JsonObject ask = {
      {"title", "晨会"}, {"meeting", "morning"}, {"every", "day"}, {"time", "08:20"}, {"whole_org", true}};
  EXPECT_EQ(bank.as(Role::manager).post("/meeting-series", ask).status, 403);
  Reply series = head_of_manager().post("/meeting-series", ask);
  ASSERT_EQ(series.status, 200) << series.text;
  const JsonObject day = {{"series", Json(int64_t{std::stoll(series.at("id"))})}, {"day", "2026-01-05"}};
  Reply made = head_of_manager().post("/meetings", day);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(head_of_manager().post("/meetings", day).status, 409);
  EXPECT_EQ(head_of_manager().get("/meetings/" + made.at("id") + "/preparation").status, 200);
  EXPECT_EQ(bank.as(Role::manager).get("/meetings/" + made.at("id")).status, 200) << "he belongs to it";
  EXPECT_EQ(bank.as(Role::manager).send("PUT", "/meetings/" + made.at("id"), R"({"version": 1})").status, 403);
}

}  // namespace
}  // namespace guanhu::api::testing
