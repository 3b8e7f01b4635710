// Waiting for what the server does by and by: jobs, and events on an open stream.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <string>
#include <thread>

#include "bank.h"

namespace guanhu::api::testing {

// Waits for the job by asking the server, as a client would; gives up after a long time.
inline Reply finished(Browser& browser, const std::string& id) {
  for (auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
       std::chrono::steady_clock::now() < end;) {
    Reply job = browser.get("/jobs/" + id);
    std::string state = job.at("state");
    if (state != "waiting" && state != "running") return job;
    std::this_thread::yield();
  }
  ADD_FAILURE() << "the job does not end";
  return {};
}

// An open event stream.
class Listener {
 public:
  Listener(uint16_t port, const std::string& cookie) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a), 0);
    std::string head = "GET /api/v1/events HTTP/1.1\r\nhost: x\r\ncookie: " + cookie + "\r\n\r\n";
    EXPECT_EQ(::send(fd_, head.data(), head.size(), MSG_NOSIGNAL), static_cast<ssize_t>(head.size()));
  }
  ~Listener() { ::close(fd_); }
  // Reads until the text occurs; false when it does not come or the stream ends.
  bool hears(const std::string& text) {
    while (heard.find(text) == heard.npos) {
      pollfd p{fd_, POLLIN, 0};
      char buffer[4096];
      ssize_t n = ::poll(&p, 1, 20'000) == 1 ? ::recv(fd_, buffer, sizeof buffer, 0) : 0;
      if (n <= 0) return false;
      heard.append(buffer, static_cast<size_t>(n));
    }
    return true;
  }
  std::string heard;

 private:
  int fd_;
};

}  // namespace guanhu::api::testing
