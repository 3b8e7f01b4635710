// What the list rests on: runs, packs whose duties count, absences with substitutes, the calendar.
#include "api/policy_reading.h"
#include "api/todo_desk.h"
#include "api/todo_work.h"
#include "people/posts.h"
#include "policy/load.h"
#include "workbench/calendar.h"
#include "workbench/todo_night.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Outcome run(Services& s, const Call& call) {
  const Json* day = call.body.find("day");
  TodoAsk ask;
  if (day && day->as_string()) ask.day = base::Date::parse(*day->as_string());
  auto facts = s.facts();
  if (ask.day && facts && facts->last_date)
    if (auto fits = workbench::check_night_day(*ask.day, *facts->last_date, s.clock().now()); !fits.ok())
      return refusal_of(fits.error());
  auto job = queue_todos(s, ask, call.login().login);
  if (!job.ok()) return refusal_of(job.error());
  return Answer{job->json()};
}

Outcome last(Services& s, const Call&) {
  auto store = s.store();
  return Answer{JsonObject{{"last", workbench::last_run(*store)}}};
}

JsonArray duties_of(Services& s, const std::string& name) {
  JsonArray out;
  if (auto pack = s.packs().get(name); pack.ok())
    for (const auto& duty : (*pack)->duties)
      out.push_back(JsonObject{{"duty", duty.id}, {"title", duty.title}, {"article", duty.origin.article}});
  return out;
}

