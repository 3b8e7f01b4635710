// A socket that sends what no decent client would, and a server to send it to.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/client.h"
#include "http/server.h"

namespace guanhu::http::testing {

using Millis = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

// Gives up a test that would hang: no wait here is longer.
constexpr Millis kPatience{20'000};

class Raw {
 public:
  explicit Raw(uint16_t port, int receive_buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a) == 0;
  }
  ~Raw() { close(); }
  Raw(Raw&& o) noexcept : fd_(std::exchange(o.fd_, -1)), connected_(o.connected_), data_(std::move(o.data_)) {}

  bool connected() const { return connected_; }
  int fd() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  void half_close() { ::shutdown(fd_, SHUT_WR); }

  // False when the other side does not take it all.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  }

  // One more piece; false at the end of the connection (closed() is true) or of patience.
  bool more(Millis patience = kPatience) {
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, static_cast<int>(patience.count())) <= 0) return false;
    char buffer[16384];
    ssize_t n = ::recv(fd_, buffer, sizeof buffer, 0);
    if (n <= 0) return closed_ = true, false;
    data_.append(buffer, static_cast<size_t>(n));
    return true;
  }
  bool closed() const { return closed_; }

  // Everything up to the end of the connection.
  std::string rest() {
    while (more()) {}
    EXPECT_TRUE(closed_) << "the server did not close the connection";
    return std::exchange(data_, "");
  }

  // Up to and including `mark`; "" when it does not come.
  std::string until(std::string_view mark) {
    size_t at;
    while ((at = data_.find(mark)) == data_.npos)
      if (!more()) return "";
    std::string out = data_.substr(0, at + mark.size());
    data_.erase(0, out.size());
    return out;
  }

  // One answer with a content-length (or without a body), head and body together.
  std::string answer(bool head = false) {
    std::string out = until("\r\n\r\n");
    size_t at = out.find("content-length: ");
    if (at == out.npos || head) return out;
    size_t length = std::stoul(out.substr(at + 16));
    while (data_.size() < length)
      if (!more()) return out + data_;
    out += data_.substr(0, length);
    data_.erase(0, length);
    return out;
  }

 private:
  int fd_;
  bool connected_ = false, closed_ = false;
  std::string data_;
};

inline int status_of(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(std::string(answer.substr(9, 3))) : 0;
}

inline std::string get(std::string_view path, std::string_view headers = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nhost: x\r\n" + std::string(headers) + "\r\n";
}

// Keeps the lines, so that tests can look for them.
class KeptLog : public LogSink {
 public:
  void line(std::string_view json) override {
    std::lock_guard lock(mutex_);
    text_.append(json).append("\n");
    changed_.notify_all();
  }
  std::string text() const {
    std::lock_guard lock(mutex_);
    return text_;
  }
  // Waits until the log holds `part`.
  bool has(std::string_view part) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return text_.find(part) != text_.npos; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
};

// Opens once; wait() returns when it is open.
class Gate {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait(Millis patience = kPatience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// Asks again and again, yielding, until it holds or patience ends.
template <class F>
bool eventually(F holds, Millis patience = kPatience) {
  auto end = Steady::now() + patience;
  while (!holds()) {
    if (Steady::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

class Running {
 public:
  explicit Running(Router router, ServerOptions options = {})
      : server(quick(std::move(options)), std::move(router), log, clock) {
    auto status = server.start();
    EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().text());
  }
  Raw raw(int receive_buffer = 0) { return Raw(server.port(), receive_buffer); }
  Client client() { return Client::tcp("127.0.0.1", server.port()); }
  // One request on a connection of its own; the connection is closed after it.
  std::string ask(std::string_view bytes) {
    Raw r = raw();
    EXPECT_TRUE(r.connected());
    r.send(bytes);
    r.half_close();
    return r.rest();
  }

  KeptLog log;
  base::SystemClock clock;
  Server server;

 private:
  static ServerOptions quick(ServerOptions o) {
    if (o.io_threads == 0) o.io_threads = 2;
    if (o.worker_threads == 0) o.worker_threads = 2;
    return o;
  }
};

// "/hello" inline, "/worker" on a worker, "/echo" answers with the body, "/items/{id}".
inline Router sample_routes() {
  Router r;
  r.add("GET", "/hello", [](const Request&, const Params&) { return Response::text("hello\n"); },
        {.run = Run::Inline});
  r.add("GET", "/worker", [](const Request& q, const Params&) { return Response::text("worker for " + q.id); });
  r.add("POST", "/echo", [](const Request& q, const Params&) { return Response::text(q.body); });
  r.add("GET", "/items/{id}",
        [](const Request&, const Params& p) { return Response::text(std::string(p["id"])); });
  r.add("PUT", "/items/{id}", [](const Request& q, const Params&) { return Response::text(q.body); });
  return r;
}

}  // namespace guanhu::http::testing
