// One file's text into typed columns. Pure: no I/O, nothing known but the contract.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "feed/report.h"
#include "feed/tables.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

struct ParsedFile {
  const Table* table = nullptr;
  // One column for each of the table's columns, in the contract's order; absent columns are NULL.
  // Texts point into the input and into `room`.
  warehouse::Chunk rows;
  std::vector<int32_t> lines;  // by row
  std::deque<std::string> room;
  int64_t read = 0;               // data rows, refused ones included
  std::vector<Refusal> refusals;  // by line
  std::vector<std::string> unknown_columns;
  std::vector<bool> present;  // by column of the table
  // Sum of each number column over all data rows (refused rows too, where the field is a number):
  // that is what a manifest's total counts. In the column's own unit.
  std::vector<__int128> sums;
  std::optional<base::Error> problem;  // the file cannot be used at all; `rows` is empty then
};

struct ParseInput {
  const Table* table = nullptr;
  std::string_view text;             // UTF-8
  std::span<const size_t> bad = {};  // offsets in `text` that could not be decoded: their rows are refused
  char delimiter = ',';
  base::Date business_date;
  int64_t expected_rows = 0;  // a hint for memory
};

ParsedFile parse_file(const ParseInput& input);

// Takes the marked rows out.
void drop_rows(ParsedFile& file, const std::vector<bool>& drop);

warehouse::Type type_of(Kind kind);

}  // namespace guanhu::feed
