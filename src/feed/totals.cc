#include "feed/totals.h"

#include <algorithm>
#include <set>

#include "feed/history.h"
#include "feed/schema.h"
#include "feed/texts.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::Type;
using warehouse::Value;
using warehouse::Warehouse;

namespace {

bool is_flow(const std::string& subject) { return subject == "interest_received" || subject == "fee_income"; }
Numbered kind_of(const std::string& subject) { return subject == "deposits" ? Numbered::account : Numbered::loan; }

TotalState state_of(std::string_view name) {
  for (TotalState s : {TotalState::ok, TotalState::waiting, TotalState::broken})
    if (name_of(s) == name) return s;
  throw base::Broken("control_totals holds the unknown state " + std::string(name));
}

base::Fen to_fen(__int128 sum) {
  if (sum > INT64_MAX || sum < INT64_MIN) throw base::Broken("a control total exceeds 64 bits of fen");
  return static_cast<base::Fen>(sum);
}

// The organisation of each thing that `ids` selects, on day $1, as "SELECT k, o".
std::string org_on_day(std::string_view table, std::string_view key, std::string_view ids) {
  std::string k = "r." + std::string(key);
  std::string on = "(DATE '1970-01-01' + $1)";
  return "SELECT DISTINCT ON (" + k + ") " + k + " AS k, r.org_id AS o FROM " + std::string(table) + " r" +
         active_join("r") + "WHERE " + k + " IN (" + std::string(ids) + ") ORDER BY " + k +
         ", i.business_date > " + on + ", abs(i.business_date - " + on + ")";
}

std::string interest_sql() {
  std::string of_day = "SELECT repayment_id FROM f_repayments WHERE date = DATE '1970-01-01' + $1";
  return "SELECT l.o, CAST(sum(COALESCE(w.interest, 0)) AS BIGINT) FROM (SELECT DISTINCT ON (r.repayment_id) "
         "r.loan, "
         "r.date, r.interest FROM f_repayments r" +
         active_join("r") + "WHERE r.repayment_id IN (" + of_day +
         ") ORDER BY r.repayment_id, i.business_date DESC) w LEFT JOIN (" +
         org_on_day("f_loans", "loan", "SELECT loan FROM f_repayments WHERE date = DATE '1970-01-01' + $1") +
         ") l ON l.k = w.loan WHERE w.date = DATE '1970-01-01' + $1 GROUP BY l.o";
}

std::string fee_sql() {
  auto ids = [](std::string_view column) {
    return "SELECT " + std::string(column) + " FROM f_sales WHERE date = DATE '1970-01-01' + $1";
  };
  return "SELECT COALESCE(a.o, c.o, s.o), CAST(sum(COALESCE(w.fee_income, 0)) AS BIGINT) FROM (SELECT DISTINCT ON "
         "(r.sale_id) r.account_id, r.customer_id, r.staff_id, r.date, r.fee_income FROM f_sales r" +
         active_join("r") + "WHERE r.sale_id IN (" + ids("sale_id") +
         ") ORDER BY r.sale_id, i.business_date DESC) w LEFT JOIN (" +
         org_on_day("f_accounts", "account_id", ids("account_id")) + ") a ON a.k = w.account_id LEFT JOIN (" +
         org_on_day("f_customers", "customer_id", ids("customer_id")) + ") c ON c.k = w.customer_id LEFT JOIN (" +
         org_on_day("f_staff", "staff_id", ids("staff_id")) +
         ") s ON s.k = w.staff_id WHERE w.date = DATE '1970-01-01' + $1 GROUP BY 1";
}

}  // namespace

std::vector<StoredTotal> read_totals(Warehouse& db) {
  std::vector<StoredTotal> out;
  const Type types[] = {Type::int32, Type::int32, Type::text, Type::date, Type::text,
                        Type::int64, Type::int64, Type::text, Type::text, Type::date};
  db.scan(
      "SELECT DISTINCT ON (t.org_id, t.date, t.subject) t.import_id, t.line, t.org_id, t.date, t.subject, "
      "t.expected, "
      "t.found, t.state, t.reason, i.business_date FROM control_totals t" +
          active_join("t") + "ORDER BY t.org_id, t.date, t.subject, i.business_date DESC",
      types, [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r) {
          StoredTotal s;
          s.import_id = c.columns[0].i32[r];
          s.total.line = c.columns[1].i32[r];
          s.total.org_id = c.columns[2].text[r];
          s.total.date = base::Date(c.columns[3].i32[r]);
          s.total.subject = c.columns[4].text[r];
          s.total.expected = c.columns[5].i64[r];
          s.total.found = c.columns[6].i64[r];
          s.total.state = state_of(c.columns[7].text[r]);
          s.total.reason = c.columns[8].text[r];
          s.total.business_date = base::Date(c.columns[9].i32[r]);
          out.push_back(std::move(s));
        }
      });
  return out;
}

void write_total(Warehouse& db, int64_t import_id, const ControlTotal& t) {
  Value values[] = {import_id, int64_t{t.line}, t.org_id, int64_t{t.date.days()},
                    t.subject, t.expected,      t.found,  std::string(name_of(t.state)),
                    t.reason};
  db.exec("INSERT INTO control_totals VALUES ($1, $2, $3, DATE '1970-01-01' + $4, $5, $6, $7, $8, $9)", values);
}

void update_total(Warehouse& db, int64_t import_id, const ControlTotal& t) {
  Value values[] = {import_id, int64_t{t.line}, t.found, std::string(name_of(t.state)), t.reason};
  db.exec("UPDATE control_totals SET found = $3, state = $4, reason = $5 WHERE import_id = $1 AND line = $2",
          values);
}

