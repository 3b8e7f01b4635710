#include "http/client.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <cstring>

namespace guanhu::http {

namespace {

using Steady = std::chrono::steady_clock;
namespace beast_http = boost::beast::http;
using Parser = beast_http::response_parser<beast_http::string_body>;

base::Error timeout(const std::string& where) {
  return {"http.timeout", "the server did not answer in time", where, "look at its log; it may be busy"};
}

// True when the descriptor is ready before the deadline.
bool ready(int fd, short what, Steady::time_point deadline) {
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now()).count();
    if (left < 0) return false;
    pollfd p{fd, what, 0};
    int n = ::poll(&p, 1, static_cast<int>(std::min<int64_t>(left + 1, 1 << 30)));
    if (n > 0) return true;
    if (n < 0 && errno != EINTR) return false;
  }
}

}  // namespace

std::optional<std::string_view> Answer::header(std::string_view name) const {
  for (const auto& [n, v] : headers)
    if (n == name) return v;
  return std::nullopt;
}

struct Client::State {
  std::string where, host;
  sockaddr_storage address{};
  socklen_t size = 0;
  bool known = false;  // the address could be read
  ClientOptions options;
  int fd = -1;
  bool used = false;     // an answer came over this connection
  std::string leftover;  // read beyond the last answer

  ~State() { close(); }
  void close() {
    if (fd >= 0) ::close(fd);
    fd = -1, used = false;
    leftover.clear();
  }

  base::Status connect();
  base::Status send(std::string_view bytes, Steady::time_point deadline);
  base::Result<Answer> receive(bool head, Steady::time_point deadline);
  base::Error lost(std::string_view what) {
    return close(), base::Error{"http.answer", std::string(what), where, ""};
  }
};

base::Status Client::State::connect() {
  if (fd >= 0) return {};
  auto nobody = [&](const std::string& why) {
    close();
    return base::Error{"http.connect", "nobody answers there: " + why, where,
                       "start the server, or name the one that runs"};
  };
  if (!known) return nobody("no such address");
  fd = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return nobody(std::strerror(errno));
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), size) == 0) return {};
  if (errno != EINPROGRESS) return nobody(std::strerror(errno));
  if (!ready(fd, POLLOUT, Steady::now() + options.connect)) return nobody("no reply");
  int failed = 0;
  socklen_t length = sizeof failed;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &length);
  if (failed) return nobody(std::strerror(failed));
  return {};
}

base::Status Client::State::send(std::string_view bytes, Steady::time_point deadline) {
  while (!bytes.empty()) {
    ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) {
      bytes.remove_prefix(static_cast<size_t>(n));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      // A server that refuses early answers before it has read everything.
      pollfd p{fd, POLLIN, 0};
      if (::poll(&p, 1, 0) > 0) return {};
      if (!ready(fd, POLLOUT | POLLIN, deadline)) return close(), timeout(where);
    } else if (errno != EINTR) {
      return {};  // what the server said before it hung up is still to be read
    }
  }
  return {};
}

base::Result<Answer> Client::State::receive(bool head, Steady::time_point deadline) {
  Parser parser;
  parser.skip(head);
  parser.eager(true);
  parser.header_limit(1 << 20);
  parser.body_limit(options.answer_bytes);
  std::string data = std::move(leftover);
  leftover.clear();
  boost::beast::error_code ec = beast_http::error::need_more;
  while (!parser.is_done()) {
    if (!data.empty()) {
      data.erase(0, parser.put(boost::asio::buffer(data), ec));
      if (ec && ec != beast_http::error::need_more) return lost("the answer is no HTTP: " + ec.message());
      if (parser.is_done() || (!ec && !data.empty())) continue;
    }
    if (!ready(fd, POLLIN, deadline)) return close(), timeout(where);
    char buffer[32 << 10];
    ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n > 0) {
      data.append(buffer, static_cast<size_t>(n));
      continue;
    }
    if (!parser.got_some()) return lost("the server closed the connection without an answer");
    parser.put_eof(ec);
    if (ec) return lost("the answer was cut off");
  }
  Answer a;
  auto message = parser.release();
  a.status = message.result_int();
  for (const auto& f : message) {
    std::string name(f.name_string());
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    a.headers.emplace_back(std::move(name), std::string(f.value()));
  }
  a.body = std::move(message.body());
  used = true;
  leftover = std::move(data);
  if (!message.keep_alive()) close();
  return a;
}

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Client Client::tcp(std::string address, uint16_t port, ClientOptions options) {
  auto s = std::make_unique<State>();
  s->options = options;
  s->where = address + ":" + std::to_string(port);
  s->host = (address.find(':') == address.npos ? address : "[" + address + "]") + ":" + std::to_string(port);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (address == "localhost" ? 0 : AI_NUMERICHOST);
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) == 0) {
    std::memcpy(&s->address, found->ai_addr, found->ai_addrlen);
    s->size = found->ai_addrlen;
    s->known = true;
    ::freeaddrinfo(found);
  }
  return Client(std::move(s));
}

Client Client::unix_socket(std::string path, ClientOptions options) {
  auto s = std::make_unique<State>();
  s->options = options;
  s->where = path;
  s->host = "localhost";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  s->known = path.size() < sizeof address.sun_path;
  if (s->known) std::memcpy(address.sun_path, path.c_str(), path.size());
  std::memcpy(&s->address, &address, sizeof address);
  s->size = sizeof address;
  return Client(std::move(s));
}

base::Result<Answer> Client::request(std::string_view method, std::string_view target, const Headers& headers,
                                     std::string_view body) {
  std::string out(method);
  out.append(" ").append(target).append(" HTTP/1.1\r\nhost: ").append(state_->host).append("\r\n");
  for (const auto& [n, v] : headers) out.append(n).append(": ").append(v).append("\r\n");
  bool has_body = !body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  if (has_body) out += "content-length: " + std::to_string(body.size()) + "\r\n";
  out.append("\r\n").append(body);
  auto deadline = Steady::now() + state_->options.request;
  bool head = method == "HEAD";
  for (;;) {
    bool again = state_->used && (head || method == "GET");
    if (auto s = state_->connect(); !s) return s.error();
    if (auto s = state_->send(out, deadline); !s) return s.error();
    auto answer = state_->receive(head, deadline);
    if (!answer.ok() && again && answer.error().code == "http.answer") continue;
    return answer;
  }
}

}  // namespace guanhu::http
