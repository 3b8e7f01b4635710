#include "appraisal/seal_verify.h"

#include <map>

#include "appraisal/life_work.h"

namespace guanhu::appraisal {

using base::Json;

namespace {

constexpr size_t kMost = 20;

void fault(SealVerdict& out, std::string what) {
  if (out.faults.size() < kMost) out.faults.push_back(std::move(what));
  else if (out.faults.size() == kMost) out.faults.push_back("... and more");
}

// The texts hash to their leaves, the leaves to the root, and each text is still what the store's rows say.
void check_statements(store::Session& session, const RunLife& life, SealVerdict& out) {
  std::vector<std::string> leaves;
  auto unsound = [&](std::string what) { out.sound = false, fault(out, std::move(what)); };
  for (const auto& row :
       session.query("SELECT holder_id, salt, statement, leaf FROM run_leaves WHERE run_id = ? ORDER BY position",
                     {life.run})) {
    const std::string &holder = row.text(0), &text = row.text(2), &leaf = row.text(3);
    leaves.push_back(leaf);
    if (leaf_hash(text) != leaf) unsound("the statement of " + holder + " does not give its leaf");
    auto data = statement_data(session, life.run, holder);
    if (data) data->salt = row.text(1);
    if (!data || statement_text(*data) != text)
      unsound("the result of " + holder + " as it is kept is not what was sealed");
  }
  out.statements = static_cast<int64_t>(leaves.size());
  const int64_t holders =
      session.query("SELECT count(*) FROM run_holders WHERE run_id = ?", {life.run}).at(0).integer(0);
  if (out.statements != life.leaves || holders != life.leaves)
    unsound(std::to_string(life.leaves) + " statements were sealed; there are " + std::to_string(out.statements) +
            ", of " + std::to_string(holders) + " results");
  if (leaves.empty() || merkle_root(leaves) != life.root) unsound("the statements do not give the sealed root");
}

std::string shown_value(const Json& value) {
  const auto* text = value.as_string();
  return text ? *text : value.dump();
}

// Every value that came out otherwise.
size_t compare(store::Session& session, const RunLife& life, const Run& again, SealVerdict& out) {
  std::map<std::string, std::pair<Json, Json>> all;
  for (auto& [holder, result] : kept_results(session, life.run)) all[holder].first = std::move(result);
  const Json json = to_json(again);
  for (const Json& result : *json.find("holders")->as_array())
    all[*result.find("id")->as_string()].second = result;
  size_t differences = 0;
  for (const auto& [holder, results] : all)
    for (const auto& change : changes_between(results.first, results.second)) {
      ++differences;
      fault(out, holder + " " + change.what + ": sealed " + shown_value(change.before) + ", made again " +
                     shown_value(change.after));
    }
  return differences;
}

}  // namespace

std::vector<RunLife> sealed_runs(store::Session& session) {
  std::vector<RunLife> out;
  for (const auto& row : session.query("SELECT run_id FROM runs WHERE state = 'sealed' ORDER BY run_id"))
    out.push_back(life_of(session, row.integer(0)).value());
  return out;
}

SealVerdict verify_seal(const Desk& desk, const RunLife& life, const std::string& root_on_record, bool rerun) {
  SealVerdict out{.run = life.run, .scheme = life.scheme, .period = life.period, .root = life.root};
  out.rerun = "skipped";
  check_statements(desk.store(), life, out);
  if (root_on_record != life.root) {
    out.sound = false;
    fault(out, root_on_record.empty() ? "the audit chain has no record of this seal"
                                      : "the audit chain says that another root was sealed: " + root_on_record);
  }
  if (!rerun) return out;
  auto remade = remake(desk, life.run);
  if (!remade) {
    out.rerun = "impossible";
    fault(out, "it cannot be made again: " + remade.error().text());
    return out;
  }
  const bool same_engine = life.engine == kEngineVersion;
  const size_t differences = compare(desk.store(), life, remade->run, out);
  const bool same = differences == 0 && (!same_engine || run_hash(remade->run) == life.run_hash);
  if (!same && differences == 0) fault(out, "the values are the same, the hash of the run is another");
  out.rerun = same ? "same" : "differs";
  return out;
}

}  // namespace guanhu::appraisal
