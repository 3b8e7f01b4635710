// Shapes of findings: figures that look better than they are.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef named() { return object({{"id", text()}, {"name", text()}}); }
SchemaRef kind() { return choice({"spike", "in_out", "loan_return", "circle", "split"}); }
SchemaRef state() { return choice({"open", "accepted", "dismissed"}); }

Members summary() {
  return {
      {"id", described(text(), "the same for the same event in every search")},
      {"period", text()},
      {"kind", kind()},
      {"day", date()},
      {"subject", object({{"kind", choice({"bank", "organisation", "manager", "customer", "account", "loan"})},
                          {"id", described(maybe_text(), "null where it lies outside the reader's reach")},
                          {"name", maybe_text()}})},
      {"customer", nullable(named())},
      {"managers", described(list(named()), "whose figures it touches, in reach: they do not decide about it")},
      {"others", described(integer(), "more of them, outside the reader's reach")},
      {"amount", decimal()},
      {"unit", text()},
      {"what", described(text(), "one Chinese sentence")},
      {"state", described(state(), "accepted: the money does not count")},
      {"present", described(boolean(), "false: the last search no longer saw it")},
      {"changed", described(boolean(), "another amount than when it was decided")},
      {"first_seen", moment()},
      {"last_seen", moment()}};
}

SchemaRef evidence() {
  return object({{"table", described(text(), "transactions, balances, loans, sales")},
                 {"id", maybe_text()},
                 {"account", maybe_text()},
                 {"customer", nullable(named())},
                 {"hidden", described(boolean(), "of a customer outside the reader's reach")},
                 {"at", described(text(), "a day or a local moment, as it was delivered")},
                 {"kind", maybe_text()},
                 {"counter", described(maybe_text(), "masked where it is another bank's")},
                 {"amount", decimal()},
                 {"file", maybe_text()},
                 {"business_date", date()},
                 {"line", nullable(integer())}});
}

SchemaRef effects() {
  return list(object({{"holder_kind", choice({"manager", "organisation", "bank"})},
                      {"holder", text()},
                      {"name", text()},
                      {"figure", text()},
                      {"unit", text()},
                      {"with", decimal()},
                      {"without", decimal()}}));
}

}  // namespace

void risk_shapes(Schemas& out) {
  Members finding = summary();
  out["RiskFinding"] = object(finding);
  const Members more = {
      {"detail", described(map(any()), "what was compared, by kind")},
      {"effects", described(effects(), "figures as they count now and without it")},
      {"effects_hidden", described(integer(), "of holders outside the reader's reach")},
      {"rows", described(list(evidence()), "in the order of time; at most 60, the largest")},
      {"rows_in_all", integer()},
      {"parties", described(list(object({{"kind", choice({"customer", "outside", "hidden", "unknown", "bank"})},
                                         {"customer", nullable(named())},
                                         {"account", described(maybe_text(), "of another bank, masked")}})),
                            "between whom the money went, in the order in which it met them")},
      {"hops", described(list(object({{"row", described(integer(), "place in rows, from 0")},
                                      {"from", described(integer(), "place in parties, from 0")},
                                      {"to", integer()},
                                      {"amount", decimal()}})),
                         "one a transfer, in the order of time")},
      {"rule", object({{"pack", text()},
                       {"pack_hash", text()},
                       {"parameters", list(object({{"name", text()},
                                                   {"value", text()},
                                                   {"unit", maybe_text()},
                                                   {"article", text()},
                                                   {"place", text()}}))}})},
      {"decisions", list(object({{"state", state()},
                                 {"reason", text()},
                                 {"by", text()},
                                 {"name", text()},
                                 {"at", moment()},
                                 {"amount", decimal()}}))},
      {"may_decide", object({{"ok", boolean()}, {"code", maybe_text()}})}};
  finding.insert(finding.end(), more.begin(), more.end());
  out["RiskFindingDetail"] = object(std::move(finding));
  out["RiskScan"] = object({{"period", text()},
                            {"kind", kind()},
                            {"at", moment()},
                            {"by", text()},
                            {"pack", text()},
                            {"pack_hash", text()},
                            {"reached", described(date(), "the last business date it knew")},
                            {"findings", integer()},
                            {"notes", list(text())}});
  out["ScanOutcome"] = object({{"period", text()},
                               {"findings", integer()},
                               {"fresh", integer()},
                               {"again", integer()},
                               {"gone", integer()},
                               {"notes", list(text())}});
}

}  // namespace guanhu::api
