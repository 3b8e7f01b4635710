// Batches of other systems' data: template, upload, mapping, what each row would do, writing all or none, taking
// back.
#include <algorithm>

#include "api/intake_desk.h"
#include "api/intake_work.h"
#include "api/signal_desk.h"
#include "api/spreadsheet.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::SignalSystem;
using people::Permission;
using records::Record;

namespace {

Json batch_json(SignalDesk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  const SignalSystem* system = desk.system(text_in(of.body, "system"));
  base::Status fits = Error{"signal.system", "制度里没有这个系统了", "", ""};
  if (system)
    fits = customers::check_columns(customers::signal_columns(*system), texts_in(of.body, "head"),
                                    texts_in(of.body, "columns"));
  const Json* counts = of.body.find("counts");
  const Json* refused = counts ? counts->find("refused") : nullptr;
  const bool clean = refused && refused->as_number() && refused->as_number()->to_int64().value_or(1) == 0;
  const bool may = desk.can(Permission::signal_manage);
  out.emplace_back("body", of.body);
  out.emplace_back("unmapped", fits.ok() ? Json() : Json(fits.error().message));
  out.emplace_back("may_apply", may && of.state == "checked" && fits.ok() && clean);
  out.emplace_back("may_undo", may && of.state == "applied");
  return out;
}

std::optional<Record> seen(SignalDesk& desk, const Call& call) {
  auto id = number_in_path(call);
  if (!id) return std::nullopt;
  auto found = records::record(desk.store(), customers::kSignalBatchKind, *id);
  return found.ok() ? std::optional(*found) : std::nullopt;
}

struct SentTable {
  const SignalSystem* system = nullptr;
  customers::IntakeTable table;
};
// The dry run of a table, kept.
Outcome checked(SignalDesk& desk, const SentTable& of, customers::SignalOpening opening) {
  const bool fits =
      customers::check_columns(customers::signal_columns(*of.system), of.table.head, opening.columns).ok();
  std::vector<customers::IntakeRow> rows;
  if (fits) {
    const auto world = desk.world(of.system->does == customers::kKeyCheck);
    rows = customers::plan_signals(desk.store(), *of.system, of.table, opening.columns, world);
  }
  opening.system = of.system->id, opening.system_title = of.system->title, opening.head = of.table.head;
  opening.owner = desk.person(), opening.org = desk.org_of(desk.person());
  auto kept = customers::keep_signal_check(desk.store(), opening, rows, desk.writing());
  if (!kept.ok()) return signal_refusal(kept.error());
  return Answer{batch_json(desk, *kept)};
}

Outcome upload(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  SentTable of{desk.system(*call.get("system")), {}};
  if (!of.system)
    return Refusal{400, {"request.parameters", "", "", ""}, {{"system", "没有这个系统，从列表里选"}}};
  auto table = read_intake_table(call.request.body, call.get("name").value_or(""));
  if (!table.ok()) return refusal_of(table.error());
  of.table = std::move(*table);
  customers::SignalOpening opening;
  opening.file = call.get("name").value_or("上传的表");
  opening.columns = customers::guess_columns(customers::signal_columns(*of.system), of.table.head,
                                             customers::remembered_columns(desk.store(), of.system->id));
  opening.digest =
      customers::keep_intake_file(desk.store(), s.bank().personal_key(), opening.file, call.request.body);
  return checked(desk, of, std::move(opening));
}

base::Result<SentTable> table_of(SignalDesk& desk, const Record& of) {
  SentTable out{desk.system(text_in(of.body, "system")), {}};
  if (!out.system) return Error{"signal.system", "制度里没有这个系统了", "", "重新上传"};
  auto table = read_intake_table(
      customers::intake_file(desk.store(), desk.services().bank().personal_key(), text_in(of.body, "digest")));
  if (!table.ok()) return table.error();
  out.table = std::move(*table);
  return out;
}

Outcome check_again(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto batch = seen(desk, call);
  if (!batch) return not_found();
  auto of = table_of(desk, *batch);
  if (!of.ok()) return signal_refusal(of.error());
  customers::SignalOpening opening;
  opening.record = batch->id, opening.version = number_member(call, "version"), opening.file = batch->title;
  opening.digest = text_in(batch->body, "digest"), opening.columns = texts_in(call.body, "columns");
  auto fits = customers::check_columns(customers::signal_columns(*of->system), of->table.head, opening.columns);
  if (!fits.ok()) return record_refusal(fits.error());
  return checked(desk, *of, std::move(opening));
}

Outcome apply(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto batch = seen(desk, call);
  if (!batch) return not_found();
  auto of = table_of(desk, *batch);
  if (!of.ok()) return signal_refusal(of.error());
  const bool key_check = of->system->does == customers::kKeyCheck;
  const auto world = desk.world(key_check);
  auto done = customers::apply_signals(
      desk.store(), {batch->id, number_member(call, "version"), of->system, &of->table, &world}, desk.writing());
  if (!done.ok()) return signal_refusal(done.error());
  // INT-007: whoever has a check to make is told now, once for the batch; the to-do stands in his list already.
  std::map<std::string, size_t> checks;
  if (key_check)
    for (const auto& one : customers::signals(desk.store(), {.system = of->system->id, .state = "open"}))
      if (one.batch == batch->id && !one.keeper.empty()) ++checks[one.keeper];
  for (const auto& [keeper, count] : checks)
    desk.tell(keeper, of->system->title + "：" + std::to_string(count) + " 户要做重点检查",
              "收到当天检查完，写结论", "/outside-systems?system=" + of->system->id);
  return Answer{batch_json(desk, *done)};
}

Outcome undo(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto batch = seen(desk, call);
  if (!batch) return not_found();
  auto done = customers::undo_signals(desk.store(), batch->id, number_member(call, "version"), call.text("reason"),
                                      desk.world(false), desk.writing());
  if (!done.ok()) return signal_refusal(done.error());
  return Answer{batch_json(desk, *done)};
}

Outcome list_batches(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  const std::string system = call.get("system").value_or("");
  records::Filter filter;
  filter.kinds = {customers::kSignalBatchKind};
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter))
    if (system.empty() || text_in(one.body, "system") == system) items.push_back(batch_json(desk, one));
  std::sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("id")->as_number()->to_int64() > *b.find("id")->as_number()->to_int64();
  });
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_batch(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto of = seen(desk, call);
  if (!of) return not_found();
  return Answer{batch_json(desk, *of)};
}

