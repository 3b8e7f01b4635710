// Posts: what the feed tells of somebody's career, and what was recorded beside it; AB posts.
#include "api/staff_desk.h"
#include "people/history.h"
#include "people/posts.h"
#include "people/teams.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

bool may_record(const StaffDesk& desk, const std::string& staff) {
  const auto scope = desk.scope(Permission::post_record);
  return scope != people::Scope::none && staff != desk.call().login().staff_id &&
         desk.facts().reach(desk.call().login(), scope)->staff(staff);
}

Json post_json(const StaffDesk& desk, const people::Post& p) {
  return JsonObject{{"id", p.id},
                    {"staff", desk.person_json(p.staff)},
                    {"kind", p.kind},
                    {"title", p.title},
                    {"org", p.org},
                    {"org_name", desk.org_name(p.org)},
                    {"stands_for", p.stands_for.empty() ? Json() : desk.person_json(p.stands_for)},
                    {"from", p.days.from.str()},
                    {"to", day_or_null(p.days.to)},
                    {"counts", p.days.on(desk.day())},
                    {"document", p.document},
                    {"reason", p.reason},
                    {"made_at", p.made_at},
                    {"made_by", p.made_by},
                    {"ended_by", text_or_null(p.ended_by)},
                    {"ended_why", text_or_null(p.ended_why)},
                    {"may_end", p.ended_by.empty() && may_record(desk, p.staff)}};
}

Outcome list_posts(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& post :
       people::posts(desk.store(), {.staff = call.get("staff").value_or(""), .kind = "", .on = {}}))
    items.push_back(post_json(desk, post));
  std::stable_partition(items.begin(), items.end(),
                        [](const Json& one) { return *one.find("counts")->as_bool(); });
  return Answer{.items = Items::of(std::move(items))};
}

// ORG-640: the whole career, of the feed and of the program, newest first.
Outcome career(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const people::Staff* person = desk.directory().person(call.part("id"));
  if (!person || !desk.reaches_staff(person->id)) return not_found();
  auto db = s.warehouse();
  JsonArray feed, posts, teams;
  auto from_feed = people::feed_posts(*db, person->id);
  for (auto it = from_feed.rbegin(); it != from_feed.rend(); ++it)
    feed.push_back(JsonObject{{"from", it->days.from.str()},
                              {"to", day_or_null(it->days.to)},
                              {"org", it->org},
                              {"org_name", desk.org_name(it->org)},
                              {"position", it->position},
                              {"title", it->title}});
  for (const auto& post : people::posts(desk.store(), {.staff = person->id, .kind = "", .on = {}}))
    posts.push_back(post_json(desk, post));
  for (const auto& team : people::teams(desk.store()))
    for (const auto& m : team.members)
      if (m.staff == person->id)
        teams.push_back(JsonObject{{"team", team.id},
                                   {"name", team.name},
                                   {"leads", m.leads},
                                   {"from", m.days.from.str()},
                                   {"to", day_or_null(m.days.to)},
                                   {"reason", m.reason},
                                   {"ended_why", text_or_null(m.ended_why)}});
  const std::string standing = people::standing_substitute(desk.store(), person->id, desk.today());
  return Answer{JsonObject{{"staff", desk.person_json(person->id)},
                           {"org", person->org},
                           {"feed", std::move(feed)},
                           {"posts", std::move(posts)},
                           {"teams", std::move(teams)},
                           {"substitute", standing.empty() ? Json() : desk.person_json(standing)},
                           {"may_record", may_record(desk, person->id)}}};
}

Outcome add_post(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  people::Post ask;
  ask.staff = call.text("staff"), ask.kind = call.text("kind"), ask.title = call.text("title"),
  ask.org = call.text("org");
  ask.stands_for = text_member(call, "stands_for"), ask.days = days_member(call);
  ask.document = call.text("document"), ask.reason = call.text("reason");
  if (!may_record(desk, ask.staff))
    return Refusal{422,
                   {"post.staff", "不能为 " + ask.staff + " 登记岗位", "staff", ""},
                   {{"staff", "写下属的工号，不是自己的"}}};
  auto made = people::record_post(desk.store(), desk.directory(), ask, desk.doing());
  if (!made.ok()) return staff_refusal(made.error());
  desk.inform(made->staff, "登记了岗位“" + made->title + "”", made->days.from.str() + " 起",
              "/staff/" + made->staff);
  return Answer{post_json(desk, *made)};
}

Outcome end_post(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  for (const auto& post : people::posts(desk.store(), {}))
    if (id && post.id == *id) {
      if (!may_record(desk, post.staff)) return forbidden();
      auto done =
          people::end_post(desk.store(), *id, *day_member(call, "last"), call.text("reason"), desk.doing());
      if (!done.ok()) return staff_refusal(done.error());
      return Answer{post_json(desk, *done)};
    }
  return not_found();
}

}  // namespace

Table staff_post_endpoints() {
  return {{.method = "GET",
           .path = "/staff/{id}/posts",
           .summary = "somebody's posts: of the feed, recorded ones, teams; who stands in for them",
           .permission = Permission::org_read,
           .output = ref("Career"),
           .handler = career},
          {.method = "GET",
           .path = "/posts",
           .summary = "recorded posts; those that count today first",
           .permission = Permission::org_read,
           .parameters = {{"staff", text(100), false, "who holds it, or whom it stands for"},
                          {"kind", text(20), false, "", "kind"}},
           .output = list_of("Post"),
           .handler = list_posts,
           .list = true,
           .whole = true,
           .searched = {"title", "org_name"}},
          {.method = "POST",
           .path = "/posts",
           .summary = "records a post",
           .permission = Permission::post_record,
           .input = optional(object({{"staff", text(100)},
                                     {"kind", choice({"part_time", "acting", "clerk", "post_b", "other"})},
                                     {"title", text(200)},
                                     {"org", text(100)},
                                     {"stands_for", nullable(text(100))},
                                     {"from", date()},
                                     {"to", nullable(date())},
                                     {"document", text(400)},
                                     {"reason", text()}}),
                             {"stands_for", "to"}),
           .output = ref("Post"),
           .handler = add_post,
           .status = 201},
          {.method = "POST",
           .path = "/posts/{id}/end",
           .summary = "its last day, with a reason",
           .permission = Permission::post_record,
           .input = object({{"last", date()}, {"reason", text()}}),
           .output = ref("Post"),
           .handler = end_post}};
}

}  // namespace guanhu::api
