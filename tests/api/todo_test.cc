// To-dos over HTTP: who sees whose, who may do what, how they arise, what a substitute sees.
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kDay = "2026-01-01";  // the day after the sample bank's last

// A manager in the branch of the head who has a login, and one who is not.
std::string in_branch(Role head, bool inside) {
  TestBank& bank = TestBank::get();
  const Sight sight = bank.facts->sight(bank.staff(head), people::Scope::branch, "2025-12-31");
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && (sight.staff.count(id) != 0) == inside && id != bank.staff(Role::manager))
      return id;
  return "";
}

Browser login_of(const std::string& login, const std::string& staff, Role role) {
  TestBank& bank = TestBank::get();
  Browser out = bank.browser();
  EXPECT_EQ(out.log_in(login, bank.add_login(login, staff, {role}), "Another-pass-2026").status, 200);
  return out;
}

Json task(const std::string& staff, const std::string& due = kDay) {
  return JsonObject{{"title", "联系客户"}, {"assignee", staff}, {"due", due}};
}

// The to-do with the title in a list; null when it is not there.
Json in_list(Browser& who, const std::string& query, const std::string& id) {
  const Reply list = who.get("/todos" + query);
  EXPECT_EQ(list.status, 200) << list.text;
  for (const Json& one : *list.body.find("items")->as_array())
    if (*one.find("id")->as_string() == id) return one;
  return {};
}

std::vector<std::string> may(const Json& todo) {
  std::vector<std::string> out;
  for (const Json& one : *todo.find("may")->as_array()) out.push_back(*one.as_string());
  return out;
}

// The list is made for the day after the facts: without it the machine's day counts.
void make_list() {
  static const bool once = [] {
    TestBank& bank = TestBank::get();
    Browser& admin = bank.as(Role::administrator);
    Reply on = admin.send("PUT", "/todo-packs/daily-duties", R"({"on": true})");
    EXPECT_EQ(on.status, 200) << on.text;
    Reply job = admin.post("/todo-runs", JsonObject{});
    EXPECT_EQ(job.status, 202) << job.text;
    Reply done = finished(admin, job.at("id"));
    EXPECT_EQ(done.at("state"), "done") << done.text;
    EXPECT_EQ(done.at("result.day"), kDay);
    return true;
  }();
  (void)once;
}

TEST(Todos, APackIsSwitchedOnAndTheListIsMade) {
  TestBank& bank = TestBank::get();
  EXPECT_EQ(bank.as(Role::manager).post("/todo-runs", JsonObject{}).status, 403);
  EXPECT_EQ(bank.as(Role::administrator).send("PUT", "/todo-packs/nothing", R"({"on": true})").status, 404);
  make_list();
  EXPECT_EQ(bank.as(Role::administrator).send("PUT", "/todo-packs/daily-duties", R"({"on": true})").code(),
            "todo.pack.on");
  Reply packs = bank.as(Role::business).get("/todo-packs?q=daily");
  EXPECT_EQ(packs.at("items.0.pack"), "daily-duties") << packs.text;
  EXPECT_EQ(packs.at("items.0.on"), "true");
  Reply last = bank.as(Role::business).get("/todo-runs/last");
  EXPECT_EQ(last.at("last.day"), kDay) << last.text;
  EXPECT_EQ(bank.as(Role::executive).get("/todos/summary").at("today"), kDay);
}

