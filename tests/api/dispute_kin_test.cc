// Who is related to the person concerned does not decide their dispute (回避).
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

// A member of staff who is neither of the two.
std::string another_hr(TestBank& bank) {
  for (const auto& [id, position] : bank.facts->staff_position)
    if (id != bank.staff(Role::hr) && id != bank.staff(Role::manager) && position != "manager") return id;
  return "";
}

TEST(Disputes, AreNotDecidedByRelatives) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager), &hr = bank.as(Role::hr);
  Reply made = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025H2"}});
  ASSERT_EQ(made.status, 202) << made.text;
  const std::string run = finished(business, made.at("id")).at("result.run");
  ASSERT_EQ(business.post("/runs/" + run + "/publish", JsonObject{{"reason", "核对过"}}).status, 200);
  const std::string mine = bank.staff(Role::manager);
  Reply shown = manager.get("/results/" + run + "/" + mine);
  ASSERT_EQ(shown.status, 200) << shown.text;
  Reply filed = manager.post("/disputes", JsonObject{{"run", static_cast<int64_t>(std::stoll(run))},
                                                     {"figure", shown.at("figures.0.name")},
                                                     {"claimed", "99999999"},
                                                     {"reason", "少算了一户"}});
  ASSERT_EQ(filed.status, 200) << filed.text;
  const std::string path = "/disputes/" + filed.at("id") + "/decide";
  const Json no = JsonObject{{"outcome", "rejected"}, {"reason", "证明不足"}};
  Reply kin =
      hr.post("/relations", JsonObject{{"staff_id", mine}, {"other", bank.staff(Role::hr)}, {"kind", "sibling"}});
  ASSERT_EQ(kin.status, 200) << kin.text;
  Reply refused = hr.post(path, no);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "dispute.kin") << refused.text;
  EXPECT_NE(refused.at("detail").find("回避"), std::string::npos) << refused.text;
  // Not ended by oneself in order to decide, and not opened by somebody else who ends it meanwhile.
  Reply own = hr.send("DELETE", "/relations/" + kin.at("id"));
  EXPECT_EQ(own.status, 422) << own.text;
  EXPECT_EQ(own.code(), "assess.kin.party");
  EXPECT_EQ(manager.send("DELETE", "/relations/" + kin.at("id")).status, 403);
  const std::string colleague = another_hr(bank);
  Browser second = bank.browser();
  const std::string password = bank.add_login("hr2", colleague, {Role::hr});
  ASSERT_EQ(second.log_in("hr2", password, "a long enough word 9").status, 200);
  EXPECT_EQ(second.send("DELETE", "/relations/" + kin.at("id")).status, 204);
  EXPECT_EQ(hr.post(path, no).code(), "dispute.kin") << "it stood when the dispute was filed";
  // Somebody else may.
  Reply decided = bank.as(Role::executive).post(path, no);
  EXPECT_EQ(decided.status, 200) << decided.text;
}

}  // namespace
}  // namespace guanhu::api::testing
