// guanhu grade list, propose, decide: grades of people.
#include <map>
#include <ostream>

#include "appraisal/grade_proposals.h"
#include "appraisal/life.h"
#include "appraisal/people_of_run.h"
#include "appraisal/text_table.h"
#include "cli/people_work.h"

namespace guanhu::cli {
namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Json json_of(const appraisal::GradeProposal& p) {
  const Json* error = p.answer.find("error");
  const Json* cites = p.answer.find("cites");
  return JsonObject{{"id", p.id},
                    {"staff", p.staff},
                    {"name", p.name},
                    {"was", p.was},
                    {"becomes", p.becomes},
                    {"change", p.change},
                    {"from", p.from.str()},
                    {"state", p.state},
                    {"body", p.body},
                    {"cites", cites ? *cites : Json()},
                    {"error", error ? *error : Json()},
                    {"decided_by", p.decided_by.empty() ? Json() : Json(p.decided_by)}};
}

std::string line_of(const appraisal::GradeProposal& p) {
  std::string out = std::to_string(p.id) + "  " + p.staff + " " + p.name + "  " + p.was + " → " + p.becomes +
                    "  " + p.change + "  " + p.from.str() + " 起  ";
  if (p.state == "proposed") out += "待" + p.body + "决定";
  else
    out += p.state == "accepted"   ? "已同意"
           : p.state == "rejected" ? "不同意"
           : p.state == "waiting"  ? "待补"
                                   : "不变";
  if (const Json* error = p.answer.find("error"); error && !error->is_null())
    out += "：" + *error->find("message")->as_string();
  return out;
}

void print(PeopleWork& work, const std::vector<appraisal::GradeProposal>& all) {
  JsonArray out;
  for (const auto& p : all) {
    if (work.json()) out.push_back(json_of(p));
    else work.io.out << line_of(p) << "\n";
  }
  if (work.json()) work.io.out << Json(JsonObject{{"proposals", std::move(out)}}).dump(2) << "\n";
}

base::Result<int> list(PeopleWork& work) {
  auto pack = work.pack("pack");
  if (!pack.ok()) return pack.error();
  auto plan = appraisal::read_grade_plan(**pack, work.today());
  if (!plan.ok()) return plan.error();
  std::map<std::string, std::vector<appraisal::GradeStep>> held;
  for (auto& step :
       appraisal::grade_history(work.bank.store(), (*pack)->id, work.options.get("staff").value_or("")))
    held[step.staff].push_back(std::move(step));
  JsonArray out;
  appraisal::TextTable table;
  table.head({"工号", "职级", "起", "文件", "决定"});
  for (const auto& [staff, steps] : held) {
    JsonArray history;
    for (const auto& step : steps) {
      history.push_back(JsonObject{{"id", step.id},
                                   {"grade", step.grade},
                                   {"from", step.from.str()},
                                   {"reason", step.reason},
                                   {"document", step.document},
                                   {"body", step.body},
                                   {"corrected", step.corrected_by.has_value()}});
      if (!step.corrected_by) table.row({staff, step.grade, step.from.str(), step.document, step.body});
    }
    const auto* now = appraisal::grade_on(steps, work.today());
    out.push_back(
        JsonObject{{"staff", staff}, {"grade", now ? now->grade : plan->none}, {"history", std::move(history)}});
  }
  if (work.json())
    work.io.out << Json(JsonObject{{"pack", (*pack)->id}, {"grades", std::move(out)}}).dump(2) << "\n";
  else work.io.out << (held.empty() ? "还没有人定过职级\n" : table.str());
  return kDone;
}

base::Result<int> by_hand(PeopleWork& work, const policy::Pack& pack, const appraisal::PeopleDoing& doing) {
  appraisal::GradeByHand ask;
  const people::Directory directory = work.directory();
  auto staff = work.options.need("staff");
  if (!staff.ok()) return staff.error();
  const people::Staff* person = directory.person(*staff);
  if (!person) return Error{"login.staff", "there is no member of staff '" + *staff + "'", "--staff", ""};
  ask.person = {person->id, person->name, person->org, directory.branch_of(person->org), {}};
  for (auto [option, to] :
       {std::pair{"grade", &ask.grade}, std::pair{"reason", &ask.reason}, std::pair{"document", &ask.document}}) {
    auto text = work.options.need(option);
    if (!text.ok()) return text.error();
    *to = *text;
  }
  auto from = work.day("from");
  if (!from.ok()) return from.error();
  ask.from = *from;
  auto id = appraisal::propose_grade(work.bank.store(), pack, ask, doing);
  if (!id.ok()) return id.error();
  print(work, appraisal::grade_proposals(work.bank.store(), {.id = *id}));
  return kDone;
}

base::Result<int> propose(PeopleWork& work) {
  auto pack = work.pack("pack");
  if (!pack.ok()) return pack.error();
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  if (!work.options.has("run")) return by_hand(work, **pack, *doing);
  auto run = work.options.number("run", 0);
  if (!run.ok()) return run.error();
  auto on = work.day("on");
  if (!on.ok()) return on.error();
  auto life = appraisal::life_of(work.bank.store(), *run);
  if (!life.ok()) return life.error();
  std::vector<appraisal::GradePerson> people;
  for (auto& one : appraisal::people_of_run(work.bank.store(), *run, life->scheme, life->period))
    people.push_back({one.id, one.name, one.org, one.branch, std::move(one.told)});
  std::optional<base::Date> from;
  if (work.options.has("from")) {
    auto day = work.day("from");
    if (!day.ok()) return day.error();
    from = *day;
  }
  auto batch = appraisal::propose_grades(work.bank.store(), {pack->get(), *run, *on, from}, people, *doing);
  if (!batch.ok()) return batch.error();
  auto all = appraisal::grade_proposals(work.bank.store(), {.batch = *batch});
  print(work, all);
  for (const auto& p : all)
    if (p.state == "waiting") return kNo;
  return kDone;
}

base::Result<int> decide(PeopleWork& work) {
  auto id = work.number("proposal");
  if (!id.ok()) return id.error();
  if (work.options.has("accept") == work.options.has("reject"))
    return Error{"cli.missing", "say --accept or --reject", "", "see --help"};
  appraisal::GradeDecision decision;
  decision.proposal = *id, decision.accept = work.options.has("accept");
  auto reason = work.options.need("reason");
  if (!reason.ok()) return reason.error();
  auto by = work.options.need("by");
  if (!by.ok()) return by.error();
  decision.reason = *reason, decision.document = work.options.get("document").value_or("");
  auto doing = work.doing(&decision.roles);
  if (!doing.ok()) return doing.error();
  auto found = appraisal::grade_proposals(work.bank.store(), {.id = *id});
  if (found.empty() || !*id) return Error{"grade.unknown", "没有这一条建议", "", "guanhu grade propose 列出编号"};
  auto pack = work.pack("pack");
  if (!pack.ok()) return pack.error();
  if (found.front().pack != (*pack)->id)
    return Error{"grade.unknown", "这一条建议属于制度包 " + found.front().pack, "--pack", ""};
  auto plan = appraisal::read_grade_plan(**pack, work.today());
  if (!plan.ok()) return plan.error();
  auto until = appraisal::grade_appeal_until(**pack, *plan, appraisal::Names(), work.today());
  if (!until.ok()) return until.error();
  auto out = appraisal::decide_grade(work.bank.store(), decision, *until, *doing);
  if (!out.ok()) return out.error();
  print(work, {*out});
  return kDone;
}

}  // namespace

