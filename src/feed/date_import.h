// One business date: read, checked, reconciled and applied, whole or not at all.
//
// The order is what makes a crash harmless: the extracts lie on the disk before the warehouse's commit,
// that commit makes the date exist, and the store's record follows (bank.h mends what lies between).
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "feed/apply.h"
#include "feed/landing.h"
#include "feed/ledger.h"
#include "feed/totals.h"

namespace guanhu::feed {

// What imports share.
struct ImportContext {
  warehouse::Warehouse& db;
  State& state;
  std::vector<ImportRow>& imports;  // all of the warehouse's, by import_id
  Worker& worker;
  std::filesystem::path landed;
  base::Clock& clock;
  const store::PersonalKey& key;
};

// Where a date's files come from.
class Source {
 public:
  virtual ~Source() = default;
  virtual base::Result<std::string> read(const std::string& name) const = 0;
};

// The folder that the bank's night batch wrote.
class FolderSource : public Source {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
  base::Result<std::string> read(const std::string& name) const override;

 private:
  std::filesystem::path folder_;
};

// A landed import.
class LandedSource : public Source {
 public:
  LandedSource(std::filesystem::path folder, const store::PersonalKey& key)
      : folder_(std::move(folder)), key_(key) {}
  // A file that was not delivered is refused as it was then; throws Broken when a landed one is damaged.
  base::Result<std::string> read(const std::string& name) const override;

 private:
  std::filesystem::path folder_;
  const store::PersonalKey& key_;
};

// An import that is made again exactly as it was.
struct Again {
  int64_t import_id = 0;
  base::Instant applied_at;
};

struct Attempt {
  const Source* source = nullptr;
  std::string feed;    // for the report
  std::string folder;  // its own name, which must be the business date
  std::optional<int64_t> tolerance;
  std::optional<Again> again;  // nothing is landed and nothing refused then
};

class DateImport {
 public:
  DateImport(const ImportContext& context, const Attempt& attempt) : c_(context), a_(attempt) {}
  // Expected refusals are in the report. Throws Broken when the disk or a database fails; the date is
  // absent then.
  DateReport run();
  // import.json, for the store's record; empty when the date was not applied.
  const std::string& record() const { return record_; }

 private:
  base::Status open();
  void read_files();
  void read_file(const ManifestFile& file);
  void seal(ParsedFile& file) const;
  void append(const Intake& intake, const std::vector<int8_t>& changed);
  void take_totals(const Intake& intake);
  void append_keys();
  void write_import();
  void mark_changed();
  void judge_totals();
  bool too_many() const { return report_.rejects > a_.tolerance.value_or(0) && !a_.again; }
  void finish();
  void undo();
  bool some_key_vanished();

  const ImportContext& c_;
  const Attempt& a_;
  DateReport report_;
  Manifest manifest_;
  std::string record_;
  std::unique_ptr<Landing> landing_;
  ImportRow import_;
  std::optional<int64_t> replaced_;
  uint32_t accounts_before_ = 0, loans_before_ = 0;
  Reach reach_;
  bool refused_rows_ = false;
  std::map<size_t, SeenRows> replaced_keys_;  // keys this import brings, by table; for repeated dates only
};

// Fills the state from the warehouse (which may be empty).
void rebuild_state(warehouse::Warehouse& db, State& state, std::span<const ImportRow> imports);

}  // namespace guanhu::feed
