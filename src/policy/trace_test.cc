// What feel says of a formula that cannot be worked out, in the words and at the place of the document.
#include "policy/detail/trace.h"

#include <gtest/gtest.h>

namespace guanhu::policy::detail {
namespace {

TEST(InDocument, TheInputsOfADivisionByZeroStay) {
  const Text formula{"甲 +\n  10 / 余额", 7, 5};
  auto text = [&](const char* message) {
    base::Error error = in_document({"feel.arithmetic", message, "2:3", ""}, "d.md", formula, "比率");
    EXPECT_EQ(error.where, "d.md:8:3");
    EXPECT_EQ(error.code, "decide.formula");
    return error.message;
  };
  EXPECT_EQ(text("division by zero: 10 / 0, in '10 / 余额' (余额 = 0)"),
            "“比率”算不出来：除数是零，在“10 / 余额”（余额 = 0）");
  EXPECT_EQ(text("division by zero: 10 / 0 (余额 = 0)"), "“比率”算不出来：除数是零（余额 = 0）");
  EXPECT_EQ(text("division by zero: 10 / 0, in '10 / (1 - 1)'"), "“比率”算不出来：除数是零，在“10 / (1 - 1)”");
  EXPECT_EQ(text("division by zero"), "“比率”算不出来：除数是零");
  EXPECT_EQ(text("cannot compare 1 and \"a\", in '甲 < 乙' (甲 = 1, 乙 = \"a\")"),
            "“比率”算不出来：不能比较：1 and \"a\"，在“甲 < 乙”（甲 = 1, 乙 = \"a\"）");
  EXPECT_EQ(text("'余额' is null"), "“比率”算不出来：“余额”没有值");
  EXPECT_EQ(text("something (else)"), "“比率”算不出来：something (else)");
}

}  // namespace
}  // namespace guanhu::policy::detail
