// One meeting: prepared with the figures of its people, held, its minutes sent round and agreed to.
#include <algorithm>
#include <map>
#include <set>

#include "api/plan_desk.h"
#include "api/policy_json.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Meeting;

namespace {

constexpr int kDueDays = 7;          // what is due soon
constexpr size_t kMostPeople = 200;  // of whom figures are prepared

std::optional<Meeting> find(PlanDesk& desk, const std::string& id) {
  if (id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return std::nullopt;
  auto found = records::record(desk.store(), workbench::kMeeting, std::stoll(id));
  if (!found.ok() || found->removed || !desk.sees(*found)) return std::nullopt;
  return workbench::meeting_of(*found);
}

bool holds(PlanDesk& desk, const Meeting& m) {
  return desk.can(Permission::meeting_hold) &&
         (desk.own(m.record.owner) || desk.reaches(Permission::meeting_hold, m.record));
}

// Overdue and soon due, of each who meets.
JsonArray loads(PlanDesk& desk, const Meeting& m, Date day) {
  workbench::TodoFilter filter;
  filter.people = m.people, filter.state = "open", filter.limit = 50'000;
  std::map<std::string, std::pair<int64_t, int64_t>> of;
  for (const auto& one : workbench::todos(desk.store(), filter)) {
    auto& [late, soon] = of[one.assignee];
    late += one.due && *one.due < day;
    soon += one.due && *one.due >= day && *one.due <= day + kDueDays;
  }
  JsonArray out;
  for (const auto& staff : m.people) {
    const auto& [late, soon] = of[staff];
    if (late || soon)
      out.push_back(JsonObject{{"staff", staff}, {"name", desk.name_of(staff)}, {"overdue", late}, {"due", soon}});
  }
  std::stable_sort(out.begin(), out.end(), [](const Json& a, const Json& b) {
    return *a.find("overdue")->as_number() > *b.find("overdue")->as_number();
  });
  return out;
}

// Where those who meet stand in the latest appraisal that was asked for.
Json ranks(PlanDesk& desk, const Meeting& m) {
  JsonArray rows;
  std::string scheme, period, title;
  for (const auto& [name, of] : desk.facts().in_use()) {
    auto made = desk.facts().known_appraisal(name, of);
    if (!made || made->over_orgs) continue;
    rows.clear(), scheme = name.str(), period = of.str(), title = made->run.title;
    for (const auto& staff : m.people)
      if (const auto* holder = made->run.holder(staff); holder && holder->total)
        rows.push_back(JsonObject{{"staff", staff},
                                  {"name", holder->name},
                                  {"total", decimal_text(holder->total)},
                                  {"place", holder->in_bank.place},
                                  {"of", holder->in_bank.of}});
    if (!rows.empty()) break;
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Json& a, const Json& b) {
    return *a.find("place")->as_number() < *b.find("place")->as_number();
  });
  return JsonObject{{"scheme", scheme}, {"period", period}, {"title", title}, {"rows", std::move(rows)}};
}

// Plans of the month that are missing or behind.
JsonArray plans(PlanDesk& desk, const Meeting& m, Date day) {
  const auto month = workbench::PlanPeriod::containing(workbench::PlanKind::month, day);
  PlanProgress progress(desk, m.people);
  JsonArray out;
  for (const auto& staff : m.people) {
    const people::Staff* person = desk.directory().person(staff);
    if (!person || !desk.writes(*person)) continue;
    workbench::PlanAsk ask;
    ask.scope = "person", ask.owner = staff, ask.period = month;
    auto found = records::with_key(desk.store(), workbench::kWorkPlan, workbench::plan_key(ask));
    JsonArray behind;
    if (found && !found->removed) {
      const auto plan = workbench::plan_of(*found);
      const auto reached = progress.of(plan);
      for (size_t i = 0; i < reached.size(); ++i)
        if (reached[i].standing == "behind") behind.emplace_back(plan.items[i].title);
      if (behind.empty()) continue;
    }
    out.push_back(JsonObject{{"staff", staff},
                             {"name", person->name},
                             {"plan", found && !found->removed ? Json(found->id) : Json()},
                             {"behind", std::move(behind)}});
  }
  return out;
}

Json todo_of(PlanDesk& desk, int64_t meeting, const workbench::MeetingDecision& one) {
  Json id, state, note;
  if (auto todo = workbench::todo_with_key(desk.store(), workbench::decision_key(meeting, one.id)))
    if (auto found = workbench::todo(desk.store(), *todo); found.ok())
      id = *todo, state = found->state, note = found->note;
  return JsonObject{{"id", one.id},
                    {"text", one.text},
                    {"who", one.who},
                    {"name", desk.name_of(one.who)},
                    {"due", workbench::day_or_null(one.due)},
                    {"todo", std::move(id)},
                    {"todo_state", std::move(state)},
                    {"note", std::move(note)}};
}

// What the meeting before decided, and what became of it.
JsonArray before(PlanDesk& desk, const Meeting& m) {
  JsonArray out;
  if (!m.record.parent) return out;
  records::Filter filter;
  filter.kinds = {workbench::kMeeting}, filter.parent = m.record.parent, filter.to = *m.record.day - 1;
  filter.from = *m.record.day - 100, filter.limit = 10;
  for (const auto& one : records::list(desk.store(), filter)) {
    const Meeting last = workbench::meeting_of(one);
    if (last.decisions.empty()) continue;
    for (const auto& decision : last.decisions) out.push_back(todo_of(desk, one.id, decision));
    break;
  }
  return out;
}

Outcome prepared(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto m = find(desk, call.part("id"));
    if (!m) return not_found();
    if (!holds(desk, *m)) return forbidden();
    if (m->people.size() > kMostPeople) m->people.resize(kMostPeople);
    const Date day = std::min(*m->record.day, desk.today());
    return Answer{JsonObject{{"loads", loads(desk, *m, day)},
                             {"ranks", ranks(desk, *m)},
                             {"plans", plans(desk, *m, *m->record.day)},
                             {"before", before(desk, *m)}}};
  });
}

