#include "people/directory.h"

#include <set>

namespace guanhu::people {

using warehouse::Chunk;
using warehouse::Type;

namespace {

std::string text_at(const Chunk& chunk, size_t column, size_t row) {
  const auto& c = chunk.columns[column];
  return c.is_null(row) ? std::string() : std::string(c.text[row]);
}

std::optional<base::Date> date_at(const Chunk& chunk, size_t column, size_t row) {
  const auto& c = chunk.columns[column];
  if (c.is_null(row)) return std::nullopt;
  return base::Date(c.i32[row]);
}

// The version of each key in force on `day`: the latest from then or before, else the first known.
std::string version_sql(const std::string& table, const std::string& key, const std::string& columns,
                        base::Date day, const std::optional<base::Instant>& known_at) {
  std::string on = "DATE '" + day.str() + "'";
  return "SELECT DISTINCT ON (f." + key + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE " + active_import("i", known_at) + " ORDER BY f." +
         key + ", CASE WHEN i.business_date <= " + on + " THEN 0 ELSE 1 END, " +
         "CASE WHEN i.business_date <= " + on + " THEN i.business_date END DESC, i.business_date";
}

}  // namespace

std::string active_import(const std::string& alias, const std::optional<base::Instant>& known_at) {
  if (!known_at) return alias + ".replaced_at IS NULL";
  std::string at = known_at->str();
  at.pop_back();  // the warehouse's timestamps are UTC without a zone
  std::string moment = "TIMESTAMP '" + at + "'";
  return "(" + alias + ".applied_at <= " + moment + " AND (" + alias + ".replaced_at IS NULL OR " + alias +
         ".replaced_at > " + moment + "))";
}

Directory Directory::load(warehouse::Warehouse& warehouse, base::Date day,
                          const std::optional<base::Instant>& known_at) {
  std::vector<Org> orgs;
  std::vector<Type> org_types = {Type::text, Type::text, Type::text, Type::text, Type::date, Type::date};
  warehouse.scan(version_sql("f_orgs", "org_id", "f.org_id, f.parent_id, f.name, f.kind, f.opened_on, f.closed_on",
                             day, known_at),
                 org_types, [&](const Chunk& c) {
                   for (size_t r = 0; r < c.rows; ++r)
                     orgs.push_back({text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r), text_at(c, 3, r),
                                     date_at(c, 4, r), date_at(c, 5, r)});
                 });
  std::vector<Staff> staff;
  std::vector<Type> staff_types = {Type::text, Type::text, Type::text, Type::text, Type::text, Type::text,
                                   Type::text, Type::date, Type::date, Type::date, Type::date};
  warehouse.scan(version_sql("f_staff", "staff_id",
                             "f.staff_id, f.name, f.org_id, f.position, f.education, f.title, f.credit_exam, "
                             "f.credit_since, f.hired_on, f.left_on, f.born_on",
                             day, known_at),
                 staff_types, [&](const Chunk& c) {
                   for (size_t r = 0; r < c.rows; ++r)
                     staff.push_back({text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r), text_at(c, 3, r),
                                      text_at(c, 4, r), text_at(c, 5, r), text_at(c, 6, r), date_at(c, 7, r),
                                      date_at(c, 8, r), date_at(c, 9, r), date_at(c, 10, r)});
                 });
  return of(std::move(orgs), std::move(staff));
}

Directory Directory::of(std::vector<Org> orgs, std::vector<Staff> staff) {
  Directory d;
  auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
  std::sort(orgs.begin(), orgs.end(), by_id);
  std::sort(staff.begin(), staff.end(), by_id);
  d.orgs_ = std::move(orgs);
  d.staff_ = std::move(staff);
  for (size_t i = 0; i < d.orgs_.size(); ++i) {
    d.org_at_[d.orgs_[i].id] = i;
    if (!d.orgs_[i].parent.empty()) d.children_.emplace(d.orgs_[i].parent, d.orgs_[i].id);
  }
  for (size_t i = 0; i < d.staff_.size(); ++i) d.staff_at_[d.staff_[i].id] = i;
  return d;
}

const Org* Directory::org(const std::string& id) const {
  auto at = org_at_.find(id);
  return at == org_at_.end() ? nullptr : &orgs_[at->second];
}

const Staff* Directory::person(const std::string& id) const {
  auto at = staff_at_.find(id);
  return at == staff_at_.end() ? nullptr : &staff_[at->second];
}

std::string Directory::branch_of(const std::string& id) const {
  const Org* at = org(id);
  for (size_t steps = 0; at && steps <= orgs_.size(); ++steps) {
    if (at->kind == "branch") return at->id;
    at = at->parent.empty() ? nullptr : org(at->parent);
  }
  return id;
}

std::vector<std::string> Directory::subtree(const std::string& root) const {
  std::set<std::string> seen = {root};
  std::vector<std::string> open = {root};
  while (!open.empty()) {
    std::string id = std::move(open.back());
    open.pop_back();
    auto [from, to] = children_.equal_range(id);
    for (auto it = from; it != to; ++it)
      if (seen.insert(it->second).second) open.push_back(it->second);
  }
  return {seen.begin(), seen.end()};
}

bool Directory::in_post(const Staff& s, base::Date day) {
  return (!s.hired || *s.hired <= day) && (!s.left || *s.left > day);
}

}  // namespace guanhu::people
