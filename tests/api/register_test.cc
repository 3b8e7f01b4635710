// The customer register over HTTP: who may, what two people are needed for, that figures are counted once.
#include "bank.h"
#include "customers/merge.h"
#include "records/records.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

// Customers of the kind that the manager sees, with their deposits.
std::vector<Json> customers_of(Role role, const std::string& kind) {
  Reply list = TestBank::get().as(role).get("/customers?kind=" + kind + "&page_size=40");
  EXPECT_EQ(list.status, 200) << list.text;
  return *list.body.find("items")->as_array();
}
std::string text(const Json& of, const char* member) {
  const Json* value = of.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}
base::Decimal money(const Reply& of, const char* member) { return *base::Decimal::parse(of.at(member)); }
std::string number(const Reply& of, const char* member) { return of.at(member); }

JsonObject merge_body(const std::string& survivor, const std::string& absorbed) {
  return {{"survivor", survivor}, {"absorbed", absorbed}, {"why", "同一个人"}};
}

// The pack refuses two identity numbers; a pair of the bank without that is made by taking the number away.
TEST(Register, APairWithTwoIdentityNumbersIsNotMerged) {
  TestBank& bank = TestBank::get();
  const auto persons = customers_of(Role::manager, "person");
  ASSERT_GT(persons.size(), 2u);
  const std::string one = text(persons[0], "id"), other = text(persons[1], "id");
  Browser& manager = bank.as(Role::manager);
  EXPECT_EQ(bank.as(Role::auditor).post("/customer-merges", merge_body(one, other)).status, 403);
  EXPECT_EQ(manager.post("/customer-merges", merge_body(one, "nobody")).code(), "merge.customer");
  EXPECT_EQ(manager.post("/customer-merges", merge_body(one, other)).code(), "merge.check");
}

TEST(Register, AMergedNumberLeadsToTheOtherAndItsFiguresCountOnce) {
  TestBank& bank = TestBank::get();
  const auto persons = customers_of(Role::manager, "person");
  const std::string one = text(persons[2], "id"), other = text(persons[3], "id");
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  const Reply a = manager.get("/customers/" + one), b = manager.get("/customers/" + other);
  // The pack stands in the way of the handler; the module is asked directly, as an earlier pack let it be.
  auto store = bank.app->services().store();
  auto merge = customers::propose_merge(*store, {one, other, "同一个人"}, {"walker", bank.clock.now(), {}});
  ASSERT_TRUE(merge.ok());
  const std::string id = std::to_string(merge->id);
  EXPECT_EQ(manager.get("/customers/" + other).at("id"), other);
  EXPECT_EQ(manager.post("/customer-merges/" + id + "/decide", JsonObject{{"accept", true}, {"why", ""}}).status,
            403);
  EXPECT_EQ(head.post("/customer-merges/" + id + "/decide", JsonObject{{"accept", false}, {"why", " "}}).status,
            422);
  const Reply agreed =
      head.post("/customer-merges/" + id + "/decide", JsonObject{{"accept", true}, {"why", "核对过"}});
  ASSERT_EQ(agreed.status, 200) << agreed.text;
  EXPECT_EQ(head.post("/customer-merges/" + id + "/decide", JsonObject{{"accept", true}, {"why", ""}}).status,
            409);
  const Reply both = manager.get("/customers/" + other);
  EXPECT_EQ(both.at("id"), one);
  EXPECT_EQ(money(both, "deposits"), *base::Decimal::add(money(a, "deposits"), money(b, "deposits")));
  EXPECT_EQ(both.body.find("accounts")->as_array()->size(),
            a.body.find("accounts")->as_array()->size() + b.body.find("accounts")->as_array()->size());
  // In the list there is one of them, with the figures of both; the old number still finds it.
  const Reply found = manager.get("/customers?q=" + other);
  ASSERT_EQ(found.at("total"), "1") << found.text;
  const Json& row = found.body.find("items")->as_array()->front();
  EXPECT_EQ(text(row, "id"), one);
  EXPECT_EQ(*base::Decimal::parse(text(row, "deposits")), money(both, "deposits"));
  EXPECT_EQ(manager.get("/customers/" + other + "/identity").at("canonical"), one);
  EXPECT_EQ(manager.get("/customers?q=" + one).at("total"), "1") << "no line of its own";
  // A visit to the number that is no more is a visit to the customer.
  records::Change visit;
  visit.record.kind = "visit", visit.record.state = "done", visit.record.customer = other;
  visit.record.day = base::Date::parse("2025-12-24"), visit.record.title = "走访", visit.action = "visit.record";
  visit.record.owner = manager.get("/session").at("staff_id");
  auto visited = records::write(*store, visit, {"walker", bank.clock.now(), {}});
  ASSERT_TRUE(visited.ok());
  const Reply listed = manager.get("/customers?q=" + one + "&visited_since=2025-12-24");
  ASSERT_EQ(listed.at("total"), "1") << listed.text;
  EXPECT_EQ(listed.at("items.0.last_visit"), "2025-12-24");
  EXPECT_EQ(manager.get("/customers?q=" + one).at("items.0.last_visit"), "2025-12-24");
  const Reply line = manager.get("/customers/" + one + "/timeline?group=visit");
  EXPECT_NE(line.text.find("2025-12-24"), std::string::npos) << line.text;
  ASSERT_TRUE(
      records::remove(*store, visited->id, visited->version, "visit.remove", "", {"walker", bank.clock.now(), {}})
          .ok());
  // The card hangs on the number that stands.
  EXPECT_EQ(manager.get("/customers/" + other + "/card").text, manager.get("/customers/" + one + "/card").text);
  // Taken back, everything is as before.
  EXPECT_EQ(head.post("/customer-merges/" + id + "/undo", JsonObject{{"why", ""}}).status, 422);
  EXPECT_EQ(head.post("/customer-merges/" + id + "/undo", JsonObject{{"why", "是两个人"}}).status, 200);
  EXPECT_EQ(manager.get("/customers/" + one).text, a.text);
  EXPECT_EQ(manager.get("/customers/" + other).text, b.text);
}

