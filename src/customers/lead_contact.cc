// Contacts with leads and with the customers of campaigns, and customers who do not want any.
#include <algorithm>
#include <map>

#include "customers/customer.h"
#include "customers/lead.h"
#include "customers/lead_keep.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;
using base::Result;
using base::Status;
using records::Change;
using records::Record;

namespace {

Json body_of(const Contact& of) {
  return JsonObject{{"channel", of.channel},
                    {"department", of.department},
                    {"outcome", of.outcome},
                    {"text", of.text},
                    {"name", of.name},
                    {"campaign", of.campaign},
                    {"partner", of.partner},
                    {"next_step", of.next_step},
                    {"next_day", of.next_day ? Json(of.next_day->str()) : Json()},
                    {"reached", of.reached}};
}

Result<Record> keep_contact(store::Session& session, const Contact& of, const records::Doing& doing) {
  Change change;
  change.record.kind = kContactKind, change.record.state = "kept", change.record.owner = of.owner;
  change.record.org = of.org, change.record.customer = of.customer, change.record.day = of.day;
  change.record.parent = of.lead ? of.lead : of.campaign;
  change.record.title = of.name + " · " + of.channel + " · " + of.outcome;
  change.record.body = body_of(of), change.action = "contact.record";
  change.words = of.text + "\n" + of.next_step + "\n" + of.partner;
  auto kept = records::write_in(session, change, doing);
  if (!kept.ok()) return kept;
  session.exec(
      "INSERT INTO marketing_contacts (record_id, lead, campaign, customer, owner, org, channel, outcome, day,"
      " reached, interested, finance_phone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {kept->id, of.lead, of.campaign, of.customer, of.owner, of.org, of.channel, of.outcome, of.day.str(),
       int64_t{of.reached}, int64_t{of.interested}, int64_t{of.finance_phone}});
  return kept;
}

// The lead goes on from it; the line of a campaign is done when somebody was reached.
Status follow(store::Session& session, const Contact& of, const std::optional<LeadStep>& step, int64_t contact,
              const records::Doing& doing) {
  if (of.campaign && !of.customer.empty())
    session.exec(
        "UPDATE campaign_lines SET state = CASE WHEN ? = 1 THEN 'done' ELSE state END, channel = ?,"
        " outcome = ?, contacted_on = ?, contact = ? WHERE campaign = ? AND customer = ?"
        " AND state IN ('open', 'done')",
        {int64_t{of.reached}, of.channel, of.outcome, of.day.str(), contact, of.campaign, of.customer});
  if (!step) return {};
  auto found = held_lead(session, step->id, step->version);
  if (!found.ok()) return found.error();
  Lead lead = lead_of(*found);
  if (lead.closed_on) return Error{"lead.closed", "这条线索已经了结", "", "先把它重新打开"};
  lead.accepted = true, ++lead.contacts;
  if (!lead.contacted_on || *lead.contacted_on < of.day) lead.contacted_on = of.day;
  lead.next_step = of.next_step, lead.next_day = of.next_day;
  // The first call was made: nobody waits for it any longer.
  if (of.channel == "电话" && of.reached) lead.letter_at.clear(), lead.call_by.clear();
  found->state = step->stage;
  auto kept = keep_lead_in(session, *found, lead, "lead.contact", "", doing);
  return kept.ok() ? Status() : Status(kept.error());
}

}  // namespace

Result<Record> record_contact(store::Session& session, const Contact& contact, const std::optional<LeadStep>& lead,
                              Date today, const records::Doing& doing) {
  if (contact.day > today)
    return Error{"contact.day", "联系的日期 " + contact.day.str() + " 还没有到", "day", "写今天或以前"};
  if (!is_reason(contact.text)) return Error{"contact.text", "没有写说了什么，或太长", "text", "用一两句话写明"};
  if (auto said = check_next(contact.next_step, contact.next_day, contact.day); !said.ok()) return said.error();
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto kept = keep_contact(session, contact, doing);
    if (!kept.ok()) return kept;
    if (auto went = follow(session, contact, lead, kept->id, doing); !went.ok()) return went.error();
    if (contact.refused && !contact.customer.empty() && !no_contact(session, contact.customer))
      session.exec("INSERT INTO no_contacts (customer, why, at, actor) VALUES (?, ?, ?, ?)",
                   {contact.customer, contact.text, doing.at.str(), doing.login});
    return kept;
  });
}

std::vector<Record> contacts_of(store::Session& session, int64_t parent) {
  records::Filter filter;
  filter.kinds = {kContactKind}, filter.parent = parent;
  auto out = records::list(session, filter);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  return out;
}

std::vector<ContactCount> contact_counts(store::Session& session, Date from, Date to) {
  std::vector<ContactCount> out;
  for (const auto& row :
       session.query("SELECT owner, org, channel, outcome, day, reached, interested, finance_phone, lead, campaign"
                     " FROM marketing_contacts WHERE day >= ? AND day <= ? ORDER BY record_id",
                     {from.str(), to.str()})) {
    ContactCount one{row.text(0), row.text(1), row.text(2), row.text(3), Date::parse(row.text(4)).value()};
    one.reached = row.integer(5) != 0, one.interested = row.integer(6) != 0;
    one.finance_phone = row.integer(7) != 0, one.lead = row.integer(8), one.campaign = row.integer(9);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::pair<std::string, Date>> last_contacts(store::Session& session) {
  std::map<std::string, Date> last;
  auto take = [&](const char* sql) {
    for (const auto& row : session.query(sql)) {
      const auto day = Date::parse(row.text(1)).value();
      auto [at, fresh] = last.emplace(row.text(0), day);
      if (!fresh && at->second < day) at->second = day;
    }
  };
  take("SELECT customer, max(day) FROM marketing_contacts WHERE customer <> '' AND reached = 1 GROUP BY customer");
  take("SELECT customer, max(day) FROM visit_customers WHERE state = 'done' GROUP BY customer");
  return {last.begin(), last.end()};
}

std::vector<NoContact> no_contacts(store::Session& session) {
  std::vector<NoContact> out;
  for (const auto& row : session.query("SELECT customer, why, at, actor FROM no_contacts ORDER BY customer"))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
  return out;
}

std::optional<NoContact> no_contact(store::Session& session, const std::string& customer) {
  for (const auto& row :
       session.query("SELECT customer, why, at, actor FROM no_contacts WHERE customer = ?", {customer}))
    return NoContact{row.text(0), row.text(1), row.text(2), row.text(3)};
  return std::nullopt;
}

Status keep_no_contact(store::Session& session, const std::string& customer, bool refused, const std::string& why,
                       const std::string& login, base::Instant at,
                       const std::function<void(const std::string& action)>& also) {
  if (!is_reason(why)) return Error{"contact.reason", "没有写客户怎么说的，或太长", "why", "用一句话写明"};
  Status out;
  session.transaction([&] {
    if (no_contact(session, customer).has_value() == refused)
      return void(
          out = Error{"contact.same", refused ? "已经登记过不愿联系" : "没有登记过不愿联系", "", "刷新看看"});
    if (refused)
      session.exec("INSERT INTO no_contacts (customer, why, at, actor) VALUES (?, ?, ?, ?)",
                   {customer, why, at.str(), login});
    else session.exec("DELETE FROM no_contacts WHERE customer = ?", {customer});
    also(refused ? "contact.refused" : "contact.allowed");
  });
  return out;
}

}  // namespace guanhu::customers
