// The warehouse's copy of the register.
#include <map>
#include <mutex>

#include "attribution/known.h"
#include "attribution/register.h"
#include "attribution/shares.h"

namespace guanhu::attribution {

namespace {

std::string literal(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

std::string when(const std::optional<int64_t>& micros) {
  return micros ? timestamp_sql(base::Instant{*micros}) : "NULL";
}

std::string date_of(const std::optional<std::string>& day) { return day ? "DATE '" + *day + "'" : "NULL"; }

// Entry to the moment it was taken back (0: it was not), as the warehouse has them.
std::map<int64_t, int64_t> copied(warehouse::Warehouse& db) {
  std::map<int64_t, int64_t> out;
  const warehouse::Type types[] = {warehouse::Type::int64, warehouse::Type::timestamp};
  db.scan("SELECT DISTINCT entry, known_to FROM recorded_assignments", types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i)
      out[c.columns[0].i64[i]] = c.columns[1].is_null(i) ? 0 : c.columns[1].i64[i];
  });
  return out;
}

constexpr size_t kRowsAtOnce = 500;

void insert(warehouse::Warehouse& db, std::vector<std::string>& rows) {
  if (rows.empty()) return;
  std::string sql;
  for (const std::string& row : rows) sql += (sql.empty() ? "" : ", ") + row;
  db.exec(
      "INSERT INTO recorded_assignments (entry, subject_kind, subject_id, staff_id, role, share, valid_from, "
      "valid_to, known_from, known_to, reason, made_by) VALUES " +
      sql);
  rows.clear();
}

bool copy(store::Session& session, warehouse::Warehouse& db, const std::map<int64_t, int64_t>& there) {
  bool changed = false;
  std::vector<std::string> rows;
  for (const auto& r : session.query(
           "SELECT e.entry_id, e.kind, e.subject, p.staff_id, p.role, p.share, e.from_day, e.to_day, "
           "e.known_from, "
           "e.known_to, e.reason, e.made_by FROM assignment_entries e JOIN assignment_parts p ON p.entry_id = "
           "e.entry_id WHERE e.known_from IS NOT NULL ORDER BY e.entry_id, p.staff_id")) {
    auto at = there.find(r.integer(0));
    const auto to = r.maybe_integer(9);
    if (at != there.end()) {
      if (!to || at->second == *to) continue;
      db.exec("UPDATE recorded_assignments SET known_to = " + when(to) +
              " WHERE entry = " + std::to_string(r.integer(0)) + " AND staff_id = " + literal(r.text(3)));
    } else {
      rows.push_back("(" + std::to_string(r.integer(0)) + ", " + literal(r.text(1)) + ", " + literal(r.text(2)) +
                     ", " + literal(r.text(3)) + ", " + literal(r.text(4)) + ", " +
                     std::to_string(r.integer(5) * kRawPerShare) + ", " + date_of(r.text(6)) + ", " +
                     date_of(r.maybe_text(7)) + ", " + when(r.maybe_integer(8)) + ", " + when(to) + ", " +
                     literal(r.text(10)) + ", " + literal(r.text(11)) + ")");
      if (rows.size() >= kRowsAtOnce) insert(db, rows);
    }
    changed = true;
  }
  insert(db, rows);
  return changed;
}

}  // namespace

bool project(store::Session& session, warehouse::Warehouse& db) {
  // Entries only ever come or are taken back; most often there is nothing at all.
  if (session.query("SELECT 1 FROM assignment_entries WHERE known_from IS NOT NULL LIMIT 1").empty()) return false;
  static std::mutex turn;
  std::lock_guard lock(turn);
  db.begin();
  try {
    if (db.engine() == warehouse::Warehouse::Engine::postgres)
      db.exec("LOCK TABLE recorded_assignments IN SHARE ROW EXCLUSIVE MODE");
    const bool changed = copy(session, db, copied(db));
    db.commit();
    return changed;
  } catch (...) {
    db.rollback();
    throw;
  }
}

}  // namespace guanhu::attribution
