// A scheme that a decision scores, on the pages of figures: its items are columns of the score sheet, the ranking,
// the file and the trend, for whoever waits as well as for whoever is scored.
#include "appraisal/recorded.h"
#include "bank.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

// rcb-generic-rm-system/annual-appraisal: two facts are recorded of each manager, the rest comes from the
// extracts.
const std::string kWaiting = "?scheme=rcb-generic-rm-system/annual-appraisal&period=2025";
const std::string kScored = "?scheme=rcb-generic-rm-system/annual-appraisal&period=2025Q4";

std::vector<std::string> names(const Reply& r, const std::string& list) {
  std::vector<std::string> out;
  const Json* items = r.body.find(list);
  for (size_t i = 0; items && i < items->as_array()->size(); ++i)
    out.push_back(r.at(list + "." + std::to_string(i) + ".name"));
  return out;
}

class Decided : public ::testing::Test {
 protected:
  // Somebody else than the role's own manager, whose facts another test records.
  std::string scored() const {
    Reply list = bank_.as(Role::executive).get("/ranking" + kScored + "&page_size=50&sort=-id&fields=id");
    return list.at("items.0.id");
  }
  void record(const std::string& staff, const char* name, int value) {
    auto store = bank_.bank->folder().open_store();
    appraisal::Recording what;
    what.name = name, what.subject_kind = "staff", what.subject_id = staff, what.period = "2025Q4";
    what.value = value, what.unit = "分", what.document = "调查表1号";
    store->transaction(
        [&] { appraisal::record(*store, what, "rcb-generic-rm-system test", "business", bank_.clock); });
  }
  TestBank& bank_ = TestBank::get();
};

TEST_F(Decided, WhoWaitsHasEveryColumnAndNoValue) {
  Browser& boss = bank_.as(Role::executive);
  Reply ranking = boss.get("/ranking" + kWaiting + "&page_size=1");
  ASSERT_EQ(ranking.status, 200) << ranking.text;
  EXPECT_EQ(names(ranking, "columns"),
            (std::vector<std::string>{"业绩", "服务质量", "客户满意度", "实绩", "措施"}));
  EXPECT_EQ(ranking.at("columns.0.kind"), "score");
  EXPECT_EQ(ranking.at("columns.0.unit"), "分");
  EXPECT_EQ(ranking.at("columns.0.full"), "null") << "a decision says no full mark";
  EXPECT_EQ(ranking.at("columns.4.key"), "figures.措施");
  EXPECT_EQ(ranking.at("items.0.scores.服务质量"), "null");
  EXPECT_EQ(ranking.at("items.0.total"), "null");
  Reply sheet = boss.get("/scores/" + ranking.at("items.0.id") + kWaiting);
  EXPECT_EQ(names(sheet, "scores"), (std::vector<std::string>{"业绩", "服务质量", "客户满意度"}));
  EXPECT_EQ(names(sheet, "figures"), (std::vector<std::string>{"实绩", "措施"}));
  EXPECT_EQ(sheet.at("scores.1.value"), "null");
  EXPECT_FALSE(sheet.at("scores.1.reason").empty());
  EXPECT_EQ(sheet.at("scores.1.peers.of"), "0");
}

TEST_F(Decided, WhoIsScoredStandsInSheetRankingTrendAndFile) {
  Browser& boss = bank_.as(Role::executive);
  const std::string staff = scored();
  ASSERT_NE(staff, bank_.staff(Role::manager));
  record(staff, "服务质量得分", 80);
  record(staff, "客户满意度得分", 70);
  Reply sheet = boss.get("/scores/" + staff + kScored);
  ASSERT_EQ(sheet.status, 200) << sheet.text;
  EXPECT_EQ(sheet.at("scores.1.name") + " " + sheet.at("scores.1.value"), "服务质量 80");
  EXPECT_EQ(sheet.at("scores.1.peers.place") + " " + sheet.at("scores.1.peers.of"), "1 1");
  EXPECT_EQ(sheet.at("scores.1.previous"), "null") << "nothing was recorded for the quarter before";
  EXPECT_FALSE(sheet.at("scores.1.article").empty());
  EXPECT_EQ(sheet.at("figures.1.name"), "措施");
  EXPECT_TRUE(sheet.at("figures.1.value") == "奖励" || sheet.at("figures.1.value") == "培训指导");
  Reply ranking = boss.get("/ranking" + kScored + "&page_size=1");
  EXPECT_EQ(ranking.at("items.0.id"), staff) << "the only one with a total";
  EXPECT_EQ(ranking.at("items.0.scores.客户满意度"), "70");
  EXPECT_EQ(ranking.at("items.0.figures.措施"), sheet.at("figures.1.value"));
  // The score opens, and what is opened is what stands in the column.
  Reply tree =
      boss.get("/scores/" + staff + "/explain" + kScored + "&figure=%E6%9C%8D%E5%8A%A1%E8%B4%A8%E9%87%8F");
  EXPECT_EQ(tree.at("value"), "80");
  Reply trend = boss.get("/scores/" + staff + "/trend" + kScored + "&count=2");
  EXPECT_EQ(trend.at("items.0.scores.服务质量"), "80") << "the only period with data: " << trend.text;
  Reply board = boss.get("/board" + kScored);
  EXPECT_EQ(names(board, "tiles"), std::vector<std::string>{"实绩"}) << "a word adds up to nothing";
  EXPECT_EQ(boss.get("/ranking.xlsx" + kScored).text.substr(0, 2), "PK");
}

}  // namespace
}  // namespace guanhu::api::testing
