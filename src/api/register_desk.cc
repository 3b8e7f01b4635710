#include "api/register_desk.h"

#include <charconv>
#include <map>
#include <set>

#include "api/customer_facts.h"
#include "base/money.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

std::optional<std::string> RegisterDesk::customer(const std::string& id) {
  const std::string& canonical = merges_.canonical(id);
  return sees_customer(canonical) ? std::optional(canonical) : std::nullopt;
}

bool RegisterDesk::sees_customer(const std::string& canonical) {
  const auto& all = facts().customers;
  if (!all) return false;
  for (const auto& member : merges_.members(canonical)) {
    const size_t at = all->find(member);
    if (at < all->size() && facts().reaches_customer(call().login(), scope(Permission::customer_read), at, *db_))
      return true;
  }
  return false;
}

bool RegisterDesk::may_write(const std::string& canonical) {
  return (can(Permission::customer_write) || can(Permission::customer_check)) && sees_customer(canonical);
}

customers::PackOf RegisterDesk::packs() {
  return [this](const std::string& pack, base::Date on) { return services().packs().on(pack, on); };
}

customers::KnownOf RegisterDesk::known(const std::vector<std::string>& canonical) {
  const customers::KnownOn on{business(), today(), org_name(directory().branch_of(org_of(person()))),
                              [this](const std::string& org) { return org_name(directory().branch_of(org)); }};
  auto out = customers::known_of(store(), db(), merges_, canonical, on);
  // MKT-016: how many answer for the customer as main managers, of all that is his.
  std::set<std::string> all;
  for (const auto& [id, known] : out)
    for (auto& member : merges_.members(id)) all.insert(std::move(member));
  std::map<std::string, std::set<std::string>> mains;
  for (const auto& [id, people] : managers_of(db(), directory(), business(), all))
    for (const Json& one : people)
      if (*one.find("role")->as_string() == "main")
        mains[merges_.canonical(id)].insert(*one.find("staff")->as_string());
  for (auto& [id, known] : out)
    known.push_back({"主办客户经理数", static_cast<int64_t>(mains[id].size()), "管户的登记"});
  return out;
}

std::vector<customers::Known> RegisterDesk::known_one(const std::string& canonical) {
  auto all = known({canonical});
  return all.empty() ? std::vector<customers::Known>{} : std::move(all.begin()->second);
}

customers::Doing RegisterDesk::doing() {
  return {login(), now(), [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

RegisterDesk::Figures RegisterDesk::figures(const std::string& canonical) const {
  Figures out;
  const auto& all = facts().customers;
  if (!all) return out;
  for (const auto& member : merges_.members(canonical)) {
    const size_t at = all->find(member);
    if (at == all->size()) continue;
    const auto one = all->at(at);
    out.deposits += one.deposits, out.loans += one.loans, out.overdue += one.overdue;
  }
  return out;
}

JsonObject RegisterDesk::figures_json(const Figures& of) const {
  return {{"deposits", base::format_fen(of.deposits)},
          {"loans_total", base::format_fen(of.loans)},
          {"overdue_principal", base::format_fen(of.overdue)}};
}

JsonObject RegisterDesk::customer_json(const std::string& canonical) const {
  const auto& all = facts().customers;
  const size_t at = all ? all->find(canonical) : 0;
  JsonObject out{{"id", canonical}};
  const bool there = all && at < all->size();
  out.emplace_back("name", there ? std::string(all->at(at).name) : canonical);
  out.emplace_back("kind", there ? std::string(all->at(at).kind) : "other");
  out.emplace_back("org_name", there ? org_name(std::string(all->at(at).org)) : "");
  for (auto& member : figures_json(figures(canonical))) out.push_back(std::move(member));
  return out;
}

Refusal register_refusal(const base::Error& error) {
  if (error.code.ends_with(".unknown")) return not_found();
  Refusal out = record_refusal(error);
  if (error.code.ends_with(".state") || error.code.ends_with(".taken") || error.code.ends_with(".waits") ||
      error.code == "bad.listed")
    out.status = 409;
  return out;
}

int64_t whole_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_number() ? value->as_number()->to_int64().value_or(0) : 0;
}

bool flag_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

std::optional<int64_t> id_in_path(const Call& call) {
  const std::string& text = call.part("id");
  int64_t out = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() && out > 0 ? std::optional(out)
                                                                                  : std::nullopt;
}

Json words_json(const std::vector<std::string>& words) { return JsonArray(words.begin(), words.end()); }
Json maybe_day(const std::optional<base::Date>& day) { return day ? Json(day->str()) : Json(); }

}  // namespace guanhu::api
