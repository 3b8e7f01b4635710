#include "measures/fact_sql.h"

#include "base/error.h"

namespace guanhu::measures {

namespace {
using policy::Fact;

bool is_loan(Fact fact) {
  return fact == Fact::loan_balance || fact == Fact::overdue_principal || fact == Fact::overdue_interest;
}
bool is_issued(Fact fact) { return fact == Fact::loan_issue || fact == Fact::loan; }
bool is_account(Fact fact) { return fact == Fact::deposit_balance || fact == Fact::account; }
bool is_state(std::string_view feed) { return feed == "class" || feed == "off_balance" || feed == "balance"; }
bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  for (std::string_view n : names)
    if (n == name) return true;
  return false;
}

std::string overlap(const std::string& a, const std::string& b) {
  return a + ".v_from <= " + b + ".v_to AND " + a + ".v_to >= " + b + ".v_from";
}
std::string in_force(const std::string& version) {
  return "e.on_day BETWEEN " + version + ".v_from AND " + version + ".v_to";
}
}  // namespace

std::string quote(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

std::string sql_list(const std::vector<uint32_t>& numbers) {
  std::string out;
  for (uint32_t n : numbers) out += (out.empty() ? "" : ", ") + std::to_string(n);
  return out.empty() ? "NULL" : out;
}

std::string sql_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& t : texts) out += (out.empty() ? "" : ", ") + quote(t);
  return out.empty() ? "NULL" : out;
}

// Two columns added up row by row: the sum is rounded once, not each.
std::string FactSql::amount(std::string_view feed) {
  if (feed == "principal_interest") return "(COALESCE(e.principal, 0) + COALESCE(e.interest, 0))";
  if (feed == "interest_penalty") return "(COALESCE(e.interest, 0) + COALESCE(e.penalty, 0))";
  return "e." + std::string(feed);
}

std::optional<std::string> FactSql::column(std::string_view feed) {
  std::string name(feed);
  if (fact_ == Fact::customer) return "cv." + name;
  if (among(feed, {"customer_kind", "is_farmer"})) {
    customers_ = true;
    accounts_ |= fact_ == Fact::transaction;
    loans_ |= fact_ == Fact::repayment || is_issued(fact_);
    return feed == "customer_kind" ? "cv.kind" : "cv.is_farmer";
  }
  if (is_account(fact_)) return "av." + name;
  if (fact_ == Fact::repayment && among(feed, {"class_before", "off_balance_before"})) {
    states_ = before_ = true;
    return feed == "class_before" ? "sb.class" : "sb.off_balance";
  }
  if (is_issued(fact_))
    if (auto derived = derived_column(feed)) return derived;
  if (is_loan(fact_) || fact_ == Fact::repayment || is_issued(fact_)) {
    if (fact_ == Fact::repayment &&
        among(feed, {"means", "principal", "interest", "penalty", "principal_interest", "interest_penalty"}))
      return amount(feed);
    if (fact_ == Fact::repayment && feed == "date") return "e.on_day";
    (is_state(feed) ? states_ : loans_) = true;
    return (is_state(feed) ? "sv." : "lv.") + name;
  }
  if (fact_ == Fact::sale) return feed == "date" ? "e.on_day" : "e." + name;
  if (fact_ == Fact::transaction) {
    if (feed == "date") return "e.on_day";
    if (among(feed, {"account_id", "kind", "counter_account", "amount"})) return "e." + name;
    accounts_ = true;
    return feed == "account_kind" ? "av.kind" : "av." + name;
  }
  return std::nullopt;
}

// What is worked out of a loan for the period; nothing: it is no such column.
std::optional<std::string> FactSql::derived_column(std::string_view feed) {
  if (feed == "period_first") return "e.period_first";
  if (feed == "period_last") return "e.period_last";
  if (feed == "last_due_on") {
    loans_ = true;
    return "COALESCE(lv.extended_to, lv.due_on)";
  }
  if (feed == "most_overdue_days") {
    states_ = overdue_ = true;
    return "od.most_days";
  }
  if (among(feed, {"maturity_notice_on", "overdue_notice_on"})) {
    notices_ = true;
    return "nt." + std::string(feed);
  }
  if (feed != "limitation_on") return std::nullopt;
  limitations_ = true;
  return "lt.expires_on";
}

