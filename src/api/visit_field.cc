// The field: what the phone's first page shows, devices that take customers along, to-dos done without network.
// docs/field.md tells the life of an entry.
#include <sys/random.h>

#include <algorithm>
#include <map>
#include <set>

#include "api/customer_facts.h"
#include "api/todo_desk.h"
#include "api/visit_desk.h"
#include "base/json_member.h"
#include "customers/card.h"

namespace guanhu::api {

using base::Date;
using base::Instant;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Device;
using people::Permission;
using records::Record;

namespace {

constexpr size_t kMostNear = 500;  // customers with a place, for the phone to sort by distance
constexpr int64_t kDay = int64_t{24} * 3600 * 1'000'000;

// ---------------------------------------------------------------------------- today

// Visits that are planned and due by now or in the days that count as soon, and those done today.
JsonArray visits_of(VisitDesk& desk, const VisitRules& rules, bool whole) {
  JsonArray out;
  for (const char* state : {"planned", "done"}) {
    records::Filter filter;
    filter.kinds = {customers::kVisitKind}, filter.owners = {desk.person()}, filter.states = {state};
    filter.to = desk.today() + static_cast<int32_t>(std::string(state) == "done" ? 0 : rules.limits().todo);
    if (std::string(state) == "done") filter.from = desk.today();
    auto found = records::list(desk.store(), filter);
    std::reverse(found.begin(), found.end());
    for (const Record& one : found) out.push_back(whole ? desk.whole(one, rules) : desk.item(one));
  }
  return out;
}

// One's own customers that are worth a way: something is due, or nobody has been there for long.
struct Due {
  int64_t todos = 0;
  bool late = false;
  std::string first, day;  // of the most urgent to-do
};

std::map<std::string, Due> due_customers(TodoDesk& todos, int64_t days) {
  std::map<std::string, Due> out;
  const Date last = todos.today() + static_cast<int32_t>(days);
  for (const auto& one : todos.mine("open")) {
    if (one.customer.empty() || one.snoozed(todos.today()) || !todos.own(one)) continue;
    if (one.due && last < *one.due) continue;
    Due& due = out[one.customer];
    if (due.todos++ == 0) due.first = one.title, due.day = one.due ? one.due->str() : "";
    due.late = due.late || one.late(todos.today());
  }
  return out;
}

struct Place {
  std::string lat, lon, from, words;
};

// The card says where they live or work; else where a visit to them took place.
std::map<std::string, Place> places_of(VisitDesk& desk, const std::vector<std::string>& ids) {
  std::map<std::string, Place> out;
  for (const auto& seen : customers::places_seen(desk.store(), ids))
    out[seen.customer] = {seen.lat, seen.lon, "visit", ""};
  for (const auto& id : ids) {
    auto card = customers::card(desk.store(), id);
    if (!card) continue;
    Place place{text_in(card->body, "lat"), text_in(card->body, "lon"), "card", text_in(card->body, "place")};
    if (!place.lat.empty() && !place.lon.empty()) out[id] = place;
    else if (out.contains(id)) out[id].words = place.words;
  }
  return out;
}

std::vector<std::string> own_customers(VisitDesk& desk) {
  auto db = desk.services().warehouse();
  std::vector<std::string> out;
  for (uint32_t n : *desk.facts().customers_of(desk.person(), *db))
    out.emplace_back(desk.facts().customers->at(n).id);
  return out;
}

JsonArray customers_of(VisitDesk& desk, TodoDesk& todos, const VisitRules& rules) {
  const auto due = due_customers(todos, rules.limits().todo);
  std::vector<std::string> ids = own_customers(desk);
  for (const auto& [id, one] : due)
    if (std::find(ids.begin(), ids.end(), id) == ids.end() && desk.reaches_customer(id)) ids.push_back(id);
  const auto places = places_of(desk, ids);
  std::map<std::string, Date> last;
  for (const auto& one : customers::last_visits(desk.store(), ids)) last[one.customer] = one.day;
  JsonArray out;
  for (const auto& id : ids) {
    const auto at = due.find(id);
    const auto place = places.find(id);
    if ((at == due.end() && place == places.end()) || out.size() >= kMostNear) continue;
    const auto& all = *desk.facts().customers;
    const size_t n = all.find(id);
    if (n == all.size()) continue;
    const auto customer = all.at(n);
    out.push_back(JsonObject{{"id", id},
                             {"name", customer.name},
                             {"kind", customer.kind},
                             {"todos", at == due.end() ? int64_t{0} : at->second.todos},
                             {"late", at != due.end() && at->second.late},
                             {"todo", at == due.end() ? "" : at->second.first},
                             {"due", at == due.end() || at->second.day.empty() ? Json() : Json(at->second.day)},
                             {"overdue_principal", base::format_fen(customer.overdue)},
                             {"lat", place == places.end() ? Json() : Json(place->second.lat)},
                             {"lon", place == places.end() ? Json() : Json(place->second.lon)},
                             {"place_from", place == places.end() ? Json() : Json(place->second.from)},
                             {"place", place == places.end() ? "" : place->second.words},
                             {"last_visit", last.contains(id) ? Json(last.at(id).str()) : Json()}});
  }
  return out;
}

JsonArray todos_of(TodoDesk& todos, int64_t days) {
  const Date last = todos.today() + static_cast<int32_t>(days);
  JsonArray out;
  for (const auto& one : todos.mine("open"))
    if (!one.snoozed(todos.today()) && todos.own(one) && (!one.due || *one.due <= last))
      out.push_back(todos.json(one));
  return out;
}

JsonArray companions(const VisitDesk& desk) {
  JsonArray out;
  const people::Staff* me = desk.directory().person(desk.person());
  if (!me) return out;
  for (const auto& one : desk.directory().staff())
    if (one.org == me->org && one.id != me->id && people::Directory::in_post(one, desk.today()))
      out.push_back(JsonObject{{"staff", one.id}, {"name", one.name}});
  return out;
}

JsonObject today_json(VisitDesk& desk, TodoDesk& todos, const VisitRules& rules, bool whole) {
  return {{"today", desk.today().str()},
          {"now", desk.now().str()},
          {"person", desk.person()},
          {"todos", todos_of(todos, rules.limits().todo)},
          {"visits", visits_of(desk, rules, whole)},
          {"customers", customers_of(desk, todos, rules)},
          {"companions", companions(desk)},
          {"rules", rules.json()}};
}

Outcome show_today(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  TodoDesk todos(s, call);
  auto rules = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  return Answer{today_json(desk, todos, std::get<VisitRules>(rules), false)};
}

// ---------------------------------------------------------------------------- devices

Refusal device_refusal(const base::Error& error) {
  Refusal out = refusal_of(error);
  if (error.code == "device.unknown") return not_found();
  out.status =
      error.code == "device.revoked" || error.code == "device.wiped" || error.code == "device.state" ? 409 : 422;
  if (!error.where.empty()) out.misfits.push_back({error.where, error.message});
  return out;
}

Json device_json(VisitDesk& desk, const Device& of) {
  const bool own = of.login == desk.login();
  const bool over = !of.until.empty() && Instant::parse(of.until).value_or(Instant{}) < desk.now();
  auto maybe = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  return JsonObject{
      {"id", of.id},
      {"login", of.login},
      {"owner", of.staff},
      {"owner_name", desk.name_of(of.staff)},
      {"org_name", desk.org_name(of.org)},
      {"name", of.name},
      {"agent", of.agent},
      {"state", of.state},
      {"made_at", of.made_at},
      {"seen_at", of.seen_at},
      {"customers", of.customers},
      {"until", maybe(of.until)},
      {"expired", over},
      {"ended_at", maybe(of.ended_at)},
      {"ended_by", of.ended_by},
      {"why", of.why},
      {"own", own},
      {"may_revoke", of.state == "live" && (own || desk.reaches(Permission::device_manage, of.staff, of.org))},
      {"may_readmit", of.state == "revoked" && desk.reaches(Permission::device_manage, of.staff, of.org) && !own}};
}

std::string random_hex(size_t bytes) {
  std::vector<unsigned char> made(bytes);
  if (::getrandom(made.data(), made.size(), 0) != static_cast<ssize_t>(made.size()))
    throw base::Broken("no random bytes");
  std::string out;
  for (unsigned char byte : made) out += "0123456789abcdef"[byte >> 4], out += "0123456789abcdef"[byte & 15];
  return out;
}

// The data key in the clear; nothing when the bank's key that sealed it is gone.
std::optional<std::string> key_of(Services& s, const Device& of) {
  const auto& keys = s.bank().personal_key();
  // "enc:1f09…:BASE64"
  if (!store::PersonalKey::is_sealed(of.key_sealed) || !keys.has(of.key_sealed.substr(4, 8))) return std::nullopt;
  return keys.open(of.key_sealed);
}

Outcome add_device(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  Device ask;
  const std::string key = random_hex(32);
  ask.id = random_hex(16), ask.login = desk.login(), ask.staff = desk.person(),
  ask.org = desk.org_of(desk.person());
  ask.name = call.text("name");
  ask.agent = std::string(call.request.header("user-agent").value_or("").substr(0, 300));
  ask.key_sealed = s.bank().personal_key().seal(key);
  auto made = customers::add_device(desk.store(), ask, desk.device_doing());
  if (!made.ok()) return device_refusal(made.error());
  return Answer{JsonObject{{"device", device_json(desk, *made)}, {"key", key}, {"now", desk.now().str()}}};
}

Outcome list_devices(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  const bool all = call.get("whose").value_or("mine") == "all";
  std::vector<Json> items;
  for (const Device& one : customers::devices(desk.store(), all ? "" : desk.login()))
    if (one.login == desk.login() || desk.reaches(Permission::device_manage, one.staff, one.org))
      items.push_back(device_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<Device> device_for(VisitDesk& desk, const Call& call) {
  auto found = customers::device(desk.store(), call.part("id"));
  if (!found.ok()) return std::nullopt;
  if (found->login != desk.login() && !desk.reaches(Permission::device_manage, found->staff, found->org))
    return std::nullopt;
  return *found;
}

Outcome show_takes(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto found = device_for(desk, call);
  if (!found) return not_found();
  std::vector<Json> items;
  for (const auto& take : customers::takes(desk.store(), found->id)) {
    JsonArray list;
    for (const auto& id : take.customers) list.push_back(JsonObject{{"id", id}, {"name", desk.customer_name(id)}});
    items.push_back(
        JsonObject{{"id", take.id}, {"at", take.at}, {"until", take.until}, {"customers", std::move(list)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

// After a login on the device: opens what it keeps. Who revoked it is told instead.
Outcome give_key(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto found = customers::live_device(desk.store(), call.part("id"), desk.login());
  if (!found.ok()) return device_refusal(found.error());
  auto key = key_of(s, *found);
  if (!key) {
    (void)customers::end_device(desk.store(), found->id, "wiped", "银行换了密钥", desk.device_doing());
    return device_refusal({"device.wiped", "银行换了密钥，这台设备上带走的作废了", "", "重新登记这台设备"});
  }
  customers::device_key_given(desk.store(), *found, desk.device_doing());
  return Answer{JsonObject{{"device", device_json(desk, *found)}, {"key", *key}, {"now", desk.now().str()}}};
}

// Phones and addresses of those taken along: who may read them takes them, and each reading is recorded.
JsonArray personal_of(VisitDesk& desk, const Device& of, const std::vector<std::string>& ids) {
  JsonArray out;
  if (!desk.can(Permission::personal_read)) return out;
  auto db = desk.services().warehouse();
  for (const auto& id : ids) {
    CustomerReader reader(*db, desk.facts().directory, *desk.facts().last_date, id,
                          desk.services().bank().personal_key());
    const Json all = reader.personal();
    out.push_back(JsonObject{{"id", id}, {"phone", text_in(all, "phone")}, {"address", text_in(all, "address")}});
  }
  desk.store().transaction([&] {
    for (const auto& id : ids)
      desk.audit("personal_data.read", "customer " + id,
                 JsonObject{{"reason", "带走到设备 " + of.name}, {"device", of.id}});
  });
  return out;
}

std::vector<std::string> texts_in(const Call& call, const char* name) {
  std::set<std::string> once;
  std::vector<std::string> out;
  if (const Json* list = call.body.find(name); list && list->as_array())
    for (const Json& one : *list->as_array())
      if (one.as_string() && once.insert(*one.as_string()).second) out.push_back(*one.as_string());
  return out;
}

Outcome take_along(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  TodoDesk todos(s, call);
  auto found = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&found)) return *refused;
  const VisitRules& rules = std::get<VisitRules>(found);
  auto device = customers::live_device(desk.store(), call.part("id"), desk.login());
  if (!device.ok()) return device_refusal(device.error());
  const auto ids = texts_in(call, "customers");
  if (static_cast<int64_t>(ids.size()) > rules.limits().customers)
    return device_refusal({"device.customers", "一次最多带走 " + std::to_string(rules.limits().customers) + " 户",
                           "customers", "去掉用不着的"});
  for (const auto& id : ids)
    if (!desk.reaches_customer(id))
      return device_refusal({"device.customers", "没有客户 " + id, "customers", "从自己管的客户里选"});
  const Instant until{desk.now().micros + rules.limits().days * kDay};
  auto took = customers::take_along(desk.store(), device->id, ids, until, desk.device_doing());
  if (!took.ok()) return device_refusal(took.error());
  JsonArray briefs;
  for (const auto& id : ids) briefs.push_back(visit_brief(desk, rules, id));
  return Answer{JsonObject{{"until", until.str()},
                           {"now", desk.now().str()},
                           {"day", today_json(desk, todos, rules, true)},
                           {"briefs", std::move(briefs)},
                           {"personal", personal_of(desk, *device, ids)}}};
}

Outcome wiped(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto found = customers::device(desk.store(), call.part("id"));
  if (!found.ok() || found->login != desk.login()) return not_found();
  auto done = customers::end_device(desk.store(), found->id, "wiped", call.text("reason"), desk.device_doing());
  if (!done.ok()) return device_refusal(done.error());
  return Answer{device_json(desk, *done)};
}

Outcome revoke(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto found = device_for(desk, call);
  if (!found) return not_found();
  auto done = customers::end_device(desk.store(), found->id, "revoked", call.text("reason"), desk.device_doing());
  if (!done.ok()) return device_refusal(done.error());
  if (found->login != desk.login())
    desk.tell(found->staff, "您的设备“" + found->name + "”被停用", call.text("reason"), "/field/devices");
  return Answer{device_json(desk, *done)};
}

// Not by who revoked his own or lost it: somebody else says that it is safe again.
Outcome readmit(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto found = device_for(desk, call);
  if (!found) return not_found();
  if (found->login == desk.login() || !desk.reaches(Permission::device_manage, found->staff, found->org))
    return forbidden();
  auto done = customers::readmit_device(desk.store(), found->id, call.text("reason"), desk.device_doing());
  if (!done.ok()) return device_refusal(done.error());
  return Answer{device_json(desk, *done)};
}

// ---------------------------------------------------------------------------- to-dos without network

Outcome done_todo(VisitDesk& desk, TodoDesk& todos, const Call& call, const std::optional<SentEntry>& entry) {
  auto found = todos.hold(call.part("id"));
  if (!found) return not_found();
  const bool live = found->source != "duty" && found->source != "assigned";
  if (live || !todos.own(*found)) return forbidden();
  std::optional<base::Result<workbench::Todo>> out;
  desk.store().transaction([&] {
    out = workbench::finish_todo_in(desk.store(), found->id, call.text("note"), desk.todo_doing(desk.today()));
    if (!out->ok() || !entry) return;
    customers::Entry kept = entry->entry;
    kept.subject = "todo " + std::to_string(found->id);
    customers::keep_entry(desk.store(), kept);
  });
  if (!out->ok()) return todo_refusal(out->error());
  return Answer{todos.json(**out)};
}

Outcome finish_todo(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto entry = entry_of(desk, call, "todo.done");
  TodoDesk todos(s, call);
  return once(
      desk, entry, [&]() { return done_todo(desk, todos, call, entry); },
      [&](const std::string& subject) -> Outcome {
        auto found = todos.find(subject.substr(subject.find(' ') + 1));
        if (!found) return not_found();
        return Answer{todos.json(*found)};
      });
}

Endpoint device_step(const char* name, const char* summary, Permission permission, SchemaRef input,
                     SchemaRef output, Outcome (*handler)(Services&, const Call&)) {
  return {.method = "POST",
          .path = std::string("/field/devices/{id}/") + name,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = std::move(output),
          .handler = handler};
}

}  // namespace

Table visit_field_endpoints() {
  const auto write = Permission::visit_write;
  const auto reason = object({{"reason", text(400)}});
  const auto key = object({{"device", ref("FieldDevice")}, {"key", text(64)}, {"now", moment()}});
  Table out = {{.method = "GET",
                .path = "/field/today",
                .summary = "the day outside: to-dos, visits, customers that are due or have a place, the rules",
                .permission = write,
                .output = ref("FieldDay"),
                .handler = show_today},
               {.method = "GET",
                .path = "/field/devices",
                .summary = "devices that take customers along: one's own, or all in reach",
                .permission = Permission::todo_read,
                .parameters = {{"whose", choice({"mine", "all"})}},
                .output = list_of("FieldDevice"),
                .handler = list_devices,
                .list = true,
                .whole = true,
                .searched = {"name", "owner_name", "org_name", "login"}},
               {.method = "POST",
                .path = "/field/devices",
                .summary = "this device may take customers along from now on; gives the key that seals them",
                .permission = write,
                .input = object({{"name", text(240)}}),
                .output = key,
                .handler = add_device},
               {.method = "GET",
                .path = "/field/devices/{id}/takes",
                .summary = "which customers it took along, and when",
                .permission = Permission::todo_read,
                .output = list_of("FieldTake"),
                .handler = show_takes,
                .list = true,
                .whole = true},
               {.method = "POST",
                .path = "/field/todos/{id}/done",
                .summary = "done by hand, with a note, once",
                .permission = Permission::todo_do,
                .input = optional(object({{"note", text(2000)}, {"entry", visit_entry_shape()}}), {"entry"}),
                .output = ref("Todo"),
                .handler = finish_todo}};
  out.push_back(device_step("key", "the key again, after a login on it", write, nullptr, key, give_key));
  out.push_back(device_step("take", "customers, visits and to-dos to take along; recorded", write,
                            object({{"customers", list(text(100))}}), ref("FieldPack"), take_along));
  out.push_back(device_step("wiped", "what it had is gone", write, reason, ref("FieldDevice"), wiped));
  out.push_back(device_step("revoke", "its key is not given any more; it wipes itself when it next speaks with us",
                            Permission::todo_read, reason, ref("FieldDevice"), revoke));
  out.push_back(device_step("readmit", "revoked by mistake", Permission::device_manage, reason, ref("FieldDevice"),
                            readmit));
  return out;
}

}  // namespace guanhu::api
