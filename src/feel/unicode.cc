#include "feel/unicode.h"

#include <clocale>
#include <cwctype>

#include "base/error.h"

namespace guanhu::feel {
namespace {
constexpr char32_t kBad = 0xFFFD;

// The length of a well-formed sequence at `at` and its code point, or 0.
size_t decode(std::string_view text, size_t at, char32_t& code) {
  auto c = static_cast<unsigned char>(text[at]);
  if (c < 0x80) return code = c, 1;
  size_t length = c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 0;
  if (length == 0 || at + length > text.size()) return 0;
  code = c & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0) != 0x80) return 0;
    code = code << 6 | (next & 0x3Fu);
  }
  bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  return overlong || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF ? 0 : length;
}

struct Span {
  char32_t first, last;
};
template <size_t N>
bool within(const Span (&spans)[N], char32_t code) {
  for (auto& s : spans)
    if (code >= s.first && code <= s.last) return true;
  return false;
}
}  // namespace

char32_t next_code_point(std::string_view text, size_t& at) {
  char32_t code = kBad;
  size_t length = decode(text, at, code);
  at += length == 0 ? 1 : length;
  return length == 0 ? kBad : code;
}

void append_code_point(std::string& out, char32_t code) {
  auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

size_t count_code_points(std::string_view text) {
  size_t count = 0;
  for (char c : text)
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  return count;
}

size_t byte_offset(std::string_view text, size_t index) {
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (index-- == 0) return i;
  }
  return text.size();
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    char32_t code = 0;
    size_t length = decode(text, at, code);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

// DMN 1.5, 10.3.1.2, grammar rules 61-62: white space and vertical space.
bool is_space(char32_t c) {
  static constexpr Span kSpaces[] = {{0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                                     {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200B}, {0x2028, 0x2029},
                                     {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return within(kSpaces, c);
}

// DMN 1.5, 10.3.1.2, grammar rules 28-29.
bool is_name_start(char32_t c) {
  static constexpr Span kStart[] = {{'?', '?'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
                                    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return !is_space(c) && within(kStart, c);
}

bool is_name_part(char32_t c) {
  static constexpr Span kPart[] = {{'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
  return is_name_start(c) || within(kPart, c);
}

namespace {
// The C library's tables of the one locale that every Debian has: the same on every machine.
locale_t utf8_locale() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (!locale) throw base::Broken("the locale C.UTF-8 is missing; upper case and lower case need it");
  return locale;
}

template <class Map>
std::string map_characters(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();)
    append_code_point(out, static_cast<char32_t>(map(static_cast<wint_t>(next_code_point(text, at)))));
  return out;
}
}  // namespace

std::string to_upper(std::string_view text) {
  return map_characters(text, [](wint_t c) { return towupper_l(c, utf8_locale()); });
}
std::string to_lower(std::string_view text) {
  return map_characters(text, [](wint_t c) { return towlower_l(c, utf8_locale()); });
}

}  // namespace guanhu::feel
