#include "api/mail_night.h"

#include "api/outbox_worker.h"
#include "api/services.h"
#include "workbench/notice_night.h"
#include "workbench/todo_night.h"
#include "workbench/todo_run.h"

namespace guanhu::api {

void notices_of_night(Services& s, feed::Bank& bank, base::Date day, const std::string& by) {
  try {
    auto business = workbench::last_business_date(bank.warehouse());
    auto calendar = workbench::BusinessCalendar::read(bank.folder().path());
    if (!business || !calendar.ok()) return;
    workbench::NoticeNightAsk ask;
    ask.day = day, ask.business = *business, ask.calendar = *calendar;
    for (const auto& one : workbench::todo_packs(bank.store(), day))
      if (auto pack = s.packs().on(one.pack, day); pack.ok()) ask.packs.push_back(*pack);
    const auto directory = people::Directory::load(bank.warehouse(), *business, std::nullopt);
    ask.directory = &directory;
    const workbench::TodoDoing doing{
        by, "", s.clock().now(), day,
        [&](const std::string& action, const std::string& subject, base::Json detail) {
          record(bank.store(), by, action, subject, std::move(detail), s.clock());
        }};
    auto report = workbench::run_notices(bank.warehouse(), bank.store(), bank.personal_key(), ask, doing);
    for (const auto& problem : report.problems) s.log_error("notices: " + problem);
    wake_outbox(s);
  } catch (const std::exception& e) {
    s.log_error(std::string("notices of the night: ") + e.what());
  }
}

}  // namespace guanhu::api