// The latest row of each key, and what they say of each loan up to `last`.
std::string FactSql::about_loans(base::Date first, base::Date last) const {
  std::string out;
  if (overdue_)
    out += ", od AS (SELECT sv.loan, MAX(sv.overdue_days) AS most_days FROM sv WHERE sv.v_from <= " +
           attribution::date_sql(last) + " AND sv.v_to >= " + attribution::date_sql(first) + " GROUP BY sv.loan)";
  if (notices_)
    out +=
        ", nw AS (SELECT DISTINCT ON (f.notice_id) f.* FROM f_notices f JOIN active i ON i.import_id = "
        "f.import_id ORDER BY f.notice_id, i.business_date DESC, f.import_id DESC), nt AS (SELECT nw.loan_id, "
        "MAX(CASE WHEN nw.kind = 'maturity' THEN nw.sent_on END) AS maturity_notice_on, "
        "MAX(CASE WHEN nw.kind = 'overdue' THEN nw.sent_on END) AS overdue_notice_on FROM nw WHERE nw.sent_on "
        "<= " +
        attribution::date_sql(last) + " GROUP BY nw.loan_id)";
  if (limitations_)
    out +=
        ", lt AS (SELECT DISTINCT ON (f.loan_id) f.loan_id, f.expires_on FROM f_limitations f JOIN active i ON "
        "i.import_id = f.import_id ORDER BY f.loan_id, i.business_date DESC, f.import_id DESC)";
  return out;
}

std::string FactSql::versions(const std::string& name, const std::string& table, const std::string& key) const {
  return name +
         " AS (SELECT f.*, CASE WHEN ROW_NUMBER() OVER w = 1 THEN DATE '0001-01-01' ELSE i.business_date END AS "
         "v_from, "
         "COALESCE(LEAD(i.business_date) OVER w - 1, DATE '9999-12-31') AS v_to FROM " +
         table + " f JOIN active i ON i.import_id = f.import_id WINDOW w AS (PARTITION BY f." + key +
         " ORDER BY i.business_date, f.import_id))";
}

std::string FactSql::states() const {
  return "sw AS (SELECT DISTINCT ON (f.loan, f.date) f.* FROM f_loan_states f JOIN active i ON i.import_id = "
         "f.import_id ORDER BY f.loan, f.date, i.business_date DESC, f.import_id DESC), sv AS (SELECT sw.*, "
         "sw.date AS "
         "v_from, COALESCE(LEAD(sw.date) OVER (PARTITION BY sw.loan ORDER BY sw.date) - 1, DATE '9999-12-31') AS "
         "v_to "
         "FROM sw)";
}

std::string FactSql::with(const std::string& more) const {
  std::string out = "WITH active AS " + known_.active_sql();
  if (is_account(fact_) || accounts_) out += ", " + versions("av", "f_accounts", "account");
  if (is_loan(fact_) || loans_) out += ", " + versions("lv", "f_loans", "loan");
  if (fact_ == Fact::customer || customers_) out += ", " + versions("cv", "f_customers", "customer_id");
  if (states_) out += ", " + states();
  return out + (more.empty() ? "" : ", " + more) + " ";
}

std::string FactSql::stretches(const std::string& condition) const {
  std::string base = is_account(fact_) ? "av" : fact_ == Fact::customer ? "cv" : "lv";
  std::string subject = is_account(fact_) ? "av.account" : fact_ == Fact::customer ? "cv.customer_id" : "lv.loan";
  std::string from = base + ".v_from", to = base + ".v_to", joins,
              where = condition.empty() ? "TRUE" : "(" + condition + ")";
  auto narrow = [&](const std::string& table) {
    from = "GREATEST(" + from + ", " + table + ".v_from)";
    to = "LEAST(" + to + ", " + table + ".v_to)";
  };
  if (states_) {
    joins += " JOIN sv ON sv.loan = lv.loan AND " + overlap("sv", "lv");
    narrow("sv");
  }
  if (customers_ && fact_ != Fact::customer) {
    joins += " LEFT JOIN cv ON cv.customer_id = " + base + ".customer_id AND " + overlap("cv", base);
    narrow("cv");
    if (states_) where += " AND (cv.v_from IS NULL OR (" + overlap("cv", "sv") + "))";
  }
  return with("") + "SELECT " + subject + ", " + from + ", " + to + " FROM " + base + joins + " WHERE " + where +
         " ORDER BY 1, 2";
}

std::string FactSql::event_table() const {
  switch (fact_) {
    case Fact::repayment: return "repayments";
    case Fact::sale: return "sales";
    case Fact::transaction: return "transactions";
    case Fact::loan_issue:
    case Fact::loan: return "loans";
    default: throw base::Broken("not a fact of events");
  }
}

