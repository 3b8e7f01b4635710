// Leads (线索): somebody or something that may become business, from whom the bank heard of it, what came of it. A
// lead is about a customer, a prospective one (intake_prospect.h) or a mere name with a phone; it has a stage, an
// owner, a next step with its day, and the contacts that were made. Stages and their order are a pack's
// (policies/customer-marketing); whoever calls has asked it.
//
// A record of kind "lead" with versions; its state is the stage. What is counted and searched for duplicates has a
// row of its own beside it (table leads), written in the same transaction. Phones lie sealed.
//
// MKT-614, MKT-632, MKT-639, MKT-012, MKT-309, MKT-606, MKT-653
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/money.h"
#include "records/records.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::customers {

// Leads, contacts, refusals of contact, referrals, campaigns with their lines.
std::span<const store::Migration> lead_migrations();

inline constexpr const char* kLeadKind = "lead";
inline constexpr const char* kContactKind = "marketing_contact";  // parent: the lead or the campaign

// What a won lead became: a customer, an account or a loan of the feed.
struct LeadDeal {
  std::string kind, object, customer;  // "customer", "account", "loan"; its id; whose it is
  base::Fen amount = 0;
};

// Whom a lead is worked on with: a department of the parent company, a branch of it, a partner. MKT-606, MKT-612
struct LeadPartner {
  std::string kind, name;  // kind: of the pack's list
};

struct Lead {
  // Who: one of customer, prospect, or only the name.
  std::string name, customer;
  int64_t prospect = 0;
  std::string contact, department, phone;  // phone: sealed
  std::string source, met_at;              // met_at: at which event (MKT-619)
  std::optional<bool> follow_up;           // of who was met at an event
  std::string recommender;                 // the customer who recommended (MKT-615)
  std::string product, note, quality;      // quality: what is thought of the customer
  std::string judged;                      // the pack's word for it, "" nobody judged yet (MKT-653)
  // The scheme of marketing and the three things it depends on (MKT-309).
  std::string scale, complexity, industry, scheme;
  std::vector<LeadPartner> partners;
  base::Fen amount = 0;  // expected
  int64_t campaign = 0;  // that brought it, 0: none
  std::string next_step;
  std::optional<base::Date> next_day;
  std::string letter_at;  // moment at which a first letter went out (MKT-618); "" none
  // What happens to it, never what a writer sends.
  std::string assigned_by, assigned_at, returned_why, lost_why;
  std::optional<base::Date> assigned_on, contacted_on, closed_on;
  std::string call_by;  // after a letter: "2026-01-05T11:20:00" of the bank's clock, "" no call is due
  std::optional<base::Date> contact_by;  // the first contact after it was given to somebody
  bool accepted = false;
  int64_t contacts = 0;
  std::vector<std::string> stages;  // it was in, in order, each once
  std::optional<LeadDeal> deal;
};
Lead lead_of(const records::Record& record);
// The part that people write, of an API body; `phone` stays in the clear. Money as decimal yuan.
Lead lead_of(const base::Json& body);
base::Json to_json(const Lead& lead);

struct LeadStep {
  int64_t id = 0, version = 0;
  std::string stage;  // that it is in from now on
  std::string why = {};
  std::optional<base::Date> contact_by = {};  // of one that is given to somebody
  std::optional<Lead> written = {};           // of a move: judgement and scheme that were written with it
};

// Refused: lead.who (no name), lead.source, lead.amount (below 0), lead.next (a step without its day, a day
// without its step, a day before `received`), lead.letter; and as records::write.
struct NewLead {
  Lead lead;
  std::string owner, org, stage;
  base::Date received;
};
base::Result<records::Record> note_lead(store::Session& session, const NewLead& asked,
                                        const records::Doing& doing);
// What people write of it, the rest stays. Refused also: lead.closed.
base::Result<records::Record> change_lead(store::Session& session, const LeadStep& step, const Lead& lead,
                                          const records::Doing& doing);
// To a member of staff; who has it already, and accepted it, keeps it accepted.
base::Result<records::Record> assign_lead(store::Session& session, const LeadStep& step, const std::string& staff,
                                          const std::string& org, base::Date today, const records::Doing& doing);
// Refused also: lead.accepted (was already).
base::Result<records::Record> accept_lead(store::Session& session, const LeadStep& step,
                                          const records::Doing& doing);
// Back to who distributes: given back with a reason, or fallen back untouched.
base::Result<records::Record> return_lead(store::Session& session, const LeadStep& step, const std::string& action,
                                          const records::Doing& doing);
