// Leads: the list, one with all of it, who is the same already, what became of them. What is written:
// lead_steps.cc.
#include <algorithm>

#include "api/customer_facts.h"
#include "api/lead_desk.h"
#include "api/policy_reading.h"
#include "base/json_member.h"
#include "customers/intake_prospect.h"
#include "customers/need_pass.h"
#include "feel/json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::LeadRow;
using people::Permission;
using records::Record;

namespace {

constexpr size_t kMostRows = 5'000;  // of a list: the newest

std::optional<Date> day_asked(const Call& call, const char* name) {
  auto text = call.get(name);
  return text ? Date::parse(*text) : std::nullopt;
}

Outcome show_rules(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  return Answer{desk.rules().json()};
}

// Whose: mine, those that nobody has (pool), of all in reach (team).
bool wanted(LeadDesk& desk, const Call& call, const Record& of) {
  const std::string whose = call.get("whose").value_or("mine");
  if (whose == "mine") return desk.own(of.owner) || (of.owner.empty() && of.made_by == desk.login());
  if (whose == "pool") return of.owner.empty() && desk.reaches(Permission::lead_assign, of);
  return desk.sees_lead(of);
}

Outcome list_leads(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  records::Filter filter;
  filter.kinds = {customers::kLeadKind}, filter.limit = kMostRows;
  filter.customer = call.get("customer").value_or("");
  if (auto stage = call.get("stage")) filter.states = {*stage};
  if (auto owner = call.get("owner")) filter.owners = {*owner};
  if (auto org = call.get("org")) filter.orgs = desk.directory().subtree(*org);
  const std::string only = call.get("only").value_or("");
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter)) {
    const auto lead = customers::lead_of(one);
    if ((only == "open" || only == "late") && lead.closed_on) continue;
    if (auto source = call.get("source"); source && *source != lead.source) continue;
    if (auto campaign = call.get("campaign"); campaign && *campaign != std::to_string(lead.campaign)) continue;
    if (!wanted(desk, call, one)) continue;
    Json item = desk.item(one);
    const bool late = *item.find("late")->as_bool() || text_in(item, "standing") != "正常";
    if (only == "late" && !late) continue;
    items.push_back(std::move(item));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome show_lead(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto found = desk.lead(call.part("id"));
  if (!found) return not_found();
  return Answer{desk.whole(*found)};
}

// ---------------------------------------------------------------------------- who is the same

// Of leads out of reach: that there is one, and whose.
Json same_lead_json(LeadDesk& desk, const customers::SameLead& one) {
  auto found = records::record(desk.store(), customers::kLeadKind, one.id);
  if (!found.ok()) return {};
  const bool sees = desk.sees_lead(*found);
  return JsonObject{{"kind", "lead"},
                    {"by", one.by},
                    {"id", sees ? Json(std::to_string(one.id)) : Json()},
                    {"name", found->title},
                    {"stage", found->state},
                    {"owner_name", found->owner.empty() ? "" : desk.name_of(found->owner)}};
}

Json same_customer_json(LeadDesk& desk, const std::string& id, const char* by) {
  return JsonObject{{"kind", "customer"},
                    {"by", by},
                    {"id", desk.sees_customer(desk.merges().canonical(id)) ? Json(id) : Json()},
                    {"name", desk.customer_name(id)},
                    {"stage", ""},
                    {"owner_name", ""}};
}

}  // namespace

JsonArray same_as(LeadDesk& desk, const customers::Lead& asked, int64_t but) {
  JsonArray out;
  const auto& key = desk.services().bank().personal_key();
  const auto forms = asked.phone.empty() ? std::vector<std::string>{} : key.stored_forms(asked.phone);
  for (const auto& one : customers::same_leads(desk.store(), asked, forms, but))
    out.push_back(same_lead_json(desk, one));
  if (!asked.customer.empty() || asked.prospect) return out;
  std::set<std::string> said;
  if (!asked.phone.empty()) {
    for (const auto& id : customers_by_number(desk.db(), key, asked.phone))
      if (said.insert(id).second) out.push_back(same_customer_json(desk, id, "phone"));
    if (int64_t prospect = customers::prospect_with(desk.store(), key, "", asked.phone))
      if (auto found = records::record(desk.store(), customers::kProspectKind, prospect); found.ok())
        out.push_back(JsonObject{
            {"kind", "prospect"},
            {"by", "phone"},
            {"id", desk.reaches(Permission::customer_read, *found) ? Json(std::to_string(prospect)) : Json()},
            {"name", found->title},
            {"stage", ""},
            {"owner_name", desk.name_of(found->owner)}});
  }
  const auto& all = desk.facts().customers;
  for (size_t at = 0; all && at < all->size() && out.size() < 10; ++at)
    if (all->at(at).name == asked.name && said.insert(std::string(all->at(at).id)).second)
      out.push_back(same_customer_json(desk, std::string(all->at(at).id), "name"));
  return out;
}

