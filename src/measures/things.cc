// The things behind a figure, as the feed describes them.
#include <algorithm>

#include "attribution/read.h"
#include "attribution/recorded.h"
#include "measures/breakdown.h"
#include "measures/lookup.h"

namespace guanhu::measures {

base::Result<std::vector<Thing>> EngineImpl::things(const policy::Measure& measure, const base::Period& period,
                                                    const Holder& holder) {
  auto opened = open_one(measure, period, holder, SIZE_MAX);
  if (!opened) return opened.error();
  const Question q = opened->question;
  std::vector<uint32_t> numbers;
  for (const Part& part : opened->parts)
    numbers.push_back(static_cast<uint32_t>(std::max<int64_t>(part.subject, 0)));
  std::vector<Opened> all;
  all.push_back(std::move(*opened));
  std::vector<Breakdown> done = finish(std::move(all));
  const bool loans = is_loan_fact(measure.fact), described = q.kind == Kind::balance || q.kind == Kind::account;
  SourceRows rows(db_, known_);
  SourceRows::ByNumber descriptions;
  if (described && !numbers.empty()) {
    std::sort(numbers.begin(), numbers.end());
    auto unique = numbers;
    unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
    descriptions = rows.descriptions(rows.ids(loans, unique), loans, unique);
  }
  std::map<std::string, const SourceRow*> by_id;
  for (const auto& [number, versions] : descriptions)
    if (const SourceRows::Row* row = SourceRows::in_force(versions, q.last()))
      by_id.emplace(row->cell(loans ? "loan_id" : "account_id"), &row->row);
  std::vector<Thing> out;
  for (const Contribution& c : done.front().items) {
    Thing thing{c.subject_kind, c.subject_id, c.customer_id, c.amount, {}};
    if (auto found = by_id.find(c.subject_id); found != by_id.end()) thing.cells = found->second->cells;
    else if (!described && !c.rows.empty()) thing.cells = c.rows.front().cells;
    out.push_back(std::move(thing));
  }
  std::sort(out.begin(), out.end(), [](const Thing& a, const Thing& b) { return a.subject_id < b.subject_id; });
  return out;
}

namespace {
using HeldSpans = std::map<std::string, std::vector<std::pair<int32_t, int32_t>>, std::less<>>;

void add_held(HeldSpans& spans, std::string_view staff, int32_t from, int32_t to, const base::Period& period) {
  auto at = spans.find(staff);
  if (at == spans.end()) return;
  from = std::max(from, period.first().days()), to = std::min(to, period.last().days());
  if (from <= to) at->second.emplace_back(from, to);
}

// Where people of the bank recorded assignments, the rows of the feed alone do not tell.
void held_with_recorded(warehouse::Warehouse& db, const attribution::Known& known, const base::Period& period,
                        HeldSpans& spans) {
  using attribution::SubjectKind;
  for (SubjectKind kind : {SubjectKind::customer, SubjectKind::account, SubjectKind::loan}) {
    attribution::Names staff, customers;
    for (const auto& a : attribution::read_assignments(db, known, kind, staff, customers).rows)
      if (a.claim.raw > 0) add_held(spans, staff.name(a.claim.staff), a.from, a.to, period);
  }
}

// On how many days of the period any span of each holds.
std::vector<int> days_of(HeldSpans& spans, const std::vector<Holder>& holders, const base::Period& period) {
  std::vector<int> out;
  for (const Holder& holder : holders) {
    auto& all = spans[holder.id];
    std::sort(all.begin(), all.end());
    int days = 0;
    int32_t next = period.first().days();
    for (const auto& [from, to] : all) {
      if (to < next) continue;
      days += to - std::max(from, next) + 1;
      next = to + 1;
    }
    out.push_back(days);
  }
  return out;
}
}  // namespace

std::vector<int> EngineImpl::days_held(const std::vector<Holder>& holders, const base::Period& period) {
  HeldSpans spans;
  for (const Holder& holder : holders) spans[holder.id];
  if (attribution::anything_recorded(db_, known_)) {
    held_with_recorded(db_, known_, period, spans);
    return days_of(spans, holders, period);
  }
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::date, warehouse::Type::date};
  db_.scan(
      "SELECT a.staff_id, a.valid_from, COALESCE(a.valid_to, DATE '9999-12-31') FROM (SELECT DISTINCT ON "
      "(f.subject_kind, f.subject_id, f.staff_id, f.valid_from) f.* FROM f_assignments f JOIN " +
          known_.active_sql() +
          " i ON i.import_id = f.import_id ORDER BY f.subject_kind, f.subject_id, f.staff_id, f.valid_from, "
          "i.business_date DESC, f.import_id DESC) a WHERE a.share > 0",
      types, [&](const warehouse::Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i)
          add_held(spans, c.columns[0].text[i], c.columns[1].i32[i], c.columns[2].i32[i], period);
      });
  return days_of(spans, holders, period);
}

}  // namespace guanhu::measures
