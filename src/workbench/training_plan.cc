// Plans of a department, and one's own learning.
#include <algorithm>
#include <set>

#include "workbench/training.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kLines = 200, kGoals = 50;
constexpr int64_t kMostPeople = 100'000, kMostBudget = 100'000'000'000;  // fen

Json body_of(const TrainingPlan& p) {
  JsonArray lines, selected;
  for (const PlanLine& one : p.lines)
    lines.push_back(JsonObject{{"id", one.id},
                               {"course", one.course},
                               {"title", one.title},
                               {"month", one.month},
                               {"place", one.place},
                               {"teacher", one.teacher},
                               {"groups", texts_json(one.groups)},
                               {"people", one.people},
                               {"budget", one.budget ? Json(*one.budget) : Json()}});
  for (const Selected& one : p.selected)
    selected.push_back(JsonObject{{"staff", one.staff}, {"result", one.result}, {"reason", one.reason}});
  return JsonObject{{"period", p.period.str()},       {"about", p.about},
                    {"lines", std::move(lines)},      {"selected", std::move(selected)},
                    {"submitted_by", p.submitted_by}, {"decided_by", p.decided_by},
                    {"decided_why", p.decided_why}};
}

base::Result<TrainingPlan> kept(store::Session& session, const TrainingPlan& p, const std::string& action,
                                const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = p.record, change.record.body = body_of(p), change.action = action, change.why = why;
  change.words = p.about;
  for (const PlanLine& one : p.lines) change.words += "\n" + one.title;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return training_plan_of(*written);
}

base::Status check_line(store::Session& session, const PlanPeriod& period, const PlanLine& one, size_t i) {
  const std::string which = "第 " + std::to_string(i + 1) + " 项", where = "lines/" + std::to_string(i);
  if (one.title.empty() || characters(one.title) > 200)
    return Error{"tplan.line", which + "要有名称，最多 200 字", where, ""};
  auto month = PlanPeriod::parse(one.month);
  if (!month || month->kind != PlanKind::month || !period.holds(month->first))
    return Error{"tplan.line", which + "的月份不在计划的期间里", where,
                 "写 " + period.first.str().substr(0, 7) + " 这样的月份"};
  if (one.people < 0 || one.people > kMostPeople) return Error{"tplan.line", which + "的人数不对", where, ""};
  if (one.budget && (*one.budget < 0 || *one.budget > kMostBudget))
    return Error{"tplan.line", which + "的预算不对", where, "单位是元，可以不填"};
  if (one.course) {
    auto found = records::record(session, kCourse, one.course);
    if (!found.ok() || found->removed) return Error{"tplan.line", which + "的课程不在目录里", where, ""};
  }
  return {};
}

base::Status check(store::Session& session, const TrainingPlan& p) {
  if (p.period.kind != PlanKind::year && p.period.kind != PlanKind::quarter)
    return Error{"tplan.period", "培训计划按年或按季", "period", "2026 或者 2026Q1"};
  if (p.lines.empty() || p.lines.size() > kLines)
    return Error{"tplan.lines", "计划要有 1 至 200 项培训", "lines", ""};
  for (size_t i = 0; i < p.lines.size(); ++i)
    if (auto fits = check_line(session, p.period, p.lines[i], i); !fits.ok()) return fits;
  return {};
}

}  // namespace

TrainingPlan training_plan_of(const records::Record& record) {
  auto period = PlanPeriod::parse(text_in(record.body, "period"));
  if (record.kind != kTrainingPlan || !period)
    throw base::Broken("record " + std::to_string(record.id) + " is no plan of training");
  TrainingPlan out;
  out.record = record, out.period = *period, out.about = text_in(record.body, "about");
  out.submitted_by = text_in(record.body, "submitted_by"), out.decided_by = text_in(record.body, "decided_by");
  out.decided_why = text_in(record.body, "decided_why");
  for (const Json& one : list_in(record.body, "lines")) {
    PlanLine line{whole_in(one, "id"),     whole_in(one, "course"), text_in(one, "title"),
                  text_in(one, "month"),   text_in(one, "place"),   text_in(one, "teacher"),
                  texts_in(one, "groups"), whole_in(one, "people"), std::nullopt};
    if (const Json* budget = one.find("budget"); budget && budget->as_number())
      line.budget = whole_in(one, "budget");
    out.lines.push_back(std::move(line));
  }
  for (const Json& one : list_in(record.body, "selected"))
    out.selected.push_back({text_in(one, "staff"), text_in(one, "result"), text_in(one, "reason")});
  return out;
}

