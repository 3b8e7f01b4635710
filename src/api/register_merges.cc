// Customers that may be one: pairs found, merges proposed, checked, taken back.
#include "api/long_work.h"
#include "api/register_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Merge;
using people::Permission;

namespace {

constexpr size_t kCandidates = 20'000;

Json score_json(int64_t score) { return base::Decimal::make(score, -2).str(); }

Json pair_json(RegisterDesk& desk, const customers::Pair& of) {
  return JsonObject{{"one", desk.customer_json(of.one)},
                    {"other", desk.customer_json(of.other)},
                    {"score", score_json(of.score)},
                    {"reasons", words_json(of.reasons)},
                    {"state", of.state},
                    {"found_at", of.found_at},
                    {"why", of.why},
                    {"decided_by", of.decided_by},
                    {"may_write", desk.can(Permission::customer_write)}};
}

Json merge_json(RegisterDesk& desk, const Merge& of) {
  auto maybe = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  const bool check = desk.can(Permission::customer_check);
  return JsonObject{{"id", of.id},
                    {"survivor", desk.customer_json(of.survivor)},
                    {"absorbed", desk.customer_json(of.absorbed)},
                    {"state", of.state},
                    {"score", of.score ? score_json(*of.score) : Json()},
                    {"reasons", words_json(of.reasons)},
                    {"why", of.why},
                    {"proposed_at", of.proposed_at},
                    {"proposed_by", of.proposed_by},
                    {"decided_at", maybe(of.decided_at)},
                    {"decided_by", of.decided_by},
                    {"decided_why", of.decided_why},
                    {"undone_at", maybe(of.undone_at)},
                    {"undone_by", of.undone_by},
                    {"undone_why", of.undone_why},
                    {"may_decide", check && of.state == "proposed" && of.proposed_by != desk.login()},
                    {"may_undo", check && of.state == "made"}};
}

Outcome list_pairs(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : customers::pairs(desk.store(), call.get("state").value_or("open"))) {
    // Of what is merged meanwhile nothing is left to look at.
    if (desk.merges().canonical(one.one) == desk.merges().canonical(one.other)) continue;
    if (desk.sees_customer(desk.merges().canonical(one.one)) &&
        desk.sees_customer(desk.merges().canonical(one.other)))
      items.push_back(pair_json(desk, one));
  }
  return Answer{.items = Items::of(std::move(items))};
}

base::Result<customers::Asked> judge(RegisterDesk& desk, const std::string& decision,
                                     const customers::Likeness& like) {
  JsonObject given{{"证件号相同", like.number},
                   {"名称相同", like.name},
                   {"生日相同", like.birthday},
                   {"电话相同", like.phone},
                   {"地址相似度", base::Decimal::make(like.address, -2)}};
  return customers::ask(desk.packs(), {decision, desk.business()}, {}, std::move(given));
}

int64_t hundredths(const Json& number) {
  if (!number.as_number()) return 0;
  return base::Decimal::make(number.as_number()->coefficient(), number.as_number()->exponent() + 2)
      .to_int64()
      .value_or(0);
}

Outcome find_pairs(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  std::vector<customers::Judged> judged;
  long_progress(0, 100, "比对全部客户");
  const auto candidates = customers::find_candidates(desk.db(), desk.merges(), kCandidates);
  for (size_t i = 0; i < candidates.size(); ++i) {
    const auto& one = candidates[i];
    // A third of the time is gone when all are compared.
    if (i % 100 == 0)
      long_progress(candidates.size() / 2 + i, candidates.size() + candidates.size() / 2,
                    "判断 " + std::to_string(i) + "/" + std::to_string(candidates.size()) + " 对");
    auto asked = judge(desk, plan->duplicate, one.like);
    if (!asked.ok()) return register_refusal(asked.error());
    if (!asked->flag("疑似重复")) continue;
    judged.push_back({one.one, one.other, hundredths(asked->part("得分")), asked->words("理由")});
  }
  const int64_t fresh = customers::keep_pairs(desk.store(), judged, desk.doing());
  return Answer{JsonObject{{"looked_at", candidates.size()},
                           {"found", judged.size()},
                           {"new", fresh},
                           {"cut", candidates.size() >= kCandidates}}};
}

