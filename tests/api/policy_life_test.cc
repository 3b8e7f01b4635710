// A pack's way through the bank over HTTP: drafted by one, approved by another, in force; decisions asked of it.
#include <algorithm>

#include "bank.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kAsk =
    R"({"pack": "hubei-rcc-guide", "decision": "personal-loan-payment-mode", "input": {)"
    R"("交易对象可事先确定": false, "可有效使用非现金结算": true, "用于生产经营": false, "单笔支付金额": 300000)";

std::string today() {
  base::SystemClock clock;
  return base::Instant{clock.now().micros + 8 * 3'600'000'000}.str().substr(0, 10);
}

TEST(PolicyLife, FromDraftToDecision) {  // ORG-305 ORG-318
  TestBank& bank = TestBank::get();
  Browser &risk = bank.as(Role::risk_manager), &executive = bank.as(Role::executive);
  const std::string ask = std::string(kAsk) + "}}";

  // Before any version is activated the pack as it is installed answers.
  Reply before = bank.as(Role::manager).send("POST", "/decisions", ask);
  ASSERT_EQ(before.status, 200) << before.text;
  EXPECT_EQ(before.at("result"), "自主支付");
  EXPECT_NE(before.at("cites.0.rule_id"), "");

  Reply draft = risk.send("POST", "/policy-versions", R"({"pack": "hubei-rcc-guide", "note": "首次"})");
  ASSERT_EQ(draft.status, 200) << draft.text;
  EXPECT_EQ(draft.at("state"), "draft");
  EXPECT_EQ(draft.at("hash"), before.at("pack_hash"));
  EXPECT_EQ(draft.at("failed"), "0") << draft.text;
  const std::string path = "/policy-versions/" + draft.at("id");
  EXPECT_EQ(risk.send("POST", "/policy-versions", R"({"pack": "hubei-rcc-guide", "note": "再来"})").code(),
            "policy.life.same");
  EXPECT_EQ(risk.get(path + "/changes").at("changes"), "[]");

  EXPECT_EQ(risk.send("POST", path + "/approve").code(), "policy.life.self")
      << "risk managers may approve, but not their own";
  EXPECT_EQ(bank.as(Role::business).send("POST", path + "/approve").status, 403);
  EXPECT_EQ(executive.send("POST", path + "/activate", R"({"from": ")" + today() + R"("})").code(),
            "policy.life.state");
  EXPECT_EQ(executive.send("POST", path + "/approve").at("state"), "approved");
  EXPECT_EQ(executive.send("POST", path + "/activate", R"({"from": "2020-01-01"})").code(), "policy.life.past");
  Reply active = executive.send("POST", path + "/activate", R"({"from": ")" + today() + R"("})");
  ASSERT_EQ(active.status, 200) << active.text;
  EXPECT_EQ(active.at("active_from"), today());

  Reply after = bank.as(Role::manager).send("POST", "/decisions", ask);
  EXPECT_EQ(after.at("result"), "自主支付") << after.text;
  Reply refused = bank.as(Role::manager).send("POST", "/decisions", std::string(kAsk) + R"(, "不存在": 1}})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "decide.input.unknown");

  Reply log = executive.get("/decisions?pack=hubei-rcc-guide");
  ASSERT_EQ(log.at("total"), "3") << log.text;
  EXPECT_EQ(log.at("items.0.error.code"), "decide.input.unknown") << "what was refused is kept as well";
  EXPECT_EQ(log.at("items.1.result"), "自主支付");
  EXPECT_EQ(log.at("items.1.input.单笔支付金额"), "300000");
  Reply replay = executive.send("POST", path + "/replay", R"({"from": "2020-01-01", "to": "2099-12-31"})");
  EXPECT_EQ(replay.at("asked"), "3") << replay.text;
  EXPECT_EQ(replay.at("same"), "3");

  std::string actions;
  Reply chain = bank.as(Role::auditor).get("/audit?page_size=100");
  for (const Json& entry : *chain.body.find("items")->as_array())
    actions += *entry.find("action")->as_string() + " ";
  for (const char* action : {"policy.draft", "policy.approve", "policy.activate", "decision.ask"})
    EXPECT_NE(actions.find(action), std::string::npos) << action;
}

}  // namespace
}  // namespace guanhu::api::testing
