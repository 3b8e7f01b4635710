// Teams (客户小组, 工作小组): a leader, members with their days, an organisation, what it is for. A team is a unit
// of service and a scope: who holds a permission in the scope "team" reaches everybody in the teams they are in.
//
// ORG-613 ORG-624 ORG-628 ORG-635
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"

namespace guanhu::people {

struct TeamMember {
  int64_t id = 0;
  std::string staff;
  bool leads = false;
  Days days;
  std::string reason, made_at, made_by, ended_at, ended_by, ended_why;
};

struct Team {
  int64_t id = 0;
  std::string name, purpose, goal, org;  // goal: what it shall reach; may be empty
  int64_t version = 0;                   // one more with every change of these four
  Days days;
  std::string made_at, made_by, ended_at, ended_by, ended_why;
  std::vector<TeamMember> members;  // all there ever were: the leader first, then by first day and staff

  const TeamMember* leader(base::Date day) const;
  std::vector<const TeamMember*> on(base::Date day) const;
};

std::vector<Team> teams(store::Session& session);  // by name, also those that have ended
// Refused: team.unknown.
base::Result<Team> team(store::Session& session, int64_t id);
// Everybody in the teams that `staff` is in on the day, themselves left out; by id.
std::vector<std::string> team_mates(store::Session& session, const std::string& staff, base::Date day);

struct TeamAsk {
  std::string name, purpose, goal, org;
  base::Date from;
  std::string leader;
  std::vector<std::string> members;  // without the leader
};
// Refused: team.name, team.taken (a team of the name goes on), team.purpose, team.org, team.member (unknown, not
// in post on that day, named twice).
base::Result<Team> make_team(store::Session& session, const Directory& directory, const TeamAsk& ask,
                             const Doing& doing);
// Another name, purpose, goal or organisation. Refused also: team.ended, team.changed (somebody changed it after
// `version`; where: the version that is there).
base::Result<Team> change_team(store::Session& session, const Directory& directory, int64_t id, int64_t version,
                               const TeamAsk& ask, const Doing& doing);
// Refused: team.unknown, team.ended, team.member (also: is in it already), team.reason. A new leader takes over on
// `from`: who led until then stays on as a member.
base::Result<Team> join_team(store::Session& session, const Directory& directory, int64_t id,
                             const std::string& staff, bool leads, base::Date from, const std::string& reason,
                             const Doing& doing);
// `last`: their last day in it. Refused: team.unknown, team.member (not in it), team.leader (name another leader
// first), team.days (before they came), team.reason.
base::Result<Team> leave_team(store::Session& session, int64_t id, const std::string& staff, base::Date last,
                              const std::string& reason, const Doing& doing);
// It and every membership end with that day. Refused: team.unknown, team.ended, team.days, team.reason.
base::Result<Team> end_team(store::Session& session, int64_t id, base::Date last, const std::string& reason,
                            const Doing& doing);

}  // namespace guanhu::people
