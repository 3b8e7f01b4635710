#include "feel/eval.h"

namespace guanhu::feel {
namespace {
constexpr size_t kMaxDiagnostics = 100;
constexpr std::ptrdiff_t kMaxStack = 3 << 20;  // of the 8 MB a thread has
}  // namespace

Eval::Eval(const EvalOptions& options, std::vector<Diagnostic>* diagnostics)
    : options_(options), diagnostics_(diagnostics) {
  stack_ = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

Value Eval::report(SourceRange where, const char* code, std::string message) {
  std::string_view part = source.substr(where.begin, where.end - where.begin);
  if (!part.empty() && part != source) message += ", in '" + std::string(part) + "'";
  base::Error error = error_at(source, where, code, std::move(message));
  if (options_.strict) throw Stop{std::move(error)};
  if (diagnostics_->size() < kMaxDiagnostics) diagnostics_->push_back({std::move(error), where});
  return {};
}

void Eval::stop_steps() {
  throw Stop{error_at(source, place, "feel.limit",
                      "the evaluation takes more than " + std::to_string(options_.max_steps) + " steps",
                      "loop over less")};
}

void Eval::check_text(size_t bytes) {
  if (bytes > options_.max_text)
    throw Stop{error_at(source, place, "feel.limit",
                        "a string grows beyond " + std::to_string(options_.max_text) + " bytes")};
}

Eval::Call::Call(Eval& eval, std::string_view inner) : eval_(eval), outer_(eval.source) {
  auto used = static_cast<std::ptrdiff_t>(eval.stack_ - reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
  if (eval.depth_ >= eval.options_.max_depth || used > kMaxStack)
    throw Stop{error_at(eval.source, eval.place, "feel.limit",
                        "functions call each other more than " + std::to_string(eval.options_.max_depth) + " deep",
                        "does the recursion end?")};
  ++eval.depth_;
  eval.source = inner;
}

Eval::Call::~Call() {
  --eval_.depth_;
  eval_.source = outer_;
}

}  // namespace guanhu::feel
