// Shapes of the library of rules: packs, articles, blocks and what stands in them.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef texts() { return list(text()); }
SchemaRef kind_of(std::vector<std::string> kinds) { return choice(std::move(kinds)); }
SchemaRef source() { return text(1'000'000); }

void type_shapes(Schemas& out) {
  SchemaRef bound = nullable(object({{"value", any()}, {"included", boolean()}}));
  out["PolicyType"] = object({{"text", described(text(100'000), "as an author writes it: \"元 >= 0\"")},
                              {"kind", choice({"any", "boolean", "number", "string", "date", "time", "date_time",
                                               "days_duration", "months_duration", "list", "context"})},
                              {"name", described(text(), "of the type block that says it")},
                              {"nullable", boolean()},
                              {"unit", text()},
                              {"integer", boolean()},
                              {"low", bound},
                              {"high", bound},
                              {"words", described(texts(), "the only texts allowed, in their order; empty: any")},
                              {"element", nullable(ref("PolicyType"))},
                              {"members", list(ref("PolicyField"))}});
  out["PolicyField"] = object({{"name", text()},
                               {"type", ref("PolicyType")},
                               {"optional", boolean()},
                               {"otherwise", described(any(), "what it is when it is left out")},
                               {"hint", text()}});
}

void body_shapes(Schemas& out) {
  SchemaRef maybe_type = nullable(ref("PolicyType"));
  SchemaRef row = object({{"tests", described(list(source()), "one for each input; \"-\" is anything")},
                          {"results", list(source())},
                          {"rules", texts()},
                          {"article", text()},
                          {"note", text()},
                          {"line", integer()}});
  out["PolicyTable"] =
      object({{"policy", choice({"unique", "any", "priority", "first", "rule_order", "output_order", "collect"})},
              {"aggregation", choice({"none", "sum", "min", "max", "count"})},
              {"line", integer()},
              {"inputs", list(object({{"expression", source()},
                                      {"condition", described(boolean(), "its cells are whole conditions")},
                                      {"type", maybe_type}}))},
              {"outputs", list(object({{"name", text()}, {"type", maybe_type}}))},
              {"rows", list(row)}});
  out["PolicyBody"] =
      object({{"kind", choice({"formula", "table", "steps", "gate"})},
              {"result", described(nullable(integer()),
                                   "index of the step that is the result; null: all that are no helpers")},
              {"steps", list(object({{"name", text()},
                                     {"helper", boolean()},
                                     {"type", maybe_type},
                                     {"formula", source()},
                                     {"line", integer()},
                                     {"table", nullable(ref("PolicyTable"))}}))}});
  SchemaRef dated = object({{"value", any()}, {"from", nullable(date())}, {"to", nullable(date())}});
  out["PolicyParameter"] =
      object({{"name", text()},
              {"unit", text()},
              {"decision", described(text(), "the one decision whose own it is; \"\" the pack's")},
              {"values", described(list(dated), "oldest first")},
              {"to_confirm", described(boolean(), "no text gives it: the bank must confirm it")},
              {"note", source()},
              {"line", integer()},
              {"article", text()},
              {"article_id", described(maybe_text(), "null: of another pack")},
              {"pack", text()}});
}

void decision_shapes(Schemas& out) {
  SchemaRef argument = object({{"input", text()}, {"formula", source()}});
  out["PolicyDecision"] = object(
      {{"kind", kind_of({"decision"})},
       {"id", text()},
       {"title", text()},
       {"question", text()},
       {"inputs", list(ref("PolicyField"))},
       {"output", nullable(ref("PolicyType"))},
       {"requires",
        list(object({{"name", text()}, {"pack", text()}, {"decision", text()}, {"arguments", list(argument)}}))},
       {"refusals", list(object({{"message", text()}, {"condition", source()}, {"input", text()}}))},
       {"body", ref("PolicyBody")},
       {"cases", integer()}});
  out["PolicyFunction"] = object({{"kind", kind_of({"function"})},
                                  {"name", text()},
                                  {"title", text()},
                                  {"signature", text()},
                                  {"parameters", list(ref("PolicyField"))},
                                  {"output", nullable(ref("PolicyType"))},
                                  {"body", ref("PolicyBody")}});
  out["PolicyCase"] = object({{"decision", text()},
                              {"document", text()},
                              {"line", integer()},
                              {"note", source()},
                              {"input", any()},
                              {"on", nullable(date())},
                              {"expected", any()},
                              {"refused", described(boolean(), "a refusal is expected")},
                              {"refused_at", described(text(), "because of this input; \"\" any")},
                              {"outcome", choice({"right", "wrong"})},
                              {"got", described(any(), "what came out; null when it was refused")},
                              {"message", described(source(), "what is wrong, or why it was refused")}});
  out["PolicyUse"] = object({{"kind", text()},
                             {"pack", text()},
                             {"name", text()},
                             {"title", text()},
                             {"article", text()},
                             {"article_id", maybe_text()},
                             {"as", choice({"requires", "gate", "conclusion", "formula", "type", "figure"})}});
}

void decision_whole_shape(Schemas& out) {
  SchemaRef place = object({{"id", maybe_text()},
                            {"article", text()},
                            {"title", text()},
                            {"document", text()},
                            {"line", integer()},
                            {"locator", source()},
                            {"text", source()}});
  out["PolicyDecisionWhole"] = object(
      {{"pack", text()},
       {"pack_title", text()},
       {"version", text()},
       {"hash", text()},
       {"article", place},
       {"decision", ref("PolicyDecision")},
       {"source", source()},
       {"line", integer()},
       {"end_line", integer()},
       {"rules", texts()},
       {"parameters", described(list(ref("PolicyParameter")), "those it names")},
       {"functions", list(object({{"pack", text()}, {"name", text()}, {"title", text()}, {"signature", text()}}))},
       {"cases", list(ref("PolicyCase"))},
       {"used_by", list(ref("PolicyUse"))}});
}

void work_block_shapes(Schemas& out) {
  out["PolicyChecklist"] = object({{"kind", kind_of({"checklist"})},
                                   {"id", text()},
                                   {"title", text()},
                                   {"items", list(ref("PolicyField"))},
                                   {"conclusion", described(text(), "the decision asked with the answers")}});
  out["PolicyDuty"] = object({{"kind", kind_of({"duty"})},
                              {"id", text()},
                              {"title", text()},
                              {"subject", text()},
                              {"where", source()},
                              {"due", source()},
                              {"lead", text()},
                              {"who", text()},
                              {"escalations", list(object({{"after", text()}, {"to", text()}}))},
                              {"checklist", text()}});
  out["PolicyNotice"] = object({{"kind", kind_of({"notice"})},
                                {"id", text()},
                                {"title", text()},
                                {"subject", text()},
                                {"where", source()},
                                {"when", source()},
                                {"to", texts()},
                                {"channel", text()},
                                {"text", source()}});
  SchemaRef step = object({{"name", text()},
                           {"roles", texts()},
                           {"people", integer()},
                           {"condition", source()},
                           {"deadline", text()},
                           {"gate", described(text(), "a decision that must let it pass")},
                           {"form", text()}});
  out["PolicyProcess"] = object({{"kind", kind_of({"process"})},
                                 {"id", text()},
                                 {"title", text()},
                                 {"subject", text()},
                                 {"inputs", list(ref("PolicyField"))},
                                 {"steps", list(step)},
                                 {"separate", list(texts())}});
  out["PolicyFigure"] = object({{"kind", kind_of({"measure", "indicator", "score", "peer"})},
                                {"name", text()},
                                {"unit", text()},
                                {"formula", source()},
                                {"inputs", texts()}});
}

void people_block_shapes(Schemas& out) {
  SchemaRef level = object({{"name", text()}, {"mark", text()}});
  SchemaRef entry = object({{"name", text()},
                            {"content", source()},
                            {"standard", source()},
                            {"full", text()},
                            {"levels", list(level)},
                            {"may_skip", boolean()},
                            {"rules", texts()}});
  out["PolicyForm"] =
      object({{"kind", kind_of({"form"})},
              {"id", text()},
              {"title", text()},
              {"note", source()},
              {"items", list(object({{"name", text()}, {"weight", text()}, {"entries", list(entry)}}))}});
  SchemaRef fact = object({{"name", text()},
                           {"hint", source()},
                           {"type", ref("PolicyType")},
                           {"of", choice({"staff", "customer", "loan", "organisation", "bank"})},
                           {"by_period", boolean()},
                           {"otherwise", any()},
                           {"by", texts()}});
  out["PolicyFacts"] = object({{"kind", kind_of({"fact"})}, {"facts", list(fact)}});
  SchemaRef gate =
      object({{"reason", text()}, {"condition", source()}, {"leaves_out", boolean()}, {"grade", text()}});
  out["PolicyScheme"] =
      object({{"kind", kind_of({"scheme"})},
              {"name", text()},
              {"title", text()},
              {"holders", text()},
              {"holder_filter", source()},
              {"periods", texts()},
              {"figures", texts()},
              {"items", list(object({{"score", text()}, {"weight", text()}}))},
              {"grades", list(object({{"grade", text()}, {"at_least", text()}}))},
              {"decision", described(text(), "the decision that scores its holders; else empty")},
              {"sources", list(object({{"input", text()}, {"formula", source()}}))},
              {"gates", list(gate)}});
  out["PolicyList"] = object({{"kind", kind_of({"list"})},
                              {"name", text()},
                              {"of", described(text(), "the measure its things come from")},
                              {"group", text()},
                              {"sample", described(text(), "the parameter that says how many are drawn")},
                              {"seed", text()},
                              {"parts", list(object({{"name", text()}, {"formula", source()}}))}});
}

void element_shapes(Schemas& out) {
  people_block_shapes(out);
  out["PolicyParameters"] =
      object({{"kind", kind_of({"parameter"})}, {"parameters", list(ref("PolicyParameter"))}});
  out["PolicyNamedType"] =
      object({{"kind", kind_of({"type"})}, {"name", text()}, {"title", text()}, {"type", ref("PolicyType")}});
  out["PolicyJudgement"] = object({{"kind", kind_of({"judgement"})}, {"why", source()}});
  out["PolicyOpen"] = object({{"kind", kind_of({"open"})}, {"question", source()}, {"chosen", source()}});
  out["PolicyCases"] = object({{"kind", kind_of({"case"})}, {"decision", text()}, {"cases", integer()}});
  std::vector<SchemaRef> kinds;
  for (const char* name :
       {"PolicyDecision", "PolicyFunction", "PolicyParameters", "PolicyNamedType", "PolicyJudgement", "PolicyOpen",
        "PolicyCases", "PolicyChecklist", "PolicyDuty", "PolicyNotice", "PolicyProcess", "PolicyFigure",
        "PolicyForm", "PolicyFacts", "PolicyList", "PolicyScheme"})
    kinds.push_back(ref(name));
  out["PolicyElement"] = either(std::move(kinds));
}

void article_shapes(Schemas& out) {
  out["PolicyBlock"] = object({{"kind", text()},
                               {"name", text(100'000)},
                               {"title", text()},
                               {"line", integer()},
                               {"end_line", integer()},
                               {"source", source()},
                               {"rules", texts()},
                               {"text", described(source(), "the prose right above it, behind other blocks")},
                               {"element", nullable(ref("PolicyElement"))}});
  out["PolicyArticle"] =
      object({{"id", text()},
              {"article", text()},
              {"title", text()},
              {"document", text()},
              {"line", integer()},
              {"level", described(integer(), "of its heading")},
              {"parent", described(maybe_text(), "the heading that holds it")},
              {"state", choice({"executable", "judgement", "open", "parameters", "none", "chapter"})},
              {"locator", source()},
              {"text", source()},
              {"rules", texts()},
              {"blocks", list(ref("PolicyBlock"))},
              {"rest", described(source(), "the prose behind the last block")}});
}

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef states(Members more = {}) {
  Members out = std::move(more);
  for (const char* state : {"executable", "judgement", "open", "parameters", "none"})
    out.emplace_back(state, integer());
  return object(std::move(out));
}

Members head_members() {
  Members counts;
  for (const char* name : {"documents", "articles", "decisions", "functions", "types", "parameters", "to_confirm",
                           "cases", "measures", "indicators", "scores", "schemes", "checklists", "duties",
                           "notices", "processes", "judgements", "opens"})
    counts.emplace_back(name, integer());
  return {{"id", text()},
          {"title", text()},
          {"institution", described(text(), "whose rules they are")},
          {"version", text()},
          {"hash", text()},
          {"from", nullable(date())},
          {"to", nullable(date())},
          {"sources", list(object({{"document", text()}, {"title", text()}}))},
          {"imports", texts()},
          {"extends", texts()},
          {"counts", nullable(object(std::move(counts)))},
          {"coverage", described(nullable(states()), "articles of each state")},
          {"rules", described(integer(), "of the catalogue that its blocks obey")}};
}

void pack_shapes(Schemas& out) {
  Members brief = head_members(), whole = head_members();
  brief.emplace_back("problem",
                     described(nullable(text(100'000)), "why it cannot be read; then nothing else is set"));
  brief.emplace_back("active", described(nullable(object({{"version", integer()}, {"from", date()}})),
                                         "the version in force; null: the pack as it is installed"));
  out["PolicyBrief"] = object(std::move(brief));
  whole.emplace_back("schemes", list(object({{"scheme", text()}, {"title", text()}})));
  whole.emplace_back(
      "documents",
      list(object({{"path", text()}, {"title", text()}, {"locator", source()}, {"articles", integer()}})));
  whole.emplace_back(
      "inherited",
      described(list(object({{"pack", text()}, {"kind", text()}, {"name", text()}, {"title", text()}})),
                "what it takes over from the packs it extends"));
  whole.emplace_back("articles", list(ref("PolicyArticle")));
  out["Policy"] = object(std::move(whole));
  SchemaRef covered = object({{"id", maybe_text()},
                              {"article", text()},
                              {"title", text()},
                              {"line", integer()},
                              {"state", choice({"executable", "judgement", "open", "parameters", "none"})},
                              {"rules", texts()},
                              {"executable", integer()},
                              {"parameters", integer()},
                              {"judgements", integer()},
                              {"opens", integer()}});
  Members document = states({{"document", text()}, {"title", text()}})->members;
  document.emplace_back("articles", list(covered));
  out["PolicyCoverage"] = object({{"documents", list(object(std::move(document)))}});
  out["PolicyHit"] = object({{"pack", text()},
                             {"pack_title", text()},
                             {"kind", text()},
                             {"name", text()},
                             {"title", text()},
                             {"article", text()},
                             {"article_id", text()},
                             {"document", text()},
                             {"line", integer()},
                             {"rules", texts()},
                             {"snippet", text()}});
  out["PolicyOpenPoint"] = object({{"pack", text()},
                                   {"kind", choice({"to_confirm", "open", "judgement"})},
                                   {"name", text()},
                                   {"text", source()},
                                   {"chosen", source()},
                                   {"value", any()},
                                   {"unit", text()},
                                   {"document", text()},
                                   {"line", integer()},
                                   {"article", text()},
                                   {"article_id", maybe_text()}});
}

}  // namespace

void policy_shapes(Schemas& out) {
  type_shapes(out);
  body_shapes(out);
  decision_shapes(out);
  decision_whole_shape(out);
  work_block_shapes(out);
  element_shapes(out);
  article_shapes(out);
  pack_shapes(out);
}

}  // namespace guanhu::api
