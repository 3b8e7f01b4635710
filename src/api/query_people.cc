// Sources over what the store and appraisals know of people: visits, figures and scores, pay, the force.
#include <algorithm>

#include "api/query_sql.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "attribution/recorded.h"
#include "base/json_member.h"
#include "customers/visit.h"
#include "people/leaving.h"

namespace guanhu::api {

using namespace query_sql;
using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using people::Permission;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;

namespace {

void add_visit(QueryDesk& desk, const records::Record& one, std::vector<std::vector<MemoryCell>>& out) {
  const auto& all = desk.facts().customers;
  const customers::Visit visit = customers::visit_of(one);
  std::vector<std::string> who = visit.customers;
  if (who.empty()) who.push_back("");
  for (const auto& customer : who) {
    const size_t at = customer.empty() ? all->size() : all->find(customer);
    out.push_back({day_cell(one.day), one.owner, text_cell(one.org), text_cell(customer),
                   text_cell(at < all->size() ? std::string(all->at(at).name) : ""), text_cell(visit.place),
                   text_cell(visit.purpose), text_cell(visit.method), one.state, text_cell(visit.findings),
                   static_cast<int64_t>(visit.follow_ups.size()), static_cast<int64_t>(visit.photos.size()),
                   one.id, std::to_string(one.id)});
  }
}

// RPT-617: one row a visit and customer, of whom the right to read visits reaches.
std::vector<std::vector<MemoryCell>> visit_rows(QueryDesk& desk) {
  const auto reach = desk.reach(Permission::visit_read);
  const bool branch = desk.scope(Permission::visit_read) >= people::Scope::branch;
  std::vector<std::vector<MemoryCell>> out;
  const auto span =
      desk.store().query("SELECT min(day), max(day) FROM records WHERE kind = ?", {customers::kVisitKind});
  auto first = Date::parse(span[0].maybe_text(0).value_or("")),
       last = Date::parse(span[0].maybe_text(1).value_or(""));
  if (!first || !last) return out;
  records::Filter filter;
  filter.kinds = {customers::kVisitKind}, filter.limit = 1'000'000;
  // A month at a time: what lies in memory stays small however long the bank has kept visits.
  for (Date from = *first; from <= *last; from = from.add_months(1)) {
    filter.from = from, filter.to = from.add_months(1) - 1;
    for (const auto& one : records::list(desk.store(), filter)) {
      const bool seen = one.owner == desk.person() || reach->staff(one.owner) || (branch && reach->org(one.org));
      if (seen) add_visit(desk, one, out);
    }
  }
  return out;
}

}  // namespace

base::Result<OpenSource> open_visits(QueryDesk&, const Json&) {
  QuerySource source{
      .columns =
          {{.name = "day", .title = "日期", .type = QueryType::date},
           {.name = "staff", .title = "走访人", .type = QueryType::staff},
           {.name = "org", .title = "机构", .type = QueryType::org},
           {.name = "customer", .title = "客户号", .type = QueryType::customer},
           {.name = "customer_name", .title = "客户名称"},
           {.name = "place", .title = "地点"},
           {.name = "purpose", .title = "目的"},
           {.name = "method", .title = "方式"},
           {.name = "state", .title = "状态", .type = QueryType::choice, .words = query_words("visit_state")},
           {.name = "findings", .title = "情况"},
           {.name = "follow_ups", .title = "后续事项", .type = QueryType::number, .unit = "件", .adds = true},
           {.name = "photos", .title = "照片", .type = QueryType::number, .unit = "张", .adds = true},
           {.name = "number", .title = "编号", .type = QueryType::number}},
      .shown = {"day", "staff", "customer_name", "purpose", "method", "state", "findings"},
      .order = {"number", "customer"}};
  OpenSource out = kept_source(std::move(source), {{"at_visit", QueryType::text}}, "visits",
                               [](QueryDesk& desk, const QuerySpec&) { return visit_rows(desk); });
  out.link = "/visits/{0}", out.clock = true;
  out.subjects = {{"writing", "x.staff || ' ' || coalesce(x.org, '')"}};
  return out;
}

// RPT-612 RPT-614 RPT-619: figures and scores of a scheme and period, as the appraisal gives them; holders in
// reach.
base::Result<OpenSource> open_scores(QueryDesk& desk, const Json& spec) {
  auto scheme = SchemeName::parse(text_in(spec, "scheme"));
  auto period = base::Period::parse(text_in(spec, "period"));
  if (!scheme.ok()) return Error{"query.scheme", "没有选考核方案", "scheme", "选一个考核方案"};
  if (!period) return Error{"query.period", "没有选期间", "period", "选一个期间，例如 2025Q4"};
  auto made = desk.facts().appraised(*scheme, *period);
  if (!made.ok()) return made.error();
  const std::shared_ptr<const Appraised> of = *made;
  QuerySource source{.columns = {{.name = "holder",
                                  .title = of->over_orgs ? "机构" : "员工",
                                  .type = of->over_orgs ? QueryType::org : QueryType::staff},
                                 {.name = "org", .title = "所在机构", .type = QueryType::org},
                                 {.name = "branch", .title = "支行", .type = QueryType::org},
                                 {.name = "total", .title = "总分", .type = QueryType::decimal, .unit = "分"},
                                 {.name = "place_bank", .title = "全行名次", .type = QueryType::number},
                                 {.name = "place_branch", .title = "支行名次", .type = QueryType::number}},
                     .shown = {"place_bank", "holder", "org", "total"},
                     .order = {"holder"}};
  size_t n = 0;
  for (const auto& column : of->scores)
    source.columns.push_back(
        {.name = "s" + std::to_string(n++), .title = column.name, .type = QueryType::decimal, .unit = "分"});
  n = 0;
  for (const auto& column : of->figures) {
    const bool adds = column.unit == "元" || column.unit == "万元" || column.unit == "户" || column.unit == "笔";
    source.columns.push_back({.name = "f" + std::to_string(n++),
                              .title = column.name,
                              .type = QueryType::decimal,
                              .unit = column.unit,
                              .adds = adds});
  }
  for (size_t i = 0; i < of->scores.size() && i < 6; ++i) source.shown.push_back("s" + std::to_string(i));
  OpenSource out = kept_source(std::move(source), {{"at_holder", QueryType::text}}, "scores",
                               [of](QueryDesk& at, const QuerySpec&) {
                                 const auto reach = at.reach(Permission::score_read);
                                 std::vector<std::vector<MemoryCell>> rows;
                                 for (const auto& one : of->run.holders) {
                                   if (!reach->holder(one.id)) continue;
                                   auto place = [](const appraisal::Rank& rank) {
                                     return rank.place > 0 ? MemoryCell(int64_t{rank.place}) : MemoryCell();
                                   };
                                   std::vector<MemoryCell> row = {one.id,
                                                                  text_cell(one.org),
                                                                  text_cell(one.branch),
                                                                  decimal_cell(one.total),
                                                                  place(one.in_bank),
                                                                  place(one.in_branch)};
                                   for (const auto& score : one.scores) row.push_back(decimal_cell(score.value));
                                   for (const auto& figure : one.figures)
                                     row.push_back(decimal_cell(figure.value));
                                   row.push_back(one.id);
                                   rows.push_back(std::move(row));
                                 }
                                 return rows;
                               });
  out.link = "/scores/{0}?scheme=" + scheme->str() + "&period=" + period->str();
  out.subjects = {{"holder", "x.at_holder"}};
  return out;
}

// RPT-620: slips of approved and paid runs.
base::Result<OpenSource> open_pay(QueryDesk&, const Json&) {
  auto money = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::money, .unit = "元", .adds = true};
  };
  QuerySource source{
      .columns = {{.name = "run", .title = "发放批次", .type = QueryType::number},
                  {.name = "title", .title = "名称"},
                  {.name = "period", .title = "期间"},
                  {.name = "pay_on", .title = "发放日", .type = QueryType::date},
                  {.name = "state", .title = "状态", .type = QueryType::choice, .words = query_words("pay_state")},
                  {.name = "staff", .title = "员工", .type = QueryType::staff},
                  {.name = "org", .title = "机构", .type = QueryType::org},
                  {.name = "branch", .title = "支行", .type = QueryType::org},
                  money("earnings", "应发合计"),
                  money("deductions", "扣款合计"),
                  money("deposit", "风险保证金"),
                  money("net", "实发")},
      .shown = {"period", "staff", "org", "earnings", "deductions", "deposit", "net", "state"},
      .order = {"run", "staff"}};
  OpenSource out =
      kept_source(std::move(source), {{"at_run", QueryType::text}, {"at_staff", QueryType::text}}, "pay",
                  [](QueryDesk& desk, const QuerySpec&) {
                    const auto reach = desk.reach(Permission::pay_export);
                    std::vector<std::vector<MemoryCell>> rows;
                    for (const auto& run : appraisal::pay_runs(desk.store())) {
                      if (run.state != "approved" && run.state != "paid") continue;
                      for (const auto& slip : appraisal::pay_slips(desk.store(), run.id))
                        if (reach->staff(slip.staff))
                          rows.push_back({run.id, run.title, run.period, day_cell(run.pay_on), run.state,
                                          slip.staff, text_cell(slip.org), text_cell(slip.branch),
                                          slip.totals.earnings, slip.totals.deductions, slip.totals.deposit,
                                          slip.totals.net, std::to_string(run.id), slip.staff});
                    }
                    return rows;
                  });
  out.link = "/payslip/{0}?staff={1}", out.subjects = {{"staff", "x.at_staff"}};
  return out;
}

