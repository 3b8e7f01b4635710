// Leaving: what is still held, item by item; signed for, closed, withdrawn.
#include <map>

#include "api/staff_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json case_json(const StaffDesk& desk, const people::Leaving& of) {
  return JsonObject{{"id", of.id},
                    {"staff", desk.person_json(of.staff)},
                    {"kind", of.kind},
                    {"last_day", of.last_day.str()},
                    {"reason", of.reason},
                    {"state", of.state},
                    {"opened_at", of.opened_at},
                    {"opened_by", of.opened_by},
                    {"decided_at", text_or_null(of.decided_at)},
                    {"decided_by", text_or_null(of.decided_by)},
                    {"decided_why", text_or_null(of.decided_why)}};
}

bool in_scope(const StaffDesk& desk, Permission permission, const std::string& staff) {
  const auto scope = desk.scope(permission);
  return scope != people::Scope::none && desk.facts().reach(desk.call().login(), scope)->staff(staff);
}

// Who by the feed has left and whose login still works, without a case.
JsonArray gone_without(StaffDesk& desk) {
  JsonArray out;
  const base::Date day = desk.facts().last_date.value_or(desk.day());
  for (const auto& login : people::list_logins(desk.store())) {
    const people::Staff* p = desk.directory().person(login.staff_id);
    if (login.disabled || !p || !p->left || *p->left > day || !desk.reaches_staff(p->id)) continue;
    if (!people::open_leaving_of(desk.store(), p->id))
      out.push_back(
          JsonObject{{"staff", desk.person_json(p->id)}, {"login", login.login}, {"left_on", p->left->str()}});
  }
  return out;
}

Outcome list_leavings(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : people::leavings(desk.store()))
    if (desk.reaches_staff(one.staff)) items.push_back(case_json(desk, one));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"gone", gone_without(desk)}};
  return out;
}

Json detail_json(StaffDesk& desk, const people::Leaving& of, const std::vector<people::LeavingSource>& sources) {
  const auto held = of.state == "open" ? people::held_by(sources, of.staff) : std::vector<people::LeavingItem>();
  const auto lines = people::leaving_lines(desk.store(), of, held);
  std::map<std::string, std::string> titles;
  for (const auto& source : sources) titles[source.id] = source.title;
  JsonArray items;
  for (const auto& line : lines)
    items.push_back(JsonObject{{"source", line.item.source},
                               {"source_title", titles[line.item.source]},
                               {"item", line.item.item},
                               {"title", line.item.title},
                               {"detail", line.item.detail},
                               {"link", text_or_null(line.item.link)},
                               {"own_end", line.item.own_end},
                               {"state", line.state},
                               {"settled_by", text_or_null(line.settled_by)},
                               {"why", text_or_null(line.why)}});
  Json body = case_json(desk, of);
  const bool open = of.state == "open", self = of.staff == desk.call().login().staff_id;
  const size_t left = people::keeps_open(lines).size();
  for (auto& [name, value] : std::vector<std::pair<std::string, Json>>{
           {"items", std::move(items)},
           {"left", left},
           {"may_sign", open && !self && in_scope(desk, Permission::leaving_sign, of.staff)},
           {"may_close", open && !self && in_scope(desk, Permission::leaving_manage, of.staff)}})
    body.as_object()->emplace_back(name, std::move(value));
  return body;
}

std::optional<people::Leaving> found(StaffDesk& desk, const Call& call) {
  auto id = id_of(call);
  auto one = id ? people::leaving(desk.store(), *id) : base::Result<people::Leaving>(base::Error{});
  if (!one.ok() || !desk.reaches_staff(one->staff)) return std::nullopt;
  return *one;
}

Outcome show(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto one = found(desk, call);
  if (!one) return not_found();
  return Answer{detail_json(desk, *one, leaving_sources(s, desk))};
}

