#include "workbench/survey.h"

#include <algorithm>
#include <random>
#include <set>

#include "base/digest.h"
#include "workbench/work_json.h"
#include "workbench/worklog.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kQuestions = 50, kChoices = 20, kAnswer = 4000;
constexpr int kLongest = 366;  // days
constexpr int64_t kScale = 5;

Json body_of(const Survey& s) {
  return JsonObject{{"intro", s.intro},
                    {"anonymous", s.anonymous},
                    {"audience", to_json(s.audience)},
                    {"questions", json_of(s.questions)},
                    {"said", said_json(s.said)}};
}

base::Result<Survey> kept(store::Session& session, const Survey& s, const std::string& action,
                          const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = s.record, change.record.body = body_of(s), change.action = action, change.why = why;
  change.words = s.intro;
  for (const SurveyQuestion& one : s.questions) change.words += "\n" + one.title;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return survey_of(*written);
}

base::Result<Survey> opened(store::Session& session, int64_t id, int64_t version, const char* state) {
  auto found = records::record(session, kSurvey, id);
  if (!found.ok()) return found.error();
  Survey s = survey_of(*found);
  if (version) s.record.version = version;
  if (found->state != state)
    return Error{"survey.state",
                 found->state == "draft"     ? "这份问卷还没有发出"
                 : found->state == "running" ? "这份问卷已经发出"
                 : found->state == "closed"  ? "这份问卷已经截止"
                                             : "这份问卷已经作废",
                 "state", "刷新以后再看"};
  return s;
}

Error wrong(size_t question, const std::string& message, const std::string& hint = "") {
  return Error{"survey.answer", "第 " + std::to_string(question + 1) + " 题" + message,
               "answers/" + std::to_string(question), hint};
}

base::Status check_choice(const SurveyQuestion& q, size_t i, const Json& answer) {
  const JsonArray* chosen = answer.as_array();
  if (!chosen) return wrong(i, "的答案不是选项");
  std::set<int64_t> seen;
  for (const Json& one : *chosen) {
    auto n = one.as_number() ? one.as_number()->to_int64() : std::nullopt;
    if (!n || *n < 0 || *n >= static_cast<int64_t>(q.choices.size()) || !seen.insert(*n).second)
      return wrong(i, "选了没有的选项");
  }
  if (q.kind == "single" && seen.size() > 1) return wrong(i, "只能选一项");
  if (q.required && seen.empty()) return wrong(i, "还没有选");
  return {};
}

base::Status check_answer(const SurveyQuestion& q, size_t i, const Json& answer) {
  if (answer.is_null()) return q.required ? base::Status(wrong(i, "还没有答")) : base::Status();
  if (q.kind == "single" || q.kind == "multiple") return check_choice(q, i, answer);
  if (q.kind == "scale") {
    auto n = answer.as_number() ? answer.as_number()->to_int64() : std::nullopt;
    if (!n || *n < 1 || *n > kScale) return wrong(i, "要在 1 到 5 之间");
    return {};
  }
  if (!answer.as_string() || characters(*answer.as_string()) > kAnswer) return wrong(i, "最多 4000 字");
  if (q.required && answer.as_string()->empty()) return wrong(i, "还没有写");
  return {};
}

// Says nothing of when or by whom.
std::string chance_key() {
  std::random_device source;
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += std::to_string(source()) + "-";
  return base::sha256_hex(bytes).substr(0, 32);
}

}  // namespace

Json json_of(const std::vector<SurveyQuestion>& questions) {
  JsonArray out;
  for (const SurveyQuestion& one : questions)
    out.push_back(JsonObject{{"kind", one.kind},
                             {"title", one.title},
                             {"choices", texts_json(one.choices)},
                             {"required", one.required}});
  return out;
}

