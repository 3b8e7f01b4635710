// guanhu todo run, list, packs: the list of what people must do.
#include <ostream>

#include "api/services.h"
#include "cli/people_work.h"
#include "cli/places.h"
#include "cli/todo_night.h"
#include "cli/wiring.h"
#include "policy/load.h"
#include "workbench/absence.h"
#include "workbench/todo_night.h"

namespace guanhu::cli {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using workbench::Todo;
using workbench::TodoDoing;
using workbench::TodoRunReport;

namespace {

TodoDoing doing_of(PeopleWork& work, const appraisal::PeopleDoing& who) {
  return {who.actor, workbench::person_of(who.actor, who.staff), who.at,
          workbench::working_day(work.bank.store(), who.at), who.also};
}

void print(std::ostream& out, const TodoRunReport& report) {
  out << "待办事项 " << report.day.str() << "（业务日期 " << report.business.str() << "）：新增 " << report.made
      << "，改期 " << report.moved << "，了结 " << report.closed << "，恢复 " << report.reopened << "，改派 "
      << report.reassigned << "，上报 " << report.escalated << "；未办 " << report.open;
  if (report.nobody) out << "，其中 " << report.nobody << " 件没有找到办的人";
  out << "\n";
  for (const auto& duty : report.duties)
    out << "  " << duty.pack << "/" << duty.duty << "  看了 " << duty.looked_at << "，未办 " << duty.open
        << "，新增 " << duty.made << "\n";
  for (const auto& problem : report.problems) out << "  " << problem << "\n";
}

base::Result<workbench::Night> night_of(PeopleWork& work) {
  auto given = work.options.get("policies");
  auto folder = policies_folder(given ? std::optional(path_of(work.io, *given)) : std::nullopt);
  if (!folder.ok()) return folder.error();
  workbench::Night night{*folder, &work.life, {}};
  if (work.options.has("date")) {
    auto day = work.day("date");
    if (!day.ok()) return day.error();
    night.day = *day;
  }
  return night;
}

base::Result<int> run(PeopleWork& work) {
  auto who = work.doing();
  if (!who.ok()) return who.error();
  auto night = night_of(work);
  if (!night.ok()) return night.error();
  auto tell = [&](const std::string& what) {
    if (work.io.progress) work.io.err << what << "\n";
  };
  auto report = workbench::night_run(work.bank, *night, doing_of(work, *who), tell);
  if (!report.ok()) return report.error();
  if (work.json()) work.io.out << workbench::to_json(*report).dump(2) << "\n";
  else print(work.io.out, *report);
  if (report->duties.empty() && !work.json())
    work.io.out << "没有启用待办规则的制度包；guanhu todo packs --add PACK 启用一个\n";
  return report->failed ? kNo : kDone;
}

Json json_of(const Todo& one) {
  JsonArray rules;
  if (one.rule) rules.assign(one.rule->rules.begin(), one.rule->rules.end());
  auto day = [](const std::optional<base::Date>& d) { return d ? Json(d->str()) : Json(); };
  return JsonObject{{"id", one.id},
                    {"key", one.key},
                    {"source", one.source},
                    {"pack", one.rule ? Json(one.rule->pack) : Json()},
                    {"duty", one.rule ? Json(one.rule->duty) : Json()},
                    {"article", one.rule ? Json(one.rule->article) : Json()},
                    {"rules", std::move(rules)},
                    {"subject", one.subject},
                    {"object", one.object},
                    {"customer", one.customer},
                    {"title", one.title},
                    {"assignee", one.assignee},
                    {"rule_day", day(one.rule_day)},
                    {"due", day(one.due)},
                    {"state", one.state},
                    {"snoozed_until", day(one.snoozed_until)},
                    {"escalated", one.escalated},
                    {"escalated_to", one.escalated_to}};
}

base::Result<int> list(PeopleWork& work) {
  const base::Date today = workbench::working_day(work.bank.store(), work.io.clock.now());
  workbench::TodoFilter filter;
  filter.state = work.options.has("all") ? "" : "open", filter.limit = 100'000;
  if (auto staff = work.options.get("staff")) {
    filter.people = workbench::stands_in_for(work.bank.store(), *staff, today);
    filter.people.push_back(*staff), filter.escalated_to = *staff;
  }
  const auto all = workbench::todos(work.bank.store(), filter);
  if (work.json()) {
    JsonArray items;
    for (const Todo& one : all) items.push_back(json_of(one));
    work.io.out << Json(JsonObject{{"today", today.str()}, {"todos", std::move(items)}}).dump(2) << "\n";
    return kDone;
  }
  for (const Todo& one : all) {
    const char* state = one.open() ? one.late(today) ? "逾期" : "未办" : one.state == "done" ? "已办" : "了结";
    work.io.out << (one.due ? one.due->str() : "尽快      ") << "  " << state << "  "
                << (one.assignee.empty() ? "—" : one.assignee) << "  " << one.title << "\n";
  }
  work.io.out << "共 " << all.size() << " 件，今天是 " << today.str() << "\n";
  return kDone;
}

base::Result<int> packs(PeopleWork& work) {
  auto who = work.doing();
  if (!who.ok()) return who.error();
  const TodoDoing doing = doing_of(work, *who);
  for (bool on : {true, false})
    if (auto pack = work.options.get(on ? "add" : "remove")) {
      if (on) {  // must be there
        auto night = night_of(work);
        if (!night.ok()) return night.error();
        auto opened = policy::open_pack(night->policies, *pack);
        if (!opened.ok()) return opened.error();
      }
      if (auto done = workbench::switch_pack(work.bank.store(), *pack, on, doing); !done.ok()) return done.error();
    }
  const auto all = workbench::todo_packs(work.bank.store(), doing.today);
  if (work.json()) {
    JsonArray items;
    for (const auto& one : all)
      items.push_back(JsonObject{{"pack", one.pack}, {"activated", one.activated}, {"by", one.by}});
    work.io.out << Json(JsonObject{{"packs", std::move(items)}}).dump(2) << "\n";
    return kDone;
  }
  for (const auto& one : all)
    work.io.out << one.pack << "  " << (one.activated ? "已施行的版本" : "由 " + one.by + " 启用") << "\n";
  if (all.empty()) work.io.out << "没有启用待办规则的制度包；--add PACK 启用一个\n";
  return kDone;
}

}  // namespace

void todo_night(feed::Bank& bank, Io& io) {
  if (workbench::todo_packs(bank.store(), local_day(io.clock)).empty()) return;
  auto folder = policies_folder(std::nullopt);
  if (!folder.ok()) {
    io.err << "guanhu import: 没有做待办事项：" << folder.error().text() << "\n";
    return;
  }
  policy::PolicyLife life(bank.folder().path() / "temp/policies-of-commands");
  TodoDoing doing{actor_of(io),
                  "",
                  io.clock.now(),
                  {},
                  [&](const std::string& action, const std::string& subject, Json detail) {
                    api::record(bank.store(), actor_of(io), action, subject, std::move(detail), io.clock);
                  }};
  auto report = workbench::night_run(bank, {*folder, &life, {}}, doing);
  if (!report.ok()) io.err << "guanhu import: 没有做待办事项：" << report.error().text() << "\n";
}

const Command kTodoRunCommand = {"todo run", "makes the to-dos of a day",
                                 "usage: guanhu todo run --data DIR [--date DATE] [--policies DIR] [--json]\n\n"
                                 "Asks the duties of the packs that count what people must do, on the facts of "
                                 "the last business date, and keeps\n"
                                 "it as to-dos; those that the facts have settled are closed, late ones are "
                                 "raised to the superior. Doing it twice\n"
                                 "changes nothing. --date: the day they are made for; else today. Exit status 1: "
                                 "something could not be worked out.\n",
                                 [](const std::vector<std::string>& arguments, Io& io) {
                                   return run_people("todo run", arguments, io, {"date"}, {}, run);
                                 }};
const Command kTodoListCommand = {"todo list", "lists what is to be done",
                                  "usage: guanhu todo list --data DIR [--staff ID] [--all] [--json]\n\n"
                                  "By due day. --staff: of that person, with those they stand in for and what was "
                                  "raised to them. --all: done ones "
                                  "too.\n",
                                  [](const std::vector<std::string>& arguments, Io& io) {
                                    return run_people("todo list", arguments, io, {"staff"}, {"all"}, list);
                                  }};
const Command kTodoPacksCommand = {
    "todo packs", "says whose duties count",
    "usage: guanhu todo packs --data DIR [--add PACK] [--remove PACK] [--policies DIR] [--json]\n\n"
    "Packs with a version in force count by themselves; others are switched on here.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("todo packs", arguments, io, {"add", "remove"}, {}, packs);
    }};

}  // namespace guanhu::cli
