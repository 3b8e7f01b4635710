#include "people/delegations.h"

#include <algorithm>

#include "base/length.h"
#include "people/roles.h"

namespace guanhu::people {

using base::Date;
using base::Error;
using base::JsonObject;

namespace {

// Kinds of to-dos (workbench/todo.h: Todo::source) that somebody else may do for one; approvals are permissions.
constexpr std::string_view kTasks[] = {"duty", "assigned"};

constexpr const char* kSelect =
    "SELECT delegation_id, giver, taker, branch, kind, what, bounds, from_day, to_day, reason, made_at, made_by,"
    " ended_at, ended_by, ended_why FROM delegations";

Delegation read(const store::Row& r) {
  auto maybe = [&](size_t column) { return r.maybe_text(column).value_or(""); };
  return {r.integer(0),     r.text(1), r.text(2),  r.text(3),  r.text(4), r.text(5), r.text(6),
          days_of(r, 7, 8), r.text(9), r.text(10), r.text(11), maybe(12), maybe(13), maybe(14)};
}

std::vector<Login> logins_of(store::Session& session, const std::string& staff) {
  auto all = list_logins(session);
  std::erase_if(all, [&](const Login& one) { return one.staff_id != staff || one.disabled; });
  return all;
}

bool listed(const std::vector<std::string>& patterns, std::string_view permission) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return fits_pattern(pattern, permission); });
}

base::Status check_permission(store::Session& session, const Directory& directory, const RoleRules& rules,
                              Delegation& ask) {
  auto permission = permission_of(ask.what);
  if (!permission || !listed(rules.delegable, ask.what))
    return Error{"delegation.what", "权限 " + ask.what + " 不能委托", "what",
                 "按 " + rules.source + " 里可委托的权限选"};
  const Scope scope = own_scope(session, ask.giver, *permission, ask.days.from);
  if (scope < Scope::branch)
    return Error{"delegation.have", "您自己的角色没有这项权限，或只及于本人的事", "what",
                 "本人的事用不在岗和 B 岗代办"};
  // Never approval of one's own work: in the giver's name the taker would approve what the giver made.
  for (const Apart& rule : rules.makers)
    if (fits_pattern(rule.a, ask.what))
      for (Permission p : all_permissions())
        if (fits_pattern(rule.b, permission_name(p)) &&
            own_scope(session, ask.giver, p, ask.days.from) != Scope::none)
          return Error{"delegation.maker",
                       "您自己能办 " + std::string(permission_name(p)) + "，委托 " + ask.what +
                           " 等于以您的名义批您自己的事",
                       "what", "请没有经办权限的人委托；" + rule.why};
  if (scope == Scope::branch) {
    const Staff *giver = directory.person(ask.giver), *taker = directory.person(ask.taker);
    ask.branch = giver ? directory.branch_of(giver->org) : "";
    if (!giver || directory.branch_of(taker->org) != ask.branch)
      return Error{"delegation.branch", "这项权限只及于本支行，受托人在别的支行", "taker", "选本支行的人"};
  }
  for (const Login& login : logins_of(session, ask.taker)) {
    Holding all = holding(session, login, ask.days);
    all.all.push_back({*permission, scope});
    if (auto refused = refused_apart(rules, all.roles, widest(all.all))) {
      refused->where = "taker";
      return *refused;
    }
  }
  return {};
}

base::Status check(store::Session& session, const Directory& directory, const RoleRules& rules, Delegation& ask,
                   Date today) {
  if (ask.giver == ask.taker) return Error{"delegation.self", "不能委托给自己", "taker", "另选一个人"};
  const Staff* taker = directory.person(ask.taker);
  if (!taker || !Directory::in_post(*taker, ask.days.from))
    return Error{"delegation.staff", "没有在职的员工 " + ask.taker, "taker", "写在职员工的工号"};
  if (logins_of(session, ask.taker).empty())
    return Error{"delegation.staff", taker->name + " 没有可用的登录", "taker", "先请系统管理员建登录"};
  if (auto fits = check_days(ask.days, rules.longest_delegation); !fits.ok()) return fits;
  if (*ask.days.to < today)
    return Error{"delegation.past", "止日 " + ask.days.to->str() + " 已经过去，这项委托一天也不会生效", "to",
                 "写今天或以后的止日"};
  if (auto fits = check_text(ask.reason, "delegation.reason", "reason", "理由"); !fits.ok()) return fits;
  if (base::characters(ask.bounds) > 600)
    return Error{"delegation.bounds", "限制写得太长", "bounds", "最多 600 个字"};
  ask.branch.clear();
  if (ask.kind == "permission") return check_permission(session, directory, rules, ask);
  if (ask.kind != "task" || std::find(std::begin(kTasks), std::end(kTasks), ask.what) == std::end(kTasks))
    return Error{"delegation.what", "没有“" + ask.what + "”这一类可委托的待办", "what", "选 duty 或 assigned"};
  return {};
}

}  // namespace

