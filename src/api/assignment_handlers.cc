// Who serves whom: the register of assignments, how it stands against the feed, a customer's history.
#include "api/assignment_desk.h"
#include "api/customer_facts.h"
#include "api/reach.h"
#include "api/shapes.h"
#include "attribution/claim.h"

namespace guanhu::api {

using attribution::Assign;
using attribution::Registered;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Assign ask_of(const Call& call, const AssignmentDesk::Subject& about) {
  Assign ask;
  ask.kind = call.text("subject_kind"), ask.id = call.text("subject");
  ask.customer = about.customer, ask.org = about.org;
  ask.from = day_member(call, "from").value(), ask.to = day_member(call, "to");
  ask.managers = managers_member(call, "managers"), ask.reason = call.text("reason");
  return ask;
}

bool flag(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

// Whom it gives to, and whether the asker may dispose of the subject at all.
std::optional<Refusal> may_make(AssignmentDesk& desk, const Assign& ask) {
  if (!desk.reaches(Permission::assignment_make, "", ask.org)) return not_found();
  return std::nullopt;
}

Outcome list_entries(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  attribution::EntryFilter filter;
  if (auto state = call.get("state")) filter.states = {*state};
  filter.staff = call.get("staff").value_or(""), filter.customer = call.get("customer").value_or("");
  filter.origin = call.get("origin").value_or("");
  std::vector<Json> items;
  for (const Registered& one : attribution::entries(desk.store(), filter))
    if (desk.reaches_entry(Permission::assignment_read, one)) items.push_back(desk.entry_json(one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome make_entry(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto about = desk.subject(call.text("subject_kind"), call.text("subject"));
  if (!about) return not_found();
  const Assign ask = ask_of(call, *about);
  if (auto no = may_make(desk, ask)) return *no;
  auto pack = desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  if (auto fits = attribution::check(desk.store(), desk.directory(), ask); !fits)
    return assignment_refusal(fits.error());
  if (auto fits = attribution::allowed(**pack, desk.directory(), ask, desk.today()); !fits)
    return assignment_refusal(fits.error());
  auto second = attribution::needs_second(**pack, desk.directory(), ask, desk.today());
  if (!second) return assignment_refusal(second.error());
  std::vector<Assign> asks{ask};
  if (ask.kind == "customer" && flag(call, "with_accounts"))
    for (Assign& one : desk.beside(ask)) asks.push_back(std::move(one));
  const auto doing = desk.recording();
  JsonArray made;
  base::Status refused;
  desk.store().transaction([&] {
    for (const Assign& one : asks)
      if (refused = attribution::check(desk.store(), desk.directory(), one); !refused) return;
    for (const Registered& one : attribution::record_in(desk.store(), asks, *second, doing))
      made.push_back(desk.entry_json(one));
  });
  if (!refused) return assignment_refusal(refused.error());
  if (!*second) desk.recorded();
  if (!*second)
    for (const auto& m : ask.managers)
      desk.tell(m.staff, "新的管户指派", desk.customer_name(about->customer), "/customers/" + about->customer);
  return Answer{JsonObject{{"items", std::move(made)}, {"waits", *second}}};
}

Outcome show_entry(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto found = attribution::entry(desk.store(), part_number(call));
  if (!found || !desk.reaches_entry(Permission::assignment_read, *found)) return not_found();
  JsonObject out = desk.entry_json(*found);
  Json standing, confirmed;
  const auto known = attribution::Known::at(desk.db(), std::nullopt);
  for (const auto& one : attribution::standings_on(desk.db(), known, desk.business()))
    if (one.entry.entry == found->id) {
      standing = attribution::standing_word(one.standing);
      if (one.confirmed_on) confirmed = base::Date(*one.confirmed_on).str();
    }
  out.emplace_back("standing", standing);
  out.emplace_back("confirmed_on", confirmed);
  return Answer{Json(std::move(out))};
}

Outcome decide_entry(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  const int64_t id = part_number(call);
  auto found = attribution::entry(desk.store(), id);
  if (!found || !desk.reaches_entry(Permission::assignment_check, *found)) return not_found();
  const bool agree = flag(call, "agree");
  auto done = attribution::decide_assignment(desk.store(), id, agree, text_member(call, "note"), desk.recording());
  if (!done) return assignment_refusal(done.error());
  if (agree) desk.recorded();
  desk.tell(done->made_person, agree ? "指派已经生效" : "指派被退回", desk.customer_name(done->what.customer),
            "/assign");
  return Answer{Json(desk.entry_json(*done))};
}

Outcome take_entry_back(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  const int64_t id = part_number(call);
  auto found = attribution::entry(desk.store(), id);
  if (!found || !desk.reaches_entry(Permission::assignment_make, *found)) return not_found();
  const bool counted = found->state == "in_force";
  if (found->what.origin == "handover")
    return assignment_refusal({"assignment.state", "移交生效的归属不能单独撤回", "", "做一件反向的移交"});
  auto done = attribution::take_back(desk.store(), id, call.text("reason"), desk.recording());
  if (!done) return assignment_refusal(done.error());
  if (counted) desk.recorded();
  return Answer{Json(desk.entry_json(*done))};
}

// What the register says that the feed does not say yet, or says otherwise.
Outcome list_standings(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  std::vector<Json> items;
  const auto known = attribution::Known::at(desk.db(), std::nullopt);
  std::map<int64_t, Registered> by_id;
  attribution::EntryFilter filter;
  filter.states = {"in_force"}, filter.limit = 100'000;
  for (Registered& one : attribution::entries(desk.store(), filter)) by_id[one.id] = std::move(one);
  for (const auto& one : attribution::standings_on(desk.db(), known, desk.business())) {
    const std::string word = attribution::standing_word(one.standing);
    if (auto wanted = call.get("standing"); wanted && *wanted != word) continue;
    auto at = by_id.find(one.entry.entry);
    if (at == by_id.end() || !desk.reaches_entry(Permission::assignment_read, at->second)) continue;
    JsonObject json = desk.entry_json(at->second);
    JsonArray feed;
    for (const auto& part : one.feed)
      feed.push_back(JsonObject{{"staff", part.staff},
                                {"name", desk.name_of(part.staff)},
                                {"role", part.main ? "main" : "assist"},
                                {"share", (part.raw + 5'000) / 10'000}});
    json.emplace_back("standing", word);
    json.emplace_back("confirmed_on", one.confirmed_on ? Json(base::Date(*one.confirmed_on).str()) : Json());
    json.emplace_back("feed", std::move(feed));
    items.emplace_back(std::move(json));
  }
  return Answer{.items = Items::of(std::move(items))};
}

// The customer, its accounts and loans.
std::set<std::string> subjects_of(AssignmentDesk& desk, const std::string& customer) {
  std::set<std::string> ids{customer};
  for (const char* kind : {"account", "loan"})
    for (const auto& r : text_rows(desk.db(),
                                   std::string("SELECT w.") + kind + "_id FROM " +
                                       winning_rows(std::string("f_") + kind + "s", std::string(kind) + "_id",
                                                    std::string("f.") + kind + "_id, f.customer_id") +
                                       " w WHERE w.customer_id = " + sql_text(customer),
                                   1))
      ids.insert(r[0].value_or(""));
  return ids;
}

JsonArray spans_of(AssignmentDesk& desk, const std::set<std::string>& ids) {
  JsonArray spans;
  for (const auto& r : text_rows(
           desk.db(),
           "SELECT h.subject_kind, h.subject_id, h.staff_id, coalesce(h.role, 'main'), CAST(h.share AS VARCHAR), "
           "CAST(h.valid_from AS VARCHAR), CAST(h.valid_to AS VARCHAR), CAST((SELECT max(x.entry) FROM "
           "assignment_spans x WHERE x.subject_kind = h.subject_kind AND x.subject_id = h.subject_id AND "
           "x.staff_id = h.staff_id AND x.valid_from = h.valid_from) AS VARCHAR) FROM " +
               attribution::holdings_sql("f.subject_id IN " + sql_list(ids)) +
               " h WHERE h.share > 0 ORDER BY h.valid_from DESC, 1, 2, 4 DESC, 3",
           8)) {
    const int64_t entry = std::stoll(r[7].value_or("0"));
    spans.push_back(JsonObject{{"subject_kind", r[0].value_or("")},
                               {"subject", r[1].value_or("")},
                               {"staff", r[2].value_or("")},
                               {"name", desk.name_of(r[2].value_or(""))},
                               {"role", r[3].value_or("")},
                               {"share", int64_t{(std::stoll(r[4].value_or("0")) + 5'000) / 10'000}},
                               {"from", r[5].value_or("")},
                               {"to", r[6] ? Json(*r[6]) : Json()},
                               {"entry", entry ? Json(entry) : Json()}});
  }
  return spans;
}

// Every stretch of a customer, its accounts and loans: who, as what, how much, from when to when, and who said so.
Outcome show_history(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  const std::string customer = call.part("id");
  if (!desk.reaches_customer(customer)) return not_found();
  const auto ids = subjects_of(desk, customer);
  attribution::EntryFilter filter;
  filter.customer = customer;
  JsonArray register_of, liabilities, claims;
  for (const Registered& one : attribution::entries(desk.store(), filter))
    register_of.push_back(desk.entry_json(one));
  for (const std::string& id : ids)
    for (const auto& l : attribution::liability(desk.store(), id))
      liabilities.push_back(JsonObject{{"loan", l.loan},
                                       {"staff", l.staff},
                                       {"name", desk.name_of(l.staff)},
                                       {"share", l.share},
                                       {"from", l.from.str()},
                                       {"handover", l.handover},
                                       {"why", l.why}});
  records::Filter open;
  open.kinds = {attribution::kClaimKind}, open.customer = customer;
  for (const auto& one : records::list(desk.store(), open))
    claims.push_back(JsonObject{{"id", one.id}, {"state", one.state}, {"owner_name", desk.name_of(one.owner)}});
  const auto& all = desk.facts().customers;
  const size_t at = all->find(customer);
  const std::string org = at < all->size() ? std::string(all->at(at).org) : "";
  return Answer{JsonObject{{"customer", customer},
                           {"customer_name", desk.customer_name(customer)},
                           {"on", desk.business().str()},
                           {"spans", spans_of(desk, ids)},
                           {"entries", std::move(register_of)},
                           {"liability", std::move(liabilities)},
                           {"claims", std::move(claims)},
                           {"may_make", desk.reaches(Permission::assignment_make, "", org)},
                           {"may_claim", desk.can(Permission::claim_file)}}};
}

// What the change would move, before anybody records it.
Outcome preview(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  if (!desk.reaches_customer(call.text("customer"))) return not_found();
  return Answer{JsonObject{{"on", desk.business().str()},
                           {"items", desk.moved(call.text("customer"), managers_member(call, "managers"))}}};
}

}  // namespace

std::vector<RecordKind> assignment_kinds() {
  auto claim_seen = [](Desk& desk, const records::Record& of) {
    for (const auto& one : attribution::body_list(of, "holders"))
      if (desk.own(one)) return true;
    return desk.reaches(Permission::assignment_read, of);
  };
  auto handover_seen = [](Desk& desk, const records::Record& of) {
    for (const char* who : {"giver", "taker", "witness"})
      if (desk.reaches(Permission::assignment_read, attribution::body_text(of, who), "")) return true;
    return desk.reaches(Permission::assignment_read, of);
  };
  return {
      {attribution::kClaimKind, "认领", "/assign/claims/{id}", Permission::assignment_read, claim_seen},
      {attribution::kHandoverKind, "移交", "/assign/handovers/{id}", Permission::assignment_read, handover_seen}};
}

namespace {

Table entry_endpoints() {
  return {{.method = "GET",
           .path = "/assignments",
           .summary = "recorded assignments",
           .permission = Permission::assignment_read,
           .parameters = {{"state", choice({"asked", "in_force", "refused", "taken_back"})},
                          {"staff", text()},
                          {"customer", text()},
                          {"origin", choice({"desk", "handover", "claim", "proposal"})}},
           .output = list_of("AssignmentEntry"),
           .handler = list_entries,
           .list = true,
           .searched = {"customer_name", "subject", "reason"}},
          {.method = "POST",
           .path = "/assignments",
           .summary = "records who serves a customer, account or loan",
           .permission = Permission::assignment_make,
           .input = ref("AssignmentAsk"),
           .output = ref("AssignmentMade"),
           .handler = make_entry},
          {.method = "GET",
           .path = "/assignments/{id}",
           .summary = "one, and how it stands against the extracts",
           .permission = Permission::assignment_read,
           .output = ref("AssignmentOne"),
           .handler = show_entry},
          {.method = "POST",
           .path = "/assignments/{id}/decide",
           .summary = "a second person agrees or refuses",
           .permission = Permission::assignment_check,
           .input = optional(object({{"agree", boolean()}, {"note", text(2000)}}), {"note"}),
           .output = ref("AssignmentEntry"),
           .handler = decide_entry},
          {.method = "POST",
           .path = "/assignments/{id}/take-back",
           .summary = "takes one back",
           .permission = Permission::assignment_make,
           .input = object({{"reason", text(2000)}}),
           .output = ref("AssignmentEntry"),
           .handler = take_entry_back}};
}

}  // namespace

Table assignment_endpoints() {
  Table out = entry_endpoints();
  const Table more_of = {{.method = "GET",
                          .path = "/assignment-standings",
                          .summary = "recorded assignments against what the extracts say",
                          .permission = Permission::assignment_read,
                          .parameters = {{"standing", choice({"pending", "waiting", "contradicted", "confirmed",
                                                              "superseded", "over"})}},
                          .output = list_of("AssignmentStanding"),
                          .handler = list_standings,
                          .list = true,
                          .searched = {"customer_name", "subject"}},
                         {.method = "POST",
                          .path = "/assignment-preview",
                          .summary = "what a change would move now",
                          .permission = Permission::assignment_read,
                          .input = object({{"customer", text()}, {"managers", list(manager_shape())}}),
                          .output = ref("AssignmentMoved"),
                          .handler = preview},
                         {.method = "GET",
                          .path = "/customers/{id}/assignments",
                          .summary = "who served a customer when",
                          .permission = Permission::customer_read,
                          .output = ref("AssignmentHistory"),
                          .handler = show_history}};
  for (const Table& more : {more_of, proposal_endpoints(), claim_endpoints(), handover_endpoints()})
    out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace guanhu::api
