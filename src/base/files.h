// Files that survive a crash: what is reported as written is on the disk.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace guanhu::base {

// The whole file; an Error (file.read) that names the path when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& path);
// Writes beside `path`, syncs, renames, syncs the folder: a reader sees the old or the new content.
// The file gets `mode` (less the umask). Throws Broken.
void write_file_atomic(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);
// Writes a new file (or over an old one) and syncs it; its folder is the caller's to sync. Throws Broken.
void write_file_synced(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);
void sync_folder(const std::filesystem::path& folder);
// Writes a file without waiting for the disk; sync_all() does. Throws Broken.
void write_file_unsynced(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);
// Syncs files and folders at the same time, so that the disk's journal takes them together: a dozen
// small files cost little more than one. Throws Broken when any of them fails.
void sync_all(std::span<const std::filesystem::path> paths);

// A read-only memory map, released on destruction. Empty files map to an empty span.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::string_view text() const { return {data_, size_}; }
  std::span<const std::byte> bytes() const { return {reinterpret_cast<const std::byte*>(data_), size_}; }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace guanhu::base
