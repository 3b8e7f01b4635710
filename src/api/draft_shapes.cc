// Shapes of drafts.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef source() { return text(size_t{4} << 20); }
using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members draft_members() {
  return {{"id", integer()},
          {"pack", text()},
          {"title", text()},
          {"state", choice({"open", "submitted", "discarded"})},
          {"base", object({{"kind", choice({"installed", "version", "new"})},
                           {"version", nullable(integer())},
                           {"label", text()},
                           {"hash", text()}})},
          {"note", text()},
          {"revision", described(integer(), "every change names the one it was made on")},
          {"made_at", moment()},
          {"made_by", text()},
          {"changed_at", moment()},
          {"changed_by", text()},
          {"editors", described(list(text()), "none of them may approve what becomes of it")},
          {"problems", integer()},
          {"cases", integer()},
          {"failed", described(integer(), "cases that come out otherwise; not asked while there are problems")},
          {"version", described(nullable(integer()), "that it became")},
          {"here", described(list(ref("DraftVisitor")), "who looks at it just now")}};
}

void work_shapes_of_drafts(Schemas& out) {
  out["DraftVisitor"] =
      object({{"login", text()}, {"name", text()}, {"path", text()}, {"line", integer()}, {"since", moment()}});
  out["PolicyDraft"] = object(draft_members());
  out["DraftFinding"] = object({{"where", text(100'000)},
                                {"path", text(100'000)},
                                {"line", integer()},
                                {"column", integer()},
                                {"code", text()},
                                {"message", text(100'000)},
                                {"hint", text(100'000)},
                                {"excerpt", described(source(), "the line, and a caret below")}});
  Members whole = draft_members();
  whole.emplace_back(
      "files",
      list(object({{"path", text()}, {"document", boolean()}, {"bytes", integer()}, {"changed", boolean()}})));
  whole.emplace_back("findings", list(ref("DraftFinding")));
  whole.emplace_back("remains", described(list(ref("PolicyOpenPoint")), "what it leaves to the bank"));
  out["PolicyDraftWhole"] = object(std::move(whole));
  out["DraftCases"] =
      object({{"right", integer()},
              {"wrong", integer()},
              {"cases", described(list(ref("PolicyCase")), "after a change those that are wrong")}});
  SchemaRef block = object({{"kind", text()}, {"name", text()}, {"line", integer()}, {"end_line", integer()}});
  out["DraftDocument"] = object({{"path", text()},
                                 {"text", source()},
                                 {"revision", integer()},
                                 {"base_text", described(nullable(source()), "null: it is new")},
                                 {"blocks", list(block)}});
  out["DraftChange"] = object({{"draft", ref("PolicyDraft")},
                               {"findings", list(ref("DraftFinding"))},
                               {"cases", ref("DraftCases")},
                               {"document", ref("DraftDocument")},
                               {"also", described(list(text()), "other documents that went with it")}});
}

void edit_shapes(Schemas& out) {
  SchemaRef row = optional(object({{"old", described(integer(), "the row it was; -1: a new one")},
                                   {"tests", list(text(100'000))},
                                   {"results", list(text(100'000))},
                                   {"rules", list(text())},
                                   {"article", text()},
                                   {"note", text()}}),
                           {"rules", "article", "note"});
  SchemaRef table = optional(
      object({{"step", text()},
              {"policy", choice({"unique", "any", "priority", "first", "rule_order", "output_order", "collect"})},
              {"aggregation", choice({"none", "sum", "min", "max", "count"})},
              {"rows", list(row)}}),
      {"step", "policy", "aggregation"});
  SchemaRef parameter =
      optional(object({{"name", text(200)},
                       {"value", any()},
                       {"unit", text()},
                       {"from", described(nullable(date()), "null: the newest value is put right")},
                       {"note", text()},
                       {"to_confirm", boolean()}}),
               {"unit", "from", "note", "to_confirm"});
  SchemaRef key = object({{"key", text(100)}, {"value", described(any(), "null: the key is taken out")}});
  SchemaRef edit =
      optional(object({{"source", source()},
                       {"keys", list(key)},
                       {"formula", optional(object({{"step", text()}, {"text", source()}}), {"step"})},
                       {"table", table},
                       {"parameter", parameter}}),
               {"source", "keys", "formula", "table", "parameter"});
  out["DraftBlockEdit"] = object({{"revision", integer()},
                                  {"path", text(200)},
                                  {"line", described(integer(), "of the block")},
                                  {"edit", described(edit, "one of these")}});
  out["DraftNewCase"] = optional(object({{"revision", integer()},
                                         {"decision", text(200)},
                                         {"input", open(object({}))},
                                         {"on", nullable(date())},
                                         {"note", text(500)},
                                         {"expected", described(any(), "else what comes out now")}}),
                                 {"on", "note", "expected"});
  SchemaRef override = optional(object({{"pack", text(200)},
                                        {"name", text(200)},
                                        {"decision", text(200)},
                                        {"value", any()},
                                        {"from", date()},
                                        {"note", text(2000)}}),
                                {"decision", "from", "note"});
  out["PolicyComposition"] = object(
      {{"id", text(60)},
       {"title", text(200)},
       {"from", described(date(), "its first day")},
       {"packs", described(list(text(200)),
                           "whole, or documents as PACK/FILE.md; what the first says goes before the rest")},
       {"parameters", list(override)},
       {"note", text(2000)}});
}

void names_shape(Schemas& out) {
  SchemaRef named = object({{"name", text()}, {"type", text(100'000)}, {"hint", text(100'000)}});
  out["DraftNames"] = object(
      {{"inputs", list(named)},
       {"parameters", list(named)},
       {"steps", list(named)},
       {"requires", list(named)},
       {"functions", list(object({{"name", text()}, {"signature", text()}, {"title", text()}, {"pack", text()}}))},
       {"builtins", list(object({{"name", text()}, {"signature", text()}}))},
       {"types", list(object({{"name", text()}, {"type", text(100'000)}}))},
       {"decisions", list(object({{"name", text()}, {"title", text()}}))},
       {"words", list(text())}});
}

}  // namespace

void draft_shapes(Schemas& out) {
  work_shapes_of_drafts(out);
  edit_shapes(out);
  names_shape(out);
}

}  // namespace guanhu::api
