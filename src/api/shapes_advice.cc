// Suggestions, surveys, concessions, expenses, what products and papers a customer needs.
#include "api/advice_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members with(Members members, Members more) {
  for (auto& one : more) members.push_back(std::move(one));
  return members;
}

SchemaRef files() { return list(ref("RecordFile")); }
SchemaRef words() { return list(text()); }

void suggestion_shapes(Schemas& out) {
  const Members item = {{"suggestion", described(text(), "its kind, a word of the pack")},
                        {"business", text()},
                        {"source", text()},
                        {"about", text()},
                        {"cause", text()},
                        {"measure", text()},
                        {"text", text()},
                        {"to_org", text()},
                        {"to_org_name", text()},
                        {"to_person", text()},
                        {"answerer", described(text(), "who must answer now; \"\": nobody is found")},
                        {"answerer_name", text()},
                        {"information", boolean()},
                        {"open_to_all", boolean()},
                        {"take_by", date()},
                        {"late", boolean()},
                        {"told_above", boolean()},
                        {"answer", text()},
                        {"value", text()},
                        {"marks", nullable(decimal())},
                        {"do_by", nullable(date())},
                        {"answered_on", nullable(date())},
                        {"answered_name", text()},
                        {"said", said_shape()},
                        {"may", words()}};
  out["SuggestionItem"] = record_shape(item);
  out["Suggestion"] = record_shape(with(item, {{"files", files()}}));
  out["SuggestionChoices"] = object(
      {{"today", date()},
       {"kinds",
        list(object({{"kind", text()}, {"wanted", words()}, {"information", boolean()}, {"answer_by", date()}}))},
       {"units", list(object({{"org", text()},
                              {"name", text()},
                              {"kind", text()},
                              {"head", text()},
                              {"head_name", text()},
                              {"own", boolean()}}))},
       {"values", words()}});
  out["InformationFigures"] = object({{"staff", text()},
                                      {"name", text()},
                                      {"org_name", text()},
                                      {"accepted", integer()},
                                      {"marks", decimal()},
                                      {"items", list(integer())},
                                      {"recorded_accepted", nullable(decimal())},
                                      {"recorded_marks", nullable(decimal())}});
}

}  // namespace

void survey_shapes(Schemas& out) {
  const Members item = {{"anonymous", boolean()}, {"intro", text()},       {"count", integer()},
                        {"for_me", boolean()},    {"answered", boolean()}, {"over", boolean()},
                        {"asked", integer()},     {"answers", integer()},  {"may", words()}};
  const SchemaRef question = object({{"kind", choice({"single", "multiple", "scale", "text"})},
                                     {"title", text()},
                                     {"choices", words()},
                                     {"required", boolean()}});
  out["SurveyItem"] = record_shape(item);
  out["SurveyDraft"] = object({{"seq", integer()}, {"at", moment()}, {"answers", list(any())}});
  out["Survey"] = record_shape(with(item, {{"audience", list(ref("MailAddress"))},
                                           {"questions", list(question)},
                                           {"draft", nullable(open(object({{"seq", integer()}})))},
                                           {"said", said_shape()}}));
  out["SurveyResults"] = record_shape(
      with(item, {{"shown", boolean()},
                  {"why_not", text()},
                  {"questions", list(object({{"kind", text()},
                                             {"title", text()},
                                             {"choices", words()},
                                             {"answers", integer()},
                                             {"counts", list(integer())},
                                             {"mean", nullable(decimal())},
                                             {"texts", words()}}))},
                  {"missing", described(list(object({{"staff", text()}, {"name", text()}, {"org_name", text()}})),
                                        "who has not answered; nobody where it is anonymous")}}));
}

