#include "cli/dispatch.h"

#include <gtest/gtest.h>

#include <sstream>

namespace guanhu::cli {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome run(std::vector<std::string> words) {
  std::istringstream in;
  std::ostringstream out, err;
  base::FixedClock clock(*base::Instant::parse("2025-12-31T17:00:00Z"));
  Io io{in, out, err, clock};
  int status = dispatch(std::move(words), io);
  return {status, out.str(), err.str()};
}

TEST(Dispatch, RefusesWhatIsNoCommand) {
  auto o = run({"polices", "check"});
  EXPECT_EQ(o.status, kWrong);
  EXPECT_EQ(o.err, "guanhu: there is no command 'polices'; guanhu --help lists them\n");
}

TEST(Dispatch, ListsTheCommandsThatBeginWithAWord) {
  auto wrong = run({"policy"});
  EXPECT_EQ(wrong.status, kWrong);
  EXPECT_EQ(wrong.out, "");
  EXPECT_NE(wrong.err.find("  policy check    checks policy packs\n"), std::string::npos);
  EXPECT_EQ(wrong.err.find("  import"), std::string::npos);
  auto asked = run({"policy", "--help"});
  EXPECT_EQ(asked.status, kDone);
  EXPECT_EQ(asked.out, wrong.err);
}

}  // namespace
}  // namespace guanhu::cli
