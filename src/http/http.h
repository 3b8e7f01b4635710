// What a handler sees of HTTP: our own Request and Response, no Beast. The only files that include
// Beast or Asio are inside src/http (server.cc and its neighbours).
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace guanhu::http {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

struct Request {
  std::string id;       // request id: from x-request-id when well-formed, else made here
  std::string method;   // "GET"
  std::string path;     // decoded, normalised: "/api/v1/holders/M1"
  std::vector<std::string> segments;                          // of path, decoded one by one
  std::vector<std::pair<std::string, std::string>> query;     // decoded, in order
  Headers headers;
  std::string body;
  std::string peer;     // address of the client (the last proxy's word is not trusted)
  bool secure = false;  // came over TLS
  base::Instant received, deadline;
  std::stop_token cancelled;  // set when the client is gone or the deadline has passed

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::optional<std::string_view> parameter(std::string_view name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body: bytes many responses share
  std::string file;                                // instead of body: streamed from disk

  static Response json(std::string body, int status = 200);
  static Response problem(int status, std::string_view code, std::string_view title, std::string_view detail = {});
};

}  // namespace guanhu::http
