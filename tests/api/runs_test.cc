// Appraisals made through the server, and jobs that outlive it.
#include <condition_variable>

#include "api/job_records.h"
#include "api/work.h"
#include "base/files.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

TEST(Runs, AreNotMadeOfWhatIsNotThere) {
  Browser& business = TestBank::get().as(Role::business);
  auto ask = [&](const char* scheme, const char* period) {
    return business.post("/runs", JsonObject{{"scheme", scheme}, {"period", period}});
  };
  EXPECT_EQ(ask("sample", "2025-12").at("errors.0.where"), "/scheme");
  EXPECT_EQ(ask("sample/经营业绩", "2025-13").at("errors.0.where"), "/period");
  EXPECT_EQ(ask("nothing/经营业绩", "2025-12").status, 404);
  EXPECT_EQ(ask("sample/nothing", "2025-12").code(), "scheme.unknown");
  EXPECT_EQ(ask("sample/经营业绩", "2024-12").code(), "data.period");
  EXPECT_EQ(TestBank::get().as(Role::branch_head).post("/runs", JsonObject{}).status, 403);
}

// KPI-626; KPI-635: one engine, one set of definitions, and what came out is kept over time.
TEST(Runs, AreMadeKeptListedAndRecorded) {
  TestBank& bank = TestBank::get();
  Browser& business = bank.as(Role::business);
  Listener auditor(bank.app->port(), bank.as(Role::auditor).cookie);
  ASSERT_TRUE(auditor.hears("text/event-stream"));
  Reply job = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-12"}});
  ASSERT_EQ(job.status, 202) << job.text;
  Reply done = finished(business, job.at("id"));
  ASSERT_EQ(done.at("state"), "done") << done.text;
  EXPECT_EQ(done.at("result.new"), "true");
  EXPECT_TRUE(auditor.hears("\"run_hash\": \"" + done.at("result.run_hash")));
  EXPECT_EQ(bank.as(Role::manager).get("/jobs/" + job.at("id")).status, 404);

  Reply run = business.get("/runs/" + done.at("result.run"));
  ASSERT_EQ(run.status, 200) << run.text;
  EXPECT_EQ(run.at("by"), "business");
  EXPECT_EQ(run.at("state"), "draft");
  Reply ranking = business.get(std::string("/ranking?page_size=1&scheme=") + kScheme + "&period=" + kPeriod);
  EXPECT_EQ(run.at("run_hash"), ranking.at("run_hash")) << "what is kept is what is shown";
  EXPECT_EQ(run.at("holders"), ranking.at("total"));
  EXPECT_EQ(business.get("/runs?period=2025-12").at("items.0.id"), done.at("result.run"));
  EXPECT_EQ(business.get("/runs?period=2024-12").at("total"), "0");

  // The same once more is the same run, and said so.
  job = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-12"}});
  Reply again = finished(business, job.at("id"));
  EXPECT_EQ(again.at("result.run"), done.at("result.run"));
  EXPECT_EQ(again.at("result.new"), "false");
  Reply chain = bank.as(Role::auditor).get("/audit?action=run.make&subject=run%20" + done.at("result.run"));
  EXPECT_EQ(chain.at("total"), "2");
  EXPECT_EQ(chain.at("items.0.actor"), "business");
  EXPECT_EQ(chain.at("items.0.detail.run_hash"), run.at("run_hash"));
}

TEST(Runs, OfAnEarlierKnowledgeSayWhen) {
  Browser& admin = TestBank::get().as(Role::administrator);
  auto ask = [&](const std::string& at) {
    Reply job =
        admin.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-12"}, {"known_at", at}});
    EXPECT_EQ(job.status, 202) << job.text;
    return finished(admin, job.at("id"));
  };
  Reply before = ask("2020-01-01T00:00:00Z");
  EXPECT_EQ(before.at("state"), "failed") << "nothing was known then";
  Reply now = ask("2999-01-01T00:00:00Z");
  ASSERT_EQ(now.at("state"), "done") << now.text;
  Reply ranking = TestBank::get()
                      .as(Role::business)
                      .get(std::string("/ranking?page_size=1&scheme=") + kScheme + "&period=" + kPeriod);
  EXPECT_EQ(now.at("result.run_hash"), ranking.at("run_hash")) << "what was known counts only through the values";
}

// Records in memory, as a store would keep them.
class KeptJobs : public JobRecords {
 public:
  std::vector<Job> all() override {
    std::vector<Job> out;
    for (const auto& [id, job] : kept) out.push_back(job);
    return out;
  }
  void put(const Job& job) override { kept[job.id] = job; }
  void forget(int64_t id) override { kept.erase(id); }
  void failed(const std::string& what) override { ADD_FAILURE() << what; }
  std::map<int64_t, Job> kept;
};

struct Watched {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<int64_t, std::string> states;
  void operator()(const Job& job) {
    std::lock_guard lock(mutex);
    states[job.id] = job.state;
    changed.notify_all();
  }
  bool wait(int64_t id, const std::string& state) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return states[id] == state; });
  }
};

base::Result<Json> endless(JobRun& run) {
  for (;;) run.progress(1, 2, "on and on");
}

