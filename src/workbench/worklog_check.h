// Spot checks of logs (日志抽查, PLN-609): out of the logs of a span a few are drawn by a seed that is kept with
// the check, so that whoever doubts it draws the same; each is looked at and marked, with a reason. Days without a
// log are drawn too: that nothing was written is a finding. A check is a record of the kind "log_check"; marks
// count in appraisal (worklog.h: LogFigures).
#pragma once
#include <string>
#include <vector>

#include "workbench/worklog.h"

namespace guanhu::workbench {

inline constexpr const char* kLogCheck = "log_check";
inline constexpr size_t kMostDrawn = 200;

struct Candidate {
  std::string staff;
  base::Date day;
  int64_t log = 0;  // 0: nothing was written
  bool late = false;
};
// `n` of them in the order of the digests of "SEED|STAFF|DAY" (SHA-256): the same seed and candidates always draw
// the same ones, whatever order they come in.
std::vector<Candidate> drawn(std::vector<Candidate> of, const std::string& seed, size_t n);
// Of the candidates, in the order of staff and day: what the draw was made from can be held against it.
std::string digest_of(const std::vector<Candidate>& of);

struct Drawn {
  Candidate what;
  std::string level, reason, at, by;
  std::optional<base::Decimal> mark;
};
struct LogCheck {
  records::Record record;  // owner: who checks; state "open", "done"
  base::Date first, last;
  int64_t population = 0;
  std::string seed, digest;
  std::vector<Drawn> drawn;
};
LogCheck check_of(const records::Record& record);

struct CheckAsk {
  std::string owner, org, title;
  base::Date first, last;
  std::vector<Candidate> candidates;
  std::string seed;  // 1 to 100 characters
  size_t n = 0;
};
// Refused: check.seed, check.n (0, above 200), check.none (nothing to draw from).
base::Result<LogCheck> make_check(store::Session& session, const CheckAsk& ask, const records::Doing& doing);
// One of those drawn is marked, or marked again. Refused: check.drawn (it was not), log.level, check.level (a
// day without a log takes the word for that, a log any other), check.reason, check.state (it is closed).
base::Result<LogCheck> mark_drawn(store::Session& session, const WorkRules& rules, int64_t id, int64_t version,
                                  const std::string& staff, base::Date day, const std::string& level,
                                  const std::string& reason, const records::Doing& doing);
// Refused: check.open (some have no mark yet).
base::Result<LogCheck> close_check(store::Session& session, int64_t id, int64_t version,
                                   const records::Doing& doing);

}  // namespace guanhu::workbench
