// Batches of other systems' rows: kept, applied as a whole, taken back as a whole; and what people do about rows.
#include "customers/signal.h"

#include <algorithm>

#include "base/json_member.h"
#include "customers/customer.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;
using store::Value;

namespace {

constexpr const char* kRemembered = "上次的对应";

JsonArray json_list(const std::vector<std::string>& texts) { return JsonArray(texts.begin(), texts.end()); }
Value maybe(const Json& of, const char* member) {
  const std::string value = text_in(of, member);
  return value.empty() ? Value() : Value(value);
}
JsonObject json_of(const IntakeCounts& c) {
  return {{"new", c.fresh}, {"changed", c.changed}, {"same", c.same}, {"refused", c.refused}};
}

struct Refused {};  // a refusal in the middle must leave nothing behind
base::Result<Record> whole(store::Session& session, const std::function<base::Result<Record>()>& what) {
  std::optional<base::Result<Record>> out;
  try {
    session.transaction([&] {
      out = what();
      if (!out->ok()) throw Refused{};
    });
  } catch (const Refused&) {}
  return std::move(*out);
}

base::Result<Record> batch_in(store::Session& session, int64_t id, int64_t version, const std::string& state) {
  auto found = records::record(session, kSignalBatchKind, id);
  if (!found.ok()) return found;
  if (found->version != version)
    return Error{"record.changed", found->changed_by + " 已在 " + found->changed_at + " 处理过这一批",
                 std::to_string(found->version), "刷新后再看"};
  if (found->state != state)
    return Error{"signal.state",
                 found->state == "applied"   ? "这一批已经写入"
                 : found->state == "checked" ? "这一批还没有写入"
                                             : "这一批已经撤销",
                 "", "刷新后再看"};
  return found;
}

base::Result<Record> write_batch(store::Session& session, Record of, const std::string& action,
                                 const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.words = of.title;
  change.record = std::move(of), change.action = action, change.why = why;
  return records::write_in(session, change, doing);
}

void set(Json& body, const char* name, Json value) {
  JsonObject all = *body.as_object();
  std::erase_if(all, [&](const auto& member) { return member.first == name; });
  all.emplace_back(name, std::move(value));
  body = std::move(all);
}

// The row as a later undo puts it back.
Json row_json(const Signal& of) {
  return JsonObject{{"customer", of.customer},
                    {"org", of.org},
                    {"staff", of.staff},
                    {"day", of.day ? Json(of.day->str()) : Json()},
                    {"level", of.level},
                    {"data", of.data},
                    {"state", of.state},
                    {"keeper", of.keeper},
                    {"received", of.received.str()},
                    {"due", of.due ? Json(of.due->str()) : Json()},
                    {"first", of.first}};
}

std::vector<Value> row_values(const Json& row) {
  const Json* data = row.find("data");
  const Json* first = row.find("first");
  return {Value(text_in(row, "customer")),
          Value(text_in(row, "org")),
          Value(text_in(row, "staff")),
          maybe(row, "day"),
          Value(text_in(row, "level")),
          Value(data ? data->dump() : std::string("{}")),
          Value(text_in(row, "state")),
          Value(text_in(row, "keeper")),
          Value(text_in(row, "received")),
          maybe(row, "due"),
          Value(int64_t{first && first->as_bool() && *first->as_bool()})};
}

constexpr const char* kSet =
    "UPDATE signals SET customer = ?, org = ?, staff = ?, day = ?, level = ?, data = ?, state = ?, keeper = ?,"
    " received = ?, due = ?, first = ?, batch = ? WHERE signal_id = ?";

void write_row(store::Session& session, const SignalSystem& system, const IntakeRow& row, int64_t batch) {
  std::vector<Value> values = row_values(row.body);
  int64_t id = row.record, before_batch = 0;
  std::string before;
  if (id) {
    const Signal was = *signal(session, id);
    before = row_json(was).dump(), before_batch = was.batch;
    values.emplace_back(batch), values.emplace_back(id);
    session.exec(kSet, std::span<const Value>(values));
  } else {
    values.emplace_back(batch), values.emplace_back(system.id), values.emplace_back(row.subject);
    values.emplace_back(system.does);
    id = session
             .query(
                 "INSERT INTO signals (customer, org, staff, day, level, data, state, keeper, received, due,"
                 " first, batch, system, key, does, finding, done_at, done_by)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '') RETURNING signal_id",
                 std::span<const Value>(values))[0]
             .integer(0);
  }
  session.exec("INSERT INTO signal_changes (batch, signal, before, before_batch) VALUES (?, ?, ?, ?)",
               {Value(batch), Value(id), Value(before), Value(before_batch)});
}

// INT-004: who has enough high-risk events since he was last looked at is on the list; who has not any more, after
// a batch was taken back, is off it.
struct Count {
  std::string org;
  int64_t events = 0, upto = 0;
};
using Counts = std::map<std::pair<std::string, std::string>, Count>;  // kind, object

base::Status list_targets(store::Session& session, const SignalWorld& world) {
  std::map<std::pair<std::string, std::string>, int64_t> looked;  // the newest event a check has covered
  for (const auto& row : session.query(
           "SELECT kind, object, max(upto) FROM signal_targets WHERE state = 'done' GROUP BY kind, object"))
    looked[{row.text(0), row.text(1)}] = row.integer(2);
  Counts counts;
  std::map<std::string, base::Result<RiskEvent>> risks;  // what the pack says of a level is asked once
  for (const Signal& one : signals(session, {.does = kTargetedCheck, .limit = 1'000'000})) {
    auto [asked, fresh] = risks.try_emplace(one.level, RiskEvent{});
    if (fresh) asked->second = risk_event(*world.pack, one.level, world.today);
    const auto& risk = asked->second;
    if (!risk.ok()) return risk.error();
    if (!risk->high || !one.day || world.today - *one.day >= risk->days) continue;
    for (const auto& [kind, object] : {std::pair{"org", one.org}, std::pair{"staff", one.staff}}) {
      if (object.empty() || one.id <= looked[{kind, object}]) continue;
      Count& of = counts[{kind, object}];
      of.org = one.org, ++of.events, of.upto = std::max(of.upto, one.id);
    }
  }
  session.exec("UPDATE signal_targets SET events = 0 WHERE state = 'open'");
  for (const auto& [of, count] : counts) {
    auto wanted = targeted(*world.pack, of.first == "staff", count.events, world.today);
    if (!wanted.ok()) return wanted.error();
    if (!*wanted) continue;
    const Value kind(of.first), object(of.second), org(count.org), events(count.events), upto(count.upto);
    if (session.exec("UPDATE signal_targets SET events = ?, upto = ?, org = ? WHERE kind = ? AND object = ?"
                     " AND state = 'open'",
                     {events, upto, org, kind, object}) == 0)
      session.exec(
          "INSERT INTO signal_targets (kind, object, org, events, upto, listed, state, finding, done_at,"
          " done_by) VALUES (?, ?, ?, ?, ?, ?, 'open', '', '', '')",
          {kind, object, org, events, upto, Value(world.today.str())});
  }
  session.exec("DELETE FROM signal_targets WHERE state = 'open' AND events = 0");
  return {};
}

bool is_finding(const std::string& finding) { return is_reason(finding) && characters_in(trimmed(finding)) >= 2; }
Error no_finding() {
  return {"signal.finding", "没有写检查的结论，或太长", "finding", "用几句话写查了什么、结果怎样"};
}

}  // namespace

