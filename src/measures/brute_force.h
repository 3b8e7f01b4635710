// For tests: figures of a TinyBank by walking every subject day by day with the words of the contract.
// Slow, and shares nothing with the engine but the measure's declaration.
#pragma once
#include <array>
#include <set>

#include "base/money.h"
#include "measures/tiny_bank.h"
#include "policy/pack.h"

namespace guanhu::measures::testing {

using base::Int128;

// What one day's holdings come to: owner ("" = nobody) to amount × 1/10,000.
using Held = std::map<std::string, Int128>;

class BruteForce {
 public:
  BruteForce(const TinyBank& bank, std::optional<int64_t> known_at) : bank_(bank), at_(known_at) {}

  // Filters of the tests, since FEEL is not at hand here: every non-empty field must match.
  struct Filter {
    std::string product, customer_kind, grade, kind, off_balance;
  };

  // {numerator, denominator} in 1/10,000 fen, or in counts.
  struct Figure {
    Int128 numerator = 0, denominator = 1;
  };

  // The owners that count for a holder on a day.
  using Counts = std::function<bool(const std::string& owner, Day day)>;

  Figure figure(const policy::Measure& m, const Filter& filter, Day first, Day last, const Counts& counts) const {
    using policy::Aggregate;
    if (m.aggregate == Aggregate::distinct_customers || m.fact == policy::Fact::customer)
      return {static_cast<Int128>(distinct(m, filter, first, last, counts).size()), 1};
    auto& days = seen_[key(m, filter)];
    auto on = [&](Day d) {
      Int128 sum = 0;
      auto [at, fresh] = days.try_emplace(d);
      if (fresh) at->second = held(m, filter, d);
      for (const auto& [owner, amount] : at->second)
        if (counts(owner, d)) sum += amount;
      return sum;
    };
    Int128 sum = 0;
    int n = 0;
    switch (m.aggregate) {
      case Aggregate::average_daily:
        for (Day d = first; d <= last; ++d) sum += on(d);
        return {sum, last - first + 1};
      case Aggregate::at_start: return {on(first - 1), 1};
      case Aggregate::net_change: return {on(last) - on(first - 1), 1};
      case Aggregate::month_end_average:
        for (Day d = first; d <= last; ++d)
          if (base::Date(d).is_month_end()) sum += on(d), ++n;
        return {sum, n};
      case Aggregate::sum:
      case Aggregate::count:
        if (!is_event(m.fact)) return {on(last), 1};
        for (Day d = first; d <= last; ++d) sum += on(d);
        return {sum, 1};
      default: return {on(last), 1};
    }
  }

  // Some existing account (loan) has claims over the whole on a day of first to last.
  bool over_assigned(const policy::Measure& m, Day first, Day last) const {
    if (m.attribution == policy::Attribution::subtree || m.attribution == policy::Attribution::seller)
      return false;
    bool loans = is_loan(m.fact);
    for (Day d = first; d <= last; ++d) {
      auto [at, fresh] = over_[loans].try_emplace(d, false);
      if (fresh) at->second = over_assigned_on(loans, d);
      if (at->second) return true;
    }
    return false;
  }

  // The organisation and all below it, on a day.
  std::set<std::string> subtree(const std::string& org, Day d) const {
    std::set<std::string> out{org};
    for (bool grown = true; grown;) {
      grown = false;
      std::set<std::string> ids;
      for (const OrgRow& o : bank_.orgs) ids.insert(o.id);
      for (const std::string& id : ids) {
        const OrgRow* row = version(bank_.orgs, d, [&](const OrgRow& o) { return o.id == id; });
        if (row && out.count(row->parent) && out.insert(id).second) grown = true;
      }
    }
    return out;
  }

