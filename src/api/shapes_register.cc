// Persons, companies, groups, relations, categories, merges.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members customer_members() {
  return {{"id", text()},
          {"name", text()},
          {"kind", text()},
          {"org_name", text()},
          {"deposits", decimal()},
          {"loans_total", decimal()},
          {"overdue_principal", decimal()}};
}
SchemaRef customer_and(Members more) {
  Members all = customer_members();
  all.insert(all.end(), more.begin(), more.end());
  return object(all);
}

// Of a member out of reach: "~" and its place for the number, no figures.
SchemaRef member_and(Members more) {
  Members all = customer_members();
  for (auto& [name, schema] : all)
    if (name == "deposits" || name == "loans_total" || name == "overdue_principal") schema = amount();
  all.insert(all.end(), more.begin(), more.end());
  return object(all);
}

void identity_shapes(Schemas& out) {
  out["IdentityFinding"] = object(
      {{"customer", text()},
       {"name", text()},
       {"kind", text()},
       {"org", text()},
       {"org_name", text()},
       {"type", text()},
       {"document",
        choice({"resident", "resident_old", "credit_code", "organisation", "licence", "passport", "other"})},
       {"masked", text()},
       {"flaws", list(object({{"code", text()}, {"message", text()}, {"grave", boolean()}}))}});
  out["CustomerIdentity"] = object(
      {{"canonical", text()},
       {"numbers", described(list(text()), "all that lead to this customer, the one that stands for them first")},
       {"documents", list(ref("IdentityFinding"))},
       {"merges",
        list(object({{"id", integer()}, {"survivor", text()}, {"absorbed", text()}, {"state", text()}}))}});
}

void relation_shapes(Schemas& out) {
  out["CustomerRelation"] = object({{"record", described(nullable(integer()), "null: of the extracts")},
                                    {"version", integer()},
                                    {"customer", text()},
                                    {"customer_name", text()},
                                    {"related", text()},
                                    {"related_name", text()},
                                    {"kind", text()},
                                    {"share", described(nullable(decimal()), "per cent")},
                                    {"from", nullable(date())},
                                    {"to", nullable(date())},
                                    {"source", text()},
                                    {"reason", text()},
                                    {"may_change", boolean()}});
  out["RelationGraph"] =
      object({{"customer", text()},
              {"on", date()},
              {"nodes", list(object({{"id", text()},
                                     {"name", text()},
                                     {"kind", text()},
                                     {"steps", integer()},
                                     {"open", described(boolean(), "the reader may open it")},
                                     {"bad_credit", boolean()}}))},
              {"relations", described(list(ref("CustomerRelation")), "in force on the day")},
              {"others", described(list(ref("CustomerRelation")), "of the customer, not in force")},
              {"cut", described(boolean(), "more than are shown")},
              {"may_write", boolean()}});
}

void merge_shapes(Schemas& out) {
  out["RegisterCustomer"] = object(customer_members());
  out["DuplicatePair"] = object({{"one", ref("RegisterCustomer")},
                                 {"other", ref("RegisterCustomer")},
                                 {"score", decimal()},
                                 {"reasons", list(text())},
                                 {"state", choice({"open", "dismissed"})},
                                 {"found_at", moment()},
                                 {"why", text()},
                                 {"decided_by", text()},
                                 {"may_write", boolean()}});
  out["CustomerMerge"] = object({{"id", integer()},
                                 {"survivor", ref("RegisterCustomer")},
                                 {"absorbed", ref("RegisterCustomer")},
                                 {"state", choice({"proposed", "made", "rejected", "undone"})},
                                 {"score", nullable(decimal())},
                                 {"reasons", list(text())},
                                 {"why", text()},
                                 {"proposed_at", moment()},
                                 {"proposed_by", text()},
                                 {"decided_at", nullable(moment())},
                                 {"decided_by", text()},
                                 {"decided_why", text()},
                                 {"undone_at", nullable(moment())},
                                 {"undone_by", text()},
                                 {"undone_why", text()},
                                 {"may_decide", boolean()},
                                 {"may_undo", boolean()}});
}

