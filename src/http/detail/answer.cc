#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <boost/asio/write.hpp>
#include <cerrno>

#include "http/conditional.h"
#include "http/detail/head.h"
#include "http/detail/session.h"
#include "http/events.h"
#include "http/gzip.h"

namespace guanhu::http::detail {

namespace {

constexpr size_t kJoin = 16 << 10;    // bodies up to this travel with their head in one piece
constexpr size_t kChunk = 128 << 10;  // of files

Response internal_error(Shared& shared, const Request& q) {
  ServerOptions::Words words;
  if (shared.options.words)
    words = shared.options.words("http.internal", q.header("accept-language").value_or(""));
  return Response::problem(500, "http.internal",
                           words.title.empty() ? "Something went wrong in the server" : words.title,
                           words.detail.empty() ? "It has been logged under the request's id." : words.detail);
}

void open_file(Shared& shared, Exchange& x) {
  if (x.response.file.empty() || x.response.stream) return;
  x.close_file();
  x.file = ::open(x.response.file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (x.file >= 0 && ::fstat(x.file, &facts) == 0 && S_ISREG(facts.st_mode)) {
    x.file_bytes = static_cast<uint64_t>(facts.st_size);
    return;
  }
  shared.say("error", x.request.id, "cannot read the file to be sent: " + x.response.file);
  x.close_file();
  x.response = internal_error(shared, x.request);
}

// Runs the handler; what it throws stays here.
void call(Shared& shared, Exchange& x) {
  std::string what;
  try {
    x.response = x.match.route->handler(x.request, x.match.params);
    check_headers(x.response);
    return open_file(shared, x);
  } catch (const std::exception& e) {
    what = e.what();
  } catch (...) {
    what = "something that is no std::exception";
  }
  ++shared.gauges().exceptions;
  shared.say("error", x.request.id, x.request.method + " " + x.match.route->pattern + " threw: " + what);
  x.response = internal_error(shared, x.request);
}

void compress(const ServerOptions& options, Exchange& x) {
  auto& r = x.response;
  auto bytes = r.bytes();
  if (options.gzip_over == 0 || bytes.size() <= options.gzip_over || !r.compress || r.stream || !r.file.empty())
    return;
  auto type = r.header("content-type");
  if (!type || !is_data(*type) || r.header("content-encoding")) return;
  vary(r, "accept-encoding");
  if (!x.gzip) return;
  r.body = gzip(bytes);
  r.shared_body = nullptr;
  r.set("content-encoding", "gzip");
  // The same tag for other bytes must be a weak one.
  if (auto tag = r.header("etag"); tag && !tag->starts_with("W/")) r.set("etag", "W/" + std::string(*tag));
}

void call_and_compress(Shared& shared, Exchange& x) {
  call(shared, x);
  if (!x.stop.stop_requested()) compress(shared.options, x);
}

void read_chunk(Shared&, Exchange& x) {
  x.chunk.resize(kChunk);
  ssize_t n;
  do n = ::read(x.file, x.chunk.data(), x.chunk.size());
  while (n < 0 && errno == EINTR);
  x.chunk.resize(n > 0 ? static_cast<size_t>(n) : 0);
}

bool bodiless(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

void Session::handle_inline() {
  call(shared_, *exchange_);
  response_ = std::move(exchange_->response);
}

bool Session::handle_quick() {
  auto& x = *exchange_;
  try {
    auto response = x.match.route->options.quick(x.request, x.match.params);
    if (!response || response->stream || !response->file.empty()) return false;
    check_headers(*response);
    response_ = std::move(*response);
    return true;
  } catch (const std::exception&) {
    return false;  // the worker meets it again, and says so
  }
}

// Lets a worker do it and waits. False: it was not taken. Afterwards the exchange's state tells whether
// the worker came to its end.
Task<bool> Session::on_worker(bool admitted, void (*work)(Shared&, Exchange&)) {
  exchange_->state = Exchange::Waiting;
  signal_.clear();
  auto job = [this, &shared = shared_, io = &loop_.io, x = exchange_, work] {
    if (x->state.load() != Exchange::Waiting) return;
    work(shared, *x);
    // While Waiting holds, the session waits: `this` and the loop are there.
    if (x->settle(Exchange::Done)) asio::post(*io, [this] { signal_.fire(); });
  };
  bool taken = admitted ? shared_.pool->submit_admitted(std::move(job)) : shared_.pool->submit(std::move(job));
  if (!taken) co_return false;
  co_await signal_;
  co_return true;
}

Task<bool> Session::handle() {
  auto& x = *exchange_;
  x.stop = std::stop_source();
  x.request.cancelled = x.stop.get_token();
  enter(Phase::Handler, x.match.route->options.deadline.value_or(shared_.options.request));
  bool taken = co_await on_worker(false, call_and_compress);
  if (broken_) co_return false;
  if (!taken) {
    ++shared_.gauges().queue_full;
    refuse(503, "http.busy", "The server is busy", "Try again in a moment.");
  } else if (x.state == Exchange::Done) {
    response_ = std::move(x.response);
  } else {
    ++shared_.gauges().deadlines;
    refuse(504, "http.deadline", "This took too long", "Try again, or ask for less at a time.");
  }
  co_return true;
}

void Session::format(std::optional<uint64_t> length) {
  if (shared_.draining.load(std::memory_order_relaxed)) keep_ = false;
  HeadFacts facts;
  facts.date = loop_.date();
  facts.id = exchange_->request.id;
  facts.security_data = shared_.headers_data;
  facts.security_page = shared_.headers_page;
  facts.length = length;
  facts.close = !keep_;
  facts.http10 = parser_->version == 10;
  out_.clear();
  append_head(out_, response_, facts);
}

void Session::enter_write(uint64_t bytes) {
  enter(Phase::Write, shared_.options.write + std::chrono::seconds(bytes / shared_.options.least_rate));
}

Task<bool> Session::answer() {
  if (response_.stream) co_return co_await send_stream();
  if (!refused_ && exchange_->file >= 0) co_return co_await send_file();
  name_instance(response_, exchange_->request.id);
  bool none = bodiless(response_.status);
  uint64_t length = none ? 0 : response_.bytes().size();
  format(none ? std::nullopt : std::optional(length));
  std::string_view body = none || exchange_->request.method == "HEAD" ? std::string_view() : response_.bytes();
  uint64_t sent = body.size();
  if (body.size() <= kJoin) {
    out_ += body;
    body = {};
  }
  std::string_view head = out_;
  bool done = !tls_ && send_now(head, body);
  if (!done && !broken_) {
    enter_write(head.size() + body.size());
    done = co_await send(head, body);
  }
  account(done ? sent : 0);
  if (out_.capacity() > 4 * kJoin) out_ = {};
  co_return done;
}

Task<bool> Session::send_file() {
  uint64_t left = exchange_->file_bytes;
  format(left);
  if (exchange_->request.method == "HEAD") left = 0;
  uint64_t sent = 0;
  enter_write(out_.size());
  bool good = co_await send(out_);
  while (good && left > 0) {
    phase_ = Phase::File, deadline_ = Steady::time_point::max();
    good = co_await on_worker(true, read_chunk) && exchange_->state == Exchange::Done && !broken_;
    auto& chunk = exchange_->chunk;
    if (good && chunk.empty()) {  // the file has shrunk: the client must see that something is missing
      shared_.say("error", exchange_->request.id, "the file to be sent became shorter: " + response_.file);
      good = false;
    }
    if (!good) break;
    if (chunk.size() > left) chunk.resize(left);
    enter_write(chunk.size());
    good = co_await send(chunk);
    if (good) sent += chunk.size(), left -= chunk.size();
  }
  exchange_->close_file();
  exchange_->chunk = {};
  account(sent);
  if (!good) broken_ = true;
  co_return good;
}

// Writes at once what the socket takes; true when that was all. What is left stays in the views.
bool Session::send_now(std::string_view& a, std::string_view& b) {
  iovec parts[2] = {{const_cast<char*>(a.data()), a.size()}, {const_cast<char*>(b.data()), b.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = b.empty() ? 1 : 2;
  ssize_t n = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n < 0) {
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) broken_ = true;
    return false;
  }
  size_t taken = static_cast<size_t>(n), from_a = std::min(taken, a.size());
  a.remove_prefix(from_a);
  b.remove_prefix(taken - from_a);
  return a.empty() && b.empty();
}

Task<bool> Session::send(std::string_view a, std::string_view b) {
  if (!tls_ && send_now(a, b)) co_return true;
  if (broken_) co_return false;
  std::array<asio::const_buffer, 2> parts = {asio::buffer(a.data(), a.size()), asio::buffer(b.data(), b.size())};
  auto r = co_await Io([&](auto h) {
    if (tls_) asio::async_write(*tls_, parts, std::move(h));
    else asio::async_write(socket_, parts, std::move(h));
  });
  if (r.error) broken_ = true;
  co_return !r.error;
}

// Ends the connection so that the client still reads the last answer: closing with unread bytes would reset it.
Task<bool> Session::linger() {
  timed_out_ = false;
  enter(Phase::Linger, Millis(1000));
  if (tls_) {
    co_await Io([this](auto h) {
      tls_->async_shutdown([h = std::move(h)](boost::system::error_code e) mutable { h(e, 0); });
    });
    co_return true;
  }
  boost::system::error_code ec;
  if (parser_ && parser_->is_done() && begin_ == end_ && socket_.available(ec) == 0) co_return true;
  socket_.shutdown(Socket::shutdown_send, ec);
  for (size_t discarded = 0; !ec && discarded < (1 << 20);) {
    begin_ = end_ = 0;
    if (!co_await fill(kJoin)) break;
    discarded += end_;
  }
  co_return true;
}

void Session::account(uint64_t bytes) {
  const auto& q = exchange_->request;
  const Route* route = exchange_->match.route;
  int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began_).count();
  size_t index = route ? route->index : shared_.router.routes().size();
  shared_.metrics->count(loop_.index, index, response_.status, micros, bytes);
  if (route && !route->options.log) return;
  Access a;
  a.at = q.received.micros ? q.received : shared_.clock.now();
  a.id = q.id, a.peer = peer_.address, a.method = q.method, a.path = q.path;
  if (route) a.route = route->pattern;
  a.user = response_.user, a.status = response_.status, a.bytes = bytes, a.micros = micros;
  loop_.scratch.clear();
  append_access(loop_.scratch, a);
  shared_.log.line(loop_.scratch);
}

void Session::attach(Stream& stream) {
  wake_ = std::make_shared<Wake>();
  wake_->session = this, wake_->stream = &stream;
  stream.attach([w = wake_, io = &loop_.io] {
    if (w->pending.exchange(true)) return;
    asio::post(*io, [w] {
      w->pending = false;
      if (!w->session) return;
      if (w->session->phase_ == Phase::Write && w->stream->overrun()) w->session->abort();
      else w->session->signal_.fire();
    });
  });
}

// Notices that the client of a stream has gone; what it sends is not looked at.
void Session::watch() {
  watching_ = true;
  auto seen = [this](boost::system::error_code ec, size_t) {
    if (!ec && !broken_) return watch();
    watching_ = false, broken_ = true;
    signal_.fire();
  };
  auto space = asio::buffer(watched_, sizeof watched_);
  if (tls_) tls_->async_read_some(space, seen);
  else socket_.async_read_some(space, seen);
}

Task<bool> Session::send_stream() {
  auto stream = std::move(response_.stream);
  keep_ = false;
  format(std::nullopt);
  account(0);
  bool head_only = exchange_->request.method == "HEAD";
  if (in_flight_) in_flight_ = false, --shared_.gauges().in_flight;
  buffer_ = {}, begin_ = end_ = 0;  // thousands of these stay open: keep little
  parser_.reset(), exchange_.reset(), response_ = {};
  if (head_only) co_return co_await send(out_);
  ++shared_.gauges().streams;
  attach(*stream);
  watch();
  enter_write(out_.size());
  bool more = co_await send(out_);
  std::vector<Bytes> events;
  while (more && !broken_) {
    out_.clear(), events.clear();
    more = stream->take(events);
    if (stream->overrun()) break;
    for (const auto& e : events) out_ += *e;
    if (out_.empty() && std::exchange(beat_, false)) out_ = ":\n\n";
    heartbeat_ = loop_.now() + stream->heartbeat();
    if (!out_.empty()) {
      enter_write(out_.size());
      if (!co_await send(out_)) break;
    }
    out_ = {};
    if (!more) break;
    phase_ = Phase::Stream, deadline_ = Steady::time_point::max();
    co_await signal_;
  }
  if (stream->overrun()) ++shared_.gauges().streams_dropped;
  stream->detach();
  wake_->session = nullptr;
  --shared_.gauges().streams;
  phase_ = Phase::Linger;
  abort();
  while (watching_) co_await signal_;
  co_return false;
}

}  // namespace guanhu::http::detail
