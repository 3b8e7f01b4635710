// Drafts over HTTP: taken up, changed by two people, checked at every change, handed on, in force; packs composed.
#include <algorithm>

#include "bank.h"
#include "http/target.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kPack = "rm-team-essay";
constexpr const char* kDocument = "考核方案.md";  // of its documents: values, a table, decisions

Browser& business() { return TestBank::get().as(Role::business); }
Browser& risk() { return TestBank::get().as(Role::risk_manager); }

Json object(JsonObject members) { return Json(std::move(members)); }

// A draft of a small pack, with the document, the decision and the line of its block that tests change.
struct Work {
  std::string id, path, document, text;
  int64_t revision = 1;

  explicit Work(const std::string& pack = kPack) {
    Reply made = business().post("/policy-drafts", object({{"pack", pack}, {"note", "测试"}}));
    EXPECT_EQ(made.status, 200) << made.text;
    id = made.at("id"), path = "/policy-drafts/" + id;
    for (const Json& file : *made.body.find("files")->as_array())
      if (*file.find("document")->as_bool() && (document.empty() || *file.find("path")->as_string() == kDocument))
        document = *file.find("path")->as_string();
    read();
  }
  void read() {
    Reply now = business().get(path + "/document?path=" + http::percent_encode(document));
    EXPECT_EQ(now.status, 200) << now.text;
    text = now.at("text"), revision = std::stoll(now.at("revision"));
  }
  Reply put(Browser& who, const std::string& changed) {
    return who.send("PUT", path + "/document",
                    object({{"revision", revision}, {"path", document}, {"text", changed}}).dump());
  }
  Reply block(int line, Json edit) {
    return business().send(
        "PUT", path + "/block",
        object({{"revision", revision}, {"path", document}, {"line", line}, {"edit", std::move(edit)}}).dump());
  }
};

TEST(PolicyDraft, IsForThoseWhoMayDraft) {
  for (Role role : {Role::manager, Role::branch_head, Role::executive, Role::auditor}) {
    Browser& other = TestBank::get().as(role);
    EXPECT_EQ(other.get("/policy-drafts").status, 403) << people::role_name(role);
    EXPECT_EQ(other.post("/policy-drafts", object({{"pack", kPack}, {"note", ""}})).status, 403);
  }
  EXPECT_EQ(TestBank::get().as(Role::administrator).get("/policy-drafts").status, 200);
  Work work;
  EXPECT_EQ(TestBank::get().as(Role::manager).get("/policies/rm-team-essay?draft=" + work.id).status, 404);
  EXPECT_EQ(risk().get("/policies/rm-team-essay?draft=" + work.id).status, 200);
  EXPECT_EQ(risk().get("/policies/sample?draft=" + work.id).status, 404) << "a draft of another pack";
  EXPECT_EQ(TestBank::get()
                .as(Role::hr)
                .post(work.path + "/replay", object({{"from", "2020-01-01"}, {"to", "2020-01-02"}}))
                .status,
            403)
      << "what was asked is not for human resources";
}

TEST(PolicyDraft, OfTwoChangesOfOneRevisionTheSecondIsRefused) {
  Work work;
  Reply first = work.put(business(), work.text + "\n补一句。\n");
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(first.at("draft.revision"), "2");
  Reply second = work.put(risk(), work.text + "\n另一句。\n");
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(second.code(), "policy.draft.revision");
  EXPECT_NE(second.text.find("business"), std::string::npos) << "who was faster: " << second.text;
  work.read();
  EXPECT_EQ(work.put(risk(), work.text + "\n另一句。\n").status, 200);
  Reply now = business().get(work.path);
  EXPECT_EQ(now.body.find("editors")->as_array()->size(), 2u);
  // Who looks at it is seen by the other.
  EXPECT_EQ(risk().post(work.path + "/here", object({{"path", work.document}, {"line", 3}})).at("here.0.login"),
            "risk_manager");
  Reply both = business().post(work.path + "/here", object({{"path", work.document}, {"line", 9}}));
  EXPECT_EQ(both.body.find("here")->as_array()->size(), 2u) << both.text;
}

