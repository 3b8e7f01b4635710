#include "policy/detail/check_table_read.h"

#include <algorithm>

#include "feel/compare.h"
#include "feel/program.h"
#include "feel/temporal.h"
#include "policy/detail/check_tree.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

using feel::NodeKind;
using feel::Op;

namespace {

constexpr size_t kNone = std::string::npos;

bool is_order(Op op) { return op != Op::equal && op != Op::not_equal; }

}  // namespace

std::optional<feel::Value> CellReader::constant(Part part) const {
  const feel::Node& node = *part.node;
  if (node.kind == NodeKind::literal) return node.value;
  if (node.kind == NodeKind::name) {
    auto found = constants_.find(node.text);
    return found == constants_.end() ? std::nullopt : std::optional(found->second);
  }
  if (asks_input(node)) return std::nullopt;
  feel::Scope scope = formula_scope();
  for (const std::string& name : names_in(node)) {
    auto found = constants_.find(name);
    if (found == constants_.end()) return std::nullopt;
    scope.declare(name, nullptr, found->second);
  }
  auto program = feel::compile(part.source.substr(node.range.begin, node.range.end - node.range.begin), scope);
  if (!program.ok()) return std::nullopt;
  std::vector<feel::Value> slots(scope.size());
  feel::EvalOptions options;
  options.strict = true;
  auto value = program->evaluate(slots, options);
  return value.ok() ? std::optional(value.value()) : std::nullopt;
}

Info CellReader::info(Part part) const {
  Flow flow(symbols_, pack_, [](feel::SourceRange, std::string_view, std::string, std::string) {});
  Info out = flow.run(*part.node, part.source);
  if (!out.soft) return out;
  out.low.reset();
  out.high.reset();
  return out;
}

size_t CellReader::add(Axis axis, std::string key) {
  known_.emplace(std::move(key), axes_.size());
  axes_.push_back(std::move(axis));
  return axes_.size() - 1;
}

size_t CellReader::axis(Part part, const feel::Value& compared) {
  const std::string key = canonical(*part.node);
  if (auto found = known_.find(key); found != known_.end()) return found->second;
  Axis out;
  out.expression = part.node;
  out.shown =
      std::string(part.source.substr(part.node->range.begin, part.node->range.end - part.node->range.begin));
  if (part.node->kind == NodeKind::name) out.name = part.node->text;
  out.info = info(part);
  TypeKind kind = out.info.known() ? out.info.kind : Info::of_value(compared).kind;
  switch (kind) {
    case TypeKind::number:
    case TypeKind::date: out.kind = Axis::Kind::ordered; break;
    case TypeKind::string: out.kind = Axis::Kind::words; break;
    case TypeKind::boolean: out.kind = Axis::Kind::boolean; break;
    default: return kNone;
  }
  if (kind == TypeKind::date || out.info.integer) out.step = base::Decimal(1);
  else if (out.info.unit == Unit::parse("元")) out.step = base::Decimal::make(1, -2);
  if (out.info.words) out.words = *out.info.words;
  return add(std::move(out), key);
}

Test CellReader::cell(Part tests, Part subject) {
  subject_ = subject;
  if (tests.node->kind != NodeKind::tests) return unary(tests, subject);
  if (tests.node->children.empty()) return Test::of(Test::Kind::always);
  Test out = one_of(tests, subject, 0);
  return tests.node->negated ? out.inverse() : out;
}

Test CellReader::one_of(Part part, Part subject, size_t from) {
  std::vector<Test> parts;
  for (size_t i = from; i < part.node->children.size(); ++i)
    parts.push_back(unary({&part.node->child(i), part.source}, subject));
  if (parts.empty()) return Test::of(Test::Kind::never);
  return Test::one_of(std::move(parts));
}

// One test of the subject.
Test CellReader::unary(Part test, Part subject) {
  const feel::Node& node = *test.node;
  auto child = [&](size_t i) { return Part{&node.child(i), test.source}; };
  switch (node.kind) {
    case NodeKind::unary_test: return compare(subject, node.op, child(0));
    case NodeKind::range:
      return Test::both(compare(subject, node.low_included ? Op::greater_equal : Op::greater, child(0)),
                        compare(subject, node.high_included ? Op::less_equal : Op::less, child(1)));
    case NodeKind::tests: return cell(test, subject);
    case NodeKind::list: return one_of(test, subject, 0);
    default: break;
  }
  if (asks_input(node)) return condition(test);
  TypeKind tested = info(subject).kind;
  auto value = constant(test);
  if (!value) {
    Info other = info(test);
    if (!other.known()) return Test::of(Test::Kind::unknown);
    if (other.kind == TypeKind::boolean && tested != TypeKind::boolean)
      return tested == TypeKind::any ? Test::of(Test::Kind::unknown) : condition(test);
    return other.kind == tested ? compare(subject, Op::equal, test) : Test::of(Test::Kind::unknown);
  }
  if (value->is(feel::Kind::boolean) && tested != TypeKind::boolean)
    return Test::of(tested == TypeKind::any ? Test::Kind::unknown
                    : value->is_true()      ? Test::Kind::always
                                            : Test::Kind::never);
  if (value->is(feel::Kind::list) && tested != TypeKind::list && tested != TypeKind::any) {
    std::vector<Test> parts;
    for (const feel::Value& item : value->items()) parts.push_back(against(subject, Op::equal, item));
    return parts.empty() ? Test::of(Test::Kind::never) : Test::one_of(std::move(parts));
  }
  return against(subject, Op::equal, *value);
}

