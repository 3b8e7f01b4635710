#include "risk/returns.h"

#include <algorithm>
#include <map>
#include <set>

#include "measures/fact_sql.h"
#include "measures/source_rows.h"

namespace guanhu::risk {

namespace {

using base::Date;
using base::Decimal;
using measures::SourceRows;

constexpr int64_t kDay = 86'400'000'000;
constexpr int kBookedNear = 3;  // days between a loan's date and its booking; two systems, one event

int32_t day_of(const std::string& text) {
  auto day = Date::parse(text.substr(0, 10));
  return day ? day->days() : 0;
}

std::vector<std::string> holders_of_loan(const Books& books, uint32_t loan, int32_t day) {
  std::vector<std::string> out;
  for (const attribution::Entry& e : attribution::on_day(books.columns().loans.managers.of(loan), day))
    if (e.staff && e.share > 0) out.push_back(books.staff_id(e.staff));
  return out;
}

// As the first row that counts says: what was paid out, not what the loan became.
std::vector<Disbursement> loans_of(const Books& books, const Rules& rules, const base::Period& period) {
  SourceRows source(books.db(), books.known());
  std::map<std::string, SourceRows::Row> first;
  for (SourceRows::Row& row :
       source.select("loans", "f.issued_on BETWEEN " + attribution::date_sql(period.first()) + " AND " +
                                  attribution::date_sql(period.last()) +
                                  " AND f.principal >= " + std::to_string(rules.return_loan_least))) {
    auto [at, fresh] = first.emplace(row.cell("loan_id"), row);
    if (!fresh && row.business_day < at->second.business_day) at->second = std::move(row);
  }
  std::vector<Disbursement> out;
  for (const auto& [id, row] : first) {
    Disbursement d;
    d.loan_id = id;
    d.customer = books.customer_number(row.cell("customer_id"));
    d.day = day_of(row.cell("issued_on")), d.at = d.day * kDay;
    d.amount = base::parse_fen(row.cell("principal")).value_or(0);
    d.managers = holders_of_loan(books, static_cast<uint32_t>(row.number), d.day);
    d.file = row.row.file, d.business_date = row.row.business_date, d.line = row.row.line;
    if (d.customer) out.push_back(std::move(d));
  }
  return out;
}

}  // namespace

std::vector<Disbursement> disbursements_of(const Books& books, const Rules& rules, const base::Period& period) {
  std::vector<Disbursement> out = loans_of(books, rules, period);
  std::multimap<std::pair<uint32_t, int64_t>, size_t> waiting;
  for (size_t i = 0; i < out.size(); ++i) waiting.emplace(std::pair(out[i].customer, out[i].amount), i);
  auto first = period.first().days() - kBookedNear, last = period.last().days() + kBookedNear;
  for (const Movement& m : Movements::disbursements(books, first, last, rules.return_loan_least)) {
    uint32_t customer = books.customer(m.account, m.day());
    if (!customer) continue;
    auto [from, to] = waiting.equal_range({customer, m.amount});
    auto best = to;
    for (auto at = from; at != to; ++at) {
      int away = std::abs(out[at->second].day - m.day());
      if (away <= kBookedNear && (best == to || away < std::abs(out[best->second].day - m.day()))) best = at;
    }
    if (best != to) {
      out[best->second].booked = m, out[best->second].day = m.day(), out[best->second].at = m.at;
      waiting.erase(best);
    } else if (m.day() >= period.first().days() && m.day() <= period.last().days()) {
      Disbursement d;
      d.customer = customer, d.day = m.day(), d.at = m.at, d.amount = m.amount, d.booked = m;
      out.push_back(std::move(d));
    }
  }
  std::sort(out.begin(), out.end(), [](const Disbursement& a, const Disbursement& b) {
    return std::tie(a.at, a.customer, a.amount, a.loan_id) < std::tie(b.at, b.customer, b.amount, b.loan_id);
  });
  return out;
}

Connected::Connected(const Books& books, const Rules& rules) {
  SourceRows source(books.db(), books.known());
  if (!rules.relations.empty())
    for (const auto& row : source.winners("relations", "f.kind IN (" + measures::sql_list(rules.relations) + ")",
                                          {"customer_id", "related_id", "kind", "valid_from"})) {
      uint32_t a = books.customer_number(row.cell("customer_id")),
               b = books.customer_number(row.cell("related_id"));
      if (!a || !b) continue;
      int32_t from = day_of(row.cell("valid_from")),
              to = row.cell("valid_to").empty() ? attribution::kForever : day_of(row.cell("valid_to"));
      relations_[a].push_back({b, from, to});
      relations_[b].push_back({a, from, to});
    }
  for (const auto& row : source.winners("customers", "f.group_id IS NOT NULL", {"customer_id"}))
    if (uint32_t c = books.customer_number(row.cell("customer_id"))) {
      group_[c] = row.cell("group_id");
      members_[row.cell("group_id")].push_back(c);
    }
}

std::vector<uint32_t> Connected::of(uint32_t customer, int32_t day) const {
  std::set<uint32_t> out{customer};
  if (auto at = relations_.find(customer); at != relations_.end())
    for (const Relation& r : at->second)
      if (r.from <= day && day <= r.to) out.insert(r.other);
  if (auto at = group_.find(customer); at != group_.end())
    for (uint32_t other : members_.at(at->second)) out.insert(other);
  return {out.begin(), out.end()};
}

namespace {

class Returns {
 public:
  Returns(const Books& books, const Rules& rules, const base::Period& period, const Movements& movements,
          const Replaced& replaced)
      : books_(books),
        rules_(rules),
        last_(std::min(period.last().days(), books.reached())),
        movements_(movements),
        replaced_(replaced) {
    for (const std::string& kind : rules.return_kinds) kinds_.insert(kind_number(kind));
    kinds_.erase(0);
  }

