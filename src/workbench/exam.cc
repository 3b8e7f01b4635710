// Papers and exams.
#include "workbench/exam.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "workbench/draw.h"
#include "workbench/work_json.h"
#include "workbench/work_rules.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kParts = 20, kQuestions = 200;

Json body_of(const Paper& p) {
  JsonArray parts, questions;
  for (const PaperPart& one : p.parts)
    parts.push_back(JsonObject{{"topic", one.topic},
                               {"difficulty", one.difficulty},
                               {"type", one.type},
                               {"n", one.n},
                               {"points", one.points}});
  for (const PaperQuestion& one : p.questions)
    questions.push_back(JsonObject{{"id", one.id},
                                   {"version", one.version},
                                   {"topic", one.topic},
                                   {"points", one.points},
                                   {"body", json_of(one.body)}});
  return JsonObject{{"seed", p.seed},
                    {"digest", p.digest},
                    {"population", p.population},
                    {"checked_by", p.checked_by},
                    {"parts", std::move(parts)},
                    {"questions", std::move(questions)}};
}

bool fits(const Question& q, const PaperPart& part) {
  return q.record.state == "checked" && (!part.topic || q.record.parent == part.topic) &&
         (!part.difficulty || q.body.difficulty == part.difficulty) &&
         (part.type.empty() || q.body.type == part.type);
}

std::string digest_of(const std::vector<Question>& all, int64_t& population) {
  std::vector<std::pair<int64_t, int64_t>> checked;
  for (const Question& one : all)
    if (one.record.state == "checked") checked.emplace_back(one.record.id, one.record.version);
  std::sort(checked.begin(), checked.end());
  std::string text;
  for (const auto& [id, version] : checked) text += std::to_string(id) + "|" + std::to_string(version) + "\n";
  population = static_cast<int64_t>(checked.size());
  return base::sha256_hex(text);
}

base::Status draw_part(const std::vector<Question>& all, Paper& p, size_t number) {
  const PaperPart& part = p.parts[number];
  const std::string which = "第 " + std::to_string(number + 1) + " 部分",
                    where = "parts/" + std::to_string(number);
  if (part.n < 1 || part.n > static_cast<int64_t>(kQuestions) || part.points < 0 || part.points > 10'000)
    return Error{"paper.part", which + "的题数或分值不对", where, "题数 1 至 200，分值 0 至 100"};
  std::vector<const Question*> pool;
  std::vector<std::string> keys;
  for (const Question& one : all)
    if (fits(one, part) && std::none_of(p.questions.begin(), p.questions.end(),
                                        [&](const PaperQuestion& had) { return had.id == one.record.id; }))
      pool.push_back(&one), keys.push_back(std::to_string(number + 1) + "|" + std::to_string(one.record.id));
  if (static_cast<int64_t>(pool.size()) < part.n)
    return Error{
        "paper.part",
        which + "要 " + std::to_string(part.n) + " 题，复核过的只有 " + std::to_string(pool.size()) + " 题", where,
        "少抽几题，或者先出题、复核"};
  const auto order = draw_order(p.seed, keys);
  for (int64_t i = 0; i < part.n; ++i) {
    const Question& q = *pool[order[static_cast<size_t>(i)]];
    p.questions.push_back(
        {q.record.id, q.record.version, q.record.parent, part.points ? part.points : q.body.points, q.body});
  }
  return {};
}

}  // namespace

Hundredths Paper::most() const {
  Hundredths out = 0;
  for (const PaperQuestion& one : questions) out += one.points;
  return out;
}

Paper paper_of(const records::Record& record) {
  if (record.kind != kPaper) throw base::Broken("record " + std::to_string(record.id) + " is no paper");
  Paper out;
  out.record = record, out.seed = text_in(record.body, "seed"), out.digest = text_in(record.body, "digest");
  out.population = whole_in(record.body, "population"), out.checked_by = text_in(record.body, "checked_by");
  for (const Json& one : list_in(record.body, "parts"))
    out.parts.push_back({whole_in(one, "topic"), static_cast<int>(whole_in(one, "difficulty")),
                         text_in(one, "type"), whole_in(one, "n"), whole_in(one, "points")});
  for (const Json& one : list_in(record.body, "questions")) {
    const Json* body = one.find("body");
    out.questions.push_back({whole_in(one, "id"), whole_in(one, "version"), whole_in(one, "topic"),
                             whole_in(one, "points"), question_body_of(body ? *body : Json(JsonObject{}))});
  }
  return out;
}

