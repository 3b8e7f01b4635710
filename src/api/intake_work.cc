#include "api/intake_work.h"

#include <algorithm>
#include <memory>

#include "api/jobs.h"
#include "api/spreadsheet.h"
#include "people/logins.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonObject;
using people::Permission;
using records::Record;

base::Result<customers::IntakeTable> read_intake_table(std::string_view bytes, std::string_view name) {
  if (auto fits = check_file_name(bytes, name); !fits.ok()) return fits.error();
  auto grid = read_grid(bytes, {.rows = customers::kIntakeRows + 1, .columns = 200, .bytes = size_t{256} << 20});
  if (!grid.ok()) return grid.error();
  if (grid->rows.empty()) return Error{"intake.head", "表是空的", "", "用下载的模板填写"};
  customers::IntakeTable out;
  out.head = std::move(grid->rows.front().cells);
  while (!out.head.empty() && out.head.back().empty()) out.head.pop_back();
  if (out.head.empty()) return Error{"intake.head", "第一行没有列名", "", "第一行写各列的名称"};
  for (size_t i = 1; i < grid->rows.size(); ++i)
    out.rows.push_back({grid->rows[i].number, std::move(grid->rows[i].cells)});
  if (out.rows.empty()) return Error{"intake.rows", "列名下面没有一行数据", "", "从第二行起填写"};
  return out;
}

namespace {

// A call that outlives its request.
struct Kept {
  explicit Kept(const Call& given) : request(given.request), call{.request = request} {
    call.path = given.path, call.query = given.query, call.body = given.body;
    call.visitor = given.visitor, call.token = given.token, call.scope = given.scope;
    call.list = given.list, call.language = given.language;
    request.cancelled = {}, request.body.clear();
  }
  Kept(const Kept&) = delete;
  http::Request request;
  Call call;
};

// Between the click and the work somebody may have lost the role.
bool still_may(Services& s, const Call& call) {
  auto login = people::find_login(*s.store(), call.login().login);
  return login && !login->disabled && people::scope_of(login->roles, Permission::customer_import) >= call.scope;
}

Outcome answer(Desk& desk, const base::Result<Record>& made) {
  if (!made.ok()) return record_refusal(made.error());
  return Answer{JsonObject{{"import", import_json(desk, *made)}, {"job", Json()}}};
}

}  // namespace

Outcome run_intake(Services& s, const Call& call, size_t rows, const std::string& title, IntakeStep step) {
  if (rows <= kIntakeAtOnce) {
    Desk desk(s, call);
    return answer(desk, step(desk, {}));
  }
  auto kept = std::make_shared<const Kept>(call);
  // Recorded, so that it is seen to have been interrupted when the server ends; one transaction holds all of it.
  auto job = s.jobs().add(
      "act", title, call.login().login,
      [&s, kept, step = std::move(step)](JobRun& run) -> base::Result<Json> {
        run.progress(0, 1, "检查");
        if (!still_may(s, kept->call)) return Error{"access.forbidden", "已经没有做这件事的权限", "", ""};
        Desk desk(s, kept->call);
        // The writing is one transaction; the dry run before it is told in the same way.
        auto made = step(desk, [&](size_t done, size_t total) { run.tell(done, total, "逐行处理"); });
        if (!made.ok()) return made.error();
        return Json(JsonObject{{"import", made->id}, {"state", made->state}});
      },
      JsonObject{{"method", call.request.method}, {"path", call.request.path}});
  if (!job.ok()) return refusal_of(job.error());
  return Answer{JsonObject{{"import", Json()}, {"job", job->json()}}};
}

Json import_json(Desk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  out.emplace_back("body", of.body);
  const bool may = desk.reaches(Permission::customer_import, of);
  const Json* what = of.body.find("what");
  std::vector<std::string> head, columns;
  auto texts = [&](const char* name, std::vector<std::string>& into) {
    if (const Json* list = of.body.find(name); list && list->as_array())
      for (const Json& one : *list->as_array()) into.push_back(*one.as_string());
  };
  texts("head", head), texts("columns", columns);
  auto fits = customers::check_columns(
      customers::intake_columns(*what->as_string(), customers::fields(desk.store())), head, columns);
  out.emplace_back("unmapped", fits.ok() ? Json() : Json(fits.error().message));
  out.emplace_back("may_perform", may && of.state == "checked" && fits.ok());
  out.emplace_back("may_undo", may && of.state == "done");
  return out;
}

}  // namespace guanhu::api
