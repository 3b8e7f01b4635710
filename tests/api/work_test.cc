// Long work: imports with their jobs and events, the audit chain over all of it. These tests change the bank.
#include <zlib.h>

#include <thread>

#include "api/imports.h"
#include "bank.h"
#include "base/files.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const std::string kAsked = std::string("?scheme=") + kScheme + "&period=" + kPeriod;

// A zip with stored files.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out, directory;
  auto le = [](std::string& to, size_t n, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(n >> (8 * i));
  };
  for (const auto& [name, content] : files) {
    size_t at = out.size(), crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    le(out, 0x04034b50, 4), le(out, 20, 2), le(out, 0, 2), le(out, 0, 2), le(out, 0, 4), le(out, crc, 4);
    le(out, content.size(), 4), le(out, content.size(), 4), le(out, name.size(), 2), le(out, 0, 2);
    out += name + content;
    le(directory, 0x02014b50, 4), le(directory, 20, 2), le(directory, 20, 2), le(directory, 0, 2),
        le(directory, 0, 2);
    le(directory, 0, 4), le(directory, crc, 4), le(directory, content.size(), 4), le(directory, content.size(), 4);
    le(directory, name.size(), 2), le(directory, 0, 2), le(directory, 0, 2), le(directory, 0, 2),
        le(directory, 0, 2);
    le(directory, 0, 4), le(directory, at, 4);
    directory += name;
  }
  size_t start = out.size();
  out += directory;
  le(out, 0x06054b50, 4), le(out, 0, 4), le(out, files.size(), 2), le(out, files.size(), 2),
      le(out, directory.size(), 4);
  le(out, start, 4), le(out, 0, 2);
  return out;
}

std::vector<std::pair<std::string, std::string>> files_of(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& file : fs::directory_iterator(folder))
    out.emplace_back(folder.filename().string() + "/" + file.path().filename().string(),
                     base::read_file(file.path()).value());
  return out;
}

TEST(Uploads, ThatAreNoDateAreRefused) {
  Browser& admin = TestBank::get().as(Role::administrator);
  auto upload = [&](const std::string& body) {
    Reply r = admin.send("POST", "/imports/upload", body, {}, "application/zip");
    EXPECT_EQ(r.status, 422) << r.text;
    return r.at("detail");
  };
  EXPECT_NE(upload("no zip at all, not even nearly").find("这不是 zip"), std::string::npos);
  EXPECT_NE(upload(zip_of({{"a/orgs.csv", "x"}})).find("manifest.json"), std::string::npos);
  EXPECT_NE(upload(zip_of({{"manifest.json", "{}"}, {"../../evil.sh", "x"}})).find("不认识的文件"),
            std::string::npos);
  EXPECT_NE(upload(zip_of({{"a/orgs.csv", "x"}, {"b/orgs.csv", "x"}})).find("出现两次"), std::string::npos);
  EXPECT_NE(upload(zip_of({{"manifest.json", "{}"}})).find("没有业务日期"), std::string::npos);
  std::string torn = zip_of({{"manifest.json", "{}"}});
  torn[43] ^= 1;
  EXPECT_NE(upload(torn).find("校验不符"), std::string::npos);
  torn = zip_of({{"manifest.json", "{}"}});
  for (size_t cut = 1; cut < torn.size(); cut += 7) upload(torn.substr(0, cut));
}

TEST(Imports, ARefusedDateIsKeptWithItsReportUntilItComesWhole) {
  TestBank& bank = TestBank::get();
  Browser& admin = bank.as(Role::administrator);
  auto files = files_of(bank.feed / "2025-12-31");
  auto broken = files;
  for (auto& [name, content] : broken)
    if (name.ends_with("balances.csv")) content += "no,such,row\n";
  Reply job = admin.send("POST", "/imports/upload", zip_of(broken), {}, "application/zip");
  ASSERT_EQ(job.status, 202) << job.text;
  Reply done = finished(admin, job.at("id"));
  EXPECT_EQ(done.at("state"), "done") << done.text;
  EXPECT_EQ(done.at("result.refused"), "1");
  Reply detail = admin.get("/imports/2025-12-31");
  EXPECT_EQ(detail.at("state"), "applied") << "what stood still stands";
  EXPECT_EQ(detail.at("refusal.by"), "administrator");
  EXPECT_EQ(detail.at("refusal.report.state"), "refused");

  job = admin.send("POST", "/imports/upload", zip_of(files), {}, "application/zip");
  ASSERT_EQ(job.status, 202);
  EXPECT_EQ(finished(admin, job.at("id")).at("result.applied"), "1");
  detail = admin.get("/imports/2025-12-31");
  EXPECT_EQ(detail.at("state"), "replaced");
  EXPECT_EQ(detail.at("by"), "administrator");
  EXPECT_EQ(detail.at("refusal"), "null");
  EXPECT_EQ(detail.at("history.0.state"), "replaced");
  Reply chain = bank.as(Role::auditor).get("/audit?subject=date%202025-12-31&page_size=3");
  EXPECT_EQ(chain.at("items.0.action"), "import.apply");
  EXPECT_EQ(chain.at("items.1.action"), "import.refuse");
  EXPECT_EQ(chain.at("items.0.actor"), "administrator");
}

