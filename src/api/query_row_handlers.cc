// The rows of a question, for the page and for paper.
#include <algorithm>

#include "api/desk.h"
#include "api/intake_desk.h"
#include "api/query_parts.h"
#include "api/report.h"
#include "api/reports.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::PlannedColumn;

// The name under which an explanation knows a column; "" of what has none.
std::string figure_name(const PlannedColumn& of);
Json printed_cell(QueryDesk& desk, const PlannedColumn& column, const Json& raw);

namespace {

Json filters_json(const std::vector<workbench::QueryFilter>& filters) {
  JsonArray out;
  for (const auto& one : filters)
    out.push_back(JsonObject{
        {"column", one.column}, {"op", one.op}, {"values", JsonArray(one.values.begin(), one.values.end())}});
  return out;
}

std::string filled(const std::string& pattern, const std::vector<std::string>& beside) {
  std::string out = pattern;
  for (size_t i = 0; i < beside.size(); ++i) {
    const std::string hole = "{" + std::to_string(i) + "}";
    const size_t at = out.find(hole);
    if (at == out.npos) continue;
    if (beside[i].empty()) return "";
    out.replace(at, hole.size(), beside[i]);
  }
  return out;
}

// Who may see a person's numbers in full, and in how far; nothing: nobody asked.
struct Opened {
  std::shared_ptr<const std::vector<uint32_t>> in;  // null: everybody
  bool any = false;
  std::vector<std::string> customers;  // of whom something was shown
};

class Page {
 public:
  Page(QueryDesk& desk, const OpenQuery& query, Opened& opened) : desk_(desk), query_(query), opened_(opened) {
    personal_ = std::any_of(query.plan.columns.begin(), query.plan.columns.end(),
                            [](const PlannedColumn& c) { return c.of && c.of->personal; });
  }

  JsonArray rows(size_t first, size_t count) {
    JsonArray out;
    const std::string sql =
        query_.plan.rows + " LIMIT " + std::to_string(count) + " OFFSET " + std::to_string(first);
    desk_.db().scan(
        sql, query_.plan.types,
        [&](const warehouse::Chunk& chunk) {
          for (size_t r = 0; r < chunk.rows; ++r) out.push_back(row(chunk, r));
        },
        query_.plan.parameters);
    return out;
  }

 private:
  Json row(const warehouse::Chunk& chunk, size_t r) {
    const auto& plan = query_.plan;
    std::vector<std::string> beside;
    for (size_t i = plan.beside; i < plan.types.size(); ++i)
      beside.push_back(chunk.columns[i].is_null(r) ? "" : std::string(chunk.columns[i].text[r]));
    std::vector<Json> raw;
    JsonArray cells;
    const bool open = personal_ && opened_.any && opens(beside.empty() ? "" : beside[0]);
    for (const auto& column : plan.columns) {
      raw.push_back(workbench::query_cell(column, chunk, r));
      cells.push_back(shown_cell(desk_, column, raw.back(), open));
    }
    const bool groups = query_.spec.grouped();
    const std::string file = feed_file(query_.maker->name);
    const bool fed = !groups && !file.empty() && beside.size() >= 3 && !beside[1].empty();
    return JsonObject{{"cells", std::move(cells)},
                      {"link", groups ? "" : filled(query_.open.link, beside)},
                      {"row", fed ? beside[1] + "/" + file + "/" + beside[2] : ""},
                      {"holder", query_.maker->appraisal && !groups ? beside[0] : ""},
                      {"into", groups ? filters_json(workbench::behind(plan, raw)) : Json(JsonArray{})}};
  }

  bool opens(const std::string& customer) {
    const auto& all = *desk_.facts().customers;
    const size_t at = all.find(customer);
    const bool may = at < all.size() && (!opened_.in || std::binary_search(opened_.in->begin(), opened_.in->end(),
                                                                           static_cast<uint32_t>(at)));
    if (may) opened_.customers.push_back(customer);
    return may;
  }

