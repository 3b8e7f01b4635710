// Reads the number of an article from a heading.
#include <algorithm>

#include "policy/detail/document.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {
bool among(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }
bool is_numeral(char32_t c) { return (c >= '0' && c <= '9') || among(c, U"〇零一二三四五六七八九十百千"); }
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == 0x3000; }

// "第十一条", "第三章": the end of it, or `at` when none begins there.
size_t skip_ordinal(const std::u32string& text, size_t at) {
  if (at >= text.size() || text[at] != U'第') return at;
  size_t end = at + 1;
  while (end < text.size() && is_numeral(text[end])) ++end;
  bool ends = end > at + 1 && end < text.size() && among(text[end], U"编篇章节条款项");
  return ends ? end + 1 : at;
}

// "(二)4", "四(二)", "之一": numerals and brackets.
size_t skip_numbers(const std::u32string& text, size_t at) {
  while (at < text.size() && (is_numeral(text[at]) || among(text[at], U"()\uFF08\uFF09之-."))) ++at;
  return at;
}

std::string utf8(const std::u32string& text, size_t end, std::string_view original) {
  size_t at = 0;
  for (size_t i = 0; i < std::min(end, text.size()); ++i) next_code_point(original, at);
  return std::string(original.substr(0, at));
}
}  // namespace

std::string article_of(std::string_view heading) {
  std::string_view trimmed = trim(heading);
  std::u32string text = code_points(trimmed);
  if (text.size() >= 2 && text[0] == U'附') {  // 附则, 附件1, 附表二
    size_t end = 0;
    while (end < text.size() && !is_blank(text[end])) ++end;
    return utf8(text, end, trimmed);
  }
  size_t end = 0;
  for (size_t next; (next = skip_ordinal(text, end)) != end;) end = next;
  bool absolute = end > 0;
  end = skip_numbers(text, end);
  bool stops = end == text.size() || is_blank(text[end]) || among(text[end], U"、:\uFF1A");
  if (end == 0 || (!absolute && !stops)) return "";
  while (end > 0 && among(text[end - 1], U".-")) --end;
  return utf8(text, end, trimmed);
}

}  // namespace guanhu::policy::detail
