#include "risk/splits.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "measures/fact_sql.h"
#include "measures/source_rows.h"

namespace guanhu::risk {

namespace {

using base::Date;
using measures::SourceRows;

constexpr const char* kCount = "销售笔数";

struct Sale {
  int32_t day;
  std::string id, account;
  int64_t amount;  // fen
  measures::SourceRow source;
};
using Group = std::tuple<std::string, std::string, std::string>;  // seller, customer, product

std::map<Group, std::vector<Sale>> sales_of(const Books& books, const Rules& rules, Date first, Date last) {
  std::map<Group, std::vector<Sale>> out;
  if (rules.split_products.empty()) return out;
  SourceRows source(books.db(), books.known());
  std::string days = " BETWEEN " + attribution::date_sql(first) + " AND " + attribution::date_sql(last);
  // Every row of a sale that any row places in these days: a later one may have moved it elsewhere.
  for (const auto& row : source.winners(
           "sales", "f.sale_id IN (SELECT g.sale_id FROM f_sales g WHERE g.date" + days + ")", {"sale_id"})) {
    auto day = Date::parse(row.cell("date"));
    const std::string& product = row.cell("product");
    bool wanted =
        std::find(rules.split_products.begin(), rules.split_products.end(), product) != rules.split_products.end();
    if (!day || *day < first || *day > last || !wanted) continue;
    if (row.cell("staff_id").empty() || row.cell("customer_id").empty()) continue;
    out[{row.cell("staff_id"), row.cell("customer_id"), product}].push_back(
        {day->days(), row.cell("sale_id"), row.cell("account_id"), base::parse_fen(row.cell("amount")).value_or(0),
         row.row});
  }
  for (auto& [group, sales] : out)
    std::sort(sales.begin(), sales.end(),
              [](const Sale& a, const Sale& b) { return std::tie(a.day, a.id) < std::tie(b.day, b.id); });
  return out;
}

Finding make(const Group& group, std::span<const Sale> run) {
  const auto& [seller, customer, product] = group;
  Finding f;
  f.kind = Kind::split, f.day = Date(run.back().day), f.unit = "笔";
  f.subject_kind = "manager", f.subject_id = seller, f.customer_id = customer, f.managers = {seller};
  f.id = id_of(Kind::split, seller + "\n" + customer + "\n" + product + "\n" + run.front().id);
  f.amount = static_cast<int64_t>(run.size()) - 1;
  int days = run.back().day - run.front().day;
  f.what =
      std::to_string(days) + " 天内把 " + product + " 分 " + std::to_string(run.size()) + " 笔卖给 " + customer;
  int64_t whole = 0;
  for (const Sale& s : run) {
    whole += s.amount;
    f.evidence.push_back({.table = "sales",
                          .id = s.id,
                          .account = s.account,
                          .customer = customer,
                          .at = Date(s.day).str(),
                          .kind = product,
                          .amount = s.amount,
                          .file = s.source.file,
                          .business_date = s.source.business_date,
                          .line = s.source.line});
  }
  f.detail = {{"product", product}, {"sales", run.size()}, {"days", days}, {"amount", base::Decimal::fen(whole)}};
  return f;
}

// Sales of the seller that count in the period, of all products.
std::map<std::string, int64_t> counts_of(const Books& books, const base::Period& period) {
  std::map<std::string, int64_t> out;
  SourceRows source(books.db(), books.known());
  std::string days =
      " BETWEEN " + attribution::date_sql(period.first()) + " AND " + attribution::date_sql(period.last());
  for (const auto& row : source.winners(
           "sales", "f.sale_id IN (SELECT g.sale_id FROM f_sales g WHERE g.date" + days + ")", {"sale_id"})) {
    auto day = Date::parse(row.cell("date"));
    if (day && *day >= period.first() && *day <= period.last()) ++out[row.cell("staff_id")];
  }
  return out;
}

// Of a run the first sale counts, the others do not.
void add_effect(Finding& f, std::span<const Sale> run, const base::Period& period, int64_t count) {
  int64_t off = 0;
  for (const Sale& s : run.subspan(1)) off += s.day >= period.first().days();
  f.effects.push_back({"manager", f.subject_id, kCount, "笔", count, count - off});
}

}  // namespace

std::vector<Finding> find_splits(const Books& books, const Rules& rules, const base::Period& period) {
  std::vector<Finding> out;
  // A run may begin long before the period: as far back as it can reach with as many sales as there are days.
  Date from = period.first() - std::max(1, rules.split_days) * 31;
  auto groups = sales_of(books, rules, from, period.last());
  auto counts = counts_of(books, period);
  for (const auto& [group, sales] : groups)
    for (size_t i = 0; i < sales.size();) {
      size_t end = i + 1;
      while (end < sales.size() && sales[end].day - sales[end - 1].day <= rules.split_days) ++end;
      std::span<const Sale> run = std::span(sales).subspan(i, end - i);
      if (static_cast<int>(run.size()) >= rules.split_least && run.back().day >= period.first().days()) {
        out.push_back(make(group, run));
        add_effect(out.back(), run, period, counts[std::get<0>(group)]);
      }
      i = end;
    }
  return out;
}

}  // namespace guanhu::risk
