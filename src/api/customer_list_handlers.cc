// The list of customers for the page and as a file; lists that are kept by name.
#include <algorithm>

#include "api/customer_list.h"
#include "api/spreadsheet.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

constexpr const char* kViewKind = "customer_view";
constexpr size_t kExported = 20'000;

Outcome list_customers(Services& s, const Call& call) {
  Desk desk(s, call);
  CustomerList list(desk);
  const size_t first = (call.list.page - 1) * call.list.page_size;
  list.only(first + call.list.page_size);
  if (auto refusal = list.choose()) return *refusal;
  return Answer{page_body(call.list, list.items(first, first + call.list.page_size), list.size())};
}

Json number(const Json* text) {
  auto value = text && text->as_string() ? base::Decimal::parse(*text->as_string()) : std::nullopt;
  return value ? Json(*value) : Json();
}

std::string joined(const Json* value) {
  if (!value) return "";
  if (value->as_string())
    return *value->as_string() == "yes" ? "是" : *value->as_string() == "no" ? "否" : *value->as_string();
  std::string out;
  if (value->as_array())
    for (const Json& one : *value->as_array())
      out += (out.empty() ? "" : "；") +
             *(one.as_string() ? one : *one.find(one.find("name") ? "name" : "category")).as_string();
  return out;
}

SheetRow row_of(const Json& item, const std::vector<customers::Field>& columns) {
  static const std::map<std::string, std::string> kinds = {
      {"person", "个人"}, {"company", "企业"}, {"other", "其他"}};
  auto kind = kinds.find(*item.find("kind")->as_string());
  SheetRow out = {*item.find("id"),
                  *item.find("name"),
                  *item.find("is_farmer")->as_bool() ? "农户"
                  : kind == kinds.end()              ? ""
                                                     : kind->second,
                  *item.find("org_name"),
                  joined(item.find("managers")),
                  joined(item.find("categories")),
                  number(item.find("deposits")),
                  number(item.find("loans_total")),
                  number(item.find("overdue_principal")),
                  *item.find("opened_on"),
                  *item.find("last_visit")};
  for (const auto& field : columns) {
    const Json* value = item.find("values")->find(std::to_string(field.id));
    out.push_back(field.type == "number" && !field.sensitive ? number(value) : Json(joined(value)));
  }
  return out;
}

std::string words_of(const Call& call) {
  std::string out;
  for (const auto& [name, value] : call.query)
    if (name != "page" && name != "page_size") out += (out.empty() ? "" : "；") + name + "=" + value;
  return out;
}

// CUS-613: a list of customers that leaves the house is known by whom, when and of whom.
Outcome export_customers(Services& s, const Call& given) {
  Call call = given;
  std::vector<Misfit> misread;
  const auto members = item_members(list_of("CustomerItem"), named_schemas());
  call.list = read_list_query([&](const char* name) { return given.get(name); }, members, misread);
  if (!misread.empty()) return Refusal{400, {"request.parameters", "", "", ""}, std::move(misread)};
  Desk desk(s, call);
  CustomerList list(desk);
  if (auto refusal = list.choose()) return *refusal;
  if (list.size() > kExported)
    return Refusal{422,
                   {"customers.export",
                    "有 " + std::to_string(list.size()) + " 户，一次最多导出 " + std::to_string(kExported) + " 户",
                    "", "缩小范围后再导出"}};
  WrittenSheet sheet{.name = "客户",
                     .columns = {{.title = "客户号", .width = 16},
                                 {.title = "名称", .width = 24},
                                 {.title = "类型", .width = 8},
                                 {.title = "机构", .width = 20},
                                 {.title = "客户经理", .width = 20},
                                 {.title = "分类", .width = 12},
                                 {.title = "存款(元)", .width = 18, .format = "#,##0.00", .total = Total::sum},
                                 {.title = "贷款(元)", .width = 18, .format = "#,##0.00", .total = Total::sum},
                                 {.title = "逾期本金(元)", .width = 18, .format = "#,##0.00", .total = Total::sum},
                                 {.title = "开户日", .width = 12},
                                 {.title = "最近走访", .width = 12}}};
  for (const auto& field : list.columns())
    sheet.columns.push_back(
        {.title = field.title + (field.unit.empty() ? "" : "(" + field.unit + ")"), .width = 16});
  for (const Json& item : list.items(0, list.size())) sheet.rows.push_back(row_of(item, list.columns()));
  const std::string day = desk.facts().last_date ? desk.facts().last_date->str() : "";
  sheet.title = desk.facts().bank_name + "  客户名单  " + day, sheet.total_word = "合计";
  sheet.above = {"导出人 " + desk.name_of(desk.person()) + "，条件：" +
                 (words_of(call).empty() ? "无" : words_of(call))};
  sheet.frozen = 2, sheet.filter = true, sheet.landscape = true;
  desk.store().transaction([&] {
    desk.audit("customers.export", "customers",
               JsonObject{{"rows", sheet.rows.size()}, {"filter", words_of(call)}});
  });
  return file_answer(write_workbook({sheet}), kXlsx, "customers.xlsx");
}

