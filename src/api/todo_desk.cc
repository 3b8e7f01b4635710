#include "api/todo_desk.h"

#include <algorithm>

#include "people/delegations.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::Todo;

namespace {

Json day_or_null(const std::optional<Date>& day) { return day ? Json(day->str()) : Json(); }

// Where it stands in the list: what is late, what is for today (and what waits without a day), this week, later.
const char* group_of(const Todo& of, Date today) {
  if (!of.due) return "today";
  if (*of.due < today) return "overdue";
  if (*of.due == today) return "today";
  const Date sunday = today + (7 - today.weekday());
  return *of.due <= sunday ? "week" : "later";
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == text.npos;
}

}  // namespace

workbench::TodoDoing TodoDesk::doing() {
  return {login(), person(), now(), today(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

const std::vector<std::string>& TodoDesk::stood_in() {
  if (!whose_) whose_ = workbench::stands_in_for(store(), person(), today());
  return *whose_;
}

const std::vector<std::pair<std::string, std::string>>& TodoDesk::delegated() {
  if (!delegated_) {
    delegated_.emplace();
    const base::Date day = people::day_here(now());
    for (const auto& one : people::delegations(store(), {.giver = "", .taker = person(), .person = "", .on = day}))
      if (one.kind == "task") delegated_->emplace_back(one.giver, one.what);
  }
  return *delegated_;
}

std::vector<Todo> TodoDesk::mine(const std::string& state, size_t limit) {
  workbench::TodoFilter filter;
  filter.people = stood_in(), filter.people.push_back(person());
  filter.escalated_to = person(), filter.state = state, filter.limit = limit;
  auto kept = workbench::todos(store(), filter);
  for (const auto& [giver, source] : delegated()) {
    workbench::TodoFilter theirs;
    theirs.people = {giver}, theirs.source = source, theirs.state = state, theirs.limit = limit;
    for (auto& one : workbench::todos(store(), theirs))
      if (std::none_of(kept.begin(), kept.end(), [&](const Todo& there) { return there.id == one.id; }))
        kept.push_back(std::move(one));
  }
  if (state == "closed") return kept;
  auto waiting = workbench::waiting_for(store(), directory(), call().login(), today());
  // What is kept and closed by hand must be known, or it would come back as waiting.
  std::erase_if(waiting, [&](const Todo& one) {
    auto id = workbench::todo_with_key(store(), one.key);
    auto there = id ? workbench::todo(store(), *id) : base::Result<Todo>(base::Error{});
    return there.ok() && (there->state == "done" || there->state == "cancelled");
  });
  return workbench::merged(std::move(kept), std::move(waiting));
}

std::optional<Todo> TodoDesk::find(const std::string& id) {
  if (is_number(id)) {
    auto found = workbench::todo(store(), std::stoll(id));
    return found.ok() && sees(*found) ? std::optional(std::move(*found)) : std::nullopt;
  }
  for (auto& one : workbench::waiting_for(store(), directory(), call().login(), today()))
    if (one.key == id) {
      auto kept = workbench::todo_with_key(store(), id);
      return kept ? std::optional(*workbench::todo(store(), *kept)) : std::optional(std::move(one));
    }
  return std::nullopt;
}

std::optional<Todo> TodoDesk::hold(const std::string& id) {
  auto found = find(id);
  if (!found || found->id) return found;
  const auto doer = doing();
  store().transaction([&] { found->id = workbench::keep_todo(store(), *found, "system", doer.at); });
  return found;
}

bool TodoDesk::own(const Todo& of) {
  if (own(of.assignee)) return true;
  const auto& handed = delegated();
  return std::find(handed.begin(), handed.end(), std::pair(of.assignee, of.source)) != handed.end();
}

bool TodoDesk::reaches(Permission permission, const Todo& of) {
  const Scope scope = this->scope(permission);
  if (scope != Scope::branch && scope != Scope::bank) return false;
  auto reach = facts().reach(call().login(), scope);
  if (of.assignee.starts_with("login:")) return reach->bank();
  return of.assignee.empty() ? reach->org(of.org) : reach->staff(of.assignee);
}

bool TodoDesk::superior(const Todo& of) {
  // A head does not direct his own work.
  return of.assignee != person() && (reaches(Permission::todo_assign, of) || of.escalated_to == person());
}

bool TodoDesk::sees(const Todo& of) {
  return own(of) || of.escalated_to == person() || of.made_by == login() || reaches(Permission::todo_read, of);
}

JsonArray TodoDesk::may(const Todo& of) {
  JsonArray out;
  const bool mine = own(of), over = superior(of), gave = of.source == "assigned" && of.made_by == login();
  const bool live = of.source != "duty" && of.source != "assigned";
  if (of.open()) {
    if ((mine || over) && !live) out.emplace_back("done");
    if (mine) out.emplace_back(of.snoozed(today()) ? "wake" : "snooze");
    if ((over || gave) && !live) out.emplace_back("hand"), out.emplace_back("cancel");
  } else if (of.state != "fact" && (mine || over || gave) && !live) {
    out.emplace_back("reopen");
  }
  return out;
}

Json TodoDesk::json(const Todo& of) {
  Json rule;
  if (of.rule) {
    JsonArray rules(of.rule->rules.begin(), of.rule->rules.end());
    rule = JsonObject{{"pack", of.rule->pack},           {"duty", of.rule->duty},
                      {"article", of.rule->article},     {"document", of.rule->document},
                      {"checklist", of.rule->checklist}, {"rules", std::move(rules)}};
  }
  const bool open = of.open();
  return JsonObject{{"id", of.id ? std::to_string(of.id) : of.key},
                    {"source", of.source},
                    {"title", of.title},
                    {"subject", of.subject},
                    {"object", of.object},
                    {"object_name", of.object_name},
                    {"customer", of.customer},
                    {"org", of.org},
                    {"org_name", org_name(of.org)},
                    {"assignee", of.assignee},
                    {"assignee_name", name_of(of.assignee)},
                    {"own", of.assignee == person()},
                    {"due", day_or_null(of.due)},
                    {"rule_day", day_or_null(of.rule_day)},
                    {"days", of.due ? Json(int64_t{*of.due - today()}) : Json()},
                    {"group", open ? Json(group_of(of, today())) : Json()},
                    {"priority", of.priority},
                    {"state", of.snoozed(today()) ? "snoozed" : of.state},
                    {"note", of.note},
                    {"link", of.link},
                    {"snoozed_until", open ? day_or_null(of.snoozed_until) : Json()},
                    {"snooze_why", of.snooze_why},
                    {"escalated", of.escalated},
                    {"escalated_to", of.escalated_to.empty() ? Json() : Json(name_of(of.escalated_to))},
                    {"escalated_to_me", !of.escalated_to.empty() && of.escalated_to == person()},
                    {"escalated_on", day_or_null(of.escalated_on)},
                    {"rule", std::move(rule)},
                    {"made_at", of.made_at.empty() ? Json() : Json(of.made_at)},
                    {"made_by", of.made_by},
                    {"changed_at", of.changed_at.empty() ? Json() : Json(of.changed_at)},
                    {"changed_by", of.changed_by},
                    {"may", may(of)}};
}

Refusal todo_refusal(const base::Error& error) {
  if (error.code.ends_with(".unknown")) return not_found();
  Refusal out = refusal_of(error);
  if (!error.where.empty()) out.misfits.push_back({error.where, error.message});
  if (error.code == "todo.state" || error.code == "todo.open" || error.code == "todo.pack.on" ||
      error.code == "todo.pack.off" || error.code == "absence.ended")
    out.status = 409;
  return out;
}

}  // namespace guanhu::api
