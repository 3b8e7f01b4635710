// Campaigns: from a condition on facts to a list, a second person, lines for the managers, and what came of it by
// what the facts show.
#include <algorithm>

#include "api/lead_campaign_work.h"
#include "api/policy_reading.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Campaign;
using customers::CampaignLine;
using people::Permission;
using records::Record;

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;
constexpr size_t kPreviewed = 20;  // shown of what a condition gives

// Lines of one's own are seen by who is to contact; the campaign by whoever reads leads of its branch.
bool sees_campaign(LeadDesk& desk, const Record& of) {
  if (desk.reaches(Permission::lead_read, of) || desk.reaches(Permission::campaign_check, of)) return true;
  const auto lines = customers::campaign_lines(desk.store(), of.id);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& one) { return !one.staff.empty() && desk.own(one.staff); });
}

std::optional<Record> campaign_at(LeadDesk& desk, const std::string& id) {
  auto number = number_of(id);
  if (!number) return std::nullopt;
  auto found = records::record(desk.store(), customers::kCampaignKind, *number);
  if (!found.ok() || !sees_campaign(desk, *found)) return std::nullopt;
  return *found;
}

bool manages(LeadDesk& desk, const Record& of) { return desk.reaches(Permission::campaign_manage, of); }

Outcome preview(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto condition = LeadCondition::of(call.text("condition"), false, "condition");
  if (!condition.ok()) return lead_refusal(condition.error());
  auto lines = listed(desk, *condition);
  spread(desk, lines);
  JsonArray some;
  std::map<std::string, int64_t> reasons;
  int64_t open = 0;
  for (const auto& one : lines) {
    open += one.state == kOpenLine;
    for (const auto& why : one.reasons) ++reasons[why];
    if (some.size() < kPreviewed) some.push_back(line_json(desk, one));
  }
  JsonArray left;
  for (const auto& [why, n] : reasons) left.push_back(JsonObject{{"name", why}, {"count", n}});
  return Answer{JsonObject{{"business_date", desk.business().str()},
                           {"open", open},
                           {"excluded", static_cast<int64_t>(lines.size()) - open},
                           {"reasons", std::move(left)},
                           {"staff", by_staff(desk, lines)},
                           {"some", std::move(some)}}};
}

JsonArray may(LeadDesk& desk, const Record& of) {
  JsonArray out;
  const Campaign campaign = customers::campaign_of(of.body);
  if (manages(desk, of)) {
    if (of.state == "draft")
      for (const char* step : {"change", "propose", "withdraw"}) out.emplace_back(step);
    if (of.state == "running")
      for (const char* step : {"hand", "close"}) out.emplace_back(step);
  }
  if (of.state == "proposed" && desk.reaches(Permission::campaign_check, of) &&
      desk.login() != campaign.proposed_by && desk.login() != of.made_by)
    out.emplace_back("decide");
  return out;
}