TEST(Register, DuplicatesAreLookedForByWhoMayCheck) {
  TestBank& bank = TestBank::get();
  EXPECT_EQ(bank.as(Role::manager).post("/customer-duplicates/find", JsonObject{}).status, 403);
  const Reply found = bank.as(Role::business).post("/customer-duplicates/find", JsonObject{});
  ASSERT_EQ(found.status, 200) << found.text;
  const Reply list = bank.as(Role::business).get("/customer-duplicates?page_size=500");
  EXPECT_EQ(list.at("total"), found.at("found"));
}

TEST(Register, RelationsAreWrittenChangedAndTakenOut) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string id = text(customers_of(Role::manager, "person")[4], "id");
  JsonObject relation{{"related_name", "李桂兰"},
                      {"kind", "cohabitant"},
                      {"from", "2025-01-01"},
                      {"source", "走访"},
                      {"reason", "客户自己说的"}};
  auto with = [&](const char* member, Json value) {
    JsonObject out = relation;
    std::erase_if(out, [&](const auto& m) { return m.first == member; });
    out.emplace_back(member, std::move(value));
    return manager.post("/customers/" + id + "/relations", out);
  };
  EXPECT_EQ(with("kind", "friend").code(), "relation.kind");
  EXPECT_EQ(with("kind", "group_member").code(), "relation.kind");
  EXPECT_EQ(with("related_name", "").code(), "relation.customer");
  EXPECT_EQ(with("related", id).code(), "relation.customer");
  EXPECT_EQ(with("related", "nobody").code(), "relation.customer");
  EXPECT_EQ(with("kind", "shareholder").code(), "relation.share");
  EXPECT_EQ(with("share", "30").code(), "relation.share");
  EXPECT_EQ(with("to", "2024-12-31").code(), "relation.days");
  EXPECT_EQ(with("source", " ").code(), "relation.source");
  EXPECT_EQ(with("reason", " ").code(), "relation.reason");
  EXPECT_EQ(bank.as(Role::auditor).post("/customers/" + id + "/relations", relation).status, 403);
  const Reply made = manager.post("/customers/" + id + "/relations", relation);
  ASSERT_EQ(made.status, 200) << made.text;
  const Reply graph = manager.get("/customers/" + id + "/relations");
  EXPECT_NE(graph.text.find("=李桂兰"), std::string::npos);
  JsonObject changed = relation;
  changed.emplace_back("version", 7);
  const std::string at = "/customer-relations/" + made.at("record");
  EXPECT_EQ(manager.send("PUT", at, Json(changed).dump()).status, 409);
  changed.back().second = Json(1);
  EXPECT_EQ(manager.send("PUT", at, Json(changed).dump()).status, 200);
  EXPECT_EQ(manager.post(at + "/remove", JsonObject{{"version", 2}, {"why", "写错了"}}).status, 200);
  EXPECT_EQ(manager.post(at + "/remove", JsonObject{{"version", 3}, {"why", "写错了"}}).status, 404);
  EXPECT_EQ(manager.get("/customers/" + id + "/relations").text.find("=李桂兰"), std::string::npos);
}

