// Late facts after sealing. A run of the same scheme and period with a later known moment is compared with what
// was counted already; the difference is stated per holder and figure and carried into a current period.
// Statements form a chain: the first one counts from the sealed run, each next one from the run behind the one
// before, so that nothing is counted twice and their sum is the latest knowledge less the seal.
#pragma once
#include <string>
#include <vector>

#include "appraisal/life.h"
#include "base/json.h"

namespace guanhu::appraisal {

struct Difference {
  int64_t id = 0, sealed_run = 0, counted_run = 0, later_run = 0;
  std::string scheme, period, into_period, made_at, made_by, reason;
  int64_t holders = 0;  // whose figures differ
};
std::vector<Difference> differences(store::Session& session,
                                    std::optional<int64_t> id = std::nullopt);  // newest first

struct DifferenceLine {
  std::string holder;
  base::Json lines;  // [{"what", "counted", "now", "difference"}], as texts; difference null where it is no number
};
std::vector<DifferenceLine> lines_of(store::Session& session, int64_t id);  // by holder

struct DifferenceAsk {
  int64_t later_run = 0;
  std::string into_period;
};
// Refused: life.unknown, life.reason, difference.sealed (no sealed run of that scheme and period),
// difference.state (the later run is no draft), difference.used, difference.earlier (it knows no more than what
// was counted), difference.period (not a period, not after the sealed one, or sealed itself), difference.none
// (nothing differs).
base::Result<Difference> state_difference(store::Session& session, const DifferenceAsk& ask,
                                          const LifeDoing& doing);

// What statements carry into a period of a scheme for a holder: [{"statement", "period", "lines"}]; a list, empty
// where there is nothing.
base::Json carried_into(store::Session& session, const std::string& scheme, const std::string& period,
                        const std::string& holder);

}  // namespace guanhu::appraisal
