// Teams: who leads, who is in them since when, what they are for.
#include "api/staff_desk.h"
#include "people/teams.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json member_json(const StaffDesk& desk, const people::TeamMember& m) {
  return JsonObject{{"staff", desk.person_json(m.staff)},
                    {"leads", m.leads},
                    {"from", m.days.from.str()},
                    {"to", day_or_null(m.days.to)},
                    {"here", m.days.on(desk.day())},
                    {"reason", m.reason},
                    {"made_by", m.made_by},
                    {"ended_by", text_or_null(m.ended_by)},
                    {"ended_why", text_or_null(m.ended_why)}};
}

// Who may change a team: of whose organisation it is in reach of team.manage.
bool may_change(const StaffDesk& desk, const std::string& org) {
  const auto scope = desk.scope(Permission::team_manage);
  if (scope == people::Scope::none) return false;
  return desk.facts().reach(desk.call().login(), scope)->org(org);
}

Json team_json(const StaffDesk& desk, const people::Team& team) {
  const auto now = team.on(desk.day());
  const people::TeamMember* leader = team.leader(desk.day());
  JsonArray members;
  for (const auto& m : team.members) members.push_back(member_json(desk, m));
  return JsonObject{{"id", team.id},
                    {"name", team.name},
                    {"purpose", team.purpose},
                    {"goal", team.goal},
                    {"org", team.org},
                    {"org_name", desk.org_name(team.org)},
                    {"version", team.version},
                    {"leader", leader ? desk.person_json(leader->staff) : Json()},
                    {"size", now.size()},
                    {"from", team.days.from.str()},
                    {"to", day_or_null(team.days.to)},
                    {"goes_on", !team.days.to || *team.days.to >= desk.day()},
                    {"made_at", team.made_at},
                    {"made_by", team.made_by},
                    {"ended_why", text_or_null(team.ended_why)},
                    {"may", may_change(desk, team.org) && (!team.days.to || *team.days.to >= desk.day())},
                    {"members", std::move(members)}};
}

Outcome answer(const StaffDesk& desk, const base::Result<people::Team>& team) {
  if (!team.ok()) return staff_refusal(team.error());
  return Answer{team_json(desk, *team)};
}

