#include "appraisal/grade_proposals.h"

#include <algorithm>
#include <map>

#include "appraisal/detail/grade_rows.h"
#include "appraisal/under_way.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

// What the decision said of one person, as a proposal; `was` and the person are filled in.
void propose(GradeProposal& out, const policy::Pack& pack, const GradePlan& plan, const Names& names,
             base::Date on) {
  NamedAnswer answer = ask_named(pack, plan.proposes, names, on);
  JsonObject kept = {{"decision", answer.decision},
                     {"result", answer.result},
                     {"cites", answer.cites},
                     {"inputs", answer.inputs},
                     {"error", Json()}};
  auto waits = [&](const Error& error) {
    kept.back().second = JsonObject{{"code", error.code}, {"message", error.message}, {"where", error.where}};
    out.state = "waiting", out.becomes = out.was, out.change = "待补";
    out.answer = std::move(kept);
  };
  if (answer.error) return waits(*answer.error);
  const Json *change = answer.part("变动"), *becomes = answer.part("新职级"), *raised = answer.part("提请");
  if (!change || !change->as_string() || !becomes || !becomes->as_string() || !raised || !raised->as_bool())
    return waits(
        {"grade.plan", "决策 " + answer.decision + " 的结果要有 变动、新职级、提请", answer.decision, ""});
  out.change = *change->as_string(), out.becomes = *becomes->as_string();
  if (!plan.knows(out.becomes))
    return waits({"grade.unknown.grade", "“" + out.becomes + "”不是这个制度的职级", answer.decision, ""});
  out.state = "listed";
  if (*raised->as_bool()) {
    auto body = plan.body_for(out.change, out.becomes);
    if (!body.ok()) return waits(body.error());
    out.body = body->body, out.roles = body->roles;
    out.state = "proposed";
  }
  out.answer = std::move(kept);
}

int64_t insert_batch(store::Session& session, const policy::Pack& pack, std::optional<int64_t> run, base::Date on,
                     const PeopleDoing& doing) {
  session.exec(
      "INSERT INTO grade_batches (pack, pack_hash, run_id, on_day, made_at, made_by, made_staff) VALUES (?, ?, ?, "
      "?, "
      "?, ?, ?)",
      {pack.id, pack.hash, run ? store::Value(*run) : store::Value(), on.str(), doing.at.str(), doing.actor,
       doing.staff});
  return session.query("SELECT max(batch_id) FROM grade_batches").at(0).integer(0);
}

std::string change_by_scale(const GradePlan& plan, const GradeByHand& ask, const std::string& was) {
  if (ask.corrects) return "更正";
  if (ask.grade == plan.none) return "取消资格";
  auto before = plan.place(was), after = plan.place(ask.grade);
  if (!before || !after) return "定级";
  return *after > *before ? "晋升" : "下调";
}

}  // namespace

namespace detail {

void insert_proposal(store::Session& session, const GradeProposal& p) {
  JsonArray roles(p.roles.begin(), p.roles.end());
  session.exec(
      "INSERT INTO grade_proposals (batch_id, pack, staff_id, name, org, branch, was, becomes, change, valid_from,"
      " answer, body, roles, reason, document, corrects, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?,"
      " ?)",
      {p.batch, p.pack, p.staff, p.name, p.org, p.branch, p.was, p.becomes, p.change, p.from.str(),
       p.answer.dump(), p.body, Json(std::move(roles)).dump(), p.reason, p.document,
       p.corrects ? store::Value(*p.corrects) : store::Value(), p.state});
}

}  // namespace detail

base::Result<int64_t> propose_grades(store::Session& session, const GradeAsk& ask,
                                     const std::vector<GradePerson>& people, const PeopleDoing& doing) {
  auto plan = read_grade_plan(*ask.pack, ask.on);
  if (!plan.ok()) return plan.error();
  if (people.empty()) return Error{"grade.nobody", "没有要评定的人", "", "换一个考核期间或名单"};
  FactsByDay facts(people_facts(session, {.from = ask.on, .to = ask.on}));
  std::map<std::string, std::vector<GradeStep>> held;
  for (auto& step : grade_history(session, ask.pack->id)) held[step.staff].push_back(step);
  std::vector<GradeProposal> all;
  for (const GradePerson& person : people) {
    under_way(static_cast<size_t>(&person - people.data()), people.size(), person.name);
    GradeProposal out;
    out.pack = ask.pack->id;
    out.staff = person.id, out.name = person.name, out.org = person.org, out.branch = person.branch;
    const GradeStep* step = grade_on(held[person.id], ask.on);
    out.was = step ? step->grade : plan->none;
    out.from = ask.from.value_or(ask.on);
    // The run and the history come first; recorded facts are looked up behind them.
    Names recorded;
    facts.tell(recorded, person.id, person.org, person.branch, ask.on);
    Names names = person.told;
    names.set("职级", out.was, JsonObject{{"kind", "grade"}, {"step", step ? Json(step->id) : Json()}});
    names.set("评定日期", told_date(ask.on), JsonObject{{"kind", "given"}});
    names.behind(recorded);
    propose(out, *ask.pack, *plan, names, ask.on);
    all.push_back(std::move(out));
  }
  int64_t batch = 0;
  session.transaction([&] {
    batch = insert_batch(session, *ask.pack, ask.run, ask.on, doing);
    size_t raised = 0;
    for (GradeProposal& one : all) {
      one.batch = batch;
      session.exec(
          "UPDATE grade_proposals SET state = 'superseded' WHERE pack = ? AND staff_id = ? AND reason = '' AND "
          "state IN"
          " ('listed', 'waiting', 'proposed')",
          {one.pack, one.staff});
      detail::insert_proposal(session, one);
      raised += one.state == "proposed";
    }
    doing.tell("grade.propose", "grade_batch " + std::to_string(batch),
               JsonObject{{"pack", ask.pack->id},
                          {"pack_hash", ask.pack->hash},
                          {"run", ask.run ? Json(*ask.run) : Json()},
                          {"people", all.size()},
                          {"proposed", raised}});
  });
  return batch;
}

