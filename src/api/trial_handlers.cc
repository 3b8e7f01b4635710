// Trying a decision: one by a form, many by a spreadsheet. Whoever may read a rule may try it; nothing is kept.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "api/policy_trial.h"
#include "api/shapes.h"
#include "feel/json.h"
#include "http/target.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr const char* kBytes = "application/octet-stream";
constexpr long kShown = 500;  // rows of a sheet in the answer
constexpr size_t kSheet = size_t{16} << 20;

// The decision that the path or the body names, in the state of its pack that is meant.
struct Chosen {
  Reading reading;
  const policy::Decision* decision;
};

std::variant<Chosen, Refusal> asked_of(Services& s, const Call& call, const Wanted& wanted,
                                       const std::string& decision) {
  auto found = reading_of(s, call, wanted);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& reading = std::get<Reading>(found);
  const policy::Decision* one = reading.book->pack->decision(decision);
  if (!one) return not_found();
  return Chosen{std::move(reading), one};
}

Wanted wanted_of(const Call& call) {
  Wanted out{call.part("pack")};
  if (auto version = call.get("version")) out.version = number_of(*version).value_or(0);
  if (auto draft = call.get("draft")) out.draft = number_of(*draft).value_or(0);
  if (auto on = call.get("on")) out.on = base::Date::parse(*on);
  return out;
}

Json number_json(const std::optional<int64_t>& number) { return number ? Json(*number) : Json(); }

std::optional<int64_t> number_at(const Json& body, const char* name) {
  const Json* value = body.find(name);
  if (!value || value->is_null()) return std::nullopt;
  if (const auto* text = value->as_string()) return number_of(*text).value_or(0);
  return value->as_number() ? value->as_number()->to_int64().value_or(0) : 0;
}

