#include "feed/date_import.h"

#include <algorithm>

#include "base/digest.h"
#include "base/fault.h"
#include "base/files.h"
#include "feed/schema.h"
#include "feed/texts.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::ColumnData;
using warehouse::Type;
using warehouse::Value;

base::Result<std::string> FolderSource::read(const std::string& name) const {
  return base::read_file(folder_ / name);
}

base::Result<std::string> LandedSource::read(const std::string& name) const {
  auto bytes = read_landed(folder_, name, key_);
  if (!bytes && std::filesystem::exists(folder_ / (name + ".zst"))) throw base::Broken(bytes.error().text());
  return bytes;
}

namespace {

std::string quoted(base::Instant at) {
  std::string text = at.str();
  text.pop_back();  // Z: the warehouse's timestamps are UTC
  return "TIMESTAMP '" + text + "'";
}

std::string quoted(base::Date day) { return "DATE '" + day.str() + "'"; }

}  // namespace

DateReport DateImport::run() {
  report_.feed = a_.feed;
  report_.business_date = a_.folder;
  report_.tolerance = a_.tolerance;
  if (auto status = open(); !status) {
    report_.problems.push_back(status.error());
    ++report_.rejects;
    landing_.reset();
    return std::move(report_);
  }
  c_.state.begin();
  accounts_before_ = c_.state.accounts.size();
  loans_before_ = c_.state.loans.size();
  try {
    c_.db.begin();
    read_files();
    if (!too_many()) {
      append_keys();
      write_import();
      mark_changed();
      judge_totals();
    }
    if (too_many()) {
      undo();
    } else {
      finish();
    }
  } catch (...) {
    c_.state.take_back();
    try {
      c_.db.rollback();
    } catch (const base::Broken&) {}
    throw;
  }
  return std::move(report_);
}

// The manifest, and which import this will be.
base::Status DateImport::open() {
  auto text = a_.source->read("manifest.json");
  if (!text) return refuse("manifest.missing", a_.feed, {});
  auto manifest = read_manifest(*text, a_.folder);
  if (!manifest) {
    base::Error error = manifest.error();
    error.where = a_.feed + "/" + error.where;
    return error;
  }
  manifest_ = std::move(*manifest);
  report_.unknown_files = manifest_.unknown_files;
  int64_t last = c_.imports.empty() ? 0 : c_.imports.back().import_id;
  int64_t last_at = c_.imports.empty() ? 0 : c_.imports.back().applied_at;
  import_ = {last + 1, manifest_.business_date.days(), std::max(c_.clock.now().micros, last_at + 1), true};
  if (a_.again) import_ = {a_.again->import_id, manifest_.business_date.days(), a_.again->applied_at.micros, true};
  for (const ImportRow& row : c_.imports)
    if (row.active && row.business_date == import_.business_date) replaced_ = row.import_id;
  if (!a_.again) {
    landing_ = std::make_unique<Landing>(c_.worker, c_.key, c_.landed, manifest_.business_date, import_.import_id);
    landing_->add("manifest.json", std::make_shared<const std::string>(std::move(*text)));
  }
  return {};
}

void DateImport::read_files() {
  reach_.late = replaced_.has_value() || import_.business_date < c_.state.marks.business_date;
  for (const ManifestFile& file : manifest_.files) read_file(file);
}

void DateImport::read_file(const ManifestFile& file) {
  auto bytes = a_.source->read(file.name);
  if (!bytes) {
    Intake intake = missing_file(file, bytes.error());
    report_.rejects += intake.rejects;
    refused_rows_ = true;
    report_.files.push_back(std::move(intake.report));
    return;
  }
  auto shared = std::make_shared<const std::string>(std::move(*bytes));
  std::shared_future<std::string> digest;
  if (landing_) digest = landing_->add(file.name, shared);
  Intake intake =
      take_in(file, manifest_, shared, [&] { return digest.valid() ? digest.get() : base::sha256_hex(*shared); });
  FileApply apply(c_.db, c_.state, manifest_.business_date, replaced_);
  seal(intake.parsed);
  if (intake.usable()) reach_.add(apply.run(intake));
  report_.rejects += intake.rejects + static_cast<int64_t>(intake.report.refusals.size());
  refused_rows_ = refused_rows_ || !intake.usable() || !intake.report.refusals.empty();
  if (intake.usable() && !too_many()) {
    append(intake, apply.changed());
    if (file.table->name == "ledger_totals") take_totals(intake);
  }
  report_.files.push_back(std::move(intake.report));
}

