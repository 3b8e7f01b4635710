#include "customers/lead.h"

#include <algorithm>

#include "base/length.h"
#include "customers/customer.h"
#include "customers/lead_keep.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Result;
using base::Status;
using records::Change;
using records::Record;

namespace {

// A name as it is compared: without blanks, Latin letters small.
std::string plain_name(const std::string& name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == ' ' || c == '\t') continue;
    if (name.compare(i, 3, "　") == 0) {
      i += 2;
      continue;
    }
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

Status check_written(const Lead& of, Date from) {
  if (!is_reason(of.name, 200) || of.name.find_first_of("\r\n") != std::string::npos)
    return Error{"lead.who", "没有写是谁，或太长", "name", "选一个客户，或写明名称"};
  if (of.source.empty()) return Error{"lead.source", "没有写从哪里来", "source", "从列出的来源里选一个"};
  if (of.amount < 0) return Error{"lead.amount", "预计金额不能是负的", "amount", "写零或以上的金额"};
  if (!of.letter_at.empty() && !base::Instant::parse(of.letter_at))
    return Error{"lead.letter", "发函时间“" + of.letter_at + "”看不懂", "letter_at", "写成日期和时间"};
  return check_next(of.next_step, of.next_day, from);
}

// What happens to a lead is not what a writer sends.
Lead with_written(Lead kept, const Lead& written) {
  Lead out = written;
  out.assigned_by = kept.assigned_by, out.assigned_at = kept.assigned_at, out.assigned_on = kept.assigned_on;
  out.returned_why = kept.returned_why, out.lost_why = kept.lost_why, out.contacted_on = kept.contacted_on;
  out.closed_on = kept.closed_on, out.accepted = kept.accepted, out.contacts = kept.contacts;
  out.deal = kept.deal, out.campaign = kept.campaign, out.stages = kept.stages;
  out.contact_by = kept.contact_by;
  return out;
}

Status still_open(const Lead& of) {
  if (of.closed_on && of.deal) return Error{"lead.closed", "这条线索已经成交", "", "另记一条新的"};
  return {};
}

}  // namespace

Status check_next(const std::string& step, const std::optional<Date>& day, Date from) {
  if (step.empty() != !day)
    return Error{"lead.next", step.empty() ? "写了日期，没有写下一步做什么" : "写了下一步，没有写哪一天",
                 step.empty() ? "next_step" : "next_day", "两样都写，或都不写"};
  if (base::characters(step) > 600) return Error{"lead.next", "下一步写得太长", "next_step", "用一句话写"};
  if (day && *day < from)
    return Error{"lead.next", "下一步的日期 " + day->str() + " 已经过去", "next_day", "写今天或以后"};
  return {};
}

store::Value maybe(const std::optional<Date>& day) {
  return day ? store::Value(day->str()) : store::Value(std::monostate());
}

Result<Record> held_lead(store::Session& session, int64_t id, int64_t version) {
  auto found = records::record(session, kLeadKind, id);
  if (!found.ok()) return found;
  if (found->removed) return Error{"record.removed", "这条线索已经撤掉", "", "看它的历次修改"};
  found->version = version;
  return found;
}

Result<Record> keep_lead_in(store::Session& session, Record record, const Lead& written, const std::string& action,
                            const std::string& why, const records::Doing& doing) {
  Lead lead = written;
  if (std::find(lead.stages.begin(), lead.stages.end(), record.state) == lead.stages.end())
    lead.stages.push_back(record.state);
  std::string stages;
  for (const auto& one : lead.stages) stages += stages.empty() ? one : "|" + one;
  Change change;
  change.record = std::move(record);
  change.record.title = lead.name, change.record.customer = lead.customer;
  change.record.until = lead.closed_on ? std::nullopt : lead.next_day;
  change.record.body = to_json(lead);
  change.action = action, change.why = why;
  change.words = lead.contact + "\n" + lead.met_at + "\n" + lead.product + "\n" + lead.note + "\n" + lead.quality +
                 "\n" + lead.next_step + "\n" + lead.lost_why + "\n" + lead.source + "\n" + lead.industry + "\n" +
                 lead.scheme;
  for (const auto& one : lead.partners) change.words += "\n" + one.name;
  auto kept = records::write_in(session, change, doing);
  if (!kept.ok()) return kept;
  const Record& of = *kept;
  session.exec("DELETE FROM leads WHERE record_id = ?", {of.id});
  session.exec(
      "INSERT INTO leads (record_id, stage, owner, org, source, product, name, plain, customer, phone, made_by,"
      " received, assigned_on, contacted_on, next_day, closed_on, version, prospect, campaign, contacts, amount,"
      " won_amount, accepted, outcome, recommender, stages, call_by, contact_by) VALUES"
      " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {of.id,
       of.state,
       of.owner,
       of.org,
       lead.source,
       lead.product,
       lead.name,
       plain_name(lead.name),
       lead.customer,
       lead.phone,
       of.made_by,
       of.day->str(),
       maybe(lead.assigned_on),
       maybe(lead.contacted_on),
       maybe(lead.next_day),
       maybe(lead.closed_on),
       of.version,
       lead.prospect,
       lead.campaign,
       lead.contacts,
       lead.amount,
       lead.deal ? lead.deal->amount : 0,
       int64_t{lead.accepted},
       int64_t{!lead.closed_on ? 0
               : lead.deal     ? 1
                               : 2},
       lead.recommender,
       stages,
       lead.closed_on ? "" : lead.call_by,
       maybe(lead.contacts ? std::nullopt : lead.contact_by)});
  return kept;
}

