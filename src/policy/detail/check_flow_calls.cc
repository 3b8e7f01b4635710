// Calls: of functions of the pack, and of FEEL's own.
#include <algorithm>
#include <array>

#include "feel/builtins.h"
#include "feel/temporal.h"
#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow.h"
#include "policy/detail/check_flow_scope.h"

namespace guanhu::policy::detail {

using feel::NodeKind;

namespace {

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Info sure(TypeKind kind) {
  Info out = Info::of_kind(kind);
  out.sure = true;
  return out;
}

Info whole_number(int low) {
  Info out = sure(TypeKind::number);
  out.integer = out.maybe = true;
  out.low = Bound{base::Decimal(low), true};
  return out;
}

// A bit of feel's for what an argument is; 0: unknown.
feel::Kinds bit(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean: return feel::kinds::boolean;
    case TypeKind::number: return feel::kinds::number;
    case TypeKind::string: return feel::kinds::string;
    case TypeKind::date: return feel::kinds::date;
    case TypeKind::time: return feel::kinds::time;
    case TypeKind::date_time: return feel::kinds::date_time;
    case TypeKind::days_duration: return feel::kinds::days;
    case TypeKind::months_duration: return feel::kinds::months;
    case TypeKind::list: return feel::kinds::list;
    case TypeKind::context: return feel::kinds::context;
    case TypeKind::any: break;
  }
  return 0;
}

}  // namespace

Info Flow::call(const Node& node) {
  const Node& callee = node.child(0);
  if (callee.kind != NodeKind::name) {
    for (const auto& child : node.children) infer(*child);
    return {};
  }
  bool own = symbol(callee) != nullptr;
  for (const Local& local : locals_) own = own || local.name == callee.text;
  if (const policy::Function* function = own ? nullptr : pack_.function(callee.text))
    return pack_call(node, *function);
  if (!own && feel::find_builtin(callee.text)) return builtin_call(node, callee.text);
  for (size_t i = 1; i < node.children.size(); ++i) infer(node.child(i));
  return {};
}

Info Flow::pack_call(const Node& node, const policy::Function& function) {
  for (size_t i = 1; i < node.children.size(); ++i) {
    Info given = infer(node.child(i));
    const Field* parameter = nullptr;
    if (node.names.empty()) parameter = i <= function.parameters.size() ? &function.parameters[i - 1] : nullptr;
    else
      for (const Field& field : function.parameters)
        if (field.name == node.names[i - 1]) parameter = &field;
    if (!parameter || !parameter->type) continue;
    Info wanted = Info::of_field(*parameter);
    wanted.null = wanted.null || parameter->optional;
    fits(node.child(i), given, wanted, "“" + function.name + "”的参数“" + parameter->name + "”");
  }
  if (!function.output) return {};
  Info out = Info::of_type(*function.output);
  // For which arguments it gives 0 or null is not known here; that it may is no reason to refuse its use.
  out.maybe = false;
  if (out.null) out.null = out.sure = false;
  return out;
}

Info Flow::builtin_call(const Node& node, const std::string& name) {
  std::vector<Info> arguments;
  for (size_t i = 1; i < node.children.size(); ++i) arguments.push_back(infer(node.child(i)));
  if (!node.names.empty()) return {};
  arguments_fit(node, name, arguments);
  return result_of(node, name, arguments);
}

