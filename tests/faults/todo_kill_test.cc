// Whatever moment a night run is killed at, its to-dos are all there or none, and the next run completes them.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "feed/testing.h"

namespace guanhu::feed {
namespace {

using testing::BankPlace;
using testing::FeedWriter;

constexpr int kAccounts = 3000;

class TodoKill : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!BankPlace(GetParam()).available()) GTEST_SKIP() << store::testing::kNoPostgres;
    place_ = std::make_unique<BankPlace>(GetParam());
    const base::Date today(static_cast<int32_t>((base::SystemClock().now().micros / 3'600'000'000 + 8) / 24));
    std::string accounts = "account_id,customer_id,org_id,product,kind,opened_on,matures_on\n",
                balances = "account_id,date,balance\n";
    for (int i = 0; i < kAccounts; ++i) {
      const std::string id = "A" + std::to_string(i);
      accounts += id + ",C1,B1,x,time,2020-01-01," + (today + 1).str() + "\n";
      balances += id + "," + (today - 1).str() + ",60000.00\n";
    }
    FeedWriter feed(place_->feed());
    feed.date((today - 1).str(),
              {{"orgs.csv", "org_id,parent_id,name,kind,opened_on\nB1,,支行,branch,\n"},
               {"staff.csv", "staff_id,name,org_id,position\nM1,王一,B1,manager\n"},
               {"customers.csv", "customer_id,kind,name,org_id,opened_on\nC1,company,客户,B1,2020-01-01\n"},
               {"accounts.csv", accounts},
               {"balances.csv", balances},
               {"assignments.csv",
                "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\n"
                "customer,C1,M1,main,1,2020-01-01,\n"}});
    ASSERT_EQ(guanhu({"import", feed.root().string()}), "exit 0");
    ASSERT_EQ(guanhu({"todo", "packs", "--add", "daily-duties"}), "exit 0");
  }

  // "exit N" or "signal N". Dies at `point`, or by the alarm after `micros`, or not.
  std::string guanhu(std::vector<std::string> words, const char* point = nullptr, int64_t micros = 0) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("GUANHU_POLICIES", GUANHU_SOURCE_DIR "/policies", 1);
      if (point) ::setenv("GUANHU_FAULT", point, 1);
      itimerval alarm{{0, 0}, {micros / 1'000'000, micros % 1'000'000}};
      if (micros > 0) ::setitimer(ITIMER_REAL, &alarm, nullptr);
      if (!::freopen("/dev/null", "w", stdout) || !::freopen("/dev/null", "w", stderr)) ::_exit(99);
      const size_t name = words[0] == "todo" ? 2 : 1;
      words.insert(words.begin() + static_cast<long>(name), {"--data", place_->data().string()});
      std::vector<char*> arguments{const_cast<char*>("guanhu")};
      for (auto& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(GUANHU_BINARY, arguments.data());
      ::_exit(98);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status))
                             : "signal " + std::to_string(WTERMSIG(status));
  }

  struct State {
    int64_t todos, runs, records;
    bool operator==(const State&) const = default;
  };
  State state() {
    Bank bank = place_->open();
    auto count = [&](const char* sql) { return bank.store().query(sql)[0].integer(0); };
    return {count("SELECT count(*) FROM todos"), count("SELECT count(*) FROM todo_runs"),
            count("SELECT count(*) FROM audit_log WHERE action = 'todo.run'")};
  }

  std::unique_ptr<BankPlace> place_;
};

TEST_P(TodoKill, ANightIsWholeOrAbsent) {
  const State none{0, 0, 0}, whole{kAccounts, 1, 1};
  for (const char* point : {"todo.rows", "todo.half", "todo.before_commit"}) {
    EXPECT_EQ(guanhu({"todo", "run"}, point), "signal " + std::to_string(SIGKILL)) << point;
    EXPECT_EQ(state(), none) << point;
  }
  EXPECT_EQ(guanhu({"todo", "run"}, "todo.after_commit"), "signal " + std::to_string(SIGKILL));
  EXPECT_EQ(state(), whole) << "what was committed stays";
  EXPECT_EQ(guanhu({"todo", "run"}), "exit 0");
  const State twice{kAccounts, 2, 1};
  EXPECT_EQ(state(), twice) << "the same again: nothing is made twice, nothing is told twice";
}

TEST_P(TodoKill, AtAnyMoment) {
  const State none{0, 0, 0}, whole{kAccounts, 1, 1};
  for (int64_t micros = 20'000; micros < 400'000; micros += 45'000) {
    const std::string ended = guanhu({"todo", "run"}, nullptr, micros);
    const State found = state();
    EXPECT_TRUE(found == none || found == whole) << micros << " " << found.todos;
    if (found == whole || ended == "exit 0") break;
  }
  EXPECT_EQ(guanhu({"todo", "run"}), "exit 0");
  EXPECT_EQ(state().todos, kAccounts);
}

INSTANTIATE_TEST_SUITE_P(Engines, TodoKill, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::feed
