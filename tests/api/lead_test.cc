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
  Reply wrong = noted(Role::manager, "同名李", {{"phone", "12"}});
  EXPECT_EQ(wrong.code(), "lead.phone") << "as of a prospect";
  EXPECT_EQ(wrong.at("errors.0.where"), "phone");
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
  EXPECT_NE(made.at("letter.state"), "未到");
  EXPECT_EQ(made.at("next_day"), "null") << "the call is a to-do of its own";
  ASSERT_EQ(made.at("call_by").size(), 19u) << made.text;
  const std::string todo = "首次电话：函到即电，" + made.at("call_by").substr(11, 5) + " 以前";
  EXPECT_NE(as(Role::manager).get("/todos").text.find(todo), std::string::npos);
  Reply called =
      step(Role::manager, made, "contacts", {{"channel", "电话"}, {"outcome", "再联系"}, {"text", "收到"}});
  ASSERT_EQ(called.status, 200) << called.text;
  EXPECT_EQ(called.at("call_by"), "null");
  EXPECT_EQ(as(Role::manager).get("/todos").text.find(todo), std::string::npos) << "none after it was made";
}

// MKT-632: who has a lead contacts first within the pack's working days; a call that was due long ago is late.
TEST(LeadsOverHttp, TheFirstContactHasItsDay) {
  Reply made = noted(Role::manager, "先联系一次", {{"owner", staff(Role::manager)}});
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("contact_by").size(), 10u) << made.text;
  EXPECT_EQ(made.at("late"), "false");
  EXPECT_NE(as(Role::manager).get("/todos").text.find("首次联系：先联系一次"), std::string::npos);
  base::SystemClock clock;
  const std::string long_ago = base::Instant{clock.now().micros - int64_t{30} * 86'400'000'000}.str();
  Reply letter = noted(Role::manager, "上月发函", {{"letter_at", long_ago}, {"owner", staff(Role::manager)}});
  EXPECT_EQ(letter.at("late"), "true") << letter.text;
  EXPECT_EQ(letter.at("letter.state"), "逾期");
}