base::Result<std::vector<SurveyQuestion>> questions_in(const Json& list) {
  std::vector<SurveyQuestion> out;
  const JsonArray* all = list.as_array();
  if (!all || all->empty() || all->size() > kQuestions)
    return Error{"survey.questions", "要有 1 至 50 题", "questions", ""};
  for (size_t i = 0; i < all->size(); ++i) {
    const Json& one = (*all)[i];
    SurveyQuestion q{text_in(one, "kind"), text_in(one, "title"), texts_in(one, "choices"),
                     flag_in(one, "required")};
    const std::string where = "questions/" + std::to_string(i), which = "第 " + std::to_string(i + 1) + " 题";
    const bool choice = q.kind == "single" || q.kind == "multiple";
    if (!choice && q.kind != "scale" && q.kind != "text")
      return Error{"survey.questions", which + "不是单选、多选、评分、文字中的一种", where, ""};
    if (q.title.empty() || characters(q.title) > 200)
      return Error{"survey.questions", which + "没有写问什么（最多 200 字）", where, ""};
    if (!choice) q.choices.clear();
    const std::set<std::string> unlike(q.choices.begin(), q.choices.end());
    if (choice && (q.choices.size() < 2 || q.choices.size() > kChoices || unlike.size() != q.choices.size() ||
                   unlike.contains("")))
      return Error{"survey.questions", which + "要有 2 至 20 个不同的选项", where, ""};
    out.push_back(std::move(q));
  }
  return out;
}

Survey survey_of(const records::Record& record) {
  if (record.kind != kSurvey || !record.day || !record.until)
    throw base::Broken("record " + std::to_string(record.id) + " is no survey");
  Survey s;
  s.record = record, s.intro = text_in(record.body, "intro"), s.anonymous = flag_in(record.body, "anonymous");
  s.audience = addresses_in(record.body.find("audience")), s.said = said_in(record.body);
  if (const Json* questions = record.body.find("questions"))
    if (auto read = questions_in(*questions); read.ok()) s.questions = std::move(*read);
  return s;
}

base::Result<Survey> save_survey(store::Session& session, const Survey& ask, const AddressBook& book,
                                 const records::Doing& doing) {
  Survey s = ask;
  if (s.record.title.empty()) return Error{"survey.title", "写问卷的标题", "title", ""};
  if (characters(s.intro) > kAnswer) return Error{"survey.intro", "说明最多 4000 字", "intro", ""};
  if (!s.record.day || !s.record.until || *s.record.until < *s.record.day ||
      *s.record.until - *s.record.day > kLongest)
    return Error{"survey.days", "截止的日子不能早于开始，最多一年", "until", ""};
  if (s.audience.empty()) return Error{"survey.audience", "写请谁答", "audience", "从通讯录里选"};
  if (auto people = book.people_of(s.audience); !people.ok())
    return Error{"survey.audience", people.error().message, "audience", people.error().hint};
  if (s.record.id) {
    auto before = opened(session, s.record.id, s.record.version, "draft");
    if (!before.ok()) return before;
    s.record.owner = before->record.owner, s.record.org = before->record.org, s.said = before->said;
  }
  s.record.kind = kSurvey, s.record.state = "draft";
  return kept(session, s, "survey.write", "", doing);
}

base::Result<Survey> survey_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                 const records::Doing& doing) {
  auto s = opened(session, id, version, said.what == "close" ? "running" : "draft");
  if (!s.ok()) return s;
  if (said.what == "drop" && said.text.empty()) return Error{"suggestion.words", "写理由", "text", ""};
  s->record.state = said.what == "start" ? "running" : said.what == "close" ? "closed" : "dropped";
  s->said.push_back(said);
  return kept(session, *s, "survey." + said.what, said.text, doing);
}

std::string survey_draft(int64_t survey) { return "survey|" + std::to_string(survey); }

