#include "cli/places.h"

#include <cstdlib>

namespace guanhu::cli {

namespace fs = std::filesystem;

namespace {
std::optional<fs::path> above_the_binary() {
  std::error_code unread, missing;
  fs::path folder = fs::read_symlink("/proc/self/exe", unread).parent_path();
  for (int level = 0; !unread && level < 4 && !folder.empty(); ++level, folder = folder.parent_path())
    if (fs::is_directory(folder / "policies", missing)) return folder / "policies";
  return std::nullopt;
}
}  // namespace

base::Result<fs::path> policies_folder(const std::optional<std::string>& asked) {
  std::error_code ignored;
  if (asked) {
    if (fs::is_directory(*asked, ignored)) return fs::path(*asked);
    return base::Error{"cli.policies", "there is no folder " + *asked, "--policies",
                       "name the folder that holds the packs"};
  }
  if (const char* set = std::getenv("GUANHU_POLICIES"); set && *set) return policies_folder(std::string(set));
  if (fs::is_directory("policies", ignored)) return fs::path("policies");
  if (auto found = above_the_binary()) return *found;
  return base::Error{"cli.policies", "no folder of packs was found", "", "give --policies DIR"};
}

base::Result<PackItem> pack_item(const std::string& text) {
  size_t slash = text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size())
    return base::Error{"cli.scheme", "'" + text + "' is not PACK/NAME", "", "for example sample/经营业绩"};
  return PackItem{text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace guanhu::cli
