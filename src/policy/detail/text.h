// Unicode text as the readers of packs need it: code points, columns, display width.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace guanhu::policy::detail {

// The code point that begins at byte `at`; moves `at` behind it. `text` must be valid UTF-8.
char32_t next_code_point(std::string_view text, size_t& at);
std::u32string code_points(std::string_view text);
// Bytes of the first bad sequence, or npos: the text is valid UTF-8.
size_t find_invalid_utf8(std::string_view text);
size_t length(std::string_view text);  // in code points
int display_width(char32_t c);         // 0, 1 or 2 columns of a terminal
bool is_han(char32_t c);
std::string_view trim(std::string_view text);  // ASCII and full-width blanks
// A line ends at "\n", "\r\n" or a "\r" alone, as Markdown has it: places must count as its reader counts.
std::vector<std::string_view> split_lines(std::string_view text);
// The name of `known` that is most like `name`, if one is like it at all; else "".
std::string nearest(std::string_view name, const std::vector<std::string>& known);
// "a、b、c"
std::string joined(const std::vector<std::string>& names, std::string_view between = "、");

}  // namespace guanhu::policy::detail