  std::optional<Finding> find(const Disbursement& d, const std::vector<uint32_t>& customers,
                              const std::vector<std::vector<uint32_t>>& accounts) {
    std::vector<Movement> best;
    uint32_t receiver = 0;
    for (uint32_t customer : customers) {
      std::vector<Movement> came = incoming(d, customer, accounts[customer]);
      std::vector<Movement> match = matching(d, came);
      if (!match.empty() && (best.empty() || better(d, match, best))) best = std::move(match), receiver = customer;
    }
    if (best.empty()) return std::nullopt;
    for (const Movement& m : best) used_.emplace(m.import_id, m.line);
    return make(d, receiver, best);
  }

 private:
  // Money that a customer received after the disbursement and that is not the disbursement itself.
  std::vector<Movement> incoming(const Disbursement& d, uint32_t customer, const std::vector<uint32_t>& accounts) {
    std::vector<Movement> out;
    for (uint32_t account : accounts)
      for (const Movement& m : movements_.of(account)) {
        if (m.amount < rules_.return_part_least || !kinds_.contains(m.kind)) continue;
        if (m.at < d.at || m.day() - d.day > rules_.return_days) continue;
        if (used_.contains({m.import_id, m.line}) || replaced_.contains({m.import_id, m.line})) continue;
        // A bank that books disbursements as plain transfers: the full amount, to the borrower, that day.
        bool itself = !d.booked && customer == d.customer && m.day() == d.day && m.amount == d.amount;
        if (!itself) out.push_back(m);
      }
    std::sort(out.begin(), out.end(), [](const Movement& a, const Movement& b) {
      return std::tie(a.at, a.account, a.import_id, a.line) < std::tie(b.at, b.account, b.import_id, b.line);
    });
    return out;
  }

  bool close(const Disbursement& d, int64_t amount) const {
    return !rules_.return_tolerance.below(std::abs(amount - d.amount), d.amount);
  }
  static int64_t sum(const std::vector<Movement>& all) {
    int64_t out = 0;
    for (const Movement& m : all) out += m.amount;
    return out;
  }
  static bool better(const Disbursement& d, const std::vector<Movement>& a, const std::vector<Movement>& b) {
    auto rank = [&](const std::vector<Movement>& x) {
      return std::tuple(x.size(), std::abs(sum(x) - d.amount), x[0].at);
    };
    return rank(a) < rank(b);
  }

