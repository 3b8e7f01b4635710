#include "policy/detail/fields.h"

#include <algorithm>

#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {
std::string in_quotes(std::string_view text) { return "“" + std::string(text) + "”"; }

std::string example(NodeKind kind) {
  switch (kind) {
    case NodeKind::string: return "写成 键 = \"文字\"";
    case NodeKind::number: return "写成 键 = 50000，不加引号、单位和千分号";
    case NodeKind::boolean: return "写成 键 = true 或 键 = false，不加引号";
    case NodeKind::date: return "写成 键 = 2013-01-01，不加引号";
    case NodeKind::list: return "写成 键 = [\"甲\", \"乙\"]";
    case NodeKind::table: return "写成 [[键]] 一段";
  }
  return "";
}
}  // namespace

void Fields::refuse(const Node& node, std::string code, std::string message, std::string hint) {
  sound_ = false;
  report_.add(source_, node.at, std::move(code), std::move(message), std::move(hint));
}

void Fields::refuse(std::string_view key, std::string code, std::string message, std::string hint) {
  const Entry* entry = table_.find(key);
  sound_ = false;
  report_.add(source_, entry ? entry->value.at : at_, std::move(code), std::move(message), std::move(hint));
}

const Node* Fields::node(std::string_view key, NodeKind kind, bool required) {
  known_.emplace_back(key);
  const Entry* entry = table_.find(key);
  if (!entry) {
    if (required) {
      std::string line = example(kind);
      if (size_t at = line.find("键"); at != line.npos) line.replace(at, std::string("键").size(), key);
      refuse(key, "policy.key.missing", what_ + "缺少 " + std::string(key), line);
    }
    return nullptr;
  }
  if (entry->value.kind != kind) {
    std::string message = std::string(key) + " 要的是" + std::string(kind_name(kind)) + ",这里写的是" +
                          std::string(kind_name(entry->value.kind));
    std::string hint = example(kind);
    for (size_t at; (at = hint.find("键")) != hint.npos;) hint.replace(at, std::string("键").size(), key);
    refuse(entry->value, "policy.key.type", message, hint);
    return nullptr;
  }
  return &entry->value;
}

std::optional<std::string> Fields::text(std::string_view key) {
  const Node* found = node(key, NodeKind::string, true);
  if (!found) return std::nullopt;
  if (trim(found->text).empty()) {
    refuse(*found, "policy.key.empty", std::string(key) + " 是空的", "写上内容");
    return std::nullopt;
  }
  return found->text;
}

std::string Fields::optional_text(std::string_view key) {
  const Node* found = node(key, NodeKind::string, false);
  return found ? found->text : "";
}

std::optional<base::Decimal> Fields::number(std::string_view key) {
  const Node* found = node(key, NodeKind::number, true);
  return found ? std::optional(found->number) : std::nullopt;
}

std::optional<base::Decimal> Fields::optional_number(std::string_view key) {
  const Node* found = node(key, NodeKind::number, false);
  return found ? std::optional(found->number) : std::nullopt;
}

std::optional<base::Date> Fields::optional_date(std::string_view key) {
  const Node* found = node(key, NodeKind::date, false);
  return found ? std::optional(found->date) : std::nullopt;
}

std::optional<bool> Fields::optional_boolean(std::string_view key) {
  const Node* found = node(key, NodeKind::boolean, false);
  return found ? std::optional(found->boolean) : std::nullopt;
}

std::span<const Node> Fields::list_of(std::string_view key, bool required) {
  const Node* found = node(key, NodeKind::list, required);
  if (!found) return {};
  if (found->items.empty()) refuse(*found, "policy.key.empty", std::string(key) + " 是空的", "至少写一项");
  for (const Node& item : found->items) {
    if (item.kind == NodeKind::string) continue;
    refuse(item, "policy.key.type",
           std::string(key) + " 的每一项都要是文字，这里写的是" + std::string(kind_name(item.kind)),
           "每一项加英文引号");
    return {};
  }
  return found->items;
}

std::vector<std::string> Fields::texts(std::string_view key, bool required) {
  std::vector<std::string> out;
  for (const Node& item : list_of(key, required)) {
    if (std::find(out.begin(), out.end(), item.text) != out.end())
      refuse(item, "policy.key.repeated", in_quotes(item.text) + "在 " + std::string(key) + " 里写了两次",
             "删去一个");
    else out.push_back(item.text);
  }
  return out;
}

std::vector<const Node*> Fields::tables(std::string_view key, bool required) {
  std::vector<const Node*> out;
  known_.emplace_back(key);
  const Entry* entry = table_.find(key);
  if (!entry) {
    if (required)
      refuse(key, "policy.key.missing", what_ + "缺少 [[" + std::string(key) + "]]",
             "写成 [[" + std::string(key) + "]] 若干段");
    return out;
  }
  bool tables = entry->value.kind == NodeKind::list && !entry->value.items.empty();
  for (const Node& item : entry->value.items) tables = tables && item.kind == NodeKind::table;
  if (!tables) {
    refuse(entry->value, "policy.key.type", std::string(key) + " 要写成若干段",
           "每一段以 [[" + std::string(key) + "]] 开头");
    return out;
  }
  for (const Node& item : entry->value.items) out.push_back(&item);
  return out;
}

void Fields::refuse_choice(std::string_view key, const Node& node, const std::string& listed,
                           const std::vector<std::string>& names) {
  std::string near = nearest(node.text, names);
  refuse(node, "policy.value", std::string(key) + " 不能是" + in_quotes(node.text),
         (near.empty() ? "" : "是不是想写“" + near + "”?") + std::string("可以写：") + listed);
}

bool Fields::finish() {
  for (const Entry& entry : table_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    std::string near = nearest(entry.key, known_);
    sound_ = false;
    report_.add(source_, entry.at, "policy.key.unknown", what_ + "没有" + in_quotes(entry.key) + "这个键",
                (near.empty() ? "" : "是不是想写 " + near + "?") + std::string("可以写：") + joined(known_));
  }
  return sound_;
}

}  // namespace guanhu::policy::detail
