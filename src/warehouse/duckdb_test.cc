// What only DuckDB has: one process a file, settings, crashes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "warehouse/testing.h"

namespace guanhu::warehouse {
namespace {

using base::Broken;
using ::testing::HasSubstr;

constexpr int64_t kBatch = 1000;  // rows

// This test program again, to do the part `role` on `file`; its standard output is `out`. A plain
// fork would carry DuckDB's locks without its threads.
pid_t start_role(const char* role, const std::filesystem::path& file, int out) {
  std::string where = file.string();
  pid_t child = ::fork();
  if (child != 0) return child;
  ::setenv("GUANHU_TEST_ROLE", role, 1);
  ::setenv("GUANHU_TEST_FILE", where.c_str(), 1);
  ::setenv("GUANHU_TEST_FD", std::to_string(out).c_str(), 1);
  ::execl("/proc/self/exe", "warehouse_test", nullptr);
  ::_exit(127);
}

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe(ends) != 0) throw Broken("no pipe");
    read = ends[0];
    write = ends[1];
    ::fcntl(read, F_SETFD, FD_CLOEXEC);
  }
  ~Pipe() {
    ::close(read);
    if (write >= 0) ::close(write);
  }
  void close_write() {
    ::close(write);
    write = -1;
  }
  // The next number the child acknowledges; nothing when it has ended.
  std::optional<int64_t> next() {
    int64_t value = 0;
    return ::read(read, &value, sizeof value) == sizeof value ? std::optional(value) : std::nullopt;
  }
  int read = -1;
  int write = -1;
};

void acknowledge(int64_t value) {
  int fd = std::stoi(std::getenv("GUANHU_TEST_FD"));
  if (::write(fd, &value, sizeof value) != sizeof value) ::_exit(3);
}

// Commits batches 0, 1, 2, ... of kBatch rows (batch, i), acknowledging each after its commit.
void write_batches(Warehouse& db) {
  db.exec("CREATE TABLE IF NOT EXISTS t (batch BIGINT, i BIGINT)");
  const Column columns[] = {{"batch", Type::int64}, {"i", Type::int64}};
  for (int64_t batch = one_int(db, "SELECT coalesce(max(batch) + 1, 0) FROM t").value();; ++batch) {
    Chunk chunk{kBatch, std::vector<ColumnData>(2)};
    chunk.columns[0].type = chunk.columns[1].type = Type::int64;
    chunk.columns[0].i64.assign(kBatch, batch);
    for (int64_t i = 0; i < kBatch; ++i) chunk.columns[1].i64.push_back(i);
    db.begin();
    auto appender = db.append("t", columns);
    appender->append(chunk);
    appender->finish();
    db.commit();
    acknowledge(batch);
  }
}

// Before main(), in a process made by start_role: plays its part until it is killed.
[[maybe_unused]] const bool kPlayed = [] {
  const char* role = std::getenv("GUANHU_TEST_ROLE");
  if (!role) return false;
  DuckDbOptions options;
  options.file = std::getenv("GUANHU_TEST_FILE");
  auto db = open_duckdb(options);
  if (std::string_view(role) == "writer") write_batches(*db);
  acknowledge(::getpid());
  ::pause();
  ::_exit(0);
}();

