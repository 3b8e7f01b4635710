// A backup in one file: a plain tar (any tar lists and unpacks it), whose last member lists what must be there
// with the digest of each. Without it, or with one byte changed, the file is refused.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "base/json.h"

namespace guanhu::store {

// Writes beside `file` and renames at the end: a backup is there whole or not at all (mode 0600).
class ArchiveWriter {
 public:
  explicit ArchiveWriter(std::filesystem::path file);  // throws Broken when it cannot be written
  ~ArchiveWriter();                                    // without finish(): nothing is left
  ArchiveWriter(const ArchiveWriter&) = delete;
  // Names: relative, of at most 100 bytes, '/' between the parts.
  void add(const std::string& name, std::string_view bytes);
  // `about`: members of the list beside "files".
  void finish(base::JsonObject about);
  size_t files() const { return list_.size(); }
  uint64_t bytes() const { return written_; }

 private:
  void put(std::string_view bytes);
  void member(const std::string& name, std::string_view bytes);
  std::filesystem::path file_, part_;
  int fd_ = -1;
  uint64_t written_ = 0;
  base::JsonArray list_;
};

// What is wrong with a backup, or its list. Reads everything and keeps nothing: refused are archive.missing,
// archive.damaged (cut, changed, no backup of this program).
base::Result<base::Json> check_archive(const std::filesystem::path& file);

// Gives each member but the list; only after check_archive(), which says that names lead nowhere else.
base::Status unpack_archive(const std::filesystem::path& file,
                            const std::function<void(const std::string& name, std::string_view bytes)>& take);

inline constexpr const char* kArchiveList = "backup.json";

}  // namespace guanhu::store
