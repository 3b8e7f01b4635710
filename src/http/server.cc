#include "http/server.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "http/detail/head.h"
#include "http/detail/listener.h"

namespace guanhu::http {

struct Server::Core {
  Core(ServerOptions o, Router r, LogSink& l, base::Clock& c) : shared(std::move(o), std::move(r), l, c) {}

  detail::Shared shared;
  std::vector<std::unique_ptr<detail::Loop>> loops;
  std::vector<std::unique_ptr<detail::Listener>> listeners;
  uint16_t port = 0;
  bool running = false;
  std::mutex stopping;

  base::Status check() const;
  base::Status load_tls();
  base::Status listen();
  void raise_descriptor_limit();
  void prepare();
};

base::Status Server::Core::check() const {
  const auto& o = shared.options;
  auto wrong = [](std::string what, std::string hint) {
    return base::Error{"http.options", std::move(what), "", std::move(hint)};
  };
  if (o.address.empty() && o.unix_socket.empty())
    return wrong("the server would listen nowhere", "give an address or a Unix socket");
  if (o.tls_certificate.empty() != o.tls_key.empty())
    return wrong("a certificate and its key belong together", "give both PEM files, or neither");
  if (o.header_bytes < 1024 || o.header_bytes > (1 << 20))
    return wrong("header_bytes is outside 1024 to 1048576", "");
  if (o.least_rate == 0 || o.connections == 0) return wrong("least_rate and connections are at least 1", "");
  for (auto span : {o.header, o.body, o.request, o.idle, o.write})
    if (span <= ServerOptions::Millis(0)) return wrong("a deadline must be longer than nothing", "");
  return {};
}

base::Status Server::Core::load_tls() {
  auto& o = shared.options;
  if (o.tls_certificate.empty()) return {};
  namespace ssl = boost::asio::ssl;
  auto wrong = [](const std::string& file, const boost::system::error_code& ec) {
    return base::Error{"http.tls", "cannot use this file: " + ec.message(), file,
                       "give a PEM file that matches the other one"};
  };
  boost::system::error_code ec;
  shared.tls.emplace(ssl::context::tls_server);
  shared.tls->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                          ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  SSL_CTX_set_options(shared.tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(shared.tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);  // idle connections keep little
  if (shared.tls->use_certificate_chain_file(o.tls_certificate, ec)) return wrong(o.tls_certificate, ec);
  if (shared.tls->use_private_key_file(o.tls_key, ssl::context::pem, ec)) return wrong(o.tls_key, ec);
  return {};
}

void Server::Core::raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  rlimit more{limit.rlim_max, limit.rlim_max};
  if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  // Files, databases and the loops themselves need some too.
  size_t most = limit.rlim_cur > 512 ? limit.rlim_cur - 256 : limit.rlim_cur / 2;
  if (shared.options.connections <= most) return;
  shared.options.connections = most;
  shared.say("warning", "",
             "the system allows " + std::to_string(limit.rlim_cur) + " open files: no more than " +
                 std::to_string(most) + " connections are taken");
}

void Server::Core::prepare() {
  auto& o = shared.options;
  size_t cores = std::max<size_t>(1, std::thread::hardware_concurrency());
  if (o.io_threads == 0) o.io_threads = std::min<size_t>(cores, 4);
  if (o.worker_threads == 0) o.worker_threads = std::max<size_t>(4, 2 * cores);
  bool tls = shared.tls.has_value();
  shared.headers_data = detail::security_lines("default-src 'none'; frame-ancestors 'none'", tls);
  shared.headers_page = detail::security_lines(o.content_security_policy, tls);
  std::vector<Metrics::Name> names;
  for (const auto& r : shared.router.routes()) names.push_back({r->method, r->pattern});
  shared.metrics = std::make_unique<Metrics>(o.io_threads, std::move(names));
  shared.pool = std::make_unique<WorkerPool>(o.worker_threads, o.queue);
  for (size_t i = 0; i < o.io_threads; ++i) loops.push_back(std::make_unique<detail::Loop>(shared, i));
}

base::Status Server::Core::listen() {
  auto& o = shared.options;
  if (!o.address.empty()) {
    port = o.port;
    auto fd = detail::listen_tcp(o.address, port);
    if (!fd) return fd.error();
    listeners.push_back(std::make_unique<detail::Listener>(*fd, shared.tls.has_value(), shared, loops));
  }
  if (!o.unix_socket.empty()) {
    auto fd = detail::listen_unix(o.unix_socket);
    if (!fd) return fd.error();
    listeners.push_back(std::make_unique<detail::Listener>(*fd, false, shared, loops));
  }
  return {};
}

Server::Server(ServerOptions options, Router router, LogSink& log, base::Clock& clock)
    : core_(std::make_unique<Core>(std::move(options), std::move(router), log, clock)) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

Router& Server::router() {
  if (core_->shared.metrics) throw base::Broken("the router of a started server is not to be changed");
  return core_->shared.router;
}

base::Status Server::start() {
  auto& core = *core_;
  if (core.shared.metrics) throw base::Broken("a server is started once");
  if (auto s = core.check(); !s) return s;
  if (auto s = core.load_tls(); !s) return s;
  core.raise_descriptor_limit();
  core.prepare();
  if (auto s = core.listen(); !s) {
    core.listeners.clear();
    core.loops.clear();
    return s;
  }
  for (auto& loop : core.loops) loop->start();
  for (auto& listener : core.listeners) listener->start();
  core.running = true;
  return {};
}

uint16_t Server::port() const { return core_->port; }

void Server::stop(std::chrono::milliseconds grace) {
  auto& core = *core_;
  std::lock_guard once(core.stopping);
  if (!core.running) return;
  core.running = false;
  core.shared.draining = true;
  for (auto& listener : core.listeners) listener->stop();
  if (!core.shared.options.unix_socket.empty()) ::unlink(core.shared.options.unix_socket.c_str());
  for (auto& loop : core.loops) loop->drain();
  auto empty = [&] { return core.shared.sessions == 0; };
  std::unique_lock lock(core.shared.mutex);
  core.shared.emptied.wait_for(lock, grace, empty);
  // A connection may have been on its way to its loop when the others were cut.
  while (!empty()) {
    lock.unlock();
    for (auto& loop : core.loops) loop->cut();
    lock.lock();
    core.shared.emptied.wait_for(lock, std::chrono::milliseconds(100), empty);
  }
  lock.unlock();
  core.shared.pool->stop();
  for (auto& loop : core.loops) loop->finish();
  for (auto& loop : core.loops) loop->join();
  core.listeners.clear();
}

MetricsSnapshot Server::snapshot() const {
  MetricsSnapshot s;
  if (!core_->shared.metrics) return s;
  const auto& m = *core_->shared.metrics;
  const auto& g = m.gauges;
  s.connections = g.connections, s.streams = g.streams, s.in_flight = g.in_flight, s.body_bytes = g.body_bytes;
  s.accepted = g.accepted, s.refused_connections = g.refused_connections, s.timeouts = g.timeouts;
  s.malformed = g.malformed, s.queue_full = g.queue_full, s.deadlines = g.deadlines, s.exceptions = g.exceptions;
  s.streams_dropped = g.streams_dropped, s.requests = m.requests(), s.bytes_sent = m.bytes_sent();
  s.queued = core_->shared.pool->queued(), s.busy_workers = core_->shared.pool->busy();
  return s;
}

std::string Server::metrics_text() const {
  return core_->shared.metrics ? core_->shared.metrics->text(snapshot()) : std::string();
}

}  // namespace guanhu::http
