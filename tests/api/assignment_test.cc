// Who serves whom over HTTP: who may record, claim, sign; what is refused. Nothing here begins before the sample
// bank's last day is over, so that what other tests see stays.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

// A customer in the branch of the head; of the manager with a login or not.
std::string customer_of(bool managers) {
  TestBank& bank = TestBank::get();
  const Sight own = bank.facts->sight(bank.staff(Role::manager), people::Scope::own, "2025-12-31");
  const Sight branch = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  for (const auto& id : branch.customers)
    if ((own.customers.count(id) != 0) == managers) return id;
  return "";
}

// Another manager of the head's branch.
std::string mate() {
  TestBank& bank = TestBank::get();
  const Sight sight = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && sight.staff.count(id) != 0 && id != bank.staff(Role::manager)) return id;
  return "";
}

std::string day_of(Browser& who, int more = 0) {
  const Reply summary = who.get("/todos/summary");
  return (base::Date::parse(summary.at("today")).value() + more).str();
}

Json managers(std::initializer_list<std::tuple<std::string, const char*, int>> all) {
  JsonArray out;
  for (const auto& [staff, role, share] : all)
    out.push_back(JsonObject{{"staff", staff}, {"role", role}, {"share", share}});
  return out;
}

Json assign(const std::string& customer, const std::string& from, Json to) {
  return JsonObject{{"subject_kind", "customer"},
                    {"subject", customer},
                    {"from", from},
                    {"managers", std::move(to)},
                    {"reason", "试一试"}};
}

