#include <gtest/gtest.h>

#include <sstream>

#include "cli/command.h"

namespace guanhu::cli {
namespace {

struct Ran {
  int status;
  std::string out, err;
};

Ran run(const Command& command, const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  base::FixedClock clock{*base::Instant::parse("2026-01-21T08:00:00Z")};
  Io io{in, out, err, clock};
  int status = command.run(arguments, io);
  return {status, out.str(), err.str()};
}

void refused(const Command& command, const std::vector<std::string>& arguments, const std::string& words) {
  Ran ran = run(command, arguments);
  EXPECT_EQ(ran.status, kWrong) << words;
  EXPECT_EQ(ran.out, "") << words;
  EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
}

const std::string kPolicies = std::string(GUANHU_SOURCE_DIR) + "/policies";

TEST(RiskScan, RefusesWrongUse) {
  refused(kRiskScanCommand, {}, "--period");
  refused(kRiskScanCommand, {"--period", "2025-13"}, "2025-13");
  refused(kRiskScanCommand, {"--period", "2025Q4", "--kind", "spike,"}, "'' is no kind of finding");
  refused(kRiskScanCommand, {"--period", "2025Q4", "--kind", "spikes"},
          "spike, in_out, loan_return, circle, split");
  refused(kRiskScanCommand, {"--period", "2025Q4", "--known-at", "soon"}, "'soon' is no moment");
  refused(kRiskScanCommand, {"--period", "2025Q4", "more"}, "one word too many");
  refused(kRiskScanCommand, {"--period", "2025Q4", "--fast"}, "--fast");
  // A pack without the thresholds says which one is missing.
  refused(kRiskScanCommand, {"--period", "2025Q4", "--policies", kPolicies, "--pack", "common"}, "存款偏离度上限");
  refused(kRiskScanCommand, {"--period", "2025Q4", "--policies", kPolicies}, "--data");
}

TEST(RiskFindings, RefusesWrongUse) {
  refused(kRiskFindingsCommand, {}, "--data");
  refused(kRiskFindingsCommand, {"a", "b"}, "one word too many");
  refused(kRiskFindingsCommand, {"--data", "x", "--kind", "any"}, "'any' is no kind");
}

TEST(RiskDecide, RefusesWrongUse) {
  refused(kRiskDecideCommand, {}, "id of one finding");
  refused(kRiskDecideCommand, {"spike-0", "--reason", "看过流水", "--staff", "M1"}, "--state");
  refused(kRiskDecideCommand, {"spike-0", "--state", "accepted", "--staff", "M1"}, "--reason");
  refused(kRiskDecideCommand, {"spike-0", "--state", "accepted", "--reason", "看过流水"}, "--staff");
}

}  // namespace
}  // namespace guanhu::cli
