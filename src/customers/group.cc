#include "customers/group.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/json_member.h"
#include "base/length.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMost = 500;  // members
constexpr std::array<std::string_view, 5> kHousehold = {"head", "spouse", "parent", "child", "kin"};
constexpr std::array<std::string_view, 2> kJoint = {"lead", "member"};
constexpr std::array<std::string_view, 4> kCompanies = {"parent_company", "subsidiary", "controller", "affiliate"};

bool meet(const GroupMember& a, const GroupMember& b) {
  return (!a.to || *a.to >= b.from) && (!b.to || *b.to >= a.from);
}

Error wrong(const char* code, std::string message, size_t member, const char* field, const char* hint) {
  return {code, std::move(message), "members/" + std::to_string(member) + "/" + field, hint};
}

const char* only_one(const std::string& form) {
  if (form == "household") return "一户同时只有一个户主";
  return form == "joint" ? "联保小组同时只有一个组长" : "一个集团同时只有一个母公司";
}

// One at the head at a time: of a household its head, of a joint-guarantee group its leader, of a group its parent
// company.
base::Status check_members(const Group& g) {
  const auto roles = group_roles(g.form);
  for (size_t i = 0; i < g.members.size(); ++i) {
    const GroupMember& m = g.members[i];
    if (m.customer.empty()) return wrong("group.members", "没有写客户", i, "customer", "选一个客户");
    if (std::find(roles.begin(), roles.end(), m.role) == roles.end())
      return wrong("group.role", "没有“" + m.role + "”这一种身份", i, "role", "");
    if (m.to && *m.to < m.from) return wrong("group.days", "止日在起日以前", i, "to", "改好起止日期");
    for (size_t j = 0; j < i; ++j) {
      const GroupMember& other = g.members[j];
      if (!meet(m, other)) continue;
      if (m.customer == other.customer)
        return wrong("group.members", "同一个客户在同样的日子里写了两次", i, "customer", "删去一行，或改日期");
      if (m.role == other.role && m.role == roles[0])
        return wrong("group.head", only_one(g.form), i, "role", "改身份或日期");
    }
  }
  return {};
}

base::Status check(const Group& g) {
  if (!is_reason(g.name, 120)) return Error{"group.name", "没有写名称，或太长", "name", "写一个认得出来的名称"};
  if (group_roles(g.form).empty())
    return Error{"group.form", "没有这一种", "form", "集团、关联企业群、家庭或联保小组"};
  if (base::characters(g.note) > 2000) return Error{"group.name", "说明太长", "note", "写短一些"};
  if (g.members.empty()) return Error{"group.members", "一个成员也没有", "members", "至少加一个客户"};
  if (g.form == "joint" && g.members.size() < 2)
    return Error{"group.members", "联保小组至少两户", "members", "再加一户"};
  if (g.members.size() > kMost)
    return Error{"group.members", "成员超过 " + std::to_string(kMost) + " 个", "members", "分成几个"};
  return check_members(g);
}

// A person lives in one household on a day, and guarantees jointly in one group (CUS-311).
std::optional<Error> taken(store::Session& session, const Group& g) {
  if (g.form != "household" && g.form != "joint") return std::nullopt;
  for (size_t i = 0; i < g.members.size(); ++i)
    for (const Group& other : groups_with(session, {g.members[i].customer}))
      for (const GroupMember& m : other.members)
        if (other.id != g.id && other.form == g.form && m.customer == g.members[i].customer &&
            meet(m, g.members[i]))
          return wrong("group.taken",
                       m.customer + " 这些日子已经在" + (g.form == "joint" ? "联保小组" : "家庭") + "“" +
                           other.name + "”里",
                       i, "customer", "先在那里写止日");
  return std::nullopt;
}

Json body_of(const Group& g) {
  JsonArray members;
  for (const auto& m : g.members)
    members.push_back(JsonObject{{"customer", m.customer},
                                 {"role", m.role},
                                 {"from", m.from.str()},
                                 {"to", m.to ? Json(m.to->str()) : Json()}});
  return JsonObject{{"form", g.form}, {"note", g.note}, {"members", std::move(members)}};
}

void keep(store::Session& session, const Group& g, int64_t record) {
  session.exec("DELETE FROM customer_group_members WHERE record_id = ?", {record});
  int64_t place = 0;
  for (const auto& m : g.members)
    session.exec(
        "INSERT INTO customer_group_members (record_id, place, customer, role, from_day, to_day)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        {record, place++, m.customer, m.role, m.from.str(), m.to ? store::Value(m.to->str()) : store::Value()});
}

}  // namespace

std::span<const std::string_view> group_roles(std::string_view form) {
  if (form == "household") return kHousehold;
  if (form == "joint") return kJoint;
  if (form == "group" || form == "affiliated") return kCompanies;
  return {};
}

