#include "records/records.h"

#include <algorithm>

#include "records/within.h"
#include "records/words.h"

namespace guanhu::records {

using base::Date;
using base::Error;
using base::Json;
using base::Result;
using store::Value;

// search.cc
void index_words(store::Session& session, int64_t id, const std::string& text);
void forget_words(store::Session& session, int64_t id);
// files.cc
base::Status check_files(store::Session& session, const std::vector<std::string>& files);
void link_files(store::Session& session, int64_t record, const std::vector<std::string>& files);

namespace {

constexpr const char* kColumns =
    "record_id, kind, version, key, state, owner, org, customer, parent, day, until_day, title, body, removed, "
    "made_at, made_by, changed_at, changed_by";

std::optional<Date> day_at(const store::Row& row, size_t column) {
  auto text = row.maybe_text(column);
  return text ? std::optional(Date::parse(*text).value()) : std::nullopt;
}

Value day_value(const std::optional<Date>& day) { return day ? Value(day->str()) : Value(); }

Record read(const store::Row& row) {
  Record out;
  out.id = row.integer(0), out.kind = row.text(1), out.version = row.integer(2);
  out.key = row.maybe_text(3).value_or(""), out.state = row.text(4), out.owner = row.text(5);
  out.org = row.text(6), out.customer = row.text(7), out.parent = row.maybe_integer(8).value_or(0);
  out.day = day_at(row, 9), out.until = day_at(row, 10), out.title = row.text(11);
  out.body = Json::parse(row.text(12)).value();
  out.removed = row.integer(13) != 0;
  out.made_at = row.text(14), out.made_by = row.text(15);
  out.changed_at = row.text(16), out.changed_by = row.text(17);
  return out;
}

Error unknown(int64_t id) { return {"record.unknown", "没有第 " + std::to_string(id) + " 号记录", "", ""}; }

base::Status check(const Record& of) {
  const auto letters = characters(of.title);
  if (of.title.find_first_not_of(" \t") == of.title.npos)
    return Error{"record.title", "没有写标题", "title", "用一句话写明是什么"};
  if (letters.size() > kTitleLimit)
    return Error{"record.title", "标题有 " + std::to_string(letters.size()) + " 个字", "title",
                 "最多 " + std::to_string(kTitleLimit) + " 个字，其余写进正文"};
  if (of.title.find_first_of("\r\n") != of.title.npos)
    return Error{"record.title", "标题不止一行", "title", "标题只写一行，其余写进正文"};
  if (of.body.dump().size() > kBodyLimit)
    return Error{"record.body", "内容超过 " + std::to_string(kBodyLimit / 1024) + " KB", "body",
                 "分成几份写，或作为附件"};
  return {};
}

// The version that is there is the one the writer had seen, or he is told whose it is.
Result<Record> held(store::Session& session, int64_t id, int64_t version, const std::string& kind) {
  auto found = record(session, id);
  if (!found.ok()) return found;
  if (!kind.empty() && found->kind != kind) return unknown(id);
  if (found->version == version) return found;
  return Error{"record.changed",
               found->changed_by + " 已在 " + found->changed_at + " 改成第 " + std::to_string(found->version) +
                   " 版，您看到的是第 " + std::to_string(version) + " 版",
               std::to_string(found->version), "看过现在的内容，再决定保留哪一份"};
}

void keep_version(store::Session& session, const Record& of, const std::string& action, const std::string& why) {
  session.exec(
      "INSERT INTO record_versions (record_id, version, at, actor, action, why, state, title, body, removed)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {of.id, of.version, of.changed_at, of.changed_by, action, why, of.state, of.title, of.body.dump(),
       int64_t{of.removed}});
}

int64_t insert(store::Session& session, const Record& of, const std::string& words) {
  const auto rows = session.query(
      "INSERT INTO records (kind, version, key, state, owner, org, customer, parent, day, until_day, title, body,"
      " words, removed, made_at, made_by, changed_at, changed_by)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) RETURNING record_id",
      {of.kind, of.version, of.key.empty() ? Value() : Value(of.key), of.state, of.owner, of.org, of.customer,
       of.parent ? Value(of.parent) : Value(), day_value(of.day), day_value(of.until), of.title, of.body.dump(),
       words, of.made_at, of.made_by, of.changed_at, of.changed_by});
  return rows.at(0).integer(0);
}

void update(store::Session& session, const Record& of, const std::string& words) {
  session.exec(
      "UPDATE records SET version = ?, state = ?, owner = ?, org = ?, customer = ?, parent = ?, day = ?,"
      " until_day = ?, title = ?, body = ?, words = ?, changed_at = ?, changed_by = ? WHERE record_id = ?",
      {of.version, of.state, of.owner, of.org, of.customer, of.parent ? Value(of.parent) : Value(),
       day_value(of.day), day_value(of.until), of.title, of.body.dump(), words, of.changed_at, of.changed_by,
       of.id});
}

// The record as it will stand: what never changes is taken from the one that is there.
Result<Record> next(store::Session& session, const Change& change, const Doing& doing) {
  Record out = change.record;
  out.version = 1, out.made_at = doing.at.str(), out.made_by = doing.login, out.removed = false;
  if (change.record.id) {
    auto there = held(session, change.record.id, change.record.version, change.record.kind);
    if (!there.ok()) return there;
    if (there->removed) return Error{"record.removed", "这份记录已删除", "", "先恢复，再修改"};
    out.kind = there->kind, out.key = there->key, out.version = there->version + 1;
    out.made_at = there->made_at, out.made_by = there->made_by;
  } else if (!out.key.empty()) {
    if (auto there = with_key(session, out.kind, out.key))
      return Error{"record.key", "已经有一份：" + there->title, std::to_string(there->id), "打开那一份来改"};
  }
  out.changed_at = doing.at.str(), out.changed_by = doing.login;
  if (out.body.is_null()) out.body = base::JsonObject{};
  return out;
}

// Runs `what` in a transaction of its own and hands out what it refuses or makes.
Result<Record> in_transaction(store::Session& session, const std::function<Result<Record>()>& what) {
  std::optional<Result<Record>> out;
  session.transaction([&] { out = what(); });
  return std::move(*out);
}

// Removed or back: a version like any other.
Result<Record> mark(store::Session& session, Record of, bool removed, const std::string& action,
                    const std::string& why, const Doing& doing) {
  of.version += 1, of.removed = removed;
  of.changed_at = doing.at.str(), of.changed_by = doing.login;
  session.exec("UPDATE records SET version = ?, removed = ?, changed_at = ?, changed_by = ? WHERE record_id = ?",
               {of.version, int64_t{removed}, of.changed_at, of.changed_by, of.id});
  keep_version(session, of, action, why);
  if (removed) {
    forget_words(session, of.id);
  } else {
    auto words = session.query("SELECT words FROM records WHERE record_id = ?", {of.id});
    index_words(session, of.id, of.title + "\n" + words.at(0).text(0));
  }
  if (doing.also) doing.also(of, action);
  return of;
}

}  // namespace

