#include "workbench/plan_counts.h"

#include <algorithm>
#include <array>
#include <set>

#include "attribution/recorded.h"
#include "records/records.h"
#include "workbench/todo.h"
#include "workbench/work_rules.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;

namespace {

constexpr std::array kCounters = {Counter{"visits", "走访", "次"},
                                  Counter{"collections", "催收", "次"},
                                  Counter{"todos", "办完的待办", "件"},
                                  Counter{"leads", "登记的线索", "条"},
                                  Counter{"logs", "提交的日志", "篇"},
                                  Counter{"new_customers", "新开户的客户", "户", true},
                                  Counter{"loans", "发放的贷款", "笔", true},
                                  Counter{"loan_amount", "发放的贷款金额", "元", true}};

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string in_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& one : texts) out += (out.empty() ? "" : ", ") + quoted(one);
  return "(" + out + ")";
}

// To-dos that somebody finished, and what the duty behind them says it was.
std::vector<Counted> todos_done(store::Session& session, const CountAsk& ask) {
  std::vector<Counted> out;
  std::string sql = std::string("SELECT ") + kTodoColumns +
                    " FROM todos t LEFT JOIN todo_rules r ON r.rule_id = t.rule_id WHERE t.state = 'done' AND"
                    " t.assignee IN " +
                    in_list(ask.people);
  for (const auto& row : session.query(sql)) {
    const Todo todo = read_todo(row);
    auto has = [&](std::initializer_list<const char*> marks) {
      return todo.rule && std::any_of(marks.begin(), marks.end(), [&](const char* mark) {
               return std::find(todo.rule->marks.begin(), todo.rule->marks.end(), mark) != todo.rule->marks.end();
             });
    };
    if (ask.counter == "visits" && !has({"上次走访日期", "上次检查日期"})) continue;
    if (ask.counter == "collections" && !has({"上次催收日期"})) continue;
    auto at = base::Instant::parse(todo.changed_at);
    if (!at) continue;
    const Date day = std::min(bank_day_of(*at), ask.today);
    if (day < ask.first || day > ask.last) continue;
    out.push_back({"todo " + std::to_string(todo.id), todo.title, todo.customer,
                   "/todos/" + std::to_string(todo.id), day, todo.assignee, std::nullopt});
  }
  return out;
}

std::vector<Counted> written(store::Session& session, const CountAsk& ask, const char* kind, const char* page) {
  records::Filter filter;
  filter.kinds = {kind}, filter.owners = ask.people, filter.from = ask.first, filter.to = ask.last;
  filter.limit = 20'000;
  static const std::set<std::string> kNotYet = {"draft", "planned", "prepared", "cancelled"};
  std::vector<Counted> out;
  for (const auto& one : records::list(session, filter))
    if (!kNotYet.contains(one.state) && one.day)
      out.push_back({std::string(kind) + " " + std::to_string(one.id), one.title, one.customer,
                     page + (std::string(kind) == "work_log" ? one.day->str() + "?staff=" + one.owner
                                                             : std::to_string(one.id)),
                     *one.day, one.owner, std::nullopt});
  return out;
}

std::string in_force(const std::string& table, const std::string& key, const std::string& columns) {
  return "(SELECT DISTINCT ON (f." + key + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL ORDER BY f." + key +
         ", i.business_date DESC)";
}

std::vector<Counted> from_facts(warehouse::Warehouse& db, const CountAsk& ask) {
  const bool loans = ask.counter != "new_customers";
  const std::string first = "DATE '" + ask.first.str() + "'", last = "DATE '" + ask.last.str() + "'";
  // Whose it is at the end of the span: by the loan's own assignment, else its customer's.
  const std::string held =
      "(SELECT DISTINCT a.subject_kind, a.subject_id, a.staff_id FROM " +
      attribution::holdings_sql("f.staff_id IN " + in_list(ask.people)) +
      " a WHERE coalesce(a.role, 'main') = 'main' AND a.share > 0 AND a.valid_from <= " + last +
      " AND (a.valid_to IS NULL OR a.valid_to >= " + last + "))";
  const std::string things =
      loans ? in_force("f_loans", "loan_id",
                       "f.loan_id AS id, f.customer_id, f.issued_on AS day, f.principal AS amount")
            : in_force("f_customers", "customer_id",
                       "f.customer_id AS id, f.customer_id, f.opened_on AS day, CAST(0 AS BIGINT) AS amount");
  const std::string sql =
      "SELECT x.id, coalesce(x.customer_id, ''), coalesce(c.name, x.id), x.day, coalesce(x.amount, 0),"
      " min(h.staff_id) FROM " +
      things + " x JOIN " + held + " h ON (h.subject_kind = 'customer' AND h.subject_id = x.customer_id)" +
      (loans ? " OR (h.subject_kind = 'loan' AND h.subject_id = x.id)" : "") + " LEFT JOIN " +
      in_force("f_customers", "customer_id", "f.customer_id, f.name") +
      " c ON c.customer_id = x.customer_id WHERE x.day BETWEEN " + first + " AND " + last +
      " GROUP BY x.id, x.customer_id, c.name, x.day, x.amount ORDER BY x.day, x.id";
  std::vector<Counted> out;
  using warehouse::Type;
  const Type types[] = {Type::text, Type::text, Type::text, Type::date, Type::int64, Type::text};
  db.scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      const std::string customer(c.columns[1].text[i]);
      out.push_back({std::string(c.columns[0].text[i]), std::string(c.columns[2].text[i]), customer,
                     "/customers/" + customer, Date(c.columns[3].i32[i]), std::string(c.columns[5].text[i]),
                     loans ? std::optional(Decimal::fen(c.columns[4].i64[i])) : std::nullopt});
    }
  });
  if (ask.counter == "loans")
    for (Counted& one : out) one.amount.reset();
  return out;
}

}  // namespace

std::span<const Counter> counters() { return kCounters; }

const Counter* counter(std::string_view name) {
  for (const Counter& one : kCounters)
    if (one.name == name) return &one;
  return nullptr;
}

std::vector<Counted> counted(store::Session& session, warehouse::Warehouse& db, const CountAsk& ask) {
  std::vector<Counted> out;
  const Counter* what = counter(ask.counter);
  if (!what || ask.people.empty()) return out;
  if (what->from_facts) {
    out = from_facts(db, ask);
  } else if (ask.counter == "leads") {
    out = written(session, ask, "lead", "/leads/");
  } else if (ask.counter == "logs") {
    out = written(session, ask, "work_log", "/logs/");
  } else {
    out = todos_done(session, ask);
    if (ask.counter == "visits")
      for (auto& one : written(session, ask, "visit", "/visits/")) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Counted& a, const Counted& b) { return a.day < b.day; });
  return out;
}

Decimal sum_of(std::span<const Counted> of) {
  Decimal out(0);
  for (const Counted& one : of) out = Decimal::add(out, one.amount.value_or(Decimal(1))).value();
  return out;
}

}  // namespace guanhu::workbench