base::Result<records::Record> write_group(store::Session& session, const Group& group, const std::string& why,
                                          const records::Doing& doing) {
  if (auto fits = check(group); !fits.ok()) return fits.error();
  if (group.id && !is_reason(why)) return Error{"group.reason", "没有写为什么改", "why", "用一句话写明"};
  records::Change change;
  change.action = group.id ? "customer.group_change" : "customer.group_write";
  change.why = why;
  records::Record& r = change.record;
  r.id = group.id, r.version = group.version, r.kind = kGroupKind, r.state = group.form;
  r.owner = group.owner, r.org = group.org, r.title = group.name, r.body = body_of(group);
  std::optional<Error> refused;
  std::optional<base::Result<records::Record>> out;
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& action) {
    keep(session, group, made.id);
    if (doing.also) doing.also(made, action);
  };
  session.transaction([&] {
    refused = taken(session, group);
    if (!refused) out = records::write_in(session, change, also);
  });
  if (refused) return *refused;
  return std::move(*out);
}

base::Result<records::Record> remove_group(store::Session& session, int64_t id, int64_t version,
                                           const std::string& why, const records::Doing& doing) {
  if (!is_reason(why)) return Error{"group.reason", "没有写为什么解散", "why", "用一句话写明"};
  auto was = records::record(session, kGroupKind, id);
  if (!was.ok()) return was.error();
  records::Doing also = doing;
  also.also = [&](const records::Record& gone, const std::string& action) {
    session.exec("DELETE FROM customer_group_members WHERE record_id = ?", {gone.id});
    if (doing.also) doing.also(gone, action);
  };
  return records::remove(session, id, version, "customer.group_remove", why, also);
}

Group group_of(const records::Record& record) {
  Group out;
  out.id = record.id, out.version = record.version, out.name = record.title;
  out.owner = record.owner, out.org = record.org;
  out.form = text_in(record.body, "form"), out.note = text_in(record.body, "note");
  if (const Json* members = record.body.find("members"); members && members->as_array())
    for (const Json& m : *members->as_array()) {
      auto from = Date::parse(text_in(m, "from"));
      if (from)
        out.members.push_back({text_in(m, "customer"), text_in(m, "role"), *from, Date::parse(text_in(m, "to"))});
    }
  return out;
}

std::vector<Group> groups(store::Session& session) {
  std::vector<Group> out;
  for (const auto& record : records::list(session, {.kinds = {kGroupKind}, .limit = 20'000}))
    out.push_back(group_of(record));
  return out;
}

std::vector<Group> groups_with(store::Session& session, const std::vector<std::string>& customers) {
  std::map<int64_t, Group> found;
  for (const auto& customer : customers)
    for (const auto& row :
         session.query("SELECT DISTINCT record_id FROM customer_group_members WHERE customer = ?", {customer}))
      if (auto record = records::record(session, kGroupKind, row.integer(0)); record.ok() && !record->removed)
        found.emplace(record->id, group_of(*record));
  std::vector<Group> out;
  for (auto& [id, group] : found) out.push_back(std::move(group));
  return out;
}

std::vector<Group> feed_groups(warehouse::Warehouse& db, const Merges& merges,
                               const std::vector<std::string>& customers) {
  std::string where = "f.group_id IS NOT NULL AND f.group_id <> ''";
  if (!customers.empty())
    where = "f.group_id IN (SELECT g.group_id FROM f_customers g WHERE g.customer_id " + among(customers) + ")";
  std::map<std::string, Group> found;
  for (const auto& row : text_rows(db,
                                   "SELECT c.group_id, c.customer_id, c.name, CAST(c.opened_on AS VARCHAR) FROM " +
                                       counting_rows("f_customers", "f.customer_id",
                                                     "f.customer_id, f.name, f.group_id, f.opened_on", where) +
                                       " c ORDER BY 1, 2",
                                   4)) {
    Group& g = found[row[0].value_or("")];
    if (g.feed.empty()) g.feed = row[0].value_or(""), g.name = row[2].value_or("") + " 等", g.form = "group";
    const std::string& id = merges.canonical(row[1].value_or(""));
    const bool there =
        std::any_of(g.members.begin(), g.members.end(), [&](const auto& m) { return m.customer == id; });
    auto from = row[3] ? Date::parse(*row[3]) : std::nullopt;
    if (!there) g.members.push_back({id, "affiliate", from.value_or(Date()), {}});
  }
  std::vector<Group> out;
  for (auto& [id, group] : found) out.push_back(std::move(group));
  return out;
}

std::optional<Group> feed_group(warehouse::Warehouse& db, const Merges& merges, const std::string& number) {
  for (auto& group : feed_groups(db, merges))
    if (group.feed == number) return std::move(group);
  return std::nullopt;
}

}  // namespace guanhu::customers
