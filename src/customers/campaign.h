// Marketing campaigns (营销活动): why, which product, when, whom, what to say; the list of customers that a
// condition on facts gave, frozen with the facts of its day; what came of each. MKT-654
//
// A record of kind "campaign": draft → proposed (the list is frozen) → running (another person agreed) → closed;
// given back it is a draft again, without a list. The lines lie in a table of their own (lead_schema.cc).
#pragma once
#include <string>
#include <vector>

#include "base/decimal.h"
#include "customers/lead.h"

namespace guanhu::customers {

inline constexpr const char* kCampaignKind = "campaign";

struct Campaign {
  std::string title, purpose, product, script, leaflet;  // leaflet: which printed matter goes with it
  std::string condition, success;  // FEEL over facts of customers; success over facts of then and now
  base::Decimal control;           // part of the list that nobody contacts, 0 to 1
  int64_t target = 0;              // customers with success that are aimed at
  base::Date from, to;
  std::vector<std::string> files;  // digests
  // What happens to it.
  std::string proposed_by, decided_by, decided_why, closing;
  std::optional<base::Date> frozen_on, business;  // business: the day of the facts
};
Campaign campaign_of(const base::Json& body);  // also of a stored record's body
base::Json to_json(const Campaign& campaign);

struct CampaignLine {
  std::string customer, name, staff, org;  // staff: who is to contact; "": nobody serves the customer
  std::string state;                       // open, done, control, excluded
  std::vector<std::string> reasons;        // of excluded ones
  base::Json facts;                        // an object: as they were when the list was frozen
  std::string channel, outcome;            // of the last contact
  std::optional<base::Date> contacted_on;
  int64_t contact = 0;
};

// id 0 makes a draft. Refused: campaign.title, campaign.purpose, campaign.condition, campaign.days (the end before
// the beginning), campaign.target (below 1), campaign.control, campaign.state (no draft); and as records::write.
struct CampaignWrite {
  int64_t id = 0, version = 0;
  Campaign campaign;
  std::string owner, org;
};
base::Result<records::Record> write_campaign(store::Session& session, const CampaignWrite& write,
                                             const records::Doing& doing);
// The list stands from now on. Refused: campaign.state, campaign.lines (nobody on it).
base::Result<records::Record> propose_campaign(store::Session& session, int64_t id, int64_t version,
                                               const std::vector<CampaignLine>& lines, base::Date today,
                                               base::Date business, const records::Doing& doing);
// By another than who wrote or proposed it. Refused: campaign.state, campaign.self, campaign.reason (not agreed
// without a word).
base::Result<records::Record> decide_campaign(store::Session& session, int64_t id, int64_t version, bool agree,
                                              const std::string& why, const records::Doing& doing);
// Refused: campaign.state, campaign.reason (what came of it is not said).
base::Result<records::Record> close_campaign(store::Session& session, int64_t id, int64_t version,
                                             const std::string& why, const records::Doing& doing);

std::vector<CampaignLine> campaign_lines(store::Session& session, int64_t campaign);
std::optional<CampaignLine> campaign_line(store::Session& session, int64_t campaign, const std::string& customer);
// Inside a transaction or not. Refused: campaign.line (not on the list, or nobody is to contact it).
base::Status hand_line(store::Session& session, int64_t campaign, const std::string& customer,
                       const std::string& staff, const std::string& org, const std::function<void()>& also);

// How many lines of running campaigns wait for each member of staff.
struct LinesWaiting {
  int64_t campaign = 0;
  std::string title, staff;
  int64_t open = 0;
  std::optional<base::Date> until;
};
std::vector<LinesWaiting> lines_waiting(store::Session& session);

// Who of the list nobody contacts: the same for the same campaign, whoever asks; `share` of 1.
bool in_control(int64_t campaign, const std::string& customer, const base::Decimal& share);

}  // namespace guanhu::customers
