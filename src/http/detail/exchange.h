// One request and its answer, as they pass between an event loop and a worker.
#pragma once
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>

#include "http/metrics.h"
#include "http/router.h"

namespace guanhu::http::detail {

using Steady = std::chrono::steady_clock;

struct Exchange {
  // Waiting until the worker is done (Done) or the connection no longer waits (Abandoned). Who changes it
  // from Waiting decides; after Done only the connection looks at the rest, before it only the worker.
  enum State : int { Waiting, Done, Abandoned };

  ~Exchange() { close_file(), release(); }

  Request request;
  Match match;  // its params look into `request`
  Response response;
  std::stop_source stop{std::nostopstate};
  std::atomic<int> state{Waiting};
  bool gzip = false;  // the client takes it

  int file = -1;  // the open file of Response::file,
  uint64_t file_bytes = 0;
  std::string chunk;  // and the part of it that is sent next

  Gauges* gauges = nullptr;  // where the body's bytes are counted
  size_t charged = 0;

  bool settle(State to) {
    int expected = Waiting;
    return state.compare_exchange_strong(expected, to);
  }

  // Counts `bytes` of this body among all bodies. False, and the count as it was: together they would be
  // more than `most`.
  bool charge(size_t bytes, size_t most) {
    if (bytes == charged || !gauges) return true;
    int64_t now = gauges->body_bytes, next;
    do {
      next = now + static_cast<int64_t>(bytes) - static_cast<int64_t>(charged);
      if (bytes > charged && next > static_cast<int64_t>(most)) return false;
    } while (!gauges->body_bytes.compare_exchange_weak(now, next));
    charged = bytes;
    return true;
  }
  void release() { charge(0, 0); }

  void close_file() {
    if (file >= 0) ::close(file);
    file = -1;
  }

  void reset() {
    release(), close_file();
    request.id.clear(), request.method.clear(), request.path.clear();
    request.body = {};
    request.segments.clear(), request.query.clear(), request.headers.clear();
    match = {};
    response = {};
    gzip = false;
  }
};

}  // namespace guanhu::http::detail
