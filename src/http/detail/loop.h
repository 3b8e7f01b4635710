// One event loop: a thread, its connections, its cached date. And what all loops share.
#pragma once
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "http/detail/exchange.h"
#include "http/pool.h"
#include "http/server.h"

namespace guanhu::http::detail {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;

class Session;

struct Peer {
  std::string address;
  std::optional<uint32_t> uid;
};

// What every connection needs; lives as long as the server.
struct Shared {
  Shared(ServerOptions o, Router r, LogSink& l, base::Clock& c)
      : options(std::move(o)), router(std::move(r)), log(l), clock(c) {}

  ServerOptions options;
  Router router;
  LogSink& log;
  base::Clock& clock;
  std::optional<asio::ssl::context> tls;
  std::unique_ptr<Metrics> metrics;
  std::unique_ptr<WorkerPool> pool;
  std::string headers_data, headers_page;  // the security headers, ready to send
  std::atomic<bool> draining{false};

  std::mutex mutex;  // of what follows
  std::condition_variable emptied;
  std::map<std::string, size_t> per_peer;
  size_t sessions = 0;

  Gauges& gauges() { return metrics->gauges; }
  void say(std::string_view level, std::string_view id, std::string_view message) {
    log.line(event_line(clock.now(), level, id, message));
  }
};

class Loop {
 public:
  Loop(Shared& s, size_t i);
  ~Loop();

  void start();  // its thread
  void join();   // returns when no session is left and finish() was called
  void finish();

  // From any thread: makes a session of an accepted connection.
  void adopt(int fd, Peer peer, bool tls);
  void drain();  // from any thread: close what is idle, end streams
  void cut();    // from any thread: close everything

  // From the loop's own thread.
  void remove(Session* session);
  Steady::time_point now() const { return now_; }  // of the last tick
  std::string_view date() const { return date_; }  // "Date: …\r\n"
  std::string next_id();

  Shared& shared;
  const size_t index;
  asio::io_context io;
  std::string scratch;  // for log lines

 private:
  void tick();
  void refresh_date();

  std::optional<asio::executor_work_guard<Executor>> work_;
  asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor> timer_;
  std::chrono::milliseconds period_;
  Steady::time_point now_ = Steady::now();
  std::vector<Session*> sessions_;
  std::string date_;
  int64_t date_second_ = -1;
  uint64_t id_base_ = 0, id_count_ = 0;
  bool finishing_ = false;
  std::thread thread_;
};

}  // namespace guanhu::http::detail
