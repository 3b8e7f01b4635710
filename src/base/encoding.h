// Text as it arrives from other systems, made into valid UTF-8.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace guanhu::base {

// Offset of the first byte at or after `from` that begins no well-formed UTF-8 character (overlong forms,
// surrogates and values above U+10FFFF are malformed), or npos when all is well.
size_t find_bad_utf8(std::string_view text, size_t from = 0);

struct Decoded {
  std::string text;         // UTF-8; a byte that could not be decoded stands as U+FFFD
  std::vector<size_t> bad;  // offsets in `text` of those U+FFFD, ascending
};

// GB18030 to UTF-8 (iconv). Throws Broken where iconv knows no GB18030.
Decoded decode_gb18030(std::string_view bytes);

}  // namespace guanhu::base
