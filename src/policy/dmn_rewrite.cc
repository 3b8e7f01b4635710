#include "policy/dmn_rewrite.h"

#include <functional>
#include <vector>

#include "policy/formula_scope.h"

namespace guanhu::policy {
namespace {

using Bound = std::multiset<std::string>;

// Visits every name that is not bound inside of the text.
class FreeNames {
 public:
  using Found = std::function<void(const feel::Node&, bool in_filter, bool called)>;
  explicit FreeNames(Found found) : found_(std::move(found)) {}

  void visit(const feel::Node& node, bool in_filter = false) {
    switch (node.kind) {
      case feel::NodeKind::name:
        if (node.text != "?" && !bound_.count(node.text)) found_(node, in_filter, false);
        return;
      case feel::NodeKind::for_:
      case feel::NodeKind::some:
      case feel::NodeKind::every: return bind_in_turn(node, in_filter);
      case feel::NodeKind::context: return bind_in_turn(node, in_filter);
      case feel::NodeKind::function: {
        Binding binding(bound_);
        for (const std::string& name : node.names) binding.add(name);
        return visit_children(node, in_filter);
      }
      case feel::NodeKind::filter: {
        visit(node.child(0), in_filter);
        Binding binding(bound_);
        binding.add("item");
        return visit(node.child(1), true);
      }
      case feel::NodeKind::call: {
        const feel::Node& callee = node.child(0);
        bool named = callee.kind == feel::NodeKind::name;
        if (!named) visit(callee, in_filter);
        else if (!bound_.count(callee.text)) found_(callee, in_filter, true);
        for (size_t i = 1; i < node.children.size(); ++i) visit(node.child(i), in_filter);
        return;
      }
      default: visit_children(node, in_filter);
    }
  }

 private:
  // Names bound while it lives.
  class Binding {
   public:
    explicit Binding(Bound& bound) : bound_(bound) {}
    ~Binding() {
      for (const std::string& name : names_) bound_.erase(bound_.find(name));
    }
    Binding(const Binding&) = delete;
    void add(const std::string& name) {
      bound_.insert(name);
      names_.push_back(name);
    }

   private:
    Bound& bound_;
    std::vector<std::string> names_;
  };
  // Every name is bound behind its own domain or value; what follows the names sees them all.
  void bind_in_turn(const feel::Node& node, bool in_filter) {
    Binding binding(bound_);
    if (node.kind == feel::NodeKind::for_) binding.add("partial");
    for (size_t i = 0; i < node.children.size(); ++i) {
      visit(node.child(i), in_filter);
      if (i < node.names.size()) binding.add(node.names[i]);
    }
  }
  void visit_children(const feel::Node& node, bool in_filter) {
    for (const auto& child : node.children)
      if (child) visit(*child, in_filter);
  }

  Found found_;
  Bound bound_;
};

// A name or a number.
bool is_one_word(const std::string& text) {
  if (base::Decimal::parse(text)) return true;
  for (char c : text)
    if (std::string_view(" ()[]{}\"'<>=!+-*/,:?@.").find(c) != std::string_view::npos) return false;
  return !text.empty() && (text[0] < '0' || text[0] > '9');
}

}  // namespace

base::Result<std::string> rewritten(const std::string& text, const Replacements& replacements, feel::Form form) {
  if (text.empty()) return text;
  auto tree = feel::parse(text, formula_scope(), form);
  if (!tree.ok()) return tree.error();
  std::map<uint32_t, std::pair<uint32_t, std::string>> places;
  // A number with its unit is no standard FEEL.
  feel::walk(**tree, [&](const feel::Node& node) {
    if (node.kind == feel::NodeKind::literal && node.value.is_number() && !node.text.empty())
      places[node.range.begin] = {node.range.end, node.value.number().str()};
    return true;
  });
  FreeNames([&](const feel::Node& name, bool in_filter, bool called) {
    const auto& names = called ? replacements.calls : replacements.names;
    auto found = names.find(name.text);
    if (found == names.end() || (in_filter && !called && replacements.members.count(name.text))) return;
    places[name.range.begin] = {name.range.end, found->second};
  }).visit(**tree);
  std::string out;
  size_t at = 0;
  for (const auto& [begin, place] : places) {
    out.append(text, at, begin - at);
    bool whole = begin == 0 && place.first == text.size();
    out += whole || is_one_word(place.second) ? place.second : "(" + place.second + ")";
    at = place.first;
  }
  return out + text.substr(at);
}

base::Result<std::set<std::string>> free_names(const std::string& text, feel::Form form) {
  std::set<std::string> out;
  if (text.empty()) return out;
  auto tree = feel::parse(text, formula_scope(), form);
  if (!tree.ok()) return tree.error();
  FreeNames([&](const feel::Node& name, bool, bool) { out.insert(name.text); }).visit(**tree);
  return out;
}

}  // namespace guanhu::policy
