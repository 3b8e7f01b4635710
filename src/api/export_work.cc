#include "api/export_work.h"

#include <algorithm>

#include "api/export_file.h"
#include "api/reports.h"
#include "base/digest.h"
#include "base/json_member.h"
#include "people/rights.h"
#include "records/records.h"
#include "workbench/message.h"
#include "workbench/todo_run.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Scope;
using workbench::Export;
using workbench::PlannedColumn;
using workbench::QueryType;
namespace fs = std::filesystem;

namespace {

fs::path folder_of(Services& s) { return s.bank().folder().path() / "exports"; }

// The asker with the rights of the moment; nothing: no such login, or none that may.
std::optional<people::Login> login_now(Services& s, const std::string& name) {
  auto store = s.store();
  auto login = people::find_login(*store, name);
  if (!login || login->disabled) return std::nullopt;
  people::complete(*store, s.facts()->directory, people::day_here(s.clock().now()), *login);
  if (people::scope_of(login->roles, people::Permission::report_read) == Scope::none) return std::nullopt;
  return login;
}

std::string sha256_of(const fs::path& path, int64_t& bytes) {
  base::Sha256 sum;
  std::FILE* in = std::fopen(path.c_str(), "rb");
  if (!in) throw base::Broken("cannot read " + path.string());
  std::string part(size_t{1} << 20, '\0');
  bytes = 0;
  for (size_t n; (n = std::fread(part.data(), 1, part.size(), in)) > 0; bytes += static_cast<int64_t>(n))
    sum.add(std::string_view(part).substr(0, n));
  std::fclose(in);
  return sum.hex();
}

FileHead head_of(QueryDesk& desk, const OpenQuery& query, const Export& of) {
  FileHead head;
  head.title = of.title;
  const std::string when = printed_moment(desk.services().clock().now());
  head.about = {{"银行", desk.facts().bank_name},
                {"导出人", desk.name_of(QueryType::staff, desk.person()) + "（" + of.login + "）"},
                {"时间", when},
                {"业务日期", query.day.str()},
                {"来源", query.open.source.title},
                {"报表版本", of.view == 0 ? "未保存的报表"
                                          : "报表 " + std::to_string(of.view) + " 第 " +
                                                std::to_string(of.view_version) + " 版"},
                {"制度版本", desk.limits().pack->id + " " + desk.limits().pack->version},
                {"条件", of.said.empty() ? "无" : of.said},
                {"导出编号", std::to_string(of.id)}};
  if (!query.spec.scheme.empty()) head.about.push_back({"考核方案", query.spec.scheme + " " + query.spec.period});
  for (const auto& one : query.plan.columns)
    head.columns.push_back({one.title + (one.unit.empty() ? "" : "(" + one.unit + ")"), is_number(one),
                            file_format(one), is_number(one) ? 16 : 18});
  return head;
}

// The rows into the file; how many.
int64_t write_rows(QueryDesk& desk, const OpenQuery& query, int64_t total, FileWriter& out, JobRun& run) {
  int64_t done = 0;
  std::vector<Json> cells;
  const auto& plan = query.plan;
  desk.db().scan(
      plan.rows, plan.types,
      [&](const warehouse::Chunk& chunk) {
        for (size_t r = 0; r < chunk.rows; ++r) {
          cells.clear();
          for (const auto& column : plan.columns)
            cells.push_back(shown_cell(desk, column, workbench::query_cell(column, chunk, r)));
          out.row(cells);
          ++done;
        }
        run.progress(static_cast<size_t>(done), static_cast<size_t>(total),
                     "写入 " + std::to_string(done) + " 行");
      },
      plan.parameters);
  return done;
}

// Of whom and what the file tells, a sum of a group as well as a row: nothing is kept for who sees the whole bank.
Json reach_of(QueryDesk& desk, const OpenQuery& query) {
  const auto reach = desk.reach(query.maker->permission);
  JsonArray of;
  for (const auto& subject : query.open.subjects) {
    if (reach->bank()) break;
    JsonArray ids;
    const warehouse::Type types[] = {warehouse::Type::text};
    desk.db().scan(
        "SELECT DISTINCT " + subject.sql + " AS id FROM " +
            (subject.from.empty() ? query.plan.made_from : subject.from + " x"),
        types,
        [&](const warehouse::Chunk& chunk) {
          for (size_t r = 0; r < chunk.rows; ++r)
            if (!chunk.columns[0].is_null(r)) ids.push_back(std::string(chunk.columns[0].text[r]));
        },
        subject.from.empty() ? query.plan.parameters : std::vector<warehouse::Value>{});
    of.push_back(JsonObject{{"kind", subject.kind}, {"ids", std::move(ids)}});
  }
  return JsonObject{{"scope", people::scope_name(desk.scope(query.maker->permission))},
                    {"top", reach->top()},
                    {"of", std::move(of)}};
}

void write(store::Session& store, Services& s, const Export& of, const char* action) {
  workbench::keep_export(store, of);
  record(store, of.login, action, "export " + std::to_string(of.id),
         JsonObject{{"title", of.title},
                    {"view", of.view},
                    {"view_version", of.view_version},
                    {"source", of.source},
                    {"filters", of.said},
                    {"format", of.format},
                    {"rows", of.rows},
                    {"sha256", of.digest},
                    {"state", of.state},
                    {"message", of.message}},
         s.clock());
}

void remember(Services& s, const Export& of, const char* action) {
  auto store = s.store();
  store->transaction([&] { write(*store, s, of, action); });
}

// The state and the word of it are one transaction: nobody sees a file that is done and was not told of.
void remember_and_tell(Services& s, const Export& of, const char* action) {
  workbench::MessageAsk ask;
  ask.event = "work", ask.key = "export:" + std::to_string(of.id), ask.person = of.person, ask.name = of.person;
  ask.title = of.state == "done" ? "报表文件已经做好" : "报表文件没有做成";
  ask.text = of.title + (of.state == "done" ? "，" + std::to_string(of.rows) + " 行" : "：" + of.message);
  ask.link = "/exports";
  auto store = s.store();
  const store::PersonalKey key = s.bank().personal_key();
  const auto settings = workbench::BankSettings::read(*store);
  auto read = workbench::BusinessCalendar::read(s.bank().folder().path());
  const workbench::BusinessCalendar calendar = read.ok() ? *read : workbench::BusinessCalendar();
  const workbench::TodoDoing doing{
      "system", "", s.clock().now(), workbench::working_day(*store, s.clock().now()), {}};
  store->transaction([&] {
    write(*store, s, of, action);
    workbench::tell_person({*store, key, settings, calendar, doing}, ask);
  });
  s.notice("user:" + of.login, of.state == "done" ? "info" : "warn", ask.title, ask.text, ask.link);
}

base::Result<Json> failed(Services& s, Export& of, const Error& error) {
  of.state = "failed", of.message = error.text(), of.ended_at = s.clock().now().str();
  remember_and_tell(s, of, "export.fail");
  return error;
}

base::Result<Json> make_file(Services& s, Export of, JobRun& run) {
  run.progress(0, 0, "检查");
  auto login = login_now(s, of.login);
  if (!login) return failed(s, of, {"access.forbidden", "已经没有看报表的权限", "", ""});
  QueryDesk desk(s, *login);
  if (auto ready = desk.prepare(); !ready.ok()) return failed(s, of, ready.error());
  auto query = desk.open(of.spec);
  if (!query.ok()) return failed(s, of, query.error());
  const int64_t total = count_of(desk, *query);
  const int64_t most = std::min(desk.limits().export_rows, static_cast<int64_t>(kSheetRows));
  if (total > most)
    return failed(
        s, of,
        {"export.rows", "有 " + std::to_string(total) + " 行，一次最多导出 " + std::to_string(most) + " 行", "",
         "加条件，分几次导出"});
  of.state = "running", of.business_date = query->day.str();
  workbench::keep_export(desk.store(), of);
  fs::create_directories(folder_of(s)), fs::create_directories(s.bank().folder().temp());
  const fs::path path = export_path(s, of);
  const FileHead head = head_of(desk, *query, of);
  std::vector<Json> totals;
  {
    auto out = of.format == "csv" ? csv_writer(path, head) : workbook_writer(path, s.bank().folder().temp(), head);
    of.rows = write_rows(desk, *query, total, *out, run);
    totals = totals_of(desk, *query);
    run.progress(static_cast<size_t>(total), static_cast<size_t>(total), "合计和校验");
    out->end(totals);
  }
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  of.reach = reach_of(desk, *query);
  of.digest = sha256_of(path, of.bytes), of.state = "done", of.ended_at = s.clock().now().str();
  JsonObject sums;
  for (size_t i = 0; i < totals.size(); ++i)
    if (!totals[i].is_null()) sums.emplace_back(query->plan.columns[i].title, totals[i]);
  of.totals = std::move(sums);
  const base::Date today = workbench::working_day(desk.store(), s.clock().now());
  of.expires_on = (today + static_cast<int32_t>(desk.limits().keep_days)).str();
  remember_and_tell(s, of, "export.report");
  return Json(JsonObject{{"export", of.id}, {"rows", of.rows}, {"sha256", of.digest}});
}

}  // namespace

