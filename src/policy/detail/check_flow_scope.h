// Helpers of Flow that its files share.
#pragma once
#include "policy/detail/check_flow.h"

namespace guanhu::policy::detail {

// Names and facts that are added while it lives are gone afterwards.
class Flow::Scope {
 public:
  explicit Scope(Flow& flow) : flow_(flow), facts_(flow.facts_.size()), locals_(flow.locals_.size()) {}
  ~Scope() {
    flow_.facts_.resize(facts_);
    flow_.locals_.resize(locals_);
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Flow& flow_;
  size_t facts_, locals_;
};

// Nothing is reported while it lives.
class Flow::Quiet {
 public:
  explicit Quiet(Flow& flow, bool on = true) : flow_(flow), on_(on) { flow_.quiet_ += on_; }
  ~Quiet() { flow_.quiet_ -= on_; }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  Flow& flow_;
  bool on_;
};

}  // namespace guanhu::policy::detail
