#include "attribution/recorded.h"

#include <algorithm>
#include <mutex>

namespace guanhu::attribution {

namespace {

using warehouse::Chunk;
using warehouse::Type;

std::string literal(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

std::string text_at(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? "" : std::string(c.columns[column].text[row]);
}

// The feed's winning rows of some subjects, by subject, with the names of those they give it to.
struct FeedRows {
  std::vector<Assignment> rows;
};
using FeedOf = std::map<std::pair<std::string, std::string>, FeedRows>;

FeedOf read_feed(warehouse::Warehouse& db, const Known& known, Names& names) {
  FeedOf out;
  const Type types[] = {Type::text, Type::text, Type::text, Type::text, Type::int64, Type::date, Type::date};
  db.scan(
      "SELECT DISTINCT ON (f.subject_kind, f.subject_id, f.staff_id, f.valid_from) f.subject_kind, f.subject_id, "
      "f.staff_id, f.role, f.share, f.valid_from, f.valid_to FROM f_assignments f JOIN " +
          known.active_sql() +
          " i ON i.import_id = f.import_id WHERE EXISTS (SELECT 1 FROM recorded_assignments p WHERE "
          "p.subject_kind "
          "= f.subject_kind AND p.subject_id = f.subject_id) ORDER BY f.subject_kind, f.subject_id, f.staff_id, "
          "f.valid_from, i.business_date DESC, f.import_id DESC",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          const bool main = !c.columns[3].is_null(i) && c.columns[3].text[i] == "main";
          out[{text_at(c, 0, i), text_at(c, 1, i)}].rows.push_back(
              {{names.number(c.columns[2].text[i]), main, c.columns[4].i64[i]},
               c.columns[5].i32[i],
               c.columns[6].is_null(i) ? kForever : c.columns[6].i32[i]});
        }
      });
  return out;
}

std::span<const Assignment> rows_of(const FeedOf& feed, const std::pair<std::string, std::string>& subject) {
  auto at = feed.find(subject);
  return at == feed.end() ? std::span<const Assignment>() : std::span<const Assignment>(at->second.rows);
}

std::string span_sql(const std::pair<std::string, std::string>& subject, const std::vector<RecordedEntry>& entries,
                     const EffectiveRow& row, const Assignment& a, const Names& names) {
  const bool feed = row.regime == EffectiveRow::kFeed;
  return "(" + literal(subject.first) + ", " + literal(subject.second) + ", " +
         literal(names.name(a.claim.staff)) + ", '" + (a.claim.main ? "main" : "assist") + "', " +
         std::to_string(a.claim.raw) + ", " + date_sql(base::Date(a.from)) + ", " +
         (a.to == kForever ? "NULL" : date_sql(base::Date(a.to))) + ", " +
         std::to_string(feed ? 0 : entries[row.regime].entry) + ")";
}

constexpr size_t kRowsAtOnce = 500;

}  // namespace

RecordedOf read_recorded(warehouse::Warehouse& db, const Known& known, const std::string& kind,
                         const std::string& where) {
  std::vector<RecordedEntry> all;
  const Type types[] = {Type::int64, Type::text, Type::text,      Type::text, Type::text, Type::int64,
                        Type::date,  Type::date, Type::timestamp, Type::text, Type::text};
  db.scan(
      "SELECT p.entry, p.subject_kind, p.subject_id, p.staff_id, p.role, p.share, p.valid_from, p.valid_to, "
      "p.known_from, p.reason, p.made_by FROM recorded_assignments p WHERE " +
          known.recorded_sql() + (kind.empty() ? "" : " AND p.subject_kind = " + literal(kind)) +
          (where.empty() ? "" : " AND (" + where + ")") + " ORDER BY p.known_from, p.entry, p.staff_id",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          if (all.empty() || all.back().entry != c.columns[0].i64[i])
            all.push_back({c.columns[0].i64[i],
                           text_at(c, 1, i),
                           text_at(c, 2, i),
                           c.columns[6].i32[i],
                           c.columns[7].is_null(i) ? kForever : c.columns[7].i32[i],
                           c.columns[8].i64[i],
                           text_at(c, 9, i),
                           text_at(c, 10, i),
                           {}});
          all.back().parts.push_back({text_at(c, 3, i), text_at(c, 4, i) == "main", c.columns[5].i64[i]});
        }
      });
  RecordedOf out;
  for (RecordedEntry& one : all) out[{one.kind, one.id}].push_back(std::move(one));
  return out;
}

bool anything_recorded(warehouse::Warehouse& db, const Known& known) {
  return warehouse::one_int(db, "SELECT count(*) FROM recorded_assignments p WHERE " + known.recorded_sql())
             .value_or(0) > 0;
}

