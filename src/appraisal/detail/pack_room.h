// A folder of its own in which a pack's files lie for the time they are read; two may do so at once.
#pragma once
#include <filesystem>
#include <string>

#include "policy/load.h"

namespace guanhu::appraisal::detail {

class PackRoom {
 public:
  explicit PackRoom(const std::filesystem::path& room);
  ~PackRoom();
  PackRoom(const PackRoom&) = delete;

  // `path`: "PACK/document.md". Throws Broken for a path that leads out of the room.
  void write(const std::string& path, const std::string& content) const;
  policy::Loaded load(const std::string& pack) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace guanhu::appraisal::detail
