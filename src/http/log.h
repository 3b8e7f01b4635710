// Where the server's lines go: one JSON document per line, for requests and for what went wrong.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/clock.h"

namespace guanhu::http {

// Called from many threads at once; must not block for long (it runs on the event loop).
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void line(std::string_view json) = 0;  // without the line break
};

class NoLog : public LogSink {
 public:
  void line(std::string_view) override {}
};

// Collects lines and writes them to a file descriptor from a thread of its own, at the latest after a
// second. When the reader of the descriptor does not keep up, lines beyond 8 MiB are dropped and counted:
// the server never waits for its log. The descriptor stays open.
class FdLog : public LogSink {
 public:
  explicit FdLog(int fd);
  ~FdLog() override;  // writes what is left
  void line(std::string_view json) override;
  uint64_t dropped() const;

 private:
  void run();
  int fd_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::string waiting_;
  uint64_t dropped_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

// What an access line tells. The query is left out: it may hold names and numbers of customers.
struct Access {
  base::Instant at;
  std::string_view id, peer, method, path, route, user;
  int status = 0;
  uint64_t bytes = 0;  // of the body sent
  int64_t micros = 0;  // from the first byte of the request to the last byte given to the system
};

// {"at":"…","level":"access","id":"…","peer":"…","method":"GET",…} appended to `out`.
void append_access(std::string& out, const Access& access);
// {"at":"…","level":"error","id":"…","message":"…"}
std::string event_line(base::Instant at, std::string_view level, std::string_view id, std::string_view message);
// A JSON string with quotes; bytes that are no UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace guanhu::http
