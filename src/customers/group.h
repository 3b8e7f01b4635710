// Groups of companies (集团, 关联企业群), households (家庭) and groups of farmers who guarantee for each other
// (联保小组, CUS-311: its owner is the manager who guides it), made by people, with members, their roles and days;
// and the groups the feed knows by `customers.group_id`. A written one is a record of kind "customer_group".
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "customers/merge.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kGroupKind = "customer_group";

// head, spouse, parent, child, kin of a household; lead, member of a joint-guarantee group; parent_company,
// subsidiary, controller, affiliate of the others.
std::span<const std::string_view> group_roles(std::string_view form);

struct GroupMember {
  std::string customer, role;
  base::Date from;
  std::optional<base::Date> to;
  bool on(base::Date day) const { return from <= day && (!to || *to >= day); }
};

struct Group {
  int64_t id = 0, version = 0;  // 0: of the feed
  std::string feed;             // the feed's number; "" of a written one
  std::string name, form;       // group 集团, affiliated 关联企业群, household 家庭, joint 联保小组
  std::string note, owner, org;
  std::vector<GroupMember> members;
};

// Refused: group.name, group.form, group.members (nobody, one twice in the same days, more than 500), group.role,
// group.days, group.head (a household has one head on each day, a group one parent company), group.taken (one is
// of one household only on a day), and what records::write refuses. Numbers must be canonical.
base::Result<records::Record> write_group(store::Session& session, const Group& group, const std::string& why,
                                          const records::Doing& doing);
base::Result<records::Record> remove_group(store::Session& session, int64_t id, int64_t version,
                                           const std::string& why, const records::Doing& doing);

Group group_of(const records::Record& record);
std::vector<Group> groups(store::Session& session);  // written ones that are not removed, newest first
std::vector<Group> groups_with(store::Session& session, const std::vector<std::string>& customers);
// Of the feed, as last described; all, or those of the customers.
std::vector<Group> feed_groups(warehouse::Warehouse& db, const Merges& merges,
                               const std::vector<std::string>& customers = {});
std::optional<Group> feed_group(warehouse::Warehouse& db, const Merges& merges, const std::string& number);

}  // namespace guanhu::customers
