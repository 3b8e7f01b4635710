// Sources over the bank as a whole: figures of branches by the pack's decisions, first loans and their access,
// exports, what was done.
#include <algorithm>
#include <array>

#include "api/query_sql.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::api {

using namespace query_sql;
using base::Date;
using base::Decimal;
using base::Fen;
using base::Json;
using base::JsonObject;
using people::Permission;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;

namespace {

constexpr const char* kSummaryPack = "northeast-bank-h1";  // whose decisions say how balances are compared

// ------------------------------------------------------------------------------------------ branches

// Sums of one organisation at the end of three days: the day, the end of last year, the same day last year.
struct Sums {
  Fen savings = 0, corporate = 0, loans = 0, npl = 0, overdue = 0, idle = 0, bad = 0;
  Fen substandard = 0, doubtful = 0, loss = 0;
  void add(const Sums& other) {
    const std::pair<Fen*, Fen> all[] = {{&savings, other.savings},   {&corporate, other.corporate},
                                        {&loans, other.loans},       {&npl, other.npl},
                                        {&overdue, other.overdue},   {&idle, other.idle},
                                        {&bad, other.bad},           {&substandard, other.substandard},
                                        {&doubtful, other.doubtful}, {&loss, other.loss}};
    for (const auto& [into, value] : all) *into += value;
  }
  Fen deposits() const { return savings + corporate; }
  Fen old_npl() const { return overdue + idle + bad; }
};
using ByOrg = std::map<std::string, Sums>;

ByOrg sums_on(QueryDesk& desk, Date day) {
  ByOrg out;
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text, warehouse::Type::int64};
  const std::string customers = winning_rows("f_customers", "customer_id", "f.customer_id, f.kind");
  auto states = [&](const char* table, const char* key, const char* columns) {
    return std::string("(SELECT DISTINCT ON (f.") + key + ") f." + key + ", " + columns + " FROM " + table +
           " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= " + on(day) +
           " ORDER BY f." + key + ", f.date DESC, i.business_date DESC)";
  };
  desk.db().scan("SELECT a.org_id, coalesce(c.kind, ''), CAST(sum(b.balance) AS BIGINT) FROM " +
                     winning_rows("f_accounts", "account_id", "f.account, f.customer_id, f.org_id") + " a JOIN " +
                     states("f_balances", "account", "f.balance") + " b ON b.account = a.account LEFT JOIN " +
                     customers + " c ON c.customer_id = a.customer_id GROUP BY 1, 2",
                 types, [&](const warehouse::Chunk& c) {
                   for (size_t r = 0; r < c.rows; ++r) {
                     if (c.columns[0].is_null(r)) continue;
                     Sums& one = out[std::string(c.columns[0].text[r])];
                     (c.columns[1].text[r] == "person" ? one.savings : one.corporate) += c.columns[2].i64[r];
                   }
                 });
  // RPT-608: in two measures; which days make a loan idle is the pack's.
  const std::string old_class = "CASE WHEN s.class = 'loss' THEN 'B' WHEN coalesce(s.overdue_days, 0) > " +
                                std::to_string(desk.limits().idle_days) +
                                " THEN 'I' WHEN coalesce(s.overdue_days, 0) > 0 THEN 'O' ELSE 'N' END";
  desk.db().scan("SELECT l.org_id, " + old_class +
                     " || coalesce(s.class, ''), CAST(sum(s.balance) AS BIGINT) FROM " +
                     winning_rows("f_loans", "loan_id", "f.loan, f.org_id") + " l JOIN " +
                     states("f_loan_states", "loan", "f.balance, f.class, f.overdue_days, f.off_balance") +
                     " s ON s.loan = l.loan WHERE NOT coalesce(s.off_balance, FALSE) GROUP BY 1, 2",
                 types, [&](const warehouse::Chunk& c) {
                   for (size_t r = 0; r < c.rows; ++r) {
                     if (c.columns[0].is_null(r) || c.columns[2].is_null(r)) continue;
                     Sums& one = out[std::string(c.columns[0].text[r])];
                     const std::string_view kind = c.columns[1].text[r], five = kind.substr(1);
                     const Fen balance = c.columns[2].i64[r];
                     one.loans += balance;
                     if (kind[0] == 'O') one.overdue += balance;
                     if (kind[0] == 'I') one.idle += balance;
                     if (kind[0] == 'B') one.bad += balance;
                     if (five == "substandard") one.substandard += balance, one.npl += balance;
                     if (five == "doubtful") one.doubtful += balance, one.npl += balance;
                     if (five == "loss") one.loss += balance, one.npl += balance;
                   }
                 });
  return out;
}

