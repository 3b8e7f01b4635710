#include "policy/scheme.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "base/json.h"
#include "feel/program.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using base::Date;
using base::Decimal;

const Pack& sample() {
  static const Loaded kLoaded = load_pack(fs::path(GUANHU_SOURCE_DIR) / "policies" / "sample");
  return kLoaded.pack;
}

const CompiledScheme& scheme() {
  static const CompiledScheme kScheme = compile_scheme(sample(), "经营业绩", *Date::parse("2021-12-31")).value();
  return kScheme;
}

// One step with these inputs; parameters and full mark are filled as a run does.
feel::Value evaluate(const std::string& name, const std::map<std::string, feel::Value>& inputs) {
  const SchemeStep* step = scheme().step(name);
  std::vector<feel::Value> slots;
  for (const SchemeInput& input : step->inputs) {
    if (input.kind != InputKind::step) slots.emplace_back(input.value);
    else if (inputs.contains(input.name)) slots.push_back(inputs.at(input.name));
    else ADD_FAILURE() << name << " needs " << input.name;
  }
  auto value = step->program->evaluate(slots, {.strict = true});
  EXPECT_TRUE(value.ok()) << value.error().text();
  return value.ok() ? value.value() : feel::Value();
}

// The figure, and of a score with parts the part.
std::string figure(const feel::Value& value, const std::string& part = "") {
  if (!value.is(feel::Kind::context)) return value.is_number() ? value.number().str() : value.show();
  const feel::Value* found = part.empty() ? &value.context().values.back() : value.context().find(part);
  return found ? found->number().str() : "no such part";
}

feel::Value number(const std::string& text) { return *Decimal::parse(text); }

TEST(Scheme, UnknownNamesAndDaysAreRefused) {
  auto unknown = compile_scheme(sample(), "没有", *Date::parse("2021-12-31"));
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, "policy.scheme.unknown");
  EXPECT_NE(unknown.error().hint.find("经营业绩"), std::string::npos);
  Pack later = sample();
  later.from = Date::parse("2022-01-01");
  EXPECT_EQ(compile_scheme(later, "经营业绩", *Date::parse("2021-12-31")).error().code, "policy.not_in_force");
  EXPECT_TRUE(compile_scheme(later, "经营业绩", *Date::parse("2022-01-01")).ok());
  later.to = Date::parse("2022-12-31");
  EXPECT_TRUE(compile_scheme(later, "经营业绩", *Date::parse("2022-12-31")).ok());
  EXPECT_EQ(compile_scheme(later, "经营业绩", *Date::parse("2023-01-01")).error().code, "policy.not_in_force");
}

TEST(Scheme, AParameterWithoutAValueOnThatDayIsRefused) {
  Pack pack = sample();
  for (Parameter& parameter : pack.parameters)
    if (parameter.name == "加分步长") {
      DatedValue later = parameter.values[0];
      parameter.values[0].to = Date::parse("2021-12-31");
      later.from = Date::parse("2022-01-02");
      later.value = 100000;
      parameter.values.push_back(later);
    }
  auto value_on = [&](const char* day) {
    auto compiled = compile_scheme(pack, "经营业绩", *Date::parse(day));
    if (!compiled.ok()) return compiled.error().code + " " + compiled.error().where;
    for (const SchemeInput& input : compiled->step("组织资金得分")->inputs)
      if (input.name == "加分步长") return input.value.str();
    return std::string("not used");
  };
  EXPECT_EQ(value_on("2021-12-31"), "50000");
  EXPECT_EQ(value_on("2022-01-01"), "policy.not_in_force policies/sample/经营业绩.md:" +
                                        std::to_string(pack.parameter("加分步长")->origin.line));
  EXPECT_EQ(value_on("2022-01-02"), "100000");
}

