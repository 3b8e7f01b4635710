// What a formula does with its values, found without evaluating it: types, units, values that may be
// null, divisors that may be zero, conditions that are always the same. What a condition has shown holds
// where it leads: `if x = null then 0 else x + 1` is sound.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/ast.h"
#include "policy/detail/check_info.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

// A name that formulas may use.
struct Symbol {
  Info info;
  const feel::Node* definition = nullptr;  // of a step or a figure: how it is worked out of other symbols
};
using Symbols = std::map<std::string, Symbol, std::less<>>;

class Flow {
 public:
  // `code`: one of check_codes.h.
  using Say = std::function<void(feel::SourceRange, std::string_view code, std::string message, std::string hint)>;
  // `functions`: the pack whose functions the formulas call.
  Flow(const Symbols& symbols, const Pack& functions, Say say)
      : symbols_(symbols), pack_(functions), say_(std::move(say)) {}

  // The value of the whole expression. `source`: its text, for messages.
  Info run(const feel::Node& tree, std::string_view source);
  // The same for a condition: it gives true or false, and may give both (`varies`). `strict`: never null.
  Info condition(const feel::Node& tree, std::string_view source, bool strict, bool varies = true);
  // Tests of `input`, whose expression is `name`: the cell of a table.
  void tests(const feel::Node& tree, std::string_view source, const Info& input, std::string_view name);
  // Whether a value may stand where one of `wanted` is asked for; says so when not. `where`: "结果".
  void fits(const feel::Node& at, const Info& given, const Info& wanted, const std::string& where);
  // What holds from here on.
  void assume(const feel::Node& condition, bool truth) { assume(condition, truth, true); }
  // The cell `tests` of the column `subject` passes, or does not.
  void passes(const feel::Node& tests, const feel::Node& subject, bool truth);
  // What holds from here on does not hold any more when it is gone.
  class Scope;
  // Nothing is said while it lives.
  class Quiet;

 private:
  struct Local {
    std::string name, key;  // no name: a frame of an item nobody knows: any name may be its member
    Info info;
  };

  using Node = feel::Node;
  Info infer(const Node& node);
  Info plain(const Node& node);
  Info name(const Node& node);
  Info by_definition(const Symbol& symbol, Info info);
  Info logic(const Node& node);
  Info comparison(const Node& node);
  Info compared(const Node& node, feel::Op op, const Node& left, Info a, const Node& right, Info b);
  Info arithmetic(const Node& node);
  Info numbers(const Node& node, const Info& a, const Info& b);
  Info conditional(const Node& node);
  bool constant_by_itself(const Node& condition);
  Info between(const Node& node);
  Info membership(const Node& node);
  void test(const Node& test, const Node& subject, const Info& input);
  Info negation(const Node& node);

  // check_flow_parts.cc
  Info list(const Node& node);
  Info context(const Node& node);
  Info path(const Node& node);
  Info member(const Node& node, const Info& object);
  Info filter(const Node& node);
  Info loop(const Node& node);
  Info function(const Node& node);
  void enter_item(const Info& element);

  // check_flow_calls.cc
  Info call(const Node& node);
  Info pack_call(const Node& node, const Function& function);
  Info builtin_call(const Node& node, const std::string& name);
  void arguments_fit(const Node& node, const std::string& name, std::vector<Info>& arguments);
  Info result_of(const Node& node, const std::string& name, const std::vector<Info>& arguments);
  Info statistics(const Node& node, const std::string& name, const std::vector<Info>& arguments);
  Info rounding(const std::string& name, const std::vector<Info>& arguments);
  Info list_result(const std::string& name, const std::vector<Info>& arguments);

  // check_flow_facts.cc
  void assume(const Node& condition, bool truth, bool exact);
  void assume_either(const Node& left, const Node& right, bool truth, bool exact);
  void assume_name(const Node& node, bool truth, bool exact);
  void assume_value(const Node& node);  // it is not null
  void passes_one(const Node& test, const Node& subject, bool truth);
  void assume_member(const Node& node, bool truth);
  void constrain(const Node& node, feel::Op op, const Info& other);
  void narrow_equal(Info& info, const Info& other) const;
  void narrow_different(Info& info, const Info& other) const;
  void difference_known(const Node& left, feel::Op op, const Node& right);
  void narrow_origin(const Node& node, const Info& info);
  std::string key(const Node& node) const;
  const Info* fact(std::string_view key) const;
  void set(std::string key, Info info);
  const Symbol* symbol(const Node& node) const;  // of a name that no local hides

  Info need(const Node& node, Info info, const char* what);  // null is an error here
  void units(const Node& at, const Info& a, const Info& b, std::string_view verb);
  void nonzero(const Node& divisor, const Info& info);
  bool word(const Node& at, const Info& literal, const Node& subject);
  std::string text(const Node& node) const;
  void say(feel::SourceRange range, std::string_view code, std::string message, std::string hint);

  const Symbols& symbols_;
  const Pack& pack_;
  Say say_;
  std::string_view source_;
  std::vector<Local> locals_;
  std::vector<std::pair<std::string, Info>> facts_;  // the last of a key counts
  size_t shown_before_ = 0;                          // facts that stood before the formula began
  int quiet_ = 0, depth_ = 0, serial_ = 0, budget_ = 0;
};

}  // namespace guanhu::policy::detail
