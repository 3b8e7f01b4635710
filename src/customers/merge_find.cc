#include "customers/merge_find.h"

#include <algorithm>
#include <set>

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

struct Described {
  std::string name, number, phone, address, born;
};

std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::string one = text.substr(at, length);
    at += length;
    if (one != " " && one != "," && one != "，" && one != "　" && one != "-") out.push_back(std::move(one));
  }
  return out;
}

const std::string kCustomers = counting_rows(
    "f_customers", "f.customer_id",
    "f.customer_id, f.kind, replace(f.name, ' ', '') AS name, f.id_no, f.phone, f.address, f.born_on, "
    "f.area_code");

// Each way of being alike is a join of its own on equal values, so that a million customers stay a matter of
// seconds. The surest come first: what the limit cuts off is what would hardly be worth a look.
std::string candidates_sql(size_t limit) {
  auto join = [](const char* on, int rank) {
    return "SELECT a.customer_id AS one, b.customer_id AS other, " + std::to_string(rank) +
           " AS rank FROM c a JOIN c b ON " + on + " AND a.customer_id < b.customer_id";
  };
  return "WITH c AS (SELECT * FROM " + kCustomers + " k) SELECT one, other FROM (" +
         join("a.id_no = b.id_no AND a.id_no <> ''", 1) + " UNION ALL " +
         join("a.name = b.name AND a.kind = b.kind AND a.born_on = b.born_on", 2) + " UNION ALL " +
         join("a.name = b.name AND a.kind = b.kind AND a.phone = b.phone AND a.phone <> ''", 3) + " UNION ALL " +
         join(
             "a.name = b.name AND a.kind = b.kind AND a.area_code = b.area_code AND a.area_code <> '' AND "
             "a.address <> '' AND b.address <> ''",
             4) +
         ") p GROUP BY one, other ORDER BY min(rank), one, other LIMIT " + std::to_string(limit);
}

std::map<std::string, Described> described(warehouse::Warehouse& db, const std::set<std::string>& ids) {
  std::map<std::string, Described> out;
  const std::string sql =
      "SELECT c.customer_id, replace(c.name, ' ', ''), c.id_no, c.phone, c.address, CAST(c.born_on AS VARCHAR) "
      "FROM " +
      counting_rows("f_customers", "f.customer_id",
                    "f.customer_id, f.name, f.id_no, f.phone, f.address, f.born_on",
                    "f.customer_id " + among({ids.begin(), ids.end()})) +
      " c";
  for (auto& r : text_rows(db, sql, 6))
    out[r[0].value_or("")] = {r[1].value_or(""), r[2].value_or(""), r[3].value_or(""), r[4].value_or(""),
                              r[5].value_or("")};
  return out;
}

bool same(const std::string& a, const std::string& b) { return !a.empty() && a == b; }

Pair read(const store::Row& row) {
  Pair out;
  out.one = row.text(0), out.other = row.text(1), out.score = row.integer(2);
  if (auto parsed = Json::parse(row.text(3)); parsed.ok() && parsed->as_array())
    for (const auto& one : *parsed->as_array())
      if (one.as_string()) out.reasons.push_back(*one.as_string());
  out.state = row.text(4), out.found_at = row.text(5), out.seen_at = row.text(6);
  out.decided_at = row.maybe_text(7).value_or(""), out.decided_by = row.maybe_text(8).value_or("");
  out.why = row.text(9);
  return out;
}

constexpr const char* kSelect =
    "SELECT one, other, score, reasons, state, found_at, seen_at, decided_at, decided_by, why FROM customer_pairs";

}  // namespace