Outcome list_packs(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  std::map<std::string, workbench::TodoPack> on;
  for (auto& one : workbench::todo_packs(desk.store(), desk.today())) on[one.pack] = one;
  std::vector<Json> items;
  for (const std::string& name : s.packs().names()) {
    auto found = on.find(name);
    JsonArray duties = duties_of(s, name);
    if (duties.empty() && found == on.end()) continue;
    auto pack = s.packs().get(name);
    items.push_back(JsonObject{{"pack", name},
                               {"title", pack.ok() ? (*pack)->title : name},
                               {"on", found != on.end()},
                               {"activated", found != on.end() && found->second.activated},
                               {"by", found == on.end() ? "" : found->second.by},
                               {"duties", std::move(duties)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome switch_one(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  const std::string& name = call.part("pack");
  if (auto pack = s.packs().get(name); !pack.ok()) return not_found();
  const bool on = *call.body.find("on")->as_bool();
  if (auto done = workbench::switch_pack(desk.store(), name, on, desk.doing()); !done.ok())
    return todo_refusal(done.error());
  return Answer{JsonObject{{"pack", name}, {"on", on}}};
}

// ----------------------------------------------------------------------------------------- absences

Json json_of(TodoDesk& desk, const workbench::Absence& a, bool may_end) {
  return JsonObject{{"id", a.id},
                    {"staff", a.staff},
                    {"name", desk.name_of(a.staff)},
                    {"substitute", a.substitute},
                    {"substitute_name", desk.name_of(a.substitute)},
                    {"from", a.from.str()},
                    {"to", a.to.str()},
                    {"kind", a.kind},
                    {"reason", a.reason},
                    {"made_at", a.made_at},
                    {"made_by", a.made_by},
                    {"ended_at", a.ended_at.empty() ? Json() : Json(a.ended_at)},
                    {"may_end", may_end && a.ended_at.empty()}};
}

// One's own, and of those in reach.
bool in_reach(Services& s, const Call& call, const std::string& staff) {
  return staff == call.login().staff_id || s.facts()->reach(call.login(), call.scope)->staff(staff);
}

Outcome list_absences(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : workbench::absences(desk.store(), {}))
    if (in_reach(s, call, one.staff) || one.substitute == call.login().staff_id)
      items.push_back(json_of(desk, one, in_reach(s, call, one.staff)));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome add_absence(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  workbench::Absence ask;
  ask.staff = call.text("staff");
  ask.from = *base::Date::parse(call.text("from")), ask.to = *base::Date::parse(call.text("to"));
  if (const Json* named = call.body.find("substitute"); named && named->as_string())
    ask.substitute = *named->as_string();
  // Nobody is named: who has the AB post for them on the first day.
  if (ask.substitute.empty()) ask.substitute = people::standing_substitute(desk.store(), ask.staff, ask.from);
  if (ask.substitute.empty())
    return Refusal{
        422,
        {"absence.substitute", "没有写代办人，也没有登记 B 岗", "substitute", "选一个人，或先登记 B 岗"},
        {{"substitute", "没有登记 B 岗，要选一个人"}}};
  ask.kind = call.text("kind"), ask.reason = call.text("reason");
  if (!in_reach(s, call, ask.staff))
    return Refusal{422,
                   {"absence.staff", "不能为 " + ask.staff + " 登记", "staff", "写本人或下属的工号"},
                   {{"staff", "写本人或下属的工号"}}};
  auto made = workbench::record_absence(desk.store(), desk.directory(), ask, desk.doing());
  if (!made.ok()) return todo_refusal(made.error());
  for (const auto& login : people::list_logins(desk.store()))
    if (login.staff_id == made->substitute && !login.disabled)
      s.notice("user:" + login.login, "info", "请您代办",
               desk.name_of(made->staff) + " " + made->from.str() + " 至 " + made->to.str(), "/todos");
  return Answer{json_of(desk, *made, true)};
}

Outcome end_absence(Services& s, const Call& call) {
  TodoDesk desk(s, call);
  const std::string& text = call.part("id");
  if (text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return not_found();
  for (const auto& one :
       workbench::absences(desk.store(), {.staff = "", .substitute = "", .on = {}, .ended = true}))
    if (std::to_string(one.id) == text && in_reach(s, call, one.staff)) {
      auto done = workbench::end_absence(desk.store(), one.id, call.text("reason"), desk.doing());
      if (!done.ok()) return todo_refusal(done.error());
      return Answer{json_of(desk, *done, true)};
    }
  return not_found();
}

// ----------------------------------------------------------------------------------------- calendar

Outcome show_calendar(Services& s, const Call& call) {
  auto calendar = workbench::BusinessCalendar::read(s.bank().folder().path());
  if (!calendar.ok()) return refusal_of(calendar.error());
  const long year = call.number("year", today_of(s).year());
  JsonArray days;
  for (const auto& [day, is] : calendar->exceptions())
    if (day.year() == year) days.push_back(JsonObject{{"date", day.str()}, {"off", is.off}, {"name", is.name}});
  int64_t working = 0;
  if (auto first = base::Date::from_ymd(static_cast<int>(year), 1, 1))
    for (auto day = *first; day.year() == year; day = day + 1) working += calendar->working(day);
  return Answer{JsonObject{{"year", int64_t{year}}, {"working_days", working}, {"days", std::move(days)}}};
}

Outcome import_calendar(Services& s, const Call& call) {
  auto store = s.store();
  auto calendar = workbench::BusinessCalendar::read(s.bank().folder().path());
  if (!calendar.ok()) return refusal_of(calendar.error());
  auto years = calendar->merge(call.text("text"));
  if (!years.ok()) {
    Refusal out = refusal_of(years.error());
    out.misfits.push_back({"text", years.error().text()});
    return out;
  }
  JsonArray list;
  for (int year : *years) list.push_back(year);
  store->transaction([&] {
    record(*store, call.login().login, "calendar.import", "calendar",
           JsonObject{{"years", list}, {"days", calendar->exceptions().size()}}, s.clock());
    calendar->write(s.bank().folder().path());
  });
  return Answer{JsonObject{{"years", std::move(list)}}};
}

Table absence_endpoints() {
  return {{.method = "GET",
           .path = "/absences",
           .summary = "who is away until when and who does the work: of those in reach",
           .permission = Permission::absence_record,
           .output = list_of("Absence"),
           .handler = list_absences,
           .list = true,
           .whole = true,
           .searched = {"name", "substitute_name"}},
          {.method = "POST",
           .path = "/absences",
           .summary = "names a substitute for some days; without one, who has the AB post for them",
           .permission = Permission::absence_record,
           .input = optional(object({{"staff", text(100)},
                                     {"substitute", text(100)},
                                     {"from", date()},
                                     {"to", date()},
                                     {"kind", choice({"leave", "rotation", "training", "post_b", "other"})},
                                     {"reason", text(2000)}}),
                             {"substitute"}),
           .output = ref("Absence"),
           .handler = add_absence},
          {.method = "POST",
           .path = "/absences/{id}/end",
           .summary = "takes it back, with a reason",
           .permission = Permission::absence_record,
           .input = object({{"reason", text(2000)}}),
           .output = ref("Absence"),
           .handler = end_absence}};
}

}  // namespace

Table todo_admin_endpoints() {
  Table out = {{.method = "GET",
                .path = "/todo-runs/last",
                .summary = "the last night run with its counts",
                .permission = Permission::todo_manage,
                .output = object({{"last", nullable(open(object({{"day", date()}})))}}),
                .handler = last},
               {.method = "POST",
                .path = "/todo-runs",
                .summary = "makes the to-dos of a day, as a job",
                .permission = Permission::todo_manage,
                .input = optional(object({{"day", date()}}), {"day"}),
                .output = ref("Job"),
                .handler = run,
                .status = 202},
               {.method = "GET",
                .path = "/todo-packs",
                .summary = "packs with duties, and whether they count",
                .permission = Permission::todo_manage,
                .output = list_of("TodoPack"),
                .handler = list_packs,
                .list = true,
                .whole = true,
                .searched = {"pack", "title"}},
               {.method = "PUT",
                .path = "/todo-packs/{pack}",
                .summary = "switches the duties of an installed pack on or off",
                .permission = Permission::todo_manage,
                .input = object({{"on", boolean()}}),
                .output = object({{"pack", text()}, {"on", boolean()}}),
                .handler = switch_one},
               {.method = "GET",
                .path = "/calendar",
                .summary = "holidays and weekends that are worked, of a year",
                .permission = Permission::todo_read,
                .parameters = {{"year", integer()}},
                .output = ref("Calendar"),
                .handler = show_calendar},
               {.method = "POST",
                .path = "/calendar",
                .summary = "takes over the years of a file of holidays",
                .permission = Permission::todo_manage,
                .input = object({{"text", text(500'000)}}),
                .output = object({{"years", list(integer())}}),
                .handler = import_calendar,
                .body_limit = 1'000'000}};
  for (Endpoint& one : absence_endpoints()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
