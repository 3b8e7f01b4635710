// Posts that no extract brings: part-time posts, who acts for a post, the internal clerk of an outlet
// (信贷内勤岗), and AB posts: who has somebody's work whenever they are away. Each with its days, its document and
// who recorded it.
//
// ORG-316 ORG-640
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"

namespace guanhu::people {

// part_time 兼职, acting 代理 (主持工作), clerk 内勤, post_b AB 岗, other.
inline constexpr std::string_view kPostKinds[] = {"part_time", "acting", "clerk", "post_b", "other"};

struct Post {
  int64_t id = 0;
  std::string staff, kind, title, org;
  std::string stands_for;  // of an AB post: whose
  Days days;
  std::string document, reason, made_at, made_by, ended_at, ended_by, ended_why;
};

struct PostFilter {
  std::string staff, kind;       // "": any; `staff`: who holds it, or who it stands for
  std::optional<base::Date> on;  // in force on the day
};
std::vector<Post> posts(store::Session& session, const PostFilter& filter);  // by first day, then number

// Refused: post.kind, post.staff (not in post on the first day), post.title, post.org, post.for (of an AB post:
// not in post, the same person, somebody has it already on one of the days), post.have (they have it already on
// one of the days), staff.days, post.reason, post.document.
base::Result<Post> record_post(store::Session& session, const Directory& directory, const Post& post,
                               const Doing& doing);
// `last`: its last day. Refused: post.unknown, post.ended, post.days (before it began by more than a day),
// post.reason.
base::Result<Post> end_post(store::Session& session, int64_t id, base::Date last, const std::string& reason,
                            const Doing& doing);
// Who has the AB post for `staff` on the day; "" nobody.
std::string standing_substitute(store::Session& session, const std::string& staff, base::Date day);

}  // namespace guanhu::people
