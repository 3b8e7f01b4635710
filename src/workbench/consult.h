// What a customer asks or cannot get done (客户咨询, 服务问题, 办理): a log with a day to come back to him, which
// department helps, papers and risks that were missing and are completed. Kind "consult".
//
//   open -> helped (the department has answered) -> closed (the customer was told);  open -> closed
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workbench/suggestion.h"

namespace guanhu::workbench {

inline constexpr const char* kConsult = "consult";

struct MissingPoint {
  std::string what;  // a paper, a difficult point, a risk
  std::string kind;  // "paper", "difficult", "risk"
  bool done = false;
};
struct Consult {
  records::Record record;  // owner; customer or "" with `who`; day: asked; until: to come back by
  std::string kind;        // "question", "problem", "handling"
  std::string who, text, answer;
  int64_t product = 0;
  std::string help_org, help_person;  // "" nobody is asked
  std::vector<MissingPoint> missing;
  std::vector<AdviceSaid> said;
};
Consult consult_of(const records::Record& record);

// A new one, or an open one changed: text, answer, who helps, what is missing. Refused: consult.kind,
// consult.text, consult.who (neither customer nor name), consult.days (until before day), consult.missing (a point
// without words, more than 60), consult.help (a problem that nobody is asked to solve), consult.state.
base::Result<Consult> save_consult(store::Session& session, const Consult& ask, const records::Doing& doing);
// what: "help" (the department answers), "told" (closes; the customer was told), "add". Refused: consult.state,
// suggestion.words, consult.missing (closed while something is missing).
base::Result<Consult> consult_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                   const records::Doing& doing);

}  // namespace guanhu::workbench