namespace {

struct Held {
  int64_t customers = 0, deposits = 0, loans = 0;
};
// What each person served on their last day, or serves now.
std::map<std::string, Held> held_by_staff(QueryDesk& desk, Date day) {
  std::map<std::string, Held> out;
  const std::string on = "DATE '" + day.str() + "'";
  const std::string held =
      "(SELECT s.subject_kind, s.subject_id, s.staff_id FROM " + attribution::holdings_sql() + " s LEFT JOIN " +
      winning_rows("f_staff", "staff_id", "f.staff_id, f.left_on") +
      " p ON p.staff_id = s.staff_id WHERE s.share > 0 AND s.valid_from <= coalesce(p.left_on, " + on +
      ") AND (s.valid_to IS NULL OR s.valid_to >= coalesce(p.left_on, " + on + ")))";
  const std::string sql = "SELECT DISTINCT h.staff_id, h.subject_id FROM " + held +
                          " h WHERE h.subject_kind = 'customer' UNION SELECT h.staff_id, a.customer_id FROM " +
                          held + " h JOIN " +
                          winning_rows("f_accounts", "account_id", "f.account_id, f.customer_id") +
                          " a ON h.subject_kind = 'account' AND a.account_id = h.subject_id UNION SELECT "
                          "h.staff_id, l.customer_id FROM " +
                          held + " h JOIN " + winning_rows("f_loans", "loan_id", "f.loan_id, f.customer_id") +
                          " l ON h.subject_kind = 'loan' AND l.loan_id = h.subject_id";
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text};
  const auto& all = *desk.facts().customers;
  desk.db().scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      if (c.columns[0].is_null(r) || c.columns[1].is_null(r)) continue;
      const size_t at = all.find(c.columns[1].text[r]);
      if (at == all.size()) continue;
      Held& one = out[std::string(c.columns[0].text[r])];
      ++one.customers, one.deposits += all.at(at).deposits, one.loans += all.at(at).loans;
    }
  });
  return out;
}

