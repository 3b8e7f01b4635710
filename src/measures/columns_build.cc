#include "measures/columns_build.h"

#include <algorithm>
#include <future>
#include <tuple>

#include "attribution/names.h"
#include "attribution/read.h"
#include "measures/columns.h"
#include "measures/points_build.h"

namespace guanhu::measures {

namespace {
using attribution::Entry;
using attribution::kAlways;
using attribution::kForever;
using attribution::Known;
using attribution::Names;
using attribution::SubjectKind;
using attribution::Timeline;
using attribution::Via;
using warehouse::Chunk;
using warehouse::Type;

struct Kind {
  std::string word;  // "account": prefix of sections, number column
  std::string table, opened, closed;
  SubjectKind subject;
};
const Kind kAccount{"account", "f_accounts", "opened_on", "closed_on", SubjectKind::account};
const Kind kLoan{"loan", "f_loans", "issued_on", "settled_on", SubjectKind::loan};

// Rows per subject: rows of s are [offset[s], offset[s + 1]).
template <class T>
struct Grouped {
  std::vector<uint32_t> offset;
  std::vector<T> rows;
};

struct Build {
  warehouse::Warehouse& db;
  const Known& known;
  Sections out;
  Names staff, orgs, customers;
};

void put_names(Sections& out, const std::string& name, const Names& names) {
  std::vector<uint32_t> offset;
  std::vector<char> text;
  for (uint32_t i = 0; i < names.size(); ++i) {
    offset.push_back(static_cast<uint32_t>(text.size()));
    text.insert(text.end(), names.name(i).begin(), names.name(i).end());
  }
  offset.push_back(static_cast<uint32_t>(text.size()));
  out.put(name + ".offset", std::move(offset));
  out.put(name + ".text", std::move(text));
}

// All staff and organisations that any row may name, so that every figure has a series to stand in.
void read_names(Build& b) {
  const Type one[] = {Type::text};
  auto read = [&](Names& names, const std::string& sql) {
    b.db.scan(sql, one, [&](const Chunk& c) {
      for (size_t i = 0; i < c.rows; ++i)
        if (!c.columns[0].is_null(i)) names.number(c.columns[0].text[i]);
    });
  };
  read(b.staff,
       "SELECT staff_id FROM f_staff UNION SELECT staff_id FROM f_sales UNION SELECT staff_id FROM f_assignments "
       "UNION SELECT staff_id FROM recorded_assignments");
  read(b.orgs,
       "SELECT org_id FROM f_orgs UNION SELECT org_id FROM f_accounts UNION SELECT org_id FROM f_loans "
       "UNION SELECT org_id FROM f_staff");
  b.staff.sort();
  b.orgs.sort();
}

Grouped<Version> read_versions(Build& b, const Kind& kind, size_t subjects) {
  struct Row {
    uint32_t subject;
    int32_t business_day, import_id;
    Version version;
  };
  std::vector<Row> rows;
  const Type types[] = {Type::int32, Type::text, Type::text, Type::date, Type::date, Type::int32};
  b.db.scan(
      "SELECT " + kind.word + ", customer_id, org_id, " + kind.opened + ", " + kind.closed + ", import_id FROM " +
          kind.table,
      types, [&](const Chunk& c) {
        auto text = [&](size_t k, size_t i) {
          return c.columns[k].is_null(i) ? std::string_view() : c.columns[k].text[i];
        };
        auto day = [&](size_t k, size_t i) { return c.columns[k].is_null(i) ? kForever : c.columns[k].i32[i]; };
        for (size_t i = 0; i < c.rows; ++i) {
          auto from = b.known.business_day(c.columns[5].i32[i]);
          if (!from) continue;
          rows.push_back({static_cast<uint32_t>(c.columns[0].i32[i]),
                          *from,
                          c.columns[5].i32[i],
                          {*from, day(3, i), day(4, i), b.customers.number(text(1, i)), b.orgs.find(text(2, i))}});
        }
      });
  std::sort(rows.begin(), rows.end(), [](const Row& x, const Row& y) {
    return std::tie(x.subject, x.business_day, x.import_id) < std::tie(y.subject, y.business_day, y.import_id);
  });
  Grouped<Version> out;
  out.offset.assign(subjects + 1, 0);
  for (size_t i = 0; i < rows.size(); ++i) {
    bool first = i == 0 || rows[i - 1].subject != rows[i].subject;
    if (!first && rows[i - 1].business_day == rows[i].business_day) {  // the later import of one date
      out.rows.back() = {out.rows.back().from, rows[i].version.opened, rows[i].version.closed,
                         rows[i].version.customer, rows[i].version.org};
      continue;
    }
    if (first) rows[i].version.from = kAlways;  // before its first row a thing was as that row says
    out.rows.push_back(rows[i].version);
    ++out.offset[rows[i].subject + 1];
  }
  for (size_t s = 0; s < subjects; ++s) out.offset[s + 1] += out.offset[s];
  return out;
}

// Each customer's own timeline, by customer number; and as sections.
std::vector<Timeline> customer_timelines(const Build& b, Sections& to, attribution::Assignments& assignments) {
  std::vector<Timeline> out(b.customers.size());
  std::vector<uint32_t> offset{0};
  std::vector<Entry> entries;
  for (size_t c = 0; c < out.size(); ++c) {
    auto rows = assignments.of(c);
    if (!rows.empty()) out[c] = attribution::lay_out(rows, Via::customer);
    entries.insert(entries.end(), out[c].begin(), out[c].end());
    offset.push_back(static_cast<uint32_t>(entries.size()));
  }
  to.put("customer.managers.offset", std::move(offset));
  to.put("customer.managers", std::move(entries));
  return out;
}

void note_over(std::vector<OverAssigned>& over, uint32_t subject, const Timeline& timeline) {
  attribution::each_group(timeline, kAlways, kForever,
                          [&](std::span<const Entry> group, int32_t from, int32_t to) {
                            if (int32_t sum = attribution::claimed(group); sum > attribution::kWhole)
                              over.push_back({subject, from, to, sum});
                          });
}

// Who holds each subject: its own assignments over those of its customers.
void put_managers(Sections& to, const Kind& kind, const attribution::Assignments& own,
                  const Grouped<Version>& versions, const std::vector<Timeline>& customers) {
  std::vector<uint32_t> offset{0};
  std::vector<Entry> entries;
  std::vector<OverAssigned> over;
  std::vector<attribution::CustomerSpan> spans;
  for (size_t s = 0; s + 1 < versions.offset.size(); ++s) {
    spans.clear();
    for (uint32_t v = versions.offset[s]; v < versions.offset[s + 1]; ++v)
      spans.push_back({versions.rows[v].from, customers[versions.rows[v].customer]});
    auto rows = own.of(s);
    Timeline mine = rows.empty() ? Timeline() : attribution::lay_out(rows, Via::own);
    Timeline timeline = attribution::decide(mine, spans);
    note_over(over, static_cast<uint32_t>(s), timeline);
    entries.insert(entries.end(), timeline.begin(), timeline.end());
    offset.push_back(static_cast<uint32_t>(entries.size()));
  }
  to.put(kind.word + ".managers.offset", std::move(offset));
  to.put(kind.word + ".managers", std::move(entries));
  to.put(kind.word + ".over", std::move(over));
}

// The organisation each subject belongs to, in the form of a timeline: whole, to one owner.
void put_orgs(Sections& to, const Kind& kind, const Grouped<Version>& versions) {
  std::vector<uint32_t> offset{0};
  std::vector<Entry> entries;
  for (size_t s = 0; s + 1 < versions.offset.size(); ++s) {
    size_t first = entries.size();
    auto add = [&](int32_t from, uint32_t org) {
      if (entries.size() > first && entries.back().staff == org) return;
      entries.push_back({from, org, static_cast<uint32_t>(Via::own), attribution::kWhole, attribution::kWhole});
    };
    if (versions.offset[s] == versions.offset[s + 1]) add(kAlways, 0);
    for (uint32_t v = versions.offset[s]; v < versions.offset[s + 1]; ++v)
      add(versions.rows[v].from, versions.rows[v].org);
    offset.push_back(static_cast<uint32_t>(entries.size()));
  }
  to.put(kind.word + ".orgs.offset", std::move(offset));
  to.put(kind.word + ".orgs", std::move(entries));
}

base::Error outside(warehouse::Warehouse& db, const Kind& kind, int32_t subject, int32_t day) {
  auto id = warehouse::one_text(db, "SELECT " + kind.word + "_id FROM " + kind.word + "_keys WHERE " + kind.word +
                                        " = " + std::to_string(subject));
  return {"measure.dates",
          kind.word + " " + id.value_or("?") + " has a balance of " + base::Date(day).str() + ", outside " +
              base::Date(kFirstDay).str() + " to " + base::Date(kLastDay).str(),
          kind.word == "loan" ? "loan_states.csv" : "balances.csv",
          "correct the date and import that business date again"};
}

// `columns`: number, date, K values, import_id. The first date outside the columns' days is kept in `bad`.
template <size_t K>
PointSorter<K> read_points(Build& b, const std::string& sql, std::span<const Type> types,
                           std::optional<std::pair<int32_t, int32_t>>& bad, bool last_hides = false) {
  PointSorter<K> sorter;
  b.db.scan(sql, types, [&](const Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      auto from = b.known.business_day(c.columns[K + 2 + (last_hides ? 1 : 0)].i32[i]);
      if (!from) continue;
      int32_t day = c.columns[1].i32[i];
      if (day < kFirstDay || day > kLastDay) {
        if (!bad) bad = {c.columns[0].i32[i], day};
        continue;
      }
      typename PointSorter<K>::Row row{
          static_cast<uint32_t>(c.columns[0].i32[i]), near_day(day), near_day(*from), {}};
      for (size_t k = 0; k < K; ++k) row.value[k] = c.columns[2 + k].is_null(i) ? 0 : c.columns[2 + k].i64[i];
      // The last value is the balance as far as it stands on the balance sheet.
      if (last_hides && !c.columns[K + 2].is_null(i) && c.columns[K + 2].i8[i]) row.value[K - 1] = 0;
      sorter.add(row);
    }
  });
  return sorter;
}

template <size_t K>
void put_points(Build& b, const Kind& kind, typename PointSorter<K>::Result points,
                const std::array<std::string, K>& names) {
  b.out.put(kind.word + ".points.offset", std::move(points.offset));
  b.out.put(kind.word + ".points.day", std::move(points.day));
  for (size_t k = 0; k < K; ++k) b.out.put(kind.word + "." + names[k], std::move(points.value[k]));
}

std::optional<base::Error> deposits(Build& b, size_t accounts) {
  std::optional<std::pair<int32_t, int32_t>> bad;
  const Type types[] = {Type::int32, Type::date, Type::int64, Type::int32};
  // `changed` says what is known now; at an earlier moment every row is looked at.
  auto sorter = read_points<1>(b,
                               std::string("SELECT account, date, balance, import_id FROM f_balances") +
                                   (b.known.everything() ? " WHERE changed" : ""),
                               types, bad);
  if (bad) return outside(b.db, kAccount, bad->first, bad->second);
  put_points<1>(b, kAccount, sorter.finish(accounts), {"balance"});
  return std::nullopt;
}

std::optional<base::Error> loans(Build& b, size_t count) {
  std::optional<std::pair<int32_t, int32_t>> bad;
  const Type types[] = {Type::int32, Type::date,  Type::int64,   Type::int64,
                        Type::int64, Type::int64, Type::boolean, Type::int32};
  auto sorter = read_points<4>(b,
                               "SELECT loan, date, balance, overdue_principal, overdue_interest, balance, "
                               "off_balance, import_id FROM f_loan_states",
                               types, bad, true);
  if (bad) return outside(b.db, kLoan, bad->first, bad->second);
  put_points<4>(b, kLoan, sorter.finish(count),
                {"balance", "overdue_principal", "overdue_interest", "on_balance"});
  return std::nullopt;
}

size_t count(Build& b, const Kind& kind) {
  auto n = warehouse::one_int(b.db, "SELECT CAST(max(" + kind.word + ") AS BIGINT) FROM " + kind.word + "_keys");
  return static_cast<size_t>(n ? *n + 1 : 0);
}
}  // namespace

