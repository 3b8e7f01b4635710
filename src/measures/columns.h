// Column files: every account's and loan's change points, holders and versions as arrays, derived
// from the warehouse (docs/warehouse-schema.md) and rebuilt whenever they are missing or older.
//
// Days are kept as uint16 since 1950-01-01 (to 2129-06-06) where they are many; the bank's ledgers lie
// within, and a date outside is refused when the columns are built. Money is int64 fen.
#pragma once
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "attribution/known.h"
#include "attribution/timeline.h"
#include "base/error.h"
#include "measures/sections.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures {

inline constexpr int32_t kFirstDay = -7305;  // 1950-01-01, in days since 1970-01-01
inline constexpr int32_t kLastDay = kFirstDay + 65'535;

// Array position of a day, clamped to what a uint16 holds.
inline uint16_t near_day(int32_t day) {
  return static_cast<uint16_t>(day < kFirstDay ? 0 : day > kLastDay ? 65'535 : day - kFirstDay);
}

// Ids by number; 0 is the empty id.
struct Ids {
  std::span<const uint32_t> offset;
  std::span<const char> text;
  size_t size() const { return offset.size() - 1; }
  std::string_view operator[](size_t i) const { return {text.data() + offset[i], offset[i + 1] - offset[i]}; }
  uint32_t find(std::string_view id) const;  // 0 when unknown; binary where `sorted`
  bool sorted = false;
};

// A balance per subject and day: it stands at value[i] from day[i] until the next point's day - 1,
// and at 0 before the first. Points of subject s: [offset[s], offset[s + 1]); no point repeats the
// value before it.
struct Points {
  std::span<const uint32_t> offset;
  std::span<const uint16_t> day;
  std::span<const int64_t> value;
  size_t size() const { return offset.empty() ? 0 : offset.size() - 1; }
};

struct Timelines {
  std::span<const uint32_t> offset;
  std::span<const attribution::Entry> entries;
  std::span<const attribution::Entry> of(size_t s) const {
    if (s + 1 >= offset.size()) return {};
    return entries.subspan(offset[s], offset[s + 1] - offset[s]);
  }
};

// What an account or loan was, from a day on (first: kAlways) until the next version.
struct Version {
  int32_t from, opened, closed;  // days; opened: kForever when unknown; closed: kForever when open
  uint32_t customer, org;        // numbers; 0 when unknown
};

struct Versions {
  std::span<const uint32_t> offset;
  std::span<const Version> all;
  std::span<const Version> of(size_t s) const {
    if (s + 1 >= offset.size()) return {};
    return all.subspan(offset[s], offset[s + 1] - offset[s]);
  }
  const Version* on(size_t s, int32_t day) const;  // in force; nullptr when there is none at all
};

// Days on which a subject's claims are over the whole.
struct OverAssigned {
  uint32_t subject;
  int32_t from, to, claimed;
};

struct Subjects {      // all accounts, or all loans
  Timelines managers;  // staff numbers
  Timelines orgs;      // the same form: organisation numbers, whole
  Versions versions;
  std::span<const OverAssigned> over;
};

struct Columns {
  Sections sections;           // holds the memory
  Ids staff, orgs, customers;  // staff and orgs sorted
  Subjects accounts, loans;
  Points deposits;                                                // accounts
  Points loan_on, loan_all, overdue_principal, overdue_interest;  // loans; loan_on: 0 while off balance
  Timelines customer_managers;                                    // of a customer's own assignments
};

// A column file being read on another thread, before it is known whether it is the right one.
class ColumnsAhead {
 public:
  explicit ColumnsAhead(const std::filesystem::path& folder);
  // The sections, once, if they were made from `fingerprint`.
  std::optional<Sections> take(const std::string& fingerprint);

 private:
  struct Read {
    std::optional<Sections> sections;
    std::string fingerprint;
  };
  std::future<Read> read_;
};

// Opens the columns of `known` in `folder`, or derives them (and writes them there when everything is
// known; with a known-at in the past they stay in memory).
// Refuses (measure.dates) a balance outside the days above.
base::Result<std::unique_ptr<Columns>> open_columns(warehouse::Warehouse& db, const attribution::Known& known,
                                                    const std::filesystem::path& folder, ColumnsAhead* ahead,
                                                    const std::function<void(std::string_view)>& progress);

}  // namespace guanhu::measures
