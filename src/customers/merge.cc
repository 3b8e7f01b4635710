#include "customers/merge.h"
#include "base/length.h"

#include <algorithm>

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT merge_id, survivor, absorbed, state, score, reasons, why, proposed_at, proposed_by, decided_at, "
    "decided_by, decided_why, undone_at, undone_by, undone_why FROM customer_merges";

Merge read(const store::Row& row) {
  Merge out;
  out.id = row.integer(0);
  out.survivor = row.text(1), out.absorbed = row.text(2), out.state = row.text(3);
  out.score = row.maybe_integer(4);
  if (auto parsed = Json::parse(row.text(5)); parsed.ok() && parsed->as_array())
    for (const auto& one : *parsed->as_array())
      if (one.as_string()) out.reasons.push_back(*one.as_string());
  out.why = row.text(6), out.proposed_at = row.text(7), out.proposed_by = row.text(8);
  auto maybe = [&](size_t column) { return row.maybe_text(column).value_or(""); };
  out.decided_at = maybe(9), out.decided_by = maybe(10), out.decided_why = maybe(11);
  out.undone_at = maybe(12), out.undone_by = maybe(13), out.undone_why = maybe(14);
  return out;
}

void told(const Doing& doing, const char* action, const Merge& one, const std::string& why) {
  if (!doing.tell) return;
  doing.tell(action, "customer " + one.survivor,
             JsonObject{{"merge", one.id}, {"survivor", one.survivor}, {"absorbed", one.absorbed}, {"why", why}});
}

// A merge of one of the two that holds or waits. The survivor may take more than one.
std::optional<Error> taken(store::Session& session, const MergeAsked& asked, int64_t but) {
  for (const auto& row :
       session.query(std::string(kSelect) + " WHERE state IN ('proposed', 'made') AND merge_id <> ? AND "
                                            "(absorbed IN (?, ?) OR (survivor = ? AND state = 'proposed'))",
                     {but, asked.survivor, asked.absorbed, asked.absorbed})) {
    const Merge other = read(row);
    if (other.state == "made")
      return Error{"merge.taken", other.absorbed + " 已经并入 " + other.survivor, "absorbed",
                   "合并到 " + other.survivor + "，或者先撤销那一次"};
    return Error{"merge.taken", "已经有人提出把 " + other.absorbed + " 并入 " + other.survivor + "，还没有复核",
                 "absorbed", "等复核以后再提"};
  }
  return std::nullopt;
}

base::Result<Merge> found(store::Session& session, int64_t id, const char* state) {
  auto one = merge(session, id);
  if (one.ok() && one->state != state)
    return Error{"merge.state",
                 std::string(state) == "proposed" ? "这一次合并已经复核过了" : "这一次合并没有生效，不用撤销", "",
                 "重新读一遍这一页"};
  return one;
}

}  // namespace

Merges Merges::load(store::Session& session) {
  Merges out;
  for (const auto& row : session.query("SELECT absorbed, survivor FROM customer_merges WHERE state = 'made'")) {
    out.into_.emplace(row.text(0), row.text(1));
    out.from_.emplace(row.text(1), row.text(0));
  }
  return out;
}

const std::string& Merges::canonical(const std::string& customer) const {
  const std::string* at = &customer;
  // No circle can arise, for who is absorbed absorbs nobody later; the bound is against a damaged table.
  for (size_t steps = 0; steps <= into_.size(); ++steps) {
    auto next = into_.find(*at);
    if (next == into_.end()) break;
    at = &next->second;
  }
  return *at;
}

std::vector<std::string> Merges::members(const std::string& customer) const {
  std::vector<std::string> out = {canonical(customer)};
  for (size_t i = 0; i < out.size() && i <= into_.size(); ++i) {
    auto [from, to] = from_.equal_range(out[i]);
    for (; from != to; ++from) out.push_back(from->second);
  }
  std::sort(out.begin() + 1, out.end());
  return out;
}

std::string canonical_id(store::Session& session, const std::string& customer) {
  std::string at = customer;
  for (int steps = 0; steps < 100; ++steps) {
    auto rows = session.query("SELECT survivor FROM customer_merges WHERE absorbed = ? AND state = 'made'", {at});
    if (rows.empty()) break;
    at = rows[0].text(0);
  }
  return at;
}

