// Reports over HTTP: whose one may print, what stands on them, and that each is recorded.
#include "api/spreadsheet.h"
#include "bank.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const std::string kAsked = std::string("?scheme=") + kScheme + "&period=" + kPeriod;

std::string other_manager() {
  TestBank& bank = TestBank::get();
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && id != bank.staff(Role::manager)) return id;
  return "";
}

size_t count(const std::string& text, const std::string& what) {
  size_t out = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++out;
  return out;
}

TEST(Reports, OfOthersAreNotThere) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = bank.staff(Role::manager), other = other_manager();
  for (const char* form : {"html", "xlsx"}) {
    const std::string end = std::string("/report.") + form;
    EXPECT_EQ(manager.get("/scores/" + other + end + kAsked).status, 404) << form;
    EXPECT_EQ(manager.get("/grades/" + other + end + "?pack=sample-pay").status, 404) << form;
    EXPECT_EQ(manager.get("/pay/runs/999999/slips/" + mine + end).status, 404) << form;
    EXPECT_EQ(manager.get("/assessment-plans/999999/results/" + mine + end).status, 404) << form;
    EXPECT_EQ(manager.get("/ranking" + end + kAsked).status, 403) << "rankings as a file are not a manager's";
    EXPECT_EQ(manager.get("/scores/" + mine + end + kAsked + "&run=999999").status, 404) << form;
    EXPECT_EQ(manager.get("/scores/" + mine + end + "?scheme=" + kScheme + "&period=2030-01").code(),
              "data.period");
    EXPECT_EQ(manager.get("/grades/" + mine + end + "?pack=sample").code(), "grade.plan");
    EXPECT_EQ(bank.as(Role::administrator).get("/scores/" + mine + end + kAsked).status, 403);
  }
}

TEST(Reports, OnesOwnScoreSheetIsOnePageAndRecorded) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = bank.staff(Role::manager);
  Reply sheet = manager.get("/scores/" + mine + kAsked),
        page = manager.get("/scores/" + mine + "/report.html" + kAsked);
  ASSERT_EQ(page.status, 200) << page.text;
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_EQ(count(page.text, "<section"), 1u);
  for (const std::string& stands :
       {std::string("定量考核表"), sheet.at("holder.name"), sheet.at("title"), sheet.at("run_hash"), mine,
        std::string("第 1 页 共 1 页"), std::string("（签字）")})
    EXPECT_NE(page.text.find(stands), page.text.npos) << stands;
  for (const Json& one : *sheet.body.find("scores")->as_array())
    EXPECT_NE(page.text.find(*one.find("name")->as_string()), page.text.npos);
  Reply chain = bank.as(Role::auditor).get("/audit?action=export.report&page_size=1");
  EXPECT_EQ(chain.at("items.0.subject"), "staff " + mine);
  EXPECT_EQ(chain.at("items.0.detail.report"), "score");
  EXPECT_EQ(chain.at("items.0.detail.form"), "print");
  EXPECT_EQ(chain.at("items.0.detail.run_hash"), sheet.at("run_hash"));
}

TEST(Reports, TheWorkbookHasTheScoresAsNumbers) {
  TestBank& bank = TestBank::get();
  const std::string mine = bank.staff(Role::manager);
  Reply sheet = bank.as(Role::manager).get("/scores/" + mine + kAsked),
        file = bank.as(Role::manager).get("/scores/" + mine + "/report.xlsx" + kAsked);
  ASSERT_EQ(file.status, 200) << file.text;
  EXPECT_NE(file.header("content-disposition").find("attachment; filename=\"score-"), std::string::npos);
  auto grid = read_grid(file.text);
  ASSERT_TRUE(grid.ok());
  const std::string item = sheet.at("scores.0.name");
  bool found = false;
  for (const auto& row : grid->rows)
    if (row.cells.size() > 6 && row.cells[1] == item) {
      found = true;
      EXPECT_EQ(base::Decimal::parse(row.cells[6])->round(8, base::Rounding::half_up),
                base::Decimal::parse(sheet.at("scores.0.value"))->round(8, base::Rounding::half_up));
    }
  EXPECT_TRUE(found) << item;
}

TEST(Reports, ARankingHoldsWhoIsInScopeBestFirst) {
  TestBank& bank = TestBank::get();
  Browser &boss = bank.as(Role::executive), &head = bank.as(Role::branch_head);
  Reply all = boss.get("/ranking" + kAsked + "&page_size=500"), page = boss.get("/ranking/report.html" + kAsked);
  ASSERT_EQ(page.status, 200) << page.text;
  size_t before = 0;
  for (const Json& one : *all.body.find("items")->as_array()) {
    const size_t at = page.text.find("<td>" + *one.find("id")->as_string() + "</td>");
    EXPECT_NE(at, page.text.npos);
    if (one.find("total")->as_string()) {
      EXPECT_GT(at, before) << "best first";
      before = at;
    }
  }
  EXPECT_EQ(count(page.text, "<h1>"), count(page.text, "<thead>")) << "every page has its head";
  Reply branches = boss.get("/ranking/report.html" + kAsked + "&by=branch");
  EXPECT_GT(count(branches.text, "支行名次"), 1u);
  EXPECT_EQ(boss.get("/ranking/report.html" + kAsked + "&by=nothing").at("errors.0.where"), "by");
  EXPECT_EQ(boss.get("/ranking/report.html" + kAsked + "&branch=nothing").status, 404);
  // A branch sees its own people only.
  Reply mine = head.get("/ranking" + kAsked + "&page_size=500"),
        printed = head.get("/ranking/report.html" + kAsked);
  ASSERT_EQ(printed.status, 200);
  size_t shown = 0;
  for (const Json& one : *all.body.find("items")->as_array())
    shown += printed.text.find("<td>" + *one.find("id")->as_string() + "</td>") != printed.text.npos;
  EXPECT_EQ(std::to_string(shown), mine.at("total"));
  EXPECT_LT(shown, all.body.find("items")->as_array()->size());
}

TEST(Reports, AGradeSheetIsPrintedAlsoOfWhoHoldsNone) {
  TestBank& bank = TestBank::get();
  const std::string mine = bank.staff(Role::manager);
  Reply page = bank.as(Role::manager).get("/grades/" + mine + "/report.html?pack=sample-pay");
  ASSERT_EQ(page.status, 200) << page.text;
  EXPECT_EQ(count(page.text, "<section"), 1u);
  EXPECT_NE(page.text.find("等级评定表"), page.text.npos);
  EXPECT_EQ(bank.as(Role::hr).get("/grades/S99999/report.html?pack=sample-pay").status, 404);
}

}  // namespace
}  // namespace guanhu::api::testing
