// Targets: what was asked of a holder for exactly that period.
#include "measures/engine_impl.h"
#include "measures/source_rows.h"

namespace guanhu::measures {

namespace {
// The name of the period a target must bear; nothing where the reach has none.
std::optional<std::string> period_name(const Question& q) {
  switch (q.measure->reach) {
    case policy::Reach::asked: return q.asked.str();
    case policy::Reach::previous: return q.asked.previous().str();
    case policy::Reach::year_before: return q.asked.year_before().str();
    case policy::Reach::full_year: return q.asked.year().str();
    case policy::Reach::year_to_date: return std::nullopt;
  }
  return std::nullopt;
}

std::pair<std::string, std::string> target_key(const Holder& holder) {
  return {holder.kind == HolderKind::manager        ? "staff"
          : holder.kind == HolderKind::organisation ? "org"
                                                    : "team",
          holder.id};
}
constexpr int64_t kPerUnit = 10'000;  // values are kept in 1/10,000
}  // namespace

// By indicator and period, read once: whoever opens a figure has asked for it before.
base::Result<const EngineImpl::Targets*> EngineImpl::targets(const Question& q) {
  auto name = period_name(q);
  if (!name)
    return base::Error{"measure.kind", "measure " + q.measure->name + ": no target is given for a year to date",
                       place(*q.measure), "ask for the period itself or for the full year"};
  auto [at, fresh] = targets_.try_emplace({q.measure->target, *name});
  Targets& out = at->second;
  if (!fresh) return &out;
  using warehouse::Type;
  const Type types[] = {Type::text, Type::text, Type::int64, Type::int32, Type::int32};
  const warehouse::Value parameters[] = {q.measure->target, *name};
  db_.scan(
      "SELECT f.holder_kind, f.holder_id, f.value, f.import_id, f.line FROM f_targets f "
      "WHERE f.indicator = $1 AND f.period = $2",
      types,
      [&](const warehouse::Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          auto day = known_.business_day(c.columns[3].i32[i]);
          if (!day) continue;
          std::optional<int64_t> value;
          if (!c.columns[2].is_null(i)) value = c.columns[2].i64[i];
          Target row{*day, value, c.columns[3].i32[i], c.columns[4].i32[i]};
          auto [old, first] =
              out.try_emplace({std::string(c.columns[0].text[i]), std::string(c.columns[1].text[i])}, row);
          if (!first &&
              std::pair(old->second.business_day, old->second.import_id) < std::pair(*day, row.import_id))
            old->second = row;
        }
      },
      parameters);
  std::erase_if(out, [](const auto& target) { return !target.second.value; });  // taken back
  return &out;
}

base::Result<MeasureValues> EngineImpl::evaluate_target(const Question& q, const std::vector<Holder>& holders) {
  auto there = targets(q);
  if (!there) return there.error();
  MeasureValues out;
  for (const Holder& holder : holders) {
    auto found = (*there)->find(target_key(holder));
    if (found == (*there)->end()) {
      out.values.push_back(std::nullopt);
      out.exact.push_back({});
      continue;
    }
    out.exact.push_back({*found->second.value, kPerUnit});
    out.values.push_back(base::Decimal::make(*found->second.value, -4));
  }
  return out;
}

base::Result<Breakdown> EngineImpl::open_target(const Question& q, const Holder& holder) {
  auto there = targets(q);
  if (!there) return there.error();
  Breakdown out;
  auto found = (*there)->find(target_key(holder));
  if (found == (*there)->end()) return out;
  out.total = {*found->second.value, kPerUnit};
  out.contributions = 1;
  Contribution c;
  c.subject_kind = "target";
  c.subject_id = q.measure->target;
  c.amount = out.total;
  c.rows.push_back(SourceRows(db_, known_).one("targets", found->second.import_id, found->second.line));
  out.items.push_back(std::move(c));
  return out;
}

base::Result<Trace> EngineImpl::trace_target(const Question& q, const std::string& id) {
  auto there = targets(q);
  if (!there) return there.error();
  Trace out;
  for (const auto& [key, target] : **there) {
    if (id != key.first + "/" + key.second + "/" + q.measure->target + "/" + *period_name(q)) continue;
    Holder holder{key.first == "staff" ? HolderKind::manager : HolderKind::organisation, key.second};
    auto opened = open_target(q, holder);
    if (!opened) return opened.error();
    for (Contribution& item : opened->items) {
      out.contributions.push_back(std::move(item));
      out.holders.push_back(holder);
    }
  }
  return out;
}

}  // namespace guanhu::measures
