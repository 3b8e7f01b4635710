// Roles given to logins for some days; the second person where the rules ask for one.
#include "api/staff_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using people::Permission;

namespace {

Json gift_json(StaffDesk& desk, const people::Gift& gift) {
  auto login = people::find_login(desk.store(), gift.login);
  const bool over = gift.days.to && *gift.days.to < desk.day();
  return JsonObject{{"id", gift.id},
                    {"login", gift.login},
                    {"staff", desk.person_json(login ? login->staff_id : "")},
                    {"role", gift.role},
                    {"title", title_of_role(desk.store(), gift.role)},
                    {"built_in", people::role_of(gift.role).has_value()},
                    {"from", gift.days.from.str()},
                    {"to", day_or_null(gift.days.to)},
                    {"reason", gift.reason},
                    {"state", gift.state == "given" && over ? "over" : gift.state},
                    {"counts", gift.counts(desk.day())},
                    {"needs", gift.needs},
                    {"given_at", gift.given_at},
                    {"given_by", gift.given_by},
                    {"decided_by", text_or_null(gift.decided_by)},
                    {"decided_why", text_or_null(gift.decided_why)},
                    {"ended_by", text_or_null(gift.ended_by)},
                    {"ended_why", text_or_null(gift.ended_why)},
                    {"own", gift.given_by == desk.login() || gift.login == desk.login()}};
}

Outcome list_gifts(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& gift : people::gifts(desk.store(), {})) items.push_back(gift_json(desk, gift));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome list_waiting(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& gift : people::gifts(desk.store(), {.login = "", .role = "", .state = "waiting", .after = {}}))
    items.push_back(gift_json(desk, gift));
  return Answer{.items = Items::of(std::move(items))};
}

void changed(Services& s, const std::string& login) {
  s.forget_sessions();
  s.events().disconnect(login);  // a stream opened under the old rights must not go on
}

Outcome give(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto rules = role_rules(s, desk.day());
  if (!rules.ok()) return staff_refusal(rules.error());
  const std::string& login = call.text("login");
  auto made = people::give_role(desk.store(), *rules, login, call.text("role"), days_member(call),
                                call.text("reason"), desk.doing());
  if (!made.ok()) {
    Refusal out = staff_refusal(made.error());
    if (made.error().code == "role.unknown") out.status = 422;
    return out;
  }
  changed(s, login);
  if (made->state == "waiting")
    for (const auto& one : people::list_logins(desk.store()))
      if (!one.disabled && people::scope_of(one.roles, Permission::role_confirm) != people::Scope::none)
        s.notice("user:" + one.login, "info", "有角色等您复核",
                 login + "：" + title_of_role(desk.store(), made->role), "/people?tab=roles");
  return Answer{gift_json(desk, *made)};
}

Outcome decide(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  if (!id) return not_found();
  auto rules = role_rules(s, desk.day());
  if (!rules.ok()) return staff_refusal(rules.error());
  auto done = people::decide_gift(desk.store(), *rules, *id, *call.body.find("agrees")->as_bool(),
                                  call.text("reason"), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  changed(s, done->login);
  return Answer{gift_json(desk, *done)};
}

Outcome end(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  if (!id) return not_found();
  auto done = people::end_gift(desk.store(), *id, call.text("reason"), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  changed(s, done->login);
  return Answer{gift_json(desk, *done)};
}

}  // namespace

Table staff_gift_endpoints() {
  return {{.method = "GET",
           .path = "/role-gifts",
           .summary = "roles given for some days, newest first",
           .permission = Permission::user_read,
           .parameters = {{"login", text(40), false, "", "login"},
                          {"role", text(40), false, "", "role"},
                          {"state", text(20), false, "waiting, given, refused, over", "state"}},
           .output = list_of("Gift"),
           .handler = list_gifts,
           .list = true,
           .searched = {"login", "title"}},
          {.method = "GET",
           .path = "/role-gifts/waiting",
           .summary = "those that wait for a second person",
           .permission = Permission::role_confirm,
           .output = list_of("Gift"),
           .handler = list_waiting,
           .list = true,
           .whole = true,
           .searched = {"login", "title"}},
          {.method = "POST",
           .path = "/role-gifts",
           .summary = "gives a role to a login for some days; powerful ones wait for a second person",
           .permission = Permission::user_manage,
           .input = optional(object({{"login", text(40)},
                                     {"role", text(40)},
                                     {"from", date()},
                                     {"to", nullable(date())},
                                     {"reason", text()}}),
                             {"to"}),
           .output = ref("Gift"),
           .handler = give,
           .status = 201},
          {.method = "POST",
           .path = "/role-gifts/{id}/decide",
           .summary = "the second person agrees, or does not",
           .permission = Permission::role_confirm,
           .input = object({{"agrees", boolean()}, {"reason", text()}}),
           .output = ref("Gift"),
           .handler = decide},
          {.method = "POST",
           .path = "/role-gifts/{id}/end",
           .summary = "takes it back at once",
           .permission = Permission::user_manage,
           .input = object({{"reason", text()}}),
           .output = ref("Gift"),
           .handler = end}};
}

}  // namespace guanhu::api
