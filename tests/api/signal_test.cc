// Data of other systems over HTTP: who sends and who sees, a warning that is its manager's to-do the same day,
// risk events on the list of targeted checks, records counted by who entered them, a customer's page.
#include "base/identity.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Browser& as(Role role) { return TestBank::get().as(role); }
std::string customer(int n = 0) {
  return as(Role::manager).get("/customers?page_size=5").at("items." + std::to_string(n) + ".id");
}
std::string staff(Role role) { return as(role).get("/session").at("staff_id"); }

Reply upload(Role role, const std::string& system, const std::string& text) {
  return as(role).send("POST", "/outside-systems/batches?system=" + system + "&name=t.csv", text, {},
                       "application/octet-stream");
}
JsonObject version_of(const Reply& batch) { return {{"version", int64_t{std::stoll(batch.at("version"))}}}; }
Reply apply(const Reply& batch) {
  return as(Role::administrator).post("/outside-systems/batches/" + batch.at("id") + "/apply", version_of(batch));
}
// Today and days before, as the pages have it: the server's clock, not this machine's.
std::string today() { return as(Role::administrator).get("/outside-systems").at("today"); }
std::string ago(int days) { return (*base::Date::parse(today()) - days).str(); }

size_t count(const std::string& text, const std::string& what) {
  size_t n = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(Signals, WhoMaySendAndWhatIsWrongInWhichCell) {
  EXPECT_EQ(upload(Role::manager, "early-warning", "信号编号\nW\n").status, 403);
  EXPECT_EQ(upload(Role::risk_manager, "early-warning", "信号编号\nW\n").status, 403);
  EXPECT_EQ(upload(Role::administrator, "nothing", "信号编号\nW\n").status, 400);
  Reply bad = upload(Role::administrator, "early-warning",
                     "信号编号,客户号,信号类型,信号级别,信号日期\nW0,NOBODY,欠息,高," + today() + "\n");
  ASSERT_EQ(bad.status, 200) << bad.text;
  EXPECT_EQ(bad.at("may_apply"), "false");
  Reply rows = as(Role::administrator).get("/outside-systems/batches/" + bad.at("id") + "/rows");
  EXPECT_EQ(rows.at("items.0.outcome"), "refused");
  EXPECT_EQ(rows.at("items.0.said.0.cell"), "B2");
  EXPECT_EQ(apply(bad).code(), "signal.refused");
  EXPECT_EQ(as(Role::manager).get("/outside-systems/batches/" + bad.at("id")).status, 403);
}

// INT-007
TEST(Signals, AWarningIsTheManagersToDoOfTheSameDayAndOnlyOnce) {
  // The title is another's: it is mapped by hand once, and known from then on.
  const std::string head = "编号X,客户号,信号类型,信号级别,信号日期\n";
  const std::string text = head + "HW1," + customer() + ",欠息,高," + ago(1) + "\n";
  Reply sent = upload(Role::business, "early-warning", text);
  ASSERT_EQ(sent.status, 200) << sent.text;
  EXPECT_NE(sent.at("unmapped"), "");
  JsonObject mapped = version_of(sent);
  mapped.emplace_back("columns", JsonArray{"key", "customer", "kind", "level", "day"});
  sent = as(Role::administrator).post("/outside-systems/batches/" + sent.at("id") + "/check", mapped);
  ASSERT_EQ(sent.status, 200) << sent.text;
  Reply done = apply(sent);
  ASSERT_EQ(done.at("state"), "applied") << done.text;
  EXPECT_EQ(apply(done).code(), "signal.state");

  Reply again = upload(Role::business, "early-warning", text);
  EXPECT_EQ(again.at("unmapped"), "null") << "the mapping is remembered";
  EXPECT_EQ(again.at("body.counts.same"), "1");
  EXPECT_EQ(apply(again).code(), "signal.nothing");

  Reply mine = as(Role::manager).get("/outside-systems/signals?system=early-warning&q=HW1");
  ASSERT_EQ(mine.at("items.0.key"), "HW1") << mine.text;
  EXPECT_EQ(mine.at("items.0.due"), today());
  EXPECT_EQ(mine.at("items.0.keeper"), staff(Role::manager)) << mine.text;
  EXPECT_EQ(mine.at("items.0.may_finish"), "true");
  Reply todos = as(Role::manager).get("/todos?page_size=500");
  EXPECT_EQ(count(todos.text, "重点检查：预警信号 HW1"), 1u) << todos.text.substr(0, 2000);
  const std::string path = "/outside-systems/signals/" + mine.at("items.0.id");
  EXPECT_EQ(as(Role::risk_manager).post(path + "/finding", JsonObject{{"finding", "代办"}}).status, 403)
      << "by whom it was given to";
  Reply empty = as(Role::manager).post(path + "/finding", JsonObject{{"finding", " "}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_EQ(empty.at("errors.0.where"), "finding");
  Reply found = as(Role::manager).post(path + "/finding", JsonObject{{"finding", "上门看过，月底补上利息"}});
  ASSERT_EQ(found.at("state"), "done") << found.text;
  EXPECT_EQ(count(as(Role::manager).get("/todos?page_size=500").text, "重点检查：预警信号 HW1"), 0u);
  JsonObject why = version_of(done);
  why.emplace_back("reason", "传错了");
  EXPECT_EQ(as(Role::administrator).post("/outside-systems/batches/" + done.at("id") + "/undo", why).code(),
            "signal.worked");
  EXPECT_NE(as(Role::auditor).get("/audit?action=signal.finish").text.find("HW1"), std::string::npos);
}

// INT-004
TEST(Signals, HighRiskEventsListTheirTellerForATargetedCheck) {
  const std::string teller = staff(Role::manager), outlet = as(Role::manager).get("/staff/" + teller).at("org");
  Reply sent = upload(Role::administrator, "ops-risk",
                      "事件编号,网点,柜员,事件类型,发生日期,严重程度\nHR1," + outlet + "," + teller +
                          ",冒名办理," + ago(3) + ",高\nHR2," + outlet + ",,漏章," + ago(2) + ",低\n");
  ASSERT_EQ(apply(sent).at("state"), "applied") << sent.text;
  Reply targets = as(Role::business).get("/outside-systems/targets");
  ASSERT_EQ(targets.at("items.0.object"), teller) << targets.text;
  EXPECT_EQ(count(targets.text, "\"open\""), 1u) << "one event does not list the outlet";
  EXPECT_EQ(count(as(Role::business).get("/todos?page_size=500").text, "针对性检查：柜员"), 1u);
  EXPECT_NE(as(Role::business).get("/outside-systems/risk-events").text.find(teller), std::string::npos);
  const std::string path = "/outside-systems/targets/" + targets.at("items.0.id") + "/finding";
  EXPECT_EQ(as(Role::administrator).post(path, JsonObject{{"finding", "查过"}}).status, 403);
  Reply done = as(Role::business).post(path, JsonObject{{"finding", "调阅录像，已处理"}});
  EXPECT_EQ(done.at("state"), "done") << done.text;
  EXPECT_EQ(count(as(Role::business).get("/todos?page_size=500").text, "针对性检查：柜员"), 0u);
}

// INT-009, INT-301, INT-302
TEST(Signals, ACustomersPageTheFirstAccessAndTheCountOfIncompleteRecords) {
  const std::string id = customer(1), manager = staff(Role::manager);
  Reply vip = upload(Role::business, "ocrm",
                     "客户号,重要客户,生日,信用卡账单日,联系电话\n" + id + ",是,1980-05-12,8,13755550101\n");
  ASSERT_EQ(apply(vip).at("state"), "applied") << vip.text;
  Reply page = as(Role::manager).get("/customers/" + id + "/outside");
  EXPECT_NE(page.text.find("1980-05-12"), std::string::npos) << page.text;
  EXPECT_EQ(page.text.find("13755550101"), std::string::npos) << "numbers of people are masked";
  EXPECT_EQ(page.at("items.0.received"), today());
  Reply record =
      upload(Role::business, "credit-asset",
             "客户号,录入客户经理,统计日期,已填栏数,应填栏数\n" + id + "," + manager + "," + ago(1) + ",18,20\n");
  ASSERT_EQ(apply(record).at("state"), "applied") << record.text;
  Reply counts = as(Role::business).get("/outside-systems/completeness");
  EXPECT_EQ(counts.at("items.0.staff"), manager);
  EXPECT_EQ(counts.at("items.0.incomplete"), "1");
  EXPECT_EQ(counts.at("items.0.lacking"), "2");

  std::string company;
  Reply companies = as(Role::business).get("/customers?kind=company&page_size=1");
  company = companies.at("items.0.id");
  ASSERT_NE(company, "");
  const std::string outlet = as(Role::manager).get("/staff/" + manager).at("org");
  Reply approval = upload(Role::administrator, "cmis",
                          "批复编号,客户号,经办机构,批复生效日,批复到期日\nHA1," + company + "," + outlet + "," +
                              ago(900) + "," + ago(10) + "\n");
  ASSERT_EQ(apply(approval).at("state"), "applied") << approval.text;
  Reply access = as(Role::business).get("/customers/" + company + "/first-access");
  ASSERT_EQ(access.status, 200) << access.text;
  EXPECT_NE(access.text.find("信贷系统送来的批复"), std::string::npos) << access.text.substr(0, 3000);
  EXPECT_NE(access.text.find(ago(10)), std::string::npos);
}

}  // namespace
}  // namespace guanhu::api::testing
