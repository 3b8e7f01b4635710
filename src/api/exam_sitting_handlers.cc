// Sitting an exam in the browser, looking back on it, marking by hand.
#include <algorithm>

#include "api/training_desk.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Answered;
using workbench::Exam;
using workbench::Paper;
using workbench::Sitting;

namespace {

struct Seat {
  Sitting sitting;
  Exam exam;
  Paper paper;
};

std::optional<Seat> seat(TrainingDesk& desk, int64_t id) {
  auto s = workbench::sitting(desk.store(), id);
  if (!s.ok()) return std::nullopt;
  auto exam = records::record(desk.store(), workbench::kExam, s->exam);
  auto paper = records::record(desk.store(), workbench::kPaper, exam->parent);
  return Seat{*s, workbench::exam_of(*exam), workbench::paper_of(*paper)};
}

const Answered* answer_at(const std::vector<Answered>& all, size_t place) {
  for (const Answered& one : all)
    if (one.place == static_cast<int64_t>(place)) return &one;
  return nullptr;
}

// What the candidate sees: no answers of the paper, no explanations.
Json paper_seen(TrainingDesk& desk, const Seat& of) {
  const auto given = workbench::answers(desk.store(), of.sitting.id);
  JsonArray questions;
  for (const auto& shown : workbench::shown_order(of.paper, of.sitting.seed)) {
    const auto& q = of.paper.questions[shown.place];
    JsonArray options;
    for (const size_t option : shown.options) options.emplace_back(q.body.options[option]);
    const Answered* answer = answer_at(given, shown.place);
    questions.push_back(JsonObject{{"place", shown.place},
                                   {"type", q.body.type},
                                   {"stem", q.body.stem},
                                   {"options", std::move(options)},
                                   {"points", workbench::hundredths_text(q.points)},
                                   {"answer", answer ? workbench::to_shown(shown, q, answer->answer) : Json()}});
  }
  const int64_t left = std::max<int64_t>(0, (of.sitting.ends.micros - desk.now().micros) / 1'000'000);
  return JsonObject{{"id", of.sitting.id},
                    {"exam", of.sitting.exam},
                    {"title", of.exam.record.title},
                    {"attempt", of.sitting.attempt},
                    {"state", of.sitting.state},
                    {"ends_at", of.sitting.ends.str()},
                    {"seconds_left", of.sitting.state == "sitting" ? left : int64_t{0}},
                    {"handed_how", of.sitting.handed_how},
                    {"questions", std::move(questions)}};
}

Outcome sit(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto found = desk.found(workbench::kExam, call.part("id"));
    if (!found) return not_found();
    // Who may see the questions and their answers is no candidate.
    if (desk.exam_staff())
      return record_refusal({"exam.insider", "能看题库的人不能参加考试", "", "由不管题库的同事参加"});
    auto made = workbench::sit(desk.store(), desk.rules(), found->id, desk.person(), desk.clock(), desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    return Answer{paper_seen(desk, *seat(desk, made->id))};
  });
}

// One's own only.
template <class Act>
Outcome on_own(Services& s, const Call& call, Act act) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto of = seat(desk, id_in(call.part("id")));
    if (!of || of->sitting.staff != desk.person()) return not_found();
    return act(desk, *of);
  });
}

Outcome show_own(Services& s, const Call& call) {
  return on_own(s, call, [](TrainingDesk& desk, const Seat& of) -> Outcome {
    workbench::hand_in_expired(desk.store(), desk.rules(), desk.now(), desk.writing());
    return Answer{paper_seen(desk, *seat(desk, of.sitting.id))};
  });
}

Outcome answer(Services& s, const Call& call) {
  return on_own(s, call, [&](TrainingDesk& desk, const Seat& of) -> Outcome {
    const int64_t place = id_in(call.part("place"));
    if (place < 0 || place >= static_cast<int64_t>(of.paper.questions.size())) return not_found();
    const Json* said = call.body.find("answer");
    std::optional<Json> mapped;
    for (const auto& shown : workbench::shown_order(of.paper, of.sitting.seed))
      if (shown.place == static_cast<size_t>(place))
        mapped = workbench::to_paper(shown, of.paper.questions[shown.place], said ? *said : Json());
    if (!mapped) return record_refusal({"sitting.answer", "没有这个选项", "answer", "写选项的字母"});
    auto kept = workbench::keep_answer(desk.store(), of.paper, of.sitting.id, place, *mapped, desk.now());
    if (!kept.ok()) {
      Refusal out = record_refusal(kept.error());
      if (kept.error().code == "sitting.late") out.status = 409;
      return out;
    }
    const int64_t left = std::max<int64_t>(0, (of.sitting.ends.micros - desk.now().micros) / 1'000'000);
    return Answer{JsonObject{{"kept", true}, {"seconds_left", left}}};
  });
}

