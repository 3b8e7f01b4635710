#include "feed/manifest.h"

#include <gtest/gtest.h>

namespace guanhu::feed {
namespace {

std::string manifest(std::string_view date, std::string_view encoding, std::string_view delimiter,
                     std::string_view files) {
  return R"({"bank":"demo","business_date":")" + std::string(date) + R"(","encoding":")" + std::string(encoding) +
         R"(","delimiter":")" + std::string(delimiter) + R"(","files":)" + std::string(files) + "}";
}

TEST(Manifest, RefusesWhatTheContractDoesNotAllow) {
  struct {
    std::string text, code;
  } cases[] = {
      {"", "manifest.json"},
      {"{", "manifest.json"},
      {"[]", "manifest.member"},
      {R"({"encoding":"UTF-8","delimiter":",","files":{}})", "manifest.member"},
      {R"({"business_date":20251231,"encoding":"UTF-8","delimiter":",","files":{}})", "manifest.member"},
      {R"({"business_date":"2025-12-31","delimiter":",","files":{}})", "manifest.member"},
      {R"({"business_date":"2025-12-31","encoding":"UTF-8","files":{}})", "manifest.member"},
      {R"({"business_date":"2025-12-31","encoding":"UTF-8","delimiter":","})", "manifest.member"},
      {manifest("2025-12-32", "UTF-8", ",", "{}"), "manifest.date"},
      {manifest("2025-12-30", "UTF-8", ",", "{}"), "manifest.folder"},
      {manifest("2025-12-31", "GBK", ",", "{}"), "manifest.encoding"},
      {manifest("2025-12-31", "utf-8", ",", "{}"), "manifest.encoding"},
      {manifest("2025-12-31", "UTF-8", ";", "{}"), "manifest.delimiter"},
      {manifest("2025-12-31", "UTF-8", "", "{}"), "manifest.delimiter"},
      {manifest("2025-12-31", "UTF-8", ",", "[]"), "manifest.member"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":1})"), "manifest.member"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{}})"), "manifest.rows"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{"rows":-1}})"), "manifest.rows"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{"rows":1.5}})"), "manifest.rows"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{"rows":1,"sha256":"12"}})"), "manifest.sha256"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{"rows":1,"totals":{"x":"1,5"}}})"), "manifest.total"},
      {manifest("2025-12-31", "UTF-8", ",", R"({"orgs.csv":{"rows":1,"totals":[]}})"), "manifest.member"},
  };
  for (const auto& c : cases) {
    auto m = read_manifest(c.text, "2025-12-31");
    ASSERT_FALSE(m.ok()) << c.text;
    EXPECT_EQ(m.error().code, c.code) << c.text;
    EXPECT_EQ(m.error().where, "manifest.json");
  }
}

TEST(Manifest, ReadsAWholeOne) {
  auto m = read_manifest(
      "\xEF\xBB\xBF" +
          manifest("2025-12-31", "GB18030", "\\t",
                   R"({"notes.csv":{"rows":1},"balances.csv":{"rows":3,"sha256":")" + std::string(64, 'A') +
                       R"(","totals":{"balance":"193120455.40"}},"orgs.csv":{"rows":0}})"),
      "2025-12-31");
  ASSERT_TRUE(m.ok()) << m.error().text();
  EXPECT_EQ(m->encoding, Encoding::gb18030);
  EXPECT_EQ(m->delimiter, '\t');
  EXPECT_EQ(m->bank, "demo");
  ASSERT_EQ(m->files.size(), 2u);
  EXPECT_EQ(m->files[0].name, "orgs.csv");
  EXPECT_EQ(m->files[1].rows, 3);
  EXPECT_EQ(m->files[1].sha256, std::string(64, 'a'));
  EXPECT_EQ(m->files[1].totals[0].second, *base::Decimal::parse("193120455.4"));
  EXPECT_EQ(m->unknown_files, std::vector<std::string>{"notes.csv"});
}

}  // namespace
}  // namespace guanhu::feed
