// What is found in formulas without running them; each refusal beside what is sound.
#include "policy/detail/check_flow.h"

#include <gtest/gtest.h>

#include "feel/parser.h"

namespace guanhu::policy::detail {
namespace {

Info number(const std::string& unit, std::optional<int> low = std::nullopt, bool null = false) {
  Info out = Info::of_kind(TypeKind::number);
  out.sure = out.maybe = true;
  out.unit = Unit::parse(unit);
  if (low) out.low = Bound{base::Decimal(*low), true};
  out.null = null;
  return out;
}

Info other(TypeKind kind, bool null = false) {
  Info out = Info::of_kind(kind);
  out.sure = true;
  out.null = null;
  return out;
}

Info words(std::vector<std::string> all) {
  Info out = other(TypeKind::string);
  out.words = std::move(all);
  return out;
}

Info list_of(Info element) {
  Info out = other(TypeKind::list);
  out.element = std::make_shared<const Info>(std::move(element));
  return out;
}

class FlowTest : public ::testing::Test {
 protected:
  FlowTest() {
    add("余额", number("元", 0));
    add("计划", number("元", std::nullopt, true));
    add("万元数", number("万元", 0));
    add("户数", number("户", 0));
    add("目标户", number("户", 1));
    add("得分", number("分"));
    add("比例", number("比率"));
    add("百分数", number("%"));
    add("户均", number("元/户"));
    add("数", number(""));
    add("计划余", number("元"));
    add("等级", words({"AAA", "AA", "A"}));
    add("名称", other(TypeKind::string));
    add("起", other(TypeKind::date));
    add("止", other(TypeKind::date, true));
    add("是", other(TypeKind::boolean));
    add("或许", other(TypeKind::boolean, true));
    Info loan = other(TypeKind::context);
    loan.closed = true;
    for (const auto& [name, info] : std::vector<std::pair<std::string, Info>>{
             {"本金", number("元", 0)}, {"到期", other(TypeKind::date, true)}, {"新", other(TypeKind::boolean)}})
      loan.members.emplace_back(name, std::make_shared<const Info>(info));
    add("清单", list_of(loan));
  }
  void add(const std::string& name, Info info) { symbols_.insert_or_assign(name, Symbol{std::move(info)}); }
  void step(const std::string& name, const std::string& formula) {
    trees_.push_back(std::move(feel::parse(formula, feel::Scope()).value()));
    Flow flow(symbols_, pack_, [](auto&&...) {});
    Info info = flow.run(*trees_.back(), formula);
    symbols_.insert_or_assign(name, Symbol{info, trees_.back().get()});
  }

  // "code@what is underlined", each once, in order.
  std::string said(const std::string& formula) {
    auto tree = feel::parse(formula, feel::Scope());
    if (!tree.ok()) return tree.error().text();
    std::string out;
    Flow flow(symbols_, pack_, [&](feel::SourceRange range, std::string_view code, std::string, std::string) {
      out += (out.empty() ? "" : " ; ") + std::string(code.substr(7)) + "@" +
             formula.substr(range.begin, range.end - range.begin);
    });
    last_ = flow.run(*tree.value(), formula);
    return out;
  }
  std::string unit_of(const std::string& formula) {
    EXPECT_EQ(said(formula), "");
    return last_.unit.str();
  }

