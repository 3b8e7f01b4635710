#include "people/directory.h"

#include <map>
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

// Rows in force on `day`: of each key the latest from then or before, else the first known. Chosen here and
// not in SQL: the rows are few, and sorting them costs a database more than reading them.
template <class T>
class InForce {
 public:
  explicit InForce(base::Date day) : day_(day.days()) {}
  void offer(int32_t from, T row) {
    auto fitness = from <= day_ ? std::pair(1, from) : std::pair(0, -from);
    auto [at, fresh] = best_.try_emplace(row.id, fitness, T());
    if (!fresh && at->second.first >= fitness) return;
    at->second = {fitness, std::move(row)};
  }
  std::vector<T> take() {
    std::vector<T> out;
    for (auto& [id, best] : best_) out.push_back(std::move(best.second));
    return out;
  }

 private:
  int32_t day_;
  std::map<std::string, std::pair<std::pair<int, int32_t>, T>> best_;
};

// `columns` and last the business date of every row that counts.
std::string versions_sql(const std::string& table, const std::string& columns,
                         const std::optional<base::Instant>& known_at) {
  return "SELECT " + columns + ", i.business_date FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE " + active_import("i", known_at);
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
  InForce<Org> orgs(day);
  const Type org_types[] = {Type::text, Type::text, Type::text, Type::text, Type::date, Type::date, Type::date};
  warehouse.scan(
      versions_sql("f_orgs", "f.org_id, f.parent_id, f.name, f.kind, f.opened_on, f.closed_on", known_at),
      org_types, [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r)
          orgs.offer(c.columns[6].i32[r], {text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r), text_at(c, 3, r),
                                           date_at(c, 4, r), date_at(c, 5, r)});
      });
  InForce<Staff> staff(day);
  const Type staff_types[] = {Type::text, Type::text, Type::text, Type::text, Type::text, Type::text,
                              Type::text, Type::date, Type::date, Type::date, Type::date, Type::date};
  warehouse.scan(versions_sql("f_staff",
                              "f.staff_id, f.name, f.org_id, f.position, f.education, f.title, f.credit_exam, "
                              "f.credit_since, f.hired_on, f.left_on, f.born_on",
                              known_at),
                 staff_types, [&](const Chunk& c) {
                   for (size_t r = 0; r < c.rows; ++r)
                     staff.offer(c.columns[11].i32[r],
                                 {text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r), text_at(c, 3, r),
                                  text_at(c, 4, r), text_at(c, 5, r), text_at(c, 6, r), date_at(c, 7, r),
                                  date_at(c, 8, r), date_at(c, 9, r), date_at(c, 10, r)});
                 });
  return of(orgs.take(), staff.take());
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
