// Whether a sealed run is still what was sealed: its statements give its root, and made again with its own pack at
// its own moment it gives the same figures.
#pragma once
#include <string>
#include <vector>

#include "appraisal/life_replay.h"

namespace guanhu::appraisal {

struct SealVerdict {
  int64_t run = 0;
  std::string scheme, period, root;
  int64_t statements = 0;
  bool sound = true;                // what is kept holds together
  std::string rerun;                // "same", "differs", "impossible", "skipped"
  std::vector<std::string> faults;  // for people, the first 20 of each kind

  bool good() const { return sound && (rerun == "same" || rerun == "skipped"); }
};

// Sealed runs, oldest first.
std::vector<RunLife> sealed_runs(store::Session& session);
// `root_on_record`: what the audit chain says was sealed; "" when it says nothing. A program of another engine
// version compares values instead of hashes.
SealVerdict verify_seal(const Desk& desk, const RunLife& life, const std::string& root_on_record, bool rerun);

}  // namespace guanhu::appraisal
