// The readers of src/base: whatever they accept must come back the same from its own text.
#include "base/clock.h"
#include "base/compress.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/identity.h"
#include "base/json.h"
#include "base/money.h"
#include "base/period.h"
#include "base/sql_text.h"
#include "fuzz.h"

namespace guanhu::fuzz {
namespace {
using namespace guanhu::base;

void values(std::string_view input) {
  if (auto d = Date::parse(input)) require(d->str() == input, "a date is written as it was read");
  if (auto p = Period::parse(input)) {
    require(p->str() == input, "a period is written as it was read");
    require(p->days() > 0 && p->previous().last() + 1 == p->first(), "periods follow one another");
  }
  if (auto i = Instant::parse(input)) require(Instant::parse(i->str()) == i, "an instant survives its text");
  if (auto f = parse_fen(input)) require(parse_fen(format_fen(*f)) == f, "money survives its text");
  if (valid_resident_id(input)) require(complete_resident_id(input.substr(0, 17)) == input, "one check character");
  if (valid_credit_code(input)) require(complete_credit_code(input.substr(0, 17)) == input, "one check character");
}

void decimal(std::string_view input) {
  auto d = Decimal::parse(input);
  if (!d) return;
  auto again = Decimal::parse(d->str());
  require(again && *again == *d, "a decimal survives its text");
  require(d->reduced() == *d && d->negated().negated() == *d, "the same value in other words");
  require(Decimal::subtract(*d, *d).value_or(1) == Decimal(0), "x - x is 0");
  Decimal whole = d->round(0, Rounding::floor);
  require(whole <= *d && d->round(0, Rounding::ceiling) >= *d, "floor and ceiling lie on either side");
  if (!d->is_zero()) require(Decimal::divide(*d, *d).value_or(1) == Decimal(1), "x / x is 1");
}

void json(std::string_view input) {
  auto j = Json::parse(input);
  if (!j) {
    require(!j.error().message.empty() && !j.error().where.empty(), "a refusal says what and where");
    return;
  }
  auto again = Json::parse(j->dump());
  require(again.ok() && again->dump() == j->dump(), "a document survives its text");
  auto wide = Json::parse(j->dump(2));
  require(wide.ok() && wide->dump() == j->dump(), "blanks mean nothing");
}

void encoding(std::string_view input) {
  require(find_bad_utf8(decode_gb18030(input).text) == std::string::npos, "what was decoded is UTF-8");
  size_t bad = find_bad_utf8(input);
  require(bad == std::string::npos || bad < input.size(), "the bad byte lies in the text");
}

void compression(std::string_view input) {
  auto back = decompress(compress(input));
  require(back.ok() && *back == input, "what was compressed comes back");
  (void)decompress(input, 1 << 20).ok();
}

void sql(std::string_view input) {
  size_t marks = 0;
  number_marks(input, marks);
  require(marks <= static_cast<size_t>(std::count(input.begin(), input.end(), '?')), "no mark out of nothing");
  try {
    replace_numbered(input, [](size_t n) { return std::to_string(n); });
  } catch (const Broken&) {  // a number no statement has: a bug of the caller, said so
  }
}

}  // namespace

std::vector<Target> base_targets() {
  return {
      {"values",
       {"2025-12-31", "2025H2", "2025Q4", "2025-12", "2025-12-31T08:00:00.123456+08:00", "-193120455.40",
        "11010519491231002X", "91350100M000100Y43"},
       {"-", "Z", "Q1", "02-29", "00"},
       values},
      {"decimal",
       {"0.1", "-12", "1e6111", "9999999999999999999999999999999999", ".5", "1e-6176"},
       {"e", "-", ".", "0000000000", "9999999999", "5"},
       decimal},
      {"json",
       {R"({"a":[1,2.50,null,true,"管户 \u7ba1\ud83d\ude00"],"b":{}})", "[]", "1e10", R"("\n\"\\")"},
       {"{", "}", "[", "]", "\"", "\\u", "\\ud83d", "null", ":", ",", "1e400"},
       json},
      {"encoding",
       {"管户", "\xb9\xdc\xbb\xa7", "\x81\x30\x81\x30", "\xf0\x9f\x98\x80"},
       {"\x81\x30", "\xff", "\xe7\xae", "\xed\xa0\x80", "\x90\x30\x81\x30"},
       encoding},
      {"compression",
       {"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", compress("2025-12-31,A1,12000.00\n")},
       {},
       compression},
      {"sql",
       {"SELECT ? FROM t WHERE a = '?' AND b = $1 -- ?\n", "$x$ ? $x$ /* ? /* */ */ E'\\'?' \"?\""},
       {"?", "$1", "$", "'", "\"", "--", "/*", "*/", "E'", "\\"},
       sql},
  };
}

}  // namespace guanhu::fuzz
