#include "store/archive.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "base/files.h"

namespace guanhu::store {

using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

constexpr size_t kBlock = 512, kName = 100;
constexpr uint64_t kMost = (uint64_t{1} << 33) - 1;  // what eleven octal digits hold

using Header = std::array<char, kBlock>;

void octal(char* at, size_t width, uint64_t value) {
  for (size_t i = width - 1; i-- > 0; value >>= 3) at[i] = static_cast<char>('0' + (value & 7));
  at[width - 1] = '\0';
}

unsigned checksum(const Header& header) {
  unsigned sum = 0;
  for (size_t i = 0; i < kBlock; ++i) sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
  return sum;
}

// ustar: name, mode, owner, group, size, time, checksum, kind.
Header header_of(const std::string& name, uint64_t size) {
  Header out{};
  std::memcpy(out.data(), name.data(), name.size());
  octal(out.data() + 100, 8, 0600);
  octal(out.data() + 108, 8, 0);
  octal(out.data() + 116, 8, 0);
  octal(out.data() + 124, 12, size);
  octal(out.data() + 136, 12, 0);
  out[156] = '0';
  std::memcpy(out.data() + 257, "ustar", 6);
  std::memcpy(out.data() + 263, "00", 2);
  octal(out.data() + 148, 7, checksum(out));
  out[155] = ' ';
  return out;
}

bool safe(const std::string& name) {
  if (name.empty() || name.size() > kName || name[0] == '/') return false;
  for (const auto& part : fs::path(name))
    if (part == ".." || part == "." || part.empty()) return false;
  return true;
}

base::Error damaged(const fs::path& file, const std::string& what) {
  return {"archive.damaged", "this is no whole backup: " + what, file.string(), "take another backup"};
}

// Walks over the members; `take` may refuse.
base::Status walk(const fs::path& file,
                  const std::function<base::Status(const std::string& name, std::string_view bytes)>& take) {
  auto mapped = base::MappedFile::open(file);
  if (!mapped)
    return base::Error{"archive.missing", mapped.error().message, file.string(),
                       "name a file that guanhu backup made"};
  std::string_view rest = mapped->text();
  while (rest.size() >= kBlock) {
    Header header;
    std::memcpy(header.data(), rest.data(), kBlock);
    rest.remove_prefix(kBlock);
    if (header[0] == '\0') return {};
    uint64_t size = 0;
    for (size_t i = 124; i < 135; ++i) {
      if (header[i] < '0' || header[i] > '7') return damaged(file, "a member has no size");
      size = size * 8 + static_cast<uint64_t>(header[i] - '0');
    }
    unsigned sum = 0;
    for (size_t i = 148; i < 154; ++i) sum = sum * 8 + static_cast<unsigned>(header[i] - '0');
    if (sum != checksum(header) || std::memcmp(header.data() + 257, "ustar", 5) != 0)
      return damaged(file, "a member's head is changed");
    std::string name(header.data(), strnlen(header.data(), kName));
    uint64_t padded = (size + kBlock - 1) / kBlock * kBlock;
    if (padded > rest.size()) return damaged(file, "it is cut off");
    if (auto status = take(name, rest.substr(0, size)); !status) return status;
    rest.remove_prefix(padded);
  }
  return damaged(file, "it is cut off");
}

}  // namespace

ArchiveWriter::ArchiveWriter(fs::path file) : file_(std::move(file)), part_(file_.string() + ".part") {
  fd_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) throw base::Broken("cannot write " + part_.string() + ": " + std::strerror(errno));
}

ArchiveWriter::~ArchiveWriter() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(part_.c_str());
}

void ArchiveWriter::put(std::string_view bytes) {
  written_ += bytes.size();
  while (!bytes.empty()) {
    ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw base::Broken("cannot write " + part_.string() + ": " + std::strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

void ArchiveWriter::member(const std::string& name, std::string_view bytes) {
  if (!safe(name) || bytes.size() > kMost) throw base::Broken("cannot put " + name + " into a backup");
  Header header = header_of(name, bytes.size());
  put({header.data(), header.size()});
  put(bytes);
  put(std::string((kBlock - bytes.size() % kBlock) % kBlock, '\0'));
}

void ArchiveWriter::add(const std::string& name, std::string_view bytes) {
  member(name, bytes);
  list_.push_back(JsonObject{{"name", name}, {"bytes", bytes.size()}, {"sha256", base::sha256_hex(bytes)}});
}

void ArchiveWriter::finish(JsonObject about) {
  about.emplace_back("files", list_);
  member(kArchiveList, Json(std::move(about)).dump(1) + "\n");
  put(std::string(2 * kBlock, '\0'));
  if (::fsync(fd_) != 0) throw base::Broken("cannot write " + part_.string() + ": " + std::strerror(errno));
  ::close(std::exchange(fd_, -1));
  fs::rename(part_, file_);
  base::sync_folder(fs::absolute(file_).parent_path());
}

base::Result<Json> check_archive(const fs::path& file) {
  std::map<std::string, std::string> found;
  std::optional<Json> list;
  auto status = walk(file, [&](const std::string& name, std::string_view bytes) -> base::Status {
    if (!safe(name) || list || found.count(name)) return damaged(file, "a member stands where none belongs");
    if (name != kArchiveList) {
      found.emplace(name, base::sha256_hex(bytes));
      return {};
    }
    auto json = Json::parse(bytes);
    if (!json) return damaged(file, "its list cannot be read");
    list = std::move(*json);
    return {};
  });
  if (!status) return status.error();
  const Json* files = list ? list->find("files") : nullptr;
  if (!files || !files->as_array()) return damaged(file, "it has no list");
  for (const Json& one : *files->as_array()) {
    const Json *name = one.find("name"), *digest = one.find("sha256");
    if (!name || !name->as_string() || !digest || !digest->as_string())
      return damaged(file, "its list is changed");
    auto at = found.find(*name->as_string());
    if (at == found.end()) return damaged(file, *name->as_string() + " is missing");
    if (at->second != *digest->as_string()) return damaged(file, *name->as_string() + " is changed");
    found.erase(at);
  }
  if (!found.empty()) return damaged(file, found.begin()->first + " is not in its list");
  return std::move(*list);
}

base::Status unpack_archive(const fs::path& file,
                            const std::function<void(const std::string&, std::string_view)>& take) {
  return walk(file, [&](const std::string& name, std::string_view bytes) -> base::Status {
    if (!safe(name)) return damaged(file, "a member leads out of the folder");
    if (name != kArchiveList) take(name, bytes);
    return {};
  });
}

}  // namespace guanhu::store
