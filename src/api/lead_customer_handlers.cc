// What the bank did about one customer in marketing, for his page: leads, contacts, campaigns he is on the list
// of, what he asked, what was passed on. Each as far as the reader sees it.
#include <algorithm>

#include "api/intake_desk.h"
#include "api/lead_desk.h"
#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "base/json_member.h"
#include "customers/need_pass.h"
#include "feel/json.h"
#include "workbench/consult.h"
#include "workbench/product.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

std::vector<Record> of_kind(LeadDesk& desk, const std::vector<std::string>& members, const char* kind) {
  records::Filter filter;
  filter.kinds = {kind};
  std::vector<Record> out;
  for (const auto& id : members) {
    filter.customer = id;
    for (Record& one : records::list(desk.store(), filter))
      if (desk.sees(one)) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Record& a, const Record& b) { return b.day < a.day; });
  return out;
}

JsonArray contacts_json(LeadDesk& desk, const std::vector<std::string>& members) {
  JsonArray out;
  for (const Record& one : of_kind(desk, members, customers::kContactKind)) {
    const Json* campaign = one.body.find("campaign");
    const bool listed = campaign && campaign->as_number() && campaign->as_number()->to_int64().value_or(0) != 0;
    out.push_back(JsonObject{{"id", one.id},
                             {"day", one.day->str()},
                             {"owner_name", desk.name_of(one.owner)},
                             {"channel", text_in(one.body, "channel")},
                             {"outcome", text_in(one.body, "outcome")},
                             {"text", text_in(one.body, "text")},
                             {"page", (listed ? "/campaigns/" : "/leads/") + std::to_string(one.parent)}});
  }
  return out;
}

// A line is seen by who is to contact the customer and by who reaches him with lead.read; a campaign that is still
// being made by nobody here.
JsonArray campaigns_json(LeadDesk& desk, const std::vector<std::string>& members) {
  records::Filter filter;
  filter.kinds = {customers::kCampaignKind}, filter.states = {"running", "closed"};
  JsonArray out;
  for (const Record& one : records::list(desk.store(), filter))
    for (const auto& id : members) {
      auto line = customers::campaign_line(desk.store(), one.id, id);
      if (!line || !(desk.own(line->staff) || desk.reaches(Permission::lead_read, line->staff, line->org)))
        continue;
      JsonArray reasons;
      for (const auto& why : line->reasons) reasons.emplace_back(why);
      out.push_back(JsonObject{{"id", one.id},
                               {"title", one.title},
                               {"state", one.state},
                               {"line", line->state},
                               {"reasons", std::move(reasons)},
                               {"staff_name", line->staff.empty() ? "" : desk.name_of(line->staff)},
                               {"outcome", line->outcome},
                               {"contacted_on", maybe_day(line->contacted_on)}});
    }
  return out;
}

JsonArray consults_json(LeadDesk& desk, const std::vector<std::string>& members) {
  JsonArray out;
  for (const Record& one : of_kind(desk, members, workbench::kConsult))
    out.push_back(JsonObject{{"id", one.id},
                             {"title", one.title},
                             {"day", one.day->str()},
                             {"until", maybe_day(one.until)},
                             {"state", one.state},
                             {"owner_name", desk.name_of(one.owner)},
                             {"late", one.state != "closed" && one.until && *one.until < desk.today()},
                             {"page", "/knowledge?tab=questions&open=" + std::to_string(one.id)}});
  return out;
}

bool in_category(LeadDesk& desk, const std::vector<std::string>& members, const char* scheme, const char* word) {
  const auto history = customers::category_history(desk.store(), scheme, members);
  const auto now = customers::category_on(history, scheme, desk.today());
  return now && now->category == word;
}

Outcome marketing(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  const auto members = desk.merges().members(*id);
  JsonArray leads, passes;
  for (const Record& one : of_kind(desk, members, customers::kLeadKind)) leads.push_back(desk.item(one));
  for (const Record& one : of_kind(desk, members, customers::kPassKind)) passes.push_back(pass_json(desk, one));
  return Answer{JsonObject{{"today", desk.today().str()},
                           {"leads", std::move(leads)},
                           {"contacts", contacts_json(desk, members)},
                           {"campaigns", campaigns_json(desk, members)},
                           {"consults", consults_json(desk, members)},
                           {"passes", std::move(passes)},
                           {"preferred", desk.preferred(*id)},
                           {"key", in_category(desk, members, "key", "重点")},
                           {"may_pass", desk.can(Permission::lead_write)}}};
}

// MKT-655: what was answered before and what the products' cards say; what nobody knows goes to a person.
Outcome answers(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  const std::vector<std::string> kinds = {workbench::kConsult, workbench::kProduct};
  const auto sees = [&](const Record& one) {
    return (one.kind != workbench::kConsult || one.state == "closed") && desk.sees(one);
  };
  JsonArray items;
  for (const auto& hit : records::search(desk.store(), call.get("q").value_or(""), kinds, sees, 10)) {
    const bool question = hit.record.kind == workbench::kConsult;
    items.push_back(JsonObject{{"title", hit.record.title},
                               {"answer", question ? text_in(hit.record.body, "answer") : hit.excerpt},
                               {"kind_title", kind_title(hit.record.kind)},
                               {"page", page_of_record(hit.record)}});
  }
  std::string way = items.empty() ? "转人工" : "当场答";
  if (auto pack = s.packs().on("cmb-wechat-2013", desk.today()); pack.ok()) {
    auto said = policy::decide(**pack, "online-answer",
                               JsonObject{{"含私密信息", call.get("private").value_or("") == "yes"},
                                          {"找到几条", static_cast<int64_t>(items.size())}},
                               desk.today());
    if (!said.ok()) return refusal_of(said.error());
    if (const Json word = feel::to_json(said->result); word.as_string()) way = *word.as_string();
  }
  if (way == "到手机银行办") items.clear();  // what is private is not answered here
  return Answer{JsonObject{{"way", way}, {"items", std::move(items)}}};
}

}  // namespace

Table lead_customer_endpoints() {
  return {
      {.method = "GET",
       .path = "/customers/{id}/marketing",
       .summary = "leads, contacts, campaigns, questions, what was passed on: as far as the reader sees each",
       .permission = Permission::lead_read,
       .output = ref("CustomerMarketing"),
       .handler = marketing},
      {.method = "GET",
       .path = "/consult-answers",
       .summary = "what is known for a customer's question, and whether it is answered at once or by a person",
       .permission = Permission::suggestion_read,
       .parameters = {{"q", text(200), true}, {"private", choice({"yes", "no"}), false, "asks for private data"}},
       .output = object(
           {{"way", text()},
            {"items",
             list(object({{"title", text()}, {"answer", text()}, {"kind_title", text()}, {"page", text()}}))}}),
       .handler = answers}};
}

}  // namespace guanhu::api