TEST(Assignment, isRefusedWithTheFieldAndToThoseWhoMayNot) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &manager = bank.as(Role::manager);
  const std::string customer = customer_of(false), today = day_of(head), other = mate();
  ASSERT_NE(customer, "");
  ASSERT_NE(other, "");
  const Json whole = managers({{other, "main", 10'000}});
  EXPECT_EQ(manager.post("/assignments", assign(customer, today, whole)).status, 403);
  EXPECT_EQ(head.post("/assignments", assign("no such", today, whole)).status, 404);
  const std::pair<Json, const char*> wrong[] = {
      {managers({}), "assignment.managers"},
      {managers({{other, "main", 9'999}}), "assignment.managers"},
      {managers({{other, "assist", 10'000}}), "assignment.managers"},
      {managers({{"nobody", "main", 10'000}}), "assignment.staff"},
      {managers({{other, "main", 4'000}, {bank.staff(Role::manager), "assist", 6'000}}), "assignment.rule"}};
  for (const auto& [to, code] : wrong) {
    const Reply refused = head.post("/assignments", assign(customer, today, to));
    EXPECT_EQ(refused.status, 422) << refused.text;
    EXPECT_EQ(refused.code(), code) << refused.text;
    EXPECT_NE(refused.text.find("managers"), std::string::npos) << refused.text;
  }
  const Reply short_of = head.post("/assignments", assign(customer, today, managers({{other, "main", 9'999}})));
  EXPECT_NE(short_of.text.find("份额合计 99.99%，不是 100%"), std::string::npos) << short_of.text;
  EXPECT_EQ(head.post("/assignments", assign(customer, day_of(head, -400), whole)).code(), "assignment.rule");
}

// CUS-606: what begins in the past waits for a second person, who is not the maker.
TEST(Assignment, waitsForASecondPersonWhenItBeginsInThePast) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &business = bank.as(Role::business);
  const std::string customer = customer_of(false);
  const Reply made =
      head.post("/assignments", assign(customer, day_of(head, -1), managers({{mate(), "main", 10'000}})));
  ASSERT_EQ(made.status, 200) << made.text;
  const Json& entry = (*made.body.find("items")->as_array())[0];
  EXPECT_EQ(*entry.find("state")->as_string(), "asked");
  const std::string at = "/assignments/" + entry.find("id")->dump();
  EXPECT_EQ(head.post(at + "/decide", JsonObject{{"agree", true}}).status, 403);
  EXPECT_EQ(business.post(at + "/decide", JsonObject{{"agree", false}}).code(), "assignment.note");
  const Reply refused = business.post(at + "/decide", JsonObject{{"agree", false}, {"note", "没有依据"}});
  EXPECT_EQ(refused.at("state"), "refused") << refused.text;
  EXPECT_EQ(business.post(at + "/decide", JsonObject{{"agree", true}}).status, 409);
  EXPECT_EQ(bank.as(Role::administrator).get(at).status, 403);
}

TEST(Assignment, previewShowsWhatWouldMove) {
  Browser& head = TestBank::get().as(Role::branch_head);
  const std::string customer = customer_of(true);
  const Reply moved =
      head.post("/assignment-preview",
                JsonObject{{"customer", customer}, {"managers", managers({{mate(), "main", 10'000}})}});
  ASSERT_EQ(moved.status, 200) << moved.text;
  base::Decimal before, after;
  for (const Json& one : *moved.body.find("items")->as_array()) {
    before = base::Decimal::add(before, *base::Decimal::parse(*one.find("deposits_before")->as_string())).value();
    after = base::Decimal::add(after, *base::Decimal::parse(*one.find("deposits_after")->as_string())).value();
  }
  EXPECT_EQ(before.str(), after.str());
  const Reply history = head.get("/customers/" + customer + "/assignments");
  ASSERT_EQ(history.status, 200) << history.text;
  EXPECT_FALSE(history.body.find("spans")->as_array()->empty());
}

// CUS-607
TEST(Assignment, aClaimIsNotDecidedByItsMakerNorBeforeTheAnswer) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &manager = bank.as(Role::manager);
  const std::string customer = customer_of(false), today = day_of(manager);
  auto ask = [&](const char* evidence) {
    return JsonObject{{"customer", customer}, {"from", today}, {"reason", "我介绍开户的"}, {"evidence", evidence}};
  };
  EXPECT_EQ(manager.post("/claims", ask("")).code(), "claim.evidence");
  const Reply filed = manager.post("/claims", ask("开户单"));
  ASSERT_EQ(filed.status, 200) << filed.text;
  EXPECT_EQ(manager.post("/claims", ask("开户单")).code(), "claim.open");
  const std::string at = "/claims/" + filed.at("id");
  const Json decide = JsonObject{{"version", 1}, {"grant", false}, {"why", "一直是别人管"}};
  EXPECT_EQ(manager.post(at + "/decide", decide).status, 403);
  const Reply early = head.post(at + "/decide", decide);
  EXPECT_TRUE(early.status == 403 || early.status == 409) << early.text;
  EXPECT_EQ(bank.as(Role::executive).get(at).status, 200);
  const Reply back = manager.post(at + "/withdraw", JsonObject{{"version", 1}, {"why", "弄错了"}});
  EXPECT_EQ(back.at("state"), "withdrawn") << back.text;
}

// ARC-305: signed item by item; nothing moves; another version is refused; the witness is not asked before both.
TEST(Assignment, aHandoverIsSignedItemByItemAndCancelled) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &manager = bank.as(Role::manager);
  JsonObject ask = {{"taker", mate()},
                    {"witness", bank.staff(Role::branch_head)},
                    {"why", "rotation"},
                    {"day", day_of(manager, 3)}};
  const Reply made = manager.post("/handovers", ask);
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string at = "/handovers/" + made.at("id");
  EXPECT_EQ(manager.post("/handovers", ask).code(), "handover.open");
  const Json items = JsonObject{{"side", "giver"}, {"items", JsonArray{}}};
  EXPECT_EQ(manager.post(at + "/items", items).status, 409);  // not begun
  EXPECT_EQ(manager.post(at + "/begin", JsonObject{{"version", 7}}).status, 409);
  ASSERT_EQ(manager.post(at + "/begin", JsonObject{{"version", 1}}).status, 200);
  EXPECT_EQ(head.post(at + "/items", items).status, 403);
  EXPECT_EQ(manager.post(at + "/sign", JsonObject{{"version", 2}, {"as", "giver"}}).code(), "handover.items");
  const Reply all = manager.post(at + "/items", items);
  EXPECT_EQ(all.at("counts.given"), all.at("counts.items")) << all.text.substr(0, 300);
  const Reply signed_by = manager.post(at + "/sign", JsonObject{{"version", 2}, {"as", "giver"}});
  ASSERT_EQ(signed_by.status, 200) << signed_by.text.substr(0, 300);
  EXPECT_EQ(head.post(at + "/sign", JsonObject{{"version", 3}, {"as", "witness"}}).code(), "handover.order");
  EXPECT_EQ(manager.post(at + "/sign", JsonObject{{"version", 3}, {"as", "taker"}}).status, 403);
  const Reply printed = head.get(at + "/protocol");
  EXPECT_NE(printed.text.find("客户经理移交清单"), std::string::npos);
  const Reply gone = head.post(at + "/cancel", JsonObject{{"version", 3}, {"reason", "不轮了"}});
  EXPECT_EQ(gone.at("state"), "cancelled") << gone.text.substr(0, 300);
  for (const Json& one : *manager.get("/assignments?origin=handover").body.find("items")->as_array())
    ADD_FAILURE() << "moved: " << one.dump();
}

TEST(Assignment, aLeaversCustomersAreProposedWithinTheBranch) {
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  const Reply list = head.get("/assignment-proposals?leaver=" + bank.staff(Role::manager));
  ASSERT_EQ(list.status, 200) << list.text;
  const JsonArray& items = *list.body.find("items")->as_array();
  ASSERT_FALSE(items.empty());
  const Sight sight = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  for (const Json& one : items)
    for (const Json& candidate : *one.find("candidates")->as_array()) {
      const std::string& staff = *candidate.find("staff")->as_string();
      EXPECT_NE(staff, bank.staff(Role::manager));
      EXPECT_TRUE(sight.staff.count(staff)) << staff;
    }
  EXPECT_EQ(head.get("/assignment-proposals?leaver=nobody").status, 404);
  EXPECT_EQ(bank.as(Role::manager).get("/assignment-proposals").status, 403);
}

}  // namespace
}  // namespace guanhu::api::testing
