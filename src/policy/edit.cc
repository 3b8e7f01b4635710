#include "policy/edit.h"

#include <algorithm>
#include <vector>

#include "policy/detail/text.h"
#include "policy/outline.h"

namespace guanhu::policy {

namespace {

using base::Error;
using Lines = std::vector<std::string>;  // without their ends

Error layout(const std::string& what) { return {"policy.edit.layout", what, "line", "直接改这一块的源文"}; }

struct Written {
  Lines lines;
  std::string end = "\n";
  bool ended = true;  // the last line has an end

  explicit Written(const std::string& document) {
    if (document.find("\r\n") != document.npos) end = "\r\n";
    ended = document.empty() || document.back() == '\n';
    for (size_t at = 0; at < document.size();) {
      size_t stop = std::min(document.find('\n', at), document.size());
      size_t length = stop - at;
      if (length > 0 && document[stop - 1] == '\r') --length;
      lines.push_back(document.substr(at, length));
      at = stop + 1;
    }
  }
  std::string str() const {
    std::string out;
    for (size_t i = 0; i < lines.size(); ++i) out += lines[i] + (i + 1 < lines.size() || ended ? end : "");
    return out;
  }
};

// The block that begins at the line, or holds it.
std::optional<OutlineBlock> block_at(const std::string& document, int line, bool inside) {
  for (const auto& article : outline(document))
    for (const auto& block : article.blocks)
      if (block.line == line || (inside && line > block.line && line <= block.end_line)) return block;
  return std::nullopt;
}

size_t byte_of(const std::string& line, int column) {
  size_t at = 0;
  for (int i = 1; i < column && at < line.size(); ++i) detail::next_code_point(line, at);
  return at;
}

// The string of TOML that holds an offset of the body.
struct Quoted {
  std::string mark;           // ", ', """, '''
  size_t begin = 0, end = 0;  // of what stands between the marks
};

std::optional<Quoted> string_around(const std::string& body, size_t wanted) {
  for (size_t at = 0; at < body.size();) {
    char c = body[at];
    if (c == '#') {
      at = std::min(body.find('\n', at), body.size());
      continue;
    }
    if (c != '"' && c != '\'') {
      ++at;
      continue;
    }
    std::string mark(body.compare(at, 3, std::string(3, c)) == 0 ? 3 : 1, c);
    size_t begin = at + mark.size(), end = begin;
    while (end < body.size() && body.compare(end, mark.size(), mark) != 0)
      end += c == '"' && body[end] == '\\' ? 2 : 1;
    end = std::min(end, body.size());
    if (wanted >= begin && wanted <= end) return Quoted{mark, begin, end};
    at = end + mark.size();
  }
  return std::nullopt;
}

std::string escaped(const std::string& text, bool lines) {
  std::string out;
  for (char c : text) {
    if (c == '\\') out += "\\\\";
    else if (c == '"' && !lines) out += "\\\"";
    else if (c == '\t') out += "\\t";
    else if (c == '\n' && !lines) out += "\\n";
    else out += c;
  }
  return out;
}

// A whole string written anew, with the marks that need no escapes where there are such.
std::string quoted(const std::string& text) {
  if (text.find('\n') != text.npos) return "\"\"\"\n" + escaped(text, true) + "\n\"\"\"";
  if (text.find('"') == text.npos) return '"' + escaped(text, false) + '"';
  return text.find('\'') == text.npos ? "'" + text + "'" : '"' + escaped(text, false) + '"';
}

std::string indented(const std::string& text, size_t blanks) {
  std::string out;
  for (char c : text) {
    out += c;
    if (c == '\n') out += std::string(blanks, ' ');
  }
  return out;
}

}  // namespace

std::string toml_text(const std::string& text) { return quoted(text); }

std::string toml_value(const base::Json& value, const feel::Value* like) {
  if (const auto* items = value.as_array()) {
    const feel::Value* first = nullptr;
    if (like && like->is(feel::Kind::list) && !like->items().empty()) first = &like->items().front();
    std::string out;
    for (const auto& item : *items) out += (out.empty() ? "" : ", ") + toml_value(item, first);
    return "[" + out + "]";
  }
  if (const auto* text = value.as_string()) {
    bool date = like && like->is(feel::Kind::date) && base::Date::parse(*text);
    return date ? *text : '"' + escaped(*text, false) + '"';
  }
  return value.dump();
}

base::Result<std::string> with_block(const std::string& document, int line, const std::string& source) {
  auto block = block_at(document, line, false);
  if (!block)
    return Error{"policy.edit.block", "第 " + std::to_string(line) + " 行没有块", "line", "重新读取文档"};
  Written text(document);
  Written inner(source);
  for (const auto& one : inner.lines)
    if (one.starts_with("```"))
      return Error{"policy.edit.value", "块里不能有 ``` 这样的行", "source", "删掉这一行"};
  bool closed =
      block->end_line > block->line && text.lines[static_cast<size_t>(block->end_line) - 1].starts_with("```");
  auto from = text.lines.begin() + block->line, to = text.lines.begin() + block->end_line - (closed ? 1 : 0);
  from = text.lines.erase(from, to);
  text.lines.insert(from, inner.lines.begin(), inner.lines.end());
  return text.str();
}

base::Result<std::string> with_formula(const std::string& document, const Text& formula, const std::string& text) {
  auto block = block_at(document, formula.line, true);
  if (!block || formula.empty()) return layout("这里没有公式");
  const size_t row = static_cast<size_t>(formula.line - block->line - 1);
  Written body(block->source);
  if (row >= body.lines.size()) return layout("公式不在这一块里");
  size_t at = byte_of(body.lines[row], formula.column);
  for (size_t i = 0; i < row; ++i) at += body.lines[i].size() + 1;
  std::string source = block->source;
  auto string = string_around(source, at);
  if (!string || source.compare(at, formula.text.size(), formula.text) != 0)
    return layout("公式的写法带有转义，不能这样改");
  const std::string now(detail::trim(text));
  auto blank = [&](size_t from, size_t to) {
    return detail::trim(std::string_view(source).substr(from, to - from)).empty();
  };
  bool whole = blank(string->begin, at) && blank(at + formula.text.size(), string->end);
  if (whole) {
    size_t open = string->begin - string->mark.size(), close = string->end + string->mark.size();
    bool keep = string->mark.size() == 3 && now.find(string->mark) == now.npos;
    std::string made =
        keep ? string->mark + "\n" + (string->mark[0] == '"' ? escaped(now, true) : now) + "\n" + string->mark
             : quoted(now);
    source.replace(open, close - open, made);
  } else {
    bool lines = string->mark.size() == 3;
    if ((!lines && now.find_first_of("\n\"'\\") != now.npos) || now.find(string->mark) != now.npos)
      return layout("这一行里写不下这样的公式");
    const std::string& line = body.lines[row];
    size_t blanks = std::min(line.find_first_not_of(' '), line.size()) + 2;
    source.replace(at, formula.text.size(), indented(string->mark[0] == '"' ? escaped(now, true) : now, blanks));
  }
  return with_block(document, block->line, source);
}

// ------------------------------------------------------------------------------------- parameters

namespace {

// The tables of one parameter in the lines of its block.
struct Stretch {
  size_t header = 0, end = 0;  // lines [header, end)
};

std::string key_of_header(const std::string& line) {
  std::string_view text = detail::trim(line);
  if (!text.starts_with("[") || !text.ends_with("]")) return "";
  while (text.starts_with("[") && text.ends_with("]")) text = text.substr(1, text.size() - 2);
  text = detail::trim(text);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

std::string key_of(const std::string& line) {
  size_t equals = line.find('=');
  return equals == line.npos ? "" : std::string(detail::trim(std::string_view(line).substr(0, equals)));
}

// Brackets that a line leaves open, outside of quotes.
int left_open(const std::string& line) {
  int depth = 0;
  char quote = 0;
  for (char c : line) {
    if (quote) quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '#') break;
    else depth += c == '[' ? 1 : c == ']' ? -1 : 0;
  }
  return depth;
}

class ParameterEditor {
 public:
  ParameterEditor(Lines lines, const Parameter& parameter, const ParameterEdit& edit)
      : lines_(std::move(lines)), parameter_(parameter), edit_(edit) {}

