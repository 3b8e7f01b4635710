// Concessions for a customer (通融): a manager asks for a lower fee or rate, a longer term, priority; within the
// power of his level it counts at once, beyond that somebody above decides. How much each level may concede is set
// by the bank, dated, by two people, and grows with the level. Kinds "favour" and "favour_powers"; what is summed
// stands in the table favours.
//
//   effective (within one's own power) | asked -> effective | refused | withdrawn;  effective -> ended
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "workbench/suggestion.h"

namespace guanhu::workbench {

inline constexpr const char* kFavour = "favour";
inline constexpr const char* kFavourPowers = "favour_powers";

// One level of people, from low to high.
struct FavourLevel {
  std::string name;
  std::vector<std::string> positions, grades;  // whom it is for: by grade where one is named, else by position
  base::Fen fen = 0;                           // for one customer in one quarter
};
struct FavourPowers {
  records::Record record;  // day: from which it counts; state "proposed", "set", "refused"
  std::vector<FavourLevel> levels;
  std::vector<AdviceSaid> said;
  // Nothing: the person is on no level.
  const FavourLevel* level_of(const std::string& position, const std::string& grade) const;
};
FavourPowers powers_of(const records::Record& record);
// Those that count on the day: set, the latest `day` up to it. Nothing: none are set.
std::optional<FavourPowers> powers_on(store::Session& session, base::Date day);
// Refused: favour.level (which; no name, nobody, two levels for the same people), favour.day (before `today`).
// Whether a higher level has more than a lower one is a decision of a pack (LIM-605), which the caller asks.
base::Result<FavourPowers> propose_powers(store::Session& session, const FavourPowers& ask, base::Date today,
                                          const records::Doing& doing);
// The second person. Refused: favour.same (who proposed it), favour.state, suggestion.words (a refusal without
// reason).
base::Result<FavourPowers> decide_powers(store::Session& session, int64_t id, int64_t version, bool agreed,
                                         const AdviceSaid& said, const records::Doing& doing);

struct Favour {
  records::Record record;  // owner: for whose customer; org; customer; day: asked; until: its last day
  std::string kind;        // "fee", "rate", "term", "priority", "other"
  std::string terms;       // what is conceded: "手续费减半"
  std::string reason;
  base::Fen fen = 0;               // what the bank gives up, estimated; 0: nothing
  std::string level;               // who settled it, or is asked: "own", "branch", "head"
  std::optional<base::Fen> power;  // of the owner when he asked; nothing: none
  base::Fen before = 0;            // conceded to the customer by him in the quarter until then
  std::string decided_by;          // person
  std::vector<AdviceSaid> said;
  std::vector<AdviceSaid> looks;  // second looks; what: "fine", "objection"
};
Favour favour_of(const records::Record& record);

// `level` "own": it counts at once. Refused: favour.kind, favour.terms, favour.reason, favour.amount (below 0, or
// beyond a hundred million yuan), favour.days (ends before it begins, longer than five years), favour.customer.
base::Result<Favour> ask_favour(store::Session& session, const Favour& ask, const std::vector<std::string>& files,
                                const records::Doing& doing);
// Refused: favour.state, favour.same (one's own), suggestion.words (a refusal without reason).
base::Result<Favour> decide_favour(store::Session& session, int64_t id, int64_t version, bool agreed,
                                   const AdviceSaid& said, const records::Doing& doing);
// what: "withdraw" (of what is asked), "end" (of what counts), "lift" (to the head office, of what is asked).
// Refused: favour.state, suggestion.words.
base::Result<Favour> favour_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                 const records::Doing& doing);
// The second look of who checks afterwards. Refused: favour.state (only asked, refused, withdrawn),
// suggestion.words.
base::Result<Favour> look_at_favour(store::Session& session, int64_t id, const AdviceSaid& said,
                                    const records::Doing& doing);

// What counts of the customer in the span, conceded by the person ("": anybody), but not `but`.
base::Fen conceded(store::Session& session, const std::string& staff, const std::string& customer,
                   base::Date first, base::Date last, int64_t but = 0);
struct FavourTotal {
  std::string staff, customer;
  int64_t asked = 0, settled_near = 0, refused = 0;  // all; by the manager or his branch; refused
  int64_t effective = 0;
  base::Fen fen = 0;  // of those that count
};
// By person and customer, of those asked in the span.
std::vector<FavourTotal> favour_totals(store::Session& session, base::Date first, base::Date last);

}  // namespace guanhu::workbench
