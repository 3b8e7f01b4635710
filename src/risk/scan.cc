#include "risk/scan.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "risk/effects.h"
#include "risk/returns.h"
#include "risk/rings.h"
#include "risk/spikes.h"
#include "risk/splits.h"

namespace guanhu::risk {

namespace {

using base::Date;
using warehouse::Chunk;
using warehouse::Type;

class Scanner {
 public:
  Scanner(const Books& books, const Rules& rules, const ScanOptions& options, const Progress& progress, Scan& out)
      : books_(books),
        rules_(rules),
        options_(options),
        progress_(progress),
        out_(out),
        directory_(books.directory(options.period.last())),
        subtrees_(subtrees_of(books, directory_)) {}

  void run() {
    if (wants(Kind::spike) || wants(Kind::passing)) around_month_ends();
    if (wants(Kind::loan_return) || wants(Kind::circle) || !out_.findings.empty()) transactions();
    if (wants(Kind::split)) {
      tell("sales");
      for (Finding& f : find_splits(books_, rules_, options_.period)) out_.findings.push_back(std::move(f));
    }
    finish();
  }

 private:
  bool wants(Kind kind) const {
    return std::find(options_.kinds.begin(), options_.kinds.end(), kind) != options_.kinds.end();
  }
  void tell(std::string_view what) const {
    if (progress_) progress_(what);
  }
  int32_t first() const { return options_.period.first().days(); }
  int32_t last() const { return options_.period.last().days(); }

  void around_month_ends() {
    for (Date end : month_ends(options_.period, books_.reached())) {
      tell("month end " + end.str());
      if (wants(Kind::spike))
        for (Finding& f : find_spikes(books_, rules_, end, directory_, subtrees_))
          out_.findings.push_back(std::move(f));
      if (wants(Kind::passing))
        for (Finding& f : find_passing(books_, rules_, end)) out_.findings.push_back(std::move(f));
    }
  }

  // Days around which a spike or a passage shows its rows.
  std::pair<int32_t, int32_t> window(const Finding& f, const Stretch& s) const {
    int32_t end = f.day.days(), n = f.kind == Kind::spike ? rules_.fall_days : rules_.passing_days;
    return {std::min(s.first, end - n + 1), end + n};
  }

  void transactions() {
    std::vector<Disbursement> disbursements;
    std::vector<std::vector<uint32_t>> accounts;
    std::optional<Connected> connected;
    Want want;
    want.first = first() - std::max(rules_.circle_days, rules_.passing_days);
    want.last = last() + std::max({rules_.return_days, rules_.passing_days, rules_.fall_days});
    want.transfers = wants(Kind::circle) ? rules_.circle_amount : INT64_MAX;
    want.watched.resize(books_.accounts()), want.flagged.resize(books_.accounts());
    want.watched_least = wants(Kind::loan_return) ? rules_.return_part_least : INT64_MAX;
    if (wants(Kind::loan_return)) {
      tell("loans");
      disbursements = disbursements_of(books_, rules_, options_.period);
      connected.emplace(books_, rules_);
      accounts = books_.by_customer(last());
      for (const Disbursement& d : disbursements)
        for (uint32_t c : connected->of(d.customer, d.day))
          for (uint32_t account : accounts[c]) want.watched[account] = true;
    }
    for (const Finding& f : out_.findings)
      for (const Stretch& s : f.money) want.flagged[s.account] = true;
    want.flagged_least = out_.findings.empty() ? INT64_MAX : rules_.return_part_least;
    tell("transactions");
    Movements movements = Movements::read(books_, want);
    out_.transactions = movements.rows().size();
    tell("balances behind findings");
    add_balances(want);
    for (Finding& f : out_.findings) add_movements(movements, f);
    search(disbursements, accounts, connected, movements);
  }

