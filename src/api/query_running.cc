// The running of credit: what was lent, collected, visited and went bad, by month and quarter of each
// organisation.
#include <algorithm>
#include <array>

#include "api/query_sql.h"

namespace guanhu::api {

using base::Date;
using base::Fen;
using base::Json;
using base::JsonObject;
using people::Permission;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;
using namespace query_sql;

namespace {

// Of one organisation alone in one month: what moved, and what stood at its end.
struct Month {
  int64_t issued_count = 0, borrowers = 0, visited = 0, first = 0, approved = 0, rejected = 0, without = 0;
  Fen issued = 0, repaid = 0, interest = 0, balance = 0, overdue = 0, npl = 0;
  // What stands at the end is the later one's, what moved adds up.
  void follow(const Month& later) {
    add_moved(later);
    borrowers = later.borrowers, balance = later.balance, overdue = later.overdue, npl = later.npl;
  }
  void add_moved(const Month& o) {
    issued_count += o.issued_count, first += o.first, approved += o.approved;
    rejected += o.rejected, without += o.without, issued += o.issued, repaid += o.repaid, interest += o.interest;
  }
  void add(const Month& o) {
    add_moved(o);
    borrowers += o.borrowers, visited += o.visited, balance += o.balance, overdue += o.overdue, npl += o.npl;
  }
};
// By organisation; 0: the end of the year before, 1 to 12 its months, then its quarters, of which only `visited`
// is kept: who was visited in two months of one is one.
constexpr size_t kQuarter = 12;
using Year = std::map<std::string, std::array<Month, kQuarter + 5>>;

std::string part_of(const std::string& part, const std::string& day) {
  return "CAST(extract(" + part + " FROM " + day + ") AS BIGINT)";
}
std::string month_of(const std::string& day) { return part_of("month", day); }

// Rows of an organisation, a month and up to three numbers.
void scan_months(QueryDesk& desk, const std::string& sql, size_t numbers, Year& out,
                 const std::function<void(Month&, const std::array<int64_t, 6>&)>& put) {
  std::vector<warehouse::Type> types = {warehouse::Type::text, warehouse::Type::int64};
  types.insert(types.end(), numbers, warehouse::Type::int64);
  desk.db().scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      if (c.columns[0].is_null(r)) continue;
      std::array<int64_t, 6> values{};
      for (size_t n = 0; n < numbers; ++n) values[n] = c.columns[n + 2].is_null(r) ? 0 : c.columns[n + 2].i64[r];
      put(out[std::string(c.columns[0].text[r])][static_cast<size_t>(c.columns[1].i64[r])], values);
    }
  });
}

void read_moved(QueryDesk& desk, Date day, Year& out) {
  const std::string within = " > " + on(year_start(day)) + " AND ", until = " <= " + on(day);
  const std::string loans = winning_rows("f_loans", "loan_id", "f.loan, f.org_id, f.issued_on, f.principal");
  scan_months(desk,
              "SELECT l.org_id, " + month_of("l.issued_on") +
                  ", CAST(count(*) AS BIGINT), CAST(sum(l.principal) AS BIGINT) FROM " + loans +
                  " l WHERE l.issued_on" + within + "l.issued_on" + until + " GROUP BY 1, 2",
              2, out, [](Month& m, const auto& n) { m.issued_count = n[0], m.issued = n[1]; });
  scan_months(desk,
              "SELECT l.org_id, " + month_of("r.date") +
                  ", CAST(sum(coalesce(r.principal, 0)) AS BIGINT), CAST(sum(coalesce(r.interest, 0)) AS BIGINT) "
                  "FROM " +
                  winning_rows("f_repayments", "repayment_id", "f.loan, f.date, f.principal, f.interest") +
                  " r JOIN " + loans + " l ON l.loan = r.loan WHERE r.date" + within + "r.date" + until +
                  " GROUP BY 1, 2",
              2, out, [](Month& m, const auto& n) { m.repaid = n[0], m.interest = n[1]; });
}