const Command kGradeListCommand = {
    "grade list", "who holds which grade, with the history",
    "usage: guanhu grade list --data DIR --pack PACK [--staff ID] [--policies DIR] [--json]\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("grade list", arguments, io, {"pack", "staff"}, {}, list);
    }};
const Command kGradeProposeCommand = {
    "grade propose", "proposes grades, from an appraisal or by hand",
    "usage: guanhu grade propose --data DIR --pack PACK --run ID --on DATE [--from DATE] [--policies DIR] "
    "[--json]\n"
    "       guanhu grade propose --data DIR --pack PACK --staff ID --grade GRADE --from DATE --reason TEXT\n"
    "                            --document TEXT [--policies DIR] [--json]\n\n"
    "From an appraisal: the pack says of everybody what they ought to become. Nothing changes before somebody "
    "else\n"
    "decides. Exit status 1: of somebody something is missing.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("grade propose", arguments, io,
                        {"pack", "run", "on", "from", "staff", "grade", "reason", "document"}, {}, propose);
    }};
const Command kGradeDecideCommand = {
    "grade decide", "decides a proposal",
    "usage: guanhu grade decide --data DIR ID --pack PACK --accept|--reject --reason TEXT --by LOGIN\n"
    "                           [--document TEXT] [--policies DIR] [--json]\n\n"
    "--by: the login whose roles decide; the pack says which may. Whoever proposed it, or whom it is about, "
    "cannot.\n"
    "To accept needs a document.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("grade decide", arguments, io, {"pack", "reason", "document"}, {"accept", "reject"},
                        decide);
    }};

}  // namespace guanhu::cli
