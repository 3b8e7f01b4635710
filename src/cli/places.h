// Where things lie when the caller does not say.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"

namespace guanhu::cli {

// The folder of packs: `asked` when given; else $GUANHU_POLICIES; else ./policies; else a folder
// `policies` beside or above the binary (the source tree, an installation). Refused (cli.policies)
// when there is none.
base::Result<std::filesystem::path> policies_folder(const std::optional<std::string>& asked);

// "PACK/NAME" in two; refused (cli.scheme) when it is not that.
struct PackItem {
  std::string pack, name;
};
base::Result<PackItem> pack_item(const std::string& text);

}  // namespace guanhu::cli