Json remembered_columns(store::Session& session, const std::string& system) {
  for (const auto& one : mappings(session, "signal:" + system))
    if (one.name == kRemembered) return one.columns;
  return {};
}

base::Result<Record> keep_signal_check(store::Session& session, const SignalOpening& opening,
                                       std::span<const IntakeRow> rows, const records::Doing& doing) {
  return whole(session, [&]() -> base::Result<Record> {
    Record of;
    if (opening.record) {
      auto there = batch_in(session, opening.record, opening.version, "checked");
      if (!there.ok()) return there;
      of = *there;
    }
    of.kind = kSignalBatchKind, of.state = "checked", of.title = opening.file;
    of.owner = opening.owner, of.org = opening.org;
    of.body = JsonObject{{"system", opening.system},
                         {"system_title", opening.system_title},
                         {"file", opening.file},
                         {"digest", opening.digest},
                         {"head", json_list(opening.head)},
                         {"columns", json_list(opening.columns)},
                         {"rows", rows.size()},
                         {"counts", json_of(count_rows(rows))}};
    auto written = write_batch(session, of, "signal_batch.check", "", doing);
    if (!written.ok()) return written;
    keep_rows(session, written->id, rows);
    JsonObject columns;
    for (size_t i = 0; i < opening.columns.size(); ++i)
      if (!opening.columns[i].empty()) columns.emplace_back(opening.head[i], opening.columns[i]);
    if (!rows.empty())
      if (auto kept = keep_mapping(
              session, {"signal:" + opening.system, kRemembered, std::move(columns), doing.at.str(), doing.login});
          !kept.ok())
        return kept.error();
    return written;
  });
}

