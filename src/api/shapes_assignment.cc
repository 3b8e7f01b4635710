// Who serves whom, claims, hand-overs.
#include "api/assignment_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef person() { return object({{"staff", text()}, {"name", text()}, {"org_name", text()}}); }
SchemaRef share_of() {
  return object({{"staff", text()}, {"name", text()}, {"role", choice({"main", "assist"})}, {"share", integer()}});
}
SchemaRef maybe_moment() { return text(); }  // "" not yet

Members entry_members() {
  return {{"id", integer()},
          {"subject_kind", choice({"customer", "account", "loan"})},
          {"subject", text()},
          {"customer", text()},
          {"customer_name", text()},
          {"org", text()},
          {"org_name", text()},
          {"from", date()},
          {"to", nullable(date())},
          {"managers", list(share_of())},
          {"reason", text()},
          {"origin", choice({"desk", "handover", "claim", "proposal"})},
          {"origin_id", nullable(integer())},
          {"state", choice({"asked", "in_force", "refused", "taken_back"})},
          {"made_at", moment()},
          {"made_by", text()},
          {"made_name", text()},
          {"checked_at", maybe_moment()},
          {"checked_by", text()},
          {"check_note", text()},
          {"ended_at", maybe_moment()},
          {"ended_by", text()},
          {"ended_why", text()},
          {"may_decide", boolean()},
          {"may_take_back", boolean()}};
}
SchemaRef with(Members all, const Members& more) {
  all.insert(all.end(), more.begin(), more.end());
  return object(std::move(all));
}
SchemaRef standing() { return choice({"pending", "waiting", "contradicted", "confirmed", "superseded", "over"}); }
SchemaRef moved() {
  return list(object({{"staff", described(text(), "\"\": nobody")},
                      {"name", text()},
                      {"deposits_before", decimal()},
                      {"deposits_after", decimal()},
                      {"loans_before", decimal()},
                      {"loans_after", decimal()}}));
}

void entry_shapes(Schemas& out) {
  out["AssignmentEntry"] = object(entry_members());
  out["AssignmentOne"] =
      with(entry_members(), {{"standing", nullable(standing())}, {"confirmed_on", nullable(date())}});
  out["AssignmentStanding"] = with(
      entry_members(), {{"standing", standing()}, {"confirmed_on", nullable(date())}, {"feed", list(share_of())}});
  out["AssignmentAsk"] = optional(object({{"subject_kind", choice({"customer", "account", "loan"})},
                                          {"subject", text()},
                                          {"from", date()},
                                          {"to", nullable(date())},
                                          {"managers", list(manager_shape())},
                                          {"reason", text(2000)},
                                          {"with_accounts", boolean()}}),
                                  {"to", "with_accounts"});
  out["AssignmentMade"] = object({{"items", list(ref("AssignmentEntry"))}, {"waits", boolean()}});
  out["AssignmentMoved"] = object({{"on", date()}, {"items", moved()}});
  out["AssignmentHistory"] =
      object({{"customer", text()},
              {"customer_name", text()},
              {"on", date()},
              {"spans", list(object({{"subject_kind", choice({"customer", "account", "loan"})},
                                     {"subject", text()},
                                     {"staff", text()},
                                     {"name", text()},
                                     {"role", choice({"main", "assist"})},
                                     {"share", integer()},
                                     {"from", date()},
                                     {"to", nullable(date())},
                                     {"entry", nullable(integer())}}))},
              {"entries", list(ref("AssignmentEntry"))},
              {"liability", list(object({{"loan", text()},
                                         {"staff", text()},
                                         {"name", text()},
                                         {"share", integer()},
                                         {"from", date()},
                                         {"handover", integer()},
                                         {"why", text()}}))},
              {"claims", list(object({{"id", integer()}, {"state", text()}, {"owner_name", text()}}))},
              {"may_make", boolean()},
              {"may_claim", boolean()}});
  out["AssignmentProposal"] = object({{"customer", text()},
                                      {"customer_name", text()},
                                      {"org", text()},
                                      {"org_name", text()},
                                      {"area", text()},
                                      {"deposits", decimal()},
                                      {"loans", decimal()},
                                      {"holders", list(person())},
                                      {"candidates", list(object({{"staff", text()},
                                                                  {"name", text()},
                                                                  {"org_name", text()},
                                                                  {"points", decimal()},
                                                                  {"same_org", boolean()},
                                                                  {"same_area", boolean()},
                                                                  {"related", boolean()},
                                                                  {"has_accounts", boolean()},
                                                                  {"held", integer()},
                                                                  {"capacity", integer()}}))}});
}

Members claim_members() {
  return {{"holders", list(person())},
          {"reason", text()},
          {"evidence", text()},
          {"from", text()},
          {"answer_until", text()},
          {"decide_until", text()},
          {"answer", text()},
          {"answered_at", text()},
          {"why", text()},
          {"decided_at", text()},
          {"decided_from", text()},
          {"agree", nullable(boolean())},
          {"answered_name", text()},
          {"decided_name", text()},
          {"overdue", boolean()},
          {"may_answer", boolean()},
          {"may_decide", boolean()},
          {"may_withdraw", boolean()}};
}

Members handover_members() {
  return {{"giver", person()},
          {"taker", person()},
          {"witness", person()},
          {"why", choice({"rotation", "leave", "leaving", "promotion", "other"})},
          {"note", text()},
          {"signatures", list(object({{"as", choice({"giver", "taker", "witness"})},
                                      {"name", text()},
                                      {"at", moment()},
                                      {"note", text()}}))},
          {"counts", object({{"items", integer()},
                             {"given", integer()},
                             {"taken", integer()},
                             {"missing", integer()},
                             {"left_out", integer()}})}};
}

}  // namespace

SchemaRef manager_shape() {
  return object({{"staff", text()},
                 {"role", choice({"main", "assist"})},
                 {"share", described(integer(), "of 10000; of all managers together the whole")}});
}

void assignment_shapes(Schemas& out) {
  entry_shapes(out);
  out["Claim"] = record_shape(claim_members());
  Members one = claim_members();
  one.insert(one.end(), {{"on", date()},
                         {"moved", moved()},
                         {"files", list(object({{"digest", text()}, {"name", text()}, {"type", text()}}))},
                         {"entries", list(ref("AssignmentEntry"))}});
  out["ClaimOne"] = record_shape(one);
  out["Handover"] = record_shape(handover_members());
  out["HandoverItem"] = object({{"id", integer()},
                                {"kind", text()},
                                {"object", text()},
                                {"customer", text()},
                                {"customer_name", text()},
                                {"title", text()},
                                {"detail", open(object({}))},
                                {"share", integer()},
                                {"main", boolean()},
                                {"given_at", text()},
                                {"given_note", text()},
                                {"missing", boolean()},
                                {"taken_at", text()},
                                {"taken_note", text()},
                                {"left_out", text()}});
  Members all = handover_members();
  all.insert(
      all.end(),
      {{"kinds", list(object({{"kind", text()}, {"title", text()}}))},
       {"items", list(ref("HandoverItem"))},
       {"liability",
        list(object(
            {{"loan", text()}, {"staff", text()}, {"name", text()}, {"share", integer()}, {"why", text()}}))},
       {"may_change", boolean()},
       {"may_cancel", boolean()},
       {"may_give", boolean()},
       {"may_take", boolean()},
       {"may_witness", boolean()}});
  out["HandoverOne"] = record_shape(all);
}

}  // namespace guanhu::api
