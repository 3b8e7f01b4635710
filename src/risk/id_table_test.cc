#include "risk/id_table.h"

#include <gtest/gtest.h>

#include <string>

namespace guanhu::risk {
namespace {

TEST(IdTable, KnowsNothingOfWhatNobodyNumbered) {
  IdTable table;
  EXPECT_EQ(table.find("A1"), std::nullopt);
  EXPECT_EQ(table.find(""), std::nullopt);
  std::vector<std::string_view> ids = {"A1", ""};
  std::vector<uint32_t> numbers(2);
  table.find_all(ids, numbers);
  EXPECT_EQ(numbers, (std::vector<uint32_t>{IdTable::kNone, IdTable::kNone}));
  table.find_all({}, {});
}

TEST(IdTable, FindsManyAsOneByOne) {
  IdTable table;
  constexpr uint32_t kAll = 5000;  // grows several times on the way
  for (uint32_t i = 0; i < kAll; ++i) EXPECT_EQ(table.number("account-" + std::to_string(i * 3)), i);
  EXPECT_EQ(table.number("account-0"), 0u) << "the number it has";
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < 3 * kAll + 1; ++i) texts.push_back("account-" + std::to_string(i));
  std::vector<std::string_view> ids(texts.begin(), texts.end());
  std::vector<uint32_t> numbers(ids.size());
  table.find_all(ids, numbers);
  for (uint32_t i = 0; i < ids.size(); ++i) {
    const bool known = i % 3 == 0 && i < 3 * kAll;
    EXPECT_EQ(numbers[i], known ? i / 3 : IdTable::kNone) << i;
    EXPECT_EQ(table.find(ids[i]), known ? std::optional(i / 3) : std::nullopt) << i;
    if (known) EXPECT_EQ(table[numbers[i]], ids[i]);
  }
}

}  // namespace
}  // namespace guanhu::risk
