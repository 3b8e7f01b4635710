// One hands a lead to another; when it is won both have credit. MKT-650
#include "customers/customer.h"
#include "customers/lead.h"
#include "customers/lead_keep.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Result;

namespace {

constexpr const char* kColumns =
    "SELECT referral_id, lead, from_staff, to_staff, note, state, asked_at, asked_by, answer, answered_at, share,"
    " won_on, entry FROM lead_referrals";

Referral read(const store::Row& row) {
  Referral out;
  out.id = row.integer(0), out.lead = row.integer(1), out.from = row.text(2), out.to = row.text(3);
  out.note = row.text(4), out.state = row.text(5), out.asked_at = row.text(6), out.asked_by = row.text(7);
  out.answer = row.text(8), out.answered_at = row.text(9), out.share = static_cast<int32_t>(row.integer(10));
  if (auto day = row.maybe_text(11)) out.won_on = Date::parse(*day);
  out.entry = row.integer(12);
  return out;
}

}  // namespace

Result<Referral> referral(store::Session& session, int64_t id) {
  for (const auto& row : session.query(std::string(kColumns) + " WHERE referral_id = ?", {id})) return read(row);
  return Error{"referral.unknown", "没有这次转介", "", "刷新列表"};
}

std::optional<Referral> referral_of(store::Session& session, int64_t lead) {
  for (const auto& row :
       session.query(std::string(kColumns) + " WHERE lead = ? ORDER BY referral_id DESC", {lead}))
    return read(row);
  return std::nullopt;
}

std::vector<Referral> referrals(store::Session& session) {
  std::vector<Referral> out;
  for (const auto& row : session.query(std::string(kColumns) + " ORDER BY referral_id DESC"))
    out.push_back(read(row));
  return out;
}

Result<Referral> ask_referral(store::Session& session, const Referral& asked, base::Instant at,
                              const std::function<void(const Referral&)>& also) {
  if (asked.from == asked.to) return Error{"referral.self", "不能转介给自己", "to", "选别的同事"};
  if (!is_reason(asked.note)) return Error{"referral.note", "没有写客户要什么，或太长", "note", "写给接手的人看"};
  return all_or_nothing<Referral>(session, [&]() -> Result<Referral> {
    for (const auto& row : session.query("SELECT 1 FROM lead_referrals WHERE lead = ? AND state IN ('asked',"
                                         " 'accepted')",
                                         {asked.lead})) {
      (void)row;
      return Error{"referral.open", "这条线索已经转介过，还没有了结", "", "等对方答复，或等它了结"};
    }
    const auto rows = session.query(
        "INSERT INTO lead_referrals (lead, from_staff, to_staff, note, state, asked_at, asked_by, answer,"
        " answered_at, share, entry) VALUES (?, ?, ?, ?, 'asked', ?, ?, '', '', 0, 0) RETURNING referral_id",
        {asked.lead, asked.from, asked.to, asked.note, at.str(), asked.asked_by});
    auto made = referral(session, rows.at(0).integer(0));
    also(*made);
    return made;
  });
}

Result<Referral> answer_referral(store::Session& session, int64_t id, bool accept, const std::string& note,
                                 const std::string& org, Date today, const records::Doing& doing) {
  return all_or_nothing<Referral>(session, [&]() -> Result<Referral> {
    auto found = referral(session, id);
    if (!found.ok()) return found;
    if (found->state != "asked") return Error{"referral.state", "这次转介已经答复过", "", "刷新列表"};
    if (!accept && !is_reason(note)) return Error{"referral.note", "没有写为什么不接", "note", "用一句话写明"};
    session.exec("UPDATE lead_referrals SET state = ?, answer = ?, answered_at = ? WHERE referral_id = ?",
                 {std::string(accept ? "accepted" : "declined"), note, doing.at.str(), id});
    auto record = records::record(session, kLeadKind, found->lead);
    if (!record.ok()) return record.error();
    Lead lead = lead_of(*record);
    if (lead.closed_on) return Error{"lead.closed", "这条线索已经了结", "", "刷新列表"};
    if (accept) {
      record->owner = found->to, record->org = org;
      lead.accepted = true, lead.assigned_on = today, lead.assigned_at = doing.at.str();
      lead.assigned_by = found->asked_by;
    }
    auto kept = keep_lead_in(session, *record, lead, accept ? "referral.accept" : "referral.decline", note, doing);
    if (!kept.ok()) return kept.error();
    return referral(session, id);
  });
}

void settle_referral(store::Session& session, int64_t lead, bool won, int32_t share, Date day, int64_t entry) {
  session.exec(
      "UPDATE lead_referrals SET state = ?, share = ?, won_on = ?, entry = ? WHERE lead = ?"
      " AND state = 'accepted'",
      {std::string(won ? "won" : "lost"), int64_t{won ? share : 0},
       won ? store::Value(day.str()) : store::Value(std::monostate()), entry, lead});
}

}  // namespace guanhu::customers