// Every argument must be of a kind some list of parameters takes, and null where none takes it.
void Flow::arguments_fit(const Node& node, const std::string& name, std::vector<Info>& arguments) {
  static const std::vector<feel::Builtin> kAll = [] {
    std::vector<feel::Builtin> out;
    for (const auto* family : {&feel::conversion_builtins(), &feel::string_builtins(), &feel::list_builtins(),
                               &feel::statistics_builtins(), &feel::number_builtins(), &feel::temporal_builtins(),
                               &feel::range_builtins(), &feel::context_builtins()})
      out.insert(out.end(), family->begin(), family->end());
    return out;
  }();
  for (size_t i = 0; i < arguments.size(); ++i) {
    feel::Kinds taken = 0;
    for (const feel::Builtin& one : kAll) {
      if (one.name != name || one.parameters.empty()) continue;
      if (i >= one.parameters.size() && !one.variadic) continue;
      const auto& parameter = one.parameters[std::min(i, one.parameters.size() - 1)];
      taken |= parameter.kinds;
      if (parameter.optional) taken |= feel::kinds::null;
    }
    if (taken == 0) continue;
    bool statistics = among(name, {"min", "max", "sum", "mean", "product", "median", "stddev"});
    if (arguments[i].null && (!(taken & feel::kinds::null) || statistics))
      arguments[i] = need(node.child(i + 1), arguments[i], statistics ? "计算" : "使用");
    // A list of one stands for its item, an item for a list of one.
    feel::Kinds given = bit(arguments[i].kind);
    if (given == 0 || given == feel::kinds::list || (taken & (given | feel::kinds::list))) continue;
    say(node.child(i + 1).range, codes::kType,
        name + "(…) 的第 " + std::to_string(i + 1) + " 项不能是" + std::string(chinese(arguments[i].kind)) + "“" +
            text(node.child(i + 1)) + "”",
        "写成 " + feel::find_builtin(name)->usage());
  }
}

Info Flow::result_of(const Node& node, const std::string& name, const std::vector<Info>& arguments) {
  if (among(name, {"min", "max", "sum", "mean", "median"})) return statistics(node, name, arguments);
  if (among(name,
            {"abs", "floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down"}))
    return rounding(name, arguments);
  if (name == "modulo" && arguments.size() == 2) {
    nonzero(node.child(2), arguments[1]);
    Info out = sure(TypeKind::number);
    out.unit = arguments[0].unit;
    return out;
  }
  if (name == "not" && arguments.size() == 1) {
    Info out = Info::of_kind(TypeKind::boolean);
    out.null = arguments[0].null;
    out.sure = arguments[0].sure;
    out.soft = arguments[0].soft;
    if (arguments[0].boolean) out.boolean = !*arguments[0].boolean;
    return out;
  }
  if (name == "count" && arguments.size() == 1) return whole_number(arguments[0].filled ? 1 : 0);
  if (name == "string length") return whole_number(0);
  if (among(name, {"sqrt", "log", "exp", "product", "stddev", "day of year", "week of year", "number"}))
    return sure(TypeKind::number);
  if (among(name, {"substring", "upper case", "lower case", "substring before", "substring after", "replace",
                   "string join", "day of week", "month of year"}))
    return sure(TypeKind::string);
  if (name == "string" && arguments.size() == 1 && arguments[0].sure && !arguments[0].null)
    return sure(TypeKind::string);
  if (among(name, {"contains", "starts with", "ends with", "matches", "list contains", "odd", "even", "is"}))
    return sure(TypeKind::boolean);
  if (among(name, {"date", "today"})) return sure(TypeKind::date);
  if (among(name, {"date and time", "now"})) return sure(TypeKind::date_time);
  if (name == "time") return sure(TypeKind::time);
  if (name == "years and months duration") return sure(TypeKind::months_duration);
  if (name == "duration" && arguments.size() == 1 && arguments[0].words && arguments[0].words->size() == 1) {
    auto value = feel::parse_duration(arguments[0].words->front());
    return value ? Info::of_value(*value) : Info();
  }
  return list_result(name, arguments);
}

