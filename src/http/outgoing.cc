#include "http/outgoing.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <cstring>
#include <memory>

namespace guanhu::http {

namespace {

using base::Error;
using Steady = std::chrono::steady_clock;

// An address as sixteen bytes; IPv4 as ::ffff:a.b.c.d.
using Bytes = std::array<unsigned char, 16>;

std::optional<Bytes> bytes_of(std::string_view text) {
  const std::string address(text);
  Bytes out{};
  if (::inet_pton(AF_INET6, address.c_str(), out.data()) == 1) return out;
  in_addr four{};
  if (::inet_pton(AF_INET, address.c_str(), &four) != 1) return std::nullopt;
  out[10] = out[11] = 0xff;
  std::memcpy(out.data() + 12, &four, 4);
  return out;
}

bool is_four(const Bytes& a) {
  for (size_t i = 0; i < 10; ++i)
    if (a[i]) return false;
  return a[10] == 0xff && a[11] == 0xff;
}

bool within(const Bytes& a, const Bytes& net, int bits) {
  for (int i = 0; i < bits; ++i) {
    const int shift = 7 - i % 8;
    if (((a[static_cast<size_t>(i / 8)] ^ net[static_cast<size_t>(i / 8)]) >> shift) & 1) return false;
  }
  return true;
}

struct Network {
  Bytes net{};
  int bits = 128;
};

// "10.0.0.0/8"; nothing: it is a name.
std::optional<Network> network_of(std::string_view line) {
  const size_t slash = line.find('/');
  auto net = bytes_of(line.substr(0, slash));
  if (!net) return std::nullopt;
  Network out{*net, 128};
  if (slash == line.npos) return out;
  const bool four = line.substr(0, slash).find(':') == line.npos;
  int bits = -1;
  auto text = line.substr(slash + 1);
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (ec != std::errc() || end != text.data() + text.size() || bits < 0 || bits > (four ? 32 : 128))
    return std::nullopt;
  out.bits = four ? bits + 96 : bits;
  return out;
}

// RFC 6890 and its like: what is not reached over the internet.
constexpr std::string_view kInside[] = {
    "0.0.0.0/8",     "10.0.0.0/8",   "100.64.0.0/10",  "127.0.0.0/8",   "169.254.0.0/16",  "172.16.0.0/12",
    "192.0.0.0/24",  "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3",   "::/128",       "::1/128",        "64:ff9b::/32",  "100::/64",        "2001::/23",
    "2001:db8::/32", "2002::/16",    "fc00::/7",       "fe80::/10",     "ff00::/8"};

struct Socket {
  int fd = -1;
  SSL_CTX* context = nullptr;
  SSL* tls = nullptr;
  Socket() = default;
  Socket(const Socket&) = delete;
  ~Socket() {
    if (tls) SSL_free(tls);
    if (context) SSL_CTX_free(context);
    if (fd >= 0) ::close(fd);
  }
};

// The TLS library writes without MSG_NOSIGNAL: who hangs up must not end the program.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  ~NoPipeSignal() {
    const timespec none{};
    while (::sigtimedwait(&pipe_, nullptr, &none) > 0) continue;
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{}, before_{};
};

bool ready(int fd, short what, Steady::time_point deadline) {
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now()).count();
    if (left <= 0) return false;
    pollfd p{fd, what, 0};
    int n = ::poll(&p, 1, static_cast<int>(std::min<int64_t>(left, 1 << 30)));
    if (n > 0) return true;
    if (n < 0 && errno != EINTR) return false;
  }
}

class Sending {
 public:
  Sending(const Url& url, const OutgoingOptions& options)
      : url_(url),
        options_(options),
        where_(url.host + ":" + std::to_string(url.port)),
        deadline_(Steady::now() + options.timeout) {}

  base::Result<Answer> post(const Headers& headers, std::string_view body) {
    if (auto done = connect(); !done.ok()) return done.error();
    if (url_.tls)
      if (auto done = handshake(); !done.ok()) return done.error();
    std::string out = "POST " + url_.target + " HTTP/1.1\r\nhost: " + host_header() + "\r\n";
    for (const auto& [name, value] : headers) out.append(name).append(": ").append(value).append("\r\n");
    out += "content-length: " + std::to_string(body.size()) + "\r\nconnection: close\r\n\r\n";
    out.append(body);
    if (auto done = write(out); !done.ok()) return done.error();
    return read();
  }

 private:
  Error error(const char* code, std::string what, std::string hint = {}) const {
    return {code, std::move(what), where_, std::move(hint)};
  }
  Error late() const { return error("http.timeout", "the other side did not answer in time"); }
  std::string host_header() const {
    const std::string host = url_.host.find(':') == url_.host.npos ? url_.host : "[" + url_.host + "]";
    return url_.port == (url_.tls ? 443 : 80) ? host : host + ":" + std::to_string(url_.port);
  }

  base::Status allowed(const std::string& address) const {
    bool listed = false;
    for (const auto& line : options_.inside) listed = listed || line == url_.host || in_network(address, line);
    if (listed || (url_.tls && !is_inside(address))) return {};
    if (is_inside(address))
      return error("http.inside", "the address " + address + " is inside the bank and not on its list",
                   "the administrator lists the gateway's address, or corrects the URL");
    return error("http.inside", "plain http leads out of the bank", "use https");
  }

