#include "workbench/exam_import.h"

#include <algorithm>
#include <map>

namespace guanhu::workbench {

using base::Error;

namespace {

struct Refused {
  Error error;
};

std::vector<int64_t> brought(store::Session& session, int64_t import) {
  std::vector<int64_t> out;
  for (const auto& row :
       session.query("SELECT question FROM exam_import_rows WHERE import = ? ORDER BY place", {import}))
    out.push_back(row.integer(0));
  return out;
}

// As it came: a draft that nobody has touched.
bool untouched(const records::Record& of) { return of.version == 1 && !of.removed; }

records::Record question_record(store::Session& session, int64_t id) {
  auto found = records::record(session, kQuestion, id);
  if (!found.ok()) throw base::Broken("question " + std::to_string(id) + " of an import is not there");
  return *found;
}

QuestionImport read_row(const store::Row& row) {
  QuestionImport out;
  out.id = row.integer(0), out.at = row.text(1), out.by = row.text(2), out.file = row.text(3);
  out.undone_at = row.text(4), out.undone_by = row.text(5), out.undone_why = row.text(6);
  return out;
}

base::Result<QuestionImport> one_import(store::Session& session, int64_t id) {
  for (const QuestionImport& one : question_imports(session))
    if (one.id == id) return one;
  return Error{"import.unknown", "没有这次导入", "id", ""};
}

void retire(store::Session& session, int64_t id, const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = question_record(session, id);
  if (!untouched(change.record))
    throw Refused{{"import.used", "“" + change.record.title + "”刚刚有人动过", "", "刷新以后再看"}};
  change.record.state = "retired", change.action = "exam.question.unimport", change.why = why;
  if (auto done = records::write_in(session, change, doing); !done.ok()) throw Refused{done.error()};
}

}  // namespace

std::vector<QuestionImport> question_imports(store::Session& session) {
  std::vector<QuestionImport> out;
  for (const auto& row : session.query("SELECT import_id, at, actor, file, undone_at, undone_by, undone_why FROM"
                                       " exam_imports ORDER BY import_id DESC"))
    out.push_back(read_row(row));
  std::map<int64_t, std::pair<int64_t, int64_t>> counts;  // of import: questions, used
  for (const auto& row :
       session.query("SELECT i.import, r.version, r.removed FROM exam_import_rows i JOIN records r"
                     " ON r.record_id = i.question")) {
    auto& [n, used] = counts[row.integer(0)];
    ++n, used += row.integer(1) != 1 || row.integer(2) != 0;
  }
  for (QuestionImport& one : out) one.n = counts[one.id].first, one.used = counts[one.id].second;
  return out;
}

base::Result<QuestionImport> import_questions(store::Session& session, const std::vector<QuestionAsk>& asks,
                                              const std::string& file, const records::Doing& doing) {
  if (asks.empty()) return Error{"question.import", "表里没有题目", "file", "从第二行起一行一题"};
  int64_t id = 0;
  records::Doing both = doing;
  int64_t place = 0;
  // Runs once for each question, inside the transaction that keep_new_questions opens.
  both.also = [&](const records::Record& of, const std::string& action) {
    if (place == 0) {
      session.exec(
          "INSERT INTO exam_imports (at, actor, file, undone_at, undone_by, undone_why)"
          " VALUES (?, ?, ?, '', '', '')",
          {doing.at.str(), doing.login, file});
      id = session.query("SELECT max(import_id) FROM exam_imports").at(0).integer(0);
    }
    session.exec("INSERT INTO exam_import_rows (import, question, place) VALUES (?, ?, ?)", {id, of.id, ++place});
    if (doing.also) doing.also(of, action);
  };
  if (auto kept = keep_new_questions(session, asks, both); !kept.ok()) return kept.error();
  return one_import(session, id);
}

base::Result<QuestionImport> undo_import(store::Session& session, int64_t id, const std::string& why,
                                         const records::Doing& doing) {
  auto found = one_import(session, id);
  if (!found.ok()) return found.error();
  if (!found->undone_at.empty()) return Error{"import.undone", "这次导入已经撤销了", "state", ""};
  if (why.empty()) return Error{"import.why", "写明为什么撤销", "why", "一句话"};
  const auto questions = brought(session, id);
  for (const int64_t question : questions)
    if (const auto of = question_record(session, question); !untouched(of))
      return Error{"import.used",
                   std::to_string(found->used) + " 道题已经改过、复核过或者停用了，如“" + of.title +
                       "”，这次导入不能整个撤销",
                   "state", "一道一道停用"};
  try {
    session.transaction([&] {
      for (const int64_t question : questions) retire(session, question, why, doing);
      session.exec("UPDATE exam_imports SET undone_at = ?, undone_by = ?, undone_why = ? WHERE import_id = ?",
                   {doing.at.str(), doing.login, why, id});
    });
  } catch (const Refused& refused) {
    return refused.error;
  }
  // They are out of use already; now out of the lists as well. Should the program end here, they stay retired.
  for (const int64_t question : questions) {
    const auto of = question_record(session, question);
    if (of.removed) continue;
    if (auto done = records::remove(session, question, of.version, "exam.question.unimport", why, doing);
        !done.ok())
      return done.error();
  }
  return one_import(session, id);
}

}  // namespace guanhu::workbench
