#include "workbench/todo_night.h"

#include "appraisal/life_days.h"
#include "attribution/recorded.h"
#include "policy/load.h"
#include "workbench/notice_night.h"
#include "workbench/post_sheet.h"
#include "workbench/service_request.h"
#include "workbench/todo_figures.h"
#include "workbench/todo_leads.h"
#include "workbench/todo_sources.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;

base::Result<std::shared_ptr<const policy::Pack>> open_night_pack(feed::Bank& bank, const Night& night,
                                                                  const std::string& pack, Date day) {
  if (auto version = policy::PolicyLife::in_force(bank.store(), pack, day))
    return night.life->open(bank.store(), *version);
  auto opened = policy::open_pack(night.policies, pack);
  if (!opened.ok()) return opened.error();
  return std::make_shared<const policy::Pack>(std::move(*opened));
}

std::optional<Date> last_business_date(warehouse::Warehouse& db) {
  auto days = warehouse::one_int(
      db, "SELECT CAST(max(business_date) - DATE '1970-01-01' AS BIGINT) FROM imports WHERE replaced_at IS NULL");
  return days ? std::optional(Date(static_cast<int32_t>(*days))) : std::nullopt;
}

base::Status check_night_day(Date day, Date business, base::Instant now) {
  const Date today = std::max(appraisal::bank_day(now), business);
  if (day >= business && day <= today + 1) return {};
  return Error{"todo.day", "不能为 " + day.str() + " 做待办事项", "date",
               "从最后的业务日期 " + business.str() + " 到 " + (today + 1).str() + " 之间"};
}

bool night_is_due(store::Session& session, Date last_business_date, base::Instant now) {
  if (todo_packs(session, appraisal::bank_day(now)).empty()) return false;
  const Date day = next_run_day(last_business_date, now);
  auto rows = session.query("SELECT 1 FROM todo_runs WHERE day >= ? LIMIT 1", {day.str()});
  return rows.empty();
}

namespace {

// What each post does as of the night; a bank without the pack asks nobody to read one.
void note_sheets(feed::Bank& bank, const Night& night, const TodoDoing& doing) {
  auto pack = open_night_pack(bank, night, kPostsPack, doing.today);
  if (!pack.ok()) return;
  auto sheets = sheets_of(**pack, doing.today);
  if (!sheets.ok()) return;
  const records::Doing as{
      doing.login, doing.at, [&](const records::Record& of, const std::string& action) {
        if (doing.also)
          doing.also(action, of.kind + " " + std::to_string(of.id), base::JsonObject{{"post", of.key}});
      }};
  keep_sheets(bank.store(), *sheets, doing.today, as);
}

}  // namespace

base::Result<TodoRunReport> night_run(feed::Bank& bank, const Night& night, TodoDoing doing,
                                      const std::function<void(const std::string&)>& tell) {
  attribution::refresh_spans(bank.warehouse());  // an import may have changed what the feed says of them
  auto business = last_business_date(bank.warehouse());
  if (!business) return Error{"data.none", "还没有导入任何业务日期", "", "先导入数据"};
  TodoRunAsk ask;
  ask.business = *business;
  ask.day = night.day.value_or(next_run_day(*business, doing.at));
  if (auto fits = check_night_day(ask.day, *business, doing.at); !fits.ok()) return fits.error();
  auto calendar = BusinessCalendar::read(bank.folder().path());
  if (!calendar.ok()) return calendar.error();
  ask.calendar = std::move(*calendar);
  std::vector<std::string> unread;
  for (const auto& one : todo_packs(bank.store(), ask.day)) {
    auto pack = open_night_pack(bank, night, one.pack, ask.day);
    if (pack.ok()) ask.packs.push_back(std::move(*pack));
    else ask.left_alone.push_back(one.pack), unread.push_back(one.pack + "：" + pack.error().text());
  }
  const auto directory = people::Directory::load(bank.warehouse(), *business, std::nullopt);
  ask.directory = &directory;
  doing.today = ask.day;
  if (auto pack = open_night_pack(bank, night, "customer-marketing", ask.day); pack.ok())
    fall_back_leads(bank.store(), **pack, doing);
  note_sheets(bank, night, doing);
  ask.waiting = waiting_for_all(bank.store(), directory, ask.day);
  ask.problems = std::move(unread);
  std::vector<std::string> unknown;
  ask.figure = figures_of(bank, night, unknown);
  TodoRunReport report = run_todos(bank.warehouse(), bank.store(), ask, doing, tell);
  for (auto& problem : unknown) report.problems.push_back(std::move(problem));
  if (tell) tell("按规则提醒");
  try {
    auto said = run_notices(bank.warehouse(), bank.store(), bank.personal_key(),
                            {ask.day, *business, ask.packs, ask.calendar, &directory}, doing);
    for (auto& problem : said.problems) report.problems.push_back(std::move(problem));
  } catch (const std::exception& e) {
    // The list stands; what was not said is said by the next run.
    report.problems.push_back(std::string("提醒没有做成：") + e.what());
  }
  return report;
}

}  // namespace guanhu::workbench
