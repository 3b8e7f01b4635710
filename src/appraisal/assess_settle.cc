// The close of a plan: forms become results and are, where the plan is anonymous, parted from who filled them in.
#include <algorithm>
#include <map>

#include "appraisal/assess_run.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr int kShown = 6;  // digits after the point of figures beside the total

Json shown(const MaybeDecimal& value) {
  return value ? Json(value->round(kShown, base::Rounding::half_up).str()) : Json();
}

Json json_of(const Plan& plan, const PersonFigure& figure, const std::string& staff, JsonArray remarks) {
  JsonArray items, groups;
  const auto& form = *plan.form;
  for (size_t i = 0; i < form.items.size(); ++i)
    items.push_back(JsonObject{
        {"name", form.items[i].name}, {"weight", form.items[i].weight.str()}, {"value", shown(figure.items[i])}});
  for (size_t g = 0; g < figure.groups.size(); ++g) {
    const GroupFigure& group = figure.groups[g];
    JsonArray values;
    for (const auto& value : group.items) values.push_back(shown(value));
    groups.push_back(JsonObject{{"name", plan.spec.groups[g].name},
                                {"weight", plan.spec.groups[g].weight.str()},
                                {"assigned", group.assigned},
                                {"submitted", group.submitted},
                                {"hidden", group.hidden},
                                {"total", shown(group.total)},
                                {"items", std::move(values)}});
  }
  return JsonObject{{"staff_id", staff},
                    {"total", figure.total ? Json(figure.total->str()) : Json()},
                    {"full", figure.full.str()},
                    {"reason", figure.reason.empty() ? Json() : Json(figure.reason)},
                    {"assigned", figure.assigned},
                    {"submitted", figure.submitted},
                    {"items", std::move(items)},
                    {"groups", std::move(groups)},
                    {"remarks", figure.remarks ? std::move(remarks) : JsonArray{}}};
}

Json quality_json(const Plan& plan, const Quality& quality) {
  JsonArray assessors, pairs;
  for (const AssessorQuality& one : quality.assessors)
    assessors.push_back(JsonObject{{"staff_id", one.assessor},
                                   {"assigned", one.assigned},
                                   {"submitted", one.submitted},
                                   {"late", one.late},
                                   {"leniency", shown(one.leniency)},
                                   {"halo", shown(one.halo)},
                                   {"alike", one.alike},
                                   {"same_for_all", one.same_for_all},
                                   {"lenient", one.lenient},
                                   {"severe", one.severe},
                                   {"blurred", one.blurred}});
  for (const PairQuality& one : quality.pairs)
    pairs.push_back(JsonObject{{"one", one.one},
                               {"other", one.other},
                               {"from_one", shown(one.from_one)},
                               {"from_other", shown(one.from_other)}});
  Json reciprocal = pairs.size();
  if (!plan.spec.anonymous)
    return JsonObject{{"assessors", std::move(assessors)},
                      {"profiles", JsonArray{}},
                      {"pairs", std::move(pairs)},
                      {"mutual", quality.mutual},
                      {"reciprocal", std::move(reciprocal)}};
  // Of an anonymous plan names keep what says nothing of marks; figures stand without names, in the order of
  // themselves, and only where there are enough of them.
  JsonArray named, profiles;
  for (const Json& one : assessors) {
    JsonObject who, what;
    for (const auto& [name, value] : *one.as_object()) {
      bool of_person = name == "staff_id" || name == "assigned" || name == "submitted" || name == "late";
      if (of_person) who.emplace_back(name, value);
      else if (name != "alike") what.emplace_back(name, value);
    }
    named.push_back(std::move(who));
    if (!one.find("submitted")->as_number()->is_zero()) profiles.push_back(std::move(what));
  }
  std::sort(profiles.begin(), profiles.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
  const size_t least = static_cast<size_t>(plan.spec.min_group);
  if (profiles.size() < least) profiles.clear();
  const bool enough = quality.mutual >= least;
  return JsonObject{{"assessors", std::move(named)},
                    {"profiles", std::move(profiles)},
                    {"pairs", JsonArray{}},
                    {"mutual", enough ? Json(quality.mutual) : Json()},
                    {"reciprocal", enough ? std::move(reciprocal) : Json()}};
}

struct Kept {
  std::string assessed;
  int64_t group;
  std::string marks, remark;
  auto key() const { return std::tie(assessed, group, marks, remark); }
};

// What counts goes where nobody stands beside it; numbered in the order of the contents, which tells nothing.
void keep_ballots(store::Session& store, const Plan& plan, const std::vector<FormSheet>& sheets) {
  std::vector<Kept> kept;
  for (const FormSheet& one : sheets)
    if (one.state == "submitted")
      kept.push_back({one.assessed, static_cast<int64_t>(one.group), one.marks.dump(), one.remark});
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.key() < b.key(); });
  for (const Kept& one : kept)
    store.exec("INSERT INTO assess_ballots (plan_id, assessed, grp, marks, remark) VALUES (?, ?, ?, ?, ?)",
               {plan.id, one.assessed, one.group, one.marks, one.remark});
  if (!plan.spec.anonymous) return;
  store.exec("UPDATE assess_forms SET marks = NULL, remark = NULL WHERE plan_id = ?", {plan.id});
}

}  // namespace

