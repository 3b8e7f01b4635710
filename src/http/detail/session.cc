#include "http/detail/session.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "http/conditional.h"
#include "http/target.h"

namespace guanhu::http::detail {

namespace {

constexpr size_t kFirstBuffer = 2048, kBodyBuffer = 64 << 10;

bool well_formed_id(std::string_view id) {
  if (id.size() < 8 || id.size() > 64) return false;
  for (char c : id)
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
          c == '.'))
      return false;
  return true;
}

int family_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  return ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0 ? address.ss_family : AF_INET;
}

}  // namespace

Session::Session(Loop& loop, int fd, Peer peer, bool tls)
    : loop_(loop), shared_(loop.shared), socket_(loop.io), peer_(std::move(peer)) {
  socket_.assign(asio::generic::stream_protocol(family_of(fd), 0), fd);
  if (tls) tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, *shared_.tls);
}

Session::~Session() {
  if (wake_) wake_->session = nullptr;
  if (in_flight_) --shared_.gauges().in_flight;
}

void Session::enter(Phase phase, Millis allowed) {
  phase_ = phase;
  deadline_ = loop_.now() + allowed;
}

void Session::abort() {
  broken_ = true;
  boost::system::error_code ec;
  socket_.close(ec);
}

void Session::abandon() {
  if (!exchange_ || !exchange_->settle(Exchange::Abandoned)) return;  // the worker's word is on its way
  exchange_->stop.request_stop();
  signal_.fire();
}

void Session::cut() {
  keep_ = false;
  if (phase_ == Phase::Handler || phase_ == Phase::File) {
    broken_ = true;
    return abandon();
  }
  abort();
  if (phase_ == Phase::Stream) signal_.fire();
}

void Session::drain() {
  keep_ = false;
  if (phase_ == Phase::Stream) {
    broken_ = true;
    return signal_.fire();
  }
  if (phase_ == Phase::Idle) abort();
}

bool Session::due(Steady::time_point now) const {
  return now >= deadline_ || phase_ == Phase::Handler || (phase_ == Phase::Stream && now >= heartbeat_);
}

void Session::tick(Steady::time_point now) {
  if (phase_ == Phase::Stream && now >= heartbeat_) {
    beat_ = true;
    return signal_.fire();
  }
  if (phase_ == Phase::Handler && !exchange_->stop.stop_requested()) {
    char c;
    ssize_t n = ::recv(socket_.native_handle(), &c, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) exchange_->stop.request_stop();
  }
  if (now < deadline_) return;
  deadline_ = Steady::time_point::max();
  switch (phase_) {
    case Phase::Head:
    case Phase::Body: {
      timed_out_ = true;
      boost::system::error_code ec;
      socket_.cancel(ec);
      return;
    }
    case Phase::Handler: timed_out_ = true; return abandon();
    case Phase::Write: ++shared_.gauges().timeouts; [[fallthrough]];
    default: return abort();
  }
}

Detached Session::run() {
  try {
    if (!tls_ || co_await handshake())
      while (co_await serve_one()) {}
    if (!broken_) co_await linger();
  } catch (const std::exception& e) {
    shared_.say("error", exchange_ ? exchange_->request.id : "", std::string("connection given up: ") + e.what());
  }
  if (watching_) abort();
  while (watching_) co_await signal_;
  loop_.remove(this);
}

Task<bool> Session::handshake() {
  enter(Phase::Handshake, shared_.options.header);
  auto r = co_await Io([this](auto h) {
    tls_->async_handshake(asio::ssl::stream_base::server,
                          [h = std::move(h)](boost::system::error_code e) mutable { h(e, 0); });
  });
  if (r.error) broken_ = true, ++shared_.gauges().malformed;
  co_return !r.error;
}

void Session::begin() {
  if (exchange_ && exchange_.use_count() == 1 && !exchange_->stop.stop_possible()) exchange_->reset();
  else exchange_ = std::make_shared<Exchange>();
  exchange_->gauges = &shared_.gauges();
  parser_.emplace(exchange_->request, shared_.options.header_bytes);
  response_ = {};
  refused_ = timed_out_ = false;
  keep_ = !shared_.draining.load(std::memory_order_relaxed);
}

