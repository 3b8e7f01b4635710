// Questions, papers, exams, sittings, results, certificates.
#include "api/shapes.h"
#include "api/training_desk.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef texts() { return list(text()); }

Members question() {
  return {{"type", choice({"single", "multiple", "judge", "number", "text", "open"})},
          {"stem", text(8000)},
          {"options", texts()},
          {"fixed", boolean()},
          {"accepted", texts()},
          {"tolerance", decimal()},
          {"difficulty", integer()},
          {"points", decimal()},
          {"explanation", text(8000)},
          {"pack", text()},
          {"article", text()},
          {"topic_title", text()}};
}

void bank_of_questions(Schemas& out) {
  Members line = question();
  for (auto& one : Members{
           {"checked_by", text()}, {"returned_why", text()}, {"may_check", boolean()}, {"may_change", boolean()}})
    line.push_back(std::move(one));
  out["ExamQuestion"] = record_shape(line);
  Members drawn = question();
  drawn.emplace_back("id", integer()), drawn.emplace_back("version", integer());
  out["ExamPaper"] = record_shape({{"seed", text()},
                                   {"digest", text()},
                                   {"population", integer()},
                                   {"n", integer()},
                                   {"most", decimal()},
                                   {"checked_by", text()},
                                   {"parts", list(object({{"topic", integer()},
                                                          {"topic_title", text()},
                                                          {"difficulty", integer()},
                                                          {"type", text()},
                                                          {"n", integer()},
                                                          {"points", decimal()}}))},
                                   {"questions", list(object(drawn))},
                                   {"may_check", boolean()}});
  out["ExamImport"] = object({{"rows", list(object({{"row", integer()},
                                                    {"title", text()},
                                                    {"error", maybe_text()},
                                                    {"hint", described(maybe_text(), "how to mend it")},
                                                    {"column", described(maybe_text(), "of the table")}}))},
                              {"right", integer()},
                              {"wrong", integer()},
                              {"written", boolean()},
                              {"import", described(nullable(integer()), "once it is written")}});
  out["ExamImportKept"] = object({{"id", integer()},
                                  {"at", moment()},
                                  {"by", text()},
                                  {"file", text()},
                                  {"n", integer()},
                                  {"used", described(integer(), "questions changed, checked or retired since")},
                                  {"undone_at", nullable(moment())},
                                  {"undone_by", text()},
                                  {"undone_why", text()},
                                  {"may_undo", boolean()}});
}

void exams(Schemas& out) {
  const SchemaRef own = object({{"id", integer()},
                                {"attempt", integer()},
                                {"state", text()},
                                {"started_at", moment()},
                                {"ends_at", moment()},
                                {"handed_at", nullable(moment())},
                                {"handed_how", text()},
                                {"points", amount()},
                                {"most", decimal()},
                                {"passed", nullable(boolean())}});
  out["Exam"] = record_shape({{"exam_kind", text()},
                              {"about", text(16000)},
                              {"phase", choice({"early", "open", "over", "released", "cancelled"})},
                              {"opens", text()},
                              {"closes", text()},
                              {"minutes", integer()},
                              {"tries", integer()},
                              {"pass", described(decimal(), "of 100")},
                              {"certificate", text()},
                              {"course", nullable(integer())},
                              {"course_title", text()},
                              {"paper", integer()},
                              {"questions", integer()},
                              {"most", decimal()},
                              {"called", described(boolean(), "the asker is")},
                              {"candidates", integer()},
                              {"sittings", described(list(own), "the asker's")},
                              {"may", texts()},
                              {"released_by", text()},
                              {"today", date()}});
  out["ExamCertificate"] = object({{"number", text()},
                                   {"staff", text()},
                                   {"name", text()},
                                   {"org_name", text()},
                                   {"title", text()},
                                   {"exam", integer()},
                                   {"points", decimal()},
                                   {"most", decimal()},
                                   {"from", date()},
                                   {"to", nullable(date())},
                                   {"valid", boolean()},
                                   {"withdrawn", boolean()},
                                   {"withdrawn_why", text()}});
}

void sittings(Schemas& out) {
  out["ExamSitting"] = object({{"id", integer()},
                               {"exam", integer()},
                               {"title", text()},
                               {"attempt", integer()},
                               {"state", text()},
                               {"ends_at", moment()},
                               {"seconds_left", integer()},
                               {"handed_how", text()},
                               {"questions", list(object({{"place", integer()},
                                                          {"type", text()},
                                                          {"stem", text(8000)},
                                                          {"options", texts()},
                                                          {"points", decimal()},
                                                          {"answer", any()}}))}});
  out["ExamReview"] = object({{"id", integer()},
                              {"exam", integer()},
                              {"title", text()},
                              {"name", described(maybe_text(), "of the candidate, for who marks")},
                              {"attempt", integer()},
                              {"state", text()},
                              {"handed_at", nullable(moment())},
                              {"handed_how", text()},
                              {"points", decimal()},
                              {"most", decimal()},
                              {"passed", nullable(boolean())},
                              {"questions", list(object({{"place", integer()},
                                                         {"type", text()},
                                                         {"stem", text(8000)},
                                                         {"options", texts()},
                                                         {"accepted", texts()},
                                                         {"explanation", text(8000)},
                                                         {"pack", text()},
                                                         {"article", text()},
                                                         {"most", decimal()},
                                                         {"answer", any()},
                                                         {"points", amount()},
                                                         {"marked_by", text()},
                                                         {"remark", text()}}))}});
}

void results(Schemas& out) {
  out["ExamResults"] =
      object({{"exam", ref("Exam")},
              {"people", list(object({{"staff", text()},
                                      {"name", text()},
                                      {"org_name", text()},
                                      {"state", text()},
                                      {"sitting", described(nullable(integer()), "to look at, for exam staff")},
                                      {"attempts", integer()},
                                      {"points", amount()},
                                      {"share", described(amount(), "of 100")},
                                      {"passed", nullable(boolean())}}))},
              {"orgs", list(object({{"org", text()},
                                    {"org_name", text()},
                                    {"called", integer()},
                                    {"sat", integer()},
                                    {"passed", integer()},
                                    {"mean", amount()}}))},
              {"questions", list(object({{"place", integer()},
                                         {"question", integer()},
                                         {"stem", text(8000)},
                                         {"type", text()},
                                         {"n", integer()},
                                         {"full", integer()},
                                         {"ease", amount()},
                                         {"discriminates", amount()}}))},
              {"certificates", list(ref("ExamCertificate"))}});
}

}  // namespace

void exam_shapes(Schemas& out) {
  bank_of_questions(out);
  exams(out);
  sittings(out);
  results(out);
}

}  // namespace guanhu::api