TEST(Register, AHouseholdHasOneHeadAndSumsItsMembers) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const auto persons = customers_of(Role::manager, "person");
  const std::string one = text(persons[5], "id"), other = text(persons[6], "id");
  auto body = [&](const char* role, const std::string& second) {
    return JsonObject{
        {"form", "household"},
        {"name", "一家"},
        {"members", JsonArray{JsonObject{{"customer", one}, {"role", "head"}, {"from", "2020-01-01"}},
                              JsonObject{{"customer", second}, {"role", role}, {"from", "2020-01-01"}}}}};
  };
  EXPECT_EQ(manager.post("/customer-groups", body("head", other)).code(), "group.head");
  EXPECT_EQ(manager.post("/customer-groups", body("subsidiary", other)).code(), "group.role");
  EXPECT_EQ(manager.post("/customer-groups", body("spouse", one)).code(), "group.members");
  EXPECT_EQ(manager.post("/customer-groups", body("spouse", "nobody")).code(), "group.members");
  const Reply made = manager.post("/customer-groups", body("spouse", other));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(money(made, "deposits"), *base::Decimal::add(*base::Decimal::parse(text(persons[5], "deposits")),
                                                         *base::Decimal::parse(text(persons[6], "deposits"))));
  // One lives in one household on a day.
  EXPECT_EQ(manager.post("/customer-groups", body("spouse", text(persons[7], "id"))).code(), "group.taken");
  const std::string at = "/customer-groups/" + made.at("id");
  EXPECT_EQ(manager.post(at + "/remove", JsonObject{{"version", 1}, {"why", ""}}).status, 422);
  EXPECT_EQ(manager.post(at + "/remove", JsonObject{{"version", 1}, {"why", "分家了"}}).status, 200);
  EXPECT_EQ(manager.get(at).status, 404);
}

