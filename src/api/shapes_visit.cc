// Visits, the field.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef named() { return object({{"id", text()}, {"name", text()}}); }
SchemaRef person() { return object({{"staff", text()}, {"name", text()}}); }
SchemaRef visit_state() { return choice({"planned", "done", "missed", "moved"}); }

Members common() {
  return {{"customers", list(named())},
          {"place", text()},
          {"time", described(text(), "09:30; empty: any")},
          {"purpose", text()},
          {"method", text()},
          {"said", described(text(), "the first line of findings or of the reason")},
          {"late", described(boolean(), "planned for a day that has gone")}};
}

// The shape of a record, with the visit's own states.
SchemaRef visit_shape(Members members) {
  auto of = std::make_shared<Schema>(*record_shape(std::move(members)));
  for (auto& [name, schema] : of->members)
    if (name == "state") schema = visit_state();
  return of;
}

void visit_item(Schemas& out) {
  Members item = common();
  item.push_back({"photos", described(integer(), "how many")});
  item.push_back({"position", ref("FieldPosition")});
  out["VisitItem"] = visit_shape(std::move(item));
}

void whole_visit(Schemas& out) {
  Members one = common();
  const Members more = {
      {"ask", text()},
      {"with", text()},
      {"started", text()},
      {"ended", text()},
      {"position", ref("FieldPosition")},
      {"findings", text()},
      {"checklist", text()},
      {"checklist_title", text()},
      {"answers", map(any())},
      {"photos", list(ref("VisitPhoto"))},
      {"reason", text()},
      {"device",
       described(nullable(object(
                     {{"device", text()}, {"made_at", moment()}, {"sent_at", moment()}, {"skew", integer()}})),
                 "of what was written on a device: skew in seconds, above 0: its clock was behind")},
      {"companions", list(person())},
      {"todos", list(object({{"id", integer()}, {"title", text()}, {"state", text()}}))},
      {"follow_ups", list(ref("VisitFollowUp"))},
      {"moved_from", nullable(integer())},
      {"moved_to", nullable(integer())},
      {"comments", list(object({{"id", integer()},
                                {"owner", text()},
                                {"owner_name", text()},
                                {"text", text()},
                                {"at", moment()},
                                {"own", boolean()}}))},
      {"may", list(choice({"done", "change", "move", "miss", "withdraw", "reopen", "correct", "comment"}))}};
  one.insert(one.end(), more.begin(), more.end());
  out["Visit"] = visit_shape(std::move(one));
}

void parts(Schemas& out) {
  out["FieldPosition"] = optional(object({{"state", choice({"none", "taken", "refused", "unavailable"})},
                                          {"lat", decimal()},
                                          {"lon", decimal()},
                                          {"accuracy", described(integer(), "metres")},
                                          {"at", moment()}}),
                                  {"lat", "lon", "accuracy", "at"});
  out["VisitPhoto"] = object({{"digest", text()},
                              {"original", described(text(), "SHA-256 before it was shrunk; empty: it was not")},
                              {"name", text()},
                              {"note", text()},
                              {"taken_at", text()},
                              {"position", ref("FieldPosition")}});
  out["VisitFollowUp"] = object({{"id", text()},
                                 {"text", text()},
                                 {"due", date()},
                                 {"assignee", text()},
                                 {"assignee_name", text()},
                                 {"todo", nullable(integer())},
                                 {"state", nullable(choice({"open", "late", "done", "fact", "cancelled"}))}});
  out["VisitLimits"] = object({{"days", described(integer(), "what is taken along is void after them")},
                               {"customers", integer()},
                               {"pin", described(integer(), "characters of the passphrase, at least")},
                               {"tries", described(integer(), "wrong passphrases until all is wiped")},
                               {"minutes", described(integer(), "a device's clock may differ")},
                               {"edge", described(integer(), "pixels")},
                               {"kilobytes", integer()},
                               {"photos", integer()},
                               {"near_km", decimal()},
                               {"due_days", integer()},
                               {"todo_days", integer()}});
  out["VisitRules"] = object(
      {{"pack", text()},
       {"hash", text()},
       {"purposes", list(text())},
       {"methods", list(text())},
       {"kinds", list(object({{"purpose", text()},
                              {"method", text()},
                              {"checklist", text()},
                              {"customer", described(boolean(), "false: a place is enough")},
                              {"marks", list(text())}}))},
       {"checklists", list(object({{"id", text()}, {"title", text()}, {"items", list(ref("PolicyField"))}}))},
       {"limits", ref("VisitLimits")}});
}

