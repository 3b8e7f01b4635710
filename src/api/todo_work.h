// The night run of to-dos as a job of the server: asked for, after an import, and when the first visitor of a day
// comes.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "api/jobs.h"
#include "base/date.h"
#include "feed/bank.h"
#include "workbench/todo_night.h"

namespace guanhu::api {

class Services;

struct TodoAsk {
  std::optional<base::Date> day;  // nothing: the day that is due
};
base::Result<Job> queue_todos(Services& services, const TodoAsk& ask, const std::string& by);
// Of a recorded job; nothing when the record cannot be understood.
std::optional<TodoAsk> todo_ask(const base::Json& json);
Jobs::WorkFunction work_of(Services& services, TodoAsk ask, std::string by);

// Whoever was raised something to hears of it. Refused: as workbench::night_run.
base::Result<workbench::TodoRunReport> run_todos_now(Services& services, feed::Bank& bank, const TodoAsk& ask,
                                                     const std::string& by,
                                                     const std::function<void(const std::string&)>& tell);
// After an import, in its job: nothing where no pack's duties count; what goes wrong goes to the log.
void todos_after_import(Services& services, feed::Bank& bank, const std::string& by);
// Queues a run when the list of the day has not been made; looked at most every ten minutes.
void catch_up_todos(Services& services, store::Session& store);

}  // namespace guanhu::api
