// Organisations, staff, logins and roles.
#include <algorithm>
#include <mutex>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/redact.h"
#include "api/staff_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json date_json(const std::optional<base::Date>& day) { return day ? Json(day->str()) : Json(); }

Json named(const people::Org& org) { return JsonObject{{"id", org.id}, {"name", org.name}}; }

bool in_post(const Facts& facts, const people::Staff& person) {
  return facts.last_date && people::Directory::in_post(person, *facts.last_date);
}

// The head of a branch; of anything else whoever heads what stands there in the position.
Json head_of(const Facts& facts, const people::Org& org) {
  for (const auto& person : facts.directory.staff()) {
    bool heads = person.position == "branch_head" || (org.kind == "hq" && person.position == "executive");
    if (person.org == org.id && heads && in_post(facts, person))
      return JsonObject{{"id", person.id}, {"name", person.name}};
  }
  return {};
}

Json org_json(const Facts& facts, const people::Org& org) {
  size_t staff = 0, managers = 0;
  for (const auto& person : facts.directory.staff()) {
    if (person.org != org.id || !in_post(facts, person)) continue;
    ++staff;
    managers += person.position == "manager";
  }
  return JsonObject{{"id", org.id},
                    {"name", org.name},
                    {"kind", org.kind},
                    {"parent", org.parent.empty() ? Json() : Json(org.parent)},
                    {"head", head_of(facts, org)},
                    {"staff", staff},
                    {"managers", managers},
                    {"opened_on", date_json(org.opened)},
                    {"closed_on", date_json(org.closed)}};
}

// Phones are no part of the directory: they are read when shown, and masked.
std::map<std::string, std::string> phones(warehouse::Warehouse& db, const store::PersonalKey& key) {
  std::map<std::string, std::string> out;
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text};
  db.scan("SELECT s.* FROM " + winning_rows("f_staff", "staff_id", "f.staff_id, f.phone") + " s", types,
          [&](const warehouse::Chunk& c) {
            for (size_t r = 0; r < c.rows; ++r)
              if (!c.columns[1].is_null(r)) out.emplace(c.columns[0].text[r], key.open(c.columns[1].text[r]));
          });
  return out;
}

Json staff_json(const Facts& facts, const people::Staff& p, const std::map<std::string, std::string>& phone_of) {
  const people::Org* org = facts.directory.org(p.org);
  auto phone = phone_of.find(p.id);
  return JsonObject{{"id", p.id},
                    {"name", p.name},
                    {"org", p.org},
                    {"org_name", org ? org->name : p.org},
                    {"branch", facts.directory.branch_of(p.org)},
                    {"position", p.position},
                    {"education", p.education},
                    {"title", p.title},
                    {"credit_exam", p.credit_exam},
                    {"hired_on", date_json(p.hired)},
                    {"left_on", date_json(p.left)},
                    {"phone_masked", phone == phone_of.end() ? "" : masked_phone(phone->second)},
                    {"in_post", in_post(facts, p)}};
}

