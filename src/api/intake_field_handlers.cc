// The bank's own fields of customers: which there are, making, changing, retiring them.
#include "api/intake_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Field;
using people::Permission;

namespace {

Outcome list_fields(Services& s, const Call& call) {
  Desk desk(s, call);
  const bool manages = desk.can(Permission::customer_fields);
  const auto sees = field_sight(call);
  std::vector<Json> items;
  for (const Field& one : customers::fields(desk.store(), manages && call.get("retired").value_or("") == "true")) {
    if (!manages && !sees(one)) continue;
    Json item = field_json(one);
    item.as_object()->emplace_back("values",
                                   manages ? Json(customers::values_of_field(desk.store(), one.id)) : Json());
    item.as_object()->emplace_back("seen", sees(one));
    items.push_back(std::move(item));
  }
  return Answer{.items = Items::of(std::move(items))};
}

std::vector<std::string> texts_member(const Call& call, const char* member) {
  std::vector<std::string> out;
  if (const Json* list = call.body.find(member); list && list->as_array())
    for (const Json& one : *list->as_array()) out.push_back(*one.as_string());
  return out;
}

Field field_of(const Call& call) {
  Field out;
  out.title = call.text("title"), out.type = call.text("type"), out.of = call.text("of");
  out.unit = text_member(call, "unit"), out.hint = text_member(call, "hint");
  out.required = true_member(call, "required"), out.sensitive = true_member(call, "sensitive");
  out.expires = true_member(call, "expires");
  out.choices = texts_member(call, "choices"), out.roles = texts_member(call, "roles");
  out.place = number_member(call, "place");
  return out;
}

Outcome saved(const base::Result<Field>& made) {
  if (!made.ok()) return record_refusal(made.error());
  Json out = field_json(*made);
  out.as_object()->emplace_back("values", Json());
  out.as_object()->emplace_back("seen", true);
  return Answer{std::move(out)};
}

Outcome add_field(Services& s, const Call& call) {
  Desk desk(s, call);
  return saved(customers::save_field(desk.store(), field_of(call), "", desk.writing()));
}

Outcome change_field(Services& s, const Call& call) {
  Desk desk(s, call);
  auto id = number_in_path(call);
  if (!id || !customers::field(desk.store(), *id)) return not_found();
  Field next = field_of(call);
  next.id = *id, next.version = number_member(call, "version");
  return saved(customers::save_field(desk.store(), next, text_member(call, "reason"), desk.writing()));
}

Outcome retire(Services& s, const Call& call) {
  Desk desk(s, call);
  auto id = number_in_path(call);
  if (!id) return not_found();
  return saved(customers::retire_field(desk.store(), *id, number_member(call, "version"),
                                       true_member(call, "retired"), call.text("reason"), desk.writing()));
}

SchemaRef field_input(bool change) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"title", text(200)},
      {"type", choice({"text", "number", "date", "choice", "choices", "yes_no"})},
      {"of", choice({"person", "company", "all"})},
      {"unit", text(60)},
      {"hint", text(1000)},
      {"required", boolean()},
      {"sensitive", described(boolean(), "masked in lists")},
      {"expires", described(boolean(), "of dates: later than that day the paper lacks")},
      {"choices", list(text(300))},
      {"roles",
       described(list(choice({"manager", "branch_head", "risk_manager", "business", "executive", "auditor"})),
                 "who sees it; none: whoever sees the customer")},
      {"place", integer()}};
  std::vector<std::string> may = {"unit", "hint", "required", "sensitive", "expires", "choices", "roles", "place"};
  if (change) {
    members.push_back({"version", integer()});
    members.push_back({"reason", text(1000)});
    may.push_back("reason");
  }
  return optional(object(std::move(members)), std::move(may));
}

}  // namespace

Table intake_field_endpoints() {
  const auto may = Permission::customer_fields;
  return {
      {.method = "GET",
       .path = "/customer-fields",
       .summary = "the bank's own fields of customers, in their order: those one sees; all for who defines them",
       .access = Access::settled,
       .parameters = {{"retired", boolean(), false, "true: also those out of use, for who defines them"}},
       .output = list_of("CustomerField"),
       .handler = list_fields,
       .list = true,
       .whole = true,
       .searched = {"title"}},
      {.method = "POST",
       .path = "/customer-fields",
       .summary = "makes a field",
       .permission = may,
       .input = field_input(false),
       .output = ref("CustomerField"),
       .handler = add_field},
      {.method = "PUT",
       .path = "/customer-fields/{id}",
       .summary = "changes a field; its type stays",
       .permission = may,
       .input = field_input(true),
       .output = ref("CustomerField"),
       .handler = change_field},
      {.method = "POST",
       .path = "/customer-fields/{id}/retire",
       .summary = "out of use, or back; its values stay",
       .permission = may,
       .input = object({{"version", integer()}, {"retired", boolean()}, {"reason", text(1000)}}),
       .output = ref("CustomerField"),
       .handler = retire}};
}

}  // namespace guanhu::api
