#include "customers/badcredit.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/json_member.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr std::array<std::string_view, 7> kCauses = {"lawsuit",   "evasion", "default", "fraud",
                                                     "guarantee", "court",   "other"};

std::string capitals(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

Json body_of(const BadCredit& b) {
  return JsonObject{{"name", b.name},
                    {"number", b.number},
                    {"cause", b.cause},
                    {"reason", b.reason},
                    {"source", b.source},
                    {"leave_why", b.leave_why},
                    {"leave_by", b.leave_by},
                    {"decided_why", b.decided_why},
                    {"decided_by", b.decided_by},
                    {"decided_at", b.decided_at}};
}

base::Status check(const BadCreditAsked& asked) {
  const BadCredit& b = asked.entry;
  if (!is_reason(b.name, 200)) return Error{"bad.name", "没有写是谁", "name", "选一个客户，或写明姓名"};
  if (std::find(kCauses.begin(), kCauses.end(), b.cause) == kCauses.end())
    return Error{"bad.cause", "没有“" + b.cause + "”这一种原因", "cause", ""};
  if (!is_reason(b.reason)) return Error{"bad.reason", "没有写事实，或太长", "reason", "写明发生了什么"};
  if (!is_reason(b.source, 300))
    return Error{"bad.source", "没有写从哪里知道的", "source", "例如：判决书文号、征信报告日期"};
  if (b.since > asked.today) return Error{"bad.since", "日期在今天以后", "since", "写今天或以前的日子"};
  if (asked.files.empty()) return Error{"bad.evidence", "没有材料", "files", "附上判决书、公告或报告"};
  return {};
}

std::optional<Error> on_it(store::Session& session, const BadCredit& b) {
  auto rows = session.query(
      "SELECT name FROM customer_bad_credit WHERE state <> 'removed' AND"
      " ((customer <> '' AND customer = ?) OR (number <> '' AND number = ?))",
      {b.customer, b.number});
  if (rows.empty()) return std::nullopt;
  return Error{"bad.listed", rows[0].text(0) + " 已经在名单上", "customer", "在那一条上补材料"};
}

void keep(store::Session& session, const records::Record& r, const BadCredit& b) {
  session.exec(
      "INSERT INTO customer_bad_credit (record_id, customer, name, number, state) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (record_id) DO UPDATE SET state = excluded.state",
      {r.id, r.customer, b.name, b.number, r.state});
}

base::Result<records::Record> step(store::Session& session, const records::Record& was, int64_t version,
                                   const BadCredit& b, const char* state, const char* action,
                                   const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.action = action, change.why = why;
  change.record = was;
  change.record.version = version, change.record.state = state, change.record.body = body_of(b);
  change.words = b.name + " " + b.reason + " " + b.source + " " + why;
  for (const auto& file : records::files_of(session, was.id)) change.files.push_back(file.digest);
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& what) {
    keep(session, made, b);
    if (doing.also) doing.also(made, what);
  };
  return records::write(session, change, also);
}

std::vector<BadCredit> found(store::Session& session, const std::set<int64_t>& ids) {
  std::vector<BadCredit> out;
  for (int64_t id : ids)
    if (auto record = records::record(session, kBadCreditKind, id); record.ok() && !record->removed)
      out.push_back(bad_credit_of(*record));
  return out;
}

}  // namespace

base::Result<records::Record> list_bad_credit(store::Session& session, const BadCreditAsked& asked,
                                              const store::PersonalKey& key, const records::Doing& doing) {
  if (auto fits = check(asked); !fits.ok()) return fits.error();
  BadCredit b = asked.entry;
  b.number = key.seal(capitals(b.number));
  records::Change change;
  change.action = "bad_credit.list", change.why = b.reason, change.files = asked.files;
  records::Record& r = change.record;
  r.kind = kBadCreditKind, r.state = "listed", r.customer = b.customer, r.owner = doing.login, r.org = asked.org;
  r.day = b.since, r.title = "不良信用：" + b.name, r.body = body_of(b);
  change.words = b.name + " " + b.reason + " " + b.source;
  std::optional<Error> refused;
  std::optional<base::Result<records::Record>> out;
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& action) {
    keep(session, made, b);
    if (doing.also) doing.also(made, action);
  };
  session.transaction([&] {
    refused = on_it(session, b);
    if (!refused) out = records::write_in(session, change, also);
  });
  if (refused) return *refused;
  return std::move(*out);
}

