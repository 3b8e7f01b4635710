#include "appraisal/peer_values.h"

#include <mutex>

namespace guanhu::appraisal {

namespace {

using Values = std::map<std::string, base::Decimal>;

constexpr size_t kKept = 256;  // runs

struct Memory {
  std::mutex mutex;
  std::map<std::string, Values> runs;  // by run hash and what was put right since
};
Memory& memory() {
  static Memory all;
  return all;
}

base::Result<Values> computed(const Desk& desk, const KeptRun& run, const std::vector<Correction>& corrections) {
  auto pack = pack_of_run(desk, run.scheme, run.pack_hash);
  if (!pack) return pack.error();
  auto life = life_of(desk.store(), run.id);
  const std::string known =
      life && !life->known_at.empty() ? life->known_at : run.known_at.value_or(run.created_at);
  auto replay = open_replay(desk, pack->pack, {run.scheme, run.period, base::Instant::parse(known)});
  if (!replay) return replay.error();
  std::vector<size_t> peers;
  for (size_t i = 0; i < replay->scheme.steps.size(); ++i)
    if (replay->scheme.steps[i].kind == policy::StepKind::peer) peers.push_back(i);
  if (peers.empty()) return Values{};
  std::vector<Replacement> replaced;
  for (const auto& one : corrections) replaced.push_back({one.holder, one.figure, one.value});
  // Of one peer figure only the steps that it needs.
  auto only = peers.size() == 1 ? std::optional<std::string>(replay->scheme.steps[peers[0]].name) : std::nullopt;
  auto made =
      evaluate(replay->scheme, replay->period, *replay->engine, replay->directory, only, replaced, replay->facts);
  if (!made) return made.error();
  Values out;
  for (size_t i : peers)
    if (!made->steps[i].values.empty() && made->steps[i].values[0])
      out.emplace(replay->scheme.steps[i].name, shown(*made->steps[i].values[0]));
  return out;
}

}  // namespace

Values peer_values(const Desk& desk, int64_t run) {
  auto kept = kept_runs(desk.store(), run);
  if (kept.empty()) return {};
  const auto corrections = corrections_of(desk.store(), run);
  std::string key = kept[0].scheme + " " + kept[0].period + " " + kept[0].run_hash;
  for (const auto& one : corrections)
    key += " " + std::to_string(one.dispute) + ":" + one.holder + ":" + one.figure;
  {
    std::lock_guard lock(memory().mutex);
    if (auto known = memory().runs.find(key); known != memory().runs.end()) return known->second;
  }
  auto values = computed(desk, kept[0], corrections);
  if (!values) return {};
  std::lock_guard lock(memory().mutex);
  if (memory().runs.size() >= kKept) memory().runs.clear();
  memory().runs[key] = *values;
  return *values;
}

}  // namespace guanhu::appraisal