  Pack pack_;
  Symbols symbols_;
  std::vector<feel::NodePtr> trees_;
  Info last_;
};

TEST_F(FlowTest, UnitsThatDoNotGoTogether) {
  EXPECT_EQ(said("余额 + 得分"), "unit.mismatch@余额 + 得分");
  EXPECT_EQ(said("余额 > 万元数"), "unit.mismatch@余额 > 万元数");
  EXPECT_EQ(said("max(余额, 得分)"), "unit.mismatch@得分");
  EXPECT_EQ(said("if 是 then 余额 else 得分"), "unit.mismatch@得分");
  EXPECT_EQ(said("余额 + 户数"), "unit.mismatch@余额 + 户数");
  EXPECT_EQ(said("户数 + 户数 * 得分"), "unit.mismatch@户数 + 户数 * 得分");
  EXPECT_EQ(said("比例 > 百分数"), "unit.mismatch@比例 > 百分数");
  EXPECT_EQ(said("余额 / 目标户 + 余额"), "unit.mismatch@余额 / 目标户 + 余额");
  EXPECT_EQ(said("余额 between 户数 and 万元数"),
            "unit.mismatch@余额 between 户数 and 万元数 ; unit.mismatch@余额 between 户数 and 万元数");
  EXPECT_EQ(said("余额 in [0..户数]"), "unit.mismatch@户数");
}

TEST_F(FlowTest, UnitsThatDo) {
  EXPECT_EQ(unit_of("余额 + 户均 * 户数"), "元");
  EXPECT_EQ(unit_of("余额 * 比例"), "元");
  EXPECT_EQ(unit_of("余额 + 余额 * 户数"), "元");  // so much for each: prices often say 元
  EXPECT_EQ(unit_of("得分 + 户数 * 得分"), "分");
  EXPECT_EQ(unit_of("余额 / 目标户"), "元/户");
  EXPECT_EQ(unit_of("得分 * 余额 / (余额 + 1)"), "分");
}

TEST_F(FlowTest, UnitsAreForgottenWhereNumbersMayCarryThem) {
  EXPECT_EQ(unit_of("余额 * 0.0001"), "");
  EXPECT_EQ(unit_of("余额 / 10000 + 万元数"), "万元");
  EXPECT_EQ(unit_of("min(得分, 户数 * 0.5)"), "分");
  EXPECT_EQ(unit_of("余额 * 百分数 / 100"), "元");
  EXPECT_EQ(unit_of("max(0, 余额 - 100)"), "元");
  EXPECT_EQ(unit_of("if 是 then 0 else 余额"), "元");
  EXPECT_EQ(unit_of("if 清单 = [] then 0 else sum(清单.本金) + count(清单)"), "元");
}

TEST_F(FlowTest, Types) {
  EXPECT_EQ(said("余额 + 名称"), "type.mismatch@余额 + 名称");
  EXPECT_EQ(said("起 > 余额"), "type.mismatch@起 > 余额");
  EXPECT_EQ(said("起 + 3"), "type.mismatch@起 + 3");
  EXPECT_EQ(said("起 - 起 > 3"), "type.mismatch@起 - 起 > 3");
  EXPECT_EQ(said("是 > false"), "type.mismatch@是 > false");
  EXPECT_EQ(said("if 余额 then 1 else 2"), "type.mismatch@余额");
  EXPECT_EQ(said("是 and 余额"), "type.mismatch@余额");
  EXPECT_EQ(said("not(余额)"), "");  // null, as FEEL has it: `not` takes anything
  EXPECT_EQ(said("floor(名称)"), "type.mismatch@名称");
  EXPECT_EQ(said("string length(余额)"), "type.mismatch@余额");
  EXPECT_EQ(said("min(余额, 名称)"), "type.mismatch@名称");
  EXPECT_EQ(said("-名称"), "type.mismatch@-名称");
  EXPECT_EQ(said("清单.利率"), "type.member@清单.利率");
  EXPECT_EQ(said("清单[本金]"), "");  // an index
  EXPECT_EQ(said("余额 in (\"甲\")"), "type.mismatch@(\"甲\")");
  EXPECT_EQ(said("some e in 清单 satisfies e.本金"), "type.mismatch@e.本金");

  for (const char* sound :
       {"名称 + \"甲\"", "起 + duration(\"P3D\")", "起 - 起 > duration(\"P3D\")",
        "(起 - 起) / duration(\"P1D\") > 3", "起 > date(\"2025-01-31\")", "起.year + 1", "\"甲\" + string(余额)",
        "清单[本金 > 0].到期", "count(清单[新]) + 1", "for e in 清单 return e.本金 * 2", "数 = null",
        "{甲: 余额, 乙: 甲 + 1}.乙", "起 in [date(\"2025-01-01\")..date(\"2025-12-31\")]"})
    EXPECT_EQ(said(sound), "") << sound;
}

TEST_F(FlowTest, WordsThatAreNotAllowed) {
  EXPECT_EQ(said("等级 = \"AAAA\""), "type.word@\"AAAA\"");
  EXPECT_EQ(said("\"B\" != 等级"), "type.word@\"B\"");
  EXPECT_EQ(said("等级 in (\"AAA\", \"C\")"), "type.word@\"C\"");
  EXPECT_EQ(said("等级 in [\"AAA\", \"C\"]"), "type.word@\"C\"");
  for (const char* sound :
       {"等级 = \"AAA\"", "等级 in (\"AAA\", \"AA\")", "名称 = \"C\"", "substring(等级, 1, 1) = \"B\""})
    EXPECT_EQ(said(sound), "") << sound;
}

TEST_F(FlowTest, NullIsTested) {
  EXPECT_EQ(said("计划 + 1"), "null.unhandled@计划");
  EXPECT_EQ(said("计划 > 1"), "null.unhandled@计划");
  EXPECT_EQ(said("if 计划 = null then 计划 * 2 else 0"), "null.unhandled@计划");
  EXPECT_EQ(said("计划 = null and 计划 > 1"), "null.unhandled@计划");
  EXPECT_EQ(said("是 or 止 > 起"), "null.unhandled@止");
  EXPECT_EQ(said("止.year"), "null.unhandled@止");
  EXPECT_EQ(said("max(计划, 0)"), "null.unhandled@计划");
  EXPECT_EQ(said("floor(计划)"), "null.unhandled@计划");
  EXPECT_EQ(said("清单[到期 < 起]"), "null.unhandled@到期");
  EXPECT_EQ(said("sum(清单.本金) > 3"), "null.unhandled@sum(清单.本金)");
  EXPECT_EQ(said("sum(清单[新].本金) + 1"), "null.unhandled@sum(清单[新].本金)");

  for (const char* sound : {"if 计划 = null then 0 else 计划 * 2",
                            "if 计划 != null then 计划 * 2 else 0",
                            "计划 != null and 计划 > 3",
                            "计划 = null or 计划 > 3",
                            "if not(计划 = null) then 计划 + 1 else 0",
                            "if 计划 = null or 止 = null then null else if 止 > 起 then 计划 + 1 else 0",
                            "计划 = 5",
                            "if 计划 = 5 then 计划 + 1 else 0",
                            "if 计划 in (1, 2) then 计划 + 1 else 0",
                            "清单[到期 != null and 到期 < 起]",
                            "清单[到期 != null][到期 < 起]",
                            "清单.到期[item != null][item < 起]",
                            "count(清单[到期 != null].到期[item < 起])",
                            "if count(清单) > 0 then sum(清单.本金) + 1 else 0",
                            "if 清单 = [] then 0 else sum(清单.本金) / count(清单)",
                            "if sum(清单.本金) = null then 0 else sum(清单.本金) + 1",
                            "if (计划 != null and 是) or (计划 != null and 余额 > 3) then 计划 + 1 else 0",
                            "或许 and 是",
                            "或许 = false",
                            "if 或许 then 1 else 2",
                            "max(0, 余额)",
                            "sum([余额, 1]) + 1"})
    EXPECT_EQ(said(sound), "") << sound;
}

TEST_F(FlowTest, NullOfStepsIsFollowed) {
  step("_占比", "if 计划 = null then null else 余额 + 计划");
  step("_有效", "计划 != null and 计划 > 0");
  step("_数目", "count(清单)");
  step("_均", "if _数目 > 0 then sum(清单.本金) / _数目 else null");
  EXPECT_EQ(said("_占比 + 1"), "null.unhandled@_占比");
  EXPECT_EQ(said("if _占比 = null then 0 else _占比 + 1"), "");
  EXPECT_EQ(said("if 计划 = null then 0 else _占比 + 1"), "");
  EXPECT_EQ(said("if _占比 != null then 计划 + 1 else 0"), "");
  EXPECT_EQ(said("if _有效 then 余额 / 计划 else 0"), "");
  EXPECT_EQ(said("if not(_有效) then 余额 + 计划 else 0"), "null.unhandled@计划");
  EXPECT_EQ(said("if count(清单) = 0 then 0 else _均 + 1"), "");
  EXPECT_EQ(said("_均 + 1"), "null.unhandled@_均");
  EXPECT_EQ(said("if _数目 > 0 then sum(清单.本金) / count(清单) else 0"), "");
}

TEST_F(FlowTest, DivisorsThatMayBeZero) {
  EXPECT_EQ(said("余额 / 户数"), "null.zero@户数");
  EXPECT_EQ(said("余额 / 0"), "null.zero@0");
  EXPECT_EQ(said("余额 / (余额 - 100)"), "null.zero@(余额 - 100)");
  EXPECT_EQ(said("余额 / count(清单)"), "null.zero@count(清单)");
  EXPECT_EQ(said("if 户数 >= 0 then 余额 / 户数 else 0"), "condition.constant@户数 >= 0 ; null.zero@户数");
  EXPECT_EQ(said("modulo(余额, 户数)"), "null.zero@户数");
  EXPECT_EQ(said("if 余额 < 万元数 * 10000 then 1 / (余额 + 万元数) else 0"),
            "unit.mismatch@(余额 + 万元数) ; null.zero@(余额 + 万元数)");

  for (const char* sound :
       {"余额 / 目标户", "余额 / (户数 + 1)", "余额 / max(1, 户数)", "if 户数 > 0 then 余额 / 户数 else 0",
        "if 户数 = 0 then 0 else 余额 / 户数", "户数 != 0 and 余额 / 户数 > 3", "户数 = 0 or 余额 / 户数 > 3",
        "if 余额 > 100 then 1 / (余额 - 100) else 0", "if 余额 + 计划余 > 0 then 1 / (余额 + 计划余) else 0",
        "if 计划 != null and 计划 != 0 then 余额 / 计划 else null",
        "if count(清单) = 0 then 0 else 余额 / count(清单)", "余额 / 未知", "余额 / 2",
        "if 户数 = 0 then null else 余额 / (户数 * 2)"})
    EXPECT_EQ(said(sound), "") << sound;
}

TEST_F(FlowTest, ConditionsThatAreAlwaysTheSame) {
  EXPECT_EQ(said("if 余额 >= 0 then 1 else 2"), "condition.constant@余额 >= 0");
  EXPECT_EQ(said("if 余额 < 0 then 1 else 2"), "condition.constant@余额 < 0");
  EXPECT_EQ(said("if 余额 = null then 1 else 2"), "condition.constant@余额 = null");
  EXPECT_EQ(said("if 余额 > 5 and 余额 < 3 then 1 else 2"), "condition.constant@余额 > 5 and 余额 < 3");
  EXPECT_EQ(said("if 余额 > 5 then 1 else if 余额 <= 5 then 2 else 3"), "condition.constant@余额 <= 5");
  EXPECT_EQ(said("if 等级 = \"AAA\" then 1 else if 等级 = \"AAA\" then 2 else 3"),
            "condition.constant@等级 = \"AAA\"");
  EXPECT_EQ(said("if 是 then 1 else if not(是) then 2 else 3"), "condition.constant@not(是)");

  for (const char* sound : {"if 余额 > 0 then 1 else 2", "if 计划 = null then 1 else 2", "if true then 1 else 2",
                            "if 余额 > 5 then 1 else if 余额 <= 5 then 2 else null",
                            "if 等级 = \"AAA\" then 1 else if 等级 = \"AA\" then 2 else 3",
                            "if 等级 in (\"AAA\", \"AA\") then 1 else if 等级 = \"A\" then 2 else null",
                            "if 余额 >= 0 and 是 then 1 else 2", "if 余额 < 0 or 是 then 1 else 2",
                            "if sum(清单.本金) = null then 1 else 2"})
    EXPECT_EQ(said(sound), "") << sound;
}

// Steps upon steps: following them is bounded, and where it ends nothing is said.
TEST_F(FlowTest, LongWaysEndInSilence) {
  step("_0", "计划 != null");
  for (int i = 1; i < 40; ++i) {
    const std::string before = "_" + std::to_string(i - 1);
    step("_" + std::to_string(i),
         before + " and (" + before + " or " + before + " = true) and not(not(" + before + "))");
  }
  EXPECT_EQ(said("if _39 and (_38 or _37) then 1 else 2"), "");
  std::string chain = "余额 > 1";
  for (int i = 2; i < 200; ++i) chain += " or 余额 > " + std::to_string(i);
  EXPECT_EQ(said("if " + chain + " then 1 / 余额 else 2"), "");
}

TEST_F(FlowTest, ParametersMayChange) {
  Parameter limit;
  limit.name = "上限";
  limit.unit = "元";
  limit.values.push_back({base::Decimal(-5), feel::Value(base::Decimal(-5)), std::nullopt, std::nullopt});
  add("上限", Info::of_parameter(limit));
  EXPECT_EQ(said("if 余额 > 上限 then 1 else 2"), "");
  EXPECT_EQ(said("余额 / 上限"), "");
  limit.values.push_back({base::Decimal(0), feel::Value(base::Decimal(0)), base::Date(20000), std::nullopt});
  add("上限", Info::of_parameter(limit));
  EXPECT_EQ(said("余额 / 上限"), "null.zero@上限");
  EXPECT_EQ(said("得分 + 上限"), "unit.mismatch@得分 + 上限");
}

TEST(Units, Advice) {
  EXPECT_EQ(Unit::advice(Unit::parse("元"), Unit::parse("万元")), "万元的数先乘以 10000，化成元");
  EXPECT_EQ(Unit::advice(Unit::parse("%"), Unit::parse("比率")), "% 的数先除以 100，化成比率");
  EXPECT_EQ(Unit::parse("元/户").times(Unit::parse("户")).str(), "元");
  EXPECT_EQ(Unit::parse("元").over(Unit::parse("户")).over(Unit::parse("户")).str(), "元/户·户");
  EXPECT_EQ(Unit::parse("户").over(Unit::parse("户")).str(), "比率");
}

}  // namespace
}  // namespace guanhu::policy::detail
