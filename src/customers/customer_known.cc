#include "customers/customer_known.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/money.h"
#include "customers/signal.h"

namespace guanhu::customers {

using base::Date;
using base::Fen;
using base::Json;
using base::JsonArray;

namespace {

int64_t number(const std::optional<std::string>& text) {
  int64_t out = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}
std::optional<Date> day(const std::optional<std::string>& text) {
  return text ? Date::parse(*text) : std::nullopt;
}
std::string varchar(const char* column) { return std::string("CAST(") + column + " AS VARCHAR)"; }
Json yuan(Fen fen) { return base::Decimal::fen(fen); }

struct LoanNow {
  std::string org;
  Date issued;
  std::optional<Date> settled, due;
  Fen balance = 0, overdue_principal = 0, overdue_interest = 0;
  int64_t overdue_days = 0;
  std::string grade;
};
struct Gathered {
  std::string id, name, kind, industry;
  bool farmer = false;
  std::optional<Date> born, opened;
  Fen deposits = 0;
  base::Int128 fen_days = 0;  // of the three months
  std::vector<LoanNow> loans;
  bool guarantees = false, listed = false;
  std::optional<std::string> category;
  Json conditions;  // 支持类条件 of the last confirmed category
  std::string access, access_on;
};

const char* grade_word(const std::string& grade) {
  return grade == "special_mention" ? "关注"
         : grade == "substandard"   ? "次级"
         : grade == "doubtful"      ? "可疑"
         : grade == "loss"          ? "损失"
                                    : "正常";
}
int grade_rank(const std::string& grade) {
  return grade == "special_mention" ? 1
         : grade == "substandard"   ? 2
         : grade == "doubtful"      ? 3
         : grade == "loss"          ? 4
                                    : 0;
}

class Gather {
 public:
  Gather(store::Session& session, warehouse::Warehouse& db, const Merges& merges, const KnownOn& on)
      : session_(session), db_(db), merges_(merges), on_(on) {}

  KnownOf known(const std::vector<std::string>& customers) {
    for (const auto& one : customers) {
      const std::string& id = merges_.canonical(one);
      if (!all_.emplace(id, Gathered{.id = id}).second) continue;
      for (auto& member : merges_.members(id)) ids_.push_back(std::move(member));
    }
    if (ids_.empty()) return {};
    in_ = among(ids_);
    describe();
    deposits();
    loans();
    guarantees();
    written();
    KnownOf out;
    for (const auto& [id, g] : all_)
      if (!g.kind.empty()) out.emplace(id, put(g));
    return out;
  }

 private:
  Gathered* of(const std::optional<std::string>& customer) {
    auto at = all_.find(merges_.canonical(customer.value_or("")));
    return at == all_.end() ? nullptr : &at->second;
  }

  void describe() {
    for (const auto& r : text_rows(
             db_,
             "SELECT c.customer_id, c.name, c.kind, coalesce(c.industry_code, ''), " + varchar("c.is_farmer") +
                 ", " + varchar("c.born_on") + ", " + varchar("c.opened_on") + " FROM " +
                 counting_rows("f_customers", "f.customer_id",
                               "f.customer_id, f.name, f.kind, f.industry_code, f.is_farmer, "
                               "f.born_on, f.opened_on",
                               "f.customer_id " + in_) +
                 " c",
             7)) {
      Gathered* g = of(r[0]);
      if (!g) continue;
      const auto opened = day(r[6]);
      if (opened && (!g->opened || *opened < *g->opened)) g->opened = opened;
      if (r[0] != g->id) continue;
      g->name = r[1].value_or(""), g->kind = r[2].value_or("other"), g->industry = r[3].value_or("");
      g->farmer = r[4] == "true", g->born = day(r[5]);
    }
  }

  std::string subjects(bool loans, const std::string& columns) const {
    const std::string key = loans ? "f.loan_id" : "f.account_id", table = loans ? "f_loans" : "f_accounts";
    return "(SELECT * FROM " +
           counting_rows(table, key, key + ", f.customer_id, " + columns,
                         key.substr(2) + " IN (SELECT x." + key.substr(2) + " FROM " + table +
                             " x WHERE x.customer_id " + in_ + ")") +
           " w WHERE w.customer_id " + in_ + ")";
  }

