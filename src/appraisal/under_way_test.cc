// Who waits for a computation hears of its steps, and may end it there.
#include "appraisal/under_way.h"

#include <gtest/gtest.h>

#include <vector>

#include "appraisal/pay_compute.h"
#include "policy/load.h"

namespace guanhu::appraisal {
namespace {

struct Stopped {};

// A month of the sample plan with nothing recorded: every line is asked, none can be worked out.
class Paying : public ::testing::Test {
 protected:
  Paying() {
    work_.pack = &pack_;
    work_.plan = read_pay_plan(pack_, day("2025-12-31")).value();
    work_.first = day("2025-12-01"), work_.last = day("2025-12-31"), work_.pay_on = day("2026-01-10");
    work_.months = 1, work_.no_grade = "无", work_.facts = &facts_;
    PayPerson person;
    person.id = "S1", person.name = "人S1", person.org = person.branch = "B1";
    work_.people.push_back(person);
  }
  static base::Date day(const char* text) { return base::Date::parse(text).value(); }

  policy::Pack pack_ = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value();
  FactsByDay facts_{{}};
  PayWork work_;
};

TEST_F(Paying, TellsOfEachLineInItsOrder) {
  std::vector<std::string> heard;
  {
    UnderWay listening([&](size_t done, size_t total, const std::string& what) {
      EXPECT_EQ(done, heard.size());
      EXPECT_EQ(total, work_.plan.lines.size());
      heard.push_back(what);
    });
    compute_pay(work_);
  }
  ASSERT_EQ(heard.size(), work_.plan.lines.size());
  EXPECT_EQ(heard[0], "2025-12 " + work_.plan.lines[0].name);
  compute_pay(work_);
  EXPECT_EQ(heard.size(), work_.plan.lines.size()) << "nobody listens any more";
}

TEST_F(Paying, EndsWhereWhoWaitsNoLongerWaits) {
  size_t heard = 0;
  UnderWay listening([&](size_t done, size_t, const std::string&) {
    ++heard;
    if (done == 2) throw Stopped();
  });
  EXPECT_THROW(compute_pay(work_), Stopped);
  EXPECT_EQ(heard, 3u) << "the lines behind it are not asked";
}

TEST(UnderWay, TheInnermostListensAndTheOneBeforeItAfterwards) {
  int outer = 0, inner = 0;
  UnderWay first([&](size_t, size_t, const std::string&) { ++outer; });
  try {
    UnderWay second([&](size_t, size_t, const std::string&) { ++inner, throw Stopped(); });
    under_way(0, 1, "一步");
    ADD_FAILURE() << "what the listener throws passes through";
  } catch (const Stopped&) {}
  under_way(0, 1, "一步");
  EXPECT_EQ(inner, 1);
  EXPECT_EQ(outer, 1);
}

}  // namespace
}  // namespace guanhu::appraisal
