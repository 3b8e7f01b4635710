// The server: takes connections, keeps to its limits, hands requests to the router's handlers.
//
//   Router router;
//   router.add("GET", "/api/v1/me", me);
//   Server server({.port = 8080}, std::move(router), log, clock);
//   if (auto status = server.start(); !status) return fail(status.error());
//   …
//   server.stop(std::chrono::seconds(10));
//
// Threads: `io_threads` event loops that never wait for anything but the network, `worker_threads` for
// handlers. Any thread may call port(), snapshot(), metrics_text(), stop().
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/router.h"

namespace guanhu::http {

struct ServerOptions {
  using Millis = std::chrono::milliseconds;

  std::string address = "127.0.0.1";     // "" listens on no TCP port
  uint16_t port = 0;                     // 0: any free one, see Server::port()
  std::string unix_socket;               // a path (mode 0600), beside or instead of TCP; "" is none
  std::string tls_certificate, tls_key;  // PEM files; both or neither. The Unix socket never speaks TLS

  size_t io_threads = 0;      // 0: one per core, at most 4
  size_t worker_threads = 0;  // 0: two per core, at least 4
  size_t queue = 256;         // requests that may wait for a worker; beyond: 503

  size_t header_bytes = 16 << 10;       // request line and headers: 431
  size_t body_bytes = 1 << 20;          // per request, unless its route says otherwise: 413
  size_t all_bodies_bytes = 512 << 20;  // request bodies in memory at one time: 503
  size_t connections = 12'000;          // in all; lowered to what the system allows
  size_t connections_per_peer = 0;      // per address; 0 is no limit (one proxy may bring everyone)
  size_t requests_in_flight = 2'048;    // between header and last byte: 503

  Millis header{10'000};     // from the first byte to the end of the headers (also the TLS handshake)
  Millis body{20'000};       // for the body, and a second more for each `least_rate` bytes of it
  Millis request{30'000};    // of a handler: 504
  Millis idle{75'000};       // between requests of one connection
  Millis write{20'000};      // for the answer, and a second more for each `least_rate` bytes of it
  size_t least_rate = 4096;  // bytes per second

  // Content-Security-Policy of pages and scripts; everything else gets one that allows nothing.
  std::string content_security_policy =
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
      "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
      "frame-ancestors 'none'";
  size_t gzip_over = 2048;  // JSON and text answers of workers beyond this are sent with gzip; 0: never

  // Title and detail of a refusal by the server itself, in the reader's language: called with its code
  // ("http.not_found", "http.deadline", …) and Accept-Language. Nothing: the English text.
  struct Words {
    std::string title, detail;
  };
  std::function<Words(std::string_view code, std::string_view accept_language)> words;
};

class Server {
 public:
  // `log` and `clock` must outlive the server.
  Server(ServerOptions options, Router router, LogSink& log, base::Clock& clock);
  ~Server();  // stop(0)
  Server(const Server&) = delete;

  // The table, for routes that need the server itself (health.h); only before start().
  Router& router();

  // Listens and returns; an Error (http.listen, http.tls, http.options) says what is in the way.
  base::Status start();
  uint16_t port() const;  // of TCP, after start()

  // Stops accepting, closes idle connections and event streams, lets requests in flight finish for at most
  // `grace`, then cuts the rest and waits for their handlers, which must heed Request::cancelled.
  // Not to be called from a handler: it would wait for itself.
  void stop(std::chrono::milliseconds grace);

  MetricsSnapshot snapshot() const;
  std::string metrics_text() const;  // Prometheus

 private:
  struct Core;
  std::unique_ptr<Core> core_;
};

}  // namespace guanhu::http
