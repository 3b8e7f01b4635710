#include "base/hex.h"

#include "base/error.h"

namespace guanhu::base {

namespace {

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  throw Broken("a kept content is not written in hexadecimal digits");
}

}  // namespace

std::string bytes_of_hex(std::string_view digits) {
  if (digits.size() % 2) throw Broken("a kept content ends within a byte");
  std::string out;
  out.reserve(digits.size() / 2);
  for (size_t i = 0; i < digits.size(); i += 2)
    out += static_cast<char>(value_of(digits[i]) << 4 | value_of(digits[i + 1]));
  return out;
}

}  // namespace guanhu::base
