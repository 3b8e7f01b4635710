// What one person may not hold together, what a second person must confirm, what may be delegated: data of the
// bank (a pack's parameters), beside the two rules that no data can lift: an auditor holds nothing else, and who
// manages logins sees no figures.
//
// ORG-641
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "people/access.h"

namespace guanhu::people {

// "pay.approve", or with a star at one end: "*.approve", "audit.*".
bool fits_pattern(std::string_view pattern, std::string_view permission);

struct Apart {
  std::string a, b, why;  // a, b: patterns
};
struct Strong {
  std::string permission;  // a pattern
  Scope scope;             // from this one up
  std::string why;
};

struct RoleRules {
  std::string source;  // "house-people 1.0": what refusals name
  std::vector<Apart> apart;
  std::vector<Strong> strong;
  std::vector<std::string> delegable;  // patterns
  std::vector<Apart> makers;           // a: the approval, b: what makes what it approves
  int longest_delegation = 0;          // days; 0: nothing may be delegated
};

// "a × b：why" and "a@bank：why". Refused (role.rules): not of this form, or no permission fits; where: the text.
base::Result<Apart> read_apart(const std::string& text);
base::Result<Strong> read_strong(const std::string& text);
base::Status check_pattern(const std::string& pattern);

struct Clash {
  Permission a, b;
  std::string why, rule;  // rule: where it stands
};
// Two of what is held that may not be; the first of every rule.
std::vector<Clash> clashes(const RoleRules& rules, const std::vector<Allowance>& held);
// As a refusal (role.apart) that names both actions and the rule; nothing when nothing clashes.
std::optional<base::Error> refused_apart(const RoleRules& rules, const std::vector<Role>& roles,
                                         const std::vector<Allowance>& held);
// Why a second person must confirm that it is given; "" it need not be.
std::string needs_second(const RoleRules& rules, const std::vector<Allowance>& grants);

// Everything a built-in role allows.
std::vector<Allowance> allowances(Role role);
// The widest of each permission, in the order of permissions.
std::vector<Allowance> widest(const std::vector<Allowance>& held);

}  // namespace guanhu::people
