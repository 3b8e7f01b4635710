#include "workbench/todo_facts.h"

#include <algorithm>

#include "attribution/recorded.h"
#include "policy/subjects.h"
#include "workbench/todo_said.h"
#include "workbench/todo_signals.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using feel::Value;
using warehouse::Chunk;
using warehouse::Type;

namespace {

enum class As { text, yuan, rate, whole, flag, day, mark, said };

// A column of a subject: SQL over the joins below, how it is read, from where it comes. Columns of the kind `mark`
// are todo_marks; `sql` then is the day before which nothing can have been done.
struct ColumnSql {
  std::string_view name, sql;
  As as;
  std::string_view join, from;  // which join it needs; the feed's file
};

// clang-format off: a table is read by its columns.
constexpr ColumnSql kLoan[] = {
    {"借据号", "x.loan_id", As::text, "", "loans.csv"},
    {"客户号", "coalesce(x.customer_id, '')", As::text, "", "loans.csv"},
    {"客户名称", "coalesce(c.name, '')", As::text, "", "customers.csv"},
    {"客户类型", "coalesce(c.kind, 'other')", As::text, "", "customers.csv"},
    {"是否农户", "coalesce(c.is_farmer, FALSE)", As::flag, "", "customers.csv"},
    {"机构", "coalesce(x.org_id, '')", As::text, "", "loans.csv"},
    {"产品", "coalesce(x.product, '')", As::text, "", "loans.csv"},
    {"种类", "coalesce(x.kind, 'other')", As::text, "", "loans.csv"},
    {"担保方式", "coalesce(x.guarantee, 'credit')", As::text, "", "loans.csv"},
    {"五级分类", "coalesce(s.class, 'normal')", As::text, "state", "loan_states.csv"},
    {"是否表外", "coalesce(s.off_balance, FALSE)", As::flag, "state", "loan_states.csv"},
    {"用途", "x.purpose", As::text, "", "loans.csv"},
    {"本金", "coalesce(x.principal, 0)", As::yuan, "", "loans.csv"},
    {"余额", "coalesce(s.balance, 0)", As::yuan, "state", "loan_states.csv"},
    {"利率", "coalesce(x.rate, 0)", As::rate, "", "loans.csv"},
    {"逾期本金", "coalesce(s.overdue_principal, 0)", As::yuan, "state", "loan_states.csv"},
    {"逾期利息", "coalesce(s.overdue_interest, 0)", As::yuan, "state", "loan_states.csv"},
    {"逾期天数", "coalesce(s.overdue_days, 0)", As::whole, "state", "loan_states.csv"},
    {"发放日期", "x.issued_on", As::day, "", "loans.csv"},
    {"到期日", "x.due_on", As::day, "", "loans.csv"},
    {"展期到", "x.extended_to", As::day, "", "loans.csv"},
    {"结清日期", "x.settled_on", As::day, "", "loans.csv"},
    {"时效届满日", "l.expires_on", As::day, "limit", "limitations.csv"},
    {"上次检查日期", "x.issued_on", As::mark, "", "待办事项办完的日子"},
    {"上次催收日期", "n.sent_on", As::mark, "notice", "notices.csv 和待办事项办完的日子"}};

constexpr ColumnSql kCustomer[] = {
    {"客户号", "x.customer_id", As::text, "", "customers.csv"},
    {"客户名称", "coalesce(x.name, '')", As::text, "", "customers.csv"},
    {"客户类型", "coalesce(x.kind, 'other')", As::text, "", "customers.csv"},
    {"是否农户", "coalesce(x.is_farmer, FALSE)", As::flag, "", "customers.csv"},
    {"机构", "coalesce(x.org_id, '')", As::text, "", "customers.csv"},
    {"地区", "x.area_code", As::text, "", "customers.csv"},
    {"行业", "x.industry_code", As::text, "", "customers.csv"},
    {"集团", "x.group_id", As::text, "", "customers.csv"},
    {"信用等级", "CAST(NULL AS VARCHAR)", As::text, "", "还没有"},
    {"出生日期", "x.born_on", As::day, "", "客户关系系统送来的，没有的按 customers.csv"},
    {"重要客户", "FALSE", As::flag, "", "客户关系系统送来的"},
    {"信用卡账单日", "CAST(NULL AS BIGINT)", As::whole, "", "客户关系系统送来的"},
    {"建档日期", "coalesce(x.opened_on, @began)", As::day, "", "customers.csv"},
    {"上次走访日期", "coalesce(x.opened_on, @began)", As::mark, "", "待办事项办完的日子"},
    {"授信到期日", "CAST(NULL AS DATE)", As::day, "", "还没有"},
    {"缺的资料", "p.lacks", As::said, "papers", "customers.csv 和客户卡片的必填项"},
    {"该再查日", "CAST(NULL AS VARCHAR)", As::said, "", "外部查询的登记"},
    {"该再查", "CAST(NULL AS VARCHAR)", As::said, "", "外部查询的登记"},
    {"授权到期日", "CAST(NULL AS VARCHAR)", As::said, "", "外部查询的授权"},
    {"授权到期的", "CAST(NULL AS VARCHAR)", As::said, "", "外部查询的授权"},
    {"存款余额", "coalesce(d.balance, 0)", As::yuan, "deposits", "balances.csv"},
    {"贷款余额", "coalesce(g.balance, 0)", As::yuan, "loans", "loan_states.csv"}};

constexpr ColumnSql kAccount[] = {
    {"账号", "x.account_id", As::text, "", "accounts.csv"},
    {"客户号", "coalesce(x.customer_id, '')", As::text, "", "accounts.csv"},
    {"客户名称", "coalesce(c.name, '')", As::text, "", "customers.csv"},
    {"客户类型", "coalesce(c.kind, 'other')", As::text, "", "customers.csv"},
    {"机构", "coalesce(x.org_id, '')", As::text, "", "accounts.csv"},
    {"产品", "coalesce(x.product, '')", As::text, "", "accounts.csv"},
    {"种类", "coalesce(x.kind, 'basic')", As::text, "", "accounts.csv"},
    {"余额", "coalesce(b.balance, 0)", As::yuan, "balance", "balances.csv"},
    {"开户日期", "coalesce(x.opened_on, @began)", As::day, "", "accounts.csv"},
    {"到期日", "x.matures_on", As::day, "", "accounts.csv"},
    {"上次交易日期", "coalesce(t.booked_on, x.opened_on, @began)", As::day, "transaction", "transactions.csv"}};

constexpr ColumnSql kManager[] = {
    {"工号", "x.staff_id", As::text, "", "staff.csv"},
    {"姓名", "coalesce(x.name, '')", As::text, "", "staff.csv"},
    {"机构", "coalesce(x.org_id, '')", As::text, "", "staff.csv"},
    {"岗位", "coalesce(x.position, 'other')", As::text, "", "staff.csv"},
    {"入职日期", "coalesce(x.hired_on, @began)", As::day, "", "staff.csv"},
    {"离职日期", "x.left_on", As::day, "", "staff.csv"},
    {"出生日期", "x.born_on", As::day, "", "staff.csv"},
    {"从事信贷起", "x.credit_since", As::day, "", "staff.csv"},
    {"资格到期日", "CAST(NULL AS DATE)", As::mark, "", "资格登记的止日"},
    {"上次日志日期", "coalesce(x.hired_on, @began)", As::mark, "", "提交的工作日志"},
    {"计划到", "coalesce(x.hired_on, @began)", As::mark, "", "提交的工作计划"},
    {"最落后目标", "CAST(NULL AS VARCHAR)", As::said, "", "已确认的工作计划"},
    {"目标完成率", "CAST(NULL AS VARCHAR)", As::said, "", "已确认的工作计划"},
    {"时间进度", "CAST(NULL AS VARCHAR)", As::said, "", "营业日历"},
    {"目标止日", "CAST(NULL AS VARCHAR)", As::said, "", "已确认的工作计划"},
    {"上次统一培训日期", "coalesce(x.hired_on, @began)", As::mark, "", "培训的出勤"},
    {"上次培训考试日期", "coalesce(x.hired_on, @began)", As::mark, "", "交了卷的考试"},
    {"已训内容", "CAST(NULL AS DATE)", As::mark, "", "培训的出勤"},
    {"管户数", "coalesce(h.held, 0)", As::whole, "held", "assignments.csv"}};

constexpr ColumnSql kOrganisation[] = {{"机构", "x.org_id", As::text, "", "orgs.csv"},
                                       {"名称", "coalesce(x.name, '')", As::text, "", "orgs.csv"},
                                       {"上级机构", "x.parent_id", As::text, "", "orgs.csv"},
                                       {"种类", "coalesce(x.kind, 'outlet')", As::text, "", "orgs.csv"},
                                       {"设立日期", "coalesce(x.opened_on, @began)", As::day, "", "orgs.csv"},
                                       {"撤销日期", "x.closed_on", As::day, "", "orgs.csv"}};
// clang-format on

struct SubjectSql {
  std::string_view subject, table, key, columns, name, customer, org, where;
  std::span<const ColumnSql> all;
};
constexpr SubjectSql kSubjects[] = {
    {"loan", "f_loans", "loan_id",
     "loan, f.loan_id, f.customer_id, f.org_id, f.product, f.kind, f.guarantee, f.purpose, f.principal, f.rate,"
     " f.issued_on, f.due_on, f.extended_to, f.settled_on",
     "coalesce(c.name, x.loan_id)", "coalesce(x.customer_id, '')", "coalesce(x.org_id, '')", "", kLoan},
    {"customer", "f_customers", "customer_id",
     "customer_id, f.name, f.kind, f.is_farmer, f.org_id, f.area_code, f.industry_code, f.group_id, f.born_on,"
     " f.opened_on",
     "coalesce(x.name, x.customer_id)", "x.customer_id", "coalesce(x.org_id, '')", "", kCustomer},
    {"account", "f_accounts", "account_id",
     "account, f.account_id, f.customer_id, f.org_id, f.product, f.kind, f.opened_on, f.matures_on, f.closed_on",
     "coalesce(c.name, x.account_id)", "coalesce(x.customer_id, '')", "coalesce(x.org_id, '')",
     "(x.closed_on IS NULL OR x.closed_on > @day)", kAccount},
    {"manager", "f_staff", "staff_id",
     "staff_id, f.name, f.org_id, f.position, f.hired_on, f.left_on, f.born_on, f.credit_since",
     "coalesce(x.name, x.staff_id)", "''", "coalesce(x.org_id, '')",
     "x.position IN ('manager', 'trainee_manager') AND (x.left_on IS NULL OR x.left_on > @day)", kManager},
    {"organisation", "f_orgs", "org_id", "org_id, f.parent_id, f.name, f.kind, f.opened_on, f.closed_on",
     "coalesce(x.name, x.org_id)", "''", "x.org_id", "(x.closed_on IS NULL OR x.closed_on > @day)",
     kOrganisation}};

const SubjectSql* find_subject(std::string_view name) {
  for (const SubjectSql& one : kSubjects)
    if (one.subject == name) return &one;
  return nullptr;
}

const ColumnSql* find_column(const SubjectSql& subject, std::string_view name) {
  for (const ColumnSql& one : subject.all)
    if (one.name == name) return &one;
  return nullptr;
}

// The version of each thing in force on the day: of the dates imported up to it the latest.
std::string in_force(std::string_view table, std::string_view key, std::string_view columns) {
  const std::string k = "f." + std::string(key);
  return "(SELECT DISTINCT ON (" + k + ") f." + std::string(columns) + " FROM " + std::string(table) +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND i.business_date <= @day"
         " ORDER BY " +
         k + ", i.business_date DESC)";
}

// The latest state of each loan or account up to the day.
std::string latest(std::string_view table, std::string_view key, std::string_view columns) {
  const std::string k = "f." + std::string(key);
  return "(SELECT DISTINCT ON (" + k + ") f." + std::string(columns) + " FROM " + std::string(table) +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND i.business_date <= @day"
         " AND f.date <= @day ORDER BY " +
         k + ", f.date DESC, i.business_date DESC)";
}

// What the feed said up to the day, and what people of the bank recorded.
std::string holding() {
  return "(SELECT h.subject_kind, h.subject_id, h.staff_id, coalesce(h.role, 'main') AS role, h.share, "
         "h.valid_from,"
         " h.valid_to FROM " +
         attribution::holdings_sql("", "@day") + " h)";
}
const char* const kHeld = "q.share > 0 AND q.valid_from <= @day AND (q.valid_to IS NULL OR q.valid_to >= @day)";

std::string join_sql(std::string_view join) {
  if (join == "state")
    return " LEFT JOIN " +
           latest("f_loan_states", "loan",
                  "loan, f.class, f.off_balance, f.balance, f.overdue_principal, f.overdue_interest, "
                  "f.overdue_days") +
           " s ON s.loan = x.loan";
  if (join == "limit")
    return " LEFT JOIN (SELECT DISTINCT ON (f.loan_id) f.loan_id, f.expires_on FROM f_limitations f JOIN imports i"
           " ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND i.business_date <= @day"
           " ORDER BY f.loan_id, i.business_date DESC) l ON l.loan_id = x.loan_id";
  if (join == "notice")
    return " LEFT JOIN (SELECT f.loan_id, max(f.sent_on) AS sent_on FROM f_notices f JOIN imports i"
           " ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.kind = 'overdue' AND f.sent_on <= @day"
           " GROUP BY f.loan_id) n ON n.loan_id = x.loan_id";
  if (join == "balance")
    return " LEFT JOIN " + latest("f_balances", "account", "account, f.balance") + " b ON b.account = x.account";
  if (join == "transaction")
    return " LEFT JOIN (SELECT f.account_id, max(CAST(f.booked_at AS DATE)) AS booked_on FROM f_transactions f "
           "JOIN"
           " imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND i.business_date <= @day"
           " GROUP BY f.account_id) t ON t.account_id = x.account_id";
  if (join == "papers")
    return " LEFT JOIN (SELECT k.customer_id, k.kind || '|' || concat_ws('、',"
           " CASE WHEN coalesce(k.id_no, '') = '' THEN '证件号码' END,"
           " CASE WHEN coalesce(k.phone, '') = '' THEN '联系电话' END,"
           " CASE WHEN coalesce(k.address, '') = '' THEN '地址' END) AS lacks FROM " +
           in_force("f_customers", "customer_id", "customer_id, f.kind, f.id_no, f.phone, f.address") +
           " k) p ON p.customer_id = x.customer_id";
  if (join == "deposits")
    return " LEFT JOIN (SELECT a.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance FROM " +
           in_force("f_accounts", "account_id", "account, f.account_id, f.customer_id") + " a JOIN " +
           latest("f_balances", "account", "account, f.balance") +
           " b ON b.account = a.account GROUP BY a.customer_id) d ON d.customer_id = x.customer_id";
  if (join == "loans")
    return " LEFT JOIN (SELECT a.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance FROM " +
           in_force("f_loans", "loan_id", "loan, f.loan_id, f.customer_id") + " a JOIN " +
           latest("f_loan_states", "loan", "loan, f.balance") +
           " b ON b.loan = a.loan GROUP BY a.customer_id) g ON g.customer_id = x.customer_id";
  if (join == "held")
    return std::string(" LEFT JOIN (SELECT q.staff_id, count(DISTINCT q.subject_id) AS held FROM ") + holding() +
           " q WHERE q.subject_kind = 'customer' AND " + kHeld +
           " GROUP BY q.staff_id) h ON h.staff_id = x.staff_id";
  return "";
}

std::string put(std::string sql, std::string_view mark, Date day) {
  const std::string literal = "DATE '" + day.str() + "'";
  for (size_t at = sql.find(mark); at != sql.npos; at = sql.find(mark, at + literal.size()))
    sql.replace(at, mark.size(), literal);
  return sql;
}
std::string dated(std::string sql, Date day) { return put(std::move(sql), "@day", day); }

Type type_of(As as) {
  switch (as) {
    case As::text:
    case As::said: return Type::text;
    case As::yuan:
    case As::rate:
    case As::whole: return Type::int64;
    case As::flag: return Type::boolean;
    case As::day:
    case As::mark: return Type::date;
  }
  return Type::text;
}

std::string cast(const ColumnSql& column) {
  const std::string sql(column.sql);
  return column.as == As::whole ? "CAST(" + sql + " AS BIGINT)" : sql;
}

// Words that many rows share are one value.
class Words {
 public:
  Value of(std::string_view text) {
    if (text.size() > 24 || kept_.size() > 4096) return Value::string(std::string(text));
    auto [at, fresh] = kept_.try_emplace(std::string(text));
    if (fresh) at->second = Value::string(at->first);
    return at->second;
  }

