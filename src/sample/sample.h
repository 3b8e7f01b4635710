// The sample bank: a feed (feed.md) of a made-up county bank that behaves like a real one.
//
// Start here; bank.h holds the state, and one pair of files each says what happens to staff,
// customers, deposits, loans, sales, assignments, targets and the ledger. Everything is computed
// with integers from the seed: the same options give the same bytes on every machine.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/date.h"
#include "base/error.h"

namespace guanhu::sample {

struct Options {
  std::filesystem::path out;
  int64_t customers = 2000;             // on the first day; 1 to 5,000,000
  int64_t managers = 20;                // on the first day; 1 to 20,000, not more than customers
  base::Date from = base::Date(20089);  // 2025-01-01
  base::Date to = base::Date(20453);    // 2025-12-31; both days included
  uint64_t seed = 1;
};

struct Summary {
  int64_t dates = 0, files = 0, rows = 0, bytes = 0;
  int64_t organisations = 0, staff = 0, managers = 0, leavers = 0;
  int64_t customers = 0, accounts = 0, loans = 0;  // all that ever appeared
};

// Called after each written day: that day, how many are done, how many there will be.
using Progress = std::function<void(base::Date day, int64_t done, int64_t all)>;

// Writes one folder per calendar day into options.out. The folder must be new, empty, or hold a
// sample of the same options (finished or cut off), which is written again.
//
// Errors: sample.period (to before from, outside 2010-2040, more than 3,660 days), sample.customers,
// sample.managers, sample.folder (not empty, or a sample of other options). A full disk throws base::Broken.
base::Result<Summary> write_sample(const Options& options, const Progress& progress = {});

}  // namespace guanhu::sample