fs::path export_path(Services& s, const Export& of) {
  return folder_of(s) / (std::to_string(of.id) + "." + of.format);
}

base::Result<Export> queue_export(Services& s, const people::Login& login, const ExportAsk& ask) {
  Export of;
  {
    QueryDesk desk(s, login);
    if (auto ready = desk.prepare(); !ready.ok()) return ready.error();
    auto query = desk.open(ask.spec);
    if (!query.ok()) return query.error();
    of.login = login.login, of.person = desk.person(), of.format = ask.format, of.title = ask.title;
    const people::Staff* staff = desk.directory().person(login.staff_id);
    of.org = staff ? staff->org : "";
    of.source = query->maker->name, of.view = ask.view, of.view_version = ask.view_version;
    of.spec = workbench::to_json(query->spec), of.scheduled = ask.scheduled;
    of.said = workbench::said(query->open.source, query->spec, query->context);
    of.business_date = query->day.str(), of.made_at = s.clock().now().str();
  }
  auto store = s.store();
  store->transaction([&] {
    of.id = workbench::add_export(*store, of);
    record(
        *store, of.login, "export.ask", "export " + std::to_string(of.id),
        JsonObject{{"title", of.title}, {"filters", of.said}, {"format", of.format}, {"scheduled", of.scheduled}},
        s.clock());
  });
  auto job = s.jobs().add("export", of.title, of.login, work_of_export(s, of.id), JsonObject{{"export", of.id}});
  store->transaction([&] {
    // The job may have begun: only its number is written here.
    if (job.ok()) store->exec("UPDATE exports SET job = ? WHERE export_id = ?", {job->id, of.id});
    else
      store->exec("UPDATE exports SET state = 'failed', message = ? WHERE export_id = ?",
                  {job.error().text(), of.id});
  });
  if (!job.ok()) return job.error();
  of.job = job->id;
  return of;
}