TEST(PolicyDraft, EveryChangeIsCheckedAndTheErrorHasItsPlace) {
  Work work;
  const std::string broken = work.text + "\n```decision broken\ntitle = \"坏的\"\nformula = \"没有 + 1\"\n```\n";
  Reply typed = business().post(work.path + "/check", object({{"path", work.document}, {"text", broken}}));
  ASSERT_EQ(typed.status, 200) << typed.text;
  const JsonArray& findings = *typed.body.find("findings")->as_array();
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(*findings[0].find("path")->as_string(), work.document);
  EXPECT_GT(findings[0].find("line")->as_number()->to_int64().value(), 1);
  EXPECT_NE(findings[0].find("excerpt")->as_string()->find("^"), std::string::npos);
  EXPECT_EQ(business().get(work.path).at("revision"), "1") << "nothing is kept of what is only typed";
  Reply kept = work.put(business(), broken);
  EXPECT_EQ(kept.status, 200);
  EXPECT_FALSE(kept.body.find("findings")->as_array()->empty());
  EXPECT_EQ(business().post(work.path + "/submit", object({{"revision", 2}})).code(), "policy.life.unsound");
}

// The first block of a kind in the draft's document, with its element.
Json block_of(const Work& work, const std::string& kind) {
  Reply pack = business().get("/policies/" + std::string(kPack) + "?draft=" + work.id);
  for (const Json& article : *pack.body.find("articles")->as_array()) {
    if (!article.find("document")->as_string()->ends_with(work.document)) continue;
    for (const Json& block : *article.find("blocks")->as_array())
      if (*block.find("kind")->as_string() == kind && block.find("element")->as_object()) return block;
  }
  return {};
}

int line_of(const Json& block) { return static_cast<int>(*block.find("line")->as_number()->to_int64()); }

TEST(PolicyDraft, AParameterGetsAValueFromADay) {  // ORG-634 INT-607
  Work work;
  Json block = block_of(work, "parameter");
  ASSERT_TRUE(block.as_object());
  const Json parameter = block.find("element")->find("parameters")->as_array()->front();
  const std::string name = *parameter.find("name")->as_string();
  Json value = parameter.find("values")->as_array()->back().find("value")->as_number() ? Json(77) : Json("七十七");
  EXPECT_EQ(work.block(2, object({{"source", "x = 1"}})).code(), "policy.edit.block");
  EXPECT_EQ(work.block(line_of(block), object({{"parameter", object({{"name", "没有的"}, {"value", 1}})}})).code(),
            "policy.edit.block");
  Reply past = work.block(
      line_of(block), object({{"parameter", object({{"name", name}, {"value", value}, {"from", "1990-01-01"}})}}));
  EXPECT_EQ(past.code(), "policy.edit.dates") << past.text;
  Reply changed = work.block(
      line_of(block), object({{"parameter", object({{"name", name}, {"value", value}, {"from", "2031-01-01"}})}}));
  ASSERT_EQ(changed.status, 200) << changed.text;
  Reply uses = business().get(work.path + "/changes");
  EXPECT_NE(uses.at("words").find("2031-01-01"), std::string::npos) << uses.text;
  EXPECT_NE(changed.at("document.text").find("= 2030-12-31\n"), std::string::npos)
      << "the value before ends the day before";
}

