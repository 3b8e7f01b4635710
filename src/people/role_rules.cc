#include "people/role_rules.h"

#include <algorithm>
#include <map>

namespace guanhu::people {

using base::Error;

namespace {

std::string trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == text.npos ? std::string() : std::string(text.substr(from, to - from + 1));
}

// "before MARK after"; nothing when the mark is not there.
std::optional<std::pair<std::string, std::string>> parted(const std::string& text, std::string_view mark) {
  const size_t at = text.find(mark);
  if (at == text.npos) return std::nullopt;
  return std::pair(trimmed(std::string_view(text).substr(0, at)),
                   trimmed(std::string_view(text).substr(at + mark.size())));
}

Error bad(const std::string& text, const char* hint) {
  return {"role.rules", "制度包里这一条读不懂：" + text, text, hint};
}

bool figures(Permission p) {
  return p == Permission::score_read || p == Permission::customer_read || p == Permission::personal_read ||
         p == Permission::pay_read;
}

std::string name(Permission p) { return std::string(permission_name(p)); }

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view permission) {
  if (pattern.starts_with('*')) return permission.ends_with(pattern.substr(1));
  if (pattern.ends_with('*')) return permission.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == permission;
}

base::Status check_pattern(const std::string& pattern) {
  for (Permission p : all_permissions())
    if (!pattern.empty() && pattern != "*" && fits_pattern(pattern, permission_name(p))) return {};
  return bad(pattern, "写权限的代码，如 pay.approve 或 *.approve");
}

base::Result<Apart> read_apart(const std::string& text) {
  auto why = parted(text, "：");
  auto pair = why ? parted(why->first, "×") : std::nullopt;
  if (!pair || why->second.empty()) return bad(text, "写成“甲 × 乙：理由”");
  for (const auto& pattern : {pair->first, pair->second})
    if (auto fits = check_pattern(pattern); !fits.ok()) return bad(text, "× 两边写权限的代码");
  return Apart{pair->first, pair->second, why->second};
}

base::Result<Strong> read_strong(const std::string& text) {
  auto why = parted(text, "：");
  auto at = why ? parted(why->first, "@") : std::nullopt;
  auto scope = at ? scope_named(at->second) : std::nullopt;
  if (!at || why->second.empty() || !scope || *scope == Scope::none || !check_pattern(at->first).ok())
    return bad(text, "写成“权限@bank：理由”，范围为 own、team、branch 或 bank");
  return Strong{at->first, *scope, why->second};
}

std::vector<Clash> clashes(const RoleRules& rules, const std::vector<Allowance>& held) {
  std::vector<Clash> out;
  for (const Apart& rule : rules.apart) {
    bool found = false;
    for (const Allowance& x : held)
      for (const Allowance& y : held)
        if (!found && x.permission != y.permission && fits_pattern(rule.a, permission_name(x.permission)) &&
            fits_pattern(rule.b, permission_name(y.permission))) {
          out.push_back({x.permission, y.permission, rule.why, rules.source});
          found = true;
        }
  }
  return out;
}

std::optional<Error> refused_apart(const RoleRules& rules, const std::vector<Role>& roles,
                                   const std::vector<Allowance>& held) {
  auto has = [&](Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
  const bool more = std::any_of(held.begin(), held.end(), [&](const Allowance& one) {
    return scope_of(Role::auditor, one.permission) < one.scope;
  });
  if (has(Role::auditor) && (roles.size() > 1 || more))
    return Error{"role.apart", "审计不能兼任别的角色，也不能有审计以外的权限", "role",
                 "换一个登录，由另一个人担任"};
  if (has(Role::administrator))
    for (const Allowance& one : held)
      if (figures(one.permission))
        return Error{"role.apart",
                     "user.manage 和 " + name(one.permission) + " 不能由一人兼有：系统管理员不看业绩和客户",
                     "role", "换一个登录，由另一个人担任"};
  const auto found = clashes(rules, held);
  if (found.empty()) return std::nullopt;
  std::string said;
  for (const Clash& one : found)
    said += (said.empty() ? "" : "；") + name(one.a) + " 和 " + name(one.b) + " 不能由一人兼有：" + one.why;
  return Error{"role.apart", said + "（" + rules.source + "）", "role", "去掉其中一项，或由另一个人担任"};
}

std::string needs_second(const RoleRules& rules, const std::vector<Allowance>& grants) {
  for (const Strong& rule : rules.strong)
    for (const Allowance& one : grants)
      if (one.scope >= rule.scope && fits_pattern(rule.permission, permission_name(one.permission)))
        return name(one.permission) + "：" + rule.why;
  return "";
}

std::vector<Allowance> allowances(Role role) {
  std::vector<Allowance> out;
  for (Permission p : all_permissions())
    if (Scope scope = scope_of(role, p); scope != Scope::none) out.push_back({p, scope});
  return out;
}

std::vector<Allowance> widest(const std::vector<Allowance>& held) {
  std::map<Permission, Scope> best;
  for (const Allowance& one : held) best[one.permission] = std::max(best[one.permission], one.scope);
  std::vector<Allowance> out;
  for (const auto& [permission, scope] : best)
    if (scope != Scope::none) out.push_back({permission, scope});
  return out;
}

}  // namespace guanhu::people
