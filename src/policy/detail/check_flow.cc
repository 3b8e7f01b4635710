#include "policy/detail/check_flow.h"

#include <algorithm>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow_scope.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

using feel::NodeKind;
using feel::Op;

namespace {

constexpr int kBudget = 6000;  // parts looked at again for what conditions have shown

Info boolean() {
  Info out = Info::of_kind(TypeKind::boolean);
  out.sure = true;
  return out;
}

bool is_order(Op op) { return op >= Op::less && op <= Op::greater_equal; }
bool is_moment(TypeKind kind) { return kind == TypeKind::date || kind == TypeKind::date_time; }

// Whether the comparison is the same for all values, by their bounds and words.
std::optional<bool> decided(Op op, const Info& a, const Info& b) {
  if (a.only_null() || b.only_null()) {
    const Info& other = a.only_null() ? b : a;
    if (op != Op::equal && op != Op::not_equal) return std::nullopt;
    if (other.only_null()) return op == Op::equal;
    return other.sure && !other.null ? std::optional(op == Op::not_equal) : std::nullopt;
  }
  if (a.null || b.null || a.soft || b.soft || a.kind != b.kind) return std::nullopt;
  auto of = [](int answer) { return answer < 0 ? std::nullopt : std::optional(answer == 1); };
  switch (op) {
    case Op::less: return of(less(a, b, false));
    case Op::less_equal: return of(less(a, b, true));
    case Op::greater: return of(less(b, a, false));
    case Op::greater_equal: return of(less(b, a, true));
    default: break;
  }
  std::optional<bool> equal;
  if (less(a, b, true) == 0 || less(b, a, true) == 0 || disjoint(a, b)) equal = false;
  else if (a.words && a.words->size() == 1 && b.words == a.words) equal = true;
  else if (a.boolean && b.boolean) equal = *a.boolean == *b.boolean;
  else if (a.low && b.low && less(a, b, true) == 1 && less(b, a, true) == 1) equal = true;
  if (!equal) return std::nullopt;
  return *equal == (op == Op::equal);
}

// The kind of `a op b`; any: it depends; nothing: there is none.
std::optional<TypeKind> kind_of(Op op, TypeKind a, TypeKind b) {
  using T = TypeKind;
  if (a == T::any || b == T::any) return T::any;
  bool duration_a = a == T::days_duration || a == T::months_duration;
  bool duration_b = b == T::days_duration || b == T::months_duration;
  bool moment_a = is_moment(a) || a == T::time, moment_b = is_moment(b) || b == T::time;
  if (a == T::number && b == T::number) return T::number;
  switch (op) {
    case Op::add:
      if (a == b && (a == T::string || duration_a)) return a;
      if (moment_a && duration_b) return a;
      if (duration_a && moment_b) return b;
      return std::nullopt;
    case Op::subtract:
      if (a == b && duration_a) return a;
      if ((is_moment(a) && is_moment(b)) || (a == T::time && b == T::time)) return T::days_duration;
      if (moment_a && duration_b) return a;
      return std::nullopt;
    case Op::multiply:
      if (duration_a && b == T::number) return a;
      if (a == T::number && duration_b) return b;
      return std::nullopt;
    case Op::divide:
      if (duration_a && a == b) return T::number;
      if (duration_a && b == T::number) return a;
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::string arithmetic_hint(TypeKind a, TypeKind b) {
  bool date = is_moment(a) || is_moment(b);
  if (date && (a == TypeKind::number || b == TypeKind::number))
    return "日期加减天数写成 日期 + duration(\"P1D\") * 天数，加减月数写成 日期 + duration(\"P1M\") * 月数";
  if (a == TypeKind::string || b == TypeKind::string)
    return "文字只能和文字相加；数字先用 string(…) 变成文字，文字用 number(…) 变成数字";
  return "检查两边各是什么：数字和数字，日期和日期";
}

bool literal_number(const feel::Node& node, int wanted) {
  return node.kind == NodeKind::literal && node.value.is_number() && node.value.number() == base::Decimal(wanted);
}
bool hundredth(const feel::Node& node) {
  return node.kind == NodeKind::literal && node.value.is_number() &&
         node.value.number() == base::Decimal::make(1, -2);
}

}  // namespace

Info Flow::run(const Node& tree, std::string_view source) {
  source_ = source;
  budget_ = kBudget;
  shown_before_ = facts_.size();
  return infer(tree);
}

Info Flow::condition(const Node& tree, std::string_view source, bool strict, bool varies) {
  Info out = run(tree, source);
  if (out.null && strict && out.kind == TypeKind::boolean)
    say(tree.range, codes::kNull, "这个条件可能没有真假(null)",
        "没有值时算哪一边要写明，如 " + text(tree) + " = true");
  if (out.known() && out.kind != TypeKind::boolean)
    say(tree.range, codes::kType, "条件要给出是或否，这里给出的是" + std::string(chinese(out.kind)),
        "写成比较，如 金额 > 0");
  else if (varies && out.boolean && !out.soft && tree.kind != NodeKind::literal)
    say(tree.range, codes::kConstant, *out.boolean ? "这个条件总是成立" : "这个条件永远不成立",
        "对照各项输入允许的值和前面的条件改正，或者删去");
  return out;
}

void Flow::say(feel::SourceRange range, std::string_view code, std::string message, std::string hint) {
  // Where following the conditions took too long, not everything is known that would excuse it.
  if (quiet_ == 0 && budget_ >= 0) say_(range, code, std::move(message), std::move(hint));
}

std::string Flow::text(const Node& node) const {
  std::string out(source_.substr(node.range.begin, node.range.end - node.range.begin));
  return length(out) > 40 ? std::string(chinese(TypeKind::any)) : out;
}

Info Flow::infer(const Node& node) {
  if (quiet_ > 0 && --budget_ < 0) return {};
  Info out = plain(node);
  if (node.kind == NodeKind::name || node.kind == NodeKind::literal || facts_.empty()) return out;
  if (node.kind != NodeKind::path && node.kind != NodeKind::call && node.kind != NodeKind::filter &&
      node.kind != NodeKind::binary)
    return out;
  const Info* shown = fact(key(node));
  return shown ? *shown : out;
}

Info Flow::plain(const Node& node) {
  switch (node.kind) {
    case NodeKind::literal: {
      Info out = Info::of_value(node.value);
      if (!node.text.empty()) out.unit = Unit::of_literal(node.text);
      return out;
    }
    case NodeKind::name: return name(node);
    case NodeKind::negate: return negation(node);
    case NodeKind::binary:
      if (node.op == Op::and_ || node.op == Op::or_) return logic(node);
      return node.op <= Op::greater_equal ? comparison(node) : arithmetic(node);
    case NodeKind::between: return between(node);
    case NodeKind::in: return membership(node);
    case NodeKind::if_: return conditional(node);
    case NodeKind::list: return list(node);
    case NodeKind::context: return context(node);
    case NodeKind::path: return path(node);
    case NodeKind::filter: return filter(node);
    case NodeKind::for_:
    case NodeKind::some:
    case NodeKind::every: return loop(node);
    case NodeKind::function: return function(node);
    case NodeKind::call: return call(node);
    case NodeKind::instance_of: infer(node.child(0)); return boolean();
    default: break;
  }
  for (const auto& child : node.children) infer(*child);  // ranges, one-sided tests as values
  return {};
}

Info Flow::name(const Node& node) {
  for (size_t i = locals_.size(); i-- > 0;) {
    const Local& local = locals_[i];
    if (local.name.empty()) return {};
    if (local.name != node.text) continue;
    const Info* shown = fact(local.key);
    return shown ? *shown : local.info;
  }
  auto found = symbols_.find(node.text);
  if (found == symbols_.end()) return {};
  const Info* shown = fact(node.text);
  Info out = shown ? *shown : found->second.info;
  return found->second.definition && !facts_.empty() && (out.null || out.may_be_zero())
             ? by_definition(found->second, std::move(out))
             : out;
}

// What is known here may tell more about how the value came about.
Info Flow::by_definition(const Symbol& symbol, Info info) {
  if (depth_ >= 6) return info;
  Quiet quiet(*this);
  std::vector<Local> hidden;
  hidden.swap(locals_);
  ++depth_;
  Info again = infer(*symbol.definition);
  --depth_;
  locals_.swap(hidden);
  if (budget_ < 0 || !again.known()) return info;
  info.null = info.null && again.null;
  if (again.kind != TypeKind::number || info.kind != again.kind) return info;
  if (again.maybe && !again.may_be_zero()) info.nonzero = true;
  if (again.low && (!info.low || again.low->value >= info.low->value)) info.low = again.low;
  if (again.high && (!info.high || again.high->value <= info.high->value)) info.high = again.high;
  info.soft = info.soft || again.soft;
  return info;
}

Info Flow::logic(const Node& node) {
  const char* word = node.op == Op::and_ ? "and" : "or";
  auto fine = [&](const Node& part, const Info& info) {
    if (info.known() && info.kind != TypeKind::boolean)
      say(part.range, codes::kType,
          std::string(word) + " 两边都要是是或否，这里是" + std::string(chinese(info.kind)),
          "写成比较，如 金额 > 0");
  };
  Info a = infer(node.child(0));
  fine(node.child(0), a);
  Scope scope(*this);
  assume(node.child(0), node.op == Op::and_);
  Info b = infer(node.child(1));
  fine(node.child(1), b);
  Info out = boolean();
  out.null = a.null || b.null;
  out.soft = a.soft || b.soft;
  out.sure = a.sure && b.sure;
  bool decides = node.op == Op::or_;
  if (a.boolean == decides || b.boolean == decides) out.boolean = decides;
  else if (a.boolean && b.boolean) out.boolean = !decides;
  return out;
}

Info Flow::comparison(const Node& node) {
  Info a = infer(node.child(0)), b = infer(node.child(1));
  return compared(node, node.op, node.child(0), std::move(a), node.child(1), std::move(b));
}

Info Flow::compared(const Node& node, Op op, const Node& left, Info a, const Node& right, Info b) {
  Info out = boolean();
  if (is_order(op)) {
    a = need(left, std::move(a), "比较大小");
    b = need(right, std::move(b), "比较大小");
  }
  out.soft = a.soft || b.soft;
  if (a.only_null() || b.only_null()) {
    out.boolean = decided(op, a, b);
    return out;
  }
  bool moments = is_order(op) && is_moment(a.kind) && is_moment(b.kind);
  if (a.known() && b.known() && a.kind != b.kind && !moments) {
    say(node.range, codes::kType,
        std::string(chinese(a.kind)) + "“" + text(left) + "”不能和" + std::string(chinese(b.kind)) + "“" +
            text(right) + "”比较",
        "两边要是同一种值：数字不加引号，日期写成 date(\"2025-01-31\")");
    return out;
  }
  if (is_order(op) && (a.kind == TypeKind::boolean || a.kind == TypeKind::list || a.kind == TypeKind::context)) {
    say(node.range, codes::kType, std::string(chinese(a.kind)) + "没有大小", "用 = 或 !=");
    return out;
  }
  units(node, a, b, "比较");
  bool words = disjoint(a, b);
  if (words && right.kind == NodeKind::literal && word(right, b, left)) return out;
  if (words && left.kind == NodeKind::literal && word(left, a, right)) return out;
  out.boolean = decided(op, a, b);
  return out;
}

Info Flow::arithmetic(const Node& node) {
  const Node &left = node.child(0), &right = node.child(1);
  Info a = need(left, infer(left), "计算"), b = need(right, infer(right), "计算");
  if (!a.value || !b.value) return {};
  auto kind = kind_of(node.op, a.kind, b.kind);
  if (!kind) {
    static const std::map<Op, std::string> kVerbs = {{Op::add, "相加"},
                                                     {Op::subtract, "相减"},
                                                     {Op::multiply, "相乘"},
                                                     {Op::divide, "相除"},
                                                     {Op::power, "乘方"}};
    say(node.range, codes::kType,
        std::string(chinese(a.kind)) + "“" + text(left) + "”和" + std::string(chinese(b.kind)) + "“" +
            text(right) + "”不能" + kVerbs.at(node.op),
        arithmetic_hint(a.kind, b.kind));
    return {};
  }
  if (node.op == Op::divide && b.kind == TypeKind::number) nonzero(right, b);
  if (*kind == TypeKind::number && a.kind == TypeKind::number) return numbers(node, a, b);
  Info out = Info::of_kind(*kind);
  out.sure = out.known();
  return out;
}

Info Flow::numbers(const Node& node, const Info& a, const Info& b) {
  const Node& right = node.child(1);
  Info out;
  switch (node.op) {
    case Op::add:
    case Op::subtract:
      units(node, a, b, node.op == Op::add ? "相加" : "相减");
      out = node.op == Op::add ? sum_of(a, b) : difference(a, b);
      if (Unit::agree(a.unit, b.unit)) out.unit = a.unit.known() ? a.unit : b.unit;
      return out;
    case Op::multiply:
      out = product_of(a, b);
      out.unit = a.unit.times(b.unit);
      if (a.unit.has("%") && hundredth(right)) out.unit = a.unit.without_percent();
      return out;
    case Op::divide:
      out = quotient(a, b);
      out.unit = a.unit.over(b.unit);
      if (a.unit.has("%") && literal_number(right, 100)) out.unit = a.unit.without_percent();
      return out;
    default: break;
  }
  out = Info::of_kind(TypeKind::number);
  out.sure = true;
  if (right.kind == NodeKind::literal && right.value.number() > base::Decimal(0) &&
      right.value.number() < base::Decimal(10))
    if (auto exponent = right.value.number().to_int64()) out.unit = a.unit.to_power(static_cast<int>(*exponent));
  return out;
}

Info Flow::negation(const Node& node) {
  Info a = need(node.child(0), infer(node.child(0)), "计算");
  bool duration = a.kind == TypeKind::days_duration || a.kind == TypeKind::months_duration;
  if (a.known() && a.kind != TypeKind::number && !duration)
    say(node.range, codes::kType, std::string(chinese(a.kind)) + "“" + text(node.child(0)) + "”前面不能写负号",
        "负号后面要是数字");
  return a.kind == TypeKind::number ? negated(a) : a;
}

// Whether it is always the same by the types and by the conditions of this very formula: what the rows of a
// table and refusals have shown may well be said again.
bool Flow::constant_by_itself(const Node& condition) {
  if (shown_before_ == 0) return true;
  Quiet quiet(*this);
  auto all = facts_;
  facts_.erase(facts_.begin(), facts_.begin() + static_cast<long>(std::min(shown_before_, facts_.size())));
  Info info = infer(condition);
  facts_ = std::move(all);
  return info.boolean.has_value() && !info.soft;
}

Info Flow::conditional(const Node& node) {
  const Node &condition = node.child(0), &then = node.child(1), &otherwise = node.child(2);
  Info c = infer(condition);
  if (c.known() && c.kind != TypeKind::boolean)
    say(condition.range, codes::kType, "if 后面要是是或否，这里是" + std::string(chinese(c.kind)),
        "写成比较，如 金额 > 0");
  std::optional<bool> always = c.soft ? std::nullopt : c.boolean;
  // FEEL asks for an else: null where nothing else is left is how one says so.
  bool forced = always == true && otherwise.kind == NodeKind::literal && otherwise.value.is_null();
  if (always && condition.kind != NodeKind::literal && !forced && constant_by_itself(condition))
    say(condition.range, codes::kConstant,
        *always ? "这个条件总是成立，else 后面永远用不到" : "这个条件永远不成立，then 后面永远用不到",
        "对照各项输入允许的值和前面的条件改正，或者删去用不到的一支");
  auto branch = [&](const Node& part, bool truth) {
    Scope scope(*this);
    Quiet quiet(*this, always == !truth);
    assume(condition, truth);
    return infer(part);
  };
  Info a = branch(then, true), b = branch(otherwise, false);
  if (always) return *always ? a : b;
  if (a.known() && b.known() && a.kind == TypeKind::number && b.kind == a.kind && !Unit::agree(a.unit, b.unit))
    say(otherwise.range, codes::kUnit, "then 给出的是" + a.unit.str() + "，else 给出的是" + b.unit.str(),
        Unit::advice(a.unit, b.unit));
  return Info::either(a, b);
}

Info Flow::between(const Node& node) {
  Info value = need(node.child(0), infer(node.child(0)), "比较大小");
  for (size_t i = 1; i < 3; ++i)
    compared(node, i == 1 ? Op::greater_equal : Op::less_equal, node.child(0), value, node.child(i),
             infer(node.child(i)));
  return boolean();
}

Info Flow::membership(const Node& node) {
  Info value = infer(node.child(0));
  for (size_t i = 1; i < node.children.size(); ++i) test(node.child(i), node.child(0), value);
  return boolean();
}

void Flow::tests(const Node& tree, std::string_view source, const Info& input, std::string_view name) {
  source_ = source;
  budget_ = kBudget;
  Scope scope(*this);
  // A value that is not there passes no test but null's: that is no error in a cell.
  Info asked = input;
  asked.null = false;
  locals_.push_back({"?", std::string(name), asked});
  Node subject;
  subject.kind = NodeKind::name;
  subject.text = "?";
  if (tree.kind != NodeKind::tests) return test(tree, subject, asked);
  for (const auto& child : tree.children) test(*child, subject, asked);
}

// One test behind `in` or in a cell.
void Flow::test(const Node& test, const Node& subject, const Info& input) {
  switch (test.kind) {
    case NodeKind::unary_test:
      compared(test, test.op, subject, input, test.child(0), infer(test.child(0)));
      return;
    case NodeKind::range:
      for (const auto& end : test.children) compared(*end, Op::less_equal, subject, input, *end, infer(*end));
      return;
    case NodeKind::tests:
    case NodeKind::list:
      for (const auto& child : test.children) this->test(*child, subject, input);
      return;
    default: break;
  }
  Info other = infer(test);
  bool condition = other.kind == TypeKind::boolean && input.kind != TypeKind::boolean;
  if (condition || other.kind == TypeKind::list || !other.known()) {
    if (other.kind == TypeKind::list && other.element && other.element->known() && input.known() &&
        input.kind != TypeKind::list && other.element->kind != input.kind && !other.element->only_null())
      say(test.range, codes::kType,
          std::string(chinese(input.kind)) + "不在一列" + std::string(chinese(other.element->kind)) + "里",
          "列出同一种值");
    return;
  }
  if (input.kind == TypeKind::list && other.kind != TypeKind::list) return;
  compared(test, Op::equal, subject, input, test, std::move(other));
}

}  // namespace guanhu::policy::detail