base::Status answer_survey(store::Session& session, const Survey& survey, const std::string& person,
                           const Json& answers, Date today, const records::Doing& doing) {
  if (!survey.answerable(today))
    return Error{"survey.over",
                 "这份问卷现在不能答：" + survey.record.day->str() + " 至 " + survey.record.until->str(), "", ""};
  const JsonArray* all = answers.as_array();
  if (!all || all->size() != survey.questions.size())
    return Error{"survey.answer", "答案和题目数不一样", "answers", "刷新以后再答"};
  for (size_t i = 0; i < all->size(); ++i)
    if (auto fits = check_answer(survey.questions[i], i, (*all)[i]); !fits.ok()) return fits;
  bool twice = false;
  session.transaction([&] {
    if (session.exec("INSERT INTO survey_done (survey_id, person) VALUES (?, ?) ON CONFLICT DO NOTHING",
                     {survey.record.id, person}) == 0) {
      twice = true;
      return;
    }
    session.exec("INSERT INTO survey_answers (answer_key, survey_id, person, at, body) VALUES (?, ?, ?, ?, ?)",
                 {chance_key(), survey.record.id, survey.anonymous ? std::string() : person,
                  survey.anonymous ? std::string() : doing.at.str(), answers.dump()});
    drop_draft(session, survey_draft(survey.record.id), person);
    if (doing.also) doing.also(survey.record, "survey.answer");
  });
  if (twice) return Error{"survey.done", "您已经答过这份问卷", "", ""};
  return {};
}

bool has_answered(store::Session& session, int64_t survey, const std::string& person) {
  return !session.query("SELECT 1 FROM survey_done WHERE survey_id = ? AND person = ?", {survey, person}).empty();
}

std::vector<std::string> answered_by(store::Session& session, int64_t survey) {
  std::vector<std::string> out;
  for (const auto& row :
       session.query("SELECT person FROM survey_done WHERE survey_id = ? ORDER BY person", {survey}))
    out.push_back(row.text(0));
  return out;
}

std::vector<SurveySheet> survey_sheets(store::Session& session, int64_t survey) {
  std::vector<SurveySheet> out;
  for (const auto& row : session.query(
           "SELECT person, at, body FROM survey_answers WHERE survey_id = ? ORDER BY answer_key", {survey})) {
    auto body = Json::parse(row.text(2));
    if (!body.ok()) throw base::Broken("an answer to survey " + std::to_string(survey) + " is damaged");
    out.push_back({row.text(0), row.text(1), std::move(*body)});
  }
  return out;
}

namespace {

void count(const SurveyQuestion& q, const Json& answer, QuestionResult& out) {
  if (answer.is_null()) return;
  if (const std::string* text = answer.as_string()) {
    if (!text->empty()) ++out.answers, out.texts.push_back(*text);
    return;
  }
  if (q.kind == "scale") {
    ++out.answers, ++out.counts[static_cast<size_t>(*answer.as_number()->to_int64() - 1)];
    return;
  }
  const JsonArray& chosen = *answer.as_array();
  out.answers += !chosen.empty();
  for (const Json& one : chosen) ++out.counts[static_cast<size_t>(*one.as_number()->to_int64())];
}

}  // namespace

SurveyResult survey_result(store::Session& session, const Survey& survey) {
  SurveyResult out;
  for (const SurveyQuestion& q : survey.questions) {
    QuestionResult& one = out.questions.emplace_back();
    if (q.kind != "text") one.counts.assign(q.kind == "scale" ? size_t{kScale} : q.choices.size(), 0);
  }
  for (const SurveySheet& sheet : survey_sheets(session, survey.record.id)) {
    ++out.answers;
    const JsonArray& answers = *sheet.answers.as_array();
    for (size_t i = 0; i < answers.size() && i < survey.questions.size(); ++i)
      count(survey.questions[i], answers[i], out.questions[i]);
  }
  for (size_t i = 0; i < out.questions.size(); ++i) {
    QuestionResult& one = out.questions[i];
    if (survey.questions[i].kind != "scale" || one.answers == 0) continue;
    int64_t sum = 0;
    for (size_t n = 0; n < one.counts.size(); ++n) sum += static_cast<int64_t>(n + 1) * one.counts[n];
    one.mean = Decimal::divide(Decimal(sum), Decimal(one.answers))->round(2, base::Rounding::half_up);
  }
  return out;
}

}  // namespace guanhu::workbench