 private:
  std::unordered_map<std::string, Value> kept_;
};

Value value_at(const warehouse::ColumnData& column, size_t row, As as, Words& words) {
  if (column.is_null(row)) return {};
  switch (as) {
    case As::text:
    case As::said: return words.of(column.text[row]);
    case As::yuan: return Decimal::fen(column.i64[row]);
    case As::rate: return Decimal::make(column.i64[row], -6).reduced();
    case As::whole: return Value(column.i64[row]);
    case As::flag: return Value(column.i8[row] != 0);
    case As::day:
    case As::mark: return Value::date(column.i32[row]);
  }
  return {};
}

std::string query_of(const SubjectSql& subject, const std::vector<const ColumnSql*>& chosen, const FactsAsk& ask) {
  std::string columns = "x." + std::string(subject.key) + ", " + std::string(subject.name) + ", " +
                        std::string(subject.customer) + ", " + std::string(subject.org);
  std::set<std::string_view> joins;
  for (const ColumnSql* column : chosen) columns += ", " + cast(*column), joins.insert(column->join);
  std::string sql = "SELECT " + columns + " FROM " + in_force(subject.table, subject.key, subject.columns) + " x";
  if (subject.subject == "loan" || subject.subject == "account")
    sql += " LEFT JOIN " + in_force("f_customers", "customer_id", "customer_id, f.name, f.kind, f.is_farmer") +
           " c ON c.customer_id = x.customer_id";
  for (std::string_view join : joins) sql += join_sql(join);
  if (!subject.where.empty()) sql += " WHERE " + std::string(subject.where);
  // A day that no extract tells is the day from which this list counts.
  return put(dated(std::move(sql), ask.day), "@began", ask.began);
}

}  // namespace

