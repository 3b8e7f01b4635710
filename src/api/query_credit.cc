// Sources over lending to enterprises: basic accounts one by one, and how far they reach. What is compared with
// what is the packs'; here facts are put beside each other. No extract brings an enterprise's credit at all banks:
// the bank keeps it in a field of its own (the pack says which), and where it is not kept the column is empty and
// says so.
#include <algorithm>

#include "api/query_sql.h"
#include "base/json_member.h"
#include "customers/field.h"
#include "feel/json.h"
#include "http/target.h"

namespace guanhu::api {

using base::Date;
using base::Decimal;
using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;
using namespace query_sql;

namespace {

constexpr const char* kGuidePack = "hubei-rcc-guide";  // whose decision says what basic accounts must reach
constexpr const char* kCreditField = "用信总额字段";

MemoryCell passed_cell(const Json& of, const char* name) {
  const Json* value = of.find(name);
  const bool* passed = value ? value->as_bool() : nullptr;
  return passed ? MemoryCell(std::string(*passed ? "pass" : "fail")) : MemoryCell(std::string("none"));
}

// ------------------------------------------------------------------------------------------ basic accounts

struct Enterprise {
  std::string customer, name, org, manager, account, date, line;
  Fen balance = 0, year_start = 0;
  std::optional<Fen> credit;  // at all banks
  bool fresh = false;
};

// What the bank keeps of its customers' credit at all banks, as far as the asker sees the field.
std::map<std::string, Fen> credit_kept(QueryDesk& desk) {
  std::map<std::string, Fen> out;
  const policy::Parameter* named = desk.limits().pack->parameter(kCreditField);
  const feel::Value* value = named ? named->constant_on(desk.last()) : nullptr;
  const Json title = value ? feel::to_json(*value) : Json();
  if (!title.as_string()) return out;
  std::vector<std::string> roles;
  for (const auto role : desk.login().roles) roles.emplace_back(people::role_name(role));
  for (const auto& field : customers::fields(desk.store())) {
    if (field.title != *title.as_string() || field.type != "number" || !customers::sees(field, roles)) continue;
    // Kept in millionths of its unit: of 元, or of 万元, which are a million fen.
    const int64_t parts = field.unit == "万元" ? 1 : 10'000;
    for (const auto& row : desk.store().query(
             "SELECT customer, number FROM customer_values WHERE field = ? AND number IS NOT NULL", {field.id}))
      out[row.text(0)] = row.integer(1) / parts;
  }
  return out;
}

std::string owed(Date day) {
  return "(SELECT t.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance FROM " +
         winning_rows("f_loans", "loan_id", "f.loan, f.customer_id") + " t JOIN " +
         states(true, "f.balance, f.off_balance", day) +
         " b ON b.loan = t.loan WHERE NOT coalesce(b.off_balance, FALSE) GROUP BY t.customer_id)";
}

// Enterprises with loans at the end of the day; with a basic account here where one is open.
std::string enterprises_sql(const QueryDesk& desk, Date day) {
  const std::string accounts =
      "(SELECT a.customer_id, min(a.account_id) AS account FROM " +
      winning_rows("f_accounts", "account_id", "f.account_id, f.customer_id, f.kind, f.opened_on, f.closed_on") +
      " a WHERE a.kind = 'basic' AND a.opened_on <= " + on(day) + " AND (a.closed_on IS NULL OR a.closed_on > " +
      on(day) + ") GROUP BY a.customer_id)";
  return "SELECT k.customer_id, k.name, k.org_id, n.staff_id, b.account, CAST(k.src_date AS VARCHAR), "
         "CAST(k.src_line AS VARCHAR), e.balance, coalesce(y.balance, 0) FROM " +
         query_sql::customers() + " k JOIN " + owed(day) + " e ON e.customer_id = k.customer_id LEFT JOIN " +
         owed(year_start(day)) + " y ON y.customer_id = k.customer_id LEFT JOIN " + accounts +
         " b ON b.customer_id = k.customer_id LEFT JOIN " + mains("customer", day) +
         " n ON n.subject_id = k.customer_id WHERE k.kind = 'company' AND e.balance > 0" +
         desk.customers_in("k.customer_id") + " ORDER BY k.customer_id";
}

std::vector<Enterprise> enterprises(QueryDesk& desk, Date day) {
  const auto credit = credit_kept(desk);
  const std::vector<warehouse::Type> types = {
      warehouse::Type::text, warehouse::Type::text,  warehouse::Type::text,
      warehouse::Type::text, warehouse::Type::text,  warehouse::Type::text,
      warehouse::Type::text, warehouse::Type::int64, warehouse::Type::int64};
  std::vector<Enterprise> out;
  desk.db().scan(enterprises_sql(desk, day), types, [&](const warehouse::Chunk& c) {
    auto text = [&](size_t column, size_t r) {
      return c.columns[column].is_null(r) ? std::string() : std::string(c.columns[column].text[r]);
    };
    for (size_t r = 0; r < c.rows; ++r) {
      Enterprise one{text(0, r), text(1, r),          text(2, r),          text(3, r), text(4, r), text(5, r),
                     text(6, r), c.columns[7].i64[r], c.columns[8].i64[r], {},         false};
      if (auto known = credit.find(one.customer); known != credit.end()) one.credit = known->second;
      out.push_back(std::move(one));
    }
  });
  return out;
}

// RPT-001: what the pack says of one line of the sheet.
Json line_of(const Asked& rule, const Enterprise& one) {
  JsonObject input = {{"贷款余额", yuan(one.balance)},
                      {"年初贷款余额", yuan(std::max<Fen>(one.year_start, 0))},
                      {"已开立基本账户", !one.account.empty()}};
  if (one.credit) input.emplace_back("自身用信总额", yuan(*one.credit));
  return rule.ask("basic-account-line", Json(std::move(input)));
}

std::vector<std::vector<MemoryCell>> account_rows(QueryDesk& desk, Date day) {
  const Asked rule(desk, kReportPack, day);
  std::vector<std::vector<MemoryCell>> out;
  for (const auto& one : enterprises(desk, day)) {
    const Json line = line_of(rule, one);
    const Json* state = line.find("说明");
    auto flag = [](bool of) { return MemoryCell(int64_t{of}); };
    out.push_back({one.customer, text_cell(one.name), text_cell(one.org), text_cell(one.manager),
                   !one.account.empty() ? int64_t{1} : int64_t{0}, text_cell(one.account), one.balance,
                   one.credit ? MemoryCell(*one.credit) : MemoryCell(), percent_cell(line, "本社占比"),
                   flag(flag_in(line, "占比过半")), flag(flag_in(line, "新增贷款客户")),
                   text_cell(state && state->as_string() ? *state->as_string() : ""), int64_t{1},
                   flag(!one.account.empty()), flag(!one.credit), one.customer, one.date, one.line});
  }
  return out;
}

}  // namespace

// RPT-001: the sheet by which basic accounts are checked one by one.
base::Result<OpenSource> open_basic_accounts(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  auto count = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::number, .unit = "户", .adds = true};
  };
  auto yes_no = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::yes_no};
  };
  QuerySource source{
      .columns = {{.name = "customer", .title = "客户号", .type = QueryType::customer},
                  {.name = "customer_name", .title = "企业名称"},
                  {.name = "org", .title = "机构", .type = QueryType::org},
                  {.name = "manager", .title = "主办客户经理", .type = QueryType::staff},
                  yes_no("basic", "已开基本账户"),
                  {.name = "account", .title = "基本账户账号"},
                  {.name = "balance", .title = "贷款余额", .type = QueryType::money, .unit = "元", .adds = true},
                  {.name = "credit", .title = "自身用信总额（行内登记）", .type = QueryType::money, .unit = "元"},
                  {.name = "share", .title = "本行占用信", .type = QueryType::rate, .unit = "%"},
                  yes_no("half", "占比过半"),
                  yes_no("fresh", "本年新增"),
                  {.name = "remark", .title = "说明"},
                  count("enterprises", "企业"),
                  count("with_basic", "已开户"),
                  count("unknown", "用信总额未登记")},
      .shown = {"customer_name", "org", "manager", "basic", "account", "balance", "credit", "share", "fresh",
                "remark"},
      .order = {"customer"}};
  OpenSource out =
      kept_source(std::move(source),
                  {{"at_customer", QueryType::text}, {"at_date", QueryType::text}, {"at_line", QueryType::text}},
                  "basic_accounts", [day](QueryDesk& at, const QuerySpec&) { return account_rows(at, day); });
  out.link = "/customers/{0}", out.subjects = {{"customer", "x.at_customer"}};
  return out;
}