  // Balances by change points: each holds until the next.
  void deposits() {
    const Date first = on_.business.add_months(-3) + 1, last = on_.business;
    const std::string sql =
        "SELECT a.customer_id, a.account_id, " + varchar("b.date") + ", " + varchar("b.balance") + " FROM " +
        subjects(false, "f.account") + " a JOIN " +
        counting_rows("f_balances", "f.account, f.date", "f.account, f.date, f.balance",
                      "f.date <= DATE '" + last.str() + "' AND f.account IN (SELECT q.account FROM " +
                          subjects(false, "f.account") + " q)") +
        " b ON b.account = a.account ORDER BY 2, b.date";
    auto rows = text_rows(db_, sql, 4);
    for (size_t i = 0; i < rows.size(); ++i) {
      Gathered* g = of(rows[i][0]);
      const auto from = day(rows[i][2]);
      if (!g || !from) continue;
      const bool latest = i + 1 == rows.size() || rows[i + 1][1] != rows[i][1];
      const Date until = latest ? last : std::min(last, *day(rows[i + 1][2]) - 1);
      const Fen balance = number(rows[i][3]);
      if (latest) g->deposits += balance;
      const int32_t days = until - std::max(*from, first) + 1;
      if (days > 0) g->fen_days += static_cast<base::Int128>(balance) * days;
    }
  }

  void loans() {
    const std::string state = counting_rows(
        "f_loan_states", "f.loan, f.date",
        "f.loan, f.date, f.balance, f.overdue_principal, f.overdue_interest, f.overdue_days, f.class",
        "f.date <= DATE '" + on_.business.str() + "' AND f.loan IN (SELECT q.loan FROM " +
            subjects(true, "f.loan") + " q)");
    const std::string sql =
        "SELECT DISTINCT ON (l.loan_id) l.customer_id, l.org_id, " + varchar("l.issued_on") + ", " +
        varchar("l.settled_on") + ", " + varchar("coalesce(l.extended_to, l.due_on)") + ", " +
        varchar("s.balance") + ", " + varchar("s.overdue_principal") + ", " + varchar("s.overdue_interest") +
        ", " + varchar("s.overdue_days") + ", s.class FROM " +
        subjects(true, "f.loan, f.org_id, f.issued_on, f.settled_on, f.due_on, f.extended_to") + " l LEFT JOIN " +
        state + " s ON s.loan = l.loan WHERE l.issued_on <= DATE '" + on_.business.str() +
        "' ORDER BY l.loan_id, s.date DESC";
    for (const auto& r : text_rows(db_, sql, 10))
      if (Gathered* g = of(r[0]))
        g->loans.push_back({r[1].value_or(""), day(r[2]).value_or(Date()), day(r[3]), day(r[4]), number(r[5]),
                            number(r[6]), number(r[7]), number(r[8]), r[9].value_or("normal")});
  }

  void guarantees() {
    const std::string today = "DATE '" + on_.business.str() + "'";
    for (const auto& r : text_rows(
             db_,
             "SELECT DISTINCT q.related_id FROM " +
                 counting_rows("f_relations", "f.customer_id, f.related_id, f.kind, f.valid_from",
                               "f.related_id, f.valid_from, f.valid_to",
                               "f.kind = 'guarantor' AND f.related_id " + in_) +
                 " q WHERE q.valid_from <= " + today + " AND (q.valid_to IS NULL OR q.valid_to >= " + today + ")",
             1))
      if (Gathered* g = of(r[0])) g->guarantees = true;
  }

  // The list of bad credit, the category that holds, the last case of first access.
  void written() {
    std::set<std::string> numbers;
    for (const auto& row :
         session_.query("SELECT customer, number FROM customer_bad_credit WHERE state <> 'removed'")) {
      if (Gathered* g = of(row.text(0))) g->listed = true;
      if (!row.text(1).empty()) numbers.insert(row.text(1));
    }
    if (!numbers.empty())
      for (const auto& r : text_rows(db_,
                                     "SELECT c.customer_id FROM " +
                                         counting_rows("f_customers", "f.customer_id", "f.customer_id, f.id_no",
                                                       "f.customer_id " + in_) +
                                         " c WHERE c.id_no " + among({numbers.begin(), numbers.end()}),
                                     1))
        if (Gathered* g = of(r[0])) g->listed = true;
    for (auto& [id, g] : all_) {
      for (const auto& row : session_.query(
               "SELECT c.category, r.body FROM customer_categories c JOIN records r ON r.record_id = c.record_id"
               " WHERE c.customer = ? AND c.scheme = 'loan' AND c.state = 'confirmed' AND c.from_day <= ?"
               " ORDER BY c.from_day DESC, c.record_id DESC LIMIT 1",
               {id, on_.today.str()})) {
        g.category = row.text(0);
        auto body = Json::parse(row.text(1));
        const Json* given = body.ok() ? body->find("given") : nullptr;
        if (const Json* ticked = given ? given->find("支持类条件") : nullptr) g.conditions = *ticked;
      }
      for (const auto& row : session_.query(
               "SELECT state, until_day FROM records WHERE kind = 'first_access' AND customer = ? AND removed = 0"
               " AND state <> 'not_needed' ORDER BY record_id DESC LIMIT 1",
               {id}))
        g.access = row.text(0), g.access_on = row.maybe_text(1).value_or("");
    }
  }

