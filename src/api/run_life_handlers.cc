// The life of runs: publishing, the two signatures of a seal, what happened; differences by late facts.
#include "api/run_life_parts.h"
#include "appraisal/difference.h"
#include "appraisal/life_days.h"
#include "appraisal/life_work.h"
#include "appraisal/seal_verify.h"
#include "audit/chain.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json step_json(const std::string& at, const std::string& by) {
  return at.empty() ? Json() : Json(JsonObject{{"at", at}, {"by", by}});
}

Json life_json(Services& s, store::Session& store, const appraisal::RunLife& life, base::Date today) {
  auto hindrance = appraisal::not_sealable(store, life, today);
  JsonArray steps, corrections;
  std::set<std::string> people = {life.maker, life.published_by, life.proposed_by, life.sealed_by}, holders;
  for (const auto& step : appraisal::steps_of(store, life.run)) {
    people.insert(step.actor);
    steps.push_back(JsonObject{{"at", step.at},
                               {"actor", step.actor},
                               {"what", step.what},
                               {"reason", step.reason},
                               {"detail", step.detail}});
  }
  for (const auto& one : appraisal::corrections_of(store, life.run)) {
    holders.insert(one.holder);
    corrections.push_back(JsonObject{{"holder", one.holder},
                                     {"figure", one.figure},
                                     {"was", decimal_or_null(one.was)},
                                     {"value", one.value.str()},
                                     {"dispute", one.dispute}});
  }
  return JsonObject{{"run", life.run},
                    {"scheme", life.scheme},
                    {"period", life.period},
                    {"state", life.state},
                    {"run_hash", life.run_hash},
                    {"pack_hash", life.pack_hash},
                    {"known_at", text_or_null(life.known_at)},
                    {"maker", text_or_null(life.maker)},
                    {"policy", text_or_null(life.policy)},
                    {"corrects", life.corrects ? Json(life.corrects) : Json()},
                    {"superseded_by", life.superseded_by ? Json(life.superseded_by) : Json()},
                    {"published", step_json(life.published_at, life.published_by)},
                    {"notice_until", date_or_null(life.notice_until)},
                    {"appeal_until", date_or_null(life.appeal_until)},
                    {"proposed", step_json(life.proposed_at, life.proposed_by)},
                    {"sealed", step_json(life.sealed_at, life.sealed_by)},
                    {"root", text_or_null(life.root)},
                    {"leaves", life.leaves},
                    {"open_disputes", life.open_disputes},
                    {"sealable", JsonObject{{"ok", !hindrance},
                                            {"code", hindrance ? Json(hindrance->code) : Json()},
                                            {"message", hindrance ? Json(hindrance->message) : Json()}}},
                    {"steps", std::move(steps)},
                    {"corrections", std::move(corrections)},
                    {"names", names_of(s, store, people, holders)}};
}

Outcome answer(Services& s, store::Session& store, const base::Result<appraisal::RunLife>& life) {
  if (!life) return life_refusal(life.error());
  return Answer{life_json(s, store, *life, appraisal::bank_day(s.clock().now()))};
}

Outcome show_life(Services& s, const Call& call) {
  auto store = s.store();
  return answer(s, *store, appraisal::life_of(*store, run_number(call.part("id"))));
}

// Who made the run, when nothing has happened to it yet: the audit chain knows.
std::string maker_of(store::Session& store, int64_t run) {
  auto rows = store.query(
      "SELECT actor FROM audit_log WHERE action = 'run.make' AND subject = ? ORDER BY sequence LIMIT 1",
      {"run " + std::to_string(run)});
  return rows.empty() ? "system" : rows[0].text(0);
}

void tell(Services& s, const appraisal::RunLife& life, const char* title) {
  s.notice("all", "info", title, scheme_title(s.packs(), life.scheme) + " " + life.period,
           "/results/" + std::to_string(life.run));
}

Outcome publish(Services& s, const Call& call) {
  const int64_t run = run_number(call.part("id"));
  LifeDesk at(s);
  auto life = appraisal::publish_run(at.desk, run, maker_of(at.desk.store(), run),
                                     doing_of(s, at.desk.store(), call, "run.publish"));
  if (life) tell(s, *life, "考核结果公布");
  return answer(s, at.desk.store(), life);
}

Outcome propose(Services& s, const Call& call) {
  auto store = s.store();
  return answer(s, *store,
                appraisal::propose_seal(*store, run_number(call.part("id")), appraisal::bank_day(s.clock().now()),
                                        doing_of(s, *store, call, "run.propose_seal")));
}

Outcome seal(Services& s, const Call& call) {
  LifeDesk at(s);
  auto life =
      appraisal::seal_run(at.desk, run_number(call.part("id")), doing_of(s, at.desk.store(), call, "run.seal"));
  if (life) tell(s, *life, "考核结果封存");
  return answer(s, at.desk.store(), life);
}

// What the audit chain says was sealed.
std::string root_on_record(store::Session& store, int64_t run) {
  audit::Filter filter;
  filter.action_prefix = "run.seal", filter.subject = "run " + std::to_string(run), filter.limit = 1;
  for (const auto& entry : audit::search(store, filter))
    if (const Json* root = entry.record.detail.find("root"); root && root->as_string()) return *root->as_string();
  return "";
}

