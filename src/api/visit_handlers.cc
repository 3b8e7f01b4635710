// Visits: the list of what was visited and what is planned, one with all of it, comments. What is written:
// visit_steps.cc.
#include <algorithm>

#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "api/visit_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using people::Permission;
using people::Scope;
using records::Record;

namespace {

constexpr int kDaysBack = 92;        // of a list without a first day and without a customer
constexpr size_t kMostRows = 5'000;  // of a list: the newest

std::optional<base::Date> day_asked(const Call& call, const char* name) {
  auto text = call.get(name);
  return text ? base::Date::parse(*text) : std::nullopt;
}

// As narrow as the scope allows; sees() decides about each.
records::Filter filter_of(VisitDesk& desk, const Call& call) {
  records::Filter out;
  out.kinds = {customers::kVisitKind}, out.limit = kMostRows;
  const bool mine = call.get("whose").value_or("mine") == "mine";
  if (mine) out.owners = {desk.person()};
  else if (auto reach = desk.facts().reach(call.login(), call.scope);
           !reach->bank() && call.scope >= Scope::branch)
    out.orgs = desk.directory().subtree(reach->top());
  if (auto owner = call.get("owner")) out.owners = {*owner};
  if (auto org = call.get("org")) out.orgs = desk.directory().subtree(*org);
  if (auto state = call.get("state")) out.states = {*state};
  out.customer = call.get("customer").value_or("");
  out.from = day_asked(call, "from"), out.to = day_asked(call, "to");
  if (!out.from && out.customer.empty()) out.from = desk.today() - kDaysBack;
  return out;
}

// What the records say, or, of a customer, what was to him, whoever else it was to.
std::vector<Record> rows_of(VisitDesk& desk, const records::Filter& filter) {
  if (filter.customer.empty()) return records::list(desk.store(), filter);
  std::vector<Record> out;
  for (int64_t id : customers::visits_to(desk.store(), filter.customer)) {
    auto found = records::record(desk.store(), customers::kVisitKind, id);
    if (!found.ok() || (filter.from && *found->day < *filter.from) || (filter.to && *filter.to < *found->day))
      continue;
    if (filter.states.empty() || filter.states.front() == found->state) out.push_back(*std::move(found));
  }
  return out;
}

// RPT-617: visits by day, person, organisation, customer and purpose.
Outcome list_visits(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  const records::Filter filter = filter_of(desk, call);
  const std::string purpose = call.get("purpose").value_or("");
  const bool all = !filter.customer.empty() || call.get("whose").value_or("mine") == "team";
  std::vector<Json> items;
  for (const Record& one : rows_of(desk, filter)) {
    if (!(all ? desk.reaches(Permission::visit_read, one) : desk.own(one.owner))) continue;
    Json item = desk.item(one);
    if (const Json* found = item.find("purpose"); !purpose.empty() && *found->as_string() != purpose) continue;
    items.push_back(std::move(item));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}, {"from", filter.from ? Json(filter.from->str()) : Json()}};
  return out;
}

Outcome show_visit(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto rules = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  auto found = desk.visit(call.part("id"));
  if (!found) return not_found();
  return Answer{desk.whole(*found, std::get<VisitRules>(rules))};
}

Outcome show_rules(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto rules = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  return Answer{std::get<VisitRules>(rules).json()};
}

// The superior says what he thinks of it; who made the visit answers.
Outcome comment(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto rules = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  auto found = desk.visit(call.part("id"));
  if (!found) return not_found();
  const bool owner = desk.own(found->owner);
  if (!owner && !desk.reaches(Permission::visit_comment, *found)) return forbidden();
  auto said = customers::comment_on_visit(desk.store(), found->id, call.text("text"),
                                          {desk.person(), found->org, ""}, desk.today(), desk.writing());
  if (!said.ok()) return record_refusal(said.error());
  const std::string link = "/visits/" + std::to_string(found->id);
  if (!owner) desk.tell(found->owner, desk.name_of(desk.person()) + "批示了您的走访", found->title, link);
  return Answer{desk.whole(*found, std::get<VisitRules>(rules))};
}

Table reading() {
  return {{.method = "GET",
           .path = "/visits",
           .summary = "visits, the newest day first: one's own, or those in reach; without `from` of three months",
           .permission = Permission::visit_read,
           .parameters = {{"whose", choice({"mine", "team"})},
                          {"state", choice({"planned", "done", "missed", "moved"})},
                          {"from", date()},
                          {"to", date()},
                          {"customer", text(100)},
                          {"owner", text(100), false, "staff number"},
                          {"org", text(100), false, "with everything below it"},
                          {"purpose", text(200)}},
           .output = list_of("VisitItem", {{"today", date()}, {"from", nullable(date())}}),
           .handler = list_visits,
           .list = true,
           .whole = true,
           .searched = {"title", "place", "said", "owner_name", "org_name"}},
          {.method = "GET",
           .path = "/visits/{id}",
           .summary = "one visit with findings, photos, follow-ups, comments",
           .permission = Permission::visit_read,
           .output = ref("Visit"),
           .handler = show_visit},
          {.method = "GET",
           .path = "/visit-rules",
           .summary = "purposes, lists to answer and limits, as the pack has them today",
           .permission = Permission::visit_read,
           .output = ref("VisitRules"),
           .handler = show_rules},
          {.method = "POST",
           .path = "/visits/{id}/comments",
           .summary = "a superior's comment, or the answer of who made the visit",
           .permission = Permission::visit_read,
           .input = object({{"text", text(8000)}}),
           .output = ref("Visit"),
           .handler = comment}};
}

bool sees_comment(Desk& desk, const Record& of) {
  if (desk.own(of.owner)) return true;
  auto visit = records::record(desk.store(), customers::kVisitKind, of.parent);
  return visit.ok() && desk.reaches(Permission::visit_read, *visit);
}

}  // namespace

std::vector<RecordKind> visit_kinds() {
  return {{.kind = customers::kVisitKind, .title = "走访", .page = "/visits/{id}", .read = Permission::visit_read},
          {.kind = customers::kVisitCommentKind,
           .title = "走访批示",
           .page = "/visits/{parent}",
           .read = Permission::visit_read,
           .sees = sees_comment}};
}

Table visit_endpoints() {
  Table out = reading();
  for (auto make : {visit_step_endpoints, visit_brief_endpoints, visit_field_endpoints, visit_note_endpoints}) {
    Table more = make();
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace guanhu::api
