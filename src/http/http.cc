#include "http/http.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"

namespace guanhu::http {

namespace {

std::optional<std::string_view> find(const Headers& headers, std::string_view name) {
  for (const auto& [n, v] : headers)
    if (n == name) return v;
  return std::nullopt;
}

std::string_view trim(std::string_view t) {
  while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
  while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
  return t;
}

bool cookie_octet(unsigned char c) {
  return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

struct Reason {
  int status;
  std::string_view words;
};

constexpr Reason kReasons[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const { return find(headers, name); }

std::optional<std::string_view> Request::parameter(std::string_view name) const { return find(query, name); }

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& [n, line] : headers) {
    if (n != "cookie") continue;
    for (std::string_view rest = line; !rest.empty();) {
      size_t end = rest.find(';');
      std::string_view pair = trim(rest.substr(0, end));
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
      size_t equals = pair.find('=');
      if (equals == pair.npos || pair.substr(0, equals) != name) continue;
      std::string_view value = pair.substr(equals + 1);
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
      return value;
    }
  }
  return std::nullopt;
}

Response Response::json(std::string body, int status) {
  Response r;
  r.status = status;
  r.headers.emplace_back("content-type", "application/json");
  r.body = std::move(body);
  return r;
}

Response Response::text(std::string body, int status) {
  Response r;
  r.status = status;
  r.headers.emplace_back("content-type", "text/plain; charset=utf-8");
  r.body = std::move(body);
  return r;
}

Response Response::problem(int status, std::string_view code, std::string_view title, std::string_view detail) {
  base::JsonObject o{{"type", "about:blank"}, {"title", title}, {"status", status}};
  if (!detail.empty()) o.emplace_back("detail", detail);
  o.emplace_back("code", code);
  Response r = json(base::Json(std::move(o)).dump(), status);
  r.headers.front().second = "application/problem+json";
  return r;
}

Response& Response::set(std::string name, std::string value) {
  std::erase_if(headers, [&](const auto& h) { return h.first == name; });
  return add(std::move(name), std::move(value));
}

Response& Response::add(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const { return find(headers, name); }

std::string_view reason(int status) {
  const auto* at = std::ranges::lower_bound(kReasons, status, {}, &Reason::status);
  return at != std::end(kReasons) && at->status == status ? at->words : "Status";
}

std::string set_cookie(std::string_view name, std::string_view value, int64_t max_age, bool secure) {
  if (!std::ranges::all_of(value, cookie_octet))
    throw base::Broken("cookie value holds characters no cookie may hold");
  std::string out(name);
  out += '=';
  out += value;
  out += "; Path=/; Max-Age=" + std::to_string(max_age) + "; HttpOnly; SameSite=Strict";
  if (secure) out += "; Secure";
  return out;
}

}  // namespace guanhu::http
