#include "policy/detail/tree.h"

#include <algorithm>
// Its assertions would end the program on a Chinese key; without them the parser reports it.
#define TOML_ASSERT(condition) static_assert(true)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

class Builder {
 public:
  Builder(const Source& source, std::string_view body, int first_line, Report& report)
      : source_(source), first_line_(first_line), report_(report) {
    for (std::string_view line : split_lines(body)) lines_.push_back(code_points(line));
  }

  Node build(const toml::node& from) {
    Node out;
    out.at = place(from.source().begin, from.source().end);
    if (const toml::table* table = from.as_table()) {
      fill_table(*table, out);
    } else if (const toml::array* list = from.as_array()) {
      out.kind = NodeKind::list;
      for (const toml::node& item : *list) out.items.push_back(build(item));
    } else if (const auto* text = from.as_string()) {
      out.kind = NodeKind::string;
      out.text = text->get();
      out.origins = origins(from.source().begin, code_points(out.text));
    } else if (const auto* flag = from.as_boolean()) {
      out.kind = NodeKind::boolean;
      out.boolean = flag->get();
    } else if (const auto* day = from.as_date()) {
      out.kind = NodeKind::date;
      out.date = base::Date::from_ymd(day->get().year, day->get().month, day->get().day).value_or(base::Date());
    } else {
      fill_number(from, out);
    }
    return out;
  }

