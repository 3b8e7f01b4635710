#include "workbench/exam_sitting.h"

#include <algorithm>
#include <map>
#include <set>

#include "workbench/draw.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;
using base::Instant;
using base::Json;
using base::JsonArray;

namespace {

constexpr const char* kColumns =
    "sitting_id, exam, staff, attempt, seed, day, started_at, ends_at, handed_at, handed_how, state, points, most,"
    " passed";
constexpr size_t kLongest = 4000;

Instant at_of(const std::string& text) {
  auto out = Instant::parse(text);
  if (!out) throw base::Broken("no moment: " + text);
  return *out;
}

Sitting read_row(const store::Row& row) {
  Sitting out;
  out.id = row.integer(0), out.exam = row.integer(1), out.staff = row.text(2), out.attempt = row.integer(3);
  out.seed = row.text(4), out.day = Date::parse(row.text(5)).value();
  out.started = at_of(row.text(6)), out.ends = at_of(row.text(7));
  if (auto handed = row.maybe_text(8)) out.handed = at_of(*handed);
  out.handed_how = row.text(9), out.state = row.text(10), out.points = row.integer(11), out.most = row.integer(12);
  out.passed = row.integer(13) == 1;
  return out;
}

std::vector<Sitting> select(store::Session& session, const std::string& where, std::vector<store::Value> values) {
  std::vector<Sitting> out;
  for (const auto& row : session.query(
           std::string("SELECT ") + kColumns + " FROM exam_sittings " + where + " ORDER BY staff, attempt",
           values))
    out.push_back(read_row(row));
  return out;
}

Paper paper_behind(store::Session& session, int64_t exam) {
  auto found = records::record(session, kExam, exam);
  auto paper = found.ok() ? records::record(session, kPaper, found->parent) : found;
  if (!paper.ok()) throw base::Broken("exam " + std::to_string(exam) + " has no paper");
  return paper_of(*paper);
}

Exam exam_behind(store::Session& session, int64_t exam) {
  auto found = records::record(session, kExam, exam);
  if (!found.ok()) throw base::Broken("no exam " + std::to_string(exam));
  return exam_of(*found);
}

void tell(store::Session& session, const Sitting& s, const std::string& action, const records::Doing& doing) {
  if (!doing.also) return;
  if (auto found = records::record(session, kExam, s.exam); found.ok()) doing.also(*found, action);
}

// The sum of what is marked; passed by the exam's share of all points.
void settle(store::Session& session, const Exam& exam, Sitting& s) {
  Hundredths points = 0;
  bool open = false;
  for (const Answered& one : answers(session, s.id)) points += one.points.value_or(0), open = open || !one.points;
  s.points = points, s.state = open ? "handed" : "marked";
  const auto reached = Decimal::multiply(Decimal(points), Decimal(100));
  const auto wanted = Decimal::multiply(exam.pass, Decimal(s.most));
  s.passed = !open && reached && wanted && *reached >= *wanted;
  session.exec("UPDATE exam_sittings SET state = ?, points = ?, passed = ? WHERE sitting_id = ?",
               {s.state, s.points, int64_t{s.passed}, s.id});
}

base::Status hand_in_in(store::Session& session, const TrainingRules& rules, Sitting& s, const std::string& how,
                        Instant at, const records::Doing& doing) {
  const Paper paper = paper_behind(session, s.exam);
  std::vector<std::optional<Answered>> given(paper.questions.size());
  for (auto& one : answers(session, s.id)) given.at(static_cast<size_t>(one.place)) = one;
  for (size_t i = 0; i < paper.questions.size(); ++i) {
    const PaperQuestion& q = paper.questions[i];
    const Json answer = given[i] ? given[i]->answer : Json();
    auto worth = auto_points(q.body, answer, q.points, rules);
    if (worth && !worth->ok()) return worth->error();
    // What was not answered is worth nothing, also where a person marks.
    const std::optional<Hundredths> points = worth              ? std::optional<Hundredths>(**worth)
                                             : answer.is_null() ? std::optional<Hundredths>(0)
                                                                : std::nullopt;
    session.exec(
        "INSERT INTO exam_answers (sitting, place, answer, at, points, marked_by, marked_at, remark)"
        " VALUES (?, ?, ?, ?, ?, '', '', '')"
        " ON CONFLICT (sitting, place) DO UPDATE SET points = excluded.points",
        {s.id, static_cast<int64_t>(i), answer.dump(), at.str(), points ? store::Value(*points) : store::Value()});
  }
  s.handed = at, s.handed_how = how;
  session.exec("UPDATE exam_sittings SET handed_at = ?, handed_how = ?, state = 'handed' WHERE sitting_id = ?",
               {at.str(), how, s.id});
  settle(session, exam_behind(session, s.exam), s);
  // Whoever looks next finds that the time was over: not by his hand.
  tell(session, s, how == "time" ? "exam.time_over" : "exam.hand_in", doing);
  return {};
}

}  // namespace

