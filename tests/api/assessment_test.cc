// Qualitative appraisal over HTTP: planned by one, approved by another, filled in by those it falls to, closed,
// reported; and who sees what on the way.
#include <algorithm>
#include <regex>

#include "appraisal/recorded.h"
#include "bank.h"
#include "contract.h"

namespace guanhu::api::testing {
namespace {

// The mark 6.125 somewhere in an answer; seconds of a moment (16.125…) have a figure before them.
bool says_mark(const std::string& text) { return std::regex_search(text, std::regex("[^0-9]6\\.125")); }

using people::Role;

class Assessment : public ::testing::Test {
 protected:
  // "2026-01-02T03:04:05Z", `hours` from now.
  std::string in_hours(int hours) {
    return base::Instant{bank_.clock.now().micros / 1'000'000 * 1'000'000 + int64_t{hours} * 3'600'000'000}.str();
  }
  // The manager, judged by the head of a branch, a risk manager, hr and an executive.
  Json plan(bool anonymous = true) {
    JsonArray judges;
    for (Role role : {Role::branch_head, Role::risk_manager, Role::hr, Role::executive})
      judges.push_back(bank_.staff(role));
    JsonArray groups = {JsonObject{{"name", "评议组"},
                                   {"relation", "chosen"},
                                   {"weight", "1"},
                                   {"who", JsonObject{{"staff", std::move(judges)}}}}};
    return JsonObject{{"title", anonymous ? "匿名评议" : "公开评议"},
                      {"period", "2025Q4"},
                      {"pack", "platform-2012"},
                      {"form", "post-performance"},
                      {"starts_at", in_hours(-1)},
                      {"deadline", in_hours(24)},
                      {"anonymous", anonymous},
                      {"assessed", JsonObject{{"staff", JsonArray{bank_.staff(Role::manager)}}}},
                      {"groups", std::move(groups)}};
  }
  Json with_fact(const char* fact) {
    Json out = plan();
    out.as_object()->emplace_back("fact", fact);
    return out;
  }
  Json changed(Json plan, const char* member, Json value) {
    for (auto& [name, old] : *plan.as_object())
      if (name == member) old = value;
    return plan;
  }
  // Makes it and has it approved: it runs.
  std::string run(const Json& plan) {
    Reply made = bank_.as(Role::business).post("/assessment-plans", plan);
    EXPECT_EQ(made.status, 200) << made.text;
    Reply approved = bank_.as(Role::executive)
                         .send("POST", "/assessment-plans/" + made.at("id") + "/approve", R"({"revision": 1})");
    EXPECT_EQ(approved.at("state"), "running") << approved.text;
    return made.at("id");
  }
  std::string form_of(Role role, const std::string& plan) {
    const Reply mine = bank_.as(role).get("/assessment-forms");
    for (const Json& one : *mine.body.find("items")->as_array())
      if (one.find("plan")->dump() == plan) return one.find("id")->dump();
    return "";
  }
  static std::string marks(const char* revision, const char* first) {
    return R"({"revision": )" + std::string(revision) + R"(, "marks": {"1.1": ")" + first +
           R"(", "1.2": "8", "2.1": "10", "2.2": "skip"}, "remark": "见记录"})";
  }
  void hand_in(Role role, const std::string& plan, const char* first) {
    const std::string path = "/assessment-forms/" + form_of(role, plan);
    const Reply now = bank_.as(role).get(path);
    Reply saved = bank_.as(role).send("PUT", path, marks(now.at("revision").c_str(), first));
    ASSERT_EQ(saved.status, 200) << saved.text;
    Reply done = bank_.as(role).send("POST", path + "/submit", R"({"revision": )" + saved.at("revision") + "}");
    ASSERT_EQ(done.at("state"), "submitted") << done.text;
  }
  void expect_shape(const char* method, const char* path, const Reply& r) {
    static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    for (const auto& fault : contract.faults(method, path, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << method << " " << path << ": " << fault << "\n" << r.text.substr(0, 600);
  }

  TestBank& bank_ = TestBank::get();
};

TEST_F(Assessment, WhatIsWrongWithAPlanIsSaidAtItsPlace) {
  Browser& business = bank_.as(Role::business);
  auto where = [&](const Json& plan) {
    Reply r = business.post("/assessment-plans", plan);
    EXPECT_EQ(r.status, 422) << r.text;
    EXPECT_EQ(r.code(), "assess.plan");
    return r.at("errors.0.where");
  };
  EXPECT_EQ(where(changed(plan(), "form", "nothing")), "/form");
  EXPECT_EQ(where(changed(plan(), "pack", "nothing")), "/form");
  EXPECT_EQ(where(with_fact("nothing")), "/fact");
  EXPECT_EQ(where(with_fact("platform-2012/nothing")), "/fact");
  EXPECT_EQ(where(changed(plan(), "deadline", in_hours(-1))), "/deadline");
  EXPECT_EQ(where(changed(plan(), "assessed", JsonObject{})), "/assessed");
  EXPECT_EQ(where(changed(plan(), "assessed", JsonObject{{"staff", JsonArray{"S99999"}}})), "/assessed/staff/0");
  EXPECT_EQ(business.post("/assessment-plans", changed(plan(), "groups", "all")).status, 400);
  EXPECT_EQ(bank_.as(Role::manager).post("/assessment-plans", plan()).status, 403);
}

// QUA-613: one anonymous plan from its draft to its report, in turns.
class Anonymous : public Assessment {
 protected:
  void draft_and_approve();
  void fill_in();
  void step_aside_and_close();
  void look_at_what_came_out();
  void report();

  Browser &business = bank_.as(Role::business), &executive = bank_.as(Role::executive), &hr = bank_.as(Role::hr),
          &manager = bank_.as(Role::manager), &head = bank_.as(Role::branch_head);
  std::string id, path;
};

TEST_F(Anonymous, FromPlanToReport) {
  ASSERT_NO_FATAL_FAILURE(draft_and_approve());
  ASSERT_NO_FATAL_FAILURE(fill_in());
  ASSERT_NO_FATAL_FAILURE(step_aside_and_close());
  ASSERT_NO_FATAL_FAILURE(look_at_what_came_out());
  ASSERT_NO_FATAL_FAILURE(report());
}

void Anonymous::draft_and_approve() {
  Reply made = business.post("/assessment-plans", plan());
  ASSERT_EQ(made.status, 200) << made.text;
  expect_shape("POST", "/assessment-plans", made);
  id = made.at("id"), path = "/assessment-plans/" + id;
  EXPECT_EQ(manager.get(path).status, 404) << "a draft concerns nobody yet";
  EXPECT_EQ(business.send("POST", path + "/approve", R"({"revision": 1})").status, 403);
  EXPECT_EQ(executive.send("POST", path + "/approve", R"({"revision": 7})").status, 412);
  EXPECT_EQ(executive.send("POST", path + "/return", R"({"reason": "再想想"})").at("state"), "draft");
  Reply kept = business.send("PUT", path, R"({"revision": 2, "spec": )" + plan().dump() + "}");
  ASSERT_EQ(kept.at("revision"), "3") << kept.text;
  Reply before = business.get(path + "/preview");
  expect_shape("GET", "/assessment-plans/{id}/preview", before);
  EXPECT_EQ(before.at("forms"), "4");
  EXPECT_EQ(before.at("no_login"), "[]");
  EXPECT_EQ(manager.get(path + "/preview").status, 404);
  Reply running = executive.send("POST", path + "/approve", R"({"revision": 3})");
  ASSERT_EQ(running.at("state"), "running") << running.text;
  EXPECT_EQ(running.at("sheet.items.0.name"), "岗位履职");
  EXPECT_EQ(manager.get(path).status, 200) << "it is about him";
  EXPECT_EQ(manager.get(path + "/progress").status, 404);
  EXPECT_EQ(business.send("DELETE", path).code(), "assess.state");
}

void Anonymous::fill_in() {
  const std::string form = form_of(Role::branch_head, id);
  EXPECT_EQ(manager.get("/assessment-forms/" + form).status, 404);
  EXPECT_EQ(hr.get("/assessment-forms/" + form).status, 404) << "somebody else's, though hr sees every plan";
  Reply sheet = head.get("/assessment-forms/" + form);
  expect_shape("GET", "/assessment-forms/{id}", sheet);
  Reply wrong = head.send("PUT", "/assessment-forms/" + form,
                          R"({"revision": 0, "marks": {"1.1": "10.01", "1.2": "7", "9.9": "1"}})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.body.find("errors")->as_array()->size(), 3u) << wrong.text;
  ASSERT_EQ(head.send("PUT", "/assessment-forms/" + form, R"({"revision": 0, "marks": {"1.1": "9"}})").status,
            200);
  EXPECT_EQ(head.get("/assessment-forms/" + form).at("marks"), R"({"1.1": "9"})") << "half filled in, resumed";
  EXPECT_EQ(head.send("PUT", "/assessment-forms/" + form, R"({"revision": 0, "marks": {}})").status, 412);
  EXPECT_EQ(head.send("POST", "/assessment-forms/" + form + "/submit", R"({"revision": 1})").code(),
            "assess.mark");
  hand_in(Role::branch_head, id, "6.125");
  EXPECT_EQ(head.send("PUT", "/assessment-forms/" + form, marks("3", "1")).code(), "assess.state");
  Reply back = head.send("POST", "/assessment-forms/" + form + "/withdraw", R"({"reason": "打错了"})");
  EXPECT_EQ(back.at("state"), "open") << back.text;
  hand_in(Role::branch_head, id, "6.125");
}

void Anonymous::step_aside_and_close() {
  const std::string of_hr = "/assessment-forms/" + form_of(Role::hr, id);
  EXPECT_EQ(hr.post(of_hr + "/delegate", JsonObject{{"to", bank_.staff(Role::manager)}, {"reason", "忙"}}).code(),
            "assess.delegate");
  EXPECT_EQ(hr.send("POST", of_hr + "/recuse", R"({"reason": "共过事"})").status, 204);
  EXPECT_EQ(hr.get(of_hr).status, 404);
  hand_in(Role::risk_manager, id, "8");
  EXPECT_EQ(business.send("POST", path + "/close").code(), "assess.open");
  Reply progress = business.get(path + "/progress");
  expect_shape("GET", "/assessment-plans/{id}/progress", progress);
  EXPECT_FALSE(says_mark(progress.text));
  EXPECT_EQ(business.get(path + "/results").status, 404) << "nothing before the close";
  hand_in(Role::executive, id, "10");
  ASSERT_EQ(business.send("POST", path + "/close").at("state"), "closed");
}

void Anonymous::look_at_what_came_out() {
  // (6.125 + 8)/20, (8 + 8)/20, (10 + 8)/20 of 50, and 10/10 of 50: 50 * 0.80208333... + 50.
  Reply results = business.get(path + "/results");
  expect_shape("GET", "/assessment-plans/{id}/results", results);
  EXPECT_EQ(results.at("items.0.total"), "90.1") << results.text;
  EXPECT_EQ(results.at("average"), "null") << "of one person the average is his result";
  EXPECT_EQ(manager.get(path + "/results").status, 404) << "not reported yet";
  EXPECT_EQ(manager.get(path + "/quality").status, 403);
  Reply quality = business.get(path + "/quality");
  expect_shape("GET", "/assessment-plans/{id}/quality", quality);
  for (const Json& one : *quality.body.find("assessors")->as_array())
    EXPECT_TRUE(one.find("leniency")->is_null()) << one.dump();
  EXPECT_EQ(quality.body.find("profiles")->as_array()->size(), 3u);
  EXPECT_EQ(business.send("POST", path + "/report").status, 403);
  ASSERT_EQ(hr.send("POST", path + "/report").at("state"), "reported");
}

void Anonymous::report() {
  Reply own = manager.get(path + "/results/" + bank_.staff(Role::manager));
  expect_shape("GET", "/assessment-plans/{id}/results/{staff}", own);
  EXPECT_EQ(own.at("total"), "90.1");
  EXPECT_EQ(own.at("forms"), "[]");
  for (Role role : {Role::branch_head, Role::risk_manager, Role::executive})
    EXPECT_EQ(own.text.find(bank_.staff(role)), own.text.npos);
  EXPECT_EQ(manager.get(path + "/results/" + bank_.staff(Role::branch_head)).status, 404);
  Reply file = executive.get(path + "/report.xlsx");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.text.substr(0, 2), "PK");
  EXPECT_EQ(manager.get(path + "/report.xlsx").status, 403);
  Reply chain = bank_.as(Role::auditor).get("/audit?page_size=500");
  std::string said;
  for (const Json& one : *chain.body.find("items")->as_array())
    if (one.find("action")->as_string()->starts_with("assessment.")) said += one.find("detail")->dump();
  for (const char* action : {"assessment.plan.make", "assessment.plan.approve", "assessment.plan.start",
                             "assessment.form.submit", "assessment.form.withdraw", "assessment.form.recuse",
                             "assessment.plan.close", "assessment.plan.report", "export.assessment"})
    EXPECT_NE(chain.text.find(action), chain.text.npos) << action;
  EXPECT_FALSE(said.empty());
  EXPECT_FALSE(says_mark(said)) << "the chain holds no marks: " << said;
}

TEST_F(Assessment, AnOpenPlanShowsTheDepartmentWhoGaveWhat) {
  Json wanted = changed(plan(false), "anonymous", false);
  wanted.as_object()->emplace_back("fact", "rcb-generic-rm-system/服务质量得分");
  const std::string id = run(wanted), path = "/assessment-plans/" + id;
  for (Role role : {Role::branch_head, Role::risk_manager, Role::hr, Role::executive}) hand_in(role, id, "9");
  ASSERT_EQ(bank_.as(Role::business).send("POST", path + "/close").status, 200);
  ASSERT_EQ(bank_.as(Role::hr).send("POST", path + "/report").status, 200);
  const std::string staff = bank_.staff(Role::manager);
  auto facts = appraisal::recorded(*bank_.bank->folder().open_store(),
                                   {.name = "服务质量得分", .subject_kind = {}, .subject_id = staff});
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0].what.subject_id + " " + facts[0].what.period + " " + facts[0].what.value.dump(),
            staff + " 2025Q4 92.5")
      << "(9 + 8) / 20 of 50 and 10 / 10 of 50";
  Reply whole = bank_.as(Role::business).get(path + "/results/" + staff);
  expect_shape("GET", "/assessment-plans/{id}/results/{staff}", whole);
  EXPECT_EQ(whole.body.find("forms")->as_array()->size(), 4u);
  EXPECT_EQ(bank_.as(Role::manager).get(path + "/results/" + staff).at("forms"), "[]");
  Reply quality = bank_.as(Role::business).get(path + "/quality");
  expect_shape("GET", "/assessment-plans/{id}/quality", quality);
  EXPECT_EQ(quality.at("assessors.0.leniency"), "0");
}

