#include "policy/detail/texts.h"

#include <algorithm>
#include <cctype>

#include "policy/detail/formula.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

constexpr std::string_view kWideColon = "\xEF\xBC\x9A";

}  // namespace

Text text_of(const Node& node, size_t begin, size_t end) {
  Text out;
  out.text = node.text.substr(begin, end - begin);
  size_t at = length(std::string_view(node.text).substr(0, begin));
  Place place = node.origins.empty() ? node.at : node.origins[std::min(at, node.origins.size() - 1)];
  out.line = place.line;
  out.column = place.column;
  return out;
}

Text text_of(const Node& node) { return text_of(node, 0, node.text.size()); }

Text part_of(const Text& text, size_t begin, size_t end) {
  Text out;
  out.line = text.line;
  out.column = text.column;
  std::string_view before = std::string_view(text.text).substr(0, begin);
  if (size_t newline = before.rfind('\n'); newline != before.npos) {
    out.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    out.column = 1;
    before.remove_prefix(newline + 1);
  }
  out.column += static_cast<int>(length(before));
  out.text = text.text.substr(begin, end - begin);
  return out;
}

Text trimmed(const Text& text) {
  std::string_view rest = trim(text.text);
  size_t begin = rest.empty() ? text.text.size() : static_cast<size_t>(rest.data() - text.text.data());
  return part_of(text, begin, begin + rest.size());
}

Place place_of(const Text& text) { return place_of(text, {0, static_cast<uint32_t>(text.text.size())}); }

Place place_of(const Text& text, feel::SourceRange range) {
  size_t begin = std::min<size_t>(range.begin, text.text.size()),
         end = std::min<size_t>(range.end, text.text.size());
  Text part = part_of(text, begin, std::max(begin, end));
  std::string_view line = std::string_view(part.text).substr(0, part.text.find('\n'));
  return {part.line, part.column, std::max(1, static_cast<int>(length(line)))};
}

std::vector<Text> lines_of(const Text& text) {
  std::vector<Text> out;
  for (size_t at = 0; at < text.text.size();) {
    size_t end = std::min(text.text.find('\n', at), text.text.size());
    std::string_view line = trim(std::string_view(text.text).substr(at, end - at));
    if (!line.empty() && line[0] != '#' && !line.starts_with("//")) out.push_back(part_of(text, at, end));
    at = end + 1;
  }
  return out;
}

std::vector<Text> split(const Text& text, char sign) {
  std::vector<Text> out;
  size_t begin = 0;
  outside_quotes(text.text, [&](size_t at, int depth) {
    if (text.text[at] != sign || depth > 0) return false;
    out.push_back(trimmed(part_of(text, begin, at)));
    begin = at + 1;
    return false;
  });
  out.push_back(trimmed(part_of(text, begin, text.text.size())));
  return out;
}

std::vector<std::vector<Text>> cells_of(const Text& line) {
  std::vector<std::vector<Text>> out(1);
  size_t begin = 0, skip = std::string::npos;
  auto cell = [&](size_t end) { out.back().push_back(trimmed(part_of(line, begin, end))); };
  outside_quotes(line.text, [&](size_t at, int) {
    if (line.text[at] != '|' || at == skip) return false;
    cell(at);
    begin = at + 1;
    if (begin < line.text.size() && line.text[begin] == '|') {
      out.emplace_back();
      skip = begin++;
    }
    return false;
  });
  cell(line.text.size());
  return out;
}

bool is_table(std::string_view text) {
  return outside_quotes(text, [&](size_t at, int) { return text[at] == '|'; }) != text.npos;
}

size_t find_equals(std::string_view text) {
  auto near = [&](size_t at) { return at < text.size() ? text[at] : ' '; };
  return outside_quotes(text, [&](size_t at, int depth) {
    if (text[at] != '=' || depth > 0) return false;
    char before = at ? near(at - 1) : ' ';
    return before != '<' && before != '>' && before != '!' && before != '=' && near(at + 1) != '=';
  });
}

size_t find_colon(std::string_view text, size_t& width) {
  return outside_quotes(text, [&](size_t at, int depth) {
    if (depth > 0) return false;
    width = text[at] == ':' ? 1 : text.substr(at).starts_with(kWideColon) ? kWideColon.size() : 0;
    return width > 0;
  });
}

// FEEL reads names without blanks and operators; words of FEEL cannot be names.
bool valid_name(std::string_view name) { return name != kFullMark && valid_local_name(name); }

bool valid_local_name(std::string_view name) {
  constexpr std::string_view kTaken[] = {
      "if",   "then",  "else",    "true",      "false",    "null",     "and",  "or",   "not",  "for",    "in",
      "some", "every", "return",  "satisfies", "between",  "date",     "time", "min",  "max",  "sum",    "count",
      "abs",  "floor", "ceiling", "decimal",   "function", "instance", "of",   "item", "list", "context"};
  if (std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken)) return false;
  bool first = true;
  for (char32_t c : code_points(name)) {
    bool letter = (c < 0x80 && (std::isalpha(static_cast<int>(c)) || c == '_')) || is_han(c);
    bool digit = c < 0x80 && std::isdigit(static_cast<int>(c));
    if (!letter && (first || !digit)) return false;
    first = false;
  }
  return !first;
}

}  // namespace guanhu::policy::detail