base::Result<Record> apply_signals(store::Session& session, const SignalWork& work, const records::Doing& doing) {
  return whole(session, [&]() -> base::Result<Record> {
    auto batch = batch_in(session, work.record, work.version, "checked");
    if (!batch.ok()) return batch;
    std::vector<std::string> columns;
    for (const Json& one : *batch->body.find("columns")->as_array()) columns.push_back(*one.as_string());
    auto rows = plan_signals(session, *work.system, *work.table, columns, *work.world);
    const IntakeCounts counts = count_rows(rows);
    if (counts.refused)
      return Error{"signal.refused", std::to_string(counts.refused) + " 行不能写入，整批都没有写", "",
                   "按逐行的说明改好文件，重新上传"};
    if (counts.fresh + counts.changed == 0)
      return Error{"signal.nothing", "这一批的每一行都已经有了，没有什么要写", "", "不用再写"};
    for (const auto& row : rows)
      if (row.outcome == "new" || row.outcome == "changed") write_row(session, *work.system, row, work.record);
    if (work.system->does == kTargetedCheck)
      if (auto listed = list_targets(session, *work.world); !listed.ok()) return listed.error();
    keep_rows(session, work.record, rows);
    Record next = *batch;
    next.state = "applied", next.day = work.world->today;
    set(next.body, "counts", json_of(counts)), set(next.body, "does", work.system->does);
    set(next.body, "applied_at", doing.at.str()), set(next.body, "applied_by", doing.login);
    return write_batch(session, std::move(next), "signal_batch.apply", "", doing);
  });
}

base::Result<Record> undo_signals(store::Session& session, int64_t record, int64_t version, const std::string& why,
                                  const SignalWorld& world, const records::Doing& doing) {
  if (!is_reason(why)) return Error{"signal.why", "没有写撤销的原因，或太长", "reason", "用一句话写明"};
  return whole(session, [&]() -> base::Result<Record> {
    auto batch = batch_in(session, record, version, "applied");
    if (!batch.ok()) return batch;
    for (const auto& row : session.query("SELECT signal, before, before_batch FROM signal_changes WHERE batch = ?",
                                         {Value(record)})) {
      auto now = signal(session, row.integer(0));
      if (!now.ok()) return now.error();
      const bool fresh = row.text(1).empty();
      auto before = Json::parse(fresh ? "{}" : row.text(1));
      if (!before.ok()) throw base::Broken("change of signal " + std::to_string(now->id) + " is no JSON");
      // What was done before this batch stays done: only what was done since is in the way.
      if (now->state == "done" && text_in(*before, "state") != "done")
        return Error{"signal.worked", now->key + " 已经写了检查结论", "", "先退回那条结论，再撤销这一批"};
      if (now->batch != record)
        return Error{"signal.worked", now->key + " 后来又更正过", "", "先撤销后面的那一批"};
      if (fresh) {
        session.exec("DELETE FROM signals WHERE signal_id = ?", {Value(now->id)});
        continue;
      }
      std::vector<Value> values = row_values(*before);
      values.emplace_back(row.integer(2)), values.emplace_back(now->id);
      session.exec(kSet, std::span<const Value>(values));
    }
    session.exec("DELETE FROM signal_changes WHERE batch = ?", {Value(record)});
    if (text_in(batch->body, "does") == kTargetedCheck)
      if (auto listed = list_targets(session, world); !listed.ok()) return listed.error();
    Record next = *batch;
    next.state = "undone";
    return write_batch(session, std::move(next), "signal_batch.undo", why, doing);
  });
}