Result<Record> write_in(store::Session& session, const Change& change, const Doing& doing) {
  auto made = next(session, change, doing);
  if (!made.ok()) return made;
  if (auto right = check(*made); !right.ok()) return right.error();
  if (auto kept = check_files(session, change.files); !kept.ok()) return kept.error();
  Record& of = *made;
  const std::string words = change.words.empty() ? texts_of(of.body) : change.words;
  if (of.id) update(session, of, words);
  else of.id = insert(session, of, words);
  link_files(session, of.id, change.files);
  keep_version(session, of, change.action, change.why);
  index_words(session, of.id, of.title + "\n" + words);
  if (doing.also) doing.also(of, change.action);
  return made;
}

Result<Record> write(store::Session& session, const Change& change, const Doing& doing) {
  return in_transaction(session, [&] { return write_in(session, change, doing); });
}

Result<Record> remove_in(store::Session& session, int64_t id, int64_t version, const std::string& action,
                         const std::string& why, const Doing& doing) {
  auto there = held(session, id, version, "");
  if (!there.ok()) return there;
  if (there->removed) return Error{"record.removed", "这份记录已经删除了", "", ""};
  return mark(session, *there, true, action, why, doing);
}

Result<Record> remove(store::Session& session, int64_t id, int64_t version, const std::string& action,
                      const std::string& why, const Doing& doing) {
  return in_transaction(session, [&] { return remove_in(session, id, version, action, why, doing); });
}

Result<Record> restore(store::Session& session, int64_t id, const std::string& action, const std::string& why,
                       const Doing& doing) {
  return in_transaction(session, [&]() -> Result<Record> {
    auto there = record(session, id);
    if (!there.ok()) return there;
    if (!there->removed) return Error{"record.present", "这份记录没有删除", "", ""};
    return mark(session, *there, false, action, why, doing);
  });
}

