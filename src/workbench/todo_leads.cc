#include "workbench/todo_leads.h"

#include <map>

#include "customers/campaign.h"
#include "customers/lead.h"
#include "customers/need_pass.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::workbench {

using base::JsonObject;
using customers::LeadRow;

namespace {

void leads(store::Session& session, std::vector<LeadWait>& out) {
  std::map<std::string, int64_t> pool;  // by organisation
  for (const LeadRow& row : customers::lead_rows(session)) {
    if (row.won || row.lost) continue;
    const std::string id = std::to_string(row.id), link = "/leads/" + id;
    if (row.owner.empty()) {
      ++pool[row.org];
      continue;
    }
    LeadWait one;
    one.source = "lead", one.who = row.owner, one.org = row.org, one.link = link;
    if (!row.accepted) {
      one.object = id + "-accept", one.title = "线索待接手：" + row.name;
      out.push_back(one);
    }
    // MKT-618: the first call after a letter, until a moment of the bank's clock; MKT-632: the first contact.
    if (row.call_by.size() >= 16) {
      one.object = id + "-call-" + row.call_by, one.due = base::Date::parse(row.call_by.substr(0, 10));
      one.title = "首次电话：" + row.name + "，" + row.call_by.substr(11, 5) + " 以前";
      out.push_back(one);
    } else if (row.accepted && row.contact_by && !row.next_day) {
      one.object = id + "-first-" + row.contact_by->str(), one.due = row.contact_by;
      one.title = "首次联系：" + row.name;
      out.push_back(one);
    }
    // A step of a day is a to-do of its own; the same step never is one twice.
    if (row.next_day) {
      one.object = id + "-next-" + row.next_day->str(), one.title = "线索下一步：" + row.name,
      one.due = row.next_day;
      out.push_back(one);
    }
  }
  for (const auto& [org, count] : pool) {
    LeadWait one;
    one.source = "lead", one.org = org, one.object = "pool-" + org;
    one.title = "线索待分派：" + std::to_string(count) + " 条", one.link = "/leads?whose=pool";
    out.push_back(std::move(one));
  }
}

// MKT-311: to be done by who is asked, then told to the customer by who passed it on.
void passes(store::Session& session, std::vector<LeadWait>& out) {
  for (const auto& of : customers::open_passes(session)) {
    const std::string& state = of.record.state;
    LeadWait one;
    one.source = "lead", one.org = of.record.org, one.due = of.record.until;
    one.object = "pass-" + std::to_string(of.record.id) + "-" + state;
    one.who = state == "done" ? of.record.owner : of.taken_by.empty() ? of.to : of.taken_by;
    const char* what = state == "done"         ? "请告诉客户："
                       : of.what == "到店预约" ? "接待到店客户："
                                               : "客户的事待办：";
    one.title = (of.fast ? "特事特办 " : "") + std::string(what) + of.record.title;
    one.link = "/leads/passes?id=" + std::to_string(of.record.id);
    out.push_back(std::move(one));
  }
}

void referrals(store::Session& session, std::vector<LeadWait>& out) {
  for (const auto& of : customers::referrals(session)) {
    if (of.state != "asked") continue;
    auto lead = records::record(session, customers::kLeadKind, of.lead);
    LeadWait one;
    one.source = "lead", one.who = of.to, one.object = "referral-" + std::to_string(of.id);
    one.title = "转介待答复：" + (lead.ok() ? lead->title : ""), one.link = "/leads/" + std::to_string(of.lead);
    out.push_back(std::move(one));
  }
}

void campaigns(store::Session& session, std::vector<LeadWait>& out) {
  records::Filter filter;
  filter.kinds = {customers::kCampaignKind}, filter.states = {"proposed"};
  for (const auto& of : records::list(session, filter)) {
    LeadWait one;
    one.source = "campaign", one.permission = people::Permission::campaign_check, one.org = of.org;
    one.maker = customers::campaign_of(of.body).proposed_by, one.object = std::to_string(of.id) + "-check";
    one.title = "营销活动待复核：" + of.title, one.link = "/campaigns/" + std::to_string(of.id), one.due = of.day;
    out.push_back(std::move(one));
  }
  for (const auto& of : customers::lines_waiting(session)) {
    LeadWait one;
    one.source = "campaign", one.who = of.staff, one.object = std::to_string(of.campaign) + "-lines";
    one.title = "营销活动：" + of.title + " 还有 " + std::to_string(of.open) + " 户要联系";
    one.link = "/campaigns/" + std::to_string(of.campaign), one.due = of.until;
    out.push_back(std::move(one));
  }
}

}  // namespace

std::vector<LeadWait> lead_waits(store::Session& session) {
  std::vector<LeadWait> out;
  leads(session, out);
  passes(session, out);
  referrals(session, out);
  campaigns(session, out);
  return out;
}

int64_t fall_back_leads(store::Session& session, const policy::Pack& pack, const TodoDoing& doing) {
  const policy::NamedType* stages = pack.type("线索阶段");
  if (!stages || !stages->type || stages->type->words.empty()) return 0;
  int64_t count = 0;
  for (const LeadRow& row : customers::lead_rows(session)) {
    if (row.owner.empty() || row.won || row.lost || row.contacts || !row.assigned_on) continue;
    const int64_t idle = doing.today - *row.assigned_on;
    if (idle < 0) continue;
    auto said =
        policy::decide(pack, "lead-standing", JsonObject{{"阶段", row.stage}, {"未动天数", idle}}, doing.today);
    if (!said.ok()) continue;
    const base::Json standing = feel::to_json(said->result);
    if (!standing.as_string() || *standing.as_string() != "收回") continue;
    const records::Doing writing = {doing.login, doing.at,
                                    [&](const records::Record& of, const std::string& action) {
                                      if (doing.also)
                                        doing.also(action, "lead " + std::to_string(of.id),
                                                   JsonObject{{"version", of.version}, {"from", row.owner}});
                                    }};
    const customers::LeadStep step = {row.id, row.version, stages->type->words.front(),
                                      std::to_string(idle) + " 天没有动过，收回另分"};
    count += customers::return_lead(session, step, "lead.fall_back", writing).ok();
  }
  return count;
}

}  // namespace guanhu::workbench
