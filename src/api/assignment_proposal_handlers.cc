// Proposals: who should serve customers that nobody serves, or those of somebody who leaves.
#include "api/assignment_desk.h"
#include "attribution/propose.h"
#include "base/money.h"

namespace guanhu::api {

using attribution::Assign;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json candidate_json(AssignmentDesk& desk, const attribution::Candidate& of) {
  JsonObject out = desk.person_json(of.staff);
  out.emplace_back("points", of.score.points.round(1, base::Rounding::half_up).str());
  out.emplace_back("same_org", of.fit.same_org);
  out.emplace_back("same_area", of.fit.same_area);
  out.emplace_back("related", of.fit.related);
  out.emplace_back("has_accounts", of.fit.has_accounts);
  out.emplace_back("held", of.fit.held);
  out.emplace_back("capacity", of.fit.capacity);
  return out;
}

// The organisations whose customers the asker may dispose of; empty: all.
std::vector<std::string> own_orgs(AssignmentDesk& desk) {
  if (desk.scope(Permission::assignment_make) == people::Scope::bank) return {};
  const std::string org = desk.org_of(desk.person());
  if (org.empty()) return {"-"};
  return desk.directory().subtree(desk.directory().branch_of(org));
}

Outcome list_proposals(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  attribution::ProposeAsk ask;
  ask.orgs = own_orgs(desk), ask.leaver = call.get("leaver").value_or("");
  if (!ask.leaver.empty() && !desk.reaches(Permission::assignment_make, ask.leaver, desk.org_of(ask.leaver)))
    return not_found();
  auto pack = desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  auto made = attribution::propose(desk.store(), desk.db(), desk.directory(), **pack, ask, desk.business());
  if (!made) return assignment_refusal(made.error());
  std::vector<Json> items;
  for (const auto& one : made->items) {
    JsonArray candidates;
    for (const auto& candidate : one.candidates) candidates.push_back(candidate_json(desk, candidate));
    items.push_back(JsonObject{{"customer", one.customer},
                               {"customer_name", one.name},
                               {"org", one.org},
                               {"org_name", desk.org_name(one.org)},
                               {"area", one.area},
                               {"deposits", base::format_fen(one.deposits)},
                               {"loans", base::format_fen(one.loans)},
                               {"holders", desk.people_json(one.holders)},
                               {"candidates", std::move(candidates)}});
  }
  Items out = Items::of(std::move(items));
  out.beside.emplace_back("in_all", static_cast<int64_t>(made->in_all));
  return Answer{.items = std::move(out)};
}

// Each customer to whom the head of the branch says, wholly; of a leaver: what the leaver held goes over.
Outcome accept(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto pack = desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  std::vector<Assign> asks[2];  // at once; after a check
  const std::string leaver = text_member(call, "leaver");
  const base::Date from = day_member(call, "from").value();
  for (const Json& one : *call.body.find("items")->as_array()) {
    const std::string customer = *one.find("customer")->as_string(), staff = *one.find("staff")->as_string();
    auto about = desk.subject("customer", customer);
    if (!about || !desk.reaches(Permission::assignment_make, "", about->org)) return not_found();
    Assign ask{"customer",          customer,   customer, about->org, from, std::nullopt, {{staff, true, 10'000}},
               call.text("reason"), "proposal", 0};
    if (!leaver.empty()) {
      const auto held =
          attribution::holders_on(desk.db(), from, "f.subject_id = " + attribution::sql_literal(customer));
      if (auto at = held.find({"customer", customer}); at != held.end())
        ask.managers = attribution::passed_on(at->second, leaver, staff);
    }
    if (auto fits = attribution::check(desk.store(), desk.directory(), ask); !fits)
      return assignment_refusal(fits.error());
    auto second = attribution::needs_second(**pack, desk.directory(), ask, desk.today());
    if (!second) return assignment_refusal(second.error());
    asks[*second].push_back(std::move(ask));
  }
  const auto doing = desk.recording();
  int64_t waits = 0, made = 0;
  desk.store().transaction([&] {
    made = static_cast<int64_t>(attribution::record_in(desk.store(), asks[0], false, doing).size());
    waits = static_cast<int64_t>(attribution::record_in(desk.store(), asks[1], true, doing).size());
  });
  if (made) desk.recorded();
  return Answer{JsonObject{{"recorded", made}, {"waits", waits}}};
}

Outcome decline(Services& s, const Call& call) {
  AssignmentDesk desk(s, call);
  auto about = desk.subject("customer", call.text("customer"));
  if (!about || !desk.reaches(Permission::assignment_make, "", about->org)) return not_found();
  auto done = attribution::decline(desk.store(), call.text("customer"), call.text("staff"), call.text("reason"),
                                   desk.recording());
  if (!done) return assignment_refusal(done.error());
  return Answer{JsonObject{{"customer", call.text("customer")}}};
}

}  // namespace

Table proposal_endpoints() {
  const auto pair = object({{"customer", text()}, {"staff", text()}});
  return {{.method = "GET",
           .path = "/assignment-proposals",
           .summary = "who should serve customers that nobody serves, or those of a leaver",
           .permission = Permission::assignment_make,
           .parameters = {{"leaver", text()}},
           .output = list_of("AssignmentProposal", {{"in_all", integer()}}),
           .handler = list_proposals,
           .list = true,
           .searched = {"customer_name", "customer"}},
          {.method = "POST",
           .path = "/assignment-proposals/accept",
           .summary = "records those who were chosen",
           .permission = Permission::assignment_make,
           .input = optional(
               object({{"items", list(pair)}, {"from", date()}, {"reason", text(2000)}, {"leaver", text()}}),
               {"leaver"}),
           .output = object({{"recorded", integer()}, {"waits", integer()}}),
           .handler = accept},
          {.method = "POST",
           .path = "/assignment-proposals/decline",
           .summary = "somebody is not proposed for a customer again",
           .permission = Permission::assignment_make,
           .input = object({{"customer", text()}, {"staff", text()}, {"reason", text(2000)}}),
           .output = object({{"customer", text()}}),
           .handler = decline}};
}

}  // namespace guanhu::api
