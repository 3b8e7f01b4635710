#include "people/roles.h"

#include <algorithm>

namespace guanhu::people {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

std::string maybe(const store::Row& row, size_t column) { return row.maybe_text(column).value_or(""); }

Json json_of(const std::vector<Allowance>& grants) {
  JsonObject out;
  for (const auto& one : grants)
    out.emplace_back(std::string(permission_name(one.permission)), std::string(scope_name(one.scope)));
  return out;
}

// A permission that this program no longer knows gives nothing.
std::vector<Allowance> grants_of(const std::string& text) {
  std::vector<Allowance> out;
  auto json = Json::parse(text);
  if (!json.ok() || !json->as_object()) throw base::Broken("grants of a role are damaged");
  for (const auto& [name, scope] : *json->as_object()) {
    auto permission = permission_of(name);
    auto reach = scope.as_string() ? scope_named(*scope.as_string()) : std::nullopt;
    if (permission && reach && *reach != Scope::none) out.push_back({*permission, *reach});
  }
  return out;
}

constexpr const char* kRoles =
    "SELECT c.role, c.title, c.purpose, v.grants, c.version, c.made_at, c.made_by, c.ended_at, c.ended_by,"
    " c.ended_why FROM composed_roles c JOIN composed_versions v ON v.role = c.role AND v.version = c.version";

ComposedRole read(const store::Row& r) {
  return {r.text(0), r.text(1), r.text(2),   grants_of(r.text(3)), r.integer(4),
          r.text(5), r.text(6), maybe(r, 7), maybe(r, 8),          maybe(r, 9)};
}

constexpr const char* kGifts =
    "SELECT gift_id, login, role, from_day, to_day, reason, state, needs, given_at, given_by, decided_at,"
    " decided_by, decided_why, ended_at, ended_by, ended_why FROM role_gifts";

Gift read_gift(const store::Row& r) {
  return {r.integer(0), r.text(1),    r.text(2),    days_of(r, 3, 4), r.text(5),
          r.text(6),    r.text(7),    r.text(8),    r.text(9),        maybe(r, 10),
          maybe(r, 11), maybe(r, 12), maybe(r, 13), maybe(r, 14),     maybe(r, 15)};
}

bool good_name(const std::string& role) {
  return role.size() >= 2 && role.size() <= 40 && std::all_of(role.begin(), role.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

base::Status check(const RoleRules& rules, const RoleAsk& ask) {
  if (!good_name(ask.role) || role_of(ask.role))
    return Error{"role.name", "“" + ask.role + "”不能作角色的代码", "role",
                 "2 到 40 个小写字母、数字或 _，不与内置角色同名"};
  if (auto fits = check_text(ask.title, "role.title", "title", "角色名称", 90); !fits.ok()) return fits;
  if (auto fits = check_text(ask.purpose, "role.purpose", "purpose", "用途", 600); !fits.ok()) return fits;
  if (ask.grants.empty()) return Error{"role.grants", "一项权限也没有", "grants", "至少勾一项"};
  if (auto refused = refused_apart(rules, {}, ask.grants)) {
    refused->where = "grants";
    return *refused;
  }
  return check_text(ask.reason, "role.reason", "reason", "理由");
}

void write_version(store::Session& session, const RoleAsk& ask, int64_t version, const Doing& doing) {
  session.exec(
      "INSERT INTO composed_versions (role, version, grants, reason, at, actor) VALUES (?, ?, ?, ?, ?, ?)",
      {ask.role, version, json_of(ask.grants).dump(), ask.reason, doing.at.str(), doing.login});
}

// Not decided against, and not over before today.
std::vector<Gift> living(store::Session& session, const std::string& role, base::Date today) {
  auto all = gifts(session, {.login = "", .role = role, .state = "", .after = today});
  std::erase_if(all, [](const Gift& gift) { return gift.state == "refused"; });
  return all;
}

// With the grants as they would be, each holder is looked at again.
base::Status check_holders(store::Session& session, const RoleRules& rules, const RoleAsk& ask,
                           const std::vector<Allowance>& before, const std::vector<Gift>& held) {
  if (held.empty()) return {};
  if (std::string needs = needs_second(rules, ask.grants); !needs.empty() && needs_second(rules, before).empty())
    return Error{"role.second", "增加的权限要第二人复核（" + needs + "），而已有人持有这个角色", "grants",
                 "另组一个角色，再授予并复核"};
  for (const Gift& gift : held) {
    auto login = find_login(session, gift.login);
    if (!login) continue;
    Holding all = holding(session, *login, gift.days, gift.id);
    all.all.insert(all.all.end(), ask.grants.begin(), ask.grants.end());
    if (auto refused = refused_apart(rules, all.roles, widest(all.all)))
      return Error{"role.apart", gift.login + " 持有这个角色：" + refused->message, "grants", refused->hint};
  }
  return {};
}

template <class T, class Work>
base::Result<T> in_transaction(store::Session& session, const Work& work) {
  base::Result<T> out = Error{};
  session.transaction([&] { out = work(); });
  return out;
}

base::Result<Gift> gift(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kGifts) + " WHERE gift_id = ?", {id});
  if (rows.empty()) return Error{"gift.unknown", "没有这一次授予", "", ""};
  return read_gift(rows[0]);
}

base::Status may_decide(store::Session& session, const Gift& one, const Doing& doing) {
  if (one.state != "waiting")
    return Error{"gift.state", "已由 " + one.decided_by + (one.state == "given" ? " 复核同意" : " 退回"), "", ""};
  auto login = find_login(session, one.login);
  const bool own = one.login == doing.login || (login && !doing.staff.empty() && login->staff_id == doing.staff);
  if (one.given_by == doing.login || own)
    return Error{"gift.self", own ? "不能复核给自己的角色" : "不能复核自己授予的角色", "", "请另一个人复核"};
  return {};
}

}  // namespace