Outcome list_rows(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  const std::string outcome = call.get("outcome").value_or("");
  JsonArray items;
  for (const auto& row : customers::kept_rows(desk.store(), of->id, outcome,
                                              (call.list.page - 1) * call.list.page_size, call.list.page_size)) {
    JsonArray said;
    for (const auto& one : row.said)
      said.push_back(JsonObject{{"column", one.column},
                                {"cell", one.cell},
                                {"message", one.message.empty() ? Json() : Json(one.message)},
                                {"before", one.before},
                                {"after", one.after}});
    items.push_back(JsonObject{{"line", row.line},
                               {"subject", row.subject},
                               {"name", row.name},
                               {"outcome", row.outcome},
                               {"said", std::move(said)},
                               {"record", row.record ? Json(row.record) : Json()},
                               {"undone", row.undone.empty() ? Json() : Json(row.undone)}});
  }
  return Answer{page_body(call.list, std::move(items), customers::count_kept(desk.store(), of->id, outcome))};
}

Outcome make_template(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  const SignalSystem* system = desk.system(*call.get("system"));
  if (!system) return not_found();
  WrittenSheet sheet{.name = system->brings};
  WrittenSheet help{.name = "填写说明",
                    .columns = {{.title = "列", .width = 24}, {.title = "怎么填", .width = 80}}};
  for (const auto& one : customers::signal_columns(*system)) {
    sheet.columns.push_back({.title = one.title, .note = one.hint, .choices = one.choices, .width = 18});
    help.rows.push_back({one.title, (one.required ? "必填。" : "") + one.hint});
  }
  sheet.frozen = 1;
  return file_answer(write_workbook({sheet, help}), kXlsx, "outside-" + system->id + ".xlsx");
}

}  // namespace

Table signal_batch_endpoints() {
  const auto may = Permission::signal_manage;
  const Parameter system = {"system", text(60), true, "as /outside-systems names it"};
  auto get = [&](const char* path, const char* summary, auto handler, SchemaRef output) {
    return Endpoint{.method = "GET",
                    .path = path,
                    .summary = summary,
                    .permission = may,
                    .output = std::move(output),
                    .handler = handler};
  };
  auto post = [&](const char* path, const char* summary, auto handler, SchemaRef input) {
    return Endpoint{.method = "POST",
                    .path = path,
                    .summary = summary,
                    .permission = may,
                    .input = std::move(input),
                    .output = ref("SignalBatch"),
                    .handler = handler};
  };
  Table out = {
      get("/outside-systems/batches", "tables that were sent, newest first", list_batches, list_of("SignalBatch")),
      get("/outside-systems/template.xlsx", "an empty table of a system with hints and choices", make_template,
          nullptr),
      get("/outside-systems/batches/{id}", "one", show_batch, ref("SignalBatch")),
      get("/outside-systems/batches/{id}/rows", "what becomes of each row", list_rows, list_of("ImportRow")),
      post("/outside-systems/batches", "reads a table and says what each row would do; nothing is written", upload,
           nullptr),
      post("/outside-systems/batches/{id}/check", "the same with other columns", check_again,
           object({{"version", integer()}, {"columns", list(text(100))}})),
      post("/outside-systems/batches/{id}/apply", "writes all rows or none", apply,
           object({{"version", integer()}})),
      post("/outside-systems/batches/{id}/undo", "takes all of it back, unless somebody has worked on a row", undo,
           object({{"version", integer()}, {"reason", text(1000)}}))};
  out[0].list = true, out[0].parameters = {{"system", text(60), false, ""}}, out[0].searched = {"title"};
  out[1].parameters = {system}, out[1].produces = kXlsx;
  out[3].list = true, out[3].sorts = false;
  out[3].parameters = {{"outcome", choice({"new", "changed", "same", "refused"}), false, ""}};
  out[4].parameters = {system, {"name", text(200), false, "of the file"}};
  out[4].accepts = "application/octet-stream", out[4].body_limit = kIntakeUpload;
  return out;
}

}  // namespace guanhu::api