TEST(PolicyDraft, CellsOfATableAreChangedAndItsCasesSayWhatFollows) {
  Work work("hubei-rcc-guide");
  const std::string of = "/policies/hubei-rcc-guide/decisions/personal-loan-payment-mode?draft=" + work.id;
  Reply decision = business().get(of);
  ASSERT_EQ(decision.status, 200) << decision.text;
  work.document = decision.at("article.document").substr(std::string("policies/hubei-rcc-guide/").size());
  const int line = static_cast<int>(decision.body.find("line")->as_number()->to_int64().value());
  const Json table =
      *decision.body.find("decision")->find("body")->find("steps")->as_array()->front().find("table");
  auto rows = [&](const std::string& from, const std::string& to) {
    JsonArray out;
    for (const Json& row : *table.find("rows")->as_array()) {
      JsonArray results;
      for (const Json& cell : *row.find("results")->as_array())
        results.push_back(*cell.as_string() == from ? Json(to) : cell);
      out.push_back(object({{"old", out.size()}, {"tests", *row.find("tests")}, {"results", std::move(results)}}));
    }
    return object({{"table", object({{"rows", std::move(out)}})}});
  };
  EXPECT_EQ(work.block(line, rows("自主支付", "一 | 二")).code(), "policy.edit.value");
  EXPECT_EQ(work.block(line, object({{"table", object({{"rows", JsonArray{}}})}})).code(), "policy.edit.value");
  EXPECT_EQ(work.block(line, object({{"formula", object({{"text", "1"}})}})).code(), "policy.edit.layout");
  Reply same = work.block(line, rows("", ""));
  ASSERT_EQ(same.status, 200) << same.text;
  EXPECT_EQ(business().get(work.path + "/changes").at("changes"), "[]") << "nothing was changed";
  ++work.revision;
  Reply changed = work.block(line, rows("自主支付", "受托支付"));
  ASSERT_EQ(changed.status, 200) << changed.text;
  Reply changes = business().get(work.path + "/changes");
  EXPECT_NE(changes.at("words").find("受托支付"), std::string::npos) << changes.text;
  bool noticed = changed.at("findings") != "[]" || changed.at("cases.wrong") != "0";
  EXPECT_TRUE(noticed) << "its cases expect the old answer: " << changed.text.substr(0, 2000);
}

TEST(PolicyDraft, FromATrialToACaseToAVersionInForce) {  // ORG-604 ORG-607 ORG-608
  Work work;
  Json block = block_of(work, "decision");
  ASSERT_TRUE(block.as_object());
  const std::string decision = *block.find("element")->find("id")->as_string();
  Reply before = business().get(work.path + "/cases?decision=" + decision);
  ASSERT_FALSE(before.body.find("cases")->as_array()->empty()) << before.text;
  // A case that is there already, once more: what comes out now must come out.
  const Json input = *before.body.find("cases")->as_array()->front().find("input");
  Reply added =
      business().post(work.path + "/cases",
                      object({{"revision", 1}, {"decision", decision}, {"input", input}, {"note", "试算存下"}}));
  ASSERT_EQ(added.status, 200) << added.text;
  EXPECT_EQ(added.at("findings"), "[]") << added.text;
  EXPECT_EQ(added.at("cases.wrong"), "0");
  EXPECT_NE(added.at("document.text").find("试算存下"), std::string::npos);
  Reply refused = business().post(work.path + "/cases",
                                  object({{"revision", 2}, {"decision", decision}, {"input", JsonObject{}}}));
  ASSERT_EQ(refused.status, 200) << refused.text;
  EXPECT_NE(refused.at("document.text").find("拒绝: "), std::string::npos) << "a refusal is a case as well";
  Reply after = business().get(work.path + "/cases?decision=" + decision);
  EXPECT_EQ(after.body.find("cases")->as_array()->size(), before.body.find("cases")->as_array()->size() + 2);

  EXPECT_EQ(business().post(work.path + "/submit", object({{"revision", 1}})).status, 409);
  Reply version = business().post(work.path + "/submit", object({{"revision", 3}, {"note", "加了案例"}}));
  ASSERT_EQ(version.status, 200) << version.text;
  EXPECT_EQ(version.at("state"), "draft");
  EXPECT_EQ(business().get(work.path).at("state"), "submitted");
  EXPECT_EQ(work.put(business(), "x").code(), "policy.draft.state");
  const std::string at = "/policy-versions/" + version.at("id");
  Reply approved = TestBank::get().as(Role::executive).send("POST", at + "/approve");
  EXPECT_EQ(approved.at("state"), "approved") << approved.text;
  Reply tried =
      TestBank::get()
          .as(Role::manager)
          .send("POST", "/decide",
                object({{"pack", kPack}, {"decision", decision}, {"input", input}, {"version", version.at("id")}})
                    .dump());
  EXPECT_NE(tried.status, 404) << "a version is tried before it is in force: " << tried.text;
}

TEST(PolicyDraft, WhoeverChangedADraftDoesNotApproveIt) {  // ORG-305
  Work work;
  ASSERT_EQ(work.put(risk(), work.text + "\n风险部改了一句。\n").status, 200);
  Reply version = business().post(work.path + "/submit", object({{"revision", 2}}));
  ASSERT_EQ(version.status, 200) << version.text;
  EXPECT_EQ(risk().send("POST", "/policy-versions/" + version.at("id") + "/approve").code(), "policy.life.self");
}