Info Flow::statistics(const Node& node, const std::string& name, const std::vector<Info>& arguments) {
  bool one_list = arguments.size() == 1 && arguments[0].kind == TypeKind::list;
  if (arguments.empty() || (arguments.size() == 1 && !one_list)) return {};
  if (one_list) {
    Info out = arguments[0].element ? *arguments[0].element : Info();
    if (out.kind == TypeKind::list) return {};
    if (out.null && out.known()) need(node.child(1), out, "计算");
    if (!out.known() && name != "min" && name != "max") out = Info::of_kind(TypeKind::number);
    out.null = !arguments[0].filled;
    out.sure = true;
    out.boolean.reset();
    if (name == "sum") {
      if (!out.low || out.low->value.is_negative()) out.low.reset();
      if (!out.high || out.high->value > base::Decimal(0)) out.high.reset();
      out.nonzero = out.nonzero && (out.low || out.high);
    }
    if (name == "mean" || name == "median") out.integer = out.nonzero = false;
    return out;
  }
  Info out = arguments[0];
  for (size_t i = 1; i < arguments.size(); ++i) {
    const Info& next = arguments[i];
    if (out.known() && next.known() && out.kind != next.kind) {
      say(node.child(i + 1).range, codes::kType,
          name + "(…) 里" + std::string(chinese(out.kind)) + "和" + std::string(chinese(next.kind)) +
              "不能放在一起",
          "各项要是同一种值");
      return {};
    }
    units(node.child(i + 1), out, next, "一起放进 " + name + "(…)");
    Unit unit = out.unit.known() ? out.unit : next.unit;
    if (out.kind != TypeKind::number || next.kind != TypeKind::number) out = Info::either(out, next);
    else if (name == "min" || name == "max") out = extreme_of(out, next, name == "max");
    else out = sum_of(out, next);
    out.unit = unit;
  }
  if (name == "mean" || name == "median") out.low.reset(), out.high.reset(), out.integer = out.nonzero = false;
  return out;
}

Info Flow::rounding(const std::string& name, const std::vector<Info>& arguments) {
  if (arguments.empty() || arguments[0].kind != TypeKind::number) return {};
  Info out = arguments[0];
  out.null = false;
  if (name == "abs") {
    out.high.reset();
    out.nonzero = !arguments[0].may_be_zero() && arguments[0].maybe;
    if (!out.low || out.low->value.is_negative()) out.low = Bound{base::Decimal(0), true};
    return out;
  }
  // What is rounded to whole numbers may become 0, and may leave its bounds for the next whole number.
  auto round = [](std::optional<Bound>& bound, base::Rounding mode) {
    if (bound) bound = Bound{bound->value.round(0, mode), true};
  };
  round(out.low, base::Rounding::floor);
  round(out.high, base::Rounding::ceiling);
  if (name == "ceiling" && arguments[0].low && !arguments[0].low->included && out.low &&
      out.low->value == arguments[0].low->value)
    out.low = Bound{*base::Decimal::add(out.low->value, 1), true};
  bool whole = arguments.size() == 1 && (name == "floor" || name == "ceiling");
  out.integer = whole || arguments[0].integer;
  out.nonzero = name == "ceiling" && out.low && out.low->value > base::Decimal(0);
  return out;
}

Info Flow::list_result(const std::string& name, const std::vector<Info>& arguments) {
  Info out = sure(TypeKind::list);
  if (among(name, {"distinct values", "reverse", "sort", "sublist", "remove"})) {
    if (arguments.empty() || arguments[0].kind != TypeKind::list) return {};
    out.element = arguments[0].element;
    out.filled = arguments[0].filled && name != "sublist" && name != "remove";
    return out;
  }
  if (among(name, {"concatenate", "union", "append"})) {
    std::optional<Info> element;
    bool known = true;
    for (size_t i = 0; i < arguments.size(); ++i) {
      bool item = name == "append" && i > 0;
      known = known && (item ? arguments[i].known() : arguments[i].kind == TypeKind::list);
      out.filled = out.filled || item || arguments[i].filled;
      if (!item && !arguments[i].element) {
        known = known && !arguments[i].filled && arguments[i].sure;
        continue;
      }
      const Info& one = item ? arguments[i] : *arguments[i].element;
      element = element ? Info::either(*element, one) : one;
    }
    if (known && element) out.element = std::make_shared<const Info>(*element);
    return out;
  }
  if (name == "split" || name == "index of") {
    out.element = std::make_shared<const Info>(name == "split" ? sure(TypeKind::string) : whole_number(1));
    out.filled = name == "split";
    return out;
  }
  if (among(name, {"flatten", "insert before", "list replace", "get entries"})) return out;
  return {};
}

}  // namespace guanhu::policy::detail
