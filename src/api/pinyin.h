// Finding Chinese names by the initials of their pinyin ("zhangwei" is typed "zw"), and putting them in order.
//
// Where the readings come from: GB 2312 lists its 3,755 everyday characters by pinyin, so the code's range says
// the initial. Of the rarer characters those usual in names of persons, companies and places are listed in
// pinyin.cc; others have no initial and are found as they are written. A character with two readings that
// matter (行, 长, 曾, 单, ...) is found by either.
#pragma once
#include <string>
#include <string_view>

namespace guanhu::api {

// One byte a character: what initials_match() compares. Letters and digits stand for themselves.
std::string initials_code(std::string_view utf8);
// `q` (lower case letters and digits) fits consecutive characters, beginning anywhere.
bool initials_match(std::string_view code, std::string_view q);
// The code as letters: "zw"; what has no initial is "?".
std::string initials(std::string_view utf8);

// A search text as matches() wants it: without blanks at the ends, ASCII letters small.
std::string plain_query(std::string_view text);
// The text holds q (ASCII letters of any case), or its initials do.
bool matches(std::string_view text, std::string_view q);

// A key that sorts Chinese by pinyin as far as it is known, before what is not; ASCII first.
std::string pinyin_order(std::string_view utf8);

}  // namespace guanhu::api
