#include "appraisal/assess_run.h"

#include <algorithm>
#include <map>

#include "appraisal/assess_kin.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using store::Value;

namespace {

constexpr size_t kRowsAtOnce = 80;

// Many rows with few statements: a plan of a whole bank has some ten thousand forms.
class Inserter {
 public:
  Inserter(store::Session& store, std::string into, size_t columns)
      : store_(store), into_(std::move(into)), columns_(columns) {}
  void add(std::vector<Value> row) {
    for (Value& value : row) values_.push_back(std::move(value));
    if (values_.size() == kRowsAtOnce * columns_) flush();
  }
  void flush() {
    if (values_.empty()) return;
    std::string row = "(?", rows;
    for (size_t i = 1; i < columns_; ++i) row += ", ?";
    row += ")";
    for (size_t i = 0; i < values_.size() / columns_; ++i) rows += (i ? ", " : "") + row;
    store_.exec("INSERT INTO " + into_ + " VALUES " + rows, values_);
    values_.clear();
  }

 private:
  store::Session& store_;
  std::string into_;
  size_t columns_;
  std::vector<Value> values_;
};

std::string seed_of(const Plan& plan) { return std::to_string(plan.id) + " " + plan.spec.period.str(); }

Act system_act(const Act& act) {
  Act out = act;
  out.login = "system", out.staff = "";
  return out;
}

void keep_pairs(store::Session& store, const Plan& plan, const Pairing& pairing, const Act& act) {
  Inserter members(store, "assess_members (plan_id, staff_id)", 2);
  for (const auto& id : pairing.assessed) members.add({plan.id, id});
  members.flush();
  Inserter forms(store, "assess_forms (plan_id, assessor, assessed, grp, state)", 5);
  for (const Pair& pair : pairing.pairs)
    forms.add({plan.id, pair.assessor, pair.assessed, static_cast<int64_t>(pair.group), std::string("open")});
  forms.flush();
  Inserter reserves(store, "assess_reserves (plan_id, assessed, grp, place, staff_id)", 5);
  for (const Reserve& reserve : pairing.reserves)
    for (size_t i = 0; i < reserve.staff.size(); ++i)
      reserves.add({plan.id, reserve.assessed, static_cast<int64_t>(reserve.group), static_cast<int64_t>(i),
                    reserve.staff[i]});
  reserves.flush();
  for (const LeftOut& one : pairing.left_out)
    add_note(store, plan.id, act, "relative", one.assessor, one.assessed, one.instead, "申报过亲属关系");
}

base::Instant months_later(base::Instant at, int months) {
  constexpr int64_t kDay = 86'400'000'000;
  const int64_t days = at.micros >= 0 ? at.micros / kDay : -((-at.micros + kDay - 1) / kDay);
  const base::Date day = base::Date(static_cast<int32_t>(days)).add_months(months);
  return {int64_t{day.days()} * kDay + (at.micros - days * kDay)};
}

// The plan of the period after, approved as this one was.
void follow(store::Session& store, const Plan& plan) {
  PlanSpec next = plan.spec;
  constexpr std::pair<base::PeriodKind, int> kMonths[] = {{base::PeriodKind::year, 12},
                                                          {base::PeriodKind::half_year, 6},
                                                          {base::PeriodKind::quarter, 3},
                                                          {base::PeriodKind::month, 1}};
  int months = 1;
  for (const auto& [kind, count] : kMonths)
    if (kind == next.period.kind()) months = count;
  next.period = base::Period::containing(next.period.kind(), next.period.last() + 1);
  for (base::Instant* at : {&next.starts_at, &next.deadline, &next.closes_at}) *at = months_later(*at, months);
  store.exec(
      "INSERT INTO assess_plans (state, revision, spec, previous, made_by, made_at, checked_by, checked_at)"
      " VALUES ('approved', 1, ?, ?, ?, ?, ?, ?)",
      {to_json(next).dump(), plan.id, plan.made_by, plan.made_at, plan.checked_by, plan.checked_at});
}

std::map<std::string, int64_t> waiting_in(store::Session& store, int64_t plan) {
  std::map<std::string, int64_t> out;
  for (const auto& row :
       store.query("SELECT assessor, count(*) FROM assess_forms WHERE plan_id = ? AND state = 'open'"
                   " GROUP BY assessor",
                   {plan}))
    out.emplace(row.text(0), row.integer(1));
  return out;
}

// QUA-606, QUA-607: from the moment it starts there is one form for each pair. Read and decided before the
// transaction; what changed meanwhile is left to the next time.
void start(store::Session& store, const Plan& plan, const World& world, const Act& act, Happened& out) {
  const Kin kin = kin_now(store);
  auto form = world.form(plan.spec.pack, plan.spec.form);
  auto pairing = form ? pair_up(plan.spec, world.directory, world.day, kin, seed_of(plan))
                      : base::Result<Pairing>(form.error());
  if (pairing && pairing->pairs.empty())
    pairing = Error{"assess.nobody", "没有一对考评人和被考评人", "groups", "退回，改好人员范围"};
  if (!pairing && plan.problem == pairing.error().text()) return;  // known already
  store.transaction([&] {
    auto now = locked_plan(store, plan.id);
    bool same = now && now->state == "approved" && now->revision == plan.revision;
    if (!same || kin_now(store) != kin) return;
    if (!pairing) {
      store.exec("UPDATE assess_plans SET problem = ? WHERE plan_id = ?", {pairing.error().text(), plan.id});
      return;
    }
    keep_pairs(store, plan, *pairing, act);
    store.exec(
        "UPDATE assess_plans SET state = 'running', started_at = ?, form = ?, pack_hash = ?, problem = NULL"
        " WHERE plan_id = ?",
        {act.at.str(), policy::to_json(form->form).dump(), form->pack_hash, plan.id});
    if (plan.spec.repeats) follow(store, plan);
    act.record("assessment.plan.start", subject_of_plan(plan.id),
               JsonObject{{"forms", pairing->pairs.size()},
                          {"assessed", pairing->assessed.size()},
                          {"pack_hash", form->pack_hash}});
    out.started.push_back({plan.id, plan.spec.title, plan.spec.deadline.str(), waiting_in(store, plan.id)});
  });
}

void close(store::Session& store, const Plan& plan, const Act& act) {
  store.exec("UPDATE assess_plans SET state = 'closed', closed_at = ?, closed_by = ? WHERE plan_id = ?",
             {act.at.str(), act.login, plan.id});
  settle_plan(store, plan, act);
  act.record("assessment.plan.close", subject_of_plan(plan.id),
             JsonObject{{"forms", plan.forms}, {"submitted", plan.submitted}});
}

// QUA-611: how many of the plan's reminders are due by now.
int64_t reminders_due(const Plan& plan, base::Instant now) {
  int64_t out = 0;
  for (int hours : plan.spec.remind_hours)
    out += now.micros >= plan.spec.deadline.micros - int64_t{hours} * 3'600'000'000 ? 1 : 0;
  return out;
}

// Who has forms to hand in; that they were reminded is kept.
Happened::Due told_of(store::Session& store, const Plan& plan, const Act& act) {
  Happened::Due out{plan.id, plan.spec.title, plan.spec.deadline.str(), waiting_in(store, plan.id)};
  for (const auto& [assessor, forms] : out.waiting)
    add_note(store, plan.id, act, "reminded", assessor, "", "", std::to_string(forms));
  act.record("assessment.plan.remind", subject_of_plan(plan.id), JsonObject{{"assessors", out.waiting.size()}});
  return out;
}

void remind(store::Session& store, int64_t id, const Act& act, Happened& out) {
  store.transaction([&] {
    auto found = locked_plan(store, id);
    if (!found || found->state != "running") return;
    const int64_t due = reminders_due(*found, act.at);
    if (due <= found->reminded || found->spec.deadline <= act.at) return;
    store.exec("UPDATE assess_plans SET reminded = ? WHERE plan_id = ?", {due, id});
    out.reminded.push_back(told_of(store, *found, act));
  });
}

}  // namespace

