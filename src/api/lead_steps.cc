// What is written of leads: noted, changed, given to somebody, accepted or given back, contacted, moved on, won,
// lost; who would be given those that nobody has; those that nobody touches fall back.
#include <algorithm>

#include "api/lead_desk.h"
#include "api/policy_reading.h"
#include "attribution/register.h"
#include "customers/intake_prospect.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Lead;
using customers::LeadStep;
using people::Permission;
using records::Record;

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

bool listed(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int64_t version_in(const Call& call) { return whole_member(call, "version"); }

Outcome shown(LeadDesk& desk, const base::Result<Record>& of) {
  if (!of.ok()) return lead_refusal(of.error());
  return Answer{desk.whole(*of)};
}

// Names what the lead is about, seals the phone, looks the words up. Nothing: all is well.
std::optional<Refusal> complete(LeadDesk& desk, Lead& lead, const Lead* before) {
  if (!lead.customer.empty() && (!before || before->customer != lead.customer)) {
    auto customer = desk.customer(lead.customer);
    if (!customer)
      return at_member("lead.customer", "没有客户 " + lead.customer, "customer", "从自己管的客户里选，或只写名称");
    lead.customer = *customer;
  }
  if (!lead.customer.empty()) {
    lead.name = desk.customer_name(lead.customer);
  } else if (lead.prospect) {
    auto prospect = records::record(desk.store(), customers::kProspectKind, lead.prospect);
    if (!prospect.ok() || !desk.reaches(Permission::customer_read, *prospect))
      return at_member("lead.prospect", "没有这位准客户", "prospect", "从准客户里选，或只写名称");
    lead.name = prospect->title;
  }
  if (!lead.recommender.empty() && (!before || before->recommender != lead.recommender) &&
      !desk.customer(lead.recommender))
    return at_member("lead.recommender", "没有客户 " + lead.recommender, "recommender", "从自己管的客户里选");
  if (!lead.product.empty() && !listed(desk.rules().words("营销产品"), lead.product))
    return at_member("lead.product", "没有产品“" + lead.product + "”", "product", "从列出的里面选一个");
  if (!lead.department.empty() && !listed(desk.rules().words("联系部门"), lead.department))
    return at_member("lead.department", "没有“" + lead.department + "”这种部门", "department",
                     "从列出的里面选一个");
  JsonObject intake = {{"来源", lead.source}};
  if (lead.follow_up) intake.emplace_back("跟进", *lead.follow_up);
  auto said = desk.rules().ask("lead-intake", intake);  // MKT-614
  if (!said.ok()) return at_member("lead.source", "没有来源“" + lead.source + "”", "source", "从列出的里面选一个");
  // MKT-619: of who was met at an event somebody says whether it is followed up.
  if (const Json* lacks = said->find("缺跟进决定"); lacks && lacks->as_bool() && *lacks->as_bool())
    return at_member("lead.follow_up", "活动上认识的要定要不要跟进", "follow_up", "选跟进或者不跟进");
  if (auto refused = check_lead_words(desk, lead)) return refused;
  set_first_call(desk, lead);  // MKT-618: a letter asks for a call, which stands in the list of to-dos
  if (!lead.phone.empty() && !customers::is_phone(lead.phone))
    return at_member("lead.phone", "不是电话号码", "phone", "写手机号码，或带区号的电话");
  const auto& key = desk.services().bank().personal_key();
  if (!lead.phone.empty()) lead.phone = key.seal(lead.phone);
  else if (before) lead.phone = before->phone;
  return std::nullopt;
}

// ---------------------------------------------------------------------------- noting

struct Noted {
  customers::NewLead lead;
  std::string tell;  // whom to
};

// To whom it goes: to who notes it, to nobody yet, or to somebody below who may accept it.
std::variant<Noted, Refusal> placed(LeadDesk& desk, Lead lead) {
  Noted out;
  const std::string owner = text_member(desk.call(), "owner");
  out.lead.org = desk.org_of(desk.person()), out.lead.received = desk.today();
  if (lead.follow_up == std::optional(false)) {
    out.lead.stage = desk.rules().lost(), out.lead.owner = desk.person();
    lead.closed_on = desk.today(), lead.lost_why = "活动上认识，当时定了不跟进";
    lead.next_step.clear(), lead.next_day.reset();
  } else if (owner.empty()) {
    out.lead.stage = desk.rules().first();
  } else {
    if (owner != desk.person() &&
        (!desk.can(Permission::lead_assign) || !desk.may_give(Permission::lead_assign, owner)))
      return at_member("lead.owner", "不能分给 " + owner, "owner", "留给自己，或交给分派的人");
    out.lead.stage = desk.rules().assigned(), out.lead.owner = owner, out.lead.org = desk.org_of(owner);
    lead.assigned_on = desk.today(), lead.assigned_at = desk.now().str(), lead.assigned_by = desk.login();
    lead.accepted = owner == desk.person(), lead.contact_by = first_contact_due(desk);
    if (!lead.accepted) out.tell = owner;
  }
  if (lead.campaign) {
    auto campaign = records::record(desk.store(), customers::kCampaignKind, lead.campaign);
    if (!campaign.ok() || campaign->state != "running")
      return at_member("lead.campaign", "没有这个进行中的活动", "campaign", "从进行中的活动里选");
  }
  out.lead.lead = std::move(lead);
  return out;
}

Outcome note(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  Lead lead = customers::lead_of(call.body);
  if (lead.customer.empty() && !lead.prospect && lead.name.find_first_not_of(" \t") == std::string::npos)
    return at_member("lead.who", "没有写是谁", "name", "选一个客户，或写明名称");
  const Lead asked = lead;
  if (auto refused = complete(desk, lead, nullptr)) return *refused;
  Lead same = asked;
  same.name = lead.name, same.customer = lead.customer;
  if (!flag_member(call, "anyway"))
    if (auto found = same_as(desk, same, 0); !found.empty())
      return Refusal{409,
                     {"lead.same", "已经有 " + std::to_string(found.size()) + " 条看起来是同一户", "name",
                      "先看是不是同一户；确实要另记，就说明另记"}};
  auto ready = placed(desk, std::move(lead));
  if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
  const Noted& noted = std::get<Noted>(ready);
  auto made = customers::note_lead(desk.store(), noted.lead, desk.writing());
  if (made.ok() && !noted.tell.empty())
    desk.tell(noted.tell, "分给您一条线索", made->title, "/leads/" + std::to_string(made->id));
  return shown(desk, made);
}

// ---------------------------------------------------------------------------- steps of one that is there

using Work = std::function<Outcome(LeadDesk&, const Record&)>;
Outcome step(Services& s, const Call& call, const Work& work) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto found = desk.lead(call.part("id"));
  if (!found) return not_found();
  return work(desk, *found);
}

