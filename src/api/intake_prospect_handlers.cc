// Prospective customers: whom somebody works on before the core system has them.
#include <algorithm>
#include <map>

#include "api/customer_facts.h"
#include "api/intake_desk.h"
#include "api/redact.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

// The customers that the open prospects have become meanwhile, by record.
std::map<int64_t, std::string> became(Desk& desk) {
  std::map<int64_t, std::string> out;
  const auto open = customers::open_numbers(desk.store());
  if (open.empty()) return out;
  const auto& key = desk.services().bank().personal_key();
  std::map<std::string, int64_t> by_form;
  std::set<std::string> forms;
  for (const auto& [record, sealed] : open)
    for (const auto& form : key.stored_forms(key.open(sealed))) by_form[form] = record, forms.insert(form);
  auto db = desk.services().warehouse();
  for (const auto& row : text_rows(*db,
                                   "SELECT c.id_no, c.customer_id FROM " +
                                       winning_rows("f_customers", "customer_id", "f.customer_id, f.id_no") +
                                       " c WHERE c.id_no IN " + sql_list(forms),
                                   2))
    out[by_form[*row[0]]] = *row[1];
  return out;
}

Json body_json(const Record& of, const store::PersonalKey& key) {
  JsonObject out;
  for (const auto& [name, value] : *of.body.as_object()) {
    if (name == "id_no" || name == "phone") {
      const std::string open = value.as_string() ? key.open(*value.as_string()) : "";
      out.emplace_back(name + "_masked", name == "phone" ? masked_phone(open) : masked_id(open));
    } else {
      out.emplace_back(name, value);
    }
  }
  return out;
}

bool may_write(Desk& desk, const Record& of) { return desk.reaches(Permission::customer_write, of); }

// A customer's number is named only to who may see the customer.
Json prospect_json(Desk& desk, const Record& of, const std::string& became_customer) {
  JsonObject out = desk.head(of);
  out.emplace_back("body", body_json(of, desk.services().bank().personal_key()));
  const bool seen = !became_customer.empty() && desk.reaches_customer(became_customer);
  out.emplace_back("became", seen ? Json(became_customer) : Json());
  out.emplace_back("became_name", seen ? Json(desk.customer_name(became_customer)) : Json());
  out.emplace_back("is_customer", !became_customer.empty());
  out.emplace_back("may_write", may_write(desk, of));
  return out;
}

Outcome list_prospects(Services& s, const Call& call) {
  Desk desk(s, call);
  records::Filter filter;
  filter.kinds = {customers::kProspectKind};
  filter.states = {call.get("state").value_or("open")};
  filter.limit = 20'000;
  const auto found = became(desk);
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter)) {
    if (!desk.reaches(Permission::customer_read, one)) continue;
    auto at = found.find(one.id);
    items.push_back(prospect_json(desk, one, at == found.end() ? "" : at->second));
  }
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<Record> seen(Desk& desk, const Call& call) {
  auto id = number_in_path(call);
  if (!id) return std::nullopt;
  auto found = records::record(desk.store(), customers::kProspectKind, *id);
  if (!found.ok() || found->state == "undone" || !desk.reaches(Permission::customer_read, *found))
    return std::nullopt;
  return *found;
}

Outcome answer(Desk& desk, const base::Result<Record>& written) {
  if (!written.ok()) return record_refusal(written.error());
  const auto found = written->state == "open" ? became(desk) : std::map<int64_t, std::string>{};
  auto at = found.find(written->id);
  return Answer{prospect_json(desk, *written, at == found.end() ? "" : at->second)};
}

Outcome show_prospect(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  return answer(desk, *of);
}

// Another open one with the same number, or a customer already: said at the field.
std::optional<Refusal> twice(Desk& desk, const Json& body, int64_t but) {
  const auto& key = desk.services().bank().personal_key();
  std::string number = text_in(body, "id_no");
  if (number.empty() || store::PersonalKey::is_sealed(number)) return std::nullopt;
  if (number.ends_with('x')) number.back() = 'X';
  auto refuse = [](const std::string& message) {
    return Refusal{422, {"prospect.known", message, "", ""}, {{"/body/id_no", message}}};
  };
  auto db = desk.services().warehouse();
  for (const auto& id : customers_by_number(*db, key, number))
    return refuse(desk.reaches_customer(id) ? "已经是客户 " + id + " " + desk.customer_name(id)
                                            : "已经是本行客户");
  if (const int64_t there = customers::prospect_with(desk.store(), key, number, ""); there && there != but) {
    auto other = records::record(desk.store(), there);
    return refuse("已有人在联系" + (other.ok() ? "：" + desk.name_of(other->owner) : std::string()));
  }
  return std::nullopt;
}

