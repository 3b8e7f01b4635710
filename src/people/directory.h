// Organisations and staff as they stood at the end of one day: the tree, who worked where in which
// position. Read from the facts of the feed (docs/warehouse-schema.md: versions by business date).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "warehouse/warehouse.h"

namespace guanhu::people {

struct Org {
  std::string id, parent, name, kind;  // kind: hq, department, branch, outlet
  std::optional<base::Date> opened, closed;
};

struct Staff {
  std::string id, name, org, position, education, title, credit_exam;
  std::optional<base::Date> credit_since, hired, left, born;
};

class Directory {
 public:
  // What was known at `known_at` (nothing: everything) of the state on `day`.
  static Directory load(warehouse::Warehouse& warehouse, base::Date day,
                        const std::optional<base::Instant>& known_at);
  static Directory of(std::vector<Org> orgs, std::vector<Staff> staff);

  const std::vector<Org>& orgs() const { return orgs_; }      // by id
  const std::vector<Staff>& staff() const { return staff_; }  // by id
  const Org* org(const std::string& id) const;
  const Staff* person(const std::string& id) const;
  // The branch an organisation belongs to: itself or the nearest organisation above it of kind
  // branch; the organisation itself when there is none. Safe against cycles in the feed's tree.
  std::string branch_of(const std::string& org) const;
  // The organisation and everything below it, by id.
  std::vector<std::string> subtree(const std::string& org) const;
  // In post at the end of `day`: hired by then (when known) and not left.
  static bool in_post(const Staff& staff, base::Date day);

 private:
  std::vector<Org> orgs_;
  std::vector<Staff> staff_;
  std::map<std::string, size_t> org_at_, staff_at_;
  std::multimap<std::string, std::string> children_;
};

// SQL condition: the import `alias` counts at `known_at` (docs/warehouse-schema.md: active).
std::string active_import(const std::string& alias, const std::optional<base::Instant>& known_at);

}  // namespace guanhu::people
