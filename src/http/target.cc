#include "http/target.h"

#include "base/encoding.h"

namespace guanhu::http {

namespace {

constexpr size_t kMostSegments = 64, kMostParameters = 256;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

base::Error refused(std::string message, std::string hint) {
  return {"http.target", std::move(message), "request line", std::move(hint)};
}

bool has_control(std::string_view text) {
  for (unsigned char c : text)
    if (c < 0x20 || c == 0x7F) return true;
  return false;
}

// Decoded text that may stand in a path or a query: well-formed UTF-8 without control characters.
bool acceptable(std::string_view text, bool path) {
  return base::find_bad_utf8(text) == text.npos && (!path || !has_control(text)) && text.find('\0') == text.npos;
}

base::Status parse_path(std::string_view path, Request& into) {
  into.path.clear();
  into.segments.clear();
  for (path.remove_prefix(1); !path.empty();) {
    size_t end = path.find('/');
    auto segment = percent_decode(path.substr(0, end), false);
    bool last = end == path.npos;
    path.remove_prefix(last ? path.size() : end + 1);
    if (!segment) return refused("malformed percent-encoding in the path", "write a literal % as %25");
    if (!acceptable(*segment, true) || segment->find('\\') != segment->npos)
      return refused("the path holds bytes that no path may hold",
                     "send UTF-8 without control characters and backslashes");
    if (*segment == "." || *segment == "..")
      return refused("the path holds the segment \"" + *segment + "\"", "send the path resolved");
    if (into.segments.size() == kMostSegments) return refused("the path has more than 64 segments", "");
    into.path += '/';
    for (char c : *segment)
      if (c == '/') into.path += "%2F";
      else into.path += c;
    into.segments.push_back(*std::move(segment));
  }
  if (into.path.empty()) into.path = "/";
  return {};
}

base::Status parse_query(std::string_view query, Request& into) {
  into.query.clear();
  while (!query.empty()) {
    size_t end = query.find('&');
    std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == query.npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!name || !value) return refused("malformed percent-encoding in the query", "write a literal % as %25");
    if (!acceptable(*name, false) || !acceptable(*value, false))
      return refused("the query holds bytes that are no UTF-8", "send UTF-8, percent-encoded");
    if (into.query.size() == kMostParameters) return refused("the query has more than 256 parameters", "");
    into.query.emplace_back(*std::move(name), *std::move(value));
  }
  return {};
}

}  // namespace

base::Status parse_target(std::string_view target, Request& into) {
  for (std::string_view scheme : {"http://", "https://"})
    if (target.starts_with(scheme)) {
      size_t slash = target.find('/', scheme.size());
      if (slash == target.npos) return refused("the target has no path", "end the authority with /");
      target.remove_prefix(slash);
      break;
    }
  if (!target.starts_with('/'))
    return refused("the target does not begin with /", "send a path such as /api/v1/me");
  target = target.substr(0, target.find('#'));
  size_t mark = target.find('?');
  if (auto status = parse_path(target.substr(0, mark), into); !status) return status;
  return parse_query(mark == target.npos ? std::string_view() : target.substr(mark + 1), into);
}

std::string percent_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (unsigned char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
        c == '_' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += "0123456789ABCDEF"[c >> 4];
      out += "0123456789ABCDEF"[c & 15];
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int high = hex(text[i + 1]), low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (plus && c == '+') {
      c = ' ';
    }
    out += c;
  }
  return out;
}

}  // namespace guanhu::http
