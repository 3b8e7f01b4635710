// Deciding proposals on grades, and appeals against decisions.
#include <algorithm>

#include "appraisal/detail/grade_rows.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/recorded.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;
using base::JsonObject;

base::Status check_authority(const GradeProposal& p, const GradeDecision& decision, const PeopleDoing& doing) {
  bool may = std::any_of(decision.roles.begin(), decision.roles.end(), [&](const std::string& role) {
    return std::find(p.roles.begin(), p.roles.end(), role) != p.roles.end();
  });
  if (!may) {
    std::string who;
    for (const std::string& role : p.roles) who += (who.empty() ? "" : "、") + role;
    return Error{"grade.authority", "“" + p.change + "”由" + p.body + "决定（" + who + "）", "id", ""};
  }
  if (doing.actor == p.made_by ||
      (!doing.staff.empty() && (doing.staff == p.made_staff || doing.staff == p.staff)))
    return Error{"grade.self", "不能决定自己提出的，也不能决定自己的职级", "id", "由另一位有权的人决定"};
  return {};
}

base::Result<GradeProposal> one(store::Session& session, int64_t id) {
  auto found = grade_proposals(session, {.id = id});
  if (id <= 0 || found.empty()) return Error{"grade.unknown", "没有这一条建议", "id", ""};
  return found.front();
}

void insert_step(store::Session& session, const GradeProposal& p, const std::string& grade, base::Date from,
                 const GradeDecision& decision, std::optional<int64_t> corrects, const PeopleDoing& doing) {
  session.exec(
      "INSERT INTO grade_steps (pack, staff_id, grade, valid_from, reason, document, body, proposal_id, corrects,"
      " decided_at, decided_by, proposed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {p.pack, p.staff, grade, from.str(), decision.reason, decision.document, p.body, p.id,
       corrects ? store::Value(*corrects) : store::Value(), doing.at.str(), doing.actor, p.made_by});
  facts_changed();
}

// Whether an accepted proposal may begin on that day.
base::Status check_from(store::Session& session, const GradeProposal& p, base::Date from) {
  if (p.corrects) return {};
  auto steps = grade_history(session, p.pack, p.staff);
  for (const GradeStep& step : steps)
    if (!step.corrected_by && step.from > from)
      return Error{"grade.from",
                   "履历里已经有 " + step.from.str() + " 起的“" + step.grade + "”，不能再从 " + from.str() + " 起",
                   "from", "写晚一些的日期，或者更正那一条"};
  const GradeStep* held = grade_on(steps, from);
  const std::string was = held ? held->grade : p.was;
  if (held && was != p.was) return Error{"grade.from", "提出以后职级已经变成“" + was + "”", "id", "重新提出"};
  return {};
}

base::Status check_decision(store::Session& session, const GradeProposal& p, const GradeDecision& decision,
                            base::Date from, const PeopleDoing& doing) {
  if (p.state != "proposed") return Error{"grade.state", "这一条不是待决定的", "id", ""};
  if (detail::blank(decision.reason)) return Error{"grade.reason", "没有写理由", "reason", ""};
  if (auto status = check_authority(p, decision, doing); !status.ok()) return status;
  if (!decision.accept) return {};
  if (detail::blank(decision.document)) return Error{"grade.document", "同意的要写正式文件", "document", "写文号"};
  return check_from(session, p, from);
}

}  // namespace

base::Result<std::optional<base::Date>> grade_appeal_until(const policy::Pack& pack, const GradePlan& plan,
                                                           const Names& names, base::Date today) {
  if (plan.appeal.empty()) return std::optional<base::Date>();
  Names all = names;
  all.set("公布日期", told_date(today), JsonObject{{"kind", "given"}});
  all.set("业务日期", told_date(today), JsonObject{{"kind", "given"}});
  NamedAnswer answer = ask_named(pack, plan.appeal, all, today);
  if (answer.error) return *answer.error;
  const Json* part = answer.result.as_object() ? answer.part("申诉截止日") : &answer.result;
  auto until = part && part->as_string() ? base::Date::parse(*part->as_string()) : std::nullopt;
  if (!until) return Error{"grade.plan", "决策 " + answer.decision + " 没有给出申诉截止日", answer.decision, ""};
  return until;
}

base::Result<GradeProposal> decide_grade(store::Session& session, const GradeDecision& decision,
                                         std::optional<base::Date> appeal_until, const PeopleDoing& doing) {
  std::optional<Error> refused;
  session.transaction([&] {
    auto p = one(session, decision.proposal);
    if (!p.ok()) return void(refused = p.error());
    const base::Date from = decision.from.value_or(p->from);
    if (auto status = check_decision(session, *p, decision, from, doing); !status.ok())
      return void(refused = status.error());
    session.exec(
        "UPDATE grade_proposals SET state = ?, decided_at = ?, decided_by = ?, decided_why = ?, decided_document "
        "= ?,"
        " appeal_until = ?, valid_from = ? WHERE proposal_id = ?",
        {decision.accept ? "accepted" : "rejected", doing.at.str(), doing.actor, decision.reason,
         decision.document, appeal_until ? store::Value(appeal_until->str()) : store::Value(), from.str(), p->id});
    if (decision.accept) insert_step(session, *p, p->becomes, from, decision, p->corrects, doing);
    doing.tell(decision.accept ? "grade.accept" : "grade.reject", "grade_proposal " + std::to_string(p->id),
               JsonObject{{"staff", p->staff},
                          {"was", p->was},
                          {"becomes", p->becomes},
                          {"from", from.str()},
                          {"body", p->body},
                          {"reason", decision.reason},
                          {"document", decision.document}});
  });
  if (refused) return *refused;
  return one(session, decision.proposal);
}

