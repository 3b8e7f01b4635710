// Writes the feed: one folder per business date, CSV by RFC 4180 (CRLF, UTF-8) and manifest.json.
//
// Rows go to the disk as they come; the manifest is written last and atomically, so that a folder
// without one is a folder that was cut off. Throws base::Broken when the disk refuses.
#pragma once
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/digest.h"
#include "base/money.h"

namespace guanhu::sample {

// The files of the contract, in its order.
enum class File {
  orgs,
  staff,
  customers,
  relations,
  accounts,
  balances,
  transactions,
  loans,
  loan_states,
  repayments,
  notices,
  limitations,
  sales,
  assignments,
  targets,
  ledger_totals
};
inline constexpr size_t kFiles = 16;

// One row, field by field in the order of the file's header. Ends its line when it goes.
class Row {
 public:
  Row(std::string& out, int64_t& rows, base::Int128* totals) : out_(out), totals_(totals) { ++rows; }
  ~Row() { out_ += "\r\n"; }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  Row& text(std::string_view value);  // quoted where it must be
  Row& date(base::Date value);
  Row& date_if(int32_t day);  // empty when day < 0
  Row& money(base::Fen value);
  Row& total(base::Fen value);  // money that counts in the manifest's next control total
  Row& integer(int64_t value);
  Row& boolean(bool value) { return text(value ? "true" : "false"); }
  Row& scaled(int64_t value, int digits);  // value / 10^digits, trailing zeros dropped
  Row& id(char prefix, int64_t number, int width);
  Row& empty();

 private:
  void next();
  std::string& out_;
  base::Int128* totals_;
  bool first_ = true;
};

struct Written {
  int64_t files = 0, rows = 0, bytes = 0;
};

class Writer {
 public:
  Writer(std::filesystem::path out, uint64_t seed);
  ~Writer();
  void begin_day(base::Date date);
  // A new row of today's file; the file and its header appear with the first row.
  Row row(File file);
  void end_day();
  const Written& written() const { return written_; }

 private:
  struct Open;
  void flush(Open& open);
  std::filesystem::path out_, folder_;
  base::Date date_;
  std::array<std::unique_ptr<Open>, kFiles> open_;
  Written written_;
  std::string bank_;
};

}  // namespace guanhu::sample
