// Simulations through the server: what may be changed, what a change would do, what is kept and who sees it.
#include "bank.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const std::string kAsked = std::string("scheme=") + kScheme + "&period=" + kPeriod;

Json ask(const char* changes, const char* title = "") {
  auto json = Json::parse(std::string(R"({"scheme": "sample/经营业绩", "period": "2025-12", "title": ")") + title +
                          "\"" + (*changes ? ", " : "") + changes + "}");
  if (!json) throw base::Broken(json.error().text());
  return *json;
}

TEST(Simulations, AreOfWhoMayMakeThem) {
  TestBank& bank = TestBank::get();
  for (Role role : {Role::manager, Role::branch_head, Role::auditor, Role::administrator}) {
    EXPECT_EQ(bank.as(role).post("/simulations/preview", ask("")).status, 403) << people::role_name(role);
    EXPECT_EQ(bank.as(role).get("/simulations/options?" + kAsked).status, 403) << people::role_name(role);
  }
  EXPECT_EQ(bank.as(Role::manager).get("/simulations").status, 403);
  EXPECT_EQ(bank.as(Role::branch_head).get("/simulations").status, 200);
}

TEST(Simulations, SayWhatCannotBeChangedAndWhere) {
  Browser& business = TestBank::get().as(Role::business);
  auto refused = [&](const char* changes) {
    Reply r = business.post("/simulations/preview", ask(changes));
    return std::to_string(r.status) + " " + r.code() + " " + r.at("errors.0.where");
  };
  EXPECT_EQ(refused(R"("parameters": [{"name": "没有", "value": 1}])"), "422 simulate.parameter 没有");
  EXPECT_EQ(refused(R"("targets": [{"figure": "净增计划", "holder": "nobody", "times": "2"}])"),
            "422 simulate.target 净增计划");
  EXPECT_EQ(refused(R"("targets": [{"figure": "净增计划"}])"), "422 simulate.ask /targets/0/value");
  EXPECT_EQ(
      refused(R"("assignments": [{"kind": "customer", "id": "nobody", "to": "S00001", "on": "2025-12-01"}])"),
      "422 measure.reassign assignments");
  EXPECT_EQ(refused(R"("draft": 999999)"), "422 simulate.draft /draft");
  EXPECT_EQ(refused(R"("weights": [{"name": "组织资金得分", "weight": "much"}])"),
            "400 request.body /weights/0/weight");
  EXPECT_EQ(business.post("/simulations", ask(R"("parameters": [{"name": "加分上限", "value": 6}])")).code(),
            "simulate.title");
}

TEST(Simulations, AreKeptSharedMadeAgainAndRecorded) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &executive = bank.as(Role::executive);
  Reply options = business.get("/simulations/options?" + kAsked);
  ASSERT_EQ(options.status, 200) << options.text;
  EXPECT_EQ(options.at("items.0.name"), "组织资金得分");
  EXPECT_EQ(options.at("levers.0.id"), "deposit");

  const Json wanted = ask(R"("weights": [{"name": "组织资金得分", "weight": "0.8"}])", "组织资金八成");
  Reply preview = business.post("/simulations/preview", wanted);
  ASSERT_EQ(preview.status, 200) << preview.text;
  EXPECT_EQ(preview.at("summary.steps"), preview.at("summary.reused")) << "a weight evaluates nothing anew";
  Reply made = business.post("/simulations", wanted);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("summary.hash"), preview.at("summary.hash"));
  const std::string at = "/simulations/" + made.at("id");

  EXPECT_EQ(executive.get(at).status, 404) << "nobody else's until it is shared";
  EXPECT_EQ(executive.post(at + "/share", JsonObject{{"shared", true}}).status, 404);
  ASSERT_EQ(business.post(at + "/share", JsonObject{{"shared", true}}).at("shared"), "true");
  EXPECT_EQ(executive.post(at + "/withdraw", Json()).code(), "simulate.maker");
  Reply seen = executive.get(at), branch = bank.as(Role::branch_head).get(at);
  ASSERT_EQ(seen.status, 200);
  ASSERT_EQ(branch.status, 200);
  const size_t all = seen.body.find("holders")->as_array()->size(),
               own = branch.body.find("holders")->as_array()->size();
  EXPECT_EQ(std::to_string(all), seen.at("summary.people"));
  EXPECT_LT(own, all) << "a branch sees its own people";
  EXPECT_GT(own, 0u);
  EXPECT_EQ(branch.at("summary.most"), "null");

  EXPECT_EQ(business.post(at + "/again", Json()).at("same"), "true");
  Reply margins = business.get(at + "/margins?by=1000000");
  EXPECT_EQ(margins.status, 200) << margins.text;
  EXPECT_EQ(margins.body.find("items")->as_array()->size(), all);
  EXPECT_EQ(business.get(at + "/margins?by=0").at("errors.0.where"), "by");
  EXPECT_EQ(business.get(at + "/margins?lever=nothing").code(), "simulate.lever");
  EXPECT_EQ(business.get(at + "/margins/" + seen.at("holders.0.id") + "/pay").status, 404)
      << "nobody sees others' pay without the right to";
  EXPECT_EQ(executive.get(at + "/margins/" + seen.at("holders.0.id") + "/pay").code(), "simulate.pay")
      << "this one works no pay out";
  EXPECT_EQ(executive.get(at + "/margins/nobody/pay").status, 404);
  EXPECT_EQ(business.get(at + "/cliffs").status, 200);
  const std::string holder = seen.at("holders.0.id");
  Reply tree = business.get(at + "/explain/" + holder);
  EXPECT_EQ(tree.status, 200) << tree.text;
  EXPECT_EQ(business.get(at + "/explain/nobody").status, 404);
  EXPECT_EQ(business.post(at + "/withdraw", Json()).at("withdrawn"), "true");
  EXPECT_EQ(executive.get(at).status, 404);
  Reply chain = bank.as(Role::auditor).get("/audit?subject=simulation%20" + made.at("id"));
  EXPECT_EQ(chain.at("total"), "3") << chain.text;
}

TEST(Simulations, OneMoreOfEachFigureForOnePerson) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = manager.get("/session").at("staff_id");
  Reply r = manager.get("/scores/" + mine + "/what-if?" + kAsked);
  ASSERT_EQ(r.status, 200) << r.text;
  EXPECT_EQ(r.at("items.0.id"), "deposit");
  EXPECT_EQ(r.at("items.0.by"), "1000000");
  EXPECT_EQ(manager.get("/scores/" + mine + "/what-if?" + kAsked + "&lever=deposit&by=nothing").status, 400);
  EXPECT_EQ(manager.get("/scores/nobody/what-if?" + kAsked).status, 404);
}

}  // namespace
}  // namespace guanhu::api::testing