Refusal wrong_stage(const Record& of, const std::string& to) {
  return Refusal{
      409, {"lead.stage", "线索现在是“" + of.state + "”，不能直接到“" + to + "”", "stage", "按阶段一步一步走"}};
}

Outcome change(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    const bool noted = of.owner.empty() && of.made_by == desk.login();
    if (!desk.works_on(of) && !noted && !desk.reaches(Permission::lead_assign, of)) return forbidden();
    Lead lead = customers::lead_of(call.body);
    const Lead before = customers::lead_of(of);
    if (lead.customer.empty() && !lead.prospect && !before.customer.empty()) lead.customer = before.customer;
    if (auto refused = complete(desk, lead, &before)) return *refused;
    return shown(
        desk, customers::change_lead(desk.store(), {of.id, version_in(call), of.state, ""}, lead, desk.writing()));
  });
}

Outcome assign(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.reaches(Permission::lead_assign, of)) return forbidden();
    const std::string to = call.text("to");
    if (!desk.may_give(Permission::lead_assign, to))
      return at_member("lead.to", "不能分给 " + to, "to", "选管辖范围内在岗的人");
    auto fits = desk.rules().ask("lead-capacity", JsonObject{{"在办条数", desk.open_leads(to)}});
    if (fits.ok() && fits->as_bool() && !*fits->as_bool() && to != of.owner)
      return at_member("lead.capacity", desk.name_of(to) + "手上的线索已经到上限", "to", "分给别人，或先收回几条");
    // One that is on its way stays where it is: only who does it changes.
    const std::string stage = of.state == desk.rules().first() ? desk.rules().assigned() : of.state;
    LeadStep given{of.id, version_in(call), stage, text_member(call, "why")};
    given.contact_by = first_contact_due(desk);
    auto done = customers::assign_lead(desk.store(), given, to, desk.org_of(to), desk.today(), desk.writing());
    if (done.ok() && to != desk.person())
      desk.tell(to, "分给您一条线索", done->title, "/leads/" + std::to_string(of.id));
    return shown(desk, done);
  });
}

