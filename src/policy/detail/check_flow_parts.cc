// Lists, contexts and what is taken out of them.
#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow.h"
#include "policy/detail/check_flow_scope.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

using feel::NodeKind;

namespace {

Info number() {
  Info out = Info::of_kind(TypeKind::number);
  out.sure = true;
  out.integer = true;
  return out;
}

InfoPtr shared(Info info) { return std::make_shared<const Info>(std::move(info)); }

}  // namespace

Info Flow::list(const Node& node) {
  Info out = Info::of_kind(TypeKind::list);
  out.sure = true;
  out.filled = !node.children.empty();
  std::optional<Info> element;
  for (const auto& child : node.children) {
    Info item = infer(*child);
    element = element ? Info::either(*element, item) : item;
  }
  if (element) out.element = shared(*element);
  return out;
}

Info Flow::context(const Node& node) {
  Info out = Info::of_kind(TypeKind::context);
  out.sure = out.closed = true;
  Scope scope(*this);
  for (size_t i = 0; i < node.children.size(); ++i) {
    Info value = infer(node.child(i));
    locals_.push_back({node.names[i], node.names[i] + "#" + std::to_string(++serial_), value});
    out.members.emplace_back(node.names[i], shared(std::move(value)));
  }
  return out;
}

Info Flow::path(const Node& node) {
  Info object = infer(node.child(0));
  if (object.kind != TypeKind::list) return member(node, need(node.child(0), std::move(object), "取其中的项"));
  Info out = Info::of_kind(TypeKind::list);
  out.sure = true;
  out.filled = object.filled;
  if (object.element) out.element = shared(member(node, *object.element));
  return out;
}

Info Flow::member(const Node& node, const Info& object) {
  using T = TypeKind;
  if (object.kind == T::context) {
    if (const Info* found = object.member(node.text)) return *found;
    if (object.closed) {
      std::vector<std::string> names;
      for (const auto& [name, info] : object.members) names.push_back(name);
      std::string near = nearest(node.text, names);
      say(node.range, codes::kMember, "里面没有“" + node.text + "”这一项",
          (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("有这些：") + joined(names));
    }
    return {};
  }
  bool date = object.kind == T::date || object.kind == T::date_time;
  if (date && (node.text == "year" || node.text == "month" || node.text == "day" || node.text == "weekday"))
    return number();
  if (object.kind == T::number || object.kind == T::string || object.kind == T::boolean)
    say(node.range, codes::kType, std::string(chinese(object.kind)) + "里面没有“" + node.text + "”这一项",
        "点号前面要是一组值");
  return {};
}

// Names inside of a filter: the item and its members, which go before names from outside.
void Flow::enter_item(const Info& element) {
  std::string serial = "#" + std::to_string(++serial_);
  if (!element.known() || (element.kind == TypeKind::context && !element.closed)) locals_.push_back({"", "", {}});
  locals_.push_back({"item", "item" + serial, element});
  for (const auto& [name, info] : element.members) locals_.push_back({name, name + serial, *info});
}

Info Flow::filter(const Node& node) {
  Info from = infer(node.child(0));
  if (from.kind != TypeKind::list && from.known()) {
    Info single = from;  // a value is a list of one
    single.null = false;
    from = Info::of_kind(TypeKind::list);
    from.element = shared(single);
  }
  Info element = from.element ? *from.element : Info();
  Scope scope(*this);
  enter_item(element);
  Info condition = infer(node.child(1));
  if (condition.kind == TypeKind::number) return element;
  if (condition.known() && condition.kind != TypeKind::boolean)
    say(node.child(1).range, codes::kType, "筛选条件要给出是或否，这里是" + std::string(chinese(condition.kind)),
        "写成比较，如 [金额 > 0]");
  if (from.kind != TypeKind::list || condition.kind != TypeKind::boolean) return {};
  assume(node.child(1), true);
  for (const Local& local : locals_)
    if (const Info* shown = local.name == "item" ? fact(local.key) : nullptr) element = *shown;
  for (auto& [name, info] : element.members)
    for (const Local& local : locals_)
      if (local.name == name)
        if (const Info* shown = fact(local.key)) info = shared(*shown);
  Info out = Info::of_kind(TypeKind::list);
  out.sure = true;
  out.filled = condition.boolean == true && from.filled;
  if (from.element) out.element = shared(element);
  return out;
}

Info Flow::loop(const Node& node) {
  Scope scope(*this);
  size_t domains = node.children.size() - 1;
  bool filled = true;
  for (size_t i = 0; i < domains; ++i) {
    const Node& domain = node.child(i);
    Info element;
    if (domain.kind == NodeKind::iteration) {
      for (const auto& end : domain.children) infer(*end);
      element = number();
      filled = false;
    } else {
      Info from = need(domain, infer(domain), "逐项处理");
      if (from.element) element = *from.element;
      filled = filled && from.kind == TypeKind::list && from.filled;
    }
    locals_.push_back({node.names[i], node.names[i] + "#" + std::to_string(++serial_), element});
  }
  if (node.kind == NodeKind::for_) locals_.push_back({"partial", "", {}});
  Info body = infer(*node.children.back());
  if (node.kind != NodeKind::for_) {
    if (body.known() && body.kind != TypeKind::boolean)
      say(node.children.back()->range, codes::kType,
          "satisfies 后面要是是或否，这里是" + std::string(chinese(body.kind)), "写成比较，如 金额 > 0");
    Info out = Info::of_kind(TypeKind::boolean);
    out.sure = body.sure && !body.null;
    return out;
  }
  Info out = Info::of_kind(TypeKind::list);
  out.sure = true;
  out.filled = filled;
  if (body.known()) out.element = shared(body);
  return out;
}

Info Flow::function(const Node& node) {
  Scope scope(*this);
  for (const std::string& parameter : node.names)
    locals_.push_back({parameter, parameter + "#" + std::to_string(++serial_), {}});
  for (const auto& child : node.children) infer(*child);
  return {};
}

}  // namespace guanhu::policy::detail
