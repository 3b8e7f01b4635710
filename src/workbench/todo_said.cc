#include "workbench/todo_said.h"

#include <algorithm>

#include "appraisal/people_facts.h"
#include "workbench/training_session.h"

namespace guanhu::workbench {

using base::Date;
using feel::Value;

namespace {

// When each thing of the subject was last dealt with here, by the column.
std::unordered_map<std::string, int32_t> marks_of(store::Session& store, const std::string& subject,
                                                  std::string_view name) {
  std::unordered_map<std::string, int32_t> out;
  for (const auto& row : store.query("SELECT object, day FROM todo_marks WHERE subject = ? AND name = ?",
                                     {subject, std::string(name)}))
    if (auto day = Date::parse(row.text(1))) out[row.text(0)] = day->days();
  return out;
}

// Certificates that are recorded with a last day: the latest of each person.
std::unordered_map<std::string, int32_t> certificates(store::Session& store) {
  std::unordered_map<std::string, int32_t> out;
  appraisal::FactFilter filter;
  filter.of = "staff", filter.kind = "certificate";
  for (const auto& fact : appraisal::people_facts(store, filter))
    if (fact.to) {
      int32_t& day = out.try_emplace(fact.subject, fact.to->days()).first->second;
      day = std::max(day, fact.to->days());
    }
  return out;
}

// TRN-304 TRN-308: when each was last trained and examined, by the column.
std::unordered_map<std::string, int32_t> training_days(store::Session& store, bool exam) {
  std::unordered_map<std::string, int32_t> out;
  for (const auto& [staff, of] : trained(store))
    if (const auto& day = exam ? of.exam : of.unified) out[staff] = day->days();
  return out;
}

// TRN-306 TRN-002: what each was ever taught.
void set_contents(SubjectRows& out, store::Session& store, std::vector<Value>& values) {
  std::unordered_map<std::string, Value> taught;
  for (const auto& [staff, of] : trained(store)) {
    std::vector<Value> contents;
    for (const auto& one : of.contents) contents.push_back(Value::string(one));
    taught.emplace(staff, Value::list(std::move(contents)));
  }
  for (size_t i = 0; i < out.rows; ++i) {
    auto found = taught.find(out.id[i]);
    values[i] = found == taught.end() ? Value::list({}) : found->second;
  }
}

// INT-008 INT-303 INT-005: what was asked outside and when it must be asked again.
void set_look_again(SubjectRows& out, store::Session& store, const FactsAsk& ask, std::string_view column,
                    std::vector<Value>& values) {
  const auto all = look_again(store, ask.today);
  const bool text = column == "该再查" || column == "授权到期的";
  for (size_t i = 0; i < out.rows; ++i) {
    auto found = all.find(out.id[i]);
    values[i] = text ? Value::string("") : Value();
    if (found == all.end()) continue;
    const LookAgain& of = found->second;
    if (column == "该再查") values[i] = Value::string(of.queries);
    else if (column == "授权到期的") values[i] = Value::string(of.consents);
    else if (column == "该再查日" && !of.queries.empty()) values[i] = Value::date(of.again.days());
    else if (column == "授权到期日" && of.consented) values[i] = Value::date(of.consented->days());
  }
}

}  // namespace

void set_marks(SubjectRows& out, store::Session& store, const FactsAsk& ask, std::string_view column,
               std::vector<Value>& values) {
  if (column == "已训内容") return set_contents(out, store, values);
  const bool certificate = column == "资格到期日", exam = column == "上次培训考试日期";
  const auto marks = certificate                            ? certificates(store)
                     : exam || column == "上次统一培训日期" ? training_days(store, exam)
                                                            : marks_of(store, ask.subject, column);
  const bool optional = certificate || column == "上次催收日期";
  for (size_t i = 0; i < out.rows; ++i) {
    auto found = marks.find(out.id[i]);
    std::optional<int64_t> day;
    if (!values[i].is_null()) day = values[i].days();
    if (!optional) day = std::max<int64_t>(day.value_or(ask.began.days()), ask.began.days());
    if (found != marks.end()) day = std::max<int64_t>(day.value_or(found->second), found->second);
    values[i] = day ? Value::date(*day) : Value();
  }
}

// What people wrote in the program beside the extract.
void set_said(SubjectRows& out, warehouse::Warehouse& db, store::Session& store, const FactsAsk& ask,
              std::string_view column, std::vector<Value>& values) {
  if (ask.subject == "customer" && column != "缺的资料") return set_look_again(out, store, ask, column, values);
  if (ask.subject == "customer") {
    const Papers papers(store, ask.today);
    for (size_t i = 0; i < out.rows; ++i) {
      const std::string text = values[i].is_null() ? "|" : std::string(values[i].text());
      const size_t bar = text.find('|');
      values[i] = Value::string(papers.missing(out.id[i], text.substr(0, bar), text.substr(bar + 1)));
    }
    return;
  }
  const auto behind = furthest_behind(db, store, {ask.today, ask.calendar, ask.figure});
  for (size_t i = 0; i < out.rows; ++i) {
    auto found = behind.find(out.id[i]);
    if (found == behind.end()) continue;
    const FurthestBehind& of = found->second;
    values[i] = column == "最落后目标"   ? Value::string(of.title)
                : column == "目标完成率" ? Value(of.share)
                : column == "时间进度"   ? Value(of.passed)
                                         : Value::date(of.last.days());
  }
}

}  // namespace guanhu::workbench
