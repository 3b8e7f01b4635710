#include "api/spreadsheet.h"

#include <gtest/gtest.h>

namespace guanhu::api {
namespace {

using base::Json;

std::string code(const std::string& bytes) {
  auto grid = read_grid(bytes);
  return grid.ok() ? "" : grid.error().code;
}

TEST(Spreadsheet, WhatIsNoSheetIsRefused) {
  EXPECT_EQ(code(""), "sheet.format");
  EXPECT_EQ(code("PK\x03\x04 nothing more"), "sheet.format");
  EXPECT_EQ(code("\xD0\xCF\x11\xE0"), "sheet.format") << "an old xls, or one with a password";
  EXPECT_EQ(code(std::string("a\0b\n", 4)), "sheet.format");
  EXPECT_EQ(code("a,\"b\n"), "sheet.format") << "a quote that is never closed";
  std::string wide;
  for (int i = 0; i < 501; ++i) wide += "a,";
  EXPECT_EQ(code(wide + "b\n"), "sheet.large");
  std::string whole = write_workbook({{"甲", {{"名称"}}, {{Json("乙")}}}});
  for (size_t cut : {whole.size() - 1, whole.size() / 2, size_t{30}})
    EXPECT_EQ(code(whole.substr(0, cut)), "sheet.format");
}

TEST(Spreadsheet, TextThatIsNoTableIsNotReadAsOne) {
  for (const char* bytes :
       {"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", "{\\rtf1\\ansi hello}", "\n<HTML><table></table>",
        "\xEF\xBB\xBF<?xml version=\"1.0\"?>", "a,b\n\x01,2\n", "\x1B[0m,2\n"})
    EXPECT_EQ(code(bytes), "sheet.format") << bytes;
  EXPECT_EQ(code("名称,说明\n甲,一\v二\n\x1a"), "") << "what old programs write";
  EXPECT_EQ(code("<5万,5-10万\n3,4\n"), "");
}

TEST(Spreadsheet, WhatIsNamedAWorkbookIsOne) {
  const std::string whole = write_workbook({{"甲", {{"名称"}}, {{Json("乙")}}}});
  auto named = [](std::string_view bytes, std::string_view name) {
    auto fits = check_file_name(bytes, name);
    return fits.ok() ? "" : fits.error().code;
  };
  EXPECT_EQ(named("not an xlsx", "名单.xlsx"), "sheet.format");
  EXPECT_EQ(named("名称,金额\n", "名单.XLSX"), "sheet.format");
  EXPECT_EQ(named("名称,金额\n", "名单.csv"), "");
  EXPECT_EQ(named("名称,金额\n", ""), "");
  EXPECT_EQ(named(whole, "名单.xlsx"), "");
  EXPECT_EQ(named("", "名单.xlsx"), "") << "an empty file is named as one";
}

TEST(Spreadsheet, CsvInUtf8AndGbkWithAnySeparator) {
  auto utf8 = read_grid("\xEF\xBB\xBF名称;金额\n\"甲;乙\"; 1\n;;\n丙;2");
  ASSERT_TRUE(utf8.ok()) << utf8.error().text();
  ASSERT_EQ(utf8->rows.size(), 3u) << "empty rows are left out";
  EXPECT_EQ(utf8->rows[1].cells, (std::vector<std::string>{"甲;乙", "1"}));
  EXPECT_EQ(utf8->rows[2].number, 4) << "numbered as an editor counts";
  auto gbk = read_grid("\xC3\xFB\xB3\xC6\t\xBD\xF0\xB6\xEE\n\xBC\xD7\t1\n");
  ASSERT_TRUE(gbk.ok());
  EXPECT_EQ(gbk->rows[0].cells, (std::vector<std::string>{"名称", "金额"}));
  EXPECT_EQ(code("\xFF\xFF\xFF\n"), "sheet.format") << "neither UTF-8 nor GBK";
}

TEST(Spreadsheet, WhatIsWrittenIsRead) {
  WrittenSheet sheet{"试算", {{"名称", "说明", {"甲", "乙"}, 20, false}, {"金额", "", {}, 14, true}}, {}};
  sheet.rows = {{Json("甲"), Json(base::Decimal::parse("300000.01").value())},
                {Json(), Json(true)},
                {Json("一\n二"), Json(base::Decimal::parse("1234567890.1234567891").value())}};
  auto grid = read_grid(write_workbook({sheet, {"说明", {{"x"}}, {}}}));
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  EXPECT_EQ(grid->format, "xlsx");
  ASSERT_EQ(grid->rows.size(), 4u);
  EXPECT_EQ(grid->rows[1].cells, (std::vector<std::string>{"甲", "300000.01"})) << "not 300000.01000000001";
  EXPECT_EQ(grid->rows[2].cells, (std::vector<std::string>{"", "是"}));
  EXPECT_EQ(grid->rows[3].cells[1], "1234567890.1234567891")
      << "what a workbook cannot hold as a number is a text";
}

}  // namespace
}  // namespace guanhu::api
