// Bytes from the hexadecimal digits that base::hex_of (base/digest.h) wrote of them: how the store keeps contents
// of files in columns of text.
#pragma once
#include <string>
#include <string_view>

namespace guanhu::base {

// Two lower-case digits a byte; throws Broken for anything else, as only damaged rows can hold it.
std::string bytes_of_hex(std::string_view digits);

}  // namespace guanhu::base
