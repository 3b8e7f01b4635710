#include "attribution/register.h"

#include <algorithm>
#include <map>
#include <set>

#include "attribution/shares.h"
#include "base/decimal.h"
#include "base/length.h"

namespace guanhu::attribution {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT e.entry_id, e.kind, e.subject, e.customer, e.org, e.from_day, e.to_day, e.reason, e.origin, "
    "e.origin_id, e.state, e.made_at, e.made_by, e.made_person, e.checked_at, e.checked_by, e.check_note, "
    "e.ended_at, e.ended_by, e.ended_why FROM assignment_entries e";

Registered read(const store::Row& r) {
  Registered out;
  out.id = r.integer(0);
  out.what = {r.text(1),    r.text(2), r.text(3), r.text(4), Date::parse(r.text(5)).value(),
              std::nullopt, {},        r.text(7), r.text(8), r.integer(9)};
  if (auto to = r.maybe_text(6)) out.what.to = Date::parse(*to);
  auto text = [&](size_t column) { return r.maybe_text(column).value_or(""); };
  out.state = r.text(10), out.made_at = r.text(11), out.made_by = r.text(12), out.made_person = r.text(13);
  out.checked_at = text(14), out.checked_by = text(15), out.check_note = text(16);
  out.ended_at = text(17), out.ended_by = text(18), out.ended_why = text(19);
  return out;
}

// The managers of each, main first.
void add_managers(store::Session& session, std::vector<Registered>& all) {
  constexpr size_t kAtOnce = 500;
  std::map<int64_t, Registered*> by_id;
  for (Registered& one : all) by_id[one.id] = &one;
  for (size_t at = 0; at < all.size(); at += kAtOnce) {
    std::string marks;
    std::vector<store::Value> ids;
    for (size_t i = at; i < std::min(all.size(), at + kAtOnce); ++i)
      marks += marks.empty() ? "?" : ", ?", ids.push_back(all[i].id);
    for (const auto& row :
         session.query("SELECT entry_id, staff_id, role, share FROM assignment_parts WHERE entry_id "
                       "IN (" +
                           marks + ") ORDER BY entry_id, role DESC, staff_id",
                       ids))
      by_id.at(row.integer(0))
          ->what.managers.push_back({row.text(1), row.text(2) == "main", static_cast<int32_t>(row.integer(3))});
  }
}

int64_t known_now(store::Session& session, const RegisterDoing& doing) {
  int64_t last = doing.floor.micros;
  for (const auto& row : session.query("SELECT max(known_from), max(known_to) FROM assignment_entries"))
    for (size_t c : {0u, 1u}) last = std::max(last, row.maybe_integer(c).value_or(0));
  return std::max(doing.at.micros, last + 1);
}

JsonObject told(const Assign& what) {
  JsonArray managers;
  for (const ManagerShare& m : what.managers)
    managers.push_back(JsonObject{{"staff", m.staff}, {"role", m.main ? "main" : "assist"}, {"share", m.share}});
  return {{"kind", what.kind},
          {"id", what.id},
          {"from", what.from.str()},
          {"to", what.to ? Json(what.to->str()) : Json()},
          {"managers", std::move(managers)},
          {"origin", what.origin}};
}

std::string name_of(int64_t id) { return "assignment " + std::to_string(id); }

base::Status check_managers(const people::Directory& directory, const Assign& ask) {
  auto wrong = [](const std::string& what, const char* hint) {
    return Error{"assignment.managers", what, "managers", hint};
  };
  if (ask.managers.empty()) return wrong("没有写由谁服务", "写一位主办，需要时再写协办");
  std::set<std::string> seen;
  int32_t sum = 0;
  int mains = 0;
  for (const ManagerShare& m : ask.managers) {
    if (!seen.insert(m.staff).second) return wrong(m.staff + " 写了两次", "一个人写一行");
    if (m.share <= 0) return wrong(m.staff + " 的份额不大于 0", "不分份额的不用写进来");
    sum += m.share, mains += m.main;
    const people::Staff* person = directory.person(m.staff);
    if (!person || !people::Directory::in_post(*person, ask.from))
      return Error{"assignment.staff", "没有在 " + ask.from.str() + " 在职的员工 " + m.staff, "managers",
                   "写在职员工的工号"};
  }
  // CUS-310
  if (mains != 1) return wrong(mains == 0 ? "没有主办" : "主办多于一位", "主办正好一位，其他人写协办");
  if (sum != kWhole)
    return wrong("份额合计 " + base::Decimal::make(sum, -2).str() + "%，不是 100%",
                 "几个人的份额加起来正好是全部");
  return {};
}

}  // namespace