base::Result<Merge> propose_merge(store::Session& session, const MergeAsked& asked, const Doing& doing) {
  if (asked.survivor == asked.absorbed)
    return Error{"merge.same", "两个是同一个客户号", "absorbed", "选另一个客户"};
  if (!is_reason(asked.why)) return Error{"merge.reason", "没有写理由，或太长", "why", "写明为什么是同一个客户"};
  std::optional<Error> refused;
  int64_t id = 0;
  session.transaction([&] {
    refused = taken(session, asked, 0);
    if (refused) return;
    JsonArray reasons(asked.reasons.begin(), asked.reasons.end());
    const store::Value score = asked.score ? store::Value(*asked.score) : store::Value();
    auto rows = session.query(
        "INSERT INTO customer_merges (survivor, absorbed, state, score, reasons, why, proposed_at, proposed_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING merge_id",
        {asked.survivor, asked.absorbed, asked.two_persons ? "proposed" : "made", score,
         Json(std::move(reasons)).dump(), asked.why, doing.at.str(), doing.login});
    id = rows[0].integer(0);
    told(doing, asked.two_persons ? "customer.merge_propose" : "customer.merge",
         Merge{.id = id, .survivor = asked.survivor, .absorbed = asked.absorbed}, asked.why);
  });
  if (refused) return *refused;
  return merge(session, id);
}

base::Result<Merge> decide_merge(store::Session& session, int64_t id, bool accept, const std::string& why,
                                 const Doing& doing) {
  if (!accept && !is_reason(why)) return Error{"merge.reason", "没有写不同意的理由，或太长", "why", ""};
  if (base::characters(why) > 2000) return Error{"merge.reason", "太长，最多两千个字", "why", "写短一些"};
  std::optional<Error> refused;
  session.transaction([&] {
    auto one = found(session, id, "proposed");
    if (!one.ok()) return void(refused = one.error());
    if (one->proposed_by == doing.login)
      return void(refused = Error{"merge.self", "不能复核自己提出的合并", "", "由另一位有权的人复核"});
    refused = accept ? taken(session, {one->survivor, one->absorbed, ""}, id) : std::nullopt;
    if (refused) return;
    session.exec(
        "UPDATE customer_merges SET state = ?, decided_at = ?, decided_by = ?, decided_why = ? WHERE merge_id = ?",
        {accept ? "made" : "rejected", doing.at.str(), doing.login, why, id});
    told(doing, accept ? "customer.merge" : "customer.merge_reject", *one, why);
  });
  if (refused) return *refused;
  return merge(session, id);
}

base::Result<Merge> undo_merge(store::Session& session, int64_t id, const std::string& why, const Doing& doing) {
  if (!is_reason(why)) return Error{"merge.reason", "没有写撤销的理由，或太长", "why", "用一句话写明"};
  std::optional<Error> refused;
  session.transaction([&] {
    auto one = found(session, id, "made");
    if (!one.ok()) return void(refused = one.error());
    session.exec(
        "UPDATE customer_merges SET state = 'undone', undone_at = ?, undone_by = ?, undone_why = ?"
        " WHERE merge_id = ?",
        {doing.at.str(), doing.login, why, id});
    told(doing, "customer.merge_undo", *one, why);
  });
  if (refused) return *refused;
  return merge(session, id);
}

base::Result<Merge> merge(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kSelect) + " WHERE merge_id = ?", {id});
  if (rows.empty()) return Error{"merge.unknown", "没有这一次合并", "", ""};
  return read(rows[0]);
}

std::vector<Merge> merges(store::Session& session, const MergeFilter& filter) {
  std::string sql = std::string(kSelect) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  if (!filter.state.empty()) sql += " AND state = ?", values.emplace_back(filter.state);
  if (!filter.customer.empty()) {
    sql += " AND (survivor = ? OR absorbed = ?)";
    values.insert(values.end(), {filter.customer, filter.customer});
  }
  std::vector<Merge> out;
  for (const auto& row : session.query(sql + " ORDER BY merge_id DESC LIMIT 2000", values))
    out.push_back(read(row));
  return out;
}

}  // namespace guanhu::customers