MemoryCell ratio_cell(const Json* value) {
  if (!value || !value->as_number()) return {};
  // A percentage of two places (RPT-606), in millionths.
  auto hundredths = Decimal::multiply(*value->as_number(), Decimal(10'000));
  auto rounded = hundredths ? hundredths->round(0, base::Rounding::half_up).to_int64() : std::nullopt;
  auto whole = rounded ? std::optional(*rounded * 10'000) : std::nullopt;
  return whole ? MemoryCell(*whole) : MemoryCell();
}
Json yuan(Fen fen) { return Decimal::fen(fen); }

// Asks the pack; null where it says that there is no answer. RPT-606 RPT-607 RPT-608
class Decisions {
 public:
  Decisions(QueryDesk& desk, Date day) : day_(day) {
    auto pack = desk.services().packs().on(kSummaryPack, day);
    if (pack.ok()) pack_ = *pack;
  }
  Json ask(const char* decision, const Json& input) const {
    if (!pack_) return {};
    auto answer = policy::decide(*pack_, decision, input, day_);
    return answer.ok() ? feel::to_json(answer->result) : Json();
  }

 private:
  Date day_;
  std::shared_ptr<const policy::Pack> pack_;
};

std::vector<MemoryCell> growth_cells(const Decisions& ask, Fen now, Fen year_start, Fen same_day) {
  const Json answer =
      ask.ask("balance-growth",
              JsonObject{{"本期余额", yuan(now)}, {"年初余额", yuan(year_start)}, {"同期余额", yuan(same_day)}});
  return {now, now - year_start, ratio_cell(answer.find("比年初增长率")), now - same_day,
          ratio_cell(answer.find("比同期增长率"))};
}

std::vector<MemoryCell> npl_cells(const Decisions& ask, bool old, const Sums& now, const Sums& before) {
  const Fen npl = old ? now.old_npl() : now.npl, was = old ? before.old_npl() : before.npl;
  JsonObject input = {{"口径", old ? "一逾两呆" : "五级分类"},
                      {"贷款余额", yuan(now.loans)},
                      {"年初不良贷款", yuan(was)},
                      {"年初贷款余额", yuan(before.loans)}};
  const std::pair<const char*, Fen> parts[] = {{"逾期贷款", now.overdue},  {"呆滞贷款", now.idle},
                                               {"呆账贷款", now.bad},      {"次级贷款", now.substandard},
                                               {"可疑贷款", now.doubtful}, {"损失贷款", now.loss}};
  for (size_t i = old ? 0 : 3; i < (old ? 3u : 6u); ++i) input.emplace_back(parts[i].first, yuan(parts[i].second));
  const Json answer = ask.ask("npl-two-measures", Json(std::move(input)));
  return {npl, npl - was, ratio_cell(answer.find("占比")), ratio_cell(answer.find("占比变化"))};
}

std::vector<std::vector<MemoryCell>> branch_rows(QueryDesk& desk, Date day) {
  const auto reach = desk.reach(Permission::board_read);
  const std::array<Date, 3> days = {day, *Date::from_ymd(day.year() - 1, 12, 31), day.add_months(-12)};
  std::array<ByOrg, 3> own;
  for (size_t i = 0; i < 3; ++i) own[i] = sums_on(desk, days[i]);
  const Decisions ask(desk, day);
  std::vector<std::vector<MemoryCell>> out;
  for (const auto& org : desk.directory().orgs()) {
    if (!reach->org(org.id)) continue;
    std::array<Sums, 3> sums;
    for (const auto& below : desk.directory().subtree(org.id))
      for (size_t i = 0; i < 3; ++i)
        if (auto found = own[i].find(below); found != own[i].end()) sums[i].add(found->second);
    std::vector<MemoryCell> row = {org.id, text_cell(org.kind)};
    auto put = [&](std::vector<MemoryCell> cells) { row.insert(row.end(), cells.begin(), cells.end()); };
    put(growth_cells(ask, sums[0].deposits(), sums[1].deposits(), sums[2].deposits()));
    put(growth_cells(ask, sums[0].savings, sums[1].savings, sums[2].savings));
    put(growth_cells(ask, sums[0].corporate, sums[1].corporate, sums[2].corporate));
    put(growth_cells(ask, sums[0].loans, sums[1].loans, sums[2].loans));
    const Json ratio = ask.ask("loan-deposit-ratio", JsonObject{{"贷款余额", yuan(sums[0].loans)},
                                                                {"存款余额", yuan(sums[0].deposits())}});
    row.push_back(ratio_cell(&ratio));
    put(npl_cells(ask, false, sums[0], sums[1]));
    put(npl_cells(ask, true, sums[0], sums[1]));
    out.push_back(std::move(row));
  }
  return out;
}

void add_growth(std::vector<QueryColumn>& out, const std::string& name, const std::string& title) {
  // Organisations stand with all below them: a sum over them would count twice.
  auto money = [&](const std::string& n, const std::string& t) {
    out.push_back({.name = n, .title = t, .type = QueryType::money, .unit = "元"});
  };
  auto percent = [&](const std::string& n, const std::string& t) {
    out.push_back({.name = n, .title = t, .type = QueryType::rate, .unit = "%"});
  };
  money(name, title + "余额"), money(name + "_year", title + "比年初");
  percent(name + "_year_rate", title + "比年初增长"), money(name + "_last", title + "比同期");
  percent(name + "_last_rate", title + "比同期增长");
}
void add_npl(std::vector<QueryColumn>& out, const std::string& name, const std::string& title) {
  out.push_back({.name = name, .title = title + "不良余额", .type = QueryType::money, .unit = "元"});
  out.push_back({.name = name + "_year", .title = title + "不良比年初", .type = QueryType::money, .unit = "元"});
  out.push_back({.name = name + "_rate", .title = title + "不良占比", .type = QueryType::rate, .unit = "%"});
  out.push_back(
      {.name = name + "_change", .title = title + "占比变化", .type = QueryType::rate, .unit = "百分点"});
}

}  // namespace

base::Result<OpenSource> open_branches(QueryDesk&, const Json&) {
  QuerySource source{
      .columns = {{.name = "org", .title = "机构", .type = QueryType::org},
                  {.name = "kind",
                   .title = "机构种类",
                   .type = QueryType::choice,
                   .words = {{"hq", "总行"}, {"department", "部门"}, {"branch", "支行"}, {"outlet", "网点"}}}},
      .shown = {"org", "deposits", "deposits_year", "deposits_year_rate", "loans", "loans_year", "ratio", "npl",
                "npl_rate"},
      .order = {"org"}};
  add_growth(source.columns, "deposits", "存款");
  add_growth(source.columns, "savings", "储蓄存款");
  add_growth(source.columns, "corporate", "对公存款");
  add_growth(source.columns, "loans", "贷款");
  source.columns.push_back({.name = "ratio", .title = "存贷比", .type = QueryType::rate, .unit = "%"});
  add_npl(source.columns, "npl", "五级分类");
  add_npl(source.columns, "old_npl", "一逾两呆");
  source.beside = {"x.org"};
  OpenSource out = kept_source(std::move(source), {}, "branches", [](QueryDesk& desk, const QuerySpec& spec) {
    return branch_rows(desk, desk.day_of(spec));
  });
  out.link = "/board?org={0}", out.subjects = {{"org", "x.org"}};
  return out;
}

// ------------------------------------------------------------------------------------------ first loans

// RPT-301: each customer's first loan, and what became of the access of a customer who never borrowed.
base::Result<OpenSource> open_first_loans(QueryDesk& desk, const Json& spec) {
  QuerySpec of_day;
  if (const Json* asked = spec.find("day"); asked && asked->as_string())
    of_day.day = Date::parse(*asked->as_string());
  const Date day = desk.day_of(of_day);
  auto flag = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::number, .unit = "户", .adds = true};
  };
  QuerySource source{
      .columns = {{.name = "customer", .title = "客户号", .type = QueryType::customer},
                  {.name = "customer_name", .title = "客户名称"},
                  {.name = "org", .title = "经营单位", .type = QueryType::org},
                  {.name = "loan", .title = "首笔借据"},
                  {.name = "issued_on", .title = "首贷日", .type = QueryType::date},
                  {.name = "principal", .title = "首贷金额", .type = QueryType::money, .unit = "元", .adds = true},
                  {.name = "access", .title = "准入", .type = QueryType::choice, .words = query_words("access")},
                  {.name = "access_on", .title = "准入决定日", .type = QueryType::date},
                  flag("asked", "准入申请"),
                  flag("approved", "准入批准"),
                  flag("rejected", "准入否决"),
                  flag("opened", "首贷户"),
                  flag("without", "未经批准放款"),
                  flag("many_units", "多个单位放款")},
      .shown = {"issued_on", "customer_name", "org", "principal", "access", "access_on", "without", "many_units"},
      .order = {"customer"},
      .beside = {"x.customer"}};
  OpenSource out;
  out.link = "/customers/{0}", out.subjects = {{"customer", "x.customer"}};
  out.source = source;
  out.from = [day](QueryDesk& at, const QuerySpec&) {
    return first_loans(at, day, at.customers_in("c.customer_id"));
  };
  return out;
}

