#include "http/detail/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace guanhu::http::detail {

namespace {

constexpr int kBacklog = 4096;
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: 5\r\n"
    "connection: close\r\ncontent-length: 99\r\n\r\n"
    R"({"type":"about:blank","title":"Too many connections","status":503,"code":"http.connections"}       )";

base::Error cannot(const std::string& where, const std::string& hint) {
  return {"http.listen", "cannot listen there: " + std::string(std::strerror(errno)), where, hint};
}

Peer peer_of(int fd, const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  } else if (address.ss_family == AF_INET6) {
    const auto& a = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&a)) ::inet_ntop(AF_INET, &a.s6_addr[12], text, sizeof text);
    else ::inet_ntop(AF_INET6, &a, text, sizeof text);
  } else {
    ucred who{};
    socklen_t size = sizeof who;
    Peer peer{"unix", {}};
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0) peer.uid = who.uid;
    return peer;
  }
  return {text, {}};
}

}  // namespace

Listener::Listener(int fd, bool tls, Shared& shared, std::vector<std::unique_ptr<Loop>>& loops)
    : tls_(tls),
      shared_(shared),
      loops_(loops),
      socket_(loops[0]->io, fd),
      pause_(loops[0]->io),
      reserve_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}

Listener::~Listener() {
  if (reserve_ >= 0) ::close(reserve_);
}

void Listener::start() {
  asio::post(loops_[0]->io, [this] { wait(); });
}

void Listener::stop() {
  asio::post(loops_[0]->io, [this] {
    boost::system::error_code ec;
    socket_.close(ec);
    pause_.cancel();
  });
}

void Listener::wait() {
  if (!socket_.is_open()) return;
  socket_.async_wait(asio::posix::descriptor_base::wait_read, [this](boost::system::error_code ec) {
    if (!ec) accept_all();
  });
}

void Listener::accept_all() {
  for (int i = 0; i < 256; ++i) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    int fd = ::accept4(socket_.native_handle(), reinterpret_cast<sockaddr*>(&address), &size,
                       SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
      return out_of_descriptors();
    if (fd < 0 && errno == EAGAIN) break;
    if (fd < 0) continue;  // that one client is gone already
    ++shared_.gauges().accepted;
    if (take(fd, peer_of(fd, address))) continue;
    ++shared_.gauges().refused_connections;
    if (!tls_) (void)!::send(fd, kFull.data(), kFull.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::close(fd);
  }
  wait();
}

bool Listener::take(int fd, Peer peer) {
  const auto& limits = shared_.options;
  {
    std::lock_guard lock(shared_.mutex);
    if (shared_.draining || shared_.sessions >= limits.connections) return false;
    size_t& n = shared_.per_peer[peer.address];
    if (limits.connections_per_peer && !peer.uid && n >= limits.connections_per_peer) return false;
    ++n, ++shared_.sessions;
  }
  int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ++shared_.gauges().connections;
  loops_[turn_++ % loops_.size()]->adopt(fd, std::move(peer), tls_);
  return true;
}

// Without a descriptor nobody can be told anything: the reserve lets one client after the other be
// closed, then the listener rests a little instead of spinning.
void Listener::out_of_descriptors() {
  ++shared_.gauges().refused_connections;
  ::close(reserve_);
  int fd = ::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) ::close(fd);
  reserve_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  pause_.expires_after(std::chrono::milliseconds(50));
  pause_.async_wait([this](boost::system::error_code ec) {
    if (!ec) wait();
  });
}

base::Result<int> listen_tcp(const std::string& address, uint16_t& port) {
  std::string where = address + ":" + std::to_string(port);
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV | (address == "localhost" ? 0 : AI_NUMERICHOST);
  hints.ai_socktype = SOCK_STREAM;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return base::Error{"http.listen", "\"" + address + "\" is no address", where,
                       "give one of this machine's, such as 127.0.0.1 or 0.0.0.0"};
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> keep(found, ::freeaddrinfo);
  int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1, off = 0;
  if (fd < 0) return cannot(where, "");
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (found->ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::bind(fd, found->ai_addr, found->ai_addrlen) != 0 || ::listen(fd, kBacklog) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    auto error = cannot(where, errno == EADDRINUSE ? "stop the program that listens there, or choose another port"
                                                   : "choose an address of this machine and a port you may use");
    ::close(fd);
    return error;
  }
  port = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
  return fd;
}

base::Result<int> listen_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return base::Error{"http.listen", "the path of the socket is longer than the system allows", path,
                       "use a shorter path"};
  std::memcpy(address.sun_path, path.c_str(), path.size());
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  // What a killed server left behind refuses connections; what still answers belongs to another one.
  int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return cannot(path, "");
  bool lives = ::connect(probe, generic, sizeof address) == 0;
  ::close(probe);
  if (lives) return base::Error{"http.listen", "another server listens there", path, "stop it first"};
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0 && S_ISSOCK(facts.st_mode)) ::unlink(path.c_str());
  int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return cannot(path, "");
  mode_t before = ::umask(0177);
  bool bound = ::bind(fd, generic, sizeof address) == 0;
  ::umask(before);
  if (!bound || ::listen(fd, kBacklog) != 0) {
    auto error = cannot(path, "its folder must be there and be yours");
    ::close(fd);
    return error;
  }
  return fd;
}

}  // namespace guanhu::http::detail
