#include "feel/source.h"

#include <algorithm>

#include "feel/unicode.h"

namespace guanhu::feel {

LineColumn line_column(std::string_view source, size_t offset) {
  LineColumn at{1, 1};
  offset = std::min(offset, source.size());
  for (size_t i = 0; i < offset;) {
    char32_t c = next_code_point(source, i);
    if (c == '\n') ++at.line, at.column = 1;
    else ++at.column;
  }
  return at;
}

std::string position(std::string_view source, size_t offset) {
  LineColumn at = line_column(source, offset);
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

namespace {
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}
}  // namespace

std::string caret(std::string_view source, SourceRange range) {
  size_t begin = std::min<size_t>(range.begin, source.size());
  size_t line = source.rfind('\n', begin == 0 ? 0 : begin - 1);
  size_t from = line == std::string_view::npos || line >= begin ? 0 : line + 1;
  size_t to = std::min(source.find('\n', begin), source.size());
  std::string pad, marks;
  for (size_t i = from; i < begin;) {
    char32_t c = next_code_point(source, i);
    pad += c == '\t' ? "\t" : is_wide(c) ? "  " : " ";
  }
  for (size_t i = begin; i < std::min<size_t>(range.end, to);)
    marks += is_wide(next_code_point(source, i)) ? "^^" : "^";
  if (marks.empty()) {
    size_t next = begin;
    marks = begin < to && is_wide(next_code_point(source, next)) ? "^^" : "^";
  }
  return std::string(source.substr(from, to - from)) + "\n" + pad + marks;
}

base::Error error_at(std::string_view source, SourceRange range, std::string code, std::string message,
                     std::string hint) {
  return {std::move(code), std::move(message), position(source, range.begin), std::move(hint)};
}

}  // namespace guanhu::feel