Outcome accept(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.works_on(of)) return forbidden();
    return shown(desk,
                 customers::accept_lead(desk.store(), {of.id, version_in(call), of.state, ""}, desk.writing()));
  });
}

Outcome give_back(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.works_on(of)) return forbidden();
    if (!desk.rules().move(of.state, desk.rules().first()).allowed) return wrong_stage(of, desk.rules().first());
    const Lead lead = customers::lead_of(of);
    return shown(desk, customers::return_lead(desk.store(),
                                              {of.id, version_in(call), desk.rules().first(), call.text("why")},
                                              "lead.return", desk.writing()));
  });
}

// MKT-635, MKT-623: whatever came of it, the channel stands there; the first contact moves the lead on.
Outcome contact(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.works_on(of)) return forbidden();
    auto ready = contact_of(desk, of.title);
    if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
    customers::Contact made = std::get<customers::Contact>(ready);
    if (auto refused = check_lead_words(desk, customers::lead_of(of), made.partner)) return *refused;
    made.lead = of.id, made.customer = of.customer;
    std::string stage = of.state;
    if (made.reached && desk.rules().move(of.state, desk.rules().contacted()).allowed)
      stage = desk.rules().contacted();
    auto kept = customers::record_contact(desk.store(), made, LeadStep{of.id, version_in(call), stage, ""},
                                          desk.today(), desk.writing());
    if (!kept.ok()) return lead_refusal(kept.error());
    return shown(desk, records::record(desk.store(), customers::kLeadKind, of.id));
  });
}

// ---------------------------------------------------------------------------- the end of it

std::variant<customers::LeadDeal, Refusal> deal_of(LeadDesk& desk) {
  const Json* asked = desk.call().body.find("deal");
  if (!asked || !asked->as_object())
    return at_member("lead.deal", "没有写成在哪一户、哪一笔业务上", "deal", "选客户、账户或借据");
  customers::LeadDeal out;
  auto text = [&](const char* name) {
    const Json* found = asked->find(name);
    return found && found->as_string() ? *found->as_string() : std::string();
  };
  out.kind = text("kind"), out.object = text("object");
  out.amount = base::parse_fen(text("amount")).value_or(0);
  const auto& all = desk.facts().customers;
  std::string owner = out.object;
  if (out.kind != "customer") {
    const size_t at = all ? all->owner_of(out.object) : 0;
    owner = all && at < all->size() ? std::string(all->at(at).id) : "";
  }
  auto customer = owner.empty() ? std::nullopt : desk.customer(owner);
  if (!customer)
    return at_member("lead.deal", "业务数据里没有 " + out.object, "deal/object",
                     "写自己客户的客户号、账号或借据号");
  out.customer = *customer;
  if (out.kind == "customer") out.object = *customer;
  return out;
}