void read_stood(QueryDesk& desk, Date day, size_t month, Year& out) {
  const std::string amount = "CAST(sum(s.balance) AS BIGINT)";
  auto of = [](const std::string& condition) {
    return "CAST(sum(CASE WHEN " + condition + " THEN s.balance ELSE 0 END) AS BIGINT)";
  };
  scan_months(
      desk,
      "SELECT l.org_id, CAST(" + std::to_string(month) + " AS BIGINT) AS m, " + amount + ", " +
          of("coalesce(s.overdue_days, 0) > 0") + ", " + of("s.class IN ('substandard', 'doubtful', 'loss')") +
          ", CAST(count(DISTINCT l.customer_id) AS BIGINT) FROM " +
          winning_rows("f_loans", "loan_id", "f.loan, f.org_id, f.customer_id") + " l JOIN " +
          states(true, "f.balance, f.overdue_days, f.class, f.off_balance", day) +
          " s ON s.loan = l.loan WHERE s.balance > 0 AND NOT coalesce(s.off_balance, FALSE) GROUP BY 1",
      4, out,
      [](Month& m, const auto& n) { m.balance = n[0], m.overdue = n[1], m.npl = n[2], m.borrowers = n[3]; });
}

// What was looked at before and after lending: first access, and borrowers that were visited.
void read_care(QueryDesk& desk, Date day, Year& out) {
  const std::string from = on(year_start(day)), first = first_loans(desk, day, "");
  scan_months(desk,
              "SELECT f.org, " + month_of("f.issued_on") +
                  ", CAST(sum(f.opened) AS BIGINT), CAST(sum(f.without) AS BIGINT) FROM " + first +
                  " f WHERE f.issued_on > " + from + " GROUP BY 1, 2",
              2, out, [](Month& m, const auto& n) { m.first = n[0], m.without = n[1]; });
  scan_months(desk,
              "SELECT f.org, " + month_of("f.access_on") +
                  ", CAST(sum(f.approved) AS BIGINT), CAST(sum(f.rejected) AS BIGINT) FROM " + first +
                  " f WHERE f.access_on > " + from + " AND f.access_on <= " + on(day) + " GROUP BY 1, 2",
              2, out, [](Month& m, const auto& n) { m.approved = n[0], m.rejected = n[1]; });
  MemoryTable visits{{{"customer_id", QueryType::text}, {"day", QueryType::date}}, {}};
  for (const auto& row : desk.store().query(
           "SELECT DISTINCT customer, day FROM visit_customers WHERE state = 'done' AND day > ? AND day <= ?",
           {year_start(day).str(), day.str()}))
    if (auto at = Date::parse(row.text(1))) visits.rows.push_back({row.text(0), day_cell(at)});
  const std::string loans =
      winning_rows("f_loans", "loan_id", "f.customer_id, f.org_id, f.issued_on, f.settled_on");
  const std::string seen = desk.table("credit_visits", visits);
  for (const std::string& part :
       {month_of("v.day"), std::to_string(kQuarter) + " + " + part_of("quarter", "v.day")})
    scan_months(desk,
                "SELECT l.org_id, CAST(" + part +
                    " AS BIGINT), CAST(count(DISTINCT v.customer_id) AS BIGINT) FROM " + seen + " v JOIN " +
                    loans +
                    " l ON l.customer_id = v.customer_id AND l.issued_on <= v.day AND (l.settled_on IS NULL OR "
                    "l.settled_on > v.day) GROUP BY 1, 2",
                1, out, [](Month& m, const auto& n) { m.visited = n[0]; });
}

Year year_of(QueryDesk& desk, Date day) {
  Year out;
  read_moved(desk, day, out), read_care(desk, day, out);
  read_stood(desk, year_start(day), 0, out);
  for (int month = 1; month <= day.month(); ++month) {
    const Date last = Date::from_ymd(day.year(), month, 1)->add_months(1) - 1;
    read_stood(desk, std::min(last, day), static_cast<size_t>(month), out);
  }
  return out;
}

// RPT-601: how these stand to each other is the pack's decision credit-operation.
std::vector<MemoryCell> period_cells(const Asked& rule, const Month& of, Fen before) {
  const Json answer = rule.ask("credit-operation", JsonObject{{"贷款余额", yuan(of.balance)},
                                                              {"上期贷款余额", yuan(before)},
                                                              {"逾期贷款余额", yuan(of.overdue)},
                                                              {"不良贷款余额", yuan(of.npl)},
                                                              {"贷款户数", of.borrowers},
                                                              {"走访户数", of.visited}});
  return {of.issued_count,
          of.issued,
          of.repaid,
          of.interest,
          of.balance,
          of.balance - before,
          of.overdue,
          percent_cell(answer, "逾期占比"),
          of.npl,
          percent_cell(answer, "不良占比"),
          of.borrowers,
          of.visited,
          percent_cell(answer, "走访面"),
          of.first,
          of.approved,
          of.rejected,
          of.without};
}

