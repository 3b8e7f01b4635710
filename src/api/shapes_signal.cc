// Data of other systems of the bank.
#include "api/signal_desk.h"

namespace guanhu::api {

namespace {

void system_shapes(Schemas& out) {
  const auto column = object(
      {{"name", text()}, {"title", text()}, {"hint", text()}, {"required", boolean()}, {"choices", list(text())}});
  out["OutsideSystem"] = object({{"id", text()},
                                 {"title", text()},
                                 {"does", described(text(), "what becomes of its rows, a word of the pack")},
                                 {"brings", text()},
                                 {"columns", list(column)},
                                 {"rows", described(integer(), "in reach")},
                                 {"open", described(integer(), "of these that want a finding")},
                                 {"last", nullable(date())}});
  out["OutsideSystems"] =
      object({{"systems", list(ref("OutsideSystem"))}, {"today", date()}, {"may_manage", boolean()}});
  out["Signal"] = object({{"id", integer()},
                          {"system", text()},
                          {"system_title", text()},
                          {"does", text()},
                          {"key", text()},
                          {"customer", text()},
                          {"customer_name", text()},
                          {"org", text()},
                          {"org_name", text()},
                          {"staff", text()},
                          {"staff_name", text()},
                          {"day", nullable(date())},
                          {"level", text()},
                          {"values", list(object({{"name", text()}, {"title", text()}, {"value", text()}}))},
                          {"state", choice({"open", "done", "kept"})},
                          {"keeper", described(text(), "whose check it is; \"\" nobody was found")},
                          {"keeper_name", text()},
                          {"received", date()},
                          {"due", nullable(date())},
                          {"late", boolean()},
                          {"finding", text()},
                          {"done_at", nullable(moment())},
                          {"done_by", text()},
                          {"may_finish", boolean()},
                          {"may_reopen", boolean()}});
}

void count_shapes(Schemas& out) {
  out["CheckTarget"] = object({{"id", integer()},
                               {"kind", choice({"staff", "org"})},
                               {"object", text()},
                               {"name", text()},
                               {"org_name", text()},
                               {"events", described(integer(), "of high risk since the last check")},
                               {"listed", date()},
                               {"state", choice({"open", "done"})},
                               {"finding", text()},
                               {"done_at", nullable(moment())},
                               {"done_by", text()},
                               {"may_finish", boolean()}});
  out["RiskEventCount"] = object({{"kind", choice({"staff", "org"})},
                                  {"object", text()},
                                  {"name", text()},
                                  {"org_name", text()},
                                  {"events", integer()},
                                  {"levels", list(object({{"level", text()}, {"events", integer()}}))}});
  out["EnteredBy"] = object({{"staff", text()},
                             {"name", text()},
                             {"org_name", text()},
                             {"records", integer()},
                             {"incomplete", integer()},
                             {"lacking", described(integer(), "fields that are not filled")}});
}

}  // namespace

void signal_shapes(Schemas& out) {
  system_shapes(out);
  count_shapes(out);
  out["SignalBatch"] = record_shape({{"body", open(object({{"system", text()},
                                                           {"system_title", text()},
                                                           {"file", text()},
                                                           {"head", list(text())},
                                                           {"columns", list(text())},
                                                           {"rows", integer()},
                                                           {"counts", object({{"new", integer()},
                                                                              {"changed", integer()},
                                                                              {"same", integer()},
                                                                              {"refused", integer()}})}}))},
                                     {"unmapped", described(maybe_text(), "why the columns do not do")},
                                     {"may_apply", boolean()},
                                     {"may_undo", boolean()}});
}

}  // namespace guanhu::api
