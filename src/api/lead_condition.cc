#include "api/lead_condition.h"

#include "feel/json.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonObject;
using customers::Known;
using feel::Type;
using feel::Value;

namespace {

feel::TypeRef type_of(std::string_view type) {
  if (type == "number") return Type::simple(Type::Name::number);
  if (type == "boolean") return Type::simple(Type::Name::boolean);
  if (type == "date") return Type::simple(Type::Name::date);
  if (type == "text") return Type::simple(Type::Name::string);
  return nullptr;  // a list of texts
}

Value value_of(const Json* json, std::string_view type) {
  if (!json || json->is_null()) return {};
  if (auto as = type_of(type)) {
    auto value = feel::from_json(*json, *as);
    return value.ok() ? *value : Value();
  }
  return feel::from_json(*json);
}

constexpr const char* kBefore = "当时";

}  // namespace

base::Result<LeadCondition> LeadCondition::of(const std::string& text, bool with_before,
                                              const std::string& where) {
  feel::Scope scope;
  for (const auto& fact : customers::market_facts()) scope.declare(std::string(fact.name), type_of(fact.type));
  if (with_before)
    for (const auto& fact : customers::market_facts())
      scope.declare(kBefore + std::string(fact.name), type_of(fact.type));
  auto program = feel::compile(text, scope);
  if (!program.ok()) {
    Error error = program.error();
    return Error{"campaign.condition", error.message + (error.where.empty() ? "" : "（" + error.where + "）"),
                 where, error.hint.empty() ? "从条件块里选，或照例子写" : error.hint};
  }
  if (const Value* constant = program->constant(); constant && !constant->is_true() && !constant->is_false())
    return Error{"campaign.condition", "这个式子算出来不是“是”或“不是”", where, "写成比较，如 存款余额 >= 50000"};
  LeadCondition out(*program);
  out.slots_ = scope.size(), out.with_before_ = with_before;
  return out;
}

bool LeadCondition::holds(const std::vector<Known>& now, const Json* before) const {
  std::vector<Value> slots;
  slots.reserve(slots_);
  for (const auto& fact : customers::market_facts())
    slots.push_back(value_of(customers::known_value(now, std::string(fact.name)), fact.type));
  if (with_before_)
    for (const auto& fact : customers::market_facts())
      slots.push_back(value_of(before ? before->find(fact.name) : nullptr, fact.type));
  auto out = program_.evaluate(slots);
  return out.ok() && out->is_true();
}

Json facts_json(const std::vector<Known>& known) {
  JsonObject out;
  for (const auto& fact : customers::market_facts())
    if (const Json* value = customers::known_value(known, std::string(fact.name)))
      out.emplace_back(std::string(fact.name), *value);
  return out;
}

}  // namespace guanhu::api