Outcome decide(Services& s, const Call& call) {
  Wanted wanted{call.text("pack"), number_at(call.body, "version"), number_at(call.body, "draft")};
  const Json *on = call.body.find("on"), *traced = call.body.find("trace"), &input = *call.body.find("input");
  if (on && on->as_string()) wanted.on = base::Date::parse(*on->as_string());
  auto found = asked_of(s, call, wanted, call.text("decision"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Chosen& asked = std::get<Chosen>(found);
  const Book& book = *asked.reading.book;
  policy::AskOptions options;
  options.trace = traced && traced->as_bool() && *traced->as_bool();
  const base::Date day = wanted.on.value_or(today_of(s));
  auto answer = policy::decide(*book.pack, asked.decision->id, input, day, options);
  if (!answer.ok()) return refusal_of_trial(*asked.decision, input, answer.error());
  return Answer{JsonObject{{"pack", book.pack->id},
                           {"decision", asked.decision->id},
                           {"title", asked.decision->title},
                           {"on", day.str()},
                           {"pack_hash", book.pack->hash},
                           {"version", number_json(asked.reading.version)},
                           {"draft", number_json(asked.reading.draft)},
                           {"result", feel::to_json(answer->result)},
                           {"output", type_json(asked.decision->output)},
                           {"cites", cites_json(book, answer->cites)},
                           {"trace", answer->trace ? Json(trace_json(*answer->trace)) : Json()}}};
}

http::Response file_response(std::string bytes, const std::string& name) {
  http::Response out;
  out.body = std::move(bytes);
  out.set("content-type", kXlsx);
  out.set("content-disposition", "attachment; filename*=UTF-8''" + http::percent_encode(name));
  return out;
}

Outcome show_template(Services& s, const Call& call) {
  auto found = asked_of(s, call, wanted_of(call), call.part("decision"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Chosen& asked = std::get<Chosen>(found);
  return Answer{.raw = file_response(template_workbook(*asked.reading.book->pack, *asked.decision),
                                     asked.decision->title + "-模板.xlsx")};
}

std::variant<TriedSheet, Refusal> tried_of(Services& s, const Call& call, const Chosen& asked) {
  auto day = call.get("on") ? *base::Date::parse(*call.get("on")) : today_of(s);
  auto tried = try_sheet(*asked.reading.book->pack, *asked.decision, call.request.body, day);
  if (!tried) {
    Refusal out = refusal_of(tried.error());
    if (!tried.error().where.empty()) out.misfits.push_back({tried.error().where, tried.error().message});
    return out;
  }
  return std::move(*tried);
}

Json error_json(const std::optional<base::Error>& error) {
  if (!error) return {};
  return JsonObject{{"code", error->code}, {"message", error->message}, {"where", error->where}};
}

Outcome try_batch(Services& s, const Call& call) {
  auto found = asked_of(s, call, wanted_of(call), call.part("decision"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto made = tried_of(s, call, std::get<Chosen>(found));
  if (auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
  const TriedSheet& tried = std::get<TriedSheet>(made);
  JsonArray rows;
  const size_t shown = static_cast<size_t>(std::clamp(call.number("rows", kShown), 0L, kShown));
  for (const TriedRow& row : tried.rows) {
    if (rows.size() == shown) break;
    rows.push_back(JsonObject{{"row", row.row},
                              {"input", row.input},
                              {"result", row.result ? *row.result : Json()},
                              {"cites", texts_json(row.rules)},
                              {"error", error_json(row.error)}});
  }
  return Answer{JsonObject{{"file", tried.format},
                           {"columns", texts_json(tried.columns)},
                           {"results", texts_json(tried.results)},
                           {"counts", JsonObject{{"rows", tried.rows.size()},
                                                 {"answered", tried.rows.size() - tried.refused},
                                                 {"refused", tried.refused}}},
                           {"more", tried.rows.size() > rows.size()},
                           {"rows", std::move(rows)}}};
}

Outcome try_batch_file(Services& s, const Call& call) {
  auto found = asked_of(s, call, wanted_of(call), call.part("decision"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Chosen& asked = std::get<Chosen>(found);
  auto made = tried_of(s, call, asked);
  if (auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
  return Answer{.raw = file_response(answers_workbook(*asked.decision, std::get<TriedSheet>(made)),
                                     asked.decision->title + "-结果.xlsx")};
}

}  // namespace

void trial_shapes(Schemas& out) {
  out["TraceNode"] = object({{"name", described(text(), "of a step; \"\" of a part of one")},
                             {"text", described(text(1'000'000), "the formula")},
                             {"value", any()},
                             {"note", text(100'000)},
                             {"line", described(nullable(integer()), "of the table's row that decided")},
                             {"table", boolean()},
                             {"rows", list(object({{"row", integer()}, {"line", integer()}}))},
                             {"left_out", described(integer(), "parts beyond what is kept")},
                             {"parts", list(ref("TraceNode"))}});
  out["TrialCite"] = object({{"rule_id", text()},
                             {"article", text()},
                             {"article_id", maybe_text()},
                             {"pack", text()},
                             {"document", text()},
                             {"table", maybe_text()},
                             {"row", nullable(integer())},
                             {"note", text(100'000)}});
  out["PolicyTrial"] = object({{"pack", text()},
                               {"decision", text()},
                               {"title", text()},
                               {"on", date()},
                               {"pack_hash", text()},
                               {"version", nullable(integer())},
                               {"draft", nullable(integer())},
                               {"result", any()},
                               {"output", nullable(ref("PolicyType"))},
                               {"cites", list(ref("TrialCite"))},
                               {"trace", described(nullable(list(ref("TraceNode"))), "when it was asked for")}});
  SchemaRef error = object({{"code", text()}, {"message", text(100'000)}, {"where", text(100'000)}});
  out["TriedRow"] = object({{"row", described(integer(), "of the sheet")},
                            {"input", any()},
                            {"result", any()},
                            {"cites", described(list(text()), "ids of rules")},
                            {"error", nullable(error)}});
  out["TriedSheet"] =
      object({{"file", choice({"xlsx", "csv"})},
              {"columns", list(text())},
              {"results", list(text())},
              {"counts", object({{"rows", integer()}, {"answered", integer()}, {"refused", integer()}})},
              {"more", described(boolean(), "there are further rows, in the file")},
              {"rows", list(ref("TriedRow"))}});
}

Table trial_endpoints() {
  const auto may = people::Permission::policy_read;
  const Parameter on{"on", date(), false, "the day asked about; else today"};
  SchemaRef ask = optional(object({{"pack", text(200)},
                                   {"decision", text(200)},
                                   {"input", open(object({}))},
                                   {"on", described(date(), "else today")},
                                   {"trace", boolean()},
                                   {"version", either({integer(), text(15)})},
                                   {"draft", either({integer(), text(15)})}}),
                           {"on", "trace", "version", "draft"});
  const std::string path = "/policies/{pack}/decisions/{decision}";
  return {{.method = "POST",
           .path = "/decide",
           .summary = "tries a decision: result, articles, trace; nothing is kept",
           .permission = may,
           .input = ask,
           .output = ref("PolicyTrial"),
           .handler = decide,
           .body_limit = 1024 * 1024},
          {.method = "GET",
           .path = path + "/template.xlsx",
           .summary = "a workbook whose columns are the inputs of the decision",
           .permission = may,
           .parameters = reading_parameters(),
           .handler = show_template,
           .produces = kXlsx},
          {.method = "POST",
           .path = path + "/batch",
           .summary = "tries every row of a workbook or CSV",
           .permission = may,
           .parameters = reading_parameters({on, {"rows", integer(), false, "of the answer; at most 500"}}),
           .output = ref("TriedSheet"),
           .handler = try_batch,
           .accepts = kBytes,
           .body_limit = kSheet},
          {.method = "POST",
           .path = path + "/batch.xlsx",
           .summary = "the same, answered as a workbook",
           .permission = may,
           .parameters = reading_parameters({on}),
           .handler = try_batch_file,
           .accepts = kBytes,
           .produces = kXlsx,
           .body_limit = kSheet}};
}

}  // namespace guanhu::api
