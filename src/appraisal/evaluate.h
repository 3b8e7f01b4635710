// A scheme evaluated for a period: every step's value for every holder. appraise() and explain() both
// start from it, so that what is explained is what was computed.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/decided.h"
#include "appraisal/recorded.h"
#include "appraisal/run.h"
#include "base/error.h"
#include "feel/value.h"
#include "measures/engine.h"
#include "people/directory.h"
#include "policy/scheme.h"

namespace guanhu::appraisal {

// A target that the pack gives, or an organisation above the holder; of any other both are null and `org` is "".
struct GivenTarget {
  const policy::TargetTable* table = nullptr;
  const policy::TargetValue* value = nullptr;  // null: the feed says it
  std::string org;                             // that it was taken from; "" the holder's own
  bool any() const { return value || !org.empty(); }
};

// One step of the scheme, for all holders in order.
struct StepValues {
  std::vector<std::optional<base::Decimal>> values;
  std::vector<std::string> reasons;  // "" where there is a value
  std::vector<feel::Value> raw;      // indicators and scores: what the formula gave
  std::optional<measures::MeasureValues> measure;
  std::vector<GivenTarget> given;  // of target measures
};

// The steps of an evaluation. Values are shared between evaluations, never changed.
class Steps {
 public:
  size_t size() const { return all_.size(); }
  const StepValues& operator[](size_t i) const { return *all_[i]; }
  void push_back(StepValues one) { all_.push_back(std::make_shared<const StepValues>(std::move(one))); }
  void push_back(std::shared_ptr<const StepValues> one) { all_.push_back(std::move(one)); }
  void replace(size_t i, std::shared_ptr<const StepValues> one) { all_[i] = std::move(one); }
  const std::shared_ptr<const StepValues>& shared(size_t i) const { return all_[i]; }

 private:
  std::vector<std::shared_ptr<const StepValues>> all_;
};

class StepCache;

struct Evaluation {
  policy::CompiledScheme scheme;
  base::Period period;
  std::vector<people::Staff> holders;   // by id (organisations: id, name, org filled)
  Steps steps;                          // as scheme.steps
  std::vector<measures::Holder> asked;  // as holders, for the measuring engine; then the others of the peers
  // Persons who count in peer figures without being holders; by person (holders, then these) for how much each
  // counts there (nothing: not at all) and on how many days of the period they held customers. Empty where the
  // scheme says nothing of peers.
  std::vector<people::Staff> others;
  std::vector<std::optional<base::Decimal>> peer_weights;
  std::vector<int> days_held;
  std::shared_ptr<const RecordedFacts> facts;  // null: nothing is recorded
  std::vector<DecidedHolder> decided;          // of a scheme that a decision scores: by holder

  size_t persons() const { return holders.size() + others.size(); }
  const people::Staff& person(size_t i) const {
    return i < holders.size() ? holders[i] : others[i - holders.size()];
  }
  std::optional<size_t> holder_index(const std::string& id) const;
};

// A figure or score of one holder that a person decided otherwise (a dispute that was upheld).
struct Replacement {
  std::string holder, figure;
  base::Decimal value;  // in the figure's unit
};

// Computes every step. Refused: scheme.period (a kind the scheme does not have), scheme.holders (nobody
// to appraise), what the measuring engine refuses, and (scheme.formula) a formula that fails, with its
// inputs, the holder and the place in the pack.
// `only`: a figure, score or total; then just the steps it needs are computed, the others stay empty. "": none
// is (to follow a row, no figure is needed).
// `facts`: what people recorded, for schemes that read it.
// `replaced`: values that take the place of computed ones; what follows from them, for peers as well, is computed.
// `cache`: steps that were evaluated before with this engine for this period; what is made is added.
base::Result<Evaluation> evaluate(const policy::CompiledScheme& scheme, const base::Period& period,
                                  measures::Engine& engine, const people::Directory& directory,
                                  const std::optional<std::string>& only = std::nullopt,
                                  std::span<const Replacement> replaced = {},
                                  std::shared_ptr<const RecordedFacts> facts = nullptr,
                                  StepCache* cache = nullptr);

// The run of an evaluation: figures, scores, totals, grades, ranks, sums.
Run run_of(const Evaluation& evaluation, const people::Directory& directory,
           const std::optional<base::Instant>& known_at);

// The same for whoever compares: totals, scores, grades and ranks, without figures.
std::vector<HolderResult> results_of(const Evaluation& evaluation, const people::Directory& directory);

// A total: weighted share of full marks times the scheme's full total. Items without a value are left out
// and the rest scaled up, or make the total null, as the scheme says.
struct Total {
  std::optional<base::Decimal> value;
  std::string reason;
};
Total total_of(const Evaluation& evaluation, size_t holder);

// "total", "总分": what asks for the total in explain.
bool is_total_name(const std::string& name);

// A value in a measure's unit as an exact text: fen × share sums as 元 with as many decimals as needed.
std::string exact_text(const measures::Ratio& ratio);

}  // namespace guanhu::appraisal
