// Visits and the field over HTTP: what the pack asks, what counts once, what a done visit settles, who reads and
// comments, what devices get and when they get it no more.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

std::string moment(int64_t seconds) {
  base::SystemClock clock;
  return base::Instant{clock.now().micros + seconds * 1'000'000}.str();
}

Browser& manager() { return TestBank::get().as(Role::manager); }
std::string today() { return manager().get("/field/today").at("today"); }
std::string customer(int n = 0) {
  return manager().get("/customers?page_size=3").at("items." + std::to_string(n) + ".id");
}
// One that the manager does not reach.
std::string stranger() {
  for (int page = 1; page < 9; ++page) {
    Reply all = TestBank::get().as(Role::executive).get("/customers?page_size=50&page=" + std::to_string(page));
    for (const Json& one : *all.body.find("items")->as_array())
      if (const auto& id = *one.find("id")->as_string(); manager().get("/customers/" + id).status == 404)
        return id;
  }
  return "";
}

JsonObject plan() {
  return {{"customers", JsonArray{customer()}},
          {"day", today()},
          {"time", "09:30"},
          {"purpose", "客户关怀"},
          {"method", "上门"},
          {"ask", "问孩子上学"}};
}
JsonObject done() {
  JsonObject out = plan();
  out.emplace_back("findings", "家里都好，想换个存期");
  out.emplace_back("answers", JsonObject{{"见到的人", "本人"}, {"对服务满意", "满意"}});
  return out;
}
JsonObject with(JsonObject of, const std::string& name, Json value) {
  std::erase_if(of, [&](const auto& member) { return member.first == name; });
  of.emplace_back(name, std::move(value));
  return of;
}
Json entry(const std::string& key, int64_t sent = 0) {
  return JsonObject{{"key", key}, {"device", ""}, {"made_at", moment(sent - 600)}, {"sent_at", moment(sent)}};
}
std::string where(const Reply& reply) { return reply.at("errors.0.where"); }

TEST(VisitsOverHttp, WhatDoesNotFitIsSaidAtItsField) {
  Browser& me = manager();
  EXPECT_EQ(where(me.post("/visits", with(plan(), "purpose", "逛逛"))), "purpose");
  EXPECT_EQ(where(me.post("/visits", with(plan(), "method", "写信"))), "method");
  EXPECT_EQ(where(me.post("/visits", with(plan(), "customers", JsonArray{}))), "customers")
      << "the purpose needs one";
  const std::string other = stranger();
  ASSERT_FALSE(other.empty());
  EXPECT_EQ(where(me.post("/visits", with(plan(), "customers", JsonArray{other}))), "customers");
  EXPECT_EQ(where(me.post("/visits", with(plan(), "companions", JsonArray{"nobody"}))), "companions");
  EXPECT_EQ(where(me.post("/visits", with(plan(), "time", "25:00"))), "time");
  // The list of the pack: an answer that must be there, one that does not fit, one nobody asked for.
  EXPECT_EQ(where(me.post("/visits/done", with(done(), "answers", JsonObject{{"见到的人", "本人"}}))),
            "answers/对服务满意");
  EXPECT_EQ(where(me.post("/visits/done",
                          with(done(), "answers", JsonObject{{"见到的人", "本人"}, {"对服务满意", "很好"}}))),
            "answers/对服务满意");
  EXPECT_EQ(where(me.post("/visits/done",
                          with(done(), "answers",
                               JsonObject{{"见到的人", "本人"}, {"对服务满意", "满意"}, {"天气", "晴"}}))),
            "answers/天气");
  EXPECT_EQ(where(me.post("/visits/done", with(done(), "findings", " "))), "findings");
  EXPECT_EQ(where(me.post("/visits/done", with(done(), "ended", moment(3600)))), "ended");
  const Json nobody = JsonArray{JsonObject{{"id", "f"}, {"text", "催"}, {"due", today()}, {"assignee", "nobody"}}};
  EXPECT_EQ(where(me.post("/visits/done", with(done(), "follow_ups", nobody))), "follow_ups/0/assignee");
}

TEST(VisitsOverHttp, APlaceIsEnoughWhereThePackSaysSo) {
  JsonObject village = with(with(done(), "customers", JsonArray{}), "purpose", "村组走访");
  village = with(village, "answers", JsonObject{{"走访户数", 12}, {"有意向户数", 3}});
  EXPECT_EQ(where(manager().post("/visits/done", village)), "customers") << "neither a customer nor a place";
  Reply made = manager().post("/visits/done", with(village, "place", "东岭村"));
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("title"), "东岭村 · 村组走访");
  EXPECT_EQ(made.at("checklist"), "place-visit");
}

