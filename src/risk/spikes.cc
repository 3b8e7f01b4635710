#include "risk/spikes.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace guanhu::risk {

namespace {

using base::Date;
using base::Decimal;
using base::Int128;

constexpr size_t kMovers = kEvidence;  // accounts named for a manager, an organisation, the bank

// What one account holds above its own average.
struct Mover {
  uint32_t account;
  int64_t end, average, above;  // fen
};

std::string percent(Int128 part, Int128 whole) {
  return whole > 0 ? Decimal::make(base::divide_half_up(part * 10'000, whole), -2).str() : "";
}

class Spikes {
 public:
  Spikes(const Books& books, const Rules& rules, Date end, const people::Directory& directory,
         const Subtrees& subtrees)
      : books_(books),
        rules_(rules),
        end_(end),
        first_(*Date::from_ymd(end.year(), end.month(), 1)),
        directory_(directory),
        subtrees_(subtrees),
        totals_(totals_of(books, first_.days(), end.days())) {}

  std::vector<Finding> find() {
    movers();
    bank();
    organisations();
    managers();
    customers();
    return std::move(out_);
  }

 private:
  int days() const { return totals_.days(); }

  // Whether `end` is above the average of `sum` over the month by more than the rule allows; both × unit.
  bool deviates(const Rules::Level& level, Int128 end, Int128 sum, int unit) const {
    Int128 above = end * days() - sum;
    return sum > 0 && above > 0 && above >= Int128{level.least} * unit * days() && level.limit.below(above, sum);
  }

  void movers() {
    for (uint32_t account = 0; account < books_.accounts(); ++account) {
      int64_t end = books_.balance(account, end_.days());
      if (end <= 0) continue;
      Int128 sum = books_.balance_days(account, first_.days(), end_.days());
      auto average = static_cast<int64_t>(base::divide_half_up(sum, days()));
      if (end > average) movers_.push_back({account, end, average, end - average});
    }
    std::sort(movers_.begin(), movers_.end(), [](const Mover& a, const Mover& b) {
      return std::pair(-a.above, a.account) < std::pair(-b.above, b.account);
    });
    by_staff_.resize(books_.columns().staff.size());
    by_org_.resize(books_.columns().orgs.size());
    for (uint32_t i = 0; i < movers_.size(); ++i) {
      for (const attribution::Entry& e : books_.holders(movers_[i].account, end_.days()))
        if (e.share > 0) by_staff_[e.staff].push_back(i);
      by_org_[books_.org(movers_[i].account, end_.days())].push_back(i);
    }
  }

  Stretch stretch(const Mover& m) const {
    int32_t none = end_.days() + 1, from = none;  // first day of the stay above the average that reaches the end
    books_.each_balance(m.account, first_.days(), end_.days(), [&](int32_t a, int32_t, int64_t balance) {
      if (balance <= m.average) from = none;
      else if (from == none) from = a;
    });
    return {m.account, from, end_.days(), m.above, m.average};
  }

  Finding make(const std::string& kind, const std::string& id, Int128 end, Int128 sum, int unit) const {
    Finding f;
    f.kind = Kind::spike, f.day = end_, f.subject_kind = kind, f.subject_id = id;
    f.id = id_of(Kind::spike, end_.str() + "\n" + kind + "\n" + id);
    auto balance = static_cast<int64_t>(base::divide_half_up(end, unit));
    auto average = static_cast<int64_t>(base::divide_half_up(sum, Int128{unit} * days()));
    std::string ratio = percent(end * days() - sum, sum);
    f.amount = balance - average;
    f.what = end_.str() + " 余额 " + base::format_fen(balance) + " 元，当月日均 " + base::format_fen(average) +
             " 元，偏离度 " + ratio + "%";
    f.detail = {{"month_end_balance", Decimal::fen(balance)},
                {"month_average", Decimal::fen(average)},
                {"deviation_percent", *Decimal::parse(ratio)}};
    return f;
  }

  // The accounts that moved it, the largest first: positions in movers_, ascending.
  void add_movers(Finding& f, const std::vector<uint32_t>& movers) const {
    for (size_t i = 0; i < std::min(movers.size(), kMovers); ++i) f.money.push_back(stretch(movers_[movers[i]]));
    f.detail.emplace_back("accounts_above_average", movers.size());
  }

  void bank() {
    if (!deviates(rules_.bank, totals_.bank_end, totals_.bank_days, 1)) return;
    Finding f = make("bank", "bank", totals_.bank_end, totals_.bank_days, 1);
    std::vector<uint32_t> all(movers_.size());
    std::iota(all.begin(), all.end(), 0);
    add_movers(f, all);
    out_.push_back(std::move(f));
  }

  void organisations() {
    for (const people::Org& org : directory_.orgs()) {
      auto at = subtrees_.find(books_.columns().orgs.find(org.id));
      if (org.kind == "hq" || at == subtrees_.end()) continue;
      Int128 end = sum_of(totals_.org_end, at->second), sum = sum_of(totals_.org_days, at->second);
      if (!deviates(rules_.organisation, end, sum, 1)) continue;
      Finding f = make("organisation", org.id, end, sum, 1);
      std::vector<uint32_t> below;
      for (uint32_t one : at->second) below.insert(below.end(), by_org_[one].begin(), by_org_[one].end());
      std::sort(below.begin(), below.end());
      add_movers(f, below);
      out_.push_back(std::move(f));
    }
  }

  void managers() {
    for (uint32_t staff = 1; staff < totals_.staff_days.size(); ++staff) {
      Int128 end = totals_.staff_end[staff], sum = totals_.staff_days[staff];
      if (!deviates(rules_.manager, end, sum, attribution::kWhole)) continue;
      Finding f = make("manager", books_.staff_id(staff), end, sum, attribution::kWhole);
      f.managers = {f.subject_id};
      add_movers(f, by_staff_[staff]);
      out_.push_back(std::move(f));
    }
  }

  // Accounts of one customer, a customer without number by account.
  void customers() {
    if (movers_.empty()) return;
    auto accounts = books_.by_customer(end_.days());
    std::vector<bool> done(accounts.size());
    for (const Mover& m : movers_) {
      uint32_t customer = books_.customer(m.account, end_.days());
      bool flagged = false;
      if (customer && !done[customer]) {
        done[customer] = true;
        if (auto f = one("customer", books_.customer_id(customer), accounts[customer])) {
          f->customer_id = f->subject_id;
          flagged = true;
          whole_.insert(customer);
          out_.push_back(std::move(*f));
        }
      }
      // Money moved between the accounts of one customer is no spike of the customer, but of an account.
      if (flagged || (customer && whole_.contains(customer))) continue;
      if (auto f = one("account", books_.account_id(m.account), {m.account})) {
        if (customer) f->customer_id = books_.customer_id(customer);
        out_.push_back(std::move(*f));
      }
    }
  }

  std::optional<Finding> one(const std::string& kind, const std::string& id,
                             const std::vector<uint32_t>& accounts) const {
    Int128 end = 0, sum = 0;
    for (uint32_t a : accounts) {
      end += books_.balance(a, end_.days());
      sum += books_.balance_days(a, first_.days(), end_.days());
    }
    if (!deviates(rules_.customer, end, sum, 1)) return std::nullopt;
    // It fell again: some day soon after, the balance was lower by the part that the rule says.
    Int128 above = end * days() - sum, fell = 0;
    int32_t until = std::min(end_.days() + rules_.fall_days, books_.reached());
    for (int32_t day = end_.days() + 1; day <= until; ++day) {
      Int128 then = 0;
      for (uint32_t a : accounts) then += books_.balance(a, day);
      fell = std::max(fell, end - then);
    }
    if (fell <= 0 || !rules_.fall.not_above(fell * days(), above)) return std::nullopt;
    Finding f = make(kind, id, end, sum, 1);
    f.detail.emplace_back("fell_afterwards", Decimal::fen(static_cast<int64_t>(fell)));
    for (const Mover& m : movers_in(accounts)) f.money.push_back(stretch(m));
    return f;
  }

  std::vector<Mover> movers_in(const std::vector<uint32_t>& accounts) const {
    std::vector<Mover> out;
    for (uint32_t account : accounts) {
      int64_t end = books_.balance(account, end_.days());
      Int128 sum = books_.balance_days(account, first_.days(), end_.days());
      auto average = static_cast<int64_t>(base::divide_half_up(sum, days()));
      if (end > average) out.push_back({account, end, average, end - average});
    }
    return out;
  }

  const Books& books_;
  const Rules& rules_;
  Date end_, first_;
  const people::Directory& directory_;
  const Subtrees& subtrees_;
  Totals totals_;
  std::vector<Mover> movers_;
  std::vector<std::vector<uint32_t>> by_staff_, by_org_;  // positions in movers_
  std::set<uint32_t> whole_;                              // customers that are findings themselves
  std::vector<Finding> out_;
};

}  // namespace

std::vector<Date> month_ends(const base::Period& period, int32_t reached) {
  std::vector<Date> out;
  for (Date day = period.first(); day <= period.last(); day = day.add_months(1)) {
    Date end = base::Period::containing(base::PeriodKind::month, day).last();
    if (end.days() <= reached) out.push_back(end);
  }
  return out;
}

std::vector<Finding> find_spikes(const Books& books, const Rules& rules, Date month_end,
                                 const people::Directory& directory, const Subtrees& subtrees) {
  return Spikes(books, rules, month_end, directory, subtrees).find();
}

}  // namespace guanhu::risk