int64_t years(Date from, Date to) {
  int64_t out = to.year() - from.year();
  if (to.month() < from.month() || (to.month() == from.month() && to.day() < from.day())) --out;
  return std::max<int64_t>(out, 0);
}
MemoryCell years_cell(const std::optional<Date>& from, Date to) {
  return from ? MemoryCell(years(*from, to)) : MemoryCell();
}

std::vector<std::vector<MemoryCell>> staff_rows(QueryDesk& desk, Date day) {
  const auto reach = desk.reach(Permission::grade_read);
  const auto recorded = appraisal::RecordedFacts::load(desk.store(), std::nullopt, true);
  std::map<std::string, people::Leaving> leaving;
  for (auto& one : people::leavings(desk.store()))
    if (one.state != "withdrawn") leaving.try_emplace(one.staff, one);
  auto held = held_by_staff(desk, day);
  std::vector<std::vector<MemoryCell>> out;
  for (const auto& one : desk.directory().staff()) {
    if (!reach->staff(one.id)) continue;
    auto left = leaving.find(one.id);
    const std::optional<Date> last = one.left                ? one.left
                                     : left != leaving.end() ? std::optional(left->second.last_day)
                                                             : std::nullopt;
    const Held& of = held[one.id];
    out.push_back({one.id,
                   text_cell(one.org),
                   text_cell(desk.directory().branch_of(one.org)),
                   text_cell(one.position),
                   text_cell(one.education),
                   text_cell(one.title),
                   text_cell(one.credit_exam),
                   text_cell(recorded->grade_on(one.id, "", day)),
                   years_cell(one.born, day),
                   years_cell(one.hired, day),
                   years_cell(one.credit_since, day),
                   int64_t{people::Directory::in_post(one, day)},
                   int64_t{1},
                   day_cell(one.hired),
                   day_cell(last),
                   left == leaving.end() ? MemoryCell() : MemoryCell(left->second.kind),
                   left == leaving.end() ? MemoryCell() : text_cell(left->second.reason),
                   of.customers,
                   of.deposits,
                   of.loans,
                   one.id});
  }
  return out;
}

}  // namespace

