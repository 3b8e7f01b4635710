#include "attribution/known.h"

namespace guanhu::attribution {

std::string timestamp_sql(base::Instant at) {
  std::string text = at.str();  // 2025-12-31T08:00:00.123456Z
  text[10] = ' ';
  text.pop_back();
  return "TIMESTAMP '" + text + "'";
}

std::string date_sql(base::Date day) { return "DATE '" + day.str() + "'"; }

Known Known::at(warehouse::Warehouse& db, const std::optional<base::Instant>& at) {
  using warehouse::Type;
  Known known;
  known.everything_ = !at;
  if (at) {
    known.moment_ = *at;
  } else {
    // As far as anything was applied or replaced: the present, without reading a clock.
    const Type two[] = {Type::timestamp, Type::timestamp};
    for (const char* when : {"SELECT max(applied_at), max(replaced_at) FROM imports",
                             "SELECT max(known_from), max(known_to) FROM recorded_assignments"})
      db.scan(when, two, [&](const warehouse::Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i)
          for (const auto& column : c.columns)
            if (!column.is_null(i)) known.moment_.micros = std::max(known.moment_.micros, column.i64[i]);
      });
  }
  const Type types[] = {Type::int32, Type::date, Type::timestamp};
  base::Sha256 digest;
  auto take = [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      auto id = static_cast<size_t>(c.columns[0].i32[i]);
      if (known.days_.size() <= id) known.days_.resize(id + 1, kInactive);
      known.days_[id] = c.columns[1].i32[i];
      digest.add(std::to_string(id) + " " + std::to_string(c.columns[1].i32[i]) + " " +
                 std::to_string(c.columns[2].i64[i]) + "\n");
    }
  };
  db.scan("SELECT a.import_id, a.business_date, i.applied_at FROM " + known.active_sql() +
              " a JOIN imports i ON i.import_id = a.import_id ORDER BY a.import_id",
          types, take);
  known.read_recorded(db, digest);
  known.fingerprint_ = digest.hex();
  return known;
}

// Nothing is added where nothing was recorded: column files of such a bank stay valid.
void Known::read_recorded(warehouse::Warehouse& db, base::Sha256& digest) {
  const warehouse::Type types[] = {warehouse::Type::int64, warehouse::Type::timestamp};
  db.scan("SELECT DISTINCT p.entry, p.known_from FROM recorded_assignments p WHERE " + recorded_sql() +
              " ORDER BY p.entry",
          types, [&](const warehouse::Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i)
              digest.add("recorded " + std::to_string(c.columns[0].i64[i]) + " " +
                         std::to_string(c.columns[1].i64[i]) + "\n");
          });
}

std::string Known::recorded_sql() const {
  std::string t = timestamp_sql(moment_);
  return "p.known_from <= " + t + " AND (p.known_to IS NULL OR p.known_to > " + t + ")";
}

std::string Known::active_sql() const {
  std::string t = timestamp_sql(moment_);
  return "(SELECT import_id, business_date FROM imports WHERE applied_at <= " + t +
         " AND (replaced_at IS NULL OR replaced_at > " + t + "))";
}

}  // namespace guanhu::attribution
