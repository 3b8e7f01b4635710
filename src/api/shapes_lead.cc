// Leads, campaigns, products of customers.
#include "api/desk.h"
#include "api/lead_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef person() { return object({{"staff", text()}, {"name", text()}}); }

Members common() {
  return {{"name", text()},
          {"customer_open", described(boolean(), "the reader reaches the customer")},
          {"prospect", nullable(integer())},
          {"contact", text()},
          {"phone_masked", text()},
          {"source", text()},
          {"product", text()},
          {"amount", decimal()},
          {"next_step", text()},
          {"next_day", nullable(date())},
          {"accepted", boolean()},
          {"contacted_on", nullable(date())},
          {"assigned_on", nullable(date())},
          {"closed_on", nullable(date())},
          {"idle_days", described(integer(), "since it was given to somebody who did not touch it")},
          {"standing", text()},
          {"late", described(boolean(), "its next step, first call or first contact is gone by")},
          {"call_by", described(nullable(text()), "a moment of the bank's clock: the call after a letter")},
          {"contact_by", described(nullable(date()), "the first contact, while there is none")},
          {"letter", nullable(object({{"at", text()}, {"from", text()}, {"until", text()}, {"state", text()}}))}};
}

void leads(Schemas& out) {
  Members item = common();
  item.push_back({"contacts", described(integer(), "how many")});
  out["LeadItem"] = record_shape(std::move(item));
  out["LeadContact"] = object({{"id", integer()},
                               {"day", date()},
                               {"owner", text()},
                               {"owner_name", text()},
                               {"channel", text()},
                               {"department", text()},
                               {"outcome", text()},
                               {"text", text()},
                               {"partner", text()},
                               {"next_step", text()},
                               {"next_day", nullable(date())}});
  out["LeadReferral"] = object({{"id", integer()},
                                {"lead", integer()},
                                {"lead_name", text()},
                                {"stage", text()},
                                {"from", person()},
                                {"to", person()},
                                {"note", text()},
                                {"state", choice({"asked", "accepted", "declined", "won", "lost"})},
                                {"asked_at", moment()},
                                {"answer", text()},
                                {"share", described(decimal(), "of who referred, when it was won")},
                                {"won_on", nullable(date())},
                                {"entry", described(nullable(integer()), "of the register of assignments")},
                                {"may_answer", boolean()}});
  Members one = common();
  const Members more = {
      {"department", text()},
      {"met_at", text()},
      {"follow_up", nullable(boolean())},
      {"note", text()},
      {"quality", text()},
      {"judged", text()},
      {"scale", text()},
      {"complexity", text()},
      {"industry", text()},
      {"scheme", text()},
      {"way", described(nullable(object({{"who", text()}, {"how", text()}})), "of such a customer, by the pack")},
      {"partners", list(object({{"kind", text()}, {"name", text()}}))},
      {"campaign", nullable(integer())},
      {"recommender", nullable(object({{"id", text()}, {"name", text()}}))},
      {"assigned_by", text()},
      {"assigned_at", text()},
      {"returned_why", text()},
      {"lost_why", text()},
      {"stages", list(text())},
      {"deal", nullable(object({{"kind", choice({"customer", "account", "loan"})},
                                {"object", text()},
                                {"customer", text()},
                                {"amount", decimal()}}))},
      {"contacts", list(ref("LeadContact"))},
      {"referral", nullable(ref("LeadReferral"))},
      {"may", list(choice({"assign", "accept", "return", "contact", "refer", "answer", "change", "move"}))}};
  one.insert(one.end(), more.begin(), more.end());
  out["Lead"] = record_shape(std::move(one));
}

Members tally() {
  return {{"count", integer()},      {"amount", decimal()}, {"won", integer()},
          {"won_amount", decimal()}, {"lost", integer()},   {"success", nullable(decimal())}};
}