base::Result<records::Record> ask_removal(store::Session& session, int64_t record, int64_t version,
                                          const std::string& why, const records::Doing& doing) {
  auto was = records::record(session, kBadCreditKind, record);
  if (!was.ok()) return was.error();
  if (was->state != "listed") return Error{"bad.state", "这一条已经提出移出，或已经移出", "", "重新读一遍这一页"};
  if (!is_reason(why)) return Error{"bad.reason", "没有写为什么移出，或太长", "why", "用一句话写明"};
  BadCredit b = bad_credit_of(*was);
  b.leave_why = why, b.leave_by = doing.login, b.decided_why = b.decided_by = b.decided_at = "";
  return step(session, *was, version, b, "leaving", "bad_credit.ask_removal", why, doing);
}

base::Result<records::Record> decide_removal(store::Session& session, int64_t record, int64_t version, bool accept,
                                             const std::string& why, const records::Doing& doing) {
  auto was = records::record(session, kBadCreditKind, record);
  if (!was.ok()) return was.error();
  if (was->state != "leaving") return Error{"bad.state", "没有人提出把这一条移出", "", "重新读一遍这一页"};
  BadCredit b = bad_credit_of(*was);
  if (b.leave_by == doing.login) return Error{"bad.self", "不能同意自己提出的移出", "", "由另一位有权的人决定"};
  if (!is_reason(why)) return Error{"bad.reason", "没有写理由，或太长", "why", "用一句话写明"};
  b.decided_why = why, b.decided_by = doing.login, b.decided_at = doing.at.str();
  return step(session, *was, version, b, accept ? "removed" : "listed",
              accept ? "bad_credit.remove" : "bad_credit.keep", why, doing);
}

BadCredit bad_credit_of(const records::Record& r) {
  BadCredit b;
  b.record = r.id, b.version = r.version, b.customer = r.customer, b.state = r.state;
  b.since = r.day.value_or(base::Date());
  b.name = text_in(r.body, "name"), b.number = text_in(r.body, "number"), b.cause = text_in(r.body, "cause");
  b.reason = text_in(r.body, "reason"), b.source = text_in(r.body, "source");
  b.leave_why = text_in(r.body, "leave_why"), b.leave_by = text_in(r.body, "leave_by");
  b.decided_why = text_in(r.body, "decided_why"), b.decided_by = text_in(r.body, "decided_by");
  b.decided_at = text_in(r.body, "decided_at");
  b.made_at = r.made_at, b.made_by = r.made_by;
  return b;
}

std::vector<BadCredit> bad_credit(store::Session& session, const std::string& state) {
  records::Filter filter{.kinds = {kBadCreditKind}, .limit = 20'000};
  filter.states = state.empty() ? std::vector<std::string>{"listed", "leaving"} : std::vector<std::string>{state};
  std::vector<BadCredit> out;
  for (const auto& r : records::list(session, filter)) out.push_back(bad_credit_of(r));
  return out;
}

std::vector<BadCredit> bad_credit_hits(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                                       const std::vector<std::string>& customers) {
  std::set<std::string> ids;
  for (const auto& one : customers)
    for (auto& member : merges.members(one)) ids.insert(std::move(member));
  std::set<int64_t> hits;
  std::map<std::string, int64_t> numbers;
  for (const auto& row :
       session.query("SELECT record_id, customer, number FROM customer_bad_credit WHERE state <> 'removed'")) {
    if (ids.contains(row.text(1))) hits.insert(row.integer(0));
    if (!row.text(2).empty()) numbers.emplace(row.text(2), row.integer(0));
  }
  if (!numbers.empty() && !ids.empty())
    for (const auto& row : text_rows(db,
                                     "SELECT c.id_no FROM " +
                                         counting_rows("f_customers", "f.customer_id", "f.customer_id, f.id_no",
                                                       "f.customer_id " + among({ids.begin(), ids.end()})) +
                                         " c",
                                     1))
      if (auto at = numbers.find(row[0].value_or("")); at != numbers.end()) hits.insert(at->second);
  return found(session, hits);
}

std::vector<BadCredit> bad_credit_named(store::Session& session, const store::PersonalKey& key,
                                        const std::string& name, const std::string& number) {
  std::set<int64_t> hits;
  auto look = [&](const char* column, const std::string& value) {
    for (const auto& row :
         session.query("SELECT record_id FROM customer_bad_credit WHERE state <> 'removed' AND " +
                           std::string(column) + " = ?",
                       {value}))
      hits.insert(row.integer(0));
  };
  if (!name.empty()) look("name", name);
  if (!number.empty())
    for (const auto& form : key.stored_forms(capitals(number))) look("number", form);
  return found(session, hits);
}

}  // namespace guanhu::customers