TEST(Imports, AreToldToThoseWhoMaySeeThemAndFiguresStayWhole) {
  TestBank& bank = TestBank::get();
  Browser& admin = bank.as(Role::administrator);
  Reply before = bank.as(Role::executive).get("/ranking" + kAsked);
  Listener sees(bank.app->port(), admin.cookie), hears_less(bank.app->port(), bank.as(Role::manager).cookie);
  ASSERT_TRUE(sees.hears("text/event-stream"));
  ASSERT_TRUE(hears_less.hears("text/event-stream"));
  Reply job = admin.post("/imports", JsonObject{{"folder", "2025-12-30"}});
  ASSERT_EQ(job.status, 202) << job.text;
  EXPECT_EQ(finished(admin, job.at("id")).at("state"), "done");
  EXPECT_TRUE(sees.hears("\"state\": \"done\"")) << sees.heard;
  EXPECT_TRUE(hears_less.hears("event: overview"));
  EXPECT_EQ(hears_less.heard.find("event: job"), std::string::npos) << "imports are no business of a manager";
  EXPECT_EQ(bank.as(Role::manager).get("/jobs/" + job.at("id")).status, 404);
  // The same extract once more: the same figures, from new facts.
  Reply after = bank.as(Role::executive).get("/ranking" + kAsked);
  EXPECT_EQ(after.at("run_hash"), before.at("run_hash"));
}

TEST(Events, EndWithTheSession) {
  TestBank& bank = TestBank::get();
  Browser browser = bank.browser();
  browser.log_in("listener", bank.add_login("listener", "S00001", {Role::executive}), "listening-now-3");
  Listener stream(bank.app->port(), browser.cookie);
  ASSERT_TRUE(stream.hears("text/event-stream"));
  ASSERT_EQ(browser.send("DELETE", "/session").status, 204);
  EXPECT_FALSE(stream.hears("this never comes")) << "the server closes it";
}

TEST(Jobs, RunOneAfterAnotherAndStopWhenAsked) {
  base::SystemClock clock;
  std::mutex mutex;
  std::condition_variable changed;
  std::map<int64_t, std::string> states;
  Jobs jobs(clock, [&](const Job& job) {
    std::lock_guard lock(mutex);
    states[job.id] = job.state;
    changed.notify_all();
  });
  auto wait = [&](int64_t id, const std::string& state) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return states[id] == state; });
  };
  auto endless = [](JobRun& run) -> base::Result<Json> {
    for (;;) run.progress(1, 2, "on and on");
  };
  auto first = jobs.add("test", "endless", "a", endless).value();
  auto second = jobs.add("test", "waits", "a", endless).value();
  auto third = jobs.add("test", "fails", "a",
                        [](JobRun&) -> base::Result<Json> {
                          return base::Error{"x", "no", "", ""};
                        })
                   .value();
  ASSERT_TRUE(wait(first.id, "running"));
  EXPECT_TRUE(jobs.cancel(second.id).ok());
  EXPECT_TRUE(wait(second.id, "cancelled"));
  EXPECT_TRUE(jobs.cancel(first.id).ok());
  EXPECT_TRUE(wait(first.id, "cancelled"));
  EXPECT_TRUE(wait(third.id, "failed"));
  EXPECT_EQ(jobs.cancel(first.id).error().code, "job.ended");
  EXPECT_EQ(jobs.find(third.id)->message, "no");
  jobs.stop();
  EXPECT_EQ(jobs.add("test", "late", "a", endless).error().code, "job.full");
}

// Last by name of the file's order: what all the tests above did is one whole chain.
TEST(ZAudit, TheChainOfEverythingIsWhole) {
  TestBank& bank = TestBank::get();
  Reply verdict = bank.as(Role::auditor).send("POST", "/audit/verify");
  EXPECT_EQ(verdict.at("whole"), "true") << verdict.text;
  for (const char* action : {"login", "login.failed", "password.change", "import.apply", "audit.verify"})
    EXPECT_NE(bank.as(Role::auditor).get("/audit?page_size=1&action=" + std::string(action)).at("total"), "0")
        << action;
  std::string log = bank.log.text();
  EXPECT_EQ(log.find("\"level\":\"error\""), log.npos) << log.substr(log.find("\"level\":\"error\"") - 60, 400);
  EXPECT_EQ(log.find("good-morning"), log.npos) << "passwords do not belong into the log";
}

}  // namespace
}  // namespace guanhu::api::testing
