// Surveys: made, sent out, answered half and whole, closed; who must answer and has not; what came out, as a page
// and as a workbook.
#include <algorithm>
#include <set>

#include "api/advice_desk.h"
#include "api/spreadsheet.h"
#include "workbench/survey.h"
#include "workbench/work_json.h"
#include "workbench/worklog.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Survey;

namespace {

bool manages(Desk& desk, const records::Record& of) { return desk.reaches(Permission::survey_manage, of); }

// What a decision of the pack says: "能看", "还没有截止", "份数不够".
base::Result<std::string> results_word(AdviceDesk& desk, const Survey& s, int64_t answers) {
  auto said = desk.ask(kVoicePack, "survey-results",
                       JsonObject{{"不记名", s.anonymous}, {"已截止", s.over(desk.today())}, {"答卷数", answers}});
  if (!said.ok()) return said.error();
  return said->as_string() ? *said->as_string() : std::string();
}

std::vector<std::string> asked_people(AdviceDesk& desk, const Survey& s) {
  auto people = desk.book().people_of(s.audience);
  return people.ok() ? *people : std::vector<std::string>();
}

JsonObject line(AdviceDesk& desk, const Survey& s) {
  const bool meant = desk.book().meant(s.audience, desk.person());
  const bool done = workbench::has_answered(desk.store(), s.record.id, desk.person());
  const bool runs = manages(desk, s.record) && desk.can(Permission::survey_manage);
  JsonArray may;
  const std::string& state = s.record.state;
  if (runs && state == "draft") may.emplace_back("write"), may.emplace_back("start"), may.emplace_back("drop");
  if (runs && state == "running") may.emplace_back("close");
  if (runs && state != "draft" && state != "dropped") may.emplace_back("results");
  if (meant && !done && s.answerable(desk.today()) && desk.can(Permission::suggestion_write))
    may.emplace_back("answer");
  JsonObject out = desk.head(s.record);
  out.emplace_back("anonymous", s.anonymous), out.emplace_back("intro", s.intro);
  out.emplace_back("count", s.questions.size()), out.emplace_back("for_me", meant);
  out.emplace_back("answered", done), out.emplace_back("over", s.over(desk.today()));
  const auto asked = runs ? asked_people(desk, s) : std::vector<std::string>();
  out.emplace_back("asked", asked.size());
  out.emplace_back("answers", runs ? workbench::answered_by(desk.store(), s.record.id).size() : size_t{0});
  out.emplace_back("may", std::move(may));
  return out;
}

Json whole(AdviceDesk& desk, const Survey& s) {
  JsonObject out = line(desk, s);
  out.emplace_back("audience", workbench::to_json(s.audience));
  out.emplace_back("questions", workbench::json_of(s.questions));
  auto kept = workbench::draft(desk.store(), workbench::survey_draft(s.record.id), desk.person());
  out.emplace_back("draft",
                   kept ? JsonObject{{"seq", kept->seq}, {"at", kept->at}, {"answers", kept->body}} : Json());
  out.emplace_back("said", desk.said_json(s.said));
  return out;
}

Outcome list_surveys(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const bool made = call.get("view").value_or("mine") == "made";
  records::Filter filter;
  filter.kinds = {workbench::kSurvey};
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter)) {
    const Survey one = workbench::survey_of(record);
    const bool for_me =
        record.state != "draft" && record.state != "dropped" && desk.book().meant(one.audience, desk.person());
    if (made ? manages(desk, record) : for_me) items.push_back(line(desk, one));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  return record ? Outcome(Answer{whole(desk, workbench::survey_of(*record))}) : Outcome(not_found());
}

