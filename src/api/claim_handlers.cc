// Claims: a manager says that a customer is theirs, who serves it now answers, a superior of both decides.
#include "api/assignment_desk.h"
#include "attribution/claim.h"

namespace guanhu::api {

using attribution::body_list;
using attribution::body_text;
using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

bool waits(const Record& of) { return of.state == "open" || of.state == "answered"; }

bool sees(AssignmentDesk& desk, const Record& of) { return desk.sees(of); }

bool may_decide(AssignmentDesk& desk, const Record& of) {
  if (!waits(of) || !desk.can(Permission::claim_decide)) return false;
  const auto holders = body_list(of, "holders");
  if (of.state == "open" && !holders.empty()) {
    const auto until = Date::parse(body_text(of, "answer_until"));
    if (until && desk.today() <= *until) return false;
  }
  if (holders.empty()) return !desk.own(of.owner) && desk.reaches(Permission::claim_decide, of.owner, of.org);
  for (const auto& holder : holders)
    if (!desk.above(Permission::claim_decide, of.owner, holder)) return false;
  return true;
}

JsonObject claim_json(AssignmentDesk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  const auto holders = body_list(of, "holders");
  bool mine = false;
  for (const auto& one : holders) mine = mine || desk.own(one);
  const Json* agree = of.body.find("agree");
  out.emplace_back("holders", desk.people_json(holders));
  for (const char* member : {"reason", "evidence", "from", "answer_until", "decide_until", "answer", "answered_at",
                             "why", "decided_at", "decided_from"})
    out.emplace_back(member, body_text(of, member));
  out.emplace_back("agree", agree && agree->as_bool() ? *agree : Json());
  out.emplace_back("answered_name", desk.name_of(body_text(of, "answered_by")));
  out.emplace_back("decided_name", desk.name_of(body_text(of, "decided_by")));
  out.emplace_back("overdue", waits(of) && of.until && *of.until < desk.today());
  out.emplace_back("may_answer", of.state == "open" && mine);
  out.emplace_back("may_decide", may_decide(desk, of));
  out.emplace_back("may_withdraw", waits(of) && desk.own(of.owner));
  return out;
}

Outcome list_claims(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {attribution::kClaimKind};
  if (auto state = call.get("state")) filter.states = {*state};
  filter.customer = call.get("customer").value_or("");
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter))
    if (sees(desk, one)) items.emplace_back(claim_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<Record> find(AssignmentDesk& desk, const Call& call) {
  auto found = records::record(desk.store(), attribution::kClaimKind, part_number(call));
  if (!found || found->removed || !sees(desk, *found)) return std::nullopt;
  return *found;
}

Outcome file(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto about = desk.subject("customer", call.text("customer"));
  // A customer one does not serve is not in one's reach; that it is there must be known to claim it.
  if (!about || desk.person().starts_with("login:")) return not_found();
  auto pack = desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  attribution::ClaimAsk ask;
  ask.customer = about->customer, ask.customer_name = desk.customer_name(about->customer), ask.org = about->org;
  ask.claimant = desk.person(), ask.from = day_member(call, "from").value();
  ask.reason = call.text("reason"), ask.evidence = text_member(call, "evidence");
  if (const Json* files = call.body.find("files"); files && files->as_array())
    for (const Json& one : *files->as_array()) ask.files.push_back(*one.as_string());
  const auto holders = attribution::holders_on(desk.db(), desk.business(),
                                               "f.subject_id = " + attribution::sql_literal(ask.customer));
  if (auto at = holders.find({"customer", ask.customer}); at != holders.end())
    for (const auto& m : at->second) ask.holders.push_back(m.staff);
  if (auto last = attribution::last_rejected(desk.store(), ask.customer, ask.claimant)) {
    auto again = attribution::may_claim_again(**pack, *last, desk.today());
    if (!again) return assignment_refusal(again.error());
    if (!*again)
      return assignment_refusal(
          {"claim.again", last->str() + " 裁定没有成，还不能再提", "customer", "过了制度写的天数再提"});
  }
  const auto off = desk.off_days();
  auto answer = attribution::claim_deadline(**pack, "答复", desk.today(), off);
  if (!answer) return assignment_refusal(answer.error());
  auto decide = attribution::claim_deadline(**pack, "裁定", *answer, off);
  if (!decide) return assignment_refusal(decide.error());
  ask.answer_until = *answer, ask.decide_until = *decide;
  auto made = attribution::file_claim(desk.store(), ask, desk.writing());
  if (!made) return assignment_refusal(made.error());
  for (const auto& one : ask.holders)
    desk.tell(one, "有人认领您的客户", ask.customer_name + "，答复到 " + answer->str() + " 为止",
              "/assign/claims/" + std::to_string(made->id));
  return Answer{Json(claim_json(desk, *made))};
}

Outcome show(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto found = find(desk, call);
  if (!found) return not_found();
  JsonObject out = claim_json(desk, *found);
  out.emplace_back("on", desk.business().str());
  out.emplace_back(
      "moved", waits(*found) ? desk.moved(found->customer, {{found->owner, true, 10'000}}) : Json(JsonArray{}));
  JsonArray files, entries;
  for (const auto& one : records::files_of(desk.store(), found->id))
    files.push_back(JsonObject{{"digest", one.digest}, {"name", one.name}, {"type", one.type}});
  attribution::EntryFilter filter;
  filter.origin = "claim", filter.origin_id = found->id;
  for (const auto& one : attribution::entries(desk.store(), filter)) entries.push_back(desk.entry_json(one));
  out.emplace_back("files", std::move(files));
  out.emplace_back("entries", std::move(entries));
  return Answer{Json(std::move(out))};
}

bool flag(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}
int64_t version_of(const Call& call) { return call.body.find("version")->as_number()->to_int64().value_or(0); }

Outcome answer(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto found = find(desk, call);
  if (!found) return not_found();
  auto pack = desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  auto until = attribution::claim_deadline(**pack, "裁定", desk.today(), desk.off_days());
  if (!until) return assignment_refusal(until.error());
  std::string person = desk.person();
  for (const auto& one : body_list(*found, "holders"))
    if (desk.own(one)) person = one;  // also who stands in today
  auto done = attribution::answer_claim(
      desk.store(), {found->id, version_of(call), person, flag(call, "agree"), call.text("text"), *until},
      desk.writing());
  if (!done) return assignment_refusal(done.error());
  desk.tell(done->owner, "认领有了答复", done->title, "/assign/claims/" + std::to_string(done->id));
  return Answer{Json(claim_json(desk, *done))};
}

Outcome decide(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto found = find(desk, call);
  if (!found) return not_found();
  if (waits(*found) && !may_decide(desk, *found))
    return assignment_refusal({"claim.self", "由两人共同的上级裁定；还没有答复的等答复期满", "", ""});
  attribution::ClaimDecision d;
  d.id = found->id, d.version = version_of(call), d.person = desk.person();
  d.grant = flag(call, "grant"), d.why = call.text("why");
  if (d.grant) {
    auto from = day_member(call, "from");
    if (!from) return assignment_refusal({"claim.from", "没有写从哪一天起", "from", "写生效日"});
    d.from = *from, d.managers = managers_member(call, "managers");
    if (d.managers.empty()) d.managers = {{found->owner, true, 10'000}};
    attribution::Assign ask{"customer",   found->customer, found->customer, found->org, d.from,
                            std::nullopt, d.managers,      d.why,           "claim",    found->id};
    auto pack = desk.rules();
    if (!pack) return assignment_refusal(pack.error());
    if (auto fits = attribution::allowed(**pack, desk.directory(), ask, desk.today()); !fits)
      return assignment_refusal(fits.error());
    if (flag(call, "with_accounts")) d.beside = desk.beside(ask);
  }
  auto done = attribution::decide_claim(desk.store(), desk.directory(), d, desk.writing(), desk.recording());
  if (!done) return assignment_refusal(done.error());
  if (d.grant) desk.recorded();
  std::vector<std::string> told = body_list(*found, "holders");
  told.push_back(found->owner);
  for (const auto& one : told)
    desk.tell(one, "认领裁定了", found->title, "/assign/claims/" + std::to_string(found->id));
  return Answer{Json(claim_json(desk, done->record))};
}

Outcome withdraw(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto found = find(desk, call);
  if (!found || !desk.own(found->owner)) return not_found();
  auto done =
      attribution::withdraw_claim(desk.store(), found->id, version_of(call), call.text("why"), desk.writing());
  if (!done) return assignment_refusal(done.error());
  return Answer{Json(claim_json(desk, *done))};
}

}  // namespace

Table claim_endpoints() {
  const auto reason = text(2000);
  return {{.method = "GET",
           .path = "/claims",
           .summary = "claims in reach",
           .permission = Permission::assignment_read,
           .parameters = {{"state", choice({"open", "answered", "granted", "rejected", "withdrawn"})},
                          {"customer", text()}},
           .output = list_of("Claim"),
           .handler = list_claims,
           .list = true,
           .searched = {"customer_name", "owner_name", "reason"}},
          {.method = "POST",
           .path = "/claims",
           .summary = "claims a customer",
           .permission = Permission::claim_file,
           .input = optional(object({{"customer", text()},
                                     {"from", date()},
                                     {"reason", reason},
                                     {"evidence", reason},
                                     {"files", list(text())}}),
                             {"evidence", "files"}),
           .output = ref("Claim"),
           .handler = file},
          {.method = "GET",
           .path = "/claims/{id}",
           .summary = "a claim with what it would move",
           .permission = Permission::assignment_read,
           .output = ref("ClaimOne"),
           .handler = show},
          {.method = "POST",
           .path = "/claims/{id}/answer",
           .summary = "who serves the customer now answers",
           .permission = Permission::claim_file,
           .input = object({{"version", integer()}, {"agree", boolean()}, {"text", reason}}),
           .output = ref("Claim"),
           .handler = answer},
          {.method = "POST",
           .path = "/claims/{id}/decide",
           .summary = "a superior of both decides",
           .permission = Permission::claim_decide,
           .input = optional(object({{"version", integer()},
                                     {"grant", boolean()},
                                     {"why", reason},
                                     {"from", date()},
                                     {"managers", list(manager_shape())},
                                     {"with_accounts", boolean()}}),
                             {"from", "managers", "with_accounts"}),
           .output = ref("Claim"),
           .handler = decide},
          {.method = "POST",
           .path = "/claims/{id}/withdraw",
           .summary = "its maker takes it back",
           .permission = Permission::claim_file,
           .input = object({{"version", integer()}, {"why", reason}}),
           .output = ref("Claim"),
           .handler = withdraw}};
}

}  // namespace guanhu::api
