// Delegations: what somebody handed to somebody else for some days; both see it.
#include "api/staff_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json delegation_json(const StaffDesk& desk, const people::Delegation& one) {
  const std::string& self = desk.call().login().staff_id;
  const bool goes_on = *one.days.to >= desk.day();
  return JsonObject{{"id", one.id},
                    {"giver", desk.person_json(one.giver)},
                    {"taker", desk.person_json(one.taker)},
                    {"kind", one.kind},
                    {"what", one.what},
                    {"bounds", one.bounds},
                    {"from", one.days.from.str()},
                    {"to", one.days.to->str()},
                    {"counts", one.days.on(desk.day())},
                    {"reason", one.reason},
                    {"made_at", one.made_at},
                    {"ended_by", text_or_null(one.ended_by)},
                    {"ended_why", text_or_null(one.ended_why)},
                    {"mine", one.giver == self   ? "given"
                             : one.taker == self ? "taken"
                                                 : "other"},
                    {"may_end", goes_on && (one.giver == self || one.taker == self)}};
}

Outcome list_delegations(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  people::DelegationFilter filter;
  if (!desk.can(Permission::user_read)) filter.person = call.login().staff_id;
  std::vector<Json> items;
  if (!filter.person.empty() || desk.can(Permission::user_read))
    for (const auto& one : people::delegations(desk.store(), filter)) items.push_back(delegation_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_options(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto rules = role_rules(s, desk.day());
  if (!rules.ok()) return staff_refusal(rules.error());
  JsonArray permissions;
  for (Permission p : people::all_permissions()) {
    const auto name = people::permission_name(p);
    const bool listed =
        std::any_of(rules->delegable.begin(), rules->delegable.end(),
                    [&](const std::string& pattern) { return people::fits_pattern(pattern, name); });
    if (!listed || people::own_scope(desk.store(), call.login().staff_id, p, desk.day()) < people::Scope::branch)
      continue;
    permissions.push_back(JsonObject{
        {"permission", name},
        {"scope", people::scope_name(people::own_scope(desk.store(), call.login().staff_id, p, desk.day()))}});
  }
  return Answer{JsonObject{{"permissions", std::move(permissions)},
                           {"tasks", JsonArray{"duty", "assigned"}},
                           {"longest", int64_t{rules->longest_delegation}},
                           {"source", rules->source},
                           {"today", desk.day().str()}}};
}

Outcome add(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  if (call.login().staff_id.empty() || !desk.directory().person(call.login().staff_id))
    return Refusal{422, {"delegation.self", "这个登录不属于员工，不能委托", "", ""}};
  auto rules = role_rules(s, desk.day());
  if (!rules.ok()) return staff_refusal(rules.error());
  people::Delegation ask;
  ask.giver = call.login().staff_id, ask.taker = call.text("taker"), ask.kind = call.text("kind"),
  ask.what = call.text("what");
  ask.bounds = text_member(call, "bounds"), ask.days = {*day_member(call, "from"), day_member(call, "to")};
  ask.reason = call.text("reason");
  auto made = people::delegate(desk.store(), desk.directory(), *rules, ask, desk.doing());
  if (!made.ok()) return staff_refusal(made.error());
  s.forget_sessions();
  desk.inform(made->taker, desk.name_of(made->giver) + " 委托您",
              made->days.from.str() + " 至 " + made->days.to->str(), "/delegations");
  return Answer{delegation_json(desk, *made)};
}

// By either of the two, or by who manages logins.
Outcome end(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  for (const auto& one : people::delegations(desk.store(), {})) {
    if (!id || one.id != *id) continue;
    const std::string& self = call.login().staff_id;
    if (one.giver != self && one.taker != self && !desk.can(Permission::user_manage)) return not_found();
    auto done = people::end_delegation(desk.store(), *id, call.text("reason"), desk.doing());
    if (!done.ok()) return staff_refusal(done.error());
    s.forget_sessions();
    for (const auto& person : {done->giver, done->taker})
      desk.inform(person, "委托提前结束", call.text("reason"), "/delegations");
    return Answer{delegation_json(desk, *done)};
  }
  return not_found();
}

}  // namespace

Table staff_delegation_endpoints() {
  const auto may = Permission::delegation_make;
  return {{.method = "GET",
           .path = "/delegations",
           .summary = "what one gave and what one was given; everybody's for who reads logins",
           .permission = may,
           .output = list_of("Delegation"),
           .handler = list_delegations,
           .list = true,
           .whole = true,
           .searched = {"what"}},
          {.method = "GET",
           .path = "/delegations/options",
           .summary = "what one may delegate, and for how long",
           .permission = may,
           .output = ref("DelegationOptions"),
           .handler = show_options},
          {.method = "POST",
           .path = "/delegations",
           .summary = "hands a permission of one's own, or a kind of to-dos, to somebody for some days",
           .permission = may,
           .input = optional(object({{"taker", text(100)},
                                     {"kind", choice({"permission", "task"})},
                                     {"what", text(60)},
                                     {"bounds", text(1000)},
                                     {"from", date()},
                                     {"to", date()},
                                     {"reason", text()}}),
                             {"bounds"}),
           .output = ref("Delegation"),
           .handler = add,
           .status = 201},
          {.method = "POST",
           .path = "/delegations/{id}/end",
           .summary = "ends at once",
           .permission = may,
           .input = object({{"reason", text()}}),
           .output = ref("Delegation"),
           .handler = end}};
}

}  // namespace guanhu::api