TEST(JobRecords, WhatRanIsInterruptedAndWhatWaitedIsTakenUp) {
  base::SystemClock clock;
  KeptJobs records;
  int64_t running = 0, waiting = 0, unheard = 0;
  {
    Watched seen;
    Jobs jobs(clock, std::ref(seen), &records);
    running = jobs.add("test", "runs", "a", endless, JsonObject{{"n", 1}}).value().id;
    waiting = jobs.add("test", "waits", "b", endless, JsonObject{{"n", 2}}).value().id;
    unheard = jobs.add("other", "waits too", "b", endless, JsonObject{{"n", 3}}).value().id;
    ASSERT_TRUE(jobs.add("test", "the server's own", "system", endless).ok());
    ASSERT_TRUE(seen.wait(running, "running"));
    EXPECT_EQ(records.kept.at(running).state, "running") << "recorded while it runs: a crash now is seen";
    jobs.stop();
  }
  EXPECT_EQ(records.kept.size(), 3u) << "what the server does for itself ends with it";
  EXPECT_EQ(records.kept.at(running).state, "interrupted");
  EXPECT_EQ(records.kept.at(waiting).state, "waiting");

  records.kept.at(running).state = "running";  // as a crash leaves it
  records.kept.at(running).ended.reset();
  Watched seen;
  Jobs next(clock, std::ref(seen), &records);
  next.take_up([](const Job& job) -> base::Result<Jobs::WorkFunction> {
    if (job.kind == "other") return base::Error{"job.record", "unknown", "", ""};
    return Jobs::WorkFunction([n = job.ask](JobRun&) -> base::Result<Json> { return n; });
  });
  EXPECT_EQ(next.find(waiting)->state, "waiting") << "nothing begins yet";
  next.go_on();
  ASSERT_TRUE(seen.wait(waiting, "done"));
  EXPECT_EQ(next.find(running)->state, "interrupted");
  EXPECT_TRUE(next.find(running)->ended.has_value());
  EXPECT_EQ(next.find(unheard)->state, "failed");
  EXPECT_EQ(next.find(waiting)->by, "b");
  EXPECT_EQ(next.find(waiting)->result.dump(), R"({"n": 2})");
  EXPECT_GT(next.add("test", "new", "a", endless).value().id, unheard) << "numbers go on";
  next.stop();
  EXPECT_EQ(records.kept.at(running).state, "interrupted");
}

// Inside a transaction a record would wait for the very transaction it tells of.
TEST(JobRecords, WhatIsToldInsideATransactionIsNotRecorded) {
  base::SystemClock clock;
  KeptJobs records;
  Watched seen;
  Jobs jobs(clock, std::ref(seen), &records);
  std::vector<size_t> recorded, shown;
  int64_t id = 0;
  std::mutex named;
  named.lock();
  auto work = [&](JobRun& run) -> base::Result<Json> {
    std::lock_guard known(named);
    run.tell(7, 9, "inside");
    recorded.push_back(records.kept.at(id).done), shown.push_back(jobs.find(id)->done);
    return Json(true);
  };
  id = jobs.add("test", "tells", "a", work, JsonObject{{"n", 1}}).value().id;
  named.unlock();
  ASSERT_TRUE(seen.wait(id, "done"));
  EXPECT_EQ(recorded, std::vector<size_t>{0});
  EXPECT_EQ(shown, std::vector<size_t>{7});
}

TEST(JobRecords, AreRowsOfTheStore) {
  TestBank& bank = TestBank::get();
  Pool<store::Session> stores([&] { return bank.bank->folder().open_store(); });
  StoredJobs records(stores, [](std::string_view what) { ADD_FAILURE() << what; });
  Job job;
  job.id = 900'000'001;
  job.kind = "import", job.title = "2025-12-31", job.state = "waiting", job.by = "a";
  job.queued = bank.clock.now();
  job.ask = JsonObject{{"feeds", JsonArray{}}};
  records.put(job);
  job.state = "done", job.done = 3, job.total = 4, job.message = "m", job.started = job.ended = bank.clock.now();
  job.result = JsonObject{{"applied", 3}};
  records.put(job);
  Job back = records.all().back();
  EXPECT_EQ(back.json().dump(), job.json().dump());
  EXPECT_EQ(back.ask.dump(), job.ask.dump());
  records.forget(job.id);
  EXPECT_NE(records.all().empty() ? 0 : records.all().back().id, job.id);
}

TEST(Uploads, AreKeptForTheJobsThatWaitForThem) {
  TestBank& bank = TestBank::get();
  fs::path stray = bank.bank->folder().uploads() / "stray";
  fs::create_directories(stray);
  sweep_uploads(bank.app->services());
  EXPECT_FALSE(fs::exists(stray));
}

TEST(Policies, TitlesDoNotRepeatTheArticle) {
  Reply pack = TestBank::get().as(Role::manager).get("/policies/sample");
  size_t titled = 0;
  for (const Json& article : *pack.body.find("articles")->as_array()) {
    const std::string title = *article.find("title")->as_string(), number = *article.find("article")->as_string();
    EXPECT_FALSE(!number.empty() && title.starts_with(number)) << title;
    titled += !title.empty();
  }
  EXPECT_GT(titled, 3u);
}

}  // namespace
}  // namespace guanhu::api::testing
