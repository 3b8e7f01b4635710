// A lead as its stored body and as people send it.
#include "customers/lead.h"

#include "base/json_member.h"

namespace guanhu::customers {

using base::Json;
using base::JsonObject;

namespace {

Json day_json(const std::optional<base::Date>& of) { return of ? Json(of->str()) : Json(); }

base::Fen fen(const Json& of, const char* member) { return base::parse_fen(text_in(of, member)).value_or(0); }

}  // namespace

Lead lead_of(const Json& body) {
  Lead out;
  out.name = text_in(body, "name"), out.customer = text_in(body, "customer"),
  out.prospect = whole_in(body, "prospect");
  out.contact = text_in(body, "contact"), out.department = text_in(body, "department"),
  out.phone = text_in(body, "phone");
  out.source = text_in(body, "source"), out.met_at = text_in(body, "met_at"),
  out.product = text_in(body, "product");
  out.recommender = text_in(body, "recommender"), out.note = text_in(body, "note"),
  out.quality = text_in(body, "quality"), out.amount = fen(body, "amount");
  if (const Json* follow = body.find("follow_up"); follow && follow->as_bool()) out.follow_up = *follow->as_bool();
  out.campaign = whole_in(body, "campaign"), out.next_step = text_in(body, "next_step");
  out.next_day = day_in(body, "next_day"), out.letter_at = text_in(body, "letter_at");
  out.judged = text_in(body, "judged"), out.scale = text_in(body, "scale"),
  out.complexity = text_in(body, "complexity");
  out.industry = text_in(body, "industry"), out.scheme = text_in(body, "scheme");
  if (const Json* partners = body.find("partners"); partners && partners->as_array())
    for (const Json& one : *partners->as_array())
      out.partners.push_back({text_in(one, "kind"), text_in(one, "name")});
  return out;
}

Lead lead_of(const records::Record& record) {
  const Json& body = record.body;
  Lead out = lead_of(body);
  out.customer = record.customer;
  out.assigned_by = text_in(body, "assigned_by"), out.assigned_at = text_in(body, "assigned_at");
  out.returned_why = text_in(body, "returned_why"), out.lost_why = text_in(body, "lost_why");
  out.assigned_on = day_in(body, "assigned_on"), out.contacted_on = day_in(body, "contacted_on");
  out.closed_on = day_in(body, "closed_on");
  out.call_by = text_in(body, "call_by"), out.contact_by = day_in(body, "contact_by");
  out.accepted = flag_in(body, "accepted"), out.contacts = whole_in(body, "contacts");
  if (const Json* stages = body.find("stages"); stages && stages->as_array())
    for (const Json& one : *stages->as_array())
      if (one.as_string()) out.stages.push_back(*one.as_string());
  if (const Json* deal = body.find("deal"); deal && deal->as_object())
    out.deal = LeadDeal{text_in(*deal, "kind"), text_in(*deal, "object"), text_in(*deal, "customer"),
                        fen(*deal, "amount")};
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
