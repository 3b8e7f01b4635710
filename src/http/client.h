// A small blocking client: for commands that go through the server holding their data folder, and for
// tests. One connection, kept alive; no redirects, no TLS, loopback and Unix sockets.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "http/http.h"

namespace guanhu::http {

struct ClientOptions {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds request{60'000};  // from sending to the last byte of the answer
  size_t answer_bytes = 256 << 20;            // a longer answer is an error
};

struct Answer {
  int status = 0;
  Headers headers;  // names in lower case
  std::string body;

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

class Client {
 public:
  // address: a numeric one, as in ServerOptions. Connects with the first request.
  static Client tcp(std::string address, uint16_t port, ClientOptions options = {});
  static Client unix_socket(std::string path, ClientOptions options = {});
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // Errors: http.connect (nobody listens), http.timeout, http.answer (no HTTP, too long, cut off). A
  // connection the server has closed while idle is opened anew for GET and HEAD. host and
  // content-length are set here.
  base::Result<Answer> request(std::string_view method, std::string_view target, const Headers& headers = {},
                               std::string_view body = {});
  base::Result<Answer> get(std::string_view target) { return request("GET", target); }

 private:
  struct State;
  explicit Client(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace guanhu::http