Result<Record> record(store::Session& session, int64_t id) {
  auto rows = session.query(std::string("SELECT ") + kColumns + " FROM records WHERE record_id = ?", {id});
  if (rows.empty()) return unknown(id);
  return read(rows[0]);
}

Result<Record> record(store::Session& session, const std::string& kind, int64_t id) {
  auto found = record(session, id);
  return found.ok() && found->kind != kind ? Result<Record>(unknown(id)) : found;
}

std::optional<Record> with_key(store::Session& session, const std::string& kind, const std::string& key) {
  auto rows =
      session.query(std::string("SELECT ") + kColumns + " FROM records WHERE kind = ? AND key = ?", {kind, key});
  return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

namespace {

struct Where {
  std::string sql;
  std::vector<Value> values;
  void add(const std::string& part, Value value) {
    sql += " AND " + part;
    values.push_back(std::move(value));
  }
  void any(const char* column, const std::vector<std::string>& of) {
    if (of.empty()) return;
    sql += std::string(" AND ") + column + " IN (";
    for (size_t i = 0; i < of.size(); ++i) sql += i ? ", ?" : "?", values.emplace_back(of[i]);
    sql += ")";
  }
};

}  // namespace

std::vector<Record> list(store::Session& session, const Filter& filter) {
  if (filter.kinds.empty()) throw base::Broken("records::list without a kind");
  Where where;
  where.add("removed = ?", int64_t{filter.removed});
  where.any("kind", filter.kinds), where.any("owner", filter.owners);
  where.any("org", filter.orgs), where.any("state", filter.states);
  if (!filter.customer.empty()) where.add("customer = ?", filter.customer);
  if (filter.parent) where.add("parent = ?", filter.parent);
  if (filter.from) where.add("day >= ?", filter.from->str());
  if (filter.to) where.add("day <= ?", filter.to->str());
  if (filter.due_to) where.add("until_day <= ?", filter.due_to->str());
  if (filter.before) where.add("record_id < ?", filter.before);
  auto rows = session.query(std::string("SELECT ") + kColumns + " FROM records WHERE 1 = 1" + where.sql +
                                " ORDER BY COALESCE(day, '9999') DESC, record_id DESC LIMIT " +
                                std::to_string(filter.limit),
                            where.values);
  std::vector<Record> out;
  for (const auto& row : rows) out.push_back(read(row));
  return out;
}

std::vector<std::pair<std::string, Date>> last_days(store::Session& session, const std::string& kind,
                                                    const std::string& state) {
  std::vector<std::pair<std::string, Date>> out;
  for (const auto& row : session.query("SELECT customer, max(day) FROM records WHERE kind = ? AND state = ? AND "
                                       "removed = 0 AND customer <> '' AND day IS NOT NULL GROUP BY customer",
                                       {kind, state}))
    out.emplace_back(row.text(0), Date::parse(row.text(1)).value());
  std::sort(out.begin(), out.end());  // by bytes, whatever the database thinks of letters
  return out;
}

std::vector<Version> versions(store::Session& session, int64_t id) {
  std::vector<Version> out;
  for (const auto& row : session.query("SELECT version, at, actor, action, why, state, title, body, removed"
                                       " FROM record_versions WHERE record_id = ? ORDER BY version",
                                       {id}))
    out.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                   Json::parse(row.text(7)).value(), row.integer(8) != 0});
  return out;
}

std::vector<Editor> at_work(store::Session& session, const std::string& what, const std::string& login,
                            base::Instant now) {
  std::vector<Editor> out;
  const std::string gone = base::Instant{now.micros - int64_t{kEditorSeconds} * 1'000'000}.str();
  session.transaction([&] {
    session.exec("DELETE FROM record_editors WHERE what = ? AND seen < ?", {what, gone});
    // One statement: two windows of the same login may ask at the same moment.
    session.exec(
        "INSERT INTO record_editors (what, login, since, seen) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (what, login) DO UPDATE SET seen = excluded.seen",
        {what, login, now.str(), now.str()});
    for (const auto& row : session.query("SELECT login, since, seen FROM record_editors"
                                         " WHERE what = ? AND login <> ? ORDER BY since, login",
                                         {what, login}))
      out.push_back({row.text(0), row.text(1), row.text(2)});
  });
  return out;
}

void leave(store::Session& session, const std::string& what, const std::string& login) {
  session.exec("DELETE FROM record_editors WHERE what = ? AND login = ?", {what, login});
}

}  // namespace guanhu::records
