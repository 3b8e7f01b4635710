#include "audit/chain.h"

#include "base/digest.h"

namespace guanhu::audit {

using base::Json;

namespace {

const std::string kGenesis(64, '0');

// Chain and head are filled in the same transaction; the head row is what concurrent writers queue on.
constexpr store::Migration kSteps[] = {{1, "the audit chain and its head",
                                        "CREATE TABLE audit_log ("
                                        "  sequence {bigint} PRIMARY KEY,"
                                        "  at {bigint} NOT NULL,"  // microseconds since 1970, UTC
                                        "  actor TEXT NOT NULL,"
                                        "  action TEXT NOT NULL,"
                                        "  subject TEXT NOT NULL,"
                                        "  detail TEXT NOT NULL,"
                                        "  previous TEXT NOT NULL,"
                                        "  hash TEXT NOT NULL UNIQUE"
                                        ");"
                                        "CREATE INDEX audit_log_actor ON audit_log (actor, sequence);"
                                        "CREATE INDEX audit_log_subject ON audit_log (subject, sequence);"
                                        "CREATE TABLE audit_head (one {bigint} PRIMARY KEY CHECK (one = 1), "
                                        "sequence {bigint} NOT NULL, hash TEXT NOT NULL);"
                                        "INSERT INTO audit_head (one, sequence, hash) VALUES (1, 0, "
                                        "'0000000000000000000000000000000000000000000000000000000000000000');"}};

constexpr const char* kColumns = "sequence, at, actor, action, subject, detail, previous, hash";

Entry entry_of(const store::Row& row) {
  Entry e;
  e.sequence = row.integer(0);
  e.at = base::Instant{row.integer(1)};
  auto detail = Json::parse(row.text(5));
  // Text that is no JSON is a changed record: kept as text, so that its hash does not fit.
  e.record = {row.text(2), row.text(3), row.text(4), detail ? *detail : Json(row.text(5))};
  e.previous = row.text(6);
  e.hash = row.text(7);
  return e;
}

class Checker {
 public:
  Checker(Verdict& verdict, const std::optional<Head>& expected) : verdict_(verdict), expected_(expected) {}

  void take(const Entry& e) {
    if (e.sequence != last_.sequence + 1)
      fault(e.sequence, "records " + std::to_string(last_.sequence + 1) + " to " + std::to_string(e.sequence - 1) +
                            " are missing");
    else if (e.previous != last_.hash)
      fault(e.sequence, "it does not follow the record before it: one of the two was changed or moved");
    if (hash_of(e) != e.hash) fault(e.sequence, "its content was changed: the hash does not fit");
    if (expected_ && e.sequence == expected_->sequence) {
      seen_expected_ = true;
      if (e.hash != expected_->hash) fault(e.sequence, "it is not the record that the kept head names");
    }
    last_ = {e.sequence, e.hash};
    ++verdict_.records;
  }

  void finish(const Head& head) {
    if (head.sequence != last_.sequence || head.hash != last_.hash)
      fault(last_.sequence, "the chain ends at record " + std::to_string(last_.sequence) +
                                ", its head names record " + std::to_string(head.sequence) +
                                ": records were removed or added at the end");
    if (expected_ && expected_->sequence > 0 && !seen_expected_)
      fault(expected_->sequence, "the record that the kept head names is not there");
    verdict_.head = head;
  }

  const Head& last() const { return last_; }

 private:
  void fault(int64_t sequence, std::string what) {
    if (verdict_.faults.size() < 100) verdict_.faults.push_back({sequence, std::move(what)});
  }
  Verdict& verdict_;
  const std::optional<Head>& expected_;
  Head last_{0, kGenesis};
  bool seen_expected_ = false;
};

}  // namespace

std::span<const store::Migration> migrations() { return kSteps; }

std::string hash_of(const Entry& e) {
  base::JsonArray fields = {Json(e.sequence),       Json(e.at.micros), Json(e.record.actor), Json(e.record.action),
                            Json(e.record.subject), e.record.detail,   Json(e.previous)};
  return base::sha256_hex(Json(std::move(fields)).dump());
}

Entry append(store::Session& session, const Record& record, base::Clock& clock) {
  if (record.actor.empty() || record.action.empty())
    throw base::Broken("an audit record needs an actor and an action");
  // Takes the head's lock before it is read: on PostgreSQL two writers would else follow one record.
  session.exec("UPDATE audit_head SET sequence = sequence + 1 WHERE one = 1");
  auto rows = session.query("SELECT sequence, hash FROM audit_head WHERE one = 1");
  if (rows.size() != 1) throw base::Broken("the audit chain has lost its head");
  Entry e;
  e.sequence = rows[0].integer(0);
  e.previous = rows[0].text(1);
  e.at = clock.now();
  e.record = record;
  if (e.record.detail.is_null()) e.record.detail = base::JsonObject{};
  e.hash = hash_of(e);
  session.exec(
      "INSERT INTO audit_log (sequence, at, actor, action, subject, detail, previous, hash)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {e.sequence, e.at.micros, e.record.actor, e.record.action, e.record.subject, e.record.detail.dump(),
       e.previous, e.hash});
  session.exec("UPDATE audit_head SET hash = ? WHERE one = 1", {e.hash});
  return e;
}

Head head(store::Session& session) {
  auto rows = session.query("SELECT sequence, hash FROM audit_head WHERE one = 1");
  if (rows.size() != 1) throw base::Broken("the audit chain has lost its head");
  return {rows[0].integer(0), rows[0].text(1)};
}

std::vector<Entry> search(store::Session& session, const Filter& filter) {
  std::string sql = std::string("SELECT ") + kColumns + " FROM audit_log WHERE 1 = 1";
  std::vector<store::Value> values;
  auto where = [&](const char* condition, store::Value value) {
    sql += std::string(" AND ") + condition;
    values.push_back(std::move(value));
  };
  auto escaped = [](const std::string& text) {
    std::string out;
    for (char c : text) {
      if (c == '%' || c == '_' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  if (filter.actor) where("actor = ?", *filter.actor);
  if (filter.action_prefix) where("action LIKE ? ESCAPE '\\'", escaped(*filter.action_prefix) + "%");
  if (filter.subject) where("subject = ?", *filter.subject);
  if (filter.text) where("detail LIKE ? ESCAPE '\\'", "%" + escaped(*filter.text) + "%");
  if (filter.from) where("at >= ?", filter.from->micros);
  if (filter.to) where("at < ?", filter.to->micros);
  if (filter.before > 0) where("sequence < ?", filter.before);
  where("1 = 1 ORDER BY sequence DESC LIMIT ?", static_cast<int64_t>(std::clamp(filter.limit, 1, 1000)));
  std::vector<Entry> out;
  for (const auto& row : session.query(sql, std::span<const store::Value>(values))) out.push_back(entry_of(row));
  return out;
}

Verdict verify(store::Session& session, const std::optional<Head>& expected) {
  Verdict verdict;
  Checker checker(verdict, expected);
  session.transaction([&] {  // one state of the chain, however long it is
    for (;;) {
      auto rows = session.query(
          std::string("SELECT ") + kColumns + " FROM audit_log WHERE sequence > ? ORDER BY sequence LIMIT 5000",
          {checker.last().sequence});
      if (rows.empty()) break;
      for (const auto& row : rows) checker.take(entry_of(row));
    }
    checker.finish(head(session));
  });
  return verdict;
}

}  // namespace guanhu::audit
