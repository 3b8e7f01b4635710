#include "people/rights.h"

#include <algorithm>
#include <map>

#include "people/teams.h"

namespace guanhu::people {

using base::Date;
using base::Error;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT limit_id, org, permission, from_day, to_day, reason, made_at, made_by, ended_at, ended_by, ended_why"
    " FROM org_limits";

OrgLimit read(const store::Row& r) {
  auto maybe = [&](size_t column) { return r.maybe_text(column).value_or(""); };
  return {r.integer(0), r.text(1), r.text(2), days_of(r, 3, 4), r.text(5),
          r.text(6),    r.text(7), maybe(8),  maybe(9),         maybe(10)};
}

// The organisation and those above it.
std::vector<std::string> upwards(const Directory& directory, const std::string& org) {
  std::vector<std::string> out;
  const Org* at = directory.org(org);
  for (size_t steps = 0; at && steps <= directory.orgs().size(); ++steps) {
    out.push_back(at->id);
    at = at->parent.empty() ? nullptr : directory.org(at->parent);
  }
  return out;
}

// By permission: which organisation withholds it from a member of staff.
std::map<Permission, std::string> withheld_from(store::Session& session, const Directory& directory,
                                                const std::string& staff, Date day) {
  std::map<Permission, std::string> out;
  const Staff* person = directory.person(staff);
  if (!person) return out;
  const auto above = upwards(directory, person->org);
  for (const OrgLimit& one : org_limits(session, day))
    if (std::find(above.begin(), above.end(), one.org) != above.end())
      if (auto permission = permission_of(one.permission)) out.try_emplace(*permission, one.org);
  return out;
}

// What everybody needs to get on, and what undoes the limit.
bool cannot_do_without(Permission p) {
  return p == Permission::user_manage || p == Permission::org_read || p == Permission::policy_read ||
         p == Permission::todo_read || p == Permission::audit_read;
}

std::string title_of(store::Session& session, const std::string& role) {
  if (auto built_in = role_of(role)) return std::string(role_title(*built_in));
  auto composed = composed_role(session, role);
  return composed.ok() ? composed->title : role;
}

}  // namespace

std::vector<OrgLimit> org_limits(store::Session& session, std::optional<Date> on) {
  std::string sql = kSelect;
  std::vector<store::Value> values;
  if (on) {
    sql += " WHERE from_day <= ? AND (to_day IS NULL OR to_day >= ?)";
    values = {on->str(), on->str()};
  }
  std::vector<OrgLimit> out;
  for (const auto& row : session.query(sql + " ORDER BY org, permission, limit_id", values))
    out.push_back(read(row));
  return out;
}

base::Result<OrgLimit> limit_org(store::Session& session, const Directory& directory, const std::string& org,
                                 const std::string& permission, const Days& days, const std::string& reason,
                                 const Doing& doing) {
  if (!directory.org(org)) return Error{"limit.org", "没有机构 " + org, "org", "选一个机构"};
  auto which = permission_of(permission);
  if (!which) return Error{"limit.permission", "没有权限 " + permission, "permission", "从列表里选"};
  if (cannot_do_without(*which))
    return Error{"limit.permission", "权限 " + permission + " 不能按机构停用", "permission", "收回具体登录的角色"};
  if (auto fits = check_days(days); !fits.ok()) return fits.error();
  if (auto fits = check_text(reason, "limit.reason", "reason", "理由"); !fits.ok()) return fits.error();
  base::Result<OrgLimit> out = Error{};
  session.transaction([&] {
    for (const OrgLimit& one : org_limits(session, std::nullopt))
      if (one.org == org && one.permission == permission && one.days.meets(days)) {
        out = Error{"limit.have", "自 " + one.days.from.str() + " 起已经停用", "permission", "不必再停用"};
        return;
      }
    const int64_t id =
        session
            .query(
                "INSERT INTO org_limits (org, permission, from_day, to_day, reason, made_at, made_by) VALUES (?, "
                "?, ?, ?, ?,"
                " ?, ?) RETURNING limit_id",
                {org, permission, days.from.str(), to_value(days.to), reason, doing.at.str(), doing.login})[0]
            .integer(0);
    doing.tell(
        "org.limit", "org " + org,
        JsonObject{{"limit", id}, {"permission", permission}, {"from", days.from.str()}, {"reason", reason}});
    out = read(session.query(std::string(kSelect) + " WHERE limit_id = ?", {id})[0]);
  });
  return out;
}