TEST(PolicyDraft, NamesInScope) {
  Work work;
  Json block = block_of(work, "decision");
  Reply names = business().get(work.path + "/names?path=" + http::percent_encode(work.document) +
                               "&line=" + std::to_string(line_of(block) + 1));
  ASSERT_EQ(names.status, 200) << names.text;
  const Json& inputs = *block.find("element")->find("inputs");
  EXPECT_EQ(names.body.find("inputs")->as_array()->size(), inputs.as_array()->size());
  EXPECT_NE(names.text.find("月后("), std::string::npos) << "functions of imported packs";
  EXPECT_NE(names.text.find("list contains("), std::string::npos) << "what the language has";
}

TEST(PolicyDraft, IsDiscardedAndItsFilesMayGo) {
  Work work;
  EXPECT_EQ(business().send("DELETE", work.path + "/document?path=pack.toml&revision=1").code(),
            "policy.draft.path");
  EXPECT_EQ(business()
                .send("PUT", work.path + "/document",
                      object({{"revision", 1}, {"path", "../x.md"}, {"text", ""}}).dump())
                .code(),
            "policy.draft.path");
  Reply gone = business().send(
      "DELETE", work.path + "/document?path=" + http::percent_encode(work.document) + "&revision=1");
  EXPECT_EQ(gone.status, 200) << gone.text;
  EXPECT_EQ(business().get(work.path + "/document?path=" + http::percent_encode(work.document)).status, 404);
  EXPECT_EQ(business().post(work.path + "/discard", object({{"revision", 1}})).status, 409);
  EXPECT_EQ(business().post(work.path + "/discard", object({{"revision", 2}})).at("state"), "discarded");
}

TEST(PolicyDraft, AReplayIsAJobWithItsResult) {
  Work work;
  Reply job = risk().post(work.path + "/replay", object({{"from", "2020-01-01"}, {"to", "2099-12-31"}}));
  ASSERT_EQ(job.status, 202) << job.text;
  EXPECT_EQ(job.at("kind"), "replay");
  EXPECT_EQ(risk().post(work.path + "/replay", object({{"from", "2021-01-01"}, {"to", "2020-12-31"}})).status,
            422);
}

TEST(PolicyDraft, APackIsComposedOfOthers) {
  Reply points = business().get("/policies/open-points?packs=sample");
  ASSERT_EQ(points.status, 200);
  Json to_set;
  for (const Json& one : *points.body.find("items")->as_array())
    if (*one.find("kind")->as_string() == "to_confirm" && one.find("value")->as_number()) to_set = one;
  ASSERT_TRUE(to_set.as_object());
  auto body = [&](const std::string& id, const std::string& pack) {
    return object({{"id", id},
                   {"title", "本行考核办法"},
                   {"from", "2026-01-01"},
                   {"packs", JsonArray{pack}},
                   {"parameters", JsonArray{object({{"pack", "sample"},
                                                    {"name", *to_set.find("name")},
                                                    {"value", *to_set.find("value")},
                                                    {"note", "行务会确认"}})}},
                   {"note", "合成"}});
  };
  EXPECT_EQ(business().post("/policy-drafts/compose", body("Bad Name", "sample")).code(), "policy.draft.pack");
  EXPECT_EQ(business().post("/policy-drafts/compose", body("sample", "sample")).code(), "policy.draft.pack");
  EXPECT_EQ(business().post("/policy-drafts/compose", body("own-bank", "nothing")).code(), "policy.draft.compose");
  Reply made = business().post("/policy-drafts/compose", body("own-bank", "sample"));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("findings"), "[]") << made.text;
  for (const Json& one : *made.body.find("remains")->as_array())
    EXPECT_FALSE(*one.find("kind")->as_string() == "to_confirm" &&
                 one.find("name")->dump() == to_set.find("name")->dump())
        << "what the bank set is confirmed";
  EXPECT_FALSE(made.body.find("remains")->as_array()->empty()) << "the rest is still open";
}

}  // namespace
}  // namespace guanhu::api::testing
