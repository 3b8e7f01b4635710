// The bank of questions: written, checked by somebody else, brought in from a table with a dry run; papers drawn
// of it.
#include <algorithm>
#include <map>

#include "api/intake_desk.h"
#include "api/spreadsheet.h"
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

// ---------------------------------------------------------------------------- from a table

struct Words {
  const char *title, *value;
};
constexpr Words kTypes[] = {{"单选", "single"}, {"多选", "multiple"}, {"判断", "judge"},
                            {"填数", "number"}, {"填空", "text"},     {"问答", "open"}};
constexpr Words kLevels[] = {{"易", "1"}, {"中", "2"}, {"难", "3"}};
constexpr const char* kHeads[] = {"主题", "题型", "难度", "分值", "题目", "A",    "B",    "C",    "D",
                                  "E",    "F",    "G",    "H",    "答案", "误差", "解析", "制度", "条款"};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::string one;
  for (char c : text + "|") {
    if (c != '|') one += c;
    else if (!one.empty()) out.push_back(std::move(one)), one.clear();
  }
  return out;
}

std::string value_of(std::span<const Words> words, const std::string& title) {
  for (const Words& one : words)
    if (title == one.title) return one.value;
  return title;
}

std::vector<std::string> answers_in(const std::string& type, const std::string& cell) {
  if (type == "judge")
    return {cell == "对" || cell == "TRUE" ? "true" : cell == "错" || cell == "FALSE" ? "false" : cell};
  if (type != "single" && type != "multiple") return split(cell);
  std::vector<std::string> out;
  for (char c : cell)
    if (c != ' ' && c != ',' && c != '|')
      out.emplace_back(1, c >= 'a' && c <= 'h' ? static_cast<char>(c - 32) : c);
  return out;
}

workbench::QuestionAsk row_ask(TrainingDesk& desk, const std::map<std::string, std::string>& cells,
                               const std::map<std::string, int64_t>& topics) {
  auto cell = [&](const char* name) {
    auto found = cells.find(name);
    return found == cells.end() ? std::string() : found->second;
  };
  workbench::QuestionAsk ask;
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
  auto topic = topics.find(cell("主题"));
  ask.topic = topic == topics.end() ? 0 : topic->second;
  QuestionBody& q = ask.body;
  q.type = value_of(kTypes, cell("题型")), q.stem = cell("题目");
  q.difficulty = static_cast<int>(id_in(value_of(kLevels, cell("难度"))));
  auto points = base::Decimal::parse(cell("分值"));
  q.points = points ? workbench::hundredths_of(*points).value_or(0) : 0;
  for (const char* letter : {"A", "B", "C", "D", "E", "F", "G", "H"})
    if (!cell(letter).empty()) q.options.push_back(cell(letter));
  q.accepted = answers_in(q.type, cell("答案"));
  q.tolerance = base::Decimal::parse(cell("误差")).value_or(base::Decimal(0));
  q.explanation = cell("解析"), q.pack = cell("制度"), q.article = cell("条款");
  return ask;
}

// What each row would do; with `write` those that are right are written, all in one go or none.
Outcome import(Services& s, const Call& call) {
  auto grid = read_grid(call.request.body, {.rows = 2000, .columns = 40});
  if (!grid.ok()) return refusal_of(grid.error());
  if (grid->rows.empty()) return record_refusal({"question.import", "表里没有内容", "file", "先取模板"});
  TrainingDesk desk(s, call);
  std::map<std::string, int64_t> topics;
  for (const auto& [id, title] : topic_titles(desk)) topics.emplace(title, id);
  const auto& head = grid->rows.front().cells;
  for (const char* needed : {"主题", "题型", "题目", "答案"})
    if (std::find(head.begin(), head.end(), needed) == head.end())
      return record_refusal(
          {"question.import", std::string("第一行没有“") + needed + "”这一列", "file", "照模板的列名写"});
  std::vector<workbench::QuestionAsk> asks;
  JsonArray rows;
  size_t wrong = 0;
  for (size_t r = 1; r < grid->rows.size(); ++r) {
    std::map<std::string, std::string> cells;
    for (size_t c = 0; c < std::min(head.size(), grid->rows[r].cells.size()); ++c)
      cells[head[c]] = grid->rows[r].cells[c];
    const auto ask = row_ask(desk, cells, topics);
    const auto fits = workbench::check_question(desk.store(), ask);
    wrong += !fits.ok();
    rows.push_back(
        JsonObject{{"row", grid->rows[r].number},
                   {"title", ask.body.stem.substr(0, 300)},
                   {"error", fits.ok() ? Json()
                                       : Json(fits.error().message +
                                              (fits.error().hint.empty() ? "" : "（" + fits.error().hint + "）"))},
                   {"column", fits.ok() ? Json() : Json(fits.error().where)}});
    asks.push_back(ask);
  }
  const bool write = call.get("write").value_or("") == "true";
  if (write && wrong)
    return record_refusal(
        {"question.import", std::to_string(wrong) + " 行有错，一行也没有写", "file", "先试算，改好再导入"});
  if (write)
    if (auto kept = workbench::keep_new_questions(desk.store(), asks, desk.writing()); !kept.ok())
      return record_refusal(kept.error());
  return Answer{
      JsonObject{{"rows", std::move(rows)}, {"right", asks.size() - wrong}, {"wrong", wrong}, {"written", write}}};
}

Outcome make_template(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  WrittenSheet sheet{.name = "题目"};
  for (const char* name : kHeads)
    sheet.columns.push_back({.title = name, .width = std::string(name) == "题目" ? 40 : 12});
  for (auto& column : sheet.columns) {
    if (column.title == "题型")
      for (const Words& one : kTypes) column.choices.emplace_back(one.title);
    if (column.title == "难度")
      for (const Words& one : kLevels) column.choices.emplace_back(one.title);
    if (column.title == "主题")
      for (const auto& [id, title] : topic_titles(desk)) column.choices.push_back(title);
  }
  sheet.frozen = 2;
  WrittenSheet help{.name = "填写说明",
                    .columns = {{.title = "列", .width = 14}, {.title = "怎么填", .width = 80}}};
  help.rows = {{"答案", "单选、多选写字母，如 A、AC；判断写 对 或 错；填空几种写法用 | 隔开；问答不填"},
               {"分值", "0.01 至 100，最多两位小数"},
               {"误差", "只有填数题可以填：差多少以内也算对"},
               {"制度、条款", "依据，都不填也可以；制度写包名"}};
  return file_answer(write_workbook({sheet, help}), kXlsx, "questions.xlsx");
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
      special(made("GET", "/exam-questions/template.xlsx", "the table to fill in", manage, nullptr, nullptr,
                   make_template),
              {.produces = kXlsx}),
      special(
          made("POST", "/exam-questions/import", "a table of questions: what each row would do, or all written",
               manage, nullptr, ref("ExamImport"), import),
          {.parameters = {{"write", choice({"true", "false"})}},
           .accepts = "application/octet-stream",
           .body_limit = 4 * 1024 * 1024}),
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
