#include "appraisal/assess_plan.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonObject;
using store::Value;

namespace {

constexpr const char* kColumns =
    "SELECT p.plan_id, p.state, p.revision, p.spec, p.form, p.pack_hash, p.previous, p.made_by, p.made_at, "
    "p.checked_by,"
    " p.checked_at, p.started_at, p.closed_at, p.closed_by, p.reported_at, p.reported_by, p.problem, p.reminded,"
    " (SELECT count(*) FROM assess_members m WHERE m.plan_id = p.plan_id),"
    " (SELECT count(*) FROM assess_forms f WHERE f.plan_id = p.plan_id AND f.state <> 'recused'),"
    " (SELECT count(*) FROM assess_forms f WHERE f.plan_id = p.plan_id AND f.state = 'submitted')"
    " FROM assess_plans p";

Json kept_json(const std::string& text) {
  auto json = Json::parse(text);
  if (!json) throw base::Broken("assess_plans: " + json.error().text());
  return *json;
}

Plan read(const store::Row& row) {
  Plan out;
  out.id = row.integer(0), out.state = row.text(1), out.revision = row.integer(2);
  std::vector<Error> faults;
  out.spec = spec_of(kept_json(row.text(3)), faults);
  if (!faults.empty()) throw base::Broken("assess_plans: a kept plan is wrong: " + faults.front().text());
  if (auto form = row.maybe_text(4)) out.form = policy::form_of(kept_json(*form));
  auto text = [&](size_t column) { return row.maybe_text(column).value_or(""); };
  out.pack_hash = text(5), out.previous = row.maybe_integer(6);
  out.made_by = row.text(7), out.made_at = row.text(8), out.checked_by = text(9), out.checked_at = text(10);
  out.started_at = text(11), out.closed_at = text(12), out.closed_by = text(13);
  out.reported_at = text(14), out.reported_by = text(15), out.problem = text(16), out.reminded = row.integer(17);
  out.assessed = row.integer(18), out.forms = row.integer(19), out.submitted = row.integer(20);
  return out;
}

Error state_error(const Plan& plan, const char* hint) {
  const char* now = plan.state == "draft"      ? "草稿"
                    : plan.state == "approved" ? "已批准"
                    : plan.state == "running"  ? "进行中"
                    : plan.state == "closed"   ? "已关闭"
                                               : "已公布";
  return Error{"assess.state", "考核计划 " + std::to_string(plan.id) + " 是" + now + "，现在不能这样做", "id",
               hint};
}

JsonObject about(const Plan& plan) {
  return {{"title", plan.spec.title}, {"period", plan.spec.period.str()}, {"revision", plan.revision}};
}

}  // namespace

std::string subject_of_plan(int64_t id) { return "assessment_plan " + std::to_string(id); }

std::vector<Plan> plans(store::Session& store) {
  std::vector<Plan> out;
  for (const auto& row : store.query(std::string(kColumns) + " ORDER BY p.plan_id DESC")) out.push_back(read(row));
  return out;
}

base::Result<Plan> plan(store::Session& store, int64_t id) {
  auto rows = store.query(std::string(kColumns) + " WHERE p.plan_id = ?", {id});
  if (rows.empty()) return Error{"assess.unknown", "没有考核计划 " + std::to_string(id), "id", ""};
  return read(rows.front());
}

base::Result<Plan> locked_plan(store::Session& store, int64_t id) {
  if (store.engine() == store::Engine::postgres)
    store.query("SELECT plan_id FROM assess_plans WHERE plan_id = ? FOR UPDATE", {id});
  return plan(store, id);
}

std::vector<int64_t> plans_about(store::Session& store, const std::string& staff) {
  std::vector<int64_t> out;
  for (const auto& row : store.query("SELECT plan_id FROM assess_members WHERE staff_id = ?", {staff}))
    out.push_back(row.integer(0));
  return out;
}

std::vector<std::string> members(store::Session& store, int64_t plan) {
  std::vector<std::string> out;
  for (const auto& row :
       store.query("SELECT staff_id FROM assess_members WHERE plan_id = ? ORDER BY staff_id", {plan}))
    out.push_back(row.text(0));
  return out;
}

void add_note(store::Session& store, int64_t plan, const Act& act, const std::string& kind,
              const std::string& assessor, const std::string& assessed, const std::string& other,
              const std::string& reason) {
  store.exec(
      "INSERT INTO assess_notes (plan_id, at, actor, kind, assessor, assessed, other, reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {plan, act.at.str(), act.login, kind, assessor, assessed, other, reason});
}

std::vector<Note> notes(store::Session& store, int64_t plan) {
  std::vector<Note> out;
  for (const auto& row : store.query("SELECT at, actor, kind, assessor, assessed, other, reason FROM assess_notes "
                                     "WHERE plan_id = ? ORDER BY note_id",
                                     {plan}))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)});
  return out;
}

