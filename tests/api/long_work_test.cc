// What takes long, asked for as a job: checked before it is queued, done under the same rules, its result kept.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const Json kWhy = JsonObject{{"reason", "名单核对过"}};

TEST(LongWork, IsCheckedBeforeItIsQueued) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager);
  const std::string before = business.get("/jobs?page_size=1").at("total");
  EXPECT_EQ(manager.post("/runs/1/publish?as=job", kWhy).status, 403);
  EXPECT_EQ(business.post("/runs/1/publish?as=job", JsonObject{}).status, 400);
  EXPECT_EQ(business.post("/runs/1/publish?as=task", kWhy).at("errors.0.where"), "as");
  EXPECT_EQ(business.post("/runs/1/publish?as=job&as=job", kWhy).status, 400);
  EXPECT_EQ(business.post("/runs/1/propose-seal?as=job", kWhy).at("errors.0.where"), "as")
      << "what does not take long has no such parameter";
  EXPECT_EQ(business.get("/runs?as=job").status, 400);
  EXPECT_EQ(business.get("/jobs?page_size=1").at("total"), before);
}

TEST(LongWork, ARefusalMakesTheJobFailWithItsWords) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  Reply asked = business.post("/runs/999999/publish?as=job", kWhy);
  ASSERT_EQ(asked.status, 202) << asked.text;
  Reply job = finished(business, asked.at("id"));
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_FALSE(job.at("message").empty());
  EXPECT_EQ(bank.as(Role::manager).get("/jobs/" + asked.at("id")).status, 404) << "somebody else's job";
}

TEST(LongWork, IsDoneAsByTheEndpointItself) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  Reply made = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-11"}});
  ASSERT_EQ(made.status, 202) << made.text;
  Reply appraised = finished(business, made.at("id"));
  ASSERT_EQ(appraised.at("state"), "done") << appraised.text;
  const std::string run = appraised.at("result.run");
  Reply asked = business.post("/runs/" + run + "/publish?as=job", kWhy);
  ASSERT_EQ(asked.status, 202) << asked.text;
  EXPECT_EQ(asked.at("kind"), "act");
  EXPECT_NE(asked.at("title").find(run), std::string::npos) << asked.text;
  Reply job = finished(business, asked.at("id"));
  ASSERT_EQ(job.at("state"), "done") << job.text;
  EXPECT_EQ(job.at("result.state"), "published") << job.text;
  EXPECT_EQ(business.get("/runs/" + run + "/life").at("state"), "published");
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=run.publish&page_size=1").at("items.0.actor"), "business");
  // Once more: the rule that refuses it is the same.
  Reply again = finished(business, business.post("/runs/" + run + "/publish?as=job", kWhy).at("id"));
  EXPECT_EQ(again.at("state"), "failed");
  EXPECT_EQ(again.at("error.code"), "life.state") << "and says which: " << again.text;
  EXPECT_EQ(job.at("error"), "null");
}

TEST(LongWork, DuplicatesAreLookedForAsAJob) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  EXPECT_EQ(bank.as(Role::manager).post("/customer-duplicates/find?as=job", JsonObject{}).status, 403);
  Reply found = finished(business, business.post("/customer-duplicates/find?as=job", JsonObject{}).at("id"));
  ASSERT_EQ(found.at("state"), "done") << found.text;
  EXPECT_EQ(business.get("/customer-duplicates?page_size=1").at("total"), found.at("result.found"));
}

}  // namespace
}  // namespace guanhu::api::testing
