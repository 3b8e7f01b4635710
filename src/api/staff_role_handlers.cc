// Roles an administrator composes, the rules that keep duties apart, what a login may do.
#include "api/staff_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Json role_json(StaffDesk& desk, const people::ComposedRole& role, const people::RoleRules& rules) {
  size_t held = 0;
  for (const auto& gift :
       people::gifts(desk.store(), {.login = "", .role = role.role, .state = "given", .after = desk.day()}))
    held += gift.counts(desk.day());
  return JsonObject{{"role", role.role},
                    {"title", role.title},
                    {"purpose", role.purpose},
                    {"permissions", json_of(role.grants)},
                    {"version", role.version},
                    {"held", held},
                    {"needs", people::needs_second(rules, role.grants)},
                    {"made_at", role.made_at},
                    {"made_by", role.made_by},
                    {"ended_at", text_or_null(role.ended_at)},
                    {"ended_why", text_or_null(role.ended_why)}};
}

// With the rules in force; they are read once a request.
template <class Work>
Outcome with_rules(Services& s, const Call& call, const Work& work) {
  StaffDesk desk(s, call);
  auto rules = role_rules(s, desk.day());
  if (!rules.ok()) return staff_refusal(rules.error());
  return work(desk, *rules);
}

Outcome list_composed(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    std::vector<Json> items;
    for (const auto& role : people::composed_roles(desk.store())) items.push_back(role_json(desk, role, rules));
    return Answer{.items = Items::of(std::move(items))};
  });
}

Outcome show_composed(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    auto role = people::composed_role(desk.store(), call.part("role"));
    if (!role.ok()) return not_found();
    JsonArray versions;
    for (const auto& one : people::role_versions(desk.store(), role->role))
      versions.push_back(JsonObject{{"version", one.version},
                                    {"permissions", json_of(one.grants)},
                                    {"reason", one.reason},
                                    {"at", one.at},
                                    {"by", one.by}});
    Json body = role_json(desk, *role, rules);
    body.as_object()->emplace_back("versions", std::move(versions));
    return Answer{std::move(body)};
  });
}

std::variant<people::RoleAsk, Refusal> ask_of(const Call& call, const std::string& role) {
  auto grants = grants_member(call, "permissions");
  if (auto* refusal = std::get_if<Refusal>(&grants)) return *refusal;
  return people::RoleAsk{role, call.text("title"), call.text("purpose"), call.text("reason"),
                         std::get<std::vector<people::Allowance>>(std::move(grants))};
}

Outcome compose(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    auto ask = ask_of(call, call.text("role"));
    if (auto* refusal = std::get_if<Refusal>(&ask)) return *refusal;
    auto made = people::compose_role(desk.store(), rules, std::get<people::RoleAsk>(ask), desk.doing());
    if (!made.ok()) return staff_refusal(made.error());
    return Answer{role_json(desk, *made, rules)};
  });
}

Outcome change(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    auto ask = ask_of(call, call.part("role"));
    if (auto* refusal = std::get_if<Refusal>(&ask)) return *refusal;
    if (!people::composed_role(desk.store(), call.part("role")).ok()) return not_found();
    const int64_t version = call.body.find("version")->as_number()->to_int64().value_or(0);
    auto done = people::change_role(desk.store(), rules, version, std::get<people::RoleAsk>(ask), desk.doing());
    if (!done.ok()) return staff_refusal(done.error());
    s.forget_sessions();
    return Answer{role_json(desk, *done, rules)};
  });
}

Outcome end(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    if (!people::composed_role(desk.store(), call.part("role")).ok()) return not_found();
    auto done = people::end_role(desk.store(), call.part("role"), call.text("reason"), desk.doing());
    if (!done.ok()) return staff_refusal(done.error());
    return Answer{role_json(desk, *done, rules)};
  });
}

JsonArray apart_json(const std::vector<people::Apart>& rules) {
  JsonArray out;
  for (const auto& rule : rules) out.push_back(JsonObject{{"a", rule.a}, {"b", rule.b}, {"why", rule.why}});
  return out;
}

Outcome show_rules(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk&, const people::RoleRules& rules) -> Outcome {
    JsonArray strong;
    for (const auto& rule : rules.strong)
      strong.push_back(JsonObject{
          {"permission", rule.permission}, {"scope", people::scope_name(rule.scope)}, {"why", rule.why}});
    return Answer{JsonObject{{"source", rules.source},
                             {"pack", kHousePack},
                             {"apart", apart_json(rules.apart)},
                             {"strong", std::move(strong)},
                             {"delegable", JsonArray(rules.delegable.begin(), rules.delegable.end())},
                             {"makers", apart_json(rules.makers)},
                             {"longest_delegation", int64_t{rules.longest_delegation}}}};
  });
}