JsonObject campaign_item(LeadDesk& desk, const Record& of) {
  const Campaign campaign = customers::campaign_of(of.body);
  JsonObject out = desk.head(of);
  int64_t open = 0, done = 0;
  for (const auto& line : customers::campaign_lines(desk.store(), of.id))
    open += line.state == kOpenLine, done += line.state == "done";
  JsonObject more = {{"purpose", campaign.purpose},
                     {"product", campaign.product},
                     {"from", campaign.from.str()},
                     {"to", campaign.to.str()},
                     {"target", campaign.target},
                     {"frozen_on", maybe_day(campaign.frozen_on)},
                     {"open", open},
                     {"done", done}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

JsonArray files_of(LeadDesk& desk, int64_t id) {
  JsonArray out;
  for (const auto& file : records::files_of(desk.store(), id))
    out.push_back(
        JsonObject{{"digest", file.digest}, {"name", file.name}, {"type", file.type}, {"size", file.size}});
  return out;
}

// MKT-654: those who are customers by the lines, new ones by the leads that name the campaign.
JsonObject new_ones(LeadDesk& desk, int64_t campaign) {
  int64_t count = 0, won = 0;
  for (const auto& row : customers::lead_rows(desk.store()))
    if (row.campaign == campaign) ++count, won += row.won;
  return {{"count", count}, {"won", won}};
}

Json whole(LeadDesk& desk, const Record& of) {
  const Campaign campaign = customers::campaign_of(of.body);
  JsonObject out = campaign_item(desk, of);
  std::set<std::string> winners;
  const auto lines = customers::campaign_lines(desk.store(), of.id);
  const Success success = success_of(desk, campaign, lines, winners);
  std::map<std::string, int64_t> outcomes;
  int64_t excluded = 0;
  for (const auto& line : lines) {
    excluded += line.state == "excluded";
    if (!line.outcome.empty()) ++outcomes[line.outcome];
  }
  JsonArray said;
  for (const auto& [name, n] : outcomes) said.push_back(JsonObject{{"name", name}, {"count", n}});
  JsonObject more = {{"script", campaign.script},
                     {"leaflet", campaign.leaflet},
                     {"condition", campaign.condition},
                     {"success", campaign.success},
                     {"control", campaign.control.str()},
                     {"business", maybe_day(campaign.business)},
                     {"proposed_by", campaign.proposed_by},
                     {"decided_by", campaign.decided_by},
                     {"decided_why", campaign.decided_why},
                     {"closing", campaign.closing},
                     {"files", files_of(desk, of.id)},
                     {"excluded", excluded},
                     {"staff", by_staff(desk, lines)},
                     {"outcomes", std::move(said)},
                     {"result", success_json(desk, campaign, success)},
                     {"fresh", new_ones(desk, of.id)},
                     {"may", may(desk, of)}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

// ---------------------------------------------------------------------------- endpoints

Outcome list_campaigns(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {customers::kCampaignKind}, filter.limit = 1'000;
  if (auto state = call.get("state")) filter.states = {*state};
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter))
    if (sees_campaign(desk, one)) items.push_back(campaign_item(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_campaign(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  auto found = campaign_at(desk, call.part("id"));
  if (!found) return not_found();
  return Answer{whole(desk, *found)};
}

Outcome show_facts(Services&, const Call&) {
  JsonArray out;
  for (const auto& one : customers::market_facts())
    out.push_back(JsonObject{{"name", std::string(one.name)},
                             {"type", std::string(one.type)},
                             {"unit", std::string(one.unit)},
                             {"group", std::string(one.group)}});
  return Answer{JsonObject{{"items", std::move(out)}}};
}

Outcome shown(LeadDesk& desk, const base::Result<Record>& of) {
  if (!of.ok()) return lead_refusal(of.error());
  return Answer{whole(desk, *of)};
}

std::optional<Refusal> check_written(LeadDesk& desk, const Campaign& of) {
  if (auto condition = LeadCondition::of(of.condition, false, "condition"); !condition.ok())
    return lead_refusal(condition.error());
  if (auto success = LeadCondition::of(of.success, true, "success"); !success.ok())
    return lead_refusal(success.error());
  const auto& products = desk.rules().words("营销产品");
  if (!of.product.empty() && std::find(products.begin(), products.end(), of.product) == products.end())
    return at_member("campaign.product", "没有产品“" + of.product + "”", "product", "从列出的里面选一个");
  return check_size(desk, 1, of.control);
}

Outcome write_one(Services& s, const Call& call, int64_t id) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  customers::CampaignWrite write;
  write.campaign = customers::campaign_of(call.body);
  write.owner = desk.person(), write.org = desk.org_of(desk.person());
  if (id) {
    auto found = campaign_at(desk, call.part("id"));
    if (!found || !manages(desk, *found)) return not_found();
    write.id = id, write.version = whole_member(call, "version");
  }
  if (!write.campaign.condition.empty() && !write.campaign.success.empty())
    if (auto refused = check_written(desk, write.campaign)) return *refused;
  return shown(desk, customers::write_campaign(desk.store(), write, desk.writing()));
}
Outcome make_one(Services& s, const Call& call) { return write_one(s, call, 0); }
Outcome change(Services& s, const Call& call) {
  return write_one(s, call, number_of(call.part("id")).value_or(-1));
}

using Work = std::function<Outcome(LeadDesk&, const Record&)>;
Outcome step(Services& s, const Call& call, const Work& work) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto found = campaign_at(desk, call.part("id"));
  if (!found) return not_found();
  return work(desk, *found);
}

// The list is made and frozen with the facts of this day; part of it is nobody's, to compare with.
Outcome propose(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!manages(desk, of)) return forbidden();
    const Campaign campaign = customers::campaign_of(of.body);
    auto condition = LeadCondition::of(campaign.condition, false, "condition");
    if (!condition.ok()) return lead_refusal(condition.error());
    auto lines = listed(desk, *condition);
    const int64_t open =
        std::count_if(lines.begin(), lines.end(), [](const auto& one) { return one.state == kOpenLine; });
    if (auto refused = check_size(desk, open, campaign.control)) return *refused;
    for (auto& one : lines)
      if (one.state == kOpenLine && customers::in_control(of.id, one.customer, campaign.control))
        one.state = "control";
    spread(desk, lines);
    return shown(desk, customers::propose_campaign(desk.store(), of.id, whole_member(call, "version"), lines,
                                                   desk.today(), desk.business(), desk.writing()));
  });
}