Outcome write(Desk& desk, const std::optional<Record>& there) {
  const Call& call = desk.call();
  const Json& body = *call.body.find("body");
  if (call.text("name").find_first_not_of(" \t") == std::string::npos)
    return Refusal{422, {"prospect.name", "没有写姓名或名称", "", ""}, {{"/name", "没有写姓名或名称"}}};
  const auto all = customers::fields(desk.store(), true);
  auto checked = customers::check_prospect(body, there ? there->body : Json(JsonObject{}), all,
                                           desk.services().bank().personal_key());
  if (!checked.problems.empty()) return problems_refusal(checked.problems);
  if (auto wrong = twice(desk, body, there ? there->id : 0)) return *wrong;
  customers::ProspectWrite next{.id = there ? there->id : 0,
                                .version = number_member(call, "version"),
                                .name = call.text("name"),
                                .state = there ? there->state : "open",
                                .customer = there ? there->customer : "",
                                .owner = there ? there->owner : desk.person(),
                                .org = there ? there->org : desk.org_of(desk.person()),
                                .body = std::move(checked.body)};
  return answer(desk, customers::write_prospect(desk.store(), next, all, desk.writing()));
}

Outcome add_prospect(Services& s, const Call& call) {
  Desk desk(s, call);
  return write(desk, std::nullopt);
}

Outcome change_prospect(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  if (!may_write(desk, *of)) return forbidden();
  return write(desk, *of);
}

// CUS-609: what was learned of somebody before he was a customer goes on to his card.
void hand_on(Desk& desk, const Record& of, const std::string& customer, const std::vector<customers::Field>& all) {
  if (customers::card(desk.store(), customer)) return;
  JsonObject body;
  const std::string note = text_in(of.body, "note"), source = text_in(of.body, "source");
  if (auto business = text_in(of.body, "business"); !business.empty()) body.emplace_back("business", business);
  if (!source.empty() || !note.empty())
    body.emplace_back("remark", (source.empty() ? "" : "来源：" + source + "\n") + note);
  if (const Json* custom = of.body.find("custom")) body.emplace_back("custom", *custom);
  if (body.empty()) return;
  const auto& index = *desk.facts().customers;
  auto known = index.at(index.find(customer));
  auto checked = customers::check_card(body, body, all, known.kind, [](const customers::Field&) { return true; });
  (void)customers::write_card(desk.store(),
                              {.customer = customer,
                               .name = std::string(known.name),
                               .owner = of.owner,
                               .org = std::string(known.org),
                               .body = std::move(checked.body),
                               .action = "customer_card.from_prospect"},
                              all, desk.writing());
}

Outcome set_state(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  if (!may_write(desk, *of)) return forbidden();
  const std::string& state = call.text("state");
  const std::string customer = text_member(call, "customer"), reason = text_member(call, "reason");
  auto refuse = [](const char* where, const char* message) {
    return Refusal{422, {"prospect.state", message, where, ""}, {{where, message}}};
  };
  if (state == of->state) return refuse("/state", "已经是这个状态");
  if (state == "matched" && (customer.empty() || !desk.reaches_customer(customer)))
    return refuse("/customer", "没有这个客户，或者不归您看");
  if (state != "matched" && reason.size() < 4) return refuse("/reason", "要写原因");
  const auto all = customers::fields(desk.store(), true);
  JsonObject body = *of->body.as_object();
  std::erase_if(body, [](const auto& one) { return one.first == "lost_why"; });
  if (state == "lost") body.emplace_back("lost_why", reason);
  customers::ProspectWrite next{.id = of->id,
                                .version = number_member(call, "version"),
                                .name = of->title,
                                .state = state,
                                .customer = state == "matched" ? customer : "",
                                .owner = of->owner,
                                .org = of->org,
                                .body = std::move(body),
                                .action = "prospect." + state,
                                .why = reason};
  auto written = customers::write_prospect(desk.store(), next, all, desk.writing());
  if (written.ok() && state == "matched") hand_on(desk, *of, customer, all);
  return answer(desk, written);
}

}  // namespace

Table intake_prospect_endpoints() {
  const auto read = Permission::customer_read, may = Permission::customer_write;
  const auto whole = ref("Prospect");
  auto body = described(open(object({})), "kind, id_no, phone, address, business, source, note, custom");
  return {{.method = "GET",
           .path = "/prospects",
           .summary = "people and companies that are no customers yet, in reach",
           .permission = read,
           .parameters = {{"state", choice({"open", "matched", "lost"}), false, "else open"}},
           .output = list_of("Prospect"),
           .handler = list_prospects,
           .list = true,
           .searched = {"title", "owner_name"}},
          {.method = "POST",
           .path = "/prospects",
           .summary = "records one",
           .permission = may,
           .input = object({{"name", text(300)}, {"body", body}}),
           .output = whole,
           .handler = add_prospect},
          {.method = "GET",
           .path = "/prospects/{id}",
           .summary = "one, with numbers masked",
           .permission = read,
           .output = whole,
           .handler = show_prospect},
          {.method = "PUT",
           .path = "/prospects/{id}",
           .summary = "changes one; a number that is not sent stays",
           .permission = may,
           .input = object({{"version", integer()}, {"name", text(300)}, {"body", body}}),
           .output = whole,
           .handler = change_prospect},
          {.method = "POST",
           .path = "/prospects/{id}/state",
           .summary = "has become a customer, is given up, or is taken up again",
           .permission = may,
           .input = optional(object({{"version", integer()},
                                     {"state", choice({"matched", "lost", "open"})},
                                     {"customer", text(100)},
                                     {"reason", text(1000)}}),
                             {"customer", "reason"}),
           .output = whole,
           .handler = set_state}};
}

}  // namespace guanhu::api
