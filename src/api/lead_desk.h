// What handlers of leads, campaigns and recommendations share: what the pack says, a lead as JSON, who may do
// what.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/register_desk.h"
#include "customers/campaign.h"
#include "customers/campaign_facts.h"
#include "customers/lead.h"
#include "customers/lead_product.h"
#include "policy/decide.h"
#include "policy/pack.h"

namespace guanhu::api {

// The pack that says what leads are; a bank changes it by a version of its own.
inline constexpr const char* kMarketingPack = "customer-marketing";

// What the pack says on a day. A decision that refuses its input is the asker's error, at the input's field.
class LeadRules {
 public:
  // Refused: what the pack refuses, lead.rules (it says too little).
  static std::variant<LeadRules, Refusal> on(Services& services, base::Date day);

  const std::vector<std::string>& words(const char* type) const;  // of a type: "线索来源"; none: it has no such
  base::Result<policy::Answer> answer(const char* decision, const base::Json& input) const;
  base::Result<base::Json> ask(const char* decision, const base::Json& input) const;

  struct Move {
    bool allowed = false;
    std::string needs, kind;  // "无", "原因", "成交业务"; "在办", "成交", "未成"
  };
  Move move(const std::string& from, const std::string& to) const;
  std::string standing(const std::string& stage, int64_t idle) const;      // "正常", "催办", "收回"
  const std::string& first() const { return words("线索阶段").at(0); }     // received
  const std::string& assigned() const { return words("线索阶段").at(1); }  // given to somebody
  const std::string& contacted() const { return words("线索阶段").at(2); }
  const std::string& lost() const { return words("线索阶段").back(); }
  base::Json json() const;  // shape LeadRules

 private:
  std::shared_ptr<const policy::Pack> pack_;
  base::Date day_;
  mutable std::map<std::pair<std::string, std::string>, Move> moves_;
};

class LeadDesk : public RegisterDesk {
 public:
  LeadDesk(Services& services, const Call& call) : RegisterDesk(services, call) {}

  // Refused where the pack cannot be read.
  std::optional<Refusal> read_rules();
  const LeadRules& rules() const { return *rules_; }

  // The asker's, of whom he sees, noted by him, or referred by or to him.
  bool sees_lead(const records::Record& of);
  std::optional<records::Record> lead(const std::string& id);
  bool works_on(const records::Record& of) { return can(people::Permission::lead_write) && own(of.owner); }

  base::Json item(const records::Record& of);   // shape LeadItem
  base::Json whole(const records::Record& of);  // shape Lead
  base::Json contact_json(const records::Record& of);
  base::Json referral_json(const customers::Referral& of);
  base::JsonObject person_json(const std::string& staff) const;  // {"staff", "name"}
  int64_t idle_days(const customers::Lead& of) const;            // since it was given to somebody, untouched
  int64_t open_leads(const std::string& staff);
  // Who serves each customer today, the main manager first.
  std::map<std::string, std::string> managers(const std::vector<std::string>& customers);
  // Somebody the asker may give work to: in reach of the permission and in post.
  bool may_give(people::Permission permission, const std::string& staff);
  customers::KnownOf market(const std::vector<std::string>& canonical);
  // Who must not be contacted, and why it is known.
  std::map<std::string, std::string> refusals();
  // Selected as a good one (MKT-605); `customer`: canonical.
  bool preferred(const std::string& customer);
  // 法定节假日, 调休工作日 around today. Refused: calendar.line.
  base::Result<base::JsonObject> calendar();
  std::string local_now();  // "2026-01-05T11:20:00" by the bank's clock

 private:
  base::JsonArray may(const records::Record& of);
  base::Json letter_json(const customers::Lead& of);
  std::optional<LeadRules> rules_;
  std::optional<std::map<std::string, int64_t>> open_;
};

// Leads, customers and prospects that look like it: shape LeadSame. `phone` in the clear.
base::JsonArray same_as(LeadDesk& desk, const customers::Lead& asked, int64_t but);
// A contact of the body, with what the pack says of its outcome; the input of endpoints that take one.
std::variant<customers::Contact, Refusal> contact_of(LeadDesk& desk, const std::string& name);
SchemaRef contact_input(std::vector<std::pair<std::string, SchemaRef>> more);
Refusal lead_refusal(const base::Error& error);

// What is asked before a lead goes on: judgement, scheme, credit (MKT-309, MKT-653). Nothing: it may.
std::optional<Refusal> check_gate(LeadDesk& desk, const customers::Lead& lead, const std::string& to);
customers::Lead with_move(customers::Lead of, const customers::Lead& more);
// Words that are not the pack's, partners without a name; `partner`: of a contact (MKT-606).
std::optional<Refusal> check_lead_words(LeadDesk& desk, const customers::Lead& lead,
                                        const std::string& partner = "");
// Until when the call after a letter is due, by the business calendar (MKT-618); the first contact of today's.
void set_first_call(LeadDesk& desk, customers::Lead& lead);
std::optional<base::Date> first_contact_due(LeadDesk& desk);
// How the scheme of such a customer is done; null while the three things are not written. MKT-309
base::Json scheme_way(LeadDesk& desk, const customers::Lead& lead);
base::Json pass_json(LeadDesk& desk, const records::Record& of);  // shape NeedPass
bool sees_pass(Desk& desk, const records::Record& of);
Refusal at_member(const char* code, const std::string& message, const std::string& where, const std::string& hint);

// Parts of lead_endpoints().
Table lead_step_endpoints();
Table lead_referral_endpoints();
Table lead_campaign_endpoints();
Table lead_product_endpoints();
Table lead_queue_endpoints();
Table lead_pass_endpoints();
Table lead_customer_endpoints();
// Parts of lead_shapes().
void campaign_shapes(Schemas& out);
void product_shapes(Schemas& out);
void pass_shapes(Schemas& out);

}  // namespace guanhu::api