// PLN-303, PLN-606
TEST(Todos, ATaskIsGivenDoneAndLeavesTheList) {
  make_list();
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  const std::string staff = in_branch(Role::branch_head, true), outside = in_branch(Role::branch_head, false);
  ASSERT_FALSE(staff.empty());
  ASSERT_FALSE(outside.empty());
  EXPECT_EQ(bank.as(Role::manager).post("/todos", task(staff)).status, 403) << "a manager gives no tasks";
  EXPECT_EQ(head.post("/todos", task(outside)).code(), "todo.assignee");
  EXPECT_EQ(head.post("/todos", task(staff, "2025-12-31")).code(), "todo.due");
  Reply made = head.post("/todos", task(staff));
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string id = made.at("id"), path = "/todos/" + id;

  Browser mine = login_of("todo-mine", staff, Role::manager),
          other = login_of("todo-other", outside, Role::manager);
  EXPECT_EQ(other.get(path).status, 404) << "not his to see";
  EXPECT_EQ(other.post(path + "/done", JsonObject{{"note", "x"}}).status, 404);
  Json seen = in_list(mine, "", id);
  ASSERT_FALSE(seen.is_null());
  EXPECT_EQ(*seen.find("group")->as_string(), "today");
  EXPECT_EQ(may(seen), (std::vector<std::string>{"done", "snooze"}));
  Reply not_his = mine.post(path + "/cancel", JsonObject{{"reason", "不想办"}});
  EXPECT_EQ(not_his.status, 403) << "that is the superior's";
  EXPECT_EQ(not_his.code(), "access.forbidden");

  Reply refused = mine.post(path + "/done", JsonObject{{"note", "  "}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.at("errors.0.where"), "note");
  EXPECT_EQ(mine.post(path + "/snooze", JsonObject{{"until", kDay}, {"reason", "x"}}).code(), "todo.snooze.day");
  Reply put_off = mine.post(path + "/snooze", JsonObject{{"until", "2026-01-05"}, {"reason", "客户出差"}});
  EXPECT_EQ(put_off.at("state"), "snoozed") << put_off.text;
  EXPECT_EQ(mine.send("POST", path + "/wake").at("state"), "open");
  EXPECT_EQ(mine.post(path + "/done", JsonObject{{"note", "已经联系"}}).at("state"), "done");
  EXPECT_EQ(mine.post(path + "/done", JsonObject{{"note", "再来"}}).status, 409);
  EXPECT_TRUE(in_list(mine, "", id).is_null()) << "done tasks leave the list";
  EXPECT_FALSE(in_list(mine, "?state=closed", id).is_null());
  EXPECT_EQ(head.post(path + "/reopen", JsonObject{{"reason", "没有写清"}}).at("state"), "open");
  EXPECT_EQ(head.post(path + "/hand", JsonObject{{"to", outside}, {"reason", "换人"}}).code(), "todo.assignee");
  EXPECT_EQ(head.post(path + "/cancel", JsonObject{{"reason", "不用了"}}).at("state"), "cancelled");
  Reply whole = mine.get(path);
  std::string steps;
  for (const Json& event : *whole.body.find("events")->as_array()) steps += *event.find("what")->as_string() + " ";
  EXPECT_EQ(steps, "made snoozed woken done reopened cancelled ");
  Reply audit = bank.as(Role::auditor).get("/audit?subject=todo%20" + id);
  EXPECT_EQ(audit.at("items.0.action"), "todo.cancelled") << audit.text;
}

TEST(Todos, TheTeamAddsUp) {
  make_list();
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  const Sight sight = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  const Reply team = head.get("/todos/team"), list = head.get("/todos?whose=team&page_size=500");
  long open = 0;
  for (const Json& load : *team.body.find("items")->as_array()) {
    const std::string& staff = *load.find("staff")->as_string();
    EXPECT_TRUE(staff.empty() || sight.staff.count(staff)) << staff;
    open += load.find("open")->as_number()->to_int64().value_or(0);
  }
  EXPECT_EQ(std::to_string(open), list.at("total"));
  EXPECT_EQ(bank.as(Role::manager).get("/todos?whose=team").at("total"), "0") << "a manager has no team";
}

TEST(Todos, ASubstituteSeesAndDoesThem) {
  make_list();
  TestBank& bank = TestBank::get();
  const std::string staff = in_branch(Role::branch_head, true), substitute = bank.staff(Role::risk_manager);
  Reply made = bank.as(Role::branch_head).post("/todos", task(staff));
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string path = "/todos/" + made.at("id");
  Json away = JsonObject{{"staff", staff},  {"substitute", bank.staff(Role::manager)},
                         {"from", kDay},    {"to", "2026-01-03"},
                         {"kind", "leave"}, {"reason", "年休假"}};
  EXPECT_EQ(bank.as(Role::manager).post("/absences", away).code(), "absence.staff") << "not for somebody else";
  EXPECT_TRUE(in_list(bank.as(Role::manager), "", made.at("id")).is_null());
  Reply kept = bank.as(Role::hr).post("/absences", away);
  ASSERT_EQ(kept.status, 200) << kept.text;
  EXPECT_EQ(bank.as(Role::hr).post("/absences", away).code(), "absence.overlap");
  Json seen = in_list(bank.as(Role::manager), "", made.at("id"));
  ASSERT_FALSE(seen.is_null());
  EXPECT_FALSE(*seen.find("own")->as_bool());
  Reply done = bank.as(Role::manager).post(path + "/done", JsonObject{{"note", "代办完成"}});
  EXPECT_EQ(done.at("state"), "done") << done.text;
  EXPECT_EQ(done.at("assignee"), staff) << "whose it is does not change";
  Reply ended = bank.as(Role::hr).post("/absences/" + kept.at("id") + "/end", JsonObject{{"reason", "提前回来"}});
  EXPECT_EQ(ended.status, 200) << ended.text;
  EXPECT_EQ(bank.as(Role::manager).get("/todos/summary").at("stands_in_for.0.staff"), "");
}

TEST(Todos, WorkOfTheProgramComesAndGoesByItself) {
  make_list();
  TestBank& bank = TestBank::get();
  Reply version =
      bank.as(Role::business).post("/policy-versions", JsonObject{{"pack", "daily-duties"}, {"note", "试"}});
  ASSERT_EQ(version.status, 200) << version.text;
  const std::string title = "制度待批准：客户经理日常待办规则 1.0";
  auto find = [&](Browser& who) {
    const Reply list = who.get("/todos?source=draft");
    for (const Json& one : *list.body.find("items")->as_array())
      if (*one.find("title")->as_string() == title) return *one.find("id")->as_string();
    return std::string();
  };
  const std::string id = find(bank.as(Role::executive));
  EXPECT_TRUE(id.starts_with("draft:")) << id;
  EXPECT_EQ(find(bank.as(Role::business)), "") << "not for who drafted it";
  Reply by_hand = bank.as(Role::executive).post("/todos/" + id + "/done", JsonObject{{"note", "x"}});
  EXPECT_EQ(by_hand.status, 403) << "approving is what does it";
  EXPECT_EQ(by_hand.code(), "todo.source") << "not his role: " << by_hand.text;
  Reply put_off = bank.as(Role::executive)
                      .post("/todos/" + id + "/snooze", JsonObject{{"until", "2026-01-05"}, {"reason", "等会"}});
  ASSERT_EQ(put_off.status, 200) << put_off.text;
  EXPECT_EQ(find(bank.as(Role::executive)), put_off.at("id")) << "from now on a number";
  ASSERT_EQ(bank.as(Role::executive).send("POST", "/policy-versions/" + version.at("id") + "/approve").status,
            200);
  EXPECT_EQ(find(bank.as(Role::executive)), "") << "it has been done";
}

TEST(Todos, TheCalendarIsData) {
  TestBank& bank = TestBank::get();
  EXPECT_EQ(bank.as(Role::manager).post("/calendar", JsonObject{{"text", "2031-10-01,holiday"}}).status, 403);
  Reply wrong = bank.as(Role::administrator).post("/calendar", JsonObject{{"text", "2031-10-01,free"}});
  EXPECT_EQ(wrong.code(), "calendar.line");
  EXPECT_EQ(wrong.at("errors.0.where"), "text");
  EXPECT_EQ(bank.as(Role::manager).get("/calendar?year=2031").at("working_days"), "261");
  Reply years =
      bank.as(Role::administrator)
          .post("/calendar", JsonObject{{"text", "2031-10-01,holiday\n2031-10-04,workday\n2031-10-02,off\n"}});
  EXPECT_EQ(years.at("years.0"), "2031") << years.text;
  EXPECT_EQ(bank.as(Role::manager).get("/calendar?year=2031").at("working_days"), "260");
}

}  // namespace
}  // namespace guanhu::api::testing
