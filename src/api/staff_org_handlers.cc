// Organisations on any day: the tree, one of them with its people and its history, what is kept of it beside the
// feed, what it may not do.
#include <map>

#include "api/staff_desk.h"
#include "people/history.h"
#include "people/posts.h"
#include "people/teams.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr const char* kCard = "org_card";
// ORG-647: how many windows it has stands beside how many people work there.
constexpr const char* kCardTexts[] = {"phone", "address", "hours", "area", "windows", "note"};

struct OnDay {
  Date day;
  people::Directory directory;
};

OnDay on_day(Services& s, const Call& call, const StaffDesk& desk) {
  auto asked = call.get("day");
  const Date day = asked ? *Date::parse(*asked) : desk.facts().last_date.value_or(desk.day());
  if (desk.facts().last_date == day) return {day, desk.directory()};
  auto db = s.warehouse();
  return {day, people::Directory::load(*db, day, std::nullopt)};
}

bool open_on(const people::Org& org, Date day) {
  return (!org.opened || *org.opened <= day) && (!org.closed || *org.closed > day);
}

Json node_json(const OnDay& at, const people::Org& org) {
  size_t staff = 0, managers = 0;
  const people::Staff* head = nullptr;
  for (const auto& p : at.directory.staff()) {
    if (p.org != org.id || !people::Directory::in_post(p, at.day)) continue;
    ++staff;
    managers += p.position == "manager";
    if (p.position == "branch_head" || (org.kind == "hq" && p.position == "executive")) head = &p;
  }
  return JsonObject{{"id", org.id},
                    {"name", org.name},
                    {"kind", org.kind},
                    {"parent", text_or_null(org.parent)},
                    {"head", head ? Json(JsonObject{{"id", head->id}, {"name", head->name}}) : Json()},
                    {"staff", staff},
                    {"managers", managers},
                    {"opened_on", day_or_null(org.opened)},
                    {"closed_on", day_or_null(org.closed)},
                    {"open", open_on(org, at.day)}};
}

Outcome tree(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const OnDay at = on_day(s, call, desk);
  JsonArray items;
  for (const auto& org : at.directory.orgs())
    if (desk.reaches_org(org.id)) items.push_back(node_json(at, org));
  return Answer{JsonObject{{"day", at.day.str()},
                           {"first", day_or_null(desk.facts().first_date)},
                           {"last", day_or_null(desk.facts().last_date)},
                           {"items", std::move(items)}}};
}

JsonArray staff_on(const OnDay& at, const std::string& org, StaffDesk& desk) {
  std::multimap<std::string, std::string> also;
  for (const auto& post : people::posts(desk.store(), {.staff = "", .kind = "", .on = at.day}))
    also.emplace(post.staff, post.title);
  JsonArray out;
  for (const auto& p : at.directory.staff()) {
    if (p.org != org || !people::Directory::in_post(p, at.day)) continue;
    JsonArray posts;
    auto [from, to] = also.equal_range(p.id);
    for (auto it = from; it != to; ++it) posts.push_back(it->second);
    out.push_back(JsonObject{{"id", p.id},
                             {"name", p.name},
                             {"position", p.position},
                             {"hired_on", day_or_null(p.hired)},
                             {"posts", std::move(posts)}});
  }
  return out;
}

JsonArray history_of(Services& s, const OnDay& at, const std::string& org) {
  auto name = [&](const std::string& id) {
    const people::Org* found = at.directory.org(id);
    return found ? found->name : id;
  };
  auto db = s.warehouse();
  JsonArray out;
  for (const auto& event : people::org_history(*db, org)) {
    const bool moved = event.what == "moved";
    out.push_back(JsonObject{{"day", event.day.str()},
                             {"what", event.what},
                             {"before", moved ? name(event.before) : event.before},
                             {"after", moved ? name(event.after) : event.after}});
  }
  return out;
}

// ORG-644: what a closed organisation must not leave behind.
Json left_behind(const OnDay& at, const people::Org& org, StaffDesk& desk) {
  int64_t staff = 0, logins = 0, children = 0, teams = 0;
  for (const auto& p : at.directory.staff()) staff += p.org == org.id && people::Directory::in_post(p, at.day);
  for (const auto& login : people::list_logins(desk.store()))
    if (const people::Staff* p = at.directory.person(login.staff_id))
      logins += !login.disabled && p->org == org.id;
  for (const auto& child : at.directory.orgs()) children += child.parent == org.id && open_on(child, at.day);
  for (const auto& team : people::teams(desk.store()))
    teams += team.org == org.id && (!team.days.to || *team.days.to >= at.day);
  return JsonObject{{"staff", staff}, {"logins", logins}, {"children", children}, {"teams", teams}};
}

Json card_json(StaffDesk& desk, const std::string& org) {
  auto card = records::with_key(desk.store(), kCard, org);
  JsonObject out = {{"record", card ? Json(card->id) : Json()}, {"version", card ? card->version : int64_t{0}}};
  for (const char* name : kCardTexts) {
    const Json* value = card ? card->body.find(name) : nullptr;
    out.emplace_back(name, value && value->as_string() ? *value->as_string() : "");
  }
  out.emplace_back("changed_at", card ? Json(card->changed_at) : Json());
  out.emplace_back("changed_by", card ? card->changed_by : "");
  return out;
}

