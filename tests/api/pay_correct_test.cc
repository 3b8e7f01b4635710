// Pay that would be another by now: shown where it was paid, posted into the next run, opened there, and not
// twice.
#include "appraisal/life.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Json fact(const std::string& staff, const char* name, const char* value, const char* from, const char* to) {
  return JsonObject{{"of", staff.empty() ? "bank" : "staff"},
                    {"subject", staff},
                    {"kind", "pay"},
                    {"name", name},
                    {"value", Json::parse(value).value()},
                    {"from", from},
                    {"to", *to ? Json(to) : Json()},
                    {"document", "营销字1号"}};
}

// Counter staff: what they sold and whom they brought, each at its price (sample-counter).
class PayCorrections : public ::testing::Test {
 protected:
  void record(const std::vector<Json>& facts) {
    Reply done = hr_.post(
        "/people-facts", JsonObject{{"pack", "sample-counter"}, {"facts", JsonArray(facts.begin(), facts.end())}});
    ASSERT_EQ(done.status, 200) << done.text;
  }
  std::string published(const char* period) {
    Browser& business = bank_.as(Role::business);
    Reply job = business.post("/runs", JsonObject{{"scheme", "sample-counter/柜面营销"}, {"period", period}});
    const std::string id = finished(business, job.at("id")).at("result.run");
    auto session = bank_.bank->folder().open_store();
    const base::Date day = *base::Date::parse("2026-01-10");
    auto done = appraisal::publish(*session, {std::stoll(id), "business", bank_.clock.now(), day, day, "test"},
                                   {"executive", bank_.clock.now(), "公布"});
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().text());
    return id;
  }
  Reply make(const std::string& run, const char* pay_on) {
    return hr_.post("/pay/runs", JsonObject{{"pack", "sample-counter"},
                                            {"run", static_cast<int64_t>(std::stoll(run))},
                                            {"pay_on", pay_on}});
  }
  TestBank& bank_ = TestBank::get();
  Browser &hr_ = bank_.as(Role::hr), &chief_ = bank_.as(Role::executive);
};

TEST_F(PayCorrections, ALateFactBecomesALineOfTheNextRunThatOpensToWhatItCorrects) {
  record({fact("", "柜面产品单价", "5", "2025-01-01", ""), fact("", "介绍单价", "30", "2025-01-01", "")});
  const std::string before = published("2025-11"), after = published("2025-12");
  Reply first = make(before, "2025-12-05");
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(first.at("corrections"), "[]") << "there is nothing before it";
  EXPECT_EQ(first.at("notes"), "[]");
  const std::string paid = "/pay/runs/" + first.at("id");
  EXPECT_EQ(hr_.get(paid + "/corrections").code(), "pay.state") << "a draft is made anew";
  ASSERT_EQ(chief_.post(paid + "/approve", JsonObject{{"reason", "核对"}}).status, 200);
  const std::string who = hr_.get(paid + "/slips").at("items.0.staff");
  // Three customers of November that nobody had written down.
  record({fact(who, "介绍成功户数", "3", "2025-11-01", "2025-11-30")});
  Reply due = hr_.get(paid + "/corrections");
  EXPECT_EQ(due.at("people.0.staff"), who) << due.text;
  EXPECT_EQ(due.at("people.0.change") + " " + due.at("people.0.due"), "90.00 90.00");
  EXPECT_EQ(due.at("people.0.made_good"), "[]");

  Reply next = make(after, "2026-01-05");
  ASSERT_EQ(next.status, 200) << next.text;
  EXPECT_EQ(next.at("corrections.0.staff"), who);
  EXPECT_EQ(next.at("corrections.0.corrects"), first.at("id"));
  EXPECT_EQ(next.at("corrections.0.amount") + " " + next.at("corrections.0.left"), "90.00 0.00");
  EXPECT_EQ(next.at("lines.1.line") + " " + next.at("lines.1.amount"), "以前期间补发 90.00");
  const std::string path = "/pay/runs/" + next.at("id");
  Reply slip = hr_.get(path + "/slips/" + who);
  ASSERT_EQ(slip.status, 200) << slip.text;
  EXPECT_EQ(slip.at("lines.1.line") + " " + slip.at("lines.1.way"), "以前期间补发 更正");
  EXPECT_EQ(slip.at("lines.1.cites.0.rule_id"), "PAY-604") << "by the rule that it corrects";

  Reply tree = hr_.get(path + "/slips/" + who +
                       "/explain?line=%E4%BB%A5%E5%89%8D%E6%9C%9F%E9%97%B4%E8%A1%A5%E5%8F%91");  // 以前期间补发
  ASSERT_EQ(tree.status, 200) << tree.text;
  EXPECT_EQ(tree.at("inputs.0.kind") + " " + tree.at("inputs.0.name"), "pay_correction 2025-11 柜面营销计价");
  EXPECT_EQ(tree.at("inputs.0.note"), "介绍成功户数 由 没有 变为 3");
  EXPECT_EQ(tree.at("inputs.0.inputs.0.name"), "应为");
  EXPECT_NE(tree.text.find("营销字1号"), tree.text.npos) << "down to the document: " << tree.text;
  EXPECT_EQ(tree.at("inputs.0.inputs.1.name"), "当时");

  // A draft makes nothing good; an approved run does, once.
  EXPECT_EQ(hr_.get(paid + "/corrections").at("people.0.due"), "90.00");
  ASSERT_EQ(chief_.post(path + "/approve", JsonObject{{"reason", "核对"}}).status, 200);
  Reply done = hr_.get(paid + "/corrections");
  EXPECT_EQ(done.at("people.0.due") + " " + done.at("people.0.change"), "0.00 90.00");
  EXPECT_EQ(done.at("people.0.made_good.0.pay_run"), next.at("id"));
  EXPECT_EQ(chief_.post(paid + "/void", JsonObject{{"reason", "错"}}).code(), "pay.corrected");
  EXPECT_EQ(bank_.as(Role::manager).get(paid + "/corrections").status, 403);
  Reply csv = hr_.get(path + "/export.csv");
  EXPECT_NE(csv.text.find("以前期间补发"), csv.text.npos);
  Reply sheet = hr_.get(path + "/slips/" + who + "/report.html");
  EXPECT_NE(sheet.text.find("以前期间补发"), sheet.text.npos) << "the printed slip has it too";
}

}  // namespace
}  // namespace guanhu::api::testing
