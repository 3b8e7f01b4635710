#include "appraisal/assess_form.h"

#include <algorithm>

#include "appraisal/assess_kin.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonObject;
using store::Value;

namespace {

constexpr const char* kSelect =
    "SELECT f.form_id, f.plan_id, f.revision, f.assessor, f.assessed, f.state, f.grp, f.marks, f.remark, "
    "f.saved_at,"
    " f.submitted_at, f.delegated_from, f.late FROM assess_forms f";

FormSheet read(const store::Row& row) {
  FormSheet out;
  out.id = row.integer(0), out.plan = row.integer(1), out.revision = row.integer(2);
  out.assessor = row.text(3), out.assessed = row.text(4), out.state = row.text(5);
  out.group = static_cast<size_t>(row.integer(6));
  if (auto marks = row.maybe_text(7)) {
    auto json = Json::parse(*marks);
    if (!json) throw base::Broken("assess_forms: " + json.error().text());
    out.marks = *json;
  }
  out.remark = row.maybe_text(8).value_or(""), out.saved_at = row.maybe_text(9).value_or("");
  out.submitted_at = row.maybe_text(10).value_or(""), out.delegated_from = row.maybe_text(11).value_or("");
  out.late = row.integer(12) != 0;
  return out;
}

std::vector<FormSheet> read_all(const std::vector<store::Row>& rows) {
  std::vector<FormSheet> out;
  for (const auto& row : rows) out.push_back(read(row));
  return out;
}

std::string subject_of(int64_t id) { return "assessment_form " + std::to_string(id); }

// What is wrong with one mark; "" nothing.
std::string mark_fault(const policy::FormEntry& entry, const std::string& mark) {
  if (mark == "skip") return entry.may_skip ? "" : "这个项目要打分，不能选“不了解”";
  auto number = Decimal::parse(mark);
  if (!number) return "“" + mark + "”不是分数";
  if (number->round(4, base::Rounding::down) != *number) return "分数最多四位小数";
  if (*number < Decimal(0)) return "分数不能小于 0";
  if (*number > entry.full) return "分数不能超过满分 " + entry.full.str();
  bool level = entry.levels.empty();
  std::string known;
  for (const auto& one : entry.levels) {
    level = level || one.mark == *number;
    known += (known.empty() ? "" : "、") + one.name + " " + one.mark.str();
  }
  return level ? "" : "要选一个等次：" + known;
}

struct Held {
  FormSheet sheet;
  Plan plan;
};
// The assessor's form and its plan, both in a state in which it can be filled in.
base::Result<Held> hold(store::Session& store, int64_t id, const Act& act, const char* state) {
  auto found = sheet(store, id, act.staff);
  if (!found) return found.error();
  auto of = locked_plan(store, found->plan);
  if (!of) return of.error();
  found = sheet(store, id, act.staff);  // as it is now that the plan is locked
  if (!found) return found.error();
  if (of->state != "running") return Error{"assess.state", "这次考核已经结束", "id", ""};
  if (found->state != state)
    return Error{"assess.state",
                 found->state == "submitted" ? "这张考核表已经提交" : "这张考核表没有提交，或已经回避", "id",
                 found->state == "submitted" ? "截止前可以撤回再改" : ""};
  if (of->spec.closes_at <= act.at)
    return Error{"assess.over", "考核已在 " + of->spec.closes_at.str() + " 结束", "id", ""};
  return Held{*found, *of};
}

Error stale() { return Error{"assess.stale", "这张考核表在别处改过", "revision", "刷新后再填"}; }

bool relatives(store::Session& store, const std::string& a, const std::string& b) {
  const auto& [first, second] = std::minmax(a, b);
  return !store
              .query("SELECT 1 FROM staff_relations WHERE staff_a = ? AND staff_b = ? AND ended_at IS NULL",
                     {first, second})
              .empty();
}

// Gives the form up; the first of the reserve that may takes its place. Who that is, or "".
std::string give_up(store::Session& store, const FormSheet& form, const std::string& kind,
                    const std::string& reason, const Act& act) {
  store.exec(
      "UPDATE assess_forms SET state = 'recused', marks = NULL, remark = NULL, revision = revision + 1 WHERE "
      "form_id = ?",
      {form.id});
  std::string instead;
  for (const auto& row :
       store.query("SELECT place, staff_id FROM assess_reserves WHERE plan_id = ? AND assessed = ?"
                   " AND grp = ? ORDER BY place",
                   {form.plan, form.assessed, static_cast<int64_t>(form.group)})) {
    const std::string next = row.text(1);
    store.exec("DELETE FROM assess_reserves WHERE plan_id = ? AND assessed = ? AND grp = ? AND place = ?",
               {form.plan, form.assessed, static_cast<int64_t>(form.group), row.integer(0)});
    bool there = !store
                      .query("SELECT 1 FROM assess_forms WHERE plan_id = ? AND assessed = ? AND assessor = ?",
                             {form.plan, form.assessed, next})
                      .empty();
    if (there || relatives(store, next, form.assessed)) continue;
    store.exec("INSERT INTO assess_forms (plan_id, assessor, assessed, grp, state) VALUES (?, ?, ?, ?, 'open')",
               {form.plan, next, form.assessed, static_cast<int64_t>(form.group)});
    instead = next;
    break;
  }
  add_note(store, form.plan, act, kind, form.assessor, form.assessed, instead, reason);
  act.record("assessment.form.recuse", subject_of(form.id),
             JsonObject{{"plan", form.plan}, {"why", kind}, {"instead", instead}});
  return instead;
}

}  // namespace