std::vector<RecordedRegime> regimes_of(const std::vector<RecordedEntry>& entries, Names& names) {
  std::vector<RecordedRegime> out;
  for (const RecordedEntry& one : entries) {
    RecordedRegime regime{one.from, one.to, {}};
    for (const RecordedPart& part : one.parts)
      regime.claims.push_back({names.number(part.staff), part.main, part.raw});
    out.push_back(std::move(regime));
  }
  return out;
}

void refresh_spans(warehouse::Warehouse& db) {
  // Two at a time would each take the other's rows away, or both put theirs in.
  static std::mutex turn;
  std::lock_guard lock(turn);
  auto count = [&](const char* table) {
    return warehouse::one_int(db, std::string("SELECT count(*) FROM ") + table).value_or(0);
  };
  if (count("recorded_assignments") == 0 && count("assignment_spans") == 0) return;
  const Known known = Known::at(db, std::nullopt);
  Names names;
  const RecordedOf recorded = read_recorded(db, known, "");
  const FeedOf feed = read_feed(db, known, names);
  std::vector<std::string> values;
  for (const auto& [subject, entries] : recorded) {
    const auto rows = rows_of(feed, subject);
    const auto regimes = regimes_of(entries, names);
    const Overlay over = overlay(rows, regimes);
    const auto assignments = assignments_of(over, rows, regimes);
    for (size_t i = 0; i < assignments.size(); ++i)
      values.push_back(span_sql(subject, entries, over.rows[i], assignments[i], names));
  }
  db.begin();
  try {
    if (db.engine() == warehouse::Warehouse::Engine::postgres)
      db.exec("LOCK TABLE assignment_spans IN SHARE ROW EXCLUSIVE MODE");
    db.exec("DELETE FROM assignment_spans");
    for (size_t at = 0; at < values.size(); at += kRowsAtOnce) {
      std::string sql;
      for (size_t i = at; i < std::min(values.size(), at + kRowsAtOnce); ++i)
        sql += (sql.empty() ? "" : ", ") + values[i];
      db.exec(
          "INSERT INTO assignment_spans (subject_kind, subject_id, staff_id, role, share, valid_from, "
          "valid_to, entry) VALUES " +
          sql);
    }
    db.commit();
  } catch (...) {
    db.rollback();
    throw;
  }
}

std::vector<EntryStanding> standings_on(warehouse::Warehouse& db, const Known& known, base::Date day) {
  Names names;
  const RecordedOf recorded = read_recorded(db, known, "");
  if (recorded.empty()) return {};
  const FeedOf feed = read_feed(db, known, names);
  std::vector<EntryStanding> out;
  for (const auto& [subject, entries] : recorded) {
    const auto rows = rows_of(feed, subject);
    const auto regimes = regimes_of(entries, names);
    const Overlay over = overlay(rows, regimes);
    const auto stand = standings(over, rows, regimes, day.days());
    std::vector<RecordedPart> says;
    for (const Assignment& a : rows)
      if (a.from <= day.days() && day.days() <= a.to)
        says.push_back({std::string(names.name(a.claim.staff)), a.claim.main, a.claim.raw});
    for (size_t i = 0; i < entries.size(); ++i) out.push_back({entries[i], stand[i], over.confirmed[i], says});
  }
  std::sort(out.begin(), out.end(),
            [](const EntryStanding& a, const EntryStanding& b) { return a.entry.entry > b.entry.entry; });
  return out;
}

std::string holdings_sql(const std::string& where, const std::string& until) {
  const std::string and_where = where.empty() ? "" : " AND (" + where + ")";
  return "(SELECT * FROM (SELECT DISTINCT ON (f.subject_kind, f.subject_id, f.staff_id, f.valid_from) "
         "f.subject_kind, f.subject_id, f.staff_id, f.role, f.share, f.valid_from, f.valid_to FROM f_assignments "
         "f "
         "JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL" +
         (until.empty() ? "" : " AND i.business_date <= " + until) + and_where +
         " AND NOT EXISTS (SELECT 1 FROM assignment_spans s WHERE s.subject_kind = f.subject_kind AND "
         "s.subject_id "
         "= f.subject_id) ORDER BY f.subject_kind, f.subject_id, f.staff_id, f.valid_from, i.business_date DESC) "
         "w "
         "UNION ALL SELECT f.subject_kind, f.subject_id, f.staff_id, f.role, f.share, f.valid_from, f.valid_to "
         "FROM "
         "assignment_spans f" +
         (where.empty() ? "" : " WHERE " + where) + ")";
}

}  // namespace guanhu::attribution
