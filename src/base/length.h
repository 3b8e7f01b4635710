// How long a text is for who writes it. What a field holds at most is said, and counted, in characters: a sentence
// of Chinese is three times as many bytes, and no one at the counter counts bytes.
#pragma once
#include <cstddef>
#include <string_view>

namespace guanhu::base {

// Code points of UTF-8 text; a broken byte that begins one counts as one.
constexpr size_t characters(std::string_view text) {
  size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

}  // namespace guanhu::base