int32_t share_of_referrer(LeadDesk& desk) {
  auto said = desk.rules().ask("referral-share", JsonObject{{"成交", true}});
  const Json* share = said.ok() ? said->find("转介人") : nullptr;
  if (!share || !share->as_number()) return 0;
  auto parts = base::Decimal::multiply(*share->as_number(), base::Decimal(10'000));
  return parts ? static_cast<int32_t>(parts->round(0, base::Rounding::half_up).to_int64().value_or(0)) : 0;
}

// Both have credit: the business is proposed to the register with both their shares; another person agrees there,
// and from then on every figure counts so. MKT-650
int64_t propose_share(LeadDesk& desk, const customers::Referral& of, const customers::LeadDeal& deal,
                      int32_t share) {
  const auto& all = desk.facts().customers;
  const size_t at = all->find(deal.customer);
  attribution::Assign ask;
  ask.kind = deal.kind, ask.id = deal.object, ask.customer = deal.customer;
  ask.org = at < all->size() ? std::string(all->at(at).org) : "";
  ask.from = desk.today();
  ask.managers = {{of.to, true, 10'000 - share}, {of.from, false, share}};
  ask.reason = "转介成交：" + desk.name_of(of.from) + " 转给 " + desk.name_of(of.to), ask.origin = "proposal";
  ask.origin_id = of.lead;
  const attribution::RegisterDoing doing = {desk.login(),
                                            desk.person(),
                                            desk.now(),
                                            desk.today(),
                                            attribution::known_floor(desk.db()),
                                            [&](const std::string& action, const std::string& subject,
                                                Json detail) { desk.audit(action, subject, std::move(detail)); }};
  auto made = attribution::record_assignment(desk.store(), desk.directory(), ask, true, doing);
  return made.ok() ? made->id : 0;
}

void settle(LeadDesk& desk, const Record& of, customers::LeadEnd end,
            const std::optional<customers::LeadDeal>& deal) {
  auto referred = customers::referral_of(desk.store(), of.id);
  if (!referred || referred->state != "accepted" || end == customers::LeadEnd::open) return;
  const bool won = end == customers::LeadEnd::won;
  const int32_t share = won ? share_of_referrer(desk) : 0;
  const int64_t entry = won && share > 0 ? propose_share(desk, *referred, *deal, share) : 0;
  desk.store().transaction([&] {
    customers::settle_referral(desk.store(), of.id, won, share, desk.today(), entry);
    desk.audit(won ? "referral.won" : "referral.lost", "referral " + std::to_string(referred->id),
               JsonObject{{"share", share}, {"entry", entry}});
  });
  desk.tell(referred->from, won ? "您转介的线索成交了" : "您转介的线索没有成", of.title,
            "/leads/" + std::to_string(of.id));
}

Outcome move(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.works_on(of) && !(of.owner.empty() && desk.reaches(Permission::lead_assign, of))) return forbidden();
    const std::string to = call.text("stage");
    const auto rule = desk.rules().move(of.state, to);
    if (!rule.allowed || to == desk.rules().first() || to == desk.rules().assigned()) return wrong_stage(of, to);
    const auto end = rule.kind == "成交"   ? customers::LeadEnd::won
                     : rule.kind == "未成" ? customers::LeadEnd::lost
                                           : customers::LeadEnd::open;
    std::optional<customers::LeadDeal> deal;
    if (end == customers::LeadEnd::won) {
      auto found = deal_of(desk);
      if (auto* refused = std::get_if<Refusal>(&found)) return *refused;
      deal = std::get<customers::LeadDeal>(found);
    }
    LeadStep went{of.id, version_in(call), to, text_member(call, "why")};
    went.written = customers::lead_of(call.body);
    if (auto refused = check_lead_words(desk, *went.written)) return *refused;
    if (auto refused = check_gate(desk, with_move(customers::lead_of(of), *went.written), to)) return *refused;
    auto done = customers::move_lead(desk.store(), went, end, deal, desk.today(), desk.writing());
    if (done.ok()) settle(desk, *done, end, deal);
    return shown(desk, done);
  });
}

// ---------------------------------------------------------------------------- distributing

// By whose customer it is; else who of the branch has fewest under way.
Outcome proposals(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  std::vector<customers::LeadRow> rows;
  std::vector<std::string> asked;
  for (auto& row : customers::lead_rows(desk.store()))
    if (row.owner.empty() && !row.won && !row.lost && desk.reaches(Permission::lead_assign, "", row.org)) {
      if (!row.customer.empty()) asked.push_back(row.customer);
      rows.push_back(std::move(row));
    }
  const auto keepers = desk.managers(asked);
  std::map<std::string, int64_t> load;
  for (const auto& staff : desk.directory().staff())
    if (staff.position == "manager" && desk.may_give(Permission::lead_assign, staff.id))
      load[staff.id] = desk.open_leads(staff.id);
  JsonArray out;
  for (const auto& row : rows) {
    std::string to, why;
    if (auto at = keepers.find(desk.merges().canonical(row.customer));
        at != keepers.end() && load.contains(at->second))
      to = at->second, why = "keeper";
    const std::string branch = desk.directory().branch_of(row.org);
    for (const auto& [staff, n] : load) {
      if (why == "keeper" || desk.directory().branch_of(desk.org_of(staff)) != branch) continue;
      if (to.empty() || n < load[to]) to = staff, why = "capacity";
    }
    if (!to.empty()) ++load[to];
    out.push_back(JsonObject{{"lead", row.id},
                             {"version", row.version},
                             {"name", row.name},
                             {"source", row.source},
                             {"amount", base::format_fen(row.amount)},
                             {"to", to},
                             {"to_name", to.empty() ? "" : desk.name_of(to)},
                             {"why", why},
                             {"load", to.empty() ? Json() : Json(load[to] - 1)}});
  }
  return Answer{JsonObject{{"items", std::move(out)}}};
}

Outcome fall_back(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  int64_t count = 0;
  for (const auto& row : customers::lead_rows(desk.store())) {
    if (row.owner.empty() || row.won || row.lost || !desk.reaches(Permission::lead_assign, row.owner, row.org))
      continue;
    auto found = records::record(desk.store(), customers::kLeadKind, row.id);
    if (!found.ok()) continue;
    const int64_t idle = desk.idle_days(customers::lead_of(*found));
    if (desk.rules().standing(row.stage, idle) != "收回") continue;
    const std::string why = std::to_string(idle) + " 天没有动过，收回另分";
    if (customers::return_lead(desk.store(), {row.id, row.version, desk.rules().first(), why}, "lead.fall_back",
                               desk.writing())
            .ok()) {
      ++count;
      desk.tell(row.owner, "线索被收回", row.name, "/leads");
    }
  }
  return Answer{JsonObject{{"count", count}}};
}

// ---------------------------------------------------------------------------- shapes

Members written() {
  return {{"name", text(600)},
          {"customer", text(100)},
          {"prospect", integer()},
          {"contact", text(300)},
          {"department", text(60)},
          {"phone", described(text(40), "in the clear; empty in a change: it stays as it was")},
          {"source", text(60)},
          {"met_at", text(300)},
          {"follow_up", nullable(boolean())},
          {"recommender", described(text(100), "the customer who recommended")},
          {"product", text(60)},
          {"amount", decimal()},
          {"note", text(6000)},
          {"quality", text(2000)},
          {"judged", text(60)},
          {"scale", text(60)},
          {"complexity", text(60)},
          {"industry", text(300)},
          {"scheme", text(6000)},
          {"partners", list(object({{"kind", text(60)}, {"name", text(300)}}))},
          {"campaign", integer()},
          {"next_step", text(600)},
          {"next_day", nullable(date())},
          {"letter_at", described(text(40), "the moment a first letter went out; empty: none")}};
}
const std::vector<std::string> kMay = {
    "name",      "customer", "prospect", "contact",    "department",  "phone",  "met_at",  "follow_up", "product",
    "amount",    "note",     "quality",  "campaign",   "recommender", "owner",  "anyway",  "next_step", "next_day",
    "letter_at", "judged",   "scale",    "complexity", "industry",    "scheme", "partners"};

SchemaRef with(Members members, std::vector<std::string> may = {}) {
  return optional(object(std::move(members)), std::move(may));
}

Endpoint write(const char* method, const char* path, const char* summary, Permission permission, SchemaRef input,
               Outcome (*handler)(Services&, const Call&)) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = ref("Lead"),
          .handler = handler};
}

}  // namespace