namespace {

Outcome duplicates(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  customers::Lead asked = customers::lead_of(call.body);
  return Answer{JsonObject{{"items", same_as(desk, asked, 0)}}};
}

// ---------------------------------------------------------------------------- the funnel

struct Tally {
  int64_t count = 0, won = 0, lost = 0;
  base::Fen amount = 0, won_amount = 0;
  void add(const LeadRow& row) {
    ++count, amount += row.amount;
    if (row.won) ++won, won_amount += row.won_amount;
    if (row.lost) ++lost;
  }
  JsonObject json() const {
    Json rate;
    if (won + lost)
      rate = base::Decimal::divide(base::Decimal(won), base::Decimal(won + lost))
                 ->round(4, base::Rounding::half_up)
                 .str();
    return {{"count", count}, {"amount", base::format_fen(amount)},
            {"won", won},     {"won_amount", base::format_fen(won_amount)},
            {"lost", lost},   {"success", rate}};
  }
};

JsonArray tallies_json(const std::map<std::string, Tally>& all,
                       const std::function<std::string(const std::string&)>& name) {
  JsonArray out;
  for (const auto& [key, tally] : all) {
    JsonObject one = tally.json();
    one.emplace(one.begin(), "name", name(key));
    one.emplace(one.begin(), "key", key);
    out.push_back(std::move(one));
  }
  return out;
}

// MKT-620: of cold calls won to visits made, as the other pack reckons.
Json visit_success(LeadDesk& desk, int64_t visits, int64_t won) {
  auto pack = desk.services().packs().on("hk-h-bank-practice", desk.today());
  if (!pack.ok()) return {};
  auto said = policy::decide(**pack, "visit-success",
                             JsonObject{{"拜访数", visits}, {"成功数", std::min(won, visits)}}, desk.today());
  if (!said.ok()) return {};
  const Json rate = feel::to_json(said->result);
  return rate.as_number() ? Json(rate.as_number()->round(4, base::Rounding::half_up).str()) : Json();
}

bool row_in_reach(LeadDesk& desk, const LeadRow& row) {
  return desk.reaches(Permission::lead_read, row.owner, row.org) || row.made_by == desk.login();
}

// How far each came: a lead counts in every stage it was in.
JsonArray stages_json(LeadDesk& desk, const std::vector<LeadRow>& rows) {
  JsonArray out;
  for (const auto& stage : desk.rules().words("线索阶段")) {
    int64_t now = 0, reached = 0;
    base::Fen amount = 0;
    for (const auto& row : rows) {
      if (row.stage == stage) ++now, amount += row.amount;
      if (std::find(row.stages.begin(), row.stages.end(), stage) != row.stages.end()) ++reached;
    }
    out.push_back(
        JsonObject{{"stage", stage}, {"now", now}, {"reached", reached}, {"amount", base::format_fen(amount)}});
  }
  return out;
}

JsonObject contact_tally(LeadDesk& desk, const std::vector<customers::ContactCount>& all) {
  std::map<std::string, int64_t> channels, outcomes;
  int64_t count = 0, finance = 0, reached = 0;
  for (const auto& one : all) {
    if (!desk.reaches(Permission::lead_read, one.owner, one.org)) continue;
    ++count, finance += one.finance_phone, reached += one.reached;
    ++channels[one.channel], ++outcomes[one.outcome];
  }
  auto list = [](const std::map<std::string, int64_t>& of) {
    JsonArray out;
    for (const auto& [name, n] : of) out.push_back(JsonObject{{"name", name}, {"count", n}});
    return out;
  };
  return {{"count", count},
          {"reached", reached},
          {"finance_phone", finance},
          {"channels", list(channels)},
          {"outcomes", list(outcomes)}};
}

// MKT-641: what the other pack says of managers in reach: calls outside and inside, leads won, products known,
// customers a head. Whether results of appraisal are missing is asked on the page of runs.
Json self_check(LeadDesk& desk, const std::vector<customers::ContactCount>& contacts, const Tally& whole) {
  auto pack = desk.services().packs().on("rm-team-paper", desk.today());
  if (!pack.ok()) return {};
  int64_t outside = 0, inside = 0, people = 0;
  for (const auto& one : contacts) {
    if (!desk.reaches(Permission::lead_read, one.owner, one.org)) continue;
    outside += one.channel == "上门", inside += one.channel == "网点";
  }
  std::set<std::pair<std::string, std::string>> known;
  std::set<std::string> all;
  for (const auto& staff : desk.directory().staff())
    if (staff.position == "manager" && people::Directory::in_post(staff, desk.today()) &&
        desk.reaches(Permission::lead_read, staff.id, staff.org))
      ++people, all.insert(staff.id);
  records::Filter filter;
  filter.kinds = {customers::kKnowledgeKind}, filter.limit = 20'000;
  for (const Record& one : records::list(desk.store(), filter))
    if (all.contains(one.owner)) known.emplace(one.owner, one.title);
  JsonObject input = {{"外出拜访次数", outside}, {"到店接待次数", inside}};
  auto rate = [&](const char* name, int64_t part, int64_t of) {
    if (auto value = base::Decimal::divide(base::Decimal(part), base::Decimal(of)))
      input.emplace_back(name, *value);
  };
  rate("成交率", whole.won, whole.won + whole.lost);
  const auto products = static_cast<int64_t>(desk.rules().words("营销产品").size()) * people;
  rate("产品熟悉率", std::min(static_cast<int64_t>(known.size()), products), products);
  const auto reached =
      desk.facts().customers_in(desk.call().login(), desk.scope(Permission::customer_read), desk.db());
  rate("人均管户", reached ? static_cast<int64_t>(reached->size()) : 0, people);
  auto said = policy::decide(**pack, "self-check", input, desk.today());
  if (!said.ok()) return {};
  JsonArray out;
  const Json result = feel::to_json(said->result);
  if (const Json* five = result.find("五样"); five && five->as_array())
    for (const Json& one : *five->as_array())
      out.push_back(JsonObject{{"name", text_in(one, "项")}, {"state", text_in(one, "结论")}});
  return out;
}

Outcome funnel(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  const Date to = day_asked(call, "to").value_or(desk.today()), from = day_asked(call, "from").value_or(to - 364);
  std::vector<LeadRow> rows;
  std::map<std::string, Tally> sources, owners, products;
  Tally whole;
  int64_t cold_won = 0;
  std::set<int64_t> cold;
  for (auto& row : customers::lead_rows(desk.store())) {
    if (row.received < from || to < row.received || !row_in_reach(desk, row)) continue;
    if (auto org = call.get("org")) {
      const auto below = desk.directory().subtree(*org);
      if (std::find(below.begin(), below.end(), row.org) == below.end()) continue;
    }
    whole.add(row), sources[row.source].add(row), owners[row.owner].add(row);
    if (!row.product.empty()) products[row.product].add(row);
    if (row.source == "陌生拜访") cold.insert(row.id), cold_won += row.won;
    rows.push_back(std::move(row));
  }
  const auto contacts = customers::contact_counts(desk.store(), from, to);
  const int64_t cold_visits = std::count_if(contacts.begin(), contacts.end(), [&](const auto& one) {
    return one.channel == "上门" && cold.contains(one.lead);
  });
  auto same = [](const std::string& key) { return key; };
  return Answer{JsonObject{
      {"from", from.str()},
      {"to", to.str()},
      {"whole", whole.json()},
      {"stages", stages_json(desk, rows)},
      {"sources", tallies_json(sources, same)},
      {"products", tallies_json(products, same)},
      {"owners", tallies_json(owners, [&](const auto& key) { return key.empty() ? "" : desk.name_of(key); })},
      {"cold_call",
       JsonObject{
           {"visits", cold_visits}, {"won", cold_won}, {"success", visit_success(desk, cold_visits, cold_won)}}},
      {"self_check", self_check(desk, contacts, whole)},
      {"contacts", contact_tally(desk, contacts)}}};
}

bool sees_lead_record(Desk& desk, const Record& of) {
  LeadDesk leads(desk.services(), desk.call());
  return leads.sees_lead(of);
}
bool sees_contact(Desk& desk, const Record& of) {
  if (desk.own(of.owner) || desk.reaches(Permission::lead_read, of)) return true;
  auto parent = records::record(desk.store(), of.parent);
  return parent.ok() && parent->kind == customers::kLeadKind && sees_lead_record(desk, *parent);
}

Table reading() {
  const SchemaRef near = nullable(date());
  return {
      {.method = "GET",
       .path = "/lead-rules",
       .summary = "sources, stages and their moves, channels, outcomes, products, as the pack has them today",
       .permission = Permission::lead_read,
       .output = ref("LeadRules"),
       .handler = show_rules},
      {.method = "GET",
       .path = "/leads",
       .summary = "leads, the newest first: one's own, those nobody has, or all in reach",
       .permission = Permission::lead_read,
       .parameters = {{"whose", choice({"mine", "pool", "team"})},
                      {"only", choice({"open", "late"}), false, "late: a next step gone by, or untouched"},
                      {"stage", text(60)},
                      {"source", text(60)},
                      {"customer", text(100)},
                      {"campaign", text(20)},
                      {"owner", text(100), false, "staff number"},
                      {"org", text(100), false, "with everything below it"}},
       .output = list_of("LeadItem", {{"today", date()}}),
       .handler = list_leads,
       .list = true,
       .whole = true,
       .searched = {"name", "contact", "product", "owner_name", "source", "next_step"}},
      {.method = "GET",
       .path = "/leads/{id}",
       .summary = "one lead with its contacts and referral",
       .permission = Permission::lead_read,
       .output = ref("Lead"),
       .handler = show_lead},
      {.method = "POST",
       .path = "/leads/duplicates",
       .summary = "leads, customers and prospects that look the same",
       .permission = Permission::lead_write,
       .input = optional(
           object({{"name", text(600)}, {"customer", text(100)}, {"prospect", integer()}, {"phone", text(40)}}),
           {"name", "customer", "prospect", "phone"}),
       .output = object({{"items", list(ref("LeadSame"))}}),
       .handler = duplicates},
      {.method = "GET",
       .path = "/lead-funnel",
       .summary = "how far the leads of a span came: by stage, source, product, owner; contacts by channel",
       .permission = Permission::lead_read,
       .parameters = {{"from", date()}, {"to", date()}, {"org", text(100), false, "with everything below it"}},
       .output = ref("LeadFunnel"),
       .handler = funnel}};
}

}  // namespace

