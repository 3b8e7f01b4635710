// The outcome of a scheme for a period: what every holder reached, and the proof that it adds up.
//
// A run is keyed by scheme, period, what was known, pack hash and engine version. Its hash covers
// every value, so that running it again must give the same hash.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/period.h"

namespace guanhu::appraisal {

// Part of every run hash: raise it when a change of the engine may change a figure.
inline constexpr std::string_view kEngineVersion = "1";

struct Figure {
  std::string name, unit;
  std::optional<base::Decimal> value;  // in `unit`
  std::string reason;                  // why there is no value
  base::Json other = {};               // of a decision's result: a word, a date, true or false instead of a number
};

struct ScoreValue {
  std::string name;
  std::optional<base::Decimal> value;  // 分
  std::string reason;
};

struct Rank {
  int place = 0;  // 1 is best; equal totals share a place; 0: no total, no place
  int of = 0;     // how many have a place
};

struct HolderResult {
  std::string id, name, org, branch;
  std::vector<Figure> figures;  // in the order of the scheme
  std::vector<ScoreValue> scores;
  std::optional<base::Decimal> total;
  std::string total_reason;
  std::optional<std::string> grade;
  std::vector<std::string> waits = {};  // of a decided scheme: what is missing before it can be scored
  Rank in_branch, in_bank;
};

// One linear measure: what holders, other staff and nobody hold against the bank's total, exact text
// in the measure's unit.
struct SumCheck {
  std::string measure, holders, others, nobody, bank;
};

struct Run {
  std::string scheme;  // "sample/经营业绩"
  std::string title;
  base::Period period;
  std::optional<base::Instant> known_at;
  std::string pack_hash, pack_version;
  std::vector<HolderResult> holders;  // by id
  std::vector<SumCheck> sums;
  std::vector<std::string> warnings;
  bool rank_in_branch = true, rank_in_bank = true;

  const HolderResult* holder(const std::string& id) const;
};

// SHA-256 over scheme, period, pack hash, engine version and every value of every holder, in a
// canonical form. What was known counts only through the values.
std::string run_hash(const Run& run);

// cli.md: guanhu appraise --json.
base::Json to_json(const Run& run);
// For people: the ranking, best first, then those without a total.
std::string to_text(const Run& run);

// Fills ranks by total, in the branch and in the bank.
void rank(std::vector<HolderResult>& holders);

// As results show it: rounded half up to 10 decimals.
base::Decimal shown(const base::Decimal& value);

}  // namespace guanhu::appraisal
