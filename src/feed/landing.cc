#include "feed/landing.h"

#include "base/compress.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/files.h"
#include "feed/texts.h"

namespace guanhu::feed {

namespace fs = std::filesystem;

namespace {
constexpr size_t kLarge = size_t{1} << 20;
}

Worker::Worker() : thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Worker::submit(std::function<void()> job) {
  {
    std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Worker::run() {
  for (;;) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

fs::path landed_folder(const fs::path& landed, base::Date date, int64_t import_id) {
  return landed / date.str() / std::to_string(import_id);
}

Landing::Landing(Worker& worker, const store::PersonalKey& key, fs::path landed, base::Date date,
                 int64_t import_id)
    : folder_(landed_folder(landed, date, import_id)), worker_(worker), key_(key) {}

Landing::~Landing() {
  wait();
  if (!made_ || kept_) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  fs::remove(folder_.parent_path(), ignored);  // when it holds no other import
}

std::shared_future<std::string> Landing::add(const std::string& name, std::shared_ptr<const std::string> bytes) {
  if (!made_) {
    fs::remove_all(folder_);  // left by a crash
    fs::create_directories(folder_);
    made_ = true;
    base::fault("landing.folder");
  }
  auto digest = std::make_shared<std::promise<std::string>>();
  fs::path to = folder_ / (name + ".zst");
  paths_.push_back(to);
  auto write = std::make_shared<std::packaged_task<void()>>([digest, bytes, to, &key = key_] {
    digest->set_value(base::sha256_hex(*bytes));
    base::write_file_unsynced(to, key.seal_file(base::compress(*bytes)));
    // A large one goes to the disk while rows are parsed; small ones go together in finish().
    if (bytes->size() > kLarge) base::sync_all({&to, 1});
    base::fault("landing.file");
  });
  written_.push_back(write->get_future());
  worker_.submit([write] { (*write)(); });
  return digest->get_future().share();
}

void Landing::wait() {
  for (auto& file : written_) file.wait();
}

void Landing::finish(const std::string& record) {
  for (auto& file : written_) file.get();
  written_.clear();
  base::fault("landing.files");
  paths_.push_back(folder_ / kRecordName);
  base::write_file_unsynced(paths_.back(), record);
  paths_.insert(paths_.end(), {folder_, folder_.parent_path(), folder_.parent_path().parent_path()});
  base::sync_all(paths_);
  base::fault("landing.finished");
}

base::Result<std::string> read_landed(const fs::path& folder, const std::string& name,
                                      const store::PersonalKey& key) {
  fs::path path = folder / (name + ".zst");
  auto frame = base::read_file(path);
  if (!frame) return refuse("bank.landed", path.string(), {frame.error().message});
  if (store::PersonalKey::is_sealed_file(*frame)) frame = key.open_file(*frame);
  if (!frame) return refuse("bank.landed", path.string(), {frame.error().message});
  auto bytes = base::decompress(*frame);
  if (!bytes) return refuse("bank.landed", path.string(), {bytes.error().message});
  return bytes;
}

}  // namespace guanhu::feed
