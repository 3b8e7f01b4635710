// Two people who change the same thing: every endpoint that changes what somebody wrote takes the state its writer
// had seen, or stands here with the reason why nothing can be overwritten by it; every write that was answered
// well in any of these tests left a record in the audit chain; every kind of record can be found by its words.
#include <algorithm>

#include "api/desk.h"
#include "api/written_tables.h"
#include "bank.h"
#include "store/testing.h"

namespace guanhu::api::testing {
namespace {

using Names = std::map<std::string, const char*>;

constexpr const char* kStep = "a step out of one state, done once: in any other state it is refused";
constexpr const char* kAppends = "adds a line of its own; nothing that is there changes";
constexpr const char* kDated = "adds a dated line; the ones before stay and are shown";
constexpr const char* kOwn = "one's own: nobody else writes it";
constexpr const char* kComputes = "computes and answers; keeps nothing that was written";
constexpr const char* kSwitch = "one switch whose whole value it says";

// Steps, lines and computations of appraisal and pay.
const Names& of_results() {
  static const Names all = {{"POST /runs/{id}/publish", kStep},
                            {"POST /runs/{id}/propose-seal", kStep},
                            {"POST /runs/{id}/seal", kStep},
                            {"POST /runs/{id}/verify", kComputes},
                            {"POST /disputes/{id}/withdraw", kStep},
                            {"POST /disputes/{id}/review", kStep},
                            {"POST /disputes/{id}/decide", kStep},
                            {"DELETE /assessment-plans/{id}", kStep},
                            {"POST /assessment-plans/{id}/return", kStep},
                            {"POST /assessment-plans/{id}/close", kStep},
                            {"POST /assessment-plans/{id}/report", kComputes},
                            {"POST /assessment-plans/{id}/remind", kAppends},
                            {"POST /assessment-forms/{id}/withdraw", kStep},
                            {"POST /assessment-forms/{id}/delegate", kStep},
                            {"POST /assessment-forms/{id}/recuse", kStep},
                            {"DELETE /relations/{id}", kStep},
                            {"POST /grade-proposals/{id}/decide", kStep},
                            {"POST /grade-proposals/{id}/appeal", kStep},
                            {"POST /grade-appeals/{id}/decide", kStep},
                            {"POST /grades/{staff}/records", kAppends},
                            {"POST /grades/{staff}/records/{id}/withdraw", kStep},
                            {"POST /grades/{staff}/papers", kAppends},
                            {"POST /grades/{staff}/papers/{id}/remove", kStep},
                            {"POST /people-facts/{id}/withdraw", kStep},
                            {"POST /pay/joint/{id}/withdraw", kStep},
                            {"POST /pay/runs/{id}/approve", kStep},
                            {"POST /pay/runs/{id}/paid", kStep},
                            {"POST /pay/runs/{id}/void", kStep},
                            {"POST /pay/runs/{id}/handovers/effect", kStep},
                            {"POST /deposit-orders/{id}/decide", kStep},
                            {"POST /risk/findings/{id}/decision", kAppends},
                            {"POST /simulations/{id}/share", kOwn},
                            {"POST /simulations/{id}/withdraw", kOwn},
                            {"POST /simulations/{id}/again", kComputes},
                            {"DELETE /jobs/{id}", kStep},
                            {"POST /policy-drafts/{id}/check", kComputes},
                            {"POST /policy-drafts/{id}/here", kComputes},
                            {"POST /policy-drafts/{id}/replay", kComputes},
                            {"POST /policy-drafts/{id}/workshop/try", kComputes},
                            {"POST /policy-drafts/{id}/workshop/try.xlsx", kComputes},
                            {"POST /policy-drafts/{id}/workshop/targets/split", kComputes},
                            {"POST /policy-drafts/{id}/workshop/targets/read", kComputes},
                            {"POST /policies/{pack}/decisions/{decision}/batch", kComputes},
                            {"POST /policies/{pack}/decisions/{decision}/batch.xlsx", kComputes},
                            {"POST /policy-versions/{id}/approve", kStep},
                            {"POST /policy-versions/{id}/activate", kStep},
                            {"POST /policy-versions/{id}/replay", kComputes}};
  return all;
}

const Names& of_people() {
  static const Names all = {{"DELETE /session", kOwn},
                            {"PUT /session/preferences", kOwn},
                            {"POST /logins/{login}/reset", kStep},
                            {"POST /todos/{id}/done", kStep},
                            {"POST /todos/{id}/snooze", kStep},
                            {"POST /todos/{id}/wake", kStep},
                            {"POST /todos/{id}/cancel", kStep},
                            {"POST /todos/{id}/reopen", kStep},
                            {"POST /todos/{id}/hand", kStep},
                            {"PUT /todo-packs/{pack}", kSwitch},
                            {"POST /absences/{id}/end", kStep},
                            {"POST /org-limits/{id}/end", kStep},
                            {"POST /posts/{id}/end", kStep},
                            {"POST /teams/{id}/members", kAppends},
                            {"POST /teams/{id}/members/{staff}/end", kStep},
                            {"POST /teams/{id}/end", kStep},
                            {"POST /composed-roles/{role}/end", kStep},
                            {"POST /role-gifts/{id}/decide", kStep},
                            {"POST /role-gifts/{id}/end", kStep},
                            {"POST /delegations/{id}/end", kStep},
                            {"POST /leavings/{id}/sign", kAppends},
                            {"POST /leavings/{id}/close", kStep},
                            {"POST /leavings/{id}/withdraw", kStep},
                            {"POST /training-sessions/{id}/places", kAppends},
                            {"POST /training-sessions/{id}/join", kAppends},
                            {"POST /training-sessions/{id}/leave", kStep},
                            {"POST /training-sessions/{id}/attendance", kAppends},
                            {"POST /training-sessions/{id}/sign-in", kOwn},
                            {"POST /training-sessions/{id}/feedback", kOwn},
                            {"POST /exam-imports/{id}/undo", kStep},
                            {"POST /exams/{id}/candidates", kAppends},
                            {"POST /exam-certificates/{number}/withdraw", kStep},
                            {"POST /exams/{id}/sit", kOwn},
                            {"PUT /exam-sittings/{id}/answers/{place}", kOwn},
                            {"POST /exam-sittings/{id}/hand-in", kOwn},
                            {"POST /exam-sittings/{id}/marks", kAppends}};
  return all;
}

const Names& of_customers() {
  static const Names all = {{"DELETE /customer-views/{id}", kOwn},
                            {"POST /customers/{id}/personal", kComputes},
                            {"POST /customers/{id}/relations", kAppends},
                            {"POST /customer-merges/{id}/decide", kStep},
                            {"POST /customer-merges/{id}/undo", kStep},
                            {"POST /customers/{id}/categories", kDated},
                            {"POST /customers/{id}/first-access", kAppends},
                            {"POST /customers/{id}/first-access/try", kComputes},
                            {"POST /assignments/{id}/decide", kStep},
                            {"POST /assignments/{id}/take-back", kStep},
                            {"POST /handovers/{id}/items", kAppends},
                            {"POST /handovers/{id}/leave-out", kStep},
                            {"POST /outside-systems/signals/{id}/finding", kStep},
                            {"POST /outside-systems/signals/{id}/reopen", kStep},
                            {"POST /outside-systems/targets/{id}/finding", kStep},
                            {"POST /leads/{id}/refer", kAppends},
                            {"POST /referrals/{id}/answer", kStep},
                            {"POST /campaigns/{id}/lines/{customer}/contacts", kAppends},
                            {"POST /campaigns/{id}/lines/{customer}/hand", kDated},
                            {"POST /customers/{id}/no-contact", kDated},
                            {"POST /consents/{customer}", kDated}};
  return all;
}

const Names& of_work() {
  static const Names all = {
      {"POST /work-plans/{id}/carry", kAppends},
      {"POST /work-plans/{id}/split", kAppends},
      {"PUT /work-logs/days/{day}/draft", "one's own, in the order of `seq`: an older one never covers a newer"},
      {"POST /work-logs/days/{day}/submit", "one's own; of a log that is there the version is asked"},
      {"POST /meetings/{id}/agree", kOwn},
      {"POST /visits/{id}/comments", kAppends},
      {"POST /field/todos/{id}/done", kStep},
      {"POST /field/devices/{id}/key", kOwn},
      {"POST /field/devices/{id}/take", kOwn},
      {"POST /field/devices/{id}/wiped", kStep},
      {"POST /field/devices/{id}/revoke", kStep},
      {"POST /field/devices/{id}/readmit", kStep},
      {"DELETE /mail/{id}", kOwn},
      {"POST /mail/{id}/answer", kComputes},
      {"POST /mail/{id}/mark", kOwn},
      {"POST /mail/{id}/recall", kStep},
      {"PUT /mail-groups/{id}", kOwn},
      {"DELETE /mail-groups/{id}", kOwn},
      {"POST /notices/{id}/check", kStep},
      {"POST /notices/{id}/withdraw", kStep},
      {"POST /notices/{id}/seen", kOwn},
      {"POST /notices/{id}/know", kOwn},
      {"POST /notices/{id}/remind", kAppends},
      {"PUT /message-preferences", kOwn},
      {"POST /outbox/{id}/release", kStep},
      {"POST /outbox/{id}/cancel", kStep},
      {"POST /outbox/{id}/retry", kStep},
      {"POST /outbox-channels/{id}/try", kComputes},
      {"PUT /surveys/{id}/draft", "one's own, in the order of `seq`: an older one never covers a newer"},
      {"POST /surveys/{id}/answer", kOwn},
      {"POST /favours/{id}/look", kAppends},
      {"DELETE /exports/{id}", kStep},
      {"POST /records/{kind}/{id}/editing", kComputes},
      {"DELETE /records/{kind}/{id}/editing", kOwn}};
  return all;
}

Names all_reasons() {
  Names out;
  for (const Names* some : {&of_results(), &of_people(), &of_customers(), &of_work()})
    out.insert(some->begin(), some->end());
  return out;
}

std::string key_of(const Endpoint& e) { return e.method + " " + e.path; }

// Whether the body must say what its writer had seen.
bool demands_seen(const SchemaRef& of) {
  if (!of) return false;
  if (of->kind == Schema::Kind::ref) return demands_seen(named_schemas().at(of->name));
  if (of->kind == Schema::Kind::either)
    return std::all_of(of->alternatives.begin(), of->alternatives.end(), demands_seen);
  return std::any_of(of->members.begin(), of->members.end(), [&](const auto& member) {
    return (member.first == "version" || member.first == "revision" || member.first == "seen") &&
           std::find(of->optional.begin(), of->optional.end(), member.first) == of->optional.end();
  });
}

bool takes_seen(const Endpoint& e) {
  return demands_seen(e.input) || std::any_of(e.parameters.begin(), e.parameters.end(), [](const Parameter& p) {
           return p.required && (p.name == "version" || p.name == "revision");
         });
}

// What is posted to a list makes something new; everything else that writes changes what is there.
bool edits(const Endpoint& e) {
  return e.method != "GET" && (e.method != "POST" || e.path.find('{') != e.path.npos);
}

TEST(Editing, EveryChangeSaysWhatItsWriterHadSeenOrWhyItNeedNot) {
  const Names reasons = all_reasons();
  std::set<std::string> there;
  size_t demanding = 0;
  for (const Endpoint& e : endpoints()) {
    if (!edits(e)) continue;
    const std::string key = key_of(e);
    there.insert(key);
    const bool takes = takes_seen(e), listed = reasons.contains(key);
    demanding += takes;
    EXPECT_TRUE(takes || listed) << key << " may overwrite silently: let it demand `version`, or say here why not";
    EXPECT_FALSE(takes && listed) << key << " demands it: it needs no reason here";
  }
  for (const auto& [key, why] : reasons) EXPECT_TRUE(there.contains(key)) << key << " is no endpoint";
  EXPECT_GT(demanding, 120u);
}

// What a person writes anew as a whole (PUT, PATCH) is excused by being his own or a switch, never as a step.
TEST(Editing, NoWholeTextIsExcusedAsAStep) {
  const Names reasons = all_reasons();
  for (const Endpoint& e : endpoints()) {
    if (e.method != "PUT" && e.method != "PATCH") continue;
    auto at = reasons.find(key_of(e));
    if (at == reasons.end()) continue;
    const std::string_view why = at->second;
    EXPECT_TRUE(why == kSwitch || why.starts_with("one's own")) << key_of(e);
  }
}

TEST(Editing, EveryKindOfRecordIsKnownOnceAndOpensSomewhere) {
  std::set<std::string> there;
  for (const RecordKind& one : record_kinds()) {
    EXPECT_TRUE(there.insert(one.kind).second) << one.kind << " is registered twice";
    EXPECT_FALSE(one.title.empty()) << one.kind;
    EXPECT_TRUE(one.page.starts_with("/")) << one.kind << ": a hit opens no page";
    EXPECT_EQ(one.page.find("//"), one.page.npos) << one.kind;
  }
  EXPECT_GT(there.size(), 40u);
}

// ---------------------------------------------------------------------------- finding it again

std::string kinds_found(Browser& as, const std::string& words) {
  Reply reply = as.get("/writing?words=" + words);
  EXPECT_EQ(reply.status, 200) << reply.text;
  std::string out;
  if (const Json* items = reply.body.find("items"))
    for (const Json& one : *items->as_array()) out += *one.find("kind")->as_string() + " ";
  return out;
}

TEST(Writing, WhatStandsInTablesOfItsOwnIsFoundByWhomItConcerns) {
  using people::Role;
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  Reply made = head.post(
      "/todos",
      JsonObject{{"title", "核对槐荫巷的租约"}, {"assignee", bank.staff(Role::manager)}, {"due", "2030-01-02"}});
  ASSERT_LT(made.status, 300) << made.text;
  const char* words = "%E6%A7%90%E8%8D%AB%E5%B7%B7";                              // 槐荫巷
  const char* parted = "%E6%A7%90%E8%8D%AB%E3%80%81%E7%A7%9F%E7%BA%A6%EF%BC%8C";  // 槐荫、租约，
  EXPECT_EQ(kinds_found(head, words), "todo ") << "who gave it";
  EXPECT_EQ(kinds_found(bank.as(Role::manager), parted), "todo ") << "who has it, with punctuation between";
  EXPECT_EQ(kinds_found(bank.as(Role::hr), words), "") << "it concerns nobody else";
  EXPECT_EQ(kinds_found(head, "%E3%80%82"), "") << "punctuation alone finds nothing";
  EXPECT_EQ(kinds_found(head, "%25"), "") << "nor does a sign of the store";
  EXPECT_EQ(head.get("/writing?words=" + std::string(words) + "&kind=visit").at("total"), "0");
  EXPECT_EQ(head.get("/writing?words=" + std::string(words) + "&kind=todo").at("items.0.page"),
            "/todos/" + made.at("id"));
}

// Every table answers on both engines, whatever lies in it.
TEST(Writing, EveryTableIsLookedThrough) {
  Browser& executive = TestBank::get().as(people::Role::executive);
  const auto kinds = table_kinds();
  EXPECT_GE(kinds.size(), 17u);
  for (const auto& [kind, title] : kinds) {
    EXPECT_EQ(kind_of(kind), nullptr) << kind << " is a kind of records as well";
    Reply found = executive.get("/writing?words=%E5%AE%A2%E6%88%B7&kind=" + kind);  // 客户
    EXPECT_EQ(found.status, 200) << kind << " " << found.text;
  }
}

// ---------------------------------------------------------------------------- the audit chain

// Answers of these say nothing that somebody wrote.
bool silent(const Endpoint& e) {
  static const std::set<std::string> keys = {
      "PUT /session/preferences",           // language, theme, unit of one's own screen
      "POST /records/{kind}/{id}/editing",  // who looks at it just now
      "DELETE /records/{kind}/{id}/editing",
      "POST /mail/{id}/mark",    // read, starred: one's own box
      "POST /mail/{id}/answer",  // a draft's first words, not kept
      "POST /messages/read", "POST /notices/{id}/seen",
      "POST /leads/duplicates",  // looks
      "POST /campaigns/preview", "POST /assignment-preview", "POST /simulations/preview", "POST /decide",
      "POST /report-rows/source",
      // One's own half-finished answers: handing them in is what leaves a record.
      "PUT /exam-sittings/{id}/answers/{place}", "PUT /surveys/{id}/draft",
      // Jobs: they leave their record when they are done, after the answer.
      "POST /risk/scans", "POST /todo-runs", "POST /pay/runs/{id}/handovers/effect",
      "POST /customer-duplicates/find", "POST /bad-credit/check", "POST /log-figures", "POST /suggestion-figures"};
  auto at = all_reasons();
  auto why = at.find(key_of(e));
  return keys.contains(key_of(e)) || (why != at.end() && why->second == kComputes);
}

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> out;
  std::stringstream in(path.substr(0, path.find('?')));
  for (std::string part; std::getline(in, part, '/');) out.push_back(part);
  return out;
}

const Endpoint* endpoint_of(const std::string& method, const std::string& path) {
  const auto asked = parts_of(path);
  const Endpoint* found = nullptr;
  for (const Endpoint& e : endpoints()) {
    const auto parts = parts_of(e.path);
    if (e.method != method || parts.size() != asked.size()) continue;
    bool fits = true, plain = true;
    for (size_t i = 0; i < parts.size() && fits; ++i)
      if (parts[i].starts_with("{")) plain = false;
      else fits = parts[i] == asked[i];
    if (fits && (plain || !found)) found = &e;
  }
  return found;
}

// Looks at the chain after every write of all tests of this program; what never left a record is told at the end.
class AuditWatch : public ::testing::Environment {
 public:
  void SetUp() override {
    Browser::on_write = [this](const std::string& method, const std::string& path, int status) {
      if (status >= 300) return;
      const Endpoint* of = endpoint_of(method, path);
      if (!of || of->access == Access::open || silent(*of)) return;
      if (path.starts_with("/session")) return;  // while the bank's logins are made
      const int64_t now = newest();
      auto& seen = recorded_[key_of(*of)];
      seen = seen || now > last_;
      last_ = now;
    };
  }
  void TearDown() override {
    Browser::on_write = {};
    session_.reset();
    // A part of the tests says nothing of all writes, and tests that were skipped for want of a database nothing.
    const bool without = std::getenv("GUANHU_API_BANK") && !store::testing::postgres_dsn();
    if (GTEST_FLAG_GET(filter) != "*" || without) return;
    EXPECT_GT(recorded_.size(), 100u);
    for (const auto& [key, yes] : recorded_)
      EXPECT_TRUE(yes) << key << " was answered well and left no record in the audit chain";
  }

 private:
  int64_t newest() {
    if (!session_) session_ = TestBank::get().bank->folder().open_store();
    return session_->query("SELECT coalesce(max(sequence), 0) FROM audit_log", {}).at(0).integer(0);
  }
  std::unique_ptr<store::Session> session_;
  std::map<std::string, bool> recorded_;
  int64_t last_ = 0;
};
[[maybe_unused]] const auto* const kWatch = ::testing::AddGlobalTestEnvironment(new AuditWatch());

}  // namespace
}  // namespace guanhu::api::testing
