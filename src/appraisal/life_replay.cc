#include "appraisal/life_replay.h"

#include <map>

#include "policy/scheme.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Instant;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

std::pair<std::string, std::string> split(const std::string& scheme) {
  const size_t slash = scheme.find('/');
  return {scheme.substr(0, slash), slash == scheme.npos ? "" : scheme.substr(slash + 1)};
}

Json value_of(const Json* of, const char* member) {
  const Json* found = of ? of->find(member) : nullptr;
  return found ? *found : Json();
}

// Every comparable value of a result under its name.
std::map<std::string, Json> flat(const Json& result) {
  std::map<std::string, Json> out;
  for (const char* name : {"total", "grade"}) out[name] = value_of(&result, name);
  if (const Json* figures = result.find("figures"); figures && figures->as_object())
    for (const auto& [name, cell] : *figures->as_object()) out["figures." + name] = value_of(&cell, "value");
  if (const Json* scores = result.find("scores"); scores && scores->as_object())
    for (const auto& [name, value] : *scores->as_object()) out["scores." + name] = value;
  if (const Json* rank = result.find("rank"); rank && rank->as_object())
    for (const auto& [name, place] : *rank->as_object()) out["rank." + name] = value_of(&place, "place");
  return out;
}

bool same(const Json& a, const Json& b) {
  const Decimal *x = a.as_number(), *y = b.as_number();
  return x && y ? *x == *y : a.dump() == b.dump();
}

}  // namespace

std::vector<Correction> corrections_of(store::Session& session, int64_t run) {
  std::vector<Correction> out;
  for (const auto& row : session.query("SELECT holder_id, figure, was, value, dispute_id FROM run_corrections"
                                       " WHERE run_id = ? ORDER BY holder_id, figure",
                                       {run})) {
    auto was = row.maybe_text(2);
    out.push_back({row.text(0), row.text(1), was ? Decimal::parse(*was) : std::nullopt,
                   *Decimal::parse(row.text(3)), row.integer(4)});
  }
  return out;
}

Json to_json(const std::vector<Correction>& corrections, const std::string& holder) {
  JsonArray out;
  for (const auto& one : corrections)
    if (one.holder == holder)
      out.push_back(JsonObject{{"figure", one.figure},
                               {"was", one.was ? Json(one.was->str()) : Json()},
                               {"value", one.value.str()},
                               {"dispute", one.dispute}});
  return out;
}

base::Result<Replay> open_replay(const Desk& desk, std::shared_ptr<const policy::Pack> pack,
                                 const ReplayAsk& ask) {
  auto period = base::Period::parse(ask.period);
  if (!period) return Error{"scheme.period", ask.period + " 不是考核期间", "period", ""};
  auto scheme = policy::compile_scheme(*pack, split(ask.scheme).second, period->last());
  if (!scheme) return scheme.error();
  auto engine = measures::Engine::open(
      desk.bank.warehouse(), {.columns = desk.bank.folder().columns(), .known_at = ask.known_at, .teams = {}});
  if (!engine) return engine.error();
  auto facts = RecordedFacts::load(desk.store(), ask.known_at, asks_grade(*scheme->scheme));
  return Replay{std::move(pack),
                std::move(*engine),
                people::Directory::load(desk.bank.warehouse(), period->last(), ask.known_at),
                std::move(*scheme),
                *period,
                ask.known_at,
                std::move(facts)};
}

base::Result<Run> Replay::run(const std::vector<Correction>& corrections) const {
  std::vector<Replacement> replaced;
  for (const auto& one : corrections) replaced.push_back({one.holder, one.figure, one.value});
  auto evaluation = evaluate(scheme, period, *engine, directory, std::nullopt, replaced, facts);
  if (!evaluation) return evaluation.error();
  Run out = run_of(*evaluation, directory, known_at);
  for (const auto& one : corrections)
    out.warnings.push_back("更正: " + one.holder + " 的" + one.figure + "，由" +
                           (one.was ? one.was->str() : "没有") + "改为" + one.value.str() + "（第 " +
                           std::to_string(one.dispute) + " 件申诉）");
  return out;
}

base::Result<Remade> remake(const Desk& desk, int64_t run) {
  auto life = life_of(desk.store(), run);
  if (!life) return life.error();
  const KeptRun kept = kept_runs(desk.store(), run).at(0);
  auto pack = pack_of_run(desk, kept.scheme, kept.pack_hash);
  if (!pack) return pack.error();
  const std::string known = !life->known_at.empty() ? life->known_at : kept.known_at.value_or(kept.created_at);
  auto known_at = Instant::parse(known);
  if (!known_at) throw base::Broken("run " + std::to_string(run) + ": '" + known + "' is no moment");
  auto replay = open_replay(desk, pack->pack, {kept.scheme, kept.period, known_at});
  if (!replay) return replay.error();
  auto corrections = corrections_of(desk.store(), run);
  auto made = replay->run(corrections);
  if (!made) return made.error();
  return Remade{std::move(*pack), *known_at, std::move(corrections), std::move(*replay), std::move(*made)};
}

std::optional<Json> kept_result(store::Session& session, int64_t run, const std::string& holder) {
  auto rows = session.query("SELECT result FROM run_holders WHERE run_id = ? AND holder_id = ?", {run, holder});
  if (rows.empty()) return std::nullopt;
  auto json = Json::parse(rows[0].text(0));
  if (!json) throw base::Broken("the result of " + holder + " in run " + std::to_string(run) + " cannot be read");
  return std::move(*json);
}

std::vector<std::pair<std::string, Json>> kept_results(store::Session& session, int64_t run) {
  std::vector<std::pair<std::string, Json>> out;
  for (const auto& row :
       session.query("SELECT holder_id, result FROM run_holders WHERE run_id = ? ORDER BY holder_id", {run})) {
    auto json = Json::parse(row.text(1));
    if (!json)
      throw base::Broken("the result of " + row.text(0) + " in run " + std::to_string(run) + " cannot be read");
    out.emplace_back(row.text(0), std::move(*json));
  }
  return out;
}

std::vector<Change> changes_between(const Json& before, const Json& after) {
  auto was = flat(before), is = flat(after);
  for (const auto& [name, value] : was) is.try_emplace(name);
  std::vector<Change> out;
  for (auto& [name, value] : is)
    if (auto at = was.find(name); !same(at == was.end() ? Json() : at->second, value))
      out.push_back({name, at == was.end() ? Json() : at->second, value});
  return out;
}

}  // namespace guanhu::appraisal