bool is_sentence(const std::string& text) {
  return base::characters(text) <= 2000 && text.find_first_not_of(" \t\r\n") != text.npos;
}

base::Instant known_floor(warehouse::Warehouse& db) {
  base::Instant out;
  const warehouse::Type two[] = {warehouse::Type::timestamp, warehouse::Type::timestamp};
  db.scan("SELECT max(applied_at), max(replaced_at) FROM imports", two, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i)
      for (const auto& column : c.columns)
        if (!column.is_null(i)) out.micros = std::max(out.micros, column.i64[i]);
  });
  return out;
}

base::Status check(store::Session& session, const people::Directory& directory, const Assign& ask) {
  if (ask.kind != "customer" && ask.kind != "account" && ask.kind != "loan")
    return Error{"assignment.kind", "指派的对象“" + ask.kind + "”不是客户、账户或借据", "kind",
                 "customer、account 或 loan"};
  if (ask.to && *ask.to < ask.from) return Error{"assignment.days", "止日早于起日", "to", "改好起止日期"};
  if (!is_sentence(ask.reason)) return Error{"assignment.reason", "没有写事由，或太长", "reason", "用一句话写明"};
  if (auto fits = check_managers(directory, ask); !fits) return fits;
  auto open = session.query(
      "SELECT entry_id, made_by FROM assignment_entries WHERE kind = ? AND subject = ? AND state = 'asked'",
      {ask.kind, ask.id});
  if (!open.empty())
    return Error{
        "assignment.open",
        "已经有一笔指派在等复核（第 " + std::to_string(open[0].integer(0)) + " 号，" + open[0].text(1) + "）",
        "id", "先复核或退回那一笔"};
  return {};
}

std::vector<Registered> record_in(store::Session& session, std::span<const Assign> asks, bool second,
                                  const RegisterDoing& doing) {
  std::vector<Registered> out;
  const int64_t known = known_now(session, doing);
  for (const Assign& ask : asks) {
    auto rows = session.query(
        "INSERT INTO assignment_entries (kind, subject, customer, org, from_day, to_day, reason, origin, "
        "origin_id, "
        "state, made_at, made_by, made_person, known_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "RETURNING entry_id",
        {ask.kind, ask.id, ask.customer, ask.org, ask.from.str(),
         ask.to ? store::Value(ask.to->str()) : store::Value(), ask.reason, ask.origin, ask.origin_id,
         std::string(second ? "asked" : "in_force"), doing.at.str(), doing.login, doing.person,
         second ? store::Value() : store::Value(known)});
    Registered made;
    made.id = rows[0].integer(0), made.what = ask, made.state = second ? "asked" : "in_force";
    made.made_at = doing.at.str(), made.made_by = doing.login, made.made_person = doing.person;
    for (const ManagerShare& m : ask.managers)
      session.exec("INSERT INTO assignment_parts (entry_id, staff_id, role, share) VALUES (?, ?, ?, ?)",
                   {made.id, m.staff, std::string(m.main ? "main" : "assist"), int64_t{m.share}});
    if (doing.also) doing.also(second ? "assignment.ask" : "assignment.record", name_of(made.id), told(ask));
    out.push_back(std::move(made));
  }
  return out;
}

base::Result<Registered> record_assignment(store::Session& session, const people::Directory& directory,
                                           const Assign& ask, bool second, const RegisterDoing& doing) {
  std::optional<base::Result<Registered>> out;
  session.transaction([&] {
    if (auto fits = check(session, directory, ask); !fits) out = fits.error();
    else out = record_in(session, {&ask, 1}, second, doing)[0];
  });
  return std::move(*out);
}