Outcome dismiss(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  std::string one = text_member(call, "one"), other = text_member(call, "other");
  if (other < one) std::swap(one, other);
  if (!desk.customer(one) || !desk.customer(other)) return not_found();
  auto done = customers::dismiss_pair(desk.store(), one, other, flag_member(call, "reopen"),
                                      text_member(call, "why"), desk.doing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{pair_json(desk, *done)};
}

Outcome list_merges(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one :
       customers::merges(desk.store(), {.state = call.get("state").value_or(""), .customer = ""}))
    if (desk.sees_customer(desk.merges().canonical(one.survivor)) || desk.sees_customer(one.absorbed))
      items.push_back(merge_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

// What the pack says of the two: whether they may be one, and how many persons that takes.
base::Result<customers::Asked> check_merge(RegisterDesk& desk, const customers::RegisterPlan& plan,
                                           const std::string& one, const std::string& other) {
  std::string kinds[2], numbers[2];
  const std::string ids[2] = {one, other};
  for (int i = 0; i < 2; ++i)
    for (const auto& row : customers::text_rows(
             desk.db(),
             "SELECT c.kind, c.id_no FROM " +
                 customers::counting_rows("f_customers", "f.customer_id", "f.customer_id, f.kind, f.id_no",
                                          "f.customer_id = " + customers::quoted(ids[i])) +
                 " c",
             2))
      kinds[i] = row[0].value_or(""), numbers[i] = row[1].value_or("");
  JsonObject given{{"类型相同", kinds[0] == kinds[1]},
                   {"证件号都有且不同", !numbers[0].empty() && !numbers[1].empty() && numbers[0] != numbers[1]}};
  return customers::ask(desk.packs(), {plan.merge, desk.business()}, {}, std::move(given));
}

Outcome propose(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  const std::string survivor = text_member(call, "survivor"), absorbed = text_member(call, "absorbed");
  for (const char* side : {"survivor", "absorbed"})
    if (!desk.customer(text_member(call, side)))
      return register_refusal(
          {"merge.customer", "没有客户 " + text_member(call, side), side, "写您看得到的客户号"});
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  auto check = check_merge(desk, *plan, survivor, absorbed);
  if (!check.ok()) return register_refusal(check.error());
  if (check->word("结论") == "不通过") {
    std::string why;
    for (const auto& reason : check->words("原因")) why += (why.empty() ? "" : "、") + reason;
    return register_refusal({"merge.check", "不能合并：" + why, "absorbed", check->title});
  }
  customers::MergeAsked asked{survivor, absorbed, text_member(call, "why")};
  asked.two_persons = check->flag("须复核");
  for (const auto& pair : customers::pairs(desk.store(), "open"))
    if ((pair.one == survivor && pair.other == absorbed) || (pair.one == absorbed && pair.other == survivor))
      asked.score = pair.score, asked.reasons = pair.reasons;
  auto made = customers::propose_merge(desk.store(), asked, desk.doing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{merge_json(desk, *made)};
}

// The merge in the path, when one of the two is in reach.
std::optional<Merge> reached(RegisterDesk& desk, const Call& call) {
  auto id = id_in_path(call);
  auto one =
      id ? customers::merge(desk.store(), *id) : base::Result<Merge>(base::Error{"merge.unknown", "", "", ""});
  if (!one.ok()) return std::nullopt;
  const bool sees = desk.sees_customer(desk.merges().canonical(one->survivor)) ||
                    desk.sees_customer(desk.merges().canonical(one->absorbed));
  return sees ? std::optional(std::move(*one)) : std::nullopt;
}

Outcome decide(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto one = reached(desk, call);
  if (!one) return not_found();
  auto done = customers::decide_merge(desk.store(), one->id, flag_member(call, "accept"), text_member(call, "why"),
                                      desk.doing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{merge_json(desk, *done)};
}

Outcome undo(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto one = reached(desk, call);
  if (!one) return not_found();
  auto done = customers::undo_merge(desk.store(), one->id, text_member(call, "why"), desk.doing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{merge_json(desk, *done)};
}

}  // namespace

Table register_merge_endpoints() {
  const auto read = Permission::customer_read, write = Permission::customer_write,
             check = Permission::customer_check;
  const SchemaRef why = text(2000);
  return {
      {.method = "GET",
       .path = "/customer-duplicates",
       .summary = "pairs of customers that may be one, highest score first",
       .permission = read,
       .parameters = {{"state", choice({"open", "dismissed"}), false, "else open"}},
       .output = list_of("DuplicatePair"),
       .handler = list_pairs,
       .list = true},
      {.method = "POST",
       .path = "/customer-duplicates/find",
       .summary = "looks for pairs in all customers anew",
       .permission = check,
       .output = object({{"looked_at", integer()}, {"found", integer()}, {"new", integer()}, {"cut", boolean()}}),
       .handler = find_pairs},
      {.method = "POST",
       .path = "/customer-duplicates/dismiss",
       .summary = "says that two are two, or that one should look again",
       .permission = write,
       .input = optional(object({{"one", text(100)}, {"other", text(100)}, {"reopen", boolean()}, {"why", why}}),
                         {"reopen"}),
       .output = ref("DuplicatePair"),
       .handler = dismiss},
      {.method = "GET",
       .path = "/customer-merges",
       .summary = "merges, newest first",
       .permission = read,
       .parameters = {{"state", choice({"proposed", "made", "rejected", "undone"}), false, "else all"}},
       .output = list_of("CustomerMerge"),
       .handler = list_merges,
       .list = true},
      {.method = "POST",
       .path = "/customer-merges",
       .summary = "proposes that one number leads to another",
       .permission = write,
       .input = object({{"survivor", text(100)}, {"absorbed", text(100)}, {"why", why}}),
       .output = ref("CustomerMerge"),
       .handler = propose},
      {.method = "POST",
       .path = "/customer-merges/{id}/decide",
       .summary = "the second person agrees, or does not",
       .permission = check,
       .input = object({{"accept", boolean()}, {"why", why}}),
       .output = ref("CustomerMerge"),
       .handler = decide},
      {.method = "POST",
       .path = "/customer-merges/{id}/undo",
       .summary = "takes a merge back: everything is as before",
       .permission = check,
       .input = object({{"why", why}}),
       .output = ref("CustomerMerge"),
       .handler = undo}};
}

}  // namespace guanhu::api
