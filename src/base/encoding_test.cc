#include "base/encoding.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Utf8, RefusesMalformedCharacters) {
  struct {
    std::string_view text;
    size_t bad;
  } cases[] = {
      {"\x80", 0},              // a continuation alone
      {"abc\xC0\xAF", 3},       // overlong '/'
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"12345678\xE4\xBD", 8},  // cut
      {"\xE4\xBD\xA0\xFF", 3},
  };
  for (const auto& c : cases) EXPECT_EQ(find_bad_utf8(c.text), c.bad) << c.text;
}

TEST(Utf8, AcceptsTheBoundaries) {
  for (std::string_view text :
       {"", "plain ascii, longer than eight bytes", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
        "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "县联社 𠮷"})
    EXPECT_EQ(find_bad_utf8(text), std::string_view::npos) << text;
}

TEST(Gb18030, MarksWhatCannotBeDecodedAndGoesOn) {
  Decoded d = decode_gb18030(
      "A\xFF"
      "B\xC4\xE3\x81");
  EXPECT_EQ(d.text,
            "A\xEF\xBF\xBD"
            "B你\xEF\xBF\xBD");
  ASSERT_EQ(d.bad.size(), 2u);
  EXPECT_EQ(d.bad[0], 1u);
  EXPECT_EQ(d.bad[1], 8u);
}

TEST(Gb18030, DecodesTwoAndFourBytes) {
  // 0x5C and 0x7C are second bytes here (乗 81 5C, 亅 81 7C), not a backslash and a bar.
  Decoded d = decode_gb18030("\xC4\xE3\xBA\xC3,\x81\x5C|\x81\x7C|\x95\x34\xB2\x35");
  EXPECT_TRUE(d.bad.empty());
  EXPECT_EQ(d.text, "你好,乗|亅|𠮷");
}

TEST(Gb18030, DecodesLongText) {
  std::string in, want;
  for (int i = 0; i < 20000; ++i) {
    in +=
        "\xC4\xE3"
        "1";
    want += "你1";
  }
  EXPECT_EQ(decode_gb18030(in).text, want);
}

}  // namespace
}  // namespace guanhu::base
