#include "feed/ledger.h"

#include <algorithm>
#include <map>

#include "feed/schema.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::Type;
using warehouse::Warehouse;

std::vector<ImportRow> read_imports(Warehouse& db) {
  std::vector<ImportRow> out;
  const Type types[] = {Type::int32, Type::date, Type::timestamp, Type::boolean};
  db.scan(
      "SELECT import_id, business_date, applied_at, replaced_at IS NULL FROM imports ORDER BY import_id", types,
      [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r)
          out.push_back({c.columns[0].i32[r], c.columns[1].i32[r], c.columns[2].i64[r], c.columns[3].i8[r] != 0});
      });
  return out;
}

std::vector<int32_t> active_dates(std::span<const ImportRow> imports) {
  std::vector<int32_t> out;
  for (const ImportRow& row : imports)
    if (row.active) out.push_back(row.business_date);
  std::sort(out.begin(), out.end());
  return out;
}

OrgTree::OrgTree(std::span<const OrgVersion> versions, size_t count, int32_t day)
    : known_(count), children_(count) {
  std::vector<const OrgVersion*> in_force(count, nullptr);
  // On the day: the newest that is not later; else the earliest. Of one business date the last stands.
  for (const OrgVersion& v : versions) {
    const OrgVersion*& at = in_force[static_cast<size_t>(v.org)];
    bool now = v.business_date <= day, had = at && at->business_date <= day;
    if (!at || (now && (!had || v.business_date >= at->business_date)) ||
        (!now && !had && v.business_date <= at->business_date))
      at = &v;
  }
  for (uint32_t org = 0; org < count; ++org) {
    if (!in_force[org]) continue;
    known_[org] = true;
    if (in_force[org]->parent >= 0) children_[static_cast<size_t>(in_force[org]->parent)].push_back(org);
  }
}

__int128 OrgTree::subtree(uint32_t org, const OrgSums& sums) const {
  std::vector<bool> seen(children_.size());  // a ring of parents ends the walk
  std::vector<uint32_t> todo{org};
  __int128 out = 0;
  while (!todo.empty()) {
    uint32_t at = todo.back();
    todo.pop_back();
    if (at + 1 < sums.size()) out += sums[at + 1];
    if (at >= children_.size() || seen[at]) continue;
    seen[at] = true;
    for (uint32_t child : children_[at])
      if (!seen[child]) todo.push_back(child);
  }
  return out;
}

Stock newest_stock(const State& state) {
  size_t n = state.orgs.size() + 1;
  Stock out{OrgSums(n), OrgSums(n), OrgSums(n)};
  for (const Standing& s : state.account) out.deposits[static_cast<size_t>(s.org + 1)] += s.balance;
  for (const Standing& s : state.loan) {
    if (s.off) continue;
    out.loans[static_cast<size_t>(s.org + 1)] += s.balance;
    if (s.bad) out.bad_loans[static_cast<size_t>(s.org + 1)] += s.balance;
  }
  return out;
}

bool newest_is_right_for(const State& state, int32_t day) {
  return state.marks.balance_date <= day && state.marks.loan_date <= day && state.marks.described <= day;
}

Ledger Ledger::read(Warehouse& db, const State& state, std::span<const ImportRow> imports, Numbered kind) {
  Ledger out;
  out.kind_ = kind;
  out.read_rows(db, imports);
  out.read_versions(db, state, imports);
  return out;
}

namespace {
// Business date of an active import, by id; kNever for others.
std::vector<int32_t> dates_by_id(std::span<const ImportRow> imports) {
  std::vector<int32_t> out;
  for (const ImportRow& row : imports) {
    auto id = static_cast<size_t>(row.import_id);
    if (id >= out.size()) out.resize(id + 1, kNever);
    if (row.active) out[id] = row.business_date;
  }
  return out;
}
}  // namespace

void Ledger::read_rows(Warehouse& db, std::span<const ImportRow> imports) {
  auto dates = dates_by_id(imports);
  bool loans = kind_ == Numbered::loan;
  std::vector<Type> types{Type::int32, Type::date, Type::int32, Type::int64};
  if (loans) types.insert(types.end(), {Type::boolean, Type::boolean});
  db.scan(loans ? "SELECT loan, date, import_id, balance, COALESCE(class IN ('substandard', 'doubtful', 'loss'), "
                  "false), "
                  "COALESCE(off_balance, false) FROM f_loan_states"
                : "SELECT account, date, import_id, balance FROM f_balances",
          types, [&](const Chunk& c) {
            for (size_t r = 0; r < c.rows; ++r) {
              int32_t business_date = dates[static_cast<size_t>(c.columns[2].i32[r])];
              if (business_date == kNever) continue;
              rows_.push_back({static_cast<uint32_t>(c.columns[0].i32[r]), c.columns[1].i32[r], business_date,
                               c.columns[3].i64[r], loans && c.columns[4].i8[r] != 0,
                               loans && c.columns[5].i8[r] != 0});
            }
          });
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tie(a.number, a.date, b.business_date) < std::tie(b.number, b.date, a.business_date);
  });
  rows_.erase(std::unique(rows_.begin(), rows_.end(),
                          [](const Row& a, const Row& b) { return a.number == b.number && a.date == b.date; }),
              rows_.end());
}