namespace {

// Of the bank, a branch or a manager: FRR-001 FRR-002 FRR-003 by the decision of the guide.
std::vector<MemoryCell> coverage_cells(const Asked& guide, const std::vector<const Enterprise*>& of) {
  JsonArray list;
  int64_t with = 0, unknown = 0;
  for (const Enterprise* one : of) {
    with += !one->account.empty(), unknown += !one->credit;
    // Without its credit at all banks an enterprise cannot be one of those that owe half of it here.
    list.push_back(JsonObject{{"贷款余额", yuan(one->balance)},
                              {"自身用信总额", yuan(one->credit.value_or(0))},
                              {"新增贷款客户", one->fresh},
                              {"已开立基本账户", !one->account.empty()}});
  }
  const Json answer = guide.ask("basic-account-coverage", JsonObject{{"企业清单", std::move(list)}});
  return {static_cast<int64_t>(of.size()),
          with,
          percent_cell(answer, "全部企业开户面"),
          passed_cell(answer, "全部企业达标"),
          percent_cell(answer, "新增客户开户面"),
          passed_cell(answer, "新增客户达标"),
          percent_cell(answer, "占比过半企业开户面"),
          passed_cell(answer, "占比过半达标"),
          unknown};
}

// The question of the sheet that lists whom a rate is of, as it stands in an address.
std::string sheet_of(const char* column, const char* op, const std::string& id) {
  const Json spec =
      JsonObject{{"source", "basic_accounts"},
                 {"filters", JsonArray{JsonObject{{"column", column}, {"op", op}, {"values", JsonArray{id}}}}}};
  return http::percent_encode(spec.dump());
}

std::vector<std::vector<MemoryCell>> coverage_rows(QueryDesk& desk, Date day) {
  const Asked guide(desk, kGuidePack, day), rule(desk, kReportPack, day);
  std::vector<Enterprise> all = enterprises(desk, day);
  std::map<std::string, std::vector<const Enterprise*>> by_org, by_manager;
  for (Enterprise& one : all) {
    one.fresh = flag_in(line_of(rule, one), "新增贷款客户");
    by_org[one.org].push_back(&one);
    if (!one.manager.empty()) by_manager[one.manager].push_back(&one);
  }
  std::vector<std::vector<MemoryCell>> out;
  auto put = [&](std::vector<MemoryCell> head, const std::vector<const Enterprise*>& of, const std::string& link) {
    if (of.empty()) return;
    for (auto& cell : coverage_cells(guide, of)) head.push_back(std::move(cell));
    head.push_back(link);
    out.push_back(std::move(head));
  };
  const auto reach = desk.reach(Permission::customer_read);
  // Of an organisation only whole: part of its enterprises would be another rate under its name.
  for (const auto& org : desk.directory().orgs()) {
    if (!reach->org(org.id)) continue;
    std::vector<const Enterprise*> below;
    for (const auto& id : desk.directory().subtree(org.id))
      if (auto found = by_org.find(id); found != by_org.end())
        below.insert(below.end(), found->second.begin(), found->second.end());
    put({"org " + org.id, std::string("org"), org.id, MemoryCell()}, below, sheet_of("org", "below", org.id));
  }
  for (const auto& [manager, of] : by_manager) {
    if (!reach->staff(manager)) continue;
    const people::Staff* staff = desk.directory().person(manager);
    put({"staff " + manager, std::string("manager"), text_cell(staff ? staff->org : ""), manager}, of,
        sheet_of("manager", "in", manager));
  }
  return out;
}

}  // namespace

