#include "appraisal/simulate.h"

#include <algorithm>
#include <map>

#include "appraisal/runs.h"
#include "appraisal/simulate_pack.h"
#include "base/digest.h"
#include "policy/scheme.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;

struct Simulator::Work {
  feed::Bank bank;
  std::filesystem::path policies;
  SimulationBase base = {};
  RunPack pack = {};
  std::optional<Replay> replay = {};
  std::vector<Correction> corrections = {};
  StepCache cache = StepCache();
  std::shared_ptr<const Evaluation> before = {};
  std::vector<HolderResult> results = {};
  // An engine in which others hold something, kept for the next question about the same hand-overs.
  std::string reassigned = {};
  std::unique_ptr<measures::Engine> other = {};
  std::optional<StepCache> other_cache = {};

  Desk desk() { return {bank, policies}; }
};

namespace {

// The run that a simulation is compared with; nothing: none is kept.
base::Result<std::optional<RunLife>> base_run(store::Session& session, const SimulationPlace& place) {
  if (place.base) {
    auto life = life_of(session, place.base);
    if (!life) return life.error();
    if (life->scheme != place.scheme || life->period != place.period)
      return Error{"simulate.base",
                   "第 " + std::to_string(place.base) + " 次运行是 " + life->scheme + " " + life->period + " 的",
                   "base", "同一个方案、同一个期间的才能比"};
    return std::optional(*life);
  }
  if (place.known_at) return std::optional<RunLife>();
  for (const RunLife& life : results_in_force(session))
    if (life.scheme == place.scheme && life.period == place.period) return std::optional(life);
  for (const KeptRun& run : kept_runs(session))
    if (run.scheme == place.scheme && run.period == place.period) {
      auto life = life_of(session, run.id);
      if (!life) return life.error();
      return std::optional(*life);
    }
  return std::optional<RunLife>();
}

std::string pack_of(const std::string& scheme) { return scheme.substr(0, scheme.find('/')); }
std::string name_of(const std::string& scheme) { return scheme.substr(scheme.find('/') + 1); }

std::vector<Replacement> replacements(const std::vector<Correction>& corrections) {
  std::vector<Replacement> out;
  for (const auto& one : corrections) out.push_back({one.holder, one.figure, one.value});
  return out;
}

base::Result<std::shared_ptr<const Evaluation>> evaluated(const policy::CompiledScheme& scheme,
                                                          const Replay& replay, measures::Engine& engine,
                                                          const std::vector<Replacement>& replaced,
                                                          StepCache& cache) {
  auto made =
      evaluate(scheme, replay.period, engine, replay.directory, std::nullopt, replaced, replay.facts, &cache);
  if (!made) return made.error();
  return std::make_shared<const Evaluation>(std::move(*made));
}

}  // namespace

base::Result<int64_t> base_of(store::Session& session, const SimulationPlace& place) {
  auto life = base_run(session, place);
  if (!life) return life.error();
  return *life ? (*life)->run : int64_t{0};
}

