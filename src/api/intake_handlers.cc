// Own fields of customers, their cards, prospective customers, bulk imports: the kinds of records and all
// endpoints.
#include <algorithm>

#include "api/intake_desk.h"

namespace guanhu::api {

using people::Permission;
using records::Record;

namespace {

// Whoever reaches the customer; not who may not see a field that this card has, or ever had, a value of: versions
// and search show the whole.
bool sees_card(Desk& desk, const Record& of) {
  if (of.state == "undone" || !desk.reaches_customer(of.customer)) return false;
  std::vector<std::string> hidden;
  const auto sees = field_sight(desk.call());
  for (const auto& field : customers::fields(desk.store(), true))
    if (!sees(field)) hidden.push_back(std::to_string(field.id));
  if (hidden.empty()) return true;
  for (const auto& version : records::versions(desk.store(), of.id)) {
    const base::Json* custom = version.body.find("custom");
    if (custom && std::any_of(hidden.begin(), hidden.end(), [&](const auto& id) { return custom->find(id); }))
      return false;
  }
  return true;
}

}  // namespace

std::vector<RecordKind> intake_kinds() {
  return {{.kind = customers::kCardKind,
           .title = "客户卡片",
           .page = "/customers/{customer}?tab=card",
           .read = Permission::customer_read,
           .sees = sees_card},
          {.kind = customers::kProspectKind,
           .title = "准客户",
           .page = "/prospects?id={id}",
           .read = Permission::customer_read},
          {.kind = customers::kFieldKind,
           .title = "客户自定义字段",
           .page = "/customer-fields?id={id}",
           .read = Permission::customer_fields,
           .sees = [](Desk& desk, const Record&) { return desk.can(Permission::customer_fields); }},
          {.kind = customers::kIntakeKind,
           .title = "批量导入",
           .page = "/customer-imports/{id}",
           .read = Permission::customer_import}};
}

Table intake_endpoints() {
  Table out;
  for (auto make :
       {intake_field_endpoints, intake_card_endpoints, intake_prospect_endpoints, intake_file_endpoints})
    for (Endpoint& one : make()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