void Ledger::read_versions(Warehouse& db, const State& state, std::span<const ImportRow> imports) {
  auto dates = dates_by_id(imports);
  const Type types[] = {Type::int32, Type::int32, Type::text, Type::date};
  db.scan(kind_ == Numbered::loan ? "SELECT loan, import_id, org_id, issued_on FROM f_loans"
                                  : "SELECT account, import_id, org_id, opened_on FROM f_accounts",
          types, [&](const Chunk& c) {
            for (size_t r = 0; r < c.rows; ++r) {
              int32_t business_date = dates[static_cast<size_t>(c.columns[1].i32[r])];
              if (business_date == kNever) continue;
              uint32_t org = c.columns[2].is_null(r) ? KeyIndex::kNone : state.orgs.find(c.columns[2].text[r]);
              versions_.push_back({static_cast<uint32_t>(c.columns[0].i32[r]), business_date,
                                   org == KeyIndex::kNone ? -1 : static_cast<int32_t>(org), c.columns[3].i32[r]});
            }
          });
  std::sort(versions_.begin(), versions_.end(), [](const Version& a, const Version& b) {
    return std::tie(a.number, a.business_date) < std::tie(b.number, b.business_date);
  });
}

const Ledger::Version* Ledger::version(uint32_t number, int32_t day) const {
  auto at = std::lower_bound(versions_.begin(), versions_.end(), number,
                             [](const Version& v, uint32_t n) { return v.number < n; });
  if (at == versions_.end() || at->number != number) return nullptr;
  while (at + 1 != versions_.end() && (at + 1)->number == number && (at + 1)->business_date <= day) ++at;
  return &*at;
}

void Ledger::add_stock(std::span<const int32_t> days, std::span<Stock> stocks, size_t orgs) const {
  bool loans = kind_ == Numbered::loan;
  for (Stock& stock : stocks)
    for (OrgSums* sums : {&stock.deposits, &stock.loans, &stock.bad_loans}) sums->resize(orgs + 1);
  for (size_t from = 0; from < rows_.size();) {
    size_t to = from;
    while (to < rows_.size() && rows_[to].number == rows_[from].number) ++to;
    size_t row = from;
    for (size_t d = 0; d < days.size(); ++d) {
      while (row + 1 < to && rows_[row + 1].date <= days[d]) ++row;
      const Row& r = rows_[row];
      if (r.date > days[d] || r.off) continue;
      const Version* v = version(r.number, days[d]);
      auto org = static_cast<size_t>(v ? v->org + 1 : 0);
      (loans ? stocks[d].loans : stocks[d].deposits)[org] += r.balance;
      if (r.bad) stocks[d].bad_loans[org] += r.balance;
    }
    from = to;
  }
}

Ledger::Doubt Ledger::undescribed(int32_t after, int32_t day) const {
  Doubt out;
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Row& r = rows_[i];
    bool first = i == 0 || rows_[i - 1].number != r.number;
    if (!first || r.date <= after || r.date > day || version(r.number, day)) continue;
    if (out.count++ == 0) out.example = r.number;
  }
  return out;
}

Ledger::Doubt Ledger::misplaced(int32_t day, const OrgTree& tree) const {
  Doubt out;
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Row& r = rows_[i];
    bool in_force =
        r.date <= day && (i + 1 == rows_.size() || rows_[i + 1].number != r.number || rows_[i + 1].date > day);
    if (!in_force || r.balance == 0) continue;
    const Version* v = version(r.number, day);
    if (!v || (v->org >= 0 && tree.known(static_cast<uint32_t>(v->org)))) continue;
    if (out.count++ == 0) out.example = r.number;
  }
  return out;
}

Ledger::Doubt Ledger::without_balance(int32_t first, int32_t day) const {
  Doubt out;
  for (size_t i = 0; i < versions_.size(); ++i) {
    const Version& v = versions_[i];
    if ((i > 0 && versions_[i - 1].number == v.number) || v.opened_on >= first) continue;
    ++out.of;
    auto row = std::lower_bound(rows_.begin(), rows_.end(), v.number,
                                [](const Row& r, uint32_t n) { return r.number < n; });
    bool has = row != rows_.end() && row->number == v.number && row->date <= day;
    if (!has && out.count++ == 0) out.example = v.number;
  }
  return out;
}

}  // namespace guanhu::feed
