#include "feel/eval.h"

#include <algorithm>

#include "feel/ast.h"

namespace guanhu::feel {
namespace {
constexpr size_t kMaxDiagnostics = 100;
constexpr std::ptrdiff_t kMaxStack = 3 << 20;  // of the 8 MB a thread has
}  // namespace

Eval::Eval(const EvalOptions& options, std::vector<Diagnostic>* diagnostics)
    : outer_(current_), options_(options), diagnostics_(diagnostics) {
  current_ = this;
  stack_ = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

namespace {
// "余额 = 0, 目标 = 3": the names read in the part and what they held, each once, the first few.
std::string inputs_of(const Readings& readings, SourceRange where) {
  constexpr size_t kMostNames = 5, kMostBytes = 40;
  std::vector<std::string_view> seen;
  std::string out;
  walk(*readings.tree, [&](const Node& node) {
    if (node.range.end <= where.begin || node.range.begin >= where.end) return false;
    bool inside = node.range.begin >= where.begin && node.range.end <= where.end;
    bool read =
        node.slot == Node::kConstant || (node.slot >= 0 && static_cast<size_t>(node.slot) < readings.slots.size());
    if (node.kind != NodeKind::name || !inside || !read) return true;
    if (seen.size() == kMostNames || std::find(seen.begin(), seen.end(), node.text) != seen.end()) return true;
    const Value& value = node.slot >= 0 ? readings.slots[static_cast<size_t>(node.slot)] : node.value;
    out += (seen.empty() ? "" : ", ") + node.text + " = " + value.show(kMostBytes);
    seen.push_back(node.text);
    return true;
  });
  return out;
}
}  // namespace

Value Eval::report(SourceRange where, const char* code, std::string message) {
  std::string_view part = source.substr(where.begin, where.end - where.begin);
  if (!part.empty() && part != source) message += ", in '" + std::string(part) + "'";
  std::string inputs = readings.tree ? inputs_of(readings, where) : "";
  if (!inputs.empty()) message += " (" + inputs + ")";
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
  constexpr size_t kMadeStep = 64;  // bytes made: five million steps make 300 MB
  step(bytes / kMadeStep);
  if (bytes > options_.max_text)
    throw Stop{error_at(source, place, "feel.limit",
                        "a string grows beyond " + std::to_string(options_.max_text) + " bytes")};
}

Eval::Call::Call(Eval& eval, std::string_view inner)
    : eval_(eval), outer_(eval.source), outer_readings_(eval.readings) {
  auto used = static_cast<std::ptrdiff_t>(eval.stack_ - reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
  if (eval.depth_ >= eval.options_.max_depth || used > kMaxStack)
    throw Stop{error_at(eval.source, eval.place, "feel.limit",
                        "functions call each other more than " + std::to_string(eval.options_.max_depth) + " deep",
                        "does the recursion end?")};
  ++eval.depth_;
  // A function of the same text reads the same names.
  if (inner.data() != eval.source.data()) eval.readings = {};
  eval.source = inner;
}

Eval::Call::~Call() {
  --eval_.depth_;
  eval_.source = outer_;
  eval_.readings = outer_readings_;
}

}  // namespace guanhu::feel