bool subject_known(std::string_view subject) { return find_subject(subject) != nullptr; }

bool is_mark(std::string_view column) {
  return column == "上次检查日期" || column == "上次催收日期" || column == "上次走访日期";
}

bool is_renewed(std::string_view column) { return column == "该再查日" || column == "授权到期日"; }

std::string_view source_of(std::string_view subject, std::string_view column) {
  const SubjectSql* found = find_subject(subject);
  const ColumnSql* one = found ? find_column(*found, column) : nullptr;
  return one ? one->from : std::string_view("还没有");
}

SubjectRows subject_rows(warehouse::Warehouse& db, store::Session& store, const FactsAsk& ask) {
  SubjectRows out;
  const auto& fields = policy::subject_columns(ask.subject);
  out.columns.resize(fields.size());
  const SubjectSql* subject = find_subject(ask.subject);
  if (!subject) return out;
  std::vector<const ColumnSql*> chosen;
  std::vector<size_t> place;
  std::optional<size_t> today;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!ask.columns.contains(fields[i].name)) continue;
    if (fields[i].name == "业务日期") today = i;
    if (const ColumnSql* column = find_column(*subject, fields[i].name))
      chosen.push_back(column), place.push_back(i);
  }
  std::vector<Type> types(4, Type::text);
  for (const ColumnSql* column : chosen) types.push_back(type_of(column->as));
  Words words;
  db.scan(query_of(*subject, chosen, ask), types, [&](const Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      out.id.emplace_back(c.columns[0].text[r]), out.name.emplace_back(c.columns[1].text[r]);
      out.customer.emplace_back(c.columns[2].text[r]), out.org.emplace_back(c.columns[3].text[r]);
    }
    for (size_t k = 0; k < chosen.size(); ++k)
      for (size_t r = 0; r < c.rows; ++r)
        out.columns[place[k]].push_back(value_at(c.columns[k + 4], r, chosen[k]->as, words));
    out.rows += c.rows;
  });
  for (size_t k = 0; k < chosen.size(); ++k)
    if (chosen[k]->as == As::mark) set_marks(out, store, ask, chosen[k]->name, out.columns[place[k]]);
    else if (ask.subject == "customer" && set_sent(store, chosen[k]->name, out.id, out.columns[place[k]]))
      continue;
    else if (chosen[k]->as == As::said) set_said(out, db, store, ask, chosen[k]->name, out.columns[place[k]]);
  if (today) out.columns[*today].assign(out.rows, Value::date(ask.day.days()));
  return out;
}

