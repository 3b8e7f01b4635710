#include "policy/detail/type_text.h"

#include <algorithm>

#include "policy/detail/literal.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/words.h"

namespace guanhu::policy::detail {

namespace {

struct KindWord {
  std::string_view word;
  TypeKind kind;
  bool integer = false;
};
constexpr KindWord kKinds[] = {
    {"number", TypeKind::number},
    {"数字", TypeKind::number},
    {"integer", TypeKind::number, true},
    {"整数", TypeKind::number, true},
    {"string", TypeKind::string},
    {"文字", TypeKind::string},
    {"boolean", TypeKind::boolean},
    {"是否", TypeKind::boolean},
    {"date", TypeKind::date},
    {"日期", TypeKind::date},
    {"time", TypeKind::time},
    {"时刻", TypeKind::time},
    {"date and time", TypeKind::date_time},
    {"日期时间", TypeKind::date_time},
    {"days duration", TypeKind::days_duration},
    {"时长", TypeKind::days_duration},
    {"months duration", TypeKind::months_duration},
    {"月数时长", TypeKind::months_duration},
    {"any", TypeKind::any},
    {"任意", TypeKind::any},
};

const KindWord* kind_word(std::string_view text) {
  auto at = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindWord& k) { return k.word == text; });
  return at == std::end(kKinds) ? nullptr : at;
}

ValueTypePtr made(ValueType type) { return std::make_shared<const ValueType>(std::move(type)); }

// The text without quotes around it.
std::string unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

constexpr std::string_view kExamples =
    "可以写：boolean、date、文字 string、单位(如 元 >= 0)、integer 天 >= 0、甲 | 乙、list<元>、"
    "{金额: 元, 日期: date}，或 type 块的名称";

}  // namespace

ValueTypePtr nullable(const ValueTypePtr& type) {
  if (type->nullable) return type;
  ValueType out = *type;
  out.nullable = true;
  return made(std::move(out));
}

ValueTypePtr type_of(TypeKind kind) {
  ValueType out;
  out.kind = kind;
  return made(std::move(out));
}

bool is_unit(std::string_view text) {
  for (bool more = true; more;) {
    size_t slash = text.find('/');
    if (std::find(std::begin(kUnits), std::end(kUnits), text.substr(0, slash)) == std::end(kUnits)) return false;
    more = slash != text.npos;
    if (more) text.remove_prefix(slash + 1);
  }
  return true;
}

ValueTypePtr TypeReader::refuse(const Text& at, std::string message, std::string hint) {
  report_.add(source_, place_of(at), "policy.type", std::move(message), std::move(hint));
  return nullptr;
}

ValueTypePtr TypeReader::type(const Text& raw) {
  Text text = trimmed(raw);
  if (text.empty()) return refuse(text, "没有写类型", std::string(kExamples));
  if (text.text.back() == '?') {
    ValueTypePtr inner = type(part_of(text, 0, text.text.size() - 1));
    return inner ? nullable(inner) : nullptr;
  }
  for (std::string_view head : {"list<", "列表<"})
    if (text.text.starts_with(head)) {
      if (text.text.back() != '>') return refuse(text, "list< 少了后面的 >", "写成 list<元 >= 0>");
      ValueType out;
      out.kind = TypeKind::list;
      out.element = type(part_of(text, head.size(), text.text.size() - 1));
      return out.element ? made(std::move(out)) : nullptr;
    }
  if (text.text.front() == '{') return context(text);
  if (text.text.front() == '"' || is_table(text.text)) return words(text);
  return plain(text);
}

ValueTypePtr TypeReader::words(const Text& text) {
  ValueType out;
  out.kind = TypeKind::string;
  for (const Text& word : split(text, '|')) {
    std::string value = unquoted(word.text);
    if (value.empty()) return refuse(text, "“|”的一边是空的", "写成 甲 | 乙：每个可取的值之间一个竖线");
    if (std::find(out.words.begin(), out.words.end(), value) != out.words.end())
      return refuse(word, "“" + value + "”写了两次", "删去一个");
    out.words.push_back(std::move(value));
  }
  return made(std::move(out));
}

ValueTypePtr TypeReader::context(const Text& text) {
  if (text.text.back() != '}') return refuse(text, "{ 没有配对的 }", "写成 {金额: 元, 日期: date}");
  ValueType out;
  out.kind = TypeKind::context;
  for (const Text& part : split(part_of(text, 1, text.text.size() - 1), ',')) {
    auto member = field(part, true, false);
    if (!member) return nullptr;
    if (out.member(member->name)) return refuse(part, "“" + member->name + "”写了两次", "删去一个");
    out.members.push_back(std::move(*member));
  }
  return made(std::move(out));
}

ValueTypePtr TypeReader::unknown(const Text& text) {
  // A type that is there but could not be read: that has been said.
  if (std::find(known_.begin(), known_.end(), text.text) != known_.end()) return nullptr;
  std::vector<std::string> all = known_;
  for (const KindWord& kind : kKinds) all.emplace_back(kind.word);
  for (std::string_view unit : kUnits) all.emplace_back(unit);
  std::string near = nearest(text.text, all);
  return refuse(text, "没有“" + text.text + "”这个类型或单位",
                (near.empty() ? "" : "是不是想写 " + near + "？") + std::string(kExamples));
}

