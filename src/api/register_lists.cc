// The list of bad credit, and first access of customers.
#include <algorithm>

#include "api/redact.h"
#include "api/register_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::BadCredit;
using people::Permission;

namespace {

bool wide(RegisterDesk& desk) { return desk.scope(Permission::bad_credit_write) != people::Scope::none; }

Json files_of(RegisterDesk& desk, int64_t record) {
  JsonArray out;
  for (const auto& file : records::files_of(desk.store(), record))
    out.push_back(
        JsonObject{{"digest", file.digest}, {"name", file.name}, {"type", file.type}, {"size", file.size}});
  return out;
}

Json bad_json(RegisterDesk& desk, const BadCredit& b) {
  const std::string id = b.customer.empty() ? "" : desk.merges().canonical(b.customer);
  const bool may = desk.can(Permission::bad_credit_write);
  const std::string number = desk.services().bank().personal_key().open(b.number);
  return JsonObject{{"record", b.record},
                    {"version", b.version},
                    {"customer", id},
                    {"open", !id.empty() && desk.sees_customer(id)},
                    {"name", b.name},
                    {"masked", number.empty() ? "" : masked_id(number)},
                    {"cause", b.cause},
                    {"reason", b.reason},
                    {"source", b.source},
                    {"since", b.since.str()},
                    {"state", b.state},
                    {"leave_why", b.leave_why},
                    {"leave_by", b.leave_by},
                    {"decided_why", b.decided_why},
                    {"decided_by", b.decided_by},
                    {"made_at", b.made_at},
                    {"made_by", b.made_by},
                    {"files", files_of(desk, b.record)},
                    {"may_ask", may && b.state == "listed"},
                    {"may_decide", may && b.state == "leaving" && b.leave_by != desk.login()}};
}

Outcome list_bad(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : customers::bad_credit(desk.store(), call.get("state").value_or("")))
    if (wide(desk) || (!one.customer.empty() && desk.sees_customer(desk.merges().canonical(one.customer))))
      items.push_back(bad_json(desk, one));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"may_write", desk.can(Permission::bad_credit_write)}};
  return out;
}