// ------------------------------------------------------------------------------------------- keepers

Keepers Keepers::load(warehouse::Warehouse& db, Date day) {
  Keepers out;
  const Type types[] = {Type::text, Type::text, Type::text, Type::text};
  const std::string sql = std::string("SELECT q.subject_kind, q.subject_id, q.staff_id, q.role FROM ") +
                          holding() + " q WHERE " + kHeld +
                          " ORDER BY q.subject_kind, q.subject_id, q.role DESC, q.share DESC, q.staff_id";
  db.scan(dated(sql, day), types, [&](const Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      Pair& pair = out.by_kind_[std::string(c.columns[0].text[r])][std::string(c.columns[1].text[r])];
      std::string staff(c.columns[2].text[r]);
      const bool main = c.columns[3].text[r] == "main";
      if (main && pair.main.empty()) pair.main = std::move(staff);
      else if (pair.assist.empty()) pair.assist = std::move(staff);
    }
  });
  auto through = [&](const char* kind, const char* table) {
    const std::string key = std::string(kind) + "_id";
    return std::string("SELECT a.customer_id, q.staff_id FROM ") + holding() + " q JOIN " +
           in_force(table, key, key + ", f.customer_id") + " a ON q.subject_id = a." + key +
           " WHERE q.subject_kind = '" + kind + "' AND q.role = 'main' AND a.customer_id IS NOT NULL AND " + kHeld;
  };
  const std::string most =
      "SELECT w.customer_id, w.staff_id FROM (SELECT u.customer_id, u.staff_id, count(*) AS n FROM (" +
      through("loan", "f_loans") + " UNION ALL " + through("account", "f_accounts") +
      ") u GROUP BY u.customer_id, u.staff_id) w ORDER BY w.customer_id, w.n DESC, w.staff_id";
  const Type two[] = {Type::text, Type::text};
  db.scan(dated(most, day), two, [&](const Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r)
      out.through_.try_emplace(std::string(c.columns[0].text[r]), c.columns[1].text[r]);
  });
  return out;
}

Keepers::Pair Keepers::of(const std::string& subject, const std::string& id, const std::string& customer) const {
  auto look = [&](const std::string& kind, const std::string& key) -> const Pair* {
    auto kinds = by_kind_.find(kind);
    if (kinds == by_kind_.end()) return nullptr;
    auto found = kinds->second.find(key);
    return found == kinds->second.end() ? nullptr : &found->second;
  };
  Pair out;
  if (const Pair* own = look(subject, id)) out = *own;
  if (const Pair* theirs = customer.empty() ? nullptr : look("customer", customer)) {
    if (out.main.empty()) out.main = theirs->main;
    if (out.assist.empty()) out.assist = theirs->assist;
  }
  if (out.main.empty())
    if (auto found = through_.find(customer); found != through_.end()) out.main = found->second;
  return out;
}

}  // namespace guanhu::workbench