Json meeting_json(PlanDesk& desk, const Meeting& m) {
  JsonObject out = desk.head(m.record);
  JsonArray agenda, attendance, decisions, agreed, files, may;
  for (const auto& one : m.agenda)
    agenda.push_back(JsonObject{{"title", one.title}, {"text", one.text}, {"figures", one.figures}});
  for (const auto& one : m.attendance)
    attendance.push_back(
        JsonObject{{"staff", one.staff}, {"name", desk.name_of(one.staff)}, {"state", one.state}});
  for (const auto& one : m.decisions) decisions.push_back(todo_of(desk, m.record.id, one));
  for (const auto& one : m.agreed)
    agreed.push_back(JsonObject{
        {"staff", one.staff}, {"name", desk.name_of(one.staff)}, {"at", one.at}, {"objection", one.objection}});
  for (const auto& one : records::files_of(desk.store(), m.record.id))
    files.push_back(
        JsonObject{{"digest", one.digest}, {"name", one.name}, {"type", one.type}, {"size", one.size}});
  const std::string& state = m.record.state;
  const bool over = holds(desk, m);
  const auto waits = m.waits_for();
  if (over && (state == "prepared" || state == "held")) may.emplace_back("write");
  if (over && state == "held") may.emplace_back("minutes");
  if (over && state == "prepared") may.emplace_back("cancel");
  if (over) may.emplace_back("prepare");
  if (state == "minuted" && std::find(waits.begin(), waits.end(), desk.person()) != waits.end())
    may.emplace_back("agree");
  out.emplace_back("time", m.time), out.emplace_back("place", m.place);
  out.emplace_back("people", desk.people_json(m.people)), out.emplace_back("agenda", std::move(agenda));
  out.emplace_back("attendance", std::move(attendance)), out.emplace_back("minutes", m.minutes);
  out.emplace_back("decisions", std::move(decisions)), out.emplace_back("agreed", std::move(agreed));
  out.emplace_back("waits", state == "minuted" ? desk.people_json(waits) : Json(JsonArray{}));
  out.emplace_back("files", std::move(files)), out.emplace_back("today", desk.today().str());
  out.emplace_back("may", std::move(may));
  return out;
}

