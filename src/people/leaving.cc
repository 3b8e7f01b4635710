#include "people/leaving.h"

#include <algorithm>
#include <map>

#include "people/delegations.h"
#include "people/posts.h"
#include "people/roles.h"
#include "people/teams.h"

namespace guanhu::people {

using base::Date;
using base::Error;
using base::JsonObject;

namespace {

constexpr std::string_view kKinds[] = {"resigned", "moved", "retired", "dismissed", "other"};
constexpr const char* kSelect =
    "SELECT leaving_id, staff_id, kind, last_day, reason, state, opened_at, opened_by, decided_at, decided_by,"
    " decided_why FROM leavings";

std::string maybe(const store::Row& row, size_t column) { return row.maybe_text(column).value_or(""); }

Leaving read(const store::Row& r) {
  return {r.integer(0), r.text(1),   r.text(2),   Date::parse(r.text(3)).value(),
          r.text(4),    r.text(5),   r.text(6),   r.text(7),
          maybe(r, 8),  maybe(r, 9), maybe(r, 10)};
}

Error unknown() { return {"leaving.unknown", "没有这个离岗手续", "", ""}; }
Error not_open(const Leaving& of) {
  return {"leaving.state", of.state == "closed" ? "已经办结" : "已经撤回", "", ""};
}

void keep_line(store::Session& session, int64_t id, const LeavingLine& line) {
  session.exec(
      "INSERT INTO leaving_items (leaving_id, source, item, title, detail, link, own_end, seen_at, state, "
      "settled_at,"
      " settled_by, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (leaving_id, source, item) DO "
      "UPDATE"
      " SET state = excluded.state, settled_at = excluded.settled_at, settled_by = excluded.settled_by,"
      " why = excluded.why",
      {id, line.item.source, line.item.item, line.item.title, line.item.detail, line.item.link,
       int64_t{line.item.own_end}, line.seen_at, line.state, line.settled_at, line.settled_by, line.why});
}

// Inside a transaction, the case when it is open and not the doer's own.
base::Result<Leaving> open_case(store::Session& session, int64_t id, const Doing& doing) {
  auto found = leaving(session, id);
  if (!found.ok()) return found;
  if (found->state != "open") return not_open(*found);
  if (found->staff == doing.staff) return Error{"leaving.self", "不能办自己的离岗", "", "由人力资源和上级办理"};
  return found;
}

template <class Work>
base::Result<Leaving> change(store::Session& session, int64_t id, const std::string& reason, const Doing& doing,
                             const Work& work) {
  if (auto fits = check_text(reason, "leaving.reason", "reason", "理由"); !fits.ok()) return fits.error();
  base::Result<Leaving> out = unknown();
  session.transaction([&] {
    out = open_case(session, id, doing);
    if (!out.ok()) return;
    if (auto done = work(*out); !done.ok()) {
      out = done.error();
      return;
    }
    out = leaving(session, id);
  });
  return out;
}

void decide(store::Session& session, const Leaving& of, const char* state, const std::string& reason,
            const Doing& doing) {
  session.exec(
      "UPDATE leavings SET state = ?, decided_at = ?, decided_by = ?, decided_why = ? WHERE leaving_id = ?",
      {state, doing.at.str(), doing.login, reason, of.id});
}

// Roles go, and stand as history among what was given.
void close_login(store::Session& session, const Login& login, const Leaving& of, const Doing& doing) {
  const std::string at = doing.at.str(), day = doing.today.str(), why = "离岗 " + std::to_string(of.id);
  session.exec(
      "UPDATE role_gifts SET to_day = CASE WHEN from_day > ? THEN from_day ELSE ? END, ended_at = ?,"
      " ended_by = ?, ended_why = ? WHERE login = ? AND ended_at IS NULL AND (to_day IS NULL OR to_day > ?)",
      {day, day, at, doing.login, why, login.login, day});
  session.exec(
      "UPDATE role_gifts SET state = 'refused', decided_at = ?, decided_by = ?, decided_why = ?"
      " WHERE login = ? AND state = 'waiting'",
      {at, doing.login, why, login.login});
  auto made = session.query("SELECT created_at FROM logins WHERE login = ?", {login.login});
  const std::string since = day_here(base::Instant{made[0].integer(0)}).str();
  for (Role role : login.roles)
    session.exec(
        "INSERT INTO role_gifts (login, role, from_day, to_day, reason, state, needs, given_at, given_by,"
        " ended_at, ended_by, ended_why) VALUES (?, ?, ?, ?, ?, 'given', '', ?, ?, ?, ?, ?)",
        {login.login, std::string(role_name(role)), std::min(since, day), day, "离岗前的角色", at, doing.login, at,
         doing.login, why});
  session.exec("DELETE FROM login_roles WHERE login = ?", {login.login});
  session.exec("UPDATE logins SET disabled = 1 WHERE login = ?", {login.login});
  session.exec("DELETE FROM sessions WHERE login = ?", {login.login});
  doing.tell("user.close", "login " + login.login, JsonObject{{"leaving", of.id}, {"staff_id", of.staff}});
}

// What ends with the case, whatever it was.
void end_all(store::Session& session, const Leaving& of, const Doing& doing) {
  const std::string at = doing.at.str(), last = of.last_day.str(), why = "离岗 " + std::to_string(of.id);
  const auto end = [&](const char* table, const char* column) {
    session.exec(std::string("UPDATE ") + table +
                     " SET to_day = CASE WHEN from_day > ? THEN from_day ELSE ? END,"
                     " ended_at = ?, ended_by = ?, ended_why = ? WHERE " +
                     column + " = ? AND ended_at IS NULL AND (to_day IS NULL OR to_day > ?)",
                 {last, last, at, doing.login, why, of.staff, last});
  };
  end("team_members", "staff_id");
  end("posts", "staff_id");
  end("posts", "stands_for");
  end("delegations", "giver");
  end("delegations", "taker");
  for (const Login& login : list_logins(session))
    if (login.staff_id == of.staff) close_login(session, login, of, doing);
}

Error still_held(const std::vector<LeavingLine>& open) {
  std::string names;
  for (size_t i = 0; i < open.size() && i < 3; ++i) names += (i ? "、" : "") + open[i].item.title;
  if (open.size() > 3) names += " 等";
  return {"leaving.held", "还有 " + std::to_string(open.size()) + " 项没有移交：" + names,
          open[0].item.source + " " + open[0].item.item, "逐项移交，或由上级写明理由签字放行"};
}

}  // namespace

std::vector<LeavingItem> held_by(const std::vector<LeavingSource>& sources, const std::string& staff) {
  std::vector<LeavingItem> out;
  for (const auto& source : sources)
    for (auto& item : source.held(staff)) {
      item.source = source.id;
      out.push_back(std::move(item));
    }
  return out;
}

std::vector<Leaving> leavings(store::Session& session) {
  std::vector<Leaving> out;
  for (const auto& row : session.query(std::string(kSelect) +
                                       " ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, leaving_id DESC"))
    out.push_back(read(row));
  return out;
}

base::Result<Leaving> leaving(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kSelect) + " WHERE leaving_id = ?", {id});
  if (rows.empty()) return unknown();
  return read(rows[0]);
}

