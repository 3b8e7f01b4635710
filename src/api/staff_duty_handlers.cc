// 岗位职责: what each post is for, what it does and where in the program, as a pack's decision `post-duties` says;
// who sits in the groups whose seats a pack names (`group-seats`).
//
// ORG-303 ORG-304 ORG-317 ORG-322 ORG-323 ORG-324
#include <set>

#include "api/policy_reading.h"
#include "api/staff_desk.h"
#include "people/posts.h"
#include "policy/decide.h"
#include "workbench/post_sheet.h"
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

using workbench::PostSheet;
using workbench::SheetRead;

constexpr const char* kDuties = workbench::kDutiesDecision;
constexpr const char* kSeats = "group-seats";

const policy::Decision* decision_of(const policy::Pack& pack, const char* id) {
  for (const auto& one : pack.decisions)
    if (one.id == id) return &one;
  return nullptr;
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

// What somebody confirmed of a post.
using ReadOf = std::function<const SheetRead*(const std::string& post)>;

base::Result<Json> post_json(const policy::Pack& pack, const std::string& post, bool mine, Date day,
                             const ReadOf& read) {
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
  const std::string digest = workbench::digest_of(pack, *result);
  const SheetRead* confirmed = read ? read(post) : nullptr;
  return Json(JsonObject{{"post", post},
                         {"mine", mine},
                         {"digest", digest},
                         {"confirmed_at", confirmed ? Json(confirmed->at) : Json()},
                         {"waits", mine && (!confirmed || confirmed->digest != digest)},
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
    if (!pack.ok() || workbench::posts_in(**pack).empty()) continue;
    packs.push_back(JsonObject{{"id", name}, {"title", (*pack)->title}});
    if (name == asked) chosen = *pack;
  }
  if (!chosen) return not_found();
  const std::set<std::string> own = asked == workbench::kPostsPack ? own_posts(call) : std::set<std::string>{};
  JsonArray posts;
  const auto reads = workbench::sheet_reads(desk.store());
  const ReadOf read = [&](const std::string& post) -> const SheetRead* {
    if (asked == workbench::kPostsPack)
      for (const SheetRead& one : reads)
        if (one.person == desk.person() && one.post == post) return &one;
    return nullptr;
  };
  for (const auto& post : workbench::posts_in(*chosen)) {
    auto one = post_json(*chosen, post, own.contains(post), desk.day(), read);
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

base::Result<std::vector<PostSheet>> house_sheets(StaffDesk& desk) {
  auto pack = desk.services().packs().on(workbench::kPostsPack, desk.day());
  if (!pack.ok()) return pack.error();
  return workbench::sheets_of(**pack, desk.day());
}

// Of one's own post, as it stands: by no substitute and for nobody else.
Outcome confirm(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const std::string post = call.text("post");
  auto sheets = house_sheets(desk);
  if (!sheets.ok()) return refusal_of(sheets.error());
  for (const PostSheet& one : *sheets) {
    if (one.post != post || !own_posts(call).contains(post)) continue;
    auto read = workbench::confirm_sheet(desk.store(), desk.person(), desk.org_of(desk.person()), one,
                                         call.text("digest"), desk.writing());
    if (!read.ok() && read.error().code == "duties.changed") return Refusal{409, read.error(), {}};
    if (!read.ok()) return record_refusal(read.error());
    return Answer{JsonObject{{"post", post}, {"confirmed_at", read->at}}};
  }
  return Refusal{422, {"duties.post", "“" + post + "”不是您的岗位", "post", ""}, {{"post", "不是您的岗位"}}};
}

// ORG-317: the superior sees who has read what their post does, and who has not.
Outcome readers(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto sheets = house_sheets(desk);
  if (!sheets.ok()) return refusal_of(sheets.error());
  std::map<std::pair<std::string, std::string>, SheetRead> reads;
  for (auto& one : workbench::sheet_reads(desk.store())) reads[{one.person, one.post}] = one;
  std::vector<Json> items;
  size_t waiting = 0;
  for (const auto& login : people::list_logins(desk.store())) {
    if (login.disabled || login.staff_id.empty() || !desk.reaches_staff(login.staff_id)) continue;
    for (const PostSheet& sheet : *sheets) {
      if (std::none_of(login.roles.begin(), login.roles.end(),
                       [&](people::Role role) { return people::role_title(role) == sheet.post; }))
        continue;
      auto read = reads.find({login.staff_id, sheet.post});
      const bool waits = read == reads.end() || read->second.digest != sheet.digest;
      waiting += waits;
      items.push_back(JsonObject{{"person", desk.person_json(login.staff_id)},
                                 {"name", desk.name_of(login.staff_id)},
                                 {"post", sheet.post},
                                 {"waits", waits},
                                 {"confirmed_at", read == reads.end() ? Json() : Json(read->second.at)}});
    }
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const Json& a, const Json& b) { return flag_in(a, "waits") && !flag_in(b, "waits"); });
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"waiting", waiting}};
  return out;
}

}  // namespace

std::vector<RecordKind> duty_kinds() {
  return {
      {.kind = workbench::kSheetRead, .title = "岗位职责确认", .page = "/duties", .read = Permission::todo_read}};
}

Table staff_duty_endpoints() {
  return {{.method = "GET",
           .path = "/post-duties",
           .summary = "what each post is for, what it does and where, as a pack says; who sits in its group",
           .permission = Permission::org_read,
           .parameters = {{"pack", text(100), false, "else the house's own: posts are the built-in roles"}},
           .output = ref("PostDuties"),
           .handler = duties},
          {.method = "POST",
           .path = "/post-duties/confirm",
           .summary = "says that one has read and understood what one's own post does; kept in the audit chain",
           .permission = Permission::org_read,
           .input = object({{"post", text(100)}, {"digest", described(text(100), "of the sheet that was read")}}),
           .output = object({{"post", text()}, {"confirmed_at", moment()}}),
           .handler = confirm},
          {.method = "GET",
           .path = "/post-duties/readers",
           .summary = "who below one has confirmed what their post does, and who has not",
           .permission = Permission::todo_read,
           .output = list_of("DutyReader", {{"waiting", described(integer(), "that have not confirmed")}}),
           .handler = readers,
           .list = true,
           .searched = {"name", "post"}}};
}

void duty_shapes(Schemas& out) {
  out["PostDuty"] = object({{"kind", choice({"职责", "权利", "权限", "要求"})},
                            {"text", text()},
                            {"often", text()},
                            {"page", described(text(), "name of the client's page; \"\": outside the program")},
                            {"leaves", text()}});
  out["DutyReader"] = object({{"person", ref("PersonLine")},
                              {"name", text()},
                              {"post", text()},
                              {"waits", boolean()},
                              {"confirmed_at", nullable(moment())}});
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
                                     {"digest", text()},
                                     {"confirmed_at", described(nullable(moment()), "by the asker, of any state")},
                                     {"waits", described(boolean(), "one's own, not confirmed as it stands")},
                                     {"called", described(text(), "outside the bank; \"\": the same")},
                                     {"purpose", text()},
                                     {"article", text()},
                                     {"rules", list(text())},
                                     {"duties", list(ref("PostDuty"))}}))},
              {"group", described(nullable(group), "null: the pack names no seats")}});
}

}  // namespace guanhu::api
