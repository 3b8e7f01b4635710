#include "people/leaving.h"

#include "people/delegations.h"
#include "people/posts.h"
#include "people/rights.h"
#include "people/staff_testing.h"
#include "people/teams.h"

namespace guanhu::people {
namespace {

class Leavings : public StaffTest {
 protected:
  void SetUp() override {
    StaffTest::SetUp();
    if (!session_) return;
    login("m1", "M1", {Role::manager});
    customers_ = {{"", "C1", "张三", "存款 12 万元", "/customers/C1", false},
                  {"", "C2", "李四", "", "/customers/C2", false}};
  }
  std::vector<LeavingItem> held() {
    auto sources = own_leaving_sources(store(), day_here(clock_.now()));
    sources.push_back({"customer", "管户客户", [this](const std::string& staff) {
                         return staff == "M1" ? customers_ : std::vector<LeavingItem>();
                       }});
    return held_by(sources, "M1");
  }
  base::Result<Leaving> open(const char* last = "2025-12-31") {
    return open_leaving(store(), directory_, {0, "M1", "resigned", day(last), "本人辞职", ""}, held(),
                        as("hr", "R1"));
  }
  base::Result<Leaving> close(int64_t id) {
    return close_leaving(store(), id, "手续齐全", held(), as("hr", "R1"));
  }
  std::map<std::string, std::string> states(int64_t id) {
    std::map<std::string, std::string> out;
    for (const auto& line : leaving_lines(store(), *leaving(store(), id), held()))
      out[line.item.source + " " + line.item.item] = line.state;
    return out;
  }
  std::vector<LeavingItem> customers_;
};

TEST_P(Leavings, RefuseWhatIsNone) {
  auto ask = [&](Leaving one, Doing by) { return code(open_leaving(store(), directory_, one, {}, by)); };
  EXPECT_EQ(ask({0, "M9", "resigned", day("2025-12-31"), "x", ""}, as("hr")), "leaving.staff");
  EXPECT_EQ(ask({0, "M1", "fled", day("2025-12-31"), "x", ""}, as("hr")), "leaving.kind");
  EXPECT_EQ(ask({0, "M1", "resigned", day("2025-12-31"), " ", ""}, as("hr")), "leaving.reason");
  EXPECT_EQ(ask({0, "M1", "resigned", day("2025-12-31"), "x", ""}, as("m1", "M1")), "leaving.self");
  ASSERT_TRUE(open().ok());
  EXPECT_EQ(code(open()), "leaving.open");
  EXPECT_EQ(code(leaving(store(), 99)), "leaving.unknown");
}

TEST_P(Leavings, EndOnADayThatCanBe) {
  auto ask = [&](const char* staff, const char* last) {
    auto made =
        open_leaving(store(), directory_, {0, staff, "resigned", day(last), "辞职", ""}, {}, as("hr", "R1"));
    if (!made.ok()) return made.error().code + " " + made.error().message;
    (void)withdraw_leaving(store(), made->id, "试一试", as("hr", "R1"));
    return std::string("ok");
  };
  EXPECT_EQ(ask("M1", "2019-12-31"), "leaving.day 最后一天 2019-12-31 在入职日 2020-01-01 以前");
  EXPECT_EQ(ask("M1", "2024-12-30"), "leaving.day 最后一天 2024-12-30 比 2025-12-31 早一年以上");
  EXPECT_EQ(ask("M1", "2024-12-31"), "ok");
  EXPECT_EQ(ask("G1", "2024-09-30"), "leaving.day 最后一天 2024-09-30 比 2025-10-01 早一年以上");
  EXPECT_EQ(ask("G1", "2024-10-01"), "ok") << "of who has left: reckoned from that day";
  Post b{0, "M1", "part_time", "兼职内勤", "B1", "", {day("2025-06-01"), day("2025-12-31")}, "人字1号", "替岗"};
  ASSERT_TRUE(record_post(store(), directory_, b, as("hr")).ok());
  EXPECT_EQ(ask("M1", "2025-05-31"), "leaving.day 最后一天 2025-05-31 在岗位“兼职内勤”开始的 2025-06-01 以前");
  EXPECT_EQ(ask("M1", "2025-06-01"), "ok");
  pass_to("2026-01-01T08:00:00Z");
  EXPECT_EQ(ask("M1", "2025-05-31"), "ok") << "that post has ended";
}

TEST_P(Leavings, StayOpenWhileAnythingIsHeld) {
  ASSERT_TRUE(
      make_team(store(), directory_, {"一组", "走村", "", "B1", day("2025-12-01"), "M1", {"M2"}}, as("hr")).ok());
  const int64_t id = open("2025-12-30")->id;
  auto refused = close(id);
  EXPECT_EQ(code(refused), "leaving.held");
  EXPECT_NE(refused.error().message.find("3 项"), std::string::npos) << refused.error().message;
  EXPECT_EQ(states(id).at("team_lead 1"), "held");
  EXPECT_EQ(states(id).at("role m1 manager"), "held");
  customers_.erase(customers_.begin());  // handed over elsewhere
  EXPECT_EQ(states(id).at("customer C1"), "handed");
  ASSERT_TRUE(join_team(store(), directory_, 1, "M2", true, day("2025-12-31"), "接手", as("hr")).ok());
  EXPECT_EQ(states(id).at("team_lead 1"), "handed");
  EXPECT_EQ(code(close(id)), "leaving.held") << "C2";
  auto sign = [&](const char* source, const char* item, const char* why, Doing by) {
    return code(sign_item(store(), id, source, item, why, held(), by));
  };
  EXPECT_EQ(sign("customer", "C2", "", as("h1", "H1")), "leaving.reason");
  EXPECT_EQ(sign("customer", "C2", "让我走", as("m1", "M1")), "leaving.self");
  EXPECT_EQ(sign("customer", "C1", "已移交", as("h1", "H1")), "leaving.item") << "it is handed over";
  EXPECT_EQ(sign("role", "m1 manager", "x", as("h1", "H1")), "leaving.item") << "it ends by itself";
  EXPECT_EQ(sign("customer", "C2", "已销户，无需移交", as("h1", "H1")), "ok");
  customers_.push_back({"", "C3", "王五", "", "", false});
  EXPECT_EQ(code(close(id)), "leaving.held") << "what came since counts as well";
  customers_.pop_back();
  EXPECT_EQ(code(close_leaving(store(), id, "x", held(), as("m1", "M1"))), "leaving.self");
  auto closed = close(id);
  ASSERT_TRUE(closed.ok()) << closed.error().text();
  EXPECT_EQ(closed->state, "closed");
  EXPECT_EQ(states(id).at("customer C2"), "signed");
  EXPECT_EQ(states(id).at("customer C1"), "handed");
  EXPECT_EQ(states(id).at("role m1 manager"), "ended");
  EXPECT_EQ(code(close(id)), "leaving.state");
}

TEST_P(Leavings, CloseTheLoginAndKeepTheHistory) {
  Post b{0, "M1", "post_b", "B 岗", "B1", "M2", {day("2025-01-01")}, "人字1号", "替岗"};
  ASSERT_TRUE(record_post(store(), directory_, b, as("hr")).ok());
  ASSERT_TRUE(
      make_team(store(), directory_, {"一组", "走村", "", "B1", day("2025-12-01"), "M2", {"M1"}}, as("hr")).ok());
  customers_.clear();
  const int64_t early = open("2026-01-05")->id;
  EXPECT_EQ(code(close(early)), "leaving.early");
  EXPECT_EQ(code(withdraw_leaving(store(), early, "不走了", as("hr", "R1"))), "ok");
  EXPECT_EQ(code(withdraw_leaving(store(), early, "不走了", as("hr", "R1"))), "leaving.state");
  EXPECT_FALSE(find_login(store(), "m1")->disabled);
  const int64_t id = open()->id;
  ASSERT_EQ(code(close(id)), "ok");
  const Login after = *find_login(store(), "m1");
  EXPECT_TRUE(after.disabled);
  EXPECT_TRUE(after.roles.empty());
  auto given = gifts(store(), {.login = "m1", .role = "manager", .state = "", .after = {}});
  ASSERT_EQ(given.size(), 1u) << "the role stands as history";
  EXPECT_EQ(given[0].days.to, day("2025-12-31"));
  EXPECT_EQ(standing_substitute(store(), "M2", day("2026-01-01")), "");
  EXPECT_EQ(posts(store(), {.staff = "M1", .kind = "", .on = {}}).size(), 1u);
  EXPECT_EQ(team(store(), 1)->on(day("2026-01-01")).size(), 1u);
  EXPECT_EQ(told_.back(), "leaving.close");
  EXPECT_NE(std::find(told_.begin(), told_.end(), "user.close"), told_.end());
  Login whole = after;
  complete(store(), directory_, day("2026-01-01"), whole);
  EXPECT_EQ(scope_of(whole.roles, Permission::score_read), Scope::none);
}

STAFF_ENGINES(Leavings);

}  // namespace
}  // namespace guanhu::people