TEST(DuckDbFile, IsRefusedWhileAnotherProcessHoldsIt) {
  testing::Place place(Warehouse::Engine::duckdb);
  Pipe pipe;
  pid_t child = start_role("holder", place.file(), pipe.write);
  pipe.close_write();
  auto holder = pipe.next();
  ASSERT_TRUE(holder.has_value()) << "the child did not open the file";
  for (bool read_only : {false, true}) {
    DuckDbOptions options;
    options.file = place.file();
    options.read_only = read_only;
    try {
      open_duckdb(options);
      ADD_FAILURE() << "opened, read_only " << read_only;
    } catch (const Broken& broken) {
      EXPECT_THAT(broken.what(), HasSubstr("the data folder is in use by another process (process " +
                                           std::to_string(*holder) + ")"));
    }
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(one_int(*place.open(), "SELECT 1"), 1);
}

TEST(DuckDbFile, ThatIsNoDatabaseIsRefused) {
  testing::Place place(Warehouse::Engine::duckdb);
  std::ofstream(place.file()) << std::string(10000, 'x');
  try {
    place.open();
    ADD_FAILURE() << "opened";
  } catch (const Broken& broken) {
    EXPECT_THAT(broken.what(), HasSubstr(place.file().string()));
  }
}

TEST(DuckDbFile, ReadOnlyReadsAndRefusesToWrite) {
  testing::Place place(Warehouse::Engine::duckdb);
  place.open()->exec("CREATE TABLE t AS SELECT 5 AS v");
  DuckDbOptions options;
  options.file = place.file();
  options.read_only = true;
  auto db = open_duckdb(options);
  EXPECT_THROW(db->exec("INSERT INTO t VALUES (6)"), Broken);
  EXPECT_EQ(one_int(*db, "SELECT v FROM t"), 5);
  EXPECT_THROW(place.open(), Broken) << "writing beside a reader of the same process";
}

TEST(DuckDbFile, IsOneInstancePerProcess) {
  testing::Place place(Warehouse::Engine::duckdb);
  auto one = place.open();
  auto two = place.open();
  one->exec("CREATE TABLE t (id BIGINT)");
  std::vector<std::thread> threads;
  for (Warehouse* db : {one.get(), two.get()}) {
    threads.emplace_back([db] {
      for (int i = 0; i < 50; ++i) db->exec("INSERT INTO t VALUES (1)");
    });
  }
  for (std::thread& thread : threads) thread.join();
  one.reset();
  EXPECT_EQ(one_int(*two, "SELECT count(*) FROM t"), 100);
  two.reset();
  EXPECT_EQ(one_int(*place.open(), "SELECT count(*) FROM t"), 100);
}

TEST(DuckDbSettings, TheOutsideWorldIsClosedUnlessAskedFor) {
  auto db = open_duckdb({});
  EXPECT_THROW(db->exec("SELECT * FROM read_csv('/etc/passwd')"), Broken);
  EXPECT_THROW(db->exec("COPY (SELECT 1) TO '/tmp/guanhu-should-not-be.csv'"), Broken);
  EXPECT_THROW(db->exec("ATTACH '/tmp/guanhu-should-not-be.duckdb'"), Broken);
  EXPECT_THROW(db->exec("INSTALL httpfs"), Broken);
  EXPECT_THROW(db->exec("SET enable_external_access = true"), Broken);
  EXPECT_THROW(db->exec("SET threads = 64"), Broken);
  EXPECT_EQ(one_text(*db, "SELECT current_setting('TimeZone')"), "UTC");

  testing::Place place(Warehouse::Engine::duckdb);
  std::ofstream(place.folder() / "a.csv") << "v\n7\n";
  DuckDbOptions options;
  options.external_access = true;
  auto open = open_duckdb(options);
  EXPECT_EQ(one_int(*open, "SELECT v FROM read_csv('" + (place.folder() / "a.csv").string() + "')"), 7);
}

TEST(DuckDbSettings, AQueryBeyondTheMemoryLimitSpills) {
  testing::Place place(Warehouse::Engine::duckdb);
  DuckDbOptions options;
  options.file = place.file();
  options.memory_mb = 100;
  options.threads = 1;
  auto db = open_duckdb(options);
  EXPECT_EQ(one_int(*db,
                    "SELECT count(*) FROM (SELECT i, row_number() OVER (ORDER BY hash(i)) AS n "
                    "FROM range(5000000) r(i)) x WHERE n > 0"),
            5'000'000);
}

TEST(DuckDbCrash, AcknowledgedCommitsSurviveKillWhole) {
  testing::Place place(Warehouse::Engine::duckdb);
  int64_t acknowledged = -1;
  for (int64_t round = 1; round <= 6; ++round) {
    Pipe pipe;
    pid_t child = start_role("writer", place.file(), pipe.write);
    pipe.close_write();
    // Killed while it writes: the round decides after how many commits.
    const int64_t until = acknowledged + 7 * round;
    for (auto batch = pipe.next(); batch; batch = pipe.next()) {
      acknowledged = *batch;
      if (acknowledged == until) ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << status;
    ASSERT_GE(acknowledged, until);

    auto db = place.open();
    EXPECT_GE(one_int(*db, "SELECT max(batch) FROM t"), acknowledged);
    EXPECT_EQ(one_int(*db,
                      "SELECT count(*) FROM (SELECT batch FROM t GROUP BY batch HAVING count(*) <> 1000 "
                      "OR sum(i) <> 499500) torn"),
              0);
    EXPECT_EQ(one_int(*db, "SELECT count(DISTINCT batch) - max(batch) FROM t"), 1) << "no batch is missing";
  }
}

}  // namespace
}  // namespace guanhu::warehouse