std::vector<std::vector<MemoryCell>> period_rows(QueryDesk& desk, Date day) {
  const auto reach = desk.reach(Permission::board_read);
  const Year own = year_of(desk, day);
  const Asked rule(desk, kReportPack, day);
  const std::string year = std::to_string(day.year());
  std::vector<std::vector<MemoryCell>> out;
  for (const auto& org : desk.directory().orgs()) {
    if (!reach->org(org.id)) continue;
    std::array<Month, kQuarter + 5> of{};
    for (const auto& id : desk.directory().subtree(org.id))
      if (auto found = own.find(id); found != own.end())
        for (size_t m = 0; m < of.size(); ++m) of[m].add(found->second[m]);
    auto put = [&](const std::string& kind, const std::string& period, const Month& sums, Fen before) {
      std::vector<MemoryCell> row = {org.id + " " + period, period, kind, org.id, text_cell(org.kind)};
      for (auto& cell : period_cells(rule, sums, before)) row.push_back(std::move(cell));
      row.push_back(org.id);
      out.push_back(std::move(row));
    };
    Month quarter;
    for (size_t m = 1; m <= static_cast<size_t>(day.month()); ++m) {
      put("month", year + (m < 10 ? "-0" : "-") + std::to_string(m), of[m], of[m - 1].balance);
      if (m % 3 == 1) quarter = {};
      quarter.follow(of[m]);
      const bool ends = m % 3 == 0 || m == static_cast<size_t>(day.month());
      if (!ends) continue;
      const size_t number = (m + 2) / 3;
      quarter.visited = of[kQuarter + number].visited;
      put("quarter", year + "Q" + std::to_string(number), quarter, of[3 * (number - 1)].balance);
    }
  }
  return out;
}

std::vector<QueryColumn> period_columns() {
  // Organisations stand with all below them: a sum over rows would count twice.
  auto count = [](const char* name, const char* title, const char* unit) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::number, .unit = unit};
  };
  auto money = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::money, .unit = "元"};
  };
  auto rate = [](const char* name, const char* title) {
    return QueryColumn{.name = name, .title = title, .type = QueryType::rate, .unit = "%"};
  };
  return {{.name = "of", .title = "编号"},
          {.name = "period", .title = "期间"},
          {.name = "period_kind",
           .title = "按什么",
           .type = QueryType::choice,
           .words = {{"month", "月"}, {"quarter", "季"}}},
          {.name = "org", .title = "机构", .type = QueryType::org},
          {.name = "kind",
           .title = "机构种类",
           .type = QueryType::choice,
           .words = {{"hq", "总行"}, {"department", "部门"}, {"branch", "支行"}, {"outlet", "网点"}}},
          count("issued_count", "投放笔数", "笔"),
          money("issued", "投放金额"),
          money("repaid", "收回本金"),
          money("interest", "收回利息"),
          money("balance", "期末余额"),
          money("change", "比上期"),
          money("overdue", "逾期余额"),
          rate("overdue_rate", "逾期占比"),
          money("npl", "不良余额"),
          rate("npl_rate", "不良占比"),
          count("borrowers", "贷款户", "户"),
          count("visited", "走访贷款户", "户"),
          rate("visited_rate", "走访面"),
          count("first_loans", "首贷户", "户"),
          count("approved", "准入批准", "户"),
          count("rejected", "准入否决", "户"),
          count("without", "未经批准放款", "户")};
}

}  // namespace

base::Result<OpenSource> open_credit_periods(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  QuerySource source{.columns = period_columns(),
                     .shown = {"period", "org", "issued_count", "issued", "repaid", "interest", "balance",
                               "change", "overdue_rate", "npl_rate", "visited_rate", "first_loans", "without"},
                     .order = {"of"}};
  OpenSource out = kept_source(std::move(source), {{"at_org", QueryType::text}}, "credit_periods",
                               [day](QueryDesk& at, const QuerySpec&) { return period_rows(at, day); });
  out.link = "/board?org={0}", out.subjects = {{"org", "x.org"}};
  return out;
}

}  // namespace guanhu::api