// To another stage; a lost one needs its reason (lead.reason), a won one what it became (lead.deal).
enum class LeadEnd { open, won, lost };
base::Result<records::Record> move_lead(store::Session& session, const LeadStep& step, LeadEnd end,
                                        const std::optional<LeadDeal>& deal, base::Date today,
                                        const records::Doing& doing);

// ------------------------------------------------------------------------------------- contacts

// MKT-635: every contact says its channel.
struct Contact {
  int64_t lead = 0, campaign = 0;
  std::string customer, name;  // name: of whom, for the title
  std::string channel, department, outcome, text;
  std::string partner;  // together with whom (MKT-606), "" nobody
  std::string next_step;
  std::optional<base::Date> next_day;
  base::Date day;
  std::string owner, org;
  // As the pack says of the outcome.
  bool reached = false, interested = false, refused = false, finance_phone = false;
};
// Refused: contact.day (after `today`), contact.text; lead.next. With a lead: its stage, last contact and next
// step with it. With a campaign: its line too (campaign.h).
base::Result<records::Record> record_contact(store::Session& session, const Contact& contact,
                                             const std::optional<LeadStep>& lead, base::Date today,
                                             const records::Doing& doing);
std::vector<records::Record> contacts_of(store::Session& session, int64_t parent);  // newest first
struct ContactCount {
  std::string owner, org, channel, outcome;
  base::Date day;
  bool reached = false, interested = false, finance_phone = false;
  int64_t lead = 0, campaign = 0;
};
std::vector<ContactCount> contact_counts(store::Session& session, base::Date from, base::Date to);
// The last day on which somebody talked with each of these customers.
std::vector<std::pair<std::string, base::Date>> last_contacts(store::Session& session);

// A customer who does not want to be contacted; lifted when he says otherwise.
struct NoContact {
  std::string customer, why, at, by;
};
std::vector<NoContact> no_contacts(store::Session& session);
std::optional<NoContact> no_contact(store::Session& session, const std::string& customer);
// Refused: contact.reason, contact.same. `also` gets the action "contact.refused" or "contact.allowed".
base::Status keep_no_contact(store::Session& session, const std::string& customer, bool refused,
                             const std::string& why, const std::string& login, base::Instant at,
                             const std::function<void(const std::string& action)>& also);

// ------------------------------------------------------------------------------------- counted

// The row of a lead that is not removed.
struct LeadRow {
  int64_t id = 0, version = 0, prospect = 0, campaign = 0, contacts = 0;
  std::string stage, owner, org, source, product, name, customer, recommender, made_by;
  std::vector<std::string> stages;
  base::Fen amount = 0, won_amount = 0;
  base::Date received;
  std::optional<base::Date> assigned_on, contacted_on, next_day, closed_on, contact_by;
  std::string call_by;
  bool accepted = false, won = false, lost = false;
};
std::vector<LeadRow> lead_rows(store::Session& session);

// Open leads about the same: by customer, prospect, phone (any of its stored forms) or name without its blanks.
struct SameLead {
  int64_t id = 0;
  std::string by;  // "customer", "prospect", "phone", "name"
};
std::vector<SameLead> same_leads(store::Session& session, const Lead& asked,
                                 const std::vector<std::string>& phone_forms, int64_t but = 0);

// ------------------------------------------------------------------------------------- referrals

// MKT-650: one hands a lead to another, who accepts; when it is won both have credit.
struct Referral {
  int64_t id = 0, lead = 0;
  std::string from, to, note;
  std::string state;  // asked, accepted, declined, won, lost
  std::string asked_at, asked_by, answer, answered_at;
  int32_t share = 0;  // of 10,000, of who referred; when won
  std::optional<base::Date> won_on;
  int64_t entry = 0;  // of the register of assignments, where the share was proposed; 0: none
};
// Refused: referral.self (to oneself), referral.open (one is open for the lead), referral.note. The caller knows
// that the lead is the asker's.
base::Result<Referral> ask_referral(store::Session& session, const Referral& asked, base::Instant at,
                                    const std::function<void(const Referral&)>& also);
// Accepting gives the lead its new owner. Refused: referral.unknown, referral.state, referral.note (declined
// without a word); and as assign_lead.
base::Result<Referral> answer_referral(store::Session& session, int64_t id, bool accept, const std::string& note,
                                       const std::string& org, base::Date today, const records::Doing& doing);
// When the lead was closed; inside a transaction. `share`: of who referred.
void settle_referral(store::Session& session, int64_t lead, bool won, int32_t share, base::Date day,
                     int64_t entry);
base::Result<Referral> referral(store::Session& session, int64_t id);
std::optional<Referral> referral_of(store::Session& session, int64_t lead);  // the last one
std::vector<Referral> referrals(store::Session& session);                    // newest first

}  // namespace guanhu::customers
