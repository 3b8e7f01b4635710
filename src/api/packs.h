// The packs a server works with: read when first asked for, read again within a second after a file changed, its
// own or one of a pack it imports.
#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::api {

// "PACK/NAME" in two.
struct SchemeName {
  std::string pack, scheme;
  // Refused (scheme.unknown) when it is not that.
  static base::Result<SchemeName> parse(const std::string& text);
  std::string str() const { return pack + "/" + scheme; }
};

class Packs {
 public:
  explicit Packs(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Folders that hold a pack, by name.
  std::vector<std::string> names() const;
  // The pack as its files are now. Refused: policy.unknown, and what policy::open_pack refuses.
  base::Result<std::shared_ptr<const policy::Pack>> get(const std::string& id);
  // The same without a look at the files; null: it is time for one, or there is no such pack.
  std::shared_ptr<const policy::Pack> known(const std::string& id);
  const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Kept {
    std::chrono::steady_clock::time_point looked;  // at the files: not for every request anew
    std::string seen;  // names, sizes and times of the files it was read from, those of imported packs too
    std::vector<std::filesystem::path> folders;  // in which those files lie
    std::shared_ptr<const policy::Pack> pack;    // null: it cannot be read
    base::Error error;                           // then
  };
  static base::Result<std::shared_ptr<const policy::Pack>> answer_of(const Kept& kept);
  base::Result<std::shared_ptr<const policy::Pack>> read(const std::string& id);

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

}  // namespace guanhu::api
