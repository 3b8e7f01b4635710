#include "base/hex.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/error.h"

namespace guanhu::base {
namespace {

TEST(Hex, WhatNobodyWroteIsBroken) {
  for (const char* digits : {"0", "abc", "0g", "AB", "4 ", "/0", ":0", "`0"})
    EXPECT_THROW(bytes_of_hex(digits), Broken) << digits;
}

TEST(Hex, EveryByteComesBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(bytes_of_hex(hex_of(all)), all);
  EXPECT_EQ(bytes_of_hex("00ff7fe5a5bd"), std::string("\0\xff\x7f好", 6));
  EXPECT_EQ(bytes_of_hex(""), "");
}

}  // namespace
}  // namespace guanhu::base