Outcome list_orgs(Services& s, const Call& call) {
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  std::vector<Json> items;
  for (const auto& org : facts->directory.orgs())
    if (reach->org(org.id)) items.push_back(org_json(*facts, org));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_org(Services& s, const Call& call) {
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  const people::Org* org = facts->directory.org(call.part("id"));
  if (!org || !reach->org(org->id)) return not_found();
  JsonArray path, children, staff;
  const people::Org* at = org;
  for (size_t guard = 0; at && guard <= facts->directory.orgs().size(); ++guard) {
    path.insert(path.begin(), named(*at));
    at = at->parent.empty() ? nullptr : facts->directory.org(at->parent);
  }
  for (const auto& child : facts->directory.orgs())
    if (child.parent == org->id) children.push_back(org_json(*facts, child));
  auto db = s.warehouse();
  auto phone_of = phones(*db, s.bank().personal_key());
  for (const auto& person : facts->directory.staff())
    if (person.org == org->id) staff.push_back(staff_json(*facts, person, phone_of));
  Json body = org_json(*facts, *org);
  for (auto& [name, value] : std::vector<std::pair<std::string, Json>>{
           {"path", std::move(path)}, {"children", std::move(children)}, {"staff_list", std::move(staff)}})
    body.as_object()->emplace_back(name, std::move(value));
  return Answer{std::move(body)};
}

Outcome list_staff(Services& s, const Call& call) {
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  auto db = s.warehouse();
  auto phone_of = phones(*db, s.bank().personal_key());
  std::vector<Json> items;
  std::vector<std::string> below;
  auto org = call.get("org");
  if (org) below = facts->directory.subtree(*org);
  for (const auto& person : facts->directory.staff())
    if (reach->staff(person.id) && (!org || std::binary_search(below.begin(), below.end(), person.org)))
      items.push_back(staff_json(*facts, person, phone_of));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_staff(Services& s, const Call& call) {
  auto facts = s.facts();
  const people::Staff* person = facts->directory.person(call.part("id"));
  if (!person || !facts->reach(call.login(), call.scope)->staff(person->id)) return not_found();
  auto db = s.warehouse();
  return Answer{staff_json(*facts, *person, phones(*db, s.bank().personal_key()))};
}

// ---------------------------------------------------------------------------------------------- logins

// When each login was last used, by the audit chain.
std::map<std::string, std::string> last_logins(store::Session& store) {
  std::map<std::string, std::string> out;
  for (const auto& row : store.query("SELECT actor, max(at) FROM audit_log WHERE action = 'login' GROUP BY actor"))
    out.emplace(row.text(0), base::Instant{row.integer(1)}.str());
  return out;
}

Json login_json(const Facts& facts, const people::Login& login, const std::map<std::string, std::string>& used) {
  const people::Staff* person = facts.directory.person(login.staff_id);
  const people::Org* org = person ? facts.directory.org(person->org) : nullptr;
  auto last = used.find(login.login);
  JsonArray roles;
  for (auto role : login.roles) roles.push_back(people::role_name(role));
  return JsonObject{{"login", login.login},
                    {"staff_id", login.staff_id},
                    {"name", person ? person->name : ""},
                    {"org", JsonObject{{"id", org ? org->id : ""}, {"name", org ? org->name : ""}}},
                    {"roles", std::move(roles)},
                    {"must_change", login.must_change},
                    {"disabled", login.disabled},
                    {"last_login", last == used.end() ? Json() : Json(last->second)}};
}

std::vector<people::Role> roles_in(const Json& list) {
  std::vector<people::Role> out;
  for (const Json& name : *list.as_array()) out.push_back(*people::role_of(*name.as_string()));
  return out;
}

Outcome list_logins(Services& s, const Call&) {
  auto facts = s.facts();
  auto store = s.store();
  auto used = last_logins(*store);
  std::vector<Json> items;
  for (const auto& login : people::list_logins(*store)) items.push_back(login_json(*facts, login, used));
  return Answer{.items = Items::of(std::move(items))};
}

// ORG-641: what the rules keep apart, and what a second person must confirm, before built-in roles are written.
std::optional<Refusal> refused_roles(Services& s, const people::Login& before,
                                     const std::vector<people::Role>& roles) {
  if (std::find(roles.begin(), roles.end(), people::Role::auditor) != roles.end() && roles.size() > 1)
    return std::nullopt;  // login.roles says it
  const base::Date day = people::day_here(s.clock().now());
  auto rules = role_rules(s, day);
  if (!rules.ok()) return staff_refusal(rules.error());
  auto store = s.store();
  auto fits = people::check_roles(*store, *rules, before, roles, day);
  return fits.ok() ? std::nullopt : std::optional(staff_refusal(fits.error()));
}

// Nobody leaves before what they hold is handed over: while their leaving is open, it is what closes the login.
std::optional<Refusal> refused_closing(store::Session& store, const people::Login& login) {
  auto leaving = people::open_leaving_of(store, login.staff_id);
  if (!leaving) return std::nullopt;
  return Refusal{409,
                 {"leaving.open", "他的离岗手续正在办，交接完、办结时自动停用这个登录", "",
                  "在离岗 " + std::to_string(leaving->id) + " 办结"}};
}

// ORG-641: one person, one login.
std::optional<Refusal> refused_second(store::Session& store, const std::string& staff, const std::string& login) {
  const std::string other = people::other_login(store, staff, login);
  if (other.empty()) return std::nullopt;
  const std::string there = staff + " 已有登录 " + other;
  return Refusal{
      422, {"login.person", there, "staff_id", "一人一个登录：给它加角色，或先停用它"}, {{"/staff_id", there}}};
}

Outcome add_login(Services& s, const Call& call) {
  auto facts = s.facts();
  const std::string staff = call.text("staff_id");
  const Json* named_login = call.body.find("login");
  const std::string login = named_login ? *named_login->as_string() : staff;
  if (!facts->directory.staff().empty() && !facts->directory.person(staff))
    return Refusal{422, base::Error{"login.staff", "", "", ""}, {{"/staff_id", "没有这位员工"}}};
  if (auto refused = refused_second(*s.store(), staff, login)) return *refused;
  // Kept apart by the bank's rules; those of no bank are add_login's.
  const auto roles = roles_in(*call.body.find("roles"));
  if (auto refused = refused_roles(s, {.login = login, .staff_id = staff}, roles)) return *refused;
  auto turn = s.hash_turn();
  if (!turn) return Refusal{429, base::Error{"busy.passwords", "", "", ""}, {}, 2};
  auto store = s.store();
  auto password = people::add_login(*store, login, staff, roles, s.clock(), [&] {
    record(*store, call.login().login, "user.add", "login " + login,
           JsonObject{{"staff_id", staff}, {"roles", *call.body.find("roles")}}, s.clock());
  });
  if (!password) return refusal_of(password.error());
  return Answer{JsonObject{{"login", login}, {"password", *password}}};
}

void rights_changed(Services& s, const std::string& login) {
  s.forget_sessions();
  s.events().disconnect(login);  // a stream opened under the old rights must not go on
}

// Another administrator was faster: what stands there is no longer what this one saw.
std::optional<Refusal> changed_meanwhile(const people::Login& there, const Json& seen) {
  std::vector<people::Role> roles = roles_in(*seen.find("roles")), now = there.roles;
  std::sort(roles.begin(), roles.end()), std::sort(now.begin(), now.end());
  if (roles == now && *seen.find("disabled")->as_bool() == there.disabled) return std::nullopt;
  std::string words;
  for (auto role : now) words += (words.empty() ? "" : "、") + std::string(people::role_title(role));
  return Refusal{
      409,
      {"record.changed", "别人已经改过 " + there.login + "：" + words + (there.disabled ? "，已停用" : ""), "",
       "看过现在的角色，再决定怎么改"}};
}

Outcome change_login(Services& s, const Call& call) {
  const std::string& login = call.part("login");
  static std::mutex one_at_a_time;  // what was seen is compared and written as one
  std::lock_guard lock(one_at_a_time);
  auto store = s.store();
  auto before = people::find_login(*store, login);
  if (!before) return refusal_of({"login.unknown", "", "", ""});
  // Nobody locks himself out, or gives himself more.
  if (login == call.login().login) return Refusal{422, base::Error{"login.self", "", "", ""}};
  if (auto refused = changed_meanwhile(*before, *call.body.find("seen"))) return *refused;
  auto also = [&](const char* action, const char* member) {
    return [&, action, member] {
      record(*store, call.login().login, action, "login " + login, JsonObject{{member, *call.body.find(member)}},
             s.clock());
    };
  };
  if (const Json* roles = call.body.find("roles"))
    if (auto refused = refused_roles(s, *before, roles_in(*roles))) return *refused;
  if (const Json* disabled = call.body.find("disabled"); disabled && *disabled->as_bool())
    if (auto refused = refused_closing(*store, *before)) return *refused;
  if (const Json* disabled = call.body.find("disabled"); disabled && !*disabled->as_bool() && before->disabled)
    if (auto refused = refused_second(*store, before->staff_id, login)) return *refused;
  base::Status status;
  if (const Json* roles = call.body.find("roles"))
    status = people::set_roles(*store, login, roles_in(*roles), also("user.roles", "roles"));
  if (const Json* disabled = call.body.find("disabled"); status && disabled)
    status = people::set_disabled(*store, login, *disabled->as_bool(), also("user.disable", "disabled"));
  rights_changed(s, login);
  if (!status) return refusal_of(status.error());
  return Answer{login_json(*s.facts(), *people::find_login(*store, login), last_logins(*store))};
}

Outcome reset_login(Services& s, const Call& call) {
  const std::string& login = call.part("login");
  if (login == call.login().login) return Refusal{422, base::Error{"login.self", "", "", ""}};
  auto turn = s.hash_turn();
  if (!turn) return Refusal{429, base::Error{"busy.passwords", "", "", ""}, {}, 2};
  auto store = s.store();
  auto password = people::reset_password(*store, login, s.clock(), [&] {
    record(*store, call.login().login, "user.reset", "login " + login, JsonObject{}, s.clock());
  });
  if (!password) return refusal_of(password.error());
  rights_changed(s, login);
  return Answer{JsonObject{{"login", login}, {"password", *password}}};
}

Outcome list_roles(Services&, const Call&) {
  std::vector<Json> items;
  for (auto role : people::all_roles()) {
    JsonObject permissions;
    for (auto permission : people::all_permissions())
      if (auto scope = people::scope_of(role, permission); scope != people::Scope::none)
        permissions.emplace_back(people::permission_name(permission), people::scope_name(scope));
    items.push_back(JsonObject{{"role", people::role_name(role)},
                               {"title", people::role_title(role)},
                               {"permissions", std::move(permissions)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

SchemaRef role_names() {
  std::vector<std::string> names;
  for (auto role : people::all_roles()) names.emplace_back(people::role_name(role));
  return list(choice(std::move(names)));
}

}  // namespace

Table people_endpoints() {
  const auto may = people::Permission::org_read;
  return {{.method = "GET",
           .path = "/orgs",
           .summary = "organisations with head and staff counts",
           .permission = may,
           .parameters = {{"kind", text(20), false, "hq, department, branch, outlet", "kind"},
                          {"parent", text(100), false, "", "parent"}},
           .output = list_of("Org"),
           .handler = list_orgs,
           .list = true,
           .whole = true,
           .searched = {"id", "name"}},
          {.method = "GET",
           .path = "/orgs/{id}",
           .summary = "an organisation, what lies below it, its staff",
           .permission = may,
           .output = ref("OrgDetail"),
           .handler = show_org},
          {.method = "GET",
           .path = "/staff",
           .summary = "staff",
           .permission = may,
           .parameters = {{"org", text(100), false, "with everything below it"},
                          {"branch", text(100), false, "", "branch"},
                          {"position", text(40), false, "", "position"}},
           .output = list_of("Staff"),
           .handler = list_staff,
           .list = true,
           .searched = {"id", "name", "org_name"}},
          {.method = "GET",
           .path = "/staff/{id}",
           .summary = "a member of staff",
           .permission = may,
           .output = ref("Staff"),
           .handler = show_staff}};
}

Table login_endpoints() {
  const auto read = people::Permission::user_read, manage = people::Permission::user_manage;
  SchemaRef fresh =
      optional(object({{"staff_id", text(100)}, {"login", text(40)}, {"roles", role_names()}}), {"login"});
  SchemaRef seen = described(object({{"roles", role_names()}, {"disabled", boolean()}}),
                             "what the writer had before him; 409 record.changed when it is no longer so");
  SchemaRef change =
      optional(object({{"roles", role_names()}, {"disabled", boolean()}, {"seen", seen}}), {"roles", "disabled"});
  return {{.method = "GET",
           .path = "/logins",
           .summary = "logins with their roles",
           .permission = read,
           .output = list_of("Login"),
           .handler = list_logins,
           .list = true,
           .searched = {"login", "staff_id", "name"}},
          {.method = "POST",
           .path = "/logins",
           .summary = "a login for a member of staff",
           .permission = manage,
           .input = fresh,
           .output = ref("OneTimePassword"),
           .handler = add_login,
           .status = 201},
          {.method = "PATCH",
           .path = "/logins/{login}",
           .summary = "other roles, or disabled",
           .permission = manage,
           .input = change,
           .output = ref("Login"),
           .handler = change_login},
          {.method = "POST",
           .path = "/logins/{login}/reset",
           .summary = "a new one-time password",
           .permission = manage,
           .output = ref("OneTimePassword"),
           .handler = reset_login},
          {.method = "GET",
           .path = "/roles",
           .summary = "roles, what each may do and how far",
           .permission = read,
           .output = list_of("Role"),
           .handler = list_roles,
           .list = true,
           .whole = true,
           .searched = {"role", "title"}}};
}

}  // namespace guanhu::api
