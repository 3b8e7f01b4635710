// 岗位职责: what each post is for, what it does and where in the program, as a pack's decision `post-duties` says;
// who sits in the groups whose seats a pack names (`group-seats`).
//
// ORG-303 ORG-304 ORG-317 ORG-322 ORG-323 ORG-324
#include <set>

#include "api/policy_reading.h"
#include "api/staff_desk.h"
#include "people/posts.h"
#include "policy/decide.h"
#include "workbench/service_request.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::flag_in;
using workbench::list_in;
using workbench::text_in;
using workbench::texts_in;

namespace {

constexpr const char* kDuties = "post-duties";
constexpr const char* kSeats = "group-seats";

const policy::Decision* decision_of(const policy::Pack& pack, const char* id) {
  for (const auto& one : pack.decisions)
    if (one.id == id) return &one;
  return nullptr;
}

// The posts that a pack's table knows.
std::vector<std::string> posts_of(const policy::Pack& pack) {
  const policy::Decision* duties = decision_of(pack, kDuties);
  const policy::Field* field = duties ? duties->input("岗位") : nullptr;
  return field && field->type ? field->type->words : std::vector<std::string>{};
}

// Of the built-in roles the asker holds: what the house's own pack calls posts.
std::set<std::string> own_posts(const Call& call) {
  std::set<std::string> out;
  for (people::Role role : call.login().roles) out.emplace(people::role_title(role));
  return out;
}

JsonArray lines_of(const Json& result) {
  JsonArray out;
  for (const Json& one : list_in(result, "职责"))
    out.push_back(JsonObject{{"kind", text_in(one, "类")},
                             {"text", text_in(one, "内容")},
                             {"often", text_in(one, "多久")},
                             {"page", text_in(one, "办理")},
                             {"leaves", text_in(one, "留下")}});
  return out;
}

base::Result<Json> post_json(const policy::Pack& pack, const std::string& post, bool mine, Date day) {
  auto answer = policy::decide(pack, kDuties, JsonObject{{"岗位", post}}, day);
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  JsonArray rules;
  std::set<std::string> once;
  std::string article;
  for (const auto& cite : answer->cites) {
    if (article.empty()) article = cite.article;
    if (cite.row && once.insert(cite.rule_id).second) rules.emplace_back(cite.rule_id);  // of its own rows
  }
  const Json* result = whole.find("result");
  return Json(JsonObject{{"post", post},
                         {"mine", mine},
                         {"called", text_in(*result, "对外称谓")},
                         {"purpose", text_in(*result, "宗旨")},
                         {"article", article},
                         {"rules", std::move(rules)},
                         {"duties", lines_of(*result)}});
}

// ORG-303: the seats, who holds each today (a recorded post "小组·席位"), which are empty.
base::Result<Json> group_json(StaffDesk& desk, const policy::Pack& pack, Date day) {
  if (!decision_of(pack, kSeats)) return Json();
  auto asked = [&](JsonArray held) -> base::Result<Json> {
    auto answer = policy::decide(pack, kSeats, JsonObject{{"已有席位", std::move(held)}}, day);
    if (!answer.ok()) return answer.error();
    return *policy::to_json(*answer).find("result");
  };
  auto bare = asked({});
  if (!bare.ok()) return bare.error();
  const std::string group = text_in(*bare, "小组");
  const auto posts = people::posts(desk.store(), {.staff = "", .kind = "other", .on = day});
  JsonArray seats, held;
  for (const auto& seat : texts_in(*bare, "席位")) {
    JsonArray holders;
    for (const auto& post : posts)
      if (post.title == group + "·" + seat) holders.push_back(desk.person_json(post.staff));
    if (!holders.empty()) held.emplace_back(seat);
    seats.push_back(JsonObject{{"seat", seat}, {"holders", std::move(holders)}});
  }
  auto known = asked(std::move(held));
  if (!known.ok()) return known.error();
  return Json(JsonObject{{"name", group},
                         {"seats", std::move(seats)},
                         {"empty", workbench::texts_json(texts_in(*known, "缺席"))},
                         {"complete", flag_in(*known, "齐全")}});
}

Outcome duties(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const std::string asked = call.get("pack").value_or(workbench::kPostsPack);
  std::shared_ptr<const policy::Pack> chosen;
  JsonArray packs;
  for (const auto& name : pack_names(s, desk.store())) {
    auto pack = s.packs().on(name, desk.day());
    if (!pack.ok() || posts_of(**pack).empty()) continue;
    packs.push_back(JsonObject{{"id", name}, {"title", (*pack)->title}});
    if (name == asked) chosen = *pack;
  }
  if (!chosen) return not_found();
  const std::set<std::string> own = asked == workbench::kPostsPack ? own_posts(call) : std::set<std::string>{};
  JsonArray posts;
  for (const auto& post : posts_of(*chosen)) {
    auto one = post_json(*chosen, post, own.contains(post), desk.day());
    if (!one.ok()) return refusal_of(one.error());
    posts.push_back(*one);
  }
  auto group = group_json(desk, *chosen, desk.day());
  if (!group.ok()) return refusal_of(group.error());
  return Answer{JsonObject{{"pack", asked},
                           {"title", chosen->title},
                           {"version", chosen->version},
                           {"day", desk.day().str()},
                           {"packs", std::move(packs)},
                           {"posts", std::move(posts)},
                           {"group", *group}}};
}

}  // namespace

Table staff_duty_endpoints() {
  return {{.method = "GET",
           .path = "/post-duties",
           .summary = "what each post is for, what it does and where, as a pack says; who sits in its group",
           .permission = Permission::org_read,
           .parameters = {{"pack", text(100), false, "else the house's own: posts are the built-in roles"}},
           .output = ref("PostDuties"),
           .handler = duties}};
}

void duty_shapes(Schemas& out) {
  out["PostDuty"] = object({{"kind", choice({"职责", "权利", "权限", "要求"})},
                            {"text", text()},
                            {"often", text()},
                            {"page", described(text(), "name of the client's page; \"\": outside the program")},
                            {"leaves", text()}});
  SchemaRef seat = object({{"seat", text()}, {"holders", list(ref("PersonLine"))}});
  SchemaRef group =
      object({{"name", text()}, {"seats", list(seat)}, {"empty", list(text())}, {"complete", boolean()}});
  out["PostDuties"] =
      object({{"pack", text()},
              {"title", text()},
              {"version", text()},
              {"day", date()},
              {"packs", list(object({{"id", text()}, {"title", text()}}))},
              {"posts", list(object({{"post", text()},
                                     {"mine", described(boolean(), "the asker's own")},
                                     {"called", described(text(), "outside the bank; \"\": the same")},
                                     {"purpose", text()},
                                     {"article", text()},
                                     {"rules", list(text())},
                                     {"duties", list(ref("PostDuty"))}}))},
              {"group", described(nullable(group), "null: the pack names no seats")}});
}

}  // namespace guanhu::api