Outcome keep(AdviceDesk& desk, const Call& call, const records::Record* before) {
  Survey ask;
  if (before) ask.record = *before, ask.record.version = workbench::whole_in(call.body, "version");
  else ask.record.owner = desk.person(), ask.record.org = desk.org_of(desk.person());
  ask.record.title = call.text("title"), ask.intro = text_member(call, "intro");
  ask.record.day = day_member(call, "day"), ask.record.until = day_member(call, "until");
  ask.anonymous = workbench::flag_in(call.body, "anonymous");
  ask.audience = workbench::addresses_in(call.body.find("audience"));
  auto questions = workbench::questions_in(*call.body.find("questions"));
  if (!questions.ok()) return advice_refusal(questions.error());
  ask.questions = std::move(*questions);
  auto kept = workbench::save_survey(desk.store(), ask, desk.book(), desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  return Answer{whole(desk, *kept)};
}

Outcome write(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  return keep(desk, call, nullptr);
}

Outcome rewrite(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  if (!record) return not_found();
  if (!manages(desk, *record)) return forbidden();
  return keep(desk, call, &*record);
}

Outcome step(Services& s, const Call& call, const std::string& what) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  if (!record) return not_found();
  if (!manages(desk, *record)) return forbidden();
  auto done = workbench::survey_step(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                     desk.said(what, call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  if (what == "start")
    for (const auto& one : asked_people(desk, *done))
      desk.Desk::tell(one, "有一份问卷请您答", done->record.title + "，" + done->record.until->str() + " 以前",
                      "/surveys/" + std::to_string(record->id));
  return Answer{whole(desk, *done)};
}

Outcome start(Services& s, const Call& call) { return step(s, call, "start"); }
Outcome close(Services& s, const Call& call) { return step(s, call, "close"); }
Outcome drop(Services& s, const Call& call) { return step(s, call, "drop"); }

std::optional<Survey> mine(AdviceDesk& desk, const Call& call) {
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  if (!record) return std::nullopt;
  Survey s = workbench::survey_of(*record);
  if (!desk.book().meant(s.audience, desk.person())) return std::nullopt;
  return s;
}

// What is half filled in is kept as it is typed.
Outcome keep_draft(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto survey = mine(desk, call);
  if (!survey) return not_found();
  if (!survey->answerable(desk.today()) || workbench::has_answered(desk.store(), survey->record.id, desk.person()))
    return advice_refusal({"survey.state", "这份问卷已经答过，或者不能答了", "", ""});
  std::optional<base::Result<workbench::Draft>> kept;
  kept = workbench::keep_draft(desk.store(), workbench::survey_draft(survey->record.id), desk.person(),
                               workbench::whole_in(call.body, "seq"), *call.body.find("answers"), desk.writing());
  if (!kept->ok()) {
    Refusal out = advice_refusal(kept->error());
    if (kept->error().code == "draft.changed") out.status = 409;
    return out;
  }
  return Answer{JsonObject{{"seq", (*kept)->seq}, {"at", (*kept)->at}, {"answers", (*kept)->body}}};
}

Outcome answer(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto survey = mine(desk, call);
  if (!survey) return not_found();
  auto fine = workbench::answer_survey(desk.store(), *survey, desk.person(), *call.body.find("answers"),
                                       desk.today(), desk.writing());
  if (!fine.ok()) return advice_refusal(fine.error());
  return Answer{whole(desk, *survey)};
}

Json result_json(AdviceDesk& desk, const Survey& s, const workbench::SurveyResult& result,
                 const std::string& word) {
  JsonArray questions, missing;
  const bool shown = word == "能看";
  for (size_t i = 0; i < s.questions.size(); ++i) {
    const auto& q = s.questions[i];
    const auto& one = result.questions[i];
    JsonArray counts;
    for (int64_t n : one.counts) counts.emplace_back(n);
    questions.push_back(JsonObject{{"kind", q.kind},
                                   {"title", q.title},
                                   {"choices", workbench::texts_json(q.choices)},
                                   {"answers", shown ? one.answers : 0},
                                   {"counts", shown ? Json(std::move(counts)) : Json(JsonArray{})},
                                   {"mean", shown ? workbench::decimal_or_null(one.mean) : Json()},
                                   {"texts", shown ? workbench::texts_json(one.texts) : Json(JsonArray{})}});
  }
  const auto asked = asked_people(desk, s), done = workbench::answered_by(desk.store(), s.record.id);
  const std::set<std::string> has(done.begin(), done.end());
  if (!s.anonymous)
    for (const auto& one : asked)
      if (!has.contains(one))
        missing.push_back(JsonObject{
            {"staff", one}, {"name", desk.name_of(one)}, {"org_name", desk.org_name(desk.org_of(one))}});
  JsonObject out = line(desk, s);
  out.emplace_back("shown", shown), out.emplace_back("why_not", shown ? "" : word);
  out.emplace_back("questions", std::move(questions)), out.emplace_back("missing", std::move(missing));
  return out;
}

Outcome results(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  if (!record) return not_found();
  if (!manages(desk, *record)) return forbidden();
  const Survey survey = workbench::survey_of(*record);
  const auto result = workbench::survey_result(desk.store(), survey);
  auto word = results_word(desk, survey, result.answers);
  if (!word.ok()) return advice_refusal(word.error());
  return Answer{result_json(desk, survey, result, *word)};
}

std::string cell(const workbench::SurveyQuestion& q, const Json& answer) {
  if (const std::string* text = answer.as_string()) return *text;
  if (answer.as_number()) return answer.as_number()->str();
  std::string out;
  if (const JsonArray* chosen = answer.as_array())
    for (const Json& one : *chosen)
      out += (out.empty() ? "" : "；") + q.choices[static_cast<size_t>(*one.as_number()->to_int64())];
  return out;
}

WrittenSheet counts_sheet(const Survey& s, const workbench::SurveyResult& result) {
  WrittenSheet sheet{"结果", {{"题"}, {"问什么", "", {}, 40}, {"选项", "", {}, 30}, {"次数"}, {"平均"}}};
  for (size_t i = 0; i < s.questions.size(); ++i) {
    const auto& q = s.questions[i];
    const auto& one = result.questions[i];
    for (size_t n = 0; n < one.counts.size(); ++n)
      sheet.rows.push_back({i + 1, q.title, q.kind == "scale" ? std::to_string(n + 1) + " 分" : q.choices[n],
                            one.counts[n], n || !one.mean ? Json() : Json(*one.mean)});
    for (const auto& text : one.texts) sheet.rows.push_back({i + 1, q.title, text, Json(), Json()});
  }
  sheet.title = s.record.title;
  sheet.above = {s.record.day->str() + " 至 " + s.record.until->str() + "，" + std::to_string(result.answers) +
                 " 份答卷" + (s.anonymous ? "，不记名" : "")};
  sheet.print = true;
  return sheet;
}

Outcome export_results(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSurvey, call.part("id"));
  if (!record) return not_found();
  if (!manages(desk, *record)) return forbidden();
  const Survey survey = workbench::survey_of(*record);
  const auto result = workbench::survey_result(desk.store(), survey);
  auto word = results_word(desk, survey, result.answers);
  if (!word.ok()) return advice_refusal(word.error());
  if (*word != "能看") return advice_refusal({"survey.state", "这份问卷的结果现在不能导出：" + *word, "", ""});
  std::vector<WrittenSheet> sheets = {counts_sheet(survey, result)};
  if (!survey.anonymous) {
    WrittenSheet each{"答卷", {{"姓名"}, {"机构", "", {}, 20}, {"时间", "", {}, 20}}};
    for (const auto& q : survey.questions) each.columns.push_back({q.title, "", {}, 30});
    for (const auto& one : workbench::survey_sheets(desk.store(), record->id)) {
      SheetRow row = {desk.name_of(one.person), desk.org_name(desk.org_of(one.person)), one.at.substr(0, 10)};
      const JsonArray& answers = *one.answers.as_array();
      for (size_t i = 0; i < answers.size(); ++i) row.emplace_back(cell(survey.questions[i], answers[i]));
      each.rows.push_back(std::move(row));
    }
    sheets.push_back(std::move(each));
  }
  desk.store().transaction([&] {
    desk.audit("export.survey", "survey " + std::to_string(record->id), JsonObject{{"answers", result.answers}});
  });
  return workbook_answer(write_workbook(sheets), "survey-" + std::to_string(record->id));
}

SchemaRef question() {
  return object({{"kind", choice({"single", "multiple", "scale", "text"})},
                 {"title", text(800)},
                 {"choices", list(text(400))},
                 {"required", boolean()}});
}

SchemaRef body_shape(bool version) {
  std::vector<std::pair<std::string, SchemaRef>> members = {{"title", text(800)},
                                                            {"intro", text(16'000)},
                                                            {"anonymous", boolean()},
                                                            {"day", date()},
                                                            {"until", date()},
                                                            {"audience", list(ref("MailAddress"))},
                                                            {"questions", list(question())}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)), {"intro"});
}

Endpoint post(const std::string& path, const std::string& summary, SchemaRef input,
              std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = "POST", out.path = path, out.summary = summary, out.permission = Permission::survey_manage;
  out.input = std::move(input), out.output = ref("Survey"), out.handler = std::move(handler);
  return out;
}

}  // namespace

