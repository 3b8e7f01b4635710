// The bank of questions: written, checked by somebody else; papers drawn of it. Tables of questions:
// exam_import_handlers.cc.
#include <algorithm>
#include <map>

#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Paper;
using workbench::Question;
using workbench::QuestionBody;

namespace {

std::map<int64_t, std::string> topic_titles(TrainingDesk& desk) {
  records::Filter filter;
  filter.kinds = {workbench::kTopic}, filter.limit = 20'000;
  std::map<int64_t, std::string> out;
  for (const auto& one : records::list(desk.store(), filter)) out[one.id] = one.title;
  return out;
}

JsonObject body_json(const QuestionBody& q) {
  JsonObject out = *workbench::json_of(q).as_object();
  for (auto& [name, value] : out)
    if (name == "points") value = workbench::hundredths_text(q.points);
  return out;
}

Json question_json(TrainingDesk& desk, const Question& q, const std::string& topic) {
  JsonObject out = desk.head(q.record);
  for (auto& member : body_json(q.body)) out.push_back(std::move(member));
  const bool own = q.record.made_by == desk.login() || q.record.changed_by == desk.login();
  out.emplace_back("topic_title", topic), out.emplace_back("checked_by", q.checked_by);
  out.emplace_back("returned_why", q.returned_why);
  out.emplace_back("may_check", q.record.state == "draft" && !own && desk.can(Permission::exam_check));
  out.emplace_back("may_change", desk.can(Permission::exam_manage));
  return out;
}

Outcome list_questions(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  if (!desk.exam_staff()) return Answer{.items = Items::of({})};
  const auto topics = topic_titles(desk);
  std::vector<Json> items;
  for (const Question& q : workbench::questions(desk.store())) {
    auto topic = topics.find(q.record.parent);
    items.push_back(question_json(desk, q, topic == topics.end() ? "" : topic->second));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_question(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kQuestion, call.part("id"));
  if (!found) return not_found();
  return Answer{question_json(desk, workbench::question_of(*found), topic_titles(desk)[found->parent])};
}

QuestionBody body_in(const Json& json) {
  QuestionBody out = workbench::question_body_of(json);
  out.points = hundredths_member(json, "points").value_or(0);
  return out;
}

Outcome keep_question(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  workbench::QuestionAsk ask;
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
  if (call.path.contains("id")) {
    auto found = desk.found(workbench::kQuestion, call.part("id"));
    if (!found) return not_found();
    ask.id = found->id, ask.version = workbench::whole_in(call.body, "version");
  }
  ask.topic = workbench::whole_in(call.body, "topic"), ask.body = body_in(call.body);
  auto kept = workbench::keep_question(desk.store(), ask, desk.writing());
  if (!kept.ok()) return record_refusal(kept.error());
  return Answer{question_json(desk, *kept, topic_titles(desk)[kept->record.parent])};
}

Outcome step_question(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kQuestion, call.part("id"));
  if (!found) return not_found();
  const std::string what = call.text("what");
  const bool checks = what == "check" || what == "return";
  if (!desk.can(checks ? Permission::exam_check : Permission::exam_manage)) return forbidden();
  auto done = workbench::step_question(desk.store(), found->id, workbench::whole_in(call.body, "version"), what,
                                       text_member(call, "why"), desk.writing());
  if (!done.ok()) return record_refusal(done.error());
  return Answer{question_json(desk, *done, topic_titles(desk)[found->parent])};
}

// ---------------------------------------------------------------------------- papers

Json paper_json(TrainingDesk& desk, const Paper& p, bool whole) {
  JsonObject out = desk.head(p.record);
  const auto topics = topic_titles(desk);
  auto title = [&](int64_t topic) {
    auto found = topics.find(topic);
    return found == topics.end() ? std::string() : found->second;
  };
  JsonArray parts, questions;
  for (const auto& one : p.parts)
    parts.push_back(JsonObject{{"topic", one.topic},
                               {"topic_title", title(one.topic)},
                               {"difficulty", one.difficulty},
                               {"type", one.type},
                               {"n", one.n},
                               {"points", workbench::hundredths_text(one.points)}});
  if (whole)
    for (const auto& one : p.questions) {
      JsonObject q = body_json(one.body);
      for (auto& [name, value] : q)
        if (name == "points") value = workbench::hundredths_text(one.points);
      q.emplace_back("id", one.id), q.emplace_back("version", one.version),
          q.emplace_back("topic_title", title(one.topic));
      questions.push_back(std::move(q));
    }
  out.emplace_back("seed", p.seed), out.emplace_back("digest", p.digest),
      out.emplace_back("population", p.population);
  out.emplace_back("n", p.questions.size()), out.emplace_back("most", workbench::hundredths_text(p.most()));
  out.emplace_back("checked_by", p.checked_by), out.emplace_back("parts", std::move(parts));
  out.emplace_back("questions", std::move(questions));
  out.emplace_back("may_check", p.record.state == "draft" && p.record.made_by != desk.login() &&
                                    desk.can(Permission::exam_check));
  return out;
}

Outcome list_papers(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  if (!desk.exam_staff()) return Answer{.items = Items::of({})};
  records::Filter filter;
  filter.kinds = {workbench::kPaper}, filter.limit = 2000;
  std::vector<Json> items;
  for (const auto& one : records::list(desk.store(), filter))
    items.push_back(paper_json(desk, workbench::paper_of(one), false));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_paper(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kPaper, call.part("id"));
  return found ? Outcome(Answer{paper_json(desk, workbench::paper_of(*found), true)}) : Outcome(not_found());
}

Outcome draw_paper(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  workbench::PaperAsk ask;
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person()), ask.title = call.text("title"),
  ask.seed = call.text("seed");
  for (const Json& one : workbench::list_in(call.body, "parts"))
    ask.parts.push_back({workbench::whole_in(one, "topic"),
                         static_cast<int>(workbench::whole_in(one, "difficulty")), workbench::text_in(one, "type"),
                         workbench::whole_in(one, "n"), hundredths_member(one, "points").value_or(0)});
  auto drawn = workbench::draw_paper(desk.store(), ask, desk.writing());
  if (!drawn.ok()) return record_refusal(drawn.error());
  return Answer{paper_json(desk, *drawn, true)};
}