void settle_plan(store::Session& store, const Plan& plan, const Act&) {
  const policy::Form& form = *plan.form;
  const auto sheets = sheets_in(store, plan.id);
  std::map<std::string, std::vector<Ballot>> ballots;
  std::map<std::string, std::vector<size_t>> assigned;
  std::map<std::string, JsonArray> remarks;
  std::vector<Given> given;
  std::vector<std::string> waiting;
  for (const FormSheet& one : sheets) {
    if (one.state == "recused") continue;
    auto& counts = assigned[one.assessed];
    counts.resize(plan.spec.groups.size());
    ++counts[one.group];
    if (one.state != "submitted") {
      waiting.push_back(one.assessor);
      continue;
    }
    Ballot ballot = ballot_of(form, one.group, one.marks);
    ballots[one.assessed].push_back(ballot);
    given.push_back({one.assessor, one.assessed, one.late, std::move(ballot)});
    if (!one.remark.empty()) remarks[one.assessed].push_back(one.remark);
  }
  for (const std::string& staff : members(store, plan.id)) {
    auto& counts = assigned[staff];
    counts.resize(plan.spec.groups.size());
    PersonFigure figure = figure_of(form, plan.spec, ballots[staff], counts);
    auto& said = remarks[staff];
    std::sort(said.begin(), said.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
    const Json json = json_of(plan, figure, staff, said);
    store.exec("UPDATE assess_members SET total = ?, result = ? WHERE plan_id = ? AND staff_id = ?",
               {figure.total ? store::Value(figure.total->str()) : store::Value(), json.dump(), plan.id, staff});
  }
  store.exec("UPDATE assess_plans SET quality = ? WHERE plan_id = ?",
             {quality_json(plan, quality_of(form, given, waiting)).dump(), plan.id});
  keep_ballots(store, plan, sheets);
}

namespace {

PersonResult read(const store::Row& row) {
  auto json = Json::parse(row.text(2));
  if (!json) throw base::Broken("assess_members: " + json.error().text());
  auto total = row.maybe_text(1);
  return {row.text(0), total ? base::Decimal::parse(*total) : std::nullopt, *json};
}

}  // namespace

std::vector<PersonResult> results(store::Session& store, int64_t plan) {
  std::vector<PersonResult> out;
  for (const auto& row :
       store.query("SELECT staff_id, total, result FROM assess_members WHERE plan_id = ? AND result"
                   " IS NOT NULL ORDER BY staff_id",
                   {plan}))
    out.push_back(read(row));
  return out;
}

std::optional<PersonResult> result(store::Session& store, int64_t plan, const std::string& staff) {
  auto rows = store.query(
      "SELECT staff_id, total, result FROM assess_members WHERE plan_id = ? AND staff_id = ? AND"
      " result IS NOT NULL",
      {plan, staff});
  if (rows.empty()) return std::nullopt;
  return read(rows.front());
}

JsonArray open_forms(store::Session& store, const Plan& plan, const std::string& staff) {
  JsonArray out;
  if (plan.spec.anonymous) return out;
  for (const FormSheet& one : sheets_in(store, plan.id)) {
    if (one.assessed != staff || one.state != "submitted") continue;
    const Ballot ballot = ballot_of(*plan.form, one.group, one.marks);
    out.push_back(JsonObject{{"assessor", one.assessor},
                             {"group", plan.spec.groups.at(one.group).name},
                             {"total", shown(per_cent_of(*plan.form, ballot.items))},
                             {"late", one.late},
                             {"delegated_from", one.delegated_from.empty() ? Json() : Json(one.delegated_from)},
                             {"marks", one.marks},
                             {"remark", one.remark}});
  }
  return out;
}

Json quality(store::Session& store, int64_t plan) {
  auto rows = store.query("SELECT quality FROM assess_plans WHERE plan_id = ?", {plan});
  auto text = rows.empty() ? std::nullopt : rows.front().maybe_text(0);
  auto json = text ? Json::parse(*text) : base::Result<Json>(Json());
  if (!json) throw base::Broken("assess_plans: " + json.error().text());
  return *json;
}

std::vector<ReportedFigure> reported_figures(store::Session& store, const base::Period& period) {
  std::vector<Plan> reported;
  for (Plan& one : plans(store))
    if (one.state == "reported" && !one.spec.fact.empty() && one.spec.period == period)
      reported.push_back(std::move(one));
  std::stable_sort(reported.begin(), reported.end(), [](const Plan& a, const Plan& b) {
    return base::Instant::parse(a.reported_at) < base::Instant::parse(b.reported_at);
  });
  std::map<std::pair<std::string, std::string>, ReportedFigure> out;
  for (const Plan& one : reported)
    for (const PersonResult& person : results(store, one.id))
      if (person.total) out[{one.spec.fact, person.staff}] = {one.spec.fact, person.staff, *person.total, one.id};
  std::vector<ReportedFigure> all;
  for (auto& [key, figure] : out) all.push_back(std::move(figure));
  return all;
}

base::Result<Plan> report_plan(store::Session& store, int64_t id, const TakeFigure& take, const Act& act) {
  base::Result<Plan> out = Error{};
  store.transaction([&] {
    out = locked_plan(store, id);
    if (!out) return;
    if (out->state != "closed")
      out = Error{"assess.state", out->state == "reported" ? "结果已经公布" : "考核还没有关闭", "id", ""};
    else if (out->made_by == act.login)
      out = Error{"assess.self", "制定人不能公布自己的考核结果", "id", "由另一位有权的人公布"};
    if (!out) return;
    size_t figures = 0;
    if (!out->spec.fact.empty())
      for (const PersonResult& one : results(store, id))
        if (one.total) {
          if (take) take(one.staff, out->spec.period, out->spec.fact, *one.total);
          ++figures;
        }
    store.exec("UPDATE assess_plans SET state = 'reported', reported_at = ?, reported_by = ? WHERE plan_id = ?",
               {act.at.str(), act.login, id});
    out = plan(store, id);
    act.record("assessment.plan.report", subject_of_plan(id),
               JsonObject{{"fact", out->spec.fact}, {"figures", figures}});
  });
  return out;
}

}  // namespace guanhu::appraisal
