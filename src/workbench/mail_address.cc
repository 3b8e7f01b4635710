// Whom letters and notices go to.
#include <algorithm>

#include "base/length.h"
#include "workbench/mail.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Json to_json(const std::vector<Address>& addresses) {
  JsonArray out;
  for (const auto& one : addresses)
    out.push_back(JsonObject{{"kind", one.kind}, {"id", one.id}, {"name", one.name}});
  return out;
}

std::vector<Address> addresses_in(const Json* list) {
  std::vector<Address> out;
  const JsonArray* all = list ? list->as_array() : nullptr;
  if (!all) return out;
  for (const Json& one : *all) {
    auto text = [&](const char* member) {
      const Json* found = one.find(member);
      return found && found->as_string() ? *found->as_string() : std::string();
    };
    out.push_back({text("kind"), text("id"), text("name")});
  }
  return out;
}

AddressBook::AddressBook(const people::Directory& directory, const std::vector<people::Login>& logins,
                         base::Date day)
    : directory_(directory) {
  for (const people::Login& login : logins) {
    if (login.disabled) continue;
    const std::string person = person_of(login.login, login.staff_id);
    const people::Staff* staff = directory.person(login.staff_id);
    if (staff && !people::Directory::in_post(*staff, day)) continue;
    persons_.insert(person);
    if (!staff) logins_[person] = login.login;
    else by_org_[staff->org].insert(person);
    for (people::Role role : login.roles) by_role_[std::string(people::role_name(role))].insert(person);
  }
}

std::string AddressBook::name_of(const Address& of) const {
  if (of.kind == "all") return "全行";
  if (of.kind == "person") {
    if (const people::Staff* staff = directory_.person(of.id)) return staff->name;
    auto at = logins_.find(of.id);
    return at == logins_.end() ? "" : at->second;
  }
  if (of.kind == "org") {
    const people::Org* org = directory_.org(of.id);
    return org ? org->name : "";
  }
  if (of.kind == "role") {
    auto role = people::role_of(of.id);
    return role ? std::string(people::role_title(*role)) : "";
  }
  if (of.kind == "team") {
    auto at = teams_.find(of.id);
    return at == teams_.end() ? "" : at->second.name;
  }
  auto at = groups_.find(of.id);
  return of.kind == "group" && at != groups_.end() ? at->second.name : "";
}

base::Result<std::vector<std::string>> AddressBook::people_of(const Address& of) const {
  std::vector<std::string> out;
  auto take = [&](const std::set<std::string>& some) { out.insert(out.end(), some.begin(), some.end()); };
  if (of.kind == "all") {
    take(persons_);
  } else if (of.kind == "person") {
    if (persons_.contains(of.id)) out.push_back(of.id);
  } else if (of.kind == "org" && directory_.org(of.id)) {
    for (const auto& org : directory_.subtree(of.id))
      if (auto at = by_org_.find(org); at != by_org_.end()) take(at->second);
  } else if (of.kind == "role") {
    if (auto at = by_role_.find(of.id); at != by_role_.end()) take(at->second);
  } else if (of.kind == "team") {
    if (auto at = teams_.find(of.id); at != teams_.end())
      for (const auto& person : at->second.people)
        if (persons_.contains(person)) out.push_back(person);
  } else if (of.kind == "group") {
    if (auto at = groups_.find(of.id); at != groups_.end())
      for (const Address& member : at->second.members)
        if (auto some = people_of(member); some.ok()) out.insert(out.end(), some->begin(), some->end());
  }
  if (!out.empty()) return out;
  const std::string shown = of.name.empty() ? of.kind + " " + of.id : of.name;
  return Error{"mail.address", "“" + shown + "”找不到能收的人", of.kind + ":" + of.id, "从通讯录里选"};
}

base::Result<std::vector<std::string>> AddressBook::people_of(const std::vector<Address>& addresses) const {
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const Address& one : addresses) {
    auto some = people_of(one);
    if (!some.ok()) return some;
    for (const auto& person : *some)
      if (seen.insert(person).second) out.push_back(person);
  }
  return out;
}

bool AddressBook::meant(const std::vector<Address>& addresses, const std::string& person) const {
  const people::Staff* staff = directory_.person(person);
  for (const Address& one : addresses) {
    if (one.kind == "all" || (one.kind == "person" && one.id == person)) return true;
    if (one.kind == "role")
      if (auto at = by_role_.find(one.id); at != by_role_.end() && at->second.contains(person)) return true;
    if (one.kind == "team")
      if (auto at = teams_.find(one.id);
          at != teams_.end() &&
          std::find(at->second.people.begin(), at->second.people.end(), person) != at->second.people.end())
        return true;
    if (one.kind != "org" || !staff) continue;
    const auto below = directory_.subtree(one.id);
    if (std::find(below.begin(), below.end(), staff->org) != below.end()) return true;
  }
  return false;
}

std::vector<MailGroup> mail_groups(store::Session& session, const std::string& owner) {
  std::vector<MailGroup> out;
  for (const auto& row :
       session.query("SELECT group_id, name, members FROM mail_groups WHERE owner = ? ORDER BY name", {owner})) {
    auto members = Json::parse(row.text(2));
    out.push_back({row.integer(0), row.text(1), members.ok() ? addresses_in(&*members) : std::vector<Address>()});
  }
  return out;
}

base::Result<MailGroup> save_group(store::Session& session, const std::string& owner, const MailGroup& ask,
                                   const AddressBook& book, const TodoDoing& doing) {
  MailGroup of = ask;
  if (of.name.empty() || base::characters(of.name) > 150)
    return Error{"mail.group.name", "给群组起个名字，最多 50 字", "name", ""};
  if (of.members.empty() || of.members.size() > 500)
    return Error{"mail.group.members", "群组里要有 1 到 500 个收件人", "members", ""};
  for (Address& one : of.members) {
    one.name = book.name_of(one);
    if (one.kind == "group" || one.name.empty())
      return Error{"mail.group.members", "群组里放人、机构、角色或小组", "members", "从通讯录里选"};
  }
  base::Result<MailGroup> out = of;
  session.transaction([&] {
    if (!session
             .query("SELECT 1 FROM mail_groups WHERE owner = ? AND name = ? AND group_id <> ?",
                    {owner, of.name, of.id})
             .empty())
      return void(out = Error{"mail.group.name", "已经有叫“" + of.name + "”的群组", "name", "换一个名字"});
    const std::string members = to_json(of.members).dump();
    if (of.id) {
      if (session.exec(
              "UPDATE mail_groups SET name = ?, members = ?, changed_at = ? WHERE group_id = ? AND owner = ?",
              {of.name, members, doing.at.str(), of.id, owner}) != 1)
        out = Error{"mail.group.unknown", "没有这个群组", "", ""};
      return;
    }
    session.exec("INSERT INTO mail_groups (owner, name, members, changed_at) VALUES (?, ?, ?, ?)",
                 {owner, of.name, members, doing.at.str()});
    out->id = session.query("SELECT group_id FROM mail_groups WHERE owner = ? AND name = ?", {owner, of.name})[0]
                  .integer(0);
  });
  return out;
}

base::Status remove_group(store::Session& session, const std::string& owner, int64_t id) {
  if (session.exec("DELETE FROM mail_groups WHERE group_id = ? AND owner = ?", {id, owner}) == 1) return {};
  return Error{"mail.group.unknown", "没有这个群组", "", ""};
}

}  // namespace guanhu::workbench
