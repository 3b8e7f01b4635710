#include "people/teams.h"
#include "base/length.h"

#include <algorithm>
#include <set>

namespace guanhu::people {

using base::Date;
using base::Error;
using base::JsonArray;
using base::JsonObject;

namespace {

std::string maybe(const store::Row& row, size_t column) { return row.maybe_text(column).value_or(""); }

Team read_team(const store::Row& r) {
  return {r.integer(0), r.text(1),        r.text(2), r.text(3), r.text(4),
          r.integer(5), days_of(r, 6, 7), r.text(8), r.text(9), maybe(r, 10),
          maybe(r, 11), maybe(r, 12),     {}};
}

TeamMember read_member(const store::Row& r, size_t at) {
  return {r.integer(at),  r.text(at + 1), r.integer(at + 2) != 0, days_of(r, at + 3, at + 4), r.text(at + 5),
          r.text(at + 6), r.text(at + 7), maybe(r, at + 8),       maybe(r, at + 9),           maybe(r, at + 10)};
}

constexpr const char* kTeams =
    "SELECT team_id, name, purpose, goal, org, version, from_day, to_day, made_at, made_by, ended_at, ended_by,"
    " ended_why FROM teams";
constexpr const char* kMembers =
    "SELECT member_id, staff_id, leads, from_day, to_day, reason, made_at, made_by, ended_at, ended_by, ended_why,"
    " team_id FROM team_members";

void put_in_order(std::vector<TeamMember>& members) {
  std::sort(members.begin(), members.end(), [](const TeamMember& a, const TeamMember& b) {
    return std::tuple(!a.leads, a.days.from, a.staff, a.id) < std::tuple(!b.leads, b.days.from, b.staff, b.id);
  });
}

Error unknown() { return {"team.unknown", "没有这个小组", "", ""}; }

base::Status check_member(const Directory& directory, const std::string& staff, Date from, const char* where) {
  const Staff* found = directory.person(staff);
  if (!found || !Directory::in_post(*found, from))
    return Error{"team.member", from.str() + " 没有在职的员工 " + staff, where, "写在职员工的工号"};
  return {};
}

base::Status check_about(const Directory& directory, const TeamAsk& ask) {
  if (auto fits = check_text(ask.name, "team.name", "name", "小组名称", 120); !fits.ok()) return fits;
  if (auto fits = check_text(ask.purpose, "team.purpose", "purpose", "成立的目的"); !fits.ok()) return fits;
  if (base::characters(ask.goal) > 2000) return Error{"team.goal", "目标太长", "goal", "最多 2000 个字"};
  const Org* org = directory.org(ask.org);
  if (!org || (org->closed && *org->closed <= ask.from))
    return Error{"team.org", "没有机构 " + ask.org + "，或已经撤销", "org", "选一个在营的机构"};
  return {};
}

bool taken(store::Session& session, const std::string& name, int64_t but, Date day) {
  return !session
              .query("SELECT 1 FROM teams WHERE name = ? AND team_id <> ? AND (to_day IS NULL OR to_day >= ?)",
                     {name, but, day.str()})
              .empty();
}

Error name_taken(const std::string& name) {
  return {"team.taken", "已经有小组叫“" + name + "”", "name", "换一个名称，或用那一个"};
}

void add_member(store::Session& session, int64_t team, const std::string& staff, bool leads, Date from,
                const std::string& reason, const Doing& doing) {
  session.exec(
      "INSERT INTO team_members (team_id, staff_id, leads, from_day, reason, made_at, made_by) VALUES (?, ?, ?, ?,"
      " ?, ?, ?)",
      {team, staff, int64_t{leads}, from.str(), reason, doing.at.str(), doing.login});
}

void end_member(store::Session& session, const TeamMember& member, Date last, const std::string& why,
                const Doing& doing) {
  session.exec("UPDATE team_members SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE member_id = ?",
               {last.str(), doing.at.str(), doing.login, why, member.id});
}

std::string subject(int64_t id) { return "team " + std::to_string(id); }

// Inside a transaction: `work` on the team as it is; what it refuses is told, nothing is changed then.
template <class Work>
base::Result<Team> with_team(store::Session& session, int64_t id, const Work& work) {
  base::Result<Team> out = unknown();
  session.transaction([&] {
    out = team(session, id);
    if (!out.ok()) return;
    if (auto done = work(*out); !done.ok()) {
      out = done.error();
      return;
    }
    out = team(session, id);
  });
  return out;
}

base::Status still_there(const Team& team, Date day) {
  if (!team.ended_at.empty() && !team.days.on(day))
    return Error{"team.ended", "小组已于 " + team.days.to->str() + " 解散", "", ""};
  return {};
}

const TeamMember* member_on(const Team& team, const std::string& staff, Date day) {
  for (const auto& m : team.members)
    if (m.staff == staff && (m.days.on(day) || m.days.from > day)) return &m;
  return nullptr;
}

}  // namespace

const TeamMember* Team::leader(Date day) const {
  for (const auto& m : members)
    if (m.leads && m.days.on(day)) return &m;
  return nullptr;
}

std::vector<const TeamMember*> Team::on(Date day) const {
  std::vector<const TeamMember*> out;
  for (const auto& m : members)
    if (m.days.on(day)) out.push_back(&m);
  return out;
}

std::vector<Team> teams(store::Session& session) {
  std::vector<Team> out;
  for (const auto& row : session.query(std::string(kTeams) + " ORDER BY name, team_id"))
    out.push_back(read_team(row));
  std::map<int64_t, Team*> at;
  for (auto& one : out) at[one.id] = &one;
  for (const auto& row : session.query(kMembers)) at.at(row.integer(11))->members.push_back(read_member(row, 0));
  for (auto& one : out) put_in_order(one.members);
  return out;
}

base::Result<Team> team(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kTeams) + " WHERE team_id = ?", {id});
  if (rows.empty()) return unknown();
  Team out = read_team(rows[0]);
  for (const auto& row : session.query(std::string(kMembers) + " WHERE team_id = ?", {id}))
    out.members.push_back(read_member(row, 0));
  put_in_order(out.members);
  return out;
}

