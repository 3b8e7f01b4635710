#include "api/lead_campaign_work.h"

#include <algorithm>

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Campaign;
using customers::CampaignLine;
using people::Permission;

namespace {

constexpr size_t kAtOnce = 2'000;  // customers whose facts are read together

std::vector<std::string> excluded_for(LeadDesk& desk, const std::vector<customers::Known>& known, bool refused) {
  JsonObject input = {{"不愿联系", refused}};
  for (const char* name : {"不良信用名单命中", "准入状态", "客户分类"})
    if (const Json* value = customers::known_value(known, name)) input.emplace_back(name, *value);
  std::vector<std::string> out;
  auto said = desk.rules().ask("campaign-exclusion", input);
  if (said.ok() && said->as_array())
    for (const Json& one : *said->as_array())
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

Json rate(int64_t part, int64_t whole) {
  if (!whole) return {};
  return base::Decimal::divide(base::Decimal(part), base::Decimal(whole))->round(4, base::Rounding::half_up).str();
}

}  // namespace

// Every customer in reach that the condition holds for, with why some are left out.
std::vector<CampaignLine> listed(LeadDesk& desk, const LeadCondition& condition) {
  std::vector<CampaignLine> out;
  const auto& all = desk.facts().customers;
  if (!all) return out;
  auto places = desk.facts().customers_in(desk.call().login(), desk.scope(Permission::campaign_manage), desk.db());
  std::vector<std::string> ids;
  const size_t count = places ? places->size() : all->size();
  const auto refusals = desk.refusals();
  auto work = [&] {
    const auto known = desk.market(ids);
    ids.clear();
    for (const auto& [id, facts] : known) {
      if (!condition.holds(facts)) continue;
      CampaignLine line;
      line.customer = id, line.name = desk.customer_name(id);
      line.org = std::string(all->at(all->find(id)).org);
      line.reasons = excluded_for(desk, facts, refusals.contains(id));
      line.state = line.reasons.empty() ? kOpenLine : "excluded";
      line.facts = facts_json(facts);
      out.push_back(std::move(line));
    }
  };
  for (size_t n = 0; n < count; ++n) {
    std::string id(all->at(places ? (*places)[n] : n).id);
    if (desk.merges().absorbed(id)) continue;
    ids.push_back(std::move(id));
    if (ids.size() == kAtOnce) work();
  }
  if (!ids.empty()) work();
  return out;
}

// Who is to contact each: who serves the customer.
void spread(LeadDesk& desk, std::vector<CampaignLine>& lines) {
  std::vector<std::string> ids;
  for (const auto& one : lines)
    if (one.state == kOpenLine) ids.push_back(one.customer);
  const auto keepers = desk.managers(ids);
  for (auto& one : lines)
    if (auto at = keepers.find(one.customer); at != keepers.end()) {
      one.staff = at->second;
      if (auto org = desk.org_of(at->second); !org.empty()) one.org = org;
    }
}

JsonObject line_json(LeadDesk& desk, const CampaignLine& of) {
  JsonArray reasons;
  for (const auto& one : of.reasons) reasons.emplace_back(one);
  return {{"customer", desk.sees_customer(of.customer) ? Json(of.customer) : Json("")},
          {"name", of.name},
          {"key", of.customer},
          {"staff", of.staff},
          {"staff_name", of.staff.empty() ? "" : desk.name_of(of.staff)},
          {"org_name", desk.org_name(of.org)},
          {"state", of.state},
          {"reasons", std::move(reasons)},
          {"facts", of.facts},
          {"channel", of.channel},
          {"outcome", of.outcome},
          {"contacted_on", maybe_day(of.contacted_on)}};
}

Json by_staff(LeadDesk& desk, const std::vector<CampaignLine>& lines) {
  struct Count {
    int64_t open = 0, done = 0;
  };
  std::map<std::string, Count> all;
  for (const auto& one : lines)
    if (one.state == kOpenLine || one.state == "done")
      ++(one.state == kOpenLine ? all[one.staff].open : all[one.staff].done);
  JsonArray out;
  for (const auto& [staff, of] : all)
    out.push_back(JsonObject{{"staff", staff},
                             {"name", staff.empty() ? "" : desk.name_of(staff)},
                             {"open", of.open},
                             {"done", of.done}});
  return out;
}

std::optional<Refusal> check_size(LeadDesk& desk, int64_t count, const base::Decimal& control) {
  auto said = desk.rules().ask("campaign-size", JsonObject{{"户数", count}, {"对照比例", control}});
  if (!said.ok()) return at_member("campaign.control", said.error().message, "control", "写零到一之间的数");
  const std::string word = said->as_string() ? *said->as_string() : "";
  if (word == "可以") return std::nullopt;
  const bool control_wrong = word == "对照太多";
  return at_member("campaign.size", word + "：" + std::to_string(count) + " 户",
                   control_wrong ? "control" : "condition",
                   control_wrong        ? "减少对照"
                   : word == "没有客户" ? "放宽条件"
                                        : "收紧条件");
}

// By the facts of the last day of the campaign, or of today's when it still runs.
Success success_of(LeadDesk& desk, const Campaign& of, const std::vector<CampaignLine>& lines,
                   std::set<std::string>& winners) {
  Success out;
  auto condition = LeadCondition::of(of.success, true, "success");
  const Date until = std::min(desk.business(), of.to);
  std::vector<const CampaignLine*> some;
  auto work = [&] {
    std::vector<std::string> ids;
    for (const auto* one : some) ids.push_back(one->customer);
    const customers::KnownOn on{until, until, "", {}};
    const auto known = customers::market_known(desk.store(), desk.db(), desk.merges(), ids, on);
    for (const auto* one : some) {
      auto now = known.find(desk.merges().canonical(one->customer));
      if (now == known.end() || !condition.ok() || !condition->holds(now->second, &one->facts)) continue;
      winners.insert(one->customer);
      if (one->state == "control") ++out.control_won;
      else ++out.won, out.won_contacted += one->state == "done";
    }
    some.clear();
  };
  for (const auto& one : lines) {
    if (one.state == "excluded") continue;
    if (one.state == "control") ++out.control;
    else ++out.lines, out.contacted += one.contacted_on.has_value(), out.reached += one.state == "done";
    // Before there are later facts than those of the list nothing can have come of it.
    if (of.business && *of.business < until) some.push_back(&one);
    if (some.size() == kAtOnce) work();
  }
  if (!some.empty()) work();
  return out;
}

JsonObject success_json(LeadDesk& desk, const Campaign& of, const Success& found) {
  Json lift;
  if (found.lines && found.control) {
    auto one = *base::Decimal::divide(base::Decimal(found.won), base::Decimal(found.lines));
    auto other = *base::Decimal::divide(base::Decimal(found.control_won), base::Decimal(found.control));
    lift = base::Decimal::subtract(one, other)->round(4, base::Rounding::half_up).str();
  }
  return {{"until", std::min(desk.business(), of.to).str()},
          {"counted", of.business && *of.business < std::min(desk.business(), of.to)},
          {"lines", found.lines},
          {"contacted", found.contacted},
          {"reached", found.reached},
          {"won", found.won},
          {"won_contacted", found.won_contacted},
          {"rate", rate(found.won, found.lines)},
          {"control", found.control},
          {"control_won", found.control_won},
          {"control_rate", rate(found.control_won, found.control)},
          {"lift", lift}};
}

}  // namespace guanhu::api
