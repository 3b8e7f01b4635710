// The search for findings in one period. Start here.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/period.h"
#include "risk/finding.h"
#include "warehouse/warehouse.h"

namespace guanhu::risk {

struct ScanOptions {
  base::Period period;
  std::vector<Kind> kinds = {std::begin(kKinds), std::end(kKinds)};
  std::filesystem::path columns = {};          // folder of the column files; empty: in memory
  std::optional<base::Instant> known_at = {};  // nothing: everything known
};

struct Scan {
  base::Period period;
  std::vector<Kind> kinds;
  Rules rules;
  std::vector<Finding> findings;                         // by kind, day, subject, id
  std::string known;                                     // fingerprint of the imports it rests on
  base::Date reached;                                    // the last business date among them
  size_t accounts = 0, transactions = 0, transfers = 0;  // looked at
  size_t given_up = 0;             // first transfers for which the search for circles was given up
  std::vector<std::string> notes;  // what a reader must know, in Chinese
};

// Reads and computes, and keeps nothing (findings.h does). Refused: risk.data (no facts reach the period),
// measure.dates. The warehouse's connection is used until it returns.
base::Result<Scan> scan(warehouse::Warehouse& db, const Rules& rules, const ScanOptions& options,
                        const std::function<void(std::string_view)>& progress = {});

// The document of `guanhu risk scan --json`.
base::Json to_json(const Scan& scan);

}  // namespace guanhu::risk
