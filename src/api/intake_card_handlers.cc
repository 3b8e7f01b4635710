// A customer's card: what the people who serve the customer know and no extract has.
#include "api/intake_desk.h"
#include "customers/merge.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Field;
using people::Permission;

namespace {

JsonArray members_json() {
  JsonArray out;
  for (const auto& one : customers::card_members())
    out.push_back(JsonObject{{"name", one.name},
                             {"title", one.title},
                             {"hint", one.hint},
                             {"type", one.type},
                             {"longest", one.longest},
                             {"sensitive", one.sensitive}});
  return out;
}

std::string kind_of_customer(Desk& desk, const std::string& id) {
  const auto& all = *desk.facts().customers;
  return std::string(all.at(all.find(id)).kind);
}

Json card_json(Desk& desk, const std::string& id) {
  const auto sees = field_sight(desk.call());
  const auto all = customers::fields(desk.store(), true);
  const std::string kind = kind_of_customer(desk, id);
  JsonArray fields;
  for (const Field& one : all)
    if (!one.retired && customers::belongs(one, kind) && sees(one)) fields.push_back(field_json(one));
  auto there = customers::card(desk.store(), id);
  Json card;
  if (there) {
    JsonObject head = desk.head(*there);
    auto last = people::find_login(desk.store(), there->changed_by);
    head.emplace_back("changed_name",
                      last && !last->staff_id.empty() ? desk.name_of(last->staff_id) : there->changed_by);
    head.emplace_back("body", customers::card_seen(there->body, all, sees));
    head.emplace_back("files", files_json(records::files_of(desk.store(), there->id)));
    card = std::move(head);
  }
  return JsonObject{{"card", std::move(card)},
                    {"may_write", may_write_customer(desk, id)},
                    {"members", members_json()},
                    {"fields", std::move(fields)}};
}

Outcome show_card(Services& s, const Call& call) {
  Desk desk(s, call);
  if (!desk.reaches_customer(call.part("id"))) return not_found();
  return Answer{card_json(desk, customers::canonical_id(desk.store(), call.part("id")))};
}

Outcome put_card(Services& s, const Call& call) {
  Desk desk(s, call);
  if (!desk.reaches_customer(call.part("id"))) return not_found();
  const std::string id = customers::canonical_id(desk.store(), call.part("id"));
  if (!may_write_customer(desk, id)) return forbidden();
  auto there = customers::card(desk.store(), id);
  const auto all = customers::fields(desk.store(), true);
  auto checked = customers::check_card(*call.body.find("body"), there ? there->body : Json(JsonObject{}), all,
                                       kind_of_customer(desk, id), field_sight(call));
  if (!checked.problems.empty()) return problems_refusal(checked.problems);
  const auto& index = *desk.facts().customers;
  auto customer = index.at(index.find(id));
  customers::CardWrite write{.customer = id,
                             .name = std::string(customer.name),
                             .owner = there ? there->owner : desk.person(),
                             .org = std::string(customer.org),
                             .version = number_member(call, "version"),
                             .body = std::move(checked.body),
                             .why = text_member(call, "reason"),
                             .files = files_member(desk, call, there ? there->id : 0)};
  auto written = customers::write_card(desk.store(), write, all, desk.writing());
  if (!written.ok()) return record_refusal(written.error());
  return Answer{card_json(desk, id)};
}

}  // namespace

Table intake_card_endpoints() {
  return {{.method = "GET",
           .path = "/customers/{id}/card",
           .summary = "what no extract has, with the fields that this customer has for this reader",
           .permission = Permission::customer_read,
           .output = ref("CustomerCard"),
           .handler = show_card},
          {.method = "PUT",
           .path = "/customers/{id}/card",
           .summary = "writes the card, by who serves the customer; version 0: there was none",
           .permission = Permission::customer_write,
           .input = optional(object({{"version", integer()},
                                     {"body", described(open(object({})), "as the card's members and fields say")},
                                     {"files", list(text(64))},
                                     {"reason", text(1000)}}),
                             {"files", "reason"}),
           .output = ref("CustomerCard"),
           .handler = put_card,
           .body_limit = 300 * 1024}};
}

}  // namespace guanhu::api
