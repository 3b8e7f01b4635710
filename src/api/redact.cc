#include "api/redact.h"

#include <algorithm>

namespace guanhu::api {

using appraisal::Node;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

bool is_count(std::string_view name) {
  return name == "line" || name == "contributions" || name == "counted" || name == "hidden";
}

Json with_texts(Json json) {
  if (JsonObject* members = json.as_object()) {
    for (auto& [name, value] : *members) {
      if (value.as_number() && !is_count(name)) value = Json(value.as_number()->str());
      else value = with_texts(std::move(value));
    }
  } else if (JsonArray* items = json.as_array()) {
    for (auto& item : *items) item = with_texts(std::move(item));
  }
  return json;
}

void mask_row(Node& row, const store::PersonalKey& key) {
  for (auto& [name, value] : row.fields) {
    const std::string* text = value.as_string();
    if (!text) continue;
    value = Json(masked_value(name, key.open(*text)));
  }
}

void hide_peers(Node& peer, const Reach& reach) {
  Decimal sum;
  int64_t counted = 0;
  for (const Node& one : peer.children)
    if (const Decimal* value = one.value.as_number()) {
      sum = Decimal::add(sum, *value).value();
      ++counted;
    }
  size_t before = peer.children.size();
  std::erase_if(peer.children,
                [&](const Node& one) { return one.kind == "peer_value" && !reach.holder(one.name); });
  if (peer.children.size() == before) return;
  peer.fields.emplace_back("hidden", before - peer.children.size());
  if (auto average = Decimal::divide(sum, Decimal(counted)))
    peer.fields.emplace_back("average", average->round(10, base::Rounding::half_up));
}

// Characters, not bytes: Chinese takes three.
size_t characters(const std::string& text, size_t n) {
  size_t at = 0;
  while (n > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --n;
  }
  return at;
}

std::string middle_masked(const std::string& text, size_t first, size_t last) {
  if (text.size() <= first + last) return std::string(text.size(), '*');
  return text.substr(0, first) + std::string(text.size() - first - last, '*') + text.substr(text.size() - last);
}

}  // namespace

void redact(Node& tree, const Reach& reach, const store::PersonalKey& key) {
  if (tree.kind == "row") mask_row(tree, key);
  if (tree.kind == "peer") hide_peers(tree, reach);
  if (!reach.bank()) std::erase_if(tree.fields, [](const auto& f) { return f.first == "sum_check"; });
  for (Node& child : tree.children) redact(child, reach, key);
}

bool keep_reachable(Node& tree, const Reach& reach, const store::PersonalKey& key) {
  size_t figures = 0;
  for (Node& measure : tree.children) {
    std::erase_if(measure.children, [&](const Node& part) {
      for (const auto& [name, value] : part.fields)
        if (name == "holder") return !value.as_string() || !reach.holder(*value.as_string());
      return true;
    });
    Decimal sum;
    for (const Node& part : measure.children)
      if (const Decimal* value = part.value.as_number()) sum = Decimal::add(sum, *value).value();
    measure.value = Json(sum);
    figures += measure.children.size();
  }
  std::erase_if(tree.children, [](const Node& measure) { return measure.children.empty(); });
  tree.value = Json(figures);
  redact(tree, reach, key);
  return figures > 0;
}

void mask_rows(Node& tree, const store::PersonalKey& key) {
  if (tree.kind == "row") mask_row(tree, key);
  for (Node& child : tree.children) mask_rows(child, key);
}

Json tree_json(const Node& tree) { return with_texts(appraisal::to_json(tree)); }

std::string masked_id(const std::string& number) { return middle_masked(number, 4, 4); }
std::string masked_phone(const std::string& number) { return middle_masked(number, 3, 4); }
std::string masked_value(const std::string& column, const std::string& value) {
  if (column == "id_no") return masked_id(value);
  if (column == "phone") return masked_phone(value);
  if (column == "address") return masked_address(value);
  return value;
}
std::string masked_address(const std::string& address) {
  size_t kept = characters(address, 6);
  return kept < address.size() ? address.substr(0, kept) + "******" : address.empty() ? "" : "******";
}

}  // namespace guanhu::api