void funnel(Schemas& out) {
  Members named = tally();
  named.insert(named.begin(), {{"key", text()}, {"name", text()}});
  out["LeadTally"] = object(std::move(named));
  const auto counted = list(object({{"name", text()}, {"count", integer()}}));
  out["LeadFunnel"] =
      object({{"from", date()},
              {"to", date()},
              {"whole", object(tally())},
              {"stages", list(object({{"stage", text()},
                                      {"now", integer()},
                                      {"reached", described(integer(), "were ever in it")},
                                      {"amount", decimal()}}))},
              {"sources", list(ref("LeadTally"))},
              {"products", list(ref("LeadTally"))},
              {"owners", list(ref("LeadTally"))},
              {"cold_call", object({{"visits", integer()}, {"won", integer()}, {"success", nullable(decimal())}})},
              {"self_check", described(nullable(list(object({{"name", text()}, {"state", text()}}))),
                                       "the five weak points of managers, of those in reach")},
              {"contacts", object({{"count", integer()},
                                   {"reached", integer()},
                                   {"finance_phone", integer()},
                                   {"channels", counted},
                                   {"outcomes", counted}})}});
  out["LeadRules"] =
      object({{"pack", text()},
              {"sources", list(text())},
              {"stages", list(text())},
              {"channels", list(text())},
              {"departments", list(text())},
              {"outcomes", list(text())},
              {"products", list(text())},
              {"progress", list(text())},
              {"needs", list(text())},
              {"scales", list(text())},
              {"complexities", list(text())},
              {"judgements", list(text())},
              {"partner_kinds", list(text())},
              {"pass_kinds", list(text())},
              {"pass_forms", list(text())},
              {"pass_stages", list(text())},
              {"moves", list(object({{"from", text()}, {"to", text()}, {"needs", text()}, {"kind", text()}}))}});
  out["LeadSame"] = object({{"kind", choice({"lead", "customer", "prospect"})},
                            {"by", choice({"customer", "prospect", "phone", "name"})},
                            {"id", nullable(text())},
                            {"name", text()},
                            {"stage", text()},
                            {"owner_name", text()}});
  out["LeadProposal"] = object({{"lead", integer()},
                                {"version", integer()},
                                {"name", text()},
                                {"source", text()},
                                {"amount", decimal()},
                                {"to", text()},
                                {"to_name", text()},
                                {"why", choice({"keeper", "capacity", ""})},
                                {"load", nullable(integer())}});
}

void whole_campaign(Schemas& out, Members one, const SchemaRef& people, const SchemaRef& counted) {
  const Members more = {
      {"script", text()},
      {"leaflet", text()},
      {"condition", text()},
      {"success", text()},
      {"control", decimal()},
      {"business", nullable(date())},
      {"proposed_by", text()},
      {"decided_by", text()},
      {"decided_why", text()},
      {"closing", text()},
      {"files", list(object({{"digest", text()}, {"name", text()}, {"type", text()}, {"size", integer()}}))},
      {"excluded", integer()},
      {"staff", people},
      {"outcomes", counted},
      {"result", object({{"until", date()},
                         {"counted", boolean()},
                         {"lines", integer()},
                         {"contacted", integer()},
                         {"reached", integer()},
                         {"won", integer()},
                         {"won_contacted", integer()},
                         {"rate", nullable(decimal())},
                         {"control", integer()},
                         {"control_won", integer()},
                         {"control_rate", nullable(decimal())},
                         {"lift", nullable(decimal())}})},
      {"fresh", described(object({{"count", integer()}, {"won", integer()}}), "leads that name the campaign")},
      {"may", list(choice({"change", "propose", "withdraw", "hand", "close", "decide"}))}};
  one.insert(one.end(), more.begin(), more.end());
  out["Campaign"] = record_shape(std::move(one));
}

}  // namespace