void money_shapes(Schemas& out) {
  const Members favour = {{"favour", choice({"fee", "rate", "term", "priority", "other"})},
                          {"terms", text()},
                          {"reason", text()},
                          {"amount", decimal()},
                          {"level", choice({"own", "branch", "head"})},
                          {"power", nullable(decimal())},
                          {"before", decimal()},
                          {"decided_name", text()},
                          {"said", said_shape()},
                          {"looks", said_shape()},
                          {"may", words()}};
  out["FavourItem"] = record_shape(favour);
  out["Favour"] = record_shape(with(favour, {{"files", files()}}));
  out["FavourPreview"] =
      object({{"power", nullable(decimal())}, {"before", decimal()}, {"within", boolean()}, {"superior", text()}});
  out["FavourTotal"] = object({{"staff", text()},
                               {"name", text()},
                               {"customer", text()},
                               {"customer_name", text()},
                               {"asked", integer()},
                               {"effective", integer()},
                               {"refused", integer()},
                               {"amount", decimal()}});
  out["FavourPowers"] = record_shape(
      {{"levels",
        list(object({{"name", text()}, {"positions", words()}, {"grades", words()}, {"amount", decimal()}}))},
       {"warnings", words()},
       {"said", said_shape()},
       {"may", words()}});
  out["Expense"] = record_shape(
      {{"expense", text()},      {"amount", decimal()},  {"with_whom", text()},  {"relation", text()},
       {"purpose", text()},      {"place", text()},      {"people", integer()},  {"event", text()},
       {"gift", text()},         {"logo", boolean()},    {"useful", boolean()},  {"quality", boolean()},
       {"limit", decimal()},     {"used", decimal()},    {"payable", decimal()}, {"over", decimal()},
       {"checked_name", text()}, {"said", said_shape()}, {"files", files()},     {"may", words()}});
  out["ExpenseLeft"] = object({{"expense", text()},
                               {"limit", decimal()},
                               {"used", decimal()},
                               {"left", decimal()},
                               {"own", described(boolean(), "set for this person")}});
  out["ExpenseLimit"] = object({{"staff", text()}, {"expense", text()}, {"limit", decimal()}, {"from", date()}});
  out["ExpenseTotal"] = object({{"staff", text()},
                                {"name", text()},
                                {"org_name", text()},
                                {"expense", text()},
                                {"count", integer()},
                                {"amount", decimal()},
                                {"payable", decimal()}});
}

void card_shapes(Schemas& out) {
  const SchemaRef paper =
      object({{"name", text()}, {"note", text()}, {"copies", integer()}, {"original", boolean()}});
  out["Product"] = record_shape({{"name", text()},
                                 {"business", text()},
                                 {"product_kind", text()},
                                 {"term", text()},
                                 {"rate", text()},
                                 {"conditions", text()},
                                 {"summary", text()},
                                 {"papers", list(paper)},
                                 {"difficult", words()},
                                 {"risks", words()},
                                 {"ask_org", text()},
                                 {"ask_person", text()},
                                 {"note", text()},
                                 {"ask_org_name", text()},
                                 {"ask_person_name", text()},
                                 {"published", boolean()},
                                 {"published_at", nullable(moment())},
                                 {"message", described(text(), "what to bring, for the customer")},
                                 {"said", said_shape()},
                                 {"may", words()}});
  out["ProductContact"] = record_shape({{"topics", text()}, {"hours", text()}, {"may_write", boolean()}});
  out["Consult"] =
      record_shape({{"consult", choice({"question", "problem", "handling"})},
                    {"who", text()},
                    {"text", text()},
                    {"answer", text()},
                    {"product", nullable(integer())},
                    {"help_org", text()},
                    {"help_org_name", text()},
                    {"help_person", text()},
                    {"helper", text()},
                    {"helper_name", text()},
                    {"missing", list(object({{"what", text()}, {"kind", text()}, {"done", boolean()}}))},
                    {"said", said_shape()},
                    {"late", boolean()},
                    {"may", words()}});
}

void advice_shapes(Schemas& out) {
  suggestion_shapes(out);
  survey_shapes(out);
  money_shapes(out);
  card_shapes(out);
}

}  // namespace guanhu::api
