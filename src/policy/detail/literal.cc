#include "policy/detail/literal.h"

#include "policy/detail/text.h"
#include "policy/detail/texts.h"

namespace guanhu::policy::detail {

namespace {

const ValueType& any_type() {
  static const ValueType kAny;
  return kAny;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      char next = text[++i];
      out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_quoted(std::string_view text) { return text.size() >= 2 && text.front() == '"' && text.back() == '"'; }

Text whole(std::string_view text) { return {std::string(text), 1, 1}; }

base::Json list_of(std::string_view inner, const ValueType& element) {
  base::JsonArray out;
  if (!trim(inner).empty())
    for (const Text& item : split(whole(inner), ',')) out.push_back(literal(item.text, element));
  return out;
}

base::Json context_of(std::string_view inner, const ValueType& type) {
  base::JsonObject out;
  if (trim(inner).empty()) return out;
  for (const Text& part : split(whole(inner), ',')) {
    size_t width = 0;
    size_t colon = find_colon(part.text, width);
    if (colon == std::string::npos) return base::Json(std::string("{" + std::string(inner) + "}"));
    std::string_view name = trim(std::string_view(part.text).substr(0, colon));
    if (is_quoted(name)) name = name.substr(1, name.size() - 2);
    const Field* member = type.member(name);
    std::string_view value = std::string_view(part.text).substr(colon + width);
    out.emplace_back(std::string(name), literal(value, member ? *member->type : any_type()));
  }
  return out;
}

}  // namespace

base::Json literal(std::string_view text, const ValueType& type) {
  text = trim(text);
  if (text == "null") return {};
  if (is_quoted(text)) return unescaped(text.substr(1, text.size() - 2));
  bool brackets = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  if (brackets && (type.kind == TypeKind::list || type.kind == TypeKind::any))
    return list_of(text.substr(1, text.size() - 2), type.element ? *type.element : any_type());
  bool braces = text.size() >= 2 && text.front() == '{' && text.back() == '}';
  if (braces && (type.kind == TypeKind::context || type.kind == TypeKind::any))
    return context_of(text.substr(1, text.size() - 2), type);
  if (type.kind == TypeKind::string) return text;
  if (text == "true") return true;
  if (text == "false") return false;
  if (auto number = base::Decimal::parse(text)) return *number;
  return text;
}

}  // namespace guanhu::policy::detail
