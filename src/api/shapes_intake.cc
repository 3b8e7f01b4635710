// Own fields of customers, cards, prospects, bulk imports; what a customer's page shows beside accounts.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

void field_shapes(Schemas& out) {
  const auto field = [](bool listed) {
    std::vector<std::pair<std::string, SchemaRef>> members = {
        {"id", integer()},        {"version", integer()},
        {"title", text()},        {"type", choice({"text", "number", "date", "choice", "choices", "yes_no"})},
        {"unit", text()},         {"of", choice({"person", "company", "all"})},
        {"hint", text()},         {"required", boolean()},
        {"sensitive", boolean()}, {"retired", boolean()},
        {"expires", boolean()},   {"choices", list(text())},
        {"roles", list(text())},  {"place", integer()},
        {"changed_at", moment()}, {"changed_by", text()}};
    if (listed) {
      members.push_back(
          {"values", described(nullable(integer()), "customers that have one; for who defines fields")});
      members.push_back({"seen", boolean()});
    }
    return object(std::move(members));
  };
  out["CustomerField"] = field(true);
  out["CardField"] = field(false);
  const auto file = object({{"digest", text()},
                            {"name", text()},
                            {"type", text()},
                            {"size", integer()},
                            {"at", moment()},
                            {"by", text()}});
  out["CustomerCard"] = object(
      {{"card",
        nullable(record_shape({{"changed_name", text()}, {"body", open(object({}))}, {"files", list(file)}}))},
       {"may_write", boolean()},
       {"members", list(object({{"name", text()},
                                {"title", text()},
                                {"hint", text()},
                                {"type", choice({"text", "number", "lat", "lon"})},
                                {"longest", integer()},
                                {"sensitive", boolean()}}))},
       {"fields", list(ref("CardField"))}});
  out["Prospect"] =
      record_shape({{"body", open(object({}))},
                    {"became", described(maybe_text(), "the customer with the same number, when seen")},
                    {"became_name", maybe_text()},
                    {"is_customer", boolean()},
                    {"may_write", boolean()}});
  out["CustomerView"] = record_shape({{"query", map(text())}, {"columns", list(text())}, {"shared", boolean()}});
}

void import_shapes(Schemas& out) {
  out["CustomerImport"] =
      record_shape({{"body", open(object({{"what", choice({"cards", "prospects", "relations"})},
                                          {"file", text()},
                                          {"head", list(text())},
                                          {"columns", list(text())},
                                          {"rows", integer()},
                                          {"counts", object({{"new", integer()},
                                                             {"changed", integer()},
                                                             {"same", integer()},
                                                             {"refused", integer()}})}}))},
                    {"unmapped", described(maybe_text(), "why the columns do not do; null: they do")},
                    {"may_perform", boolean()},
                    {"may_undo", boolean()}});
  out["ImportColumns"] =
      object({{"columns", list(object({{"name", text()},
                                       {"title", text()},
                                       {"hint", text()},
                                       {"required", boolean()},
                                       {"choices", list(text())}}))},
              {"mappings", list(object({{"name", text()}, {"made_at", moment()}, {"made_by", text()}}))}});
  out["ImportRow"] =
      object({{"line", integer()},
              {"subject", text()},
              {"name", text()},
              {"outcome", choice({"new", "changed", "same", "refused"})},
              {"said", list(object({{"column", text()},
                                    {"cell", text()},
                                    {"message", described(maybe_text(), "what is wrong; null: a change")},
                                    {"before", text()},
                                    {"after", text()}}))},
              {"record", nullable(integer())},
              {"undone", described(maybe_text(), "\"done\", or why it was kept")}});
}

void page_shapes(Schemas& out) {
  out["CustomerEvent"] = object({{"day", date()},
                                 {"at", nullable(moment())},
                                 {"group", text()},
                                 {"what", text()},
                                 {"values", map(text())},
                                 {"link", maybe_text()},
                                 {"record", nullable(integer())}});
  out["CustomerContribution"] = object({{"figure", text()},
                                        {"unit", text()},
                                        {"then", described(maybe_text(), "what follows from the figure")},
                                        {"holder", text()},
                                        {"holder_name", text()},
                                        {"value", decimal()},
                                        {"parts", list(object({{"subject", text()}, {"value", amount()}}))}});
  const auto warning =
      object({{"what", text()}, {"level", text()}, {"day", nullable(date())}, {"values", map(text())}});
  out["CustomerWarnings"] =
      object({{"items", list(warning)}, {"coming", list(warning)}, {"tasks", list(ref("Todo"))}});
  out["CustomerWritten"] = record_shape({{"kind_title", text()}, {"page", text()}});
  out["CustomerDocument"] = object({{"digest", text()},
                                    {"name", text()},
                                    {"type", text()},
                                    {"size", integer()},
                                    {"at", moment()},
                                    {"by", text()},
                                    {"of", text()},
                                    {"kind_title", text()},
                                    {"page", text()}});
}

}  // namespace

void intake_shapes(Schemas& out) {
  field_shapes(out);
  import_shapes(out);
  page_shapes(out);
}

}  // namespace guanhu::api
