#include "base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <future>
#include <utility>
#include <vector>

namespace guanhu::base {

namespace {
std::string why() { return std::strerror(errno); }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

void write_all(int fd, std::string_view content, const std::string& name) {
  while (!content.empty()) {
    ssize_t n = ::write(fd, content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw Broken("cannot write " + name + ": " + why());
    content.remove_prefix(static_cast<size_t>(n));
  }
}
}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  auto refuse = [&] { return Error{"file.read", "cannot read the file: " + why(), path.string(), ""}; };
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0) return refuse();
  std::string out;
  out.reserve(static_cast<size_t>(st.st_size));
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refuse();
    if (n == 0) return out;
    out.append(buffer, static_cast<size_t>(n));
  }
}

void sync_folder(const std::filesystem::path& folder) {
  Descriptor fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid() || ::fsync(fd.get()) != 0) throw Broken("cannot sync " + folder.string() + ": " + why());
}

void write_file_unsynced(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  Descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!fd.valid()) throw Broken("cannot create " + path.string() + ": " + why());
  write_all(fd.get(), content, path.string());
}

void sync_all(std::span<const std::filesystem::path> paths) {
  std::vector<std::future<void>> syncs;
  for (const auto& path : paths) {
    syncs.push_back(std::async(std::launch::async, [&path] {
      Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
      if (!fd.valid() || ::fsync(fd.get()) != 0) throw Broken("cannot sync " + path.string() + ": " + why());
    }));
  }
  for (auto& sync : syncs) sync.wait();
  for (auto& sync : syncs) sync.get();
}

void write_file_synced(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  Descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!fd.valid()) throw Broken("cannot create " + path.string() + ": " + why());
  write_all(fd.get(), content, path.string());
  if (::fsync(fd.get()) != 0) throw Broken("cannot sync " + path.string() + ": " + why());
}

void write_file_atomic(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  std::filesystem::path beside = path.string() + ".new";
  write_file_synced(beside, content, mode);
  if (::rename(beside.c_str(), path.c_str()) != 0)
    throw Broken("cannot rename to " + path.string() + ": " + why());
  sync_folder(path.parent_path());
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  auto refuse = [&] { return Error{"file.read", "cannot read the file: " + why(), path.string(), ""}; };
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat st {};
  if (!fd.valid() || ::fstat(fd.get(), &st) != 0) return refuse();
  MappedFile file;
  if (st.st_size == 0) return file;
  void* at = ::mmap(nullptr, static_cast<size_t>(st.st_size), PROT_READ, MAP_SHARED, fd.get(), 0);
  if (at == MAP_FAILED) return refuse();
  file.data_ = static_cast<const char*>(at);
  file.size_ = static_cast<size_t>(st.st_size);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace guanhu::base