Outcome add_bad(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  customers::BadCreditAsked asked;
  BadCredit& b = asked.entry;
  b.customer = text_member(call, "customer");
  if (!b.customer.empty()) {
    b.customer = desk.merges().canonical(b.customer);
    const auto& all = desk.facts().customers;
    if (!all || all->find(b.customer) == all->size())
      return register_refusal({"bad.customer", "没有客户 " + b.customer, "customer", "写客户号，或只写姓名"});
  }
  b.name = b.customer.empty() ? text_member(call, "name") : desk.customer_name(b.customer);
  b.number = text_member(call, "id_no"), b.cause = text_member(call, "cause");
  b.reason = text_member(call, "reason"), b.source = text_member(call, "source");
  b.since = day_member(call, "since").value_or(desk.today());
  if (const Json* files = call.body.find("files"); files && files->as_array())
    for (const Json& one : *files->as_array())
      if (one.as_string()) asked.files.push_back(*one.as_string());
  asked.today = desk.today(), asked.org = desk.org_of(desk.person());
  auto made = customers::list_bad_credit(desk.store(), asked, s.bank().personal_key(), desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{bad_json(desk, customers::bad_credit_of(*made))};
}

Outcome leave_bad(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = id_in_path(call);
  if (!id) return not_found();
  auto done = customers::ask_removal(desk.store(), *id, whole_member(call, "version"), text_member(call, "why"),
                                     desk.writing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{bad_json(desk, customers::bad_credit_of(*done))};
}

Outcome decide_bad(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = id_in_path(call);
  if (!id) return not_found();
  auto done = customers::decide_removal(desk.store(), *id, whole_member(call, "version"),
                                        flag_member(call, "accept"), text_member(call, "why"), desk.writing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{bad_json(desk, customers::bad_credit_of(*done))};
}

// Whether somebody who is no customer yet is on the list. What was asked is recorded, the number is not.
Outcome check_bad(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  const std::string name = text_member(call, "name"), number = text_member(call, "id_no");
  if (name.empty() && number.empty())
    return register_refusal({"bad.name", "没有写查谁", "name", "写姓名或证件号码"});
  const auto hits = customers::bad_credit_named(desk.store(), s.bank().personal_key(), name, number);
  JsonArray items;
  for (const auto& one : hits)
    items.push_back(JsonObject{{"record", one.record},
                               {"name", one.name},
                               {"cause", one.cause},
                               {"since", one.since.str()},
                               {"by_number", name.empty() || one.name != name}});
  desk.store().transaction([&] {
    desk.audit("bad_credit.check", "bad_credit",
               JsonObject{{"name", name}, {"by_number", !number.empty()}, {"hits", hits.size()}});
  });
  return Answer{JsonObject{{"items", std::move(items)}}};
}

// The customer, and whoever is related to him: one step far.
Outcome bad_of_customer(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  JsonArray own, related;
  for (const auto& one : customers::bad_credit_hits(desk.store(), desk.db(), desk.merges(), {*id}))
    own.push_back(bad_json(desk, one));
  const auto graph =
      customers::relation_graph(desk.store(), desk.db(), desk.merges(), *id, desk.business(), 1, 60);
  for (const auto& r : graph.relations) {
    const bool forward = r.customer == *id;
    const std::string other = forward ? r.related : r.customer;
    const auto hits = other.empty()
                          ? customers::bad_credit_named(desk.store(), s.bank().personal_key(), r.related_name, "")
                          : customers::bad_credit_hits(desk.store(), desk.db(), desk.merges(), {other});
    for (const auto& one : hits)
      related.push_back(JsonObject{{"kind", r.kind}, {"forward", forward}, {"entry", bad_json(desk, one)}});
  }
  return Answer{JsonObject{{"own", std::move(own)},
                           {"related", std::move(related)},
                           {"may_write", desk.can(Permission::bad_credit_write)}}};
}

// ---------------------------------------------------------------------------------------- first access

Json case_json(RegisterDesk& desk, const records::Record& of) {
  auto member = [&](const char* name) {
    const Json* found = of.body.find(name);
    return found ? *found : Json();
  };
  const Json steps = member("steps");
  bool self = of.made_by == desk.login();
  for (const Json& one : steps.as_array() ? *steps.as_array() : JsonArray{})
    if (const Json* by = one.find("by"); by && by->as_string() && *by->as_string() == desk.login()) self = true;
  const bool open = of.state == "reviewing" || of.state == "deciding";
  JsonObject out = desk.head(of);
  const std::string& id = desk.merges().canonical(of.customer);
  out.emplace_back("canonical", id);
  out.emplace_back("why", member("why"));
  out.emplace_back("given", member("given"));
  out.emplace_back("answers", member("answers"));
  out.emplace_back("steps", steps);
  out.emplace_back("may_step", open && !self && desk.can(Permission::customer_check));
  return out;
}

bool sees_case(RegisterDesk& desk, const records::Record& of) {
  return desk.sees_customer(desk.merges().canonical(of.customer));
}

Outcome list_access(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  records::Filter filter{.kinds = {customers::kAccessKind}, .limit = 5000};
  if (auto state = call.get("state")) filter.states = {*state};
  std::vector<Json> items;
  for (const auto& one : records::list(desk.store(), filter))
    if (sees_case(desk, one)) items.push_back(case_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

// The form: each decision with what is known; what a person answered may be tried before it is filed.
Json form_json(RegisterDesk& desk, const customers::RegisterPlan& plan, const std::string& id, const Json& given) {
  JsonArray asked;
  const auto all = customers::ask_access(desk.packs(), plan, desk.known_one(id), given, desk.today());
  for (size_t i = 0; i < all.size(); ++i) {
    customers::Asked none;
    none.decision = plan.access[i];
    if (!all[i].ok()) none.error = all[i].error();
    asked.push_back(customers::to_json(all[i].ok() ? *all[i] : none));
  }
  return asked;
}

Json given_of(const Call& call) {
  const Json* given = call.body.find("given");
  return given && given->as_object() ? *given : Json(JsonObject{});
}

Outcome show_access(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  JsonArray cases;
  for (const auto& member : desk.merges().members(*id))
    for (const auto& one : records::list(desk.store(), {.kinds = {customers::kAccessKind}, .customer = member}))
      cases.push_back(case_json(desk, one));
  return Answer{JsonObject{{"customer", desk.customer_json(*id)},
                           {"decisions", words_json(plan->access)},
                           {"asked", form_json(desk, *plan, *id, JsonObject{})},
                           {"cases", std::move(cases)},
                           {"may_write", desk.can(Permission::customer_write)}}};
}

Outcome try_access(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  return Answer{JsonObject{{"asked", form_json(desk, *plan, *id, given_of(call))}}};
}

Outcome file_access(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  customers::AccessAsked asked{*id,          desk.customer_name(*id), text_member(call, "why"),  given_of(call),
                               desk.today(), desk.person(),           desk.org_of(desk.person())};
  auto made =
      customers::file_access(desk.store(), desk.packs(), *plan, asked, desk.known_one(*id), desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{case_json(desk, *made)};
}

Outcome step_access(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = id_in_path(call);
  auto was = id ? records::record(desk.store(), customers::kAccessKind, *id)
                : base::Result<records::Record>(base::Error{"record.unknown", "", "", ""});
  if (!was.ok() || !sees_case(desk, *was)) return not_found();
  auto done = customers::step_access(
      desk.store(),
      {*id, whole_member(call, "version"), flag_member(call, "accept"), text_member(call, "why"), desk.today()},
      desk.writing());
  if (!done.ok()) return register_refusal(done.error());
  desk.tell(done->owner, done->title, text_member(call, "why"), "/first-access/" + done->customer);
  return Answer{case_json(desk, *done)};
}

Table bad_credit_endpoints() {
  const auto read = Permission::customer_read, write = Permission::bad_credit_write;
  return {{.method = "GET",
           .path = "/bad-credit",
           .summary = "the list of bad credit: all of it for those who keep it, else one's own customers",
           .permission = read,
           .parameters = {{"state", choice({"listed", "leaving", "removed"}), false, "else those in force"}},
           .output = list_of("BadCredit", {{"may_write", boolean()}}),
           .handler = list_bad,
           .list = true,
           .searched = {"name", "customer", "reason", "source"}},
          {.method = "POST",
           .path = "/bad-credit",
           .summary = "puts somebody on the list, with evidence",
           .permission = write,
           .input = optional(object({{"customer", text(100)},
                                     {"name", text(200)},
                                     {"id_no", text(40)},
                                     {"cause", text(40)},
                                     {"reason", text(2000)},
                                     {"source", text(300)},
                                     {"since", date()},
                                     {"files", list(text(64))}}),
                             {"customer", "name", "id_no", "since"}),
           .output = ref("BadCredit"),
           .handler = add_bad},
          {.method = "POST",
           .path = "/bad-credit/check",
           .summary = "whether a name or an identity number is on the list; recorded",
           .permission = read,
           .input = optional(object({{"name", text(200)}, {"id_no", text(40)}}), {"name", "id_no"}),
           .output = object({{"items", list(object({{"record", integer()},
                                                    {"name", text()},
                                                    {"cause", text()},
                                                    {"since", date()},
                                                    {"by_number", boolean()}}))}}),
           .handler = check_bad},
          {.method = "GET",
           .path = "/customers/{id}/bad-credit",
           .summary = "entries about the customer, and about whoever is related",
           .permission = read,
           .output = object(
               {{"own", list(ref("BadCredit"))},
                {"related", list(object({{"kind", text()}, {"forward", boolean()}, {"entry", ref("BadCredit")}}))},
                {"may_write", boolean()}}),
           .handler = bad_of_customer}};
}

// How an entry leaves the list.
Table removal_endpoints() {
  const auto write = Permission::bad_credit_write;
  const SchemaRef step = object({{"version", integer()}, {"why", text(2000)}});
  return {{.method = "POST",
           .path = "/bad-credit/{id}/ask-removal",
           .summary = "asks that an entry be taken off",
           .permission = write,
           .input = step,
           .output = ref("BadCredit"),
           .handler = leave_bad},
          {.method = "POST",
           .path = "/bad-credit/{id}/decide-removal",
           .summary = "the second person agrees, or the entry stays",
           .permission = write,
           .input = object({{"version", integer()}, {"accept", boolean()}, {"why", text(2000)}}),
           .output = ref("BadCredit"),
           .handler = decide_bad}};
}

Table access_endpoints() {
  const auto read = Permission::customer_read, write = Permission::customer_write;
  const SchemaRef asked = object({{"asked", list(ref("AskedDecision"))}});
  return {{.method = "GET",
           .path = "/first-access",
           .summary = "cases of first access, newest first",
           .permission = read,
           .parameters = {{"state", choice({"reviewing", "deciding", "approved", "rejected", "not_needed"})}},
           .output = list_of("FirstAccess"),
           .handler = list_access,
           .list = true,
           .searched = {"title", "customer"}},
          {.method = "GET",
           .path = "/customers/{id}/first-access",
           .summary = "the form of first access filled with what is known, and earlier cases",
           .permission = read,
           .output = ref("FirstAccessForm"),
           .handler = show_access},
          {.method = "POST",
           .path = "/customers/{id}/first-access/try",
           .summary = "what the decisions say of these answers; nothing is kept",
           .permission = write,
           .input = object({{"given", open(object({}))}}),
           .output = asked,
           .handler = try_access},
          {.method = "POST",
           .path = "/customers/{id}/first-access",
           .summary = "files a case",
           .permission = write,
           .input = object({{"given", open(object({}))}, {"why", text(2000)}}),
           .output = ref("FirstAccess"),
           .handler = file_access},
          {.method = "POST",
           .path = "/first-access/{id}/step",
           .summary = "reviews, then approves or refuses; each by another person",
           .permission = Permission::customer_check,
           .input = object({{"version", integer()}, {"accept", boolean()}, {"why", text(2000)}}),
           .output = ref("FirstAccess"),
           .handler = step_access}};
}

}  // namespace

Table register_list_endpoints() {
  Table out = bad_credit_endpoints();
  for (auto make : {removal_endpoints, access_endpoints})
    for (Endpoint& e : make()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
