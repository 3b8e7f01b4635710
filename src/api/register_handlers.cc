// Identity documents, relations; the kinds of record of the customer register.
#include "api/register_desk.h"
#include "api/shapes.h"
#include "customers/identity.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json finding_json(RegisterDesk& desk, const customers::IdentityFinding& of) {
  JsonArray flaws;
  for (const auto& flaw : of.flaws)
    flaws.push_back(JsonObject{{"code", flaw.code}, {"message", flaw.message}, {"grave", flaw.grave}});
  const auto& all = desk.facts().customers;
  const size_t at = all->find(of.customer);
  const std::string org = at < all->size() ? std::string(all->at(at).org) : "";
  return JsonObject{
      {"customer", of.customer},        {"name", of.name}, {"kind", of.kind},         {"org", org},
      {"org_name", desk.org_name(org)}, {"type", of.type}, {"document", of.document}, {"masked", of.masked},
      {"flaws", std::move(flaws)}};
}

Outcome list_findings(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  std::vector<Json> items;
  auto sees = [&](const std::string& id) { return desk.sees_customer(desk.merges().canonical(id)); };
  for (const auto& one : customers::identity_findings(desk.db(), s.bank().personal_key(), desk.today(), sees))
    items.push_back(finding_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

// Every number that is this customer, each with what is wrong with its document.
Outcome show_identity(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  JsonArray documents;
  for (const auto& member : desk.merges().members(*id))
    if (auto one = customers::identity_of(desk.db(), s.bank().personal_key(), desk.today(), member))
      documents.push_back(finding_json(desk, *one));
  JsonArray merged;
  for (const auto& one : customers::merges(desk.store(), {.state = "", .customer = *id}))
    merged.push_back(
        JsonObject{{"id", one.id}, {"survivor", one.survivor}, {"absorbed", one.absorbed}, {"state", one.state}});
  return Answer{JsonObject{{"canonical", *id},
                           {"numbers", words_json(desk.merges().members(*id))},
                           {"documents", std::move(documents)},
                           {"merges", std::move(merged)}}};
}

// ------------------------------------------------------------------------------------------ relations

// A customer out of reach is a name on somebody's contract, as whoever has no number: nothing leads to him.
bool within(RegisterDesk& desk, const std::string& id) { return id[0] != '=' && desk.sees_customer(id); }
std::string handle(RegisterDesk& desk, const std::string& id) {
  return id[0] == '=' || within(desk, id) ? id : "=" + desk.customer_name(id);
}

Json relation_json(RegisterDesk& desk, const customers::Relation& r, bool may) {
  const bool known = !r.related.empty() && within(desk, r.related);
  return JsonObject{{"record", r.record ? Json(r.record) : Json()},
                    {"version", r.version},
                    {"customer", handle(desk, r.customer)},
                    {"customer_name", desk.customer_name(r.customer)},
                    {"related", known ? r.related : ""},
                    {"related_name", r.related.empty() ? r.related_name : desk.customer_name(r.related)},
                    {"kind", r.kind},
                    {"share", r.share ? Json(base::Decimal::make(*r.share, -2).str()) : Json()},
                    {"from", maybe_day(r.from)},
                    {"to", maybe_day(r.to)},
                    {"source", r.source},
                    {"reason", r.reason},
                    {"may_change", may && r.record > 0}};
}

JsonArray nodes_json(RegisterDesk& desk, const customers::RelationGraph& graph, const std::set<std::string>& drawn,
                     const std::set<std::string>& listed) {
  JsonArray out;
  std::set<std::string> there;
  for (const auto& node : graph.nodes) {
    const bool open = within(desk, node.id);
    if ((!open && !drawn.contains(node.id)) || !there.insert(handle(desk, node.id)).second) continue;
    out.push_back(JsonObject{{"id", handle(desk, node.id)},
                             {"name", node.name.empty() ? node.id : node.name},
                             {"kind", node.kind},
                             {"steps", node.steps},
                             {"open", open},
                             {"bad_credit", listed.contains(node.id)}});
  }
  return out;
}

Outcome show_relations(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  const base::Date day = base::Date::parse(call.get("on").value_or("")).value_or(desk.business());
  const auto graph = customers::relation_graph(desk.store(), desk.db(), desk.merges(), *id, day,
                                               static_cast<int>(call.number("steps", 2)), 120);
  std::vector<std::string> ids;
  for (const auto& node : graph.nodes) ids.push_back(node.id);
  std::set<std::string> listed;
  for (const auto& hit : customers::bad_credit_hits(desk.store(), desk.db(), desk.merges(), ids)) {
    listed.insert(desk.merges().canonical(hit.customer));
    listed.insert("=" + hit.name);
  }
  JsonArray edges, past;
  std::set<std::string> drawn = {*id};
  const bool may = desk.may_write(*id);
  for (const auto& r : graph.relations) {
    // What two customers out of reach have to do with each other is nothing to the reader.
    const std::string other = r.related.empty() ? "=" + r.related_name : r.related;
    if (!within(desk, r.customer) && !within(desk, other)) continue;
    drawn.insert(r.customer), drawn.insert(other);
    edges.push_back(relation_json(desk, r, may && (r.customer == *id || r.related == *id)));
  }
  JsonArray nodes = nodes_json(desk, graph, drawn, listed);
  for (const auto& r : customers::relations_of(desk.store(), desk.db(), desk.merges(), {*id}))
    if (!r.on(day)) past.push_back(relation_json(desk, r, may));
  return Answer{JsonObject{{"customer", *id},
                           {"on", day.str()},
                           {"nodes", std::move(nodes)},
                           {"relations", std::move(edges)},
                           {"others", std::move(past)},
                           {"cut", graph.cut},
                           {"may_write", may}}};
}

customers::Relation relation_of(RegisterDesk& desk, const Call& call, const std::string& customer) {
  customers::Relation r;
  r.customer = customer;
  r.related = desk.merges().canonical(text_member(call, "related"));
  r.related_name = r.related.empty() ? text_member(call, "related_name") : "";
  r.kind = text_member(call, "kind"), r.source = text_member(call, "source"),
  r.reason = text_member(call, "reason");
  r.from = day_member(call, "from"), r.to = day_member(call, "to");
  if (const std::string share = text_member(call, "share"); !share.empty())
    if (auto value = base::Decimal::parse(share))
      r.share = base::Decimal::make(value->coefficient(), value->exponent() + 2).to_int64().value_or(-1);
  return r;
}

std::string title_of(RegisterDesk& desk, const customers::Relation& r) {
  return desk.customer_name(r.customer) + " – " +
         (r.related.empty() ? r.related_name : desk.customer_name(r.related));
}

Outcome add_relation(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  const auto r = relation_of(desk, call, *id);
  // Only customers one may see are named by number.
  if (!r.related.empty() && !desk.sees_customer(r.related))
    return register_refusal(
        {"relation.customer", "没有客户 " + r.related, "related", "写您看得到的客户，或写姓名"});
  auto made = customers::write_relation(desk.store(), r, title_of(desk, r), desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{JsonObject{{"record", made->id}, {"version", made->version}}};
}

// The record, when its customer is in reach.
std::optional<records::Record> relation_record(RegisterDesk& desk, const Call& call) {
  auto id = id_in_path(call);
  if (!id) return std::nullopt;
  auto found = records::record(desk.store(), customers::kRelationKind, *id);
  if (!found.ok() || found->removed || !desk.sees_customer(desk.merges().canonical(found->customer)))
    return std::nullopt;
  return std::move(*found);
}

Outcome change_relation(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto was = relation_record(desk, call);
  if (!was) return not_found();
  auto r = relation_of(desk, call, was->customer);
  r.record = was->id, r.version = whole_member(call, "version");
  auto made = customers::write_relation(desk.store(), r, title_of(desk, r), desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{JsonObject{{"record", made->id}, {"version", made->version}}};
}

Outcome remove_relation(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto was = relation_record(desk, call);
  if (!was) return not_found();
  auto gone = customers::remove_relation(desk.store(), was->id, whole_member(call, "version"),
                                         text_member(call, "why"), desk.writing());
  if (!gone.ok()) return register_refusal(gone.error());
  return Answer{JsonObject{{"record", gone->id}, {"version", gone->version}}};
}

bool of_reached_customer(Desk& desk, const records::Record& of) {
  const std::string id = of.customer.empty() ? "" : customers::canonical_id(desk.store(), of.customer);
  return !id.empty() && (desk.reaches_customer(id) || desk.reaches_customer(of.customer));
}

bool sees_bad_credit(Desk& desk, const records::Record& of) {
  return desk.scope(Permission::bad_credit_write) != people::Scope::none || of_reached_customer(desk, of);
}

bool reached(Desk& desk, const std::string& customer) {
  return desk.reaches_customer(customers::canonical_id(desk.store(), customer));
}

// Bodies and versions name customers by number: they are for who reaches every one that was ever named. The
// group's own page tells the others what they may know.
bool sees_group(Desk& desk, const records::Record& of) {
  records::Record at = of;
  for (auto& version : records::versions(desk.store(), of.id)) {
    at.body = std::move(version.body);
    for (const auto& m : customers::group_of(at).members)
      if (!reached(desk, m.customer)) return false;
  }
  return true;
}

bool sees_relation(Desk& desk, const records::Record& of) {
  if (!of_reached_customer(desk, of)) return false;
  for (const auto& version : records::versions(desk.store(), of.id)) {
    const Json* other = version.body.find("related");
    if (other && other->as_string() && !other->as_string()->empty() && !reached(desk, *other->as_string()))
      return false;
  }
  return true;
}

SchemaRef relation_input(bool change) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"related", described(text(100), "a customer's number; \"\" of somebody who is none")},
      {"related_name", text(200)},
      {"kind", text(40)},
      {"share", described(nullable(decimal()), "per cent")},
      {"from", nullable(date())},
      {"to", nullable(date())},
      {"source", text(300)},
      {"reason", text(2000)}};
  if (change) members.insert(members.begin(), {"version", integer()});
  return optional(object(members), {"related", "related_name", "share", "from", "to"});
}

Table identity_endpoints() {
  const auto read = Permission::customer_read;
  return {{.method = "GET",
           .path = "/identity-findings",
           .summary = "customers whose identity document cannot be right, or ought to be renewed",
           .permission = read,
           .output = list_of("IdentityFinding"),
           .handler = list_findings,
           .list = true,
           .searched = {"customer", "name"}},
          {.method = "GET",
           .path = "/customers/{id}/identity",
           .summary = "which numbers are this customer, and what is wrong with each document",
           .permission = read,
           .output = ref("CustomerIdentity"),
           .handler = show_identity}};
}

Table relation_endpoints() {
  const auto read = Permission::customer_read, write = Permission::customer_write;
  const SchemaRef made = object({{"record", integer()}, {"version", integer()}});
  return {{.method = "GET",
           .path = "/customers/{id}/relations",
           .summary = "whom the customer belongs to, as a graph",
           .permission = read,
           .parameters = {{"steps", choice({"1", "2"}), false, "else 2"},
                          {"on", date(), false, "else the business date"}},
           .output = ref("RelationGraph"),
           .handler = show_relations},
          {.method = "POST",
           .path = "/customers/{id}/relations",
           .summary = "writes down a relation",
           .permission = write,
           .input = relation_input(false),
           .output = made,
           .handler = add_relation},
          {.method = "PUT",
           .path = "/customer-relations/{id}",
           .summary = "changes a relation that was written down",
           .permission = write,
           .input = relation_input(true),
           .output = made,
           .handler = change_relation},
          {.method = "POST",
           .path = "/customer-relations/{id}/remove",
           .summary = "takes a relation out; its versions stay",
           .permission = write,
           .input = object({{"version", integer()}, {"why", text(2000)}}),
           .output = made,
           .handler = remove_relation}};
}

}  // namespace

std::vector<RecordKind> register_kinds() {
  const auto read = Permission::customer_read;
  return {{customers::kRelationKind, "客户关系", "/customers/{customer}", read, sees_relation},
          {customers::kGroupKind, "集团和家庭", "/customer-groups/{id}", read, sees_group},
          {customers::kCategoryKind, "客户分类", "/customers/{customer}", read, of_reached_customer},
          {customers::kBadCreditKind, "不良信用名单", "/bad-credit?record={id}", read, sees_bad_credit},
          {customers::kAccessKind, "首次准入", "/first-access/{customer}", read, of_reached_customer}};
}

Table register_endpoints() {
  Table out = identity_endpoints();
  for (auto make : {relation_endpoints, register_merge_endpoints, register_group_endpoints,
                    register_category_endpoints, register_list_endpoints})
    for (Endpoint& e : make()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