// Before anything compares or stores the rows: sealed alike is equal, so that comparing needs no key.
void DateImport::seal(ParsedFile& file) const {
  for (size_t c = 0; c < file.table->columns.size(); ++c) {
    if (!file.table->columns[c].personal) continue;
    ColumnData& column = file.rows.columns[c];
    for (size_t r = 0; r < file.rows.rows; ++r)
      if (!column.is_null(r) && !column.text[r].empty())
        column.text[r] = file.room.emplace_back(c_.key.seal(column.text[r]));
  }
}

void DateImport::append(const Intake& intake, const std::vector<int8_t>& changed) {
  const ParsedFile& file = intake.parsed;
  const Layout& layout = layout_of(*file.table);
  if (replaced_) {
    SeenRows& keys = replaced_keys_[index_of(*file.table)];
    for (uint64_t key : hash_rows(file.rows, layout.key)) keys.put(key, 0, 0);
  }
  if (file.rows.rows == 0) return;
  Chunk& chunk = const_cast<Chunk&>(file.rows);
  size_t rows = chunk.rows;
  chunk.columns.push_back(
      {.type = Type::int32, .i32 = std::vector<int32_t>(rows, static_cast<int32_t>(import_.import_id))});
  chunk.columns.push_back({.type = Type::int32, .i32 = file.lines});
  if (!changed.empty()) chunk.columns.push_back({.type = Type::boolean, .i8 = changed});
  auto appender = c_.db.append(stored_name(*file.table), stored_columns(*file.table));
  appender->append(chunk);
  appender->finish();
  base::fault("warehouse.rows");
}

void DateImport::take_totals(const Intake& intake) {
  const Chunk& rows = intake.parsed.rows;
  for (size_t r = 0; r < rows.rows; ++r) {
    ControlTotal t;
    t.business_date = manifest_.business_date;
    t.line = intake.parsed.lines[r];
    t.org_id = rows.columns[0].text[r];
    t.date = base::Date(rows.columns[1].i32[r]);
    t.subject = rows.columns[2].text[r];
    t.expected = rows.columns[3].i64[r];
    report_.totals.push_back(std::move(t));
  }
}

void DateImport::append_keys() {
  struct {
    const char* table;
    const char* number;
    const char* id;
    const KeyIndex& keys;
    uint32_t before;
  } all[] = {{"account_keys", "account", "account_id", c_.state.accounts, accounts_before_},
             {"loan_keys", "loan", "loan_id", c_.state.loans, loans_before_}};
  for (const auto& k : all) {
    if (k.keys.size() == k.before) continue;
    Chunk chunk{.rows = k.keys.size() - k.before, .columns = {{.type = Type::int32}, {.type = Type::text}}};
    for (uint32_t n = k.before; n < k.keys.size(); ++n) {
      chunk.columns[0].i32.push_back(static_cast<int32_t>(n));
      chunk.columns[1].text.push_back(k.keys.id(n));
    }
    const warehouse::Column columns[] = {{k.number, Type::int32}, {k.id, Type::text}};
    auto appender = c_.db.append(k.table, columns);
    appender->append(chunk);
    appender->finish();
  }
}

void DateImport::write_import() {
  base::Instant at{import_.applied_at};
  if (replaced_)
    c_.db.exec("UPDATE imports SET replaced_at = " + quoted(at) +
               " WHERE import_id = " + std::to_string(*replaced_));
  c_.db.exec("INSERT INTO imports VALUES (" + std::to_string(import_.import_id) + ", " +
             quoted(manifest_.business_date) + ", " + quoted(at) + ", NULL)");
  for (ImportRow& row : c_.imports)
    if (row.import_id == replaced_) row.active = false;
  c_.imports.push_back(import_);
  auto& marks = c_.state.marks;
  marks.last_import = import_.import_id;
  marks.last_applied_at = import_.applied_at;
  marks.business_date = std::max(marks.business_date, import_.business_date);
}

// Later balances of accounts that this date (or the one it replaces) touches are no longer known to be
// what they were the day before.
void DateImport::mark_changed() {
  if (c_.state.marks.unchanged_balances == 0 || (!reach_.late_balances && !replaced_)) return;
  std::string ids = std::to_string(import_.import_id) + (replaced_ ? ", " + std::to_string(*replaced_) : "");
  c_.db.exec(
      "UPDATE f_balances SET changed = true WHERE NOT changed AND EXISTS (SELECT 1 FROM f_balances n WHERE "
      "n.import_id "
      "IN (" +
      ids + ") AND n.account = f_balances.account AND n.date < f_balances.date)");
}

