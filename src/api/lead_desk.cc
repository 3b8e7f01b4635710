#include "api/lead_desk.h"

#include <algorithm>

#include "api/customer_facts.h"
#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "api/redact.h"
#include "base/json_member.h"
#include "feel/json.h"
#include "workbench/outbox.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Lead;
using people::Permission;
using records::Record;

namespace {

constexpr const char* kTypes[] = {"线索来源", "线索阶段", "联系渠道", "联系部门",
                                  "联系结果", "营销产品", "产品进展", "需求种类"};

}  // namespace

Refusal at_member(const char* code, const std::string& message, const std::string& where,
                  const std::string& hint) {
  return {422, {code, message, where, hint}, {{where, message}}};
}

Refusal lead_refusal(const base::Error& error) {
  Refusal out = record_refusal(error);
  for (const char* state : {"lead.closed", "lead.accepted", "referral.open", "referral.state", "campaign.state"})
    if (error.code == state) out.status = 409;
  if (error.code == "campaign.self") out.status = 403;
  return out;
}

std::variant<LeadRules, Refusal> LeadRules::on(Services& services, base::Date day) {
  auto pack = services.packs().on(kMarketingPack, day);
  if (!pack.ok()) return refusal_of(pack.error());
  LeadRules out;
  out.pack_ = *pack, out.day_ = day;
  for (const char* type : kTypes)
    if (const auto* found = (*pack)->type(type); !found || !found->type || found->type->words.size() < 3)
      return Refusal{
          409,
          {"lead.rules", std::string("营销的制度里没有“") + type + "”", std::string("policies/") + kMarketingPack,
           "由制度管理人员在制度包 customer-marketing 里补上"}};
  return out;
}

const std::vector<std::string>& LeadRules::words(const char* type) const {
  static const std::vector<std::string> none;
  const auto* found = pack_->type(type);
  return found && found->type ? found->type->words : none;
}

base::Result<policy::Answer> LeadRules::answer(const char* decision, const Json& input) const {
  return policy::decide(*pack_, decision, input, day_);
}

base::Result<Json> LeadRules::ask(const char* decision, const Json& input) const {
  auto out = answer(decision, input);
  if (!out.ok()) return out.error();
  return feel::to_json(out->result);
}

LeadRules::Move LeadRules::move(const std::string& from, const std::string& to) const {
  auto [at, fresh] = moves_.try_emplace({from, to});
  if (!fresh) return at->second;
  auto said = ask("lead-move", JsonObject{{"现在", from}, {"到", to}});
  if (said.ok()) at->second = {flag_in(*said, "允许"), text_in(*said, "要写"), text_in(*said, "性质")};
  return at->second;
}

std::string LeadRules::standing(const std::string& stage, int64_t idle) const {
  auto said = ask("lead-standing", JsonObject{{"阶段", stage}, {"未动天数", idle}});
  return said.ok() && said->as_string() ? *said->as_string() : "正常";
}

Json LeadRules::json() const {
  JsonArray moves;
  for (const auto& from : words("线索阶段"))
    for (const auto& to : words("线索阶段"))
      if (const Move one = move(from, to); one.allowed)
        moves.push_back(JsonObject{{"from", from}, {"to", to}, {"needs", one.needs}, {"kind", one.kind}});
  return JsonObject{{"pack", kMarketingPack},
                    {"sources", texts_json(words("线索来源"))},
                    {"stages", texts_json(words("线索阶段"))},
                    {"channels", texts_json(words("联系渠道"))},
                    {"departments", texts_json(words("联系部门"))},
                    {"outcomes", texts_json(words("联系结果"))},
                    {"products", texts_json(words("营销产品"))},
                    {"progress", texts_json(words("产品进展"))},
                    {"needs", texts_json(words("需求种类"))},
                    {"scales", texts_json(words("客户规模"))},
                    {"complexities", texts_json(words("服务复杂程度"))},
                    {"judgements", texts_json(words("客户质量判断"))},
                    {"partner_kinds", texts_json(words("联动单位"))},
                    {"pass_kinds", texts_json(words("传递事项"))},
                    {"pass_forms", texts_json(words("传递方式"))},
                    {"pass_stages", texts_json(words("售前售后"))},
                    {"moves", std::move(moves)}};
}

