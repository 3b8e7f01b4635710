// The compiled tree: names are places, constants are folded. Inside of feel only.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "feel/ast.h"
#include "feel/builtins.h"
#include "feel/eval.h"
#include "feel/trace.h"
#include "feel/value.h"

namespace guanhu::feel {

struct Frame {
  const Value* slots;
  const Value* captured;  // of a function: what it took with it when it was made
  Value* locals;
  Eval& eval;
  Trace* trace;
};

struct TestPart;

class Expr {
 public:
  explicit Expr(SourceRange r) : range(r) {}
  virtual ~Expr() = default;
  virtual Value eval(Frame& frame) const = 0;
  // The value without a copy where it lies somewhere already.
  virtual const Value& ref(Frame& frame, Value& room) const {
    room = eval(frame);
    return room;
  }
  virtual const Value* constant() const { return nullptr; }
  virtual const std::vector<TestPart>* tests() const { return nullptr; }
  SourceRange range;
};
using ExprPtr = std::unique_ptr<Expr>;
using Exprs = std::vector<ExprPtr>;

// Places for local values: on the stack while they are few.
class Locals {
 public:
  explicit Locals(int count) {
    if (count > kFew) many_.resize(static_cast<size_t>(count));
  }
  Value* data() { return many_.empty() ? few_ : many_.data(); }

 private:
  static constexpr int kFew = 8;
  Value few_[kFew];
  std::vector<Value> many_;
};

// expr_basic.cc
ExprPtr make_constant(SourceRange range, Value value);
ExprPtr make_slot(SourceRange range, int slot);
ExprPtr make_local(SourceRange range, int local);
ExprPtr make_captured(SourceRange range, int index);
ExprPtr make_failure(SourceRange range, const char* code, std::string message);
// The entry `name` of the item where it has one, otherwise `outside` (which may be missing).
ExprPtr make_dynamic(SourceRange range, int item, std::string name, ExprPtr outside);
ExprPtr make_negate(SourceRange range, ExprPtr operand);
ExprPtr make_binary(SourceRange range, Op op, ExprPtr left, ExprPtr right);
ExprPtr make_between(SourceRange range, ExprPtr value, ExprPtr low, ExprPtr high);
struct TestPart {
  Op op = Op::none;        // none: `matches_test`
  bool condition = false;  // it looks at "?" itself: true passes
  ExprPtr operand;
};
ExprPtr make_in(SourceRange range, ExprPtr value, std::vector<TestPart> tests);
ExprPtr make_tests(SourceRange range, int input, std::vector<TestPart> tests, bool negated);
ExprPtr make_if(SourceRange range, ExprPtr condition, ExprPtr then, ExprPtr otherwise);
ExprPtr make_instance_of(SourceRange range, ExprPtr operand, TypeRef type);
ExprPtr make_trace(const Node& node, ExprPtr inner);

// expr_parts.cc
ExprPtr make_list(SourceRange range, Exprs items);
ExprPtr make_context(SourceRange range, std::vector<std::string> names, Exprs values, std::vector<int> locals);
ExprPtr make_range(SourceRange range, ExprPtr low, ExprPtr high, bool low_included, bool high_included);
ExprPtr make_one_sided(SourceRange range, Op op, ExprPtr operand);
ExprPtr make_path(SourceRange range, ExprPtr object, std::string name);
enum class FilterBy { condition, index, either };
ExprPtr make_filter(SourceRange range, ExprPtr list, ExprPtr by, int item, FilterBy kind);

// expr_loop.cc
struct Domain {
  int local;
  ExprPtr list;      // or
  ExprPtr from, to;  // an iteration
};
ExprPtr make_for(SourceRange range, std::vector<Domain> domains, ExprPtr body, int partial);
ExprPtr make_quantified(SourceRange range, bool every, std::vector<Domain> domains, ExprPtr condition);

// expr_call.cc
// `names`: how the arguments were named, empty when they were not.
ExprPtr make_builtin_call(SourceRange range, const BuiltinFunction& function, Exprs arguments,
                          std::vector<std::string> names);
ExprPtr make_call(SourceRange range, ExprPtr callee, Exprs arguments, std::vector<std::string> names);
struct FunctionCode {
  std::vector<Function::Parameter> parameters;
  TypeRef result;
  ExprPtr body;
  int locals = 0;  // parameters, then others
  int self = -1;   // the local of its own name
  SourceRange range;
  std::shared_ptr<const std::string> source;
};
ExprPtr make_function(SourceRange range, std::shared_ptr<const FunctionCode> code, Exprs captures);

}  // namespace guanhu::feel