// ---------------------------------------------------------------------------- how it is shown

std::vector<ShownQuestion> shown_order(const Paper& paper, const std::string& seed) {
  std::vector<std::string> keys;
  for (size_t i = 0; i < paper.questions.size(); ++i) keys.push_back("q|" + std::to_string(i));
  std::vector<ShownQuestion> out;
  for (const size_t place : draw_order(seed, keys)) {
    const QuestionBody& q = paper.questions[place].body;
    std::vector<std::string> options;
    for (size_t o = 0; o < q.options.size(); ++o)
      options.push_back("o|" + std::to_string(place) + "|" + std::to_string(o));
    ShownQuestion one{place, draw_order(seed, options)};
    if (q.fixed) std::sort(one.options.begin(), one.options.end());
    out.push_back(std::move(one));
  }
  return out;
}

namespace {

bool chooses(const PaperQuestion& q) { return q.body.type == "single" || q.body.type == "multiple"; }

std::optional<Json> mapped(const std::vector<size_t>& to, const Json& answer) {
  if (answer.is_null()) return Json();
  if (!answer.as_array()) return std::nullopt;
  std::set<std::string> letters;
  for (const Json& one : *answer.as_array()) {
    const std::string* letter = one.as_string();
    if (!letter || letter->size() != 1 || (*letter)[0] < 'A' ||
        static_cast<size_t>((*letter)[0] - 'A') >= to.size())
      return std::nullopt;
    letters.insert(std::string(1, static_cast<char>('A' + to[static_cast<size_t>((*letter)[0] - 'A')])));
  }
  if (letters.empty()) return Json();
  return Json(JsonArray(letters.begin(), letters.end()));
}

}  // namespace

std::optional<Json> to_paper(const ShownQuestion& shown, const PaperQuestion& question, const Json& answer) {
  return chooses(question) ? mapped(shown.options, answer) : answer;
}

Json to_shown(const ShownQuestion& shown, const PaperQuestion& question, const Json& answer) {
  if (!chooses(question)) return answer;
  std::vector<size_t> back(shown.options.size());
  for (size_t i = 0; i < shown.options.size(); ++i) back[shown.options[i]] = i;
  return mapped(back, answer).value_or(Json());
}

// ---------------------------------------------------------------------------- sitting

namespace {

base::Status may_sit(store::Session& session, const Exam& exam, const std::vector<Sitting>& before,
                     const std::string& staff, const ExamClock& clock) {
  const auto called = candidates(session, exam.record.id);
  if (std::find(called.begin(), called.end(), staff) == called.end())
    return Error{"exam.candidate", "这场考试没有通知您参加", "", "要参加的找组织考试的人"};
  if (exam.record.state != "called") return Error{"exam.state", "考试已经结束或取消", "", ""};
  if (clock.bank_now < exam.open_from())
    return Error{"exam.early", "还没有开考", "", exam.record.day->str() + " " + exam.opens + " 开考"};
  if (clock.bank_now >= exam.open_until())
    return Error{"exam.late", "考试已于 " + exam.record.until->str() + " " + exam.closes + " 截止", "",
                 "要补考的找组织考试的人"};
  if (before.empty()) return {};
  const Sitting& last = before.back();
  if (last.passed) return Error{"exam.done", "您已经考过并合格", "", ""};
  if (last.state == "handed") return Error{"exam.waiting", "上一次还没有判完", "", "判完、不合格的再考"};
  if (static_cast<int64_t>(before.size()) >= exam.tries)
    return Error{"exam.tries", "最多考 " + std::to_string(exam.tries) + " 次，已经用完", "", ""};
  return {};
}

}  // namespace

