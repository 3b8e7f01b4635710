#include "api/todo_work.h"

#include <atomic>
#include <map>

#include "api/outbox_worker.h"
#include "api/services.h"
#include "workbench/message.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using workbench::TodoDoing;
using workbench::TodoRunReport;

namespace {

void tell_escalated(Services& s, store::Session& store, const TodoRunReport& report) {
  if (report.escalations.empty()) return;
  std::multimap<std::string, std::string> logins;
  for (const auto& login : people::list_logins(store))
    if (!login.disabled && !login.staff_id.empty()) logins.emplace(login.staff_id, login.login);
  struct Told {
    size_t count = 0;
    int64_t last = 0;
    std::string title;
  };
  std::map<std::string, Told> by_person;
  for (const auto& one : report.escalations) {
    Told& told = by_person[one.to];
    ++told.count, told.last = one.todo, told.title = one.title;
  }
  const store::PersonalKey key = s.bank().personal_key();
  const auto settings = workbench::BankSettings::read(store);
  auto read = workbench::BusinessCalendar::read(s.bank().folder().path());
  const workbench::BusinessCalendar calendar = read.ok() ? *read : workbench::BusinessCalendar();
  const TodoDoing doing{"system", "", s.clock().now(), report.day, {}};
  const workbench::Teller teller{store, key, settings, calendar, doing};
  store.transaction([&] {
    for (const auto& [staff, told] : by_person) {
      workbench::MessageAsk ask;
      ask.event = "todo", ask.key = "todo:" + report.day.str() + "/" + std::to_string(told.last),
      ask.person = staff;
      ask.name = staff, ask.title = "有逾期的待办事项上报给您", ask.link = "/todos/team";
      ask.text = told.count == 1 ? told.title : told.title + " 等 " + std::to_string(told.count) + " 件";
      workbench::tell_person(teller, ask);
      for (auto [at, end] = logins.equal_range(staff); at != end; ++at)
        s.notice("user:" + at->second, "warn", ask.title, ask.text, ask.link);
    }
  });
}

}  // namespace

base::Result<TodoRunReport> run_todos_now(Services& s, feed::Bank& bank, const TodoAsk& ask, const std::string& by,
                                          const std::function<void(const std::string&)>& tell) {
  TodoDoing doing{
      by, "", s.clock().now(), {}, [&](const std::string& action, const std::string& subject, Json detail) {
        record(bank.store(), by, action, subject, std::move(detail), s.clock());
      }};
  auto report = workbench::night_run(bank, {s.options().policies, &s.policy_life(), ask.day}, doing, tell);
  if (!report.ok()) return report;
  tell_escalated(s, bank.store(), *report);
  wake_outbox(s);
  return report;
}

Jobs::WorkFunction work_of(Services& s, TodoAsk ask, std::string by) {
  return [&s, ask, by = std::move(by)](JobRun& job) -> base::Result<Json> {
    feed::Bank bank = s.bank().again();
    size_t done = 0;
    auto report = run_todos_now(s, bank, ask, by, [&](const std::string& what) { job.progress(done++, 0, what); });
    if (!report.ok()) return report.error();
    return workbench::to_json(*report);
  };
}

base::Result<Job> queue_todos(Services& s, const TodoAsk& ask, const std::string& by) {
  return s.jobs().add("todos", "待办事项" + (ask.day ? " " + ask.day->str() : std::string()), by,
                      work_of(s, ask, by), JsonObject{{"day", ask.day ? Json(ask.day->str()) : Json()}});
}

std::optional<TodoAsk> todo_ask(const Json& json) {
  const Json* day = json.find("day");
  if (!day) return std::nullopt;
  if (day->is_null()) return TodoAsk{};
  auto date = day->as_string() ? base::Date::parse(*day->as_string()) : std::nullopt;
  return date ? std::optional(TodoAsk{*date}) : std::nullopt;
}

void todos_after_import(Services& s, feed::Bank& bank, const std::string& by) {
  try {
    auto last = workbench::last_business_date(bank.warehouse());
    if (!last || workbench::todo_packs(bank.store(), *last + 1).empty()) return;
    auto report = run_todos_now(s, bank, {}, by, {});
    if (!report.ok()) s.log_error("to-dos after an import: " + report.error().text());
  } catch (const std::exception& e) {
    s.log_error(std::string("to-dos after an import: ") + e.what());
  }
}

void catch_up_todos(Services& s, store::Session& store) {
  constexpr int64_t kPause = 600'000'000;
  static std::atomic<int64_t> looked{0};
  const int64_t now = s.clock().now().micros;
  int64_t before = looked.load();
  if (now >= before && now - before < kPause) return;
  if (!looked.compare_exchange_strong(before, now)) return;
  auto facts = s.facts();
  if (!facts || !facts->last_date || !workbench::night_is_due(store, *facts->last_date, {now})) return;
  (void)queue_todos(s, {}, "system");
}

}  // namespace guanhu::api
