// The CSV reader: rows follow one another without a gap, and what it read can be written and read again.
#include "feed/csv.h"

#include "feed/values.h"
#include "fuzz.h"

namespace guanhu::fuzz {
namespace {
using namespace guanhu::feed;

std::string written(const std::vector<std::string>& fields) {
  std::string row;
  for (const auto& f : fields) {
    row += row.empty() ? "\"" : ",\"";
    for (char c : f) row += c == '"' ? std::string("\"\"") : std::string(1, c);
    row += '"';
  }
  return row + "\n";
}

std::vector<std::string> read(const CsvReader& reader) {
  std::vector<std::string> out;
  std::string room;
  for (const auto& f : reader.fields()) out.emplace_back(unquote(f, room));
  return out;
}

void read_back(const std::vector<std::string>& fields) {
  std::string row = written(fields);
  CsvReader reader(row, ',');
  require(reader.next() == CsvReader::Step::row && read(reader) == fields, "a row survives its text");
  require(reader.next() == CsvReader::Step::end, "and is one row");
}

void csv(std::string_view input) {
  CsvReader reader(without_bom(input), ',');
  size_t end = 0;
  int line = 0;
  for (;;) {
    auto step = reader.next();
    if (step == CsvReader::Step::end) break;
    if (step != CsvReader::Step::row) {
      require(!reader.problem().empty() && reader.problem_line() >= 1 && reader.problem_column() >= 1,
              "a bad row says what and where");
      if (step == CsvReader::Step::bad_file) return;
      end = reader.end();
      continue;
    }
    require(reader.begin() >= end && reader.end() > reader.begin(), "rows follow one another");
    require(reader.line() > line, "lines count upwards");
    end = reader.end();
    line = reader.line();
    read_back(read(reader));
  }
}

void scaled(std::string_view input) {
  for (Kind kind : {Kind::money, Kind::rate, Kind::share, Kind::quantity}) {
    int places = places_of(kind);
    if (auto v = parse_scaled(input, places))
      require(parse_scaled(format_scaled(*v, places), places) == v, "a number survives its text");
  }
  parse_day(input);
  parse_moment(input);
  parse_count(input);
}

}  // namespace

std::vector<Target> feed_targets() {
  return {
      {"csv",
       {"a,b\n1,\"x\"\"y\"\n",
        "\xef\xbb\xbf"
        "a\r\n\"1\n2\",\r\n",
        "a,b\n1\"2,3\n\"x\"y\n"},
       {"\"", "\"\"", ",", "\n", "\r\n", "\r", "\xef\xbb\xbf"},
       csv},
      {"scaled",
       {"193120455.40", "-0.01", "0.33333333", "2025-12-31T08:00:00"},
       {".", "-", "00", "99999999"},
       scaled},
  };
}

}  // namespace guanhu::fuzz
