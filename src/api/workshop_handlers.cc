// The indicator workshop: its endpoints and their shapes.
#include "api/handlers.h"
#include "api/shapes.h"
#include "api/workshop.h"

namespace guanhu::api {

namespace {

constexpr size_t kEdit = size_t{8} << 20;  // a table of 5,000 managers with every month of a year
constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

SchemaRef long_text() { return text(size_t{4} << 20); }
using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members somewhere() {
  SchemaRef article =
      optional(object({{"title", text(200)}, {"text", text(4000)}, {"locator", text(400)}}), {"locator"});
  return {{"path", described(text(200), "of something new: the document")},
          {"heading", described(integer(), "the line of the article's heading")},
          {"article", described(nullable(article), "instead: a new article at the end of the document")},
          {"text", described(text(4000), "prose that is to stand above the block")}};
}
const std::vector<std::string> kSomewhere = {"path", "heading", "article", "text"};

Members with_place(Members members) {
  for (auto& one : somewhere()) members.push_back(std::move(one));
  return members;
}
std::vector<std::string> and_place(std::vector<std::string> names) {
  names.insert(names.end(), kSomewhere.begin(), kSomewhere.end());
  return names;
}

SchemaRef edit_shape() {
  SchemaRef kind = choice({"measure", "indicator", "peer", "score", "scheme"});
  SchemaRef block = optional(
      object(with_place({{"kind", kind},
                         {"name", text(200)},
                         {"keys", described(open(object({})), "as the pack writes them; null takes one out")}})),
      and_place({}));
  SchemaRef remove =
      object({{"kind", choice({"measure", "indicator", "peer", "score", "scheme", "parameter", "target"})},
              {"name", text(200)}});
  SchemaRef parameter = optional(object(with_place({{"name", text(200)},
                                                    {"value", any()},
                                                    {"unit", text(40)},
                                                    {"from", nullable(date())},
                                                    {"note", text(2000)},
                                                    {"to_confirm", boolean()}})),
                                 and_place({"unit", "from", "note", "to_confirm"}));
  SchemaRef row = object({{"of", choice({"全行", "机构", "员工"})},
                          {"id", text(100)},
                          {"name", text(200)},
                          {"values", described(map(nullable(decimal())), "by period")}});
  SchemaRef target = optional(object(with_place({{"name", text(200)},
                                                 {"unit", text(40)},
                                                 {"periods", described(list(text(10)), "that the rows stand for")},
                                                 {"rows", list(row)}})),
                              and_place({}));
  SchemaRef rename = described(object({{"name", text(200)}, {"to", text(200)}}),
                               "a figure, and whatever names it in the documents of its pack");
  return optional(object({{"block", block},
                          {"remove", remove},
                          {"rename", rename},
                          {"parameter", parameter},
                          {"target", target}}),
                  {"block", "remove", "rename", "parameter", "target"});
}

void model_shapes(Schemas& out) {
  SchemaRef place = object({{"path", text()},
                            {"line", integer()},
                            {"end_line", integer()},
                            {"heading", integer()},
                            {"article", text()},
                            {"title", text()}});
  SchemaRef element = object({{"kind", text()},
                              {"name", text()},
                              {"place", place},
                              {"text", long_text()},
                              {"keys", described(any(), "as written; null: it cannot be read just now")}});
  SchemaRef level = nullable(object({{"rows", integer()}, {"sum", decimal()}}));
  SchemaRef stretch = object({{"period", text()}, {"bank", level}, {"organisations", level}, {"staff", level}});
  SchemaRef article = object({{"heading", integer()}, {"article", text()}, {"title", text(100'000)}});
  out["WorkshopModel"] = object(
      {{"draft", ref("PolicyDraft")},
       {"findings", list(ref("DraftFinding"))},
       {"documents", list(object({{"path", text()}, {"title", text(100'000)}, {"articles", list(article)}}))},
       {"elements", list(element)},
       {"figures",
        list(object(
            {{"kind", text()}, {"name", text()}, {"unit", text()}, {"own", boolean()}, {"article", text()}}))},
       {"parameters", list(open(ref("PolicyParameter")))},
       {"schemes", list(object({{"name", text()},
                                {"title", text()},
                                {"holders", text()},
                                {"periods", list(text())},
                                {"decided", described(boolean(), "a decision scores it")},
                                {"own", boolean()}}))},
       {"targets", list(object({{"name", text()}, {"unit", text()}, {"periods", list(stretch)}}))},
       {"goals",
        object(
            {{"links",
              list(object(
                  {{"figure", text()}, {"department", text()}, {"department_figure", text()}, {"goal", text()}}))},
             {"problem", described(maybe_text(), "why the pack's links cannot be read")}})},
       {"advice", list(object({{"scheme", text()}, {"figure", text()}, {"rule", text()}, {"text", text()}}))},
       {"builtins", list(object({{"name", text()}, {"signature", text()}}))}});
}

void fact_shapes(Schemas& out) {
  SchemaRef value = object({{"value", text()}, {"name", text()}, {"count", integer()}});
  SchemaRef column =
      object({{"name", text()},
              {"feed", text()},
              {"kind", choice({"text", "choice", "money", "rate", "quantity", "integer", "date", "boolean"})},
              {"choices", list(text())},
              {"summable", boolean()},
              {"values", described(list(value), "that there are, most frequent first")}});
  SchemaRef fact = object({{"name", text()},
                           {"feed", text()},
                           {"rows", nullable(integer())},
                           {"columns", list(column)},
                           {"aggregates", list(text())},
                           {"attributions", list(text())},
                           {"daily_rule", boolean()}});
  out["WorkshopFacts"] = object({{"facts", list(fact)},
                                 {"staff", described(list(column), "columns of who is appraised")},
                                 {"units", list(text())},
                                 {"reaches", list(text())},
                                 {"first_date", date()},
                                 {"last_date", date()}});
}

void trial_shapes_of_workshop(Schemas& out) {
  SchemaRef column = object({{"name", text()},
                             {"unit", text()},
                             {"kind", choice({"measure", "indicator", "peer", "score"})},
                             {"error", nullable(object({{"message", text(100'000)}, {"hint", text(100'000)}}))},
                             {"sum", amount()},
                             {"least", amount()},
                             {"most", amount()},
                             {"average", amount()},
                             {"without", nullable(integer())}});
  SchemaRef value = object({{"value", amount()}, {"reason", text(100'000)}, {"now", amount()}});
  SchemaRef row = object({{"holder", text()},
                          {"name", text()},
                          {"org_name", text()},
                          {"values", list(value)},
                          {"total", amount()},
                          {"total_reason", text(100'000)},
                          {"total_now", amount()},
                          {"grade", maybe_text()},
                          {"grade_now", maybe_text()},
                          {"place", nullable(integer())},
                          {"place_now", nullable(integer())}});
  SchemaRef values = object({{"trial", described(text(), "names what was tried, for its explanations")},
                             {"scheme", text()},
                             {"period", text()},
                             {"columns", list(column)},
                             {"rows", list(row)},
                             {"of", described(integer(), "holders in all")},
                             {"branches", list(object({{"org", text()}, {"name", text()}, {"count", integer()}}))},
                             {"total", boolean()},
                             {"present", described(boolean(), "the version in force has this scheme")}});
  SchemaRef refused =
      object({{"code", text()}, {"message", text(100'000)}, {"where", text(100'000)}, {"hint", text(100'000)}});
  out["WorkshopTrial"] = object({{"findings", list(ref("DraftFinding"))},
                                 {"block", described(long_text(), "as the edit would write it")},
                                 {"refused", nullable(refused)},
                                 {"values", nullable(values)},
                                 {"took_ms", integer()}});
  out["WorkshopEdit"] = described(edit_shape(), "one of these");
  out["WorkshopAsk"] = optional(object({{"edit", nullable(ref("WorkshopEdit"))},
                                        {"scheme", text(200)},
                                        {"period", text(10)},
                                        {"figures", list(text(200))},
                                        {"holders", list(text(100))},
                                        {"q", text(100)},
                                        {"limit", integer()}}),
                                {"edit", "scheme", "figures", "holders", "q", "limit"});
}

void target_shapes(Schemas& out) {
  SchemaRef asked =
      optional(object({{"of", choice({"全行", "机构", "员工"})},
                       {"id", text(100)},
                       {"value", amount()},
                       {"locked", boolean()},
                       {"share", described(amount(), "of what stands above it, put by hand: 0.05")}}),
               {"locked", "share"});
  out["WorkshopSplitAsk"] = optional(
      object({{"name", text(200)},
              {"unit", text(40)},
              {"period", text(10)},
              {"way", choice({"basis", "heads", "equal", "hand", "pattern"})},
              {"basis", described(text(200), "a measure: by its figures")},
              {"basis_period", text(10)},
              {"scheme", described(text(200), "whose holders; else every manager")},
              {"parts",
               described(choice({"", "half-year", "quarter", "month"}), "into which a year is split further")},
              {"seasons", described(boolean(), "parts go by last year's, also by hand")},
              {"nodes", list(asked)}}),
      {"basis", "basis_period", "scheme", "parts", "seasons", "nodes"});
  SchemaRef node =
      object({{"of", text()},
              {"id", text()},
              {"name", text()},
              {"parent", integer()},
              {"basis", amount()},
              {"locked", boolean()},
              {"share", amount()},
              {"without", described(boolean(), "by pattern: had nothing a year before, waits for a share")},
              {"value", amount()},
              {"difference", described(amount(), "what it has more than those below it")},
              {"parts", map(decimal())}});
  SchemaRef apart = object({{"of", text()},
                            {"id", text()},
                            {"name", text()},
                            {"whole", text()},
                            {"parts", text()},
                            {"difference", decimal()}});
  out["WorkshopSplit"] = object({{"name", text()},
                                 {"period", text()},
                                 {"scale", integer()},
                                 {"nodes", list(node)},
                                 {"notes", list(text())},
                                 {"basis_period", described(text(), "what it was measured by")},
                                 {"periods", described(list(apart), "years that their parts do not add up to")}});
  SchemaRef row = object({{"of", text()}, {"id", text()}, {"name", text()}, {"values", map(decimal())}});
  out["WorkshopTargets"] =
      object({{"periods", list(text())},
              {"rows", list(row)},
              {"wrong", list(object({{"row", integer()}, {"value", text(100'000)}, {"message", text()}}))}});
}

using Handler = Outcome (*)(Services&, const Call&);
Endpoint endpoint(const char* method, const char* path, const char* summary, std::vector<Parameter> parameters,
                  SchemaRef input, SchemaRef output, Handler handler) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = people::Permission::policy_draft,
          .parameters = std::move(parameters),
          .input = std::move(input),
          .output = std::move(output),
          .handler = handler,
          .body_limit = kEdit};
}

}  // namespace

void workshop_shapes(Schemas& out) {
  model_shapes(out);
  fact_shapes(out);
  trial_shapes_of_workshop(out);
  target_shapes(out);
}

Table workshop_endpoints() {
  Table out = {
      endpoint("GET", "/workshop/facts", "what the bank's data offer a measure, with counts", {}, nullptr,
               ref("WorkshopFacts"), show_workshop_facts),
      endpoint("GET", "/policy-drafts/{id}/workshop", "the indicators of a draft, as forms show them", {}, nullptr,
               ref("WorkshopModel"), show_workshop),
      endpoint("PUT", "/policy-drafts/{id}/workshop",
               "writes a block, a parameter or targets back into its document", {},
               object({{"revision", integer()}, {"edit", ref("WorkshopEdit")}}), ref("DraftChange"),
               change_workshop),
      endpoint("POST", "/policy-drafts/{id}/workshop/try",
               "values on the facts of a period, as the draft is, or as an edit would make it", {},
               ref("WorkshopAsk"), ref("WorkshopTrial"), try_workshop),
      endpoint("POST", "/policy-drafts/{id}/workshop/try.xlsx", "the same of everybody, as a workbook", {},
               ref("WorkshopAsk"), nullptr, try_workshop_file),
      endpoint("GET", "/policy-drafts/{id}/workshop/explain", "the tree under a value that was tried",
               {{"holder", text(100), true},
                {"figure", text(200), true},
                {"period", text(10), true},
                {"scheme", text(200)},
                {"trial", text(40)},
                {"limit", integer()}},
               nullptr, ref("ExplainNode"), explain_workshop),
      endpoint("POST", "/policy-drafts/{id}/workshop/targets/split",
               "targets from the bank to its managers: as they stand, or split down", {}, ref("WorkshopSplitAsk"),
               ref("WorkshopSplit"), split_targets),
      endpoint("POST", "/policy-drafts/{id}/workshop/targets/read",
               "reads targets from a workbook or CSV; keeps nothing", {}, nullptr, ref("WorkshopTargets"),
               read_targets),
      endpoint("GET", "/policy-drafts/{id}/workshop/targets.xlsx", "targets as a workbook, to be filled in",
               {{"name", text(200), true}, {"period", text(10)}, {"scheme", text(200)}}, nullptr, nullptr,
               targets_file)};
  for (Endpoint& one : out) {
    if (one.path.ends_with(".xlsx")) one.produces = kXlsx;
    if (one.path.ends_with("/read")) one.accepts = "application/octet-stream";
  }
  return out;
}

}  // namespace guanhu::api