  std::optional<Error> run() {
    find();
    if (stretches_.empty() || stretches_.size() != parameter_.values.size())
      return layout("参数“" + edit_.name + "”不是一段一段写的");
    // As they are written they need not be in the order of their days; the newest is changed.
    const DatedValue& newest = parameter_.values.back();
    const size_t last = index_of(newest);
    if (edit_.from && newest.from && *edit_.from < *newest.from)
      return Error{"policy.edit.dates", "参数“" + edit_.name + "”从 " + newest.from->str() + " 起已有一个值",
                   "from", "从更晚的一天起改，或在文档里改各段的日期"};
    if (edit_.from && newest.to && *edit_.from > *newest.to + 1)
      return Error{"policy.edit.dates", "两段之间空了日子：上一段到 " + newest.to->str() + " 为止", "from",
                   "从 " + (*newest.to + 1).str() + " 起"};
    if (!edit_.from || edit_.from == newest.from) put_right(stretches_[last]);
    else add_stretch(stretches_[last]);
    return std::nullopt;
  }
  const Lines& lines() const { return lines_; }

 private:
  void find() {
    for (size_t i = 0; i < lines_.size(); ++i)
      if (key_of_header(lines_[i]) == edit_.name) {
        size_t end = i + 1;
        int open = 0;
        for (; end < lines_.size(); ++end) {
          if (open == 0 && detail::trim(lines_[end]).starts_with("[") && !key_of_header(lines_[end]).empty())
            break;
          open = std::max(0, open + left_open(lines_[end]));
        }
        while (end > i + 1 && detail::trim(lines_[end - 1]).empty()) --end;
        stretches_.push_back({i, end});
      }
  }

