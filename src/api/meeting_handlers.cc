// Meetings: series with their rhythm, the calendar of a span, one meeting with what to know beforehand.
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
using workbench::MeetingSeries;

namespace {

constexpr int kSpan = 186;  // days a calendar shows at most

std::vector<std::string> people_of(PlanDesk& desk, const MeetingSeries& series) {
  if (!series.whole_org) return series.people;
  std::vector<std::string> out;
  for (const auto* one : desk.staff_below(series.record.org)) out.push_back(one->id);
  return out;
}

Json series_json(PlanDesk& desk, const MeetingSeries& series) {
  JsonObject out = desk.head(series.record);
  out.emplace_back("meeting", series.kind), out.emplace_back("every", series.rhythm.every);
  out.emplace_back("weekday", series.rhythm.weekday), out.emplace_back("nth", series.rhythm.nth);
  out.emplace_back("time", series.time), out.emplace_back("place", series.place);
  out.emplace_back("whole_org", series.whole_org);
  out.emplace_back("people", desk.people_json(people_of(desk, series)));
  out.emplace_back("agenda", workbench::texts_json(series.agenda));
  const auto days = workbench::days_of(series, desk.rules().calendar(), desk.today(), desk.today() + 45);
  out.emplace_back("next", series.record.state == "on" && !days.empty() ? Json(days.front().str()) : Json());
  out.emplace_back("may_change", desk.reaches(Permission::meeting_hold, series.record));
  return out;
}

Outcome list_series(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    records::Filter filter;
    filter.kinds = {workbench::kSeries};
    std::vector<Json> items;
    for (const auto& one : records::list(desk.store(), filter))
      if (desk.sees(one)) items.push_back(series_json(desk, workbench::series_of(one)));
    Answer out{.items = Items::of(std::move(items))};
    JsonArray usual;
    for (const char* kind : {"morning", "weekly", "monthly"})
      if (auto rhythm = desk.rules().rhythm(kind); rhythm.ok())
        usual.push_back(JsonObject{
            {"meeting", kind}, {"every", rhythm->every}, {"weekday", rhythm->weekday}, {"nth", rhythm->nth}});
    out.items->beside = {{"today", desk.today().str()}, {"usual", std::move(usual)}};
    return out;
  });
}

Outcome keep_series(Services& s, const Call& call, int64_t id) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    workbench::SeriesAsk ask;
    ask.id = id, ask.version = workbench::whole_in(call.body, "version"), ask.owner = desk.person();
    ask.org = text_member(call, "org").empty() ? desk.org_of(desk.person()) : text_member(call, "org");
    if (id) {
      auto found = records::record(desk.store(), workbench::kSeries, id);
      if (!found.ok() || !desk.sees(*found)) return not_found();
      if (!desk.reaches(Permission::meeting_hold, *found)) return forbidden();
    }
    if (!desk.directory().org(ask.org) || !desk.reaches(Permission::meeting_hold, "", ask.org))
      return record_refusal({"meeting.org", "不在您管的机构里", "org", "选您管的机构"});
    ask.title = call.text("title"), ask.kind = call.text("meeting"), ask.time = call.text("time");
    ask.place = text_member(call, "place"), ask.whole_org = workbench::flag_in(call.body, "whole_org");
    ask.rhythm = {text_member(call, "every"), static_cast<int>(workbench::whole_in(call.body, "weekday")),
                  static_cast<int>(workbench::whole_in(call.body, "nth"))};
    ask.people = workbench::texts_in(call.body, "people"), ask.agenda = workbench::texts_in(call.body, "agenda");
    ask.ended = workbench::flag_in(call.body, "ended");
    for (const auto& one : ask.people)
      if (!desk.directory().person(one))
        return record_refusal({"meeting.people", "没有员工 " + one, "people", ""});
    auto kept = workbench::keep_series(desk.store(), ask, desk.writing());
    if (!kept.ok()) return record_refusal(kept.error());
    return Answer{series_json(desk, *kept)};
  });
}

