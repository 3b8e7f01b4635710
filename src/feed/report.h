// What an import did and found, date by date: text for people, JSON for programs.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/money.h"

namespace guanhu::feed {

struct Refusal {
  int line = 0;        // of the row's beginning; the header is line 1
  std::string column;  // empty where the row as a whole is wrong
  std::string value;   // as delivered, cut to 200 bytes
  std::string code;    // of texts.h
  std::string reason;
};

// Something the manifest says about a file: rows, sha256, the sum of a column.
struct FileCheck {
  std::string what;    // "rows", "sha256", "total"
  std::string column;  // of a total
  std::string expected, found, difference;
  bool holds = false;
  bool explained = false;  // broken, but the file's refused rows explain it
};

// Fields that name something no import has described yet. No refusal: its file may arrive later.
struct Dangling {
  std::string column, refers_to;
  int64_t count = 0;
  std::vector<std::pair<int, std::string>> examples;  // line, value; at most 20
};

struct FileReport {
  std::string file;
  int64_t read = 0, applied = 0, unchanged = 0, refused = 0;  // read = applied + unchanged + refused
  std::vector<Refusal> refusals;
  std::vector<FileCheck> checks;
  std::vector<std::string> unknown_columns;
  std::vector<Dangling> dangling;
  std::optional<base::Error> problem;  // the file as a whole was refused
};

enum class TotalState {
  ok,
  waiting,  // does not hold, but history before it is known to be incomplete: judged again later
  broken
};
std::string_view name_of(TotalState state);

// A total of ledger_totals.csv against the sum of the details.
struct ControlTotal {
  base::Date business_date;  // of the import that brought it
  int line = 0;
  std::string org_id;
  base::Date date;
  std::string subject;
  base::Fen expected = 0, found = 0;
  TotalState state = TotalState::ok;
  std::string reason;                // why it waits, or why it may be broken
  std::optional<TotalState> before;  // of a total judged again: what it was
  bool explained = false;            // broken, but refused rows explain it
};

struct DateReport {
  std::string feed;           // the folder
  std::string business_date;  // as far as it is known
  bool applied = false;
  bool replaced = false;  // an earlier import of the date
  int64_t import_id = 0;  // 0 when not applied
  std::string applied_at;
  std::optional<int64_t> tolerance;  // --allow-rejects, when named
  int64_t rejects = 0;               // refused rows, broken totals and missing files, none counted twice
  std::vector<std::string> unknown_files;
  std::vector<base::Error> problems;  // of the date as a whole
  std::vector<FileReport> files;
  std::vector<ControlTotal> totals;    // brought by this date
  std::vector<ControlTotal> rejudged;  // of other dates, whose state or sum this date changed
};

base::Json to_json(const DateReport& report);
base::Json to_json(const ControlTotal& total);
void write_text(std::ostream& out, const DateReport& report);

}  // namespace guanhu::feed
