// What the importer remembers of the warehouse, so that a night's file is checked without reading the
// history: numbers of accounts and loans, the newest balance of each, the newest content of each key.
//
// Derived: rebuilt from the warehouse whenever the files that keep it are missing, damaged or belong to
// other imports. They are read and written only as far as a call needs them (state_file.cc). Everything
// a date changes is logged, so that a refused date leaves no trace.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "feed/keys.h"
#include "feed/tables.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

constexpr int32_t kNever = INT32_MIN;
constexpr size_t kTables = 16;

// The newest row of an account's balances or a loan's states, and where the thing belongs.
struct Standing {
  int64_t balance = 0;
  int32_t date = kNever;           // of the newest row
  int32_t business_date = kNever;  // of the import that brought it
  int32_t org = -1;                // number in State::orgs of the newest description; -1 when none came
  int32_t described = kNever;      // business date of that description
  uint32_t content = 0;            // of a loan: hash of its whole state
  int8_t bad = 0, off = 0;         // of a loan
  int16_t unused = 0;
};

struct OrgVersion {
  int32_t org = 0, parent = -1;
  int32_t business_date = 0;
};

class State {
 public:
  KeyIndex accounts, loans, orgs;
  std::vector<Standing> account, loan;   // by number
  std::vector<OrgVersion> org_versions;  // in no order
  SeenRows& seen(size_t table);          // empty for tables of dated rows
  // Newest values over all rows.
  struct Marks {
    int64_t last_import = 0, last_applied_at = 0;
    int32_t balance_date = kNever, loan_date = kNever;  // dates of rows
    int32_t described = kNever;                         // business date of accounts, loans, orgs
    int32_t business_date = kNever;                     // of any import
    int32_t total_date = kNever;                        // of any control total
    int32_t unchanged_balances = 0;                     // 1 when some row of f_balances has changed = false
    std::array<int32_t, kTables> day;                   // of transactions, repayments, sales: days
  };
  Marks marks;

  State() { marks.day.fill(kNever); }
  uint32_t org_number(std::string_view id) { return orgs.insert(id); }
  Standing& standing(Numbered kind, uint32_t number);  // made when it is new

  // A change that can be taken back.
  void set(Numbered kind, uint32_t number, const Standing& to);
  void put(size_t table, uint64_t key, uint32_t content, int32_t business_date);
  void add_org(const OrgVersion& version);

  void begin();      // from here on changes are logged
  void keep();       // they stay
  void take_back();  // they are undone

  // `folder` holds the files. False when they do not fit the warehouse's imports; the state is empty then.
  bool load(const std::filesystem::path& folder, int64_t last_import, int64_t last_applied_at);
  void save(const std::filesystem::path& folder);
  void changed_all();  // every part is to be written

 private:
  // Parts with a file of their own: keys, standings, then what was seen of each table.
  static constexpr size_t kKeys = 0, kStandings = 1, kSeen = 2, kParts = kSeen + kTables;
  template <class Visit>
  void visit_part(size_t part, Visit visit);
  std::filesystem::path file_of(size_t part) const;
  bool read_part(size_t part);
  uint64_t write_part(size_t part);

  // Where a part is: in memory, and under which digest in its file.
  struct Part {
    uint64_t digest = 0, size = 0;
    bool loaded = true, changed = true;
  };
  std::array<Part, kParts> parts_;
  std::array<SeenRows, kTables> seen_;
  std::filesystem::path folder_;

  struct Logged {
    Numbered kind;
    uint32_t number;
    Standing before;
  };
  struct LoggedRow {
    size_t table;
    uint64_t key;
    std::optional<SeenRows::Entry> before;
  };
  std::vector<Logged> standings_;
  std::vector<LoggedRow> rows_;
  uint32_t accounts_before_ = 0, loans_before_ = 0, orgs_before_ = 0;
  size_t account_size_ = 0, loan_size_ = 0, versions_before_ = 0;
  Marks marks_before_;
};

// Position of a table in tables().
size_t index_of(const Table& table);
// Tables whose newest content by key is remembered (the others have a date to search by).
bool is_remembered(const Table& table);

}  // namespace guanhu::feed
