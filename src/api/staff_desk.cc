#include "api/staff_desk.h"

#include "api/policy_reading.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

base::Result<std::vector<std::string>> texts_of(const policy::Pack& pack, const char* name, base::Date day) {
  const policy::Parameter* parameter = pack.parameter(name);
  const feel::Value* value = parameter ? parameter->constant_on(day) : nullptr;
  std::vector<std::string> out;
  if (!parameter) return out;
  const Error bad{"role.rules", "制度包 " + pack.id + " 的“" + name + "”要是一列文字", name, "每一项加引号"};
  if (!value || value->kind() != feel::Kind::list) return bad;
  for (const feel::Value& item : value->items()) {
    if (item.kind() != feel::Kind::string) return bad;
    out.push_back(item.text());
  }
  return out;
}

template <class Rule, class Read>
base::Status read_into(const policy::Pack& pack, const char* name, base::Date day, std::vector<Rule>& out,
                       Read read) {
  auto texts = texts_of(pack, name, day);
  if (!texts.ok()) return texts.error();
  for (const auto& text : *texts) {
    auto rule = read(text);
    if (!rule.ok()) return rule.error();
    out.push_back(*rule);
  }
  return {};
}

}  // namespace

people::Doing StaffDesk::doing() {
  return {login(), call().login().staff_id, now(), day(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

bool StaffDesk::reaches_staff(const std::string& staff) const {
  return facts().reach(call().login(), call().scope)->staff(staff);
}

bool StaffDesk::reaches_org(const std::string& org) const {
  return facts().reach(call().login(), call().scope)->org(org);
}

Json StaffDesk::person_json(const std::string& staff) const {
  const people::Staff* found = directory().person(staff);
  return JsonObject{{"id", staff},
                    {"name", found ? found->name : staff},
                    {"org_name", found ? org_name(found->org) : ""},
                    {"position", found ? found->position : ""},
                    {"in_post", found && people::Directory::in_post(*found, facts().last_date.value_or(day()))}};
}

void StaffDesk::inform(const std::string& staff, const std::string& title, const std::string& text,
                       const std::string& link) {
  for (const auto& one : people::list_logins(store()))
    if (one.staff_id == staff && !one.disabled && one.login != login())
      services().notice("user:" + one.login, "info", title, text, link);
}

base::Result<people::RoleRules> role_rules(Services& services, base::Date day) {
  auto pack = services.packs().on(kHousePack, day);
  if (!pack.ok() && pack.error().code == "policy.unknown") return people::RoleRules();
  if (!pack.ok()) return pack.error();
  return role_rules_of(**pack, day);
}

base::Result<people::RoleRules> role_rules_of(const policy::Pack& of, base::Date day) {
  people::RoleRules out;
  out.source = "制度“" + of.title + "”";
  if (auto done = read_into(of, "不由一人兼有", day, out.apart, people::read_apart); !done.ok())
    return done.error();
  if (auto done = read_into(of, "要第二人复核", day, out.strong, people::read_strong); !done.ok())
    return done.error();
  if (auto done = read_into(of, "经办和审批", day, out.makers, people::read_apart); !done.ok())
    return done.error();
  auto delegable = texts_of(of, "可委托的权限", day);
  if (!delegable.ok()) return delegable.error();
  for (const auto& pattern : *delegable)
    if (auto fits = people::check_pattern(pattern); !fits.ok()) return fits.error();
  out.delegable = std::move(*delegable);
  const policy::Parameter* longest = of.parameter("委托最长天数");
  auto days = longest ? longest->on(day) : std::nullopt;
  out.longest_delegation = days ? static_cast<int>(days->to_int64().value_or(0)) : 0;
  return out;
}

Refusal staff_refusal(const Error& error) {
  if (error.code == "team.unknown" || error.code == "post.unknown" || error.code == "gift.unknown" ||
      error.code == "delegation.unknown" || error.code == "leaving.unknown" || error.code == "limit.unknown" ||
      (error.code == "role.unknown" && error.where.empty()))
    return not_found();
  Refusal out{422, error};
  const bool meanwhile = error.code.ends_with(".changed") || error.code.ends_with(".state") ||
                         error.code.ends_with(".ended") || error.code == "leaving.open" ||
                         error.code == "leaving.held";
  if (meanwhile) out.status = 409;
  // Of those `where` is a version, or what keeps the case open.
  if (!error.where.empty() && !error.code.ends_with(".changed") && error.code != "leaving.held")
    out.misfits.push_back({error.where, error.message});
  return out;
}

Json json_of(const std::vector<people::Allowance>& grants) {
  JsonObject out;
  for (const auto& one : grants)
    out.emplace_back(std::string(people::permission_name(one.permission)),
                     std::string(people::scope_name(one.scope)));
  return out;
}

std::variant<std::vector<people::Allowance>, Refusal> grants_member(const Call& call, const char* member) {
  std::vector<people::Allowance> out;
  for (const auto& [name, scope] : *call.body.find(member)->as_object()) {
    auto permission = people::permission_of(name);
    auto reach = people::scope_named(*scope.as_string());
    if (!permission || !reach || *reach == people::Scope::none)
      return Refusal{
          422, {"role.grants", "没有权限 " + name, member, "从列表里选"}, {{member, "没有权限 " + name}}};
    out.push_back({*permission, *reach});
  }
  return people::widest(out);
}

people::Days days_member(const Call& call) { return {day_member(call, "from").value(), day_member(call, "to")}; }

std::string title_of_role(store::Session& session, const std::string& role) {
  if (auto built_in = people::role_of(role)) return std::string(people::role_title(*built_in));
  auto composed = people::composed_role(session, role);
  return composed.ok() ? composed->title : role;
}

std::optional<int64_t> id_of(const Call& call) { return number_of(call.part("id")); }

}  // namespace guanhu::api