void campaign_shapes(Schemas& out) {
  const Members common = {{"purpose", text()}, {"product", text()},   {"from", date()},
                          {"to", date()},      {"target", integer()}, {"frozen_on", nullable(date())},
                          {"open", integer()}, {"done", integer()}};
  out["CampaignItem"] = record_shape(common);
  const Members line = {{"customer", text()},
                        {"name", text()},
                        {"key", text()},
                        {"staff", text()},
                        {"staff_name", text()},
                        {"org_name", text()},
                        {"state", choice({"open", "done", "control", "excluded"})},
                        {"reasons", list(text())},
                        {"facts", map(any())},
                        {"channel", text()},
                        {"outcome", text()},
                        {"contacted_on", nullable(date())}};
  Members kept = line;
  kept.push_back({"won", boolean()});
  kept.push_back({"own", boolean()});
  out["CampaignLine"] = object(std::move(kept));
  const auto counted = list(object({{"name", text()}, {"count", integer()}}));
  const auto people =
      list(object({{"staff", text()}, {"name", text()}, {"open", integer()}, {"done", integer()}}));
  out["CampaignPreview"] = object({{"business_date", date()},
                                   {"open", integer()},
                                   {"excluded", integer()},
                                   {"reasons", counted},
                                   {"staff", people},
                                   {"some", list(object(line))}});
  whole_campaign(out, common, people, counted);
}

void product_shapes(Schemas& out) {
  out["ProductStep"] = object({{"id", integer()},
                               {"version", integer()},
                               {"progress", text()},
                               {"device", text()},
                               {"reason", text()},
                               {"channel", text()},
                               {"note", text()},
                               {"offered_on", nullable(date())},
                               {"installed_on", nullable(date())},
                               {"maintenance", list(object({{"day", date()}, {"text", text()}, {"by", text()}}))},
                               {"by", text()}});
  out["ProductOffer"] = object({{"product", text()},
                                {"family", text()},
                                {"held", boolean()},
                                {"seen", described(boolean(), "by the facts, not only by what was written")},
                                {"in_use", boolean()},
                                {"installable", boolean()},
                                {"offer", boolean()},
                                {"why", text()},
                                {"forbidden", list(text())},
                                {"unsuitable", list(text())},
                                {"rules", list(text())},
                                {"knows", boolean()},
                                {"step", nullable(ref("ProductStep"))}});
  out["CustomerProducts"] = object(
      {{"customer", text()},
       {"name", text()},
       {"business_date", date()},
       {"today", date()},
       {"products", list(ref("ProductOffer"))},
       {"need", object({{"standing", text()},
                        {"version", integer()},
                        {"by", text()},
                        {"kinds", list(text())},
                        {"cost_limit", text()},
                        {"expected_return", text()},
                        {"haste", text()},
                        {"proposal", text()},
                        {"note", text()},
                        {"risk_level", integer()},
                        {"assessed_on", nullable(date())},
                        {"day", nullable(date())}})},
       {"need_kinds", list(text())},
       {"progress", list(text())},
       {"channels", list(text())},
       {"no_contact", nullable(object({{"why", text()}, {"at", moment()}, {"by", text()}}))},
       {"recommended", nullable(object({{"count", integer()}, {"target", integer()}, {"reached", boolean()}}))},
       {"may_write", boolean()}});
}

namespace {
void queue(Schemas& out) {
  out["QueueItem"] = object({{"id", text()},
                             {"name", text()},
                             {"rank", described(integer(), "1 first")},
                             {"large", boolean()},
                             {"inactive", boolean()},
                             {"deposits", decimal()},
                             {"loans", decimal()},
                             {"idle_days", nullable(integer())},
                             {"silent_days", nullable(integer())},
                             {"last_contact", nullable(date())},
                             {"no_contact", boolean()}});
}
}  // namespace

void lead_shapes(Schemas& out) {
  queue(out);
  leads(out);
  funnel(out);
  campaign_shapes(out);
  product_shapes(out);
  pass_shapes(out);
}

}  // namespace guanhu::api
