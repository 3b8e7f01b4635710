#include "people/roles.h"

#include "people/rights.h"
#include "people/staff_testing.h"
#include "people/teams.h"

namespace guanhu::people {
namespace {

RoleRules rules() {
  RoleRules out;
  out.source = "house 1.0";
  out.apart = {read_apart("import.run × run.seal：导数据的人不封存结果").value(),
               read_apart("audit.read × *.approve：看审计的不批").value()};
  out.strong = {read_strong("personal.read@branch：看得到身份证号").value()};
  out.delegable = {"pay.approve", "dispute.decide", "score.read"};
  out.makers = {read_apart("pay.approve × pay.make：自己经办的不能自己批").value()};
  out.longest_delegation = 30;
  return out;
}

class Roles : public StaffTest {
 protected:
  RoleAsk ask(std::vector<Allowance> grants = {{Permission::score_read, Scope::team}}) {
    return {"team_lead", "小组组长", "看本组业绩", "试行", std::move(grants)};
  }
  Login now(const std::string& name, const char* on = "2025-12-31") {
    Login out = *find_login(store(), name);
    complete(store(), directory_, day(on), out);
    return out;
  }
  Scope may(const std::string& name, Permission permission, const char* on = "2025-12-31") {
    return scope_of(now(name, on).roles, permission);
  }
  base::Result<Gift> give(const std::string& to, const std::string& role, const char* from = "2025-12-31",
                          const char* until = nullptr) {
    return give_role(store(), rules(), to, role, {day(from), until ? std::optional(day(until)) : std::nullopt},
                     "工作需要", as("admin"));
  }
};

TEST(RoleRules, AreReadFromTexts) {
  EXPECT_TRUE(fits_pattern("pay.approve", "pay.approve"));
  EXPECT_TRUE(fits_pattern("*.approve", "pay.approve"));
  EXPECT_TRUE(fits_pattern("pay.*", "pay.approve"));
  EXPECT_FALSE(fits_pattern("pay.*", "deposit.approve"));
  for (const char* text : {"", "a × b", "pay.make × pay.approve", "pay.make：x", "pay.make × nothing.here：x",
                           "* × pay.make：x", "pay.make × pay.approve："})
    EXPECT_EQ(read_apart(text).error().code, "role.rules") << text;
  for (const char* text : {"pay.make", "pay.make@all：x", "pay.make@none：x", "pay.make@bank", "no.such@bank：x"})
    EXPECT_EQ(read_strong(text).error().code, "role.rules") << text;
  EXPECT_EQ(read_strong("*.approve@branch：有权批").value().scope, Scope::branch);
}

TEST_P(Roles, RefuseWhatIsNoRole) {  // ORG-631 ORG-641
  auto refused = [&](auto change) {
    RoleAsk one = ask();
    change(one);
    auto made = compose_role(store(), rules(), one, as("admin"));
    return code(made) + " " + (made.ok() ? "" : made.error().where);
  };
  for (const char* bad : {"", "x", "Lead", "小组", "manager"})
    EXPECT_EQ(refused([&](RoleAsk& a) { a.role = bad; }), "role.name role") << bad;
  EXPECT_EQ(refused([](RoleAsk& a) { a.title = ""; }), "role.title title");
  EXPECT_EQ(refused([](RoleAsk& a) { a.purpose = ""; }), "role.purpose purpose");
  EXPECT_EQ(refused([](RoleAsk& a) { a.grants.clear(); }), "role.grants grants");
  EXPECT_EQ(refused([](RoleAsk& a) { a.reason = " "; }), "role.reason reason");
  EXPECT_EQ(refused([](RoleAsk& a) {
              a.grants = {{Permission::import_run, Scope::bank}, {Permission::run_seal, Scope::bank}};
            }),
            "role.apart grants");
  EXPECT_EQ(refused([](RoleAsk&) {}), "ok ");
  EXPECT_EQ(refused([](RoleAsk&) {}), "role.taken role");
}

TEST_P(Roles, CountWhereverTheLoginIsAskedOnTheirDaysOnly) {  // ORG-631
  login("admin", "R1", {Role::administrator});
  login("m1", "M1", {Role::manager});
  ASSERT_TRUE(compose_role(store(), rules(),
                           ask({{Permission::score_read, Scope::team}, {Permission::board_read, Scope::branch}}),
                           as("admin"))
                  .ok());
  EXPECT_EQ(may("m1", Permission::board_read), Scope::none);
  EXPECT_EQ(code(give("m9", "team_lead")), "login.unknown");
  EXPECT_EQ(code(give("m1", "boss")), "role.unknown");
  EXPECT_EQ(code(give("m1", "manager")), "role.have");
  EXPECT_EQ(code(give("m1", "team_lead", "2026-01-02", "2026-01-01")), "staff.days");
  EXPECT_EQ(code(give_role(store(), rules(), "admin", "team_lead", {day("2025-12-31")}, "x", as("admin"))),
            "role.self");
  auto gift = give("m1", "team_lead", "2025-12-31", "2026-01-31");
  ASSERT_TRUE(gift.ok()) << gift.error().text();
  EXPECT_EQ(gift->state, "given");
  EXPECT_EQ(code(give("m1", "team_lead", "2026-01-31")), "role.have");
  EXPECT_EQ(may("m1", Permission::score_read), Scope::team) << "the wider of own and team";
  EXPECT_EQ(may("m1", Permission::board_read), Scope::branch);
  EXPECT_EQ(may("m1", Permission::board_read, "2025-12-30"), Scope::none);
  EXPECT_EQ(may("m1", Permission::board_read, "2026-01-31"), Scope::branch);
  EXPECT_EQ(may("m1", Permission::board_read, "2026-02-01"), Scope::none);
  EXPECT_EQ(code(end_role(store(), "team_lead", "不用了", as("admin"))), "role.held");
  EXPECT_EQ(code(end_gift(store(), gift->id, "调岗", as("m1"))), "role.self");
  EXPECT_EQ(code(end_gift(store(), gift->id, "调岗", as("admin"))), "ok");
  EXPECT_EQ(may("m1", Permission::board_read), Scope::none) << "taken back at once";
  EXPECT_EQ(code(end_gift(store(), gift->id, "调岗", as("admin"))), "gift.state");
  EXPECT_EQ(gifts(store(), {}).size(), 1u) << "what was given stays";
  EXPECT_EQ(code(end_role(store(), "team_lead", "不用了", as("admin"))), "ok");
  EXPECT_EQ(code(give("m1", "team_lead")), "role.ended");
}

TEST_P(Roles, KeepDutiesApart) {  // ORG-641
  login("it", "R1", {Role::administrator});
  login("boss", "E1", {Role::executive});
  login("eye", "H1", {Role::auditor});
  ASSERT_TRUE(compose_role(store(), rules(), ask({{Permission::run_seal, Scope::bank}}), as("admin")).ok());
  auto refused = give("it", "team_lead");
  EXPECT_EQ(code(refused), "role.apart");
  EXPECT_NE(refused.error().message.find("import.run 和 run.seal"), std::string::npos) << refused.error().message;
  EXPECT_NE(refused.error().message.find("house 1.0"), std::string::npos) << "by which rule";
  EXPECT_EQ(code(give("eye", "team_lead")), "role.apart") << "an auditor holds nothing else";
  EXPECT_EQ(code(give("it", "manager")), "role.apart") << "who manages logins sees no figures";
  EXPECT_EQ(code(give("boss", "auditor")), "role.apart");
  // What is given for other days does not clash; what overlaps by a day does.
  RoleAsk imports{"importer", "导数据", "代班", "代班", {{Permission::import_run, Scope::bank}}};
  ASSERT_TRUE(compose_role(store(), rules(), imports, as("admin")).ok());
  login("m1", "M1", {Role::manager});
  ASSERT_EQ(code(give("m1", "team_lead", "2025-12-31", "2026-01-10")), "ok");
  EXPECT_EQ(code(give("m1", "importer", "2026-01-10")), "role.apart");
  EXPECT_EQ(code(give("m1", "importer", "2026-01-11")), "ok");
  // A role that is held may not become one that clashes.
  RoleAsk more = ask({{Permission::run_seal, Scope::bank}, {Permission::pay_export, Scope::bank}});
  EXPECT_EQ(code(change_role(store(), rules(), 2, more, as("admin"))), "role.changed");
  EXPECT_EQ(change_role(store(), rules(), 1, more, as("admin"))->version, 2);
  imports.grants.push_back({Permission::run_publish, Scope::bank});
  EXPECT_EQ(code(change_role(store(), rules(), 1, imports, as("admin"))), "ok");
  imports.grants.push_back({Permission::run_seal, Scope::bank});
  EXPECT_EQ(code(change_role(store(), rules(), 2, imports, as("admin"))), "role.apart");
  EXPECT_EQ(role_versions(store(), "importer").size(), 2u);
}

TEST_P(Roles, OfPowerNeedASecondPerson) {
  login("admin", "R1", {Role::administrator});
  login("h1", "H1", {Role::branch_head});
  ASSERT_TRUE(compose_role(store(), rules(), ask({{Permission::personal_read, Scope::bank}}), as("admin")).ok());
  auto gift = give("h1", "team_lead");
  ASSERT_TRUE(gift.ok());
  EXPECT_EQ(gift->state, "waiting");
  EXPECT_NE(gift->needs.find("身份证号"), std::string::npos);
  EXPECT_EQ(may("h1", Permission::personal_read), Scope::branch) << "not before it is confirmed";
  EXPECT_EQ(code(decide_gift(store(), rules(), gift->id, true, "同意", as("admin"))), "gift.self");
  EXPECT_EQ(code(decide_gift(store(), rules(), gift->id, true, "同意", as("other", "H1"))), "gift.self")
      << "whose it is";
  EXPECT_EQ(code(decide_gift(store(), rules(), gift->id, true, "", as("boss", "E1"))), "role.reason");
  EXPECT_EQ(code(decide_gift(store(), rules(), 99, true, "同意", as("boss", "E1"))), "gift.unknown");
  EXPECT_EQ(decide_gift(store(), rules(), gift->id, true, "同意", as("boss", "E1"))->state, "given");
  EXPECT_EQ(code(decide_gift(store(), rules(), gift->id, true, "同意", as("boss", "E1"))), "gift.state");
  EXPECT_EQ(may("h1", Permission::personal_read), Scope::bank);
  // Somebody holds it: more power comes only in another role.
  login("m1", "M1", {Role::manager});
  RoleAsk plain{"helper", "助手", "帮忙", "帮忙", {{Permission::board_read, Scope::branch}}};
  ASSERT_TRUE(compose_role(store(), rules(), plain, as("admin")).ok());
  ASSERT_EQ(give("m1", "helper")->state, "given");
  plain.grants.push_back({Permission::personal_read, Scope::branch});
  EXPECT_EQ(code(change_role(store(), rules(), 1, plain, as("admin"))), "role.second");
  auto refused = give("m1", "team_lead", "2026-03-01");
  EXPECT_EQ(decide_gift(store(), rules(), refused->id, false, "不必", as("boss", "E1"))->state, "refused");
  EXPECT_EQ(may("m1", Permission::personal_read, "2026-03-01"), Scope::own);
  EXPECT_EQ(code(check_roles(store(), rules(), *find_login(store(), "m1"), {Role::manager, Role::branch_head},
                             day("2025-12-31"))),
            "role.second");
  EXPECT_EQ(code(check_roles(store(), rules(), *find_login(store(), "m1"), {Role::manager, Role::business},
                             day("2025-12-31"))),
            "ok");
}

TEST_P(Roles, AreWithheldByAnOrganisation) {  // ORG-633
  login("m2", "M2", {Role::manager});
  auto limit = [&](const char* org, const char* permission) {
    return limit_org(store(), directory_, org, permission, {day("2025-12-31")}, "整改", as("admin"));
  };
  EXPECT_EQ(code(limit("B9", "score.read")), "limit.org");
  EXPECT_EQ(code(limit("B1", "score.see")), "limit.permission");
  EXPECT_EQ(code(limit("B1", "user.manage")), "limit.permission") << "nobody could lift it";
  auto made = limit("B1", "customer.read");
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(code(limit("B1", "customer.read")), "limit.have");
  EXPECT_EQ(may("m2", Permission::customer_read), Scope::none) << "below the branch too";
  EXPECT_EQ(may("m2", Permission::customer_read, "2025-12-30"), Scope::own);
  EXPECT_EQ(may("m2", Permission::score_read), Scope::own) << "nothing else";
  auto rights = rights_of(store(), directory_, day("2025-12-31"), *find_login(store(), "m2"));
  auto found = std::find_if(rights.begin(), rights.end(),
                            [](const Right& r) { return r.permission == Permission::customer_read; });
  ASSERT_NE(found, rights.end());
  EXPECT_EQ(found->withheld, "东街支行");
  EXPECT_EQ(found->scope, Scope::none);
  EXPECT_EQ(code(lift_limit(store(), made->id, "整改完成", as("admin"))), "ok");
  EXPECT_EQ(code(lift_limit(store(), made->id, "整改完成", as("admin"))), "limit.ended");
  EXPECT_EQ(may("m2", Permission::customer_read), Scope::own);
}

TEST_P(Roles, AreSeenBeforeTheyAreGiven) {
  login("m1", "M1", {Role::manager});
  ASSERT_TRUE(compose_role(store(), rules(), ask({{Permission::board_read, Scope::branch}}), as("admin")).ok());
  auto has = [&](const std::string& with, const std::string& without, Permission p) {
    for (const Right& r :
         rights_of(store(), directory_, day("2025-12-31"), *find_login(store(), "m1"), with, without))
      if (r.permission == p) return r.scope;
    return Scope::none;
  };
  EXPECT_EQ(has("", "", Permission::board_read), Scope::none);
  EXPECT_EQ(has("team_lead", "", Permission::board_read), Scope::branch);
  EXPECT_EQ(has("", "manager", Permission::score_read), Scope::none);
  EXPECT_EQ(may("m1", Permission::board_read), Scope::none) << "a look changes nothing";
}

class Delegated : public Roles {
 protected:
  base::Result<Delegation> ask_for(const char* giver, const char* taker, const char* what,
                                   const char* until = "2026-01-10", const char* kind = "permission") {
    return delegate(store(), directory_, rules(),
                    {0, giver, taker, "", kind, what, "", {day("2025-12-31"), day(until)}, "出差"},
                    as("x", giver));
  }
};

TEST_P(Delegated, NeverGoesFurtherThanItMay) {  // ORG-610 ORG-641
  login("h1", "H1", {Role::branch_head});
  login("m1", "M1", {Role::manager});
  login("m3", "M3", {Role::manager});
  login("r1", "R1", {Role::hr});
  login("e1", "E1", {Role::executive});
  EXPECT_EQ(code(ask_for("H1", "H1", "score.read")), "delegation.self");
  EXPECT_EQ(code(ask_for("H1", "G1", "score.read")), "delegation.staff") << "left";
  EXPECT_EQ(code(ask_for("H1", "M2", "score.read")), "delegation.staff") << "has no login";
  EXPECT_EQ(code(ask_for("H1", "M1", "score.read", "2026-01-30")), "staff.days") << "31 days";
  EXPECT_EQ(code(ask_for("H1", "M1", "board.read")), "delegation.what") << "not in the list";
  EXPECT_EQ(code(ask_for("M1", "H1", "score.read")), "delegation.have") << "only their own";
  EXPECT_EQ(code(ask_for("H1", "M1", "pay.approve")), "delegation.have");
  EXPECT_EQ(code(ask_for("H1", "M3", "score.read")), "delegation.branch");
  EXPECT_EQ(code(ask_for("R1", "M1", "pay.approve")), "delegation.maker")
      << "hr makes pay runs: their own work would be approved in their name";
  EXPECT_EQ(code(ask_for("H1", "M1", "review", "2026-01-10", "task")), "delegation.what");
  auto made = ask_for("H1", "M1", "score.read", "2026-01-29");
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(code(ask_for("H1", "M1", "score.read")), "delegation.again");
  EXPECT_EQ(may("m1", Permission::score_read), Scope::branch);
  EXPECT_EQ(may("m1", Permission::score_read, "2026-01-30"), Scope::own) << "it ends by itself";
  EXPECT_EQ(code(ask_for("M1", "H1", "score.read")), "delegation.have") << "it goes no further";
  EXPECT_EQ(code(end_delegation(store(), made->id, "回来了", as("h1", "H1"))), "ok");
  EXPECT_EQ(may("m1", Permission::score_read), Scope::own);
  EXPECT_EQ(code(end_delegation(store(), made->id, "回来了", as("h1", "H1"))), "delegation.ended");
}

TEST_P(Delegated, IsNotWhollyInThePast) {
  login("h1", "H1", {Role::branch_head});
  login("m1", "M1", {Role::manager});
  pass_to("2026-01-11T08:00:00Z");
  auto past = ask_for("H1", "M1", "score.read", "2026-01-10");
  ASSERT_EQ(code(past), "delegation.past") << "it would never count";
  EXPECT_NE(past.error().message.find("2026-01-10"), std::string::npos) << past.error().message;
  EXPECT_EQ(code(ask_for("H1", "M1", "score.read", "2026-01-11")), "ok") << "today is its last day";
}

TEST_P(Delegated, LapsesWithWhatItRestsOn) {
  login("h1", "H1", {Role::branch_head});
  login("m1", "M1", {Role::manager});
  ASSERT_EQ(code(ask_for("H1", "M1", "score.read")), "ok");
  ASSERT_EQ(may("m1", Permission::score_read), Scope::branch);
  // The taker moves to another branch: nothing of that branch is seen.
  auto staff = bank().staff();
  for (auto& one : staff)
    if (one.id == "M1") one.org = "B2";
  const Directory before = directory_;
  directory_ = Directory::of(bank().orgs(), staff);
  EXPECT_EQ(may("m1", Permission::score_read), Scope::own);
  directory_ = before;
  ASSERT_TRUE(set_disabled(store(), "h1", true).ok());
  EXPECT_EQ(may("m1", Permission::score_read), Scope::own) << "who gave it has no login";
}

TEST_P(Delegated, KeepsDutiesApart) {
  login("e1", "E1", {Role::executive});
  login("eye", "H1", {Role::auditor});
  auto refused = ask_for("E1", "H1", "pay.approve");
  EXPECT_EQ(code(refused), "role.apart");
  EXPECT_EQ(refused.error().where, "taker");
}

STAFF_ENGINES(Roles);
STAFF_ENGINES(Delegated);

}  // namespace
}  // namespace guanhu::people