// ------------------------------------------------------------------------------------- exports, changes

base::Result<OpenSource> open_exports(QueryDesk&, const Json&) {
  QuerySource source{
      .columns =
          {{.name = "number", .title = "编号", .type = QueryType::number},
           {.name = "made_on", .title = "日期", .type = QueryType::date},
           {.name = "login", .title = "登录名"},
           {.name = "title", .title = "报表"},
           {.name = "filters", .title = "条件"},
           {.name = "format", .title = "格式"},
           {.name = "state", .title = "状态", .type = QueryType::choice, .words = query_words("export_state")},
           {.name = "lines", .title = "行数", .type = QueryType::number, .unit = "行", .adds = true},
           {.name = "digest", .title = "SHA-256"}},
      .shown = {"made_on", "login", "title", "filters", "format", "lines", "state", "digest"},
      .order = {"number"}};
  OpenSource out = kept_source(std::move(source), {}, "exports", [](QueryDesk& desk, const QuerySpec&) {
    std::vector<std::vector<MemoryCell>> rows;
    for (const auto& row : desk.store().query(
             "SELECT export_id, made_at, login, title, said, format, state, row_count, digest FROM exports")) {
      auto at = Date::parse(row.text(1).substr(0, 10));
      rows.push_back({row.integer(0), at ? MemoryCell(int64_t{at->days()}) : MemoryCell(), row.text(2),
                      row.text(3), text_cell(row.text(4)), row.text(5), row.text(6), row.integer(7),
                      text_cell(row.text(8))});
    }
    return rows;
  });
  out.clock = true;
  return out;
}

base::Result<OpenSource> open_changes(QueryDesk&, const Json&) {
  QuerySource source{.columns = {{.name = "number", .title = "序号", .type = QueryType::number},
                                 {.name = "made_on", .title = "日期", .type = QueryType::date},
                                 {.name = "actor", .title = "谁"},
                                 {.name = "action", .title = "做了什么"},
                                 {.name = "subject", .title = "对象"}},
                     .shown = {"number", "made_on", "actor", "action", "subject"},
                     .order = {"number"}};
  OpenSource out = kept_source(std::move(source), {}, "changes", [](QueryDesk& desk, const QuerySpec&) {
    constexpr int64_t kDay = 86'400'000'000;
    const int64_t since = desk.services().clock().now().micros - desk.limits().audit_days * kDay;
    std::vector<std::vector<MemoryCell>> rows;
    for (const auto& row : desk.store().query("SELECT sequence, at, actor, action, subject FROM audit_log WHERE "
                                              "at >= ? ORDER BY sequence DESC LIMIT 200000",
                                              {since}))
      rows.push_back({row.integer(0), row.integer(1) / kDay, row.text(2), row.text(3), text_cell(row.text(4))});
    return rows;
  });
  out.clock = true;
  return out;
}

}  // namespace guanhu::api