  base::Status connect() {
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    if (::getaddrinfo(url_.host.c_str(), std::to_string(url_.port).c_str(), &hints, &found) != 0 || !found)
      return error("http.resolve", "there is no such host", "look at the URL, and at the server's name service");
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, ::freeaddrinfo);
    base::Status last = error("http.connect", "nobody answers there");
    for (addrinfo* one = found; one; one = one->ai_next) {
      char numeric[NI_MAXHOST] = {};
      if (::getnameinfo(one->ai_addr, one->ai_addrlen, numeric, sizeof numeric, nullptr, 0, NI_NUMERICHOST) != 0)
        continue;
      // A name that leads inside is refused whatever else it leads to: it may answer otherwise next time.
      if (auto may = allowed(numeric); !may.ok()) return may;
      last = open(*one);
      if (last.ok()) return last;
    }
    return last;
  }

  base::Status open(const addrinfo& to) {
    if (socket_.fd >= 0) ::close(socket_.fd);
    socket_.fd = ::socket(to.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    auto nobody = [&](int code) {
      return error("http.connect", std::string("nobody answers there: ") + std::strerror(code));
    };
    if (socket_.fd < 0) return nobody(errno);
    if (::connect(socket_.fd, to.ai_addr, to.ai_addrlen) == 0) return {};
    if (errno != EINPROGRESS) return nobody(errno);
    if (!ready(socket_.fd, POLLOUT, deadline_)) return late();
    int failed = 0;
    socklen_t length = sizeof failed;
    ::getsockopt(socket_.fd, SOL_SOCKET, SO_ERROR, &failed, &length);
    return failed ? base::Status(nobody(failed)) : base::Status();
  }

  Error tls_error() const {
    const long verified = socket_.tls ? SSL_get_verify_result(socket_.tls) : X509_V_OK;
    char text[256] = "the handshake failed";
    if (unsigned long code = ERR_get_error()) ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return error("http.tls", verified == X509_V_OK ? text : X509_verify_cert_error_string(verified),
                 "the certificate must be of an authority that this machine trusts, and of this host");
  }

  base::Status handshake() {
    socket_.context = SSL_CTX_new(TLS_client_method());
    if (!socket_.context) return tls_error();
    SSL_CTX_set_min_proto_version(socket_.context, TLS1_2_VERSION);
    SSL_CTX_set_verify(socket_.context, SSL_VERIFY_PEER, nullptr);
    const bool known = options_.ca_file.empty() ? SSL_CTX_set_default_verify_paths(socket_.context) == 1
                                                : SSL_CTX_load_verify_locations(
                                                      socket_.context, options_.ca_file.c_str(), nullptr) == 1;
    socket_.tls = known ? SSL_new(socket_.context) : nullptr;
    if (!socket_.tls) return tls_error();
    X509_VERIFY_PARAM* check = SSL_get0_param(socket_.tls);
    const bool numeric = bytes_of(url_.host).has_value();
    if (numeric ? X509_VERIFY_PARAM_set1_ip_asc(check, url_.host.c_str()) != 1
                : SSL_set1_host(socket_.tls, url_.host.c_str()) != 1)
      return tls_error();
    if (!numeric) SSL_set_tlsext_host_name(socket_.tls, url_.host.c_str());
    SSL_set_fd(socket_.tls, socket_.fd);
    for (;;) {
      int n = SSL_connect(socket_.tls);
      if (n == 1) return {};
      auto more = wait_for(n);
      if (!more.ok()) return more;
    }
  }

  // After a call of the TLS library that could not go on; http.tls when it never will.
  base::Status wait_for(int n) {
    const int what = SSL_get_error(socket_.tls, n);
    if (what != SSL_ERROR_WANT_READ && what != SSL_ERROR_WANT_WRITE) return tls_error();
    return ready(socket_.fd, what == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline_) ? base::Status() : late();
  }

  base::Status write(std::string_view bytes) {
    while (!bytes.empty()) {
      if (socket_.tls) {
        int n = SSL_write(socket_.tls, bytes.data(), static_cast<int>(bytes.size()));
        if (n > 0) bytes.remove_prefix(static_cast<size_t>(n));
        else if (auto more = wait_for(n); !more.ok()) return more;
        continue;
      }
      ssize_t n = ::send(socket_.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n > 0) bytes.remove_prefix(static_cast<size_t>(n));
      else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        if (!ready(socket_.fd, POLLOUT, deadline_)) return late();
      } else if (errno != EINTR) {
        return {};  // what was said before it hung up is still to be read
      }
    }
    return {};
  }

  // Bytes that came; 0 at the end.
  base::Result<size_t> receive(char* into, size_t size) {
    for (;;) {
      if (socket_.tls) {
        int n = SSL_read(socket_.tls, into, static_cast<int>(size));
        if (n > 0) return static_cast<size_t>(n);
        const int what = SSL_get_error(socket_.tls, n);
        if (what == SSL_ERROR_ZERO_RETURN || what == SSL_ERROR_SYSCALL) return size_t{0};
        if (auto more = wait_for(n); !more.ok()) return more.error();
        continue;
      }
      if (!ready(socket_.fd, POLLIN, deadline_)) return late();
      ssize_t n = ::recv(socket_.fd, into, size, 0);
      if (n >= 0) return static_cast<size_t>(n);
      if (errno != EINTR && errno != EAGAIN) return size_t{0};
    }
  }

  base::Result<Answer> read() {
    namespace beast_http = boost::beast::http;
    beast_http::response_parser<beast_http::string_body> parser;
    parser.eager(true);
    parser.header_limit(64 << 10);
    parser.body_limit(options_.answer_bytes);
    std::string data;
    boost::beast::error_code ec;
    while (!parser.is_done()) {
      char buffer[8 << 10];
      auto n = receive(buffer, sizeof buffer);
      if (!n.ok()) return n.error();
      if (*n == 0) {
        if (!parser.got_some()) return error("http.answer", "the connection was closed without an answer");
        parser.put_eof(ec);
        if (ec) return error("http.answer", "the answer was cut off");
        break;
      }
      data.append(buffer, *n);
      while (!data.empty() && !parser.is_done()) {
        data.erase(0, parser.put(boost::asio::buffer(data), ec));
        if (ec == beast_http::error::need_more) break;
        if (ec) return error("http.answer", "the answer is no HTTP: " + ec.message());
      }
    }
    Answer out;
    out.status = parser.get().result_int();
    for (const auto& field : parser.get()) {
      std::string name(field.name_string());
      for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      out.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    out.body = parser.get().body();
    return out;
  }

  const Url& url_;
  const OutgoingOptions& options_;
  std::string where_;
  Steady::time_point deadline_;
  Socket socket_;
};

}  // namespace

