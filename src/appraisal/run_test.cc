#include "appraisal/run.h"

#include <gtest/gtest.h>

#include "appraisal/text_table.h"

namespace guanhu::appraisal {
namespace {

base::Decimal number(const char* text) { return *base::Decimal::parse(text); }

HolderResult holder(const char* id, const char* branch, const char* total) {
  HolderResult h;
  h.id = id;
  h.branch = branch;
  if (*total) h.total = number(total);
  return h;
}

TEST(Rank, LeavesHoldersWithoutATotalOut) {
  std::vector<HolderResult> all = {holder("A", "B1", "")};
  rank(all);
  EXPECT_EQ(all[0].in_bank.place, 0);
  EXPECT_EQ(all[0].in_bank.of, 0);
}

TEST(Rank, SharesAPlaceAndSkipsTheNext) {
  std::vector<HolderResult> all = {holder("A", "B1", "80"), holder("B", "B1", "90.0"), holder("C", "B2", "90"),
                                   holder("D", "B2", "70"), holder("E", "B2", "")};
  rank(all);
  auto places = [&](Rank HolderResult::*rank) {
    std::vector<int> out;
    for (const auto& h : all) out.push_back((h.*rank).place);
    return out;
  };
  EXPECT_EQ(places(&HolderResult::in_bank), (std::vector<int>{3, 1, 1, 4, 0}));
  EXPECT_EQ(places(&HolderResult::in_branch), (std::vector<int>{2, 1, 1, 2, 0}));
  EXPECT_EQ(all[0].in_bank.of, 4);
  EXPECT_EQ(all[3].in_branch.of, 2);
}

Run small_run() {
  Run run{.scheme = "sample/x", .title = "样本", .period = *base::Period::parse("2025Q4")};
  run.pack_hash = "p";
  HolderResult h = holder("M1", "B1", "86.4");
  h.figures = {{"存款日均余额", "元", number("1234567.89"), ""}, {"净增完成率", "1", std::nullopt, "没有计划"}};
  h.scores = {{"组织资金得分", number("10.4"), ""}};
  run.holders = {h};
  rank(run.holders);
  return run;
}

TEST(RunHash, ChangesWithEveryValueAndWithThePack) {
  auto run = small_run();
  std::string hash = run_hash(run);
  EXPECT_EQ(run_hash(small_run()), hash);
  run.holders[0].figures[0].value = number("1234567.90");
  EXPECT_NE(run_hash(run), hash);
  run = small_run();
  run.pack_hash = "q";
  EXPECT_NE(run_hash(run), hash);
  run = small_run();
  run.known_at = base::Instant{1};
  EXPECT_EQ(run_hash(run), hash) << "what was known counts only through the values";
}

TEST(RunJson, HasTheShapeOfTheContract) {
  base::Json json = to_json(small_run());
  const base::Json& h = json.find("holders")->as_array()->at(0);
  EXPECT_EQ(h.find("figures")->find("存款日均余额")->dump(), R"({"value": 1234567.89, "unit": "元"})");
  EXPECT_EQ(h.find("figures")->find("净增完成率")->dump(),
            R"({"value": null, "unit": "1", "reason": "没有计划"})");
  EXPECT_EQ(h.find("scores")->dump(), R"({"组织资金得分": 10.4})");
  EXPECT_EQ(h.find("total")->dump(), "86.4");
  EXPECT_TRUE(h.find("grade")->is_null());
  EXPECT_EQ(h.find("rank")->dump(), R"({"branch": {"place": 1, "of": 1}, "bank": {"place": 1, "of": 1}})");
  EXPECT_EQ(*json.find("run_hash")->as_string(), run_hash(small_run()));
}

TEST(TextTable, AlignsChineseAndNumbers) {
  EXPECT_EQ(width_of("管户a—"), 6u);
  TextTable table;
  table.head({"姓名", "得分"});
  table.row({"样本甲", "1.00"});
  table.row({"B", "12,345.00"});
  EXPECT_EQ(table.str(), "姓名         得分\n样本甲       1.00\nB       12,345.00\n");
}

TEST(Grouped, KeepsSignAndPlaces) {
  EXPECT_EQ(grouped(number("0"), 2), "0.00");
  EXPECT_EQ(grouped(number("-1234.5"), 2), "-1,234.50");
  EXPECT_EQ(grouped(number("999"), 0), "999");
  EXPECT_EQ(grouped(number("1000000"), 0), "1,000,000");
}

}  // namespace
}  // namespace guanhu::appraisal