base::Result<Paper> draw_paper(store::Session& session, const PaperAsk& ask, const records::Doing& doing) {
  if (ask.seed.empty() || characters(ask.seed) > 100)
    return Error{"paper.seed", "种子要写，最多 100 字", "seed", "用出卷那天的日期，或者当众摇出来的数"};
  if (ask.parts.empty() || ask.parts.size() > kParts)
    return Error{"paper.parts", "试卷要有 1 至 20 部分", "parts", ""};
  Paper p;
  p.seed = ask.seed, p.parts = ask.parts;
  const auto all = questions(session);
  p.digest = digest_of(all, p.population);
  for (size_t i = 0; i < p.parts.size(); ++i)
    if (auto drawn = draw_part(all, p, i); !drawn.ok()) return drawn.error();
  if (p.questions.size() > kQuestions) return Error{"paper.most", "一张卷最多 200 题", "parts", ""};
  records::Change change;
  change.record.kind = kPaper, change.record.state = "draft", change.record.owner = ask.owner;
  change.record.org = ask.org, change.record.title = ask.title, change.record.body = body_of(p);
  change.action = "exam.paper", change.words = ask.seed;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return paper_of(*written);
}

base::Result<Paper> check_paper(store::Session& session, int64_t id, int64_t version,
                                const records::Doing& doing) {
  auto found = records::record(session, kPaper, id);
  if (!found.ok()) return found.error();
  Paper p = paper_of(*found);
  if (found->state != "draft") return Error{"paper.state", "试卷已经复核过", "state", ""};
  if (found->made_by == doing.login)
    return Error{"paper.self", "自己出的卷不能自己复核", "", "由另一位有权的人复核"};
  p.checked_by = doing.login;
  records::Change change;
  change.record = *found, change.record.version = version, change.record.state = "checked";
  change.record.body = body_of(p), change.action = "exam.paper.check", change.words = p.seed;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return paper_of(*written);
}

// ---------------------------------------------------------------------------- exams

namespace {

base::Instant moment(Date day, const std::string& time) {
  const int64_t minutes = std::stoll(time.substr(0, 2)) * 60 + std::stoll(time.substr(3, 2));
  return {bank_moment(day, 0).micros + minutes * 60'000'000};
}

bool is_time(const std::string& t) {
  return t.size() == 5 && t[2] == ':' && t.find_first_not_of("0123456789:") == t.npos && t.substr(0, 2) <= "24" &&
         t.substr(3) <= "59" && (t.substr(0, 2) < "24" || t == "24:00");
}

base::Result<Exam> kept(store::Session& session, const Exam& e, const std::string& action, const std::string& why,
                        const records::Doing& doing) {
  records::Change change;
  change.record = e.record, change.action = action, change.why = why, change.words = e.about;
  change.record.body = JsonObject{{"kind", e.kind},
                                  {"about", e.about},
                                  {"opens", e.opens},
                                  {"closes", e.closes},
                                  {"minutes", e.minutes},
                                  {"tries", e.tries},
                                  {"course", e.course},
                                  {"session", e.session},
                                  {"pass", e.pass.str()},
                                  {"certificate", e.certificate},
                                  {"months", e.months},
                                  {"facts", texts_json(e.facts)},
                                  {"released_by", e.released_by}};
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return exam_of(*written);
}

base::Status check_days(Date day, Date until, const std::string& opens, const std::string& closes) {
  if (until < day || until - day > 366) return Error{"exam.days", "止日不能早于起日，最长一年", "until", ""};
  if (!is_time(opens) || !is_time(closes) || moment(until, closes) <= moment(day, opens))
    return Error{"exam.time", "起止时间写成 09:00，结束在开始以后", "closes", ""};
  return {};
}

base::Result<Exam> called(store::Session& session, int64_t id, int64_t version) {
  auto found = records::record(session, kExam, id);
  if (!found.ok()) return found.error();
  if (found->state != "called")
    return Error{"exam.state", found->state == "released" ? "成绩已经公布" : "考试已经取消", "state",
                 "刷新以后再看"};
  Exam out = exam_of(*found);
  out.record.version = version;
  return out;
}

}  // namespace

base::Instant Exam::open_from() const { return moment(*record.day, opens); }
base::Instant Exam::open_until() const { return moment(*record.until, closes); }

Exam exam_of(const records::Record& record) {
  if (record.kind != kExam || !record.day || !record.until)
    throw base::Broken("record " + std::to_string(record.id) + " is no exam");
  const Json& body = record.body;
  Exam out;
  out.record = record, out.kind = text_in(body, "kind"), out.about = text_in(body, "about");
  out.opens = text_in(body, "opens"), out.closes = text_in(body, "closes"),
  out.minutes = whole_in(body, "minutes");
  out.tries = whole_in(body, "tries"), out.course = whole_in(body, "course"),
  out.session = whole_in(body, "session");
  out.pass = decimal_in(body, "pass").value_or(base::Decimal(100)), out.certificate = text_in(body, "certificate");
  out.months = whole_in(body, "months"), out.facts = texts_in(body, "facts");
  out.released_by = text_in(body, "released_by");
  return out;
}