  QueryDesk& desk_;
  const OpenQuery& query_;
  Opened& opened_;
  bool personal_ = false;
};

JsonArray columns_json(const OpenQuery& query) {
  JsonArray out;
  for (const auto& one : query.plan.columns)
    out.push_back(JsonObject{{"name", one.name},
                             {"title", one.title},
                             {"unit", one.unit},
                             {"type", std::string(workbench::query_type_name(one.type))},
                             {"number", is_number(one)},
                             {"sorts", !(one.of && one.of->personal)},
                             {"figure", query.maker->appraisal && one.what.empty() ? figure_name(one) : ""}});
  return out;
}

}  // namespace

std::string figure_name(const PlannedColumn& of) {
  const bool figure = of.of && of.type == workbench::QueryType::decimal;
  return figure ? of.of->title : "";
}

namespace {

// Nothing is shown in full that is not recorded: the record is on the disk before the answer leaves.
void record_opened(QueryDesk& desk, const Call& call, const Opened& opened, const std::string& reason) {
  if (opened.customers.empty()) return;
  JsonArray who(opened.customers.begin(), opened.customers.end());
  desk.store().transaction([&] {
    record(desk.store(), call.login().login, "personal_data.read", "report",
           JsonObject{{"reason", reason}, {"customers", std::move(who)}}, desk.services().clock());
  });
}

Outcome show_rows(Services& s, const Call& call) {
  QueryDesk desk(s, call.login());
  if (auto ready = desk.prepare(); !ready.ok()) return query_refusal(ready.error());
  auto query = desk.open(*call.body.find("spec"));
  if (!query.ok()) return query_refusal(query.error());
  auto number = [&](const char* name, int64_t otherwise) {
    const Json* value = call.body.find(name);
    return value && value->as_number() ? value->as_number()->to_int64().value_or(otherwise) : otherwise;
  };
  const auto size = static_cast<size_t>(std::clamp<int64_t>(number("page_size", 50), 1, 200));
  const auto page = static_cast<size_t>(std::clamp<int64_t>(number("page", 1), 1, 1'000'000));
  const std::string reason = text_member(call, "reason");
  Opened opened;
  const auto wide = desk.scope(Permission::personal_read);
  if (!reason.empty()) {
    if (wide == people::Scope::none) return forbidden();
    if (reason.size() < 4) return Refusal{400, {"request.body", "", "", ""}, {{"/reason", "请写明查看的原因"}}};
    opened.any = true, opened.in = desk.facts().customers_in(call.login(), wide, desk.db());
  }
  const int64_t total = count_of(desk, *query);
  auto sums = totals_of(desk, *query);
  JsonArray rows = Page(desk, *query, opened).rows((page - 1) * size, size);
  record_opened(desk, call, opened, reason);
  return Answer{JsonObject{{"title", query->open.source.title},
                           {"source", query->maker->name},
                           {"spec", workbench::to_json(query->spec)},
                           {"said", workbench::said(query->open.source, query->spec, query->context)},
                           {"day", query->day.str()},
                           {"last_date", desk.last().str()},
                           {"grouped", query->spec.grouped()},
                           {"columns", columns_json(*query)},
                           {"items", std::move(rows)},
                           {"totals", JsonArray(sums.begin(), sums.end())},
                           {"total", total},
                           {"page", page},
                           {"page_size", size}}};
}

// On A4, at most as many rows as the pack prints; recorded.
Outcome print_rows(Services& s, const Call& call) {
  QueryDesk desk(s, call.login());
  if (auto ready = desk.prepare(); !ready.ok()) return query_refusal(ready.error());
  auto spec = Json::parse(*call.get("spec"));
  if (!spec.ok()) return Refusal{400, {"request.parameters", "", "", ""}, {{"spec", "不是 JSON"}}};
  auto query = desk.open(*spec);
  if (!query.ok()) return query_refusal(query.error());
  const int64_t total = count_of(desk, *query), most = desk.limits().print_rows;
  if (total > most)
    return Refusal{
        422,
        {"query.rows", "有 " + std::to_string(total) + " 行，一次最多打印 " + std::to_string(most) + " 行", "",
         "加条件，或者导出文件"}};
  Report report;
  const std::string said = workbench::said(query->open.source, query->spec, query->context);
  report.bank = desk.facts().bank_name, report.title = call.get("title").value_or(query->open.source.title);
  report.head = {
      {"业务日期", query->day.str()}, {"来源", query->open.source.title}, {"条件", said.empty() ? "无" : said}};
  report.landscape = query->plan.columns.size() > 6, report.one_page = false;
  report.source =
      "共 " + std::to_string(total) + " 行，" + printed_moment(s.clock().now()) + " " + call.login().login;
  ReportTable table;
  for (const auto& one : query->plan.columns)
    table.columns.push_back({one.title + (one.unit.empty() ? "" : "(" + one.unit + ")"), is_number(one) ? 12 : 10,
                             "", is_number(one)});
  desk.db().scan(
      query->plan.rows, query->plan.types,
      [&](const warehouse::Chunk& chunk) {
        for (size_t r = 0; r < chunk.rows; ++r) {
          SheetRow row;
          for (const auto& one : query->plan.columns)
            row.push_back(printed_cell(desk, one, workbench::query_cell(one, chunk, r)));
          table.rows.push_back(std::move(row));
        }
      },
      query->plan.parameters);
  SheetRow sums;
  for (const auto& value : totals_of(desk, *query)) sums.push_back(value);
  if (std::any_of(sums.begin(), sums.end(), [](const Json& v) { return !v.is_null(); })) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i] = printed_cell(desk, query->plan.columns[i], sums[i]);
    if (sums[0].as_string() && sums[0].as_string()->empty()) sums[0] = "合计";
    table.kept.push_back(std::move(sums));
  }
  report.tables.push_back(std::move(table));
  desk.store().transaction([&] {
    record(desk.store(), call.login().login, "export.report", "report",
           JsonObject{{"title", report.title}, {"form", "print"}, {"filters", said}, {"rows", total}}, s.clock());
  });
  http::Response response;
  response.body = report_html({report});
  response.headers = {{"content-type", "text/html; charset=utf-8"},
                      {"content-disposition", "inline; filename=\"report.html\""},
                      {"cache-control", "no-store"}};
  return Answer{.raw = std::move(response)};
}

}  // namespace

