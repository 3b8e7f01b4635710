// What a condition shows about values, where it is true and where it is not.
#include <algorithm>

#include "policy/detail/check_flow.h"
#include "policy/detail/check_flow_scope.h"
#include "policy/detail/check_tree.h"

namespace guanhu::policy::detail {

using feel::NodeKind;
using feel::Op;

namespace {

void tighten(std::optional<Bound>& bound, const Bound& other, bool low) {
  if (!bound || (low ? other.value > bound->value : other.value < bound->value)) bound = other;
  else if (other.value == bound->value) bound->included = bound->included && other.included;
}

}  // namespace

const Info* Flow::fact(std::string_view key) const {
  if (key.empty()) return nullptr;
  for (size_t i = facts_.size(); i-- > 0;)
    if (facts_[i].first == key) return &facts_[i].second;
  return nullptr;
}

void Flow::set(std::string key, Info info) {
  if (!key.empty()) facts_.emplace_back(std::move(key), std::move(info));
}

const Symbol* Flow::symbol(const Node& node) const {
  if (node.kind != NodeKind::name) return nullptr;
  for (size_t i = locals_.size(); i-- > 0;)
    if (locals_[i].name.empty() || locals_[i].name == node.text) return nullptr;
  auto found = symbols_.find(node.text);
  return found == symbols_.end() ? nullptr : &found->second;
}

// Expressions of the same key have the same value here. "": nothing can be kept about it.
std::string Flow::key(const Node& node) const {
  switch (node.kind) {
    case NodeKind::name:
      for (size_t i = locals_.size(); i-- > 0;) {
        if (locals_[i].name.empty()) return "";
        if (locals_[i].name == node.text) return locals_[i].key;
      }
      return node.text;
    case NodeKind::literal: return node.value.show(200);
    case NodeKind::path: {
      std::string object = key(node.child(0));
      return object.empty() ? "" : object + "." + node.text;
    }
    case NodeKind::binary: {
      std::string a = key(node.child(0)), b = key(node.child(1));
      return a.empty() || b.empty() ? "" : "(" + a + " " + std::string(op_text(node.op)) + " " + b + ")";
    }
    case NodeKind::call: {
      if (!node.names.empty() || node.child(0).kind != NodeKind::name) return "";
      std::string out = node.child(0).text + "(";
      for (size_t i = 1; i < node.children.size(); ++i) {
        std::string argument = key(node.child(i));
        if (argument.empty()) return "";
        out += argument + ",";
      }
      return out + ")";
    }
    case NodeKind::filter: {
      // Inside of a loop the condition may speak of its variable.
      if (!locals_.empty()) return "";
      return canonical(node);
    }
    default: return "";
  }
}

// `exact`: it gave `truth`; else it may also have given null.
void Flow::assume(const Node& condition, bool truth, bool exact) {
  if (--budget_ < 0) return;
  switch (condition.kind) {
    case NodeKind::name: return assume_name(condition, truth, exact);
    case NodeKind::binary: break;
    case NodeKind::between:
      if (!truth) return;
      for (size_t i = 1; i < 3; ++i) {
        Quiet quiet(*this);
        constrain(condition.child(0), i == 1 ? Op::greater_equal : Op::less_equal, infer(condition.child(i)));
      }
      return;
    case NodeKind::in: return assume_member(condition, truth);
    case NodeKind::call:
      if (condition.child(0).kind == NodeKind::name && condition.child(0).text == "not" &&
          condition.children.size() == 2)
        assume(condition.child(1), !truth, exact);
      return;
    default: return;
  }
  const Node &left = condition.child(0), &right = condition.child(1);
  if (condition.op == Op::and_ || condition.op == Op::or_) {
    if (truth == (condition.op == Op::and_)) {
      assume(left, truth, exact);
      assume(right, truth, exact);
    } else {
      assume_either(left, right, truth, exact);
    }
    return;
  }
  if (condition.op > Op::greater_equal) return;
  Op op = truth ? condition.op : opposite(condition.op);
  Info a, b;
  {
    Quiet quiet(*this);
    a = infer(left), b = infer(right);
  }
  constrain(left, op, b);
  constrain(right, mirrored(op), a);
  difference_known(left, op, right);
}

// One of the two holds: what both show.
void Flow::assume_either(const Node& left, const Node& right, bool truth, bool exact) {
  size_t before = facts_.size();
  auto take = [&] {
    std::map<std::string, Info> out;
    for (size_t i = before; i < facts_.size(); ++i) out[facts_[i].first] = facts_[i].second;
    facts_.resize(before);
    return out;
  };
  assume(left, truth, exact);
  const std::map<std::string, Info> a = take();
  // The right side is looked at only where the left one does not decide.
  assume(left, !truth, false);
  assume(right, truth, exact);
  const std::map<std::string, Info> b = take();
  for (const auto& [key, info] : a)
    if (auto other = b.find(key); other != b.end()) set(key, Info::either(info, other->second));
}

void Flow::assume_name(const Node& node, bool truth, bool exact) {
  Info info;
  {
    Quiet quiet(*this);
    info = infer(node);
  }
  if (exact) info.null = false;
  if (exact || !info.null) {
    if (!info.known() || info.kind == TypeKind::boolean) info.boolean = truth;
    set(key(node), info);
  }
  const Symbol* known = symbol(node);
  if (!known || !known->definition || depth_ >= 6) return;
  ++depth_;
  std::vector<Local> hidden;
  hidden.swap(locals_);
  assume(*known->definition, truth, exact);
  locals_.swap(hidden);
  --depth_;
}

// The expression has a value: of `if c then x else null` c held.
void Flow::assume_value(const Node& node) {
  if (node.kind == NodeKind::if_) {
    const Node &then = node.child(1), &otherwise = node.child(2);
    if (is_null(then)) {
      assume(node.child(0), false, false);
      assume_value(otherwise);
    } else if (is_null(otherwise)) {
      assume(node.child(0), true, true);
      assume_value(then);
    }
  } else if (node.kind == NodeKind::name) {
    Info info;
    {
      Quiet quiet(*this);
      info = infer(node);
    }
    if (!info.null) return;
    info.null = false;
    set(key(node), info);
    narrow_origin(node, info);
  }
}

void Flow::assume_member(const Node& node, bool truth) {
  std::optional<Info> any;
  Quiet quiet(*this);
  for (size_t i = 1; i < node.children.size(); ++i) {
    const Node& test = node.child(i);
    auto add = [&](const Node& one) {
      Info info = one.kind == NodeKind::range || one.kind == NodeKind::unary_test ? Info() : infer(one);
      any = any ? Info::either(*any, info) : info;
    };
    if (test.kind == NodeKind::list)
      for (const auto& item : test.children) add(*item);
    else add(test);
  }
  if (!any) return;
  if (any->kind == TypeKind::list && any->element) any = Info(*any->element);
  if (truth) {
    constrain(node.child(0), Op::equal, *any);
    return;
  }
  if (!any->words || any->words->size() != 1) {
    if (!any->words || any->null) return;
    for (const std::string& word : *any->words)
      constrain(node.child(0), Op::not_equal, Info::of_value(feel::Value::string(word)));
    return;
  }
  constrain(node.child(0), Op::not_equal, *any);
}

void Flow::narrow_equal(Info& info, const Info& other) const {
  if (other.only_null()) {
    info.null = true;
    info.value = false;
    return;
  }
  if (!other.null) info.null = false;
  if (!other.known()) return;
  if (!info.known()) {
    bool null = info.null;
    info = other;
    info.null = null;
    return;
  }
  if (info.kind != other.kind) return;
  info.soft = info.soft || other.soft;
  if (other.low) tighten(info.low, *other.low, true);
  if (other.high) tighten(info.high, *other.high, false);
  if (other.words) {
    if (!info.words) info.words = other.words;
    else
      std::erase_if(*info.words, [&](const std::string& word) {
        return std::find(other.words->begin(), other.words->end(), word) == other.words->end();
      });
  }
  if (other.boolean) info.boolean = other.boolean;
  if (other.kind == TypeKind::list && other.filled) info.filled = true;
  if (other.maybe && !other.may_be_zero()) info.nonzero = true;
}

void Flow::narrow_different(Info& info, const Info& other) const {
  if (other.only_null()) {
    info.null = false;
    return;
  }
  if (info.kind == TypeKind::list && other.kind == TypeKind::list && !other.filled && !other.element)
    info.filled = true;
  if (other.surely_zero()) {
    info.nonzero = true;
    for (auto* bound : {&info.low, &info.high})
      if (*bound && (*bound)->value.is_zero()) (*bound)->included = false;
  }
  if (info.words && other.words && other.words->size() == 1) std::erase(*info.words, other.words->front());
  if (info.kind == TypeKind::boolean && other.boolean && !info.null) info.boolean = !*other.boolean;
}

// `node op other` holds.
void Flow::constrain(const Node& node, Op op, const Info& other) {
  if (node.kind == NodeKind::literal) return;
  std::string own = key(node);
  Info info;
  {
    Quiet quiet(*this);
    info = infer(node);
  }
  if (op == Op::equal) narrow_equal(info, other);
  else if (op == Op::not_equal) narrow_different(info, other);
  else {
    info.null = false;
    info.soft = info.soft || other.soft;
    bool included = op == Op::less_equal || op == Op::greater_equal;
    const auto& bound = op <= Op::less_equal ? other.high : other.low;
    if (bound)
      tighten(op <= Op::less_equal ? info.high : info.low, {bound->value, bound->included && included},
              op > Op::less_equal);
    if (!info.known() && other.kind == TypeKind::number) info.kind = other.kind;
  }
  set(own, info);
  narrow_origin(node, info);
  // Of an empty list there is no sum, no count above 0.
  if (node.kind == NodeKind::call && node.children.size() == 2 && node.child(0).kind == NodeKind::name) {
    const std::string& function = node.child(0).text;
    bool some =
        function == "count"
            ? info.nonzero || (info.low && (info.low->value > base::Decimal(0) || !info.low->included))
            : !info.null && (function == "sum" || function == "min" || function == "max" || function == "mean");
    if (!some) return;
    Quiet quiet(*this);
    Info list = infer(node.child(1));
    list.filled = true;
    set(key(node.child(1)), list);
    narrow_origin(node.child(1), list);
  }
}

// A step's formula is known to give what the step is known to be.
void Flow::narrow_origin(const Node& node, const Info& info) {
  const Symbol* known = symbol(node);
  if (!known || !known->definition || depth_ >= 6) return;
  ++depth_;
  std::vector<Local> hidden;
  hidden.swap(locals_);
  const Node& definition = *known->definition;
  if (!info.null) assume_value(definition);
  if (info.kind == TypeKind::number || info.kind == TypeKind::list) {
    set(key(definition), info);
    if (definition.kind == NodeKind::name) narrow_origin(definition, info);
    if (definition.kind == NodeKind::call && info.kind == TypeKind::number) constrain(definition, Op::equal, info);
  }
  locals_.swap(hidden);
  --depth_;
}

// After a > b: a - b is above 0, and b - a below.
void Flow::difference_known(const Node& left, Op op, const Node& right) {
  std::string a = key(left), b = key(right);
  if (a.empty() || b.empty() || op == Op::equal) return;
  Info info = Info::of_kind(TypeKind::number);
  info.sure = info.maybe = true;
  const Bound zero{base::Decimal(0), op == Op::less_equal || op == Op::greater_equal};
  info.nonzero = op == Op::not_equal;
  auto known = [&](bool above) {
    Info out = info;
    if (op != Op::not_equal) (above ? out.low : out.high) = zero;
    return out;
  };
  bool above = op == Op::greater || op == Op::greater_equal;
  set("(" + a + " - " + b + ")", known(above));
  set("(" + b + " - " + a + ")", known(!above));
}

// A cell of a table passes, or does not: what it shows about the column's expression.
void Flow::passes(const Node& tests, const Node& subject, bool truth) {
  if (tests.kind != NodeKind::tests) return passes_one(tests, subject, truth);
  if (tests.children.empty()) return;
  truth = truth != tests.negated;
  if (tests.children.size() == 1) return passes_one(tests.child(0), subject, truth);
  if (!truth) {
    for (const auto& test : tests.children) passes_one(*test, subject, false);
    return;
  }
  std::optional<Info> any;
  for (const auto& test : tests.children) {
    bool bounds = test->kind == NodeKind::range || test->kind == NodeKind::unary_test;
    Quiet quiet(*this);
    Info one = bounds ? Info() : infer(*test);
    any = any ? Info::either(*any, one) : one;
  }
  constrain(subject, Op::equal, *any);
}

void Flow::passes_one(const Node& test, const Node& subject, bool truth) {
  Quiet quiet(*this);
  switch (test.kind) {
    case NodeKind::unary_test: {
      Op op = truth ? test.op : opposite(test.op);
      constrain(subject, op, infer(test.child(0)));
      difference_known(subject, op, test.child(0));
      return;
    }
    case NodeKind::range:
      if (!truth) return;
      constrain(subject, test.low_included ? Op::greater_equal : Op::greater, infer(test.child(0)));
      constrain(subject, test.high_included ? Op::less_equal : Op::less, infer(test.child(1)));
      return;
    case NodeKind::list:
    case NodeKind::function:
    case NodeKind::for_: return;
    default: break;
  }
  Info other = infer(test), own = infer(subject);
  if (!own.known() || (other.kind != own.kind && !other.only_null())) return;
  if (truth || other.only_null() || other.words || other.boolean || (other.low && other.high))
    constrain(subject, truth ? Op::equal : Op::not_equal, other);
}

}  // namespace guanhu::policy::detail