// CUS-311: farmers guarantee for each other in one group at a time, at least two of them, with one leader.
TEST(Register, AJointGuaranteeGroupIsOfFarmers) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  std::vector<std::string> farmers, others;
  for (const Json& one : customers_of(Role::manager, "person")) {
    const Json* farmer = one.find("is_farmer");
    (farmer && farmer->as_bool() && *farmer->as_bool() ? farmers : others).push_back(text(one, "id"));
  }
  ASSERT_GT(farmers.size(), 2u);
  auto body = [&](const std::vector<std::string>& members, const char* second) {
    JsonArray list;
    for (const auto& id : members)
      list.push_back(
          JsonObject{{"customer", id}, {"role", list.empty() ? "lead" : second}, {"from", "2024-03-01"}});
    return JsonObject{{"form", "joint"}, {"name", "李庄一组"}, {"members", std::move(list)}};
  };
  EXPECT_EQ(manager.post("/customer-groups", body({farmers[0]}, "member")).code(), "group.members");
  EXPECT_EQ(manager.post("/customer-groups", body({farmers[0], farmers[1]}, "lead")).code(), "group.head");
  if (!others.empty())
    EXPECT_EQ(manager.post("/customer-groups", body({farmers[0], others[0]}, "member")).code(), "group.farmer");
  const Reply made = manager.post("/customer-groups", body({farmers[0], farmers[1]}, "member"));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(manager.post("/customer-groups", body({farmers[2], farmers[1]}, "member")).code(), "group.taken");
  EXPECT_NE(manager.get("/customers/" + farmers[1] + "/groups").text.find("李庄一组"), std::string::npos);
  EXPECT_EQ(
      manager.post("/customer-groups/" + made.at("id") + "/remove", JsonObject{{"version", 1}, {"why", "走完了"}})
          .status,
      200);
}

// A customer out of reach is a name in a group: no number, no figures, no versions that name them; and a change by
// who cannot see them leaves them in it.
TEST(Register, AMemberOutOfReachIsANameOnly) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  const std::string mine = text(customers_of(Role::manager, "person")[8], "id");
  std::string far;
  for (const Json& one : customers_of(Role::branch_head, "person"))
    if (far.empty() && manager.get("/customers/" + text(one, "id")).status == 404) far = text(one, "id");
  ASSERT_FALSE(far.empty()) << "the sample's branch has customers of other managers";
  auto member = [](const std::string& id, const char* role) {
    return JsonObject{{"customer", id}, {"role", role}, {"from", "2020-01-01"}};
  };
  const Reply made = head.post("/customer-groups",
                               JsonObject{{"form", "household"},
                                          {"name", "两家人"},
                                          {"members", JsonArray{member(mine, "head"), member(far, "spouse")}}});
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string id = made.at("id"), at = "/customer-groups/" + id,
                    versions = "/records/customer_group/" + id + "/versions";
  const Reply seen = manager.get(at);
  ASSERT_EQ(seen.status, 200) << seen.text;
  EXPECT_EQ(seen.at("members.1.id"), "~1");
  EXPECT_EQ(seen.text.find(far), std::string::npos);
  EXPECT_EQ(manager.get(versions).status, 404);
  EXPECT_EQ(head.get(versions).status, 200);
  const Reply changed =
      manager.send("PUT", at,
                   Json(JsonObject{{"version", 1},
                                   {"form", "household"},
                                   {"name", "两家人"},
                                   {"why", "改备注"},
                                   {"note", "同住"},
                                   {"members", JsonArray{member(mine, "head"), member("~1", "spouse")}}})
                       .dump());
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(head.get(at).at("members.1.id"), far);
}

// CUS-323, CUS-324: 支持类 takes all seven conditions; 限制类 stands against new credit with its article.
TEST(Register, ACategoryIsComputedProposedConfirmedAndStandsAgainstCredit) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  std::string id;
  for (const Json& one : customers_of(Role::manager, "person")) {
    const Reply view = manager.get("/customers/" + text(one, "id") + "/categories");
    if (view.text.find("\"loan\"") != std::string::npos) id = text(one, "id");
    if (!id.empty()) break;
  }
  ASSERT_FALSE(id.empty()) << "no borrower among the manager's customers";
  const std::string at = "/customers/" + id + "/categories";
  auto asked = [](const char* category, const char* why) {
    return JsonObject{{"scheme", "loan"}, {"category", category}, {"why", why}};
  };
  EXPECT_EQ(manager.post(at, asked("好客户", "好")).code(), "category.value");
  EXPECT_EQ(manager.post(at, asked("维持类", "")).code(), "category.reason");
  EXPECT_EQ(manager.post(at, asked("支持类", "条件都好")).code(), "category.check");
  const Reply proposed = manager.post(at, asked("限制类", "主要购货商欠款"));
  ASSERT_EQ(proposed.status, 200) << proposed.text;
  EXPECT_EQ(proposed.at("state"), "proposed");
  EXPECT_EQ(manager.post(at, asked("退出类", "再看")).code(), "category.waits");
  const std::string decide = "/customer-categories/" + number(proposed, "record") + "/decide";
  const JsonObject yes{{"version", 1}, {"accept", true}, {"why", "同意"}};
  EXPECT_EQ(manager.post(decide, yes).status, 403);
  EXPECT_EQ(head.post(decide, JsonObject{{"version", 1}, {"accept", true}, {"why", ""}}).status, 422);
  ASSERT_EQ(head.post(decide, yes).status, 200);
  EXPECT_EQ(head.post(decide, yes).status, 409);
  const Reply after = manager.get(at);
  EXPECT_NE(after.text.find("限制类客户，不增加授信"), std::string::npos) << after.text;
  EXPECT_NE(after.text.find("CUS-323"), std::string::npos);
  EXPECT_NE(manager.get("/customer-categories?scheme=loan&category=%E9%99%90%E5%88%B6%E7%B1%BB").text.find(id),
            std::string::npos);
}