std::optional<int64_t> export_of_ask(const Json& ask) {
  const Json* id = ask.find("export");
  return id && id->as_number() ? id->as_number()->to_int64() : std::nullopt;
}

Jobs::WorkFunction work_of_export(Services& s, int64_t id) {
  return [&s, id](JobRun& run) -> base::Result<Json> {
    auto found = workbench::export_of(*s.store(), id);
    if (!found) return Error{"job.record", "没有这份导出", "", "请重新发起"};
    if (found->state == "cancelled") throw Cancelled();
    try {
      return make_file(s, *found, run);
    } catch (const Cancelled&) {
      Export of = *workbench::export_of(*s.store(), id);
      of.state = "cancelled", of.ended_at = s.clock().now().str(), of.message = "";
      remember(s, of, "export.cancel");
      throw;
    } catch (const std::exception& e) {
      s.log_error("export " + std::to_string(id) + ": " + e.what());
      Export of = *workbench::export_of(*s.store(), id);
      return failed(s, of, {"export.broken", "写文件时出错", "", "请重新发起；仍不行请告诉管理员"});
    }
  };
}

Export settled(Services& s, store::Session& store, Export of) {
  if (of.state != "waiting" && of.state != "running") return of;
  auto job = of.job == 0 ? std::nullopt : s.jobs().find(of.job);
  if (of.job == 0 || (job && !job->ended)) return of;  // it is being queued, or lives
  store.transaction([&] {
    // It may have ended between the reading of the export and that of its job: what its job wrote then stands.
    if (auto now = workbench::export_of(store, of.id)) of = std::move(*now);
    if (of.state != "waiting" && of.state != "running") return;
    of.state = job && job->state == "cancelled" ? "cancelled"
               : job && job->state == "failed"  ? "failed"
                                                : "interrupted";
    of.ended_at = s.clock().now().str();
    if (of.state != "cancelled") of.message = "服务停止时还没有做完，请重新导出";
    workbench::keep_export(store, of);
  });
  return of;
}