  std::vector<Known> put(const Gathered& g) const {
    std::vector<Known> out;
    const std::string card = "客户档案", books = on_.business.str() + " 的账户",
                      notes = on_.business.str() + " 的借据";
    auto add = [&](const char* name, Json value, const std::string& from) {
      out.push_back({name, std::move(value), from});
    };
    add("客户号", g.id, card), add("客户名称", g.name, card), add("客户类型", g.kind, card);
    if (g.kind == "person" || g.kind == "company") add("客户性质", g.kind == "person" ? "自然人" : "企业", card);
    add("是否农户", g.farmer, card);
    if (!g.industry.empty()) add("所属行业", g.industry, card);
    if (g.born) add("出生日期", g.born->str(), card);
    if (g.opened) add("建档日期", g.opened->str(), card);
    const int32_t days = on_.business - on_.business.add_months(-3);
    add("存款余额", yuan(g.deposits), books);
    add("近三月存款日均", yuan(static_cast<Fen>(base::divide_half_up(g.fen_days, days))), books);
    put_loans(g, notes, add);
    add("不良信用名单命中", g.listed, "不良信用名单");
    if (g.category) add("客户分类", *g.category, "客户分类的记录");
    if (!g.conditions.is_null()) add("支持类条件", g.conditions, "客户分类的记录");
    const char* state = g.access == "reviewing"  ? "审查中"
                        : g.access == "deciding" ? "审批中"
                        : g.access == "approved" ? "已批准"
                        : g.access == "rejected" ? "已否决"
                                                 : "未申请";
    add("准入状态", state, "首次准入的记录");
    if (g.access == "approved" && !g.access_on.empty()) add("准入批准日期", g.access_on, "首次准入的记录");
    add("申请日期", on_.today.str(), "今天"), add("业务日期", on_.business.str(), "今天");
    if (!on_.org.empty()) add("申请机构", on_.org, "提出的人所在的机构");
    return out;
  }

  template <class Add>
  void put_loans(const Gathered& g, const std::string& from, Add add) const {
    Fen balance = 0, principal = 0, interest = 0, bad = 0;
    int64_t late = 0;
    bool owes_bad = false;
    const LoanNow *worst = nullptr, *first = nullptr, *open = nullptr;
    std::optional<Date> over;
    // INT-301: what the approvals of the credit system say counts before what loans let one guess.
    const Approvals approvals = approvals_of(session_, merges_.members(g.id), on_.today);
    const bool had = !g.loans.empty() || approvals.any;
    for (const auto& l : g.loans) {
      balance += l.balance, principal += l.overdue_principal, interest += l.overdue_interest;
      late = std::max(late, l.overdue_days);
      if (grade_rank(l.grade) >= 2 && l.balance > 0) bad += l.balance, owes_bad = true;
      if (l.balance > 0 && (!worst || grade_rank(l.grade) > grade_rank(worst->grade))) worst = &l;
      if (!first || l.issued < first->issued) first = &l;
      if (!l.settled && l.balance > 0 && (!open || l.issued > open->issued)) open = &l;
      const auto ended = l.settled ? l.settled : l.due;
      if (ended && (!over || *ended > *over)) over = ended;
    }
    add("贷款余额", yuan(balance), from), add("逾期本金", yuan(principal), from);
    add("逾期利息", yuan(interest), from), add("逾期天数", late, from), add("不良贷款余额", yuan(bad), from);
    if (worst) add("最差五级分类", grade_word(worst->grade), from);
    add("挂息", interest > 0, from), add("拖欠不良本息", owes_bad, from);
    const std::string sent = "信贷系统送来的批复";
    add("曾有信贷关系", had, approvals.any ? sent : from), add("首次授信", !had, approvals.any ? sent : from);
    add("仅作担保", !had && g.guarantees, "担保关系");
    if (approvals.any && approvals.lapsed) add("批复全部失效日期", approvals.lapsed->str(), sent);
    else if (!approvals.any && !g.loans.empty() && !open && over) add("批复全部失效日期", over->str(), from);
    if (open) add("现有关系机构", org_name(open->org), from);
    else if (!approvals.now.empty()) add("现有关系机构", org_name(approvals.now), sent);
    if (first && (!approvals.begun || first->issued <= *approvals.begun))
      add("最早信贷机构", org_name(first->org), from);
    else if (approvals.begun) add("最早信贷机构", org_name(approvals.first), sent);
  }
  std::string org_name(const std::string& org) const { return on_.org_name ? on_.org_name(org) : org; }

  store::Session& session_;
  warehouse::Warehouse& db_;
  const Merges& merges_;
  const KnownOn& on_;
  std::map<std::string, Gathered> all_;
  std::vector<std::string> ids_;
  std::string in_;
};

}  // namespace

KnownOf known_of(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                 const std::vector<std::string>& customers, const KnownOn& on) {
  return Gather(session, db, merges, on).known(customers);
}

const Json* known_value(const std::vector<Known>& known, const std::string& name) {
  auto at = std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.name == name; });
  return at == known.end() ? nullptr : &at->value;
}

}  // namespace guanhu::customers
