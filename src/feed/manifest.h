// manifest.json of one business date: what the bank's night batch says it has written.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "feed/tables.h"

namespace guanhu::feed {

enum class Encoding { utf8, gb18030 };

struct ManifestFile {
  const Table* table = nullptr;
  std::string name;                                           // "balances.csv"
  int64_t rows = 0;                                           // data rows
  std::optional<std::string> sha256;                          // lower case
  std::vector<std::pair<std::string, base::Decimal>> totals;  // column, exact sum
};

struct Manifest {
  std::string bank;  // may be empty
  base::Date business_date;
  Encoding encoding = Encoding::utf8;
  char delimiter = ',';
  std::vector<ManifestFile> files;         // in the order of tables()
  std::vector<std::string> unknown_files;  // named, but not in the contract: reported and ignored
};

// Refuses (manifest.*) whatever feed.md does not allow; `folder` is the date's folder's own name, which
// must equal business_date.
base::Result<Manifest> read_manifest(std::string_view json, std::string_view folder);

}  // namespace guanhu::feed