namespace {

// Whether one id of a file is still the asker's to see.
using Seen = std::function<bool(const std::string&)>;
Seen seen_of(QueryDesk& desk, const SourceMaker& maker, const std::string& kind) {
  const auto reach = desk.reach(maker.permission);
  if (kind == "staff") return [reach](const std::string& id) { return reach->staff(id); };
  if (kind == "org") return [reach](const std::string& id) { return reach->org(id); };
  if (kind == "holder") return [reach](const std::string& id) { return reach->holder(id); };
  if (kind == "writing") {
    const bool branch = desk.scope(maker.permission) >= Scope::branch;
    return [&desk, reach, branch](const std::string& id) {
      const size_t gap = id.find(' ');
      const std::string who = id.substr(0, gap), org = gap == id.npos ? "" : id.substr(gap + 1);
      return who == desk.person() || reach->staff(who) || (branch && reach->org(org));
    };
  }
  if (kind != "customer") return [](const std::string&) { return false; };
  const auto in = desk.facts().customers_in(desk.login(), desk.scope(maker.permission), desk.db());
  return [&desk, in](const std::string& id) {
    const size_t at = desk.facts().customers->find(id);
    return !in || std::binary_search(in->begin(), in->end(), static_cast<uint32_t>(at));
  };
}

}  // namespace

base::Status still_in_reach(Services& s, const people::Login& login, const Export& of) {
  const Error gone{"export.reach", "文件里有的内容已经不归您看", "", "请重新导出，新文件里只有您现在看得到的"};
  QueryDesk desk(s, login);
  const auto makers = desk.sources();
  auto maker =
      std::find_if(makers.begin(), makers.end(), [&](const SourceMaker* m) { return m->name == of.source; });
  if (maker == makers.end()) return gone;
  const auto then = people::scope_named(text_in(of.reach, "scope"));
  const auto reach = desk.reach((*maker)->permission);
  if (reach->bank()) return {};
  if (!then || *then > desk.scope((*maker)->permission) || text_in(of.reach, "top") != reach->top()) return gone;
  const Json* parts = of.reach.find("of");
  if (!parts || !parts->as_array()) return gone;  // of what it was made is not known
  for (const Json& part : *parts->as_array()) {
    const Json* ids = part.find("ids");
    const Seen seen = seen_of(desk, **maker, text_in(part, "kind"));
    if (!ids || !ids->as_array()) return gone;
    for (const Json& id : *ids->as_array())
      if (!id.as_string() || !seen(*id.as_string())) return gone;
  }
  return {};
}