// RPT-305, RPT-302
base::Result<OpenSource> open_staff(QueryDesk& desk, const Json&) {
  auto choice = [](const char* name, const char* title, const char* words) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::choice, .words = query_words(words)};
  };
  auto number = [](const char* name, const char* title, const char* unit, bool adds = false) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::number, .unit = unit, .adds = adds};
  };
  QueryColumn age = number("age", "年龄", "岁");
  age.bands = desk.limits().age_bands;
  QuerySource source{
      .columns = {{.name = "staff", .title = "员工", .type = QueryType::staff},
                  {.name = "org", .title = "机构", .type = QueryType::org},
                  {.name = "branch", .title = "支行", .type = QueryType::org},
                  choice("position", "岗位", "position"),
                  choice("education", "学历", "education"),
                  choice("title", "职称", "title"),
                  choice("credit_exam", "信贷考试", "credit_exam"),
                  {.name = "grade", .title = "职级"},
                  age,
                  number("years", "在行年数", "年"),
                  number("credit_years", "信贷年数", "年"),
                  {.name = "in_post", .title = "在岗", .type = QueryType::yes_no},
                  number("people", "人数", "人", true),
                  {.name = "hired_on", .title = "入职日", .type = QueryType::date},
                  {.name = "left_on", .title = "离岗日", .type = QueryType::date},
                  choice("left_kind", "离岗原因", "leaving_kind"),
                  {.name = "left_why", .title = "离岗说明"},
                  number("customers", "管户数", "户", true),
                  {.name = "deposits", .title = "管户存款", .type = QueryType::money, .unit = "元", .adds = true},
                  {.name = "loans", .title = "管户贷款", .type = QueryType::money, .unit = "元", .adds = true}},
      .shown = {"staff", "org", "position", "grade", "education", "age", "years", "customers"},
      .order = {"staff"}};
  OpenSource out =
      kept_source(std::move(source), {{"at_staff", QueryType::text}}, "staff",
                  [](QueryDesk& at, const QuerySpec& read) { return staff_rows(at, at.day_of(read)); });
  out.link = "/staff/{0}", out.subjects = {{"staff", "x.at_staff"}};
  return out;
}

}  // namespace guanhu::api
