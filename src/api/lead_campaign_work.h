// The work behind campaigns: the list that a condition gives, who is to contact whom, and what came of it by what
// the facts show.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "api/lead_condition.h"
#include "api/lead_desk.h"

namespace guanhu::api {

inline constexpr const char* kOpenLine = "open";

// Every customer in reach of campaign.manage that the condition holds for, with why some are left out.
std::vector<customers::CampaignLine> listed(LeadDesk& desk, const LeadCondition& condition);
// Who is to contact each: who serves the customer.
void spread(LeadDesk& desk, std::vector<customers::CampaignLine>& lines);
std::optional<Refusal> check_size(LeadDesk& desk, int64_t count, const base::Decimal& control);
base::JsonObject line_json(LeadDesk& desk, const customers::CampaignLine& of);
base::Json by_staff(LeadDesk& desk, const std::vector<customers::CampaignLine>& lines);

struct Success {
  int64_t lines = 0, contacted = 0, reached = 0, won = 0, won_contacted = 0, control = 0, control_won = 0;
};
// By the facts of the last day of the campaign, or of today's when it still runs; `winners`: customers.
Success success_of(LeadDesk& desk, const customers::Campaign& of,
                   const std::vector<customers::CampaignLine>& lines, std::set<std::string>& winners);
base::JsonObject success_json(LeadDesk& desk, const customers::Campaign& of, const Success& found);

}  // namespace guanhu::api