void sweep_exports(Services& s, store::Session& store) {
  const std::string today = workbench::working_day(store, s.clock().now()).str();
  for (Export& of : workbench::exports_in(store, "done")) {
    if (of.expires_on >= today) continue;
    std::error_code ignored;
    fs::remove(export_path(s, of), ignored);
    of.state = "expired";
    store.transaction([&] { workbench::keep_export(store, of); });
  }
  for (const char* state : {"waiting", "running"})
    for (Export& of : workbench::exports_in(store, state)) settled(s, store, std::move(of));
  bool live = false;
  for (const Job& job : s.jobs().all()) live = live || (job.kind == "export" && !job.ended);
  if (live) return;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(s), error))
    if (entry.path().extension() == ".part") fs::remove(entry.path(), error);
}

Json shown_cell(QueryDesk& desk, const PlannedColumn& column, const Json& raw, bool opened) {
  if (raw.is_null() || !raw.as_string() || (column.what != "" && column.what != "least" && column.what != "most"))
    return raw;
  if (column.of && column.of->personal) return desk.shown(*column.of, *raw.as_string(), opened);
  if (column.type == QueryType::org || column.type == QueryType::staff)
    return desk.name_of(column.type, *raw.as_string());
  if (column.of)
    for (const auto& word : column.of->words)
      if (word.code == *raw.as_string()) return word.text;
  return raw;
}

bool is_number(const PlannedColumn& column) {
  const bool of_part =
      column.what == "month" || column.what == "quarter" || column.what == "year" || column.what == "bands";
  return !of_part && (column.type == QueryType::money || column.type == QueryType::rate ||
                      column.type == QueryType::number || column.type == QueryType::decimal);
}

std::string file_format(const PlannedColumn& column) {
  if (!is_number(column)) return "";
  if (column.type == QueryType::money) return "#,##0.00";
  if (column.type == QueryType::number) return column.what == "average" ? "#,##0.00" : "#,##0";
  return "#,##0.00####";
}

int64_t count_of(QueryDesk& desk, const OpenQuery& query) {
  return warehouse::one_int(desk.db(), query.plan.count, query.plan.parameters).value_or(0);
}

std::vector<Json> totals_of(QueryDesk& desk, const OpenQuery& query) {
  std::vector<Json> out(query.plan.columns.size());
  if (query.plan.totals.empty()) return out;
  desk.db().scan(
      query.plan.totals, query.plan.total_types,
      [&](const warehouse::Chunk& chunk) {
        for (size_t i = 0; i < query.plan.total_at.size() && chunk.rows > 0; ++i)
          out[query.plan.total_at[i]] = workbench::query_cell(query.plan.total_columns[i], chunk, 0);
      },
      query.plan.parameters);
  return out;
}

void reports_after_import(Services& s) {
  auto facts = s.facts();
  if (!facts || !facts->last_date) return;
  auto store = s.store();
  auto read = workbench::BusinessCalendar::read(s.bank().folder().path());
  const workbench::BusinessCalendar calendar = read.ok() ? *read : workbench::BusinessCalendar();
  records::Filter filter;
  filter.kinds = {"report_view"}, filter.limit = 100'000;
  for (const auto& view : records::list(*store, filter)) {
    const std::string every = text_in(view.body, "every");
    if (every.empty()) continue;
    const std::string key = workbench::schedule_key(every, *facts->last_date, calendar);
    bool fresh = false;
    store->transaction([&] { fresh = workbench::take_schedule(*store, view.id, key, 0, s.clock().now()); });
    if (!fresh) continue;
    auto login = login_now(s, text_in(view.body, "login"));
    if (!login) continue;  // whose it was may no more: nothing is made in their name
    const Json* spec = view.body.find("spec");
    auto made = queue_export(s, *login,
                             {view.title, text_in(view.body, "format") == "csv" ? "csv" : "xlsx", view.id,
                              view.version, spec ? *spec : Json(), true});
    if (!made.ok()) {
      s.log_error("schedule of report " + std::to_string(view.id) + ": " + made.error().text());
      continue;
    }
    store->transaction([&] { workbench::set_schedule_export(*store, view.id, key, made->id); });
  }
}

}  // namespace guanhu::api
