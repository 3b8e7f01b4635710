// Referrals between colleagues: asked, accepted or declined; what they came to.
#include "api/lead_desk.h"
#include "api/policy_reading.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Referral;
using people::Permission;

namespace {

Outcome refer(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto found = desk.lead(call.part("id"));
  if (!found) return not_found();
  if (!desk.works_on(*found)) return forbidden();
  Referral asked;
  asked.lead = found->id, asked.from = found->owner, asked.to = call.text("to"), asked.note = call.text("note");
  asked.asked_by = desk.login();
  const people::Staff* person = desk.directory().person(asked.to);
  if (!person || !people::Directory::in_post(*person, desk.today()))
    return at_member("referral.to", "没有在岗的员工 " + asked.to, "to", "从名单里选同事");
  if (customers::lead_of(*found).closed_on)
    return lead_refusal({"lead.closed", "这条线索已经了结", "", "刷新以后再看"});
  auto made = customers::ask_referral(desk.store(), asked, desk.now(), [&](const Referral& of) {
    desk.audit("referral.ask", "referral " + std::to_string(of.id),
               JsonObject{{"lead", of.lead}, {"from", of.from}, {"to", of.to}});
  });
  if (!made.ok()) return lead_refusal(made.error());
  desk.tell(asked.to, desk.name_of(asked.from) + "转介给您一条线索", found->title,
            "/leads/" + std::to_string(found->id));
  return Answer{desk.whole(*found)};
}

Outcome answer(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto number = number_of(call.part("id"));
  auto found = customers::referral(desk.store(), number.value_or(0));
  if (!found.ok() || (!desk.own(found->to) && !desk.own(found->from))) return not_found();
  if (!desk.own(found->to)) return forbidden();
  const bool accept = flag_member(call, "accept");
  auto done = customers::answer_referral(desk.store(), found->id, accept, text_member(call, "note"),
                                         desk.org_of(found->to), desk.today(), desk.writing());
  if (!done.ok()) return lead_refusal(done.error());
  desk.tell(done->from, desk.name_of(done->to) + (accept ? "接了您转介的线索" : "没有接您转介的线索"),
            text_member(call, "note"), "/leads/" + std::to_string(done->lead));
  return Answer{desk.referral_json(*done)};
}

// Those of the asker, and of whom he sees; counted by who referred. MKT-615: shown, never punished.
Outcome list_referrals(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  struct Count {
    int64_t asked = 0, accepted = 0, won = 0;
  };
  std::map<std::string, Count> counts;
  std::vector<Json> items;
  for (const auto& one : customers::referrals(desk.store())) {
    if (!desk.reaches(Permission::lead_read, one.from, desk.org_of(one.from)) &&
        !desk.reaches(Permission::lead_read, one.to, desk.org_of(one.to)))
      continue;
    Count& of = counts[one.from];
    ++of.asked, of.accepted += one.state != "asked" && one.state != "declined", of.won += one.state == "won";
    items.push_back(desk.referral_json(one));
  }
  JsonArray people;
  for (const auto& [staff, of] : counts)
    people.push_back(JsonObject{{"staff", staff},
                                {"name", desk.name_of(staff)},
                                {"asked", of.asked},
                                {"accepted", of.accepted},
                                {"won", of.won}});
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"people", std::move(people)}};
  return out;
}

}  // namespace

Table lead_referral_endpoints() {
  return {{.method = "POST",
           .path = "/leads/{id}/refer",
           .summary = "hands it to a colleague, who accepts or declines; when it is won both have credit",
           .permission = Permission::lead_write,
           .input = object({{"to", text(100)}, {"note", text(6000)}}),
           .output = ref("Lead"),
           .handler = refer},
          {.method = "POST",
           .path = "/referrals/{id}/answer",
           .summary = "accepts what a colleague referred, or declines it and says why",
           .permission = Permission::lead_write,
           .input = optional(object({{"accept", boolean()}, {"note", text(2000)}}), {"note"}),
           .output = ref("LeadReferral"),
           .handler = answer},
          {.method = "GET",
           .path = "/referrals",
           .summary = "referrals from and to whom the asker sees, counted by who referred",
           .permission = Permission::lead_read,
           .output = list_of("LeadReferral", {{"people", list(object({{"staff", text()},
                                                                      {"name", text()},
                                                                      {"asked", integer()},
                                                                      {"accepted", integer()},
                                                                      {"won", integer()}}))}}),
           .handler = list_referrals,
           .list = true,
           .whole = true,
           .searched = {"lead_name", "note"}}};
}

}  // namespace guanhu::api
