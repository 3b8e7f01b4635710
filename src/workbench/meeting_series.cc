// Series of meetings: who meets how often.
#include <algorithm>

#include "workbench/meeting.h"
#include "workbench/plan_period.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

bool is_time(const std::string& text) {
  return text.size() == 5 && text[2] == ':' && text >= "00:00" && text <= "23:59" && text[3] <= '5' &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == ':'; });
}

base::Status check(const SeriesAsk& ask) {
  static const char* const kKinds[] = {"morning", "weekly", "monthly", "other"};
  if (std::find(std::begin(kKinds), std::end(kKinds), ask.kind) == std::end(kKinds))
    return Error{"meeting.kind", "会议是晨会、周会、月会或者其他", "kind", ""};
  if (!is_time(ask.time)) return Error{"meeting.time", "时间写成 08:10 这样", "time", ""};
  const auto& r = ask.rhythm;
  const bool known = r.every.empty() || r.every == "day" || r.every == "week" || r.every == "month";
  if (!known || (r.every == "week" && (r.weekday < 1 || r.weekday > 7)) ||
      (r.every == "month" && (r.nth == 0 || r.nth > 23 || r.nth < -23)))
    return Error{"meeting.rhythm", "每天、每周星期几、每月第几个工作日，选一样", "rhythm", ""};
  if (!ask.whole_org && ask.people.empty()) return Error{"meeting.people", "没有人参加", "people", "选参加的人"};
  if (ask.people.size() > 500) return Error{"meeting.people", "一次会最多 500 人", "people", ""};
  return {};
}

Date in_week(const BusinessCalendar& calendar, const PlanPeriod& week, int weekday) {
  const Date wanted = week.first + (weekday - 1);
  for (Date day = wanted; day <= week.last; day = day + 1)
    if (calendar.working(day)) return day;
  for (Date day = wanted; day >= week.first; day = day - 1)
    if (calendar.working(day)) return day;
  return week.first - 1;  // nobody works in it
}

Date in_month(const BusinessCalendar& calendar, const PlanPeriod& month, int nth) {
  int left = nth > 0 ? nth : -nth;
  for (Date day = nth > 0 ? month.first : month.last; month.holds(day); day = nth > 0 ? day + 1 : day - 1)
    if (calendar.working(day) && --left == 0) return day;
  return month.first - 1;
}

}  // namespace

MeetingSeries series_of(const records::Record& record) {
  if (record.kind != kSeries)
    throw base::Broken("record " + std::to_string(record.id) + " is no series of meetings");
  MeetingSeries out;
  out.record = record;
  const Json& body = record.body;
  out.kind = text_in(body, "kind"), out.time = text_in(body, "time"), out.place = text_in(body, "place");
  out.rhythm = {text_in(body, "every"), static_cast<int>(whole_in(body, "weekday")),
                static_cast<int>(whole_in(body, "nth"))};
  out.whole_org = flag_in(body, "whole_org"), out.people = texts_in(body, "people");
  out.agenda = texts_in(body, "agenda");
  return out;
}

base::Result<MeetingSeries> keep_series(store::Session& session, const SeriesAsk& ask,
                                        const records::Doing& doing) {
  if (auto fits = check(ask); !fits.ok()) return fits.error();
  records::Change change;
  records::Record& r = change.record;
  if (ask.id) {
    auto found = records::record(session, kSeries, ask.id);
    if (!found.ok()) return found.error();
    r = *found;
    if (ask.version) r.version = ask.version;
  } else {
    r.kind = kSeries, r.owner = ask.owner;
  }
  r.state = ask.ended ? "ended" : "on", r.org = ask.org, r.title = ask.title;
  r.body = JsonObject{{"kind", ask.kind},
                      {"every", ask.rhythm.every},
                      {"weekday", ask.rhythm.weekday},
                      {"nth", ask.rhythm.nth},
                      {"time", ask.time},
                      {"place", ask.place},
                      {"whole_org", ask.whole_org},
                      {"people", texts_json(ask.people)},
                      {"agenda", texts_json(ask.agenda)}};
  change.action = ask.id ? "meeting_series.change" : "meeting_series.make";
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return series_of(*written);
}

std::vector<Date> days_of(const MeetingSeries& series, const BusinessCalendar& calendar, Date first, Date last) {
  std::vector<Date> out;
  if (series.rhythm.every == "day") {
    for (Date day = first; day <= last; day = day + 1)
      if (calendar.working(day)) out.push_back(day);
    return out;
  }
  if (series.rhythm.every.empty()) return out;
  const bool weekly = series.rhythm.every == "week";
  const PlanKind kind = weekly ? PlanKind::week : PlanKind::month;
  for (PlanPeriod period = PlanPeriod::containing(kind, first); period.first <= last; period = period.next()) {
    const Date day =
        weekly ? in_week(calendar, period, series.rhythm.weekday) : in_month(calendar, period, series.rhythm.nth);
    if (period.holds(day) && day >= first && day <= last) out.push_back(day);
  }
  return out;
}

}  // namespace guanhu::workbench
