// Own fields, cards, prospects, bulk imports, kept lists and a customer's page over HTTP: who sees and writes
// what.
#include <algorithm>

#include "base/identity.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

// A customer of the manager, and one who is not.
std::string customer_of(Role role, bool inside) {
  TestBank& bank = TestBank::get();
  const Sight sight = bank.facts->sight(bank.staff(role), people::Scope::own, "2025-12-31");
  for (const auto& [id, org] : bank.facts->customer_org)
    if ((sight.customers.count(id) != 0) == inside) return id;
  return "";
}

Json field(const std::string& title, const std::string& type = "text") {
  return JsonObject{{"title", title}, {"type", type}, {"of", "all"}};
}
int64_t number(const Json& body, const char* name) { return *body.find(name)->as_number()->to_int64(); }
Json whole(int64_t n) { return Json(n); }

Json card(int64_t version, JsonObject body) {
  return JsonObject{{"version", whole(version)}, {"body", std::move(body)}};
}
int64_t card_version(Browser& who, const std::string& id) {
  const Json body = who.get("/customers/" + id + "/card").body;
  const Json* there = body.find("card");
  return there->is_null() ? 0 : number(*there, "version");
}
Reply put_card(Browser& who, const std::string& id, JsonObject body) {
  return who.send("PUT", "/customers/" + id + "/card", card(card_version(who, id), std::move(body)).dump());
}

TEST(Intake, AFieldIsMadeFilledFoundAndRetired) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager);
  EXPECT_EQ(manager.post("/customer-fields", field("经营品种")).status, 403);
  Reply made = business.post("/customer-fields", field("养殖规模", "number"));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(business.post("/customer-fields", field("养殖规模")).status, 422);
  const std::string id = made.at("id"), mine = customer_of(Role::manager, true);
  Reply wrong = put_card(manager, mine, {{"custom", JsonObject{{id, "很多"}}}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.text.find("/body/custom/" + id), std::string::npos) << wrong.text;
  Reply right = put_card(manager, mine, {{"custom", JsonObject{{id, "1,200"}}}, {"hobbies", "钓鱼"}});
  ASSERT_EQ(right.status, 200) << right.text;
  EXPECT_EQ(right.at("card.body.custom." + id), "1200");
  Reply found = manager.get("/customers?where=" + id + ":from:1200&with=" + id);
  ASSERT_EQ(found.status, 200) << found.text;
  EXPECT_EQ(number(found.body, "total"), 1);
  EXPECT_NE(found.text.find("\"" + id + "\": \"1200\""), std::string::npos) << found.text;
  EXPECT_EQ(number(manager.get("/customers?where=" + id + ":from:1201").body, "total"), 0);
  EXPECT_EQ(manager.get("/customers?where=" + id + ":from:x").status, 400);
  EXPECT_EQ(manager.get("/customers?where=999999:has").status, 400);
  Reply gone = business.post(
      "/customer-fields/" + id + "/retire",
      JsonObject{{"version", number(made.body, "version")}, {"retired", true}, {"reason", "不再统计"}});
  ASSERT_EQ(gone.status, 200) << gone.text;
  Reply shown = manager.get("/customers/" + mine + "/card");
  EXPECT_EQ(shown.text.find("养殖规模"), std::string::npos);
  // Its value is still there when it is back.
  put_card(manager, mine, {{"hobbies", "下棋"}});
  Reply back = business.post(
      "/customer-fields/" + id + "/retire",
      JsonObject{{"version", number(gone.body, "version")}, {"retired", false}, {"reason", "又要了"}});
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(manager.get("/customers/" + mine + "/card").at("card.body.custom." + id), "1200");
}

