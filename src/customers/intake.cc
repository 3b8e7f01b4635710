#include "customers/intake.h"

#include <algorithm>

#include "base/digest.h"
#include "base/json_member.h"
#include "customers/intake_relation.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;
using store::Value;

namespace {

JsonArray json_list(const std::vector<std::string>& texts) {
  JsonArray out;
  for (const auto& text : texts) out.push_back(text);
  return out;
}
JsonObject json_of(const IntakeCounts& c) {
  return {{"new", c.fresh}, {"changed", c.changed}, {"same", c.same}, {"refused", c.refused}};
}

void put(JsonObject& into, const std::string& name, Json value) {
  for (auto& [key, old] : into)
    if (key == name) return void(old = std::move(value));
  into.emplace_back(name, std::move(value));
}

Json json_of(const std::vector<IntakeSaid>& said) {
  JsonArray out;
  for (const auto& one : said) {
    JsonObject item = {{"column", one.column}, {"cell", one.cell}};
    if (one.message.empty()) item.emplace_back("before", one.before), item.emplace_back("after", one.after);
    else item.emplace_back("message", one.message);
    out.push_back(std::move(item));
  }
  return out;
}
std::vector<IntakeSaid> said_of(const std::string& text) {
  std::vector<IntakeSaid> out;
  auto json = Json::parse(text);
  if (!json.ok() || !json->as_array()) return out;
  for (const Json& one : *json->as_array())
    out.push_back({text_in(one, "column"), text_in(one, "cell"), text_in(one, "message"), text_in(one, "before"),
                   text_in(one, "after")});
  return out;
}

// The record of an import in one of these states, at the version that was seen.
base::Result<Record> import_in(store::Session& session, int64_t id, int64_t version, const std::string& state) {
  auto found = records::record(session, kIntakeKind, id);
  if (!found.ok()) return found;
  if (found->version != version)
    return Error{"record.changed", found->changed_by + " 已在 " + found->changed_at + " 处理过这次导入",
                 std::to_string(found->version), "刷新后再看"};
  if (found->state != state)
    return Error{"intake.state",
                 found->state == "done"      ? "这次导入已经写入"
                 : found->state == "checked" ? "这次导入还没有写入"
                                             : "这次导入已经撤销",
                 std::to_string(id), ""};
  return found;
}

base::Result<Record> write_import(store::Session& session, Record of, const std::string& action,
                                  const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.words = text_in(of.body, "file") + " ";
  change.record = std::move(of), change.action = action, change.why = why;
  return records::write_in(session, change, doing);
}

// One row of a performed import.
base::Result<Record> write_row(store::Session& session, const std::string& what, const IntakeRow& row,
                               const std::vector<Field>& all, const records::Doing& doing) {
  if (what == "relations") return write_planned_relation(session, row, doing);
  if (what == "cards") {
    CardWrite write{.customer = row.subject,
                    .name = row.name,
                    .owner = row.owner,
                    .org = row.org,
                    .version = row.before,
                    .body = row.body,
                    .action = "customer_card.import"};
    if (row.record)
      for (const auto& file : records::files_of(session, row.record)) write.files.push_back(file.digest);
    return write_card_in(session, write, all, doing);
  }
  ProspectWrite write{.id = row.record,
                      .version = row.before,
                      .name = row.name,
                      .owner = row.owner,
                      .org = row.org,
                      .body = row.body,
                      .action = "prospect.import"};
  return write_prospect_in(session, write, all, doing);
}

std::string why_kept(const Record& now) {
  return now.changed_by + " 在 " + now.changed_at.substr(0, 16) + " 改过，保留";
}

// The record as it was before the import: its old body, or nothing at all.
base::Status take_back(store::Session& session, const IntakeRow& row, Record now, const std::vector<Field>& all,
                       const std::string& why, const records::Doing& doing) {
  if (now.kind == kRelationKind) return take_back_relation(session, now, why, doing);
  Json body = JsonObject{};
  if (row.before)
    for (const auto& version : records::versions(session, now.id))
      if (version.version == row.before) body = version.body;
  records::Change change;
  change.record = now, change.action = now.kind + ".undo_import", change.why = why;
  change.record.body = body;
  if (!row.before) change.record.state = "undone";
  for (const auto& file : records::files_of(session, now.id)) change.files.push_back(file.digest);
  change.words = card_words(body, all) + " ";
  if (now.kind == kProspectKind) {
    ProspectWrite write{.id = now.id,
                        .version = now.version,
                        .name = now.title,
                        .state = change.record.state,
                        .customer = now.customer,
                        .owner = now.owner,
                        .org = now.org,
                        .body = body,
                        .action = change.action,
                        .why = why};
    auto written = write_prospect_in(session, write, all, doing);
    return written.ok() ? base::Status{} : base::Status{written.error()};
  }
  auto written = records::write_in(session, change, doing);
  if (!written.ok()) return written.error();
  put_values(session, now.customer, card_values(body), all);
  return {};
}

base::Result<Record> in_transaction(store::Session& session, const std::function<base::Result<Record>()>& what) {
  // A refusal in the middle must leave nothing behind.
  struct Refused {};
  std::optional<base::Result<Record>> out;
  try {
    session.transaction([&] {
      out = what();
      if (!out->ok()) throw Refused{};
    });
  } catch (const Refused&) {}
  return std::move(*out);
}

}  // namespace

