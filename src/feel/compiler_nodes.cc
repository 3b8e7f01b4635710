// The kinds of node that make names, call or test.
#include "feel/compiler.h"

namespace guanhu::feel {
namespace {
bool mentions_input(const Node& node) {
  bool found = false;
  walk(node, [&](const Node& n) {
    found = found || (n.kind == NodeKind::name && n.text == "?");
    return !found;
  });
  return found;
}

// What the filter's expression is, as far as its form tells.
FilterBy filter_kind(const Node& by) {
  switch (by.kind) {
    case NodeKind::literal: return by.value.is_number() ? FilterBy::index : FilterBy::condition;
    case NodeKind::negate: return FilterBy::index;
    case NodeKind::binary: return by.op >= Op::add ? FilterBy::index : FilterBy::condition;
    case NodeKind::name:
      if (by.known && by.known->name == Type::Name::number) return FilterBy::index;
      return FilterBy::either;
    case NodeKind::call:
    case NodeKind::path:
    case NodeKind::filter:
    case NodeKind::if_: return FilterBy::either;
    default: return FilterBy::condition;
  }
}
}  // namespace

TestPart Compiler::emit_test(Node& node) {
  TestPart part;
  if (node.kind == NodeKind::unary_test) {
    part.op = node.op;
    part.operand = emit(*node.children[0]);
  } else {
    part.condition = body_->outer == nullptr && !body_->entries.empty() && body_->entries[0].name == "?" &&
                     mentions_input(node);
    part.operand = emit(node);
  }
  return part;
}

ExprPtr Compiler::emit_in(Node& node) {
  ExprPtr value = emit(*node.children[0]);
  std::vector<TestPart> tests;
  for (size_t i = 1; i < node.children.size(); ++i) {
    tests.push_back(emit_test(*node.children[i]));
    tests.back().condition = false;
  }
  return make_in(node.range, std::move(value), std::move(tests));
}

ExprPtr Compiler::emit_tests(Node& node) {
  std::vector<TestPart> tests;
  for (auto& child : node.children) tests.push_back(emit_test(*child));
  return make_tests(node.range, 0, std::move(tests), node.negated);
}

ExprPtr Compiler::emit_loop(Node& node) {
  size_t entries = body_->entries.size();
  int next = body_->next;
  std::vector<Domain> domains;
  size_t count = node.names.size();
  for (size_t i = 0; i < count; ++i) {
    Node& from = *node.children[i];
    Domain domain;
    if (from.kind == NodeKind::iteration) {
      domain.from = emit(*from.children[0]);
      domain.to = emit(*from.children[1]);
    } else {
      domain.list = emit(from);
    }
    domain.local = add_local(node.names[i]);
    domains.push_back(std::move(domain));
  }
  ++variables_;  // loops are not folded: they may be long
  if (node.kind != NodeKind::for_) {
    ExprPtr condition = emit(*node.children[count]);
    drop_locals(entries, next);
    return make_quantified(node.range, node.kind == NodeKind::every, std::move(domains), std::move(condition));
  }
  int partial = add_local("partial");
  size_t at = body_->entries.size() - 1;
  ExprPtr body = emit(*node.children[count]);
  bool asked = body_->entries[at].used;
  drop_locals(entries, next);
  return make_for(node.range, std::move(domains), std::move(body), asked ? partial : -1);
}

ExprPtr Compiler::emit_filter(Node& node) {
  ExprPtr list = emit(*node.children[0]);
  size_t entries = body_->entries.size();
  int next = body_->next;
  TypeRef known = node.children[0]->known;
  TypeRef element = known && known->name == Type::Name::list ? known->element : known;
  // A context literal may be the item of a list whose other items have more entries.
  if (element && element->name == Type::Name::context && node.children[0]->kind == NodeKind::list)
    element = nullptr;
  int item = add_local("item", true, element);
  ExprPtr by = emit(*node.children[1]);
  drop_locals(entries, next);
  return make_filter(node.range, std::move(list), std::move(by), item, filter_kind(*node.children[1]));
}

ExprPtr Compiler::emit_context(Node& node) {
  size_t entries = body_->entries.size();
  int next = body_->next;
  Exprs values;
  std::vector<int> locals;
  for (size_t i = 0; i < node.children.size(); ++i) {
    Node& value = *node.children[i];
    if (value.kind == NodeKind::function) {
      ExprPtr function = emit_function(value, node.names[i]);
      values.push_back(traced_ ? make_trace(value, std::move(function)) : std::move(function));
    } else {
      values.push_back(emit(value));
    }
    locals.push_back(add_local(node.names[i]));
  }
  for (size_t i = 0; i < locals.size(); ++i)
    if (!body_->entries[entries + i].used) locals[i] = -1;
  drop_locals(entries, next);
  return make_context(node.range, node.names, std::move(values), std::move(locals));
}

// `self`: the name of the context's entry it is the value of; it may call itself by it.
ExprPtr Compiler::emit_function(Node& node, const std::string& self) {
  auto code = std::make_shared<FunctionCode>();
  code->range = node.range;
  code->source = source_;
  for (size_t i = 0; i < node.names.size(); ++i) code->parameters.push_back({node.names[i], node.types[i]});
  ++variables_;
  if (node.children.empty()) return make_function(node.range, std::move(code), {});
  code->result = node.children[0]->known;
  Body body;
  body.outer = body_;
  body_ = &body;
  if (!self.empty()) body.entries.push_back({self, static_cast<int>(node.names.size())});
  for (auto& name : node.names) add_local(name);
  if (!self.empty()) body.most = std::max(body.most, ++body.next);
  code->body = emit(*node.children[0]);
  body_ = body.outer;
  if (!self.empty() && body.entries[0].used) code->self = body.entries[0].local;
  code->locals = body.most;
  return make_function(node.range, std::move(code), std::move(body.captures));
}

ExprPtr Compiler::emit_call(Node& node) {
  Node& callee = *node.children[0];
  if (callee.kind == NodeKind::name) {
    int before = variables_;
    ExprPtr own = resolve(*body_, body_->entries.size(), callee);
    bool dynamic_only = false;
    if (own) {
      // In a filter over items of unknown type the name of a built-in function means that function.
      for (auto& entry : body_->entries) dynamic_only = dynamic_only || entry.item;
      if (dynamic_only && find_builtin(callee.text)) {
        bool declared = scope_ && scope_->find(callee.text) >= 0;
        for (Body* b = body_; b; b = b->outer)
          for (auto& entry : b->entries) declared = declared || entry.name == callee.text;
        if (!declared) own = nullptr;
      }
    }
    if (!own) {
      variables_ = before;
      if (auto* builtin = find_builtin(callee.text)) {
        if (scope_) callee.slot = Node::kBuiltin;
        return emit_builtin_call(node, *builtin);
      }
      if (!lenient_) {
        std::string near = nearest(callee.text);
        fail(callee, "feel.name", "unknown function '" + callee.text + "'",
             near.empty() ? "" : "did you mean '" + near + "'?");
      }
    }
  }
  ExprPtr function = emit(callee);
  Exprs arguments;
  for (size_t i = 1; i < node.children.size(); ++i) arguments.push_back(emit(*node.children[i]));
  ++variables_;
  return make_call(node.range, std::move(function), std::move(arguments), node.names);
}

ExprPtr Compiler::emit_builtin_call(Node& node, const BuiltinFunction& function) {
  size_t given = node.children.size() - 1, total = given;
  std::vector<int> places;
  std::string problem;
  if (!node.names.empty()) {
    places = function.place_named(node.names, total);
    if (places.size() != given) problem = "the arguments of " + std::string(function.name()) + " have other names";
  } else if (!function.takes(given)) {
    problem = std::string(function.name()) + " does not take " + std::to_string(given) + " arguments";
  }
  if (!problem.empty()) {
    if (!lenient_) fail(node, "feel.arity", problem, "it is " + function.usage());
    ++variables_;
    return make_failure(node.range, "feel.arity", problem + "; it is " + function.usage());
  }
  Exprs arguments(total);
  for (size_t i = 0; i < given; ++i) {
    auto place = places.empty() ? i : static_cast<size_t>(places[i]);
    arguments[place] = emit(*node.children[i + 1]);
  }
  for (auto& argument : arguments)
    if (!argument) argument = make_constant(node.range, Value());
  if (!function.pure()) ++variables_;
  return make_builtin_call(node.range, function, std::move(arguments), node.names);
}

}  // namespace guanhu::feel