void group_shapes(Schemas& out) {
  const Members head = {{"id", described(text(), "a number; feed:NUMBER of the extracts")},
                        {"version", integer()},
                        {"of_feed", boolean()},
                        {"name", text()},
                        {"form", choice({"group", "affiliated", "household", "joint"})},
                        {"note", text()},
                        {"owner_name", maybe_text()},
                        {"members_now", integer()},
                        {"deposits", decimal()},
                        {"loans_total", decimal()},
                        {"overdue_principal", decimal()}};
  out["CustomerGroupItem"] = object(head);
  Members whole = head;
  whole.insert(whole.end(), {{"members", list(member_and({{"role", text()},
                                                          {"from", nullable(date())},
                                                          {"to", nullable(date())},
                                                          {"now", boolean()},
                                                          {"open", boolean()}}))},
                             {"on", date()},
                             {"may_write", boolean()}});
  out["CustomerGroup"] = object(whole);
}

void category_shapes(Schemas& out) {
  out["AskedDecision"] = object(
      {{"decision", described(text(), "PACK/ID")},
       {"title", text()},
       {"article", text()},
       {"inputs",
        list(object({{"name", text()}, {"value", any()}, {"from", described(text(), "\"\": a person said it")}}))},
       {"missing", list(text())},
       {"result", any()},
       {"cites", any()},
       {"trace", any()},
       {"error", maybe_text()}});
  out["CategoryScheme"] = object(
      {{"id", text()}, {"title", text()}, {"decision", text()}, {"check", text()}, {"categories", list(text())}});
  out["CategoryEntry"] = object({{"record", integer()},
                                 {"version", integer()},
                                 {"scheme", text()},
                                 {"category", text()},
                                 {"from", date()},
                                 {"state", choice({"proposed", "confirmed", "rejected"})},
                                 {"computed", text()},
                                 {"reasons", list(text())},
                                 {"why", text()},
                                 {"given", open(object({}))},
                                 {"made_at", moment()},
                                 {"made_by", text()},
                                 {"changed_at", moment()},
                                 {"changed_by", text()},
                                 {"may_decide", boolean()}});
  out["CustomerCategories"] =
      object({{"customer", text()},
              {"schemes", list(object({{"scheme", ref("CategoryScheme")},
                                       {"now", nullable(ref("CategoryEntry"))},
                                       {"computed", text()},
                                       {"needs_person", boolean()},
                                       {"proposal", nullable(ref("AskedDecision"))},
                                       {"error", text()},
                                       {"history", list(ref("CategoryEntry"))}}))},
              {"barriers", described(list(object({{"reason", text()}, {"asked", ref("AskedDecision")}})),
                                     "what stands against new credit")},
              {"may_write", boolean()},
              {"may_confirm", boolean()}});
  out["CategoryItem"] = customer_and({{"category", text()},
                                      {"from", nullable(date())},
                                      {"proposed", text()},
                                      {"proposal", nullable(integer())},
                                      {"proposal_version", integer()}});
}

void list_shapes(Schemas& out) {
  out["BadCredit"] = object(
      {{"record", integer()},
       {"version", integer()},
       {"customer", text()},
       {"open", boolean()},
       {"name", text()},
       {"masked", text()},
       {"cause", choice({"lawsuit", "evasion", "default", "fraud", "guarantee", "court", "other"})},
       {"reason", text()},
       {"source", text()},
       {"since", date()},
       {"state", choice({"listed", "leaving", "removed"})},
       {"leave_why", text()},
       {"leave_by", text()},
       {"decided_why", text()},
       {"decided_by", text()},
       {"made_at", moment()},
       {"made_by", text()},
       {"files", list(object({{"digest", text()}, {"name", text()}, {"type", text()}, {"size", integer()}}))},
       {"may_ask", boolean()},
       {"may_decide", boolean()}});
  out["FirstAccess"] = record_shape({{"canonical", text()},
                                     {"why", text()},
                                     {"given", open(object({}))},
                                     {"answers", list(ref("AskedDecision"))},
                                     {"steps", list(object({{"step", choice({"review", "decide"})},
                                                            {"accept", boolean()},
                                                            {"why", text()},
                                                            {"by", text()},
                                                            {"at", moment()}}))},
                                     {"may_step", boolean()}});
  out["FirstAccessForm"] = object({{"customer", ref("RegisterCustomer")},
                                   {"decisions", list(text())},
                                   {"asked", list(ref("AskedDecision"))},
                                   {"cases", list(ref("FirstAccess"))},
                                   {"may_write", boolean()}});
}

}  // namespace

void register_shapes(Schemas& out) {
  identity_shapes(out);
  relation_shapes(out);
  merge_shapes(out);
  group_shapes(out);
  category_shapes(out);
  list_shapes(out);
}

}  // namespace guanhu::api