// MKT-309, MKT-653: the scheme says size, complexity and industry; what was judged unfit goes nowhere.
TEST(LeadsOverHttp, WhatAStageNeedsIsWrittenFirst) {
  Reply lead = noted(Role::manager, "方案甲", {{"owner", staff(Role::manager)}, {"product", "流动资金贷款"}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  lead = step(Role::manager, lead, "contacts", {{"channel", "电话"}, {"outcome", "有意向"}, {"text", "要款"}});
  EXPECT_EQ(where(step(Role::manager, lead, "move", {{"stage", "有意向"}, {"judged", "好得很"}})), "judged");
  Reply unfit = step(Role::manager, lead, "move", {{"stage", "有意向"}, {"judged", "不宜介入"}});
  EXPECT_EQ(unfit.code(), "lead.gate") << unfit.text;
  lead = step(Role::manager, lead, "move", {{"stage", "有意向"}, {"judged", "优质"}, {"quality", "账实相符"}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  EXPECT_EQ(lead.at("judged"), "优质");
  Reply bare = step(Role::manager, lead, "move", {{"stage", "方案"}});
  EXPECT_NE(bare.text.find("没有写客户规模；没有写服务复杂程度；没有写行业；没有写方案"), std::string::npos)
      << bare.text;
  lead = step(Role::manager, lead, "move",
              {{"stage", "方案"},
               {"scale", "中型"},
               {"complexity", "综合服务"},
               {"industry", "建材"},
               {"scheme", "先结算"}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  EXPECT_NE(lead.at("way.who").find("支行行长"), std::string::npos) << "by the pack";
}

// MKT-606, MKT-612: with whom it is worked on, and that a contact with somebody else is refused.
TEST(LeadsOverHttp, AJointContactNamesAPartnerOfTheLead) {
  auto partner = [](const char* kind, const char* name) {
    return base::JsonArray{JsonObject{{"kind", kind}, {"name", name}}};
  };
  const std::string me = staff(Role::manager);
  EXPECT_EQ(where(noted(Role::manager, "联动", {{"owner", me}, {"partners", partner("隔壁", "甲")}})), "partners");
  EXPECT_EQ(where(noted(Role::manager, "联动", {{"owner", me}, {"partners", partner("合作机构", "")}})),
            "partners");
  Reply lead = noted(Role::manager, "联动", {{"owner", me}, {"partners", partner("母公司部门", "集团财务部")}});
  ASSERT_EQ(lead.status, 200) << lead.text;
  JsonObject contact = {{"channel", "上门"}, {"outcome", "再联系"}, {"text", "一起谈"}, {"partner", "市评估所"}};
  EXPECT_EQ(where(step(Role::manager, lead, "contacts", contact)), "partner");
  contact.back().second = "集团财务部";
  lead = step(Role::manager, lead, "contacts", contact);
  ASSERT_EQ(lead.status, 200) << lead.text;
  EXPECT_EQ(lead.at("contacts.0.partner"), "集团财务部");
}

// MKT-016: a key customer has one main manager; who answers is counted from the register, not asked.
TEST(LeadsOverHttp, AKeyCustomerHasOneWhoAnswers) {
  const std::string id = customer(3);
  Reply all = as(Role::manager).get("/customers/" + id + "/categories");
  EXPECT_NE(all.text.find("customer-marketing/key-customer"), std::string::npos) << all.text;
  Reply set =
      as(Role::manager)
          .post("/customers/" + id + "/categories", JsonObject{{"scheme", "key"},
                                                               {"category", "重点"},
                                                               {"given", JsonObject{{"主办客户经理数", 0}}},
                                                               {"why", "大户"}});
  EXPECT_EQ(set.code(), "category.check") << set.text;
  EXPECT_NE(set.text.find("没有专人负责"), std::string::npos);
}

// MKT-310, MKT-311, MKT-612, MKT-605: passed on, done, told; a selected customer has it sooner.
TEST(LeadsOverHttp, ANeedIsPassedOnDoneAndTold) {
  const std::string id = customer(2), head = staff(Role::branch_head);
  auto pass = [&](JsonObject more) {
    JsonObject body = {{"what", "研究办理"},   {"form", "口头"}, {"stage", "售后"},
                       {"text", "要改还款日"}, {"customer", id}, {"to", head}};
    for (auto& member : more) {
      std::erase_if(body, [&](const auto& there) { return there.first == member.first; });
      body.push_back(std::move(member));
    }
    return as(Role::manager).post("/need-passes", body);
  };
  EXPECT_EQ(where(pass({{"stage", "售中"}})), "stage");
  EXPECT_EQ(where(pass({{"to", "NOBODY"}})), "to");
  EXPECT_EQ(where(pass({{"customer", "NOBODY"}})), "customer");
  EXPECT_EQ(where(pass({{"what", "到店预约"}})), "visit_on") << "MKT-656";
  EXPECT_EQ(where(pass({{"text", " "}})), "text");
  Reply plain = pass({});
  ASSERT_EQ(plain.status, 200) << plain.text;
  EXPECT_EQ(plain.at("fast"), "false");
  Reply chosen = as(Role::manager)
                     .post("/customers/" + id + "/categories",
                           JsonObject{{"scheme", "preferred"}, {"category", "优选"}, {"why", "常年结算"}});
  ASSERT_LT(chosen.status, 300) << chosen.text;
  if (chosen.at("state") == "proposed")
    ASSERT_LT(as(Role::branch_head)
                  .post("/customer-categories/" + chosen.at("record") + "/decide",
                        JsonObject{{"version", number(chosen.at("version"))}, {"accept", true}, {"why", "同意"}})
                  .status,
              300);
  Reply fast = pass({{"text", "急用"}});
  EXPECT_EQ(fast.at("fast"), "true") << fast.text;
  EXPECT_LT(fast.at("until"), plain.at("until")) << "sooner";
  auto at = [&](Role role, const Reply& of, JsonObject more) {
    more.emplace_back("version", number(of.at("version")));
    return as(role).post("/need-passes/" + of.at("id") + "/step", more);
  };
  EXPECT_EQ(at(Role::manager, fast, {{"what", "take"}}).status, 403) << "not by who passed it on";
  EXPECT_NE(as(Role::branch_head).get("/todos").text.find("特事特办 客户的事待办"), std::string::npos);
  fast = at(Role::branch_head, fast, {{"what", "take"}});
  ASSERT_EQ(fast.at("state"), "working") << fast.text;
  EXPECT_EQ(where(at(Role::branch_head, fast, {{"what", "done"}, {"text", "改好了"}})), "method");
  EXPECT_EQ(at(Role::manager, fast, {{"what", "told"}, {"text", "说了"}}).status, 409);
  fast = at(Role::branch_head, fast, {{"what", "done"}, {"text", "改好了"}, {"method", "柜面当天改"}});
  ASSERT_EQ(fast.at("state"), "done") << fast.text;
  EXPECT_NE(as(Role::manager).get("/todos").text.find("请告诉客户"), std::string::npos);
  EXPECT_EQ(at(Role::branch_head, fast, {{"what", "told"}, {"text", "说了"}}).status, 403);
  fast = at(Role::manager, fast, {{"what", "told"}, {"text", "已经电话告诉客户"}});
  EXPECT_EQ(fast.at("state"), "told") << fast.text;
}

// The customer's page and time line: each part as far as the reader sees it.
TEST(LeadsOverHttp, ACustomersMarketingIsSeenAsFarAsTheReaderReaches) {
  const std::string id = customer(0), at = "/customers/" + id + "/marketing";
  const std::string line = "/customers/" + id + "/timeline?group=marketing&page_size=200";
  const JsonObject said = {{"channel", "电话"}, {"outcome", "再联系"}};
  auto with = [&](const char* text) {
    JsonObject out = said;
    out.emplace_back("text", text);
    return out;
  };
  Reply mine = noted(Role::manager, "", {{"customer", id}, {"owner", staff(Role::manager)}});
  ASSERT_EQ(mine.status, 200) << mine.text;
  ASSERT_EQ(step(Role::manager, mine, "contacts", with("客户经理说的话")).status, 200);
  Reply heads = noted(Role::branch_head, "", {{"customer", id}, {"owner", staff(Role::branch_head)}});
  ASSERT_EQ(heads.status, 200) << heads.text;
  ASSERT_EQ(step(Role::branch_head, heads, "contacts", with("只行长知道的话")).status, 200);
  const std::string seen = as(Role::manager).get(at).text, all = as(Role::branch_head).get(at).text;
  EXPECT_NE(seen.find("客户经理说的话"), std::string::npos) << seen;
  EXPECT_EQ(seen.find("只行长知道的话"), std::string::npos) << "not his";
  EXPECT_NE(all.find("客户经理说的话"), std::string::npos) << "his branch";
  EXPECT_NE(all.find("只行长知道的话"), std::string::npos);
  auto events = [&](Role role) { return number(as(role).get(line).at("total")); };
  EXPECT_GE(events(Role::manager), 2) << "the lead and its contact";
  EXPECT_EQ(events(Role::branch_head) - events(Role::manager), 2) << "the head's own";
  EXPECT_EQ(as(Role::administrator).get(at).status, 403);
  EXPECT_EQ(as(Role::hr).get(at).status, 404) << "out of reach";
  EXPECT_EQ(as(Role::manager).get("/customers/NOBODY/marketing").status, 404);
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

// MKT-655: what is known is answered at once, what is not goes to a person, what is private to the bank's own app.
TEST(LeadsOverHttp, AQuestionIsAnsweredOfWhatIsKnown) {
  Browser& manager = as(Role::manager);
  EXPECT_EQ(manager.get("/consult-answers?q=zzz没有人问过").at("way"), "转人工");
  Reply asked = manager.post("/consults", JsonObject{{"consult", "question"},
                                                     {"title", "墨家存折换卡要带什么"},
                                                     {"text", "墨家存折换卡要带什么"},
                                                     {"who", "门口问的大爷"}});
  ASSERT_EQ(asked.status, 200) << asked.text;
  EXPECT_EQ(manager.get("/consult-answers?q=墨家存折").at("way"), "转人工") << "nobody answered yet";
  Reply told = manager.post(
      "/consults/" + asked.at("id") + "/step",
      JsonObject{{"version", number(asked.at("version"))}, {"what", "told"}, {"text", "带身份证和旧存折"}});
  ASSERT_EQ(told.status, 200) << told.text;
  Reply known = manager.get("/consult-answers?q=墨家存折");
  EXPECT_EQ(known.at("way"), "当场答");
  EXPECT_EQ(known.at("items.0.answer"), "带身份证和旧存折");
  Reply kept = manager.get("/consult-answers?q=墨家存折&private=yes");
  EXPECT_EQ(kept.at("way"), "到手机银行办");
  EXPECT_EQ(kept.text.find("旧存折"), std::string::npos);
}

// MKT-641: five points, each with what the facts say of it.
TEST(LeadsOverHttp, TheFiveWeakPointsStandBesideTheFunnel) {
  Reply funnel = as(Role::branch_head).get("/lead-funnel");
  const Json* five = funnel.body.find("self_check");
  ASSERT_TRUE(five && five->as_array()) << funnel.text;
  EXPECT_EQ(five->as_array()->size(), 5u);
  EXPECT_EQ(funnel.at("self_check.4.state"), "没有数") << "asked on the page of runs";
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
