// Reads and checks packs from a folder of packs.
#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::policy {

// Everything that is wrong with a pack, in order of place; each error's `where` is "file:line:column".
struct Problems {
  std::vector<base::Error> errors;
  std::vector<std::string> excerpts;  // of each error: the line and a caret below; "" where there is none
  // Each as "file:line:column: message [code]", then the line with a caret, then how to mend it.
  // `folder` stands before every path, so that a path can be opened from where the reader is.
  std::string text(const std::string& folder = "") const;
  // The first one, with how many more there are; there must be one.
  base::Error first() const;
};

struct Loaded {
  Pack pack;          // as far as it could be read
  Problems problems;  // empty: the pack is sound
  // Every folder it was read from: its own, those of the packs it imports or extends and of theirs, also where
  // there is none. A change in any of them is a change of the pack.
  std::vector<std::filesystem::path> folders = {};
};

// `folder` is one pack (it holds pack.toml). A folder that is no pack is a problem, not an exception.
Loaded load_pack(const std::filesystem::path& folder);

// The pack `id` below `policies` (a folder of packs), sound; else the first problem as an Error.
base::Result<Pack> open_pack(const std::filesystem::path& policies, const std::string& id);

// The packs of a folder, each read once and kept. Not for several threads at once.
class Shelf {
 public:
  explicit Shelf(std::filesystem::path policies);
  ~Shelf();
  // As open_pack.
  base::Result<std::shared_ptr<const Pack>> open(const std::string& id);

 private:
  struct Packs;
  std::unique_ptr<Packs> packs_;
};

}  // namespace guanhu::policy
