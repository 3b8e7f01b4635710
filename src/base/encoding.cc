#include "base/encoding.h"

#include <iconv.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "base/error.h"

namespace guanhu::base {

namespace {

bool follows(std::string_view t, size_t i, unsigned char low = 0x80, unsigned char high = 0xBF) {
  if (i >= t.size()) return false;
  auto c = static_cast<unsigned char>(t[i]);
  return c >= low && c <= high;
}

// Length of the well-formed character at i, or 0.
size_t character(std::string_view t, size_t i) {
  auto c = static_cast<unsigned char>(t[i]);
  if (c < 0x80) return 1;
  if (c >= 0xC2 && c <= 0xDF) return follows(t, i + 1) ? 2 : 0;
  if (c >= 0xE0 && c <= 0xEF) {
    unsigned char low = c == 0xE0 ? 0xA0 : 0x80, high = c == 0xED ? 0x9F : 0xBF;
    return follows(t, i + 1, low, high) && follows(t, i + 2) ? 3 : 0;
  }
  if (c >= 0xF0 && c <= 0xF4) {
    unsigned char low = c == 0xF0 ? 0x90 : 0x80, high = c == 0xF4 ? 0x8F : 0xBF;
    return follows(t, i + 1, low, high) && follows(t, i + 2) && follows(t, i + 3) ? 4 : 0;
  }
  return 0;
}

class Converter {
 public:
  Converter() : handle_(::iconv_open("UTF-8", "GB18030")) {
    if (handle_ == reinterpret_cast<iconv_t>(-1))
      throw Broken("iconv knows no GB18030: install the C library's charsets");
  }
  ~Converter() { ::iconv_close(handle_); }
  Converter(const Converter&) = delete;
  iconv_t get() const { return handle_; }

 private:
  iconv_t handle_;
};

}  // namespace

size_t find_bad_utf8(std::string_view t, size_t i) {
  while (i < t.size()) {
    uint64_t eight;
    if (i + 8 <= t.size() && (std::memcpy(&eight, t.data() + i, 8), (eight & 0x8080808080808080ULL) == 0)) {
      i += 8;
      continue;
    }
    size_t n = character(t, i);
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

Decoded decode_gb18030(std::string_view bytes) {
  Converter converter;
  Decoded out;
  // Two bytes of GB18030 make at most three of UTF-8; U+FFFD makes three of one.
  out.text.resize(bytes.size() + bytes.size() / 2 + 64);
  char* in = const_cast<char*>(bytes.data());
  size_t left = bytes.size(), at = 0;
  while (left > 0) {
    char* to = out.text.data() + at;
    size_t room = out.text.size() - at;
    size_t done = ::iconv(converter.get(), &in, &left, &to, &room);
    int why = errno;
    at = static_cast<size_t>(to - out.text.data());
    if (done != static_cast<size_t>(-1)) break;
    if (out.text.size() - at < 16) out.text.resize(out.text.size() + left * 3 + 64);
    if (why == E2BIG) continue;
    ::iconv(converter.get(), nullptr, nullptr, nullptr, nullptr);
    out.bad.push_back(at);
    std::memcpy(out.text.data() + at, "\xEF\xBF\xBD", 3);
    at += 3;
    ++in;
    --left;
  }
  out.text.resize(at);
  return out;
}

}  // namespace guanhu::base