base::Result<Sitting> sit(store::Session& session, const TrainingRules& rules, int64_t exam_id,
                          const std::string& staff, const ExamClock& clock, const records::Doing& doing) {
  hand_in_expired(session, rules, clock.now, doing);
  base::Result<Sitting> out = Error{"exam.unknown", "没有这场考试", "", ""};
  session.transaction([&] {
    auto found = records::record(session, kExam, exam_id);
    if (!found.ok()) return;
    const Exam exam = exam_of(*found);
    const auto before = select(session, "WHERE exam = ? AND staff = ?", {exam_id, staff});
    if (!before.empty() && before.back().state == "sitting") return void(out = before.back());
    if (auto may = may_sit(session, exam, before, staff, clock); !may.ok()) return void(out = may.error());
    const Paper paper = paper_behind(session, exam_id);
    const auto attempt = static_cast<int64_t>(before.size()) + 1;
    const std::string seed =
        paper.seed + "|" + std::to_string(exam_id) + "|" + staff + "|" + std::to_string(attempt);
    const int64_t left = exam.open_until().micros - clock.bank_now.micros;
    const Instant ends{clock.now.micros + std::min(exam.minutes * 60'000'000, left)};
    session.exec(
        "INSERT INTO exam_sittings (exam, staff, attempt, seed, day, started_at, ends_at, handed_at, handed_how, "
        "state,"
        " points, most, passed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 'sitting', 0, ?, 0)",
        {exam_id, staff, attempt, seed, clock.today.str(), clock.now.str(), ends.str(), store::Value(),
         paper.most()});
    Sitting made = select(session, "WHERE exam = ? AND staff = ?", {exam_id, staff}).back();
    tell(session, made, "exam.sit", doing);
    out = made;
  });
  return out;
}

