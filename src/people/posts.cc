#include "people/posts.h"

#include <algorithm>

namespace guanhu::people {

using base::Date;
using base::Error;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT post_id, staff_id, kind, title, org, stands_for, from_day, to_day, document, reason, made_at, made_by,"
    " ended_at, ended_by, ended_why FROM posts";

Post read(const store::Row& r) {
  auto maybe = [&](size_t column) { return r.maybe_text(column).value_or(""); };
  return {r.integer(0), r.text(1), r.text(2),  r.text(3),  r.text(4), maybe(5),  days_of(r, 6, 7),
          r.text(8),    r.text(9), r.text(10), r.text(11), maybe(12), maybe(13), maybe(14)};
}

base::Status check_partner(const Directory& directory, const Post& p) {
  const Staff* whose = directory.person(p.stands_for);
  if (!whose || !Directory::in_post(*whose, p.days.from))
    return Error{"post.for", "没有在职的员工 " + p.stands_for, "stands_for", "写在职员工的工号"};
  if (p.stands_for == p.staff) return Error{"post.for", "不能给自己当 B 岗", "stands_for", "另选一个人"};
  return {};
}

base::Status check(const Directory& directory, const Post& p) {
  if (std::find(std::begin(kPostKinds), std::end(kPostKinds), p.kind) == std::end(kPostKinds))
    return Error{"post.kind", "没有“" + p.kind + "”这一种岗位", "kind",
                 "part_time、acting、clerk、post_b 或 other"};
  const Staff* who = directory.person(p.staff);
  if (!who || !Directory::in_post(*who, p.days.from))
    return Error{"post.staff", p.days.from.str() + " 没有在职的员工 " + p.staff, "staff", "写在职员工的工号"};
  if (auto fits = check_text(p.title, "post.title", "title", "岗位名称", 120); !fits.ok()) return fits;
  if (!directory.org(p.org)) return Error{"post.org", "没有机构 " + p.org, "org", "选一个机构"};
  if (auto fits = check_days(p.days); !fits.ok()) return fits;
  if (p.kind == "post_b")
    if (auto fits = check_partner(directory, p); !fits.ok()) return fits;
  if (auto fits = check_text(p.document, "post.document", "document", "依据的文号", 300); !fits.ok()) return fits;
  return check_text(p.reason, "post.reason", "reason", "理由");
}

// The same post on one of the days, sent a second time. What was taken back at once has no day left.
std::optional<Error> had_already(store::Session& session, const Post& p) {
  for (const auto& other : posts(session, {.staff = p.staff, .kind = "", .on = {}})) {
    const bool taken_back = other.days.to && *other.days.to < other.days.from;
    if (taken_back || other.staff != p.staff || other.title != p.title || other.org != p.org ||
        other.stands_for != (p.kind == "post_b" ? p.stands_for : "") || !other.days.meets(p.days))
      continue;
    return Error{"post.have", p.staff + " 自 " + other.days.from.str() + " 起已有“" + p.title + "”这个岗位",
                 "title", "先结束那一个，或改日期"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Post> posts(store::Session& session, const PostFilter& filter) {
  std::string sql = std::string(kSelect) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  if (!filter.staff.empty()) {
    sql += " AND (staff_id = ? OR stands_for = ?)";
    values.insert(values.end(), {filter.staff, filter.staff});
  }
  if (!filter.kind.empty()) sql += " AND kind = ?", values.emplace_back(filter.kind);
  if (filter.on) {
    sql += " AND from_day <= ? AND (to_day IS NULL OR to_day >= ?)";
    values.insert(values.end(), {filter.on->str(), filter.on->str()});
  }
  std::vector<Post> out;
  for (const auto& row : session.query(sql + " ORDER BY from_day, post_id", values)) out.push_back(read(row));
  return out;
}

base::Result<Post> record_post(store::Session& session, const Directory& directory, const Post& post,
                               const Doing& doing) {
  if (auto fits = check(directory, post); !fits.ok()) return fits.error();
  const bool ab = post.kind == "post_b";
  base::Result<Post> out = Error{};
  session.transaction([&] {
    if (ab)
      for (const auto& other : posts(session, {.staff = post.stands_for, .kind = "post_b", .on = {}}))
        if (other.stands_for == post.stands_for && other.days.meets(post.days)) {
          out = Error{"post.for", other.staff + " 自 " + other.days.from.str() + " 起已是他的 B 岗", "stands_for",
                      "先结束那一个，或改日期"};
          return;
        }
    if (auto have = had_already(session, post)) {
      out = *have;
      return;
    }
    auto rows = session.query(
        "INSERT INTO posts (staff_id, kind, title, org, stands_for, from_day, to_day, document, reason, made_at,"
        " made_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING post_id",
        {post.staff, post.kind, post.title, post.org,
         ab ? store::Value(post.stands_for) : store::Value(std::monostate{}), post.days.from.str(),
         to_value(post.days.to), post.document, post.reason, doing.at.str(), doing.login});
    const int64_t id = rows[0].integer(0);
    doing.tell("post.record", "post " + std::to_string(id),
               JsonObject{{"staff", post.staff},
                          {"kind", post.kind},
                          {"title", post.title},
                          {"org", post.org},
                          {"stands_for", ab ? post.stands_for : ""},
                          {"from", post.days.from.str()},
                          {"to", post.days.to ? base::Json(post.days.to->str()) : base::Json()}});
    out = read(session.query(std::string(kSelect) + " WHERE post_id = ?", {id})[0]);
  });
  return out;
}

base::Result<Post> end_post(store::Session& session, int64_t id, Date last, const std::string& reason,
                            const Doing& doing) {
  if (auto fits = check_text(reason, "post.reason", "reason", "理由"); !fits.ok()) return fits.error();
  base::Result<Post> out = Error{"post.unknown", "没有这一条岗位", "", ""};
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE post_id = ?", {id});
    if (rows.empty()) return;
    Post found = read(rows[0]);
    if (!found.ended_at.empty()) {
      out = Error{"post.ended", "已经结束了", "", ""};
      return;
    }
    if (last < found.days.from - 1) {
      out = Error{"post.days", "这个岗位 " + found.days.from.str() + " 才开始", "last", "改好最后一天"};
      return;
    }
    session.exec("UPDATE posts SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE post_id = ?",
                 {last.str(), doing.at.str(), doing.login, reason, id});
    doing.tell("post.end", "post " + std::to_string(id),
               JsonObject{{"staff", found.staff}, {"last", last.str()}, {"reason", reason}});
    out = read(session.query(std::string(kSelect) + " WHERE post_id = ?", {id})[0]);
  });
  return out;
}

std::string standing_substitute(store::Session& session, const std::string& staff, Date day) {
  for (const auto& post : posts(session, {.staff = staff, .kind = "post_b", .on = day}))
    if (post.stands_for == staff) return post.staff;
  return "";
}

}  // namespace guanhu::people
