// Questions that came out of one table: which import brought them, and taking the whole import back as long as
// nothing has happened to any of them.
#pragma once
#include <string>
#include <vector>

#include "workbench/exam.h"

namespace guanhu::workbench {

struct QuestionImport {
  int64_t id = 0;
  std::string at, by, file;                      // by: login; file: its name as it was brought
  int64_t n = 0;                                 // questions it brought
  int64_t used = 0;                              // of these: changed, checked, returned, retired or removed since
  std::string undone_at, undone_by, undone_why;  // "" it stands
};
std::vector<QuestionImport> question_imports(store::Session& session);  // newest first

// All of them in one transaction, or none. Refused: question.import (nothing to write), check_question's of the
// first that does not fit.
base::Result<QuestionImport> import_questions(store::Session& session, const std::vector<QuestionAsk>& asks,
                                              const std::string& file, const records::Doing& doing);
// Nobody can draw or check any of them from that moment on, and they leave every list. Refused: import.unknown,
// import.undone, import.why, import.used (how many, and one of them: such questions are retired one by one).
base::Result<QuestionImport> undo_import(store::Session& session, int64_t id, const std::string& why,
                                         const records::Doing& doing);

}  // namespace guanhu::workbench