std::vector<IntakeMapping> mappings(store::Session& session, const std::string& what) {
  std::vector<IntakeMapping> out;
  for (const auto& row : session.query(
           "SELECT what, name, columns, made_at, made_by FROM intake_mappings WHERE what = ? ORDER BY name",
           {Value(what)}))
    out.push_back({row.text(0), row.text(1), Json::parse(row.text(2)).value(), row.text(3), row.text(4)});
  return out;
}

base::Status keep_mapping(store::Session& session, const IntakeMapping& mapping) {
  const std::string name = trimmed(mapping.name);
  if (name.empty() || characters_in(name) > 40)
    return Error{"intake.mapping", "对应关系的名称要写 1 到 40 个字", "name", ""};
  session.exec("DELETE FROM intake_mappings WHERE what = ? AND name = ?", {Value(mapping.what), Value(name)});
  session.exec("INSERT INTO intake_mappings (what, name, columns, made_at, made_by) VALUES (?, ?, ?, ?, ?)",
               {Value(mapping.what), Value(name), Value(mapping.columns.dump()), Value(mapping.made_at),
                Value(mapping.made_by)});
  return {};
}

void keep_rows(store::Session& session, int64_t import, std::span<const IntakeRow> rows) {
  session.exec("DELETE FROM intake_rows WHERE import = ?", {Value(import)});
  auto number = [](int64_t n) { return n ? Value(n) : Value(); };
  for (const auto& row : rows)
    session.exec(
        "INSERT INTO intake_rows (import, line, subject, name, outcome, said, record, version_before, "
        "version_after, "
        "undone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {Value(import), Value(int64_t{row.line}), Value(row.subject), Value(row.name), Value(row.outcome),
         Value(json_of(row.said).dump()), number(row.record), number(row.before), number(row.after),
         row.undone.empty() ? Value() : Value(row.undone)});
}

namespace {
std::string outcome_sql(const std::string& outcome, std::vector<Value>& values) {
  if (outcome.empty()) return "";
  if (outcome == "undone") return " AND undone = 'done'";
  if (outcome == "kept") return " AND undone IS NOT NULL AND undone <> 'done'";
  values.emplace_back(outcome);
  return " AND outcome = ?";
}
}  // namespace

std::vector<IntakeRow> kept_rows(store::Session& session, int64_t import, const std::string& outcome,
                                 size_t offset, size_t limit) {
  std::vector<Value> values = {Value(import)};
  const std::string where = outcome_sql(outcome, values);
  std::vector<IntakeRow> out;
  for (const auto& row : session.query("SELECT line, subject, name, outcome, said, record, version_before, "
                                       "version_after, undone FROM intake_rows "
                                       "WHERE import = ?" +
                                           where + " ORDER BY line LIMIT " + std::to_string(limit) + " OFFSET " +
                                           std::to_string(offset),
                                       std::span<const Value>(values))) {
    IntakeRow one;
    one.line = static_cast<int>(row.integer(0)), one.subject = row.text(1), one.name = row.text(2);
    one.outcome = row.text(3), one.said = said_of(row.text(4)), one.record = row.maybe_integer(5).value_or(0);
    one.before = row.maybe_integer(6).value_or(0), one.after = row.maybe_integer(7).value_or(0);
    one.undone = row.maybe_text(8).value_or("");
    out.push_back(std::move(one));
  }
  return out;
}

size_t count_kept(store::Session& session, int64_t import, const std::string& outcome) {
  std::vector<Value> values = {Value(import)};
  const std::string where = outcome_sql(outcome, values);
  return static_cast<size_t>(
      session.query("SELECT count(*) FROM intake_rows WHERE import = ?" + where, std::span<const Value>(values))
          .at(0)
          .integer(0));
}

std::string keep_intake_file(store::Session& session, const store::PersonalKey& key, const std::string& name,
                             std::string_view bytes) {
  const std::string digest = base::sha256_hex(bytes);
  session.transaction([&] {
    if (!session.query("SELECT 1 FROM intake_files WHERE digest = ?", {Value(digest)}).empty()) return;
    session.exec("INSERT INTO intake_files (digest, name, bytes) VALUES (?, ?, ?)",
                 {Value(digest), Value(name), Value(key.seal(bytes))});
  });
  return digest;
}