TEST(Scheme, StepsStandAfterWhatTheyNeed) {
  const CompiledScheme& compiled = scheme();
  std::map<std::string, size_t> at;
  for (size_t i = 0; i < compiled.steps.size(); ++i) {
    EXPECT_TRUE(at.emplace(compiled.steps[i].name, i).second);
    for (const SchemeInput& input : compiled.steps[i].inputs)
      if (input.kind == InputKind::step) {
        EXPECT_LT(input.step, i);
        EXPECT_EQ(compiled.steps[input.step].name, input.name);
      }
  }
  ASSERT_EQ(compiled.figures.size(), compiled.scheme->figures.size());
  for (size_t i = 0; i < compiled.figures.size(); ++i)
    EXPECT_EQ(compiled.steps[compiled.figures[i]].name, compiled.scheme->figures[i]);
  ASSERT_EQ(compiled.items.size(), 3u);
  for (size_t i = 0; i < 3; ++i)
    EXPECT_EQ(compiled.steps[compiled.items[i]].name, compiled.scheme->items[i].score);
  EXPECT_EQ(compiled.parameters.size(), 4u);
  EXPECT_EQ(compiled.step("管户数平均")->inputs.at(0).name, "管户数");
  EXPECT_EQ(compiled.holder_filter, nullptr);
}

TEST(Scheme, EveryStepCitesItsRuleAndArticle) {
  for (const SchemeStep& step : scheme().steps) {
    EXPECT_FALSE(step.origin().rules.empty()) << step.name;
    EXPECT_FALSE(step.origin().article.empty() || step.origin().locator.empty() || step.origin().text.empty())
        << step.name;
    EXPECT_GT(step.origin().line, 0);
    EXPECT_FALSE(step.unit.empty()) << step.name;
  }
  EXPECT_EQ(scheme().step("组织资金得分")->origin().article, "第十一条(二)4");
  EXPECT_EQ(scheme().step("组织资金得分")->origin().rules, (std::vector<std::string>{"KPI-313", "KPI-314"}));
}

// The names and units that other programs ask for.
TEST(Sample, FiguresBearTheAgreedNamesAndUnits) {
  const std::map<std::string, std::string> units = {
      {"存款日均余额", "元"}, {"存款时点余额", "元"}, {"存款净增", "元"}, {"净增计划", "元"},
      {"净增完成率", "比率"}, {"管户数", "户"},       {"贷款余额", "元"}, {"收回本金", "元"},
      {"收回利息", "元"},     {"金卡销售数", "张"}};
  for (const auto& [name, unit] : units) {
    const SchemeStep* step = scheme().step(name);
    ASSERT_NE(step, nullptr) << name;
    EXPECT_EQ(step->unit, unit) << name;
    EXPECT_NE(std::find(scheme().scheme->figures.begin(), scheme().scheme->figures.end(), name),
              scheme().scheme->figures.end());
  }
}

// KPI-313, KPI-314
TEST(Sample, DepositsScore) {
  auto score = [](const char* net, const char* plan, const char* average, const char* part = "") {
    return figure(
        evaluate("组织资金得分",
                 {{"存款净增", number(net)}, {"净增计划", number(plan)}, {"存款日均余额", number(average)}}),
        part);
  };
  EXPECT_EQ(score("500000", "1000000", "1000000", "计划得分"), "5");
  EXPECT_EQ(score("-1", "1000000", "0", "计划得分"), "0");
  EXPECT_EQ(score("1000000", "1000000", "1049999.99"), "10");
  EXPECT_EQ(score("1000000", "1000000", "1050000"), "10.1");
  EXPECT_EQ(score("0", "1000000", "3500000", "加分"), "5");
  EXPECT_EQ(score("0", "1000000", "9900000", "加分"), "5");
  EXPECT_EQ(score("0", "0", "0"), "10");
  EXPECT_EQ(score("-0.01", "0", "0"), "0");
  EXPECT_EQ(score("-100", "-100", "0", "计划得分"), "10");
  EXPECT_EQ(score("-101", "-100", "0", "计划得分"), "0");
  EXPECT_TRUE(evaluate("组织资金得分", {{"存款净增", 1}, {"净增计划", nullptr}, {"存款日均余额", 1}}).is_null());
}