base::Result<OrgLimit> lift_limit(store::Session& session, int64_t id, const std::string& reason,
                                  const Doing& doing) {
  if (auto fits = check_text(reason, "limit.reason", "reason", "理由"); !fits.ok()) return fits.error();
  base::Result<OrgLimit> out = Error{"limit.unknown", "没有这一条", "", ""};
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE limit_id = ?", {id});
    if (rows.empty()) return;
    const OrgLimit one = read(rows[0]);
    if (one.days.to && *one.days.to < doing.today) {
      out = Error{"limit.ended", "已经恢复了", "", ""};
      return;
    }
    const Date last = std::max(one.days.from, doing.today) - 1;
    session.exec("UPDATE org_limits SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE limit_id = ?",
                 {last.str(), doing.at.str(), doing.login, reason, id});
    doing.tell("org.limit_end", "org " + one.org,
               JsonObject{{"limit", id}, {"permission", one.permission}, {"reason", reason}});
    out = read(session.query(std::string(kSelect) + " WHERE limit_id = ?", {id})[0]);
  });
  return out;
}

void complete(store::Session& session, const Directory& directory, Date day, Login& login) {
  for (const Gift& one : gifts(session, {.login = login.login, .role = "", .state = "given", .after = day})) {
    if (!one.counts(day)) continue;
    if (auto built_in = role_of(one.role)) {
      if (std::find(login.roles.begin(), login.roles.end(), *built_in) == login.roles.end())
        login.roles.push_back(*built_in);
    } else if (auto composed = composed_role(session, one.role); composed.ok() && composed->ended_at.empty()) {
      login.roles.given.insert(login.roles.given.end(), composed->grants.begin(), composed->grants.end());
      login.roles.titles.push_back(composed->title);
    }
  }
  for (const auto& [delegation, allowance] : delegated_to(session, directory, login.staff_id, day))
    login.roles.given.push_back(allowance);
  for (const auto& [permission, org] : withheld_from(session, directory, login.staff_id, day))
    login.roles.withheld.push_back(permission);
  login.team = team_mates(session, login.staff_id, day);
}

std::vector<Right> rights_of(store::Session& session, const Directory& directory, Date day, const Login& login,
                             const std::string& with, const std::string& without) {
  std::map<Permission, Right> all;
  auto add = [&](const Allowance& one, const std::string& from) {
    Right& right = all[one.permission];
    right.permission = one.permission;
    right.scope = std::max(right.scope, one.scope);
    right.from.push_back(from);
  };
  auto add_role = [&](const std::string& role) {
    if (role == without) return;
    if (auto grants = allowances_of(session, role); grants.ok())
      for (const Allowance& one : *grants) add(one, title_of(session, role));
  };
  for (Role role : login.roles) add_role(std::string(role_name(role)));
  for (const Gift& one : gifts(session, {.login = login.login, .role = "", .state = "given", .after = day}))
    if (one.counts(day)) add_role(one.role);
  if (!with.empty()) add_role(with);
  for (const auto& [delegation, allowance] : delegated_to(session, directory, login.staff_id, day)) {
    const Staff* giver = directory.person(delegation.giver);
    add(allowance, "委托：" + (giver ? giver->name : delegation.giver));
  }
  const auto withheld = withheld_from(session, directory, login.staff_id, day);
  std::vector<Right> out;
  for (auto& [permission, right] : all) {
    if (auto at = withheld.find(permission); at != withheld.end()) {
      const Org* org = directory.org(at->second);
      right.withheld = org ? org->name : at->second;
      right.scope = Scope::none;
    }
    out.push_back(std::move(right));
  }
  return out;
}

std::string other_login(store::Session& session, const std::string& staff, const std::string& login) {
  if (staff.empty()) return "";
  for (const auto& other : list_logins(session))
    if (other.staff_id == staff && other.login != login && !other.disabled) return other.login;
  return "";
}

base::Status check_apart(store::Session& session, const RoleRules& rules, const Login& before,
                         const std::vector<Role>& roles, Date today) {
  Login after = before;
  after.roles = roles;
  Holding all = holding(session, after, {today, std::nullopt});
  if (auto refused = refused_apart(rules, all.roles, all.all)) {
    refused->where = "roles";
    return *refused;
  }
  return {};
}

base::Status check_roles(store::Session& session, const RoleRules& rules, const Login& before,
                         const std::vector<Role>& roles, Date today) {
  if (auto fits = check_apart(session, rules, before, roles, today); !fits.ok()) return fits;
  for (Role role : roles) {
    if (std::find(before.roles.begin(), before.roles.end(), role) != before.roles.end()) continue;
    if (std::string needs = needs_second(rules, allowances(role)); !needs.empty())
      return Error{"role.second", "“" + std::string(role_title(role)) + "”要第二人复核：" + needs, "roles",
                   "建好登录后在“角色”页授予，由另一个人复核"};
  }
  return {};
}

}  // namespace guanhu::people