bool sees_survey(Desk& desk, const records::Record& of) {
  if (manages(desk, of)) return true;
  if (of.state == "draft" || of.state == "dropped" || !desk.can(Permission::suggestion_read)) return false;
  MailDesk mail(desk.services(), desk.call());
  return mail.book().meant(workbench::addresses_in(of.body.find("audience")), desk.person());
}

Table survey_endpoints() {
  Table out;
  out.push_back({.method = "GET",
                 .path = "/surveys",
                 .summary = "surveys one is asked in, or those one manages",
                 .permission = Permission::suggestion_read,
                 .parameters = {{"view", choice({"mine", "made"})}},
                 .output = list_of("SurveyItem", {{"today", date()}}),
                 .handler = list_surveys,
                 .list = true,
                 .whole = true,
                 .searched = {"title", "intro", "owner_name"}});
  out.push_back({.method = "GET",
                 .path = "/surveys/{id}",
                 .summary = "one survey with its questions and what the asker has half filled in",
                 .permission = Permission::suggestion_read,
                 .output = ref("Survey"),
                 .handler = show});
  out.push_back(post("/surveys", "a new survey, a draft", body_shape(false), write));
  out.push_back(post("/surveys/{id}", "the whole of a draft anew", body_shape(true), rewrite));
  out.back().method = "PUT";
  out.push_back(
      post("/surveys/{id}/start", "sends it out: it is a to-do of everybody asked", step_input(), start));
  out.push_back(post("/surveys/{id}/close", "ends it before its last day", step_input(), close));
  out.push_back(post("/surveys/{id}/drop", "throws a draft away", step_input(), drop));
  return out;
}