std::string intake_file(store::Session& session, const store::PersonalKey& key, const std::string& digest) {
  auto rows = session.query("SELECT bytes FROM intake_files WHERE digest = ?", {Value(digest)});
  if (rows.empty()) throw base::Broken("no file " + digest);
  std::string out = key.open(rows[0].text(0));
  if (base::sha256_hex(out) != digest) throw base::Broken("file " + digest + " is damaged");
  return out;
}

base::Result<Record> keep_check(store::Session& session, const IntakeOpening& opening,
                                std::span<const IntakeRow> rows, const records::Doing& doing) {
  return in_transaction(session, [&]() -> base::Result<Record> {
    Record of;
    if (opening.record) {
      auto there = import_in(session, opening.record, opening.version, "checked");
      if (!there.ok()) return there;
      of = *there;
    }
    of.kind = kIntakeKind, of.state = "checked", of.title = opening.file;
    of.owner = opening.owner, of.org = opening.org;
    of.body = JsonObject{{"what", opening.what},
                         {"file", opening.file},
                         {"digest", opening.digest},
                         {"head", json_list(opening.head)},
                         {"columns", json_list(opening.columns)},
                         {"rows", rows.size()},
                         {"counts", json_of(opening.counts)}};
    auto written = write_import(session, of, "customer_import.check", "", doing);
    if (written.ok()) keep_rows(session, written->id, rows);
    return written;
  });
}

base::Result<Record> perform_intake(store::Session& session, const IntakeWork& work, const records::Doing& doing,
                                    const IntakeProgress& progress) {
  return in_transaction(session, [&]() -> base::Result<Record> {
    auto import = import_in(session, work.record, work.version, "checked");
    if (!import.ok()) return import;
    const std::string what = text_in(import->body, "what");
    const auto columns = texts_in(import->body, "columns");
    auto rows = plan_rows(session, what, *work.table, columns, *work.all, *work.world);
    const IntakeCounts counts = count_rows(rows);
    if (counts.refused && !work.skip_refused)
      return Error{"intake.refused", std::to_string(counts.refused) + " 行不能写入", "skip_refused",
                   "改正文件重新上传，或者选择跳过这些行"};
    if (counts.fresh + counts.changed == 0) return Error{"intake.nothing", "没有一行会改变什么", "", ""};
    records::Doing quiet{.login = doing.login, .at = doing.at};  // the import itself is what is told of
    size_t done = 0;
    for (auto& row : rows) {
      if (progress && ++done % 250 == 0) progress(done, rows.size());
      if (row.outcome != "new" && row.outcome != "changed") continue;
      auto written = write_row(session, what, row, *work.all, quiet);
      if (!written.ok()) return written;
      row.record = written->id, row.after = written->version;
      if (row.outcome == "new") row.before = 0;
    }
    keep_rows(session, work.record, rows);
    Record next = *import;
    next.state = "done";
    JsonObject body = *next.body.as_object();
    put(body, "counts", json_of(counts));
    put(body, "done_at", doing.at.str());
    put(body, "done_by", doing.login);
    next.body = std::move(body);
    return write_import(session, std::move(next), "customer_import.perform", "", doing);
  });
}

base::Result<Record> undo_intake(store::Session& session, int64_t record, int64_t version, const std::string& why,
                                 const std::vector<Field>& all, const records::Doing& doing,
                                 const IntakeProgress& progress) {
  if (characters_in(trimmed(why)) < 2) return Error{"intake.why", "要写撤销的原因", "reason", ""};
  return in_transaction(session, [&]() -> base::Result<Record> {
    auto import = import_in(session, record, version, "done");
    if (!import.ok()) return import;
    records::Doing quiet{.login = doing.login, .at = doing.at};
    auto rows = kept_rows(session, record, "", 0, kIntakeRows);
    size_t undone = 0, kept = 0, done = 0;
    for (auto& row : rows) {
      if (progress && ++done % 250 == 0) progress(done, rows.size());
      if (!row.after) continue;
      auto now = records::record(session, row.record);
      if (!now.ok()) return now;
      if (now->version != row.after) {
        row.undone = why_kept(*now), ++kept;
        continue;
      }
      if (auto back = take_back(session, row, *now, all, why, quiet); !back.ok()) return back.error();
      row.undone = "done", ++undone;
    }
    keep_rows(session, record, rows);
    Record next = *import;
    next.state = kept ? "partly_undone" : "undone";
    JsonObject body = *next.body.as_object();
    put(body, "undone", JsonObject{{"rows", undone}, {"kept", kept}, {"at", doing.at.str()}, {"by", doing.login}});
    next.body = std::move(body);
    return write_import(session, std::move(next), "customer_import.undo", why, doing);
  });
}

}  // namespace guanhu::customers