Outcome show(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto m = find(desk, call.part("id"));
    return m ? Outcome(Answer{meeting_json(desk, *m)}) : Outcome(not_found());
  });
}

// Out of a series, with its people and standing agenda; or by itself.
std::variant<workbench::MeetingAsk, Refusal> ask_of(PlanDesk& desk, const Call& call) {
  workbench::MeetingAsk ask;
  ask.owner = desk.person(), ask.day = *day_member(call, "day");
  if (const int64_t id = workbench::whole_in(call.body, "series")) {
    auto found = records::record(desk.store(), workbench::kSeries, id);
    if (!found.ok() || !desk.sees(*found)) return not_found();
    if (!desk.reaches(Permission::meeting_hold, *found)) return forbidden();
    const auto series = workbench::series_of(*found);
    ask.series = id, ask.org = found->org, ask.title = found->title + " " + ask.day.str();
    ask.time = series.time, ask.place = series.place, ask.people = series.people;
    if (series.whole_org)
      for (const auto* one : desk.staff_below(found->org)) ask.people.push_back(one->id);
    for (const auto& point : series.agenda) ask.agenda.push_back({point, "", JsonArray{}});
    return ask;
  }
  ask.org = text_member(call, "org").empty() ? desk.org_of(desk.person()) : text_member(call, "org");
  if (!desk.directory().org(ask.org) || !desk.reaches(Permission::meeting_hold, "", ask.org))
    return record_refusal({"meeting.org", "不在您管的机构里", "org", "选您管的机构"});
  ask.title = text_member(call, "title"), ask.time = text_member(call, "time");
  ask.place = text_member(call, "place"), ask.people = workbench::texts_in(call.body, "people");
  for (const auto& one : ask.people)
    if (!desk.directory().person(one)) return record_refusal({"meeting.people", "没有员工 " + one, "people", ""});
  return ask;
}

Outcome prepare(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto asked = ask_of(desk, call);
    if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
    auto made = workbench::prepare_meeting(desk.store(), std::get<workbench::MeetingAsk>(asked), desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    return Answer{meeting_json(desk, *made)};
  });
}

template <class Act>
Outcome change(Services& s, const Call& call, Act act) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto m = find(desk, call.part("id"));
    if (!m) return not_found();
    if (!holds(desk, *m)) return forbidden();
    base::Result<Meeting> done = act(desk, *m);
    if (!done.ok()) return record_refusal(done.error());
    return Answer{meeting_json(desk, *done)};
  });
}

Outcome write(Services& s, const Call& call) {
  return change(s, call, [&](PlanDesk& desk, const Meeting& m) {
    std::vector<std::string> files;
    if (call.body.find("files")) files = workbench::texts_in(call.body, "files");
    else
      for (const auto& one : records::files_of(desk.store(), m.record.id)) files.push_back(one.digest);
    return workbench::write_meeting(desk.store(), m.record.id, workbench::whole_in(call.body, "version"),
                                    call.body, files, desk.writing());
  });
}

Outcome minutes(Services& s, const Call& call) {
  return change(s, call, [&](PlanDesk& desk, const Meeting& m) {
    auto done = workbench::send_minutes(desk.store(), m.record.id, workbench::whole_in(call.body, "version"),
                                        desk.todo_doing(), desk.writing());
    if (done.ok()) {
      const std::string link = "/meetings/" + std::to_string(m.record.id);
      for (const auto& one : done->waits_for()) desk.tell(one, "会议纪要待您确认", m.record.title, link);
      for (const auto& one : done->decisions)
        if (one.who != desk.person()) desk.tell(one.who, "会议定了由您办的事", one.text, link);
    }
    return done;
  });
}

