#include "appraisal/difference.h"

#include <map>

#include "appraisal/life_replay.h"
#include "base/period.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json text_of(const Json& value) {
  const Decimal* number = value.as_number();
  return number ? Json(number->str()) : value;
}

// New less counted. Somebody who was not counted counts as nothing; ranks and grades are no amounts.
Json lines_json(const Json& counted, const Json& now) {
  JsonArray out;
  for (const auto& change : changes_between(counted, now)) {
    if (change.what.starts_with("rank.")) continue;
    const Decimal *was = change.before.as_number(), *is = change.after.as_number();
    const bool amounts = (was || change.before.is_null()) && (is || change.after.is_null()) && (was || is);
    Json difference;
    if (amounts) difference = Decimal::subtract(is ? *is : Decimal(0), was ? *was : Decimal(0)).value().str();
    out.push_back(JsonObject{{"what", change.what},
                             {"counted", text_of(change.before)},
                             {"now", text_of(change.after)},
                             {"difference", std::move(difference)}});
  }
  return out;
}

std::vector<DifferenceLine> compare(store::Session& session, int64_t counted_run, int64_t later_run) {
  std::map<std::string, std::pair<Json, Json>> all;
  for (auto& [holder, result] : kept_results(session, counted_run)) all[holder].first = std::move(result);
  for (auto& [holder, result] : kept_results(session, later_run)) all[holder].second = std::move(result);
  std::vector<DifferenceLine> out;
  for (const auto& [holder, results] : all) {
    Json lines = lines_json(results.first, results.second);
    if (!lines.as_array()->empty()) out.push_back({holder, std::move(lines)});
  }
  return out;
}

base::Status check_period(store::Session& session, const RunLife& sealed, const std::string& text) {
  auto into = base::Period::parse(text), period = base::Period::parse(sealed.period);
  if (!into) return Error{"difference.period", "'" + text + "' 不是考核期间", "into_period", "写成 2026Q1"};
  if (into->first() <= period->last())
    return Error{"difference.period", text + " 不在 " + sealed.period + " 以后", "into_period", "计入以后的期间"};
  if (!session
           .query("SELECT 1 FROM runs WHERE scheme = ? AND period = ? AND state = 'sealed'", {sealed.scheme, text})
           .empty())
    return Error{"difference.period", text + " 也已经封存", "into_period", "计入还没有封存的期间"};
  return {};
}

// The run whose figures count already: the sealed one, or that of the last statement.
struct Counted {
  RunLife sealed;
  int64_t run = 0;
  std::string known_at;
};
base::Result<Counted> counted_of(store::Session& session, const RunLife& later) {
  auto sealed = session.query("SELECT run_id FROM runs WHERE scheme = ? AND period = ? AND state = 'sealed'",
                              {later.scheme, later.period});
  if (sealed.empty())
    return Error{"difference.sealed", later.period + " 还没有封存的结果", "later_run",
                 "封存以前，重新计算以后再公布就可以"};
  Counted out;
  out.sealed = life_of(session, sealed[0].integer(0)).value();
  out.run = out.sealed.run, out.known_at = out.sealed.known_at;
  for (const auto& row : session.query("SELECT d.later_run, r.known_at, r.created_at FROM run_differences d JOIN "
                                       "runs r ON r.run_id = d.later_run"
                                       " WHERE d.sealed_run = ? ORDER BY d.difference_id",
                                       {out.sealed.run}))
    out.run = row.integer(0), out.known_at = row.maybe_text(1).value_or(row.text(2));
  return out;
}