Test CellReader::condition(Part part) {
  const feel::Node& node = *part.node;
  auto child = [&](size_t i) { return Part{&node.child(i), part.source}; };
  if (node.kind == NodeKind::tests && node.children.empty()) return Test::of(Test::Kind::always);
  switch (node.kind) {
    case NodeKind::binary: return connective(part);
    case NodeKind::between:
      return Test::both(compare(child(0), Op::greater_equal, child(1)),
                        compare(child(0), Op::less_equal, child(2)));
    case NodeKind::in: {
      Part outer = std::exchange(subject_, child(0));
      Test out = one_of(part, child(0), 1);
      subject_ = outer;
      return out;
    }
    case NodeKind::call:
      if (node.child(0).kind == NodeKind::name && node.child(0).text == "not" && node.children.size() == 2)
        return condition(child(1)).inverse();
      break;
    default: break;
  }
  return truth(part);
}

Test CellReader::connective(Part part) {
  const feel::Node& node = *part.node;
  Part left{&node.child(0), part.source}, right{&node.child(1), part.source};
  if (node.op == Op::and_) return Test::both(condition(left), condition(right));
  if (node.op == Op::or_) {
    std::vector<Test> parts;
    parts.push_back(condition(left));
    parts.push_back(condition(right));
    return Test::one_of(std::move(parts));
  }
  return node.op <= Op::greater_equal ? compare(left, node.op, right) : Test::of(Test::Kind::unknown);
}

// An expression that is true or false by itself.
Test CellReader::truth(Part part) {
  if (part.node->kind == NodeKind::name && part.node->text == "?")
    return subject_.node ? truth(subject_) : Test::of(Test::Kind::unknown);
  if (auto value = constant(part)) {
    if (!value->is(feel::Kind::boolean)) return Test::of(Test::Kind::unknown);
    return Test::of(value->is_true() ? Test::Kind::always : Test::Kind::never);
  }
  if (asks_input(*part.node) || info(part).kind != TypeKind::boolean) return Test::of(Test::Kind::unknown);
  return against(part, Op::equal, feel::Value(true));
}

Test CellReader::compare(Part left, Op op, Part right) {
  for (Part* side : {&left, &right})
    if (side->node->kind == NodeKind::name && side->node->text == "?") {
      if (!subject_.node) return Test::of(Test::Kind::unknown);
      *side = subject_;
    } else if (asks_input(*side->node)) {
      return Test::of(Test::Kind::unknown);
    }
  auto a = constant(left), b = constant(right);
  if (a && b) {
    auto answer = feel::compare(op, *a, *b);
    if (!answer) return Test::of(Test::Kind::unknown);
    return Test::of(*answer ? Test::Kind::always : Test::Kind::never);
  }
  if (b) return against(left, op, *b);
  if (a) return against(right, mirrored(op), *a);
  return relation(left, op, right);
}

Test CellReader::against(Part part, Op op, const feel::Value& value) {
  size_t at = axis(part, value);
  if (at == kNone) return Test::of(Test::Kind::unknown);
  Axis& found = axes_[at];
  bool date = value.is(feel::Kind::date);
  bool fits = value.is_null() ? !is_order(op) : false;
  switch (found.kind) {
    case Axis::Kind::ordered:
      fits = fits || (found.info.known() ? date == found.is_date() && (date || value.is_number())
                                         : date || value.is_number());
      if (fits && !value.is_null())
        found.marks.push_back(date ? base::Decimal(value.days()) : value.number().reduced());
      break;
    case Axis::Kind::words:
      fits = fits || (value.is(feel::Kind::string) && !is_order(op));
      if (fits && !value.is_null() && !found.info.words &&
          std::find(found.words.begin(), found.words.end(), value.text()) == found.words.end())
        found.words.push_back(value.text());
      break;
    case Axis::Kind::boolean: fits = fits || (value.is(feel::Kind::boolean) && !is_order(op)); break;
    case Axis::Kind::relation: return Test::of(Test::Kind::unknown);
  }
  if (!fits) return Test::of(Test::Kind::unknown);
  Test out = Test::of(Test::Kind::atom);
  out.axis = at;
  out.op = op;
  out.value = value;
  return out;
}

// Two expressions compared: the same pair is one axis, whichever side stands first.
Test CellReader::relation(Part left, Op op, Part right) {
  std::string a = canonical(*left.node), b = canonical(*right.node);
  if (b < a) {
    std::swap(a, b);
    std::swap(left, right);
    op = mirrored(op);
  }
  Info x = info(left), y = info(right);
  bool null = x.null || y.null;
  if (a == b || (null && !is_order(op))) return Test::of(Test::Kind::unknown);
  Test out = Test::of(Test::Kind::atom);
  out.op = op;
  const std::string key = a + " ? " + b;
  if (auto found = known_.find(key); found != known_.end()) {
    out.axis = found->second;
    return out;
  }
  Axis pair;
  pair.kind = Axis::Kind::relation;
  pair.expression = left.node;
  pair.other = right.node;
  pair.shown =
      std::string(left.source.substr(left.node->range.begin, left.node->range.end - left.node->range.begin));
  pair.info.kind = x.kind == y.kind ? x.kind : TypeKind::any;
  pair.info.sure = x.sure && y.sure;
  pair.info.null = null;
  out.axis = add(std::move(pair), key);
  return out;
}

bool CellReader::cut() {
  bool fits = true;
  for (Axis& axis : axes_) {
    axis.cut();
    fits = fits && axis.fits();
  }
  return fits;
}

}  // namespace guanhu::policy::detail