// RPT-001: the three rates with what they must reach, of each organisation with all below it and of each manager.
base::Result<OpenSource> open_basic_coverage(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  auto count = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::number, .unit = "户"};
  };
  auto rate = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::rate, .unit = "%"};
  };
  auto passed = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::choice, .words = query_words("passed")};
  };
  // Organisations stand with all below them, and managers beside them: a sum over rows would count twice.
  QuerySource source{.columns = {{.name = "of", .title = "编号"},
                                 {.name = "level",
                                  .title = "口径",
                                  .type = QueryType::choice,
                                  .words = {{"org", "机构"}, {"manager", "客户经理"}}},
                                 {.name = "org", .title = "机构", .type = QueryType::org},
                                 {.name = "manager", .title = "客户经理", .type = QueryType::staff},
                                 count("enterprises", "贷款企业"),
                                 count("with_basic", "已开基本账户"),
                                 rate("all_rate", "全部企业开户面"),
                                 passed("all_passed", "全部企业达标"),
                                 rate("fresh_rate", "新增客户开户面"),
                                 passed("fresh_passed", "新增客户达标"),
                                 rate("half_rate", "占比过半企业开户面"),
                                 passed("half_passed", "占比过半达标"),
                                 count("unknown", "用信总额未登记")},
                     .shown = {"level", "org", "manager", "enterprises", "with_basic", "all_rate", "all_passed",
                               "fresh_rate", "fresh_passed", "half_rate", "half_passed", "unknown"},
                     .order = {"of"}};
  OpenSource out = kept_source(std::move(source), {{"at_sheet", QueryType::text}}, "basic_coverage",
                               [day](QueryDesk& at, const QuerySpec&) { return coverage_rows(at, day); });
  out.link = "/reports/basic-accounts?q={0}";
  // A rate tells of every enterprise in it.
  out.subjects = {{"customer", "x.customer_id", "(" + enterprises_sql(desk, day) + ")"}};
  return out;
}

}  // namespace guanhu::api