std::vector<FormSheet> sheets_of(store::Session& store, const std::string& assessor) {
  return read_all(store.query(
      std::string(kSelect) + " JOIN assess_plans p ON p.plan_id = f.plan_id WHERE f.assessor = ? AND p.state ="
                             " 'running' AND f.state <> 'recused' ORDER BY f.plan_id, f.form_id",
      {assessor}));
}

std::vector<FormSheet> sheets_in(store::Session& store, int64_t plan) {
  return read_all(store.query(std::string(kSelect) + " WHERE f.plan_id = ? ORDER BY f.form_id", {plan}));
}

base::Result<FormSheet> sheet(store::Session& store, int64_t id, const std::string& assessor) {
  auto rows = store.query(std::string(kSelect) + " WHERE f.form_id = ? AND f.assessor = ?", {id, assessor});
  if (rows.empty()) return Error{"assess.unknown", "没有这张考核表", "id", ""};
  return read(rows.front());
}

Json checked_marks(const policy::Form& form, const Json& marks, bool whole, std::vector<Error>& faults) {
  JsonObject out;
  const JsonObject none;
  const JsonObject& given = marks.as_object() ? *marks.as_object() : none;
  size_t used = 0;
  for (size_t i = 0; i < form.items.size(); ++i)
    for (size_t e = 0; e < form.items[i].entries.size(); ++e) {
      const std::string key = policy::entry_key(i, e);
      const policy::FormEntry& entry = form.items[i].entries[e];
      const Json* mark = marks.find(key);
      used += mark ? 1 : 0;
      if (!mark || mark->is_null()) {
        if (whole) faults.push_back({"assess.mark", "“" + entry.name + "”还没有打分", "/marks/" + key, ""});
        continue;
      }
      const std::string text = mark->as_string() ? *mark->as_string() : "";
      std::string wrong = mark_fault(entry, text);
      if (!wrong.empty()) faults.push_back({"assess.mark", "“" + entry.name + "”：" + wrong, "/marks/" + key, ""});
      else out.emplace_back(key, text == "skip" ? text : Decimal::parse(text)->str());
    }
  if (used != given.size())
    for (const auto& [key, mark] : given) {
      size_t dot = key.find('.');
      bool known = false;
      for (size_t i = 0; i < form.items.size() && dot != key.npos; ++i)
        for (size_t e = 0; e < form.items[i].entries.size(); ++e) known = known || key == policy::entry_key(i, e);
      if (!known) faults.push_back({"assess.mark", "表里没有项目 " + key, "/marks/" + key, "写表里给出的 key"});
    }
  return out;
}

std::pair<size_t, size_t> answered(const policy::Form& form, const Json& marks) {
  size_t there = 0;
  for (const auto& item : form.items) there += item.entries.size();
  return {marks.as_object() ? marks.as_object()->size() : 0, there};
}

base::Result<FormSheet> save_sheet(store::Session& store, int64_t id, int64_t revision, const Json& marks,
                                   const std::string& remark, const Act& act) {
  base::Result<FormSheet> out = Error{};
  store.transaction([&] {
    auto held = hold(store, id, act, "open");
    std::vector<Error> faults;
    if (held && held->sheet.revision != revision) held = stale();
    Json kept = held ? checked_marks(*held->plan.form, marks, false, faults) : Json();
    if (!held) out = held.error();
    else if (!faults.empty()) out = faults.front();
    if (!held || !faults.empty()) return;
    store.exec(
        "UPDATE assess_forms SET marks = ?, remark = ?, saved_at = ?, revision = revision + 1 WHERE form_id = ?",
        {kept.dump(), remark, act.at.str(), id});
    out = sheet(store, id, act.staff);
    act.record("assessment.form.save", subject_of(id), JsonObject{{"plan", held->sheet.plan}});
  });
  return out;
}

base::Result<FormSheet> submit_sheet(store::Session& store, int64_t id, int64_t revision, const Act& act) {
  base::Result<FormSheet> out = Error{};
  store.transaction([&] {
    auto held = hold(store, id, act, "open");
    std::vector<Error> faults;
    if (held && held->sheet.revision != revision) held = stale();
    if (held && relatives(store, act.staff, held->sheet.assessed))
      held = Error{"assess.relative", "申报过亲属关系，不能互相考评", "id", "请申请回避"};
    if (held) checked_marks(*held->plan.form, held->sheet.marks, true, faults);
    if (!held) out = held.error();
    else if (!faults.empty()) out = faults.front();
    if (!held || !faults.empty()) return;
    bool late = held->plan.spec.deadline <= act.at;
    store.exec(
        "UPDATE assess_forms SET state = 'submitted', submitted_at = ?, late = ?, revision = revision + 1"
        " WHERE form_id = ?",
        {act.at.str(), int64_t{late}, id});
    out = sheet(store, id, act.staff);
    act.record("assessment.form.submit", subject_of(id), JsonObject{{"plan", held->sheet.plan}, {"late", late}});
  });
  return out;
}