std::vector<RecordKind> lead_kinds() {
  const auto own = [](const char* kind, const char* title, const char* page) {
    return RecordKind{.kind = kind, .title = title, .page = page, .read = Permission::lead_read};
  };
  return {{.kind = customers::kLeadKind,
           .title = "线索",
           .page = "/leads/{id}",
           .read = Permission::lead_read,
           .sees = sees_lead_record},
          {.kind = customers::kContactKind,
           .title = "营销联系",
           .page = "/leads?contact={id}",
           .read = Permission::lead_read,
           .sees = sees_contact},
          {.kind = customers::kPassKind,
           .title = "需求传递",
           .page = "/leads/passes?id={id}",
           .read = Permission::lead_read,
           .sees = sees_pass},
          own(customers::kCampaignKind, "营销活动", "/campaigns/{id}"),
          own(customers::kProductKind, "产品登记", "/customers/{customer}"),
          own(customers::kNeedKind, "客户需求", "/customers/{customer}"),
          own(customers::kKnowledgeKind, "产品知识", "/leads")};
}

Table lead_endpoints() {
  Table out = reading();
  for (auto make : {lead_step_endpoints, lead_referral_endpoints, lead_campaign_endpoints, lead_product_endpoints,
                    lead_queue_endpoints, lead_pass_endpoints, lead_customer_endpoints}) {
    Table more = make();
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace guanhu::api