  // Rows that a later business date replaced are found out only for what findings rest on: they are few. Then
  // the search is made again without them.
  void search(const std::vector<Disbursement>& disbursements, const std::vector<std::vector<uint32_t>>& accounts,
              const std::optional<Connected>& connected, const Movements& movements) {
    const size_t before = out_.findings.size();
    Replaced replaced;
    for (size_t known = 1; known != 0;) {
      out_.findings.resize(before);
      if (connected) {
        tell("returning loan money");
        for (Finding& f : find_returns(books_, rules_, options_.period, disbursements, *connected, accounts,
                                       movements, replaced))
          out_.findings.push_back(std::move(f));
      }
      if (wants(Kind::circle)) circles(movements, replaced);
      known = name(replaced);
    }
  }

  void circles(const Movements& movements, const Replaced& replaced) {
    tell("circles");
    Rings rings = find_rings(books_, rules_, options_.period, movements, replaced);
    out_.transfers = rings.transfers, out_.given_up = rings.given_up;
    for (Finding& f : rings.findings) out_.findings.push_back(std::move(f));
  }

  // Puts ids to the transactions of all findings; how many rows turned out to be replaced that were not known.
  size_t name(Replaced& replaced) {
    tell("names of transactions");
    std::vector<std::pair<int32_t, int32_t>> rows;
    for (const Finding& f : out_.findings)
      for (const Evidence& e : f.evidence)
        if (e.table == "transactions") rows.emplace_back(e.import_id, e.line);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    Named named = names_of(books_, rows);
    size_t fresh = 0;
    for (Finding& f : out_.findings) {
      std::erase_if(f.evidence, [&](const Evidence& e) {
        bool gone = e.table == "transactions" && named.replaced.contains({e.import_id, e.line});
        bool rests = f.kind == Kind::circle || f.kind == Kind::loan_return;
        if (gone && rests) fresh += replaced.emplace(e.import_id, e.line).second;
        return gone && !rests;
      });
      for (Evidence& e : f.evidence)
        if (e.table == "transactions") e.id = named.ids[key_of(e.import_id, e.line)];
    }
    return fresh;
  }

  void add_movements(const Movements& movements, Finding& f) const {
    for (const Stretch& s : f.money) {
      auto [from, to] = window(f, s);
      for (const Movement& m : movements.of(s.account))
        if (m.day() >= from && m.day() <= to && std::abs(m.amount) >= rules_.return_part_least)
          f.evidence.push_back(evidence_of(books_, movements, m));
    }
    std::stable_sort(f.evidence.begin(), f.evidence.end(), [](const Evidence& a, const Evidence& b) {
      return std::pair(a.table == "balances", -std::abs(a.amount)) <
             std::pair(b.table == "balances", -std::abs(b.amount));
    });
    f.evidence_in_all = f.evidence.size();
    if (f.evidence.size() > kEvidence) f.evidence.resize(kEvidence);
  }

  // Balance rows of flagged accounts on the days around, the latest for each day.
  void add_balances(const Want& want) {
    struct Row {
      int64_t balance;
      int32_t business_day, import_id, line;
    };
    std::map<std::pair<uint32_t, int32_t>, Row> rows;
    bool any = std::find(want.flagged.begin(), want.flagged.end(), true) != want.flagged.end();
    const Type types[] = {Type::int32, Type::date, Type::int64, Type::int32, Type::int32};
    auto take = [&](const Chunk& c, size_t i) {
      auto account = static_cast<uint32_t>(c.columns[0].i32[i]);
      auto day = books_.known().business_day(c.columns[3].i32[i]);
      if (!day || account >= want.flagged.size() || !want.flagged[account] || c.columns[2].is_null(i)) return;
      Row row{c.columns[2].i64[i], *day, c.columns[3].i32[i], c.columns[4].i32[i]};
      auto [at, fresh] = rows.emplace(std::pair(account, c.columns[1].i32[i]), row);
      if (!fresh &&
          std::pair(at->second.business_day, at->second.import_id) < std::pair(row.business_day, row.import_id))
        at->second = row;
    };
    if (any)
      books_.db().scan(
          "SELECT f.account, f.date, f.balance, f.import_id, f.line FROM f_balances f WHERE f.date BETWEEN " +
              attribution::date_sql(Date(want.first)) + " AND " + attribution::date_sql(Date(want.last)),
          types, [&](const Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i) take(c, i);
          });
    for (Finding& f : out_.findings)
      for (const Stretch& s : f.money) {
        auto [from, to] = window(f, s);
        for (auto at = rows.lower_bound({s.account, from});
             at != rows.end() && at->first <= std::pair(s.account, to); ++at)
          f.evidence.push_back({.table = "balances",
                                .id = books_.account_id(s.account) + " " + Date(at->first.second).str(),
                                .account = books_.account_id(s.account),
                                .at = Date(at->first.second).str(),
                                .amount = at->second.balance,
                                .file = "balances.csv",
                                .business_date = Date(at->second.business_day),
                                .line = at->second.line});
      }
  }