// What was sent twice counts once: its key is made on the device.
TEST(VisitsOverHttp, AnEntryCountsOnce) {
  Browser& me = manager();
  Reply first = me.post("/visits", with(plan(), "entry", entry("once-1")));
  ASSERT_EQ(first.status, 200) << first.text;
  Reply again = me.post("/visits", with(plan(), "entry", entry("once-1")));
  EXPECT_EQ(again.status, 200) << again.text;
  EXPECT_EQ(again.at("id"), first.at("id"));
  EXPECT_EQ(again.at("version"), "1");
  // Planned and done before either was sent: the second names the first by its entry.
  JsonObject what = with(with(done(), "version", 1), "entry", entry("once-2"));
  Reply finished = me.post("/visits/entry-once-1/done", what);
  ASSERT_EQ(finished.status, 200) << finished.text;
  EXPECT_EQ(finished.at("id"), first.at("id"));
  EXPECT_EQ(finished.at("state"), "done");
  Reply twice = me.post("/visits/entry-once-1/done", what);
  EXPECT_EQ(twice.at("version"), "2") << "sent again it changes nothing";
  EXPECT_EQ(me.post("/visits/entry-unheard/done", with(what, "entry", entry("once-3"))).status, 404);
  // Another login's key is another key.
  EXPECT_EQ(TestBank::get().as(Role::branch_head).post("/visits/entry-once-1/done", what).status, 404);
}

TEST(VisitsOverHttp, WhoWasOvertakenIsToldWhatIsThere) {
  Browser& me = manager();
  Reply made = me.post("/visits", plan());
  const std::string path = "/visits/" + made.at("id");
  ASSERT_EQ(me.send("PUT", path, Json(with(with(plan(), "version", 1), "time", "15:00")).dump()).status, 200);
  Reply late = me.post(path + "/done", with(done(), "version", 1));
  EXPECT_EQ(late.status, 409) << late.text;
  EXPECT_EQ(late.code(), "record.changed");
  EXPECT_EQ(late.at("errors.0.message"), "2");
  EXPECT_EQ(me.post(path + "/done", with(done(), "version", 2)).status, 200);
  EXPECT_EQ(where(me.send("PUT", path, Json(with(done(), "version", 3)).dump())), "why")
      << "a correction says why";
  Reply corrected = me.send("PUT", path, Json(with(with(done(), "version", 3), "why", "日期记错")).dump());
  EXPECT_EQ(corrected.status, 200) << corrected.text;
  EXPECT_EQ(me.get("/records/visit/" + made.at("id") + "/versions").at("total"), "4");
}

TEST(VisitsOverHttp, WhatFollowsBecomesAToDoAndWhatAskedForItIsDone) {
  TestBank& bank = TestBank::get();
  Browser& me = manager();
  Reply task = bank.as(Role::branch_head)
                   .post("/todos", JsonObject{{"title", "去看看这户"},
                                              {"assignee", bank.staff(Role::manager)},
                                              {"due", today()},
                                              {"customer", customer()}});
  ASSERT_EQ(task.status, 200) << task.text;
  const std::string todo = task.at("id");
  JsonObject what = with(done(), "todos", JsonArray{Json(static_cast<int64_t>(std::stoll(todo)))});
  what = with(what, "follow_ups",
              JsonArray{JsonObject{{"id", "f1"}, {"text", "送存款方案"}, {"due", today()}, {"assignee", ""}}});
  Reply made = me.post("/visits/done", what);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(me.get("/todos/" + todo).at("todo.state"), "done");
  EXPECT_EQ(me.get("/todos/" + todo).at("todo.note"), "走访：家里都好，想换个存期");
  const std::string next = made.at("follow_ups.0.todo");
  Reply followed = me.get("/todos/" + next);
  EXPECT_EQ(followed.at("todo.title"), "送存款方案") << followed.text;
  EXPECT_EQ(followed.at("todo.link"), "/visits/" + made.at("id"));
  // A correction makes no second one.
  Reply again =
      me.send("PUT", "/visits/" + made.at("id"), Json(with(with(what, "version", 1), "why", "补一句")).dump());
  EXPECT_EQ(again.at("follow_ups.0.todo"), next) << again.text;
}

TEST(VisitsOverHttp, SuperiorsReadAndCommentOthersDoNot) {
  TestBank& bank = TestBank::get();
  Reply made = manager().post("/visits/done", done());
  const std::string path = "/visits/" + made.at("id");
  Browser& head = bank.as(Role::branch_head);
  ASSERT_EQ(head.get(path).status, 200);
  EXPECT_EQ(head.send("PUT", path, Json(with(with(done(), "version", 1), "why", "x")).dump()).status, 403)
      << "a superior comments, he does not rewrite";
  EXPECT_EQ(where(head.post(path + "/comments", JsonObject{{"text", " "}})), "text");
  Reply said = head.post(path + "/comments", JsonObject{{"text", "跟进存期"}});
  EXPECT_EQ(said.at("comments.0.text"), "跟进存期") << said.text;
  EXPECT_EQ(manager().post(path + "/comments", JsonObject{{"text", "下周去"}}).at("comments.1.text"), "下周去");
  EXPECT_EQ(bank.as(Role::auditor).post(path + "/comments", JsonObject{{"text", "看过"}}).status, 403);
  EXPECT_EQ(bank.as(Role::hr).get(path).status, 403);
  EXPECT_NE(head.get("/visits?whose=team").text.find("家里都好"), std::string::npos);
}

