// Bulk imports: template, upload, mapping, what each row would do, writing, taking back.
#include <algorithm>

#include "api/intake_work.h"
#include "api/spreadsheet.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::IntakeTable;
using people::Permission;
using records::Record;

namespace {

// The fields that whoever asks sees, for columns and templates.
std::vector<customers::Field> fields_seen(Desk& desk) {
  auto out = customers::fields(desk.store());
  const auto sees = field_sight(desk.call());
  std::erase_if(out, [&](const customers::Field& one) { return !sees(one); });
  return out;
}

Outcome show_columns(Services& s, const Call& call) {
  Desk desk(s, call);
  const std::string what = *call.get("what");
  JsonArray columns, kept;
  for (const auto& one : customers::intake_columns(what, fields_seen(desk))) {
    JsonArray choices;
    for (const auto& choice : one.choices) choices.push_back(choice);
    columns.push_back(JsonObject{{"name", one.name},
                                 {"title", one.title},
                                 {"hint", one.hint},
                                 {"required", one.required},
                                 {"choices", std::move(choices)}});
  }
  for (const auto& one : customers::mappings(desk.store(), what))
    kept.push_back(JsonObject{{"name", one.name}, {"made_at", one.made_at}, {"made_by", one.made_by}});
  return Answer{JsonObject{{"columns", std::move(columns)}, {"mappings", std::move(kept)}}};
}

Outcome make_template(Services& s, const Call& call) {
  Desk desk(s, call);
  const std::string what = *call.get("what");
  const bool relations = what == "relations";
  WrittenSheet sheet{.name = what == "cards" ? "客户卡片" : relations ? "客户关系" : "准客户"};
  WrittenSheet help{.name = "填写说明",
                    .columns = {{.title = "列", .width = 24}, {.title = "怎么填", .width = 80}}};
  for (const auto& one : customers::intake_columns(what, fields_seen(desk))) {
    sheet.columns.push_back({.title = one.title, .note = one.hint, .choices = one.choices, .width = 18});
    help.rows.push_back({one.title, (one.required ? "必填。" : "") + one.hint});
  }
  if (relations)
    help.rows.push_back(
        {"每一行", "一条关系。已有的不会重复写入，也不会被改动；同一条只写一行，不必从两边各写一次"});
  else help.rows.push_back({"空格子", "不填的格子不改变原来的内容；要去掉原来的内容，写“清空”"});
  sheet.frozen = 2;
  return file_answer(write_workbook({sheet, help}), kXlsx, "import-" + what + ".xlsx");
}

struct Asked {
  int64_t record = 0, version = 0;
  std::string what, file, digest;
  IntakeTable table;
  std::vector<std::string> columns;
};

// The dry run of what was asked, kept.
IntakeStep checking(Asked asked) {
  auto kept = std::make_shared<const Asked>(std::move(asked));
  return [kept](Desk& desk, const customers::IntakeProgress& progress) -> base::Result<Record> {
    const auto all = customers::fields(desk.store(), true);
    const auto world = intake_world(desk, desk.services().bank().personal_key());
    std::vector<customers::IntakeRow> rows;
    if (customers::check_columns(customers::intake_columns(kept->what, all), kept->table.head, kept->columns).ok())
      rows = customers::plan_rows(desk.store(), kept->what, kept->table, kept->columns, all, world, progress);
    return customers::keep_check(desk.store(),
                                 {.what = kept->what,
                                  .file = kept->file,
                                  .digest = kept->digest,
                                  .owner = world.person,
                                  .org = world.org,
                                  .head = kept->table.head,
                                  .columns = kept->columns,
                                  .counts = customers::count_rows(rows),
                                  .record = kept->record,
                                  .version = kept->version},
                                 rows, desk.writing());
  };
}

Outcome upload(Services& s, const Call& call) {
  auto table = read_intake_table(call.request.body, call.get("name").value_or(""));
  if (!table.ok()) return refusal_of(table.error());
  Asked asked{.what = *call.get("what"), .file = call.get("name").value_or("上传的表")};
  size_t rows = 0;
  {
    Desk desk(s, call);
    Json remembered;
    for (const auto& one : customers::mappings(desk.store(), asked.what))
      if (one.name == call.get("mapping").value_or("")) remembered = one.columns;
    asked.columns = customers::guess_columns(customers::intake_columns(asked.what, fields_seen(desk)), table->head,
                                             remembered);
    asked.digest =
        customers::keep_intake_file(desk.store(), s.bank().personal_key(), asked.file, call.request.body);
    asked.table = std::move(*table), rows = asked.table.rows.size();
  }
  return run_intake(s, call, rows, "试算批量导入 " + asked.file, checking(std::move(asked)));
}

std::optional<Record> seen(Desk& desk, const Call& call) {
  auto id = number_in_path(call);
  if (!id) return std::nullopt;
  auto found = records::record(desk.store(), customers::kIntakeKind, *id);
  if (!found.ok() || !desk.reaches(Permission::customer_import, *found)) return std::nullopt;
  return *found;
}

base::Result<IntakeTable> table_of(Desk& desk, const Record& of) {
  return read_intake_table(
      customers::intake_file(desk.store(), desk.services().bank().personal_key(), text_in(of.body, "digest")));
}

// The file checked anew with other columns; the mapping is remembered when it is given a name.
Outcome check_again(Services& s, const Call& call) {
  Asked asked;
  {
    Desk desk(s, call);
    auto of = seen(desk, call);
    if (!of) return not_found();
    auto table = table_of(desk, *of);
    if (!table.ok()) return refusal_of(table.error());
    asked = {of->id,    number_member(call, "version"), text_in(of->body, "what"),
             of->title, text_in(of->body, "digest"),    std::move(*table),
             {}};
    for (const Json& one : *call.body.find("columns")->as_array()) asked.columns.push_back(*one.as_string());
    auto fits = customers::check_columns(customers::intake_columns(asked.what, fields_seen(desk)),
                                         asked.table.head, asked.columns);
    if (!fits.ok()) return record_refusal(fits.error());
    if (const std::string name = text_member(call, "keep_as"); !name.empty()) {
      JsonObject columns;
      for (size_t i = 0; i < asked.columns.size(); ++i)
        if (!asked.columns[i].empty()) columns.emplace_back(asked.table.head[i], asked.columns[i]);
      base::Status kept;
      desk.store().transaction([&] {
        kept = customers::keep_mapping(desk.store(), {asked.what, name, columns, desk.now().str(), desk.login()});
        if (kept.ok()) desk.audit("customer_import.mapping", "mapping " + name, JsonObject{{"what", asked.what}});
      });
      if (!kept.ok()) return record_refusal(kept.error());
    }
  }
  const size_t rows = asked.table.rows.size();
  return run_intake(s, call, rows, "试算批量导入 " + asked.file, checking(std::move(asked)));
}

Outcome list_imports(Services& s, const Call& call) {
  Desk desk(s, call);
  records::Filter filter;
  filter.kinds = {customers::kIntakeKind};
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter))
    if (desk.reaches(Permission::customer_import, one)) items.push_back(import_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_import(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  return Answer{import_json(desk, *of)};
}

Json row_json(const customers::IntakeRow& row) {
  JsonArray said;
  for (const auto& one : row.said)
    said.push_back(JsonObject{{"column", one.column},
                              {"cell", one.cell},
                              {"message", one.message.empty() ? Json() : Json(one.message)},
                              {"before", one.before},
                              {"after", one.after}});
  return JsonObject{{"line", row.line},
                    {"subject", row.subject},
                    {"name", row.name},
                    {"outcome", row.outcome},
                    {"said", std::move(said)},
                    {"record", row.record ? Json(row.record) : Json()},
                    {"undone", row.undone.empty() ? Json() : Json(row.undone)}};
}

Outcome list_rows(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  const std::string outcome = call.get("outcome").value_or("");
  JsonArray items;
  for (const auto& row : customers::kept_rows(desk.store(), of->id, outcome,
                                              (call.list.page - 1) * call.list.page_size, call.list.page_size))
    items.push_back(row_json(row));
  return Answer{page_body(call.list, std::move(items), customers::count_kept(desk.store(), of->id, outcome))};
}

std::string said_text(const customers::IntakeRow& row) {
  std::string out;
  for (const auto& one : row.said) {
    out += (out.empty() ? "" : "；") + (one.cell.empty() ? "" : one.cell + " ") + one.column + "：";
    out += one.message.empty() ? "“" + one.before + "”→“" + one.after + "”" : one.message;
  }
  return out;
}

Outcome rows_file(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  const bool prospects = text_in(of->body, "what") == "prospects";
  WrittenSheet sheet{.name = "逐行结果",
                     .columns = {{.title = "行", .width = 8},
                                 {.title = prospects ? "姓名" : "客户号", .width = 18},
                                 {.title = "名称", .width = 18},
                                 {.title = "结果", .width = 10},
                                 {.title = "说明", .width = 80},
                                 {.title = "撤销", .width = 40}},
                     .title = of->title};
  sheet.frozen = 3, sheet.filter = true;
  const std::map<std::string, std::string> words = {
      {"new", "新增"}, {"changed", "修改"}, {"same", "不变"}, {"refused", "不写入"}};
  for (const auto& row : customers::kept_rows(desk.store(), of->id, "", 0, customers::kIntakeRows))
    sheet.rows.push_back({int64_t{row.line}, row.subject, row.name, words.at(row.outcome), said_text(row),
                          row.undone == "done" ? "已撤销" : row.undone});
  desk.store().transaction([&] {
    desk.audit("customer_import.download", "customer_import " + std::to_string(of->id),
               JsonObject{{"rows", sheet.rows.size()}});
  });
  return file_answer(write_workbook({sheet}), kXlsx, "import-" + std::to_string(of->id) + ".xlsx");
}

size_t rows_of(const Record& of) {
  const Json* rows = of.body.find("rows");
  return rows && rows->as_number() ? static_cast<size_t>(rows->as_number()->to_int64().value_or(0)) : 0;
}

Outcome perform(Services& s, const Call& call) {
  size_t rows = 0;
  std::string title;
  {
    Desk desk(s, call);
    auto of = seen(desk, call);
    if (!of) return not_found();
    rows = rows_of(*of), title = of->title;
  }
  const int64_t id = *number_in_path(call), version = number_member(call, "version");
  const bool skip = true_member(call, "skip_refused");
  return run_intake(s, call, rows, "写入批量导入 " + title,
                    [=](Desk& desk, const customers::IntakeProgress& progress) -> base::Result<Record> {
                      auto of = records::record(desk.store(), customers::kIntakeKind, id);
                      if (!of.ok()) return of;
                      auto table = table_of(desk, *of);
                      if (!table.ok()) return table.error();
                      const auto all = customers::fields(desk.store(), true);
                      const auto world = intake_world(desk, desk.services().bank().personal_key());
                      return customers::perform_intake(desk.store(), {id, version, &*table, &all, &world, skip},
                                                       desk.writing(), progress);
                    });
}

Outcome undo(Services& s, const Call& call) {
  size_t rows = 0;
  std::string title;
  {
    Desk desk(s, call);
    auto of = seen(desk, call);
    if (!of) return not_found();
    rows = rows_of(*of), title = of->title;
  }
  const int64_t id = *number_in_path(call), version = number_member(call, "version");
  const std::string reason = call.text("reason");
  return run_intake(
      s, call, rows, "撤销批量导入 " + title, [=](Desk& desk, const customers::IntakeProgress& progress) {
        return customers::undo_intake(desk.store(), id, version, reason, customers::fields(desk.store(), true),
                                      desk.writing(), progress);
      });
}

}  // namespace

