// The parts of a customer's page beside accounts and balances: time line, contribution, warnings, what was
// written, documents.
#include <algorithm>
#include <set>

#include "api/customer_timeline.h"
#include "api/intake_desk.h"
#include "api/redact.h"
#include "api/todo_desk.h"
#include "appraisal/explain.h"
#include "base/json_member.h"
#include "customers/lead.h"
#include "customers/merge.h"
#include "customers/need_pass.h"
#include "workbench/consult.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

// All numbers that are one customer with this one, the one that stands for it first; nothing when none of them is
// in reach.
std::vector<std::string> reached(Desk& desk, const Call& call) {
  auto members = customers::Merges::load(desk.store()).members(call.part("id"));
  const bool any = std::any_of(members.begin(), members.end(),
                               [&](const std::string& one) { return desk.reaches_customer(one); });
  return any ? std::move(members) : std::vector<std::string>{};
}

Json whole_of(Desk& desk, const std::vector<std::string>& members) {
  auto db = desk.services().warehouse();
  CustomerReader reader(*db, desk.directory(), *desk.facts().last_date, members[0],
                        desk.services().bank().personal_key(), {members.begin(), members.end()});
  return reader.whole();
}

std::vector<std::string> all_kinds() {
  std::vector<std::string> out;
  for (const auto& kind : record_kinds())
    if (kind.kind != customers::kFieldKind && kind.kind != customers::kIntakeKind) out.push_back(kind.kind);
  return out;
}

// What people wrote about the customer, as far as the asker sees it.
std::vector<Record> written_about(Desk& desk, const std::vector<std::string>& members,
                                  std::vector<std::string> kinds) {
  records::Filter filter;
  filter.kinds = std::move(kinds);
  std::vector<Record> out;
  for (const auto& id : members) {
    filter.customer = id;
    for (Record& one : records::list(desk.store(), filter))
      if (desk.sees(one)) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Record& a, const Record& b) { return b.day < a.day; });
  return out;
}

// ------------------------------------------------------------------------------------------ time line

std::string day_of(const Record& of) { return of.day ? of.day->str() : of.made_at.substr(0, 10); }

CustomerEvent event_of(Desk& desk, const Record& of, bool mentioned) {
  const bool market = of.kind == customers::kLeadKind || of.kind == customers::kContactKind ||
                      of.kind == customers::kPassKind || of.kind == workbench::kConsult;
  const std::string group = of.kind == "visit" ? "visit" : market ? "marketing" : "record";
  return {.day = day_of(of),
          .at = of.day ? "" : of.made_at,
          .group = group,
          .what = mentioned ? "record.mentions" : "record.written",
          .values = {{"kind", kind_title(of.kind)},
                     {"title", of.title},
                     {"state", of.state},
                     {"name", desk.name_of(of.owner)}},
          .link = page_of_record(of),
          .record = of.id};
}

// Versions know logins; people are known by name.
std::string name_of_login(Desk& desk, const std::string& login) {
  auto found = people::find_login(desk.store(), login);
  return found && !found->staff_id.empty() ? desk.name_of(found->staff_id) : login;
}

void card_events(Desk& desk, const std::string& id, std::vector<CustomerEvent>& out) {
  auto card = records::with_key(desk.store(), customers::kCardKind, id);
  if (!card) return;
  for (const auto& one : records::versions(desk.store(), card->id))
    out.push_back({.day = one.at.substr(0, 10),
                   .at = one.at,
                   .group = "card",
                   .what = one.action == "customer_card.import"          ? "card.imported"
                           : one.action.ends_with(".undo_import")        ? "card.undone"
                           : one.action == "customer_card.from_prospect" ? "card.prospect"
                           : one.version == 1                            ? "card.made"
                                                                         : "card.changed",
                   .values = {{"name", name_of_login(desk, one.by)}, {"why", one.why}},
                   .record = card->id});
}

