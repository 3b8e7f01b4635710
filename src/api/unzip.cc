#include "api/unzip.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/files.h"

namespace guanhu::api {

namespace {

base::Error refuse(std::string message, std::string where = "") {
  return {"import.zip", std::move(message), std::move(where), "压缩包里应是 manifest.json 和它列出的 CSV 文件"};
}

bool expected(const std::string& name) {
  if (name == "manifest.json") return true;
  if (name.size() < 5 || !name.ends_with(".csv")) return false;
  return std::all_of(name.begin(), name.end() - 4, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

base::Status unzip(std::string_view bytes, const std::filesystem::path& folder, const ZipLimits& limits) {
  auto zip = Zip::open(bytes, limits);
  if (!zip) return refuse(zip.error().message, zip.error().where);
  std::set<std::string> seen;
  for (const Zip::Entry& e : zip->entries()) {
    const std::string name = e.name();
    if (!expected(name)) return refuse("不认识的文件", name.substr(0, 100));
    if (!seen.insert(name).second) return refuse("文件出现两次", name);
  }
  if (!seen.count("manifest.json")) return refuse("缺少 manifest.json");
  for (const Zip::Entry& e : zip->entries()) {
    auto content = zip->read(e);
    if (!content) return refuse(content.error().message, content.error().where);
    base::write_file_unsynced(folder / e.name(), *content);
  }
  return {};
}

}  // namespace guanhu::api
