// Extracts as they came, compressed and sealed with the bank's key, under DIR/landed/<date>/<import_id>/: what
// every fact can be rebuilt from. Beside the files import.json says what became of them.
#pragma once
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "store/personal_key.h"

namespace guanhu::feed {

// One thread beside the importer's own: digests, compresses and writes while rows are parsed.
class Worker {
 public:
  Worker();
  ~Worker();  // finishes what was submitted
  void submit(std::function<void()> job);
  Worker(const Worker&) = delete;

 private:
  void run();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stop_ = false;
  std::thread thread_;
};

// The folder of one import while it is made.
class Landing {
 public:
  // Nothing is written before the first add().
  Landing(Worker& worker, const store::PersonalKey& key, std::filesystem::path landed, base::Date date,
          int64_t import_id);
  ~Landing();  // waits; what is not finished is removed
  Landing(const Landing&) = delete;

  // Begins to keep a file; the future gives its SHA-256 before it is written.
  std::shared_future<std::string> add(const std::string& name, std::shared_ptr<const std::string> bytes);
  // Waits until all files are on the disk, writes import.json and syncs the folders: from here on a
  // crash loses nothing. Throws Broken.
  void finish(const std::string& record);
  // The import did come about.
  void keep() { kept_ = true; }

 private:
  void wait();
  std::filesystem::path folder_;
  Worker& worker_;
  const store::PersonalKey& key_;
  std::vector<std::future<void>> written_;
  std::vector<std::filesystem::path> paths_;
  bool made_ = false, kept_ = false;
};

std::filesystem::path landed_folder(const std::filesystem::path& landed, base::Date date, int64_t import_id);
// The bytes of a landed file ("manifest.json", "balances.csv"), also of one from before there was a key. Refused
// (bank.landed) when they are not there or cannot be opened.
base::Result<std::string> read_landed(const std::filesystem::path& folder, const std::string& name,
                                      const store::PersonalKey& key);

constexpr const char* kRecordName = "import.json";

}  // namespace guanhu::feed