// CUS-304: evidence to be put on it, two people to leave it.
TEST(Register, TheListOfBadCreditTakesEvidenceAndTwoPeople) {
  TestBank& bank = TestBank::get();
  Browser &risk = bank.as(Role::risk_manager), &business = bank.as(Role::business);
  const Reply file =
      risk.send("POST", "/files?name=judgment.txt&type=text/plain", "判决书", {}, "application/octet-stream");
  ASSERT_EQ(file.status, 200) << file.text;
  JsonObject entry{
      {"name", "赵广发"}, {"id_no", "11010519491231002x"}, {"cause", "court"},    {"reason", "失信被执行"},
      {"source", "公告"}, {"since", "2025-06-01"},         {"files", JsonArray{}}};
  EXPECT_EQ(bank.as(Role::manager).post("/bad-credit", entry).status, 403);
  EXPECT_EQ(risk.post("/bad-credit", entry).code(), "bad.evidence");
  entry.back().second = JsonArray{file.at("digest")};
  const Reply listed = risk.post("/bad-credit", entry);
  ASSERT_EQ(listed.status, 200) << listed.text;
  EXPECT_EQ(listed.text.find("11010519491231002"), std::string::npos) << "the number is shown";
  EXPECT_EQ(risk.post("/bad-credit", entry).code(), "bad.listed");
  auto hits = [&](const char* number) {
    return bank.as(Role::manager).post("/bad-credit/check", JsonObject{{"id_no", number}});
  };
  EXPECT_NE(hits("11010519491231002X").text.find("赵广发"), std::string::npos);
  EXPECT_EQ(hits("440524188001010014").text.find("赵广发"), std::string::npos);
  const std::string at = "/bad-credit/" + listed.at("record");
  const JsonObject yes{{"version", 2}, {"accept", true}, {"why", "履行完毕"}};
  EXPECT_EQ(business.post(at + "/decide-removal", yes).status, 409);
  ASSERT_EQ(risk.post(at + "/ask-removal", JsonObject{{"version", 1}, {"why", "履行完毕"}}).status, 200);
  EXPECT_EQ(risk.post(at + "/decide-removal", yes).code(), "bad.self");
  EXPECT_NE(hits("11010519491231002X").text.find("赵广发"), std::string::npos) << "still on it until decided";
  ASSERT_EQ(business.post(at + "/decide-removal", yes).status, 200);
  EXPECT_EQ(hits("11010519491231002X").text.find("赵广发"), std::string::npos);
}

