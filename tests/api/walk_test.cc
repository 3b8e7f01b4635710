// Every endpoint × every role: what it answers, that the answer has its declared shape, and that it holds nothing
// that lies outside the role's scope.
#include <algorithm>

#include "api/gate.h"
#include "bank.h"
#include "contract.h"
#include "walk_advice.h"
#include "walk_assignment.h"
#include "walk_intake.h"
#include "walk_lead.h"
#include "walk_mail.h"
#include "walk_pay.h"
#include "walk_plan.h"
#include "walk_query.h"
#include "walk_record.h"
#include "walk_register.h"
#include "walk_runs.h"
#include "walk_signal.h"
#include "walk_simulate.h"
#include "walk_staff.h"
#include "walk_todo.h"
#include "walk_training.h"
#include "walk_visit.h"
#include "walk_workshop.h"

namespace guanhu::api::testing {
namespace {

using people::Role;
using people::Scope;

constexpr const char* kAsked = "?scheme=sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9&period=2025-12";

// How an endpoint is called, by method and path as in the table.
struct Case {
  std::string query;  // with what it needs
  std::string body;   // JSON, or what `type` says
  int status = 0;     // of success; 0: as declared
  std::string type = "application/json";
  bool apart = false;      // only its refusals are walked, the rest is tested elsewhere
  bool of_people = false;  // about people's figures: no holder outside may be named
};

// Plans of qualitative appraisal: what they do is told in assessment_test.cc.
std::map<std::string, Case> assessment_cases() {
  const char *plan =
                 R"({"title": "walked", "period": "2025Q4", "pack": "sample", "form": "nothing", "starts_at":)"
                 R"( "2030-01-01", "deadline": "2030-01-02", "assessed": {"positions": ["manager"]}, "groups":)"
                 R"( [{"name": "peers", "relation": "peers", "weight": "1"}]})",
             *revision = R"({"revision": 1})", *reason = R"({"reason": "walked"})";
  static const std::string changed = R"({"revision": 1, "spec": )" + std::string(plan) + "}";
  return {{"GET /assessment-templates", {}},
          {"GET /assessment-plans", {}},
          {"POST /assessment-plans", {"", plan, 422}},
          {"GET /assessment-plans/{id}", {.status = 404}},
          {"PUT /assessment-plans/{id}", {"", changed, 404}},
          {"DELETE /assessment-plans/{id}", {.status = 404}},
          {"GET /assessment-plans/{id}/preview", {.status = 404}},
          {"POST /assessment-plans/{id}/approve", {"", revision, 404}},
          {"POST /assessment-plans/{id}/return", {"", reason, 404}},
          {"POST /assessment-plans/{id}/close", {"", "", 404}},
          {"POST /assessment-plans/{id}/remind", {"", "", 404}},
          {"POST /assessment-plans/{id}/report", {"", "", 404}},
          {"GET /assessment-plans/{id}/progress", {.status = 404}},
          {"GET /assessment-plans/{id}/results", {.status = 404}},
          {"GET /assessment-plans/{id}/results/{staff}", {.status = 404}},
          {"GET /assessment-plans/{id}/report.xlsx", {.status = 404}},
          {"GET /assessment-plans/{id}/quality", {.status = 404}},
          {"GET /assessment-forms", {}},
          {"GET /assessment-forms/{id}", {.status = 404}},
          {"PUT /assessment-forms/{id}", {"", R"({"revision": 1, "marks": {}})", 404}},
          {"POST /assessment-forms/{id}/submit", {"", revision, 404}},
          {"POST /assessment-forms/{id}/withdraw", {"", reason, 404}},
          {"POST /assessment-forms/{id}/delegate", {"", R"({"to": "S00001", "reason": "walked"})", 404}},
          {"POST /assessment-forms/{id}/recuse", {"", reason, 404}},
          {"GET /relations", {}},
          {"POST /relations", {"", R"({"other": "nobody", "kind": "spouse"})", 422}},
          {"DELETE /relations/{id}", {.status = 404}}};
}

// What people do beside the figures.
void add_daily_work(std::map<std::string, Case>& all) {
  all.merge(todo_cases<Case>());
  all.merge(staff_cases<Case>());
  all.merge(register_cases<Case>());
  all.merge(intake_cases<Case>());
  all.merge(assignment_cases<Case>());
  all.merge(plan_cases<Case>());
  all.merge(visit_cases<Case>());
  all.merge(lead_cases<Case>());
  all.merge(mail_cases<Case>());
  all.merge(training_cases<Case>());
  all.merge(advice_cases<Case>());
  all.merge(query_cases<Case>());
  all.merge(signal_cases<Case>());
  all.merge(record_cases<Case>());
}

std::map<std::string, Case> with_versions(std::map<std::string, Case> all) {
  all.merge(pay_cases<Case>());
  all.merge(run_cases<Case>());
  add_daily_work(all);
  all.merge(simulate_cases<Case>(kAsked));
  all.merge(workshop_cases<Case>());
  all.merge(assessment_cases());
  all.merge(std::map<std::string, Case>{
      {"GET /policies", {}},
      {"GET /policies/search", {"?q=%E5%AD%98%E6%AC%BE"}},
      {"GET /policies/open-points", {"?packs=sample,hubei-rcc-guide"}},
      {"GET /policies/{pack}", {}},
      {"GET /policies/{pack}/coverage", {}},
      {"GET /policies/{pack}/uses", {"?name=%E5%8A%A0%E5%88%86%E6%AD%A5%E9%95%BF"}},
      {"GET /policies/{pack}/decisions/{decision}", {}},
      {"GET /policies/{pack}/{article}", {}},
      {"POST /decide", {"", R"({"pack": "sample", "decision": "nothing", "input": {}})", 404}},
      {"GET /policies/{pack}/decisions/{decision}/template.xlsx", {}},
      {"POST /policies/{pack}/decisions/{decision}/batch", {"", "no sheet", 422, "application/octet-stream"}},
      {"POST /policies/{pack}/decisions/{decision}/batch.xlsx", {"", "no sheet", 422, "application/octet-stream"}},
      {"GET /policy-drafts", {}},
      {"POST /policy-drafts", {"", R"({"pack": "nothing", "note": "walked"})", 404}},
      {"POST /policy-drafts/compose",
       {"", R"({"id": "sample", "title": "-", "from": "2026-01-01", "packs": [], "parameters": [], "note": ""})",
        422}},
      {"GET /policy-drafts/{id}", {.status = 404}},
      {"GET /policy-drafts/{id}/document", {.query = "?path=x.md", .status = 404}},
      {"PUT /policy-drafts/{id}/document", {"", R"({"revision": 1, "path": "x.md", "text": ""})", 404}},
      {"DELETE /policy-drafts/{id}/document", {.query = "?path=x.md&revision=1", .status = 404}},
      {"PUT /policy-drafts/{id}/block", {"", R"({"revision": 1, "path": "x.md", "line": 1, "edit": {}})", 404}},
      {"POST /policy-drafts/{id}/check", {"", R"({"path": "x.md", "text": ""})", 404}},
      {"GET /policy-drafts/{id}/cases", {.status = 404}},
      {"POST /policy-drafts/{id}/cases", {"", R"({"revision": 1, "decision": "x", "input": {}})", 404}},
      {"GET /policy-drafts/{id}/changes", {.status = 404}},
      {"GET /policy-drafts/{id}/names", {.query = "?path=x.md&line=1", .status = 404}},
      {"POST /policy-drafts/{id}/here", {"", R"({"path": "x.md", "line": 1})", 404}},
      {"POST /policy-drafts/{id}/submit", {"", R"({"revision": 1})", 404}},
      {"POST /policy-drafts/{id}/discard", {"", R"({"revision": 1})", 404}},
      {"POST /policy-drafts/{id}/replay", {"", R"({"from": "2025-01-01", "to": "2025-12-31"})", 404}},
      {"GET /policy-versions", {}},
      {"POST /policy-versions", {"", R"({"pack": "nothing", "note": "walked"})", 404}},
      {"GET /policy-versions/{id}", {.status = 404}},
      {"GET /policy-versions/{id}/changes", {.status = 404}},
      {"POST /policy-versions/{id}/approve", {"", "", 404}},
      {"POST /policy-versions/{id}/activate", {"", R"({"from": "2030-01-01"})", 404}},
      {"POST /policy-versions/{id}/replay", {"", R"({"from": "2025-01-01", "to": "2025-12-31"})", 404}},
      {"GET /decisions", {}},
      {"POST /decisions", {"", R"({"pack": "sample", "decision": "nothing", "input": {}})", 422}},
  });
  return all;
}

std::map<std::string, Case> report_cases() {
  return {{"GET /ranking/report.html", {.query = kAsked, .of_people = true}},
          {"GET /ranking/report.xlsx", {.query = kAsked}},
          {"GET /scores/{holder}/report.html", {.query = kAsked, .of_people = true}},
          {"GET /scores/{holder}/report.xlsx", {.query = kAsked}},
          {"GET /assessment-plans/{id}/results/{staff}/report.html", {.status = 404}},
          {"GET /assessment-plans/{id}/results/{staff}/report.xlsx", {.status = 404}}};
}

std::map<std::string, Case> with_work(std::map<std::string, Case> all) {
  all.merge(report_cases());
  all.merge(std::map<std::string, Case>{
      {"GET /imports", {"?page_size=500"}},
      {"GET /imports/folders", {}},
      {"GET /imports/{date}", {}},
      {"POST /imports", {"", R"({"folder": "2030-01-01"})", 422}},
      {"POST /imports/upload", {"", "no zip", 422, "application/zip"}},
      {"GET /jobs", {}},
      {"GET /jobs/{id}", {.status = 404}},
      {"DELETE /jobs/{id}", {.status = 404}},
  });
  return all;
}

const std::map<std::string, Case>& cases() {
  static const std::string q = kAsked;
  static const std::map<std::string, Case> all = with_work(with_versions({
      {"POST /session", {.apart = true}},  // gate_test.cc
      {"GET /session", {}},
      {"DELETE /session", {.apart = true}},  // would end the walk's session: gate_test.cc
      {"POST /session/password", {"", R"({"old_password": "wrong", "new_password": "another-pass-7"})", 422}},
      {"GET /session/preferences", {}},
      {"PUT /session/preferences", {"", R"({"theme": "dark"})"}},
      {"GET /overview", {}},
      {"GET /search", {"?q=000"}},
      {"GET /scores/{holder}", {.query = q, .of_people = true}},
      {"GET /scores/{holder}/trend", {.query = q, .of_people = true}},
      {"GET /scores/{holder}/explain", {.query = q + "&limit=2000", .of_people = true}},
      {"GET /rows/{date}/{file}/{line}/moved", {.query = q, .of_people = true}},
      {"GET /ranking", {.query = q + "&page_size=500", .of_people = true}},
      {"GET /ranking.xlsx", {.query = q}},
      {"GET /board", {.query = q, .of_people = true}},
      {"GET /runs", {}},
      {"GET /runs/{id}", {.status = 404}},
      {"POST /runs", {"", R"({"scheme": "sample/nothing", "period": "2025-12"})", 404}},
      {"GET /customers", {"?page_size=500"}},
      {"GET /customers/{id}", {}},
      {"GET /customers/{id}/balances", {}},
      {"GET /customers/{id}/transactions", {"?page_size=500"}},
      {"POST /customers/{id}/personal", {"", R"({"reason": "walks every endpoint"})"}},
      {"GET /orgs", {}},
      {"GET /orgs/{id}", {}},
      {"GET /staff", {"?page_size=500"}},
      {"GET /staff/{id}", {}},
      {"GET /logins", {"?page_size=500"}},
      {"POST /logins", {"", R"({"staff_id": "nobody", "roles": ["manager"]})", 422}},
      {"PATCH /logins/{login}", {"", R"({"disabled": true, "seen": {"roles": [], "disabled": false}})", 404}},
      {"POST /logins/{login}/reset", {"", "", 404}},
      {"GET /roles", {}},
      {"GET /audit", {"?page_size=20"}},
      {"POST /audit/verify", {}},
      {"GET /events", {.apart = true}},  // work_test.cc
      {"GET /openapi.json", {}},
  }));
  return all;
}

std::string key_of(const Endpoint& e) { return e.method + " " + e.path; }

// Things to name in a path: one that the login sees, one that it does not.
struct Targets {
  std::string holder, customer, line;
};

// As `guanhu openapi` prints it and clients read it.
const Contract& contract() {
  static const Contract all(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
  return all;
}

void expect_as_promised(const Endpoint& e, const Reply& r, const std::string& what) {
  for (const auto& fault : contract().faults(e.method, e.path, r.status, r.header("content-type"), r.body))
    ADD_FAILURE() << fault << "\n" << what;
}

class Walk : public ::testing::Test {
 protected:
  TestBank& bank_ = TestBank::get();

  Scope scope(Role role, const Endpoint& e) const {
    return e.permission ? people::scope_of(role, *e.permission) : Scope::bank;
  }

  std::string manager(const Sight& sight, bool inside) const {
    for (const auto& [id, position] : bank_.facts->staff_position)
      if (position == "manager" && (sight.all || sight.staff.count(id) != 0) == inside) return id;
    return "";
  }
  std::string customer(const Sight& sight, bool inside) const {
    for (const auto& [id, org] : bank_.facts->customer_org)
      if ((sight.all || sight.customers.count(id) != 0) == inside) return id;
    return "";
  }
  // The line of assignments.csv of 2025-11-20 that gives an account to the manager.
  std::string line(const std::string& staff) const {
    auto n = warehouse::one_int(
        bank_.bank->warehouse(),
        "SELECT CAST(min(a.line) AS BIGINT) FROM f_assignments a JOIN imports i ON i.import_id = "
        "a.import_id JOIN f_balances b ON 1 = 1 JOIN account_keys k ON k.account = b.account AND "
        "k.account_id = a.subject_id WHERE a.staff_id = '" +
            staff +
            "' AND a.subject_kind = 'account' AND a.valid_to IS NULL AND b.balance > 0 AND "
            "i.business_date = DATE '2025-11-20'");
    return std::to_string(n.value_or(1));
  }

  std::string path(const Endpoint& e, const Targets& t) const {
    std::string out = e.path;
    auto put = [&](const std::string& name, const std::string& value) {
      if (size_t at = out.find("{" + name + "}"); at != out.npos) out.replace(at, name.size() + 2, value);
    };
    put("holder", t.holder);
    put("date", e.path.starts_with("/rows") ? "2025-11-20" : "2025-12-31");
    put("file", "assignments.csv");
    put("line", t.line);
    put("pack", e.path.find("{decision}") == e.path.npos ? "sample" : "hubei-rcc-guide");
    put("decision", "personal-loan-payment-mode");
    put("article", "%E9%99%84%E4%BA%8C");
    put("login", "nobody");
    put("run", "999999");
    put("staff", "nobody");
    put("id", e.path.starts_with("/customers") ? t.customer
              : e.path.starts_with("/orgs")    ? "HQ"
              : e.path.starts_with("/staff")   ? t.holder
                                               : "999999");
    return out;
  }
};

TEST_F(Walk, KnowsEveryEndpoint) {
  std::set<std::string> there;
  for (const Endpoint& e : endpoints()) {
    there.insert(key_of(e));
    EXPECT_TRUE(cases().count(key_of(e))) << key_of(e) << " is not walked: say how it is called";
  }
  for (const auto& [key, c] : cases()) EXPECT_TRUE(there.count(key)) << key << " is no endpoint";
}

TEST_F(Walk, NobodyGetsInWithoutASession) {
  Browser stranger = bank_.browser();
  for (const Endpoint& e : endpoints()) {
    if (e.access == Access::open) continue;
    const Case& c = cases().at(key_of(e));
    Reply r = stranger.send(e.method, path(e, {"S00001", "C00000001", "2"}) + c.query, c.body, {}, c.type);
    EXPECT_EQ(r.status, 401) << key_of(e);
    expect_as_promised(e, r, key_of(e));
    EXPECT_EQ(r.code(), "session.none") << key_of(e);
  }
}

TEST_F(Walk, AOneTimePasswordOpensOnlyTheDoorToANewOne) {
  Browser fresh = bank_.browser();
  ASSERT_EQ(fresh.log_in("fresh", bank_.add_login("fresh", "S00001", {Role::executive})).status, 200);
  for (const Endpoint& e : endpoints()) {
    if (e.access == Access::open || e.access == Access::session) continue;
    const Case& c = cases().at(key_of(e));
    EXPECT_EQ(fresh.send(e.method, path(e, {"S00001", "C00000001", "2"}) + c.query, c.body, {}, c.type).code(),
              "session.must_change")
        << key_of(e);
  }
  EXPECT_EQ(fresh.get("/session").status, 200);
}

TEST_F(Walk, EveryWriteNeedsTheToken) {
  Browser& hr = bank_.as(Role::hr);
  const std::string token = std::exchange(hr.csrf, std::string(32, '0'));
  for (const Endpoint& e : endpoints()) {
    if (e.access == Access::open || e.method == "GET") continue;
    const Case& c = cases().at(key_of(e));
    EXPECT_EQ(hr.send(e.method, path(e, {"S00001", "C00000001", "2"}) + c.query, c.body, {}, c.type).code(),
              "session.csrf")
        << key_of(e);
  }
  hr.csrf = token;
}

TEST_F(Walk, UnknownParametersAreRefused) {
  for (const Endpoint& e : endpoints()) {
    if (e.access == Access::open) continue;
    const Case& c = cases().at(key_of(e));
    if (e.permission && people::scope_of(Role::executive, *e.permission) == Scope::none) continue;
    std::string query = c.query.empty() ? "?nonsense=1" : c.query + "&nonsense=1";
    Reply r = bank_.as(Role::executive)
                  .send(e.method, path(e, {"S00001", "C00000001", "2"}) + query, c.body, {}, c.type);
    EXPECT_EQ(r.status, 400) << key_of(e);
    EXPECT_EQ(r.at("errors.0.where"), "nonsense") << key_of(e) << " " << r.text;
    expect_as_promised(e, r, key_of(e));
  }
}

TEST_F(Walk, RolesWithoutThePermissionAreRefused) {
  size_t refused = 0;
  for (Role role : people::all_roles())
    for (const Endpoint& e : endpoints()) {
      if (scope(role, e) != Scope::none) continue;
      const Case& c = cases().at(key_of(e));
      Reply r = bank_.as(role).send(e.method, path(e, {"S00001", "C00000001", "2"}) + c.query, c.body, {}, c.type);
      EXPECT_EQ(r.status, 403) << people::role_name(role) << " " << key_of(e);
      EXPECT_EQ(r.code(), "access.forbidden") << people::role_name(role) << " " << key_of(e);
      ++refused;
    }
  EXPECT_GT(refused, 60u);
}

TEST_F(Walk, WhatIsInScopeIsAnsweredInItsShapeAndNothingElse) {
  size_t looked_for = 0;
  for (Role role : people::all_roles()) {
    for (const Endpoint& e : endpoints()) {
      const Case& c = cases().at(key_of(e));
      Scope reach = scope(role, e);
      if (reach == Scope::none || c.apart) continue;
      Sight sight = bank_.facts->sight(bank_.staff(role), reach, "2025-12-31");
      Targets inside{manager(sight, true), customer(sight, true), ""};
      inside.line = line(inside.holder);
      Reply r = bank_.as(role).send(e.method, path(e, inside) + c.query, c.body, {}, c.type);
      const std::string what =
          std::string(people::role_name(role)) + " " + key_of(e) + "\n" + r.text.substr(0, 400);
      int expected = c.status ? c.status : e.output || e.produces != "application/json" ? e.status : 204;
      // Who reads no customers finds none, whatever else he may do with one.
      if (e.path.starts_with("/customers/{id}") &&
          people::scope_of(role, people::Permission::customer_read) == Scope::none)
        expected = 404;
      EXPECT_EQ(r.status, expected) << what;
      if (r.status != expected) continue;
      expect_as_promised(e, r, what);
      if (r.status < 300 && e.output)
        for (const auto& m : misfits(r.body, e.output, named_schemas()))
          ADD_FAILURE() << m.where << " " << m.message << " " << what;
      // Searches show customers as far as customers may be read.
      Scope customers = e.permission ? reach : people::scope_of(role, people::Permission::customer_read);
      if (e.path == "/audit" || e.path.starts_with("/policies") || e.produces != "application/json") continue;
      Sight of_customers = bank_.facts->sight(bank_.staff(role), customers, "2025-12-31");
      for (const auto& id : bank_.facts->hidden(of_customers)) {
        ++looked_for;
        ASSERT_EQ(r.text.find("\"" + id + "\""), r.text.npos) << id << " leaks to " << what;
      }
      if (!c.of_people || sight.all) continue;
      for (const auto& [id, position] : bank_.facts->staff_position)
        if (!sight.staff.count(id)) ASSERT_EQ(r.text.find(id), r.text.npos) << id << " leaks to " << what;
    }
  }
  EXPECT_GT(looked_for, 10'000u) << "the walk looked for next to nothing";
}

TEST_F(Walk, WhatIsOutOfScopeIsNotThere) {
  size_t refused = 0;
  for (Role role : people::all_roles())
    for (const Endpoint& e : endpoints()) {
      const Case& c = cases().at(key_of(e));
      Scope reach = scope(role, e);
      bool named =
          e.path.starts_with("/scores/") || e.path.starts_with("/customers/") || e.path.starts_with("/rows/");
      if (reach == Scope::none || reach == Scope::bank || !named) continue;
      Sight sight = bank_.facts->sight(bank_.staff(role), reach, "2025-12-31");
      Targets outside{manager(sight, false), customer(sight, false), ""};
      ASSERT_NE(outside.holder, "");
      ASSERT_NE(outside.customer, "");
      outside.line = line(outside.holder);
      Reply r = bank_.as(role).send(e.method, path(e, outside) + c.query, c.body, {}, c.type);
      EXPECT_EQ(r.status, 404) << people::role_name(role) << " " << key_of(e) << r.text;
      EXPECT_EQ(r.text.find(outside.customer), r.text.npos);
      Reply missing =
          bank_.as(role).send(e.method, path(e, {"S99999", "C99999999", "99999"}) + c.query, c.body, {}, c.type);
      EXPECT_EQ(missing.status, 404);
      EXPECT_EQ(missing.code(), r.code()) << key_of(e) << ": what is hidden and what is not there look different";
      ++refused;
    }
  EXPECT_GT(refused, 15u);
}

TEST_F(Walk, CountsAndListsAreThoseOfTheScope) {
  for (Role role : {Role::manager, Role::branch_head, Role::risk_manager, Role::executive}) {
    Sight customers = bank_.facts->sight(bank_.staff(role),
                                         people::scope_of(role, people::Permission::customer_read), "2025-12-31");
    size_t expected = customers.all ? bank_.facts->customer_org.size() : customers.customers.size();
    EXPECT_GT(expected, 0u);
    EXPECT_EQ(bank_.as(role).get("/customers?page_size=1").at("total"), std::to_string(expected))
        << people::role_name(role);
  }
  Sight branch = bank_.facts->sight(bank_.staff(Role::branch_head), Scope::branch, "2025-12-31");
  size_t managers = 0;
  for (const auto& [id, position] : bank_.facts->staff_position)
    managers += position == "manager" && branch.staff.count(id);
  EXPECT_EQ(bank_.as(Role::branch_head).get("/ranking" + std::string(kAsked)).at("total"),
            std::to_string(managers));
  EXPECT_EQ(bank_.as(Role::manager).get("/ranking" + std::string(kAsked)).at("total"), "1");
  // A branch asks for the board of another, and for the whole bank's.
  Browser& head = bank_.as(Role::branch_head);
  EXPECT_EQ(head.get("/board" + std::string(kAsked) + "&org=HQ").status, 404);
  for (const auto& [org, kind] : bank_.facts->org_kind)
    EXPECT_EQ(head.get("/board" + std::string(kAsked) + "&org=" + org).status, branch.orgs.count(org) ? 200 : 404)
        << org;
}

}  // namespace
}  // namespace guanhu::api::testing
