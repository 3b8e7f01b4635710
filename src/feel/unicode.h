// UTF-8 as code points: what string functions count and what names may consist of.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace guanhu::feel {

// Reads the code point at `at` and moves on; U+FFFD (and one byte) where the text is not UTF-8.
char32_t next_code_point(std::string_view text, size_t& at);
void append_code_point(std::string& out, char32_t code);
size_t count_code_points(std::string_view text);
// The byte offset of the code point number `index` (0-based), the size when there are fewer.
size_t byte_offset(std::string_view text, size_t index);
bool is_utf8(std::string_view text);

bool is_space(char32_t code);  // FEEL's white space, the ideographic space included
bool is_name_start(char32_t code);
bool is_name_part(char32_t code);  // also digits

std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

}  // namespace guanhu::feel
