// Queries, views, exports.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef filters() {
  return list(optional(object({{"column", text(40)}, {"op", text(40)}, {"values", list(text(200))}}), {"values"}));
}

void spec_shape(Schemas& out) {
  out["QuerySpec"] = optional(
      object(
          {{"source", text(40)},
           {"columns", described(list(text(40)), "of rows; none: those the source shows first")},
           {"filters", filters()},
           {"group", described(list(text(60)), "columns; of days also :month, :quarter, :year; :bands")},
           {"sums", list(object({{"column", text(40)}, {"what", choice({"sum", "average", "least", "most"})}}))},
           {"sort", list(optional(object({{"column", text(60)}, {"down", boolean()}}), {"down"}))},
           {"day", described(nullable(text(10)), "as of; null: the latest business date")},
           {"scheme", text(200)},
           {"period", text(20)}}),
      {"columns", "filters", "group", "sums", "sort", "day", "scheme", "period"});
}

void report_shapes(Schemas& out) {
  out["ReadyReport"] = object({{"id", text()},
                               {"title", text()},
                               {"about", text()},
                               {"rules", text()},
                               {"spec", ref("QuerySpec")},
                               {"weekly", described(boolean(), "the pack puts it before the asker's role")}});
  out["ReportView"] = record_shape({{"spec", ref("QuerySpec")},
                                    {"about", text()},
                                    {"every", choice({"", "day", "week", "month"})},
                                    {"format", choice({"", "xlsx", "csv"})},
                                    {"roles", list(text())},
                                    {"orgs", list(text())}});
  out["Reports"] = object({{"ready", list(ref("ReadyReport"))},
                           {"own", list(ref("ReportView"))},
                           {"shared", list(ref("ReportView"))},
                           {"sources", list(text())},
                           {"business_date", date()}});
  const SchemaRef named = object({{"id", text()}, {"name", text()}});
  out["QueryColumn"] = object({{"name", text()},
                               {"title", text()},
                               {"type", text()},
                               {"unit", text()},
                               {"words", list(object({{"code", text()}, {"text", text()}}))},
                               {"ops", list(object({{"name", text()}, {"title", text()}, {"values", integer()}}))},
                               {"adds", boolean()},
                               {"bands", boolean()},
                               {"personal", boolean()}});
  out["ReportSources"] = object({{"items", list(object({{"name", text()},
                                                        {"title", text()},
                                                        {"about", text()},
                                                        {"appraisal", boolean()},
                                                        {"columns", list(ref("QueryColumn"))},
                                                        {"shown", list(text())}}))},
                                 {"staff", list(object({{"id", text()}, {"name", text()}, {"org", text()}}))},
                                 {"orgs", list(named)},
                                 {"last_date", date()}});
}

}  // namespace

void query_shapes(Schemas& out) {
  spec_shape(out);
  report_shapes(out);
  out["QueryPage"] = object(
      {{"title", text()},
       {"source", text()},
       {"spec", ref("QuerySpec")},
       {"said", described(text(), "the conditions in words")},
       {"day", date()},
       {"last_date", date()},
       {"grouped", boolean()},
       {"columns", list(object({{"name", text()},
                                {"title", text()},
                                {"unit", text()},
                                {"type", text()},
                                {"number", boolean()},
                                {"sorts", boolean()},
                                {"figure", described(text(), "what an explanation knows it as; empty: none")}}))},
       {"items",
        list(object({{"cells", list(any())},
                     {"link", described(text(), "a page of the client; empty: none")},
                     {"row", described(text(), "DATE/FILE/LINE of the extract; empty: none")},
                     {"holder", text()},
                     {"into", described(filters(), "conditions that lead to the rows behind a group")}}))},
       {"totals", list(any())},
       {"total", integer()},
       {"page", integer()},
       {"page_size", integer()}});
  out["Export"] =
      object({{"id", integer()},
              {"login", text()},
              {"own", boolean()},
              {"title", text()},
              {"source", text()},
              {"format", text()},
              {"view", nullable(integer())},
              {"said", text()},
              {"spec", described(nullable(ref("QuerySpec")), "of one's own: what to ask again")},
              {"lost", described(text(), "of one file: why it is no longer given; empty: it is")},
              {"state", choice({"waiting", "running", "done", "failed", "cancelled", "interrupted", "expired"})},
              {"job", maybe_text()},
              {"done", integer()},
              {"of", integer()},
              {"progress", text()},
              {"rows", integer()},
              {"bytes", integer()},
              {"digest", text()},
              {"totals", list(object({{"title", text()}, {"value", text()}}))},
              {"business_date", text()},
              {"made_at", moment()},
              {"ended_at", nullable(moment())},
              {"expires_on", nullable(date())},
              {"message", text()},
              {"scheduled", boolean()},
              {"taken", integer()}});
}

}  // namespace guanhu::api
