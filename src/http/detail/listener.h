// A listening socket: accepts, keeps to the limits on connections, hands them to the loops in turn.
#pragma once
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <string>
#include <vector>

#include "http/detail/loop.h"

namespace guanhu::http::detail {

class Listener {
 public:
  // `fd` listens and does not block. Runs on loops[0].
  Listener(int fd, bool tls, Shared& shared, std::vector<std::unique_ptr<Loop>>& loops);
  ~Listener();
  void start();
  void stop();  // from any thread

 private:
  void wait();
  void accept_all();
  bool take(int fd, Peer peer);
  void out_of_descriptors();

  bool tls_;
  Shared& shared_;
  std::vector<std::unique_ptr<Loop>>& loops_;
  asio::posix::basic_stream_descriptor<Executor> socket_;
  asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor> pause_;
  int reserve_ = -1;  // a descriptor to give up when there is no other one
  size_t turn_ = 0;
};

// A listening socket, or why not (http.listen). port: filled in with the one bound.
base::Result<int> listen_tcp(const std::string& address, uint16_t& port);
base::Result<int> listen_unix(const std::string& path);

}  // namespace guanhu::http::detail