base::Result<int64_t> propose_grade(store::Session& session, const policy::Pack& pack, const GradeByHand& ask,
                                    const PeopleDoing& doing) {
  auto plan = read_grade_plan(pack, ask.from);
  if (!plan.ok()) return plan.error();
  if (!plan->knows(ask.grade))
    return Error{"grade.unknown.grade", "“" + ask.grade + "”不是这个制度的职级", "grade", ""};
  if (detail::blank(ask.reason)) return Error{"grade.reason", "没有写理由", "reason", ""};
  if (detail::blank(ask.document)) return Error{"grade.document", "没有写依据的文件", "document", "写文号"};
  auto steps = grade_history(session, pack.id, ask.person.id);
  const GradeStep* held = grade_on(steps, ask.from);
  GradeProposal out;
  out.pack = pack.id, out.staff = ask.person.id, out.name = ask.person.name;
  out.org = ask.person.org, out.branch = ask.person.branch;
  out.was = held ? held->grade : plan->none, out.becomes = ask.grade, out.from = ask.from;
  if (ask.corrects) {
    auto wrong =
        std::find_if(steps.begin(), steps.end(), [&](const GradeStep& s) { return s.id == *ask.corrects; });
    if (wrong == steps.end() || wrong->corrected_by)
      return Error{"grade.corrects", "没有要更正的这一条，或者它已经更正过", "corrects", "履历里有编号"};
    out.corrects = ask.corrects, out.was = wrong->grade;
  } else if (out.was == ask.grade) {
    return Error{"grade.same", "现在就是“" + ask.grade + "”", "grade", ""};
  }
  out.change = ask.change.empty() ? change_by_scale(*plan, ask, out.was) : ask.change;
  auto body = plan->body_for(out.change, out.becomes);
  if (!body.ok()) return body.error();
  out.body = body->body, out.roles = body->roles;
  out.reason = ask.reason, out.document = ask.document, out.state = "proposed";
  out.answer = JsonObject{{"decision", Json()},
                          {"result", Json()},
                          {"cites", JsonArray{}},
                          {"inputs", JsonArray{}},
                          {"error", Json()}};
  int64_t id = 0;
  session.transaction([&] {
    out.batch = insert_batch(session, pack, std::nullopt, ask.from, doing);
    detail::insert_proposal(session, out);
    id = session.query("SELECT max(proposal_id) FROM grade_proposals").at(0).integer(0);
    doing.tell("grade.propose", "grade_proposal " + std::to_string(id),
               JsonObject{{"pack", pack.id},
                          {"staff", out.staff},
                          {"was", out.was},
                          {"becomes", out.becomes},
                          {"reason", out.reason},
                          {"document", out.document}});
  });
  return id;
}

std::vector<GradeProposal> grade_proposals(store::Session& session, const ProposalFilter& filter) {
  std::string where;
  std::vector<store::Value> values;
  auto also = [&](const char* condition, store::Value value) {
    where += std::string(where.empty() ? " WHERE " : " AND ") + condition;
    values.push_back(std::move(value));
  };
  if (filter.id) also("p.proposal_id = ?", filter.id);
  if (filter.batch) also("p.batch_id = ?", filter.batch);
  if (!filter.pack.empty()) also("p.pack = ?", filter.pack);
  if (!filter.staff.empty()) also("p.staff_id = ?", filter.staff);
  if (!filter.state.empty()) also("p.state = ?", filter.state);
  std::vector<GradeProposal> out;
  for (const auto& row : session.query(
           "SELECT p.proposal_id, p.batch_id, p.pack, p.staff_id, p.name, p.org, p.branch, p.was, p.becomes, "
           "p.change,"
           " p.valid_from, p.answer, p.body, p.roles, p.reason, p.document, p.corrects, p.state, p.decided_at,"
           " p.decided_by, p.decided_why, p.decided_document, p.appeal_until, b.made_by, b.made_staff, b.made_at"
           " FROM grade_proposals p JOIN grade_batches b ON b.batch_id = p.batch_id" +
               where + " ORDER BY p.proposal_id DESC",
           values)) {
    GradeProposal p;
    p.id = row.integer(0), p.batch = row.integer(1);
    p.pack = row.text(2), p.staff = row.text(3), p.name = row.text(4), p.org = row.text(5), p.branch = row.text(6);
    p.was = row.text(7), p.becomes = row.text(8), p.change = row.text(9);
    p.from = base::Date::parse(row.text(10)).value();
    p.answer = Json::parse(row.text(11)).value();
    p.body = row.text(12);
    const Json roles = Json::parse(row.text(13)).value();
    for (const Json& role : *roles.as_array()) p.roles.push_back(*role.as_string());
    p.reason = row.text(14), p.document = row.text(15), p.corrects = row.maybe_integer(16), p.state = row.text(17);
    p.decided_at = row.maybe_text(18).value_or(""), p.decided_by = row.maybe_text(19).value_or("");
    p.decided_why = row.maybe_text(20).value_or(""), p.decided_document = row.maybe_text(21).value_or("");
    if (auto until = row.maybe_text(22)) p.appeal_until = base::Date::parse(*until);
    p.made_by = row.text(23), p.made_staff = row.text(24), p.made_at = row.text(25);
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace guanhu::appraisal