Outcome decide(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!desk.reaches(Permission::campaign_check, of)) return forbidden();
    const bool agree = flag_member(call, "agree");
    auto done = customers::decide_campaign(desk.store(), of.id, whole_member(call, "version"), agree,
                                           text_member(call, "why"), desk.writing());
    if (!done.ok()) return lead_refusal(done.error());
    const std::string link = "/campaigns/" + std::to_string(of.id);
    desk.tell(of.owner, agree ? "营销活动可以开始了" : "营销活动被退回", of.title, link);
    if (agree)
      for (const auto& one : customers::lines_waiting(desk.store()))
        if (one.campaign == of.id)
          desk.tell(one.staff, "营销活动有 " + std::to_string(one.open) + " 户要您联系", of.title, link);
    return Answer{whole(desk, *done)};
  });
}

Outcome close(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!manages(desk, of)) return forbidden();
    return shown(desk, customers::close_campaign(desk.store(), of.id, whole_member(call, "version"),
                                                 call.text("why"), desk.writing()));
  });
}

Outcome withdraw(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!manages(desk, of)) return forbidden();
    if (of.state != "draft")
      return lead_refusal({"campaign.state", "只有草稿可以撤掉", "state", "进行中的请结束"});
    return shown(desk, records::remove(desk.store(), of.id, whole_member(call, "version"), "campaign.withdraw", "",
                                       desk.writing()));
  });
}

// ---------------------------------------------------------------------------- lines

bool sees_line(LeadDesk& desk, const Record& of, const CampaignLine& line) {
  return manages(desk, of) || desk.reaches(Permission::campaign_check, of) ||
         desk.reaches(Permission::lead_read, line.staff, line.org);
}

Outcome list_lines(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  auto found = campaign_at(desk, call.part("id"));
  if (!found) return not_found();
  const Campaign campaign = customers::campaign_of(found->body);
  auto lines = customers::campaign_lines(desk.store(), found->id);
  std::erase_if(lines, [&](const auto& one) { return !sees_line(desk, *found, one); });
  std::set<std::string> winners;
  success_of(desk, campaign, lines, winners);
  const bool mine = call.get("whose").value_or("") == "mine";
  std::vector<Json> items;
  for (const auto& one : lines) {
    if (auto state = call.get("state"); state && *state != one.state) continue;
    if (mine && !desk.own(one.staff)) continue;
    JsonObject json = line_json(desk, one);
    json.emplace_back("won", winners.contains(one.customer));
    json.emplace_back("own", !one.staff.empty() && desk.own(one.staff));
    items.emplace_back(std::move(json));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome contact(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (of.state != "running")
      return lead_refusal({"campaign.state", "活动没有在进行", "state", "等别人同意，或另开一个"});
    auto line = customers::campaign_line(desk.store(), of.id, call.part("customer"));
    if (!line || !sees_line(desk, of, *line)) return not_found();
    if (line->staff.empty() || !desk.own(line->staff)) return forbidden();
    if (line->state != kOpenLine && line->state != "done")
      return at_member("campaign.line", line->state == "control" ? "对照组不联系" : "这户不在名单里", "customer",
                       "联系名单上的");
    auto ready = contact_of(desk, line->name);
    if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
    customers::Contact made = std::get<customers::Contact>(ready);
    made.campaign = of.id, made.customer = line->customer;
    auto kept = customers::record_contact(desk.store(), made, std::nullopt, desk.today(), desk.writing());
    if (!kept.ok()) return lead_refusal(kept.error());
    JsonObject json = line_json(desk, *customers::campaign_line(desk.store(), of.id, line->customer));
    json.emplace_back("won", false);
    json.emplace_back("own", true);
    return Answer{Json(std::move(json))};
  });
}

Outcome hand(Services& s, const Call& call) {
  return step(s, call, [&](LeadDesk& desk, const Record& of) -> Outcome {
    if (!manages(desk, of)) return forbidden();
    const std::string to = call.text("to");
    if (!desk.may_give(Permission::campaign_manage, to))
      return at_member("campaign.to", "不能分给 " + to, "to", "选管辖范围内在岗的人");
    const auto& customer = call.part("customer");
    auto done = customers::hand_line(desk.store(), of.id, customer, to, desk.org_of(to), [&] {
      desk.audit("campaign.hand", "campaign " + std::to_string(of.id),
                 JsonObject{{"customer", customer}, {"to", to}});
    });
    if (!done.ok()) return lead_refusal(done.error());
    return Answer{whole(desk, of)};
  });
}