  // Values are ordered by day: the stretch that says `from`, else the only one without.
  size_t index_of(const DatedValue& value) const {
    for (size_t i = 0; i < stretches_.size(); ++i) {
      auto from = day_of(stretches_[i], "from");
      if (from ? value.from == from : i == 0 && stretches_.size() == 1) return i;
    }
    return stretches_.size() - 1;
  }
  std::optional<base::Date> day_of(const Stretch& stretch, const std::string& key) const {
    auto line = line_of(stretch, key);
    if (!line) return std::nullopt;
    std::string_view text = std::string_view(lines_[*line]).substr(lines_[*line].find('=') + 1);
    return base::Date::parse(detail::trim(text.substr(0, text.find('#'))));
  }
  std::optional<size_t> line_of(const Stretch& stretch, const std::string& key) const {
    for (size_t i = stretch.header + 1; i < stretch.end; ++i)
      if (key_of(lines_[i]) == key) return i;
    return std::nullopt;
  }

  // Sets a key where it stands, or at the end; "" takes it out.
  void set(Stretch& stretch, const std::string& key, const std::string& value) {
    auto line = line_of(stretch, key);
    size_t at = line.value_or(stretch.end), count = 0;
    if (line) {
      int open = left_open(lines_[at].substr(lines_[at].find('=') + 1));
      for (count = 1; open > 0 && at + count < stretch.end; ++count) open += left_open(lines_[at + count]);
    }
    auto where =
        lines_.erase(lines_.begin() + static_cast<long>(at), lines_.begin() + static_cast<long>(at + count));
    if (!value.empty()) lines_.insert(where, aligned(stretch, key) + value);
    stretch.end += (value.empty() ? 0 : 1) - count;
  }
  // "from  = " below "value = ": as wide as its neighbours.
  std::string aligned(const Stretch& stretch, const std::string& key) const {
    size_t width = key.size();
    if (stretch.header + 1 < lines_.size())
      if (size_t equals = lines_[stretch.header + 1].find('='); equals != std::string::npos && equals < 20)
        width = std::max(width, equals > 0 ? equals - 1 : 0);
    return key + std::string(width - key.size(), ' ') + " = ";
  }

  std::string value() const { return toml_value(edit_.value, &parameter_.values.back().constant); }

  void remarks(Stretch& stretch) {
    if (edit_.note) set(stretch, "note", edit_.note->empty() ? "" : quoted(*edit_.note));
    if (edit_.to_confirm) set(stretch, "to_confirm", *edit_.to_confirm ? "true" : "");
  }

  void put_right(Stretch stretch) {
    set(stretch, "value", value());
    remarks(stretch);
  }

  void add_stretch(Stretch stretch) {
    std::string name = std::string(detail::trim(lines_[stretch.header]));
    if (!name.starts_with("[[")) name = lines_[stretch.header] = "[" + name + "]";
    set(stretch, "to", (*edit_.from - 1).str());
    if (!edit_.to_confirm && parameter_.to_confirm && stretches_.size() == 1) set(stretch, "to_confirm", "");
    Lines made = {"", name};
    lines_.insert(lines_.begin() + static_cast<long>(stretch.end), made.begin(), made.end());
    Stretch added{stretch.end + 1, stretch.end + 2};
    set(added, "value", value());
    set(added, "from", edit_.from->str());
    remarks(added);
  }

  Lines lines_;
  const Parameter& parameter_;
  const ParameterEdit& edit_;
  std::vector<Stretch> stretches_;
};

}  // namespace

base::Result<std::string> with_parameter(const std::string& document, const Parameter& parameter,
                                         const ParameterEdit& edit) {
  auto block = block_at(document, parameter.origin.line, true);
  if (!block || block->kind != "parameter") return layout("参数“" + edit.name + "”不在这里");
  if (edit.value.is_null() || edit.value.as_object())
    return Error{"policy.edit.value", "参数的值不能是空的", "value", "写数字、文字、日期、true，或它们的列表"};
  Written body(block->source);
  ParameterEditor editor(body.lines, parameter, edit);
  if (auto error = editor.run()) return *error;
  body.lines = editor.lines();
  return with_block(document, block->line, body.str());
}

}  // namespace guanhu::policy