Task<bool> Session::serve_one() {
  begin();
  if (!co_await read_head()) co_return false;
  if (!refused_) admit();
  if (!refused_ && !parser_->is_done() && !co_await read_body()) co_return false;
  if (!parser_->is_done()) keep_ = false;
  if (!refused_) {
    if (exchange_->match.route->options.run == Run::Inline) handle_inline();
    else if (exchange_->match.route->options.quick && handle_quick()) {
    } else if (!co_await handle()) co_return false;
  }
  bool sent = co_await answer();
  if (in_flight_) in_flight_ = false, --shared_.gauges().in_flight;
  if (begin_ < end_ && ++pipelined_ % 16 == 0)  // let others have a turn
    co_await Io([this](auto h) { asio::post(loop_.io, [h = std::move(h)]() mutable { h({}, 0); }); });
  co_return sent&& keep_;
}

// Reads what the client sends next into the buffer, growing it to `most`. False: nothing more comes, or the
// buffer is full (full_), or the client was too slow (timed_out_).
Task<bool> Session::fill(size_t most) {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == buffer_.size() && begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_, begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    full_ = buffer_.size() >= most;
    if (full_) co_return false;
    buffer_.resize(std::min(most, std::max(kFirstBuffer, buffer_.size() * 2)));
  }
  auto space = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
  auto r = co_await Io([&](auto h) {
    if (tls_) tls_->async_read_some(space, std::move(h));
    else socket_.async_read_some(space, std::move(h));
  });
  if (r.error || r.bytes == 0) {
    if (!timed_out_) broken_ = true;
    co_return false;
  }
  end_ += r.bytes;
  co_return !timed_out_;  // the deadline may pass just as the bytes arrive
}

Task<bool> Session::read_head() {
  const auto& limits = shared_.options;
  if (begin_ == end_) {
    if (shared_.draining.load(std::memory_order_relaxed)) co_return false;
    if (buffer_.size() > 16 << 10) buffer_ = {};
    enter(Phase::Idle, first_ ? limits.header : limits.idle);
    if (!co_await fill(kFirstBuffer)) co_return false;
  }
  first_ = false;
  began_ = Steady::now();
  enter(Phase::Head, limits.header);
  // Empty lines before a request line are what some clients leave behind a body.
  size_t taken = 0;
  for (;;) {
    while (taken < 64 && end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n' &&
           !parser_->got_some())
      begin_ += 2, taken += 2;
    boost::beast::error_code ec = beast_http::error::need_more;
    if (begin_ < end_) {
      size_t used = parser_->feed(buffer_.data() + begin_, buffer_.data() + end_, ec);
      begin_ += used, taken += used;
    }
    // Beast counts what it has not taken yet; a header that comes in pieces must not grow for ever.
    if (taken + (parser_->is_header_done() ? 0 : end_ - begin_) > limits.header_bytes)
      ec = beast_http::error::header_limit;
    if (ec && ec != beast_http::error::need_more) co_return refuse_parse(ec), true;
    if (parser_->is_header_done()) co_return true;
    if (co_await fill(limits.header_bytes + 64)) continue;
    if (full_) co_return refuse_parse(beast_http::error::header_limit), true;
    if (!timed_out_) co_return false;
    co_return refuse_slow(), true;
  }
}

Task<bool> Session::read_body() {
  const auto& limits = shared_.options;
  enter(Phase::Body, limits.body);
  auto start = loop_.now();
  parser_->eager(true);
  size_t allowed = exchange_->match.route->options.body_limit.value_or(limits.body_bytes);
  parser_->body_limit(allowed);
  if (parser_->wants_continue && begin_ == end_ && !co_await send("HTTP/1.1 100 Continue\r\n\r\n"))
    co_return false;
  phase_ = Phase::Body;
  while (!parser_->is_done()) {
    boost::beast::error_code ec = beast_http::error::need_more;
    if (begin_ < end_) begin_ += parser_->feed(buffer_.data() + begin_, buffer_.data() + end_, ec);
    if (!exchange_->charge(parser_->body_bytes, limits.all_bodies_bytes))
      co_return refuse(503, "http.busy", "Too many uploads at one time", "Try again in a moment."), true;
    if (ec && ec != beast_http::error::need_more) co_return refuse_parse(ec), true;
    if (parser_->is_done()) break;
    if (!ec && begin_ < end_) continue;
    deadline_ = start + limits.body + std::chrono::seconds(parser_->body_bytes / limits.least_rate);
    if (co_await fill(kBodyBuffer)) continue;
    if (full_) co_return refuse_parse(beast_http::error::bad_chunk), true;
    if (!timed_out_) co_return false;
    co_return refuse_slow(), true;
  }
  co_return true;
}