Judge::Judge(Warehouse& db, const State& state, std::span<const ImportRow> imports, bool whole_history)
    : db_(db), state_(state), imports_(imports), whole_history_(whole_history), dates_(active_dates(imports)) {}

const Ledger& Judge::ledger(Numbered kind) {
  auto at = ledgers_.find(kind);
  if (at == ledgers_.end()) at = ledgers_.emplace(kind, Ledger::read(db_, state_, imports_, kind)).first;
  return at->second;
}

const OrgTree& Judge::tree(int32_t day) {
  auto at = trees_.find(day);
  if (at == trees_.end()) at = trees_.emplace(day, OrgTree(state_.org_versions, state_.orgs.size(), day)).first;
  return at->second;
}

// All stocks in one pass over the history.
void Judge::read_stocks(std::span<ControlTotal*> totals) {
  std::set<int32_t> late;
  std::set<Numbered> kinds;
  for (const ControlTotal* t : totals) {
    if (is_flow(t->subject)) continue;
    int32_t day = t->date.days();
    if (!whole_history_ && newest_is_right_for(state_, day)) {
      if (!stocks_.count(day)) stocks_.emplace(day, newest_stock(state_));
    } else {
      late.insert(day);
      kinds.insert(kind_of(t->subject));
    }
  }
  if (late.empty()) return;
  std::vector<int32_t> days(late.begin(), late.end());
  std::vector<Stock> stocks(days.size());
  for (Numbered kind : kinds) ledger(kind).add_stock(days, stocks, state_.orgs.size());
  for (size_t i = 0; i < days.size(); ++i) stocks_[days[i]] = std::move(stocks[i]);
}

const OrgSums& Judge::flow(int32_t day, const std::string& subject) {
  auto [at, fresh] = flows_.try_emplace({day, subject}, OrgSums(state_.orgs.size() + 1));
  OrgSums& sums = at->second;
  if (!fresh) return sums;
  const Type types[] = {Type::text, Type::int64};
  Value values[] = {int64_t{day}};
  db_.scan(
      subject == "fee_income" ? fee_sql() : interest_sql(), types,
      [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r) {
          uint32_t org = c.columns[0].is_null(r) ? KeyIndex::kNone : state_.orgs.find(c.columns[0].text[r]);
          sums[org == KeyIndex::kNone ? 0 : org + 1] += c.columns[1].i64[r];
        }
      },
      values);
  return sums;
}

base::Fen Judge::found(const ControlTotal& t) {
  int32_t day = t.date.days();
  uint32_t org = state_.orgs.find(t.org_id);
  if (org == KeyIndex::kNone) return 0;
  if (is_flow(t.subject)) return to_fen(tree(day).subtree(org, flow(day, t.subject)));
  const Stock& stock = stocks_.at(day);
  return to_fen(tree(day).subtree(org, t.subject == "deposits" ? stock.deposits
                                       : t.subject == "loans"  ? stock.loans
                                                               : stock.bad_loans));
}

// Why the details behind a total that does not hold may not all be there yet; empty: they are.
std::string Judge::doubts(const ControlTotal& t, std::span<const StoredTotal> others) {
  int32_t day = t.date.days(), held = kNever, first = dates_.front();
  // A total of the same kind that held vouches for everything before it.
  for (const StoredTotal& o : others)
    if (o.total.org_id == t.org_id && o.total.subject == t.subject && o.total.state == TotalState::ok &&
        o.total.date.days() < day)
      held = std::max(held, o.total.date.days());
  std::vector<std::string> why;
  uint32_t org = state_.orgs.find(t.org_id);
  if (org == KeyIndex::kNone || !tree(day).known(org)) why.push_back(say("total.unknown_org", {t.org_id}));
  if (is_flow(t.subject)) {
    if (flow(day, t.subject)[0] != 0) why.push_back(say("total.unplaced"));
  } else {
    Numbered kind = kind_of(t.subject);
    const KeyIndex& ids = kind == Numbered::account ? state_.accounts : state_.loans;
    const Ledger& all = ledger(kind);
    if (auto d = all.undescribed(held, day); d.count > 0)
      why.push_back(say("total.undescribed", {std::to_string(d.count), ids.id(d.example)}));
    if (auto d = all.misplaced(day, tree(day)); d.count > 0)
      why.push_back(say("total.unknown_orgs", {std::to_string(d.count), ids.id(d.example)}));
    if (auto d = all.without_balance(first, day); held == kNever && d.count * 2 > d.of)
      why.push_back(
          say("total.opening", {base::Date(first).str(), std::to_string(d.of), std::to_string(d.count)}));
    auto gaps = missing_dates(dates_, held == kNever ? first : held, day);
    if (gaps.size() == 1) why.push_back(say("total.gap", {base::Date(gaps[0]).str()}));
    if (gaps.size() > 1)
      why.push_back(say("total.gaps", {base::Date(gaps[0]).str(), std::to_string(gaps.size())}));
  }
  std::string out;
  for (const std::string& reason : why) out += (out.empty() ? "" : "；") + reason;
  return out;
}

void Judge::judge(std::span<ControlTotal*> totals, std::span<const StoredTotal> others) {
  read_stocks(totals);
  for (ControlTotal* t : totals) {
    t->found = found(*t);
    t->reason.clear();
    t->state = TotalState::ok;
    if (t->found == t->expected) continue;
    t->reason = doubts(*t, others);
    t->state = t->reason.empty() ? TotalState::broken : TotalState::waiting;
  }
}

}  // namespace guanhu::feed
