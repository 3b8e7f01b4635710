#include "api/pinyin.h"

#include <gtest/gtest.h>

namespace guanhu::api {
namespace {

TEST(Pinyin, KnowsTheInitialsOfNames) {
  EXPECT_EQ(initials("张伟"), "zw");
  EXPECT_EQ(initials("欧阳娜娜"), "oynn");
  EXPECT_EQ(initials("王鑫婷"), "wxt") << "beyond the everyday characters";
  EXPECT_EQ(initials("A1公司"), "a1gs");
  EXPECT_EQ(initials("𠮷"), "?");
  EXPECT_EQ(initials(""), "");
}

// First and last everyday character of some initials: the ranges meet without a gap.
TEST(Pinyin, RangesMeet) {
  const std::pair<const char*, const char*> ends[] = {
      {"啊", "a"}, {"澳", "a"}, {"芭", "b"}, {"怖", "b"}, {"擦", "c"}, {"错", "c"}, {"搭", "d"}, {"堕", "d"},
      {"蛾", "e"}, {"贰", "e"}, {"匝", "z"}, {"座", "z"}, {"压", "y"}, {"孕", "y"}, {"昔", "x"}};
  for (const auto& [character, initial] : ends) EXPECT_EQ(initials(character), initial) << character;
}

TEST(Pinyin, FindsByWordsInitialsAndBothReadings) {
  EXPECT_TRUE(matches("青禾支行", "zh"));
  EXPECT_TRUE(matches("青禾支行", "qhzh"));
  EXPECT_FALSE(matches("青禾支行", "qz")) << "letters stand for neighbouring characters";
  EXPECT_TRUE(matches("曾国庆", "zgq"));
  EXPECT_TRUE(matches("曾国庆", "cg"));
  EXPECT_TRUE(matches("单雄", "sx"));
  EXPECT_TRUE(matches("吕倩(样本)0012", "lq"));
  EXPECT_TRUE(matches("吕倩(样本)0012", "0012"));
  EXPECT_TRUE(matches("吕倩(样本)0012", "倩"));
  EXPECT_TRUE(matches("ABC公司", plain_query(" abc ")));
  EXPECT_FALSE(matches("张伟", "wz"));
  EXPECT_FALSE(matches("张伟", "zww"));
  EXPECT_TRUE(matches("张伟", ""));
}

TEST(Pinyin, PutsNamesInOrder) {
  const char* in_order[] = {"", "9", "a", "阿", "白", "李", "李静", "王", "张", "赵", "𠮷"};
  for (size_t i = 1; i < std::size(in_order); ++i)
    EXPECT_LT(pinyin_order(in_order[i - 1]), pinyin_order(in_order[i])) << in_order[i - 1] << " " << in_order[i];
  EXPECT_NE(pinyin_order("婷"), pinyin_order("霆")) << "equal places are not equal names";
}

TEST(Pinyin, MalformedTextDoesNoHarm) {
  for (const char* text : {"\xE5", "\xE5\xBC", "\xFF\xFE", "a\x80", "\xF0\x9F"}) {
    EXPECT_FALSE(matches(text, "zw"));
    EXPECT_FALSE(pinyin_order(text).empty());
  }
}

}  // namespace
}  // namespace guanhu::api