Outcome show(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const OnDay at = on_day(s, call, desk);
  const people::Org* org = at.directory.org(call.part("id"));
  if (!org || !desk.reaches_org(org->id)) return not_found();
  JsonArray path, children;
  const people::Org* up = org;
  for (size_t steps = 0; up && steps <= at.directory.orgs().size(); ++steps) {
    path.insert(path.begin(), JsonObject{{"id", up->id}, {"name", up->name}});
    up = up->parent.empty() ? nullptr : at.directory.org(up->parent);
  }
  for (const auto& child : at.directory.orgs())
    if (child.parent == org->id) children.push_back(node_json(at, child));
  Json body = node_json(at, *org);
  const bool open = open_on(*org, at.day);
  for (auto& [name, value] :
       std::vector<std::pair<std::string, Json>>{{"day", at.day.str()},
                                                 {"path", std::move(path)},
                                                 {"children", std::move(children)},
                                                 {"staff_list", staff_on(at, org->id, desk)},
                                                 {"history", history_of(s, at, org->id)},
                                                 {"left_behind", open ? Json() : left_behind(at, *org, desk)},
                                                 {"card", card_json(desk, org->id)},
                                                 {"may_edit", desk.can(Permission::user_manage)}})
    body.as_object()->emplace_back(name, std::move(value));
  return Answer{std::move(body)};
}

// ORG-630: what the feed does not say of an organisation.
Outcome write_card(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const people::Org* org = desk.directory().org(call.part("id"));
  if (!org || !desk.reaches_org(org->id)) return not_found();
  auto there = records::with_key(desk.store(), kCard, org->id);
  records::Change change;
  change.record.id = there ? there->id : 0;
  change.record.version = call.body.find("version")->as_number()->to_int64().value_or(0);
  change.record.kind = kCard, change.record.key = org->id, change.record.org = org->id;
  change.record.owner = desk.person(), change.record.state = "kept", change.record.title = org->name;
  JsonObject body;
  std::string words = org->name;
  for (const char* name : kCardTexts) {
    body.emplace_back(name, text_member(call, name));
    words += " " + text_member(call, name);
  }
  change.record.body = std::move(body), change.words = words, change.action = "org.card";
  auto done = records::write(desk.store(), change, desk.writing());
  if (!done.ok()) return record_refusal(done.error());
  return Answer{card_json(desk, org->id)};
}

// ------------------------------------------------------------------------------------------ limits

Json limit_json(const StaffDesk& desk, const people::OrgLimit& one) {
  return JsonObject{{"id", one.id},
                    {"org", one.org},
                    {"org_name", desk.org_name(one.org)},
                    {"permission", one.permission},
                    {"from", one.days.from.str()},
                    {"to", day_or_null(one.days.to)},
                    {"counts", one.days.on(desk.day())},
                    {"goes_on", !one.days.to || *one.days.to >= desk.day()},
                    {"reason", one.reason},
                    {"made_by", one.made_by},
                    {"made_at", one.made_at},
                    {"ended_by", text_or_null(one.ended_by)},
                    {"ended_why", text_or_null(one.ended_why)}};
}

Outcome list_limits(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : people::org_limits(desk.store(), std::nullopt)) items.push_back(limit_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome add_limit(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto made = people::limit_org(desk.store(), desk.directory(), call.text("org"), call.text("permission"),
                                days_member(call), call.text("reason"), desk.doing());
  if (!made.ok()) return staff_refusal(made.error());
  s.forget_sessions();
  return Answer{limit_json(desk, *made)};
}

Outcome end_limit(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  if (!id) return not_found();
  auto done = people::lift_limit(desk.store(), *id, call.text("reason"), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  s.forget_sessions();
  return Answer{limit_json(desk, *done)};
}

Table limit_endpoints() {
  const auto read = Permission::user_read, manage = Permission::user_manage;
  return {{.method = "GET",
           .path = "/org-limits",
           .summary = "what organisations may not use, whoever has it there",
           .permission = read,
           .parameters = {{"org", text(100), false, "", "org"}},
           .output = list_of("OrgLimit"),
           .handler = list_limits,
           .list = true,
           .whole = true,
           .searched = {"org_name", "permission"}},
          {.method = "POST",
           .path = "/org-limits",
           .summary = "withholds a permission from an organisation and all below it",
           .permission = manage,
           .input = optional(object({{"org", text(100)},
                                     {"permission", text(60)},
                                     {"from", date()},
                                     {"to", nullable(date())},
                                     {"reason", text()}}),
                             {"to"}),
           .output = ref("OrgLimit"),
           .handler = add_limit,
           .status = 201},
          {.method = "POST",
           .path = "/org-limits/{id}/end",
           .summary = "gives it back at once",
           .permission = manage,
           .input = object({{"reason", text()}}),
           .output = ref("OrgLimit"),
           .handler = end_limit}};
}

SchemaRef card_input() {
  std::vector<std::pair<std::string, SchemaRef>> members = {{"version", integer()}};
  for (const char* name : kCardTexts) members.emplace_back(name, text(2000));
  return object(std::move(members));
}

}  // namespace

Table staff_org_endpoints() {
  const Parameter day{"day", date(), false,
                      "as they stood at the end of this day; otherwise the last business date"};
  Table out = {{.method = "GET",
                .path = "/org-tree",
                .summary = "the organisations of a day as a tree",
                .permission = Permission::org_read,
                .parameters = {day},
                .output = ref("OrgTree"),
                .handler = tree},
               {.method = "GET",
                .path = "/org-tree/{id}",
                .summary = "an organisation of a day: its people, its history, what is kept of it",
                .permission = Permission::org_read,
                .parameters = {day},
                .output = ref("OrgOnDay"),
                .handler = show},
               {.method = "PUT",
                .path = "/org-tree/{id}/card",
                .summary = "what the feed does not say of an organisation, over the version that was read",
                .permission = Permission::user_manage,
                .input = card_input(),
                .output = ref("OrgCard"),
                .handler = write_card}};
  for (Endpoint& one : limit_endpoints()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
