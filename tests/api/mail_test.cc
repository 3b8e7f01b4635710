// Letters, notices and the queue over HTTP: who sees what, whatever their role.
#include "bank.h"

namespace guanhu::api::testing {

namespace {

using people::Role;

JsonArray to(const std::string& kind, const std::string& id) { return {JsonObject{{"kind", kind}, {"id", id}}}; }

// The number of a letter that was sent.
std::string sent(Browser& by, JsonArray addresses, const std::string& subject, JsonArray files = {}) {
  Reply draft = by.post("/mail", JsonObject{{"to", std::move(addresses)},
                                            {"subject", subject},
                                            {"text", "西街的存款请再核对一遍"},
                                            {"files", std::move(files)}});
  EXPECT_EQ(draft.status, 200) << draft.text;
  Reply went = by.post("/mail/" + draft.at("id") + "/send", JsonObject{{"version", 1}});
  EXPECT_EQ(went.status, 200) << went.text;
  return went.at("id");
}

JsonObject notice(JsonArray audience) {
  return {{"title", "核对手机号"},  {"text", "自下月起核对。"},
          {"importance", "normal"}, {"audience", std::move(audience)},
          {"day", "2026-01-01"},    {"until", "2036-01-01"},
          {"must_know", true},      {"know_by", "2035-01-01"}};
}

}  // namespace

// MSG-602
TEST(Letters, AreOfThoseWhoSentAndGotThem) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  Reply file =
      manager.send("POST", "/files?name=a.txt&type=text/plain", "附件里的话", {}, "application/octet-stream");
  ASSERT_EQ(file.status, 200) << file.text;
  const std::string digest = file.at("digest");
  EXPECT_EQ(head.get("/files/" + digest).status, 404);
  // Nobody attaches what he was not shown.
  Reply stolen = head.post(
      "/mail", JsonObject{{"to", JsonArray{}}, {"subject", "x"}, {"text", "x"}, {"files", JsonArray{digest}}});
  EXPECT_EQ(stolen.status, 422);
  EXPECT_EQ(stolen.at("errors.0.where"), "files");

  const std::string id = sent(manager, to("person", bank.staff(Role::branch_head)), "月底对账", {digest});
  EXPECT_EQ(head.get("/mail/" + id).at("subject"), "月底对账");
  EXPECT_EQ(head.get("/files/" + digest).status, 200);
  EXPECT_EQ(head.get("/mail/" + id).at("receipts.0.name"), "") << "who has read it is told to its sender alone";
  for (Role role : {Role::administrator, Role::auditor, Role::executive, Role::business}) {
    Browser& other = bank.as(role);
    EXPECT_EQ(other.get("/mail/" + id).status, 404);
    EXPECT_EQ(other.get("/files/" + digest).status, 404);
    EXPECT_EQ(other.get("/records/letter/" + id + "/versions").status, 404);
    EXPECT_EQ(other.get("/writing?words=%E8%A5%BF%E8%A1%97%E7%9A%84%E5%AD%98%E6%AC%BE").text.find(id),
              std::string::npos);
  }
  // The reader has the one version that was sent.
  Reply versions = head.get("/records/letter/" + id + "/versions");
  EXPECT_EQ(versions.at("total"), "1") << versions.text;
  // The chain has the sending, not a word of it.
  Reply chain = bank.as(Role::auditor).get("/audit?action=letter.send");
  EXPECT_NE(chain.text.find("letter " + id), std::string::npos) << chain.text.substr(0, 300);
  EXPECT_EQ(chain.text.find("月底对账"), std::string::npos);
  EXPECT_EQ(chain.text.find("西街"), std::string::npos);

  EXPECT_EQ(manager.get("/mail/" + id).at("receipts.0.read_at"), "null");
  EXPECT_EQ(head.post("/mail/" + id + "/mark", JsonObject{{"read", true}}).status, 200);
  EXPECT_NE(manager.get("/mail/" + id).at("receipts.0.read_at"), "null");
  EXPECT_EQ(head.post("/mail/" + id + "/recall", JsonObject{{"reason", "x"}}).status, 404) << "not his to recall";
  EXPECT_EQ(manager.post("/mail/" + id + "/recall", JsonObject{{"reason", "发错了"}}).at("unread"), "0");
  EXPECT_EQ(head.get("/mail/" + id).at("recall_why"), "发错了");
}

