#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/folder.h"

namespace guanhu::store {

namespace {
// The number that the holder wrote; it may be gone again or not yet written.
std::string holder(int fd) {
  char text[32] = {};
  ssize_t size = ::pread(fd, text, sizeof text - 1, 0);
  std::string_view digits(text, size > 0 ? static_cast<size_t>(size) : 0);
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  return digits.empty() ? "another process" : "process " + std::string(digits);
}
}  // namespace

base::Result<FolderLock> FolderLock::take(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "guanhu.lock";
  FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.fd_ < 0) throw base::Broken("cannot open " + file.string() + ": " + std::strerror(errno));
  while (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) throw base::Broken("cannot lock " + file.string() + ": " + std::strerror(errno));
    return base::Error{"folder.busy", "the data folder is in use by " + holder(lock.fd_), dir.string(),
                       "wait until it has finished"};
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock.fd_, 0) != 0 ||
      ::pwrite(lock.fd_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    throw base::Broken("cannot write " + file.string() + ": " + std::strerror(errno));
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FolderLock::~FolderLock() {
  // The file stays: to delete it would let a third process lock a file that nobody else sees.
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace guanhu::store
