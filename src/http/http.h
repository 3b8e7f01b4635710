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

class Stream;

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

struct Request {
  std::string id;      // request id: from x-request-id when well-formed, else made here
  std::string method;  // "GET"
  // Decoded, without a trailing slash: "/api/v1/holders/M1". A slash that came as %2F stays "%2F" here
  // and is a plain "/" in `segments`: it never separates.
  std::string path;
  std::vector<std::string> segments;                       // of path, decoded one by one
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  Headers headers;
  std::string body;
  std::string peer;                  // address of the client, or "unix" (the last proxy's word is not trusted)
  std::optional<uint32_t> peer_uid;  // over the Unix socket: the user of the other process
  bool secure = false;               // came over TLS
  base::Instant received, deadline;
  std::stop_token cancelled;  // set when the client is gone or the deadline has passed

  // The first header of that name; several cookie lines count as one.
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
  std::shared_ptr<Stream> stream;                  // instead of body: an event stream (events.h)
  std::string user;                                // for the access log: who asked, as the handler found out
  bool compress = true;  // false: never gzip this answer (it mixes secrets with what the client sent)

  static Response json(std::string body, int status = 200);
  static Response text(std::string body, int status = 200);
  // problem+json (RFC 9457): {"type","title","status","detail","code"}; the server adds "instance", the
  // request id. `detail` is shown to the user: no internals.
  static Response problem(int status, std::string_view code, std::string_view title, std::string_view detail = {});

  Response& set(std::string lower_case_name, std::string value);  // replaces
  Response& add(std::string lower_case_name, std::string value);  // for set-cookie and its like
  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::string_view bytes() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

// "Not Found" for 404; "Status" for what has no name.
std::string_view reason(int status);

// A cookie's value for set-cookie: HttpOnly, SameSite=Strict, Path=/; Secure when `secure`. max_age in
// seconds; 0 removes the cookie. `value` must be made of cookie octets (RFC 6265), else base::Broken.
std::string set_cookie(std::string_view name, std::string_view value, int64_t max_age, bool secure);

}  // namespace guanhu::http
