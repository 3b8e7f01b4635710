// Values of steps under what they were made from: a step whose formula, inputs and parameters are what they were
// is not evaluated again, however the pack around it changed.
//
// Belongs to one engine and one period (what is measured does not stand in a name); one thread at a time.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>

#include "appraisal/evaluate.h"

namespace guanhu::appraisal {

class StepCache {
 public:
  // `values`: at most so many are kept (5,000 holders with 100 steps are 500,000); the oldest go first.
  explicit StepCache(size_t values = 6'000'000) : most_(values) {}

  std::shared_ptr<const StepValues> find(const std::string& name);  // null: not there
  std::shared_ptr<const StepValues> put(const std::string& name, StepValues values);

  // Since reset(): how many steps were taken from here, and how many were made.
  size_t reused() const { return reused_; }
  size_t made() const { return made_; }
  void reset() { reused_ = made_ = 0; }

 private:
  struct Kept {
    std::shared_ptr<const StepValues> values;
    uint64_t used = 0;
  };
  void make_room();
  size_t most_, values_ = 0, reused_ = 0, made_ = 0;
  uint64_t uses_ = 0;
  std::unordered_map<std::string, Kept> kept_;
};

// What a step's values follow from, as SHA-256 over its definition and the names of the steps it reads (`before`:
// of the steps before it). "": a step that is always made anew.
std::string step_name(const Evaluation& evaluation, size_t step, const std::vector<std::string>& before);
// Of the people asked and their weights among the peers: the beginning of every name.
std::string people_name(const Evaluation& evaluation);

}  // namespace guanhu::appraisal
