#include "attribution/read.h"

#include <algorithm>
#include <tuple>

#include "attribution/recorded.h"

namespace guanhu::attribution {

namespace {
struct Row {
  uint32_t subject;
  Assignment assignment;
  int32_t business_day, import_id;
};

std::string select(SubjectKind kind) {
  const std::string columns = "a.staff_id, a.role, a.share, a.valid_from, a.valid_to, a.import_id";
  if (kind == SubjectKind::customer)
    return "SELECT a.subject_id, " + columns + " FROM f_assignments a WHERE a.subject_kind = 'customer'";
  std::string word = subject_word(kind);
  return "SELECT k." + word + ", " + columns + " FROM f_assignments a JOIN " + word + "_keys k ON k." + word +
         "_id = a.subject_id WHERE a.subject_kind = '" + word + "'";
}

std::vector<Row> scan_rows(warehouse::Warehouse& db, const Known& known, SubjectKind kind, Names& staff,
                           Names& customers) {
  using warehouse::Type;
  bool text = kind == SubjectKind::customer;
  const Type types[] = {
      text ? Type::text : Type::int32, Type::text, Type::text, Type::int64, Type::date, Type::date, Type::int32};
  std::vector<Row> rows;
  db.scan(select(kind), types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) {
      auto day = known.business_day(c.columns[6].i32[i]);
      if (!day) continue;
      Row row;
      row.subject = text ? customers.number(c.columns[0].text[i]) : static_cast<uint32_t>(c.columns[0].i32[i]);
      row.assignment.claim = {staff.number(c.columns[1].text[i]),
                              !c.columns[2].is_null(i) && c.columns[2].text[i] == "main", c.columns[3].i64[i]};
      row.assignment.from = c.columns[4].i32[i];
      row.assignment.to = c.columns[5].is_null(i) ? kForever : c.columns[5].i32[i];
      row.business_day = *day;
      row.import_id = c.columns[6].i32[i];
      rows.push_back(row);
    }
  });
  return rows;
}

// The numbers of subjects that something was recorded of; accounts and loans without a number are not there yet.
std::map<uint32_t, const std::vector<RecordedEntry>*> numbered(warehouse::Warehouse& db, SubjectKind kind,
                                                               const RecordedOf& recorded, Names& customers) {
  std::map<uint32_t, const std::vector<RecordedEntry>*> out;
  if (kind == SubjectKind::customer) {
    for (const auto& [subject, entries] : recorded) out[customers.number(subject.second)] = &entries;
    return out;
  }
  if (recorded.empty()) return out;
  const std::string word = subject_word(kind);
  const warehouse::Type types[] = {warehouse::Type::int32, warehouse::Type::text};
  db.scan("SELECT k." + word + ", k." + word + "_id FROM " + word + "_keys k WHERE EXISTS (SELECT 1 FROM " +
              kRecordedTable + " p WHERE p.subject_kind = '" + word + "' AND p.subject_id = k." + word + "_id)",
          types, [&](const warehouse::Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i)
              if (auto at = recorded.find({word, std::string(c.columns[1].text[i])}); at != recorded.end())
                out[static_cast<uint32_t>(c.columns[0].i32[i])] = &at->second;
          });
  return out;
}

// Of these subjects the feed's rows make room for what was recorded (overlay.h). `rows` stay in order of subject.
void lay_over(std::vector<Row>& rows, const std::map<uint32_t, const std::vector<RecordedEntry>*>& recorded,
              Names& staff) {
  if (recorded.empty()) return;
  std::vector<Row> out;
  auto at = rows.begin();
  for (const auto& [subject, entries] : recorded) {
    while (at != rows.end() && at->subject < subject) out.push_back(*at++);
    std::vector<Assignment> feed;
    for (; at != rows.end() && at->subject == subject; ++at) feed.push_back(at->assignment);
    const auto regimes = regimes_of(*entries, staff);
    for (const Assignment& a : assignments_of(overlay(feed, regimes), feed, regimes))
      out.push_back({subject, a, 0, 0});
  }
  out.insert(out.end(), at, rows.end());
  rows = std::move(out);
}
}  // namespace

std::string subject_word(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::account: return "account";
    case SubjectKind::loan: return "loan";
    case SubjectKind::customer: return "customer";
  }
  return "";
}

Assignments read_assignments(warehouse::Warehouse& db, const Known& known, SubjectKind kind, Names& staff,
                             Names& customers) {
  std::vector<Row> rows = scan_rows(db, known, kind, staff, customers);
  auto key = [](const Row& r) { return std::tuple(r.subject, r.assignment.claim.staff, r.assignment.from); };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    auto ka = key(a), kb = key(b);
    return ka != kb ? ka < kb : std::pair(a.business_day, a.import_id) > std::pair(b.business_day, b.import_id);
  });
  rows.erase(std::unique(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) == key(b); }),
             rows.end());
  const RecordedOf recorded = read_recorded(db, known, subject_word(kind));
  lay_over(rows, numbered(db, kind, recorded, customers), staff);
  Assignments out;
  size_t subjects = rows.empty() ? 0 : rows.back().subject + size_t{1};
  out.offset.assign(subjects + 1, 0);
  for (const Row& r : rows) {
    ++out.offset[r.subject + 1];
    out.rows.push_back(r.assignment);
  }
  for (size_t s = 0; s < subjects; ++s) out.offset[s + 1] += out.offset[s];
  return out;
}

void renumber(Assignments& assignments, const std::vector<uint32_t>& to) {
  for (Assignment& a : assignments.rows) a.claim.staff = to[a.claim.staff];
}

}  // namespace guanhu::attribution
