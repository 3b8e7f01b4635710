#include "people/teams.h"

#include "people/posts.h"
#include "people/rights.h"
#include "people/staff_testing.h"

namespace guanhu::people {
namespace {

class Teams : public StaffTest {
 protected:
  TeamAsk ask() { return {"东街三农小组", "服务种养大户", "走访一百户", "B1", day("2025-12-01"), "M1", {"M2"}}; }
  Team made() { return make_team(store(), directory_, ask(), as("hr")).value(); }
};
class Posts : public StaffTest {};

TEST_P(Teams, RefuseWhatIsNoTeam) {  // ORG-635
  auto refused = [&](auto change) {
    TeamAsk one = ask();
    change(one);
    auto made = make_team(store(), directory_, one, as("hr"));
    return code(made) + " " + (made.ok() ? "" : made.error().where);
  };
  EXPECT_EQ(refused([](TeamAsk& a) { a.name = " "; }), "team.name name");
  EXPECT_EQ(refused([](TeamAsk& a) { a.purpose = ""; }), "team.purpose purpose");
  EXPECT_EQ(refused([](TeamAsk& a) { a.org = "B9"; }), "team.org org");
  EXPECT_EQ(refused([](TeamAsk& a) { a.org = "X1"; }), "team.org org") << "closed";
  EXPECT_EQ(refused([](TeamAsk& a) { a.leader = "G1"; }), "team.member leader") << "left";
  EXPECT_EQ(refused([](TeamAsk& a) { a.members = {"M9"}; }), "team.member members");
  EXPECT_EQ(refused([](TeamAsk& a) { a.members = {"M1"}; }), "team.member members") << "is the leader";
  EXPECT_TRUE(told_.empty());
  made();
  EXPECT_EQ(refused([](TeamAsk&) {}), "team.taken name");
  EXPECT_EQ(told_, std::vector<std::string>{"team.make"});
}

TEST_P(Teams, KeepTheHistoryOfTheirMembers) {  // ORG-624 ORG-628
  const Team first = made();
  EXPECT_EQ(first.leader(day("2025-12-31"))->staff, "M1");
  EXPECT_EQ(first.leader(day("2025-11-30")), nullptr) << "not yet";
  EXPECT_EQ(code(join_team(store(), directory_, first.id, "M2", false, day("2025-12-31"), "帮忙", as("hr"))),
            "team.member");
  EXPECT_EQ(code(join_team(store(), directory_, first.id, "M3", false, day("2025-11-01"), "帮忙", as("hr"))),
            "team.days");
  EXPECT_EQ(code(leave_team(store(), first.id, "M1", day("2025-12-31"), "调走", as("hr"))), "team.leader");
  EXPECT_EQ(code(leave_team(store(), first.id, "M3", day("2025-12-31"), "调走", as("hr"))), "team.member");
  EXPECT_EQ(code(leave_team(store(), first.id, "M2", day("2025-11-29"), "调走", as("hr"))), "team.days");
  EXPECT_EQ(code(leave_team(store(), first.id, "M2", day("2025-12-31"), "", as("hr"))), "team.reason");
  // A member takes the lead: who led stays on.
  auto led = join_team(store(), directory_, first.id, "M2", true, day("2026-01-01"), "换组长", as("hr")).value();
  EXPECT_EQ(led.leader(day("2025-12-31"))->staff, "M1");
  EXPECT_EQ(led.leader(day("2026-01-01"))->staff, "M2");
  EXPECT_EQ(led.on(day("2026-01-01")).size(), 2u);
  auto left = leave_team(store(), first.id, "M1", day("2026-01-10"), "轮岗", as("hr")).value();
  EXPECT_EQ(left.on(day("2026-01-10")).size(), 2u);
  EXPECT_EQ(left.on(day("2026-01-11")).size(), 1u);
  EXPECT_EQ(left.members.size(), 4u) << "nothing is removed";
  EXPECT_EQ(code(end_team(store(), first.id, day("2026-02-01"), "任务完成", as("hr"))), "ok");
  EXPECT_EQ(code(end_team(store(), first.id, day("2026-02-01"), "任务完成", as("hr"))), "team.ended");
  EXPECT_EQ(code(team(store(), 99)), "team.unknown");
}

TEST_P(Teams, AreNotChangedBehindAnothersBack) {
  const Team first = made();
  TeamAsk next = ask();
  next.name = "东街普惠小组";
  EXPECT_EQ(code(change_team(store(), directory_, first.id, first.version + 1, next, as("hr"))), "team.changed");
  EXPECT_EQ(change_team(store(), directory_, first.id, first.version, next, as("hr"))->name, "东街普惠小组");
  EXPECT_EQ(code(change_team(store(), directory_, first.id, first.version, next, as("hr"))), "team.changed");
}

TEST_P(Teams, AreAScope) {  // ORG-635
  made();
  EXPECT_EQ(team_mates(store(), "M1", day("2025-12-31")), std::vector<std::string>{"M2"});
  EXPECT_EQ(team_mates(store(), "M2", day("2025-12-31")), std::vector<std::string>{"M1"});
  EXPECT_TRUE(team_mates(store(), "M1", day("2025-11-30")).empty()) << "before it began";
  EXPECT_TRUE(team_mates(store(), "M3", day("2025-12-31")).empty());
  login("m1", "M1", {Role::manager});
  Login whose = *find_login(store(), "m1");
  complete(store(), directory_, day("2025-12-31"), whose);
  EXPECT_EQ(whose.team, std::vector<std::string>{"M2"});
}

TEST_P(Posts, RefuseWhatIsNoPost) {
  auto refused = [&](auto change) {
    Post one{0, "M1", "part_time", "兼职信贷内勤", "B1", "", {day("2026-01-01")}, "人字1号", "人手不足"};
    change(one);
    auto made = record_post(store(), directory_, one, as("hr"));
    return code(made) + " " + (made.ok() ? "" : made.error().where);
  };
  EXPECT_EQ(refused([](Post& p) { p.kind = "boss"; }), "post.kind kind");
  EXPECT_EQ(refused([](Post& p) { p.staff = "G1"; }), "post.staff staff");
  EXPECT_EQ(refused([](Post& p) { p.title = ""; }), "post.title title");
  EXPECT_EQ(refused([](Post& p) { p.org = "B9"; }), "post.org org");
  EXPECT_EQ(refused([](Post& p) { p.days.to = day("2025-12-31"); }), "staff.days to");
  EXPECT_EQ(refused([](Post& p) { p.document = " "; }), "post.document document");
  EXPECT_EQ(refused([](Post& p) { p.reason = ""; }), "post.reason reason");
  EXPECT_EQ(refused([](Post& p) { p.kind = "post_b", p.stands_for = "M1"; }), "post.for stands_for");
  EXPECT_EQ(refused([](Post& p) { p.kind = "post_b", p.stands_for = "G1"; }), "post.for stands_for");
  EXPECT_EQ(refused([](Post&) {}), "ok ");
}

TEST_P(Posts, AreNotRecordedTwice) {
  Post one{0,         "M1",      "part_time", "兼职信贷内勤", "B1", "", {day("2026-01-01"), day("2026-01-31")},
           "人字1号", "人手不足"};
  auto again = [&](auto change) {
    Post other = one;
    change(other);
    auto made = record_post(store(), directory_, other, as("hr"));
    if (made.ok()) (void)end_post(store(), made->id, made->days.from - 1, "试一试", as("hr"));
    return code(made);
  };
  auto first = record_post(store(), directory_, one, as("hr"));
  ASSERT_TRUE(first.ok()) << first.error().text();
  auto twice = record_post(store(), directory_, one, as("hr"));
  ASSERT_EQ(code(twice), "post.have");
  EXPECT_NE(twice.error().message.find("2026-01-01"), std::string::npos) << twice.error().message;
  EXPECT_EQ(again([](Post& p) { p.kind = "acting"; }), "post.have") << "it is the same seat";
  EXPECT_EQ(again([](Post& p) { p.days = {day("2026-01-31"), {}}; }), "post.have");
  EXPECT_EQ(again([](Post& p) { p.days = {day("2026-02-01"), {}}; }), "ok");
  EXPECT_EQ(again([](Post& p) { p.days = {day("2025-12-01"), day("2025-12-31")}; }), "ok");
  EXPECT_EQ(again([](Post& p) { p.staff = "M2"; }), "ok");
  EXPECT_EQ(again([](Post& p) { p.title = "兼职审查"; }), "ok");
  EXPECT_EQ(again([](Post& p) { p.org = "O1"; }), "ok");
  ASSERT_EQ(code(end_post(store(), first->id, day("2025-12-31"), "登错了", as("hr"))), "ok");
  EXPECT_EQ(again([](Post&) {}), "ok") << "the first was taken back";
}

TEST_P(Posts, TheSameTitleStandsForSeveral) {
  Post b{0, "M2", "post_b", "B 岗", "B1", "M1", {day("2026-01-01")}, "人字2号", "固定替岗"};
  ASSERT_EQ(code(record_post(store(), directory_, b, as("hr"))), "ok");
  b.stands_for = "M3";
  EXPECT_EQ(code(record_post(store(), directory_, b, as("hr"))), "ok");
}

TEST_P(Posts, StandForSomebodyUntilTheyEnd) {
  Post b{0, "M2", "post_b", "东街 B 岗", "B1", "M1", {day("2026-01-01")}, "人字2号", "固定替岗"};
  auto made = record_post(store(), directory_, b, as("hr"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(standing_substitute(store(), "M1", day("2025-12-31")), "");
  EXPECT_EQ(standing_substitute(store(), "M1", day("2026-01-01")), "M2");
  EXPECT_EQ(standing_substitute(store(), "M2", day("2026-01-01")), "") << "it is not the other way round";
  b.staff = "M3";
  EXPECT_EQ(code(record_post(store(), directory_, b, as("hr"))), "post.for") << "somebody has it";
  EXPECT_EQ(code(end_post(store(), made->id, day("2025-12-30"), "换人", as("hr"))), "post.days");
  EXPECT_EQ(code(end_post(store(), made->id, day("2026-01-15"), "", as("hr"))), "post.reason");
  EXPECT_EQ(code(end_post(store(), made->id, day("2026-01-15"), "换人", as("hr"))), "ok");
  EXPECT_EQ(code(end_post(store(), made->id, day("2026-01-15"), "换人", as("hr"))), "post.ended");
  EXPECT_EQ(standing_substitute(store(), "M1", day("2026-01-15")), "M2");
  EXPECT_EQ(standing_substitute(store(), "M1", day("2026-01-16")), "");
  b.days.from = day("2026-01-16");
  EXPECT_EQ(code(record_post(store(), directory_, b, as("hr"))), "ok");
  EXPECT_EQ(posts(store(), {.staff = "M1", .kind = "", .on = {}}).size(), 2u) << "ended ones stay";
}

STAFF_ENGINES(Teams);
STAFF_ENGINES(Posts);

}  // namespace
}  // namespace guanhu::people