int alike(const std::string& one, const std::string& other) {
  const auto a = characters(one), b = characters(other);
  if (a.size() < 2 || b.size() < 2) return a == b && !a.empty() ? 100 : 0;
  auto grams = [](const std::vector<std::string>& of) {
    std::vector<std::string> out;
    for (size_t i = 0; i + 1 < of.size(); ++i) out.push_back(of[i] + of[i + 1]);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto x = grams(a), y = grams(b);
  std::vector<std::string> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return static_cast<int>(200 * both.size() / (x.size() + y.size()));
}

std::vector<Candidate> find_candidates(warehouse::Warehouse& db, const Merges& merges, size_t limit) {
  std::set<std::pair<std::string, std::string>> found;
  std::set<std::string> ids;
  for (const auto& row : text_rows(db, candidates_sql(limit), 2)) {
    std::string one = merges.canonical(row[0].value_or("")), other = merges.canonical(row[1].value_or(""));
    if (one == other) continue;
    if (other < one) std::swap(one, other);
    ids.insert({one, other});
    found.emplace(std::move(one), std::move(other));
  }
  const auto all = described(db, ids);
  std::vector<Candidate> out;
  for (const auto& [one, other] : found) {
    auto a = all.find(one), b = all.find(other);
    if (a == all.end() || b == all.end()) continue;
    Likeness like{same(a->second.number, b->second.number), same(a->second.name, b->second.name),
                  same(a->second.born, b->second.born), same(a->second.phone, b->second.phone),
                  alike(a->second.address, b->second.address)};
    out.push_back({one, other, like});
  }
  return out;
}

int64_t keep_pairs(store::Session& session, const std::vector<Judged>& judged, const Doing& doing) {
  int64_t fresh = 0;
  session.transaction([&] {
    for (const auto& one : judged) {
      const std::string reasons = Json(JsonArray(one.reasons.begin(), one.reasons.end())).dump();
      if (session.exec("UPDATE customer_pairs SET score = ?, reasons = ?, seen_at = ? WHERE one = ? AND other = ?",
                       {one.score, reasons, doing.at.str(), one.one, one.other}))
        continue;
      session.exec(
          "INSERT INTO customer_pairs (one, other, score, reasons, state, found_at, seen_at, why)"
          " VALUES (?, ?, ?, ?, 'open', ?, ?, '')",
          {one.one, one.other, one.score, reasons, doing.at.str(), doing.at.str()});
      ++fresh;
    }
    session.exec("DELETE FROM customer_pairs WHERE state = 'open' AND seen_at <> ?", {doing.at.str()});
    if (doing.tell)
      doing.tell("customer.duplicates_find", "customers", JsonObject{{"found", judged.size()}, {"new", fresh}});
  });
  return fresh;
}

std::vector<Pair> pairs(store::Session& session, const std::string& state) {
  std::vector<Pair> out;
  for (const auto& row : session.query(
           std::string(kSelect) + " WHERE state = ? ORDER BY score DESC, one, other LIMIT 5000", {state}))
    out.push_back(read(row));
  return out;
}

base::Result<Pair> dismiss_pair(store::Session& session, const std::string& one, const std::string& other,
                                bool reopen, const std::string& why, const Doing& doing) {
  if (!is_reason(why)) return Error{"merge.reason", "没有写理由，或太长", "why", "写明怎样看出来的"};
  std::optional<Error> refused;
  std::optional<Pair> out;
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE one = ? AND other = ?", {one, other});
    if (rows.empty()) return void(refused = Error{"pair.unknown", "没有这一对", "", ""});
    out = read(rows[0]);
    if ((out->state == "open") == reopen)
      return void(refused = Error{"pair.state", reopen ? "这一对还在待看" : "这一对已经认定是两个客户", "", ""});
    out->state = reopen ? "open" : "dismissed";
    out->decided_at = doing.at.str(), out->decided_by = doing.login, out->why = why;
    session.exec(
        "UPDATE customer_pairs SET state = ?, decided_at = ?, decided_by = ?, why = ?"
        " WHERE one = ? AND other = ?",
        {out->state, out->decided_at, out->decided_by, why, one, other});
    if (doing.tell)
      doing.tell(reopen ? "customer.pair_reopen" : "customer.pair_dismiss", "customer " + one,
                 JsonObject{{"other", other}, {"why", why}});
  });
  if (refused) return *refused;
  return *out;
}

}  // namespace guanhu::customers
