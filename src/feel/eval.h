// One evaluation: its limits, its clock, what went wrong in it.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "feel/source.h"
#include "feel/value.h"

namespace guanhu::feel {

struct EvalOptions {
  // A null born of an error is an Error (with sub-expression, inputs and position), not null.
  bool strict = false;
  // now() and today(): nothing is read from the machine. Without it they are errors.
  std::optional<base::Instant> now;
  int32_t now_offset = 8 * 3600;  // seconds east of UTC that now() and today() are given in
  // Limits; beyond them the evaluation is refused, strict or not ("feel.limit").
  uint64_t max_steps = 5'000'000;  // loop rounds, calls, list elements made; long work counts more
  int max_depth = 400;             // calls of functions inside calls
  size_t max_text = 16 << 20;      // bytes of a string
};

struct Diagnostic {
  base::Error error;  // where: "line:column"
  SourceRange range;
};

struct Trace;
struct Node;

// What a running program reads from outside: its tree says where names stand and which slots they
// have. Failures are explained with it.
struct Readings {
  const Node* tree = nullptr;
  std::span<const Value> slots;
};

class Eval {
 public:
  explicit Eval(const EvalOptions& options, std::vector<Diagnostic>* diagnostics = nullptr);
  ~Eval() { current_ = outer_; }
  Eval(const Eval&) = delete;

  // Records the failure of the part at `where` and gives null; in strict evaluation the first one
  // ends it. `message` is called only where someone will read it; the part's text and the values of the
  // names in it are added.
  template <class Message>
  Value fail(SourceRange where, const char* code, Message&& message) {
    failed_ = true;
    if (!options_.strict && !diagnostics_) [[likely]]
      return {};
    return report(where, code, message());
  }
  template <class Message>
  Value fail(Message&& message) {
    return fail(place, "feel.function", std::forward<Message>(message));
  }
  // Counts work, a step for about a microsecond at most; throws Stop when the limit is reached.
  void step(uint64_t amount = 1) {
    steps_ += amount;
    if (steps_ > options_.max_steps) [[unlikely]]
      stop_steps();
  }
  // Of a string that was made: its length is bounded, and so is the length of all of them together.
  void check_text(size_t bytes);
  // The same for what compares, tests and writes values without knowing of an evaluation: the innermost
  // one of this thread counts it; without one nothing is counted.
  static void spend(uint64_t amount) {
    if (current_) current_->step(amount);
  }
  static void spend_text(size_t bytes) { spend(bytes / kTextStep); }
  static void check_growth(size_t bytes) {
    if (current_ && bytes > current_->options_.max_text) current_->check_text(bytes);
  }

  // Around the call of a function written in FEEL: depth of calls and of the stack.
  class Call {
   public:
    Call(Eval& eval, std::string_view source);
    ~Call();

   private:
    Eval& eval_;
    std::string_view outer_;
    Readings outer_readings_;
  };

  struct Stop {
    base::Error error;
  };

  const EvalOptions& options() const { return options_; }
  bool failed() const { return failed_; }
  std::string_view source;                     // of the program whose part is being evaluated
  Readings readings;                           // of the same program
  SourceRange place;                           // of the call being made, for built-in functions
  Trace* trace = nullptr;                      // where the steps go, and
  const std::string* traced_source = nullptr;  // of which program: functions of others are not traced
  void* host = nullptr;  // what the module that began the evaluation keeps for its own functions

 private:
  static constexpr size_t kTextStep = 1024;  // bytes looked at
  static inline thread_local constinit Eval* current_ = nullptr;
  Value report(SourceRange where, const char* code, std::string message);
  [[noreturn]] void stop_steps();
  Eval* const outer_;
  const EvalOptions& options_;
  std::vector<Diagnostic>* diagnostics_;
  uint64_t steps_ = 0;
  int depth_ = 0;
  uintptr_t stack_;
  bool failed_ = false;
};

}  // namespace guanhu::feel