Happened catch_up(store::Session& store, const World& world, const Act& by) {
  Happened out;
  const Act act = system_act(by);
  // Only what there is to do is read whole.
  auto rows = store.query("SELECT plan_id, state FROM assess_plans WHERE state IN ('approved', 'running')");
  for (const auto& row : rows) {
    auto found = plan(store, row.integer(0));
    if (!found) continue;
    if (found->state == "approved" && found->spec.starts_at <= act.at) start(store, *found, world, act, out);
    if (found->state != "running") continue;
    if (found->spec.closes_at <= act.at) {
      store.transaction([&] {
        auto now = locked_plan(store, found->id);
        if (!now || now->state != "running") return;
        close(store, *now, act);
        out.closed.push_back(now->id);
      });
    } else if (reminders_due(*found, act.at) > found->reminded && act.at < found->spec.deadline) {
      remind(store, found->id, act, out);
    }
  }
  return out;
}

base::Result<Plan> close_plan(store::Session& store, int64_t id, const Act& act) {
  base::Result<Plan> out = Error{};
  store.transaction([&] {
    out = locked_plan(store, id);
    if (!out) return;
    if (out->state != "running") out = Error{"assess.state", "只有进行中的考核能关闭", "id", ""};
    else if (out->submitted < out->forms && act.at < out->spec.deadline)
      out = Error{"assess.open",
                  "还有 " + std::to_string(out->forms - out->submitted) + " 张考核表没有提交，截止时间未到", "id",
                  "等全部提交，或到截止时间"};
    if (!out) return;
    close(store, *out, act);
    out = plan(store, id);
  });
  return out;
}

base::Result<Happened::Due> remind_plan(store::Session& store, int64_t id, const Act& act) {
  constexpr int64_t kHour = 3'600'000'000;  // microseconds
  base::Result<Happened::Due> out = Error{};
  store.transaction([&] {
    auto found = locked_plan(store, id);
    if (!found) return void(out = found.error());
    if (found->state != "running") return void(out = Error{"assess.state", "只有进行中的考核要提醒", "id", ""});
    if (found->submitted == found->forms)
      return void(out = Error{"assess.none", "考核表都已经提交", "id", "可以关闭考核"});
    for (const Note& note : notes(store, id)) {
      auto at = note.kind == "reminded" ? base::Instant::parse(note.at) : std::nullopt;
      if (at && act.at.micros - at->micros < kHour)
        return void(out = Error{"assess.soon", "一小时以内提醒过", "id", "过一小时再提醒"});
    }
    out = told_of(store, *found, act);
  });
  return out;
}

base::Result<PlanPreview> preview(store::Session& store, const PlanSpec& spec, const World& world,
                                  const std::string& seed) {
  auto pairing = pair_up(spec, world.directory, world.day, kin_now(store), seed);
  if (!pairing) return pairing.error();
  PlanPreview out;
  out.pairing = std::move(*pairing);
  out.forms_of_group.resize(spec.groups.size());
  std::map<std::string, int> assessors;
  for (const Pair& pair : out.pairing.pairs) ++out.forms_of_group[pair.group], ++assessors[pair.assessed];
  for (const auto& id : out.pairing.assessed)
    if (assessors[id] < spec.min_assessors) out.too_few.push_back(id);
  return out;
}

}  // namespace guanhu::appraisal
