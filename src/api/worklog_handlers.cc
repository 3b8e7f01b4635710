// Work logs: the day's page with draft and what the system saw, autosave, submission, reading with a mark, lists,
// the month of a person, the days of everybody in reach.
#include <algorithm>
#include <map>
#include <set>

#include "api/plan_desk.h"
#include "api/worklog_seen.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::WorkLog;

namespace {

constexpr int kMonthDays = 62;  // of an overview at most

Json log_json(PlanDesk& desk, const WorkLog& log) {
  JsonObject out = desk.head(log.record);
  const Json body = workbench::json_of(log.body);
  JsonArray done;
  for (Json one : workbench::list_in(body, "done")) {
    const std::string customer = workbench::text_in(one, "customer");
    one.as_object()->emplace_back("customer_name", customer.empty() ? "" : desk.customer_name(customer));
    done.push_back(std::move(one));
  }
  JsonArray readings;
  for (const auto& one : log.readings)
    readings.push_back(JsonObject{{"at", one.at},
                                  {"by", one.by},
                                  {"name", desk.name_of(one.person)},
                                  {"text", one.text},
                                  {"level", one.level},
                                  {"mark", workbench::decimal_or_null(one.mark)}});
  out.emplace_back("done", std::move(done)), out.emplace_back("text", log.body.text);
  out.emplace_back("tomorrow", log.body.tomorrow), out.emplace_back("late", log.late);
  out.emplace_back("submitted_at", log.submitted_at.empty() ? Json() : Json(log.submitted_at));
  out.emplace_back("readings", std::move(readings));
  return out;
}

// PLN-609: the head of a branch, in it, not his own.
bool may_check(PlanDesk& desk, const std::string& staff) {
  if (!desk.can(Permission::log_check)) return false;
  const people::Staff* asked = desk.directory().person(staff);
  if (!asked) return false;
  const std::string own_branch = desk.directory().branch_of(desk.org_of(desk.person()));
  const bool same = !own_branch.empty() && own_branch == desk.directory().branch_of(asked->org);
  auto said = desk.rules().may_check("支行行长", same, desk.own(staff));
  return said.ok() && *said;
}

std::variant<Date, Refusal> day_of(const Call& call) {
  auto day = Date::parse(call.part("day"));
  if (!day) return not_found();
  return *day;
}

Date near_working(PlanDesk& desk, Date day, int step) {
  for (int i = 0; i < 30; ++i) {
    day = day + step;
    if (desk.rules().calendar().working(day)) break;
  }
  return day;
}

Json levels_json(PlanDesk& desk) {
  JsonArray out;
  for (const auto& level : desk.rules().log_levels()) {
    auto mark = desk.rules().log_mark(level, false), late = desk.rules().log_mark(level, true);
    out.push_back(JsonObject{{"level", level},
                             {"mark", mark.ok() ? Json(mark->str()) : Json()},
                             {"late", late.ok() ? Json(late->str()) : Json()}});
  }
  return out;
}

// What somebody meant to do today, as the log before said.
std::string meant(PlanDesk& desk, const std::string& staff, Date day) {
  records::Filter filter;
  filter.kinds = {workbench::kWorkLog}, filter.owners = {staff}, filter.to = day - 1, filter.from = day - 14;
  filter.limit = 1;
  auto before = records::list(desk.store(), filter);
  return before.empty() ? "" : workbench::text_in(before.front().body, "tomorrow");
}

JsonArray seen_json(PlanDesk& desk, const std::string& staff, Date day) {
  JsonArray out;
  for (const Seen& one : seen_on(desk, staff, day))
    out.push_back(JsonObject{{"key", one.key},
                             {"kind", one.kind},
                             {"title", one.title},
                             {"customer", one.customer},
                             {"customer_name", one.customer.empty() ? "" : desk.customer_name(one.customer)},
                             {"link", one.link},
                             {"at", one.at.empty() ? Json() : Json(one.at)}});
  return out;
}

Outcome show_day(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto day = day_of(call);
    if (auto* refused = std::get_if<Refusal>(&day)) return *refused;
    const Date on = std::get<Date>(day);
    const std::string staff = call.get("staff").value_or(desk.person());
    const people::Staff* person = desk.person_in_reach(Permission::log_read, staff);
    if (!person) return not_found();
    const bool own = desk.own(staff) && desk.can(Permission::log_write);
    auto found = records::with_key(desk.store(), workbench::kWorkLog, workbench::log_key(staff, on));
    auto draft = own ? workbench::draft(desk.store(), workbench::draft_name(on), staff) : std::nullopt;
    auto deadline = desk.rules().log_deadline(on);
    if (!deadline.ok()) return refusal_of(deadline.error());
    JsonArray may;
    if (own && on <= desk.today()) may.emplace_back("write");
    if (found && may_check(desk, staff)) may.emplace_back("read");
    Json kept;
    if (draft) kept = JsonObject{{"seq", draft->seq}, {"body", draft->body}, {"at", draft->at}, {"by", draft->by}};
    return Answer{JsonObject{{"day", on.str()},
                             {"today", desk.today().str()},
                             {"working", desk.rules().calendar().working(on)},
                             {"staff", staff},
                             {"name", person->name},
                             {"own", own},
                             {"required", desk.writes(*person)},
                             {"deadline", deadline->str()},
                             {"over", desk.bank_now() > *deadline},
                             {"log", found ? log_json(desk, workbench::log_of(*found)) : Json()},
                             {"draft", std::move(kept)},
                             {"seen", own ? seen_json(desk, staff, on) : JsonArray{}},
                             {"meant", meant(desk, staff, on)},
                             {"previous", near_working(desk, on, -1).str()},
                             {"next", near_working(desk, on, 1).str()},
                             {"levels", levels_json(desk)},
                             {"may", std::move(may)}}};
  });
}