SchemaRef contact_input(Members more) {
  Members all = {{"channel", text(60)},          {"department", text(60)}, {"outcome", text(60)},
                 {"text", text(6000)},           {"day", date()},          {"next_step", text(600)},
                 {"next_day", nullable(date())}, {"partner", text(300)}};
  all.insert(all.begin(), more.begin(), more.end());
  return optional(object(std::move(all)), {"department", "day", "next_step", "next_day", "partner"});
}

Table lead_step_endpoints() {
  const Members version = {{"version", integer()}};
  Members noted = written(), changed = written();
  noted.push_back({"owner", described(text(100), "who works on it; empty: nobody yet")});
  noted.push_back({"anyway", described(boolean(), "although some look the same")});
  changed.insert(changed.begin(), {"version", integer()});
  const auto reason = object({{"version", integer()}, {"why", text(6000)}});
  const SchemaRef moved = with({{"version", integer()},
                                {"stage", text(60)},
                                {"why", text(6000)},
                                {"judged", text(60)},
                                {"quality", text(2000)},
                                {"scale", text(60)},
                                {"complexity", text(60)},
                                {"industry", text(300)},
                                {"scheme", text(6000)},
                                {"deal", object({{"kind", choice({"customer", "account", "loan"})},
                                                 {"object", text(100)},
                                                 {"amount", decimal()}})}},
                               {"why", "deal", "judged", "quality", "scale", "complexity", "industry", "scheme"});
  return {
      write("POST", "/leads", "notes a lead; 409 lead.same when some look the same, unless `anyway`",
            Permission::lead_write, with(noted, kMay), note),
      write("PUT", "/leads/{id}", "what is written of it", Permission::lead_write, with(changed, kMay), change),
      write("POST", "/leads/{id}/assign", "to somebody below, who accepts it or gives it back",
            Permission::lead_assign,
            with({{"version", integer()}, {"to", text(100)}, {"why", text(2000)}}, {"why"}), assign),
      write("POST", "/leads/{id}/accept", "works on it from now on", Permission::lead_write, object(version),
            accept),
      write("POST", "/leads/{id}/return", "back to who distributes, and why", Permission::lead_write, reason,
            give_back),
      write("POST", "/leads/{id}/contacts", "a contact, what came of it and what is next", Permission::lead_write,
            contact_input(version), contact),
      write("POST", "/leads/{id}/move", "to another stage; lost with a reason, won with what it became",
            Permission::lead_write, moved, move),
      {.method = "GET",
       .path = "/lead-proposals",
       .summary = "to whom those that nobody has would go: by whose customer it is, else by capacity",
       .permission = Permission::lead_assign,
       .output = object({{"items", list(ref("LeadProposal"))}}),
       .handler = proposals},
      {.method = "POST",
       .path = "/leads/fall-back",
       .summary = "takes back those that nobody touched for too long",
       .permission = Permission::lead_assign,
       .output = object({{"count", integer()}}),
       .handler = fall_back}};
}

}  // namespace guanhu::api