Plan make_plan(store::Session& store, const PlanSpec& spec, const Act& act) {
  int64_t id = 0;
  store.transaction([&] {
    id = store
             .query(
                 "INSERT INTO assess_plans (state, revision, spec, made_by, made_at) VALUES ('draft', 1, ?, ?, ?)"
                 " RETURNING plan_id",
                 {to_json(spec).dump(), act.login, act.at.str()})
             .front()
             .integer(0);
    act.record("assessment.plan.make", subject_of_plan(id),
               JsonObject{{"title", spec.title}, {"period", spec.period.str()}});
  });
  return plan(store, id).value();
}

base::Result<Plan> change_plan(store::Session& store, int64_t id, int64_t revision, const PlanSpec& spec,
                               const Act& act) {
  base::Result<Plan> out = Error{};
  store.transaction([&] {
    out = locked_plan(store, id);
    if (!out) return;
    if (out->state != "draft") out = state_error(*out, "退回后才能改");
    else if (out->revision != revision) out = Error{"assess.stale", "计划已经被人改过", "revision", "刷新后再改"};
    if (!out) return;
    store.exec(
        "UPDATE assess_plans SET spec = ?, revision = revision + 1, made_by = ?, problem = NULL WHERE plan_id = ?",
        {to_json(spec).dump(), act.login, id});
    out = plan(store, id);
    act.record("assessment.plan.change", subject_of_plan(id), about(*out));
  });
  return out;
}

base::Status drop_plan(store::Session& store, int64_t id, const Act& act) {
  std::optional<Error> refused;
  store.transaction([&] {
    auto found = locked_plan(store, id);
    if (!found) refused = found.error();
    else if (found->state != "draft" && found->state != "approved")
      refused = state_error(*found, "已经启用的计划不能删去");
    if (refused) return;
    store.exec("DELETE FROM assess_notes WHERE plan_id = ?", {id});
    store.exec("DELETE FROM assess_plans WHERE plan_id = ?", {id});
    act.record("assessment.plan.drop", subject_of_plan(id), about(*found));
  });
  if (refused) return *refused;
  return {};
}

base::Result<Plan> approve_plan(store::Session& store, int64_t id, int64_t revision, const Act& act) {
  base::Result<Plan> out = Error{};
  store.transaction([&] {
    out = locked_plan(store, id);
    if (!out) return;
    if (out->state != "draft") out = state_error(*out, "只有草稿要批准");
    else if (out->revision != revision) out = Error{"assess.stale", "计划已经被人改过", "revision", "刷新后再看"};
    else if (out->made_by == act.login)
      out = Error{"assess.self", "制定人不能批准自己的考核计划", "id", "由另一位有权的人批准"};
    else if (out->spec.deadline <= act.at)
      out = Error{"assess.past", "截止时间已经过去", "deadline", "退回，改好时间再批准"};
    if (!out) return;
    store.exec("UPDATE assess_plans SET state = 'approved', checked_by = ?, checked_at = ? WHERE plan_id = ?",
               {act.login, act.at.str(), id});
    out = plan(store, id);
    act.record("assessment.plan.approve", subject_of_plan(id), about(*out));
  });
  return out;
}

base::Result<Plan> return_plan(store::Session& store, int64_t id, const std::string& reason, const Act& act) {
  base::Result<Plan> out = Error{};
  store.transaction([&] {
    out = locked_plan(store, id);
    if (!out) return;
    if (out->state != "approved" && out->state != "draft") out = state_error(*out, "已经启用的计划不能退回");
    else if (out->made_by == act.login)
      out = Error{"assess.self", "制定人不能退回自己的考核计划", "id", "要改就直接改草稿"};
    if (!out) return;
    store.exec(
        "UPDATE assess_plans SET state = 'draft', checked_by = NULL, checked_at = NULL, revision = revision + 1"
        " WHERE plan_id = ?",
        {id});
    add_note(store, id, act, "returned", "", "", "", reason);
    out = plan(store, id);
    JsonObject detail = about(*out);
    detail.emplace_back("reason", reason);
    act.record("assessment.plan.return", subject_of_plan(id), std::move(detail));
  });
  return out;
}

}  // namespace guanhu::appraisal
