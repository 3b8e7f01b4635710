#include "appraisal/detail/pack_room.h"

#include <unistd.h>

#include <atomic>

#include "base/files.h"

namespace guanhu::appraisal::detail {

namespace fs = std::filesystem;

PackRoom::PackRoom(const fs::path& room) {
  static std::atomic<int> next{0};
  // Below a folder of this name, so that places in documents read as they do elsewhere.
  folder_ = room / (std::to_string(::getpid()) + "-" + std::to_string(next++)) / "policies";
  std::error_code ignored;
  fs::remove_all(folder_.parent_path(), ignored);
}

PackRoom::~PackRoom() {
  std::error_code ignored;
  fs::remove_all(folder_.parent_path(), ignored);
}

void PackRoom::write(const std::string& path, const std::string& content) const {
  const fs::path to = (folder_ / path).lexically_normal();
  if (to.lexically_relative(folder_).string().starts_with("..")) throw base::Broken("a pack's file " + path);
  fs::create_directories(to.parent_path());
  base::write_file_unsynced(to, content);
}

policy::Loaded PackRoom::load(const std::string& pack) const { return policy::load_pack(folder_ / pack); }

}  // namespace guanhu::appraisal::detail
