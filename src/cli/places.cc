#include "cli/places.h"

#include <algorithm>
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

// The packs a path stands for: itself, the packs directly below it, or the pack a file belongs to.
base::Result<std::vector<fs::path>> packs_at(const std::string& argument) {
  std::error_code ignored;
  fs::path path(argument);
  if (!fs::exists(path, ignored))
    return base::Error{"cli.path", "there is no file or folder '" + argument + "'", "", ""};
  if (!fs::is_directory(path, ignored)) {
    for (fs::path folder = fs::absolute(path).parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
      if (fs::exists(folder / "pack.toml", ignored)) return std::vector<fs::path>{folder};
    return base::Error{"cli.path", "'" + argument + "' does not belong to a pack", "",
                       "a pack is a folder with pack.toml"};
  }
  if (fs::exists(path / "pack.toml", ignored)) return std::vector<fs::path>{path};
  std::vector<fs::path> out;
  for (fs::directory_iterator at(path, ignored), end; !ignored && at != end; at.increment(ignored))
    if (fs::exists(at->path() / "pack.toml", ignored)) out.push_back(at->path());
  std::sort(out.begin(), out.end());
  if (out.empty())
    return base::Error{"cli.path", "there is no pack in '" + argument + "'", "",
                       "a pack is a folder with pack.toml"};
  return out;
}

// What must stand before the paths in messages ("policies/sample/…") so that they can be opened from
// the working folder.
std::string prefix_of(const fs::path& pack) {
  fs::path folder = fs::absolute(pack).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  fs::path above = folder.parent_path().parent_path();
  fs::path relative = above.lexically_relative(fs::current_path());
  if (relative == ".") return "";
  bool climbs = relative.empty() || *relative.begin() == "..";
  return ((climbs ? above : relative) / "").string();
}

// Where the banks are, the day begins eight hours before UTC's.
base::Date local_day(base::Clock& clock) {
  constexpr int64_t kSecond = 1'000'000, kDay = 86'400 * kSecond, kOffset = 8 * 3600 * kSecond;
  return base::Date(static_cast<int32_t>((clock.now().micros + kOffset) / kDay));
}

base::Result<PackItem> pack_item(const std::string& text) {
  size_t slash = text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size())
    return base::Error{"cli.scheme", "'" + text + "' is not PACK/NAME", "", "for example sample/经营业绩"};
  return PackItem{text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace guanhu::cli