Outcome check_paper(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto found = desk.found(workbench::kPaper, call.part("id"));
  if (!found) return not_found();
  auto done =
      workbench::check_paper(desk.store(), found->id, workbench::whole_in(call.body, "version"), desk.writing());
  if (!done.ok()) return record_refusal(done.error());
  return Answer{paper_json(desk, *done, true)};
}

SchemaRef question_shape() {
  return optional(object({{"version", integer()},
                          {"topic", integer()},
                          {"type", text(20)},
                          {"stem", text(8000)},
                          {"options", list(text(2000))},
                          {"fixed", boolean()},
                          {"accepted", list(text(800))},
                          {"tolerance", decimal()},
                          {"difficulty", integer()},
                          {"points", decimal()},
                          {"explanation", text(8000)},
                          {"pack", text(200)},
                          {"article", text(400)}}),
                  {"version", "options", "fixed", "accepted", "tolerance", "explanation", "pack", "article"});
}

}  // namespace

Table exam_question_endpoints() {
  const SchemaRef question = question_shape();
  const SchemaRef part = optional(object({{"topic", integer()},
                                          {"difficulty", integer()},
                                          {"type", text(20)},
                                          {"n", integer()},
                                          {"points", decimal()}}),
                                  {"topic", "difficulty", "type", "points"});
  const SchemaRef version = object({{"version", integer()}});
  // Who only checks reads with training.read; handlers ask for exam.manage or exam.check.
  const Permission manage = Permission::exam_manage, check = Permission::exam_check,
                   read = Permission::training_read;
  return {
      listed(made("GET", "/exam-questions", "the bank of questions, for who writes or checks them", read, nullptr,
                  list_of("ExamQuestion"), list_questions),
             {"stem", "topic_title", "explanation"},
             {{"topic", integer(), false, "", "parent"},
              {"state", choice({"draft", "checked", "retired"}), false, "", "state"},
              {"type", text(20), false, "", "type"}}),
      made("POST", "/exam-questions", "a new question; somebody else checks it", manage, question,
           ref("ExamQuestion"), keep_question),
      made("GET", "/exam-questions/{id}", "a question", read, nullptr, ref("ExamQuestion"), show_question),
      made("PUT", "/exam-questions/{id}", "changes it: it is to be checked anew", manage, question,
           ref("ExamQuestion"), keep_question),
      made("POST", "/exam-questions/{id}/steps", "check, return (exam.check); retire, revive (exam.manage)", read,
           optional(object({{"version", integer()},
                            {"what", choice({"check", "return", "retire", "revive"})},
                            {"why", text(2000)}}),
                    {"why"}),
           ref("ExamQuestion"), step_question),
      listed(
          made("GET", "/exam-papers", "papers that were drawn", read, nullptr, list_of("ExamPaper"), list_papers),
          {"title", "seed"}, {}),
      made("POST", "/exam-papers", "draws a paper by a seed that is kept", manage,
           object({{"title", text(800)}, {"seed", text(400)}, {"parts", list(part)}}), ref("ExamPaper"),
           draw_paper),
      made("GET", "/exam-papers/{id}", "a paper with its questions and answers", read, nullptr, ref("ExamPaper"),
           show_paper),
      made("POST", "/exam-papers/{id}/check", "agrees to a paper somebody else drew", check, version,
           ref("ExamPaper"), check_paper)};
}

}  // namespace guanhu::api