std::vector<ComposedRole> composed_roles(store::Session& session) {
  std::vector<ComposedRole> out;
  for (const auto& row :
       session.query(std::string(kRoles) + " ORDER BY CASE WHEN c.ended_at IS NULL THEN 0 ELSE 1 END, c.title"))
    out.push_back(read(row));
  return out;
}

base::Result<ComposedRole> composed_role(store::Session& session, const std::string& role) {
  auto rows = session.query(std::string(kRoles) + " WHERE c.role = ?", {role});
  if (rows.empty()) return Error{"role.unknown", "没有角色 " + role, "role", ""};
  return read(rows[0]);
}

std::vector<RoleVersion> role_versions(store::Session& session, const std::string& role) {
  std::vector<RoleVersion> out;
  for (const auto& r : session.query(
           "SELECT version, grants, reason, at, actor FROM composed_versions WHERE role = ? ORDER BY version DESC",
           {role}))
    out.push_back({r.integer(0), grants_of(r.text(1)), r.text(2), r.text(3), r.text(4)});
  return out;
}

base::Result<ComposedRole> compose_role(store::Session& session, const RoleRules& rules, const RoleAsk& ask,
                                        const Doing& doing) {
  if (auto fits = check(rules, ask); !fits.ok()) return fits.error();
  return in_transaction<ComposedRole>(session, [&]() -> base::Result<ComposedRole> {
    if (!session.query("SELECT 1 FROM composed_roles WHERE role = ? OR title = ?", {ask.role, ask.title}).empty())
      return Error{"role.taken", "已经有这个代码或名称的角色", "role", "换一个，或改那一个"};
    session.exec(
        "INSERT INTO composed_roles (role, title, purpose, version, made_at, made_by) VALUES (?, ?, ?, 1, ?, ?)",
        {ask.role, ask.title, ask.purpose, doing.at.str(), doing.login});
    write_version(session, ask, 1, doing);
    doing.tell("role.compose", "role " + ask.role,
               JsonObject{{"title", ask.title}, {"grants", json_of(ask.grants)}});
    return composed_role(session, ask.role);
  });
}