std::string FactSql::event_key() const {
  switch (fact_) {
    case Fact::repayment: return "repayment_id";
    case Fact::sale: return "sale_id";
    case Fact::loan_issue:
    case Fact::loan: return "loan_id";
    default: return "txn_id";
  }
}

// Events of these days, each as the latest business date has it. Equal keys are found by hashing: an
// inequality in the join would cost a comparison of everything with everything.
std::string FactSql::winners(base::Date first, base::Date last, const EventFilter& only) const {
  std::string table = "f_" + event_table(), key = event_key();
  std::string day = fact_ == Fact::transaction ? "CAST(f.booked_at AS DATE)"
                    : is_issued(fact_)         ? "f.issued_on"
                                               : "f.date";
  const bool stock = fact_ == Fact::loan;
  const std::string from = stock ? "DATE '0001-01-01'" : attribution::date_sql(first);
  std::string counted = stock ? attribution::date_sql(last) : day;
  if (is_issued(fact_))
    counted += " AS on_day, " + attribution::date_sql(first) + " AS period_first, " + attribution::date_sql(last) +
               " AS period_last";
  else counted += " AS on_day";
  return "e0 AS (SELECT f.*, " + counted + ", i.business_date AS b_date FROM " + table +
         " f JOIN active i ON i.import_id = f.import_id WHERE " + day + " BETWEEN " + from + " AND " +
         attribution::date_sql(last) + narrowed(only) + "), latest AS (SELECT g." + key +
         ", MAX(j.business_date) AS b_date FROM " + table +
         " g JOIN active j ON j.import_id = g.import_id WHERE g." + key + " IN (SELECT " + key +
         " FROM e0) GROUP BY g." + key + "), e AS (SELECT e0.* FROM e0 JOIN latest l ON l." + key + " = e0." +
         key + " AND l.b_date = e0.b_date)";
}

// Rows that a later one moves elsewhere still fall out by "latest", which looks at all of an event's rows.
std::string FactSql::narrowed(const EventFilter& only) const {
  if (only.id) return " AND f." + event_key() + " = " + quote(*only.id);
  if (!only.subjects) return "";
  if (fact_ == Fact::repayment || is_issued(fact_)) return " AND f.loan IN (" + sql_list(*only.subjects) + ")";
  return " AND f.account_id IN (SELECT n.account_id FROM account_keys n WHERE n.account IN (" +
         sql_list(*only.subjects) + "))";
}

std::string FactSql::event_joins() const {
  std::string out;
  if (fact_ != Fact::repayment && !is_issued(fact_))
    out += " LEFT JOIN account_keys k ON k.account_id = e.account_id";
  if (accounts_) out += " LEFT JOIN av ON av.account = k.account AND " + in_force("av");
  if (loans_) out += " LEFT JOIN lv ON lv.loan = e.loan AND " + in_force("lv");
  if (states_) out += " LEFT JOIN sv ON sv.loan = e.loan AND " + in_force("sv");
  if (before_) out += " LEFT JOIN sv sb ON sb.loan = e.loan AND e.on_day - 1 BETWEEN sb.v_from AND sb.v_to";
  if (overdue_) out += " LEFT JOIN od ON od.loan = e.loan";
  if (notices_) out += " LEFT JOIN nt ON nt.loan_id = e.loan_id";
  if (limitations_) out += " LEFT JOIN lt ON lt.loan_id = e.loan_id";
  std::string owner = fact_ == Fact::sale ? "e" : fact_ == Fact::transaction ? "av" : "lv";
  if (customers_) out += " LEFT JOIN cv ON cv.customer_id = " + owner + ".customer_id AND " + in_force("cv");
  return out;
}

std::string FactSql::events(const std::string& condition, base::Date first, base::Date last,
                            const std::vector<std::string>& amounts, bool ids, const EventFilter& only) const {
  bool sale = fact_ == Fact::sale;
  std::string wanted;
  for (const std::string& amount : amounts) wanted += ", " + amount;
  const bool by_loan = fact_ == Fact::repayment || is_issued(fact_);
  return with(winners(first, last, only) + about_loans(first, last)) + "SELECT " +
         (by_loan ? "e.loan" : "k.account") + ", " +
         (sale ? "e.customer_id, e.staff_id" : "CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)") + ", e.on_day, " +
         "e.import_id, e.line, " + (ids ? "e." + event_key() : "CAST(NULL AS VARCHAR)") + wanted + " FROM e" +
         event_joins() + (condition.empty() ? "" : " WHERE (" + condition + ")");
}

}  // namespace guanhu::measures