JsonArray rights_json(const std::vector<people::Right>& rights) {
  JsonArray out;
  for (const auto& right : rights)
    out.push_back(JsonObject{{"permission", people::permission_name(right.permission)},
                             {"scope", people::scope_name(right.scope)},
                             {"from", JsonArray(right.from.begin(), right.from.end())},
                             {"withheld", text_or_null(right.withheld)}});
  return out;
}

// What a login may do; with a role to come or to go: what it would be, and why it would be refused.
Outcome rights(Services& s, const Call& call) {
  return with_rules(s, call, [&](StaffDesk& desk, const people::RoleRules& rules) -> Outcome {
    auto login = people::find_login(desk.store(), call.part("login"));
    if (!login) return not_found();
    const std::string with = call.get("with").value_or(""), without = call.get("without").value_or("");
    Json refused;
    if (!with.empty()) {
      auto grants = people::allowances_of(desk.store(), with);
      if (!grants.ok()) return not_found();
      people::Holding all = people::holding(desk.store(), *login, {desk.day(), std::nullopt});
      if (auto built_in = people::role_of(with)) all.roles.push_back(*built_in);
      all.all.insert(all.all.end(), grants->begin(), grants->end());
      if (auto clash = people::refused_apart(rules, all.roles, people::widest(all.all))) refused = clash->message;
    }
    return Answer{JsonObject{{"login", login->login},
                             {"staff", desk.person_json(login->staff_id)},
                             {"rights", rights_json(people::rights_of(desk.store(), desk.directory(), desk.day(),
                                                                      *login, with, without))},
                             {"refused", std::move(refused)}}};
  });
}

Outcome own_rights(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto login = people::find_login(desk.store(), desk.login());
  if (!login) return not_found();
  return Answer{
      JsonObject{{"login", login->login},
                 {"staff", desk.person_json(login->staff_id)},
                 {"rights", rights_json(people::rights_of(desk.store(), desk.directory(), desk.day(), *login))},
                 {"refused", Json()}}};
}

SchemaRef role_input(std::vector<std::pair<std::string, SchemaRef>> first) {
  first.insert(first.end(), {{"title", text(200)},
                             {"purpose", text()},
                             {"permissions", map(choice({"own", "team", "branch", "bank"}))},
                             {"reason", text()}});
  return object(std::move(first));
}

Table look_endpoints() {
  return {{.method = "GET",
           .path = "/role-rules",
           .summary = "what one person may not hold together, what needs a second person, what may be delegated",
           .permission = Permission::user_read,
           .output = ref("RoleRules"),
           .handler = show_rules},
          {.method = "GET",
           .path = "/logins/{login}/rights",
           .summary = "what a login may do and what gives it; as if a role came or went",
           .permission = Permission::user_read,
           .parameters = {{"with", text(40), false, "a role besides"},
                          {"without", text(40), false, "a role taken away"}},
           .output = ref("Rights"),
           .handler = rights},
          {.method = "GET",
           .path = "/rights",
           .summary = "what one may do oneself, and what gives it",
           .access = Access::settled,
           .output = ref("Rights"),
           .handler = own_rights}};
}

}  // namespace

Table staff_role_endpoints() {
  const auto read = Permission::user_read, manage = Permission::user_manage;
  Table out = {{.method = "GET",
                .path = "/composed-roles",
                .summary = "roles that were composed; those in use first",
                .permission = read,
                .output = list_of("ComposedRole"),
                .handler = list_composed,
                .list = true,
                .whole = true,
                .searched = {"role", "title", "purpose"}},
               {.method = "GET",
                .path = "/composed-roles/{role}",
                .summary = "a composed role with its versions",
                .permission = read,
                .output = ref("ComposedRoleDetail"),
                .handler = show_composed},
               {.method = "POST",
                .path = "/composed-roles",
                .summary = "composes a role of permissions and scopes",
                .permission = manage,
                .input = role_input({{"role", text(60)}}),
                .output = ref("ComposedRole"),
                .handler = compose,
                .status = 201},
               {.method = "PUT",
                .path = "/composed-roles/{role}",
                .summary = "changes it over the version that was read; whoever holds it is looked at again",
                .permission = manage,
                .input = role_input({{"version", integer()}}),
                .output = ref("ComposedRole"),
                .handler = change},
               {.method = "POST",
                .path = "/composed-roles/{role}/end",
                .summary = "out of use; nobody may hold it",
                .permission = manage,
                .input = object({{"reason", text()}}),
                .output = ref("ComposedRole"),
                .handler = end}};
  for (Endpoint& one : look_endpoints()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