base::Result<ComposedRole> change_role(store::Session& session, const RoleRules& rules, int64_t version,
                                       const RoleAsk& ask, const Doing& doing) {
  if (auto fits = check(rules, ask); !fits.ok()) return fits.error();
  return in_transaction<ComposedRole>(session, [&]() -> base::Result<ComposedRole> {
    auto now = composed_role(session, ask.role);
    if (!now.ok()) return now;
    if (!now->ended_at.empty()) return Error{"role.ended", "角色“" + now->title + "”已经停用", "", "另组一个"};
    if (now->version != version)
      return Error{"role.changed", "别人刚改过这个角色", std::to_string(now->version), "看过新的内容再改"};
    if (!session.query("SELECT 1 FROM composed_roles WHERE title = ? AND role <> ?", {ask.title, ask.role})
             .empty())
      return Error{"role.taken", "已经有这个名称的角色", "title", "换一个名称"};
    auto fits = check_holders(session, rules, ask, now->grants, living(session, ask.role, doing.today));
    if (!fits.ok()) return fits.error();
    session.exec("UPDATE composed_roles SET title = ?, purpose = ?, version = version + 1 WHERE role = ?",
                 {ask.title, ask.purpose, ask.role});
    write_version(session, ask, version + 1, doing);
    doing.tell("role.change", "role " + ask.role,
               JsonObject{{"title", ask.title},
                          {"grants", json_of(ask.grants)},
                          {"was", json_of(now->grants)},
                          {"reason", ask.reason}});
    return composed_role(session, ask.role);
  });
}

base::Result<ComposedRole> end_role(store::Session& session, const std::string& role, const std::string& reason,
                                    const Doing& doing) {
  if (auto fits = check_text(reason, "role.reason", "reason", "理由"); !fits.ok()) return fits.error();
  return in_transaction<ComposedRole>(session, [&]() -> base::Result<ComposedRole> {
    auto now = composed_role(session, role);
    if (!now.ok()) return now;
    if (!now->ended_at.empty()) return Error{"role.ended", "角色“" + now->title + "”已经停用", "", ""};
    if (auto held = living(session, role, doing.today); !held.empty())
      return Error{"role.held", std::to_string(held.size()) + " 个登录还持有它，如 " + held[0].login, "",
                   "先收回，再停用"};
    session.exec("UPDATE composed_roles SET ended_at = ?, ended_by = ?, ended_why = ? WHERE role = ?",
                 {doing.at.str(), doing.login, reason, role});
    doing.tell("role.end", "role " + role, JsonObject{{"reason", reason}});
    return composed_role(session, role);
  });
}

std::vector<Gift> gifts(store::Session& session, const GiftFilter& filter) {
  std::string sql = std::string(kGifts) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  for (auto [column, value] :
       {std::pair{"login", &filter.login}, std::pair{"role", &filter.role}, std::pair{"state", &filter.state}})
    if (!value->empty()) sql += std::string(" AND ") + column + " = ?", values.emplace_back(*value);
  if (filter.after) sql += " AND (to_day IS NULL OR to_day >= ?)", values.emplace_back(filter.after->str());
  std::vector<Gift> out;
  for (const auto& row : session.query(sql + " ORDER BY gift_id DESC", values)) out.push_back(read_gift(row));
  return out;
}

base::Result<std::vector<Allowance>> allowances_of(store::Session& session, const std::string& role) {
  if (auto built_in = role_of(role)) return allowances(*built_in);
  auto composed = composed_role(session, role);
  if (!composed.ok()) return composed.error();
  if (!composed->ended_at.empty())
    return Error{"role.ended", "角色“" + composed->title + "”已经停用", "role", "选一个在用的"};
  return composed->grants;
}

Holding holding(store::Session& session, const Login& login, const Days& days, int64_t but) {
  Holding out;
  out.roles = login.roles;
  for (const Gift& one : gifts(session, {.login = login.login, .role = "", .state = "", .after = days.from})) {
    if (one.id == but || one.state == "refused" || !one.days.meets(days)) continue;
    if (auto built_in = role_of(one.role)) {
      out.roles.push_back(*built_in);
    } else if (auto more = allowances_of(session, one.role); more.ok()) {
      out.all.insert(out.all.end(), more->begin(), more->end());
    }
  }
  for (Role role : out.roles) {
    auto more = allowances(role);
    out.all.insert(out.all.end(), more.begin(), more.end());
  }
  out.all = widest(out.all);
  return out;
}