TEST(Intake, WhatIsForSomeRolesIsForThemOnly) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager);
  Json secret = field("风险提示");
  secret.as_object()->emplace_back("roles", JsonArray{"business", "risk_manager"});
  Reply made = business.post("/customer-fields", secret);
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string id = made.at("id"), mine = customer_of(Role::manager, true);
  ASSERT_EQ(
      put_card(business, mine, {{"custom", JsonObject{{id, "民间借贷传闻"}}}, {"place", "桥头第三家"}}).status,
      200);
  EXPECT_EQ(manager.get("/customer-fields").text.find("风险提示"), std::string::npos);
  EXPECT_EQ(manager.get("/customers/" + mine + "/card").text.find("民间借贷"), std::string::npos);
  EXPECT_EQ(manager.get("/customers?where=" + id + ":has").status, 400);
  const std::string record = manager.get("/customers/" + mine + "/card").at("card.id");
  EXPECT_EQ(manager.get("/records/customer_card/" + record + "/versions").status, 404);
  EXPECT_EQ(business.get("/records/customer_card/" + record + "/versions").status, 200);
  // Who does not see it does not wipe it out.
  ASSERT_EQ(put_card(manager, mine, {{"place", "桥头第四家"}}).status, 200);
  EXPECT_EQ(business.get("/customers/" + mine + "/card").at("card.body.custom." + id), "民间借贷传闻");
}

TEST(Intake, CardsAreWrittenByWhoServesTheCustomer) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = customer_of(Role::manager, true), other = customer_of(Role::manager, false);
  EXPECT_EQ(manager.get("/customers/" + other + "/card").status, 404);
  EXPECT_EQ(put_card(manager, mine, {{"lat", "200"}, {"lon", "1"}}).status, 422);
  EXPECT_EQ(bank.as(Role::auditor).send("PUT", "/customers/" + mine + "/card", card(0, {}).dump()).status, 403);
  const int64_t seen = card_version(manager, mine);
  ASSERT_EQ(manager.send("PUT", "/customers/" + mine + "/card", card(seen, {{"hobbies", "唱戏"}}).dump()).status,
            200);
  Reply late = manager.send("PUT", "/customers/" + mine + "/card", card(seen, {{"hobbies", "打牌"}}).dump());
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.code(), "record.changed");
}

std::string sheet(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) out += row[i] + (i + 1 < row.size() ? "," : "\n");
  return out;
}
Reply upload(Browser& who, const std::string& what, const std::string& bytes) {
  return who.send("POST", "/customer-imports?what=" + what + "&name=t.csv", bytes, {}, "application/octet-stream");
}
Reply step(Browser& who, const Reply& import, const char* what, JsonObject more) {
  more.emplace_back("version", number(*import.body.find("import"), "version"));
  return who.post("/customer-imports/" + import.at("import.id") + "/" + what, more);
}

TEST(Intake, ATableIsTriedWrittenAndTakenBack) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = customer_of(Role::manager, true), other = customer_of(Role::manager, false);
  EXPECT_EQ(upload(bank.as(Role::auditor), "cards", "客户号\n").status, 403);
  EXPECT_EQ(upload(manager, "cards", "客户号,爱好\n").code(), "intake.rows");
  const std::string before = manager.get("/customers/" + mine + "/card").at("card.body.hobbies");
  Reply tried = upload(manager, "cards", sheet({{"客户号", "喜好"}, {mine, "养花"}, {other, "养花"}}));
  ASSERT_EQ(tried.status, 200) << tried.text;
  EXPECT_EQ(tried.at("import.body.counts.refused"), "1");  // the customer of others
  EXPECT_EQ(tried.at("import.body.counts.same"), "1");     // nothing to do: 喜好 is no column of ours yet
  Reply mapped =
      step(manager, tried, "check", {{"columns", JsonArray{"customer", "hobbies"}}, {"keep_as", "支行表"}});
  ASSERT_EQ(mapped.status, 200) << mapped.text;
  EXPECT_NE(manager.get("/customer-imports/columns?what=cards").text.find("支行表"), std::string::npos);
  EXPECT_EQ(step(manager, mapped, "perform", {{"skip_refused", false}}).code(), "intake.refused");
  EXPECT_EQ(manager.get("/customers/" + mine + "/card").at("card.body.hobbies"), before);
  Reply done = step(manager, mapped, "perform", {{"skip_refused", true}});
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(manager.get("/customers/" + mine + "/card").at("card.body.hobbies"), "养花");
  const std::string id = done.at("import.id");
  EXPECT_EQ(bank.as(Role::business).get("/customer-imports/" + id).status, 200);
  Reply refused = manager.get("/customer-imports/" + id + "/rows?outcome=refused");
  EXPECT_NE(refused.text.find("A3"), std::string::npos) << refused.text;
  EXPECT_EQ(manager.get("/customer-imports/" + id + "/rows.xlsx").text.substr(0, 2), "PK");
  Reply undone = step(manager, done, "undo", {{"reason", "表拿错了"}});
  ASSERT_EQ(undone.status, 200) << undone.text;
  EXPECT_EQ(undone.at("import.state"), "undone");
  EXPECT_EQ(manager.get("/customers/" + mine + "/card").at("card.body.hobbies"), before);
  EXPECT_NE(bank.as(Role::auditor).get("/audit?action=customer_import.undo").text.find("customer_import"),
            std::string::npos);
}