Outcome hand_in(Services& s, const Call& call) {
  return on_own(s, call, [](TrainingDesk& desk, const Seat& of) -> Outcome {
    auto done = workbench::hand_in(desk.store(), desk.rules(), of.sitting.id, "self", desk.now(), desk.writing());
    if (!done.ok()) {
      Refusal out = record_refusal(done.error());
      out.status = 409;
      return out;
    }
    return Answer{paper_seen(desk, *seat(desk, of.sitting.id))};
  });
}

// Questions with the answers of the paper, what was given, what it is worth.
Json looked_back(TrainingDesk& desk, const Seat& of, bool name) {
  const auto given = workbench::answers(desk.store(), of.sitting.id);
  JsonArray questions;
  for (size_t i = 0; i < of.paper.questions.size(); ++i) {
    const auto& q = of.paper.questions[i];
    const Answered* answer = answer_at(given, i);
    questions.push_back(JsonObject{
        {"place", i},
        {"type", q.body.type},
        {"stem", q.body.stem},
        {"options", workbench::texts_json(q.body.options)},
        {"accepted", workbench::texts_json(q.body.accepted)},
        {"explanation", q.body.explanation},
        {"pack", q.body.pack},
        {"article", q.body.article},
        {"most", workbench::hundredths_text(q.points)},
        {"answer", answer ? answer->answer : Json()},
        {"points", answer && answer->points ? Json(workbench::hundredths_text(*answer->points)) : Json()},
        {"marked_by", answer ? answer->marked_by : ""},
        {"remark", answer ? answer->remark : ""}});
  }
  return JsonObject{{"id", of.sitting.id},
                    {"exam", of.sitting.exam},
                    {"title", of.exam.record.title},
                    {"name", name ? Json(desk.name_of(of.sitting.staff)) : Json()},
                    {"attempt", of.sitting.attempt},
                    {"state", of.sitting.state},
                    {"handed_at", of.sitting.handed ? Json(of.sitting.handed->str()) : Json()},
                    {"handed_how", of.sitting.handed_how},
                    {"points", workbench::hundredths_text(of.sitting.points)},
                    {"most", workbench::hundredths_text(of.sitting.most)},
                    {"passed", of.sitting.state == "handed" ? Json() : Json(of.sitting.passed)},
                    {"questions", std::move(questions)}};
}

// One's own after the release; whoever marks sees the papers of others once they are handed in.
Outcome review(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto of = seat(desk, id_in(call.part("id")));
    if (!of) return not_found();
    const bool own = of->sitting.staff == desk.person();
    if (own && of->sitting.state != "released")
      return record_refusal({"sitting.state", "成绩公布以后才看得到答案和解析", "", "考试截止、评完以后公布"});
    if (!own && (!desk.exam_staff() || of->sitting.state == "sitting")) return not_found();
    return Answer{looked_back(desk, *of, !own)};
  });
}

Outcome mark(Services& s, const Call& call) {
  return with_training(s, call, [&](TrainingDesk& desk) -> Outcome {
    auto of = seat(desk, id_in(call.part("id")));
    if (!of) return not_found();
    auto done = workbench::mark_answer(desk.store(), of->sitting.id, workbench::whole_in(call.body, "place"),
                                       hundredths_member(call.body, "points").value_or(-1),
                                       text_member(call, "remark"), desk.person(), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{looked_back(desk, *seat(desk, of->sitting.id), true)};
  });
}

}  // namespace

Table exam_sitting_endpoints() {
  const Permission take = Permission::exam_take;
  const std::string one = "/exam-sittings/{id}";
  return {
      made("POST", "/exams/{id}/sit", "begins, or goes on where one was", take, nullptr, ref("ExamSitting"), sit),
      made("GET", one, "one's own sitting: questions in one's own order, what was answered, time left", take,
           nullptr, ref("ExamSitting"), show_own),
      made("PUT", one + "/answers/{place}", "keeps an answer; null takes it back; 409 when it is too late", take,
           object({{"answer", any()}}), object({{"kept", boolean()}, {"seconds_left", integer()}}), answer),
      made("POST", one + "/hand-in", "hands in", take, nullptr, ref("ExamSitting"), hand_in),
      made("GET", one + "/review", "answers, points and explanations: one's own after the release",
           Permission::training_read, nullptr, ref("ExamReview"), review),
      made("POST", one + "/marks", "marks an open question of somebody else", Permission::exam_manage,
           optional(object({{"place", integer()}, {"points", decimal()}, {"remark", text(4000)}}), {"remark"}),
           ref("ExamReview"), mark)};
}

}  // namespace guanhu::api