Outcome keep_draft(Services& s, const Call& call) {
  PlanDesk desk(s, call);
  auto day = day_of(call);
  if (auto* refused = std::get_if<Refusal>(&day)) return *refused;
  auto body = workbench::log_body(*call.body.find("body"));
  if (!body.ok()) return record_refusal(body.error());
  auto kept =
      workbench::keep_draft(desk.store(), workbench::draft_name(std::get<Date>(day)), desk.person(),
                            workbench::whole_in(call.body, "seq"), workbench::json_of(*body), desk.writing());
  if (!kept.ok()) {
    Refusal refused = record_refusal(kept.error());
    if (kept.error().code == "draft.changed") refused.status = 409;
    return refused;
  }
  return Answer{JsonObject{{"seq", kept->seq}, {"at", kept->at}}};
}

// Customers that are named must be there and in reach; else the text is refused where it stands.
std::optional<Refusal> check_named(PlanDesk& desk, const workbench::LogBody& body) {
  for (const auto& customer : workbench::mentioned(body))
    if (!desk.reaches_customer(customer))
      return Refusal{422,
                     {"log.customer", "没有客户 " + customer, "text", "用 @ 从列表里选客户"},
                     {{"text", "没有客户 " + customer}}};
  return std::nullopt;
}

Outcome submit(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto day = day_of(call);
    if (auto* refused = std::get_if<Refusal>(&day)) return *refused;
    workbench::LogAsk ask;
    ask.staff = desk.person(), ask.org = desk.org_of(ask.staff), ask.name = desk.name_of(ask.staff);
    ask.day = std::get<Date>(day), ask.version = workbench::whole_in(call.body, "version");
    ask.why = text_member(call, "why");
    auto body = workbench::log_body(*call.body.find("body"));
    if (!body.ok()) return record_refusal(body.error());
    if (auto wrong = check_named(desk, *body)) return *wrong;
    ask.body = std::move(*body);
    auto done = workbench::submit_log(desk.store(), desk.rules(), ask, desk.today(), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{log_json(desk, *done)};
  });
}

Outcome read_one(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    const std::string& part = call.part("id");
    if (part.size() > 15 || part.find_first_not_of("0123456789") != part.npos) return not_found();
    auto found = records::record(desk.store(), workbench::kWorkLog, std::stoll(part));
    if (!found.ok() || !desk.sees(*found)) return not_found();
    if (!may_check(desk, found->owner)) return forbidden();
    const std::string text = text_member(call, "text"), level = text_member(call, "level");
    if (text.empty() && level.empty()) return record_refusal({"log.said", "写一句意见，或者定一等", "text", ""});
    auto done = workbench::read_log(
        desk.store(), desk.rules(), found->id, workbench::whole_in(call.body, "version"),
        {desk.now().str(), desk.login(), desk.person(), text, level, std::nullopt}, desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    desk.tell(found->owner, "工作日志有阅示", found->title + " " + text, "/logs/" + found->day->str());
    return Answer{log_json(desk, *done)};
  });
}

