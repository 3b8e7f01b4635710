// Whatever moment the import is killed at, the next start finds the date whole or absent, and says so.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>

#include "feed/testing.h"

namespace guanhu::feed {
namespace {

using testing::BankPlace;
using testing::FeedWriter;
using Rows = std::map<std::string, std::vector<std::string>>;

// Every place where base::fault() stands on the way of an import.
const char* const kPoints[] = {"landing.folder",   "landing.file",  "landing.file:4",   "warehouse.rows",
                               "warehouse.rows:3", "landing.files", "landing.finished", "before.commit",
                               "after.commit",     "store.recorded"};

class Child {
 public:
  // Dies at `point`, or by the alarm after `micros` (whose default action ends it as abruptly), or not.
  Child(const std::string& data, const std::string& feed, const char* point, int64_t micros) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    if (point) ::setenv("GUANHU_FAULT", point, 1);
    itimerval alarm{{0, 0}, {micros / 1'000'000, micros % 1'000'000}};
    if (micros > 0) ::setitimer(ITIMER_REAL, &alarm, nullptr);
    if (!::freopen("/dev/null", "w", stdout) || !::freopen("/dev/null", "w", stderr)) ::_exit(99);
    ::execl(GUANHU_BINARY, "guanhu", "import", "--data", data.c_str(), feed.c_str(), nullptr);
    ::_exit(98);
  }
  // "exit N" or "signal N".
  std::string wait() const {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status))
                             : "signal " + std::to_string(WTERMSIG(status));
  }

 private:
  pid_t pid_;
};

const std::string kKilled = "signal " + std::to_string(SIGKILL);
const std::string kAlarmed = "signal " + std::to_string(SIGALRM);

std::string balances(const std::string& day, int accounts, int add) {
  std::string out = "account_id,date,balance\n";
  for (int i = 0; i < accounts; ++i)
    out += "A" + std::to_string(i) + "," + day + "," + std::to_string(i + add) + "\n";
  return out;
}

class Kill : public ::testing::TestWithParam<store::Engine> {
 protected:
  static constexpr int kAccounts = 3000;
  void SetUp() override {
    if (!BankPlace(GetParam()).available()) GTEST_SKIP() << store::testing::kNoPostgres;
  }

  // A bank that knows its first day; then a second day, and the first day once more, otherwise.
  struct World {
    explicit World(store::Engine engine)
        : place(engine), feed(place.feed()), again(place.data().parent_path() / "again") {
      std::string accounts = "account_id,customer_id,org_id,kind,opened_on\n";
      for (int i = 0; i < kAccounts; ++i) accounts += "A" + std::to_string(i) + ",,HQ,demand,2020-01-01\n";
      std::map<std::string, std::string> first{
          {"orgs.csv", "org_id,parent_id,name,kind,opened_on\nHQ,,总行,hq,\n"},
          {"accounts.csv", accounts},
          {"balances.csv", balances("2025-01-01", kAccounts, 0)},
          {"ledger_totals.csv", "org_id,date,subject,amount\nHQ,2025-01-01,deposits,4498500\n"}};
      feed.date("2025-01-01", first);
      first["balances.csv"] = balances("2025-01-01", kAccounts, 1);
      first["ledger_totals.csv"] = "org_id,date,subject,amount\nHQ,2025-01-01,deposits,4501500\n";
      again.date("2025-01-01", first);
      feed.date("2025-01-02",
                {{"balances.csv", balances("2025-01-02", kAccounts + 5, 7)},
                 {"accounts.csv", "account_id,customer_id,org_id,kind,opened_on\nA3000,,HQ,demand,2025-01-02\n"},
                 {"staff.csv", "staff_id,name,org_id,position\nM1,王一,HQ,manager\n"}});
      EXPECT_EQ(run(feed.root() / "2025-01-01").wait(), "exit 0");
    }
    Child run(const std::filesystem::path& date, const char* point = nullptr, int64_t micros = 0) {
      return Child(place.data().string(), date.string(), point, micros);
    }
    Rows rows() {
      Bank bank = place.open();
      return testing::active_rows(bank.warehouse());
    }
    BankPlace place;
    FeedWriter feed, again;
  };