void brief(Schemas& out) {
  out["VisitBrief"] = object(
      {{"customer", ref("Customer")},
       {"business_date", date()},
       {"today", date()},
       {"maturing", list(object({{"kind", choice({"deposit", "loan"})},
                                 {"id", text()},
                                 {"product", text()},
                                 {"amount", decimal()},
                                 {"day", date()},
                                 {"days", integer()}}))},
       {"warnings", list(object({{"kind", choice({"overdue", "class"})},
                                 {"id", text()},
                                 {"amount", decimal()},
                                 {"days", integer()},
                                 {"class", text()}}))},
       {"birthday", nullable(object({{"day", date()}, {"days", integer()}}))},
       {"products", object({{"held", list(text())}, {"missing", list(text())}})},
       {"relations", list(object({{"id", text()},
                                  {"name", text()},
                                  {"kind", text()},
                                  {"from_here", boolean()},
                                  {"reached", boolean()}}))},
       {"todos", list(object({{"id", integer()},
                              {"title", text()},
                              {"due", nullable(date())},
                              {"late", boolean()},
                              {"own", boolean()}}))},
       {"position",
        nullable(object(
            {{"lat", decimal()}, {"lon", decimal()}, {"from", choice({"card", "visit"})}, {"place", text()}}))},
       {"visits", list(ref("Visit"))},
       {"planned", list(ref("VisitItem"))},
       {"open", described(list(ref("VisitFollowUp")), "of all visits, what is not done yet")}});
}

void field(Schemas& out) {
  const Members day = {{"today", date()},
                       {"now", moment()},
                       {"person", text()},
                       {"todos", list(ref("Todo"))},
                       {"visits", list(either({ref("VisitItem"), ref("Visit")}))},
                       {"customers", list(ref("FieldCustomer"))},
                       {"companions", list(person())},
                       {"rules", ref("VisitRules")}};
  out["FieldCustomer"] = object({{"id", text()},
                                 {"name", text()},
                                 {"kind", text()},
                                 {"todos", described(integer(), "due in the days that count as soon")},
                                 {"late", boolean()},
                                 {"todo", text()},
                                 {"due", nullable(date())},
                                 {"overdue_principal", decimal()},
                                 {"lat", nullable(decimal())},
                                 {"lon", nullable(decimal())},
                                 {"place_from", nullable(choice({"card", "visit"}))},
                                 {"place", text()},
                                 {"last_visit", nullable(date())}});
  out["FieldDay"] = object(day);
  out["FieldPack"] =
      object({{"until", moment()},
              {"now", moment()},
              {"day", ref("FieldDay")},
              {"briefs", list(ref("VisitBrief"))},
              {"personal", list(object({{"id", text()}, {"phone", text()}, {"address", text()}}))}});
  out["FieldDevice"] = object({{"id", text()},
                               {"login", text()},
                               {"owner", text()},
                               {"owner_name", text()},
                               {"org_name", text()},
                               {"name", text()},
                               {"agent", text()},
                               {"state", choice({"live", "wiped", "revoked"})},
                               {"made_at", moment()},
                               {"seen_at", moment()},
                               {"customers", integer()},
                               {"until", nullable(moment())},
                               {"expired", boolean()},
                               {"ended_at", nullable(moment())},
                               {"ended_by", text()},
                               {"why", text()},
                               {"own", boolean()},
                               {"may_revoke", boolean()},
                               {"may_readmit", boolean()}});
  out["FieldTake"] =
      object({{"id", integer()}, {"at", moment()}, {"until", moment()}, {"customers", list(named())}});
}

}  // namespace

void visit_shapes(Schemas& out) {
  parts(out);
  visit_item(out);
  whole_visit(out);
  brief(out);
  field(out);
}

}  // namespace guanhu::api
