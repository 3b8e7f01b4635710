#include "customers/campaign.h"

#include <algorithm>

#include "base/json_member.h"
#include "customers/customer.h"
#include "customers/lead_keep.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using base::Result;
using base::Status;
using records::Change;
using records::Record;

namespace {

Json day_json(const std::optional<Date>& of) { return of ? Json(of->str()) : Json(); }

Status check_campaign(const Campaign& of) {
  if (!is_reason(of.title, 150) || of.title.find_first_of("\r\n") != std::string::npos)
    return Error{"campaign.title", "没有写名称，或太长", "title", "用几个字写"};
  if (!is_reason(of.purpose)) return Error{"campaign.purpose", "没有写目的，或太长", "purpose", "写明为什么做"};
  if (of.condition.empty())
    return Error{"campaign.condition", "没有写挑客户的条件", "condition", "至少写一个条件"};
  if (of.success.empty()) return Error{"campaign.success", "没有写怎样算成了", "success", "选一个看得见的结果"};
  if (of.to < of.from) return Error{"campaign.days", "结束日早于开始日", "to", "改其中一个"};
  if (of.target < 1) return Error{"campaign.target", "目标户数要大于零", "target", "写一个整数"};
  if (of.control < base::Decimal(0) || of.control > base::Decimal(1))
    return Error{"campaign.control", "对照比例要在零和一之间", "control", "不要对照组就写零"};
  return {};
}

Result<Record> held(store::Session& session, int64_t id, int64_t version, const char* state, const char* word) {
  auto found = records::record(session, kCampaignKind, id);
  if (!found.ok()) return found;
  if (found->version == version && found->state != state)
    return Error{"campaign.state", std::string("这个活动现在不是") + word, "state", "刷新以后看现在能做什么"};
  found->version = version;
  return found;
}

Result<Record> keep(store::Session& session, Record record, const Campaign& of, const std::string& action,
                    const std::string& why, const records::Doing& doing) {
  Change change;
  change.record = std::move(record);
  change.record.title = of.title, change.record.day = of.from, change.record.until = of.to;
  change.record.body = to_json(of);
  change.action = action, change.why = why;
  change.words = of.purpose + "\n" + of.product + "\n" + of.script + "\n" + of.leaflet + "\n" + of.closing;
  change.files = of.files;
  return records::write_in(session, change, doing);
}

CampaignLine read_line(const store::Row& row) {
  CampaignLine out;
  out.customer = row.text(0), out.name = row.text(1), out.staff = row.text(2), out.org = row.text(3);
  out.state = row.text(4);
  if (auto reasons = Json::parse(row.text(5)); reasons.ok() && reasons->as_array())
    for (const Json& one : *reasons->as_array())
      if (one.as_string()) out.reasons.push_back(*one.as_string());
  if (auto facts = Json::parse(row.text(6)); facts.ok()) out.facts = *std::move(facts);
  out.channel = row.text(7), out.outcome = row.text(8);
  if (auto on = row.maybe_text(9)) out.contacted_on = Date::parse(*on);
  out.contact = row.integer(10);
  return out;
}
constexpr const char* kLines =
    "SELECT customer, name, staff, org, state, reasons, facts, channel, outcome, contacted_on, contact"
    " FROM campaign_lines WHERE campaign = ?";

void keep_line(store::Session& session, int64_t campaign, const CampaignLine& line) {
  JsonArray reasons;
  for (const auto& one : line.reasons) reasons.emplace_back(one);
  session.exec(
      "INSERT INTO campaign_lines (campaign, customer, name, staff, org, state, reasons, facts, channel,"
      " outcome, contacted_on, contact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', NULL, 0)",
      {campaign, line.customer, line.name, line.staff, line.org, line.state, Json(reasons).dump(),
       line.facts.dump()});
}

}  // namespace

Campaign campaign_of(const Json& body) {
  Campaign out;
  out.title = text_in(body, "title"), out.purpose = text_in(body, "purpose"),
  out.product = text_in(body, "product");
  out.script = text_in(body, "script"), out.leaflet = text_in(body, "leaflet");
  out.condition = text_in(body, "condition"), out.success = text_in(body, "success");
  out.control = base::Decimal::parse(text_in(body, "control")).value_or(base::Decimal(0));
  if (const Json* target = body.find("target"); target && target->as_number())
    out.target = target->as_number()->to_int64().value_or(0);
  out.from = day_in(body, "from").value_or(Date()), out.to = day_in(body, "to").value_or(Date());
  if (const Json* files = body.find("files"); files && files->as_array())
    for (const Json& one : *files->as_array())
      if (one.as_string()) out.files.push_back(*one.as_string());
  out.proposed_by = text_in(body, "proposed_by"), out.decided_by = text_in(body, "decided_by");
  out.decided_why = text_in(body, "decided_why"), out.closing = text_in(body, "closing");
  out.frozen_on = day_in(body, "frozen_on"), out.business = day_in(body, "business");
  return out;
}

Json to_json(const Campaign& of) {
  JsonArray files;
  for (const auto& one : of.files) files.emplace_back(one);
  return JsonObject{{"title", of.title},
                    {"purpose", of.purpose},
                    {"product", of.product},
                    {"script", of.script},
                    {"leaflet", of.leaflet},
                    {"condition", of.condition},
                    {"success", of.success},
                    {"control", of.control.str()},
                    {"target", of.target},
                    {"from", of.from.str()},
                    {"to", of.to.str()},
                    {"files", std::move(files)},
                    {"proposed_by", of.proposed_by},
                    {"decided_by", of.decided_by},
                    {"decided_why", of.decided_why},
                    {"closing", of.closing},
                    {"frozen_on", day_json(of.frozen_on)},
                    {"business", day_json(of.business)}};
}