std::vector<std::string> team_mates(store::Session& session, const std::string& staff, Date day) {
  const std::string on = day.str();
  std::vector<std::string> out;
  for (const auto& row :
       session.query("SELECT DISTINCT o.staff_id FROM team_members m JOIN teams t ON t.team_id = m.team_id"
                     " JOIN team_members o ON o.team_id = m.team_id"
                     " WHERE m.staff_id = ? AND m.from_day <= ? AND (m.to_day IS NULL OR m.to_day >= ?)"
                     " AND o.from_day <= ? AND (o.to_day IS NULL OR o.to_day >= ?)"
                     " AND (t.to_day IS NULL OR t.to_day >= ?) AND o.staff_id <> ? ORDER BY o.staff_id",
                     {staff, on, on, on, on, on, staff}))
    out.push_back(row.text(0));
  return out;
}

base::Result<Team> make_team(store::Session& session, const Directory& directory, const TeamAsk& ask,
                             const Doing& doing) {
  if (auto fits = check_about(directory, ask); !fits.ok()) return fits.error();
  if (auto fits = check_member(directory, ask.leader, ask.from, "leader"); !fits.ok()) return fits.error();
  std::set<std::string> named = {ask.leader};
  for (const auto& staff : ask.members) {
    if (auto fits = check_member(directory, staff, ask.from, "members"); !fits.ok()) return fits.error();
    if (!named.insert(staff).second)
      return Error{"team.member", staff + " 写了两次", "members", "每人只写一次，组长不必再列为组员"};
  }
  base::Result<Team> out = name_taken(ask.name);
  session.transaction([&] {
    if (taken(session, ask.name, 0, ask.from)) return;
    const int64_t id =
        session
            .query(
                "INSERT INTO teams (name, purpose, goal, org, version, from_day, made_at, made_by) VALUES (?, ?, "
                "?, ?, 1,"
                " ?, ?, ?) RETURNING team_id",
                {ask.name, ask.purpose, ask.goal, ask.org, ask.from.str(), doing.at.str(), doing.login})[0]
            .integer(0);
    add_member(session, id, ask.leader, true, ask.from, ask.purpose, doing);
    for (const auto& staff : ask.members) add_member(session, id, staff, false, ask.from, ask.purpose, doing);
    doing.tell("team.make", subject(id),
               JsonObject{{"name", ask.name},
                          {"org", ask.org},
                          {"from", ask.from.str()},
                          {"leader", ask.leader},
                          {"members", JsonArray(ask.members.begin(), ask.members.end())}});
    out = team(session, id);
  });
  return out;
}

