#include "workbench/absence.h"
#include "base/length.h"

#include <algorithm>
#include <set>

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::JsonObject;

namespace {

constexpr int kLongest = 366;

Absence read(const store::Row& row) {
  return {row.integer(0),
          row.text(1),
          row.text(2),
          Date::parse(row.text(3)).value(),
          Date::parse(row.text(4)).value(),
          row.text(5),
          row.text(6),
          row.text(7),
          row.text(8),
          row.maybe_text(9).value_or(""),
          row.maybe_text(10).value_or("")};
}

constexpr const char* kSelect =
    "SELECT absence_id, staff_id, substitute, from_day, to_day, kind, reason, made_at, made_by, ended_at, ended_by"
    " FROM absences";

base::Status check(const people::Directory& directory, const Absence& a) {
  const people::Staff *who = directory.person(a.staff), *instead = directory.person(a.substitute);
  if (!who) return Error{"absence.staff", "没有员工 " + a.staff, "staff", "写工号"};
  if (!instead || !people::Directory::in_post(*instead, a.from))
    return Error{"absence.substitute", "没有在职的员工 " + a.substitute, "substitute", "写在职员工的工号"};
  if (a.staff == a.substitute) return Error{"absence.substitute", "不能由本人代办", "substitute", "另选一个人"};
  if (a.to < a.from || a.to - a.from > kLongest)
    return Error{"absence.days", "止日在起日以前，或超过一年", "to", "改好起止日期"};
  const std::set<std::string> kinds = {"leave", "rotation", "training", "post_b", "other"};
  if (!kinds.contains(a.kind))
    return Error{"absence.kind", "没有“" + a.kind + "”这一种", "kind",
                 "leave、rotation、training、post_b 或 other"};
  if (a.reason.find_first_not_of(" \t\r\n") == a.reason.npos || base::characters(a.reason) > 2000)
    return Error{"todo.reason", "没有写事由，或太长", "reason", "用一句话写明"};
  return {};
}

// Somebody's absence that shares a day with the days given.
std::optional<Absence> meets(store::Session& session, const std::string& staff, Date from, Date to) {
  auto rows = session.query(std::string(kSelect) +
                                " WHERE staff_id = ? AND ended_at IS NULL AND from_day <= ? AND to_day >= ?"
                                " ORDER BY from_day LIMIT 1",
                            {staff, to.str(), from.str()});
  return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

std::string days(const Absence& a) { return a.from.str() + " 至 " + a.to.str(); }

}  // namespace

std::vector<Absence> absences(store::Session& session, const AbsenceFilter& filter) {
  std::string sql = std::string(kSelect) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  auto add = [&](const char* part, std::initializer_list<store::Value> more) {
    sql += part;
    values.insert(values.end(), more.begin(), more.end());
  };
  if (!filter.staff.empty()) add(" AND staff_id = ?", {filter.staff});
  if (!filter.substitute.empty()) add(" AND substitute = ?", {filter.substitute});
  if (filter.on) add(" AND from_day <= ? AND to_day >= ?", {filter.on->str(), filter.on->str()});
  if (!filter.ended) add(" AND ended_at IS NULL", {});
  std::vector<Absence> out;
  for (const auto& row : session.query(sql + " ORDER BY from_day, absence_id", values)) out.push_back(read(row));
  return out;
}

base::Result<Absence> record_absence(store::Session& session, const people::Directory& directory,
                                     const Absence& absence, const TodoDoing& doing) {
  if (auto fits = check(directory, absence); !fits.ok()) return fits.error();
  std::optional<base::Result<Absence>> out;
  session.transaction([&] {
    if (auto other = meets(session, absence.staff, absence.from, absence.to)) {
      out = Error{"absence.overlap", "这些日子里已经有一次：" + days(*other), "from", "先收回那一次，或改日期"};
      return;
    }
    if (auto other = meets(session, absence.substitute, absence.from, absence.to)) {
      out = Error{"absence.both", "代办的人 " + days(*other) + " 自己也不在", "substitute", "另选一个人"};
      return;
    }
    auto rows = session.query(
        "INSERT INTO absences (staff_id, substitute, from_day, to_day, kind, reason, made_at, made_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING absence_id",
        {absence.staff, absence.substitute, absence.from.str(), absence.to.str(), absence.kind, absence.reason,
         doing.at.str(), doing.login});
    Absence made = absence;
    made.id = rows[0].integer(0), made.made_at = doing.at.str(), made.made_by = doing.login;
    if (doing.also)
      doing.also("absence.record", "absence " + std::to_string(made.id),
                 JsonObject{{"staff", made.staff},
                            {"substitute", made.substitute},
                            {"from", made.from.str()},
                            {"to", made.to.str()},
                            {"kind", made.kind}});
    out = made;
  });
  return std::move(*out);
}

base::Result<Absence> end_absence(store::Session& session, int64_t id, const std::string& reason,
                                  const TodoDoing& doing) {
  if (reason.find_first_not_of(" \t\r\n") == reason.npos || base::characters(reason) > 2000)
    return Error{"todo.reason", "没有写收回的理由，或太长", "reason", "用一句话写明"};
  std::optional<base::Result<Absence>> out;
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE absence_id = ?", {id});
    if (rows.empty()) {
      out = Error{"absence.unknown", "没有这一次不在岗", "", ""};
      return;
    }
    Absence found = read(rows[0]);
    if (!found.ended_at.empty()) {
      out = Error{"absence.ended", "已经收回了", "", ""};
      return;
    }
    session.exec("UPDATE absences SET ended_at = ?, ended_by = ? WHERE absence_id = ?",
                 {doing.at.str(), doing.login, id});
    found.ended_at = doing.at.str(), found.ended_by = doing.login;
    if (doing.also)
      doing.also("absence.end", "absence " + std::to_string(id),
                 JsonObject{{"staff", found.staff}, {"reason", reason}});
    out = found;
  });
  return std::move(*out);
}

std::vector<std::string> stands_in_for(store::Session& session, const std::string& staff, Date day) {
  std::vector<std::string> out, next = {staff};
  while (!next.empty()) {
    const std::string at = next.back();
    next.pop_back();
    for (const auto& one : absences(session, {.staff = "", .substitute = at, .on = day})) {
      if (one.staff == staff || std::find(out.begin(), out.end(), one.staff) != out.end()) continue;
      out.push_back(one.staff);
      next.push_back(one.staff);
    }
  }
  return out;
}

}  // namespace guanhu::workbench
