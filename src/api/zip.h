// Reads zip archives from memory: uploads of the feed, workbooks. Nothing is trusted: sizes, offsets and checksums
// are held against what is there, and what unpacks to more than is allowed is refused before it is unpacked.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace guanhu::api {

struct ZipLimits {
  size_t files = 64;
  size_t bytes = size_t{1} << 30;  // of all files, unpacked
};

class Zip {
 public:
  struct Entry {
    std::string path;  // as the archive has it
    uint32_t method = 0, crc = 0, packed = 0, size = 0, at = 0;
    // Without the folders before it.
    std::string name() const;
  };
  // Refused ("zip"): no archive, a broken one, a password, beyond the limits. `bytes` must outlive it. Folders are
  // left out.
  static base::Result<Zip> open(std::string_view bytes, const ZipLimits& limits);

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view path) const;
  // Refused ("zip"): what does not unpack to what the archive says.
  base::Result<std::string> read(const Entry& entry) const;

 private:
  std::string_view bytes_;
  std::vector<Entry> entries_;
};

}  // namespace guanhu::api