base::Result<Team> change_team(store::Session& session, const Directory& directory, int64_t id, int64_t version,
                               const TeamAsk& ask, const Doing& doing) {
  if (auto fits = check_about(directory, ask); !fits.ok()) return fits.error();
  return with_team(session, id, [&](const Team& now) -> base::Status {
    if (auto there = still_there(now, doing.today); !there.ok()) return there;
    if (now.version != version)
      return Error{"team.changed", "别人刚改过这个小组", std::to_string(now.version), "看过新的内容再改"};
    if (taken(session, ask.name, id, doing.today)) return name_taken(ask.name);
    session.exec(
        "UPDATE teams SET name = ?, purpose = ?, goal = ?, org = ?, version = version + 1 WHERE team_id = ?",
        {ask.name, ask.purpose, ask.goal, ask.org, id});
    doing.tell(
        "team.change", subject(id),
        JsonObject{
            {"name", ask.name},
            {"purpose", ask.purpose},
            {"goal", ask.goal},
            {"org", ask.org},
            {"was",
             JsonObject{{"name", now.name}, {"purpose", now.purpose}, {"goal", now.goal}, {"org", now.org}}}});
    return {};
  });
}

base::Result<Team> join_team(store::Session& session, const Directory& directory, int64_t id,
                             const std::string& staff, bool leads, Date from, const std::string& reason,
                             const Doing& doing) {
  if (auto fits = check_text(reason, "team.reason", "reason", "理由"); !fits.ok()) return fits.error();
  if (auto fits = check_member(directory, staff, from, "staff"); !fits.ok()) return fits.error();
  return with_team(session, id, [&](const Team& now) -> base::Status {
    if (auto there = still_there(now, from); !there.ok()) return there;
    if (from < now.days.from)
      return Error{"team.days", "小组 " + now.days.from.str() + " 才成立", "from", "改到这一天或以后"};
    const TeamMember* in = member_on(now, staff, from);
    if (in && (!leads || in->leads))
      return Error{"team.member", staff + " 自 " + in->days.from.str() + " 已在组里", "staff", "不必再加"};
    if (in) end_member(session, *in, from - 1, reason, doing);
    const TeamMember* leader = now.leader(from);
    if (leads && leader) {
      end_member(session, *leader, from - 1, reason, doing);
      add_member(session, id, leader->staff, false, from, reason, doing);
    }
    add_member(session, id, staff, leads, from, reason, doing);
    doing.tell(leads ? "team.lead" : "team.join", subject(id),
               JsonObject{{"staff", staff}, {"from", from.str()}, {"reason", reason}});
    return {};
  });
}

base::Result<Team> leave_team(store::Session& session, int64_t id, const std::string& staff, Date last,
                              const std::string& reason, const Doing& doing) {
  if (auto fits = check_text(reason, "team.reason", "reason", "理由"); !fits.ok()) return fits.error();
  return with_team(session, id, [&](const Team& now) -> base::Status {
    const TeamMember* in = nullptr;
    for (const auto& m : now.members)
      if (m.staff == staff && !m.days.to) in = &m;
    if (!in) return Error{"team.member", staff + " 不在组里", "staff", ""};
    if (in->leads) return Error{"team.leader", "组长不能就这样退出", "staff", "先换一位组长"};
    if (last < in->days.from - 1)
      return Error{"team.days", staff + " " + in->days.from.str() + " 才加入", "last", "改好最后一天"};
    end_member(session, *in, last, reason, doing);
    doing.tell("team.leave", subject(id), JsonObject{{"staff", staff}, {"last", last.str()}, {"reason", reason}});
    return {};
  });
}

base::Result<Team> end_team(store::Session& session, int64_t id, Date last, const std::string& reason,
                            const Doing& doing) {
  if (auto fits = check_text(reason, "team.reason", "reason", "理由"); !fits.ok()) return fits.error();
  return with_team(session, id, [&](const Team& now) -> base::Status {
    if (!now.ended_at.empty()) return Error{"team.ended", "小组已于 " + now.days.to->str() + " 解散", "", ""};
    if (last < now.days.from - 1)
      return Error{"team.days", "小组 " + now.days.from.str() + " 才成立", "last", "改好最后一天"};
    session.exec(
        "UPDATE teams SET to_day = ?, ended_at = ?, ended_by = ?, ended_why = ?, version = version + 1"
        " WHERE team_id = ?",
        {last.str(), doing.at.str(), doing.login, reason, id});
    for (const auto& m : now.members)
      if (!m.days.to || *m.days.to > last) end_member(session, m, last, reason, doing);
    doing.tell("team.end", subject(id), JsonObject{{"last", last.str()}, {"reason", reason}});
    return {};
  });
}

}  // namespace guanhu::people