// ------------------------------------------------------------------------------------------ kept lists

Json view_json(Desk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  for (const char* name : {"query", "columns", "shared"}) {
    const Json* value = of.body.find(name);
    out.emplace_back(name, value ? *value : Json());
  }
  return out;
}

Outcome list_views(Services& s, const Call& call) {
  Desk desk(s, call);
  records::Filter filter;
  filter.kinds = {kViewKind};
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter))
    if (one.owner == desk.person() || one.state == "shared") items.push_back(view_json(desk, one));
  std::sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("title")->as_string() < *b.find("title")->as_string();
  });
  return Answer{.items = Items::of(std::move(items))};
}

Outcome keep_view(Services& s, const Call& call) {
  Desk desk(s, call);
  const bool shared = true_member(call, "shared");
  records::Change change;
  Record& of = change.record;
  const std::string key = desk.person() + "|" + call.text("title");
  if (auto there = records::with_key(desk.store(), kViewKind, key)) {
    of = *there;
    if (there->removed) {
      auto back = records::restore(desk.store(), there->id, "customer_view.keep", "", desk.writing());
      if (!back.ok()) return record_refusal(back.error());
      of = *back;
    }
  }
  of.kind = kViewKind, of.key = key, of.title = call.text("title");
  of.state = shared ? "shared" : "own", of.owner = desk.person(), of.org = desk.org_of(desk.person());
  of.body =
      JsonObject{{"query", *call.body.find("query")}, {"columns", *call.body.find("columns")}, {"shared", shared}};
  change.action = "customer_view.keep", change.words = " ";
  auto written = records::write(desk.store(), change, desk.writing());
  if (!written.ok()) return record_refusal(written.error());
  return Answer{view_json(desk, *written)};
}

Outcome drop_view(Services& s, const Call& call) {
  Desk desk(s, call);
  auto id = number_in_path(call);
  auto found = id ? records::record(desk.store(), kViewKind, *id) : base::Result<Record>(base::Error{});
  if (!found.ok() || found->removed || found->owner != desk.person()) return not_found();
  auto gone = records::remove(desk.store(), *id, found->version, "customer_view.drop", "", desk.writing());
  if (!gone.ok()) return record_refusal(gone.error());
  return Answer{JsonObject{{"id", *id}}};
}

}  // namespace

Table customer_list_endpoints() {
  const auto may = Permission::customer_read;
  auto searched = customer_filters();
  searched.push_back({"q", text(200), false, "as in the list"});
  searched.push_back({"sort", text(200), false, "as in the list"});
  return {
      {.method = "GET",
       .path = "/customers",
       .summary = "customers in scope",
       .permission = may,
       .parameters = customer_filters(),
       .output = list_of("CustomerItem"),
       .handler = list_customers,
       .list = true},
      {.method = "GET",
       .path = "/customers.xlsx",
       .summary = "the same as a file, at most 20,000; recorded",
       .permission = Permission::customer_export,
       .parameters = std::move(searched),
       .handler = export_customers,
       .produces = kXlsx},
      {.method = "GET",
       .path = "/customer-views",
       .summary = "lists that one kept, and those that others share",
       .permission = may,
       .output = list_of("CustomerView"),
       .handler = list_views,
       .list = true,
       .whole = true,
       .searched = {"title"}},
      {.method = "POST",
       .path = "/customer-views",
       .summary = "keeps filters, order and columns by a name; one's own of the same name is replaced",
       .permission = may,
       .input = object(
           {{"title", text(200)}, {"query", map(text(2000))}, {"columns", list(text(40))}, {"shared", boolean()}}),
       .output = ref("CustomerView"),
       .handler = keep_view},
      {.method = "DELETE",
       .path = "/customer-views/{id}",
       .summary = "drops one of one's own",
       .permission = may,
       .output = object({{"id", integer()}}),
       .handler = drop_view}};
}

std::vector<RecordKind> customer_view_kinds() {
  return {{.kind = kViewKind,
           .title = "客户视图",
           .page = "/customers?view={id}",
           .read = Permission::customer_read,
           .sees = [](Desk& desk, const Record& of) {
             return desk.can(Permission::customer_read) && (of.owner == desk.person() || of.state == "shared");
           }}};
}

}  // namespace guanhu::api