Table survey_answer_endpoints() {
  Table out;
  out.push_back({.method = "PUT",
                 .path = "/surveys/{id}/draft",
                 .summary = "keeps what is half filled in",
                 .permission = Permission::suggestion_write,
                 .input = object({{"seq", integer()}, {"answers", list(any())}}),
                 .output = ref("SurveyDraft"),
                 .handler = keep_draft,
                 .body_limit = 256 * 1024});
  out.push_back({.method = "POST",
                 .path = "/surveys/{id}/answer",
                 .summary = "answers it, once",
                 .permission = Permission::suggestion_write,
                 .input = object({{"answers", list(any())}}),
                 .output = ref("Survey"),
                 .handler = answer,
                 .body_limit = 256 * 1024});
  out.push_back(
      {.method = "GET",
       .path = "/surveys/{id}/results",
       .summary = "what came out, where the pack lets it be seen; who has not answered, where names are open",
       .permission = Permission::survey_manage,
       .output = ref("SurveyResults"),
       .handler = results});
  out.push_back({.method = "GET",
                 .path = "/surveys/{id}/results.xlsx",
                 .summary = "the same as a workbook",
                 .permission = Permission::survey_manage,
                 .handler = export_results,
                 .produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"});
  return out;
}

}  // namespace guanhu::api