Simulator::Simulator(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Simulator::~Simulator() = default;
const SimulationBase& Simulator::base() const { return work_->base; }
const Evaluation& Simulator::before() const { return *work_->before; }
const people::Directory& Simulator::directory() const { return work_->replay->directory; }
measures::Engine& Simulator::engine(const Simulation& of) {
  return of.ask.assignments.empty() ? *work_->replay->engine : *work_->other;
}

base::Result<std::unique_ptr<Simulator>> Simulator::open(feed::Bank bank, std::filesystem::path policies,
                                                         const SimulationPlace& place) {
  auto work = std::make_unique<Work>(Work{std::move(bank), std::move(policies)});
  Desk desk = work->desk();
  auto life = base_run(desk.store(), place);
  if (!life) return life.error();
  ReplayAsk ask{place.scheme, place.period, place.known_at};
  if (*life) {
    const KeptRun kept = kept_runs(desk.store(), (*life)->run).at(0);
    auto pack = pack_of_run(desk, kept.scheme, kept.pack_hash);
    if (!pack) return pack.error();
    work->pack = std::move(*pack);
    work->corrections = corrections_of(desk.store(), (*life)->run);
    const std::string known =
        !(*life)->known_at.empty() ? (*life)->known_at : kept.known_at.value_or(kept.created_at);
    ask.known_at = base::Instant::parse(known);
    work->base = {(*life)->state, (*life)->run, kept.run_hash, kept.pack_hash, ask.known_at};
  } else {
    auto pack = installed_pack(desk, pack_of(place.scheme));
    if (!pack) return pack.error();
    work->pack = std::move(*pack);
    if (!ask.known_at) ask.known_at = work->bank.clock().now();
    work->base = {"computed", 0, "", work->pack.pack->hash, ask.known_at};
  }
  auto replay = open_replay(desk, work->pack.pack, ask);
  if (!replay) return replay.error();
  work->replay = std::move(*replay);
  auto before = evaluated(work->replay->scheme, *work->replay, *work->replay->engine,
                          replacements(work->corrections), work->cache);
  if (!before) return before.error();
  work->before = *before;
  const std::string hash = run_hash(run_of(*work->before, work->replay->directory, ask.known_at));
  if (*life && hash != work->base.run_hash)
    return Error{"simulate.stale", "第 " + std::to_string((*life)->run) + " 次运行现在重算不出原来的结果", "base",
                 "重新考核一次，再拿新的一次比"};
  work->base.run_hash = hash;
  work->results = results_of(*work->before, work->replay->directory);
  return std::unique_ptr<Simulator>(new Simulator(std::move(work)));
}

namespace {

// Plans that are changed, as values in the place of those that were handed down.
base::Status add_targets(const std::vector<TargetChange>& targets, const Evaluation& before,
                         std::vector<Replacement>& out) {
  for (const TargetChange& change : targets) {
    const policy::SchemeStep* step = before.scheme.step(change.figure);
    if (!step || !step->measure || step->measure->fact != policy::Fact::target)
      return Error{"simulate.target", "方案里没有计划 " + change.figure, change.figure,
                   "写方案用到的计划指标的名称"};
    if (!change.holder.empty() && !before.holder_index(change.holder))
      return Error{"simulate.target", "考核对象里没有 " + change.holder, change.figure, ""};
    const StepValues& values = before.steps[static_cast<size_t>(step - before.scheme.steps.data())];
    for (size_t h = 0; h < before.holders.size(); ++h) {
      const std::string& id = before.holders[h].id;
      if (!change.holder.empty() && id != change.holder) continue;
      if (change.value) out.push_back({id, change.figure, *change.value});
      else if (values.values[h])
        out.push_back({id, change.figure, Decimal::multiply(*values.values[h], *change.times).value()});
    }
  }
  return {};
}

// Both sides by id.
std::vector<SimulatedHolder> joined(const std::vector<HolderResult>& before,
                                    const std::vector<HolderResult>& after) {
  std::map<std::string, SimulatedHolder> all;
  auto at = [&](const HolderResult& one) -> SimulatedHolder& {
    auto& out = all[one.id];
    if (out.id.empty()) out.id = one.id, out.name = one.name, out.org = one.org, out.branch = one.branch;
    return out;
  };
  for (const auto& one : before) at(one).before = one;
  for (const auto& one : after) at(one).after = one;
  std::vector<SimulatedHolder> out;
  out.reserve(all.size());
  for (auto& [id, one] : all) out.push_back(std::move(one));
  return out;
}

std::string reassigned_name(const std::vector<measures::Reassignment>& all) {
  std::string out;
  for (const auto& one : all)
    for (const std::string& part : {one.kind, one.id, one.giver, one.taker, one.from.str(),
                                    one.to ? one.to->str() : "", std::to_string(one.share)})
      out += std::to_string(part.size()) + ":" + part;
  return out;
}

}  // namespace

base::Result<Simulation> Simulator::simulate(const SimulationAsk& ask) {
  Work& work = *work_;
  auto pay_files = std::optional<RunPack>();
  RunPack pack{work.pack.pack, work.pack.files};
  if (pack.files.empty()) pack.files = kept_pack_files(work.bank.store(), pack.pack->hash);
  const base::Date day = work.replay->period.last();
  const Desk desk = work.desk();
  if (!ask.change.nothing()) {
    auto made = changed_pack(desk.room(), pack_of(ask.scheme), name_of(ask.scheme), day, pack.files, ask.change);
    if (!made) return made.error();
    pack = std::move(*made);
  }
  if (ask.pay) {
    const bool same = ask.pay->pack == pack_of(ask.scheme);
    auto installed = same ? base::Result<RunPack>(pack) : installed_pack(desk, ask.pay->pack);
    if (!installed) return installed.error();
    pay_files = std::move(*installed);
    if (!ask.pay->change.nothing()) {
      auto made = changed_pack(desk.room(), ask.pay->pack, "", day, pay_files->files, ask.pay->change);
      if (!made) return made.error();
      pay_files = std::move(*made);
    }
  }
  return simulate_with(ask, std::move(pack), std::move(pay_files));
}

namespace {

std::vector<SimulatedWeight> weights_changed(const policy::CompiledScheme& was, const policy::CompiledScheme& is) {
  std::vector<SimulatedWeight> all, out;
  for (const auto& item : was.scheme->items) all.push_back({item.score, item.weight, std::nullopt});
  for (const auto& item : is.scheme->items) {
    auto known = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == item.score; });
    if (known == all.end()) all.push_back({item.score, std::nullopt, item.weight});
    else known->after = item.weight;
  }
  for (auto& one : all)
    if (!one.before || !one.after || !(*one.before == *one.after)) out.push_back(std::move(one));
  return out;
}

}  // namespace

