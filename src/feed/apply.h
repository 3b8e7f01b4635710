// One parsed file made into rows of the warehouse: ids numbered, repeated keys refused, compared with
// what is known, and the state brought up to date (in a way that can be taken back).
#pragma once
#include <cstdint>
#include <optional>

#include "base/date.h"
#include "feed/intake.h"
#include "feed/rows.h"
#include "feed/state.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

// What a file's rows do to the days before and after.
struct Reach {
  int32_t earliest = INT32_MAX;  // day from which stocks or flows may be different
  bool late = false;             // something older than what is known: only the whole history tells the sums
  bool late_balances = false;    // later balances are no longer known to be unchanged
  void add(const Reach& other) {
    earliest = std::min(earliest, other.earliest);
    late = late || other.late;
    late_balances = late_balances || other.late_balances;
  }
};

class FileApply {
 public:
  // `replaced`: the import of the same business date whose place this one takes.
  FileApply(warehouse::Warehouse& db, State& state, base::Date business_date, std::optional<int64_t> replaced)
      : db_(db), state_(state), day_(business_date.days()), replaced_(replaced) {}

  // Fills the report's refusals (repeated keys), dangling references and counts; leaves in
  // intake.parsed.rows the warehouse's layout (without import_id, line and changed).
  Reach run(Intake& intake);
  // f_balances.changed, by row of the last run; empty for other tables.
  const std::vector<int8_t>& changed() const { return changed_; }

 private:
  void number(ParsedFile& file);
  void number_references(const ParsedFile& file);
  void refuse_duplicates(ParsedFile& file, FileReport& report);
  std::string key_text(const ParsedFile& file, size_t row, std::string* columns) const;
  void find_dangling(const ParsedFile& file, FileReport& report);
  bool known(std::string_view table, std::string_view id) const;
  std::vector<bool> same_rows(const ParsedFile& file);
  void remember(const ParsedFile& file, std::vector<bool>& same);
  Reach describe(const ParsedFile& file);
  Reach add_orgs(const ParsedFile& file);
  Reach balances(const ParsedFile& file, std::vector<bool>& same);
  Reach loan_states(const ParsedFile& file, std::vector<bool>& same);
  Reach events(const ParsedFile& file, std::vector<bool>& same);

  warehouse::Warehouse& db_;
  State& state_;
  int32_t day_;
  std::optional<int64_t> replaced_;
  const Layout* layout_ = nullptr;
  std::vector<int8_t> changed_;
};

// Rows (by position) whose key an earlier row has, with that row. Exact.
std::vector<std::pair<size_t, size_t>> repeated_keys(const warehouse::Chunk& rows, std::span<const size_t> key);

}  // namespace guanhu::feed