// CUS-309: filed, reviewed and approved by three persons, before credit.
TEST(Register, FirstAccessTakesThreePersons) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &business = bank.as(Role::business);
  const auto companies = customers_of(Role::branch_head, "company");
  ASSERT_FALSE(companies.empty());
  const std::string at = "/customers/" + text(companies[0], "id") + "/first-access";
  const JsonObject given{{"曾有信贷关系", false}, {"仅作担保", false}, {"规模划型已确认", true}};
  const Reply form = head.get(at);
  ASSERT_EQ(form.status, 200) << form.text;
  EXPECT_EQ(form.body.find("asked")->as_array()->size(), 3u);
  EXPECT_EQ(head.post(at, JsonObject{{"given", given}, {"why", " "}}).status, 422);
  EXPECT_EQ(head.post(at, JsonObject{{"given", JsonObject{{"曾有信贷关系", "也许"}}}, {"why", "贷款"}}).code(),
            "access.answer");
  const Reply filed = head.post(at, JsonObject{{"given", given}, {"why", "想贷五十万元"}});
  ASSERT_EQ(filed.status, 200) << filed.text;
  EXPECT_EQ(filed.at("state"), "reviewing");
  EXPECT_EQ(head.post(at, JsonObject{{"given", given}, {"why", "想贷五十万元"}}).code(), "access.waits");
  const std::string step = "/first-access/" + number(filed, "id") + "/step";
  auto yes = [](int version) { return JsonObject{{"version", version}, {"accept", true}, {"why", "同意"}}; };
  EXPECT_EQ(bank.as(Role::manager).post(step, yes(1)).status, 403);
  EXPECT_EQ(head.post(step, yes(1)).code(), "access.self");
  ASSERT_EQ(business.post(step, yes(1)).at("state"), "deciding");
  EXPECT_EQ(business.post(step, yes(2)).code(), "access.self");
  const Reply approved = bank.as(Role::executive).post(step, yes(2));
  EXPECT_EQ(approved.at("state"), "approved") << approved.text;
  EXPECT_EQ(business.post(step, yes(3)).status, 409);
  // What was approved is known to the next question.
  EXPECT_NE(head.get(at).text.find("已批准"), std::string::npos);
}

TEST(Register, WhichDecisionsAreUsedIsTheBanksChoice) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  std::string seen = business.get("/customer-categories").at("plan");
  auto choose = [&](const char* decision) {
    return business.send("PUT", "/customer-categories/plan",
                         Json(JsonObject{{"decision", decision}, {"why", "本行的制度"}, {"seen", seen}}).dump());
  };
  EXPECT_EQ(choose("customer-register").code(), "plan.decision");
  EXPECT_EQ(choose("nothing/at-all").code(), "plan.decision");
  EXPECT_EQ(choose("customer-register/vip-level").code(), "plan.decision");
  EXPECT_EQ(choose("customer-register/register-plan").status, 200);
  seen = "sample/another";
  EXPECT_EQ(choose("customer-register/register-plan").code(), "record.changed") << "what one had seen is gone";
  EXPECT_EQ(bank.as(Role::manager).send("PUT", "/customer-categories/plan", "{}").status, 403);
}

// Last of these: afterwards every customer with loans has a proposal.
TEST(Register, CategoriesOfAllAreComputedAsAJobAndOnce) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  auto compute = [&](const char* scheme) {
    const Json body = JsonObject{{"scheme", scheme}};
    return finished(business, business.post("/customer-categories/compute?as=job", body).at("id"));
  };
  Reply refused = compute("walked");
  EXPECT_EQ(refused.at("state"), "failed");
  EXPECT_EQ(refused.at("error.where"), "scheme") << refused.text;
  const std::string scheme = business.get("/customer-categories?page_size=1").at("schemes.0.id");
  Reply first = compute(scheme.c_str()), again = compute(scheme.c_str());
  ASSERT_EQ(first.at("state"), "done") << first.text;
  EXPECT_NE(first.at("result.looked_at"), "0");
  // What was proposed waits, what was confirmed holds: nothing is kept twice.
  EXPECT_EQ(again.at("result.proposed"), "0") << again.text;
  EXPECT_EQ(again.at("result.confirmed"), "0") << again.text;
  EXPECT_EQ(again.at("result.looked_at"), first.at("result.looked_at"));
}

}  // namespace
}  // namespace guanhu::api::testing
