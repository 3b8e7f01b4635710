// Posts and their duties, outside queries, independent checks, requests between units over HTTP: what a pack says
// is shown and leads to pages that are there; what the rules ask for is asked for; what is confidential stays so.
#include <fstream>
#include <regex>
#include <sstream>

#include "bank.h"
#include "contract.h"
#include "people/doing.h"

namespace guanhu::api::testing {
namespace {

using people::Permission;
using people::Role;
using people::Scope;

std::string text_of(const Json& of, const char* member) {
  const Json* value = of.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

class Duties : public ::testing::Test {
 protected:
  void expect_shape(const char* method, const char* path, const Reply& r) {
    static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    for (const auto& fault : contract.faults(method, path, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << method << " " << path << ": " << fault << "\n" << r.text.substr(0, 800);
  }
  std::string today() { return text_of(manager.get("/outside-queries").body, "today"); }
  std::string day(int later) { return (*base::Date::parse(today()) + later).str(); }
  // The n-th customer that the manager serves.
  std::string customer(size_t n) {
    Reply list = manager.get("/customers?page_size=40");
    return text_of(list.body.find("items")->as_array()->at(n), "id");
  }
  JsonObject query(const std::string& of, const std::string& what, const std::string& result) {
    return {{"customer", of},        {"what", what},   {"subject", "借款人"}, {"name", "某人"},
            {"purpose", "贷前调查"}, {"day", today()}, {"result", result}};
  }

  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head), &hr = bank.as(Role::hr),
          &business = bank.as(Role::business), &auditor = bank.as(Role::auditor);
};

// ORG-001 ORG-304 ORG-309 ORG-321 ORG-323 ORG-324 ORG-326 ORG-328 ORG-602 ORG-609 ORG-612 ORG-614 ORG-645
TEST_F(Duties, EveryDutyLeadsToAPageThatIsThere) {
  std::ifstream file(GUANHU_SOURCE_DIR "/web/src/router.ts");
  std::stringstream router;
  router << file.rdbuf();
  const std::string routes = router.str();
  Reply house = manager.get("/post-duties");
  expect_shape("GET", "/post-duties", house);
  ASSERT_EQ(house.status, 200) << house.text;
  EXPECT_EQ(manager.get("/post-duties?pack=common").status, 404) << "it says nothing of posts";
  EXPECT_EQ(manager.get("/post-duties?pack=nothing").status, 404);
  size_t packs = 0, duties = 0;
  for (const Json& pack : *house.body.find("packs")->as_array()) {
    ++packs;
    Reply one = manager.get("/post-duties?pack=" + text_of(pack, "id"));
    ASSERT_EQ(one.status, 200) << one.text;
    for (const Json& post : *one.body.find("posts")->as_array()) {
      EXPECT_FALSE(text_of(post, "purpose").empty()) << text_of(post, "post");
      EXPECT_FALSE(post.find("rules")->as_array()->empty()) << text_of(post, "post");
      for (const Json& duty : *post.find("duties")->as_array()) {
        ++duties;
        const std::string page = text_of(duty, "page");
        if (!page.empty())
          EXPECT_NE(routes.find("name: '" + page + "'"), std::string::npos)
              << text_of(pack, "id") << " " << text_of(post, "post") << ": no page " << page;
      }
    }
  }
  EXPECT_GE(packs, 13u);
  EXPECT_GE(duties, 80u);
}

TEST_F(Duties, EverybodySeesTheirOwnPost) {
  for (Role role : people::all_roles()) {
    Reply all = bank.as(role).get("/post-duties");
    std::string own;
    for (const Json& post : *all.body.find("posts")->as_array())
      if (*post.find("mine")->as_bool()) own += text_of(post, "post");
    EXPECT_EQ(own, people::role_title(role));
  }
  // The posts of another regulation are not the house's roles.
  EXPECT_EQ(manager.get("/post-duties?pack=county-rcc-rules").text.find("\"mine\": true"), std::string::npos);
}

// ORG-304 ORG-317: whoever holds the post says that they read what it does, as it stands; the superior sees who
// has not.
TEST_F(Duties, TheHolderOfAPostConfirmsItsSheet) {
  auto own = [&](Browser& who) {
    Reply all = who.get("/post-duties");
    expect_shape("GET", "/post-duties", all);
    for (const Json& post : *all.body.find("posts")->as_array())
      if (*post.find("mine")->as_bool()) return post;
    return Json();
  };
  auto waiting_below = [&](Browser& who) {
    Reply all = who.get("/post-duties/readers?page_size=500");
    expect_shape("GET", "/post-duties/readers", all);
    EXPECT_EQ(all.status, 200) << all.text;
    std::map<std::string, bool> out;
    for (const Json& one : *all.body.find("items")->as_array())
      out[text_of(*one.find("person"), "id") + "|" + text_of(one, "post")] = *one.find("waits")->as_bool();
    return out;
  };
  const Json before = own(manager);
  EXPECT_TRUE(*before.find("waits")->as_bool());
  const std::string digest = text_of(before, "digest"), me = bank.staff(Role::manager) + "|客户经理";
  EXPECT_TRUE(waiting_below(head).at(me));
  EXPECT_FALSE(waiting_below(manager).contains(bank.staff(Role::branch_head) + "|支行行长"))
      << "only of those below";
  EXPECT_EQ(manager.post("/post-duties/confirm", JsonObject{{"post", "支行行长"}, {"digest", digest}}).code(),
            "duties.post");
  Reply stale = manager.post("/post-duties/confirm", JsonObject{{"post", "客户经理"}, {"digest", "of before"}});
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(stale.code(), "duties.changed");
  EXPECT_TRUE(*own(manager).find("waits")->as_bool()) << "nothing was confirmed";
  Reply done = manager.post("/post-duties/confirm", JsonObject{{"post", "客户经理"}, {"digest", digest}});
  ASSERT_EQ(done.status, 200) << done.text;
  expect_shape("POST", "/post-duties/confirm", done);
  const Json after = own(manager);
  EXPECT_FALSE(*after.find("waits")->as_bool());
  EXPECT_EQ(text_of(after, "confirmed_at"), text_of(done.body, "confirmed_at"));
  EXPECT_FALSE(waiting_below(head).at(me));
  EXPECT_TRUE(*own(head).find("waits")->as_bool()) << "everybody for themselves";
  Reply audit = auditor.get("/audit?page_size=50&action=duty_read.confirm");
  EXPECT_NE(audit.text.find("duty_read.confirm"), std::string::npos) << audit.text.substr(0, 300);
}

TEST_F(Duties, WhatIsSplitBetweenUnitsIsSplitInTheRoles) {
  // ORG-322: pay is the personnel department's, appraisal the business department's; an outlet does neither.
  for (Role role : people::all_roles()) {
    EXPECT_EQ(people::scope_of(role, Permission::pay_make) != Scope::none, role == Role::hr);
    EXPECT_EQ(people::scope_of(role, Permission::run_publish) != Scope::none, role == Role::business);
  }
  // ORG-315, ORG-318: standards are head office's; ORG-305, ORG-317: who drafts does not approve, the unit that
  // appointed somebody looks after him while head office inspects.
  for (Role role : {Role::manager, Role::branch_head})
    for (Permission p : {Permission::policy_draft, Permission::policy_approve, Permission::finding_decide})
      EXPECT_EQ(people::scope_of(role, p), Scope::none);
  EXPECT_EQ(people::scope_of(Role::branch_head, Permission::log_check), Scope::branch);
  EXPECT_EQ(people::scope_of(Role::business, Permission::log_check), Scope::none);
  EXPECT_EQ(people::scope_of(Role::business, Permission::finding_read), Scope::bank);
  EXPECT_EQ(head.post("/policy-versions", JsonObject{{"pack", "shandong-rcb-draft"}, {"note", "改标准"}}).status,
            403);
}

TEST_F(Duties, TheSeatsOfTheGroupAreRecordedPosts) {  // ORG-303
  EXPECT_TRUE(manager.get("/post-duties").body.find("group")->is_null());
  Reply before = hr.get("/post-duties?pack=rcb-seven-tier");
  expect_shape("GET", "/post-duties", before);
  const Json& group = *before.body.find("group");
  EXPECT_EQ(group.find("seats")->as_array()->size(), 5u);
  EXPECT_EQ(group.find("empty")->as_array()->size(), 5u);
  EXPECT_EQ(before.at("group.complete"), "false");
  Reply post = hr.post("/posts", JsonObject{{"staff", bank.staff(Role::business)},
                                            {"kind", "other"},
                                            {"title", "客户经理管理小组·业务发展部"},
                                            {"org", "HQ"},
                                            {"from", people::day_here(bank.clock.now()).str()},
                                            {"document", "行发〔2026〕1号"},
                                            {"reason", "成立小组"}});
  ASSERT_EQ(post.status, 201) << post.text;
  Reply after = hr.get("/post-duties?pack=rcb-seven-tier");
  EXPECT_EQ(after.body.find("group")->find("empty")->as_array()->size(), 4u) << after.text;
  EXPECT_NE(after.body.find("group")->find("seats")->dump().find(bank.staff(Role::business)), std::string::npos);
}

TEST_F(Duties, AQueryNeedsWhatItsKindAsksFor) {  // CUS-001 INT-003 INT-005 INT-006 INT-010 INT-303
  const std::string one = customer(0);
  EXPECT_EQ(hr.get("/outside-queries").status, 403);
  EXPECT_EQ(auditor.post("/outside-queries", query(one, "联网核查", "一致")).status, 403);
  EXPECT_EQ(manager.post("/outside-queries", query("nobody", "联网核查", "一致")).code(), "query.customer");
  EXPECT_EQ(manager.post("/outside-queries", query(one, "黄页", "一致")).code(), "query.what");
  EXPECT_EQ(manager.post("/outside-queries", query(one, "联网核查", "没有不良")).code(), "query.record");
  JsonObject body = query(one, "个人征信", "没有不良");
  Reply bare = manager.post("/outside-queries", body);
  EXPECT_EQ(bare.code(), "query.record");
  EXPECT_NE(bare.text.find("没有授权"), std::string::npos) << bare.text;
  EXPECT_NE(bare.text.find("没有写编号"), std::string::npos) << bare.text;
  body.emplace_back("number", "ZX-778899"), body.emplace_back("consent", "SQ-1");
  body.emplace_back("consent_on", day(1));
  EXPECT_NE(manager.post("/outside-queries", body).text.find("授权晚于查询"), std::string::npos);
  body.back().second = today();
  Reply made = manager.post("/outside-queries", body);
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/outside-queries", made);
  EXPECT_EQ(made.at("until"), day(30));
  EXPECT_EQ(made.at("number"), "ZX-778899");
  JsonObject sums = query(one, "税控开票", "已汇总");
  EXPECT_EQ(manager.post("/outside-queries", sums).code(), "query.record");
  sums.emplace_back("period", "2025-11"), sums.emplace_back("amount", "80000.00");
  EXPECT_EQ(manager.post("/outside-queries", sums).status, 201);
}

TEST_F(Duties, AReportOnCreditOpensToFewAndEachReadingIsRecorded) {  // CUS-001
  const std::string one = customer(1);
  JsonObject body = query(one, "企业征信", "有不良");
  body.emplace_back("number", "ZX-SECRET-7"), body.emplace_back("consent", "SQ-2");
  body.emplace_back("consent_on", today());
  Reply made = manager.post("/outside-queries", body);
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string path = "/outside-queries/" + made.at("id");
  Reply list = business.get("/outside-queries?customer=" + one);
  expect_shape("GET", "/outside-queries", list);
  EXPECT_NE(list.text.find("企业征信"), std::string::npos);
  EXPECT_EQ(list.text.find("ZX-SECRET-7"), std::string::npos) << "not in a list";
  EXPECT_EQ(business.get(path).status, 403) << "sees that it was asked, not what it says";
  Reply searched = business.get("/writing?words=ZX-SECRET-7");
  EXPECT_EQ(searched.status, 200);
  EXPECT_EQ(searched.text.find("ZX-SECRET-7"), std::string::npos);
  Reply read = head.get(path);
  ASSERT_EQ(read.status, 200) << read.text;
  expect_shape("GET", "/outside-queries/{id}", read);
  EXPECT_EQ(read.at("number"), "ZX-SECRET-7");
  EXPECT_NE(auditor.get("/audit?action=outside_query.read").text.find(one), std::string::npos);
}

TEST_F(Duties, WhatChangedSinceTheLastQueryIsMarked) {  // INT-008
  const std::string one = customer(2);
  JsonObject first = query(one, "工商登记", "存续已年检");
  for (auto& [name, value] : first)
    if (name == "day") value = day(-100);
  Reply old = manager.post("/outside-queries", first);
  ASSERT_EQ(old.status, 201) << old.text;
  EXPECT_EQ(old.at("valid"), "false");
  EXPECT_EQ(old.at("due"), "true");
  Reply now = manager.post("/outside-queries", query(one, "工商登记", "吊销或注销"));
  ASSERT_EQ(now.status, 201) << now.text;
  EXPECT_EQ(now.at("changed"), "true");
  EXPECT_EQ(now.at("heed"), "true");
  EXPECT_EQ(now.at("before"), "存续已年检");
  Reply list = manager.get("/outside-queries?customer=" + one);
  EXPECT_EQ(list.at("items.1.due"), "false") << "it was asked again: " << list.text;
  const std::string path = "/outside-queries/" + now.at("id");
  JsonObject correct = query(one, "工商登记", "存续已年检");
  correct.erase(correct.begin());
  correct.emplace_back("version", 1), correct.emplace_back("reason", "看错了一家");
  Reply fixed = manager.send("PUT", path, Json(correct).dump());
  ASSERT_EQ(fixed.status, 200) << fixed.text;
  expect_shape("PUT", "/outside-queries/{id}", fixed);
  EXPECT_EQ(fixed.at("changed"), "false");
  EXPECT_EQ(manager.send("PUT", path, Json(correct).dump()).status, 409);
  EXPECT_EQ(manager.post(path + "/remove", JsonObject{{"version", 2}, {"reason", "记重了"}}).status, 200);
  EXPECT_EQ(manager.get(path).status, 404);
}

TEST_F(Duties, ACheckIsNotByWhoServesTheCustomer) {  // CUS-612
  const std::string one = customer(0);
  auto check = [&](const char* source, bool agrees, const char* note) {
    return JsonObject{{"customer", one}, {"source", source}, {"about", "月销售八十万元"},
                      {"day", today()},  {"agrees", agrees}, {"note", note}};
  };
  EXPECT_EQ(manager.post("/info-checks", check("他人走访", true, "")).status, 403);
  EXPECT_EQ(head.post("/info-checks", check("客户经理", true, "")).code(), "check.source");
  EXPECT_EQ(head.post("/info-checks", check("他人走访", false, "")).code(), "check.record");
  Reply made = head.post("/info-checks", check("他人走访", false, "只有三台机器在开"));
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/info-checks", made);
  Reply list = auditor.get("/info-checks");
  expect_shape("GET", "/info-checks", list);
  EXPECT_NE(list.text.find("只有三台机器在开"), std::string::npos);
  EXPECT_EQ(manager.get("/info-checks").status, 403) << "not who is checked";
  // Who may check others, but serves this customer.
  Browser both = bank.browser();
  const std::string once = bank.add_login("both_sides", bank.staff(Role::manager), {Role::branch_head});
  ASSERT_EQ(both.log_in("both_sides", once, "Duties-pass-2026").status, 200);
  Reply own = both.post("/info-checks", check("他人走访", true, ""));
  EXPECT_EQ(own.code(), "check.record");
  EXPECT_NE(own.text.find("核对的人管这户"), std::string::npos) << own.text;
}

TEST_F(Duties, ARequestIsAnsweredByWhoWasAskedAndRatedByWhoAsked) {  // ORG-645 CUS-610 CUS-316 PLN-301
  const std::string org = bank.facts->staff_org.at(bank.staff(Role::business));
  EXPECT_EQ(auditor.post("/service-requests", JsonObject{{"title", "x"}, {"text", "x"}, {"org", org}}).status,
            403);
  EXPECT_EQ(manager.post("/service-requests", JsonObject{{"title", "请派人"}, {"text", "同去谈授信"}}).code(),
            "service.org");
  EXPECT_EQ(manager.post("/service-requests", JsonObject{{"title", "请派人"}, {"text", " "}, {"org", org}}).code(),
            "service.text");
  Reply asked = manager.post(
      "/service-requests",
      JsonObject{
          {"title", "请派人同去谈授信"}, {"text", "周三上午，甲厂"}, {"org", org}, {"customer", customer(0)}});
  ASSERT_EQ(asked.status, 201) << asked.text;
  expect_shape("POST", "/service-requests", asked);
  EXPECT_GT(asked.at("until"), asked.at("day"));
  const std::string path = "/service-requests/" + asked.at("id");
  const JsonObject answer = {{"version", 1}, {"text", "王经理去"}};
  EXPECT_EQ(manager.post(path + "/answer", answer).code(), "service.answer");
  EXPECT_EQ(manager.post(path + "/rate", JsonObject{{"version", 1}, {"score", 5}}).code(), "service.rate");
  Reply answered = business.post(path + "/answer", answer);
  ASSERT_EQ(answered.status, 200) << answered.text;
  EXPECT_EQ(business.post(path + "/answer", JsonObject{{"version", 2}, {"text", "再答"}}).code(),
            "service.answer");
  EXPECT_EQ(manager.post(path + "/withdraw", JsonObject{{"version", 2}, {"reason", "x"}}).code(), "service.state");
  EXPECT_EQ(manager.post(path + "/rate", JsonObject{{"version", 2}, {"score", 2}}).code(), "service.rate")
      << "a low mark says why";
  Reply rated = manager.post(path + "/rate", JsonObject{{"version", 2}, {"score", 2}, {"reason", "拖了一周"}});
  ASSERT_EQ(rated.status, 200) << rated.text;
  expect_shape("POST", "/service-requests/{id}/rate", rated);
  EXPECT_EQ(rated.at("state"), "rated");
  expect_shape("GET", "/service-requests", business.get("/service-requests?box=asked"));
  // CUS-316: a question about a customer finds whoever serves it.
  Reply routed = business.post("/service-requests",
                               JsonObject{{"title", "客户问存款"}, {"text", "请回电"}, {"customer", customer(0)}});
  ASSERT_EQ(routed.status, 201) << routed.text;
  EXPECT_EQ(routed.at("to"), bank.staff(Role::manager));
  EXPECT_EQ(
      manager
          .post("/service-requests/" + routed.at("id") + "/answer", JsonObject{{"version", 1}, {"text", "已回"}})
          .status,
      200);
}

}  // namespace
}  // namespace guanhu::api::testing
