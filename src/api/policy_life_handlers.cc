// The life of packs in the bank: versions, their approval and activation; decisions that are asked, and what
// another version would have said.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/policy_reading.h"
#include "api/replay.h"
#include "api/shapes.h"
#include "policy/decision_log.h"
#include "policy/diff.h"
#include "policy/drafts.h"
#include "policy/life.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kLogged = 5'000;  // decisions listed or asked again at once
Refusal refused(const base::Error& error) {
  return error.code == "policy.life.unknown" ? not_found() : refusal_of(error);
}

policy::Doing doing(Services& s, store::Session& store, const Call& call, const char* action) {
  return {call.login().login, s.clock().now(), [&s, &store, &call, action](const policy::PolicyVersion& v) {
            Json detail = JsonObject{{"pack", v.pack},
                                     {"version", v.version},
                                     {"hash", v.hash},
                                     {"active_from", v.active_from ? Json(v.active_from->str()) : Json()}};
            record(store, call.login().login, action, "policy_version " + std::to_string(v.id), std::move(detail),
                   s.clock());
          }};
}

Outcome list_versions(Services& s, const Call& call) {
  auto store = s.store();
  std::vector<Json> items;
  for (const auto& v : policy::PolicyLife::versions(*store, call.get("pack").value_or("")))
    items.push_back(version_json(v));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_version(Services& s, const Call& call) {
  auto id = number_of(call.part("id"));
  auto store = s.store();
  auto found = policy::PolicyLife::version(*store, id.value_or(0));
  if (!found) return refused(found.error());
  return Answer{version_whole_json(*found)};
}

Outcome draft_version(Services& s, const Call& call) {
  auto store = s.store();
  auto made = s.policy_life().draft(*store, s.options().policies, call.text("pack"), call.text("note"),
                                    doing(s, *store, call, "policy.draft"));
  if (!made) return refused(made.error());
  return Answer{version_whole_json(*made)};
}

// Who had a hand in a draft is its author, whoever handed it on.
bool had_a_hand(store::Session& store, int64_t version, const std::string& login) {
  const auto editors = policy::PolicyDrafts::editors_of_version(store, version);
  return std::find(editors.begin(), editors.end(), login) != editors.end();
}

Outcome approve_version(Services& s, const Call& call) {
  auto store = s.store();
  if (had_a_hand(*store, number_of(call.part("id")).value_or(0), call.login().login))
    return refused({"policy.life.self", "起草人不能批准自己起草的版本", "id", "由另一位有权的人批准"});
  auto made = s.policy_life().approve(*store, number_of(call.part("id")).value_or(0),
                                      doing(s, *store, call, "policy.approve"));
  if (!made) return refused(made.error());
  return Answer{version_whole_json(*made)};
}

Outcome activate_version(Services& s, const Call& call) {
  auto store = s.store();
  auto made = s.policy_life().activate(*store, number_of(call.part("id")).value_or(0),
                                       *base::Date::parse(call.text("from")), today_of(s),
                                       doing(s, *store, call, "policy.activate"));
  if (!made) return refused(made.error());
  s.packs().forget_in_force();
  s.notice("all", "info", "制度有新版本", made->title + " 从 " + made->active_from->str() + " 起施行新版本",
           "/policies/" + made->pack);
  return Answer{version_whole_json(*made)};
}

// What is different from another version: the one asked for, else the one in force before, else the pack as it
// was installed.
Outcome show_changes(Services& s, const Call& call) {
  auto store = s.store();
  auto version = policy::PolicyLife::version(*store, number_of(call.part("id")).value_or(0));
  if (!version) return refused(version.error());
  std::shared_ptr<const policy::Pack> before;
  if (auto against = call.get("against")) {
    auto other = policy::PolicyLife::version(*store, number_of(*against).value_or(0));
    if (!other) return refused(other.error());
    before = s.policy_life().open(*store, *other);
  } else {
    base::Date day = version->active_from ? *version->active_from - 1 : today_of(s);
    auto other = policy::PolicyLife::in_force(*store, version->pack, day);
    auto installed = other
                         ? base::Result<std::shared_ptr<const policy::Pack>>(s.policy_life().open(*store, *other))
                         : s.packs().get(version->pack);
    if (!installed) return refused(installed.error());
    before = *installed;
  }
  policy::PackDiff changes = policy::diff(*before, *s.policy_life().open(*store, *version));
  Json out = changes.json();
  out.as_object()->emplace_back("words", changes.words());
  return Answer{std::move(out)};
}

// ---------------------------------------------------------------------------------------- decisions

Outcome ask_decision(Services& s, const Call& call) {
  const Json* on = call.body.find("on");
  policy::RecordedDecision asked;
  asked.on = on && on->as_string() ? *base::Date::parse(*on->as_string()) : today_of(s);
  asked.pack = call.text("pack"), asked.decision = call.text("decision");
  asked.input = *call.body.find("input");
  auto store = s.store();
  std::shared_ptr<const policy::Pack> pack;
  if (auto version = policy::PolicyLife::in_force(*store, asked.pack, asked.on)) {
    pack = s.policy_life().open(*store, *version);
  } else {
    auto installed = s.packs().get(asked.pack);
    if (!installed) return refused(installed.error());
    pack = *installed;
  }
  asked.pack_hash = pack->hash;
  asked.asked_at = s.clock().now().str(), asked.asked_by = call.login().login;
  asked.answer = policy::answer_of(*pack, asked.decision, asked.input, asked.on);
  if (const Json* error = asked.answer.find("error");
      error && *error->find("code")->as_string() == "decide.unknown")
    return refused({"decide.unknown", *error->find("message")->as_string(), "decision", ""});
  store->transaction([&] {
    asked.id = policy::record_decision(*store, asked);
    record(*store, asked.asked_by, "decision.ask", "decision " + std::to_string(asked.id),
           JsonObject{{"pack", asked.pack}, {"decision", asked.decision}, {"pack_hash", asked.pack_hash}},
           s.clock());
  });
  if (const Json* error = asked.answer.find("error"))
    return refused({*error->find("code")->as_string(), *error->find("message")->as_string(),
                    *error->find("where")->as_string(), ""});
  return Answer{recorded_json(asked)};
}

policy::DecisionFilter filter_of(const Call& call) {
  policy::DecisionFilter out;
  out.pack = call.get("pack").value_or(""), out.decision = call.get("decision").value_or("");
  if (auto from = call.get("from")) out.from = base::Date::parse(*from);
  if (auto to = call.get("to")) out.to = base::Date::parse(*to);
  return out;
}

Outcome list_decisions(Services& s, const Call& call) {
  auto store = s.store();
  std::vector<Json> items;
  for (const auto& one : policy::recorded_decisions(*store, filter_of(call), kLogged))
    items.push_back(recorded_json(one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome replay_version(Services& s, const Call& call) {
  auto store = s.store();
  auto version = policy::PolicyLife::version(*store, number_of(call.part("id")).value_or(0));
  if (!version) return refused(version.error());
  if (version->problems)
    return refused({"policy.life.unsound", "这一版有 " + std::to_string(version->problems) + " 处问题", "id", ""});
  policy::DecisionFilter filter;
  filter.pack = version->pack;
  filter.from = base::Date::parse(call.text("from")), filter.to = base::Date::parse(call.text("to"));
  auto recorded = policy::recorded_decisions(*store, filter, kLogged + 1);
  bool more = recorded.size() > kLogged;
  if (more) recorded.pop_back();
  return Answer{replay_json(policy::replay(recorded, *s.policy_life().open(*store, *version)), more)};
}

SchemaRef version_shape(bool whole) {
  std::vector<std::pair<std::string, SchemaRef>> out = {
      {"id", integer()},
      {"pack", text()},
      {"title", text()},
      {"version", text()},
      {"hash", text()},
      {"state", choice({"draft", "approved", "activated"})},
      {"note", text()},
      {"problems", described(integer(), "what the checks found")},
      {"cases", integer()},
      {"failed", described(integer(), "cases that came out otherwise")},
      {"drafted_at", moment()},
      {"drafted_by", text()},
      {"approved_at", nullable(moment())},
      {"approved_by", maybe_text()},
      {"activated_at", nullable(moment())},
      {"activated_by", maybe_text()},
      {"active_from", described(nullable(date()), "in force from this day until the next version is")}};
  if (whole) out.emplace_back("findings", described(list(text(100'000)), "problems and failing cases in words"));
  return object(std::move(out));
}

}  // namespace

void policy_life_shapes(Schemas& out) {
  out["PolicyVersion"] = version_shape(false);
  out["PolicyVersionWhole"] = version_shape(true);
  out["DecisionCite"] = open(object({{"rule_id", text()}, {"article", text()}}));
  out["Decision"] = object({{"id", integer()},
                            {"asked_at", moment()},
                            {"asked_by", text()},
                            {"on", described(date(), "parameters and version of this day")},
                            {"pack", text()},
                            {"decision", text()},
                            {"pack_hash", text()},
                            {"input", any()},
                            {"result", described(any(), "as `guanhu decide` prints it; null with an error")},
                            {"cites", list(ref("DecisionCite"))},
                            {"error", nullable(open(object({{"code", text()}, {"message", text()}})))}});
  SchemaRef named = object({{"id", text()}, {"title", text()}, {"version", text()}, {"hash", text()}});
  out["PolicyChange"] = object({{"kind", choice({"added", "removed", "changed"})},
                                {"element", text()},
                                {"name", text()},
                                {"part", text()},
                                {"before", text(1'000'000)},
                                {"after", text(1'000'000)},
                                {"article", text()},
                                {"where", text()},
                                {"words", text(1'000'000)}});
  out["PolicyChanges"] = object(
      {{"before", named}, {"after", named}, {"changes", list(ref("PolicyChange"))}, {"words", text(10'000'000)}});
  out["Replay"] = object({{"asked", integer()},
                          {"same", integer()},
                          {"different", integer()},
                          {"more", described(boolean(), "there are older ones that were not asked again")},
                          {"differences", list(object({{"was", ref("Decision")}, {"now", any()}}))}});
}

namespace {

Table version_endpoints() {
  using people::Permission;
  return {{.method = "GET",
           .path = "/policy-versions",
           .summary = "versions of packs that the bank keeps, newest first",
           .permission = Permission::policy_read,
           .parameters = {{"pack", text(200), false, "of this pack"}},
           .output = list_of("PolicyVersion"),
           .handler = list_versions,
           .list = true,
           .searched = {"pack", "title", "version", "note"}},
          {.method = "POST",
           .path = "/policy-versions",
           .summary = "keeps the pack as it is installed now as a draft",
           .permission = Permission::policy_draft,
           .input = object({{"pack", text(200)}, {"note", described(text(2000), "why it changes")}}),
           .output = ref("PolicyVersionWhole"),
           .handler = draft_version},
          {.method = "GET",
           .path = "/policy-versions/{id}",
           .summary = "one version",
           .permission = Permission::policy_read,
           .output = ref("PolicyVersionWhole"),
           .handler = show_version},
          {.method = "GET",
           .path = "/policy-versions/{id}/changes",
           .summary = "what is different from another version",
           .permission = Permission::policy_read,
           .parameters = {{"against", text(15), false, "id of a version; else the one in force before it"}},
           .output = ref("PolicyChanges"),
           .handler = show_changes},
          {.method = "POST",
           .path = "/policy-versions/{id}/approve",
           .summary = "approves a draft of somebody else",
           .permission = Permission::policy_approve,
           .output = ref("PolicyVersionWhole"),
           .handler = approve_version},
          {.method = "POST",
           .path = "/policy-versions/{id}/activate",
           .summary = "brings an approved version into force on a day",
           .permission = Permission::policy_approve,
           .input = object({{"from", described(date(), "today or later")}}),
           .output = ref("PolicyVersionWhole"),
           .handler = activate_version}};
}

Table decision_endpoints() {
  using people::Permission;
  return {{.method = "POST",
           .path = "/policy-versions/{id}/replay",
           .summary = "asks the decisions of a period again, of this version",
           .permission = Permission::decision_read,
           .input = object({{"from", date()}, {"to", date()}}),
           .output = ref("Replay"),
           .handler = replay_version},
          {.method = "GET",
           .path = "/decisions",
           .summary = "decisions that were asked, newest first",
           .permission = Permission::decision_read,
           .parameters = {{"pack", text(200)}, {"decision", text(200)}, {"from", date()}, {"to", date()}},
           .output = list_of("Decision"),
           .handler = list_decisions,
           .list = true,
           .searched = {"decision", "asked_by"}},
          {.method = "POST",
           .path = "/decisions",
           .summary = "asks a decision of a pack, of the version in force on the day; kept with its answer",
           .permission = Permission::decision_ask,
           .input = optional(object({{"pack", text(200)},
                                     {"decision", text(200)},
                                     {"input", open(object({}))},
                                     {"on", described(date(), "else today")}}),
                             {"on"}),
           .output = ref("Decision"),
           .handler = ask_decision,
           .body_limit = 1024 * 1024}};
}

}  // namespace

Table policy_life_endpoints() {
  Table out = version_endpoints();
  for (Endpoint& e : decision_endpoints()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
