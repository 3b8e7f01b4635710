#include "feed/csv.h"

#include <gtest/gtest.h>

namespace guanhu::feed {
namespace {

// All rows as "line:field|field", bad rows as "line!code@line:column".
std::vector<std::string> read(std::string_view text, char delimiter = ',') {
  CsvReader reader(text, delimiter);
  std::vector<std::string> out;
  std::string room;
  for (;;) {
    auto step = reader.next();
    if (step == CsvReader::Step::end) return out;
    std::string row = std::to_string(reader.line());
    if (step == CsvReader::Step::row) {
      for (const Field& f : reader.fields())
        row += (&f == &reader.fields()[0] ? ":" : "|") + std::string(unquote(f, room));
    } else {
      row += "!" + std::string(reader.problem()) + "@" + std::to_string(reader.problem_line()) + ":" +
             std::to_string(reader.problem_column());
    }
    out.push_back(row);
  }
}
using Rows = std::vector<std::string>;

TEST(Csv, RefusesAQuoteThatIsNeverClosed) {
  EXPECT_EQ(read("a,b\n1,\"x\ny,z\n"), (Rows{"1:a|b", "2!csv.unclosed@2:3"}));
  EXPECT_EQ(read("\""), (Rows{"1!csv.unclosed@1:1"}));
  EXPECT_EQ(read("a,\"x\"\""), (Rows{"1!csv.unclosed@1:3"}));
}

TEST(Csv, RefusesStrayQuotesAndGoesOnWithTheNextLine) {
  EXPECT_EQ(read("a,b\"c\n1,2\n"), (Rows{"1!csv.quote@1:4", "2:1|2"}));
  EXPECT_EQ(read("\"a\"x,b\n1,2"), (Rows{"1!csv.after_quote@1:4", "2:1|2"}));
  EXPECT_EQ(read("户,\"a\nb\"x,b\n1,2"), (Rows{"1!csv.after_quote@2:3", "3:1|2"}));
}

TEST(Csv, RefusesABareCarriageReturn) {
  EXPECT_EQ(read("a,b\rc\n1,2\n"), (Rows{"1!csv.return@1:4", "2:1|2"}));
  EXPECT_EQ(read("a\r"), (Rows{"1!csv.return@1:2"}));
}

TEST(Csv, ReadsBothLineBreaksAndNoneAtTheEnd) {
  EXPECT_EQ(read(""), Rows{});
  EXPECT_EQ(read("a,b\r\n1,2\r\n"), (Rows{"1:a|b", "2:1|2"}));
  EXPECT_EQ(read("a,b\n1,2"), (Rows{"1:a|b", "2:1|2"}));
  EXPECT_EQ(read("a,b\n1,"), (Rows{"1:a|b", "2:1|"}));
  EXPECT_EQ(read(",\n"), (Rows{"1:|"}));
  EXPECT_EQ(read("a\n\nb"), (Rows{"1:a", "2:", "3:b"}));
}

TEST(Csv, CountsLinesInsideQuotes) {
  EXPECT_EQ(read("a,\"x\ny\r\nz\"\nb,c\n"), (Rows{"1:a|x\ny\r\nz", "4:b|c"}));
  EXPECT_EQ(read("\"say \"\"hi\"\"\",\"\"\n"), (Rows{"1:say \"hi\"|"}));
}

TEST(Csv, TakesBarAndTab) {
  EXPECT_EQ(read("a,b|c\n", '|'), (Rows{"1:a,b|c"}));
  EXPECT_EQ(read("a\tb,c\n", '\t'), (Rows{"1:a|b,c"}));
}

TEST(Csv, FindsDelimitersAtEveryDistance) {
  for (size_t n = 0; n < 69; ++n) {
    std::string a(n, 'x'), b(69 - n, 'y');
    EXPECT_EQ(read(a + "," + b + "\n" + b), (Rows{"1:" + a + "|" + b, "2:" + b}));
  }
}

TEST(Csv, DropsTheByteOrderMark) {
  EXPECT_EQ(without_bom("\xEF\xBB\xBFid"), "id");
  EXPECT_EQ(without_bom("id"), "id");
}

}  // namespace
}  // namespace guanhu::feed
