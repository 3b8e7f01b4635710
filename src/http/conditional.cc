#include "http/conditional.h"

#include <algorithm>

#include "base/digest.h"

namespace guanhu::http {

namespace {

std::string_view trim(std::string_view t) {
  while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
  while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
  return t;
}

std::string_view take_item(std::string_view& list, char separator) {
  size_t end = std::min(list.find(separator), list.size());
  auto item = trim(list.substr(0, end));
  list.remove_prefix(std::min(list.size(), end + 1));
  return item;
}

std::string_view opaque(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if ((a[i] >= 'A' && a[i] <= 'Z' ? a[i] + 32 : a[i]) != lower[i]) return false;
  return true;
}

// q of "gzip;q=0.5" in thousandths; 1000 when there is none, -1 when it is malformed.
int quality(std::string_view parameters) {
  while (!parameters.empty()) {
    auto p = take_item(parameters, ';');
    if (p.size() < 2 || (p[0] != 'q' && p[0] != 'Q') || p[1] != '=') continue;
    p.remove_prefix(2);
    if (p.empty() || p.size() > 5 || (p[0] != '0' && p[0] != '1') || (p.size() > 1 && p[1] != '.')) return -1;
    int q = (p[0] - '0') * 1000, unit = 100;
    for (size_t i = 2; i < p.size(); ++i, unit /= 10) {
      if (p[i] < '0' || p[i] > '9') return -1;
      q += (p[i] - '0') * unit;
    }
    return q > 1000 ? -1 : q;
  }
  return 1000;
}

bool list_has(std::string_view list, std::string_view etag, bool strong) {
  while (!list.empty()) {
    auto item = take_item(list, ',');
    if (strong ? item == etag && !item.starts_with("W/") : opaque(item) == opaque(etag)) return true;
  }
  return false;
}

}  // namespace

std::string etag_of(std::string_view bytes) { return "\"" + base::sha256_hex(bytes).substr(0, 32) + "\""; }

std::string etag_from(std::string_view version) { return etag_of(version); }

bool none_match_hits(const Request& request, std::string_view etag) {
  auto list = request.header("if-none-match");
  return list && (trim(*list) == "*" || list_has(*list, etag, false));
}

bool match_allows(const Request& request, std::string_view etag) {
  auto list = request.header("if-match");
  return !list || trim(*list) == "*" || list_has(*list, etag, true);
}

Response conditional(const Request& request, Response response, std::string etag) {
  if (response.status != 200) return response;
  bool reading = request.method == "GET" || request.method == "HEAD";
  if (reading && none_match_hits(request, etag)) {
    Response same = not_modified(std::move(etag));
    same.user = std::move(response.user);
    // The type is not sent; by it the head knows which security headers the client's copy has.
    for (auto name : {"cache-control", "vary", "content-type", "content-security-policy"})
      if (auto value = response.header(name)) same.set(name, std::string(*value));
    return same;
  }
  response.set("etag", std::move(etag));
  if (!response.header("cache-control")) response.add("cache-control", "private, no-cache");
  return response;
}

Response not_modified(std::string etag) {
  Response r;
  r.status = 304;
  r.add("etag", std::move(etag));
  r.add("cache-control", "private, no-cache");
  return r;
}

Encoding negotiate(std::string_view accept, bool gzip, bool brotli) {
  int q_gzip = -1, q_brotli = -1, q_identity = -1, q_any = -1;
  while (!accept.empty()) {
    auto item = take_item(accept, ',');
    auto name = take_item(item, ';');
    int q = quality(item);
    if (q < 0) continue;
    if (same_word(name, "gzip") || same_word(name, "x-gzip")) q_gzip = q;
    else if (same_word(name, "br")) q_brotli = q;
    else if (same_word(name, "identity")) q_identity = q;
    else if (name == "*") q_any = q;
  }
  if (q_gzip < 0) q_gzip = std::max(q_any, 0);
  if (q_brotli < 0) q_brotli = std::max(q_any, 0);
  if (!gzip) q_gzip = 0;
  if (!brotli) q_brotli = 0;
  // Without a word about identity it is acceptable, but less than what was asked for.
  if (q_identity < 0) q_identity = 1;
  if (q_brotli > 0 && q_brotli >= q_gzip && q_brotli >= q_identity) return Encoding::Brotli;
  if (q_gzip > 0 && q_gzip >= q_identity) return Encoding::Gzip;
  return Encoding::Identity;
}

void vary(Response& response, std::string_view name) {
  for (auto& [n, list] : response.headers) {
    if (n != "vary") continue;
    for (std::string_view rest = list; !rest.empty();)
      if (take_item(rest, ',') == name) return;
    list += ", ";
    list += name;
    return;
  }
  response.add("vary", std::string(name));
}

}  // namespace guanhu::http