 private:
  // What a day's holdings depend on besides the day.
  static std::string key(const policy::Measure& m, const Filter& f) {
    bool pieces = m.aggregate == policy::Aggregate::count || m.aggregate == policy::Aggregate::distinct_customers;
    auto n = [](auto v) { return std::to_string(static_cast<int64_t>(v)) + "|"; };
    return n(m.fact) + n(m.attribution) + n(pieces) + n(m.cap.value_or(-1)) + n(m.minimum.value_or(-1)) +
           m.column + "|" + f.product + "|" + f.customer_kind + "|" + f.grade + "|" + f.kind + "|" + f.off_balance;
  }
  static bool is_loan(policy::Fact f) {
    using policy::Fact;
    return f == Fact::loan_balance || f == Fact::overdue_principal || f == Fact::overdue_interest ||
           f == Fact::repayment;
  }
  static bool is_event(policy::Fact f) {
    return f == policy::Fact::transaction || f == policy::Fact::repayment || f == policy::Fact::sale;
  }

  bool over_assigned_on(bool loans, Day d) const {
    for (const std::string& id : loans ? loan_ids() : account_ids()) {
      if (!(loans ? loan_there(id, d) : account_there(id, d))) continue;
      int64_t raw = 0;
      for (const AssignmentRow& a : claims(loans ? "loan" : "account", id, d)) raw += a.raw;
      if ((raw + 5'000) / 10'000 > 10'000) return true;
    }
    return false;
  }

  bool active(int import) const {
    const ImportRow& i = bank_.imports[static_cast<size_t>(import - 1)];
    if (!at_) return !i.replaced;
    return i.applied <= *at_ && (!i.replaced || *i.replaced > *at_);
  }
  Day business_date(int import) const { return bank_.imports[static_cast<size_t>(import - 1)].business_date; }

  // The row in force on a day of those that match: the latest up to it, else the first.
  template <class Row, class Match>
  const Row* version(const std::vector<Row>& rows, Day d, const Match& match) const {
    const Row *best = nullptr, *first = nullptr;
    for (const Row& r : rows) {
      if (!active(r.import) || !match(r)) continue;
      if (business_date(r.import) <= d && (!best || business_date(r.import) > business_date(best->import)))
        best = &r;
      if (!first || business_date(r.import) < business_date(first->import)) first = &r;
    }
    return best ? best : first;
  }
  // Whether a row counts: no active row with its key is of a later business date.
  template <class Row, class Same>
  bool wins(const std::vector<Row>& rows, const Row& row, const Same& same_key) const {
    if (!active(row.import)) return false;
    for (const Row& r : rows)
      if (active(r.import) && same_key(r, row) && business_date(r.import) > business_date(row.import))
        return false;
    return true;
  }

  const AccountRow* account(const std::string& id, Day d) const {
    return version(bank_.accounts, d, [&](const AccountRow& r) { return r.id == id; });
  }
  const LoanRow* loan(const std::string& id, Day d) const {
    return version(bank_.loans, d, [&](const LoanRow& r) { return r.id == id; });
  }
  std::set<std::string> account_ids() const {
    std::set<std::string> out;
    for (const auto& r : bank_.accounts) out.insert(r.id);
    for (const auto& r : bank_.balances) out.insert(r.account);
    return out;
  }
  std::set<std::string> loan_ids() const {
    std::set<std::string> out;
    for (const auto& r : bank_.loans) out.insert(r.id);
    for (const auto& r : bank_.states) out.insert(r.loan);
    return out;
  }
  bool open(const std::string& id, Day d) const {
    const AccountRow* a = account(id, d);
    return a && a->opened <= d && (!a->closed || *a->closed > d);
  }
  bool account_there(const std::string& id, Day d) const { return open(id, d) || balance(id, d) != 0; }
  bool loan_there(const std::string& id, Day d) const {
    const LoanRow* l = loan(id, d);
    if (l && l->issued <= d && (!l->settled || *l->settled > d)) return true;
    const StateRow* s = state(id, d);
    return s && s->balance != 0;
  }

  int64_t balance(const std::string& id, Day d) const {
    const BalanceRow* best = nullptr;
    for (const BalanceRow& r : bank_.balances) {
      if (r.account != id || r.date > d || !active(r.import)) continue;
      if (!best || r.date > best->date ||
          (r.date == best->date && business_date(r.import) > business_date(best->import)))
        best = &r;
    }
    return best ? best->fen : 0;
  }
  const StateRow* state(const std::string& id, Day d) const {
    const StateRow* best = nullptr;
    for (const StateRow& r : bank_.states) {
      if (r.loan != id || r.date > d || !active(r.import)) continue;
      if (!best || r.date > best->date ||
          (r.date == best->date && business_date(r.import) > business_date(best->import)))
        best = &r;
    }
    return best;
  }

  // What the feed says of a subject on a day.
  std::vector<AssignmentRow> delivered(const std::string& kind, const std::string& id, Day d) const {
    std::vector<AssignmentRow> out;
    for (const AssignmentRow& a : bank_.assignments) {
      if (a.kind != kind || a.id != id || a.from > d || (a.to && *a.to < d)) continue;
      auto same = [](const AssignmentRow& x, const AssignmentRow& y) {
        return x.kind == y.kind && x.id == y.id && x.staff == y.staff && x.from == y.from;
      };
      if (wins(bank_.assignments, a, same)) out.push_back(a);
    }
    return out;
  }

  // Who gets how much by share, and as main.
  static std::array<std::map<std::string, int64_t>, 2> parts(std::vector<AssignmentRow> rows) {
    std::erase_if(rows, [](const AssignmentRow& r) { return r.raw == 0; });
    int64_t raw = 0;
    for (const auto& r : rows) raw += r.raw;
    auto by_share = scale(rows, (raw + 5'000) / 10'000);
    for (const auto& r : rows) by_share[r.staff] += 0;
    std::erase_if(rows, [](const AssignmentRow& r) { return !r.main; });
    return {by_share, scale(rows, 10'000)};
  }

  // The claims of the entry that became known last of those that hold on the day; empty: none.
  std::vector<RecordedClaim> recorded_on(const std::string& kind, const std::string& id, Day d) const {
    std::vector<RecordedClaim> out;
    for (const RecordedClaim& r : bank_.recorded) {
      const bool known =
          at_ ? r.known <= *at_ && (!r.taken_back || *r.taken_back > *at_) : !r.taken_back.has_value();
      if (!known || r.kind != kind || r.id != id || r.from > d || (r.to && *r.to < d)) continue;
      if (!out.empty() && std::pair(out[0].known, out[0].entry) < std::pair(r.known, r.entry)) out.clear();
      if (out.empty() || out[0].entry == r.entry) out.push_back(r);
    }
    return out;
  }

  // Whether the feed has said the same on any day from the entry's first day to `d`.
  bool confirmed(const std::vector<AssignmentRow>& says, int64_t entry, Day first, Day d) const {
    auto& seen = confirmed_[{entry, at_.value_or(0)}];  // the day looked at last, and the day found
    if (seen.first == 0) seen.first = first - 1;
    for (; !seen.second && seen.first < d; ++seen.first)
      if (parts(delivered(says[0].kind, says[0].id, seen.first + 1)) == parts(says)) seen.second = seen.first + 1;
    return seen.second && *seen.second <= d;
  }
  mutable std::map<std::pair<int64_t, int64_t>, std::pair<Day, std::optional<Day>>> confirmed_;

  // The assignment rows that decide on a day.
  std::vector<AssignmentRow> claims(const std::string& kind, const std::string& id, Day d) const {
    auto rows = [&](const std::string& k, const std::string& subject) {
      auto recorded = recorded_on(k, subject, d);
      std::vector<AssignmentRow> says;
      for (const RecordedClaim& r : recorded)
        says.push_back({0, r.kind, r.id, r.staff, r.main, r.raw, r.from, r.to});
      if (!says.empty() && !confirmed(says, recorded[0].entry, recorded[0].from, d)) return says;
      return delivered(k, subject, d);
    };
    auto own = kind == "customer" ? std::vector<AssignmentRow>() : rows(kind, id);
    if (!own.empty()) return own;
    std::string customer = id;
    if (kind == "account") {
      const AccountRow* a = account(id, d);
      customer = a ? a->customer : "";
    } else if (kind == "loan") {
      const LoanRow* l = loan(id, d);
      customer = l ? l->customer : "";
    }
    return customer.empty() ? std::vector<AssignmentRow>() : rows("customer", customer);
  }

  // Scales to `total` by giving the largest remainders one more.
  static std::map<std::string, int64_t> scale(std::vector<AssignmentRow> rows, int64_t total) {
    std::map<std::string, int64_t> out;
    int64_t sum = 0, given = 0;
    std::erase_if(rows, [](const AssignmentRow& r) { return r.raw == 0; });
    for (const auto& r : rows) sum += r.raw;
    if (sum == 0) return out;
    std::sort(rows.begin(), rows.end(), [&](const AssignmentRow& a, const AssignmentRow& b) {
      int64_t ra = a.raw * total % sum, rb = b.raw * total % sum;
      return ra != rb ? ra > rb : a.main != b.main ? a.main : a.staff < b.staff;
    });
    for (const auto& r : rows) out[r.staff] += r.raw * total / sum, given += r.raw * total / sum;
    for (size_t i = 0; given < total; ++i, ++given) ++out[rows[i].staff];
    return out;
  }

  std::map<std::string, int64_t> shares(const policy::Measure& m, const std::string& kind, const std::string& id,
                                        Day d) const {
    std::map<std::string, int64_t> out;
    if (m.attribution == policy::Attribution::subtree) {
      std::string org;
      if (kind == "account" && account(id, d)) org = account(id, d)->org;
      if (kind == "loan" && loan(id, d)) org = loan(id, d)->org;
      return {{org, 10'000}};
    }
    auto rows = claims(kind, id, d);
    int64_t raw = 0;
    for (const auto& r : rows) raw += r.raw;
    int64_t total = (raw + 5'000) / 10'000;
    if (m.attribution == policy::Attribution::main_only) {
      std::erase_if(rows, [](const AssignmentRow& r) { return !r.main; });
      out = scale(rows, 10'000);
      if (out.empty()) out[""] = 10'000;
      return out;
    }
    out = scale(rows, total);
    for (const auto& r : rows)
      if (r.raw > 0) out[r.staff] += 0;  // holds it, however little
    if (total < 10'000) out[""] += 10'000 - total;
    return out;
  }

  bool customer_matches(const std::string& id, const Filter& f, Day d) const {
    if (f.customer_kind.empty()) return true;
    const CustomerRow* c = version(bank_.customers, d, [&](const CustomerRow& r) { return r.id == id; });
    return c && c->kind == f.customer_kind;
  }
  static bool same(const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; }

  // A subject's amount on a day, after filter and rule.
  int64_t amount(const policy::Measure& m, const Filter& f, const std::string& id, Day d) const {
    using policy::Fact;
    int64_t v = 0;
    if (is_loan(m.fact)) {
      const StateRow* s = state(id, d);
      const LoanRow* l = loan(id, d);
      if (!s ||
          !same(f.off_balance, !s->off_balance   ? ""
                               : *s->off_balance ? "true"
                                                 : "false") ||
          !same(f.grade, s->grade) || !same(f.kind, l ? l->kind : ""))
        return 0;
      if (!customer_matches(l ? l->customer : "", f, d)) return 0;
      bool off = s->off_balance.value_or(false);
      v = m.fact == Fact::loan_balance        ? (off && f.off_balance.empty() ? 0 : s->balance)
          : m.fact == Fact::overdue_principal ? s->overdue_principal
                                              : s->overdue_interest;
    } else {
      const AccountRow* a = account(id, d);
      if (!same(f.product, a ? a->product : "") || !same(f.kind, a ? a->kind : "")) return 0;
      if (!customer_matches(a ? a->customer : "", f, d)) return 0;
      v = m.fact == Fact::deposit_balance ? balance(id, d) : open(id, d) ? 1 : 0;
    }
    if (m.minimum && v < *m.minimum) v = 0;
    if (m.cap && v > *m.cap) v = *m.cap;
    if (m.aggregate == policy::Aggregate::count || m.aggregate == policy::Aggregate::distinct_customers)
      v = v != 0;
    return v;
  }

  struct Event {
    std::map<std::string, int64_t> owners;
    std::string customer;
    int64_t amount;
  };
  std::vector<Event> events(const policy::Measure& m, const Filter& f, Day d) const {
    using policy::Fact;
    std::vector<Event> out;
    auto by_id = [](const auto& x, const auto& y) { return x.id == y.id; };
    bool sum = m.aggregate == policy::Aggregate::sum;
    if (m.fact == Fact::repayment)
      for (const auto& r : bank_.repayments) {
        const LoanRow* l = loan(r.loan, d);
        if (r.date != d || !wins(bank_.repayments, r, by_id) || !same(f.kind, l ? l->kind : "")) continue;
        out.push_back({shares(m, "loan", r.loan, d), l ? l->customer : "",
                       !sum                     ? 1
                       : m.column == "interest" ? r.interest
                                                : r.principal});
      }
    if (m.fact == Fact::transaction)
      for (const auto& r : bank_.transactions) {
        const AccountRow* a = account(r.account, d);
        if (r.date != d || !wins(bank_.transactions, r, by_id) || !same(f.kind, r.kind)) continue;
        out.push_back({shares(m, "account", r.account, d), a ? a->customer : "", sum ? r.amount : 1});
      }
    if (m.fact == Fact::sale)
      for (const auto& r : bank_.sales) {
        if (r.date != d || !wins(bank_.sales, r, by_id) || !same(f.product, r.product)) continue;
        Event e{{}, r.customer, sum ? r.quantity : 1};
        const StaffRow* s = version(bank_.staff, d, [&](const StaffRow& x) { return x.id == r.staff; });
        if (m.attribution == policy::Attribution::seller) e.owners = {{r.staff, 10'000}};
        else if (m.attribution == policy::Attribution::subtree && s) e.owners = {{s->org, 10'000}};
        else if (!r.account.empty()) e.owners = shares(m, "account", r.account, d);
        else if (m.attribution == policy::Attribution::subtree) e.owners = {{"", 10'000}};
        else e.owners = shares(m, "customer", r.customer, d);
        out.push_back(e);
      }
    return out;
  }

  Held held(const policy::Measure& m, const Filter& f, Day d) const {
    Held out;
    if (is_event(m.fact)) {
      for (const Event& e : events(m, f, d))
        for (const auto& [owner, share] : e.owners) out[owner] += static_cast<Int128>(e.amount) * share;
      return out;
    }
    bool loans = is_loan(m.fact);
    for (const std::string& id : loans ? loan_ids() : account_ids())
      if (int64_t v = amount(m, f, id, d))
        for (const auto& [owner, share] : shares(m, loans ? "loan" : "account", id, d))
          out[owner] += static_cast<Int128>(v) * share;
    return out;
  }

  std::set<std::string> distinct(const policy::Measure& m, const Filter& f, Day first, Day last,
                                 const Counts& counts) const {
    std::set<std::string> out;
    auto add = [&](const std::map<std::string, int64_t>& owners, const std::string& customer, Day d) {
      for (const auto& [owner, share] : owners) {
        bool real = m.attribution == policy::Attribution::subtree || !owner.empty();
        if (m.attribution == policy::Attribution::main_only && share == 0) real = false;
        if (real && !customer.empty() && counts(owner, d)) out.insert(customer);
      }
    };
    if (is_event(m.fact)) {
      for (Day d = first; d <= last; ++d)
        for (const Event& e : events(m, f, d)) add(e.owners, e.customer, d);
      return out;
    }
    bool loans = is_loan(m.fact);
    for (const std::string& id : loans ? loan_ids() : account_ids()) {
      if (m.fact == policy::Fact::customer ? !open(id, last) : amount(m, f, id, last) == 0) continue;
      std::string customer = loans ? (loan(id, last) ? loan(id, last)->customer : "")
                                   : (account(id, last) ? account(id, last)->customer : "");
      if (m.fact == policy::Fact::customer && !customer_matches(customer, f, last)) continue;
      add(shares(m, loans ? "loan" : "account", id, last), customer, last);
    }
    return out;
  }

  const TinyBank& bank_;
  std::optional<int64_t> at_;
  mutable std::map<std::string, std::map<Day, Held>> seen_;
  mutable std::map<Day, bool> over_[2];
};

}  // namespace guanhu::measures::testing