  // The bank after a kill: as before or as after, the store of one mind with the warehouse.
  bool expect_whole_or_absent(World& world, const Rows& before, const Rows& after, const std::string& date) {
    Bank bank = world.place.open();
    Rows now = testing::active_rows(bank.warehouse());
    bool whole = now == after;
    EXPECT_TRUE(whole || now == before) << "the date is torn";
    auto active = warehouse::one_int(bank.warehouse(), "SELECT count(*) FROM imports WHERE replaced_at IS NULL");
    auto stored = bank.store().query("SELECT count(*) FROM imports WHERE replaced_at IS NULL")[0].integer(0);
    EXPECT_EQ(active, stored);
    for (const Recovered& told : bank.recovered()) {
      EXPECT_EQ(told.business_date, date);
      EXPECT_EQ(told.code == "recovered.whole", whole) << told.code;
    }
    told_ = bank.recovered().size();
    return whole;
  }

  // How many kills were survived.
  size_t kill_everywhere(const std::function<std::filesystem::path(World&)>& date, const std::string& day) {
    Rows before, after;
    {
      World world(GetParam());
      before = world.rows();
      EXPECT_EQ(world.run(date(world)).wait(), "exit 0");
      after = world.rows();
      EXPECT_NE(before, after);
    }
    size_t survived = 0;
    for (const char* point : kPoints) {
      SCOPED_TRACE(point);
      World world(GetParam());
      EXPECT_EQ(world.run(date(world), point).wait(), kKilled);
      bool whole = expect_whole_or_absent(world, before, after, day);
      std::string name = point;
      EXPECT_EQ(whole, name == "after.commit" || name == "store.recorded");
      EXPECT_EQ(told_, name == "store.recorded" ? 0u : 1u);
      // The next attempt finds nothing in its way.
      EXPECT_EQ(world.run(date(world)).wait(), "exit 0");
      EXPECT_EQ(world.rows(), after);
      survived += world.rows() == after;
    }
    return survived;
  }

  size_t told_ = 0;
};

TEST_P(Kill, AtEveryStepOfANewDate) {
  EXPECT_EQ(kill_everywhere([](World& w) { return w.feed.root() / "2025-01-02"; }, "2025-01-02"),
            std::size(kPoints));
}

TEST_P(Kill, AtEveryStepOfARepeatedDate) {
  EXPECT_EQ(kill_everywhere([](World& w) { return w.again.root() / "2025-01-01"; }, "2025-01-01"),
            std::size(kPoints));
}

TEST_P(Kill, AtRandomMoments) {
  // The second day in two versions, in turn, so that before and after always differ.
  World world(GetParam());
  const std::filesystem::path days[] = {world.feed.root() / "2025-01-02", world.again.root() / "2025-01-02"};
  world.again.date("2025-01-02", {{"balances.csv", balances("2025-01-02", kAccounts, 9)}});
  Rows before = world.rows(), after[2];
  int64_t run_time = 0;
  {
    World other(GetParam());
    for (int v : {0, 1}) {
      auto start = std::chrono::steady_clock::now();
      EXPECT_EQ(other.run(days[v]).wait(), "exit 0");
      run_time =
          std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
      after[v] = other.rows();
    }
  }
  std::mt19937_64 random(20250102);
  int killed = 0;
  for (int round = 0; round < 25; ++round) {
    SCOPED_TRACE(round);
    int v = before == after[0] ? 1 : 0;
    // The seed makes it the same plan every time, as far as the machine lets it.
    auto moment = static_cast<int64_t>(1 + random() % static_cast<uint64_t>(run_time));
    killed += world.run(days[v], nullptr, moment).wait() == kAlarmed;
    if (expect_whole_or_absent(world, before, after[v], "2025-01-02")) before = after[v];
  }
  EXPECT_GT(killed, 0);
  EXPECT_EQ(world.run(days[0]).wait(), "exit 0");
  EXPECT_EQ(world.rows(), after[0]);
}

INSTANTIATE_TEST_SUITE_P(Engines, Kill, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& i) { return i.param == store::Engine::sqlite ? "Embedded" : "Postgres"; });

}  // namespace
}  // namespace guanhu::feed
