#include "dmn/tck.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "dmn/model_text.h"

namespace guanhu::dmn {
namespace {
namespace fs = std::filesystem;

class Tck : public ::testing::Test {
 protected:
  fs::path folder = fs::temp_directory_path() / ("guanhu-tck-" + std::to_string(::getpid()));
  void SetUp() override { fs::create_directories(folder / "level/0001-one"); }
  void TearDown() override { fs::remove_all(folder); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder / "level/0001-one" / name) << text;
  }
  void write_cases(const std::string& cases) {
    write("0001-one-test-01.xml",
          "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">"
          "<modelName>0001-one.dmn</modelName>" +
              cases + "</testCases>");
  }
  // One case with one result of the decision "d", which is `x`.
  TckCase run(const std::string& given, const std::string& expected, const std::string& attributes = "") {
    write("0001-one.dmn", model_text(input("x") + decision("d", literal("x"), "in:_x")));
    write_cases("<testCase id=\"001\"><inputNode name=\"x\">" + given + "</inputNode><resultNode name=\"d\" " +
                attributes + "><expected>" + expected + "</expected></resultNode></testCase>");
    return run_tck(folder, {})->cases.at(0);
  }
  static std::string value(const std::string& type, const std::string& text) {
    return "<value xsi:type=\"xsd:" + type + "\">" + text + "</value>";
  }
};

TEST_F(Tck, RefusesWhatIsNoSuite) {
  EXPECT_EQ(run_tck(folder / "none", {}).error().message, "there is no such folder");
  EXPECT_EQ(run_tck(folder, {}).error().message, "there are no test cases");
  write_cases("<testCase>");
  EXPECT_EQ(run_tck(folder, {}).error().code, "dmn.xml");
}

TEST_F(Tck, AModelThatIsNotThereFailsItsCases) {
  write_cases(
      "<testCase id=\"001\"><resultNode name=\"d\"><expected><value "
      "xsi:nil=\"true\"/></expected></resultNode></testCase>");
  auto report = run_tck(folder, {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->passed(), 0u);
  EXPECT_TRUE(report->cases.at(0).got.starts_with("model not loaded: ")) << report->cases[0].got;
}

TEST_F(Tck, NamesCasesAsTheSuiteDoes) {
  TckCase c = run(value("decimal", "1"), value("decimal", "1.0"));
  EXPECT_EQ(c.folder + " " + c.test + " " + c.name + " " + c.node, "level/0001-one 0001-one-test-01 001 d");
  EXPECT_EQ(run_tck(folder / "level/0001-one", {})->cases.at(0).folder, "0001-one");
}

TEST_F(Tck, ComparesValues) {
  EXPECT_TRUE(run(value("decimal", "1"), value("double", "1.000000001")).passed);
  EXPECT_FALSE(run(value("decimal", "1"), value("double", "1.00001")).passed);
  EXPECT_FALSE(run(value("string", "1"), value("decimal", "1")).passed);
  EXPECT_FALSE(run(value("string", "a"), "<value xsi:nil=\"true\"/>").passed);
  EXPECT_TRUE(run("<value xsi:nil=\"true\"/>", "<list xsi:nil=\"true\"/>").passed);
  EXPECT_TRUE(run(value("date", "2025-01-31"), value("date", "2025-01-31")).passed);
  EXPECT_TRUE(run(value("duration", "P1DT0H"), value("duration", "PT24H")).passed);
  EXPECT_TRUE(run(value("boolean", "1"), value("boolean", "true")).passed);
  std::string item = "<item>" + value("string", " a ") + "</item>";
  EXPECT_TRUE(run("<list>" + item + "</list>", "<list>" + item + "</list>").passed);
  EXPECT_FALSE(run("<list>" + item + "</list>", "<list/>").passed);
  std::string a = "<component name=\"a\">" + value("decimal", "1") + "</component>",
              b = "<component name=\"b\"><list/></component>";
  EXPECT_TRUE(run(a + b, b + a).passed);
  EXPECT_FALSE(run(a + b, a).passed);
  TckCase c = run(a, b);
  EXPECT_EQ(c.expected + " / " + c.got, "{b: []} / {a: 1}");
}

TEST_F(Tck, ExpectedErrorsAreNull) {
  EXPECT_FALSE(run(value("decimal", "1"), "<value xsi:nil=\"true\"/>", "errorResult=\"true\"").passed);
  EXPECT_TRUE(run("<value xsi:nil=\"true\"/>", value("decimal", "1"), "errorResult=\"true\"").passed);
}

TEST_F(Tck, CallsServicesAndKnowledgeModels) {
  write(
      "0001-one.dmn",
      model_text(
          input("x", "number") + decision("d", literal("x + 1"), "in:_x") +
          decision("e", literal("x + 2"), "in:_x") +
          "<decisionService name=\"s\" id=\"_s\"><outputDecision href=\"#_d\"/><outputDecision "
          "href=\"#_e\"/><inputData href=\"#_x\"/>"
          "</decisionService><businessKnowledgeModel name=\"k\"><encapsulatedLogic><formalParameter name=\"n\"/>" +
          literal("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>"));
  auto test = [](const std::string& attributes, const std::string& given, const std::string& node,
                 const std::string& expected) {
    return "<testCase " + attributes + "><inputNode name=\"" + given + "\">" + value("decimal", "5") +
           "</inputNode><resultNode name=\"" + node + "\"><expected>" + value("decimal", expected) +
           "</expected></resultNode></testCase>";
  };
  write_cases(test("id=\"1\" type=\"decisionService\" invocableName=\"s\"", "x", "d", "6") +
              test("id=\"2\" type=\"decisionService\" invocableName=\"s\"", "x", "e", "7") +
              test("id=\"3\" type=\"bkm\" invocableName=\"k\"", "n", "k", "10") +
              test("id=\"4\" type=\"decision\"", "x", "none", "1"));
  auto report = run_tck(folder, {});
  ASSERT_EQ(report->cases.size(), 4u);
  EXPECT_EQ(report->passed(), 3u);
  EXPECT_TRUE(report->cases[3].got.starts_with("error: ")) << report->cases[3].got;
}
}  // namespace
}  // namespace guanhu::dmn