base::Result<Exam> call_exam(store::Session& session, const TrainingRules& rules, const ExamAsk& ask,
                             const records::Doing& doing) {
  auto paper = records::record(session, kPaper, ask.paper);
  if (!paper.ok() || paper->removed || paper->state != "checked")
    return Error{"exam.paper", "要用复核过的试卷", "paper", "先出卷，再由另一位复核"};
  auto terms = rules.exam_terms(ask.kind);
  if (!terms.ok()) return terms.error();
  if (auto right = check_days(ask.day, ask.until, ask.opens, ask.closes); !right.ok()) return right.error();
  if (ask.minutes < 5 || ask.minutes > 600)
    return Error{"exam.minutes", "时长在 5 至 600 分钟之间", "minutes", ""};
  if (characters(ask.about) > 4000) return Error{"exam.about", "说明最多 4000 字", "about", ""};
  Exam e;
  e.record.kind = kExam, e.record.state = "called", e.record.owner = ask.owner, e.record.org = ask.org;
  e.record.title = ask.title, e.record.parent = ask.paper, e.record.day = ask.day, e.record.until = ask.until;
  e.kind = ask.kind, e.about = ask.about, e.opens = ask.opens, e.closes = ask.closes, e.minutes = ask.minutes;
  e.course = ask.course, e.session = ask.session;
  e.tries = terms->tries, e.pass = terms->pass, e.certificate = terms->certificate, e.months = terms->months;
  e.facts = terms->facts;
  return kept(session, e, "exam.call", "", doing);
}

base::Result<Exam> prolong_exam(store::Session& session, int64_t id, int64_t version, Date until,
                                const std::string& closes, const std::string& why, const records::Doing& doing) {
  auto e = called(session, id, version);
  if (!e.ok()) return e;
  if (why.empty()) return Error{"exam.why", "写为什么延长", "why", "一句话"};
  if (auto right = check_days(*e->record.day, until, e->opens, closes); !right.ok()) return right.error();
  if (moment(until, closes) < e->open_until())
    return Error{"exam.days", "考试只能延长，不能缩短", "until", "要停考就取消"};
  e->record.until = until, e->closes = closes;
  return kept(session, *e, "exam.prolong", why, doing);
}

base::Result<Exam> cancel_exam(store::Session& session, int64_t id, int64_t version, const std::string& why,
                               const records::Doing& doing) {
  auto e = called(session, id, version);
  if (!e.ok()) return e;
  if (why.empty()) return Error{"exam.why", "写为什么取消", "why", "一句话"};
  if (!session.query("SELECT 1 FROM exam_sittings WHERE exam = ? LIMIT 1", {id}).empty())
    return Error{"exam.state", "已经有人开考，不能取消", "state", "到期以后照常公布成绩"};
  e->record.state = "cancelled";
  return kept(session, *e, "exam.cancel", why, doing);
}

base::Result<int64_t> call_candidates(store::Session& session, int64_t exam, const std::vector<std::string>& staff,
                                      const records::Doing& doing) {
  base::Result<int64_t> out = int64_t{0};
  session.transaction([&] {
    auto e = called(session, exam, 0);
    if (!e.ok()) return void(out = e.error());
    int64_t fresh = 0;
    for (const auto& one : staff)
      fresh += session.exec(
          "INSERT INTO exam_candidates (exam, staff, at, actor) VALUES (?, ?, ?, ?)"
          " ON CONFLICT (exam, staff) DO NOTHING",
          {exam, one, doing.at.str(), doing.login});
    if (doing.also) doing.also(e->record, "exam.candidates");
    out = fresh;
  });
  return out;
}

std::vector<std::string> candidates(store::Session& session, int64_t exam) {
  std::vector<std::string> out;
  for (const auto& row : session.query("SELECT staff FROM exam_candidates WHERE exam = ? ORDER BY staff", {exam}))
    out.push_back(row.text(0));
  return out;
}

std::vector<int64_t> exams_of(store::Session& session, const std::string& staff) {
  std::vector<int64_t> out;
  for (const auto& row : session.query("SELECT exam FROM exam_candidates WHERE staff = ? ORDER BY exam", {staff}))
    out.push_back(row.integer(0));
  return out;
}

}  // namespace guanhu::workbench