Outcome verify(Services& s, const Call& call) {
  LifeDesk at(s);
  auto life = appraisal::life_of(at.desk.store(), run_number(call.part("id")));
  if (!life) return life_refusal(life.error());
  if (life->state != "sealed")
    return refusal_of({"life.state", "还没有封存，没有可核对的", "id", "封存以后再核对"});
  auto verdict = appraisal::verify_seal(at.desk, *life, root_on_record(at.desk.store(), life->run), true);
  return Answer{JsonObject{{"run", verdict.run},
                           {"root", verdict.root},
                           {"statements", verdict.statements},
                           {"sound", verdict.sound},
                           {"rerun", verdict.rerun},
                           {"good", verdict.good()},
                           {"faults", JsonArray(verdict.faults.begin(), verdict.faults.end())}}};
}

// ------------------------------------------------------------------------------------- differences

JsonObject difference_json(const appraisal::Difference& d) {
  return {{"id", d.id},
          {"sealed_run", d.sealed_run},
          {"counted_run", d.counted_run},
          {"later_run", d.later_run},
          {"scheme", d.scheme},
          {"period", d.period},
          {"into_period", d.into_period},
          {"made_at", d.made_at},
          {"made_by", d.made_by},
          {"reason", d.reason},
          {"holders", d.holders}};
}

Outcome list_differences(Services& s, const Call& call) {
  auto store = s.store();
  auto reach = s.facts()->reach(call.login(), call.scope);
  std::vector<Json> items;
  for (const auto& d : appraisal::differences(*store)) {
    bool mine = reach->bank();
    if (!mine)
      for (const auto& line : appraisal::lines_of(*store, d.id)) mine = mine || reach->holder(line.holder);
    if (mine) items.push_back(difference_json(d));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome difference_answer(Services& s, store::Session& store, const appraisal::Difference& d, const Reach& reach) {
  JsonArray items;
  std::set<std::string> holders;
  for (const auto& line : appraisal::lines_of(store, d.id)) {
    if (!reach.holder(line.holder)) continue;
    holders.insert(line.holder);
    items.push_back(JsonObject{{"holder", line.holder}, {"lines", line.lines}});
  }
  if (items.empty() && !reach.bank()) return not_found();
  JsonObject out = difference_json(d);
  out.emplace_back("items", std::move(items));
  out.emplace_back("names", names_of(s, store, {d.made_by}, holders));
  return Answer{std::move(out)};
}

Outcome show_difference(Services& s, const Call& call) {
  auto store = s.store();
  const int64_t id = run_number(call.part("id"));
  auto found = id ? appraisal::differences(*store, id) : std::vector<appraisal::Difference>();
  if (found.empty()) return not_found();
  return difference_answer(s, *store, found.front(), *s.facts()->reach(call.login(), call.scope));
}

Outcome state_difference(Services& s, const Call& call) {
  auto store = s.store();
  auto made = appraisal::state_difference(
      *store, {*call.body.find("later_run")->as_number()->to_int64(), call.text("into_period")},
      doing_of(s, *store, call, "difference.state"));
  if (!made) return life_refusal(made.error());
  return difference_answer(s, *store, *made, *s.facts()->reach(call.login(), call.scope));
}

Endpoint step(const char* path, const char* summary, people::Permission permission,
              std::function<Outcome(Services&, const Call&)> handler) {
  return {.method = "POST",
          .path = path,
          .summary = summary,
          .permission = permission,
          .input = object({{"reason", described(text(4000), "why; kept with the step")}}),
          .output = ref("RunLife"),
          .handler = std::move(handler)};
}

}  // namespace

Table run_life_endpoints() {
  using people::Permission;
  return {
      {.method = "GET",
       .path = "/runs/{id}/life",
       .summary = "who did what with a run, when and why; whether it can be sealed",
       .permission = Permission::run_read,
       .output = ref("RunLife"),
       .handler = show_life},
      step("/runs/{id}/publish", "shows a draft to the people it is about, after making it again",
           Permission::run_publish, publish),
      step("/runs/{id}/propose-seal", "the first of the two signatures of a seal", Permission::run_seal, propose),
      step("/runs/{id}/seal", "the second signature, by somebody else: nothing changes any more",
           Permission::run_seal, seal),
      {.method = "POST",
       .path = "/runs/{id}/verify",
       .summary = "whether a sealed run is still what was sealed: texts, root, audit record, and made again",
       .permission = Permission::run_read,
       .output = ref("SealVerdict"),
       .handler = verify},
      {.method = "GET",
       .path = "/differences",
       .summary = "difference statements by facts that came after a seal, newest first",
       .permission = Permission::score_read,
       .output = list_of("Difference"),
       .handler = list_differences,
       .list = true,
       .searched = {"scheme", "period", "reason"}},
      {.method = "GET",
       .path = "/differences/{id}",
       .summary = "one statement with its lines, of holders in reach",
       .permission = Permission::score_read,
       .output = ref("DifferenceDetail"),
       .handler = show_difference},
      {.method = "POST",
       .path = "/differences",
       .summary = "states what a later run knows more than was counted, to be carried into a later period",
       .permission = Permission::run_publish,
       .input = object({{"later_run", integer()}, {"into_period", text(10)}, {"reason", text(4000)}}),
       .output = ref("DifferenceDetail"),
       .handler = state_difference}};
}

}  // namespace guanhu::api
