#include "feel/type.h"

#include "feel/eval.h"
#include "feel/function.h"

namespace guanhu::feel {
namespace {
using Name = Type::Name;

struct Basic {
  std::string_view text;
  Name name;
};
constexpr Basic kBasic[] = {{"Any", Name::any},
                            {"Null", Name::null},
                            {"boolean", Name::boolean},
                            {"number", Name::number},
                            {"string", Name::string},
                            {"date", Name::date},
                            {"time", Name::time},
                            {"date and time", Name::date_time},
                            {"days and time duration", Name::days_duration},
                            {"years and months duration", Name::months_duration},
                            {"list", Name::list},
                            {"context", Name::context},
                            {"range", Name::range},
                            {"function", Name::function},
                            {"dateTime", Name::date_time},
                            {"dayTimeDuration", Name::days_duration},
                            {"yearMonthDuration", Name::months_duration},
                            {"any", Name::any}};

std::string_view basic_text(Name name) {
  for (auto& b : kBasic)
    if (b.name == name) return b.text;
  return "Any";
}

Name type_of(Kind kind) {
  switch (kind) {
    case Kind::null: return Name::null;
    case Kind::boolean: return Name::boolean;
    case Kind::number: return Name::number;
    case Kind::date: return Name::date;
    case Kind::days_duration: return Name::days_duration;
    case Kind::months_duration: return Name::months_duration;
    case Kind::string: return Name::string;
    case Kind::time: return Name::time;
    case Kind::date_time: return Name::date_time;
    case Kind::list: return Name::list;
    case Kind::context: return Name::context;
    case Kind::range: return Name::range;
    case Kind::function: return Name::function;
  }
  return Name::any;
}

std::string show(const TypeRef& type) { return type ? type->str() : "Any"; }
}  // namespace

const TypeRef* Type::member(std::string_view wanted) const {
  for (auto& [key, type] : members)
    if (key == wanted) return &type;
  return nullptr;
}

std::string Type::str() const {
  std::string out(basic_text(name));
  if ((name == Name::list || name == Name::range) && element) out += "<" + element->str() + ">";
  if (name == Name::context && !members.empty()) {
    out += "<";
    for (size_t i = 0; i < members.size(); ++i)
      out += (i ? ", " : "") + members[i].first + ": " + show(members[i].second);
    out += ">";
  }
  if (name == Name::function && result) {
    out += "<";
    for (size_t i = 0; i < parameters.size(); ++i) out += (i ? ", " : "") + show(parameters[i]);
    out += "> -> " + show(result);
  }
  return out;
}

TypeRef Type::simple(Name name) {
  auto type = std::make_shared<Type>();
  type->name = name;
  return type;
}

TypeRef Type::any() {
  static const TypeRef type = simple(Name::any);
  return type;
}

TypeRef Type::list_of(TypeRef element) {
  auto type = std::make_shared<Type>();
  type->name = Name::list;
  type->element = std::move(element);
  return type;
}

TypeRef Type::range_of(TypeRef element) {
  auto type = std::make_shared<Type>();
  type->name = Name::range;
  type->element = std::move(element);
  return type;
}

TypeRef Type::context_of(std::vector<std::pair<std::string, TypeRef>> members) {
  auto type = std::make_shared<Type>();
  type->name = Name::context;
  type->members = std::move(members);
  return type;
}

TypeRef Type::function_of(std::vector<TypeRef> parameters, TypeRef result, std::vector<std::string> names) {
  auto type = std::make_shared<Type>();
  type->name = Name::function;
  type->parameters = std::move(parameters);
  type->result = std::move(result);
  type->parameter_names = std::move(names);
  return type;
}

TypeRef Type::named(std::string_view name) {
  for (auto& b : kBasic)
    if (b.text == name) return simple(b.name);
  return nullptr;
}

namespace {
bool context_fits(const Context& context, const Type& type) {
  for (auto& [name, member] : type.members) {
    const Value* value = context.find(name);
    if (!value) return false;
    if (member && !value->is_null() && !is_instance(*value, *member)) return false;
  }
  return true;
}

bool range_fits(const Range& range, const Type& element) {
  bool low = !range.has_low || range.low.is_null() || is_instance(range.low, element);
  bool high = !range.has_high || range.high.is_null() || is_instance(range.high, element);
  return low && high;
}

bool function_fits(const Function& function, const Type& type) {
  if (!type.result && type.parameters.empty()) return true;
  auto& parameters = function.parameters();
  if (parameters.size() != type.parameters.size()) return false;
  for (size_t i = 0; i < parameters.size(); ++i) {
    // A function that accepts more than asked fits: parameters compare the other way round.
    if (parameters[i].type && type.parameters[i] && !conforms(*type.parameters[i], *parameters[i].type))
      return false;
  }
  TypeRef result = function.result_type();
  return !result || !type.result || conforms(*result, *type.result);
}
}  // namespace

bool is_instance(const Value& value, const Type& type) {
  if (type.name == Name::any) return !value.is_null();
  if (value.is_null()) return type.name == Name::null;
  if (type_of(value.kind()) != type.name) return false;
  switch (type.name) {
    case Name::list:
      if (!type.element || type.element->name == Name::any) return true;
      Eval::spend(value.items().size());
      for (auto& item : value.items())
        if (!item.is_null() && !is_instance(item, *type.element)) return false;
      return true;
    case Name::context: return context_fits(value.context(), type);
    case Name::range: return !type.element || range_fits(value.range(), *type.element);
    case Name::function: return function_fits(value.function(), type);
    default: return true;
  }
}

bool conforms(const Type& a, const Type& b) {
  if (b.name == Name::any) return true;
  if (a.name == Name::null) return true;
  if (a.name != b.name) return false;
  auto part = [](const TypeRef& x, const TypeRef& y) {
    return !y || (x ? conforms(*x, *y) : y->name == Name::any);
  };
  switch (a.name) {
    case Name::list:
    case Name::range: return part(a.element, b.element);
    case Name::context:
      for (auto& [name, member] : b.members) {
        const TypeRef* own = a.member(name);
        if (!own || !part(*own, member)) return false;
      }
      return true;
    case Name::function:
      if (!b.result && b.parameters.empty()) return true;
      if (a.parameters.size() != b.parameters.size() || !part(a.result, b.result)) return false;
      for (size_t i = 0; i < a.parameters.size(); ++i)
        if (!part(b.parameters[i], a.parameters[i])) return false;
      return true;
    default: return true;
  }
}

}  // namespace guanhu::feel