base::Result<int64_t> write(store::Session& session, const DifferenceAsk& ask, const LifeDoing& doing) {
  auto later = life_of(session, ask.later_run);
  if (!later) return later.error();
  if (!session.query("SELECT 1 FROM run_differences WHERE later_run = ?", {ask.later_run}).empty())
    return Error{"difference.used", "这一次已经做过差额说明", "later_run", "不重复计算"};
  auto counted = counted_of(session, *later);
  if (!counted) return counted.error();
  if (later->state != "draft")
    return Error{"difference.state", "这一次不是草稿", "later_run", "用封存以后重新计算的那一次"};
  const KeptRun kept = kept_runs(session, ask.later_run).at(0);
  if (base::Instant::parse(kept.known_at.value_or(kept.created_at)) <= base::Instant::parse(counted->known_at))
    return Error{"difference.earlier", "这一次知道的不比已经计入的多", "later_run", "补到数据以后重新计算一次"};
  if (auto status = check_period(session, counted->sealed, ask.into_period); !status) return status.error();
  auto lines = compare(session, counted->run, ask.later_run);
  if (lines.empty()) return Error{"difference.none", "没有差额", "later_run", "不用说明"};
  const int64_t id =
      session
          .query(
              "INSERT INTO run_differences (sealed_run, counted_run, later_run, into_period, made_at, made_by,"
              " reason) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING difference_id",
              {counted->sealed.run, counted->run, ask.later_run, ask.into_period, doing.at.str(), doing.actor,
               doing.reason})
          .at(0)
          .integer(0);
  for (const auto& one : lines)
    session.exec("INSERT INTO run_difference_lines (difference_id, holder_id, lines) VALUES (?, ?, ?)",
                 {id, one.holder, one.lines.dump()});
  const Json detail =
      JsonObject{{"difference", id},           {"sealed_run", counted->sealed.run}, {"counted_run", counted->run},
                 {"later_run", ask.later_run}, {"into_period", ask.into_period},    {"holders", lines.size()}};
  add_step(session, counted->sealed.run, "difference", doing, detail);
  add_step(session, ask.later_run, "difference", doing, detail);
  if (doing.also) doing.also(*later, detail);
  return id;
}

}  // namespace

std::vector<Difference> differences(store::Session& session, std::optional<int64_t> id) {
  std::vector<Difference> out;
  for (const auto& row : session.query(
           "SELECT d.difference_id, d.sealed_run, d.counted_run, d.later_run, r.scheme, r.period, d.into_period,"
           " d.made_at, d.made_by, d.reason, (SELECT count(*) FROM run_difference_lines l"
           " WHERE l.difference_id = d.difference_id) FROM run_differences d JOIN runs r ON r.run_id = "
           "d.sealed_run"
           " WHERE CAST(? AS BIGINT) = 0 OR d.difference_id = ? ORDER BY d.difference_id DESC",
           {id.value_or(0), id.value_or(0)}))
    out.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.text(4), row.text(5),
                   row.text(6), row.text(7), row.text(8), row.text(9), row.integer(10)});
  return out;
}

std::vector<DifferenceLine> lines_of(store::Session& session, int64_t id) {
  std::vector<DifferenceLine> out;
  for (const auto& row : session.query(
           "SELECT holder_id, lines FROM run_difference_lines WHERE difference_id = ? ORDER BY holder_id", {id}))
    out.push_back({row.text(0), Json::parse(row.text(1)).value()});
  return out;
}

base::Result<Difference> state_difference(store::Session& session, const DifferenceAsk& ask,
                                          const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  base::Result<int64_t> id = Error{};
  session.transaction([&] { id = write(session, ask, doing); });
  if (!id) return id.error();
  return differences(session, *id).at(0);
}

Json carried_into(store::Session& session, const std::string& scheme, const std::string& period,
                  const std::string& holder) {
  JsonArray out;
  for (const auto& row :
       session.query("SELECT d.difference_id, r.period, l.lines FROM run_differences d"
                     " JOIN runs r ON r.run_id = d.sealed_run JOIN run_difference_lines l ON l.difference_id = "
                     "d.difference_id"
                     " WHERE r.scheme = ? AND d.into_period = ? AND l.holder_id = ? ORDER BY d.difference_id",
                     {scheme, period, holder}))
    out.push_back(JsonObject{
        {"statement", row.integer(0)}, {"period", row.text(1)}, {"lines", Json::parse(row.text(2)).value()}});
  return out;
}

}  // namespace guanhu::appraisal