Result<Record> note_lead(store::Session& session, const NewLead& asked, const records::Doing& doing) {
  if (auto said = check_written(asked.lead, asked.received); !said.ok()) return said.error();
  return all_or_nothing<Record>(session, [&] {
    Record of;
    of.kind = kLeadKind, of.state = asked.stage, of.owner = asked.owner, of.org = asked.org;
    of.day = asked.received;
    return keep_lead_in(session, of, asked.lead, "lead.note", "", doing);
  });
}

Result<Record> change_lead(store::Session& session, const LeadStep& step, const Lead& lead,
                           const records::Doing& doing) {
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held_lead(session, step.id, step.version);
    if (!found.ok()) return found;
    const Lead before = lead_of(*found);
    if (auto said = still_open(before); !said.ok()) return said.error();
    // A next step that was there already may lie in the past: it is late, not wrong.
    const bool same = lead.next_day == before.next_day;
    if (auto said = check_written(lead, same && lead.next_day ? *lead.next_day : *found->day); !said.ok())
      return said.error();
    return keep_lead_in(session, *found, with_written(before, lead), "lead.change", step.why, doing);
  });
}

Result<Record> assign_lead(store::Session& session, const LeadStep& step, const std::string& staff,
                           const std::string& org, Date today, const records::Doing& doing) {
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held_lead(session, step.id, step.version);
    if (!found.ok()) return found;
    Lead lead = lead_of(*found);
    if (auto said = still_open(lead); !said.ok()) return said.error();
    if (found->owner == staff && found->state == step.stage)
      return Error{"lead.same", "这条线索已经在他手上", "to", "另选一个人"};
    found->owner = staff, found->org = org, found->state = step.stage;
    lead.assigned_on = today, lead.assigned_at = doing.at.str(), lead.assigned_by = doing.login;
    lead.accepted = false, lead.returned_why.clear(), lead.contact_by = step.contact_by;
    return keep_lead_in(session, *found, lead, "lead.assign", step.why, doing);
  });
}

Result<Record> accept_lead(store::Session& session, const LeadStep& step, const records::Doing& doing) {
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held_lead(session, step.id, step.version);
    if (!found.ok()) return found;
    Lead lead = lead_of(*found);
    if (lead.accepted) return Error{"lead.accepted", "已经接手了", "", "刷新以后往下做"};
    lead.accepted = true;
    return keep_lead_in(session, *found, lead, "lead.accept", step.why, doing);
  });
}

Result<Record> return_lead(store::Session& session, const LeadStep& step, const std::string& action,
                           const records::Doing& doing) {
  if (!is_reason(step.why)) return Error{"lead.reason", "没有写为什么退回，或太长", "why", "用一句话写明原因"};
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held_lead(session, step.id, step.version);
    if (!found.ok()) return found;
    Lead lead = lead_of(*found);
    lead.accepted = false, lead.returned_why = step.why, lead.assigned_on.reset();
    found->owner.clear(), found->state = step.stage;
    return keep_lead_in(session, *found, lead, action, step.why, doing);
  });
}

