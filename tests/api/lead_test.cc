// Leads and campaigns over HTTP: who may, what is refused at which field, both credits of a referral, a list that
// is frozen with its reasons, what may be offered to a customer and which rule forbids the rest.
#include <set>

#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Browser& as(Role role) { return TestBank::get().as(role); }
std::string where(const Reply& reply) { return reply.at("errors.0.where"); }
std::string customer(int n = 0) {
  return as(Role::manager).get("/customers?page_size=5").at("items." + std::to_string(n) + ".id");
}
std::string staff(Role role) { return as(role).get("/session").at("staff_id"); }
int64_t number(const std::string& text) { return std::stoll(text); }

Reply noted(Role role, const std::string& name, JsonObject more = {}) {
  JsonObject body = {{"name", name}, {"source", "陌生拜访"}, {"anyway", true}};
  for (auto& member : more) {
    std::erase_if(body, [&](const auto& there) { return there.first == member.first; });
    body.push_back(std::move(member));
  }
  return as(role).post("/leads", body);
}
Reply step(Role role, const Reply& lead, const std::string& what, JsonObject more = {}) {
  more.emplace_back("version", number(lead.at("version")));
  return as(role).post("/leads/" + lead.at("id") + "/" + what, more);
}

TEST(LeadsOverHttp, WhatDoesNotFitIsSaidAtItsField) {
  EXPECT_EQ(where(noted(Role::manager, "甲", {{"source", "道听途说"}})), "source");
  EXPECT_EQ(where(noted(Role::manager, "甲", {{"product", "黄金"}})), "product");
  EXPECT_EQ(where(noted(Role::manager, "甲", {{"customer", "NOBODY"}})), "customer");
  EXPECT_EQ(where(noted(Role::manager, "甲", {{"source", "展览讲座交流"}})), "follow_up") << "MKT-619";
  EXPECT_EQ(where(noted(Role::manager, "甲", {{"owner", staff(Role::branch_head)}})), "owner")
      << "not his to give";
  EXPECT_EQ(as(Role::auditor).post("/leads", JsonObject{{"name", "甲"}, {"source", "陌生拜访"}}).status, 403);
}

// MKT-619: who is not followed up is kept, and waits for nobody.
TEST(LeadsOverHttp, WhoIsNotFollowedUpIsOnlyKept) {
  Reply made = noted(Role::manager, "展会张", {{"source", "展览讲座交流"}, {"follow_up", false}});
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("state"), "未成");
}

TEST(LeadsOverHttp, TheSameIsShownBeforeItIsSaved) {
  ASSERT_EQ(noted(Role::manager, "同名李", {{"phone", "13905557001"}}).status, 200);
  Reply again = noted(Role::branch_head, "另一名", {{"phone", "13905557001"}, {"anyway", false}});
  EXPECT_EQ(again.status, 409) << again.text;
  EXPECT_EQ(again.at("code"), "lead.same");
  Reply same =
      as(Role::branch_head).post("/leads/duplicates", JsonObject{{"name", "x"}, {"phone", "13905557001"}});
  EXPECT_EQ(same.at("items.0.by"), "phone");
  EXPECT_EQ(same.text.find("13905557001"), std::string::npos) << "phones are not sent";
}

// MKT-618: a letter asks for a call, from one hour after it to two.
TEST(LeadsOverHttp, ALetterAsksForACall) {
  base::SystemClock clock;
  const std::string sent = base::Instant{clock.now().micros - int64_t{90} * 60'000'000}.str();
  Reply made = noted(Role::manager, "函到即电", {{"letter_at", sent}, {"owner", staff(Role::manager)}});
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("letter.state"), "应致电");
  EXPECT_NE(made.at("next_day"), "null");
  EXPECT_NE(as(Role::manager).get("/todos").text.find("线索下一步：函到即电"), std::string::npos);
}