base::Result<Gift> give_role(store::Session& session, const RoleRules& rules, const std::string& login,
                             const std::string& role, const Days& days, const std::string& reason,
                             const Doing& doing) {
  if (auto fits = check_days(days); !fits.ok()) return fits.error();
  if (auto fits = check_text(reason, "role.reason", "reason", "理由"); !fits.ok()) return fits.error();
  if (login == doing.login) return Error{"role.self", "不能给自己授予角色", "login", "请另一位系统管理员办理"};
  return in_transaction<Gift>(session, [&]() -> base::Result<Gift> {
    auto whose = find_login(session, login);
    if (!whose) return Error{"login.unknown", "没有登录 " + login, "login", "先建登录"};
    auto grants = allowances_of(session, role);
    if (!grants.ok()) return grants.error();
    auto built_in = role_of(role);
    if (built_in && std::find(whose->roles.begin(), whose->roles.end(), *built_in) != whose->roles.end())
      return Error{"role.have", login + " 已经有这个角色", "role", ""};
    for (const Gift& one : gifts(session, {.login = login, .role = role, .state = "", .after = days.from}))
      if (one.state != "refused" && one.days.meets(days))
        return Error{"role.have", login + " 自 " + one.days.from.str() + " 已有这个角色，或正等复核", "role",
                     "改日期"};
    Holding all = holding(session, *whose, days);
    if (built_in) all.roles.push_back(*built_in);
    all.all.insert(all.all.end(), grants->begin(), grants->end());
    if (auto refused = refused_apart(rules, all.roles, widest(all.all))) return *refused;
    const std::string needs = needs_second(rules, *grants);
    const int64_t id =
        session
            .query(
                "INSERT INTO role_gifts (login, role, from_day, to_day, reason, state, needs, given_at, given_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING gift_id",
                {login, role, days.from.str(), to_value(days.to), reason, needs.empty() ? "given" : "waiting",
                 needs, doing.at.str(), doing.login})[0]
            .integer(0);
    doing.tell("role.give", "login " + login,
               JsonObject{{"gift", id},
                          {"role", role},
                          {"from", days.from.str()},
                          {"to", days.to ? Json(days.to->str()) : Json()},
                          {"reason", reason},
                          {"needs", needs}});
    return gift(session, id);
  });
}

base::Result<Gift> decide_gift(store::Session& session, const RoleRules& rules, int64_t id, bool agrees,
                               const std::string& reason, const Doing& doing) {
  if (auto fits = check_text(reason, "role.reason", "reason", "理由"); !fits.ok()) return fits.error();
  return in_transaction<Gift>(session, [&]() -> base::Result<Gift> {
    auto one = gift(session, id);
    if (!one.ok()) return one;
    if (auto may = may_decide(session, *one, doing); !may.ok()) return may.error();
    if (agrees) {
      auto login = find_login(session, one->login);
      if (!login) return Error{"login.unknown", "没有登录 " + one->login, "", ""};
      Holding all = holding(session, *login, one->days);
      if (auto refused = refused_apart(rules, all.roles, all.all)) return *refused;
    }
    session.exec(
        "UPDATE role_gifts SET state = ?, decided_at = ?, decided_by = ?, decided_why = ? WHERE gift_id = ?",
        {agrees ? "given" : "refused", doing.at.str(), doing.login, reason, id});
    doing.tell(agrees ? "role.confirm" : "role.refuse", "login " + one->login,
               JsonObject{{"gift", id}, {"role", one->role}, {"reason", reason}});
    return gift(session, id);
  });
}

base::Result<Gift> end_gift(store::Session& session, int64_t id, const std::string& reason, const Doing& doing) {
  if (auto fits = check_text(reason, "role.reason", "reason", "理由"); !fits.ok()) return fits.error();
  return in_transaction<Gift>(session, [&]() -> base::Result<Gift> {
    auto one = gift(session, id);
    if (!one.ok()) return one;
    if (one->login == doing.login) return Error{"role.self", "不能收回自己的角色", "", "请另一位系统管理员办理"};
    if (one->state == "refused" || (one->days.to && *one->days.to < doing.today))
      return Error{"gift.state", "已经结束了", "", ""};
    const base::Date last = std::max(one->days.from, doing.today) - 1;
    session.exec("UPDATE role_gifts SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE gift_id = ?",
                 {last.str(), doing.at.str(), doing.login, reason, id});
    doing.tell("role.take", "login " + one->login,
               JsonObject{{"gift", id}, {"role", one->role}, {"last", last.str()}, {"reason", reason}});
    return gift(session, id);
  });
}

}  // namespace guanhu::people
