#include "risk/rings.h"

#include <algorithm>
#include <tuple>

namespace guanhu::risk {

namespace {

using base::Decimal;

class Graph {
 public:
  Graph(const Books& books, const Rules& rules, const Movements& movements, const Replaced& replaced)
      : books_(books), rules_(rules), movements_(movements), replaced_(replaced) {
    read();
    join();
  }

  std::vector<Transfer> transfers;
  std::vector<const Movement*> rows;  // of each transfer

 private:
  // One side's report of a transfer: both accounts, the day and the amount tell which reports are of one.
  struct Report {
    uint32_t from, to;
    int64_t amount;
    int32_t day;
    bool in;
    const Movement* row;
    auto event() const { return std::tie(from, to, amount, day); }
    auto order() const { return std::tuple(from, to, amount, day, in, row->at, row->import_id, row->line); }
  };

  void read() {
    for (const Movement& m : movements_.rows()) {
      if (m.counter == kNoAccount || m.counter == m.account || std::abs(m.amount) < rules_.circle_amount) continue;
      if (replaced_.contains({m.import_id, m.line})) continue;
      bool in = m.amount > 0;
      reports_.push_back(
          {in ? m.counter : m.account, in ? m.account : m.counter, std::abs(m.amount), m.day(), in, &m});
    }
    std::sort(reports_.begin(), reports_.end(),
              [](const Report& a, const Report& b) { return a.order() < b.order(); });
  }

  // Of reports of one event as many transfers as the side says that reports more; the paying side's rows first.
  void join() {
    for (size_t i = 0; i < reports_.size();) {
      size_t end = i, out = 0;
      for (; end < reports_.size() && reports_[end].event() == reports_[i].event(); ++end)
        out += !reports_[end].in;
      for (size_t k = i; k < i + std::max(out, end - i - out); ++k) add(reports_[k < i + out ? k : k + out]);
      i = end;
    }
    reports_ = {};
  }

  void add(const Report& r) {
    transfers.push_back({party(r.from, r.day), party(r.to, r.day), r.row->at, r.amount});
    rows.push_back(r.row);
  }

  // Customers first, then accounts of nobody known, then accounts of other banks.
  uint32_t party(uint32_t account, int32_t day) const {
    auto customers = static_cast<uint32_t>(books_.columns().customers.size());
    uint32_t customer = account < books_.accounts() ? books_.customer(account, day) : 0;
    return customer ? customer : customers + account;
  }

  const Books& books_;
  const Rules& rules_;
  const Movements& movements_;
  const Replaced& replaced_;
  std::vector<Report> reports_;
};

// Where the money rested between two hops.
void add_money(const Books& books, const Movement& in, const Movement& out, Finding& f) {
  uint32_t account = in.amount > 0 ? in.account : in.counter;  // the receiving side of the hop
  if (account >= books.accounts() || out.day() <= in.day()) return;
  f.money.push_back({account, in.day(), out.day() - 1, std::abs(in.amount), {}});
}

void add_holders(const Books& books, uint32_t account, int32_t day, std::vector<std::string>& managers) {
  if (account >= books.accounts()) return;
  for (const attribution::Entry& e : books.holders(account, day))
    if (e.staff && e.share > 0) managers.push_back(books.staff_id(e.staff));
}

Finding make(const Books& books, const Movements& movements, const Graph& graph, const Circle& circle) {
  Finding f;
  f.kind = Kind::circle;
  const Movement& first = *graph.rows[circle.transfers.front()];
  const Movement& last = *graph.rows[circle.transfers.back()];
  f.day = base::Date(last.day());
  uint32_t home = first.amount < 0 ? first.account : first.counter;
  bool own = home < books.accounts();
  uint32_t customer = own ? books.customer(home, first.day()) : 0;
  f.subject_kind = customer ? "customer" : "account";
  f.subject_id = customer ? books.customer_id(customer) : movements.party(books, home);
  if (customer) f.customer_id = f.subject_id;
  int64_t moved = 0, least = INT64_MAX;
  for (size_t i = 0; i < circle.transfers.size(); ++i) {
    const Movement& m = *graph.rows[circle.transfers[i]];
    moved += std::abs(m.amount), least = std::min(least, std::abs(m.amount));
    f.evidence.push_back(evidence_of(books, movements, m));
    for (uint32_t account : {m.account, m.counter}) add_holders(books, account, m.day(), f.managers);
    if (i + 1 < circle.transfers.size()) add_money(books, m, *graph.rows[circle.transfers[i + 1]], f);
  }
  f.amount = least;
  int days = last.day() - first.day();
  f.what = base::format_fen(least) + " 元从 " + f.subject_id + " 出去，经 " +
           std::to_string(circle.transfers.size()) + " 笔转账、" + std::to_string(days) + " 天回到原处";
  f.detail = {{"transfers", circle.transfers.size()},
              {"days", days},
              {"moved", Decimal::fen(moved)},
              {"overlapping_circles", circle.others}};
  return f;
}

}  // namespace

Rings find_rings(const Books& books, const Rules& rules, const base::Period& period, const Movements& movements,
                 const Replaced& replaced) {
  Graph graph(books, rules, movements, replaced);
  CircleRules limits{.least = rules.circle_least,
                     .most = rules.circle_most,
                     .days = rules.circle_days,
                     .tolerance = rules.circle_tolerance};
  Circles found = find_circles(graph.transfers, limits);
  Rings out{{}, graph.transfers.size(), found.considered, found.given_up};
  for (const Circle& circle : found.circles) {
    int32_t closed = graph.rows[circle.transfers.back()]->day();
    if (closed >= period.first().days() && closed <= period.last().days())
      out.findings.push_back(make(books, movements, graph, circle));
  }
  return out;
}

}  // namespace guanhu::risk
