// Answers that are kept and given out on the event loop: the same as the worker's, and to nobody else.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const std::string kAsked = std::string("?scheme=") + kScheme + "&period=" + kPeriod;

TEST(Kept, TheFirstAnswerAndTheNextAreOne) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  for (const std::string& path : {"/scores/" + bank.staff(Role::manager) + kAsked,
                                  "/scores/" + bank.staff(Role::manager) + "/trend" + kAsked + "&count=2"}) {
    Reply first = manager.get(path), next = manager.get(path);
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(next.text, first.text);
    EXPECT_EQ(next.header("etag"), first.header("etag"));
    Reply packed = manager.send("GET", path, "", {{"accept-encoding", "gzip"}});
    if (first.text.size() > 2048) {
      EXPECT_EQ(packed.header("content-encoding"), "gzip");
      EXPECT_NE(packed.header("etag"), first.header("etag")) << "other bytes, another tag";
      EXPECT_LT(packed.text.size(), first.text.size() / 2);
    }
    for (const Reply& one : {first, packed}) {
      bool gzip = one.header("content-encoding") == "gzip";
      Reply same =
          manager.send("GET", path, "",
                       {{"if-none-match", one.header("etag")}, {"accept-encoding", gzip ? "gzip" : "identity"}});
      EXPECT_EQ(same.status, 304);
      EXPECT_EQ(same.text, "");
    }
  }
}

TEST(Kept, IsForThoseWhoMaySeeItOnly) {
  TestBank& bank = TestBank::get();
  const std::string path = "/scores/" + bank.staff(Role::manager) + kAsked;
  ASSERT_EQ(bank.as(Role::executive).get(path).status, 200);
  EXPECT_EQ(bank.as(Role::administrator).get(path).status, 403);
  EXPECT_EQ(bank.browser().get(path).status, 401);
  Browser forged = bank.browser();
  forged.cookie = "guanhu=" + std::string(64, 'a');
  EXPECT_EQ(forged.get(path).status, 401);
  // A colleague with a scope of his own asks twice: the second time everything he may see is known.
  std::string colleague;
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && id != bank.staff(Role::manager)) colleague = id;
  Browser other = bank.browser();
  other.log_in("colleague", bank.add_login("colleague", colleague, {Role::manager}), "not-your-sheet-9");
  EXPECT_EQ(other.get("/scores/" + colleague + kAsked).status, 200);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(other.get(path).status, 404);
  EXPECT_EQ(other.get(path + "&nonsense=1").status, 400);
  // The end of a session is the end of what is kept for it.
  EXPECT_EQ(other.get("/scores/" + colleague + kAsked).status, 200);
  ASSERT_EQ(other.send("DELETE", "/session").status, 204);
  EXPECT_EQ(other.get("/scores/" + colleague + kAsked).status, 401);
}

}  // namespace
}  // namespace guanhu::api::testing