Outcome make_series(Services& s, const Call& call) { return keep_series(s, call, 0); }
Outcome change_series(Services& s, const Call& call) {
  const std::string& id = call.part("id");
  if (id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return not_found();
  return keep_series(s, call, std::stoll(id));
}

// What stands in the calendar: meetings that are there, and days of series that nobody has prepared yet.
Json line_of(PlanDesk& desk, const MeetingSeries& series, Date day) {
  return JsonObject{{"id", Json()},
                    {"series", series.record.id},
                    {"title", series.record.title},
                    {"meeting", series.kind},
                    {"day", day.str()},
                    {"time", series.time},
                    {"place", series.place},
                    {"state", day < desk.today() ? "missed" : "planned"},
                    {"org_name", desk.org_name(series.record.org)},
                    {"people", people_of(desk, series).size()},
                    {"decisions", size_t{0}},
                    {"waits_for_me", false},
                    {"may_prepare", desk.reaches(Permission::meeting_hold, series.record)}};
}

Json line_of(PlanDesk& desk, const Meeting& m, const std::string& kind) {
  const auto waits = m.waits_for();
  const bool mine =
      m.record.state == "minuted" && std::find(waits.begin(), waits.end(), desk.person()) != waits.end();
  return JsonObject{{"id", m.record.id},
                    {"series", m.record.parent ? Json(m.record.parent) : Json()},
                    {"title", m.record.title},
                    {"meeting", kind},
                    {"day", m.record.day->str()},
                    {"time", m.time},
                    {"place", m.place},
                    {"state", m.record.state},
                    {"org_name", desk.org_name(m.record.org)},
                    {"people", m.people.size()},
                    {"decisions", m.decisions.size()},
                    {"waits_for_me", mine},
                    {"may_prepare", false}};
}

Outcome calendar(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    const Date from = Date::parse(call.get("from").value_or("")).value_or(desk.today() - 7);
    const Date to = Date::parse(call.get("to").value_or("")).value_or(from + 21);
    if (from > to || to - from > kSpan)
      return Refusal{422, {"meeting.span", "一次最多看半年", "from", ""}, {{"from", "一次最多看半年"}}};
    records::Filter filter;
    filter.kinds = {workbench::kMeeting}, filter.from = from, filter.to = to, filter.limit = 5000;
    std::map<int64_t, MeetingSeries> series;
    records::Filter all;
    all.kinds = {workbench::kSeries};
    for (const auto& one : records::list(desk.store(), all))
      if (desk.sees(one)) series.emplace(one.id, workbench::series_of(one));
    std::vector<Json> lines;
    std::set<std::pair<int64_t, Date>> there;
    for (const auto& one : records::list(desk.store(), filter)) {
      there.emplace(one.parent, *one.day);
      if (!desk.sees(one)) continue;
      auto of = series.find(one.parent);
      lines.push_back(line_of(desk, workbench::meeting_of(one), of == series.end() ? "other" : of->second.kind));
    }
    for (const auto& [id, one] : series) {
      if (one.record.state != "on") continue;
      // A series begins with the day it was made.
      auto made = base::Instant::parse(one.record.made_at);
      const Date begins = made ? std::min(workbench::bank_day_of(*made), desk.today()) : desk.today();
      for (const Date day : workbench::days_of(one, desk.rules().calendar(), std::max(from, begins), to))
        if (!there.contains({id, day})) lines.push_back(line_of(desk, one, day));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Json& a, const Json& b) {
      return workbench::text_in(a, "day") + workbench::text_in(a, "time") <
             workbench::text_in(b, "day") + workbench::text_in(b, "time");
    });
    Answer out{.items = Items::of(std::move(lines))};
    out.items->beside = {{"today", desk.today().str()}, {"from", from.str()}, {"to", to.str()}};
    return out;
  });
}

}  // namespace

Table meeting_endpoints() {
  const SchemaRef series = optional(object({{"version", integer()},
                                            {"title", text(800)},
                                            {"org", text(100)},
                                            {"meeting", choice({"morning", "weekly", "monthly", "other"})},
                                            {"every", choice({"", "day", "week", "month"})},
                                            {"weekday", integer()},
                                            {"nth", integer()},
                                            {"time", text(5)},
                                            {"place", text(400)},
                                            {"whole_org", boolean()},
                                            {"people", list(text(100))},
                                            {"agenda", list(text(800))},
                                            {"ended", boolean()}}),
                                    {"version", "org", "weekday", "nth", "place", "people", "agenda", "ended"});
  const SchemaRef usual =
      list(object({{"meeting", text()}, {"every", text()}, {"weekday", integer()}, {"nth", integer()}}));
  return {{.method = "GET",
           .path = "/meeting-series",
           .summary = "series of meetings one belongs to or sees, and how often the pack says there are meetings",
           .permission = Permission::meeting_read,
           .output = list_of("MeetingSeries", {{"today", date()}, {"usual", usual}}),
           .handler = list_series,
           .list = true,
           .whole = true,
           .searched = {"title", "org_name"}},
          {.method = "POST",
           .path = "/meeting-series",
           .summary = "a new series: who meets, how often, with which standing agenda",
           .permission = Permission::meeting_hold,
           .input = series,
           .output = ref("MeetingSeries"),
           .handler = make_series},
          {.method = "PUT",
           .path = "/meeting-series/{id}",
           .summary = "changes or ends a series; meetings that are there stay",
           .permission = Permission::meeting_hold,
           .input = series,
           .output = ref("MeetingSeries"),
           .handler = change_series},
          {.method = "GET",
           .path = "/meetings",
           .summary = "the calendar of a span: meetings, and days of series nobody has prepared yet",
           .permission = Permission::meeting_read,
           .parameters = {{"from", date()}, {"to", date()}, {"series", integer(), false, "", "series"}},
           .output = list_of("MeetingLine", {{"today", date()}, {"from", date()}, {"to", date()}}),
           .handler = calendar,
           .list = true,
           .whole = true,
           .searched = {"title", "place", "org_name"}}};
}

}  // namespace guanhu::api