base::Result<Simulation> Simulator::simulate_with(const SimulationAsk& ask, RunPack pack,
                                                  std::optional<RunPack> pay_pack) {
  Work& work = *work_;
  Simulation out;
  out.ask = ask, out.base = work.base, out.pack = std::move(pack), out.pay_pack = std::move(pay_pack);
  auto made = evaluate_with(out, {});
  if (!made) return made.error();
  out.after = *made;
  out.title = out.after->scheme.scheme->title;
  out.weights = weights_changed(work.before->scheme, out.after->scheme);
  out.steps = out.after->steps.size();
  const StepCache& cache = ask.assignments.empty() ? work.cache : *work.other_cache;
  out.reused = out.steps - std::min(out.steps, cache.made());
  out.holders = joined(work.results, results_of(*out.after, work.replay->directory));
  if (ask.nothing()) out.notes.emplace_back("没有改动：两边应当一样");
  if (!ask.pay) return out;
  // The base is paid by the rules as they are.
  const bool same = ask.pay->pack == pack_of(ask.scheme);
  auto plain = same                   ? base::Result<RunPack>(work.pack)
               : ask.pay->was.empty() ? installed_pack(work.desk(), ask.pay->pack)
                                      : pack_of_run(work.desk(), ask.pay->pack + "/", ask.pay->was);
  if (!plain) return plain.error();
  out.ask.pay->was = plain->pack->hash;
  out.pay_base = *plain;
  if (!out.ask.pay->known_at)
    out.ask.pay->known_at = pay_known_at(work.bank.store(), ask.pay->pack, ask.scheme, ask.period);
  const Run was = run_of(*work.before, work.replay->directory, work.base.known_at);
  const Run would = run_of(*out.after, work.replay->directory, work.base.known_at);
  for (const bool after : {false, true}) {
    auto paid = simulated_pay(
        work.bank.store(), work.replay->directory,
        {after ? out.pay_pack->pack.get() : plain->pack.get(), &*out.ask.pay, after ? &would : &was});
    if (!paid) return paid.error();
    size_t open = 0;
    for (auto& one : out.holders)
      if (auto at = paid->find(one.id); at != paid->end()) {
        (after ? one.pay_after : one.pay_before) = at->second;
        open += at->second.open;
      }
    if (open)
      out.notes.push_back((after ? "改后" : "改前") + std::string("有 ") + std::to_string(open) +
                          " 处工资没有算出来，按 0 计");
  }
  return out;
}

base::Result<std::shared_ptr<const Evaluation>> Simulator::evaluate_with(
    const Simulation& of, const std::vector<Replacement>& replaced) {
  Work& work = *work_;
  const SimulationAsk& ask = of.ask;
  auto scheme = policy::compile_scheme(*of.pack.pack, name_of(ask.scheme), work.replay->period.last());
  if (!scheme) return scheme.error();
  std::vector<Replacement> all = replacements(work.corrections);
  if (auto added = add_targets(ask.targets, *work.before, all); !added) return added.error();
  all.insert(all.end(), replaced.begin(), replaced.end());
  measures::Engine* engine = work.replay->engine.get();
  StepCache* cache = &work.cache;
  if (!ask.assignments.empty()) {
    if (const std::string name = reassigned_name(ask.assignments); name != work.reassigned || !work.other) {
      auto other = measures::Engine::open(work.bank.warehouse(), {.columns = work.bank.folder().columns(),
                                                                  .known_at = work.base.known_at,
                                                                  .teams = {},
                                                                  .reassigned = ask.assignments});
      if (!other) return other.error();
      work.other = std::move(*other), work.reassigned = name, work.other_cache.emplace();
    }
    engine = work.other.get(), cache = &*work.other_cache;
  }
  cache->reset();
  return evaluated(*scheme, *work.replay, *engine, all, *cache);
}

std::optional<Decimal> SimulatedHolder::change() const {
  if (!before || !after || !before->total || !after->total) return std::nullopt;
  return Decimal::subtract(*after->total, *before->total);
}

std::string Simulation::hash() const {
  base::Sha256 out;
  auto add = [&](const std::string& part) { out.add(std::to_string(part.size()) + ":" + part); };
  auto side = [&](const std::optional<HolderResult>& one) {
    add(!one ? "-" : one->total ? shown(*one->total).reduced().str() : "");
    add(one ? one->grade.value_or("") : "");
  };
  auto pay = [&](const std::optional<SimulatedPay>& one) {
    add(one ? std::to_string(one->cost) + " " + std::to_string(one->net) : "-");
  };
  add(ask.scheme), add(ask.period), add(base.run_hash), add(pack.pack->hash);
  add(std::string(kEngineVersion));
  for (const SimulatedHolder& one : holders)
    add(one.id), side(one.before), side(one.after), pay(one.pay_before), pay(one.pay_after);
  return out.hex();
}

}  // namespace guanhu::appraisal
