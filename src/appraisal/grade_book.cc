#include "appraisal/grade_book.h"

#include <algorithm>

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;

constexpr const char* kPlan = "grade-plan";

Error bad_plan(const std::string& pack, const std::string& what) {
  return Error{"grade.plan", what, pack + "/" + kPlan, "在制度包里补上，写法见 docs/pay-and-grades.md"};
}

base::Result<std::vector<std::string>> texts(const Json& of, const char* member, const std::string& pack) {
  std::vector<std::string> out;
  const Json* list = of.find(member);
  if (!list || !list->as_array()) return bad_plan(pack, "方案缺少“" + std::string(member) + "”，它要是一列文字");
  for (const Json& one : *list->as_array()) {
    if (!one.as_string()) return bad_plan(pack, "“" + std::string(member) + "”里有一项不是文字");
    out.push_back(*one.as_string());
  }
  return out;
}

base::Result<std::vector<GradeBody>> bodies(const Json& plan, const std::string& pack) {
  const Json* list = plan.find("决定权");
  if (!list || !list->as_array() || list->as_array()->empty()) return bad_plan(pack, "方案没有写决定权");
  std::vector<GradeBody> out;
  for (const Json& one : *list->as_array()) {
    GradeBody body;
    for (auto [member, to] : {std::pair{"变动", &body.changes}, {"职级", &body.grades}, {"角色", &body.roles}}) {
      auto read = texts(one, member, pack);
      if (!read.ok()) return read.error();
      *to = *read;
    }
    auto name = plan_text(one, "机关", pack);
    if (!name.ok()) return bad_plan(pack, name.error().message);
    body.body = *name;
    if (body.roles.empty()) return bad_plan(pack, "“" + body.body + "”没有一个能决定的角色");
    out.push_back(std::move(body));
  }
  return out;
}

bool names(const std::vector<std::string>& list, const std::string& one) {
  return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

bool GradePlan::knows(const std::string& grade) const {
  return grade == none || place(grade) || std::find(trainees.begin(), trainees.end(), grade) != trainees.end();
}

std::optional<size_t> GradePlan::place(const std::string& grade) const {
  auto at = std::find(scale.begin(), scale.end(), grade);
  if (at == scale.end()) return std::nullopt;
  return static_cast<size_t>(at - scale.begin());
}

base::Result<GradeBody> GradePlan::body_for(const std::string& change, const std::string& grade) const {
  for (const GradeBody& body : bodies)
    if (names(body.changes, change) && names(body.grades, grade)) return body;
  return Error{"grade.authority", "制度没有写谁能决定“" + change + "”到“" + grade + "”", pack,
               "在 grade-plan 的决定权里补一行"};
}

base::Result<GradePlan> read_grade_plan(const policy::Pack& pack, base::Date on) {
  if (!pack.decision(kPlan)) return bad_plan(pack.id, "制度包 " + pack.id + " 没有写职级方案");
  NamedAnswer answer = ask_named(pack, kPlan, Names(), on);
  if (answer.error) return *answer.error;
  const Json& plan = answer.result;
  GradePlan out;
  out.pack = pack.id, out.pack_hash = pack.hash;
  for (auto [member, to] : {std::pair{"职级", &out.scale}, {"见习", &out.trainees}}) {
    auto read = texts(plan, member, pack.id);
    if (!read.ok()) return read.error();
    *to = *read;
  }
  if (out.scale.empty()) return bad_plan(pack.id, "方案没有写职级");
  struct Member {
    const char* name;
    std::string* to;
    bool required;
  };
  for (auto [name, to, required] :
       {Member{"无", &out.none, true}, Member{"建议", &out.proposes, true}, Member{"申诉", &out.appeal, false},
        Member{"权限", &out.authority, false}, Member{"权限职级", &out.authority_grade, false},
        Member{"权限金额", &out.authority_amount, false}}) {
    auto read = plan_text(plan, name, pack.id, required);
    if (!read.ok()) return bad_plan(pack.id, read.error().message);
    *to = *read;
  }
  auto deciding = bodies(plan, pack.id);
  if (!deciding.ok()) return deciding.error();
  out.bodies = std::move(*deciding);
  return out;
}

std::vector<GradeStep> grade_history(store::Session& session, const std::string& pack, const std::string& staff) {
  std::string sql =
      "SELECT g.step_id, g.pack, g.staff_id, g.grade, g.valid_from, g.reason, g.document, g.body, g.proposal_id,"
      " g.corrects, c.step_id, g.decided_at, g.decided_by, g.proposed_by FROM grade_steps g"
      " LEFT JOIN grade_steps c ON c.corrects = g.step_id WHERE g.pack = ?";
  std::vector<store::Value> values = {pack};
  if (!staff.empty()) {
    sql += " AND g.staff_id = ?";
    values.emplace_back(staff);
  }
  std::vector<GradeStep> out;
  for (const auto& row : session.query(sql + " ORDER BY g.staff_id, g.valid_from, g.step_id", values)) {
    GradeStep step;
    step.id = row.integer(0);
    step.pack = row.text(1), step.staff = row.text(2), step.grade = row.text(3);
    step.from = base::Date::parse(row.text(4)).value();
    step.reason = row.text(5), step.document = row.text(6), step.body = row.text(7);
    step.proposal = row.integer(8);
    step.corrects = row.maybe_integer(9), step.corrected_by = row.maybe_integer(10);
    step.decided_at = row.text(11), step.decided_by = row.text(12), step.proposed_by = row.text(13);
    out.push_back(std::move(step));
  }
  return out;
}

std::vector<GradeStep> as_known(std::vector<GradeStep> steps, const std::optional<base::Instant>& known_at) {
  if (!known_at) return steps;
  const std::string then = known_at->str();
  std::erase_if(steps, [&](const GradeStep& step) { return step.decided_at > then; });
  for (GradeStep& step : steps)
    if (std::none_of(steps.begin(), steps.end(), [&](const GradeStep& by) { return by.corrects == step.id; }))
      step.corrected_by.reset();
  return steps;
}

const GradeStep* grade_on(const std::vector<GradeStep>& steps, base::Date day) {
  const GradeStep* out = nullptr;
  for (const GradeStep& step : steps)
    if (step.from <= day && !step.corrected_by) out = &step;
  return out;
}

}  // namespace guanhu::appraisal
