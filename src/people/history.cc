#include "people/history.h"

#include <algorithm>

namespace guanhu::people {

using base::Date;
using warehouse::Chunk;
using warehouse::Type;

namespace {

std::string text_at(const Chunk& chunk, size_t column, size_t row) {
  const auto& c = chunk.columns[column];
  return c.is_null(row) ? std::string() : std::string(c.text[row]);
}

std::optional<Date> date_at(const Chunk& chunk, size_t column, size_t row) {
  const auto& c = chunk.columns[column];
  return c.is_null(row) ? std::nullopt : std::optional(Date(c.i32[row]));
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

// Every version that counts of one key, oldest first; the last column is its business date.
std::string versions(const std::string& table, const std::string& columns, const std::string& key,
                     const std::string& id) {
  return "SELECT " + columns + ", i.business_date FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE " + active_import("i", std::nullopt) + " AND f." +
         key + " = " + quoted(id) + " ORDER BY i.business_date";
}

}  // namespace

std::vector<OrgEvent> org_history(warehouse::Warehouse& warehouse, const std::string& id) {
  std::vector<std::pair<Date, Org>> seen;
  const Type types[] = {Type::text, Type::text, Type::text, Type::text, Type::date, Type::date, Type::date};
  warehouse.scan(
      versions("f_orgs", "f.org_id, f.parent_id, f.name, f.kind, f.opened_on, f.closed_on", "org_id", id), types,
      [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r)
          seen.emplace_back(Date(c.columns[6].i32[r]), Org{text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r),
                                                           text_at(c, 3, r), date_at(c, 4, r), date_at(c, 5, r)});
      });
  std::vector<OrgEvent> out;
  std::optional<Org> was;
  for (const auto& [day, org] : seen) {
    if (!was) {
      if (org.opened && *org.opened <= day) out.push_back({*org.opened, "opened", "", org.name});
      else out.push_back({day, "known", "", org.name});
    } else {
      if (was->name != org.name) out.push_back({day, "renamed", was->name, org.name});
      if (was->parent != org.parent) out.push_back({day, "moved", was->parent, org.parent});
      if (was->kind != org.kind) out.push_back({day, "turned", was->kind, org.kind});
    }
    if (org.closed && (!was || was->closed != org.closed)) out.push_back({*org.closed, "closed", org.name, ""});
    was = org;
  }
  std::stable_sort(out.begin(), out.end(), [](const OrgEvent& a, const OrgEvent& b) { return a.day < b.day; });
  return out;
}

std::vector<FeedPost> feed_posts(warehouse::Warehouse& warehouse, const std::string& staff) {
  std::vector<FeedPost> out;
  const Type types[] = {Type::text, Type::text, Type::text, Type::date, Type::date, Type::date};
  warehouse.scan(
      versions("f_staff", "f.org_id, f.position, f.title, f.hired_on, f.left_on", "staff_id", staff), types,
      [&](const Chunk& c) {
        for (size_t r = 0; r < c.rows; ++r) {
          FeedPost post{
              {Date(c.columns[5].i32[r]), std::nullopt}, text_at(c, 0, r), text_at(c, 1, r), text_at(c, 2, r)};
          const auto hired = date_at(c, 3, r), left = date_at(c, 4, r);
          if (out.empty() && hired && *hired < post.days.from) post.days.from = *hired;
          const bool same = !out.empty() && out.back().org == post.org && out.back().position == post.position;
          if (same) {
            out.back().title = post.title;
          } else {
            if (!out.empty()) out.back().days.to = post.days.from - 1;
            out.push_back(post);
          }
          // left_on: the first day they are no longer in post.
          out.back().days.to = left ? std::optional(std::max(*left - 1, out.back().days.from)) : std::nullopt;
        }
      });
  return out;
}

}  // namespace guanhu::people