Outcome list_logs(Services& s, const Call& call) {
  PlanDesk desk(s, call);
  std::vector<records::Record> found;
  if (auto customer = call.get("customer")) {
    if (!desk.reaches_customer(*customer)) return not_found();
    for (int64_t id : workbench::logs_naming(desk.store(), *customer))
      if (auto one = records::record(desk.store(), workbench::kWorkLog, id); one.ok() && !one->removed)
        found.push_back(*one);
  } else {
    records::Filter filter;
    filter.kinds = {workbench::kWorkLog}, filter.limit = 2000;
    if (call.get("whose").value_or("mine") == "mine") filter.owners = {desk.person()};
    if (auto staff = call.get("staff")) filter.owners = {*staff};
    if (auto state = call.get("state")) filter.states = {*state};
    if (auto from = call.get("from")) filter.from = Date::parse(*from);
    if (auto to = call.get("to")) filter.to = Date::parse(*to);
    found = records::list(desk.store(), filter);
  }
  std::vector<Json> items;
  for (const auto& one : found)
    if (desk.sees(one)) items.push_back(log_json(desk, workbench::log_of(one)));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

// How each day of somebody stands: written, late, missing, still to come, off.
struct DayState {
  std::string state;
  int64_t log = 0;
  Json mark;
};

struct Book {
  std::map<std::string, std::map<Date, DayState>> days;
};

Book book_of(PlanDesk& desk, const std::vector<std::string>& staff, Date first, Date last) {
  Book out;
  if (staff.empty()) return out;
  records::Filter filter;
  filter.kinds = {workbench::kWorkLog}, filter.owners = staff, filter.from = first, filter.to = last;
  filter.limit = 200'000;
  for (const auto& one : records::list(desk.store(), filter)) {
    const bool late = workbench::flag_in(one.body, "late");
    out.days[one.owner][*one.day] = {late ? "late" : one.state == "read" ? "read" : "written", one.id, Json()};
  }
  for (const auto& mark : workbench::marks(desk.store(), staff, first, last)) {
    DayState& day = out.days[mark.staff][mark.day];
    day.mark = mark.mark.str();
  }
  for (Date day = first; day <= last; day = day + 1) {
    const bool working = desk.rules().calendar().working(day);
    auto deadline = working ? desk.rules().log_deadline(day) : base::Result<base::Instant>(base::Error{});
    const std::string state = !working                                       ? "off"
                              : day > desk.today()                           ? "coming"
                              : deadline.ok() && desk.bank_now() > *deadline ? "missing"
                                                                             : "open";
    for (const auto& one : staff) {
      DayState& there = out.days[one][day];
      if (there.state.empty()) there.state = state;
    }
  }
  return out;
}

JsonArray days_json(const std::map<Date, DayState>& days) {
  JsonArray out;
  for (const auto& [day, of] : days)
    out.push_back(JsonObject{
        {"day", day.str()}, {"state", of.state}, {"log", of.log ? Json(of.log) : Json()}, {"mark", of.mark}});
  return out;
}

Outcome overview(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    const Date to = Date::parse(call.get("to").value_or("")).value_or(desk.today());
    const Date from = Date::parse(call.get("from").value_or("")).value_or(to - 13);
    if (from > to || to - from >= kMonthDays)
      return Refusal{422, {"log.span", "一次最多看两个月", "from", ""}, {{"from", "一次最多看两个月"}}};
    std::vector<const people::Staff*> people;
    std::vector<std::string> ids;
    for (const auto* one : desk.staff_in_reach(Permission::log_read, call.get("org").value_or(""))) {
      const bool asked = !call.get("staff") || *call.get("staff") == one->id;
      if (asked && (desk.writes(*one) || (call.get("staff") && asked)))
        people.push_back(one), ids.push_back(one->id);
    }
    Book book = book_of(desk, ids, from, to);
    std::vector<Json> rows;
    for (const auto* one : people) {
      std::map<std::string, int64_t> counts;
      for (const auto& [day, of] : book.days[one->id]) ++counts[of.state];
      rows.push_back(JsonObject{{"staff", one->id},
                                {"name", one->name},
                                {"org", one->org},
                                {"org_name", desk.org_name(one->org)},
                                {"written", counts["written"] + counts["read"] + counts["late"]},
                                {"late", counts["late"]},
                                {"missing", counts["missing"]},
                                {"unread", counts["written"]},
                                {"may_read", may_check(desk, one->id)},
                                {"days", days_json(book.days[one->id])}});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Json& a, const Json& b) {
      return *a.find("missing")->as_number() > *b.find("missing")->as_number();
    });
    Answer out{.items = Items::of(std::move(rows))};
    out.items->beside = {{"today", desk.today().str()}, {"from", from.str()}, {"to", to.str()}};
    return out;
  });
}