Outcome open(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  people::Leaving ask;
  ask.staff = call.text("staff"), ask.kind = call.text("kind"), ask.last_day = *day_member(call, "last_day");
  ask.reason = call.text("reason");
  const auto sources = leaving_sources(s, desk);
  const auto held = desk.directory().person(ask.staff) ? people::held_by(sources, ask.staff)
                                                       : std::vector<people::LeavingItem>();
  auto made = people::open_leaving(desk.store(), desk.directory(), ask, held, desk.doing());
  if (!made.ok()) return staff_refusal(made.error());
  desk.inform(made->staff, "您的离岗手续开始办理", "最后一天 " + made->last_day.str(),
              "/leavings/" + std::to_string(made->id));
  return Answer{detail_json(desk, *made, sources)};
}

Outcome sign(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto one = found(desk, call);
  if (!one) return not_found();
  const auto sources = leaving_sources(s, desk);
  auto done = people::sign_item(desk.store(), one->id, call.text("source"), call.text("item"), call.text("reason"),
                                people::held_by(sources, one->staff), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  return Answer{detail_json(desk, *one, sources)};
}

Outcome close(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto one = found(desk, call);
  if (!one) return not_found();
  const auto sources = leaving_sources(s, desk);
  auto done = people::close_leaving(desk.store(), one->id, call.text("reason"),
                                    people::held_by(sources, one->staff), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  s.forget_sessions();
  for (const auto& login : people::list_logins(desk.store()))
    if (login.staff_id == one->staff) s.events().disconnect(login.login);
  return Answer{detail_json(desk, *done, sources)};
}

Outcome withdraw(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto one = found(desk, call);
  if (!one) return not_found();
  auto done = people::withdraw_leaving(desk.store(), one->id, call.text("reason"), desk.doing());
  if (!done.ok()) return staff_refusal(done.error());
  return Answer{detail_json(desk, *done, leaving_sources(s, desk))};
}

Table steps() {
  SchemaRef reason = object({{"reason", text()}});
  return {{.method = "POST",
           .path = "/leavings",
           .summary = "somebody leaves: lists what they hold",
           .permission = Permission::leaving_manage,
           .input = object({{"staff", text(100)},
                            {"kind", choice({"resigned", "moved", "retired", "dismissed", "other"})},
                            {"last_day", date()},
                            {"reason", text()}}),
           .output = ref("LeavingDetail"),
           .handler = open,
           .status = 201},
          {.method = "POST",
           .path = "/leavings/{id}/sign",
           .summary = "the superior lets one item go, with a reason",
           .permission = Permission::leaving_sign,
           .input = object({{"source", text(40)}, {"item", text(300)}, {"reason", text()}}),
           .output = ref("LeavingDetail"),
           .handler = sign},
          {.method = "POST",
           .path = "/leavings/{id}/close",
           .summary = "everything is handed over: the logins are closed, roles and posts end",
           .permission = Permission::leaving_manage,
           .input = reason,
           .output = ref("LeavingDetail"),
           .handler = close},
          {.method = "POST",
           .path = "/leavings/{id}/withdraw",
           .summary = "they stay",
           .permission = Permission::leaving_manage,
           .input = reason,
           .output = ref("LeavingDetail"),
           .handler = withdraw}};
}

}  // namespace

Table staff_leaving_endpoints() {
  SchemaRef gone = list(object({{"staff", ref("PersonLine")}, {"login", text()}, {"left_on", date()}}));
  Table out = {{.method = "GET",
                .path = "/leavings",
                .summary = "who leaves; beside them who has left by the feed and whose login still works",
                .permission = Permission::leaving_read,
                .parameters = {{"state", text(20), false, "open, closed, withdrawn", "state"}},
                .output = list_of("Leaving", {{"gone", gone}}),
                .handler = list_leavings,
                .list = true,
                .whole = true,
                .searched = {"reason"}},
               {.method = "GET",
                .path = "/leavings/{id}",
                .summary = "what they hold, item by item",
                .permission = Permission::leaving_read,
                .output = ref("LeavingDetail"),
                .handler = show}};
  for (Endpoint& one : steps()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
