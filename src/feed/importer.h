// Imports business dates into a bank, in the order of their dates.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "feed/bank.h"
#include "feed/date_import.h"
#include "feed/report.h"

namespace guanhu::feed {

struct FeedFolder {
  std::filesystem::path path;
  std::string name;  // should be a date; the manifest is held against it
};

// The date folders that the arguments mean: each is a date's folder or a folder of them. In the order of
// their dates. Refusals: feed.missing, feed.none, feed.twice.
base::Result<std::vector<FeedFolder>> find_feeds(const std::vector<std::string>& arguments);

// Told before each date: which, how many are done, of how many.
using Progress = std::function<void(const std::string& date, size_t done, size_t of)>;

class Importer {
 public:
  explicit Importer(Bank& bank, Progress progress = {});
  ~Importer();  // keeps the state for the next call

  // A refused date does not stop the later ones: dates are independent, and a total that misses the
  // refused one waits. `told` gets each report as soon as its date is done.
  void import(const std::vector<FeedFolder>& feeds, std::optional<int64_t> tolerance,
              const std::function<void(const DateReport&)>& told);

  // Makes the warehouse anew from the landed files: the same import numbers, moments and facts. The bank
  // was opened with BankOptions::rebuild. Refuses (bank.landed) before anything is touched when a
  // landed file is missing.
  base::Status rebuild();

 private:
  void load();
  void save();
  void record();
  Bank& bank_;
  Progress progress_;
  State state_;
  std::vector<ImportRow> imports_;
  Worker worker_;
  std::vector<std::string> records_;  // applied, not yet in the store
  bool whole_ = false;                // state_ is that of the warehouse
};

// A control total that does not hold, for a bank's status.
struct OpenTotal {
  int64_t import_id = 0;
  ControlTotal total;
};
struct Status {
  struct Date {
    std::string business_date, applied_at;
    int64_t import_id = 0, rejects = 0;
    std::optional<int64_t> tolerance;
  };
  std::vector<Date> dates;      // active, ascending
  std::vector<OpenTotal> open;  // waiting or broken
};
Status read_status(Bank& bank);

}  // namespace guanhu::feed