Result<Record> write_campaign(store::Session& session, const CampaignWrite& write, const records::Doing& doing) {
  if (auto said = check_campaign(write.campaign); !said.ok()) return said.error();
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    Record of;
    of.kind = kCampaignKind, of.state = "draft", of.owner = write.owner, of.org = write.org;
    Campaign next = write.campaign;
    next.proposed_by.clear(), next.decided_by.clear(), next.closing.clear(), next.decided_why.clear();
    next.frozen_on.reset(), next.business.reset();
    if (write.id) {
      auto found = held(session, write.id, write.version, "draft", "草稿");
      if (!found.ok()) return found;
      of = *found;
      next.decided_why = campaign_of(found->body).decided_why;
    }
    return keep(session, of, next, "campaign.write", "", doing);
  });
}

Result<Record> propose_campaign(store::Session& session, int64_t id, int64_t version,
                                const std::vector<CampaignLine>& lines, Date today, Date business,
                                const records::Doing& doing) {
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held(session, id, version, "draft", "草稿");
    if (!found.ok()) return found;
    if (std::none_of(lines.begin(), lines.end(), [](const auto& one) { return one.state == "open"; }))
      return Error{"campaign.lines", "名单上没有一户可以联系", "condition", "放宽条件再试"};
    Campaign of = campaign_of(found->body);
    of.frozen_on = today, of.business = business, of.proposed_by = doing.login, of.decided_why.clear();
    found->state = "proposed";
    session.exec("DELETE FROM campaign_lines WHERE campaign = ?", {id});
    for (const auto& line : lines) keep_line(session, id, line);
    return keep(session, *found, of, "campaign.propose", "", doing);
  });
}

Result<Record> decide_campaign(store::Session& session, int64_t id, int64_t version, bool agree,
                               const std::string& why, const records::Doing& doing) {
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held(session, id, version, "proposed", "待复核");
    if (!found.ok()) return found;
    Campaign of = campaign_of(found->body);
    if (doing.login == of.proposed_by || doing.login == found->made_by)
      return Error{"campaign.self", "自己提出的活动要由另一个人同意", "", "请别的有权的人复核"};
    if (!agree && !is_reason(why)) return Error{"campaign.reason", "没有写为什么退回", "why", "用一句话写明"};
    of.decided_by = doing.login, of.decided_why = why;
    found->state = agree ? "running" : "draft";
    if (!agree) session.exec("DELETE FROM campaign_lines WHERE campaign = ?", {id});
    if (!agree) of.frozen_on.reset(), of.business.reset();
    return keep(session, *found, of, agree ? "campaign.agree" : "campaign.return", why, doing);
  });
}

Result<Record> close_campaign(store::Session& session, int64_t id, int64_t version, const std::string& why,
                              const records::Doing& doing) {
  if (!is_reason(why)) return Error{"campaign.reason", "没有写做得怎样", "why", "用几句话总结"};
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held(session, id, version, "running", "进行中");
    if (!found.ok()) return found;
    Campaign of = campaign_of(found->body);
    of.closing = why;
    found->state = "closed";
    return keep(session, *found, of, "campaign.close", why, doing);
  });
}

std::vector<CampaignLine> campaign_lines(store::Session& session, int64_t campaign) {
  std::vector<CampaignLine> out;
  for (const auto& row : session.query(std::string(kLines) + " ORDER BY staff, customer", {campaign}))
    out.push_back(read_line(row));
  return out;
}

std::optional<CampaignLine> campaign_line(store::Session& session, int64_t campaign, const std::string& customer) {
  for (const auto& row : session.query(std::string(kLines) + " AND customer = ?", {campaign, customer}))
    return read_line(row);
  return std::nullopt;
}

Status hand_line(store::Session& session, int64_t campaign, const std::string& customer, const std::string& staff,
                 const std::string& org, const std::function<void()>& also) {
  Status out;
  session.transaction([&] {
    if (session.exec("UPDATE campaign_lines SET staff = ?, org = ? WHERE campaign = ? AND customer = ?"
                     " AND state IN ('open', 'done')",
                     {staff, org, campaign, customer}) != 1)
      return void(out = Error{"campaign.line", "名单上没有这户，或不由人联系", "customer", "刷新名单"});
    also();
  });
  return out;
}

std::vector<LinesWaiting> lines_waiting(store::Session& session) {
  std::vector<LinesWaiting> out;
  for (const auto& row : session.query(
           "SELECT l.campaign, r.title, l.staff, count(*), r.until_day FROM campaign_lines l JOIN records r"
           " ON r.record_id = l.campaign WHERE l.state = 'open' AND l.staff <> '' AND r.state = 'running'"
           " AND r.removed = 0 GROUP BY l.campaign, r.title, l.staff, r.until_day ORDER BY 1, 3")) {
    LinesWaiting one{row.integer(0), row.text(1), row.text(2), row.integer(3), std::nullopt};
    if (auto until = row.maybe_text(4)) one.until = Date::parse(*until);
    out.push_back(std::move(one));
  }
  return out;
}

bool in_control(int64_t campaign, const std::string& customer, const base::Decimal& share) {
  // FNV-1a: the same on every machine, and no relation to the customer's number.
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : std::to_string(campaign) + "|" + customer)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return base::Decimal(static_cast<int64_t>((hash >> 20) % 10'000)) <
         base::Decimal::multiply(share, base::Decimal(10'000)).value_or(base::Decimal(0));
}

}  // namespace guanhu::customers
