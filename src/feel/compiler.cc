#include "feel/compiler.h"

#include <algorithm>

namespace guanhu::feel {

void Compiler::fail(const Node& node, const char* code, std::string message, std::string hint) const {
  throw Fail{error_at(*source_, node.range, code, std::move(message), std::move(hint))};
}

ExprPtr Compiler::run(Node& root) {
  Body body;
  body_ = &body;
  if (root.kind == NodeKind::tests) add_local("?");
  if (item_) add_local("item", true, item_type_);
  ExprPtr expr = emit(root);
  outermost_locals_ = body.most;
  return expr;
}

int Compiler::add_local(std::string name, bool item, TypeRef type) {
  int local = body_->next++;
  body_->most = std::max(body_->most, body_->next);
  body_->entries.push_back({std::move(name), local, item, std::move(type)});
  return local;
}

void Compiler::drop_locals(size_t entries, int next) {
  body_->entries.resize(entries);
  body_->next = next;
}

ExprPtr Compiler::emit(Node& node) {
  int before = variables_;
  ExprPtr expr = emit_kind(node);
  if (traced_) return node.kind == NodeKind::literal ? std::move(expr) : make_trace(node, std::move(expr));
  bool can = node.kind != NodeKind::function && node.kind != NodeKind::tests;
  return variables_ == before && can && !expr->constant() ? fold(std::move(expr), node) : std::move(expr);
}

// What depends on nothing is evaluated now, unless that fails (then it fails when it is reached) or
// is too much work.
ExprPtr Compiler::fold(ExprPtr expr, const Node& node) {
  EvalOptions options;
  options.strict = true;
  options.max_steps = 2000;
  options.max_text = 4096;
  options.max_depth = 20;
  Eval eval(options);
  eval.source = *source_;
  Locals room(body_->most);
  Frame frame{nullptr, nullptr, room.data(), eval, nullptr};
  try {
    return make_constant(node.range, expr->eval(frame));
  } catch (const Eval::Stop&) {
  } catch (const NestingLimit&) {}
  return expr;
}

ExprPtr Compiler::emit_kind(Node& node) {
  auto child = [&](size_t i) { return emit(*node.children[i]); };
  switch (node.kind) {
    case NodeKind::literal: return make_constant(node.range, node.value);
    case NodeKind::name: return emit_name(node);
    case NodeKind::negate: return make_negate(node.range, child(0));
    case NodeKind::binary: {
      ExprPtr left = child(0);
      return make_binary(node.range, node.op, std::move(left), child(1));
    }
    case NodeKind::between: {
      ExprPtr value = child(0), low = child(1);
      return make_between(node.range, std::move(value), std::move(low), child(2));
    }
    case NodeKind::in: return emit_in(node);
    case NodeKind::unary_test: return make_one_sided(node.range, node.op, child(0));
    case NodeKind::if_: {
      ExprPtr condition = child(0), then = child(1);
      return make_if(node.range, std::move(condition), std::move(then), child(2));
    }
    case NodeKind::for_:
    case NodeKind::some:
    case NodeKind::every: return emit_loop(node);
    case NodeKind::iteration:
      fail(node, "feel.syntax", "'..' stands only in a loop or a range", "write [1..10] for a range");
    case NodeKind::function: return emit_function(node, "");
    case NodeKind::call: return emit_call(node);
    case NodeKind::path: return make_path(node.range, child(0), node.text);
    case NodeKind::filter: return emit_filter(node);
    case NodeKind::instance_of: return make_instance_of(node.range, child(0), node.type);
    case NodeKind::list: {
      Exprs items;
      for (auto& item : node.children) items.push_back(emit(*item));
      return make_list(node.range, std::move(items));
    }
    case NodeKind::context: return emit_context(node);
    case NodeKind::range: {
      ExprPtr low = child(0);
      return make_range(node.range, std::move(low), child(1), node.low_included, node.high_included);
    }
    case NodeKind::tests: return emit_tests(node);
  }
  throw base::Broken("feel: a node of no kind");
}

ExprPtr Compiler::emit_name(Node& node) {
  if (ExprPtr found = resolve(*body_, body_->entries.size(), node)) return found;
  if (auto* builtin = find_builtin(node.text)) {
    if (scope_) node.slot = Node::kBuiltin;
    builtin->retain();
    return make_constant(node.range, Value::adopt(Kind::function, builtin));
  }
  return unknown(node);
}

// The name seen from before entry number `position` of the body; null when nobody knows it.
ExprPtr Compiler::resolve(Body& body, size_t position, Node& node) {
  for (size_t i = position; i-- > 0;) {
    Entry& entry = body.entries[i];
    if (entry.name == node.text && !entry.item) {
      entry.used = true;
      ++variables_;
      return make_local(node.range, entry.local);
    }
    if (!entry.item) continue;
    if (entry.name == node.text) {  // "item" is the item, unless the item has an entry of that name
      ++variables_;
      ExprPtr whole = make_local(node.range, entry.local);
      bool plain = entry.type && entry.type->name != Type::Name::any && !entry.type->member(node.text);
      return plain ? std::move(whole) : make_dynamic(node.range, entry.local, node.text, std::move(whole));
    }
    if (entry.type && entry.type->name != Type::Name::any) {
      if (!entry.type->member(node.text)) continue;
      ++variables_;
      return make_path(node.range, make_local(node.range, entry.local), node.text);
    }
    ++variables_;
    int item = entry.local;
    ExprPtr outside = resolve(body, i, node);
    if (!outside)
      if (auto* builtin = find_builtin(node.text)) {
        builtin->retain();
        outside = make_constant(node.range, Value::adopt(Kind::function, builtin));
      }
    return make_dynamic(node.range, item, node.text, std::move(outside));
  }
  if (body.outer) return capture(body, node);
  return resolve_scope(body, node);
}

ExprPtr Compiler::resolve_scope(Body&, Node& node) {
  if (scope_) {
    int slot = scope_->find(node.text);
    if (slot < 0) return nullptr;
    node.slot = slot;
    if (scope_->at(slot).constant) {
      node.slot = Node::kConstant;
      node.value = *scope_->at(slot).constant;
    }
  }
  if (node.slot == Node::kConstant) return make_constant(node.range, node.value);
  if (node.slot < 0) return nullptr;
  used_.insert(node.slot);
  ++variables_;
  return make_slot(node.range, node.slot);
}

// A function takes what it needs from outside with it when it is made.
ExprPtr Compiler::capture(Body& body, Node& node) {
  for (auto& [name, index] : body.captured) {
    if (name != node.text) continue;
    ++variables_;
    return make_captured(node.range, index);
  }
  ExprPtr outside = resolve(*body.outer, body.outer->entries.size(), node);
  if (!outside || outside->constant()) return outside;
  int index = static_cast<int>(body.captured.size());
  body.captured.emplace_back(node.text, index);
  body.captures.push_back(std::move(outside));
  ++variables_;
  return make_captured(node.range, index);
}

namespace {
size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t change = corner + (a[i - 1] != b[j - 1]);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}
}  // namespace

std::string Compiler::nearest(const std::string& name) const {
  std::string best;
  size_t least = std::max<size_t>(name.size() / 2, 2);
  auto consider = [&](const std::string& other) {
    if (other.size() > 200 || name.size() > 200) return;
    size_t d = distance(name, other);
    if (d <= least && (d < least || best.empty())) best = other, least = d;
  };
  for (Body* b = body_; b; b = b->outer)
    for (auto& entry : b->entries) consider(entry.name);
  if (scope_)
    for (auto& known : scope_->names()) consider(known.name);
  for (auto& builtin : builtin_names()) consider(builtin);
  return best;
}

ExprPtr Compiler::unknown(Node& node) {
  if (scope_) node.slot = Node::kUnknown;
  if (lenient_) {
    ++variables_;
    return make_failure(node.range, "feel.name", "unknown name '" + node.text + "'");
  }
  std::string near = nearest(node.text);
  fail(node, "feel.name", "unknown name '" + node.text + "'", near.empty() ? "" : "did you mean '" + near + "'?");
}

}  // namespace guanhu::feel
