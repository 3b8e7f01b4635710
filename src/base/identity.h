// Check characters of Chinese identity numbers: residents (GB 11643-1999), organisations
// (GB 32100-2015, unified social credit code) and the organisation code inside it (GB 11714-1997).
//
// Only the form is judged here: a number that passes need not have been given to anybody.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace guanhu::base {

// The 18th character ('0'-'9' or 'X') for the first 17 digits, by ISO 7064 MOD 11-2; nothing when
// `first17` is not exactly 17 digits.
std::optional<char> resident_check(std::string_view first17);
// 17 digits with their check character; nothing when they are no 17 digits or hold no birthday.
std::optional<std::string> complete_resident_id(std::string_view first17);
// 18 characters, a real birthday in positions 7 to 14, the right check character (capital X).
// Whether the six digits of the place were ever in use is not judged.
bool valid_resident_id(std::string_view id);
// Birthday in an id of 18 characters; nothing when there is no such day.
std::optional<Date> resident_birthday(std::string_view id);

// The 9th character for the first 8 of an organisation code (digits and capital letters).
std::optional<char> organisation_check(std::string_view first8);
// The 18th character for the first 17; nothing for another length or for characters outside the
// 31 of the standard (no I, O, S, V, Z).
std::optional<char> credit_code_check(std::string_view first17);
std::optional<std::string> complete_credit_code(std::string_view first17);
// 18 characters: two of the registering authority, six digits of the place, nine of the
// organisation code, the check character. The organisation code's own check is not part of the
// verdict: codes with a wrong one are in official use.
bool valid_credit_code(std::string_view code);

}  // namespace guanhu::base