TEST(Intake, RelationsAreTriedWrittenAndTakenBack) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = customer_of(Role::manager, true), other = customer_of(Role::manager, false);
  EXPECT_EQ(upload(bank.as(Role::auditor), "relations", "客户号\n").status, 403);
  auto known = [&] {
    return manager.get("/customers/" + mine + "/relations").text.find("导入的供货商") != std::string::npos;
  };
  // The last but one names a customer of others: told as if there were none.
  Reply tried = upload(manager, "relations",
                       sheet({{"客户号", "关系", "关系人客户号", "关系人名称", "起日", "从哪里知道"},
                              {mine, "供货商", "", "导入的供货商", "2020-05-01", "走访"},
                              {mine, "购货商", other, "", "2020-05-01", "走访"},
                              {other, "供货商", "", "导入的供货商", "2020-05-01", "走访"}}));
  ASSERT_EQ(tried.status, 200) << tried.text;
  EXPECT_EQ(tried.at("import.body.counts.new"), "1") << tried.text;
  EXPECT_EQ(tried.at("import.body.counts.refused"), "2");
  EXPECT_FALSE(known());
  EXPECT_EQ(step(manager, tried, "perform", {{"skip_refused", false}}).code(), "intake.refused");
  Reply done = step(manager, tried, "perform", {{"skip_refused", true}});
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_TRUE(known());
  Reply undone = step(manager, done, "undo", {{"reason", "表拿错了"}});
  ASSERT_EQ(undone.status, 200) << undone.text;
  EXPECT_EQ(undone.at("import.state"), "undone");
  EXPECT_FALSE(known());
  EXPECT_EQ(manager.get("/customer-imports/template.xlsx?what=relations").text.substr(0, 2), "PK");
}

TEST(Intake, ManyRowsAreAJob) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  std::vector<std::vector<std::string>> rows = {{"姓名或名称", "类型", "来源"}};
  for (int i = 0; i < 1'001; ++i) rows.push_back({"准客户" + std::to_string(i), "个人", "赶集日摆摊"});
  const int64_t before = number(business.get("/prospects?page_size=1").body, "total");
  Reply tried = upload(business, "prospects", sheet(rows));
  ASSERT_EQ(tried.status, 200) << tried.text;
  Reply job = finished(business, tried.at("job.id"));
  ASSERT_EQ(job.at("state"), "done") << job.text;
  const std::string id = job.at("result.import");
  Reply import = business.get("/customer-imports/" + id);
  EXPECT_EQ(import.at("body.counts.new"), "1001");
  Reply started = business.post("/customer-imports/" + id + "/perform",
                                JsonObject{{"version", number(import.body, "version")}, {"skip_refused", false}});
  job = finished(business, started.at("job.id"));
  ASSERT_EQ(job.at("state"), "done") << job.text;
  EXPECT_EQ(number(business.get("/prospects?page_size=1").body, "total"), before + 1'001);
  import = business.get("/customer-imports/" + id);
  started = business.post("/customer-imports/" + id + "/undo",
                          JsonObject{{"version", number(import.body, "version")}, {"reason", "只是试一试"}});
  job = finished(business, started.at("job.id"));
  ASSERT_EQ(job.at("state"), "done") << job.text;
  EXPECT_EQ(number(business.get("/prospects?page_size=1").body, "total"), before);
}

TEST(Intake, AProspectIsKnownWhenHeIsACustomer) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string number = base::complete_resident_id("43010219910203004").value();
  auto ask = [](const std::string& id_no) {
    return JsonObject{{"name", "周八"},
                      {"body", JsonObject{{"kind", "person"}, {"id_no", id_no}, {"business", "卖菜"}}}};
  };
  EXPECT_EQ(manager.post("/prospects", ask("430102199102030041")).status, 422);
  Reply made = manager.post("/prospects", ask(number));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.text.find(number), std::string::npos);
  EXPECT_EQ(manager.post("/prospects", ask(number)).code(), "prospect.known");
  const std::string id = made.at("id"), mine = customer_of(Role::manager, true);
  auto state = [&](JsonObject body, const Reply& of) {
    body.emplace_back("version", *of.body.find("version"));
    return manager.post("/prospects/" + id + "/state", body);
  };
  EXPECT_EQ(state({{"state", "matched"}, {"customer", customer_of(Role::manager, false)}}, made).status, 422);
  EXPECT_EQ(state({{"state", "lost"}}, made).status, 422);
  Reply matched = state({{"state", "matched"}, {"customer", mine}}, made);
  ASSERT_EQ(matched.status, 200) << matched.text;
  EXPECT_EQ(matched.at("customer"), mine);
  Reply open = state({{"state", "open"}, {"reason", "认错人了"}}, matched);
  EXPECT_EQ(open.status, 200) << open.text;
}

