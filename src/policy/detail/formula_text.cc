#include "policy/detail/formula_text.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "feel/parser.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

// Where a stretch of a string's text stands in the document.
Place place_in(const Node& text, feel::SourceRange range) {
  size_t begin = length(std::string_view(text.text).substr(0, range.begin));
  size_t end = length(std::string_view(text.text).substr(0, range.end));
  if (text.origins.empty()) return text.at;
  Place out = text.origins[std::min(begin, text.origins.size() - 1)];
  Place last = text.origins[std::min(std::max(end, begin + 1) - 1, text.origins.size() - 1)];
  if (last.line == out.line) out.width = std::max(1, last.column - out.column + 1);
  return out;
}

}  // namespace

feel::SourceRange word_at(const std::string& text, const std::string& where) {
  int line = 1, column = 1;
  if (std::sscanf(where.c_str(), "%d:%d", &line, &column) != 2) return {0, 0};
  size_t at = 0;
  while (--line > 0 && at < text.size())
    at = text.find('\n', at) == text.npos ? text.size() : text.find('\n', at) + 1;
  while (--column > 0 && at < text.size()) next_code_point(text, at);
  size_t end = at, next = at;
  while (next < text.size()) {
    char32_t c = next_code_point(text, next);
    if (!is_han(c) && !(c < 0x80 && std::isalnum(static_cast<int>(c)))) break;
    end = next;
  }
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
}

void FormulaText::report(feel::SourceRange range, std::string code, std::string message, std::string hint) {
  report_.add(*element_.source, place_in(node_, range), std::move(code), std::move(message), std::move(hint));
}

void FormulaText::report(const base::Error& error) {
  Wording wording = in_chinese(error);
  report(range_of(error), "policy.formula.syntax", wording.message, wording.hint);
}

feel::SourceRange FormulaText::range_of(const base::Error& error) const {
  return word_at(node_.text, error.where);
}

feel::NodePtr FormulaText::parse() {
  auto tree = feel::parse(node_.text, formula_scope());
  if (tree.ok()) return std::move(tree.value());
  report(tree.error());
  return nullptr;
}

}  // namespace guanhu::policy::detail
