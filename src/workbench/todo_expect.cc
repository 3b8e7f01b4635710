#include "workbench/todo_expect.h"

namespace guanhu::workbench {

using base::Date;

namespace {

constexpr size_t kMostProblems = 20;

void problem(Expects& out, std::string text) {
  ++out.failures;
  if (out.problems.size() < kMostProblems) out.problems.push_back(std::move(text));
}

void ask_one(DutyExpects& duty, Expects& out) {
  const SubjectRows& facts = *duty.facts;
  std::vector<std::optional<Date>> days;
  std::vector<std::pair<size_t, base::Error>> failed;
  duty.ask.due(facts.columns, facts.rows, days, failed);
  for (const auto& [row, error] : failed) {
    if (!duty.failed.insert(facts.id[row]).second) continue;
    problem(out, duty.name + " " + facts.id[row] + "：" + error.message);
  }
  for (size_t row = 0; row < facts.rows; ++row)
    if (days[row]) duty.due.emplace_back(static_cast<uint32_t>(row), *days[row]);
}

}  // namespace

Expects expect_duties(warehouse::Warehouse& db, store::Session& session, const TodoRunAsk& ask, Date began,
                      const std::function<void(const std::string&)>& tell) {
  Expects out;
  std::map<std::string, std::set<std::string>> columns;
  for (const auto& pack : ask.packs)
    for (const policy::Duty& duty : pack->duties) {
      const std::string name = pack->id + "/" + duty.id;
      auto compiled = policy::DutyAsk::make(*pack, duty, ask.day);
      if (!compiled.ok()) {
        out.broken.push_back(name);
        problem(out, name + "：" + compiled.error().text());
        continue;
      }
      const auto& fields = policy::subject_columns(duty.subject);
      for (size_t at : compiled->columns()) columns[duty.subject].insert(fields[at].name);
      columns[duty.subject];
      out.duties.push_back({pack.get(), std::move(*compiled), name, nullptr, {}, {}});
    }
  for (const auto& [subject, names] : columns) {
    if (!subject_known(subject)) continue;
    if (tell) tell("读业务数据：" + subject);
    out.facts[subject] = std::make_unique<SubjectRows>(
        subject_rows(db, session, {subject, names, ask.business, began, ask.day, &ask.calendar, ask.figure}));
  }
  for (DutyExpects& duty : out.duties) {
    auto facts = out.facts.find(duty.ask.duty().subject);
    if (facts == out.facts.end()) {
      if (out.problems.size() < kMostProblems)
        out.problems.push_back(duty.name + "：还没有“" + duty.ask.duty().subject + "”的业务数据，先不产生待办");
      continue;
    }
    if (tell) tell("按规则算：" + duty.name);
    duty.facts = facts->second.get();
    ask_one(duty, out);
  }
  return out;
}

}  // namespace guanhu::workbench
