// 协作请求: a manager, who stands for the bank before the customer, asks a department for help; a question about a
// customer goes to whoever serves it. Answered by who was asked, rated by who asked. A record of kind
// "service_request": asked -> answered -> rated; asked -> withdrawn. Until when an answer is due and which mark
// needs a reason is the pack's (policies/house-posts).
//
// ORG-645 CUS-610 CUS-316 PLN-301
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "policy/pack.h"
#include "records/records.h"
#include "workbench/calendar.h"

namespace guanhu::workbench {

inline constexpr const char* kServiceKind = "service_request";
inline constexpr const char* kPostsPack = "house-posts";

struct ServiceRequest {
  records::Record record;  // owner: who asks; org: who is asked; until: the day an answer is due
  std::string to;          // a member of staff, where the customer's manager is asked; "": anybody of the org
  std::string text;
  std::string answer, answered_by;
  std::optional<base::Date> answered_on;
  int64_t score = 0;  // 1 to 5; 0: not rated
  std::string reason;
};
ServiceRequest service_of(const records::Record& record);

struct ServiceAsk {
  std::string owner, org, to, customer, title, text;
  base::Date day;
};

class ServiceRules {
 public:
  // Both must outlive it.
  ServiceRules(const policy::Pack& pack, const BusinessCalendar& calendar, base::Date on)
      : pack_(pack), calendar_(calendar), on_(on) {}
  base::Result<base::Date> due(base::Date asked) const;
  // Refused: service.answer (what is wrong, all of it).
  base::Status may_answer(const ServiceRequest& of, bool own, bool asked, const std::string& text) const;
  // Refused: service.rate.
  base::Status may_rate(const ServiceRequest& of, bool own, int64_t score, const std::string& reason) const;

 private:
  base::Status gate(const char* decision, base::JsonObject input, const char* code) const;
  const policy::Pack& pack_;
  const BusinessCalendar& calendar_;
  base::Date on_;
};

// Refused: service.title, service.text (empty), and what records::write refuses.
base::Result<ServiceRequest> ask_service(store::Session& session, const ServiceAsk& ask, base::Date due,
                                         const records::Doing& doing);
// After the rules let it pass; `version`: the one the writer saw.
base::Result<ServiceRequest> answer_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                            const std::string& by, const std::string& text, base::Date on,
                                            const records::Doing& doing);
base::Result<ServiceRequest> rate_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                          int64_t score, const std::string& reason, const records::Doing& doing);
// Before it was answered. Refused: service.state.
base::Result<ServiceRequest> withdraw_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                              const std::string& reason, const records::Doing& doing);

}  // namespace guanhu::workbench
