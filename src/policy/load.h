// Reads and checks packs from a folder of packs.
#pragma once
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::policy {

// Everything that is wrong with a pack, in order of place; each error's `where` is "file:line:column".
struct Problems {
  std::vector<base::Error> errors;
  // Each as "file:line:column: message", then the line with a caret, then how to mend it.
  std::string text() const;
};

struct Loaded {
  Pack pack;           // as far as it could be read
  Problems problems;   // empty: the pack is sound
};

// `folder` is one pack (it holds pack.toml). A folder that is no pack is a problem, not an exception.
Loaded load_pack(const std::filesystem::path& folder);

// The pack `id` below `policies` (a folder of packs), sound; else the first problem as an Error.
base::Result<Pack> open_pack(const std::filesystem::path& policies, const std::string& id);

}  // namespace guanhu::policy
