// Sources over the warehouse: customers, accounts, loans, repayments, sales. Every one stands on the customers in
// reach as of the last business date, whatever day is looked at.
#include "api/query_sql.h"

namespace guanhu::api {

using namespace query_sql;
using base::Date;
using base::Json;
using people::Permission;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;

namespace {

std::string big(const std::string& sql) { return "CAST(" + sql + " AS BIGINT)"; }

void customer_joins(SqlSource& of, const std::string& alias) {
  of.joins['c'] = " LEFT JOIN " + customers() + " c ON c.customer_id = " + alias + ".customer_id";
}
void add_customer(SqlSource& of, const std::string& alias) {
  of.columns.push_back(
      {{.name = "customer", .title = "客户号", .type = QueryType::customer}, alias + ".customer_id"});
  of.columns.push_back({{.name = "customer_name", .title = "客户名称"}, "c.name", "c"});
  of.columns.push_back({{.name = "customer_kind",
                         .title = "客户类型",
                         .type = QueryType::choice,
                         .words = query_words("customer_kind")},
                        "c.kind",
                        "c"});
  of.columns.push_back({{.name = "farmer", .title = "农户", .type = QueryType::yes_no}, "c.is_farmer", "c"});
}
void add_manager(SqlSource& of, const std::string& alias, const std::string& kind, Date day) {
  of.joins['m'] = " LEFT JOIN " + mains(kind, day) + " m ON m.subject_id = " + alias + "." + kind + "_id";
  of.joins['n'] = " LEFT JOIN " + mains("customer", day) + " n ON n.subject_id = " + alias + ".customer_id";
  of.columns.push_back({{.name = "manager", .title = "主办客户经理", .type = QueryType::staff},
                        "coalesce(m.staff_id, n.staff_id)",
                        "mn"});
}

OpenSource opened(const SqlSource& of, QuerySource source) {
  source.columns = columns_of(of);
  OpenSource out;
  out.source = source;
  out.from = [of, source](QueryDesk&, const QuerySpec& spec) { return select_of(of, source, spec); };
  out.link = "/customers/{0}", out.subjects = {{"customer", "x.at_customer"}};
  return out;
}

}  // namespace

base::Result<OpenSource> open_deposits(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  SqlSource of;
  of.from =
      winning_rows("f_accounts", "account_id",
                   "f.account_id, f.account, f.customer_id, f.org_id, f.product, f.kind, f.currency, "
                   "f.opened_on, f.matures_on, f.closed_on, i.business_date AS src_date, f.line AS src_line") +
      " a";
  auto text = [&](const char* name, const char* title, const char* sql) {
    of.columns.push_back({{.name = name, .title = title}, sql});
  };
  auto date = [&](const char* name, const char* title, const char* sql) {
    of.columns.push_back({{.name = name, .title = title, .type = QueryType::date}, sql});
  };
  auto money = [&](const char* name, const char* title, const std::string& sql, const char* joins) {
    of.columns.push_back(
        {{.name = name, .title = title, .type = QueryType::money, .unit = "元", .adds = true}, sql, joins});
  };
  text("account", "账号", "a.account_id");
  add_customer(of, "a");
  of.columns.push_back({{.name = "org", .title = "机构", .type = QueryType::org}, "a.org_id"});
  add_manager(of, "a", "account", day);
  text("product", "产品", "a.product");
  of.columns.push_back(
      {{.name = "kind", .title = "种类", .type = QueryType::choice, .words = query_words("account_kind")},
       "a.kind"});
  text("currency", "币种", "a.currency");
  money("balance", "余额", "coalesce(b.balance, 0)", "b");
  money("year_start", "年初余额", "coalesce(y.balance, 0)", "y");
  money("year_change", "比年初", "coalesce(b.balance, 0) - coalesce(y.balance, 0)", "by");
  money("month_change", "比上月末", "coalesce(b.balance, 0) - coalesce(o.balance, 0)", "bo");
  date("opened_on", "开户日", "a.opened_on");
  date("matures_on", "到期日", "a.matures_on");
  date("closed_on", "销户日", "a.closed_on");
  const std::pair<char, Date> at[] = {{'b', day}, {'y', year_start(day)}, {'o', month_start(day)}};
  for (const auto& [letter, date_of] : at)
    of.joins[letter] = " LEFT JOIN " + states(false, "f.balance", date_of) + " " + letter + " ON " + letter +
                       ".account = a.account";
  customer_joins(of, "a");
  of.where = " AND a.opened_on <= " + on(day) + desk.customers_in("a.customer_id");
  of.beside = beside_of("a");
  return opened(of, {.shown = {"customer_name", "account", "product", "balance", "matures_on", "manager", "org"},
                     .order = {"account"},
                     .beside = beside_names()});
}

namespace {

// The sums of a loan that must be collected, by the decisions receivable and old-measure of the pack. RPT-618
// RPT-608
struct LoanSql {
  std::string last_due, overdue, principal, total, old_class, npl;
};
LoanSql loan_sql(const QueryLimits& limits, Date day) {
  LoanSql out;
  out.last_due = "coalesce(l.extended_to, l.due_on)";
  out.overdue = "coalesce(s.overdue_days, 0)";
  out.principal = "CASE WHEN " + out.last_due + " <= " + on(day + static_cast<int32_t>(limits.due_days)) +
                  " THEN coalesce(s.balance, 0) ELSE coalesce(s.overdue_principal, 0) END";
  out.total = out.principal + " + coalesce(s.overdue_interest, 0)";
  out.old_class = "CASE WHEN s.class = 'loss' THEN 'bad' WHEN " + out.overdue + " > " +
                  std::to_string(limits.idle_days) + " THEN 'idle' WHEN " + out.overdue +
                  " > 0 THEN 'overdue' ELSE 'normal' END";
  out.npl = "(s.class IS NOT NULL AND s.class IN ('substandard', 'doubtful', 'loss'))";
  return out;
}

void add_loan_sums(SqlSource& of, const LoanSql& sql, const QueryLimits& limits, Date day) {
  auto money = [&](const char* name, const char* title, const std::string& of_it) {
    of.columns.push_back(
        {{.name = name, .title = title, .type = QueryType::money, .unit = "元", .adds = true}, of_it, "s"});
  };
  money("balance", "余额", "coalesce(s.balance, 0)");
  money("overdue_principal", "逾期本金", "coalesce(s.overdue_principal, 0)");
  money("overdue_interest", "逾期利息", "coalesce(s.overdue_interest, 0)");
  money("due_principal", "应收本金", sql.principal);
  money("receivable", "应收合计", "(" + sql.total + ")");
  of.columns.push_back({{.name = "overdue_days",
                         .title = "逾期天数",
                         .type = QueryType::number,
                         .unit = "天",
                         .bands = limits.overdue_bands},
                        big(sql.overdue),
                        "s"});
  of.columns.push_back({{.name = "days_left", .title = "离到期天数", .type = QueryType::number, .unit = "天"},
                        big(sql.last_due + " - " + on(day))});
  of.columns.push_back(
      {{.name = "class", .title = "五级分类", .type = QueryType::choice, .words = query_words("class")},
       "s.class",
       "s"});
  of.columns.push_back(
      {{.name = "old_class", .title = "一逾两呆", .type = QueryType::choice, .words = query_words("old_class")},
       sql.old_class,
       "s"});
  of.columns.push_back({{.name = "npl", .title = "不良(五级)", .type = QueryType::yes_no}, sql.npl, "s"});
  of.columns.push_back(
      {{.name = "npl_loans", .title = "不良笔数", .type = QueryType::number, .unit = "笔", .adds = true},
       big("CASE WHEN " + sql.npl + " THEN 1 ELSE 0 END"),
       "s"});
  money("npl_balance", "不良余额", "CASE WHEN " + sql.npl + " THEN coalesce(s.balance, 0) ELSE 0 END");
  of.columns.push_back({{.name = "off_balance", .title = "表外", .type = QueryType::yes_no},
                        "coalesce(s.off_balance, FALSE)",
                        "s"});
}

}  // namespace

base::Result<OpenSource> open_loans(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  const LoanSql sql = loan_sql(desk.limits(), day);
  SqlSource of;
  of.from =
      winning_rows("f_loans", "loan_id",
                   "f.loan_id, f.loan, f.contract_id, f.customer_id, f.org_id, f.product, f.kind, f.guarantee, "
                   "f.principal, f.rate, f.issued_on, f.due_on, f.extended_to, f.settled_on, f.purpose, "
                   "i.business_date AS src_date, f.line AS src_line") +
      " l";
  auto add = [&](QueryColumn column, const std::string& of_it) {
    of.columns.push_back({std::move(column), of_it});
  };
  add({.name = "loan", .title = "借据号"}, "l.loan_id");
  add({.name = "contract", .title = "合同号"}, "l.contract_id");
  add_customer(of, "l");
  add({.name = "org", .title = "机构", .type = QueryType::org}, "l.org_id");
  add_manager(of, "l", "loan", day);
  add({.name = "product", .title = "产品"}, "l.product");
  add({.name = "kind", .title = "种类", .type = QueryType::choice, .words = query_words("loan_kind")}, "l.kind");
  add({.name = "guarantee", .title = "担保方式", .type = QueryType::choice, .words = query_words("guarantee")},
      "l.guarantee");
  add({.name = "principal", .title = "发放金额", .type = QueryType::money, .unit = "元", .adds = true},
      "l.principal");
  // RPT-621: what was paid out and has come back whole.
  add({.name = "recovered", .title = "已结清金额", .type = QueryType::money, .unit = "元", .adds = true},
      "CASE WHEN l.settled_on IS NOT NULL AND l.settled_on <= " + on(day) + " THEN l.principal ELSE 0 END");
  add({.name = "rate", .title = "年利率", .type = QueryType::rate, .unit = "%"}, "l.rate");
  add({.name = "issued_on", .title = "发放日", .type = QueryType::date}, "l.issued_on");
  add({.name = "due_on", .title = "到期日", .type = QueryType::date}, sql.last_due);
  add({.name = "settled_on", .title = "结清日", .type = QueryType::date}, "l.settled_on");
  add({.name = "purpose", .title = "用途"}, "l.purpose");
  add_loan_sums(of, sql, desk.limits(), day);
  of.joins['s'] =
      " LEFT JOIN " +
      states(true, "f.balance, f.overdue_principal, f.overdue_interest, f.overdue_days, f.class, f.off_balance",
             day) +
      " s ON s.loan = l.loan";
  customer_joins(of, "l");
  of.where = " AND l.issued_on <= " + on(day) + desk.customers_in("l.customer_id");
  of.beside = beside_of("l");
  return opened(
      of, {.shown = {"customer_name", "loan", "kind", "balance", "due_on", "overdue_days", "class", "manager"},
           .order = {"loan"},
           .beside = beside_names()});
}

base::Result<OpenSource> open_repayments(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  SqlSource of;
  of.from = winning_rows("f_repayments", "repayment_id",
                         "f.repayment_id, f.loan, f.date, f.principal, f.interest, f.penalty, f.means, "
                         "i.business_date AS src_date, f.line AS src_line") +
            " r";
  of.joins['A'] =
      " JOIN " +
      winning_rows("f_loans", "loan_id", "f.loan_id, f.loan, f.customer_id, f.org_id, f.product, f.kind") +
      " l ON l.loan = r.loan";
  auto add = [&](QueryColumn column, const std::string& of_it) {
    of.columns.push_back({std::move(column), of_it});
  };
  add({.name = "repayment", .title = "还款流水"}, "r.repayment_id");
  add({.name = "date", .title = "日期", .type = QueryType::date}, "r.date");
  add({.name = "loan", .title = "借据号"}, "l.loan_id");
  add_customer(of, "l");
  add({.name = "org", .title = "机构", .type = QueryType::org}, "l.org_id");
  add_manager(of, "l", "loan", day);
  add({.name = "product", .title = "产品"}, "l.product");
  add({.name = "kind", .title = "种类", .type = QueryType::choice, .words = query_words("loan_kind")}, "l.kind");
  add({.name = "means", .title = "方式", .type = QueryType::choice, .words = query_words("means")}, "r.means");
  const std::pair<const char*, const char*> sums[] = {
      {"principal", "收回本金"}, {"interest", "收回利息"}, {"penalty", "罚息"}};
  for (const auto& [name, title] : sums)
    add({.name = name, .title = title, .type = QueryType::money, .unit = "元", .adds = true},
        std::string("coalesce(r.") + name + ", 0)");
  customer_joins(of, "l");
  of.where = " AND r.date <= " + on(day) + desk.customers_in("l.customer_id");
  of.beside = {{"at_customer", "l.customer_id"},
               {"at_date", "CAST(r.src_date AS VARCHAR)"},
               {"at_line", "CAST(r.src_line AS VARCHAR)"}};
  return opened(of, {.shown = {"date", "customer_name", "loan", "principal", "interest", "means", "manager"},
                     .order = {"repayment"},
                     .beside = beside_names()});
}

// RPT-610, RPT-622: a sale is the seller's; a customer out of reach is not named.
base::Result<OpenSource> open_sales(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  const auto reach = desk.reach(Permission::customer_read);
  const std::string in = reach->customers_sql(desk.last());
  const std::string seen =
      in.empty() ? "v.customer_id" : "CASE WHEN v.customer_id IN (" + in + ") THEN v.customer_id END";
  SqlSource of;
  of.from =
      winning_rows("f_sales", "sale_id",
                   "f.sale_id, f.date, f.customer_id, f.staff_id, f.product, f.quantity, f.amount, f.fee_income, "
                   "i.business_date AS src_date, f.line AS src_line") +
      " v";
  auto add = [&](QueryColumn column, const std::string& of_it, const std::string& joins = "") {
    of.columns.push_back({std::move(column), of_it, joins});
  };
  add({.name = "sale", .title = "营销流水"}, "v.sale_id");
  add({.name = "date", .title = "日期", .type = QueryType::date}, "v.date");
  add({.name = "seller", .title = "营销人", .type = QueryType::staff}, "v.staff_id");
  add({.name = "org", .title = "营销人机构", .type = QueryType::org}, "p.org_id", "p");
  add({.name = "customer", .title = "客户号", .type = QueryType::customer}, seen);
  add({.name = "customer_name", .title = "客户名称"}, "c.name", "c");
  add({.name = "product", .title = "产品", .type = QueryType::choice, .words = query_words("sale")}, "v.product");
  add({.name = "quantity", .title = "数量", .type = QueryType::decimal, .adds = true},
      "coalesce(v.quantity, 0) * 100");
  add({.name = "amount", .title = "金额", .type = QueryType::money, .unit = "元", .adds = true},
      "coalesce(v.amount, 0)");
  add({.name = "fee_income", .title = "手续费收入", .type = QueryType::money, .unit = "元", .adds = true},
      "coalesce(v.fee_income, 0)");
  of.joins['c'] = " LEFT JOIN " + customers() + " c ON c.customer_id = " + seen;
  of.joins['p'] = " LEFT JOIN " + winning_rows("f_staff", "staff_id", "f.staff_id, f.org_id") +
                  " p ON p.staff_id = v.staff_id";
  of.where = " AND v.date <= " + on(day);
  if (!reach->bank()) {
    std::set<std::string> sellers;
    for (const auto& one : desk.directory().staff())
      if (reach->staff(one.id)) sellers.insert(one.id);
    of.where += " AND v.staff_id IN " + sql_list(sellers);
  }
  of.beside = {{"at_customer", seen},
               {"at_date", "CAST(v.src_date AS VARCHAR)"},
               {"at_line", "CAST(v.src_line AS VARCHAR)"},
               {"at_seller", "v.staff_id"}};
  OpenSource out =
      opened(of, {.shown = {"date", "seller", "customer_name", "product", "quantity", "amount", "fee_income"},
                  .order = {"sale"},
                  .beside = beside_names()});
  out.subjects.push_back({"staff", "x.at_seller"});
  return out;
}

namespace {

// What the store knows of customers, beside the extracts: the last visit, the category that holds.
std::string visits_table(QueryDesk& desk) {
  MemoryTable out{{{"customer_id", QueryType::text}, {"last_visit", QueryType::date}}, {}};
  for (const auto& row :
       desk.store().query("SELECT customer, max(day) FROM visit_customers WHERE state = 'done' GROUP BY customer"))
    if (auto visited = Date::parse(row.text(1))) out.rows.push_back({row.text(0), int64_t{visited->days()}});
  return desk.table("visited", out);
}
std::string categories_table(QueryDesk& desk, Date day) {
  MemoryTable out{{{"customer_id", QueryType::text}, {"category", QueryType::text}}, {}};
  std::map<std::string, std::map<std::string, std::string>> by;  // customer, scheme: the last one wins
  for (const auto& row :
       desk.store().query("SELECT customer, scheme, category FROM customer_categories WHERE state = "
                          "'confirmed' AND from_day <= ? ORDER BY from_day, record_id",
                          {day.str()}))
    by[row.text(0)][row.text(1)] = row.text(2);
  for (const auto& [customer, schemes] : by) {
    std::string all;
    for (const auto& [scheme, category] : schemes) all += (all.empty() ? "" : "、") + category;
    out.rows.push_back({customer, all});
  }
  return desk.table("categories", out);
}

void customer_columns(SqlSource& of, Date day) {
  auto add = [&](QueryColumn column, const std::string& sql, const std::string& joins = "") {
    of.columns.push_back({std::move(column), sql, joins});
  };
  auto money = [&](const char* name, const char* title, const char* sql, const char* joins) {
    add({.name = name, .title = title, .type = QueryType::money, .unit = "元", .adds = true}, sql, joins);
  };
  add({.name = "customer", .title = "客户号", .type = QueryType::customer}, "k.customer_id");
  add({.name = "customer_name", .title = "客户名称"}, "k.name");
  add({.name = "customer_kind",
       .title = "客户类型",
       .type = QueryType::choice,
       .words = query_words("customer_kind")},
      "k.kind");
  add({.name = "farmer", .title = "农户", .type = QueryType::yes_no}, "k.is_farmer");
  add({.name = "id_no", .title = "证件号码", .personal = true, .sealed = true}, "k.id_no");
  add({.name = "phone", .title = "电话", .personal = true, .sealed = true}, "k.phone");
  add({.name = "address", .title = "地址", .personal = true}, "k.address");
  add({.name = "org", .title = "机构", .type = QueryType::org}, "k.org_id");
  add({.name = "manager", .title = "主办客户经理", .type = QueryType::staff}, "n.staff_id", "n");
  add({.name = "category", .title = "分类"}, "g.category", "g");
  add({.name = "area", .title = "地区代码"}, "k.area_code");
  add({.name = "industry", .title = "行业代码"}, "k.industry_code");
  add({.name = "opened_on", .title = "建档日", .type = QueryType::date}, "k.opened_on");
  add({.name = "last_visit", .title = "最近走访", .type = QueryType::date}, "w.last_visit", "w");
  money("deposits", "存款余额", "coalesce(d.balance, 0)", "d");
  money("loans", "贷款余额", "coalesce(e.balance, 0)", "e");
  money("overdue", "逾期本金", "coalesce(e.overdue, 0)", "e");
  of.joins['n'] = " LEFT JOIN " + mains("customer", day) + " n ON n.subject_id = k.customer_id";
  auto summed = [&](bool loans, const std::string& sums) {
    return "(SELECT t.customer_id, " + sums + " FROM " +
           winning_rows(loans ? "f_loans" : "f_accounts", loans ? "loan_id" : "account_id",
                        loans ? "f.loan, f.customer_id" : "f.account, f.customer_id") +
           " t JOIN " + states(loans, loans ? "f.balance, f.overdue_principal" : "f.balance", day) + " b ON b." +
           (loans ? "loan = t.loan" : "account = t.account") + " GROUP BY t.customer_id)";
  };
  of.joins['d'] =
      " LEFT JOIN " + summed(false, big("sum(b.balance)") + " AS balance") + " d ON d.customer_id = k.customer_id";
  of.joins['e'] = " LEFT JOIN " +
                  summed(true, big("sum(b.balance)") + " AS balance, " +
                                   big("sum(coalesce(b.overdue_principal, 0))") + " AS overdue") +
                  " e ON e.customer_id = k.customer_id";
}

}  // namespace

base::Result<OpenSource> open_customers(QueryDesk& desk, const Json& spec) {
  const Date day = asked_day(desk, spec);
  SqlSource of;
  of.from = customers() + " k";
  customer_columns(of, day);
  of.where = desk.customers_in("k.customer_id");
  of.beside = beside_of("k");
  QuerySource source{
      .shown = {"customer_name", "customer", "customer_kind", "org", "manager", "deposits", "loans", "last_visit"},
      .order = {"customer"},
      .beside = beside_names()};
  OpenSource out = opened(of, source);
  source.columns = out.source.columns;
  // What the store knows comes only when it is asked for.
  out.from = [of, source, day](QueryDesk& at, const QuerySpec& read) mutable {
    if (uses(source, read, "last_visit"))
      of.joins['w'] = " LEFT JOIN " + visits_table(at) + " w ON w.customer_id = k.customer_id";
    if (uses(source, read, "category"))
      of.joins['g'] = " LEFT JOIN " + categories_table(at, day) + " g ON g.customer_id = k.customer_id";
    return select_of(of, source, read);
  };
  return out;
}

}  // namespace guanhu::api