Members campaign_members() {
  return {{"title", text(600)},    {"purpose", text(6000)},   {"product", text(60)},   {"script", text(20'000)},
          {"leaflet", text(2000)}, {"condition", text(4000)}, {"success", text(4000)}, {"control", decimal()},
          {"target", integer()},   {"from", date()},          {"to", date()},          {"files", list(text(64))}};
}

Endpoint write(const char* method, const char* path, const char* summary, Permission permission, SchemaRef input,
               Outcome (*handler)(Services&, const Call&)) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = permission,
          .input = std::move(input),
          .output = ref("Campaign"),
          .handler = handler};
}

Table campaign_reading() {
  return {
      {.method = "GET",
       .path = "/campaign-facts",
       .summary = "what conditions may know of a customer",
       .permission = Permission::lead_read,
       .output = object({{"items", list(object({{"name", text()},
                                                {"type", choice({"number", "text", "boolean", "date", "list"})},
                                                {"unit", text()},
                                                {"group", text()}}))}}),
       .handler = show_facts},
      {.method = "POST",
       .path = "/campaigns/preview",
       .summary = "how many customers a condition gives today, who is left out and why; keeps nothing",
       .permission = Permission::campaign_manage,
       .input = object({{"condition", text(4000)}}),
       .output = ref("CampaignPreview"),
       .handler = preview},
      {.method = "GET",
       .path = "/campaigns",
       .summary = "campaigns in reach, the newest first",
       .permission = Permission::lead_read,
       .parameters = {{"state", choice({"draft", "proposed", "running", "closed"})}},
       .output = list_of("CampaignItem"),
       .handler = list_campaigns,
       .list = true,
       .whole = true,
       .searched = {"title", "product", "purpose"}},
      {.method = "GET",
       .path = "/campaigns/{id}",
       .summary = "one campaign with what came of it by the facts",
       .permission = Permission::lead_read,
       .output = ref("Campaign"),
       .handler = show_campaign}};
}

Table campaign_writing() {
  Members changed = campaign_members();
  changed.insert(changed.begin(), {"version", integer()});
  const std::vector<std::string> absent = {"product", "script", "leaflet", "files"};
  const auto version = object({{"version", integer()}});
  return {write("POST", "/campaigns", "a draft", Permission::campaign_manage,
                optional(object(campaign_members()), absent), make_one),
          write("PUT", "/campaigns/{id}", "another draft", Permission::campaign_manage,
                optional(object(changed), absent), change),
          write("POST", "/campaigns/{id}/propose", "makes the list and freezes it with the facts of the day",
                Permission::campaign_manage, version, propose),
          write("POST", "/campaigns/{id}/decide", "another person agrees, or gives it back with a reason",
                Permission::campaign_check,
                optional(object({{"version", integer()}, {"agree", boolean()}, {"why", text(2000)}}), {"why"}),
                decide),
          write("POST", "/campaigns/{id}/close", "what came of it, in words", Permission::campaign_manage,
                object({{"version", integer()}, {"why", text(6000)}}), close),
          write("POST", "/campaigns/{id}/withdraw", "a draft leaves the lists", Permission::campaign_manage,
                version, withdraw)};
}

Table campaign_line_endpoints() {
  return {{.method = "GET",
           .path = "/campaigns/{id}/lines",
           .summary = "the list with the facts of its day, in reach",
           .permission = Permission::lead_read,
           .parameters = {{"state", choice({"open", "done", "control", "excluded"})},
                          {"whose", choice({"mine", "team"})}},
           .output = list_of("CampaignLine"),
           .handler = list_lines,
           .list = true,
           .whole = true,
           .searched = {"name", "staff_name", "outcome"}},
          {.method = "POST",
           .path = "/campaigns/{id}/lines/{customer}/contacts",
           .summary = "a contact with a customer of the list",
           .permission = Permission::lead_write,
           .input = contact_input({}),
           .output = ref("CampaignLine"),
           .handler = contact},
          write("POST", "/campaigns/{id}/lines/{customer}/hand", "somebody else contacts the customer",
                Permission::campaign_manage, object({{"to", text(100)}}), hand)};
}

}  // namespace

Table lead_campaign_endpoints() {
  Table out = campaign_reading();
  for (auto make : {campaign_writing, campaign_line_endpoints}) {
    Table more = make();
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace guanhu::api