// A kind, a unit or a name, then what restricts a number.
ValueTypePtr TypeReader::plain(const Text& text) {
  size_t sign = text.text.find_first_of("<>[(");
  Text head = trimmed(part_of(text, 0, std::min(sign, text.text.size())));
  ValueType out;
  if (const KindWord* kind = kind_word(head.text)) {
    out.kind = kind->kind;
    out.integer = kind->integer;
  } else {
    std::string_view unit = head.text;
    for (std::string_view word : {"integer ", "整数 "})
      if (unit.starts_with(word)) out.integer = true, unit = trim(unit.substr(word.size()));
    if (is_unit(unit)) {
      out.kind = TypeKind::number;
      out.unit = unit;
    } else if (ValueTypePtr named = out.integer ? nullptr : find_(head.text)) {
      if (sign == std::string::npos) return named;
      out = *named;
      out.name.clear();
    } else {
      return unknown(head);
    }
  }
  if (sign == std::string::npos) return made(std::move(out));
  Text rest = part_of(text, sign, text.text.size());
  if (out.kind != TypeKind::number) return refuse(rest, "只有数字能写范围", "删去这一段");
  return constraint(trimmed(rest), out) ? made(std::move(out)) : nullptr;
}

// ">= 0", "> 0 <= 1", "[0..100]", "(0..1]".
bool TypeReader::constraint(const Text& text, ValueType& type) {
  const std::string hint = "写成 元 >= 0、比率 > 0 <= 1 或 分 [0..100]";
  if (text.text.front() == '[' || text.text.front() == '(') return interval(text, type);
  size_t at = 0;
  while (at < text.text.size()) {
    bool high = text.text[at] == '<';
    if (!high && text.text[at] != '>')
      return refuse(part_of(text, at, text.text.size()), "范围写法不对", hint), false;
    bool included = at + 1 < text.text.size() && text.text[at + 1] == '=';
    size_t begin = at + (included ? 2 : 1);
    at = std::min(text.text.find_first_of("<>", begin), text.text.size());
    Text number = trimmed(part_of(text, begin, at));
    auto value = base::Decimal::parse(number.text);
    if (!value) return refuse(number, "“" + number.text + "”不是数字", hint), false;
    (high ? type.high : type.low) = Bound{*value, included};
  }
  return true;
}

bool TypeReader::interval(const Text& text, ValueType& type) {
  size_t dots = text.text.find("..");
  char end = text.text.back();
  if (dots == std::string::npos || (end != ']' && end != ')'))
    return refuse(text, "范围写法不对", "写成 [0..100]，不含端点的一头用圆括号"), false;
  auto low = base::Decimal::parse(trim(std::string_view(text.text).substr(1, dots - 1)));
  auto high =
      base::Decimal::parse(trim(std::string_view(text.text).substr(dots + 2, text.text.size() - dots - 3)));
  if (!low || !high || *high < *low) return refuse(text, "范围的两头要是数字，小的在前", "写成 [0..100]"), false;
  type.low = Bound{*low, text.text.front() == '['};
  type.high = Bound{*high, end == ']'};
  return true;
}

std::optional<Field> TypeReader::field(const Text& line, bool defaults, bool hints) {
  Text text = trimmed(line);
  Field out;
  if (hints) {
    size_t hash = outside_quotes(text.text, [&](size_t at, int) { return text.text[at] == '#'; });
    if (hash != std::string::npos) {
      out.hint = trim(std::string_view(text.text).substr(hash + 1));
      text = trimmed(part_of(text, 0, hash));
    }
  }
  size_t width = 0;
  size_t colon = find_colon(text.text, width);
  if (colon == std::string::npos)
    return refuse(text, "“" + text.text + "”后面没有写类型", "写成 名称: 类型，如 贷款金额: 元 >= 0"),
           std::nullopt;
  Text name = trimmed(part_of(text, 0, colon));
  if (!name.empty() && name.text.back() == '?') {
    out.optional = true;
    name = trimmed(part_of(name, 0, name.text.size() - 1));
  }
  if (!valid_local_name(name.text)) {
    report_.add(source_, place_of(name), "policy.name", "“" + name.text + "”不能作名称",
                "名称由汉字、字母、数字和下划线组成，不以数字开头，不带空格、括号和运算符");
    return std::nullopt;
  }
  out.name = name.text;
  out.at = name;
  Text rest = part_of(text, colon + width, text.text.size());
  size_t equals = find_equals(rest.text);
  out.type = type(part_of(rest, 0, std::min(equals, rest.text.size())));
  if (!out.type) return std::nullopt;
  if (out.optional) out.type = nullable(out.type);
  if (equals == std::string::npos) return out;
  Text written = trimmed(part_of(rest, equals + 1, rest.text.size()));
  if (!defaults) return refuse(written, "这里不能写默认值", "删去等号和后面的值"), std::nullopt;
  Misfit misfit;
  auto value = read_value(literal(written.text, *out.type), *out.type, out.name, misfit);
  if (!value) {
    report_.add(source_, place_of(written), "policy.type.default", "默认值不合类型：" + misfit.message,
                "写成这个类型的值：" + out.type->str());
    return std::nullopt;
  }
  out.optional = true;
  out.otherwise = std::move(*value);
  return out;
}

std::vector<Field> TypeReader::fields(const Text& text, bool defaults, bool& sound) {
  std::vector<Field> out;
  for (const Text& line : lines_of(text)) {
    auto one = field(line, defaults, true);
    if (!one) {
      sound = false;
      continue;
    }
    auto same = std::find_if(out.begin(), out.end(), [&](const Field& f) { return f.name == one->name; });
    if (same != out.end()) {
      report_.add(source_, place_of(one->at), "policy.name.repeated", "“" + one->name + "”写了两次", "删去一个");
      sound = false;
      continue;
    }
    out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace guanhu::policy::detail
