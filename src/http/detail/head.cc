#include "http/detail/head.h"

#include <array>
#include <charconv>

#include "base/error.h"
#include "http/log.h"

namespace guanhu::http::detail {

namespace {

constexpr std::string_view kSecurityNames[] = {"content-security-policy", "x-content-type-options",
                                               "x-frame-options", "referrer-policy", "strict-transport-security"};

void append_number(std::string& out, uint64_t n) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

bool is_security(std::string_view name) {
  for (auto n : kSecurityNames)
    if (n == name) return true;
  return false;
}

// The default lines without those the handler set itself.
void append_security(std::string& out, std::string_view lines, const Response& response) {
  while (!lines.empty()) {
    size_t end = lines.find('\n') + 1;
    std::string_view line = lines.substr(0, end);
    if (!response.header(line.substr(0, line.find(':')))) out += line;
    lines.remove_prefix(end);
  }
}

}  // namespace

bool is_data(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("application/problem+json") ||
         type.starts_with("text/plain") || type.starts_with("text/event-stream");
}

std::string security_lines(std::string_view policy, bool tls) {
  std::string out = "content-security-policy: " + std::string(policy) + "\r\n";
  out += "x-content-type-options: nosniff\r\nx-frame-options: DENY\r\nreferrer-policy: no-referrer\r\n";
  if (tls) out += "strict-transport-security: max-age=31536000\r\n";
  return out;
}

void check_headers(const Response& response) {
  if (response.status < 200 || response.status > 599)
    throw base::Broken("a handler answered with the status " + std::to_string(response.status));
  constexpr std::string_view kBreaks("\r\n\0", 3), kName("\r\n\0: ", 5);
  for (const auto& [name, value] : response.headers)
    if (value.find_first_of(kBreaks) != value.npos || name.empty() || name.find_first_of(kName) != name.npos)
      throw base::Broken("a handler put a line break into the header " +
                         name.substr(0, name.find_first_of(kName)));
}

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<uint64_t>(response.status));
  out += ' ';
  out += reason(response.status);
  out += "\r\n";
  out += facts.date;
  if (facts.length) {
    out += "content-length: ";
    append_number(out, *facts.length);
    out += "\r\n";
  }
  // A 304 renews the headers of the answer the client has: it brings the lines of that answer, or none.
  const bool renews = response.status == 304;
  bool typed = false, data = true, own = false;
  for (const auto& [name, value] : response.headers) {
    if (name == "content-length" || name == "connection" || name == "transfer-encoding" || name == "date")
      continue;
    if (name == "content-type") {
      typed = true, data = is_data(value);
      if (renews) continue;
    }
    if (is_security(name)) own = true;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  }
  std::string_view lines = renews && !typed ? std::string_view()
                           : data           ? facts.security_data
                                            : facts.security_page;
  if (own) append_security(out, lines, response);
  else out += lines;
  out += "x-request-id: ";
  out += facts.id;
  out += facts.close    ? "\r\nconnection: close\r\n\r\n"
         : facts.http10 ? "\r\nconnection: keep-alive\r\n\r\n"
                        : "\r\n\r\n";
}

void name_instance(Response& response, std::string_view id) {
  if (response.header("content-type") != "application/problem+json" || !response.body.ends_with('}')) return;
  response.body.pop_back();
  response.body += response.body.ends_with('{') ? "\"instance\": " : ", \"instance\": ";
  append_json_string(response.body, id);
  response.body += '}';
}

}  // namespace guanhu::http::detail