Result<Record> move_lead(store::Session& session, const LeadStep& step, LeadEnd end,
                         const std::optional<LeadDeal>& deal, Date today, const records::Doing& doing) {
  if (end == LeadEnd::lost && !is_reason(step.why))
    return Error{"lead.reason", "没有写为什么没有成，或太长", "why", "用一句话写明原因"};
  if (end == LeadEnd::won && !deal)
    return Error{"lead.deal", "没有写成在哪一户、哪一笔业务上", "deal", "选客户、账户或借据"};
  return all_or_nothing<Record>(session, [&]() -> Result<Record> {
    auto found = held_lead(session, step.id, step.version);
    if (!found.ok()) return found;
    Lead lead = lead_of(*found);
    found->state = step.stage;
    lead.closed_on.reset(), lead.deal.reset(), lead.lost_why.clear();
    if (step.written) {
      const Lead& more = *step.written;
      if (!more.judged.empty()) lead.judged = more.judged;
      if (!more.quality.empty()) lead.quality = more.quality;
      if (!more.scale.empty()) lead.scale = more.scale;
      if (!more.complexity.empty()) lead.complexity = more.complexity;
      if (!more.industry.empty()) lead.industry = more.industry;
      if (!more.scheme.empty()) lead.scheme = more.scheme;
    }
    if (end != LeadEnd::open) lead.closed_on = today, lead.next_step.clear(), lead.next_day.reset();
    if (end == LeadEnd::lost) lead.lost_why = step.why;
    // MKT-639: from the first word to the business there is one chain; whoever was a name is a customer now.
    if (end == LeadEnd::won) lead.deal = deal, lead.customer = deal->customer;
    return keep_lead_in(session, *found, lead,
                        end == LeadEnd::won    ? "lead.won"
                        : end == LeadEnd::lost ? "lead.lost"
                                               : "lead.move",
                        step.why, doing);
  });
}

std::vector<LeadRow> lead_rows(store::Session& session) {
  std::vector<LeadRow> out;
  auto day = [](const store::Row& row, size_t column) -> std::optional<Date> {
    auto text = row.maybe_text(column);
    return text ? Date::parse(*text) : std::nullopt;
  };
  for (const auto& row : session.query(
           "SELECT record_id, version, prospect, campaign, contacts, stage, owner, org, source, product, name,"
           " customer, made_by, amount, won_amount, received, assigned_on, contacted_on, next_day, closed_on,"
           " accepted, outcome, recommender, stages, call_by, contact_by FROM leads ORDER BY record_id")) {
    LeadRow one;
    one.id = row.integer(0), one.version = row.integer(1), one.prospect = row.integer(2);
    one.campaign = row.integer(3), one.contacts = row.integer(4), one.stage = row.text(5), one.owner = row.text(6);
    one.org = row.text(7), one.source = row.text(8), one.product = row.text(9), one.name = row.text(10);
    one.customer = row.text(11), one.made_by = row.text(12), one.amount = row.integer(13);
    one.won_amount = row.integer(14), one.received = Date::parse(row.text(15)).value();
    one.assigned_on = day(row, 16), one.contacted_on = day(row, 17), one.next_day = day(row, 18);
    one.closed_on = day(row, 19), one.accepted = row.integer(20) != 0;
    one.won = row.integer(21) == 1, one.lost = row.integer(21) == 2;
    one.recommender = row.text(22), one.call_by = row.text(24), one.contact_by = day(row, 25);
    for (size_t at = 0; at < row.text(23).size();) {
      const size_t end = std::min(row.text(23).find('|', at), row.text(23).size());
      one.stages.push_back(row.text(23).substr(at, end - at));
      at = end + 1;
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<SameLead> same_leads(store::Session& session, const Lead& asked,
                                 const std::vector<std::string>& phone_forms, int64_t but) {
  std::vector<SameLead> out;
  auto look = [&](const char* by, const std::string& condition, const std::vector<store::Value>& values) {
    for (const auto& row : session.query(
             "SELECT record_id FROM leads WHERE outcome = 0 AND " + condition + " ORDER BY record_id DESC",
             values)) {
      const int64_t id = row.integer(0);
      if (id != but && std::none_of(out.begin(), out.end(), [&](const auto& one) { return one.id == id; }))
        out.push_back({id, by});
    }
  };
  if (!asked.customer.empty()) look("customer", "customer = ?", {asked.customer});
  if (asked.prospect) look("prospect", "prospect = ?", {asked.prospect});
  if (!phone_forms.empty()) {
    std::string marks;
    std::vector<store::Value> values;
    for (const auto& form : phone_forms) marks += marks.empty() ? "?" : ", ?", values.emplace_back(form);
    look("phone", "phone IN (" + marks + ")", values);
  }
  if (const std::string plain = plain_name(asked.name); !plain.empty()) look("name", "plain = ?", {plain});
  return out;
}

}  // namespace guanhu::customers