void Session::refuse(int status, std::string_view code, std::string_view title, std::string_view detail) {
  refused_ = true;
  auto& q = exchange_->request;
  if (q.id.empty()) q.id = loop_.next_id();
  ServerOptions::Words words;
  if (shared_.options.words) words = shared_.options.words(code, q.header("accept-language").value_or(""));
  response_ = Response::problem(status, code, words.title.empty() ? title : words.title,
                                words.detail.empty() ? detail : words.detail);
  if (status == 503) response_.add("retry-after", "1");
}

void Session::refuse_slow() {
  ++shared_.gauges().timeouts;
  keep_ = false;
  refuse(408, "http.slow", "The request did not arrive in time", "Send it again.");
}

void Session::refuse_parse(boost::beast::error_code ec) {
  using beast_http::error;
  ++shared_.gauges().malformed;
  keep_ = false;
  if (ec == error::header_limit) return refuse(431, "http.headers", "Too many or too long headers");
  if (ec == error::body_limit) return refuse(413, "http.body", "The request body is too large");
  if (ec == error::bad_version) return refuse(505, "http.version", "Only HTTP/1.0 and HTTP/1.1 are spoken here");
  refuse(400, "http.malformed", "This is no well-formed HTTP request", ec.message());
}

// What the headers say; false: refused.
bool Session::admit_headers() {
  auto& q = exchange_->request;
  auto id = q.header("x-request-id");
  q.id = id && well_formed_id(*id) ? std::string(*id) : loop_.next_id();
  q.peer = peer_.address, q.peer_uid = peer_.uid, q.secure = tls_ != nullptr;
  q.received = shared_.clock.now();
  keep_ = keep_ && parser_->keep_alive();
  parser_->check_headers();
  if (parser_->refused) {
    keep_ = false;
    ++shared_.gauges().malformed;
    refuse(parser_->refused, "http.malformed", "The request's headers are not acceptable", parser_->refusal);
  } else if (!known_method(q.method)) {
    refuse(501, "http.method", "This method is not known");
  } else if (q.method == "OPTIONS" && parser_->target == "*") {
    refused_ = true;
    response_.status = 204;
    response_.add("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  } else if (auto status = parse_target(parser_->target, q); !status) {
    ++shared_.gauges().malformed;
    refuse(400, status.error().code, "The path or query is not acceptable", status.error().message);
  }
  return !refused_;
}

void Session::admit() {
  if (!admit_headers()) return;
  auto& x = *exchange_;
  x.match = shared_.router.match(x.request);
  if (!x.match.route) {
    if (x.match.allow.empty()) return refuse(404, "http.not_found", "There is nothing here");
    if (x.request.method == "OPTIONS") {
      refused_ = true;
      response_.status = 204;
    } else {
      refuse(405, "http.method", "This method is not allowed here", "Allowed: " + x.match.allow);
    }
    response_.add("allow", x.match.allow);
    return;
  }
  const auto& options = x.match.route->options;
  Millis allowed = options.deadline.value_or(shared_.options.request);
  x.request.deadline = {x.request.received.micros + std::chrono::microseconds(allowed).count()};
  auto accept = x.request.header("accept-encoding");
  x.gzip = accept && negotiate(*accept, true, false) == Encoding::Gzip;
  admit_body();
}

void Session::admit_body() {
  const auto& options = exchange_->match.route->options;
  if (auto length = parser_->content_length()) {
    size_t limit = options.body_limit.value_or(shared_.options.body_bytes);
    if (*length > limit) {
      keep_ = false;
      return refuse(413, "http.body", "The request body is too large",
                    "At most " + std::to_string(limit) + " bytes.");
    }
  }
  in_flight_ = true;
  if (++shared_.gauges().in_flight > static_cast<int64_t>(shared_.options.requests_in_flight))
    refuse(503, "http.busy", "The server is busy", "Try again in a moment.");
}

}  // namespace guanhu::http::detail