// TRN-607 TRN-601
base::Result<TrainingPlan> keep_training_plan(store::Session& session, const TrainingPlanAsk& ask,
                                              const records::Doing& doing) {
  auto period = PlanPeriod::parse(ask.period);
  if (!period) return Error{"tplan.period", "培训计划按年或按季", "period", "2026 或者 2026Q1"};
  TrainingPlan p;
  if (ask.id) {
    auto found = records::record(session, kTrainingPlan, ask.id);
    if (!found.ok()) return found.error();
    p = training_plan_of(*found);
    if (found->state != "draft" && found->state != "returned")
      return Error{"tplan.state", "计划已经提交或批准，不能直接改", "state", "先退回或者重新打开"};
    p.record.version = ask.version;
  } else {
    p.record.kind = kTrainingPlan, p.record.state = "draft", p.record.owner = ask.owner, p.record.org = ask.org;
    p.record.key = ask.org + "|" + period->str();
  }
  if (ask.id && *period != p.period) return Error{"tplan.period", "计划的期间定了就不改", "period", "另做一份"};
  p.record.title = ask.title, p.period = *period, p.about = ask.about, p.lines = ask.lines;
  p.record.day = period->first, p.record.until = period->last;
  int64_t most = 0;
  for (const PlanLine& one : p.lines) most = std::max(most, one.id);
  for (PlanLine& one : p.lines)
    if (one.id <= 0) one.id = ++most;
  if (auto fits = check(session, p); !fits.ok()) return fits.error();
  return kept(session, p, "training.plan", "", doing);
}

base::Result<TrainingPlan> step_training_plan(store::Session& session, int64_t id, int64_t version,
                                              const PlanStep& step, const records::Doing& doing) {
  struct Way {
    const char *what, *from, *to;
  };
  static constexpr Way kWays[] = {{"submit", "draft", "submitted"},
                                  {"submit", "returned", "submitted"},
                                  {"approve", "submitted", "approved"},
                                  {"return", "submitted", "returned"},
                                  {"reopen", "approved", "draft"}};
  auto found = records::record(session, kTrainingPlan, id);
  if (!found.ok()) return found.error();
  TrainingPlan p = training_plan_of(*found);
  const Way* way = nullptr;
  for (const Way& one : kWays)
    if (step.what == one.what && found->state == one.from) way = &one;
  if (!way) return Error{"tplan.step", "计划现在的状态不能这样做", "state", "刷新以后再看"};
  const bool decides = step.what == "approve" || step.what == "return";
  if (decides && (p.submitted_by == doing.login || found->made_by == doing.login || found->owner == step.person))
    return Error{"tplan.self", "自己的计划不能自己批", "", "由另一位有权的人批"};
  if ((step.what == "return" || step.what == "reopen") && step.why.empty())
    return Error{"tplan.why", "写明理由", "why", "一句话"};
  p.record.version = version, p.record.state = way->to;
  if (step.what == "submit") p.submitted_by = doing.login, p.decided_by.clear(), p.decided_why.clear();
  if (decides) p.decided_by = doing.login, p.decided_why = step.why;
  return kept(session, p, "training.plan." + step.what, step.why, doing);
}

base::Result<TrainingPlan> select_people(store::Session& session, int64_t id, int64_t version,
                                         std::vector<Selected> selected, const records::Doing& doing) {
  auto found = records::record(session, kTrainingPlan, id);
  if (!found.ok()) return found.error();
  TrainingPlan p = training_plan_of(*found);
  if (found->state != "approved") return Error{"tplan.state", "计划批准以后才登记选拔结果", "state", ""};
  std::set<std::string> seen;
  for (const Selected& one : selected)
    if (one.staff.empty() || one.result.empty() || characters(one.result) > 100 || characters(one.reason) > 500 ||
        !seen.insert(one.staff).second)
      return Error{"tplan.selected", "每人一条，写明结果", "selected", ""};
  p.record.version = version, p.selected = std::move(selected);
  return kept(session, p, "training.plan.select", "", doing);
}

// ---------------------------------------------------------------------------- one's own learning