 private:
  void fill_table(const toml::table& table, Node& out) {
    out.kind = NodeKind::table;
    for (const auto& [key, value] : table)
      out.entries.push_back({std::string(key.str()), place(key.source().begin, key.source().end), build(value)});
    std::sort(out.entries.begin(), out.entries.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
  }

  // toml++ turns 0.1 into a double; the exact number is what is written there.
  void fill_number(const toml::node& from, Node& out) {
    out.kind = NodeKind::number;
    for (char32_t c : slice(from.source().begin, from.source().end))
      if (c != '_' && c != '+' && c < 0x80) out.text += static_cast<char>(c);
    out.text = trim(out.text);
    if (auto number = base::Decimal::parse(out.text)) out.number = *number;
    else
      report_.add(source_, out.at, "policy.toml.value", "“" + out.text + "”不是这里能用的值",
                  "数字写成 50000 或 0.1，日期写成 2013-01-01，文字加引号");
  }

  std::u32string slice(toml::source_position begin, toml::source_position end) const {
    if (begin.line != end.line || begin.line < 1 || begin.line > lines_.size()) return {};
    const std::u32string& line = lines_[begin.line - 1];
    size_t from = std::min<size_t>(begin.column - 1, line.size());
    return line.substr(from, end.column - begin.column);
  }

  Place place(toml::source_position begin, toml::source_position end) const {
    int width = begin.line == end.line ? static_cast<int>(end.column) - static_cast<int>(begin.column) : 1;
    return {first_line_ - 1 + static_cast<int>(begin.line), static_cast<int>(begin.column), std::max(width, 1)};
  }

  char32_t peek(size_t line, size_t column) const {
    if (line >= lines_.size()) return 0;
    return column < lines_[line].size() ? lines_[line][column] : U'\n';
  }

  // Where each code point of a string's value is written: walks over quotes, escapes and line ends.
  std::vector<Place> origins(toml::source_position begin, const std::u32string& value) const {
    size_t line = begin.line - 1, column = begin.column - 1;
    char32_t quote = peek(line, column);
    bool block = peek(line, column + 1) == quote && peek(line, column + 2) == quote;
    column += block ? 3 : 1;
    auto step = [&] {
      if (peek(line, column) == U'\n') ++line, column = 0;
      else ++column;
    };
    if (block && peek(line, column) == U'\n') step();
    std::vector<Place> out;
    for (size_t i = 0; i < value.size(); ++i) {
      while (quote == U'"' && block && peek(line, column) == U'\\' && line_continues(line, column + 1)) do
          step();
        while (is_space(peek(line, column)));
      out.push_back({first_line_ + static_cast<int>(line), static_cast<int>(column) + 1, 1});
      size_t skip = quote == U'"' && peek(line, column) == U'\\' ? escape_length(peek(line, column + 1)) : 0;
      step();
      column += skip;
    }
    out.push_back({first_line_ + static_cast<int>(line), static_cast<int>(column) + 1, 1});
    return out;
  }

  static bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n'; }
  bool line_continues(size_t line, size_t column) const {
    while (peek(line, column) == U' ' || peek(line, column) == U'\t') ++column;
    return peek(line, column) == U'\n';
  }
  static size_t escape_length(char32_t kind) { return kind == U'u' ? 5 : kind == U'U' ? 9 : 1; }

  const Source& source_;
  int first_line_;
  Report& report_;
  std::vector<std::u32string> lines_;
};

struct Wording {
  std::string_view contains;  // in toml++'s description
  std::string_view code, message, hint;
};

constexpr Wording kWordings[] = {
    {"cannot redefine", "policy.toml.repeated", "同一个名字写了两次",
     "删去一个；分段的数值用 [[\"名称\"]] 写成几段"},
    {"was already", "policy.toml.repeated", "同一个名字写了两次", "删去一个；分段的数值用 [[\"名称\"]] 写成几段"},
    {"escape sequence", "policy.toml.escape", "反斜杠后面的写法不对",
     "反斜杠写成两个 \\\\，或者把文字放在单引号 '…' 里"},
    {"while parsing date", "policy.toml.date", "没有这一天", "日期写成 2013-01-01"},
    {"while parsing string", "policy.toml.quote", "引号没有配对", "文字两头都要有引号，多行文字用 \"\"\""},
    {"while parsing basic string", "policy.toml.quote", "引号没有配对", "文字两头都要有引号，多行文字用 \"\"\""},
    {"expected a comment or whitespace", "policy.toml.value", "值的后面多写了东西",
     "一行只写一个值：数字不加千分号和单位，说明写在 # 后面"},
    {"expected digit", "policy.toml.value", "数字里混进了别的字", "数字只写数字，如 50000、0.1；单位写在 unit 里"},
    {"while parsing array", "policy.toml.list", "方括号里的写法不对",
     "写成 [\"甲\", \"乙\"]：逐项加引号，用英文逗号隔开"},
    {"while parsing value", "policy.toml.value", "等号后面的值写法不对",
     "文字加英文引号 \"…\"，数字不加引号和千分号，日期写成 2013-01-01"},
    {"could not determine value type", "policy.toml.value", "等号后面的值写法不对",
     "文字加英文引号 \"…\"，数字不加引号和千分号，日期写成 2013-01-01"},
    {"expected '='", "policy.toml.equals", "键名后面少了英文等号", "写成 键 = 值"},
};

bool bare_key(const std::u32string& line, size_t column) {
  bool before_value = line.find(U'=') == line.npos || column <= line.find(U'=');
  bool quoted =
      std::count(line.begin(), line.begin() + static_cast<long>(std::min(column, line.size())), U'"') % 2;
  return before_value && !quoted && column < line.size() && line[column] >= 0x80;
}

void report_syntax(const Source& source, int first_line, const toml::parse_error& error, Report& report) {
  Place at{first_line - 1 + static_cast<int>(error.source().begin.line),
           static_cast<int>(error.source().begin.column), 1};
  std::string description(error.description());
  if (at.line >= 1 && static_cast<size_t>(at.line) <= source.lines.size()) {
    std::u32string line = code_points(source.lines[static_cast<size_t>(at.line) - 1]);
    size_t column = static_cast<size_t>(at.column) - 1;
    while (column > 0 && column < line.size() && line[column] < 0x80 && line[column - 1] >= 0x80) --column;
    if (bare_key(line, column)) {
      at.column = static_cast<int>(column) + 1;
      return report.add(source, at, "policy.toml.bare", "汉字的键名要加英文引号",
                        "写成 \"名称\" = …、[\"名称\"] 或 [[\"名称\"]]");
    }
  }
  for (const Wording& wording : kWordings)
    if (description.find(wording.contains) != std::string::npos)
      return report.add(source, at, std::string(wording.code), std::string(wording.message),
                        std::string(wording.hint));
  report.add(source, at, "policy.toml", "这一行不合 TOML 的写法", description);
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

std::string_view kind_name(NodeKind kind) {
  constexpr std::string_view kNames[] = {"文字", "数字", "true 或 false", "日期", "列表", "表"};
  return kNames[static_cast<size_t>(kind)];
}

std::optional<Node> parse_tree(const Source& source, std::string_view body, int first_line, Report& report) {
  toml::parse_result parsed = toml::parse(body);
  if (!parsed) {
    report_syntax(source, first_line, parsed.error(), report);
    return std::nullopt;
  }
  Node out = Builder(source, body, first_line, report).build(parsed.table());
  out.at = {first_line - 1, 1, 1};
  return out;
}

}  // namespace guanhu::policy::detail
