#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "cli/command.h"

namespace guanhu::cli {
namespace {
namespace fs = std::filesystem;

struct Outcome {
  int status;
  std::string out, err;
};

Outcome tck(std::vector<std::string> arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  base::FixedClock clock(*base::Instant::parse("2025-12-31T17:00:00Z"));
  Io io{in, out, err, clock};
  int status = kDmnTckCommand.run(arguments, io);
  return {status, out.str(), err.str()};
}

class DmnCommand : public ::testing::Test {
 protected:
  fs::path folder = fs::temp_directory_path() / ("guanhu-dmn-" + std::to_string(::getpid()));
  void SetUp() override { fs::create_directories(folder / "one"); }
  void TearDown() override { fs::remove_all(folder); }
  void write(const std::string& expected) {
    std::ofstream(folder / "one/one.dmn")
        << R"(<definitions name="m" namespace="urn:m" xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">
      <decision name="d"><literalExpression><text>1 + 1</text></literalExpression></decision></definitions>)";
    std::ofstream(folder / "one/one-test-01.xml")
        << R"(<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <modelName>one.dmn</modelName><testCase id="a"><resultNode name="d"><expected><value xsi:type="xsd:decimal">)"
        << expected << "</value></expected></resultNode></testCase></testCases>";
  }
};

TEST_F(DmnCommand, RefusesWrongUse) {
  EXPECT_EQ(tck({}).status, kWrong);
  EXPECT_EQ(tck({"a", "b"}).err, "guanhu dmn tck: one folder is needed (see --help)\n");
  EXPECT_EQ(tck({(folder / "none").string()}).status, kWrong);
  EXPECT_EQ(tck({folder.string()}).err,
            "guanhu dmn tck: " + folder.string() +
                ": there are no test cases (a test is an *.xml file with the root <testCases>)\n");
}

TEST_F(DmnCommand, TellsWhatFails) {
  write("3");
  auto o = tck({folder.string()});
  EXPECT_EQ(o.status, kNo);
  EXPECT_EQ(o.out, "one/one-test-01 a d\n  expected 3\n  got      2\n0 passed, 1 failed\n");
}

TEST_F(DmnCommand, PrintsJson) {
  write("2.0");
  auto o = tck({folder.string(), "--json"});
  EXPECT_EQ(o.status, kDone);
  EXPECT_EQ(o.out,
            "{\"passed\": 1, \"failed\": 0, \"cases\": [{\"folder\": \"one\", \"test\": \"one-test-01\", "
            "\"case\": \"a\", "
            "\"node\": \"d\", \"passed\": true, \"expected\": \"2\", \"got\": \"2\"}]}\n");
}
}  // namespace
}  // namespace guanhu::cli