Json printed_cell(QueryDesk& desk, const PlannedColumn& column, const Json& raw) {
  const Json shown = shown_cell(desk, column, raw);
  if (shown.is_null()) return "";
  if (const bool* flag = shown.as_bool()) return *flag ? "是" : "否";
  if (column.type == workbench::QueryType::money && shown.as_string())
    if (auto amount = base::Decimal::parse(*shown.as_string())) return printed(*amount, "元");
  return shown.as_string() ? shown : Json(shown.dump());
}

Table query_row_endpoints() {
  const auto may = Permission::report_read;
  return {
      {.method = "POST",
       .path = "/report-rows",
       .summary =
           "a page of a question's rows with its totals; with a reason numbers of persons in full (recorded)",
       .permission = may,
       .input = optional(
           object(
               {{"spec", ref("QuerySpec")}, {"page", integer()}, {"page_size", integer()}, {"reason", text(400)}}),
           {"page", "page_size", "reason"}),
       .output = ref("QueryPage"),
       .handler = show_rows},
      {.method = "GET",
       .path = "/report-rows/report.html",
       .summary = "the same to be printed on A4; recorded",
       .permission = may,
       .parameters = {{"spec", text(8000), true, "as JSON"}, {"title", text(200), false, ""}},
       .handler = print_rows,
       .produces = "text/html"}};
}

}  // namespace guanhu::api
