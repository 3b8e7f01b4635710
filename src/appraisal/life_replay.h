// A run made again as it was made: with its own pack, at its known moment, with the corrections it carries. What
// publishing, disputes, differences and `guanhu audit verify` rest on.
//
// The pack's files are kept in the store from the day a run is published, so that a seal of years ago does not
// depend on what is installed today.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/life.h"
#include "appraisal/life_days.h"
#include "appraisal/run.h"
#include "feed/bank.h"
#include "measures/engine.h"
#include "people/directory.h"

namespace guanhu::appraisal {

// Where the life of runs finds things: a bank of its own (Bank::again()) and the folder of packs.
struct Desk {
  feed::Bank& bank;
  std::filesystem::path policies;

  store::Session& store() const { return bank.store(); }
  std::filesystem::path room() const { return bank.folder().temp() / "run-packs"; }
  base::Result<Calendar> calendar() const { return Calendar::read(bank.folder().path() / "calendar.csv"); }
};

struct RunPack {
  std::shared_ptr<const policy::Pack> pack;
  std::vector<std::pair<std::string, std::string>> files;  // path and content; empty: kept already
};
// The very pack of a hash: kept with a run, installed, or one of the bank's versions. Refused: life.pack (it is
// nowhere any more).
base::Result<RunPack> pack_of_run(const Desk& desk, const std::string& scheme, const std::string& hash);
// The files of a pack that is kept under its hash, "PACK/document.md" to content; empty: none is.
std::vector<std::pair<std::string, std::string>> kept_pack_files(store::Session& session, const std::string& hash);
// As it lies in the folder of packs. Refused: the first problem of an unsound one.
base::Result<RunPack> installed_pack(const Desk& desk, const std::string& id);
// Inside a transaction.
void keep_pack(store::Session& session, const std::string& hash, const RunPack& pack);
// The pack that stands for banks whose regulation names no days. Refused: as policy::open_pack.
base::Result<policy::Pack> deadline_pack(const Desk& desk);

struct Correction {
  std::string holder, figure;
  std::optional<base::Decimal> was;
  base::Decimal value;
  int64_t dispute = 0;
};
std::vector<Correction> corrections_of(store::Session& session, int64_t run);
base::Json to_json(const std::vector<Correction>& corrections, const std::string& holder);

// An evaluation with everything it points into.
struct Replay {
  std::shared_ptr<const policy::Pack> pack;
  std::unique_ptr<measures::Engine> engine;
  people::Directory directory;
  policy::CompiledScheme scheme;
  base::Period period;
  std::optional<base::Instant> known_at;
  std::shared_ptr<const RecordedFacts> facts = nullptr;  // as they were known then

  // The run with these values in place of the computed ones. Refused: as evaluate().
  base::Result<Run> run(const std::vector<Correction>& corrections) const;
};
struct ReplayAsk {
  std::string scheme, period;  // "sample/经营业绩", "2025Q4"
  std::optional<base::Instant> known_at;
};
base::Result<Replay> open_replay(const Desk& desk, std::shared_ptr<const policy::Pack> pack, const ReplayAsk& ask);

// A run that is kept, made again at its known moment (for a draft: the moment it was made) with its corrections.
struct Remade {
  RunPack pack;
  base::Instant known_at;
  std::vector<Correction> corrections;
  Replay replay;
  Run run;
};
base::Result<Remade> remake(const Desk& desk, int64_t run);

// The result of a holder as it is kept; nothing: not in the run.
std::optional<base::Json> kept_result(store::Session& session, int64_t run, const std::string& holder);
std::vector<std::pair<std::string, base::Json>> kept_results(store::Session& session, int64_t run);  // by holder

// What two results of one holder differ in: "figures.NAME", "scores.NAME", "total", "grade", "rank.bank", ...
struct Change {
  std::string what;
  base::Json before, after;  // numbers, texts, null
};
std::vector<Change> changes_between(const base::Json& before, const base::Json& after);

}  // namespace guanhu::appraisal