TEST(Intake, ListsAreKeptAndLeaveTheHouseRecorded) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  JsonObject kept = {{"title", "有贷户"},
                     {"query", JsonObject{{"loans_from", "1"}}},
                     {"columns", JsonArray{}},
                     {"shared", false}};
  Reply made = manager.post("/customer-views", kept);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(head.get("/customer-views").text.find("有贷户"), std::string::npos);
  kept.back().second = true;
  ASSERT_EQ(manager.post("/customer-views", kept).status, 200);
  EXPECT_NE(head.get("/customer-views").text.find("有贷户"), std::string::npos);
  EXPECT_EQ(head.send("DELETE", "/customer-views/" + made.at("id")).status, 404);
  EXPECT_EQ(manager.send("DELETE", "/customer-views/" + made.at("id")).status, 200);
  Reply all = manager.get("/customers?loans_from=1");
  for (const Json& one : *all.body.find("items")->as_array())
    EXPECT_NE(*one.find("loans_total")->as_string(), "0.00");
  EXPECT_EQ(manager.get("/customers?loans_from=x").status, 400);
  Reply file = manager.get("/customers.xlsx?loans_from=1&sort=-loans_total");
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(file.text.substr(0, 2), "PK");
  EXPECT_EQ(manager.get("/customers.xlsx?sort=nothing").status, 400);
  EXPECT_EQ(bank.as(Role::risk_manager).get("/customers.xlsx").status, 403);
  EXPECT_NE(bank.as(Role::auditor).get("/audit?action=customers.export").text.find("loans_from=1"),
            std::string::npos);
}

TEST(Intake, TheTimeLineTellsEverythingInOrder) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = customer_of(Role::manager, true);
  ASSERT_EQ(put_card(manager, mine, {{"remark", "时间线"}}).status, 200);
  Reply all = manager.get("/customers/" + mine + "/timeline?page_size=500");
  ASSERT_EQ(all.status, 200) << all.text;
  std::string before = "9999";
  std::set<std::string> groups;
  for (const Json& one : *all.body.find("items")->as_array()) {
    EXPECT_LE(*one.find("day")->as_string(), before);
    before = *one.find("day")->as_string();
    groups.insert(*one.find("group")->as_string());
  }
  EXPECT_TRUE(groups.count("account") && groups.count("manager") && groups.count("card")) << all.text;
  Reply some = manager.get("/customers/" + mine + "/timeline?group=manager");
  EXPECT_LT(number(some.body, "total"), number(all.body, "total"));
  EXPECT_EQ(some.at("groups.card"), all.at("groups.card"));
}

}  // namespace
}  // namespace guanhu::api::testing