// MKT-639, MKT-650
TEST(LeadsOverHttp, AReferralThatIsWonGivesBothCredit) {
  const std::string me = staff(Role::manager), head = staff(Role::branch_head);
  Reply made = noted(Role::branch_head, "转介甲", {{"owner", head}});
  ASSERT_EQ(made.status, 200) << made.text;
  ASSERT_EQ(as(Role::branch_head)
                .post("/leads/" + made.at("id") + "/refer", JsonObject{{"to", me}, {"note", "要存款"}})
                .status,
            200);
  const std::string referral = as(Role::manager).get("/leads/" + made.at("id")).at("referral.id");
  EXPECT_EQ(as(Role::branch_head).post("/referrals/" + referral + "/answer", JsonObject{{"accept", true}}).status,
            403);
  ASSERT_EQ(as(Role::manager).post("/referrals/" + referral + "/answer", JsonObject{{"accept", true}}).status,
            200);
  Reply lead = as(Role::manager).get("/leads/" + made.at("id"));
  EXPECT_EQ(lead.at("owner"), me);
  EXPECT_EQ(step(Role::manager, lead, "move", {{"stage", "成交"}}).status, 409) << "one stage after the other";
  lead = step(Role::manager, lead, "contacts", {{"channel", "电话"}, {"outcome", "有意向"}, {"text", "愿意"}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  EXPECT_EQ(lead.at("state"), "已联系");
  lead = step(Role::manager, lead, "move", {{"stage", "有意向"}});
  const auto deal = [](const std::string& object) {
    return JsonObject{{"kind", "customer"}, {"object", object}, {"amount", "10"}};
  };
  EXPECT_EQ(step(Role::manager, lead, "move", {{"stage", "成交"}, {"deal", deal("NOBODY")}}).status, 422);
  lead = step(Role::manager, lead, "move", {{"stage", "成交"}, {"deal", deal(customer())}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  EXPECT_EQ(lead.at("referral.state"), "won");
  EXPECT_EQ(lead.at("referral.share"), "0.3");
  EXPECT_NE(lead.at("referral.entry"), "null") << "the register has an entry that another person checks";
}

TEST(LeadsOverHttp, AListIsFrozenWithWhoIsLeftOut) {
  const std::string left = customer(1);
  ASSERT_EQ(as(Role::manager)
                .post("/customers/" + left + "/no-contact", JsonObject{{"refused", true}, {"why", "别打电话"}})
                .status,
            200);
  Browser& maker = as(Role::business);
  EXPECT_EQ(where(maker.post("/campaigns/preview", JsonObject{{"condition", "没有 > 1"}})), "condition");
  EXPECT_EQ(where(maker.post("/campaigns/preview", JsonObject{{"condition", "1 + 1"}})), "condition");
  JsonObject body = {{"title", "测"},
                     {"purpose", "测"},
                     {"condition", "存款余额 >= 0"},
                     {"success", "存款余额 > 当时存款余额"},
                     {"control", "0.9"},
                     {"target", 5},
                     {"from", "2026-01-01"},
                     {"to", "2026-12-31"}};
  EXPECT_EQ(where(maker.post("/campaigns", body)), "control") << "the pack's limit";
  for (auto& [name, value] : body)
    if (name == "control") value = "0.2";
  Reply made = maker.post("/campaigns", body);
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string at = "/campaigns/" + made.at("id");
  Reply frozen = maker.post(at + "/propose", JsonObject{{"version", 1}});
  ASSERT_EQ(frozen.status, 200) << frozen.text;
  const JsonObject agree = {{"version", 2}, {"agree", true}};
  EXPECT_EQ(maker.post(at + "/decide", agree).status, 403) << "not by who made it";
  ASSERT_EQ(as(Role::executive).post(at + "/decide", agree).status, 200);
  Reply lines = as(Role::executive).get(at + "/lines?state=excluded");
  EXPECT_NE(lines.text.find("客户说过不愿再联系"), std::string::npos);
  Reply control = as(Role::executive).get(at + "/lines?state=control");
  ASSERT_FALSE(control.body.find("items")->as_array()->empty());
  const JsonObject call = {{"channel", "电话"}, {"outcome", "再联系"}, {"text", "在忙"}};
  EXPECT_NE(as(Role::manager).post(at + "/lines/" + control.at("items.0.key") + "/contacts", call).status, 200);
  as(Role::manager).post("/customers/" + left + "/no-contact", JsonObject{{"refused", false}, {"why", "又愿意"}});
}

// MKT-304: the products of all departments stand there, each held or not.
TEST(LeadsOverHttp, EveryProductSaysWhetherItIsHeld) {
  Reply all = as(Role::manager).get("/customers/" + customer(2) + "/products");
  size_t products = 0;
  std::set<std::string> families;
  for (const Json& one : *all.body.find("products")->as_array()) {
    ++products;
    EXPECT_NE(one.find("held")->as_bool(), nullptr) << one.dump();
    families.insert(*one.find("family")->as_string());
  }
  EXPECT_GT(products, 8u);
  EXPECT_GT(families.size(), 3u);
}

// MKT-005, MKT-621
TEST(LeadsOverHttp, WhatMayNotBeOfferedNamesItsRule) {
  const std::string at = "/customers/" + customer(2) + "/products";
  auto of = [&](const std::string& product) {
    Reply all = as(Role::manager).get(at);
    for (const Json& one : *all.body.find("products")->as_array())
      if (*one.find("product")->as_string() == product) return one.dump();
    return std::string();
  };
  EXPECT_NE(of("网上银行").find("MKT-005"), std::string::npos) << of("网上银行");
  ASSERT_EQ(as(Role::manager).post("/product-knowledge", JsonObject{{"product", "网上银行"}}).status, 200);
  EXPECT_EQ(of("网上银行").find("MKT-005"), std::string::npos);
  EXPECT_NE(of("基金").find("适当性不通过"), std::string::npos) << "nobody assessed the risk";
  EXPECT_EQ(
      where(as(Role::manager)
                .send("PUT", at + "/网上银行", Json(JsonObject{{"version", 0}, {"progress", "已安装"}}).dump())),
      "device");
}

}  // namespace
}  // namespace guanhu::api::testing
