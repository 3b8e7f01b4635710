// The packs a server works with: read when first asked for, read again within a second after a file changed, its
// own or one of a pack it imports.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
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
  // The pack that counts on a day: the version in force, else as its files are. Looked up at most once a second.
  base::Result<std::shared_ptr<const policy::Pack>> on(const std::string& id, base::Date day);
  // Without looking anything up; null: it is time for a look, or there is no such pack.
  std::shared_ptr<const policy::Pack> known_on(const std::string& id, base::Date day);
  // Who knows the versions: null where none is in force. Set once, before anybody asks.
  using InForce = std::function<std::shared_ptr<const policy::Pack>(const std::string& id, base::Date day)>;
  void set_in_force(InForce in_force) { in_force_ = std::move(in_force); }
  void forget_in_force();  // a version was activated

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

  struct InForceOn {
    std::chrono::steady_clock::time_point looked;
    std::shared_ptr<const policy::Pack> pack;  // null: no version
  };

  std::filesystem::path folder_;
  InForce in_force_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
  std::map<std::pair<std::string, base::Date>, InForceOn> versions_;
};

}  // namespace guanhu::api
