// Posts, teams, composed roles, delegations and leavings over HTTP: what is given counts at once and everywhere,
// what may not be held together is refused by its rule, nobody leaves with anything in hand.
#include "bank.h"
#include "contract.h"
#include "people/rights.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

std::string today() { return people::day_here(TestBank::get().clock.now()).str(); }
std::string later(int days) { return (people::day_here(TestBank::get().clock.now()) + days).str(); }

class Staff : public ::testing::Test {
 protected:
  void expect_shape(const char* method, const char* path, const Reply& r) {
    static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    for (const auto& fault : contract.faults(method, path, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << method << " " << path << ": " << fault << "\n" << r.text.substr(0, 800);
  }
  // A manager of the head's branch that has no login of the bank's own.
  std::string manager_of_branch(size_t which = 0) {
    const Sight sight = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
    for (const auto& [id, position] : bank.facts->staff_position)
      if (position == "manager" && sight.staff.count(id) && id != bank.staff(Role::manager) && which-- == 0)
        return id;
    return "";
  }
  std::string manager_elsewhere() {
    const Sight sight = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
    for (const auto& [id, position] : bank.facts->staff_position)
      if (position == "manager" && !sight.staff.count(id)) return id;
    return "";
  }
  Browser fresh(const std::string& login, const std::string& staff, Role role = Role::manager) {
    Browser out = bank.browser();
    EXPECT_EQ(out.log_in(login, bank.add_login(login, staff, {role}), "People-pass-2026").status, 200) << login;
    return out;
  }
  Reply give(const std::string& login, const std::string& role) {
    return admin.post("/role-gifts",
                      JsonObject{{"login", login}, {"role", role}, {"from", today()}, {"reason", "试用"}});
  }
  Reply compose(const std::string& role, const JsonObject& grants) {
    return admin.post("/composed-roles", JsonObject{{"role", role},
                                                    {"title", "角色 " + role},
                                                    {"purpose", "试用"},
                                                    {"permissions", grants},
                                                    {"reason", "试用"}});
  }

  TestBank& bank = TestBank::get();
  Browser &admin = bank.as(Role::administrator), &hr = bank.as(Role::hr), &head = bank.as(Role::branch_head),
          &manager = bank.as(Role::manager), &boss = bank.as(Role::executive);
};

TEST_F(Staff, TheRulesLetEveryBuiltInRoleBe) {  // ORG-636 ORG-637 ORG-638 ORG-641
  Reply rules = admin.get("/role-rules");
  expect_shape("GET", "/role-rules", rules);
  ASSERT_GE(rules.body.find("apart")->as_array()->size(), 5u);
  for (Role role : people::all_roles()) {
    const std::string name(people::role_name(role));
    Reply of = admin.get("/logins/" + name + "/rights");
    ASSERT_EQ(of.status, 200) << of.text;
    for (const Json& rule : *rules.body.find("apart")->as_array()) {
      int sides = 0;
      for (const char* side : {"a", "b"}) {
        bool held = false;
        for (const Json& right : *of.body.find("rights")->as_array())
          held =
              held || people::fits_pattern(*rule.find(side)->as_string(), *right.find("permission")->as_string());
        sides += held;
      }
      EXPECT_LT(sides, 2) << name << ": " << rule.dump();
    }
  }
  EXPECT_EQ(manager.get("/role-rules").status, 403);
  Reply own = manager.get("/rights");
  expect_shape("GET", "/rights", own);
  EXPECT_NE(own.text.find("客户经理"), std::string::npos) << "it says what gives it";
}

TEST_F(Staff, AComposedRoleCountsEverywhereAtOnce) {  // ORG-631
  const std::string staff = manager_of_branch();
  Browser one = fresh("composed", staff);
  EXPECT_EQ(one.get("/board?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12").status, 403);
  EXPECT_EQ(manager.post("/composed-roles", JsonObject{}).status, 403);
  EXPECT_EQ(compose("bad", {{"no.such", "bank"}}).status, 422);
  Reply clash = compose("bad", {{"import.run", "bank"}, {"run.seal", "bank"}});
  EXPECT_EQ(clash.status, 422);
  EXPECT_EQ(clash.code(), "role.apart");
  EXPECT_NE(clash.text.find("import.run 和 run.seal"), std::string::npos) << clash.text;
  Reply made = compose("desk_lead", {{"board.read", "branch"}, {"score.read", "branch"}});
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/composed-roles", made);
  expect_shape("GET", "/composed-roles", admin.get("/composed-roles"));
  expect_shape("GET", "/composed-roles/{role}", admin.get("/composed-roles/desk_lead"));
  Reply preview = admin.get("/logins/composed/rights?with=desk_lead");
  expect_shape("GET", "/logins/{login}/rights", preview);
  EXPECT_NE(preview.text.find("board.read"), std::string::npos);
  EXPECT_EQ(admin.get("/logins/composed/rights").text.find("board.read"), std::string::npos);
  EXPECT_EQ(hr.post("/role-gifts",
                    JsonObject{{"login", "composed"}, {"role", "desk_lead"}, {"from", today()}, {"reason", "x"}})
                .status,
            403);
  Reply given = give("composed", "desk_lead");
  ASSERT_EQ(given.status, 201) << given.text;
  expect_shape("POST", "/role-gifts", given);
  expect_shape("GET", "/role-gifts", admin.get("/role-gifts"));
  EXPECT_EQ(one.get("/board?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12").status, 200)
      << "the next request has it";
  EXPECT_EQ(one.get("/session").at("permissions.board.read"), "") << "members with a dot are looked up otherwise";
  EXPECT_NE(one.get("/session").text.find("\"board.read\": \"branch\""), std::string::npos)
      << one.get("/session").text;
  Reply colleague = one.get("/scores/" + bank.staff(Role::manager) +
                            "?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12");
  EXPECT_EQ(colleague.status, 200) << "in its scope";
  EXPECT_EQ(give("composed", "desk_lead").code(), "role.have");
  EXPECT_EQ(admin.post("/composed-roles/desk_lead/end", JsonObject{{"reason", "x"}}).code(), "role.held");
  ASSERT_EQ(admin.post("/role-gifts/" + given.at("id") + "/end", JsonObject{{"reason", "调岗"}}).status, 200);
  EXPECT_EQ(one.get("/board?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12").status, 403)
      << "and loses it";
  EXPECT_NE(bank.as(Role::auditor).get("/audit?action=role.give").text.find("desk_lead"), std::string::npos);
}

TEST_F(Staff, PowerNeedsASecondPerson) {  // ORG-641
  fresh("strong", manager_of_branch(1), Role::branch_head);
  ASSERT_EQ(compose("reader", {{"personal.read", "bank"}}).status, 201);
  Reply given = give("strong", "reader");
  ASSERT_EQ(given.at("state"), "waiting") << given.text;
  EXPECT_EQ(admin.post("/role-gifts/" + given.at("id") + "/decide", JsonObject{{"agrees", true}, {"reason", "x"}})
                .status,
            403);
  Reply waiting = hr.get("/role-gifts/waiting");
  expect_shape("GET", "/role-gifts/waiting", waiting);
  EXPECT_NE(waiting.text.find("\"strong\""), std::string::npos);
  EXPECT_EQ(
      hr.post("/role-gifts/" + given.at("id") + "/decide", JsonObject{{"agrees", true}, {"reason", " "}}).code(),
      "role.reason");
  Reply agreed =
      hr.post("/role-gifts/" + given.at("id") + "/decide", JsonObject{{"agrees", true}, {"reason", "同意"}});
  ASSERT_EQ(agreed.status, 200) << agreed.text;
  expect_shape("POST", "/role-gifts/{id}/decide", agreed);
  EXPECT_EQ(boss.post("/role-gifts/" + given.at("id") + "/decide", JsonObject{{"agrees", false}, {"reason", "x"}})
                .status,
            409);
  EXPECT_NE(admin.get("/logins/strong/rights").text.find("角色 reader"), std::string::npos);
  Reply built_in = admin.send(
      "PATCH", "/logins/strong",
      R"({"roles": ["branch_head", "executive"], "seen": {"roles": ["branch_head"], "disabled": false}})");
  EXPECT_EQ(built_in.status, 422);
  EXPECT_EQ(built_in.code(), "role.second") << built_in.text;
  EXPECT_EQ(admin
                .post("/logins", JsonObject{{"staff_id", manager_elsewhere()},
                                            {"login", "watcher"},
                                            {"roles", JsonArray{"auditor"}}})
                .code(),
            "role.second");
}

TEST_F(Staff, ATeamIsAScope) {  // ORG-635
  const std::string inside = manager_of_branch(2), far = manager_elsewhere();
  Browser lead = fresh("leader", inside);
  const std::string scores =
      "/scores/" + far + "?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12";
  EXPECT_EQ(lead.get(scores).status, 404);
  JsonObject ask = {
      {"name", "跨行小组"}, {"purpose", "服务连片种植户"}, {"goal", ""}, {"org", "HQ"}, {"from", today()},
      {"leader", inside},   {"members", JsonArray{far}}};
  EXPECT_EQ(manager.post("/teams", ask).status, 403);
  EXPECT_EQ(head.post("/teams", ask).code(), "team.org") << "not the head's organisation";
  Reply made = hr.post("/teams", ask);
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/teams", made);
  expect_shape("GET", "/teams", manager.get("/teams"));
  EXPECT_EQ(lead.get(scores).status, 404) << "being in a team gives nothing by itself";
  ASSERT_EQ(compose("team_lead", {{"score.read", "team"}, {"customer.read", "team"}}).status, 201);
  const std::string gift = give("leader", "team_lead").at("id");
  EXPECT_EQ(lead.get(scores).status, 200) << lead.get(scores).text;
  const Sight far_sight = bank.facts->sight(far, people::Scope::own, "2025-12-31");
  const Sight own_sight = bank.facts->sight(inside, people::Scope::own, "2025-12-31");
  std::set<std::string> both = far_sight.customers;
  both.insert(own_sight.customers.begin(), own_sight.customers.end());
  EXPECT_EQ(lead.get("/customers?page_size=1").at("total"), std::to_string(both.size())) << "theirs and no others";
  const std::string team = made.at("id");
  Reply left =
      hr.post("/teams/" + team + "/members/" + far + "/end", JsonObject{{"last", later(-1)}, {"reason", "退出"}});
  ASSERT_EQ(left.status, 200) << left.text;
  EXPECT_EQ(lead.get(scores).status, 404) << "at once";
  EXPECT_EQ(lead.get("/customers?page_size=1").at("total"), std::to_string(own_sight.customers.size()));
  EXPECT_EQ(hr.send("PUT", "/teams/" + team, R"({"version": 9, "name": "x", "purpose": "x", "org": "HQ"})").status,
            409);
  admin.post("/role-gifts/" + gift + "/end", JsonObject{{"reason", "x"}});
}

JsonObject loans_of_team(int64_t team) {
  return {{"scope", "team"},
          {"period", "2025"},
          {"team_id", team},
          {"items",
           JsonArray{JsonObject{
               {"kind", "count"}, {"title", "发放贷款"}, {"counted", "loans"}, {"unit", "笔"}, {"target", "4"}}}}};
}

// ORG-624 ORG-628 PLN-001: a plan of a team counts what its members do while they are in it; the leader sees each.
TEST_F(Staff, APlanOfATeamCountsItsMembersOnTheirDays) {
  const std::string mine = bank.staff(Role::manager), inside = manager_of_branch(4);
  Browser lead = fresh("planleader", inside), other = fresh("planother", manager_elsewhere());
  auto team = [&](const std::string& name) {
    Reply made = hr.post("/teams", JsonObject{{"name", name},
                                              {"purpose", "一起放贷"},
                                              {"goal", ""},
                                              {"org", "HQ"},
                                              {"from", "2025-01-01"},
                                              {"leader", inside},
                                              {"members", JsonArray{mine}}});
    EXPECT_EQ(made.status, 201) << made.text;
    return std::stoll(made.at("id"));
  };
  const int64_t first = team("放贷一组"), second = team("放贷二组");
  EXPECT_EQ(manager.post("/work-plans", loans_of_team(first)).code(), "plan.team")
      << "a member does not plan for the team";
  EXPECT_EQ(lead.post("/work-plans", loans_of_team(999'999)).code(), "plan.team");
  Reply plan = lead.post("/work-plans", loans_of_team(first)),
        beside = lead.post("/work-plans", loans_of_team(second));
  ASSERT_EQ(plan.status, 200) << plan.text;
  expect_shape("POST", "/work-plans", plan);
  EXPECT_EQ(lead.post("/work-plans", loans_of_team(first)).status, 409) << "there is one already";
  const std::string path = "/work-plans/" + plan.at("id"), beside_path = "/work-plans/" + beside.at("id");
  auto days = [&](const std::string& of) {  // of the manager's loans that count, by day
    std::map<std::string, int> out;
    Reply rows = lead.get(of + "/items/1/counted?page_size=500");
    EXPECT_EQ(rows.status, 200) << rows.text;
    for (const Json& row : *rows.body.find("items")->as_array())
      if (*row.find("staff")->as_string() == mine) ++out[*row.find("day")->as_string()];
    return out;
  };
  const auto all = days(path);
  ASSERT_FALSE(all.empty()) << "the sample manager lent in the year";
  const std::string last = all.rbegin()->first;
  auto leave = [&](int64_t of, const std::string& day) {
    Reply left = hr.post("/teams/" + std::to_string(of) + "/members/" + mine + "/end",
                         JsonObject{{"last", day}, {"reason", "轮岗"}});
    ASSERT_EQ(left.status, 200) << left.text;
  };
  leave(first, last);
  leave(second, (*base::Date::parse(last) - 1).str());
  EXPECT_EQ(days(path), all) << "the last day in the team counts";
  auto before = all;
  before.erase(last);
  EXPECT_EQ(days(beside_path), before) << "the day after no longer does";
  // Everybody's progress is the leader's to see; a member sees his own; somebody else not even the plan.
  Reply seen = lead.get(path);
  expect_shape("GET", "/work-plans/{id}", seen);
  EXPECT_EQ(seen.body.find("team_progress")->as_array()->size(), 2u) << seen.text;
  Reply own = manager.get(path);
  ASSERT_EQ(own.status, 200) << "who was in it sees the plan";
  ASSERT_EQ(own.body.find("team_progress")->as_array()->size(), 1u);
  EXPECT_EQ(*own.body.find("team_progress")->as_array()->at(0).find("staff")->as_string(), mine);
  EXPECT_EQ(other.get(path).status, 404);
}

TEST_F(Staff, ADelegationIsSeenByBothAndEnds) {  // ORG-610
  const std::string staff = manager_of_branch(3);
  Browser taker = fresh("taker", staff);
  Reply options = head.get("/delegations/options");
  expect_shape("GET", "/delegations/options", options);
  EXPECT_NE(options.text.find("todo.assign"), std::string::npos);
  EXPECT_EQ(manager.get("/delegations/options").text.find("score.read"), std::string::npos) << "only their own";
  JsonObject ask = {{"taker", staff},  {"kind", "permission"}, {"what", "todo.assign"}, {"bounds", "只派走访"},
                    {"from", today()}, {"to", later(5)},       {"reason", "外出学习"}};
  Reply made = head.post("/delegations", ask);
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/delegations", made);
  EXPECT_NE(taker.get("/session").text.find("\"todo.assign\": \"branch\""), std::string::npos);
  for (Browser* each : {&head, &taker})
    EXPECT_NE(each->get("/delegations").text.find("只派走访"), std::string::npos);
  EXPECT_EQ(manager.get("/delegations").text.find("只派走访"), std::string::npos) << "nobody else's";
  EXPECT_EQ(manager.post("/delegations/" + made.at("id") + "/end", JsonObject{{"reason", "x"}}).status, 404);
  Reply ended = taker.post("/delegations/" + made.at("id") + "/end", JsonObject{{"reason", "办不了"}});
  ASSERT_EQ(ended.status, 200) << ended.text;
  EXPECT_EQ(taker.get("/session").text.find("todo.assign"), std::string::npos);
  // A kind of to-dos.
  ask = {{"taker", staff},  {"kind", "task"}, {"what", "assigned"},
         {"from", today()}, {"to", later(5)}, {"reason", "休假"}};
  ASSERT_EQ(manager.post("/delegations", ask).status, 201);
  Reply task = head.post(
      "/todos", JsonObject{{"title", "委托的事"}, {"assignee", bank.staff(Role::manager)}, {"due", later(400)}});
  ASSERT_EQ(task.status, 200) << task.text;
  EXPECT_NE(taker.get("/todos?page_size=500").text.find("委托的事"), std::string::npos);
  EXPECT_EQ(taker.post("/todos/" + task.at("id") + "/done", JsonObject{{"note", "代办了"}}).status, 200);
}

TEST_F(Staff, OrganisationsOfADayWithTheirHistory) {  // ORG-629 ORG-630 ORG-633
  Reply tree = manager.get("/org-tree?day=2025-11-30");
  expect_shape("GET", "/org-tree", tree);
  EXPECT_EQ(tree.at("day"), "2025-11-30");
  Reply one = manager.get("/org-tree/HQ?day=2025-12-01");
  ASSERT_EQ(one.status, 200) << one.text;
  expect_shape("GET", "/org-tree/{id}", one);
  EXPECT_FALSE(one.body.find("history")->as_array()->empty());
  JsonObject card = {
      {"version", int64_t{0}}, {"phone", "0712-1"}, {"address", "大街 1 号"}, {"hours", ""}, {"area", ""},
      {"windows", "4"},        {"note", ""}};  // ORG-647
  EXPECT_EQ(manager.send("PUT", "/org-tree/HQ/card", Json(card).dump()).status, 403);
  Reply kept = admin.send("PUT", "/org-tree/HQ/card", Json(card).dump());
  ASSERT_EQ(kept.status, 200) << kept.text;
  expect_shape("PUT", "/org-tree/{id}/card", kept);
  EXPECT_EQ(admin.send("PUT", "/org-tree/HQ/card", Json(card).dump()).status, 409) << "somebody wrote meanwhile";
  EXPECT_EQ(manager.get("/org-tree/HQ").at("card.phone"), "0712-1");
  // A branch that may not export: its head loses it, nobody else.
  const std::string branch = bank.facts->branch_of(bank.facts->staff_org.at(bank.staff(Role::branch_head)));
  Reply limit = admin.post(
      "/org-limits",
      JsonObject{{"org", branch}, {"permission", "score.export"}, {"from", today()}, {"reason", "整改"}});
  ASSERT_EQ(limit.status, 201) << limit.text;
  expect_shape("POST", "/org-limits", limit);
  expect_shape("GET", "/org-limits", hr.get("/org-limits"));
  EXPECT_EQ(head.get("/session").text.find("score.export"), std::string::npos);
  EXPECT_NE(boss.get("/session").text.find("score.export"), std::string::npos);
  ASSERT_EQ(admin.post("/org-limits/" + limit.at("id") + "/end", JsonObject{{"reason", "好了"}}).status, 200);
  EXPECT_NE(head.get("/session").text.find("score.export"), std::string::npos);
}

TEST_F(Staff, PostsStandBesideTheFeed) {  // ORG-316 ORG-640
  const std::string a = manager_of_branch(0), b = manager_of_branch(1);
  JsonObject ask = {
      {"staff", b},      {"kind", "post_b"},     {"title", "B 岗"},       {"org", bank.facts->staff_org.at(b)},
      {"stands_for", a}, {"from", "2025-12-01"}, {"document", "人字1号"}, {"reason", "固定替岗"}};
  EXPECT_EQ(manager.post("/posts", ask).status, 403);
  JsonObject own = ask;
  own[0].second = bank.staff(Role::branch_head);
  EXPECT_EQ(head.post("/posts", own).code(), "post.staff") << "not one's own";
  Reply absent = hr.post(
      "/absences",
      JsonObject{
          {"staff", a}, {"from", "2026-01-05"}, {"to", "2026-01-06"}, {"kind", "leave"}, {"reason", "休假"}});
  EXPECT_EQ(absent.code(), "absence.substitute") << "nobody stands for them yet";
  Reply made = head.post("/posts", ask);
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/posts", made);
  expect_shape("GET", "/posts", manager.get("/posts"));
  Reply career = manager.get("/staff/" + a + "/posts");
  expect_shape("GET", "/staff/{id}/posts", career);
  EXPECT_FALSE(career.body.find("feed")->as_array()->empty());
  EXPECT_EQ(career.at("substitute.id"), b);
  absent = hr.post(
      "/absences",
      JsonObject{
          {"staff", a}, {"from", "2026-01-05"}, {"to", "2026-01-06"}, {"kind", "leave"}, {"reason", "休假"}});
  ASSERT_EQ(absent.status, 200) << absent.text;
  EXPECT_EQ(absent.at("substitute"), b);
  Reply ended = head.post("/posts/" + made.at("id") + "/end", JsonObject{{"last", later(0)}, {"reason", "换人"}});
  ASSERT_EQ(ended.status, 200) << ended.text;
}

TEST_F(Staff, NobodyLeavesWithAnythingInHand) {
  const std::string staff = manager_of_branch(2);
  Browser leaver = fresh("quitter", staff);
  JsonObject ask = {{"staff", staff}, {"kind", "resigned"}, {"last_day", later(0)}, {"reason", "本人辞职"}};
  EXPECT_EQ(head.post("/leavings", ask).status, 403);
  Reply made = hr.post("/leavings", ask);
  ASSERT_EQ(made.status, 201) << made.text;
  expect_shape("POST", "/leavings", made);
  expect_shape("GET", "/leavings", hr.get("/leavings"));
  const std::string id = made.at("id"), at = "/leavings/" + id;
  ASSERT_GT(std::stoi(made.at("left")), 0) << "a manager of the sample bank has customers";
  EXPECT_EQ(leaver.get(at).status, 200) << "one's own";
  EXPECT_EQ(manager.get(at).status, 404);
  Reply refused = hr.post(at + "/close", JsonObject{{"reason", "手续齐全"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "leaving.held");
  EXPECT_EQ(admin
                .send("PATCH", "/logins/quitter",
                      R"({"disabled": true, "seen": {"roles": ["manager"], "disabled": false}})")
                .code(),
            "leaving.open")
      << "nor is the login closed";
  EXPECT_EQ(hr.post(at + "/sign", JsonObject{{"source", "x"}, {"item", "x"}, {"reason", "x"}}).status, 403)
      << "that is the superior's";
  for (const Json& item : *made.body.find("items")->as_array()) {
    if (*item.find("own_end")->as_bool()) continue;
    Reply signed_for = head.post(
        at + "/sign",
        JsonObject{{"source", *item.find("source")}, {"item", *item.find("item")}, {"reason", "由支行暂管"}});
    ASSERT_EQ(signed_for.status, 200) << signed_for.text;
  }
  Reply closed = hr.post(at + "/close", JsonObject{{"reason", "手续齐全"}});
  ASSERT_EQ(closed.status, 200) << closed.text;
  expect_shape("POST", "/leavings/{id}/close", closed);
  EXPECT_EQ(leaver.get("/session").status, 401) << "the session ended with it";
  EXPECT_NE(admin.get("/role-gifts?login=quitter").text.find("\"manager\""), std::string::npos)
      << "the role stays as history";
  EXPECT_NE(bank.as(Role::auditor).get("/audit?action=leaving.close").text.find("leaving " + id),
            std::string::npos);
}

}  // namespace
}  // namespace guanhu::api::testing