  // The one transaction nearest to the amount; else transactions that follow one another and together come
  // near it: the earliest such run, then the shortest.
  std::vector<Movement> matching(const Disbursement& d, const std::vector<Movement>& came) const {
    const Movement* one = nullptr;
    for (const Movement& m : came)
      if (close(d, m.amount) && (!one || std::abs(m.amount - d.amount) < std::abs(one->amount - d.amount)))
        one = &m;
    if (one) return {*one};
    for (size_t first = 0; first < came.size(); ++first) {
      int64_t whole = 0;
      for (size_t last = first; last < came.size() && whole < d.amount; ++last) {
        whole += came[last].amount;
        if (close(d, whole))
          return {came.begin() + static_cast<long>(first), came.begin() + static_cast<long>(last) + 1};
      }
    }
    return {};
  }

  Finding make(const Disbursement& d, uint32_t receiver, const std::vector<Movement>& back) const {
    Finding f;
    f.kind = Kind::loan_return, f.day = Date(d.day);
    f.subject_kind = d.loan_id.empty() ? "customer" : "loan";
    f.subject_id = d.loan_id.empty() ? books_.customer_id(d.customer) : d.loan_id;
    f.customer_id = books_.customer_id(d.customer);
    f.id = id_of(Kind::loan_return, f.subject_kind + "\n" + f.subject_id + "\n" + Date(d.day).str() + "\n" +
                                        std::to_string(d.amount));
    f.managers = d.managers;
    f.amount = sum(back);
    std::string who = receiver == d.customer ? "借款人本人" : "有关系的客户 " + books_.customer_id(receiver);
    int later = back.back().day() - d.day;
    f.what = Date(d.day).str() + " 发放 " + base::format_fen(d.amount) + " 元，" +
             (later ? std::to_string(later) + " 天内" : "当天") + who + "转进 " + base::format_fen(f.amount) +
             " 元";
    f.detail = {{"disbursed", Decimal::fen(d.amount)},
                {"returned", Decimal::fen(f.amount)},
                {"days_after", later},
                {"receiver", books_.customer_id(receiver)},
                {"loan_id", d.loan_id.empty() ? base::Json() : base::Json(d.loan_id)}};
    for (const Movement& m : back) f.money.push_back({m.account, m.day(), std::max(m.day(), last_), m.amount, {}});
    if (d.booked) f.evidence.push_back(evidence_of(books_, movements_, *d.booked));
    if (!d.loan_id.empty())
      f.evidence.push_back({.table = "loans",
                            .id = d.loan_id,
                            .customer = f.customer_id,
                            .at = Date(d.day).str(),
                            .amount = d.amount,
                            .file = d.file,
                            .business_date = d.business_date,
                            .line = d.line});
    for (const Movement& m : back) f.evidence.push_back(evidence_of(books_, movements_, m));
    return f;
  }

  const Books& books_;
  const Rules& rules_;
  int32_t last_;
  const Movements& movements_;
  const Replaced& replaced_;
  std::set<uint8_t> kinds_;
  Replaced used_;
};

}  // namespace

std::vector<Finding> find_returns(const Books& books, const Rules& rules, const base::Period& period,
                                  const std::vector<Disbursement>& disbursements, const Connected& connected,
                                  const std::vector<std::vector<uint32_t>>& accounts, const Movements& movements,
                                  const Replaced& replaced) {
  std::vector<Finding> out;
  Returns returns(books, rules, period, movements, replaced);
  for (const Disbursement& d : disbursements) {
    if (d.booked && replaced.contains({d.booked->import_id, d.booked->line})) continue;
    if (auto f = returns.find(d, connected.of(d.customer, d.day), accounts)) out.push_back(std::move(*f));
  }
  return out;
}

}  // namespace guanhu::risk
