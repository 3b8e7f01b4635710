// Named arrays, in memory or in one memory-mapped file: what column files are made of.
//
// A file is derived and never trusted: it carries the fingerprint of what it was made from and a
// checksum, and whoever opens it gets nothing unless both hold. Arrays must be plain data.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"

namespace guanhu::measures {

class Sections {
 public:
  template <class T>
  void put(const std::string& name, std::vector<T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    auto held = std::make_shared<std::vector<T>>(std::move(values));
    parts_[name] = {std::as_bytes(std::span(*held)), held};
  }
  // The arrays of others; their names are new.
  void add(Sections others) { parts_.merge(others.parts_); }
  template <class T>
  std::span<const T> get(const std::string& name) const {
    auto found = parts_.find(name);
    if (found == parts_.end()) throw base::Broken("a column file without " + name);
    auto bytes = found->second.bytes;
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  // Beside `path`, then renamed: a reader sees the old or the new file; what a power cut may tear,
  // the checksum finds. `fingerprint` has 64 characters.
  base::Status write(const std::filesystem::path& path, const std::string& fingerprint) const;
  // Nothing when there is no such file, or it is older than `fingerprint`, or torn.
  static std::optional<Sections> open(const std::filesystem::path& path, const std::string& fingerprint);
  // Whatever whole file is there; what it was made from goes to `fingerprint`, for the caller to compare.
  // With `wanted` nothing else is read.
  static std::optional<Sections> open_any(const std::filesystem::path& path, std::string& fingerprint,
                                          const std::string* wanted = nullptr);

 private:
  struct Part {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
  };
  std::map<std::string, Part> parts_;
};

}  // namespace guanhu::measures
