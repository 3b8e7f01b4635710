// How organisations and posts came to be what they are, read from every version that the feed brought.
//
// ORG-002 ORG-003 ORG-325 ORG-629 ORG-640 ORG-644
#pragma once
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"

namespace guanhu::people {

struct OrgEvent {
  base::Date day;
  std::string
      what;  // "known" (the first extract), "opened", "renamed", "moved", "turned" (another kind), "closed"
  std::string before, after;  // names, numbers of the organisation above, kinds
};
// Oldest first; empty: no such organisation.
std::vector<OrgEvent> org_history(warehouse::Warehouse& warehouse, const std::string& org);

// A post as the feed tells it: from the day they were hired (or first seen) until another one, or they left.
struct FeedPost {
  Days days;
  std::string org, position, title;
};
std::vector<FeedPost> feed_posts(warehouse::Warehouse& warehouse, const std::string& staff);  // oldest first

}  // namespace guanhu::people