base::Result<Registered> decide_assignment(store::Session& session, int64_t id, bool agree,
                                           const std::string& note, const RegisterDoing& doing) {
  if (!agree && !is_sentence(note)) return Error{"assignment.note", "退回要写明原因", "note", "用一句话写明"};
  std::optional<base::Result<Registered>> out;
  session.transaction([&] {
    auto found = entry(session, id);
    if (!found) return void(out = found.error());
    if (found->state != "asked")
      return void(out = Error{"assignment.state", "这一笔不在等复核", "", "打开它看现在的状态"});
    if (found->made_by == doing.login)
      return void(out = Error{"assignment.self", "自己登记的不能自己复核", "", "请另一位有权的人复核"});
    session.exec(
        "UPDATE assignment_entries SET state = ?, checked_at = ?, checked_by = ?, check_note = ?, known_from = ? "
        "WHERE entry_id = ?",
        {std::string(agree ? "in_force" : "refused"), doing.at.str(), doing.login, note,
         agree ? store::Value(known_now(session, doing)) : store::Value(), id});
    if (doing.also)
      doing.also(agree ? "assignment.agree" : "assignment.refuse", name_of(id), JsonObject{{"note", note}});
    out = entry(session, id);
  });
  return std::move(*out);
}

base::Result<Registered> take_back(store::Session& session, int64_t id, const std::string& why,
                                   const RegisterDoing& doing) {
  if (!is_sentence(why)) return Error{"assignment.reason", "没有写撤回的理由，或太长", "reason", "用一句话写明"};
  std::optional<base::Result<Registered>> out;
  session.transaction([&] {
    auto found = entry(session, id);
    if (!found) return void(out = found.error());
    const bool asked = found->state == "asked";
    if (!asked && found->state != "in_force")
      return void(out = Error{"assignment.state", "这一笔已经不在了", "", "打开它看现在的状态"});
    session.exec(
        "UPDATE assignment_entries SET state = ?, ended_at = ?, ended_by = ?, ended_why = ?, known_to = ? WHERE "
        "entry_id = ?",
        {std::string(asked ? "refused" : "taken_back"), doing.at.str(), doing.login, why,
         asked ? store::Value() : store::Value(known_now(session, doing)), id});
    if (doing.also) doing.also("assignment.take_back", name_of(id), JsonObject{{"reason", why}});
    out = entry(session, id);
  });
  return std::move(*out);
}

std::vector<Registered> entries(store::Session& session, const EntryFilter& filter) {
  std::string sql = std::string(kSelect) + " WHERE 1 = 1";
  std::vector<store::Value> values;
  auto one = [&](const char* column, const std::string& value) {
    if (value.empty()) return;
    sql += std::string(" AND e.") + column + " = ?";
    values.emplace_back(value);
  };
  auto any = [&](const char* column, const std::vector<std::string>& of) {
    if (of.empty()) return;
    std::string marks;
    for (const std::string& value : of) marks += marks.empty() ? "?" : ", ?", values.emplace_back(value);
    sql += std::string(" AND e.") + column + " IN (" + marks + ")";
  };
  one("kind", filter.kind), one("subject", filter.id), one("customer", filter.customer);
  one("origin", filter.origin);
  if (filter.origin_id) sql += " AND e.origin_id = ?", values.emplace_back(filter.origin_id);
  any("state", filter.states), any("org", filter.orgs);
  if (!filter.staff.empty()) {
    sql += " AND EXISTS (SELECT 1 FROM assignment_parts p WHERE p.entry_id = e.entry_id AND p.staff_id = ?)";
    values.emplace_back(filter.staff);
  }
  sql += " ORDER BY e.entry_id DESC LIMIT ?";
  values.emplace_back(static_cast<int64_t>(filter.limit));
  std::vector<Registered> out;
  for (const auto& row : session.query(sql, values)) out.push_back(read(row));
  add_managers(session, out);
  return out;
}

base::Result<Registered> entry(store::Session& session, int64_t id) {
  std::vector<Registered> out;
  for (const auto& row : session.query(std::string(kSelect) + " WHERE e.entry_id = ?", {id}))
    out.push_back(read(row));
  if (out.empty()) return Error{"assignment.unknown", "没有这一笔指派", "", ""};
  add_managers(session, out);
  return std::move(out[0]);
}

}  // namespace guanhu::attribution