void record_events(Desk& desk, const std::vector<std::string>& members, std::vector<CustomerEvent>& out) {
  auto kinds = all_kinds();
  std::erase(kinds, customers::kCardKind);
  std::set<int64_t> seen;
  for (const Record& one : written_about(desk, members, kinds))
    if (seen.insert(one.id).second) out.push_back(event_of(desk, one, false));
  // Logs, minutes and letters say whom they are about by name only.
  const std::string name = desk.customer_name(members[0]);
  auto sees = [&](const Record& one) { return one.customer.empty() && desk.sees(one); };
  for (const auto& hit : records::search(desk.store(), name, kinds, sees))
    if (seen.insert(hit.record.id).second) out.push_back(event_of(desk, hit.record, true));
}

// Of all numbers that are one customer.
std::vector<workbench::Todo> tasks_of(Desk& desk, TodoDesk& todos, const std::vector<std::string>& members,
                                      const char* state) {
  std::vector<workbench::Todo> out;
  for (const auto& id : members) {
    workbench::TodoFilter filter;
    filter.state = state, filter.customer = id;
    for (auto& one : workbench::todos(desk.store(), filter))
      if (todos.sees(one)) out.push_back(std::move(one));
  }
  return out;
}

void task_events(Services& s, const Call& call, Desk& desk, const std::vector<std::string>& members,
                 std::vector<CustomerEvent>& out) {
  TodoDesk todos(s, call);
  for (const auto& one : tasks_of(desk, todos, members, "closed"))
    out.push_back({.day = one.changed_at.substr(0, 10),
                   .at = one.changed_at,
                   .group = "task",
                   .what = one.state == "cancelled" ? "task.cancelled" : "task.done",
                   .values = {{"title", one.title}, {"name", desk.name_of(one.assignee)}},
                   .link = "/todos/" + std::to_string(one.id)});
}

Outcome timeline(Services& s, const Call& call) {
  Desk desk(s, call);
  const auto members = reached(desk, call);
  if (members.empty()) return not_found();
  std::vector<CustomerEvent> events;
  {
    // Accounts and managers are of all numbers that are one; what is asked for by number, of each.
    const Json whole = whole_of(desk, members);
    auto db = s.warehouse();
    events = extract_events(*db, desk.directory(), s.bank().personal_key(), members, whole);
  }
  for (const auto& id : members) card_events(desk, id, events);
  record_events(desk, members, events);
  task_events(s, call, desk, members, events);
  sort_events(events);
  const std::string group = call.get("group").value_or("");
  std::map<std::string, int64_t> counts;
  std::vector<Json> items;
  for (const auto& one : events) {
    ++counts[one.group];
    if (group.empty() || one.group == group) items.push_back(to_json(one));
  }
  JsonObject groups;
  for (const auto& [name, count] : counts) groups.emplace_back(name, count);
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"groups", std::move(groups)}};
  return out;
}

// --------------------------------------------------------------------------------------- contribution

// What the customer moved, one line a figure and holder.
JsonArray contribution_json(Desk& desk, const appraisal::Node& tree) {
  JsonArray out;
  for (const appraisal::Node& measure : tree.children) {
    std::vector<std::string> holders;
    std::map<std::string, std::pair<Decimal, JsonArray>> by_holder;
    for (const appraisal::Node& part : measure.children) {
      std::string holder, subject;
      for (const auto& [name, value] : part.fields) {
        if (name == "holder") holder = *value.as_string();
        if (name == "subject_id") subject = *value.as_string();
      }
      if (holder.empty()) continue;
      auto [at, fresh] = by_holder.try_emplace(holder);
      if (fresh) holders.push_back(holder);
      if (const Decimal* value = part.value.as_number())
        at->second.first = Decimal::add(at->second.first, *value).value();
      at->second.second.push_back(JsonObject{
          {"subject", subject}, {"value", part.value.as_number() ? Json(part.value.as_number()->str()) : Json()}});
    }
    std::string then;
    for (const auto& [name, value] : measure.fields)
      if (name == "then") then = *value.as_string();
    for (const auto& holder : holders) {
      auto& [sum, parts] = by_holder[holder];
      const bool org = desk.directory().org(holder) != nullptr;
      out.push_back(JsonObject{{"figure", measure.name},
                               {"unit", measure.unit},
                               {"then", then.empty() ? Json() : Json(then)},
                               {"holder", holder},
                               {"holder_name", org ? desk.org_name(holder) : desk.name_of(holder)},
                               {"value", sum.str()},
                               {"parts", std::move(parts)}});
    }
  }
  return out;
}