// ---------------------------------------------------------------------------- the desk

std::optional<Refusal> LeadDesk::read_rules() {
  auto found = LeadRules::on(services(), today());
  if (auto* refused = std::get_if<Refusal>(&found)) return *refused;
  rules_ = std::get<LeadRules>(std::move(found));
  return std::nullopt;
}

bool LeadDesk::sees_lead(const Record& of) {
  if (reaches(Permission::lead_read, of) || of.made_by == login()) return true;
  auto referred = customers::referral_of(store(), of.id);
  return referred && (own(referred->from) || own(referred->to));
}

std::optional<Record> LeadDesk::lead(const std::string& id) {
  auto number = number_of(id);
  if (!number) return std::nullopt;
  auto found = records::record(store(), customers::kLeadKind, *number);
  if (!found.ok() || !sees_lead(*found)) return std::nullopt;
  return *found;
}

JsonObject LeadDesk::person_json(const std::string& staff) const {
  return {{"staff", staff}, {"name", staff.empty() ? "" : name_of(staff)}};
}

int64_t LeadDesk::idle_days(const Lead& of) const {
  if (!of.assigned_on || of.closed_on || of.contacts > 0) return 0;
  return std::max(0, today() - *of.assigned_on);
}

int64_t LeadDesk::open_leads(const std::string& staff) {
  if (!open_) {
    open_.emplace();
    for (const auto& row : customers::lead_rows(store()))
      if (!row.won && !row.lost && !row.owner.empty()) ++(*open_)[row.owner];
  }
  auto at = open_->find(staff);
  return at == open_->end() ? 0 : at->second;
}

std::map<std::string, std::string> LeadDesk::managers(const std::vector<std::string>& customers) {
  std::map<std::string, std::string> out;
  std::set<std::string> all;
  for (const auto& one : customers)
    for (auto& member : merges().members(one)) all.insert(member);
  for (const auto& [customer, people] : managers_of(db(), directory(), business(), all))
    if (!people.empty()) out.emplace(merges().canonical(customer), text_in(people.front(), "staff"));
  return out;
}

bool LeadDesk::may_give(Permission permission, const std::string& staff) {
  const people::Staff* person = directory().person(staff);
  if (!person || !people::Directory::in_post(*person, today())) return false;
  auto reach = facts().reach(call().login(), scope(permission));
  return reach->staff(staff);
}

customers::KnownOf LeadDesk::market(const std::vector<std::string>& canonical) {
  const customers::KnownOn on{business(), today(), "", {}};
  return customers::market_known(store(), db(), merges(), canonical, on);
}

std::map<std::string, std::string> LeadDesk::refusals() {
  std::map<std::string, std::string> out;
  for (const auto& one : customers::no_contacts(store())) out[merges().canonical(one.customer)] = one.why;
  return out;
}

// MKT-618: after a letter the call is due from one hour on, until two; the window is the other pack's.
Json LeadDesk::letter_json(const Lead& of) {
  auto at = base::Instant::parse(of.letter_at);
  if (!at || of.closed_on) return {};
  auto pack = services().packs().on("hk-h-bank-practice", today());
  if (!pack.ok()) return {};
  auto local = [](base::Instant moment) { return moment.str().substr(0, 19); };
  auto said = policy::decide(**pack, "first-call-window",
                             JsonObject{{"发函时间", local(*at)}, {"时间", local(now())}}, today());
  if (!said.ok()) return {};
  const Json result = feel::to_json(said->result);
  std::string until = text_in(result, "最迟").substr(0, 19) + "Z", state = text_in(result, "状态");
  // By the business calendar it may be the next morning.
  if (auto by = base::Instant::parse(of.call_by + "+08:00"); by && !of.call_by.empty()) {
    until = by->str();
    if (state != "未到") state = *by < now() ? "逾期" : "应致电";
  }
  return JsonObject{{"at", of.letter_at},
                    {"from", text_in(result, "最早").substr(0, 19) + "Z"},
                    {"until", until},
                    {"state", state}};
}