// KPI-307
TEST(Sample, CustomersScore) {
  auto score = [](const char* own, const char* average) {
    return figure(evaluate("管护户数得分", {{"管户数", number(own)}, {"管户数平均", number(average)}}));
  };
  EXPECT_EQ(score("100", "100"), "10");
  EXPECT_EQ(score("49", "100"), "5");
  EXPECT_EQ(score("50", "100"), "5");
  EXPECT_EQ(score("51", "100"), "5.1");
  EXPECT_EQ(score("150", "100"), "15");
  EXPECT_EQ(score("151", "100"), "15");
  EXPECT_EQ(score("0", "0"), "10");
}

// KPI-321
TEST(Sample, InterestScore) {
  auto score = [](const char* interest, const feel::Value& plan) {
    return figure(evaluate("收息得分", {{"收回利息", number(interest)}, {"利息计划", plan}}));
  };
  EXPECT_EQ(score("50", 100), "10");
  EXPECT_EQ(score("100", 100), "20");
  EXPECT_EQ(score("101", 100), "20");
  EXPECT_EQ(score("-1", 100), "0");
  EXPECT_EQ(score("1", 0), "null");
  EXPECT_EQ(score("1", -1), "null");
  EXPECT_EQ(score("1", nullptr), "null");
}

TEST(Sample, CompletionRate) {
  auto rate = [](const char* net, const feel::Value& plan) {
    return figure(evaluate("净增完成率", {{"存款净增", number(net)}, {"净增计划", plan}}));
  };
  EXPECT_EQ(rate("30", 40), "0.75");
  EXPECT_EQ(rate("30", -40), "-0.75");
  EXPECT_EQ(rate("30", 0), "null");
  EXPECT_EQ(rate("30", nullptr), "null");
  EXPECT_FALSE(scheme().step("净增完成率")->null_reason().empty());
}

// The worked cases of the specification for the decisions these scores restate.
TEST(Sample, WorkedCases) {
  std::ifstream in(fs::path(GUANHU_SOURCE_DIR) / ".." / "shared" / "spec" / "cases.jsonl");
  if (!in) GTEST_SKIP() << "../shared/spec/cases.jsonl is not there";
  int run = 0;
  for (std::string line; std::getline(in, line);) {
    base::Json one = base::Json::parse(line).value();
    const std::string decision = *one.find("decision")->as_string();
    if (*one.find("pack")->as_string() != "shandong-rcb-draft" || one.find("expect_error")) continue;
    auto input = [&](const char* name) { return feel::Value(*one.find("input")->find(name)->as_number()); };
    const base::Json& expect = *one.find("expect");
    SCOPED_TRACE(*one.find("id")->as_string());
    if (decision == "score-deposits") {
      feel::Value got = evaluate("组织资金得分", {{"存款净增", input("存款净增")},
                                                  {"净增计划", input("净增计划")},
                                                  {"存款日均余额", input("存款月均余额")}});
      for (const char* part : {"计划得分", "加分", "得分"})
        EXPECT_EQ(figure(got, part), expect.find(part)->as_number()->str());
      ++run;
    } else if (decision == "score-interest") {
      EXPECT_EQ(figure(evaluate("收息得分", {{"收回利息", input("收回利息")}, {"利息计划", input("利息计划")}})),
                expect.as_number()->str());
      ++run;
    } else if (decision == "score-managed-customers" && input("公司类管贷户数").number().is_zero()) {
      Decimal got = *Decimal::parse(figure(evaluate(
          "管护户数得分", {{"管户数", input("自然人管贷户数")}, {"管户数平均", input("全县人均管贷户数")}})));
      EXPECT_EQ(got.round(10, base::Rounding::half_up).str(),
                expect.find("得分")->as_number()->round(10, base::Rounding::half_up).str());
      ++run;
    }
  }
  EXPECT_GT(run, 15);
}

}  // namespace
}  // namespace guanhu::policy