Table intake_file_endpoints() {
  const auto may = Permission::customer_import;
  const auto done = object({{"import", nullable(ref("CustomerImport"))}, {"job", nullable(ref("Job"))}});
  const Parameter what = {"what", choice({"cards", "prospects", "relations"}), true,
                          "customers' cards, prospective customers, or relations between customers"};
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
                    .output = done,
                    .handler = handler};
  };
  Table out = {
      get("/customer-imports", "imports in reach, newest first", list_imports, list_of("CustomerImport")),
      get("/customer-imports/columns", "what can be imported, and mappings that are remembered", show_columns,
          ref("ImportColumns")),
      get("/customer-imports/template.xlsx", "an empty table with hints and choices", make_template, nullptr),
      get("/customer-imports/{id}", "one import", show_import, ref("CustomerImport")),
      get("/customer-imports/{id}/rows", "what becomes of each row", list_rows, list_of("ImportRow")),
      get("/customer-imports/{id}/rows.xlsx", "the same as a file; recorded", rows_file, nullptr),
      post("/customer-imports", "reads a table and says what each row would do; nothing is written", upload,
           nullptr),
      post("/customer-imports/{id}/check", "the same with other columns", check_again,
           optional(object({{"version", integer()}, {"columns", list(text(100))}, {"keep_as", text(200)}}),
                    {"keep_as"})),
      post("/customer-imports/{id}/perform", "writes it, all rows or none", perform,
           object({{"version", integer()}, {"skip_refused", boolean()}})),
      post("/customer-imports/{id}/undo", "takes back every row that nobody changed since", undo,
           object({{"version", integer()}, {"reason", text(1000)}}))};
  out[0].list = true, out[0].searched = {"title", "owner_name"};
  out[1].parameters = out[2].parameters = {what};
  out[2].produces = out[5].produces = kXlsx;
  out[4].list = true, out[4].sorts = false;
  out[4].parameters = {{"outcome", choice({"new", "changed", "same", "refused", "undone", "kept"}), false, ""}};
  out[6].parameters = {
      what, {"name", text(200), false, "of the file"}, {"mapping", text(200), false, "a remembered one"}};
  out[6].accepts = "application/octet-stream", out[6].body_limit = kIntakeUpload;
  return out;
}

}  // namespace guanhu::api