Table log_reading() {
  return {{.method = "GET",
           .path = "/work-logs",
           .summary = "submitted logs: one's own, those in reach, or those that name a customer; newest day first",
           .permission = Permission::log_read,
           .parameters = {{"whose", choice({"mine", "team"})},
                          {"staff", text(100)},
                          {"customer", text(100)},
                          {"state", choice({"submitted", "read"})},
                          {"from", date()},
                          {"to", date()}},
           .output = list_of("WorkLog", {{"today", date()}}),
           .handler = list_logs,
           .list = true,
           .whole = true,
           .searched = {"text", "tomorrow", "owner_name"}},
          {.method = "GET",
           .path = "/work-log-overview",
           .summary = "each day of each person in reach: written, late, read, missing, still open, off",
           .permission = Permission::log_read,
           .parameters = {{"from", date()}, {"to", date()}, {"org", text(100)}, {"staff", text(100)}},
           .output = list_of("LogDays", {{"today", date()}, {"from", date()}, {"to", date()}}),
           .handler = overview,
           .list = true,
           .whole = true,
           .searched = {"name", "org_name"}},
          {.method = "GET",
           .path = "/work-logs/days/{day}",
           .summary = "the log of a day, one's own draft of it, and what the system saw one do",
           .permission = Permission::log_read,
           .parameters = {{"staff", text(100), false, "somebody in reach; oneself without"}},
           .output = ref("LogDay"),
           .handler = show_day}};
}

}  // namespace

Table work_log_endpoints() {
  const SchemaRef done = optional(object({{"key", text(200)},
                                          {"kind", text(40)},
                                          {"title", text(1200)},
                                          {"customer", text(100)},
                                          {"customer_name", text(400)},
                                          {"link", text(400)},
                                          {"note", text(8000)}}),
                                  {"key", "kind", "customer", "customer_name", "link", "note"});
  const SchemaRef body = object({{"done", list(done)}, {"text", text(80'000)}, {"tomorrow", text(80'000)}});
  Table out = log_reading();
  Table more = {{.method = "PUT",
                 .path = "/work-logs/days/{day}/draft",
                 .summary = "keeps what is typed; `seq`: that of the draft one had",
                 .permission = Permission::log_write,
                 .input = object({{"seq", integer()}, {"body", body}}),
                 .output = object({{"seq", integer()}, {"at", moment()}}),
                 .handler = keep_draft,
                 .body_limit = 512 * 1024},
                {.method = "POST",
                 .path = "/work-logs/days/{day}/submit",
                 .summary = "submits the log of a day; with a version and a reason, changes a submitted one",
                 .permission = Permission::log_write,
                 .input = optional(object({{"version", integer()}, {"body", body}, {"why", text(2000)}}),
                                   {"version", "why"}),
                 .output = ref("WorkLog"),
                 .handler = submit,
                 .body_limit = 512 * 1024},
                {.method = "POST",
                 .path = "/work-logs/{id}/read",
                 .summary = "read by a superior, with a comment, a mark, or both",
                 .permission = Permission::log_check,
                 .input = optional(object({{"version", integer()}, {"text", text(8000)}, {"level", text(40)}}),
                                   {"text", "level"}),
                 .output = ref("WorkLog"),
                 .handler = read_one}};
  std::move(more.begin(), more.end(), std::back_inserter(out));
  return out;
}

}  // namespace guanhu::api