TEST_F(Assessment, RelativesAreLeftOut) {
  Browser &manager = bank_.as(Role::manager), &hr = bank_.as(Role::hr);
  const std::string head = bank_.staff(Role::branch_head);
  EXPECT_EQ(manager.post("/relations", JsonObject{{"other", "S99999"}, {"kind", "spouse"}}).at("errors.0.where"),
            "/other");
  EXPECT_EQ(
      manager
          .post("/relations", JsonObject{{"staff_id", head}, {"other", bank_.staff(Role::hr)}, {"kind", "spouse"}})
          .status,
      404)
      << "for others only hr";
  const std::string id = run(plan());
  ASSERT_NE(form_of(Role::branch_head, id), "");
  Reply made = manager.post("/relations", JsonObject{{"other", head}, {"kind", "parent"}});
  ASSERT_EQ(made.status, 200) << made.text;
  expect_shape("POST", "/relations", made);
  EXPECT_EQ(form_of(Role::branch_head, id), "") << "taken back at once";
  EXPECT_EQ(manager.get("/relations").at("total"), "1");
  EXPECT_EQ(bank_.as(Role::risk_manager).get("/relations").at("total"), "0");
  EXPECT_EQ(manager.send("DELETE", "/relations/" + made.at("id")).status, 403) << "or he could judge after all";
  EXPECT_EQ(bank_.as(Role::risk_manager).send("DELETE", "/relations/" + made.at("id")).status, 404);
  EXPECT_EQ(hr.send("DELETE", "/relations/" + made.at("id")).status, 204);
}

}  // namespace
}  // namespace guanhu::api::testing