std::vector<Delegation> delegations(store::Session& session, const DelegationFilter& filter) {
  std::string sql = std::string(kSelect) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  if (!filter.giver.empty()) sql += " AND giver = ?", values.emplace_back(filter.giver);
  if (!filter.taker.empty()) sql += " AND taker = ?", values.emplace_back(filter.taker);
  if (!filter.person.empty()) {
    sql += " AND (giver = ? OR taker = ?)";
    values.insert(values.end(), {filter.person, filter.person});
  }
  if (filter.on) {
    sql += " AND from_day <= ? AND to_day >= ?";
    values.insert(values.end(), {filter.on->str(), filter.on->str()});
  }
  std::vector<Delegation> out;
  for (const auto& row : session.query(sql + " ORDER BY delegation_id DESC", values)) out.push_back(read(row));
  return out;
}

base::Result<Delegation> delegate(store::Session& session, const Directory& directory, const RoleRules& rules,
                                  const Delegation& wanted, const Doing& doing) {
  Delegation ask = wanted;
  base::Result<Delegation> out = Error{};
  session.transaction([&] {
    if (auto fits = check(session, directory, rules, ask, doing.today); !fits.ok()) {
      out = fits.error();
      return;
    }
    for (const auto& one : delegations(session, {.giver = ask.giver, .taker = ask.taker, .person = "", .on = {}}))
      if (one.kind == ask.kind && one.what == ask.what && one.days.meets(ask.days)) {
        out = Error{"delegation.again", one.days.from.str() + " 至 " + one.days.to->str() + " 已经委托给他",
                    "from", "改日期"};
        return;
      }
    auto rows = session.query(
        "INSERT INTO delegations (giver, taker, branch, kind, what, bounds, from_day, to_day, reason, made_at,"
        " made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING delegation_id",
        {ask.giver, ask.taker, ask.branch, ask.kind, ask.what, ask.bounds, ask.days.from.str(), ask.days.to->str(),
         ask.reason, doing.at.str(), doing.login});
    const int64_t id = rows[0].integer(0);
    doing.tell("delegation.make", "delegation " + std::to_string(id),
               JsonObject{{"giver", ask.giver},
                          {"taker", ask.taker},
                          {"kind", ask.kind},
                          {"what", ask.what},
                          {"bounds", ask.bounds},
                          {"from", ask.days.from.str()},
                          {"to", ask.days.to->str()}});
    out = read(session.query(std::string(kSelect) + " WHERE delegation_id = ?", {id})[0]);
  });
  return out;
}

base::Result<Delegation> end_delegation(store::Session& session, int64_t id, const std::string& reason,
                                        const Doing& doing) {
  if (auto fits = check_text(reason, "delegation.reason", "reason", "理由"); !fits.ok()) return fits.error();
  base::Result<Delegation> out = Error{"delegation.unknown", "没有这一次委托", "", ""};
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE delegation_id = ?", {id});
    if (rows.empty()) return;
    const Delegation found = read(rows[0]);
    if (*found.days.to < doing.today) {
      out = Error{"delegation.ended", "委托已于 " + found.days.to->str() + " 结束", "", ""};
      return;
    }
    const Date last = std::max(found.days.from, doing.today) - 1;
    session.exec(
        "UPDATE delegations SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE delegation_id = ?",
        {last.str(), doing.at.str(), doing.login, reason, id});
    doing.tell("delegation.end", "delegation " + std::to_string(id),
               JsonObject{{"last", last.str()}, {"reason", reason}});
    out = read(session.query(std::string(kSelect) + " WHERE delegation_id = ?", {id})[0]);
  });
  return out;
}

Scope own_scope(store::Session& session, const std::string& staff, Permission permission, Date day) {
  Scope best = Scope::none;
  for (const Login& login : logins_of(session, staff)) {
    best = std::max(best, scope_of(login.roles, permission));
    for (const Gift& one : gifts(session, {.login = login.login, .role = "", .state = "given", .after = day}))
      if (one.counts(day))
        if (auto more = allowances_of(session, one.role); more.ok())
          for (const Allowance& each : *more)
            if (each.permission == permission) best = std::max(best, each.scope);
  }
  return best;
}

std::vector<std::pair<Delegation, Allowance>> delegated_to(store::Session& session, const Directory& directory,
                                                           const std::string& staff, Date day) {
  std::vector<std::pair<Delegation, Allowance>> out;
  const Staff* taker = directory.person(staff);
  if (!taker) return out;
  for (auto& one : delegations(session, {.giver = "", .taker = staff, .person = "", .on = day})) {
    auto permission = one.kind == "permission" ? permission_of(one.what) : std::nullopt;
    if (!permission) continue;
    Scope scope = own_scope(session, one.giver, *permission, day);
    if (!one.branch.empty()) {
      const Staff* giver = directory.person(one.giver);
      const bool still =
          giver && directory.branch_of(giver->org) == one.branch && directory.branch_of(taker->org) == one.branch;
      scope = still ? std::min(scope, Scope::branch) : Scope::none;
    }
    if (scope >= Scope::branch) out.emplace_back(std::move(one), Allowance{*permission, scope});
  }
  return out;
}

}  // namespace guanhu::people
