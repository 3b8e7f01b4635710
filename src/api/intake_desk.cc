#include "api/intake_desk.h"

#include <algorithm>

#include "api/customer_facts.h"
#include "customers/merge.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

std::vector<std::string> role_names(const Call& call) {
  std::vector<std::string> out;
  for (auto role : call.login().roles) out.emplace_back(people::role_name(role));
  return out;
}

std::function<bool(const customers::Field&)> field_sight(const Call& call) {
  return [roles = role_names(call)](const customers::Field& field) { return customers::sees(field, roles); };
}

bool may_write_customer(Desk& desk, const std::string& customer) {
  const auto scope = desk.scope(Permission::customer_write);
  const auto& all = desk.facts().customers;
  if (scope == people::Scope::none || !all) return false;
  auto db = desk.services().warehouse();
  const auto members = customers::Merges::load(desk.store()).members(customer);
  return std::any_of(members.begin(), members.end(), [&](const std::string& one) {
    const size_t at = all->find(one);
    return at < all->size() && desk.facts().reaches_customer(desk.call().login(), scope, at, *db);
  });
}

Refusal problems_refusal(const std::vector<customers::CardProblem>& problems) {
  Refusal out{422, {"card.problems", std::to_string(problems.size()) + " 处需要改正", "", ""}};
  for (const auto& one : problems) out.misfits.push_back({"/body/" + one.where, one.message});
  return out;
}

Json field_json(const customers::Field& field) {
  JsonArray choices, roles;
  for (const auto& one : field.choices) choices.push_back(one);
  for (const auto& one : field.roles) roles.push_back(one);
  return JsonObject{{"id", field.id},
                    {"version", field.version},
                    {"title", field.title},
                    {"type", field.type},
                    {"unit", field.unit},
                    {"of", field.of},
                    {"hint", field.hint},
                    {"required", field.required},
                    {"sensitive", field.sensitive},
                    {"expires", field.expires},
                    {"retired", field.retired},
                    {"choices", std::move(choices)},
                    {"roles", std::move(roles)},
                    {"place", field.place},
                    {"changed_at", field.changed_at},
                    {"changed_by", field.changed_by}};
}

std::vector<std::string> files_member(Desk& desk, const Call& call, int64_t record) {
  std::vector<std::string> out;
  const Json* given = call.body.find("files");
  if (given && given->as_array()) {
    for (const Json& one : *given->as_array()) out.push_back(*one.as_string());
  } else if (record) {
    for (const auto& file : records::files_of(desk.store(), record)) out.push_back(file.digest);
  }
  return out;
}

JsonArray files_json(const std::vector<records::File>& files) {
  JsonArray out;
  for (const auto& one : files)
    out.push_back(JsonObject{{"digest", one.digest},
                             {"name", one.name},
                             {"type", one.type},
                             {"size", one.size},
                             {"at", one.at},
                             {"by", one.by}});
  return out;
}

std::optional<int64_t> number_in_path(const Call& call, const char* part) {
  const std::string& text = call.part(part);
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  return std::stoll(text);
}

int64_t number_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_number() ? value->as_number()->to_int64().value_or(0) : 0;
}

bool true_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

std::string page_of_record(const records::Record& of) {
  const RecordKind* kind = kind_of(of.kind);
  std::string out = kind ? kind->page : "";
  auto put = [&](const std::string& name, const std::string& value) {
    if (size_t at = out.find("{" + name + "}"); at != out.npos) out.replace(at, name.size() + 2, value);
  };
  put("id", std::to_string(of.id));
  put("owner", of.owner);
  put("customer", of.customer);
  put("day", of.day ? of.day->str() : "");
  put("parent", std::to_string(of.parent));
  return out;
}

std::string kind_title(const std::string& kind) {
  const RecordKind* found = kind_of(kind);
  return found ? found->title : kind;
}

Answer file_answer(std::string bytes, const std::string& type, const std::string& name) {
  http::Response response;
  response.body = std::move(bytes);
  response.set("content-type", type);
  response.set("content-disposition", "attachment; filename=\"" + name + "\"");
  response.set("cache-control", "no-store");
  return Answer{.raw = std::move(response)};
}

namespace {

// Customers by identity number, as they lie in the warehouse; read once.
struct Holders {
  std::unordered_map<std::string, std::string> of;  // sealed number -> customer
  bool read = false;
};

void read_holders(Desk& desk, Holders& holders) {
  if (std::exchange(holders.read, true)) return;
  auto db = desk.services().warehouse();
  for (auto& row : text_rows(*db,
                             "SELECT c.id_no, c.customer_id FROM " +
                                 winning_rows("f_customers", "customer_id", "f.customer_id, f.id_no") +
                                 " c WHERE c.id_no IS NOT NULL AND c.id_no <> ''",
                             2))
    holders.of.emplace(*row[0], *row[1]);
}

}  // namespace

customers::IntakeWorld intake_world(Desk& desk, const store::PersonalKey& key) {
  customers::IntakeWorld out;
  const auto scope = desk.scope(Permission::customer_import);
  auto db = desk.services().warehouse();
  auto in = desk.facts().customers_in(desk.call().login(), scope, *db);
  const CustomerIndex* all = desk.facts().customers.get();
  auto known = [all](size_t n) {
    auto c = all->at(n);
    return customers::IntakeCustomer{std::string(c.id), std::string(c.name), std::string(c.kind),
                                     std::string(c.org)};
  };
  out.customer = [=](const std::string& id) -> std::optional<customers::IntakeCustomer> {
    const size_t n = all ? all->find(id) : 0;
    if (!all || n == all->size()) return std::nullopt;
    if (in && !std::binary_search(in->begin(), in->end(), static_cast<uint32_t>(n))) return std::nullopt;
    return known(n);
  };
  auto holders = std::make_shared<Holders>();
  out.holder = [&desk, &key, holders,
                inside = out.customer](const std::string& number) -> std::optional<customers::IntakeCustomer> {
    read_holders(desk, *holders);
    for (const auto& form : key.stored_forms(number))
      if (auto at = holders->of.find(form); at != holders->of.end())
        return inside(at->second).value_or(customers::IntakeCustomer{});  // without a name when it is not for him
    return std::nullopt;
  };
  auto reach = desk.facts().reach(desk.call().login(), scope);
  out.org_of = [&desk, reach](const std::string& staff) -> std::optional<std::string> {
    const people::Staff* person = desk.directory().person(staff);
    if (!person || !reach->staff(staff) || !people::Directory::in_post(*person, desk.today())) return std::nullopt;
    return person->org;
  };
  out.mine = field_sight(desk.call());
  auto merges = std::make_shared<const customers::Merges>(customers::Merges::load(desk.store()));
  out.canonical = [merges](const std::string& id) { return merges->canonical(id); };
  out.relations = [&desk, merges](const std::vector<std::string>& ids) {
    auto facts = desk.services().warehouse();
    return customers::relations_of(desk.store(), *facts, *merges, ids);
  };
  out.key = &key;
  out.person = desk.person(), out.org = desk.org_of(desk.person());
  return out;
}

}  // namespace guanhu::api