Outcome contribution(Services& s, const Call& call) {
  Desk desk(s, call);
  const auto members = reached(desk, call);
  if (members.empty()) return not_found();
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto& [scheme, period] = std::get<Asked>(asked);
  const auto scope = desk.scope(Permission::score_read);
  if (scope == people::Scope::none) return Answer{JsonObject{{"items", JsonArray{}}}};
  auto reach = desk.facts().reach(call.login(), scope);
  JsonArray items;
  auto status =
      desk.facts().with_engine(scheme, period, [&](const auto& evaluation, auto& engine, auto&) -> base::Status {
        for (const auto& id : members) {
          auto tree = appraisal::explain_subject(evaluation, engine, {"customer", id});
          if (!tree) return tree.error();
          keep_reachable(*tree, *reach, s.bank().personal_key());
          for (Json& one : contribution_json(desk, *tree)) items.push_back(std::move(one));
        }
        return {};
      });
  if (!status) return refusal_of(status.error());
  return Answer{JsonObject{{"items", std::move(items)}}};
}

// ------------------------------------------------------------------------------------------- warnings

Json warning(const char* what, const char* level, const std::string& day, JsonObject values) {
  return JsonObject{
      {"what", what}, {"level", level}, {"day", day.empty() ? Json() : Json(day)}, {"values", std::move(values)}};
}

bool positive(const std::string& amount) {
  return amount.find_first_of("123456789") != amount.npos && amount[0] != '-';
}

// What the facts say without any rule of when to worry; what rules say arises as to-dos.
void loan_warnings(const Json& whole, const std::string& today, JsonArray& out, JsonArray& coming) {
  for (const Json& one : *whole.find("loans")->as_array()) {
    const std::string id = text_in(one, "id"), product = text_in(one, "product"), due = text_in(one, "due_on");
    const std::string balance = text_in(one, "balance"), overdue = text_in(one, "overdue_principal");
    if (!positive(balance)) continue;
    if (positive(overdue))
      out.push_back(warning("overdue", "red", "",
                            {{"id", id},
                             {"product", product},
                             {"amount", overdue},
                             {"days", one.find("overdue_days")->as_number()->str()}}));
    else if (!due.empty() && due < today)
      out.push_back(warning("pastdue", "red", due, {{"id", id}, {"product", product}, {"amount", balance}}));
    else if (!due.empty())
      coming.push_back(warning("loan", "", due, {{"id", id}, {"product", product}, {"amount", balance}}));
    const std::string grade = text_in(one, "class");
    if (!grade.empty() && grade != "normal")
      out.push_back(warning("class", grade == "special_mention" ? "amber" : "red", "",
                            {{"id", id}, {"product", product}, {"class", grade}, {"amount", balance}}));
  }
}

void deposit_warnings(const Json& whole, const std::string& today, JsonArray& out, JsonArray& coming) {
  for (const Json& one : *whole.find("accounts")->as_array()) {
    const std::string due = text_in(one, "matures_on"), balance = text_in(one, "balance");
    if (due.empty() || !text_in(one, "closed_on").empty() || !positive(balance)) continue;
    const JsonObject values = {
        {"id", text_in(one, "id")}, {"product", text_in(one, "product")}, {"amount", balance}};
    if (due < today) out.push_back(warning("matured", "amber", due, values));
    else coming.push_back(warning("deposit", "", due, values));
  }
}