base::Result<Signal> finish_signal(store::Session& session, int64_t id, const std::string& finding,
                                   const records::Doing& doing) {
  if (!is_finding(finding)) return no_finding();
  auto there = signal(session, id);
  if (!there.ok()) return there;
  // Of two who finish it at the same moment one does.
  if (session.exec("UPDATE signals SET state = 'done', finding = ?, done_at = ?, done_by = ?"
                   " WHERE signal_id = ? AND state = 'open'",
                   {Value(trimmed(finding)), Value(doing.at.str()), Value(doing.login), Value(id)}) == 0)
    return Error{"signal.state", "这一条已经办完，或者不用办", std::to_string(id), "刷新后再看"};
  return signal(session, id);
}

base::Result<Signal> reopen_signal(store::Session& session, int64_t id, const std::string& why) {
  if (!is_reason(why)) return Error{"signal.why", "没有写退回的原因，或太长", "reason", "用一句话写明"};
  auto there = signal(session, id);
  if (!there.ok()) return there;
  if (session.exec("UPDATE signals SET state = 'open', finding = '', done_at = '', done_by = ''"
                   " WHERE signal_id = ? AND state = 'done' AND does = ?",
                   {Value(id), Value(std::string(kKeyCheck))}) == 0)
    return Error{"signal.state", "这一条没有写过结论", std::to_string(id), "刷新后再看"};
  return signal(session, id);
}

std::vector<CheckTarget> check_targets(store::Session& session, const std::string& state) {
  std::vector<CheckTarget> out;
  std::vector<Value> values;
  if (!state.empty()) values.emplace_back(state);
  for (const auto& row : session.query(
           std::string(
               "SELECT target_id, kind, object, org, events, upto, listed, state, finding, done_at, done_by"
               " FROM signal_targets") +
               (state.empty() ? "" : " WHERE state = ?") + " ORDER BY state DESC, target_id DESC",
           std::span<const Value>(values)))
    out.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5),
                   Date::parse(row.text(6)).value_or(Date()), row.text(7), row.text(8), row.text(9),
                   row.text(10)});
  return out;
}

base::Result<CheckTarget> finish_target(store::Session& session, int64_t id, const std::string& finding,
                                        const records::Doing& doing) {
  if (!is_finding(finding)) return no_finding();
  const Error gone = {"signal.state", "这一个已经检查过，或者不在名单上了", std::to_string(id), "刷新后再看"};
  if (session.exec("UPDATE signal_targets SET state = 'done', finding = ?, done_at = ?, done_by = ?"
                   " WHERE target_id = ? AND state = 'open'",
                   {Value(trimmed(finding)), Value(doing.at.str()), Value(doing.login), Value(id)}) == 0)
    return gone;
  for (auto& one : check_targets(session, "done")) {
    if (one.id != id) continue;
    session.exec(std::string("UPDATE signals SET state = 'done', finding = ?, done_at = ?, done_by = ?"
                             " WHERE state = 'open' AND does = ? AND signal_id <= ? AND ") +
                     (one.kind == "org" ? "org" : "staff") + " = ?",
                 {Value(one.finding), Value(one.done_at), Value(one.done_by), Value(std::string(kTargetedCheck)),
                  Value(one.upto), Value(one.object)});
    return one;
  }
  return gone;
}

}  // namespace guanhu::customers
