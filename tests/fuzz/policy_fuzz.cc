// Packs: a folder with any manifest and any document is read, or every problem in it has its place.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "fuzz.h"
#include "policy/load.h"

namespace guanhu::fuzz {
namespace {
namespace fs = std::filesystem;

const char kManifest[] = "id = \"p\"\ntitle = \"试\"\nversion = \"1\"\nfrom = 2024-01-01\n";

// One folder a process, removed at its end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("guanhu-fuzz-" + std::to_string(::getpid())) / "p";
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path.parent_path()); }
};

void load(std::string_view manifest, std::string_view document) {
  static const Folder folder;
  std::ofstream(folder.path / "pack.toml", std::ios::binary) << manifest;
  std::ofstream(folder.path / "one.md", std::ios::binary) << document;
  auto loaded = policy::load_pack(folder.path);
  for (const auto& e : loaded.problems.errors)
    require(!e.message.empty() && !e.where.empty(), "a problem says what and where");
  loaded.problems.text();
}

void document(std::string_view input) { load(kManifest, input); }
void manifest(std::string_view input) { load(input, "# 办法\n来源: x.txt\n"); }

}  // namespace

std::vector<Target> policy_targets() {
  return {
      {"document",
       {"# 办法\n来源: x.txt · 施行: 2024-01-01\n\n## 第一条 存款\n\n看日均。\n\n```measure 日均\nfact = "
        "\"存款余额\"\n"
        "aggregate = \"日均\"\nunit = \"元\"\nrules = [\"KPI-314\"]\n```\n\n```score 得分\nfull = 10\ninputs = "
        "[\"日均\"]\nformula = \"\"\"\nif 日均 > 步长 then 满分 else 0\n\"\"\"\nrules = [\"KPI-314\"]\n```\n",
        "# 办法\n来源: x.txt\n\n## 第二条\n\n步长。\n\n```parameter\n[[\"步长\"]]\nvalue = 5\nunit = \"元\"\nto = "
        "2025-12-31\n\n[[\"步长\"]]\nvalue = 6\nfrom = 2026-01-01\n```\n"},
       {"```", "\n## 第三条\n", "parameter", "scheme 甲", "peer 乙", "indicator 丙", "open", "\"\"\"",
        "[[\"步长\"]]\n", "filter = '种类 = \"time\"'\n", "cap = 1\n", "rules = []\n",
        "来源: ", "施行: 2024-13-01", "= "},
       document},
      {"manifest",
       {kManifest},
       {"[[sources]]\n", "to = 2030-12-31\n", "extends = \"q\"\n", "\"\"\"", "= ", "\n"},
       manifest}};
}

}  // namespace guanhu::fuzz