namespace {

Error too_late(const Sitting& s) {
  const Instant at = s.handed.value_or(s.ends);
  const std::string when = Instant{at.micros + int64_t{8} * 3'600'000'000}.str().substr(11, 8);
  return {"sitting.late",
          s.handed_how == "self" ? "已于 " + when + " 交卷，这个答案没有收下"
                                 : "考试时间已于 " + when + " 结束，这个答案没有收下",
          "answer", "以交卷时的答案为准"};
}

bool fits(const PaperQuestion& q, const Json& answer) {
  if (answer.is_null()) return true;
  if (chooses(q)) {
    if (!answer.as_array() || answer.as_array()->empty()) return false;
    if (q.body.type == "single" && answer.as_array()->size() != 1) return false;
    for (const Json& one : *answer.as_array())
      if (!one.as_string() || one.as_string()->size() != 1 ||
          static_cast<size_t>((*one.as_string())[0] - 'A') >= q.body.options.size())
        return false;
    return true;
  }
  const std::string* text = answer.as_string();
  if (!text || text->empty() || characters(*text) > kLongest) return false;
  return q.body.type != "judge" || *text == "true" || *text == "false";
}

}  // namespace

base::Status keep_answer(store::Session& session, const Paper& paper, int64_t id, int64_t place,
                         const Json& answer, Instant now) {
  base::Status out;
  session.transaction([&] {
    auto s = sitting(session, id);
    if (!s.ok()) return void(out = s.error());
    if (s->state != "sitting" || now >= s->ends) return void(out = too_late(*s));
    if (place < 0 || place >= static_cast<int64_t>(paper.questions.size()))
      return void(out = Error{"sitting.place", "卷子上没有这道题", "place", ""});
    if (!fits(paper.questions[static_cast<size_t>(place)], answer))
      return void(out = Error{"sitting.answer", "答案不合这道题的题型，或者太长", "answer", "最多 4000 字"});
    session.exec(
        "INSERT INTO exam_answers (sitting, place, answer, at, points, marked_by, marked_at, remark)"
        " VALUES (?, ?, ?, ?, ?, '', '', '')"
        " ON CONFLICT (sitting, place) DO UPDATE SET answer = excluded.answer, at = excluded.at",
        {id, place, answer.dump(), now.str(), store::Value()});
  });
  return out;
}

base::Result<Sitting> hand_in(store::Session& session, const TrainingRules& rules, int64_t id,
                              const std::string& how, Instant now, const records::Doing& doing) {
  base::Result<Sitting> out = Error{"sitting.unknown", "没有这份答卷", "", ""};
  session.transaction([&] {
    auto s = sitting(session, id);
    if (!s.ok()) return;
    if (s->state != "sitting") return void(out = too_late(*s));
    const bool over = now >= s->ends;
    auto done = hand_in_in(session, rules, *s, over ? "time" : how, over ? s->ends : now, doing);
    out = done.ok() ? base::Result<Sitting>(*s) : base::Result<Sitting>(done.error());
  });
  return out;
}

int64_t hand_in_expired(store::Session& session, const TrainingRules& rules, Instant now,
                        const records::Doing& doing) {
  std::vector<int64_t> over;
  for (const Sitting& one : select(session, "WHERE state = 'sitting'", {}))
    if (now >= one.ends) over.push_back(one.id);
  for (const int64_t id : over) (void)hand_in(session, rules, id, "time", now, doing);
  return static_cast<int64_t>(over.size());
}

base::Result<Sitting> sitting(store::Session& session, int64_t id) {
  auto found = select(session, "WHERE sitting_id = ?", {id});
  if (found.empty()) return Error{"sitting.unknown", "没有这份答卷", "", ""};
  return found.front();
}

std::vector<Sitting> sittings(store::Session& session, int64_t exam) {
  return select(session, "WHERE exam = ?", {exam});
}
std::vector<Sitting> sittings_of(store::Session& session, const std::string& staff) {
  return select(session, "WHERE staff = ?", {staff});
}

bool all_done(store::Session& session, const Exam& exam) {
  std::map<std::string, std::pair<int64_t, bool>> of;  // attempts handed in; nothing more to do
  for (const Sitting& one : sittings(session, exam.record.id)) {
    auto& [handed, done] = of[one.staff];
    handed += one.state != "sitting", done = one.passed || handed >= exam.tries;
  }
  const auto called = candidates(session, exam.record.id);
  return !called.empty() &&
         std::all_of(called.begin(), called.end(), [&](const std::string& staff) { return of[staff].second; });
}

std::vector<Answered> answers(store::Session& session, int64_t id) {
  std::vector<Answered> out;
  for (const auto& row :
       session.query("SELECT place, answer, at, points, marked_by, marked_at, remark FROM exam_answers"
                     " WHERE sitting = ? ORDER BY place",
                     {id})) {
    auto answer = Json::parse(row.text(1));
    out.push_back({row.integer(0), answer.ok() ? *answer : Json(), row.text(2), row.text(4), row.text(5),
                   row.text(6), row.maybe_integer(3)});
  }
  return out;
}

// ---------------------------------------------------------------------------- by hand

namespace {

base::Status may_mark(const Sitting& s, const Paper& paper, int64_t place, Hundredths points,
                      const std::string& remark, const std::string& person, const std::vector<Answered>& given) {
  if (s.staff == person) return Error{"mark.self", "自己的答卷由别人评分", "", ""};
  if (s.state != "handed" && s.state != "marked")
    return Error{"sitting.state", s.state == "sitting" ? "还没有交卷" : "成绩已经公布，不能再改", "", ""};
  if (place < 0 || place >= static_cast<int64_t>(paper.questions.size()) ||
      paper.questions[static_cast<size_t>(place)].body.type != "open")
    return Error{"mark.place", "这道题不由人评分", "place", ""};
  const Hundredths most = paper.questions[static_cast<size_t>(place)].points;
  if (points < 0 || points > most)
    return Error{"mark.points", "得分在 0 至 " + hundredths_text(most) + " 之间，最多两位小数", "points", ""};
  if (characters(remark) > 1000) return Error{"mark.remark", "评语最多 1000 字", "remark", ""};
  for (const Answered& one : given)
    if (one.place == place && !one.marked_by.empty() && remark.empty())
      return Error{"mark.remark", "改分要写理由", "remark", "一句话"};
  return {};
}

}  // namespace

base::Result<Sitting> mark_answer(store::Session& session, int64_t id, int64_t place, Hundredths points,
                                  const std::string& remark, const std::string& person,
                                  const records::Doing& doing) {
  base::Result<Sitting> out = Error{"sitting.unknown", "没有这份答卷", "", ""};
  session.transaction([&] {
    auto s = sitting(session, id);
    if (!s.ok()) return;
    const Paper paper = paper_behind(session, s->exam);
    if (auto may = may_mark(*s, paper, place, points, remark, person, answers(session, id)); !may.ok())
      return void(out = may.error());
    session.exec(
        "UPDATE exam_answers SET points = ?, marked_by = ?, marked_at = ?, remark = ? WHERE sitting = ? AND place "
        "= ?",
        {points, doing.login, doing.at.str(), remark, id, place});
    settle(session, exam_behind(session, s->exam), *s);
    tell(session, *s, "exam.mark", doing);
    out = *s;
  });
  return out;
}

}  // namespace guanhu::workbench
