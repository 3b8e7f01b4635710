// Which packs' duties count, and for which day the list is made.
#include <algorithm>
#include <map>

#include "appraisal/life_days.h"
#include "policy/life.h"
#include "workbench/todo_run.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

// Facts older than this are those of a bank that does not live on the machine's calendar.
constexpr int kStopped = 31;

}  // namespace

std::vector<TodoPack> todo_packs(store::Session& session, Date day) {
  std::map<std::string, TodoPack> out;
  for (const auto& version : policy::PolicyLife::versions(session, ""))
    if (version.active_from && *version.active_from <= day) out[version.pack] = {version.pack, true, "", ""};
  for (const auto& row : session.query("SELECT pack, at, actor FROM todo_packs ORDER BY pack")) {
    TodoPack& one = out[row.text(0)];
    one.pack = row.text(0), one.at = row.text(1), one.by = row.text(2);
  }
  std::vector<TodoPack> all;
  for (auto& [name, one] : out) all.push_back(std::move(one));
  return all;
}

base::Status switch_pack(store::Session& session, const std::string& pack, bool on, const TodoDoing& doing) {
  base::Status out;
  session.transaction([&] {
    const int64_t changed =
        on ? session.exec(
                 "INSERT INTO todo_packs (pack, at, actor) VALUES (?, ?, ?) ON CONFLICT (pack) DO NOTHING",
                 {pack, doing.at.str(), doing.login})
           : session.exec("DELETE FROM todo_packs WHERE pack = ?", {pack});
    if (!changed) {
      out = on ? Error{"todo.pack.on", "制度包 " + pack + " 的待办规则已经启用", "pack", ""}
               : Error{"todo.pack.off", "制度包 " + pack + " 的待办规则没有启用", "pack", "看 guanhu todo packs"};
      return;
    }
    if (doing.also) doing.also(on ? "todo.pack_on" : "todo.pack_off", "pack " + pack, JsonObject{});
  });
  return out;
}

Date working_day(store::Session& session, base::Instant now) {
  const Date today = appraisal::bank_day(now);
  auto rows = session.query("SELECT day FROM todo_runs ORDER BY run_id DESC LIMIT 1");
  auto last = rows.empty() ? std::nullopt : Date::parse(rows[0].text(0));
  return last && today - *last > kStopped ? *last : today;
}

Date next_run_day(Date last_business_date, base::Instant now) {
  const Date today = appraisal::bank_day(now);
  return today - last_business_date > kStopped ? last_business_date + 1 : today;
}

Json last_run(store::Session& session) {
  auto rows = session.query("SELECT day, at, actor, report FROM todo_runs ORDER BY run_id DESC LIMIT 1");
  if (rows.empty()) return {};
  auto report = Json::parse(rows[0].text(3));
  return JsonObject{{"day", rows[0].text(0)},
                    {"at", rows[0].text(1)},
                    {"actor", rows[0].text(2)},
                    {"report", report.ok() ? std::move(*report) : Json()}};
}

Json to_json(const TodoRunReport& r) {
  base::JsonArray duties, problems;
  for (const auto& one : r.duties)
    duties.push_back(JsonObject{{"pack", one.pack},
                                {"duty", one.duty},
                                {"title", one.title},
                                {"looked_at", one.looked_at},
                                {"open", one.open},
                                {"made", one.made}});
  for (const auto& one : r.problems) problems.push_back(one);
  return JsonObject{{"day", r.day.str()},
                    {"business_date", r.business.str()},
                    {"made", r.made},
                    {"moved", r.moved},
                    {"closed", r.closed},
                    {"reopened", r.reopened},
                    {"reassigned", r.reassigned},
                    {"escalated", r.escalated},
                    {"failed", r.failed},
                    {"open", r.open},
                    {"nobody", r.nobody},
                    {"duties", std::move(duties)},
                    {"problems", std::move(problems)}};
}

}  // namespace guanhu::workbench
