// Where things lie when the caller does not say.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"

namespace guanhu::cli {

// The folder of packs: `asked` when given; else $GUANHU_POLICIES; else ./policies; else a folder
// `policies` beside or above the binary (the source tree, an installation). Refused (cli.policies)
// when there is none.
base::Result<std::filesystem::path> policies_folder(const std::optional<std::string>& asked);

// The packs a path stands for: itself, the packs directly below it, or the pack a file belongs to; refused
// (cli.path) when there is none.
base::Result<std::vector<std::filesystem::path>> packs_at(const std::string& argument);
// What must stand before the paths in messages ("policies/sample/…") so that they can be opened from the
// working folder.
std::string prefix_of(const std::filesystem::path& pack);

// The calendar day in China.
base::Date local_day(base::Clock& clock);

// "PACK/NAME" in two; refused (cli.scheme) when it is not that.
struct PackItem {
  std::string pack, name;
};
base::Result<PackItem> pack_item(const std::string& text);

}  // namespace guanhu::cli
