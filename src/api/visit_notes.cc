// A line for today's work log, written outside: it goes into the draft of the day's log, once.
#include "api/visit_desk.h"
#include "workbench/worklog.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using people::Permission;

namespace {

constexpr int kTries = 3;  // somebody writes the draft at the same moment: himself, on the desk

bool holds(const workbench::LogBody& body, const std::string& key) {
  for (const auto& one : body.done)
    if (one.key == key) return true;
  return false;
}

Answer noted(const std::string& day) { return Answer{JsonObject{{"day", day}}}; }

Refusal refusal_for(const base::Error& error) {
  Refusal out = record_refusal(error);
  if (error.code == "draft.changed") out.status = 409;
  return out;
}

// The line goes in, or why it does not; nothing: the draft changed meanwhile.
std::optional<Outcome> try_note(VisitDesk& desk, const workbench::LogDone& line, const std::string& day) {
  // As worklog_handlers.cc names it.
  const std::string what = std::string(workbench::kWorkLog) + "|" + day;
  auto draft = workbench::draft(desk.store(), what, desk.person());
  workbench::LogBody body;
  if (draft) {
    auto read = workbench::log_body(draft->body);
    if (!read.ok()) return refusal_for(read.error());
    body = *std::move(read);
  }
  if (holds(body, line.key)) return noted(day);
  body.done.push_back(line);
  auto kept = workbench::keep_draft(desk.store(), what, desk.person(), draft ? draft->seq : 0,
                                    workbench::json_of(body), desk.writing());
  if (kept.ok()) return noted(day);
  if (kept.error().code == "draft.changed") return std::nullopt;
  return refusal_for(kept.error());
}

// PLN-306: what was done outside stands in the log of its day.
Outcome note(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  const std::string text = call.text("text"), customer = text_member(call, "customer"), day = call.text("day");
  if (text.find_first_not_of(" \t\r\n") == text.npos)
    return Refusal{422, {"note.text", "没有写内容", "text", "写一两句"}, {{"text", "没有写内容"}}};
  if (*base::Date::parse(day) > desk.today())
    return Refusal{422, {"note.day", "日子在今天以后", "day", "写今天或以前"}, {{"day", "日子在今天以后"}}};
  if (!customer.empty() && !desk.reaches_customer(customer))
    return Refusal{422, {"note.customer", "没有客户 " + customer, "customer", ""}, {{"customer", "没有这个客户"}}};
  const Json* entry = call.body.find("entry");
  const std::string key = "field " + *entry->find("key")->as_string();
  auto log = records::with_key(desk.store(), workbench::kWorkLog,
                               workbench::log_key(desk.person(), *base::Date::parse(day)));
  if (log && holds(workbench::log_of(*log).body, key)) return noted(day);
  if (log)
    return Refusal{409,
                   {"note.submitted", day + " 的日志已经交了", "day", "到日志里更正，写明原因"},
                   {{"day", day + " 的日志已经交了"}}};
  workbench::LogDone line;
  line.key = key, line.kind = customer.empty() ? "other" : "customer", line.title = text, line.customer = customer;
  for (int i = 0; i < kTries; ++i)
    if (auto out = try_note(desk, line, day)) return *out;
  return refusal_for({"draft.changed", "日志草稿正被改动", "", "稍后再发"});
}

}  // namespace

Table visit_note_endpoints() {
  return {
      {.method = "POST",
       .path = "/field/notes",
       .summary = "a line for the work log of a day, written outside; sent again, it counts once",
       .permission = Permission::log_write,
       .input = optional(
           object(
               {{"day", date()}, {"text", text(1200)}, {"customer", text(100)}, {"entry", visit_entry_shape()}}),
           {"customer"}),
       .output = object({{"day", date()}}),
       .handler = note}};
}

}  // namespace guanhu::api