Outcome list_teams(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const auto staff = call.get("staff");
  std::vector<Json> items;
  for (const auto& team : people::teams(desk.store())) {
    const bool in = !staff || std::any_of(team.members.begin(), team.members.end(),
                                          [&](const people::TeamMember& m) { return m.staff == *staff; });
    if (in) items.push_back(team_json(desk, team));
  }
  std::stable_partition(items.begin(), items.end(),
                        [](const Json& one) { return *one.find("goes_on")->as_bool(); });
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_team(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  return id ? answer(desk, people::team(desk.store(), *id)) : Outcome(not_found());
}

people::TeamAsk ask_of(const Call& call) {
  people::TeamAsk ask;
  ask.name = call.text("name"), ask.purpose = call.text("purpose"), ask.goal = text_member(call, "goal");
  ask.org = call.text("org");
  return ask;
}

Refusal not_your_org() {
  return {422, {"team.org", "这个机构不归您管", "org", "选本支行的机构"}, {{"org", "选本支行的机构"}}};
}

Outcome make_team(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  people::TeamAsk ask = ask_of(call);
  ask.from = *day_member(call, "from"), ask.leader = call.text("leader");
  for (const Json& one : *call.body.find("members")->as_array()) ask.members.push_back(*one.as_string());
  if (!may_change(desk, ask.org)) return not_your_org();
  auto made = people::make_team(desk.store(), desk.directory(), ask, desk.doing());
  if (made.ok()) {
    s.forget_sessions();  // the team is a scope
    for (const auto& m : made->members)
      desk.inform(m.staff, "加入小组“" + made->name + "”", made->purpose, "/teams/" + std::to_string(made->id));
  }
  return answer(desk, made);
}

// The team when it is there and the asker's to change.
std::variant<int64_t, Refusal> changeable(StaffDesk& desk, const Call& call) {
  auto id = id_of(call);
  auto found = id ? people::team(desk.store(), *id) : base::Result<people::Team>(base::Error{});
  if (!found.ok()) return not_found();
  if (!may_change(desk, found->org)) return forbidden();
  return *id;
}

template <class Work>
Outcome changed(Services& s, const Call& call, const Work& work) {
  StaffDesk desk(s, call);
  auto id = changeable(desk, call);
  if (auto* refusal = std::get_if<Refusal>(&id)) return *refusal;
  auto out = work(desk, std::get<int64_t>(id));
  s.forget_sessions();
  return answer(desk, out);
}

Outcome change_team(Services& s, const Call& call) {
  return changed(s, call, [&](StaffDesk& desk, int64_t id) -> base::Result<people::Team> {
    people::TeamAsk ask = ask_of(call);
    ask.from = desk.day();
    if (!may_change(desk, ask.org)) return not_your_org().error;
    const int64_t version = call.body.find("version")->as_number()->to_int64().value_or(0);
    return people::change_team(desk.store(), desk.directory(), id, version, ask, desk.doing());
  });
}

Outcome join_team(Services& s, const Call& call) {
  return changed(s, call, [&](StaffDesk& desk, int64_t id) {
    auto out = people::join_team(desk.store(), desk.directory(), id, call.text("staff"),
                                 *call.body.find("leads")->as_bool(), *day_member(call, "from"),
                                 call.text("reason"), desk.doing());
    if (out.ok())
      desk.inform(call.text("staff"), "加入小组“" + out->name + "”", call.text("reason"),
                  "/teams/" + std::to_string(id));
    return out;
  });
}

Outcome leave_team(Services& s, const Call& call) {
  return changed(s, call, [&](StaffDesk& desk, int64_t id) {
    return people::leave_team(desk.store(), id, call.part("staff"), *day_member(call, "last"), call.text("reason"),
                              desk.doing());
  });
}

Outcome end_team(Services& s, const Call& call) {
  return changed(s, call, [&](StaffDesk& desk, int64_t id) {
    return people::end_team(desk.store(), id, *day_member(call, "last"), call.text("reason"), desk.doing());
  });
}

SchemaRef about() {
  return object({{"name", text(200)}, {"purpose", text()}, {"goal", text()}, {"org", text(100)}});
}

SchemaRef with(SchemaRef of, std::vector<std::pair<std::string, SchemaRef>> more) {
  auto members = of->members;
  members.insert(members.end(), more.begin(), more.end());
  return optional(object(std::move(members)), {"goal"});
}

}  // namespace

Table staff_team_endpoints() {
  const auto read = Permission::org_read, manage = Permission::team_manage;
  SchemaRef last = object({{"last", date()}, {"reason", text()}});
  return {{.method = "GET",
           .path = "/teams",
           .summary = "teams with everybody who ever was in them; those that go on first",
           .permission = read,
           .parameters = {{"staff", text(100), false, "that this member of staff is or was in"},
                          {"org", text(100), false, "", "org"}},
           .output = list_of("Team"),
           .handler = list_teams,
           .list = true,
           .whole = true,
           .searched = {"name", "purpose", "org_name"}},
          {.method = "GET",
           .path = "/teams/{id}",
           .summary = "a team",
           .permission = read,
           .output = ref("Team"),
           .handler = show_team},
          {.method = "POST",
           .path = "/teams",
           .summary = "a new team with its leader and members",
           .permission = manage,
           .input = with(about(), {{"from", date()}, {"leader", text(100)}, {"members", list(text(100))}}),
           .output = ref("Team"),
           .handler = make_team,
           .status = 201},
          {.method = "PUT",
           .path = "/teams/{id}",
           .summary = "another name, purpose, goal or organisation, over the version that was read",
           .permission = manage,
           .input = with(about(), {{"version", integer()}}),
           .output = ref("Team"),
           .handler = change_team},
          {.method = "POST",
           .path = "/teams/{id}/members",
           .summary = "somebody joins or takes the lead from a day on",
           .permission = manage,
           .input = object({{"staff", text(100)}, {"leads", boolean()}, {"from", date()}, {"reason", text()}}),
           .output = ref("Team"),
           .handler = join_team},
          {.method = "POST",
           .path = "/teams/{id}/members/{staff}/end",
           .summary = "somebody leaves after a day",
           .permission = manage,
           .input = last,
           .output = ref("Team"),
           .handler = leave_team},
          {.method = "POST",
           .path = "/teams/{id}/end",
           .summary = "the team ends after a day, with all memberships",
           .permission = manage,
           .input = last,
           .output = ref("Team"),
           .handler = end_team}};
}

}  // namespace guanhu::api
