#include "appraisal/step_cache.h"

#include <algorithm>

#include "base/digest.h"

namespace guanhu::appraisal {

using policy::InputKind;
using policy::StepKind;

namespace {

// Parts of a text that cannot run into one another.
class Parts {
 public:
  Parts& add(std::string_view part) {
    text_ += std::to_string(part.size()) + ":";
    text_ += part;
    return *this;
  }
  Parts& add(const std::optional<base::Decimal>& value) { return add(value ? value->reduced().str() : "-"); }
  Parts& add(const std::optional<int64_t>& value) { return add(value ? std::to_string(*value) : "-"); }
  Parts& number(int value) { return add(std::to_string(value)); }
  std::string hash() const { return base::sha256_hex(text_); }

 private:
  std::string text_;
};

void add_measure(Parts& out, const policy::Measure& m) {
  out.add(m.unit).number(static_cast<int>(m.fact)).add(m.column).add(m.filter);
  out.number(static_cast<int>(m.aggregate))
      .number(static_cast<int>(m.reach))
      .number(static_cast<int>(m.attribution));
  out.add(m.target).add(m.cap).add(m.minimum).add(m.null_reason);
}

// Whether all it reads has a name.
bool add_inputs(Parts& out, const policy::SchemeStep& step, const std::vector<std::string>& before) {
  for (const policy::SchemeInput& input : step.inputs) {
    out.add(input.name);
    if (input.kind != InputKind::step) {
      out.add(std::optional(input.value));
      continue;
    }
    if (before[input.step].empty()) return false;
    out.add(before[input.step]);
  }
  return true;
}

}  // namespace

std::string people_name(const Evaluation& e) {
  Parts out;
  for (const auto& holder : e.asked) out.number(static_cast<int>(holder.kind)).add(holder.id);
  for (const auto& weight : e.peer_weights) out.add(weight);
  return out.hash();
}

std::string step_name(const Evaluation& e, size_t index, const std::vector<std::string>& before) {
  const policy::SchemeStep& step = e.scheme.steps[index];
  Parts out;
  out.number(static_cast<int>(step.kind)).add(step.name);
  switch (step.kind) {
    case StepKind::measure: add_measure(out, *step.measure); return out.hash();
    case StepKind::peer: out.add(step.peer->how); return add_inputs(out, step, before) ? out.hash() : "";
    case StepKind::indicator:
      out.add(step.indicator->formula).add(step.null_reason());
      return add_inputs(out, step, before) ? out.hash() : "";
    case StepKind::score:
      out.add(step.score->formula).add(step.null_reason()).add(step.score->floor).add(step.score->cap);
      return add_inputs(out, step, before) ? out.hash() : "";
    // What is recorded has the types of its pack; a list asks the pack. Both with the pack they stand in.
    case StepKind::recorded: return out.add(e.scheme.pack->hash).hash();
    case StepKind::list: out.add(e.scheme.pack->hash); return add_inputs(out, step, before) ? out.hash() : "";
  }
  return "";
}

std::shared_ptr<const StepValues> StepCache::find(const std::string& name) {
  auto at = kept_.find(name);
  if (at == kept_.end()) return nullptr;
  at->second.used = ++uses_;
  ++reused_;
  return at->second.values;
}

std::shared_ptr<const StepValues> StepCache::put(const std::string& name, StepValues values) {
  ++made_;
  auto held = std::make_shared<const StepValues>(std::move(values));
  if (name.empty()) return held;
  values_ += held->values.size();
  kept_[name] = {held, ++uses_};
  if (values_ > most_) make_room();
  return held;
}

// A tenth more than needed, so that not every step looks for the oldest.
void StepCache::make_room() {
  std::vector<std::pair<uint64_t, std::string>> order;
  for (const auto& [name, one] : kept_) order.emplace_back(one.used, name);
  std::sort(order.begin(), order.end());
  for (const auto& [used, name] : order) {
    if (values_ <= most_ - most_ / 10) return;
    values_ -= std::min(values_, kept_.at(name).values->values.size());
    kept_.erase(name);
  }
}

}  // namespace guanhu::appraisal
