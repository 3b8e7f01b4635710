// A scheme appraised for a period, made ready to be shown: shared by all readers, never changed.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/run.h"
#include "base/json.h"
#include "people/directory.h"
#include "policy/pack.h"

namespace guanhu::api {

// A figure or score of the scheme.
struct Column {
  std::string name, unit;
  bool score = false;
  base::Decimal full, weight;              // of a score
  const policy::Origin* origin = nullptr;  // into the pack
};

// How one score is spread over all holders.
struct Peers {
  size_t of = 0;  // with a value
  std::optional<base::Decimal> least, most, average;
  std::vector<int> place;  // by holder; 0: none
};

// A figure and the plan it is held against, as the scheme's own formulas pair them.
struct Plan {
  size_t actual = 0, target = 0;  // figures
};

struct Appraised {
  std::shared_ptr<const policy::Pack> pack;
  const policy::Scheme* scheme = nullptr;
  appraisal::Run run;
  std::string hash;             // of the run
  people::Directory directory;  // on the period's last day
  bool over_orgs = false;       // the holders are organisations
  std::vector<Column> figures, scores;
  std::vector<Peers> peers;  // of the scores
  std::vector<Plan> plans;

  Appraised(std::shared_ptr<const policy::Pack> with, const appraisal::Evaluation& evaluation,
            people::Directory on_last_day);

  // Place in run.holders; nothing when that is no holder.
  std::optional<size_t> holder(const std::string& id) const;

  // What handlers made of it for everyone, kept under a name: made once, in whichever request came first. What
  // could not be made (null) is not kept.
  std::shared_ptr<const void> kept(const std::string& name,
                                   const std::function<std::shared_ptr<const void>()>& make) const;

  std::shared_ptr<const void> kept(const std::string& name) const;  // null: nobody made it yet

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const void>> kept_;
};

// "1234.5" or null: exact decimals go over the wire as texts, rounded as results are shown.
base::Json decimal_text(const std::optional<base::Decimal>& value);
// A figure the same way; of a decision's result also a word, a date, 是 or 否.
base::Json figure_text(const appraisal::Figure& figure);

}  // namespace guanhu::api
