// The status line and headers of an answer, as bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "http/http.h"

namespace guanhu::http::detail {

struct HeadFacts {
  std::string_view date;                          // "Date: …\r\n"
  std::string_view id;                            // of the request
  std::string_view security_data, security_page;  // header lines for data, and for pages and scripts
  std::optional<uint64_t> length;                 // nothing: the body ends with the connection
  bool close = false;
  bool http10 = false;
};

// A line break or NUL in a header, or a status that is none: a handler's mistake, base::Broken.
void check_headers(const Response& response);

// Appends the head of a checked response to `out`.
void append_head(std::string& out, const Response& response, const HeadFacts& facts);

// Puts "instance": the request id into a problem+json body.
void name_instance(Response& response, std::string_view id);

// The lines that every answer carries unless the handler set its own.
std::string security_lines(std::string_view content_security_policy, bool tls);

// JSON, plain text and event streams: what a browser never runs.
bool is_data(std::string_view content_type);

}  // namespace guanhu::http::detail