  void finish() {
    tell("figures without it");
    Totals totals = totals_of(books_, first(), last());
    for (Finding& f : out_.findings) {
      f.evidence_in_all = std::max(f.evidence_in_all, f.evidence.size());
      if (f.evidence.size() > kEvidence) f.evidence.resize(kEvidence);
      if (f.kind == Kind::circle) f.id = id_of(f.kind, transactions_of(f));
      // Paid out without a loan that is known: the transaction that booked it names the event.
      if (f.kind == Kind::loan_return && f.subject_kind == "customer") f.id = id_of(f.kind, f.evidence.at(0).id);
      weigh(books_, totals, subtrees_, f);
    }
    std::sort(out_.findings.begin(), out_.findings.end(), [](const Finding& a, const Finding& b) {
      return std::tie(a.kind, a.day, a.subject_kind, a.subject_id, a.id) <
             std::tie(b.kind, b.day, b.subject_kind, b.subject_id, b.id);
    });
    notes();
  }

  static std::string transactions_of(const Finding& f) {
    std::vector<std::string> ids;
    for (const Evidence& e : f.evidence) ids.push_back(e.id);
    std::sort(ids.begin(), ids.end());
    std::string out;
    for (const std::string& id : ids) out += id + "\n";
    return out;
  }

  void notes() {
    if (out_.reached < options_.period.last())
      out_.notes.push_back("数据到 " + out_.reached.str() + " 为止，期末还没有到");
    else if (out_.reached.days() < last() + std::max(rules_.passing_days, rules_.fall_days))
      out_.notes.push_back("期末以后的数据只到 " + out_.reached.str() + "，月末后的转出还没有看全");
    if (out_.given_up)
      out_.notes.push_back(std::to_string(out_.given_up) + " 笔转账往来太密，从它们开始的圈没有找完");
  }

  const Books& books_;
  const Rules& rules_;
  const ScanOptions& options_;
  const Progress& progress_;
  Scan& out_;
  people::Directory directory_;
  Subtrees subtrees_;
};

}  // namespace

base::Result<Scan> scan(warehouse::Warehouse& db, const Rules& rules, const ScanOptions& options,
                        const std::function<void(std::string_view)>& progress) {
  auto books = Books::open(db, options.columns, options.known_at, progress);
  if (!books) return books.error();
  if ((*books)->reached() < options.period.first().days())
    return base::Error{"risk.data", "there are no facts of " + options.period.str(), "period",
                       "import the period's business dates first"};
  Scan out{.period = options.period, .kinds = options.kinds, .rules = rules};
  out.known = (*books)->known().fingerprint();
  out.reached = Date((*books)->reached());
  out.accounts = (*books)->accounts();
  Scanner(**books, rules, options, progress, out).run();
  return out;
}

base::Json to_json(const Scan& scan) {
  base::JsonArray findings, kinds, notes(scan.notes.begin(), scan.notes.end());
  for (const Finding& f : scan.findings) findings.push_back(to_json(f, scan.rules));
  for (Kind kind : scan.kinds) kinds.push_back(word_of(kind));
  return base::JsonObject{
      {"period", scan.period.str()}, {"kinds", std::move(kinds)},         {"reached", scan.reached.str()},
      {"known", scan.known},         {"pack", scan.rules.pack},           {"pack_hash", scan.rules.pack_hash},
      {"accounts", scan.accounts},   {"transactions", scan.transactions}, {"transfers", scan.transfers},
      {"given_up", scan.given_up},   {"notes", std::move(notes)},         {"findings", std::move(findings)}};
}

}  // namespace guanhu::risk