// MSG-601
TEST(Notices, TwoPeopleWhereThePackSays) {
  TestBank& bank = TestBank::get();
  (void)bank.as(Role::administrator).send("PUT", "/todo-packs/daily-duties", R"({"on": true})");
  Browser &business = bank.as(Role::business), &executive = bank.as(Role::executive),
          &head = bank.as(Role::branch_head);
  EXPECT_EQ(bank.as(Role::manager).post("/notices", notice(to("all", ""))).status, 403);
  Reply beyond = head.post("/notices", notice(to("all", "")));
  EXPECT_EQ(beyond.code(), "notice.audience") << "a head writes to those below";
  EXPECT_NE(beyond.text.find("“全行”"), std::string::npos) << beyond.text;
  Reply draft = business.post("/notices", notice(to("all", "")));
  ASSERT_EQ(draft.status, 200) << draft.text;
  const std::string path = "/notices/" + draft.at("id");
  EXPECT_EQ(bank.as(Role::manager).get(path).status, 404) << "a draft";
  Reply proposed = business.post(path + "/publish", JsonObject{{"version", 1}});
  EXPECT_EQ(proposed.at("state"), "proposed") << proposed.text;
  EXPECT_EQ(proposed.at("check_article"), "第一条");
  EXPECT_EQ(business.post(path + "/check", JsonObject{{"agreed", true}}).code(), "notice.same");
  EXPECT_EQ(bank.as(Role::hr).post(path + "/check", JsonObject{{"agreed", true}}).code(), "notice.role");
  Reply agreed = executive.post(path + "/check", JsonObject{{"agreed", true}});
  EXPECT_EQ(agreed.at("state"), "published") << agreed.text;

  Browser& manager = bank.as(Role::manager);
  EXPECT_EQ(manager.get(path).at("may.0"), "know");
  EXPECT_NE(manager.get("/todos?source=notice").text.find("请阅知：核对手机号"), std::string::npos);
  EXPECT_NE(manager.get("/messages?unread=true").text.find("通知：核对手机号"), std::string::npos);
  EXPECT_EQ(manager.send("POST", path + "/know").at("known"), "true");
  EXPECT_EQ(manager.send("POST", path + "/know").code(), "notice.known");
  EXPECT_EQ(manager.get("/todos?source=notice").text.find("请阅知：核对手机号"), std::string::npos);
  EXPECT_EQ(manager.get(path + "/readers").status, 403);
  EXPECT_NE(business.send("POST", path + "/remind").at("people"), "0");
  EXPECT_EQ(business.get(path + "/readers").at("reminders.0.by"), "business");
}

TEST(Outbox, ItsSecretsAreNotShown) {
  TestBank& bank = TestBank::get();
  Browser& admin = bank.as(Role::administrator);
  Reply made = admin.post("/outbox-channels", JsonObject{{"name", "网关"},
                                                         {"kind", "sms"},
                                                         {"url", "https://127.0.0.1/hook?token=very-hidden"},
                                                         {"secret", "0123456789-hidden"},
                                                         {"events", JsonArray{"customer"}},
                                                         {"full", false},
                                                         {"consent", true},
                                                         {"on", true}});
  ASSERT_EQ(made.status, 200) << made.text;
  for (const std::string& path : {std::string("/outbox-channels"), std::string("/outbox")})
    EXPECT_EQ(admin.get(path).text.find("hidden"), std::string::npos);
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=outbox").text.find("hidden"), std::string::npos);
  EXPECT_EQ(bank.log.text().find("very-hidden"), std::string::npos);
  EXPECT_EQ(bank.as(Role::manager).get("/outbox-channels").status, 403);
  // Inside the bank and not listed: refused before anything is sent.
  Reply tried = admin.send("POST", "/outbox-channels/" + made.at("id") + "/try");
  EXPECT_EQ(tried.at("outcome"), "dead") << tried.text;
  EXPECT_EQ(tried.at("status"), "0");
}

}  // namespace guanhu::api::testing
