#include "policy/detail/fields.h"

#include <algorithm>

#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {
std::string in_quotes(std::string_view text) { return "“" + std::string(text) + "”"; }

// How a value of the kind is written, for the keys that are asked for most with a value of their own.
std::string example(std::string_view key, NodeKind kind) {
  static constexpr std::pair<std::string_view, std::string_view> kOwn[] = {
      {"rules", "[\"KPI-313\"]"},
      {"inputs", "[\"存款净增\", \"净增计划\"]"},
      {"figures", "[\"存款净增\"]"},
      {"formula", "\"存款净增 / 10000\""},
      {"unit", "\"元\""},
      {"of", "\"存款净增\""},
      {"full", "10"},
      {"full_total", "100"},
      {"weight", "0.4"},
      {"at_least", "60"},
      {"version", "\"1.0\""},
  };
  std::string value = "…";
  switch (kind) {
    case NodeKind::string: value = "\"…\""; break;
    case NodeKind::number: value = "50000"; break;
    case NodeKind::boolean: value = "true"; break;
    case NodeKind::date: value = "2013-01-01"; break;
    case NodeKind::list: value = "[\"…\"]"; break;
    case NodeKind::table: break;
  }
  for (const auto& [own, shown] : kOwn)
    if (own == key) value = shown;
  std::string rest = kind == NodeKind::number                              ? "，不加引号、单位和千分号"
                     : kind == NodeKind::date || kind == NodeKind::boolean ? "，不加引号"
                                                                           : "";
  return "写成 " + std::string(key) + " = " + value + rest;
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

void Fields::know(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
}

const Node* Fields::node(std::string_view key, NodeKind kind, bool required, const std::string& hint) {
  know(key);
  const Entry* entry = table_.find(key);
  if (!entry) {
    if (required)
      refuse(key, "policy.key.missing", what_ + "缺少 " + std::string(key),
             hint.empty() ? example(key, kind) : hint);
    return nullptr;
  }
  if (entry->value.kind != kind) {
    refuse(entry->value, "policy.key.type",
           std::string(key) + " 要的是" + std::string(kind_name(kind)) + "，这里写的是" +
               std::string(kind_name(entry->value.kind)),
           example(key, kind));
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

std::span<const Node> Fields::list_of(std::string_view key, bool required, const std::string& hint) {
  const Node* found = node(key, NodeKind::list, required, hint);
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
  know(key);
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
         (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("可以写：") + listed);
}

bool Fields::finish() {
  for (const Entry& entry : table_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    std::string near = nearest(entry.key, known_);
    sound_ = false;
    report_.add(source_, entry.at, "policy.key.unknown", what_ + "没有" + in_quotes(entry.key) + "这个键",
                (near.empty() ? "" : "是不是想写 " + near + "？") + std::string("可以写：") + joined(known_));
  }
  return sound_;
}

}  // namespace guanhu::policy::detail