base::Result<FormSheet> withdraw_sheet(store::Session& store, int64_t id, const std::string& reason,
                                       const Act& act) {
  base::Result<FormSheet> out = Error{};
  store.transaction([&] {
    auto held = hold(store, id, act, "submitted");
    if (held && held->plan.spec.deadline <= act.at)
      held = Error{"assess.late", "截止时间已过，不能撤回", "id", ""};
    if (!held) {
      out = held.error();
      return;
    }
    store.exec(
        "UPDATE assess_forms SET state = 'open', submitted_at = NULL, late = 0, revision = revision + 1"
        " WHERE form_id = ?",
        {id});
    add_note(store, held->sheet.plan, act, "withdrawn", held->sheet.assessor, held->sheet.assessed, "", reason);
    out = sheet(store, id, act.staff);
    act.record("assessment.form.withdraw", subject_of(id),
               JsonObject{{"plan", held->sheet.plan}, {"reason", reason}});
  });
  return out;
}

namespace {

// Why the form cannot go to `to`; nothing: it can.
std::optional<Error> delegate_fault(store::Session& store, const Held& held, const std::string& to,
                                    const World& world) {
  auto refuse = [](std::string message, std::string hint) {
    return Error{"assess.delegate", std::move(message), "to", std::move(hint)};
  };
  const people::Staff* person = world.directory.person(to);
  if (!held.plan.spec.delegation) return refuse("这个计划不许委托", "不能评的请申请回避");
  if (!held.sheet.delegated_from.empty()) return refuse("委托来的考核表不能再委托", "不能评的请申请回避");
  if (!person || !people::Directory::in_post(*person, world.day)) return refuse("没有在岗的员工 " + to, "写工号");
  if (to == held.sheet.assessor) return refuse("不能委托给自己", "");
  if (to == held.sheet.assessed) return refuse("不能委托给被考评人自己", "换一个人");
  if (relatives(store, to, held.sheet.assessed)) return refuse(to + " 是被考评人的亲属", "换一个人");
  if (!store
           .query("SELECT 1 FROM assess_forms WHERE plan_id = ? AND assessed = ? AND assessor = ?",
                  {held.sheet.plan, held.sheet.assessed, to})
           .empty())
    return refuse(to + " 已经是他的考评人", "换一个人");
  return std::nullopt;
}

}  // namespace

base::Result<FormSheet> delegate_sheet(store::Session& store, int64_t id, const std::string& to,
                                       const std::string& reason, const World& world, const Act& act) {
  base::Result<FormSheet> out = Error{};
  store.transaction([&] {
    auto held = hold(store, id, act, "open");
    if (held)
      if (auto fault = delegate_fault(store, *held, to, world)) held = *fault;
    if (!held) {
      out = held.error();
      return;
    }
    // What was filled in so far is the one's own opinion and does not go along.
    store.exec(
        "UPDATE assess_forms SET assessor = ?, delegated_from = ?, marks = NULL, remark = NULL, saved_at = NULL,"
        " revision = revision + 1 WHERE form_id = ?",
        {to, held->sheet.assessor, id});
    add_note(store, held->sheet.plan, act, "delegated", held->sheet.assessor, held->sheet.assessed, to, reason);
    out = sheet(store, id, to);
    act.record("assessment.form.delegate", subject_of(id),
               JsonObject{{"plan", held->sheet.plan}, {"to", to}, {"reason", reason}});
  });
  return out;
}

base::Result<std::string> recuse_sheet(store::Session& store, int64_t id, const std::string& reason,
                                       const Act& act) {
  base::Result<std::string> out = Error{};
  store.transaction([&] {
    auto held = hold(store, id, act, "open");
    if (!held) out = held.error();
    else out = give_up(store, held->sheet, "recused", reason, act);
  });
  return out;
}

void take_back_between(store::Session& store, const std::string& one, const std::string& other, const Act& act) {
  for (const auto& [assessor, assessed] : {std::pair(one, other), std::pair(other, one)})
    for (const FormSheet& form : read_all(
             store.query(std::string(kSelect) +
                             " JOIN assess_plans p ON p.plan_id = f.plan_id WHERE f.assessor = ? AND f.assessed ="
                             " ? AND p.state = 'running' AND f.state <> 'recused'",
                         {assessor, assessed}))) {
      auto of = locked_plan(store, form.plan);
      if (of && of->state == "running") give_up(store, form, "relative", "申报了亲属关系", act);
    }
}

}  // namespace guanhu::appraisal