Outcome warnings(Services& s, const Call& call) {
  Desk desk(s, call);
  const auto members = reached(desk, call);
  if (members.empty()) return not_found();
  const Json whole = whole_of(desk, members);
  const std::string today = desk.facts().last_date->str();
  JsonArray items, coming;
  loan_warnings(whole, today, items, coming);
  deposit_warnings(whole, today, items, coming);
  if (!whole.find("managers")->as_array()->size()) items.push_back(warning("nobody", "amber", "", {}));
  std::stable_sort(coming.begin(), coming.end(),
                   [](const Json& a, const Json& b) { return text_in(a, "day") < text_in(b, "day"); });
  if (coming.size() > 5) coming.resize(5);
  TodoDesk todos(s, call);
  JsonArray tasks;
  for (const auto& one : tasks_of(desk, todos, members, "open")) tasks.push_back(todos.json(one));
  return Answer{
      JsonObject{{"items", std::move(items)}, {"coming", std::move(coming)}, {"tasks", std::move(tasks)}}};
}

// ----------------------------------------------------------------------------- what was written, documents

Outcome written(Services& s, const Call& call) {
  Desk desk(s, call);
  const auto members = reached(desk, call);
  if (members.empty()) return not_found();
  auto kinds = all_kinds();
  if (auto kind = call.get("kind")) std::erase_if(kinds, [&](const std::string& one) { return one != *kind; });
  else std::erase(kinds, customers::kCardKind);
  std::vector<Json> items;
  if (!kinds.empty())
    for (const Record& one : written_about(desk, members, kinds)) {
      JsonObject item = desk.head(one);
      item.emplace_back("kind_title", kind_title(one.kind));
      item.emplace_back("page", page_of_record(one));
      items.push_back(std::move(item));
    }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome documents(Services& s, const Call& call) {
  Desk desk(s, call);
  const auto members = reached(desk, call);
  if (members.empty()) return not_found();
  std::set<std::string> seen;
  std::vector<Json> items;
  for (const Record& one : written_about(desk, members, all_kinds()))
    for (const auto& file : records::files_of(desk.store(), one.id)) {
      if (!seen.insert(file.digest).second) continue;
      items.push_back(JsonObject{{"digest", file.digest},
                                 {"name", file.name},
                                 {"type", file.type},
                                 {"size", file.size},
                                 {"at", file.at},
                                 {"by", file.by},
                                 {"of", one.title},
                                 {"kind_title", kind_title(one.kind)},
                                 {"page", page_of_record(one)}});
    }
  return Answer{.items = Items::of(std::move(items))};
}

}  // namespace

Table customer_view_endpoints() {
  const auto may = Permission::customer_read;
  return {
      {.method = "GET",
       .path = "/customers/{id}/timeline",
       .summary = "everything that happened, newest first: extracts, what people wrote, tasks, changes to data",
       .permission = may,
       .parameters = {{"group",
                       choice({"account", "loan", "manager", "data", "product", "visit", "marketing", "task",
                               "card", "record"}),
                       false, "only these"}},
       .output = list_of("CustomerEvent", {{"groups", described(map(integer()), "how many of each, unfiltered")}}),
       .handler = timeline,
       .list = true,
       .sorts = false},
      {.method = "GET",
       .path = "/customers/{id}/contribution",
       .summary = "what the customer adds to which figure of whom in reach",
       .permission = may,
       .parameters = scheme_and_period(),
       .output = object({{"items", list(ref("CustomerContribution"))}}),
       .handler = contribution},
      {.method = "GET",
       .path = "/customers/{id}/warnings",
       .summary = "overdue, past due, badly classed, matured; what matures next; open tasks",
       .permission = may,
       .output = ref("CustomerWarnings"),
       .handler = warnings},
      {.method = "GET",
       .path = "/customers/{id}/written",
       .summary = "what was written about the customer, as far as the reader sees it",
       .permission = may,
       .parameters = {{"kind", text(60), false, "only records of this kind"}},
       .output = list_of("CustomerWritten"),
       .handler = written,
       .list = true,
       .searched = {"title", "owner_name"}},
      {.method = "GET",
       .path = "/customers/{id}/documents",
       .summary = "files of what was written about the customer",
       .permission = may,
       .output = list_of("CustomerDocument"),
       .handler = documents,
       .list = true,
       .searched = {"name", "of"}}};
}

}  // namespace guanhu::api