Study study_of(const records::Record& record) {
  if (record.kind != kStudy || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no record of study");
  return {record,
          text_in(record.body, "content"),
          text_in(record.body, "result"),
          text_in(record.body, "kind"),
          whole_in(record.body, "hours"),
          text_in(record.body, "decided_by"),
          text_in(record.body, "decided_why")};
}

namespace {

base::Result<Study> kept(store::Session& session, const Study& s, const std::string& action,
                         const std::string& why, const std::vector<std::string>& files,
                         const records::Doing& doing) {
  records::Change change;
  change.record = s.record, change.action = action, change.why = why, change.files = files;
  change.record.body =
      JsonObject{{"content", s.content}, {"result", s.result},         {"kind", s.kind},
                 {"hours", s.hours},     {"decided_by", s.decided_by}, {"decided_why", s.decided_why}};
  change.words = s.content + "\n" + s.result;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return study_of(*written);
}

}  // namespace

// TRN-007
base::Result<Study> keep_study(store::Session& session, const StudyAsk& ask, Date today,
                               const records::Doing& doing) {
  if (ask.day > today) return Error{"study.day", "还没有到那一天", "day", "学了以后再记"};
  if (ask.kind != "self" && ask.kind != "external") return Error{"study.kind", "写自学还是外部培训", "kind", ""};
  auto number = base::Decimal::parse(ask.hours);
  auto hours = number ? hundredths_of(*number) : std::nullopt;
  if (!hours || *hours <= 0 || *hours > 2400)
    return Error{"study.hours", "学时在 0.01 至 24 之间，最多两位小数", "hours", "一天一条"};
  if (ask.content.empty() || characters(ask.content) > 2000 || characters(ask.result) > 2000)
    return Error{"study.text", "写学了什么，最多 2000 字", "content", ""};
  Study s;
  if (ask.id) {
    auto found = records::record(session, kStudy, ask.id);
    if (!found.ok()) return found.error();
    if (found->state == "confirmed") return Error{"study.state", "上级已经确认，不能再改", "state", "另记一条"};
    s.record = *found, s.record.version = ask.version;
  } else {
    s.record.kind = kStudy, s.record.owner = ask.owner, s.record.org = ask.org;
  }
  s.record.state = "noted", s.record.title = ask.title, s.record.day = ask.day;
  s.content = ask.content, s.result = ask.result, s.kind = ask.kind, s.hours = *hours;
  return kept(session, s, "training.study", "", ask.files, doing);
}

base::Result<Study> decide_study(store::Session& session, int64_t id, int64_t version, bool confirmed,
                                 const std::string& why, const std::string& person, const records::Doing& doing) {
  auto found = records::record(session, kStudy, id);
  if (!found.ok()) return found.error();
  Study s = study_of(*found);
  if (found->owner == person || found->made_by == doing.login)
    return Error{"study.self", "自己的学习记录由别人确认", "", "请上级确认"};
  if (found->state != "noted") return Error{"study.state", "这一条已经处理过", "state", ""};
  if (!confirmed && why.empty()) return Error{"study.why", "不确认要写理由", "why", "一句话"};
  std::vector<std::string> files;
  for (const auto& file : records::files_of(session, id)) files.push_back(file.digest);
  s.record.version = version, s.record.state = confirmed ? "confirmed" : "refused";
  s.decided_by = doing.login, s.decided_why = why;
  return kept(session, s, confirmed ? "training.study.confirm" : "training.study.refuse", why, files, doing);
}

std::string study_plan_key(const std::string& staff, int year) { return staff + "|" + std::to_string(year); }

StudyPlan study_plan_of(const records::Record& record) {
  if (record.kind != kStudyPlan) throw base::Broken("record " + std::to_string(record.id) + " is no study plan");
  StudyPlan out;
  out.record = record, out.year = static_cast<int>(whole_in(record.body, "year"));
  out.gap = text_in(record.body, "gap");
  for (const Json& one : list_in(record.body, "goals"))
    out.goals.push_back({whole_in(one, "id"), text_in(one, "what"), text_in(one, "how"), text_in(one, "result"),
                         day_in(one, "by"), day_in(one, "done")});
  return out;
}

// TRN-609 TRN-612
base::Result<StudyPlan> keep_study_plan(store::Session& session, const StudyPlan& plan,
                                        const records::Doing& doing) {
  if (plan.goals.empty() || plan.goals.size() > kGoals)
    return Error{"studyplan.goals", "学习计划要有 1 至 50 项", "goals", ""};
  if (characters(plan.gap) > 2000) return Error{"studyplan.goals", "说明最多 2000 字", "gap", ""};
  JsonArray goals;
  int64_t most = 0;
  for (const StudyGoal& one : plan.goals) most = std::max(most, one.id);
  for (size_t i = 0; i < plan.goals.size(); ++i) {
    const StudyGoal& one = plan.goals[i];
    const std::string which = "第 " + std::to_string(i + 1) + " 项", where = "goals/" + std::to_string(i);
    if (one.what.empty() || characters(one.what) > 200 || characters(one.how) > 500 ||
        characters(one.result) > 500)
      return Error{"studyplan.goal", which + "要写学什么，最多 200 字", where, ""};
    if (!one.by || one.by->year() != plan.year)
      return Error{"studyplan.goal", which + "的期限要在 " + std::to_string(plan.year) + " 年里", where, ""};
    goals.push_back(JsonObject{{"id", one.id > 0 ? one.id : ++most},
                               {"what", one.what},
                               {"how", one.how},
                               {"result", one.result},
                               {"by", day_or_null(one.by)},
                               {"done", day_or_null(one.done)}});
  }
  records::Change change;
  change.record = plan.record, change.action = "training.studyplan";
  change.record.kind = kStudyPlan, change.record.state = "on";
  if (!change.record.id) change.record.key = study_plan_key(plan.record.owner, plan.year);
  change.record.day = Date::from_ymd(plan.year, 1, 1), change.record.until = Date::from_ymd(plan.year, 12, 31);
  change.record.body = JsonObject{{"year", plan.year}, {"gap", plan.gap}, {"goals", std::move(goals)}};
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return study_plan_of(*written);
}

}  // namespace guanhu::workbench