base::Result<Sections> build_columns(warehouse::Warehouse& db, const Known& known,
                                     const std::function<void(std::string_view)>& progress) {
  auto say = [&](std::string_view what) {
    if (progress) progress(what);
  };
  Build b{db, known, {}, {}, {}, {}};
  say("reading accounts and loans");
  read_names(b);
  size_t accounts = count(b, kAccount), loan_count = count(b, kLoan);
  auto account_versions = read_versions(b, kAccount, accounts);
  auto loan_versions = read_versions(b, kLoan, loan_count);
  say("reading assignments");
  auto of_customers = read_assignments(db, known, SubjectKind::customer, b.staff, b.customers);
  auto of_accounts = read_assignments(db, known, SubjectKind::account, b.staff, b.customers);
  auto of_loans = read_assignments(db, known, SubjectKind::loan, b.staff, b.customers);
  // Who holds what is worked out beside the reading of balances; the two share nothing but names, which stay.
  auto held = std::async(std::launch::async, [&] {
    Sections out;
    auto customers = customer_timelines(b, out, of_customers);
    put_managers(out, kAccount, of_accounts, account_versions, customers);
    put_managers(out, kLoan, of_loans, loan_versions, customers);
    put_orgs(out, kAccount, account_versions);
    put_orgs(out, kLoan, loan_versions);
    put_names(out, "staff", b.staff);
    put_names(out, "orgs", b.orgs);
    put_names(out, "customers", b.customers);
    for (auto [kind, versions] : {std::pair{&kAccount, &account_versions}, std::pair{&kLoan, &loan_versions}}) {
      out.put(kind->word + ".versions.offset", std::move(versions->offset));
      out.put(kind->word + ".versions", std::move(versions->rows));
    }
    return out;
  });
  say("reading balances");
  if (auto error = deposits(b, accounts)) return *error;
  if (auto error = loans(b, loan_count)) return *error;
  b.out.add(held.get());
  return std::move(b.out);
}

}  // namespace guanhu::measures
