#include "api/report.h"

#include <gtest/gtest.h>

#include "api/report_pages.h"
#include "api/reports.h"
#include "api/zip.h"

namespace guanhu::api {
namespace {

using base::Decimal;
using base::Json;

Json number(const char* text) { return *Decimal::parse(text); }

size_t count(const std::string& text, const std::string& what) {
  size_t out = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++out;
  return out;
}

Report score(size_t items) {
  Report out{.bank = "样例银行", .title = "定量考核表", .head = {{"姓名", "王<伟>"}, {"期间", "2025-12"}}};
  ReportTable table{.title = "得分",
                    .columns = {{.title = "项目", .width = 20},
                                {.title = "计分办法", .width = 40},
                                {.title = "得分", .width = 10, .unit = "分", .number = true, .total = Total::sum}},
                    .total_word = "合计"};
  for (size_t i = 0; i < items; ++i)
    table.rows.push_back(
        {"第 " + std::to_string(i + 1) + " 项", "min(满分, 存款日均 / 目标 * 满分)", number("1.5")});
  out.tables.push_back(std::move(table));
  out.signers = {"被考核人", "考核部门"};
  out.source = "结果 abc";
  return out;
}

TEST(Report, APayslipSaysHowEveryLineCameAbout) {
  auto how = [](const std::string& lines) {
    appraisal::KeptSlip slip{.staff = "S1", .name = "王伟", .org = "A", .branch = "A"};
    slip.slip = Json::parse(R"({"lines":[)" + lines + "]}").value();
    const Report made = pay_report(appraisal::PayRun{}, slip, people::Directory(), {});
    return *made.tables.at(0).rows.at(0).at(2).as_string();
  };
  const std::string head = R"({"line":"甲","kind":"应发","amount":"1.00","cites":[],"error":null,)";
  EXPECT_EQ(how(head + R"("way":"本人","parts":[],"inputs":[{"name":"产品列表","value":)" +
                R"([{"产品":"手机银行","数量":3,"单价":12.5},{"产品":"卡","数量":1,"单价":2}]}]})"),
            "产品列表 产品 手机银行，数量 3，单价 12.5 / 产品 卡，数量 1，单价 2");
  EXPECT_EQ(how(head + R"("way":"本人","parts":[],"inputs":[{"name":"产品列表","value":null}]})"),
            "产品列表 没有");
  EXPECT_EQ(
      how(head + R"("way":"按日","inputs":[{"name":"职级","value":"一级"}],"parts":[)" +
          R"({"from":"2025-12-01","to":"2025-12-10","days":10,"of_days":31,"full":"4100","amount":"1322.58",)" +
          R"("inputs":[{"name":"职级","value":"二级"}]},)" +
          R"({"from":"2025-12-11","to":"2025-12-31","days":21,"of_days":31,"full":"5300","amount":"3590.32",)" +
          R"("inputs":[{"name":"职级","value":"一级"},{"name":"系数","value":{"一级":1.5}}]}]})"),
      "2025-12-01 至 2025-12-10：全期 4,100.00 元 × 10 天 ÷ 31 天 = 1,322.58 元\n职级 二级\n"
      "2025-12-11 至 2025-12-31：全期 5,300.00 元 × 21 天 ÷ 31 天 = 3,590.32 元\n职级 一级；系数 一级 1.5");
  EXPECT_EQ(how(head + R"("way":"合办","inputs":[],"parts":[{"joint":7,"title":"代发","on":"2025-12-01",)" +
                R"("whole":"100.00","weight":"0.4","amount":"40.00","inputs":[{"name":"数量","value":1}]}]})"),
            "代发（2025-12-01）：整笔 100.00 元，份额 0.4，分得 40.00 元\n数量 1");
  EXPECT_EQ(how(head + R"("way":"合办","inputs":[],"parts":[]})"), "期间里没有登记和本人有关的合办业务");
  EXPECT_EQ(
      how(head + R"("way":"分池","inputs":[{"name":"考核总分","value":90}],"parts":[)" +
          R"({"pool":"全行","whole":"100.00","weight":"90","of_weights":"180","amount":"50.00","inputs":[]}]})"),
      "考核总分 90\n池 100.00 元 × 权数 90 ÷ 权数合计 180 = 50.00 元");
}

TEST(Report, NamesAndTextsAreNoMarkup) {
  const std::string page = report_html({score(1)});
  EXPECT_EQ(page.find("<伟>"), page.npos);
  EXPECT_NE(page.find("王&lt;伟&gt;"), page.npos);
  for (const char* fetched : {"http://", "https://", "<script", "url(", "@import"})
    EXPECT_EQ(page.find(fetched), page.npos) << fetched;
}

TEST(Report, OnePageMakesItsLettersSmallerUntilItFits) {
  Length before = 100;
  for (size_t items : {1u, 30u, 45u, 55u}) {
    const Report report = score(items);
    const ReportPages pages = pages_of(report, printed_tables(report));
    EXPECT_EQ(pages.pages.size(), 1u) << items;
    EXPECT_LE(pages.letters, before) << items;
    before = pages.letters;
  }
  EXPECT_LT(before, 10) << "55 items do not fit in large letters";
  const Report much = score(400);
  const ReportPages pages = pages_of(much, printed_tables(much));
  EXPECT_GT(pages.pages.size(), 1u) << "what fits nowhere goes on instead of becoming unreadable";
}

TEST(Report, ANumberStandsOnOneLineWhereSmallerLettersAllowIt) {
  Report report = score(1);
  auto letters = [&](const char* amount) {
    report.tables[0].rows[0][2] = number(amount);
    return pages_of(report, printed_tables(report));
  };
  EXPECT_EQ(letters("1.5").letters, 10);
  const ReportPages wide = letters("12345678901.25");
  EXPECT_LT(wide.letters, 10);
  EXPECT_FALSE(wide.broken);
  // A text of any length never runs over its page.
  report.tables[0].rows[0][1] = std::string(40'000, 'x');
  const auto texts = printed_tables(report);
  EXPECT_LT(texts[0].rows[0][1].size(), 700u);
  EXPECT_EQ(pages_of(report, texts).pages.size(), 1u);
}

TEST(Report, ALongListRepeatsItsHeadAndCountsItsPages) {
  Report list = score(200);
  list.one_page = false, list.landscape = true;
  const std::string page = report_html({list});
  const size_t pages = count(page, "<section");
  ASSERT_GT(pages, 3u);
  EXPECT_EQ(count(page, "<thead>"), pages);
  EXPECT_EQ(count(page, "<h1>"), pages);
  EXPECT_EQ(count(page, "（签字）"), 2u) << "who signs, signs once";
  EXPECT_EQ(count(page, "class=\"sum\""), 1u);
  EXPECT_EQ(count(page, "<tr><td>第 "), 200u) << "no row is lost or stands twice";
  for (size_t i = 1; i <= pages; ++i)
    EXPECT_EQ(count(page, "第 " + std::to_string(i) + " 页 共 " + std::to_string(pages) + " 页"), 1u);
  EXPECT_NE(page.find("size: A4 landscape"), page.npos);
}

TEST(Report, EveryRowStandsOnOnePageOfAnyLength) {
  for (size_t rows = 0; rows < 130; ++rows) {
    Report list = score(rows);
    list.one_page = false;
    const ReportPages pages = pages_of(list, printed_tables(list));
    size_t next = 0, totals = 0;
    for (const auto& page : pages.pages)
      for (const ReportPiece& piece : page) {
        EXPECT_EQ(piece.first, next);
        next = piece.last, totals += piece.totals;
      }
    EXPECT_EQ(next, rows);
    EXPECT_EQ(totals, 1u) << rows;
  }
}

TEST(Report, NumbersAreRoundedAsTheirUnitSays) {
  EXPECT_EQ(printed(number("1234567.005"), "元"), "1,234,567.01");
  EXPECT_EQ(printed(number("-0.005"), "元"), "-0.01") << "half away from zero";
  EXPECT_EQ(printed(number("0.85"), "比率"), "85.00%");
  EXPECT_EQ(printed(number("85"), "%"), "85") << "it is one already";
  EXPECT_EQ(printed(number("9.5"), "分"), "9.50");
  EXPECT_EQ(printed(number("9.123456"), "分"), "9.1235");
  EXPECT_EQ(printed(number("3"), "户"), "3");
  EXPECT_EQ(printed(Json(), "元"), "");
}

TEST(Report, MarksStandBelowOneAnotherAndUnitsRowByRow) {
  Report report = score(2);
  report.tables[0].rows[1][2] = number("2.12345");
  auto texts = printed_tables(report)[0];
  EXPECT_EQ(texts.rows[0][2], "1.5000");
  EXPECT_EQ(texts.rows[1][2], "2.1235");
  EXPECT_EQ(texts.totals[0][2], "3.6235") << "of the exact marks, rounded once";
  report.tables[0].columns[2] = {.title = "数值", .number = true, .unit_in = 1};
  report.tables[0].rows = {
      {"日均", "元", number("9500")}, {"完成率", "比率", number("2.3226")}, {"户数", "户", number("3")}};
  texts = printed_tables(report)[0];
  EXPECT_EQ(texts.rows[0][2], "9,500.00");
  EXPECT_EQ(texts.rows[1][2], "232.26%");
  EXPECT_EQ(texts.rows[2][2], "3");
}

TEST(Report, TheWorkbookHoldsTheSameNumbersAndAddsThemUp) {
  Report report = score(3);
  report.tables[0].kept.push_back({"账上", Json(), number("4.5")});
  auto grid = read_grid(report_workbook({report}));
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  auto cell = [&](int row, size_t column) {
    for (const auto& one : grid->rows)
      if (one.number == row) return column < one.cells.size() ? one.cells[column] : std::string();
    return std::string("no row");
  };
  EXPECT_EQ(cell(1, 0), "样例银行  定量考核表");
  EXPECT_EQ(cell(2, 0), "姓名：王<伟>    期间：2025-12");
  EXPECT_EQ(cell(4, 2), "得分");
  EXPECT_EQ(cell(5, 2), "1.5");
  EXPECT_EQ(cell(8, 0), "合计");
  EXPECT_EQ(cell(8, 2), "4.5") << "the formula's value";
  EXPECT_EQ(cell(9, 2), "4.5") << "what is kept";
  EXPECT_EQ(cell(11, 0), "结果 abc");
}

TEST(Report, AListThatIsAFewLinesTooLongStaysOnOnePage) {
  size_t smaller = 0, most = 0;
  for (size_t rows = 10; rows < 60; ++rows) {
    Report list = score(rows);
    list.one_page = false, list.landscape = true;
    const ReportPages pages = pages_of(list, printed_tables(list));
    EXPECT_GE(pages.letters, 7) << rows << " rows: it must be read";
    if (pages.pages.size() == 1) most = rows, smaller += pages.letters < 8.5;
    if (pages.pages.size() > 1) EXPECT_EQ(pages.letters, 8.5) << "a long list is not made small for nothing";
  }
  EXPECT_GE(smaller, 3u) << "so many more rows stand on the page";
  EXPECT_LT(most, 59u) << "the test saw both sides";
}

TEST(Report, ASheetOfOneAmongManyIsFoundByThePerson) {
  Report first = score(1), second = score(1);
  first.head[0].second = "王伟（S00001）", second.head[0].second = "李娜（S00002）";
  auto names = [](const std::string& bytes) {
    auto zip = Zip::open(bytes, {});
    const Zip::Entry* book = zip ? zip->find("xl/workbook.xml") : nullptr;
    return book ? zip->read(*book).value() : std::string();
  };
  EXPECT_NE(names(report_workbook({first, second})).find("name=\"S00002 得分\""), std::string::npos);
  EXPECT_NE(names(report_workbook({first})).find("name=\"得分\""), std::string::npos) << "alone it needs no name";
}

TEST(Report, SheetsOfManyPeopleHaveNamesOfTheirOwn) {
  EXPECT_TRUE(read_grid(report_workbook({score(1), score(2), score(3)})).ok());
}

}  // namespace
}  // namespace guanhu::api