std::optional<Leaving> open_leaving_of(store::Session& session, const std::string& staff) {
  auto rows = session.query(std::string(kSelect) + " WHERE staff_id = ? AND state = 'open'", {staff});
  return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

std::vector<LeavingLine> leaving_lines(store::Session& session, const Leaving& of,
                                       const std::vector<LeavingItem>& held) {
  std::map<std::pair<std::string, std::string>, LeavingLine> lines;
  for (const auto& r :
       session.query("SELECT source, item, title, detail, link, own_end, seen_at, state, settled_at,"
                     " settled_by, why FROM leaving_items WHERE leaving_id = ?",
                     {of.id}))
    lines[{r.text(0), r.text(1)}] = {{r.text(0), r.text(1), r.text(2), r.text(3), r.text(4), r.integer(5) != 0},
                                     r.text(7),
                                     r.text(6),
                                     maybe(r, 8),
                                     maybe(r, 9),
                                     maybe(r, 10)};
  if (of.state == "open") {
    std::map<std::pair<std::string, std::string>, const LeavingItem*> now;
    for (const auto& item : held) now[{item.source, item.item}] = &item;
    for (auto& [key, line] : lines)
      if (line.state == "held" && !now.count(key)) line.state = "handed";
    for (const auto& [key, item] : now) {
      auto& line = lines[key];
      if (line.state.empty() || line.state == "handed") line.state = "held";
      line.item = *item;
    }
  }
  std::vector<LeavingLine> out;
  for (auto& [key, line] : lines) out.push_back(std::move(line));
  return out;
}

std::vector<LeavingLine> keeps_open(const std::vector<LeavingLine>& lines) {
  std::vector<LeavingLine> out;
  for (const auto& line : lines)
    if (line.state == "held" && !line.item.own_end) out.push_back(line);
  return out;
}

namespace {

// A mistaken year is the commonest slip in such a day: it is more than this before today, or before the day on
// which the extracts say that they left.
constexpr int kFarBack = 365;

base::Status check_last_day(store::Session& session, const Staff& person, const Leaving& ask, const Doing& doing) {
  auto wrong = [&](const std::string& why) {
    return Error{"leaving.day", "最后一天 " + ask.last_day.str() + why, "last_day", "看看年份，改好最后一天"};
  };
  if (person.hired && ask.last_day < *person.hired) return wrong(" 在入职日 " + person.hired->str() + " 以前");
  const Date about = person.left && *person.left < doing.today ? *person.left : doing.today;
  if (about - ask.last_day > kFarBack) return wrong(" 比 " + about.str() + " 早一年以上");
  for (const auto& post : posts(session, {.staff = ask.staff, .kind = "", .on = doing.today}))
    if (post.staff == ask.staff && ask.last_day < post.days.from)
      return wrong(" 在岗位“" + post.title + "”开始的 " + post.days.from.str() + " 以前");
  return {};
}

}  // namespace

base::Result<Leaving> open_leaving(store::Session& session, const Directory& directory, const Leaving& ask,
                                   const std::vector<LeavingItem>& held, const Doing& doing) {
  const Staff* person = directory.person(ask.staff);
  if (!person) return Error{"leaving.staff", "没有员工 " + ask.staff, "staff", "写工号"};
  if (ask.staff == doing.staff) return Error{"leaving.self", "不能办自己的离岗", "staff", "由别人办理"};
  if (std::find(std::begin(kKinds), std::end(kKinds), ask.kind) == std::end(kKinds))
    return Error{"leaving.kind", "没有“" + ask.kind + "”这一种", "kind",
                 "resigned、moved、retired、dismissed 或 other"};
  if (auto fits = check_text(ask.reason, "leaving.reason", "reason", "事由"); !fits.ok()) return fits.error();
  if (auto fits = check_last_day(session, *person, ask, doing); !fits.ok()) return fits.error();
  base::Result<Leaving> out = unknown();
  session.transaction([&] {
    if (auto there = open_leaving_of(session, ask.staff)) {
      out = Error{"leaving.open", "他的离岗手续 " + there->opened_at.substr(0, 10) + " 已经在办", "staff",
                  "接着办那一件"};
      return;
    }
    const int64_t id =
        session
            .query(
                "INSERT INTO leavings (staff_id, kind, last_day, reason, state, opened_at, opened_by)"
                " VALUES (?, ?, ?, ?, 'open', ?, ?) RETURNING leaving_id",
                {ask.staff, ask.kind, ask.last_day.str(), ask.reason, doing.at.str(), doing.login})[0]
            .integer(0);
    for (const auto& item : held) keep_line(session, id, {item, "held", doing.at.str(), "", "", ""});
    doing.tell(
        "leaving.open", "leaving " + std::to_string(id),
        JsonObject{
            {"staff", ask.staff}, {"kind", ask.kind}, {"last_day", ask.last_day.str()}, {"items", held.size()}});
    out = leaving(session, id);
  });
  return out;
}

base::Status sign_item(store::Session& session, int64_t id, const std::string& source, const std::string& item,
                       const std::string& reason, const std::vector<LeavingItem>& held, const Doing& doing) {
  auto done = change(session, id, reason, doing, [&](const Leaving& of) -> base::Status {
    for (auto& line : leaving_lines(session, of, held)) {
      if (line.item.source != source || line.item.item != item) continue;
      if (line.state != "held" || line.item.own_end) break;
      if (line.seen_at.empty()) line.seen_at = doing.at.str();
      line.state = "signed", line.settled_at = doing.at.str(), line.settled_by = doing.login, line.why = reason;
      keep_line(session, id, line);
      doing.tell("leaving.sign", "leaving " + std::to_string(id),
                 JsonObject{{"source", source}, {"item", item}, {"reason", reason}});
      return {};
    }
    return Error{"leaving.item", "这一项不必签字：已经移交、签过字，或随离岗自行结束", "", ""};
  });
  return done.ok() ? base::Status() : base::Status(done.error());
}

base::Result<Leaving> close_leaving(store::Session& session, int64_t id, const std::string& reason,
                                    const std::vector<LeavingItem>& held, const Doing& doing) {
  return change(session, id, reason, doing, [&](const Leaving& of) -> base::Status {
    auto lines = leaving_lines(session, of, held);
    if (auto open = keeps_open(lines); !open.empty()) return still_held(open);
    if (doing.today < of.last_day)
      return Error{"leaving.early", "最后一天是 " + of.last_day.str() + "，还没有到", "", "那一天或以后再办结"};
    for (auto& line : lines) {
      if (line.seen_at.empty()) line.seen_at = doing.at.str();
      if (line.state == "held") line.state = "ended";
      if (line.settled_at.empty()) line.settled_at = doing.at.str(), line.settled_by = doing.login;
      keep_line(session, id, line);
    }
    decide(session, of, "closed", reason, doing);
    end_all(session, of, doing);
    doing.tell("leaving.close", "leaving " + std::to_string(id),
               JsonObject{{"staff", of.staff}, {"items", lines.size()}, {"reason", reason}});
    return {};
  });
}

base::Result<Leaving> withdraw_leaving(store::Session& session, int64_t id, const std::string& reason,
                                       const Doing& doing) {
  return change(session, id, reason, doing, [&](const Leaving& of) -> base::Status {
    decide(session, of, "withdrawn", reason, doing);
    doing.tell("leaving.withdraw", "leaving " + std::to_string(id),
               JsonObject{{"staff", of.staff}, {"reason", reason}});
    return {};
  });
}

std::vector<LeavingSource> own_leaving_sources(store::Session& session, Date day) {
  std::vector<LeavingSource> out;
  out.push_back({"team_lead", "带领的小组", [&session, day](const std::string& staff) {
                   std::vector<LeavingItem> items;
                   for (const Team& team : teams(session))
                     if (const TeamMember* leader = team.leader(day); leader && leader->staff == staff)
                       items.push_back({"", std::to_string(team.id), team.name, "换一位组长或解散小组",
                                        "/teams/" + std::to_string(team.id), false});
                   return items;
                 }});
  out.push_back({"team", "小组成员", [&session, day](const std::string& staff) {
                   std::vector<LeavingItem> items;
                   for (const Team& team : teams(session))
                     for (const TeamMember* m : team.on(day))
                       if (m->staff == staff && !m->leads)
                         items.push_back({"", std::to_string(team.id), team.name, "",
                                          "/teams/" + std::to_string(team.id), true});
                   return items;
                 }});
  out.push_back({"post", "兼职和 AB 岗", [&session, day](const std::string& staff) {
                   std::vector<LeavingItem> items;
                   for (const Post& post : posts(session, {.staff = staff, .kind = "", .on = day}))
                     items.push_back({"", std::to_string(post.id), post.title, "", "/staff/" + staff, true});
                   return items;
                 }});
  out.push_back(
      {"role", "登录和角色", [&session, day](const std::string& staff) {
         std::vector<LeavingItem> items;
         for (const Login& login : list_logins(session)) {
           if (login.staff_id != staff || login.disabled) continue;
           for (Role role : login.roles)
             items.push_back({"", login.login + " " + std::string(role_name(role)), std::string(role_title(role)),
                              "登录 " + login.login, "", true});
           for (const Gift& gift :
                gifts(session, {.login = login.login, .role = "", .state = "given", .after = day}))
             items.push_back({"", login.login + " " + gift.role, gift.role, "登录 " + login.login, "", true});
         }
         return items;
       }});
  out.push_back({"delegation", "委托", [&session, day](const std::string& staff) {
                   std::vector<LeavingItem> items;
                   for (const Delegation& one :
                        delegations(session, {.giver = "", .taker = "", .person = staff, .on = day}))
                     items.push_back({"", std::to_string(one.id), one.what, one.giver + " → " + one.taker,
                                      "/delegations", true});
                   return items;
                 }});
  return out;
}

}  // namespace guanhu::people
