#include "dmn/types.h"

#include "feel/function.h"
#include "feel/temporal.h"

namespace guanhu::dmn {
namespace {
using feel::Kind;
using feel::Value;

bool passes(const feel::Program& tests, const Value& value, feel::Eval& eval) {
  return tests.test_in(eval, value, {}).is_true();
}

std::optional<Value> mismatch(const Value& value, const ItemType& type, std::string& why) {
  why = value.show() + " is not of type " + type.name;
  return std::nullopt;
}

std::optional<Value> fit_structure(const Value& value, const ItemType& type, feel::Eval& eval, std::string& why) {
  if (!value.is(Kind::context)) return mismatch(value, type, why);
  const feel::Context& context = value.context();
  std::vector<Value> values;  // a copy once something changes
  for (auto& [name, member] : type.members) {
    int at = context.shape->find(name);
    if (at < 0) {
      why = value.show() + " has no entry '" + name + "' of type " + type.name;
      return std::nullopt;
    }
    const Value& entry = context.values[static_cast<size_t>(at)];
    if (!member) continue;
    auto fitted = fit(entry, *member, eval, why);
    if (!fitted) {
      why = name + ": " + why;
      return std::nullopt;
    }
    if (values.empty() && fitted->kind() == entry.kind() &&
        (!fitted->is(Kind::list) && !fitted->is(Kind::context)))
      continue;
    if (values.empty()) values = context.values;
    values[static_cast<size_t>(at)] = std::move(*fitted);
  }
  if (values.empty()) return value;
  return Value::adopt(Kind::context, new feel::Context(context.shape, std::move(values)));
}

// One value of the type, its own collection left out of account.
std::optional<Value> fit_single(const Value& value, const ItemType& type, feel::Eval& eval, std::string& why) {
  if (value.is_null()) return value;
  std::optional<Value> fitted;
  if (type.is_structure) {
    fitted = fit_structure(value, type, eval, why);
  } else if (type.base) {
    fitted = fit(value, *type.base, eval, why);
  } else if (!type.single || type.single->name == feel::Type::Name::any ||
             feel::is_instance(value, *type.single)) {
    fitted = value;
  } else if (value.is(Kind::date) && type.single->name == feel::Type::Name::date_time) {
    fitted = feel::as_date_time(value);
  } else if (type.single->name == feel::Type::Name::list && !value.is(Kind::list)) {
    fitted = Value::list({value});
  } else {
    return mismatch(value, type, why);
  }
  if (fitted && type.allowed && !fitted->is_null() && !passes(*type.allowed, *fitted, eval)) {
    why = fitted->show() + " is not among the allowed values of " + type.name + ": " + type.allowed->source();
    return std::nullopt;
  }
  return fitted;
}

std::optional<Value> fit_collection(const Value& value, const ItemType& type, feel::Eval& eval, std::string& why) {
  if (!value.is(Kind::list)) {
    auto item = fit_single(value, type, eval, why);
    if (!item) return std::nullopt;
    return Value::list({std::move(*item)});
  }
  std::vector<Value> items;
  items.reserve(value.items().size());
  eval.step(value.items().size());
  for (auto& item : value.items()) {
    auto fitted = fit_single(item, type, eval, why);
    if (!fitted) return std::nullopt;
    items.push_back(std::move(*fitted));
  }
  return Value::list(std::move(items));
}

bool is_list_type(const ItemType& type) {
  for (const ItemType* at = &type; at; at = at->base) {
    if (at->is_collection) return true;
    if (!at->base) return at->feel && at->feel->name == feel::Type::Name::list;
  }
  return false;
}
}  // namespace

std::optional<Value> fit(const Value& value, const ItemType& type, feel::Eval& eval, std::string& why) {
  if (value.is_null()) return value;
  std::optional<Value> fitted;
  if (type.is_collection) {
    fitted = fit_collection(value, type, eval, why);
  } else {
    bool unwrap = value.is(Kind::list) && value.items().size() == 1 && !is_list_type(type);
    bool any = !type.base && !type.is_structure && (!type.feel || type.feel->name == feel::Type::Name::any);
    if (unwrap && !any) {
      fitted = fit_single(value.items()[0], type, eval, why);
    } else {
      fitted = fit_single(value, type, eval, why);
    }
  }
  if (fitted && type.constraint && !fitted->is_null() && !passes(*type.constraint, *fitted, eval)) {
    why = fitted->show() + " breaks the constraint of " + type.name + ": " + type.constraint->source();
    return std::nullopt;
  }
  return fitted;
}

}  // namespace guanhu::dmn