void DateImport::judge_totals() {
  auto& marks = c_.state.marks;
  bool others_move = marks.total_date != kNever && (reach_.late || reach_.earliest <= marks.total_date);
  if (report_.totals.empty() && !others_move) return;
  std::vector<StoredTotal> others = read_totals(c_.db);
  std::erase_if(others, [&](const StoredTotal& o) {
    return std::any_of(report_.totals.begin(), report_.totals.end(), [&](const ControlTotal& t) {
      return t.org_id == o.total.org_id && t.date == o.total.date && t.subject == o.total.subject;
    });
  });
  std::vector<StoredTotal> before = others;
  std::vector<ControlTotal*> all;
  for (StoredTotal& o : others)
    if (reach_.late || o.total.date.days() >= reach_.earliest) all.push_back(&o.total);
  for (ControlTotal& t : report_.totals) all.push_back(&t);
  // In order of their days: a total that holds vouches for the days before it.
  std::stable_sort(all.begin(), all.end(), [](auto* a, auto* b) { return a->date < b->date; });
  Judge(c_.db, c_.state, c_.imports, reach_.late).judge(all, others);
  for (size_t i = 0; i < others.size(); ++i) {
    ControlTotal& now = others[i].total;
    const ControlTotal& was = before[i].total;
    if (now.found == was.found && now.state == was.state && now.reason == was.reason) continue;
    update_total(c_.db, others[i].import_id, now);
    now.before = was.state;
    if (now.found != was.found || now.state != was.state) report_.rejudged.push_back(now);
  }
  for (ControlTotal& t : report_.totals) {
    t.explained = t.state == TotalState::broken && refused_rows_;
    if (t.explained) t.reason = say("total.rejects");
    if (t.state == TotalState::broken && !t.explained) ++report_.rejects;
    write_total(c_.db, import_.import_id, t);
    marks.total_date = std::max(marks.total_date, t.date.days());
  }
}

void DateImport::undo() {
  c_.db.rollback();
  if (!c_.imports.empty() && c_.imports.back().import_id == import_.import_id) {
    c_.imports.pop_back();
    for (ImportRow& row : c_.imports)
      if (row.import_id == replaced_) row.active = true;
  }
  c_.state.take_back();
  landing_.reset();
  for (FileReport& file : report_.files) file.applied = file.unchanged = 0;
  report_.rejudged.clear();
}

// True when the replaced import brought a key that this one does not: what stands under it now must be
// looked up.
bool DateImport::some_key_vanished() {
  for (const Table& table : tables()) {
    const Layout& layout = layout_of(table);
    std::vector<Type> types;
    std::string list;
    std::vector<size_t> columns;
    for (size_t c : layout.key) {
      list += (list.empty() ? "" : ", ") + layout.columns[c].name;
      types.push_back(layout.columns[c].type);
      columns.push_back(columns.size());
    }
    const SeenRows& keys = replaced_keys_[index_of(table)];
    bool vanished = false;
    c_.db.scan(
        "SELECT " + list + " FROM " + stored_name(table) + " WHERE import_id = " + std::to_string(*replaced_),
        types, [&](const Chunk& chunk) {
          for (uint64_t key : hash_rows(chunk, columns)) vanished = vanished || !keys.has(key);
        });
    if (vanished) return true;
  }
  return false;
}

void DateImport::finish() {
  report_.applied = true;
  report_.replaced = replaced_.has_value();
  report_.import_id = import_.import_id;
  report_.applied_at = base::Instant{import_.applied_at}.str();
  bool vanished = replaced_ && some_key_vanished();
  base::JsonObject record{{"import_id", import_.import_id},
                          {"business_date", manifest_.business_date.str()},
                          {"applied_at", report_.applied_at},
                          {"bank", manifest_.bank},
                          {"tolerance", a_.tolerance ? base::Json(*a_.tolerance) : base::Json()},
                          {"report", to_json(report_)}};
  record_ = base::Json(std::move(record)).dump();
  if (landing_) {
    landing_->finish(record_);
    // From here on only the warehouse knows whether the date came about, also when its answer is lost.
    landing_->keep();
  }
  base::fault("before.commit");
  c_.db.commit();
  base::fault("after.commit");
  c_.state.keep();
  if (vanished) rebuild_state(c_.db, c_.state, c_.imports);
}

}  // namespace guanhu::feed
