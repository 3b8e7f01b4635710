// guanhu calendar import, show: the bank's holidays and the weekends it works.
#include <ostream>

#include "base/files.h"
#include "cli/people_work.h"
#include "cli/wiring.h"
#include "workbench/calendar.h"

namespace guanhu::cli {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using workbench::BusinessCalendar;

namespace {

int working_days(const BusinessCalendar& calendar, int year) {
  int out = 0;
  for (auto day = *base::Date::from_ymd(year, 1, 1); day.year() == year; day = day + 1)
    out += calendar.working(day);
  return out;
}

base::Result<int> import(PeopleWork& work) {
  const auto& rest = work.options.rest();
  if (rest.size() != 1) return Error{"cli.missing", "one FILE is needed", "", "see --help"};
  auto text = base::read_file(path_of(work.io, rest[0]));
  if (!text.ok()) return text.error();
  const auto& folder = work.bank.folder().path();
  auto calendar = BusinessCalendar::read(folder);
  if (!calendar.ok()) return calendar.error();
  auto years = calendar->merge(*text);
  if (!years.ok()) {
    Error error = years.error();
    error.where = rest[0] + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  JsonArray list;
  for (int year : *years) list.push_back(year);
  work.bank.store().transaction([&] {
    doing->tell("calendar.import", "calendar",
                JsonObject{{"years", list}, {"days", calendar->exceptions().size()}});
    calendar->write(folder);
  });
  if (work.json()) {
    work.io.out << Json(JsonObject{{"years", list}, {"days", calendar->exceptions().size()}}).dump(2) << "\n";
    return kDone;
  }
  for (int year : *years) work.io.out << year << " 年：工作日 " << working_days(*calendar, year) << " 天\n";
  return kDone;
}

base::Result<int> show(PeopleWork& work) {
  auto calendar = BusinessCalendar::read(work.bank.folder().path());
  if (!calendar.ok()) return calendar.error();
  auto year = work.options.number("year", work.today().year());
  if (!year.ok()) return year.error();
  if (*year < 1900 || *year > 9000) return Error{"cli.number", "no such year", "--year", "write 2026"};
  JsonArray days;
  for (const auto& [day, is] : calendar->exceptions()) {
    if (day.year() != *year) continue;
    days.push_back(JsonObject{{"date", day.str()}, {"off", is.off}, {"name", is.name}});
    if (!work.json()) work.io.out << day.str() << "  " << (is.off ? "放假" : "上班") << "  " << is.name << "\n";
  }
  const int count = working_days(*calendar, static_cast<int>(*year));
  if (work.json())
    work.io.out << Json(JsonObject{{"year", int64_t{*year}}, {"working_days", count}, {"days", days}}).dump(2)
                << "\n";
  else
    work.io.out << *year << " 年：工作日 " << count << " 天"
                << (days.empty() ? "，还没有这一年的放假安排，只按周末算" : "") << "\n";
  return kDone;
}

}  // namespace

const Command kCalendarImportCommand = {
    "calendar import", "takes over holidays and weekends that are worked",
    "usage: guanhu calendar import --data DIR FILE [--json]\n\n"
    "FILE: CSV with date, name, day_kind (off, work); or lines 2026-10-01,holiday and 2026-10-10,workday; or "
    "JSON\n"
    "{\"days\": [{\"name\", \"date\", \"isOffDay\"}]}. The years it speaks of take the place of what was known of "
    "them;\n"
    "other days follow the week. Due days, appeals and pledges all count by this calendar.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("calendar import", arguments, io, {}, {}, import);
    }};
const Command kCalendarShowCommand = {"calendar show", "shows a year of the bank's calendar",
                                      "usage: guanhu calendar show --data DIR [--year YEAR] [--json]\n",
                                      [](const std::vector<std::string>& arguments, Io& io) {
                                        return run_people("calendar show", arguments, io, {"year"}, {}, show);
                                      }};

}  // namespace guanhu::cli
