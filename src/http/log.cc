#include "http/log.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>

#include "base/encoding.h"

namespace guanhu::http {

namespace {

constexpr size_t kMostWaiting = 8 << 20, kWakeAt = 64 << 10;

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;  // nobody reads it any more: there is no one to tell
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

template <class N>
void append_number(std::string& out, N n) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

bool plain(std::string_view text) {
  for (unsigned char c : text)
    if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7F) return false;
  return true;
}

}  // namespace

FdLog::FdLog(int fd) : fd_(fd), thread_([this] { run(); }) {}

FdLog::~FdLog() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ready_.notify_one();
  thread_.join();
}

void FdLog::line(std::string_view json) {
  bool wake;
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() + json.size() > kMostWaiting) {
      ++dropped_;
      return;
    }
    bool below = waiting_.size() < kWakeAt;
    waiting_ += json;
    waiting_ += '\n';
    wake = below && waiting_.size() >= kWakeAt;
  }
  if (wake) ready_.notify_one();
}

uint64_t FdLog::dropped() const {
  std::lock_guard lock(mutex_);
  return dropped_;
}

void FdLog::run() {
  std::string batch;
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait_for(lock, std::chrono::milliseconds(500), [this] { return stop_ || waiting_.size() >= kWakeAt; });
    batch.swap(waiting_);
    bool last = stop_;
    lock.unlock();
    write_all(fd_, batch);
    batch.clear();
    lock.lock();
    if (last && waiting_.empty()) return;
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (plain(text)) {
    out += text;
    out += '"';
    return;
  }
  size_t bad = base::find_bad_utf8(text);
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (i == bad) {
      out += "\xEF\xBF\xBD";
      bad = base::find_bad_utf8(text, i + 1);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7F) {
      out += "\\u00";
      out += "0123456789abcdef"[c >> 4];
      out += "0123456789abcdef"[c & 15];
    } else {
      out += static_cast<char>(c);
    }
  }
  out += '"';
}

void append_access(std::string& out, const Access& a) {
  out += "{\"at\":\"";
  out += a.at.str();
  out += "\",\"level\":\"access\",\"id\":";
  append_json_string(out, a.id);
  out += ",\"peer\":";
  append_json_string(out, a.peer);
  out += ",\"method\":";
  append_json_string(out, a.method);
  out += ",\"path\":";
  append_json_string(out, a.path);
  if (!a.route.empty()) {
    out += ",\"route\":";
    append_json_string(out, a.route);
  }
  out += ",\"status\":";
  append_number(out, a.status);
  out += ",\"bytes\":";
  append_number(out, a.bytes);
  out += ",\"micros\":";
  append_number(out, a.micros);
  if (!a.user.empty()) {
    out += ",\"user\":";
    append_json_string(out, a.user);
  }
  out += '}';
}

std::string event_line(base::Instant at, std::string_view level, std::string_view id, std::string_view message) {
  std::string out = "{\"at\":\"" + at.str() + "\",\"level\":";
  append_json_string(out, level);
  if (!id.empty()) {
    out += ",\"id\":";
    append_json_string(out, id);
  }
  out += ",\"message\":";
  append_json_string(out, message);
  return out + "}";
}

}  // namespace guanhu::http