JsonArray LeadDesk::may(const Record& of) {
  JsonArray out;
  if (of.removed) return out;
  const Lead lead = customers::lead_of(of);
  const auto referred = customers::referral_of(store(), of.id);
  const bool asked = referred && referred->state == "asked";
  if (asked && own(referred->to)) out.emplace_back("answer");
  const bool mine = works_on(of);
  if (reaches(Permission::lead_assign, of) && !lead.closed_on) out.emplace_back("assign");
  if (mine && !lead.closed_on) {
    if (!lead.accepted) out.emplace_back("accept");
    if (rules().move(of.state, rules().first()).allowed) out.emplace_back("return");
    out.emplace_back("contact");
    if (!asked) out.emplace_back("refer");
  }
  const bool noted = of.owner.empty() && of.made_by == login();
  if ((mine || noted || reaches(Permission::lead_assign, of)) && !lead.deal) out.emplace_back("change");
  if (mine || (of.owner.empty() && reaches(Permission::lead_assign, of))) out.emplace_back("move");
  return out;
}

Json LeadDesk::item(const Record& of) {
  const Lead lead = customers::lead_of(of);
  JsonObject out = head(of);
  // Whoever is out of reach is a name, nowhere a number.
  const bool open = !of.customer.empty() && sees_customer(merges().canonical(of.customer));
  for (auto& [name, value] : out) {
    if (name == "customer" && !open) value = "";
    if (name == "customer_name") value = of.customer.empty() ? "" : lead.name;
  }
  const int64_t idle = idle_days(lead);
  const std::string phone = services().bank().personal_key().open(lead.phone);
  const bool late = (lead.next_day && *lead.next_day < today()) ||
                    (!lead.call_by.empty() && lead.call_by < local_now()) ||
                    (lead.contact_by && !lead.contacts && *lead.contact_by < today());
  JsonObject more = {{"name", lead.name},
                     {"customer_open", open},
                     {"prospect", lead.prospect ? Json(lead.prospect) : Json()},
                     {"contact", lead.contact},
                     {"phone_masked", phone.empty() ? "" : masked_phone(phone)},
                     {"source", lead.source},
                     {"product", lead.product},
                     {"amount", base::format_fen(lead.amount)},
                     {"next_step", lead.next_step},
                     {"next_day", maybe_day(lead.next_day)},
                     {"accepted", lead.accepted},
                     {"contacts", lead.contacts},
                     {"contacted_on", maybe_day(lead.contacted_on)},
                     {"assigned_on", maybe_day(lead.assigned_on)},
                     {"closed_on", maybe_day(lead.closed_on)},
                     {"idle_days", idle},
                     {"standing", rules().standing(of.state, idle)},
                     {"late", !lead.closed_on && late},
                     {"call_by", lead.call_by.empty() ? Json() : Json(lead.call_by)},
                     {"contact_by", lead.contacts || lead.closed_on ? Json() : maybe_day(lead.contact_by)},
                     {"letter", letter_json(lead)}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

Json LeadDesk::contact_json(const Record& of) {
  JsonObject out = {{"id", of.id}, {"day", of.day->str()}, {"owner", of.owner}, {"owner_name", name_of(of.owner)}};
  for (const char* name : {"channel", "department", "outcome", "text", "partner", "next_step"})
    out.emplace_back(name, text_in(of.body, name));
  const Json* next = of.body.find("next_day");
  out.emplace_back("next_day", next ? *next : Json());
  return out;
}

Json LeadDesk::referral_json(const customers::Referral& of) {
  auto lead = records::record(store(), customers::kLeadKind, of.lead);
  return JsonObject{{"id", of.id},
                    {"lead", of.lead},
                    {"lead_name", lead.ok() ? lead->title : ""},
                    {"stage", lead.ok() ? lead->state : ""},
                    {"from", person_json(of.from)},
                    {"to", person_json(of.to)},
                    {"note", of.note},
                    {"state", of.state},
                    {"asked_at", of.asked_at},
                    {"answer", of.answer},
                    {"share", base::Decimal::make(of.share, -4).str()},
                    {"won_on", maybe_day(of.won_on)},
                    {"entry", of.entry ? Json(of.entry) : Json()},
                    {"may_answer", of.state == "asked" && own(of.to)}};
}

Json LeadDesk::whole(const Record& of) {
  const Lead lead = customers::lead_of(of);
  JsonObject out = *item(of).as_object();
  std::erase_if(out, [](const auto& one) { return one.first == "contacts"; });
  JsonArray contacts;
  for (const auto& one : customers::contacts_of(store(), of.id)) contacts.push_back(contact_json(one));
  Json deal, referral, recommender;
  if (lead.deal)
    deal = JsonObject{{"kind", lead.deal->kind},
                      {"object", lead.deal->object},
                      {"customer", lead.deal->customer},
                      {"amount", base::format_fen(lead.deal->amount)}};
  if (auto referred = customers::referral_of(store(), of.id)) referral = referral_json(*referred);
  if (!lead.recommender.empty())
    recommender = JsonObject{{"id", sees_customer(merges().canonical(lead.recommender)) ? lead.recommender : ""},
                             {"name", customer_name(lead.recommender)}};
  JsonArray stages, partners;
  for (const auto& one : lead.stages) stages.emplace_back(one);
  for (const auto& one : lead.partners) partners.push_back(JsonObject{{"kind", one.kind}, {"name", one.name}});
  JsonObject more = {{"department", lead.department},
                     {"met_at", lead.met_at},
                     {"follow_up", lead.follow_up ? Json(*lead.follow_up) : Json()},
                     {"note", lead.note},
                     {"quality", lead.quality},
                     {"judged", lead.judged},
                     {"scale", lead.scale},
                     {"complexity", lead.complexity},
                     {"industry", lead.industry},
                     {"scheme", lead.scheme},
                     {"way", scheme_way(*this, lead)},
                     {"partners", std::move(partners)},
                     {"campaign", lead.campaign ? Json(lead.campaign) : Json()},
                     {"recommender", std::move(recommender)},
                     {"assigned_by", lead.assigned_by},
                     {"assigned_at", lead.assigned_at},
                     {"returned_why", lead.returned_why},
                     {"lost_why", lead.lost_why},
                     {"stages", std::move(stages)},
                     {"deal", std::move(deal)},
                     {"contacts", std::move(contacts)},
                     {"referral", std::move(referral)},
                     {"may", may(of)}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

std::variant<customers::Contact, Refusal> contact_of(LeadDesk& desk, const std::string& name) {
  const Call& call = desk.call();
  customers::Contact out;
  out.name = name, out.channel = call.text("channel"), out.outcome = call.text("outcome");
  out.department = text_member(call, "department"), out.text = call.text("text");
  out.partner = text_member(call, "partner");
  out.next_step = text_member(call, "next_step"), out.next_day = day_member(call, "next_day");
  out.day = day_member(call, "day").value_or(desk.today());
  out.owner = desk.person(), out.org = desk.org_of(desk.person());
  if (out.department.empty()) out.department = desk.rules().words("联系部门").front();
  auto said = desk.rules().ask("contact-outcome",
                               JsonObject{{"结果", out.outcome}, {"渠道", out.channel}, {"部门", out.department}});
  if (!said.ok()) {
    const std::string& at = said.error().where;
    return at_member("contact.word", said.error().message,
                     at == "渠道"   ? "channel"
                     : at == "部门" ? "department"
                                    : "outcome",
                     "从列出的里面选一个");
  }
  auto yes = [&](const char* what) {
    const Json* found = said->find(what);
    return found && found->as_bool() && *found->as_bool();
  };
  out.reached = yes("联系上"), out.interested = yes("有意向"), out.refused = yes("不再联系");
  out.finance_phone = yes("财务电话");
  return out;
}

}  // namespace guanhu::api