// A device's clock that is wrong: its times are counted from when they came.
TEST(VisitsOverHttp, AWrongClockIsSaidAndMended) {
  JsonObject what = with(done(), "started", moment(-7200 - 1200));
  what = with(with(what, "ended", moment(-7200 - 600)), "entry", entry("skew-1", -7200));
  Reply made = manager().post("/visits/done", what);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_NEAR(std::stoi(made.at("device.skew")), 7200, 60);
  const auto ended = base::Instant::parse(made.at("ended")).value();
  base::SystemClock clock;
  EXPECT_NEAR(static_cast<double>((clock.now().micros - ended.micros) / 1'000'000), 600.0,
              60.0);  // double: EXPECT_NEAR
  // Within what the pack allows nothing is touched.
  const std::string at = moment(-1200);
  Reply near = manager().post("/visits/done", with(with(done(), "started", at), "entry", entry("skew-2", -60)));
  EXPECT_EQ(near.at("started"), at) << near.text;
}

TEST(Devices, TakeAlongWhatIsReachedForAWhile) {
  Browser& me = manager();
  EXPECT_EQ(where(me.post("/field/devices", JsonObject{{"name", " "}})), "name");
  Reply made = me.post("/field/devices", JsonObject{{"name", "我的手机"}});
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("key").size(), 64u);
  const std::string path = "/field/devices/" + made.at("device.id");
  EXPECT_EQ(me.post(path + "/key", {}).at("key"), made.at("key")) << "the same key after a login";
  EXPECT_EQ(where(me.post(path + "/take", JsonObject{{"customers", JsonArray{stranger()}}})), "customers");
  EXPECT_EQ(TestBank::get().as(Role::branch_head).post(path + "/key", {}).status, 404) << "its login's alone";
  Reply took =
      me.post(path + "/take", JsonObject{{"customers", JsonArray{customer(0), customer(1), customer(0)}}});
  ASSERT_EQ(took.status, 200) << took.text;
  EXPECT_EQ(took.body.find("briefs")->as_array()->size(), 2u) << "each once";
  EXPECT_EQ(took.text.find("id_no\""), std::string::npos) << "no identity number goes along";
  EXPECT_EQ(me.get(path + "/takes").at("items.0.customers.0.id"), customer(0));
  Reply chain = TestBank::get().as(Role::auditor).get("/audit?action=device.take&page_size=1");
  EXPECT_EQ(chain.at("items.0.action"), "device.take") << chain.text;
}

TEST(Devices, ARevokedOneGetsItsKeyNoMore) {
  TestBank& bank = TestBank::get();
  Browser& me = manager();
  Reply made = me.post("/field/devices", JsonObject{{"name", "丢了的手机"}});
  const std::string path = "/field/devices/" + made.at("device.id");
  EXPECT_EQ(bank.as(Role::auditor).post(path + "/revoke", JsonObject{{"reason", "x"}}).status, 404);
  EXPECT_EQ(where(bank.as(Role::administrator).post(path + "/revoke", JsonObject{{"reason", ""}})), "reason");
  ASSERT_EQ(bank.as(Role::administrator).post(path + "/revoke", JsonObject{{"reason", "手机丢了"}}).status, 200);
  Reply key = me.post(path + "/key", {});
  EXPECT_EQ(key.status, 409);
  EXPECT_EQ(key.code(), "device.revoked");
  EXPECT_EQ(me.post(path + "/take", JsonObject{{"customers", JsonArray{customer()}}}).code(), "device.revoked");
  EXPECT_EQ(me.post(path + "/readmit", JsonObject{{"reason", "找到了"}}).status, 403) << "somebody else says so";
  ASSERT_EQ(bank.as(Role::administrator).post(path + "/readmit", JsonObject{{"reason", "找到了"}}).status, 200);
  EXPECT_EQ(me.post(path + "/key", {}).at("key"), made.at("key"));
}

TEST(Devices, AToDoDoneOutsideCountsOnce) {
  TestBank& bank = TestBank::get();
  Reply task =
      bank.as(Role::branch_head)
          .post("/todos",
                JsonObject{{"title", "送材料"}, {"assignee", bank.staff(Role::manager)}, {"due", today()}});
  const std::string path = "/field/todos/" + task.at("id") + "/done";
  const Json what = JsonObject{{"note", "送到了"}, {"entry", entry("todo-1")}};
  EXPECT_EQ(where(manager().post(path, JsonObject{{"note", " "}, {"entry", entry("todo-0")}})), "note");
  EXPECT_EQ(manager().post(path, what).at("state"), "done");
  Reply again = manager().post(path, what);
  EXPECT_EQ(again.status, 200) << again.text;
  EXPECT_EQ(manager().post(path, JsonObject{{"note", "又"}, {"entry", entry("todo-2")}}).code(), "todo.state");
}

}  // namespace
}  // namespace guanhu::api::testing
