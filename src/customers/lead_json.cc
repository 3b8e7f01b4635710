// A lead as its stored body and as people send it.
#include "customers/lead.h"

namespace guanhu::customers {

using base::Json;
using base::JsonObject;

namespace {

std::string text(const Json& of, const char* member) {
  const Json* found = of.find(member);
  return found && found->as_string() ? *found->as_string() : "";
}
int64_t number(const Json& of, const char* member) {
  const Json* found = of.find(member);
  return found && found->as_number() ? found->as_number()->to_int64().value_or(0) : 0;
}
std::optional<base::Date> day(const Json& of, const char* member) {
  const Json* found = of.find(member);
  return found && found->as_string() ? base::Date::parse(*found->as_string()) : std::nullopt;
}
bool yes(const Json& of, const char* member) {
  const Json* found = of.find(member);
  return found && found->as_bool() && *found->as_bool();
}
Json day_json(const std::optional<base::Date>& of) { return of ? Json(of->str()) : Json(); }

base::Fen fen(const Json& of, const char* member) { return base::parse_fen(text(of, member)).value_or(0); }

}  // namespace

Lead lead_of(const Json& body) {
  Lead out;
  out.name = text(body, "name"), out.customer = text(body, "customer"), out.prospect = number(body, "prospect");
  out.contact = text(body, "contact"), out.department = text(body, "department"), out.phone = text(body, "phone");
  out.source = text(body, "source"), out.met_at = text(body, "met_at"), out.product = text(body, "product");
  out.recommender = text(body, "recommender"), out.note = text(body, "note"), out.quality = text(body, "quality"),
  out.amount = fen(body, "amount");
  if (const Json* follow = body.find("follow_up"); follow && follow->as_bool()) out.follow_up = *follow->as_bool();
  out.campaign = number(body, "campaign"), out.next_step = text(body, "next_step");
  out.next_day = day(body, "next_day"), out.letter_at = text(body, "letter_at");
  out.judged = text(body, "judged"), out.scale = text(body, "scale"), out.complexity = text(body, "complexity");
  out.industry = text(body, "industry"), out.scheme = text(body, "scheme");
  if (const Json* partners = body.find("partners"); partners && partners->as_array())
    for (const Json& one : *partners->as_array()) out.partners.push_back({text(one, "kind"), text(one, "name")});
  return out;
}

Lead lead_of(const records::Record& record) {
  const Json& body = record.body;
  Lead out = lead_of(body);
  out.customer = record.customer;
  out.assigned_by = text(body, "assigned_by"), out.assigned_at = text(body, "assigned_at");
  out.returned_why = text(body, "returned_why"), out.lost_why = text(body, "lost_why");
  out.assigned_on = day(body, "assigned_on"), out.contacted_on = day(body, "contacted_on");
  out.closed_on = day(body, "closed_on");
  out.call_by = text(body, "call_by"), out.contact_by = day(body, "contact_by");
  out.accepted = yes(body, "accepted"), out.contacts = number(body, "contacts");
  if (const Json* stages = body.find("stages"); stages && stages->as_array())
    for (const Json& one : *stages->as_array())
      if (one.as_string()) out.stages.push_back(*one.as_string());
  if (const Json* deal = body.find("deal"); deal && deal->as_object())
    out.deal = LeadDeal{text(*deal, "kind"), text(*deal, "object"), text(*deal, "customer"), fen(*deal, "amount")};
  return out;
}

Json to_json(const Lead& of) {
  Json deal;
  base::JsonArray stages, partners;
  for (const auto& one : of.partners) partners.push_back(JsonObject{{"kind", one.kind}, {"name", one.name}});
  for (const auto& one : of.stages) stages.emplace_back(one);
  if (of.deal)
    deal = JsonObject{{"kind", of.deal->kind},
                      {"object", of.deal->object},
                      {"customer", of.deal->customer},
                      {"amount", base::format_fen(of.deal->amount)}};
  return JsonObject{{"name", of.name},
                    {"customer", of.customer},
                    {"prospect", of.prospect},
                    {"contact", of.contact},
                    {"department", of.department},
                    {"phone", of.phone},
                    {"source", of.source},
                    {"met_at", of.met_at},
                    {"follow_up", of.follow_up ? Json(*of.follow_up) : Json()},
                    {"recommender", of.recommender},
                    {"product", of.product},
                    {"note", of.note},
                    {"quality", of.quality},
                    {"judged", of.judged},
                    {"scale", of.scale},
                    {"complexity", of.complexity},
                    {"industry", of.industry},
                    {"scheme", of.scheme},
                    {"partners", std::move(partners)},
                    {"amount", base::format_fen(of.amount)},
                    {"campaign", of.campaign},
                    {"next_step", of.next_step},
                    {"next_day", day_json(of.next_day)},
                    {"letter_at", of.letter_at},
                    {"call_by", of.call_by},
                    {"contact_by", day_json(of.contact_by)},
                    {"assigned_by", of.assigned_by},
                    {"assigned_at", of.assigned_at},
                    {"assigned_on", day_json(of.assigned_on)},
                    {"returned_why", of.returned_why},
                    {"accepted", of.accepted},
                    {"contacts", of.contacts},
                    {"stages", std::move(stages)},
                    {"contacted_on", day_json(of.contacted_on)},
                    {"closed_on", day_json(of.closed_on)},
                    {"lost_why", of.lost_why},
                    {"deal", std::move(deal)}};
}

}  // namespace guanhu::customers
