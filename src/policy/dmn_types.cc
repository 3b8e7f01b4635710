#include "policy/dmn_types.h"

#include <algorithm>

#include "base/digest.h"
#include "policy/detail/text.h"

namespace guanhu::policy {
namespace {

bool is_plain_letter(char32_t c) {
  bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  return ascii || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}

std::string only_letters(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t begin = at;
    char32_t c = detail::next_code_point(text, at);
    if (is_plain_letter(c)) out.append(text, begin, at - begin);
    else if (!out.empty() && out.back() != '_') out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out = "_" + out;
  return out;
}

std::string basic(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean: return "boolean";
    case TypeKind::number: return "number";
    case TypeKind::string: return "string";
    case TypeKind::date: return "date";
    case TypeKind::time: return "time";
    case TypeKind::date_time: return "date and time";
    case TypeKind::days_duration: return "days and time duration";
    case TypeKind::months_duration: return "years and months duration";
    default: return "Any";
  }
}

std::string quoted(const std::string& word) {
  std::string out = "\"";
  for (char c : word) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string range_tests(const ValueType& type) {
  auto bound = [](const Bound& b, const char* strict, const char* included) {
    return std::string(b.included ? included : strict) + " " + b.value.str();
  };
  if (type.low && type.high)
    return std::string(type.low->included ? "[" : "(") + type.low->value.str() + ".." + type.high->value.str() +
           (type.high->included ? "]" : ")");
  if (type.low) return bound(*type.low, ">", ">=");
  if (type.high) return bound(*type.high, "<", "<=");
  return "";
}

// "元_非负", "月_整数": what a number is, as a name.
std::string number_name(const ValueType& type) {
  std::string out = type.unit.empty() ? "数值" : type.unit == "%" ? "百分数" : as_name(type.unit);
  if (type.integer) out += "_整数";
  bool natural = type.low && type.low->value.is_zero() && !type.high;
  if (natural) return out + (type.low->included ? "_非负" : "_正");
  auto text = [](const Bound& b) { return as_name((b.value.is_negative() ? "负" : "") + b.value.abs().str()); };
  if (type.low) out += "_自" + text(*type.low);
  if (type.high) out += "_至" + text(*type.high);
  return out;
}

}  // namespace

std::string Unique::take(const std::string& wanted) {
  std::string name = wanted;
  for (int n = 2; !taken_.insert(name).second; ++n) name = wanted + "_" + std::to_string(n);
  return name;
}

// Tools refuse ids of other than ASCII letters; what is left out stands in a few digits of its digest.
std::string as_id(std::string_view text) {
  std::string out;
  bool whole = true;
  for (char c : text) {
    bool ascii =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (ascii) out += c;
    whole = whole && ascii;
  }
  bool begins = !out.empty() && out[0] != '-' && (out[0] < '0' || out[0] > '9');
  if (!begins) out = "_" + out;
  if (whole) return out;
  return out + (out.back() == '_' ? "" : "_") + base::sha256_hex(text).substr(0, 8);
}

std::string as_name(std::string_view text) { return only_letters(text); }

std::string allowed_values(const ValueType& type) {
  std::string out;
  for (const std::string& word : type.words) out += (out.empty() ? "" : ", ") + quoted(word);
  if (type.kind != TypeKind::number) return out;
  std::string range = range_tests(type);
  if (!type.integer) return range;
  if (range.empty()) return "? = floor(?)";
  bool interval = range[0] == '[' || range[0] == '(';
  return "? " + std::string(interval ? "in " : "") + range + " and ? = floor(?)";
}

std::string DmnTypes::reference(const ValueTypePtr& type, const std::string& hint) {
  if (!type || type->kind == TypeKind::any) return "";
  bool simple = type->kind != TypeKind::list && type->kind != TypeKind::context;
  if (simple && type->name.empty() && type->unit.empty() && allowed_values(*type).empty())
    return basic(type->kind);
  return define(*type, hint);
}

std::string DmnTypes::define(const ValueType& type, const std::string& hint) {
  ValueType plain = type;
  plain.nullable = false;  // null fits every type of DMN
  std::string key = type.name + "\n" + plain.str() + "\n" + type.unit;
  if (auto found = known_.find(key); found != known_.end()) return found->second;
  std::string wanted = !type.name.empty()               ? type.name
                       : type.kind == TypeKind::number  ? number_name(type)
                       : type.kind == TypeKind::list    ? hint + "_列表"
                       : type.kind == TypeKind::context ? hint + "_结构"
                                                        : hint + "_取值";
  std::string name = known_[key] = names_.take(wanted);
  dmn::TypeText made = build(type, hint);
  made.name = name;
  made.id = ids_.take("type_" + as_id(name));
  types_.push_back(std::move(made));
  return name;
}

dmn::TypeText DmnTypes::build(const ValueType& type, const std::string& hint) {
  dmn::TypeText out;
  if (type.kind == TypeKind::list) {
    out.collection = true;
    out.type = reference(type.element, hint);
  } else if (type.kind == TypeKind::context) {
    for (const Field& member : type.members) {
      dmn::TypeText component;
      component.name = member.name;
      component.id = ids_.take("type_" + as_id(hint + "_" + member.name));
      component.type = reference(member.type, hint + "_" + member.name);
      component.description = member.hint;
      out.components.push_back(std::move(component));
    }
  } else {
    out.type = basic(type.kind);
    out.allowed = allowed_values(type);
  }
  if (!type.unit.empty()) {
    out.description = "单位：" + type.unit;
    out.extensions.emplace_back("unit", type.unit);
  }
  return out;
}

ValueTypePtr widened(const ValueTypePtr& a, const ValueTypePtr& b) {
  if (!a || !b || a->str() == b->str()) return a;
  auto out = std::make_shared<ValueType>();
  if (a->kind != b->kind) return out;
  out->kind = a->kind;
  out->nullable = a->nullable || b->nullable;
  if (a->unit == b->unit) out->unit = a->unit;
  out->integer = a->integer && b->integer;
  if (a->low && b->low)
    out->low =
        a->low->value < b->low->value || (a->low->value == b->low->value && a->low->included) ? a->low : b->low;
  if (a->high && b->high)
    out->high = a->high->value > b->high->value || (a->high->value == b->high->value && a->high->included)
                    ? a->high
                    : b->high;
  if (!a->words.empty() && !b->words.empty()) {
    out->words = a->words;
    for (const std::string& word : b->words)
      if (std::find(out->words.begin(), out->words.end(), word) == out->words.end()) out->words.push_back(word);
  }
  if (a->kind == TypeKind::list) out->element = widened(a->element, b->element);
  // Structures that differ: anything; what their parts must be is asked where they are used.
  if (a->kind == TypeKind::context) out->kind = TypeKind::any;
  return out;
}

}  // namespace guanhu::policy