Outcome cancel(Services& s, const Call& call) {
  return change(s, call, [&](PlanDesk& desk, const Meeting& m) {
    return workbench::cancel_meeting(desk.store(), m.record.id, workbench::whole_in(call.body, "version"),
                                     call.text("why"), desk.writing());
  });
}

Outcome agree(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto m = find(desk, call.part("id"));
    if (!m) return not_found();
    const std::string objection = text_member(call, "objection");
    auto done = workbench::agree(desk.store(), m->record.id, desk.person(), objection, desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    if (!objection.empty())
      desk.tell(m->record.owner, "有人对纪要有意见", objection, "/meetings/" + std::to_string(m->record.id));
    return Answer{meeting_json(desk, *done)};
  });
}

Endpoint step(const char* name, const char* summary, Permission permission, SchemaRef input,
              Outcome (*handler)(Services&, const Call&)) {
  return {.method = "POST",
          .path = std::string("/meetings/{id}/") + name,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = ref("Meeting"),
          .handler = handler};
}

SchemaRef written() {
  const SchemaRef point = optional(
      object({{"title", text(800)}, {"text", text(16'000)}, {"figures", list(any())}}), {"text", "figures"});
  const SchemaRef attended =
      optional(object({{"staff", text(100)}, {"name", text(400)}, {"state", text(20)}}), {"name"});
  const SchemaRef decision =
      optional(object({{"id", integer()}, {"text", text(800)}, {"who", text(100)}, {"due", nullable(date())}}),
               {"id", "due"});
  return optional(object({{"version", integer()},
                          {"time", text(5)},
                          {"place", text(400)},
                          {"people", list(text(100))},
                          {"agenda", list(point)},
                          {"attendance", list(attended)},
                          {"minutes", text(80'000)},
                          {"decisions", list(decision)},
                          {"files", list(text(64))}}),
                  {"time", "place", "people", "agenda", "attendance", "minutes", "decisions", "files"});
}

}  // namespace

Table meeting_step_endpoints() {
  Table out = {
      {.method = "POST",
       .path = "/meetings",
       .summary = "prepares a meeting: a day of a series, or one by itself",
       .permission = Permission::meeting_hold,
       .input = optional(object({{"series", integer()},
                                 {"day", date()},
                                 {"title", text(800)},
                                 {"org", text(100)},
                                 {"time", text(5)},
                                 {"place", text(400)},
                                 {"people", list(text(100))}}),
                         {"series", "title", "org", "time", "place", "people"}),
       .output = ref("Meeting"),
       .handler = prepare},
      {.method = "GET",
       .path = "/meetings/{id}",
       .summary = "one meeting with agenda, attendance, minutes, decisions",
       .permission = Permission::meeting_read,
       .output = ref("Meeting"),
       .handler = show},
      {.method = "GET",
       .path = "/meetings/{id}/preparation",
       .summary = "what to know beforehand: to-dos, ranks and plans of those who meet, the last decisions",
       .permission = Permission::meeting_hold,
       .output = ref("MeetingPreparation"),
       .handler = prepared},
      {.method = "PUT",
       .path = "/meetings/{id}",
       .summary = "agenda, attendance, minutes, decisions, files; what is left out stays",
       .permission = Permission::meeting_hold,
       .input = written(),
       .output = ref("Meeting"),
       .handler = write,
       .body_limit = 512 * 1024}};
  out.push_back(step("minutes", "sends the minutes round; decisions become to-dos", Permission::meeting_hold,
                     object({{"version", integer()}}), minutes));
  out.push_back(step("cancel", "it is not held", Permission::meeting_hold,
                     object({{"version", integer()}, {"why", text(2000)}}), cancel));
  out.push_back(step("agree", "whoever was there agrees to the minutes, or objects", Permission::meeting_read,
                     optional(object({{"objection", text(8000)}}), {"objection"}), agree));
  return out;
}

}  // namespace guanhu::api
