// Questions out of a table (xlsx or CSV): a template, a dry run that says of every row what is wrong, in which
// column and how to mend it, all written or nothing, and taken back while nobody has used any of them.
#include <algorithm>
#include <map>
#include <set>

#include "api/intake_desk.h"
#include "api/spreadsheet.h"
#include "api/training_desk.h"
#include "workbench/exam_import.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::QuestionBody;
using workbench::QuestionImport;

namespace {

struct Words {
  const char *title, *value;
};
constexpr Words kTypes[] = {{"单选", "single"}, {"多选", "multiple"}, {"判断", "judge"},
                            {"填数", "number"}, {"填空", "text"},     {"问答", "open"}};
constexpr Words kLevels[] = {{"易", "1"}, {"中", "2"}, {"难", "3"}};
constexpr const char* kHeads[] = {"主题", "题型", "难度", "分值", "题目", "A",    "B",    "C",    "D",
                                  "E",    "F",    "G",    "H",    "答案", "误差", "解析", "制度", "条款"};
constexpr const char* kNeeded[] = {"主题", "题型", "难度", "分值", "题目", "答案"};
constexpr const char* kLetters[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
// Members of a question and the column that fills them.
constexpr Words kColumns[] = {{"主题", "topic"},    {"题型", "type"},      {"难度", "difficulty"},
                              {"分值", "points"},   {"题目", "stem"},      {"A–H", "options"},
                              {"答案", "accepted"}, {"误差", "tolerance"}, {"解析", "explanation"},
                              {"制度", "article"}};

using Cells = std::map<std::string, std::string>;

std::string cell(const Cells& cells, const std::string& name) {
  auto found = cells.find(name);
  return found == cells.end() ? std::string() : found->second;
}

std::string value_of(std::span<const Words> words, const std::string& title) {
  for (const Words& one : words)
    if (title == one.title) return one.value;
  return title;
}

std::string column_of(const std::string& member) {
  for (const Words& one : kColumns)
    if (member == one.value) return one.title;
  return member;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::string one;
  for (char c : text + "|") {
    if (c != '|') one += c;
    else if (!one.empty()) out.push_back(std::move(one)), one.clear();
  }
  return out;
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

// Topics that are on, by title; 0 where several are called so.
std::map<std::string, int64_t> topics_by_title(TrainingDesk& desk) {
  records::Filter filter;
  filter.kinds = {workbench::kTopic}, filter.states = {"on"}, filter.limit = 20'000;
  std::map<std::string, int64_t> out;
  for (const auto& one : records::list(desk.store(), filter)) {
    auto [at, fresh] = out.emplace(one.title, one.id);
    if (!fresh) at->second = 0;
  }
  return out;
}

// What the cells say that no question could hold any more: it is refused before it is lost.
std::optional<Error> wrong_cell(const Cells& cells, const std::map<std::string, int64_t>& topics) {
  auto topic = topics.find(cell(cells, "主题"));
  if (topic == topics.end())
    return Error{"question.topic", "没有启用的主题“" + cell(cells, "主题") + "”", "topic",
                 "先在培训里建主题，或者照模板选"};
  if (topic->second == 0)
    return Error{"question.topic", "有几个主题都叫“" + topic->first + "”", "topic", "先把主题改成不同的名字"};
  if (value_of(kLevels, cell(cells, "难度")) == cell(cells, "难度") && !cell(cells, "难度").empty() &&
      std::string("123").find(cell(cells, "难度")) == std::string::npos)
    return Error{"question.difficulty", "难度不能是“" + cell(cells, "难度") + "”", "difficulty", "写易、中、难"};
  auto points = base::Decimal::parse(cell(cells, "分值"));
  if (!points || !workbench::hundredths_of(*points))
    return Error{"question.points", "分值“" + cell(cells, "分值") + "”不是数", "points",
                 "写 0.01 至 100，最多两位小数"};
  if (!cell(cells, "误差").empty() && !base::Decimal::parse(cell(cells, "误差")))
    return Error{"question.tolerance", "误差“" + cell(cells, "误差") + "”不是数", "tolerance",
                 "写数，如 0.5，或者空着"};
  const char* empty = nullptr;
  for (const char* letter : kLetters) {
    if (cell(cells, letter).empty()) empty = empty ? empty : letter;
    else if (empty)
      return Error{"question.options", std::string(empty) + " 空着，" + letter + " 却写了", "options",
                   "选项从 A 起一个接一个写"};
  }
  return std::nullopt;
}

workbench::QuestionAsk row_ask(TrainingDesk& desk, const Cells& cells,
                               const std::map<std::string, int64_t>& topics) {
  workbench::QuestionAsk ask;
  ask.owner = desk.person(), ask.org = desk.org_of(desk.person());
  auto topic = topics.find(cell(cells, "主题"));
  ask.topic = topic == topics.end() ? 0 : topic->second;
  QuestionBody& q = ask.body;
  q.type = value_of(kTypes, cell(cells, "题型")), q.stem = cell(cells, "题目");
  q.difficulty = static_cast<int>(id_in(value_of(kLevels, cell(cells, "难度"))));
  auto points = base::Decimal::parse(cell(cells, "分值"));
  q.points = points ? workbench::hundredths_of(*points).value_or(0) : 0;
  for (const char* letter : kLetters)
    if (!cell(cells, letter).empty()) q.options.push_back(cell(cells, letter));
  q.accepted = answers_in(q.type, cell(cells, "答案"));
  q.tolerance = base::Decimal::parse(cell(cells, "误差")).value_or(base::Decimal(0));
  q.explanation = cell(cells, "解析"), q.pack = cell(cells, "制度"), q.article = cell(cells, "条款");
  return ask;
}

// The head must be the template's: a column that nobody knows would be lost without a word.
std::optional<Error> wrong_head(const std::vector<std::string>& head) {
  auto refuse = [](const std::string& what, const char* how) {
    return Error{"question.import", what, "file", how};
  };
  for (const char* needed : kNeeded)
    if (std::find(head.begin(), head.end(), needed) == head.end())
      return refuse(std::string("第一行没有“") + needed + "”这一列", "照模板的列名写");
  std::set<std::string> seen;
  for (const auto& one : head) {
    if (one.empty()) continue;
    if (std::find(std::begin(kHeads), std::end(kHeads), one) == std::end(kHeads))
      return refuse("第一行有不认得的列“" + one + "”", "照模板的列名写，别的列先删掉");
    if (!seen.insert(one).second) return refuse("“" + one + "”这一列有两次", "留一列");
  }
  return std::nullopt;
}

struct ReadTable {
  std::vector<workbench::QuestionAsk> asks;
  JsonArray rows;
  size_t wrong = 0;
};

// The same question twice, in the table or in the bank, is no second question.
class Seen {
 public:
  explicit Seen(TrainingDesk& desk) {
    for (const auto& q : workbench::questions(desk.store()))
      if (q.record.state != "retired") bank_.emplace(key(q.record.parent, q.body.stem), q.record.id);
  }
  std::optional<Error> twice(const workbench::QuestionAsk& ask, int row) {
    const auto of = key(ask.topic, ask.body.stem);
    if (auto there = bank_.find(of); there != bank_.end())
      return Error{"question.twice", "题库里这个主题下已经有这道题（第 " + std::to_string(there->second) + " 号）",
                   "stem", "删掉这一行，或者去改那一道"};
    auto [at, fresh] = rows_.emplace(of, row);
    if (!fresh)
      return Error{"question.twice", "和第 " + std::to_string(at->second) + " 行是同一道题", "stem", "留一行"};
    return std::nullopt;
  }

 private:
  using Key = std::pair<int64_t, std::string>;
  static Key key(int64_t topic, const std::string& stem) { return {topic, workbench::plain_answer(stem)}; }
  std::map<Key, int64_t> bank_;
  std::map<Key, int> rows_;
};

ReadTable read_rows(TrainingDesk& desk, const Grid& grid) {
  const auto topics = topics_by_title(desk);
  const auto& head = grid.rows.front().cells;
  Seen seen(desk);
  ReadTable out;
  for (size_t r = 1; r < grid.rows.size(); ++r) {
    const auto& row = grid.rows[r];
    Cells cells;
    for (size_t c = 0; c < std::min(head.size(), row.cells.size()); ++c) cells[head[c]] = row.cells[c];
    auto ask = row_ask(desk, cells, topics);
    auto problem = wrong_cell(cells, topics);
    if (!problem)
      if (auto fits = workbench::check_question(desk.store(), ask); !fits.ok()) problem = fits.error();
    if (!problem) problem = seen.twice(ask, row.number);
    out.wrong += problem.has_value();
    out.rows.push_back(JsonObject{{"row", row.number},
                                  {"title", workbench::question_title(ask.body.stem)},
                                  {"error", problem ? Json(problem->message) : Json()},
                                  {"hint", problem ? Json(problem->hint) : Json()},
                                  {"column", problem ? Json(column_of(problem->where)) : Json()}});
    out.asks.push_back(std::move(ask));
  }
  return out;
}

// What each row would do; with `write` those that are right are written, all in one go or none.
Outcome import(Services& s, const Call& call) {
  if (auto fits = check_file_name(call.request.body, call.get("name").value_or("")); !fits.ok())
    return refusal_of(fits.error());
  auto grid = read_grid(call.request.body, {.rows = 2000, .columns = 40});
  if (!grid.ok()) return refusal_of(grid.error());
  if (grid->rows.empty()) return record_refusal({"question.import", "表里没有内容", "file", "先取模板"});
  if (auto wrong = wrong_head(grid->rows.front().cells)) return record_refusal(*wrong);
  TrainingDesk desk(s, call);
  ReadTable table = read_rows(desk, *grid);
  const bool write = call.get("write").value_or("") == "true";
  Json kept;
  if (write && table.wrong)
    return record_refusal(
        {"question.import", std::to_string(table.wrong) + " 行有错，一行也没有写", "file", "先试算，改好再导入"});
  if (write) {
    auto done =
        workbench::import_questions(desk.store(), table.asks, call.get("name").value_or(""), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    kept = done->id;
  }
  return Answer{JsonObject{{"rows", std::move(table.rows)},
                           {"right", table.asks.size() - table.wrong},
                           {"wrong", table.wrong},
                           {"written", write},
                           {"import", std::move(kept)}}};
}

Json import_json(TrainingDesk& desk, const QuestionImport& one) {
  return JsonObject{{"id", one.id},
                    {"at", one.at},
                    {"by", one.by},
                    {"file", one.file},
                    {"n", one.n},
                    {"used", one.undone_at.empty() ? one.used : int64_t{0}},
                    {"undone_at", one.undone_at.empty() ? Json() : Json(one.undone_at)},
                    {"undone_by", one.undone_by},
                    {"undone_why", one.undone_why},
                    {"may_undo", one.undone_at.empty() && one.used == 0 && desk.can(Permission::exam_manage)}};
}

Outcome list_imports(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : workbench::question_imports(desk.store())) items.push_back(import_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome undo(Services& s, const Call& call) {
  TrainingDesk desk(s, call);
  auto done =
      workbench::undo_import(desk.store(), id_in(call.part("id")), text_member(call, "why"), desk.writing());
  if (!done.ok() && done.error().code == "import.unknown") return not_found();
  if (!done.ok()) return record_refusal(done.error());
  return Answer{import_json(desk, *done)};
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
      for (const auto& [title, id] : topics_by_title(desk)) column.choices.push_back(title);
  }
  sheet.frozen = 2;
  WrittenSheet help{.name = "填写说明",
                    .columns = {{.title = "列", .width = 14}, {.title = "怎么填", .width = 80}}};
  help.rows = {{"主题", "培训里启用的主题，写名字"},
               {"题型", "单选、多选、判断、填数、填空、问答"},
               {"答案", "单选、多选写字母，如 A、AC；判断写 对 或 错；填空几种写法用 | 隔开；问答不填"},
               {"分值", "0.01 至 100，最多两位小数"},
               {"误差", "只有填数题可以填：差多少以内也算对"},
               {"制度、条款", "依据，都不填也可以；制度写包名"}};
  return file_answer(write_workbook({sheet, help}), kXlsx, "questions.xlsx");
}

// With the mark that makes a spreadsheet read it as UTF-8.
Outcome make_csv_template(Services&, const Call&) {
  std::string out = "\xEF\xBB\xBF";
  for (const char* name : kHeads)
    out += std::string(name) + (name == kHeads[std::size(kHeads) - 1] ? "\r\n" : ",");
  return file_answer(std::move(out), "text/csv; charset=utf-8", "questions.csv");
}

}  // namespace

Table exam_import_endpoints() {
  const Permission manage = Permission::exam_manage;
  return {special(made("GET", "/exam-questions/template.xlsx", "the table to fill in", manage, nullptr, nullptr,
                       make_template),
                  {.produces = kXlsx}),
          special(made("GET", "/exam-questions/template.csv", "the same as CSV: its head", manage, nullptr,
                       nullptr, make_csv_template),
                  {.produces = "text/csv"}),
          special(made("POST", "/exam-questions/import",
                       "a table of questions (xlsx, CSV): what each row would do, or all of them written", manage,
                       nullptr, ref("ExamImport"), import),
                  {.parameters = {{"write", choice({"true", "false"})}, {"name", text(200), false, "of the file"}},
                   .accepts = "application/octet-stream",
                   .body_limit = 4 * 1024 * 1024}),
          listed(made("GET", "/exam-imports", "tables of questions that were brought in, newest first", manage,
                      nullptr, list_of("ExamImportKept"), list_imports),
                 {"file", "by"}, {}),
          made("POST", "/exam-imports/{id}/undo",
               "takes a whole import back, as long as none of its questions was changed, checked or retired",
               manage, object({{"why", text(2000)}}), ref("ExamImportKept"), undo)};
}

}  // namespace guanhu::api