base::Result<Url> read_url(std::string_view text) {
  auto bad = [&](std::string why) {
    return Error{"http.url", std::move(why), "url", "write an address like https://gateway.example.cn/send"};
  };
  Url out;
  if (text.starts_with("https://")) out.tls = true, text.remove_prefix(8);
  else if (text.starts_with("http://")) text.remove_prefix(7);
  else return bad("the address begins with neither https:// nor http://");
  for (char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 127 || c == '#' || c == '\\')
      return bad("the address holds a blank, a # or a character that must be written as %XX");
  const size_t slash = text.find_first_of("/?");
  std::string_view host = text.substr(0, slash);
  if (slash != text.npos) out.target = std::string(text.substr(slash));
  if (!out.target.starts_with('/')) out.target.insert(0, "/");
  if (host.find('@') != host.npos) return bad("user and password do not belong into the address");
  std::string_view port;
  if (host.starts_with('[')) {
    const size_t close = host.find(']');
    if (close == host.npos) return bad("the address has no ] after its host");
    port = host.substr(close + 1), out.host = std::string(host.substr(1, close - 1));
    if (!port.empty() && port[0] != ':') return bad("after ] only a port may stand");
    if (!port.empty()) port.remove_prefix(1);
  } else {
    const size_t colon = host.find(':');
    out.host = std::string(host.substr(0, colon));
    if (colon != host.npos) port = host.substr(colon + 1);
    if (colon != host.npos && port.empty()) return bad("there is no port after the colon");
  }
  if (out.host.empty() || out.host.size() > 253) return bad("the address names no host");
  out.port = out.tls ? 443 : 80;
  if (port.empty()) return out;
  int number = 0;
  auto [end, ec] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (ec != std::errc() || end != port.data() + port.size() || number < 1 || number > 65535)
    return bad("the port is no number from 1 to 65535");
  out.port = static_cast<uint16_t>(number);
  return out;
}

bool in_network(std::string_view address, std::string_view line) {
  auto a = bytes_of(address.substr(0, address.find('%')));
  auto net = network_of(line);
  return a && net && within(*a, net->net, net->bits);
}

bool is_inside(std::string_view address) {
  auto a = bytes_of(address.substr(0, address.find('%')));
  if (!a) return true;  // whatever it is, it is no address of the internet
  for (auto line : kInside)
    if (line.find(':') == line.npos ? is_four(*a) && in_network(address, line)
                                    : !is_four(*a) && in_network(address, line))
      return true;
  return false;
}

base::Status check_network(std::string_view line) {
  Error bad{"http.network", "“" + std::string(line) + "” is neither an address, a network nor a host", "inside",
            "write a line like 10.1.2.3, 10.1.0.0/16 or gateway.bank.local"};
  if (network_of(line)) return {};
  if (line.empty() || line.size() > 253 ||
      line.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != line.npos)
    return bad;
  // Digits and dots alone that are no address are a slip, not a name.
  if (line.find_first_not_of("0123456789.") == line.npos) return bad;
  return {};
}

base::Result<Answer> post_out(std::string_view url, const Headers& headers, std::string_view body,
                              const OutgoingOptions& options) {
  auto read = read_url(url);
  if (!read.ok()) return read.error();
  NoPipeSignal quiet;
  return Sending(*read, options).post(headers, body);
}

}  // namespace guanhu::http
