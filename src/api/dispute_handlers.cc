// Disputes of published results: filed by the person concerned, decided by somebody else, asked once more.
#include "api/run_life_parts.h"
#include "appraisal/life_days.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {

struct Reader {
  std::shared_ptr<const Reach> reach;
  base::Date today;
};
Reader reader_of(Services& s, const Call& call) {
  return {s.facts()->reach(call.login(), call.scope), appraisal::bank_day(s.clock().now())};
}

Outcome list_disputes(Services& s, const Call& call) {
  auto store = s.store();
  auto [reach, today] = reader_of(s, call);
  appraisal::DisputeFilter filter;
  filter.holder = call.get("holder").value_or(""), filter.state = call.get("state").value_or("");
  if (auto run = call.get("run")) filter.run = std::max<int64_t>(run_number(*run), 0);
  std::vector<Json> items;
  for (const auto& d : appraisal::disputes(*store, filter))
    if (reach->holder(d.holder)) items.push_back(dispute_json(s, *store, d, today, reach->bank()));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_dispute(Services& s, const Call& call) {
  auto store = s.store();
  auto [reach, today] = reader_of(s, call);
  auto found = appraisal::dispute(*store, run_number(call.part("id")));
  if (!found || !reach->holder(found->holder)) return not_found();
  return Answer{dispute_json(s, *store, *found, today, reach->bank())};
}

// An organisation's result is disputed by its head; a person's by that person.
bool may_file(Services& s, const Call& call, const std::string& holder) {
  const std::string& self = call.login().staff_id;
  if (self.empty()) return false;
  if (self == holder) return true;
  auto facts = s.facts();
  const people::Staff* person = facts->directory.person(self);
  return person && person->org == holder && person->position == "branch_head";
}

Outcome file(Services& s, const Call& call) {
  const Json* named = call.body.find("holder");
  appraisal::Claim claim;
  claim.run = call.body.find("run")->as_number()->to_int64().value_or(0);
  claim.holder = named && named->as_string() ? *named->as_string() : call.login().staff_id;
  claim.figure = call.text("figure"), claim.claimed = call.text("claimed"), claim.reason = call.text("reason");
  claim.documents = documents_of(call);
  if (!may_file(s, call, claim.holder)) return not_found();
  LifeDesk at(s);
  auto life = appraisal::life_of(at.desk.store(), claim.run);
  if (!life || life->state == "draft") return not_found();  // a draft is nobody's to see yet
  auto made = appraisal::file_dispute(at.desk, claim, doing_of(s, at.desk.store(), call, "dispute.file"));
  if (!made) return life_refusal(made.error());
  return Answer{dispute_json(s, at.desk.store(), *made, appraisal::bank_day(s.clock().now()), false)};
}

// The dispute in the path, when it was filed by who asks; somebody else's is not there.
std::optional<int64_t> own_dispute(store::Session& store, const Call& call) {
  auto found = appraisal::dispute(store, run_number(call.part("id")));
  if (!found || found->filed_by != call.login().login) return std::nullopt;
  return found->id;
}

Outcome withdraw(Services& s, const Call& call) {
  LifeDesk at(s);
  auto id = own_dispute(at.desk.store(), call);
  if (!id) return not_found();
  auto made = appraisal::withdraw_dispute(at.desk, *id, doing_of(s, at.desk.store(), call, "dispute.withdraw"));
  if (!made) return life_refusal(made.error());
  return Answer{dispute_json(s, at.desk.store(), *made, appraisal::bank_day(s.clock().now()), false)};
}

Outcome review(Services& s, const Call& call) {
  LifeDesk at(s);
  auto id = own_dispute(at.desk.store(), call);
  if (!id) return not_found();
  auto made = appraisal::ask_review(at.desk, *id, documents_of(call),
                                    doing_of(s, at.desk.store(), call, "dispute.review"));
  if (!made) return life_refusal(made.error());
  return Answer{dispute_json(s, at.desk.store(), *made, appraisal::bank_day(s.clock().now()), false)};
}

Outcome decide(Services& s, const Call& call) {
  LifeDesk at(s);
  const Json* value = call.body.find("value");
  appraisal::Verdict verdict{call.text("outcome"), value && value->as_string() ? *value->as_string() : "",
                             call.login().staff_id};
  auto made = appraisal::decide_dispute(at.desk, run_number(call.part("id")), verdict,
                                        doing_of(s, at.desk.store(), call, "dispute.decide"));
  if (!made) return life_refusal(made.error());
  s.notice("user:" + made->filed_by, "info", "申诉有了决定", made->figure,
           "/disputes/" + std::to_string(made->id));
  return Answer{dispute_json(s, at.desk.store(), *made, appraisal::bank_day(s.clock().now()), true)};
}

SchemaRef documents() { return list(object({{"title", text(500)}, {"reference", text(500)}})); }

Table reading_endpoints() {
  using people::Permission;
  return {{.method = "GET",
           .path = "/disputes",
           .summary = "disputes of results in reach, newest first",
           .permission = Permission::score_read,
           .parameters = {{"run", integer()},
                          {"state", choice({"open", "upheld", "adjusted", "rejected", "withdrawn"})},
                          {"holder", text(100)}},
           .output = list_of("Dispute"),
           .handler = list_disputes,
           .list = true,
           .searched = {"name", "figure", "reason"}},
          {.method = "GET",
           .path = "/disputes/{id}",
           .summary = "one dispute with what it would change",
           .permission = Permission::score_read,
           .output = ref("Dispute"),
           .handler = show_dispute}};
}

}  // namespace

Table dispute_endpoints() {
  using people::Permission;
  Table out = reading_endpoints();
  out.push_back(
      {.method = "POST",
       .path = "/disputes",
       .summary = "disputes a figure of one's own published result; what it would change is computed at once",
       .permission = Permission::dispute_file,
       .input = optional(object({{"run", integer()},
                                 {"holder", described(text(100), "an organisation one heads; else oneself")},
                                 {"figure", text(200)},
                                 {"claimed", decimal()},
                                 {"reason", text(4000)},
                                 {"documents", documents()}}),
                         {"holder", "documents"}),
       .output = ref("Dispute"),
       .handler = file});
  out.push_back({.method = "POST",
                 .path = "/disputes/{id}/withdraw",
                 .summary = "takes back one's own open dispute",
                 .permission = Permission::dispute_file,
                 .input = object({{"reason", text(4000)}}),
                 .output = ref("Dispute"),
                 .handler = withdraw});
  out.push_back({.method = "POST",
                 .path = "/disputes/{id}/review",
                 .summary = "brings one's own rejected dispute once more, before somebody else",
                 .permission = Permission::dispute_file,
                 .input = optional(object({{"reason", text(4000)}, {"documents", documents()}}), {"documents"}),
                 .output = ref("Dispute"),
                 .handler = review});
  out.push_back({.method = "POST",
                 .path = "/disputes/{id}/decide",
                 .summary = "decides; what is granted makes a corrected draft of the run",
                 .permission = Permission::dispute_decide,
                 .input = optional(object({{"outcome", choice({"upheld", "adjusted", "rejected"})},
                                           {"value", described(decimal(), "of an adjusted one")},
                                           {"reason", text(4000)}}),
                                   {"value"}),
                 .output = ref("Dispute"),
                 .handler = decide});
  return out;
}

}  // namespace guanhu::api