std::vector<GradeAppeal> grade_appeals(store::Session& session, int64_t proposal) {
  std::vector<store::Value> values;
  if (proposal) values.emplace_back(proposal);
  std::vector<GradeAppeal> out;
  for (const auto& row :
       session.query("SELECT appeal_id, proposal_id, staff_id, reason, filed_at, filed_by, state, grade, "
                     "decided_at, decided_by,"
                     " decision FROM grade_appeals" +
                         std::string(proposal ? " WHERE proposal_id = ?" : "") + " ORDER BY appeal_id DESC",
                     values))
    out.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                   row.maybe_text(7).value_or(""), row.maybe_text(8).value_or(""), row.maybe_text(9).value_or(""),
                   row.maybe_text(10).value_or("")});
  return out;
}

base::Result<int64_t> appeal_grade(store::Session& session, int64_t proposal, const std::string& reason,
                                   base::Date today, const PeopleDoing& doing) {
  if (detail::blank(reason)) return Error{"grade.reason", "没有写申诉的理由", "reason", ""};
  std::optional<Error> refused;
  int64_t id = 0;
  session.transaction([&] {
    auto p = one(session, proposal);
    if (!p.ok() || doing.staff.empty() || p->staff != doing.staff ||
        (p->state != "accepted" && p->state != "rejected"))
      return void(refused = Error{"grade.unknown", "没有您的这一项决定", "id", ""});
    if (!p->appeal_until) return void(refused = Error{"grade.appeal.none", "这项制度没有写申诉", "id", ""});
    if (today > *p->appeal_until)
      return void(refused = Error{"grade.appeal.late", "申诉到 " + p->appeal_until->str() + " 为止", "id", ""});
    if (!grade_appeals(session, proposal).empty())
      return void(refused = Error{"grade.appeal.twice", "已经申诉过了", "id", ""});
    session.exec(
        "INSERT INTO grade_appeals (proposal_id, staff_id, reason, filed_at, filed_by, state) VALUES (?, ?, ?, ?, "
        "?,"
        " 'open')",
        {proposal, p->staff, reason, doing.at.str(), doing.actor});
    id = session.query("SELECT max(appeal_id) FROM grade_appeals").at(0).integer(0);
    doing.tell("grade.appeal", "grade_proposal " + std::to_string(proposal), JsonObject{{"reason", reason}});
  });
  if (refused) return *refused;
  return id;
}

base::Status decide_appeal(store::Session& session, const policy::Pack& pack, int64_t appeal,
                           const std::string& grade, const GradeDecision& decision, const PeopleDoing& doing) {
  if (detail::blank(decision.reason)) return Error{"grade.reason", "没有写理由", "reason", ""};
  base::Status out;
  session.transaction([&] {
    auto all = grade_appeals(session);
    auto found = std::find_if(all.begin(), all.end(), [&](const GradeAppeal& a) { return a.id == appeal; });
    if (found == all.end()) return void(out = Error{"grade.unknown", "没有这一件申诉", "id", ""});
    if (found->state != "open") return void(out = Error{"grade.state", "这一件申诉已经有结论", "id", ""});
    auto p = one(session, found->proposal);
    auto plan = read_grade_plan(pack, p->from);
    if (!plan.ok()) return void(out = plan.error());
    GradeProposal judged = *p;
    auto body = plan->body_for(p->change, grade.empty() ? p->becomes : grade);
    if (!body.ok()) return void(out = body.error());
    judged.body = body->body, judged.roles = body->roles;
    if (auto status = check_authority(judged, decision, doing); !status.ok()) return void(out = status);
    if (doing.actor == p->decided_by)
      return void(out = Error{"grade.self", "作出原决定的人不能复议", "id", "由另一位有权的人复议"});
    if (!grade.empty() && !plan->knows(grade))
      return void(out = Error{"grade.unknown.grade", "“" + grade + "”不是这个制度的职级", "grade", ""});
    if (!grade.empty() && detail::blank(decision.document))
      return void(out = Error{"grade.document", "改定的要写正式文件", "document", "写文号"});
    session.exec(
        "UPDATE grade_appeals SET state = ?, grade = ?, decided_at = ?, decided_by = ?, decision = ? WHERE "
        "appeal_id = ?",
        {grade.empty() ? "rejected" : "upheld", grade.empty() ? store::Value() : store::Value(grade),
         doing.at.str(), doing.actor, decision.reason, appeal});
    if (!grade.empty()) {
      std::optional<int64_t> corrects;
      for (const GradeStep& step : grade_history(session, p->pack, p->staff))
        if (step.proposal == p->id && !step.corrected_by) corrects = step.id;
      insert_step(session, judged, grade, p->from, decision, corrects, doing);
    }
    doing.tell(
        "grade.appeal.decide", "grade_proposal " + std::to_string(p->id),
        JsonObject{
            {"staff", p->staff}, {"upheld", !grade.empty()}, {"grade", grade}, {"reason", decision.reason}});
  });
  return out;
}

}  // namespace guanhu::appraisal
