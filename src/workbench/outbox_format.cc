#include "workbench/outbox_format.h"

#include <algorithm>

#include "base/digest.h"
#include "base/json.h"

namespace guanhu::workbench {

using base::Json;
using base::JsonObject;

namespace {

constexpr const char* kHoles[] = {"title", "text", "link", "name", "article"};
constexpr size_t kRobotBytes = 4096;  // of WeCom's markdown; DingTalk takes more

std::string url_encoded(std::string_view text) {
  std::string out;
  for (unsigned char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) out += static_cast<char>(c);
    else out += '%' + std::string(1, "0123456789ABCDEF"[c >> 4]) + "0123456789ABCDEF"[c & 15];
  }
  return out;
}

// The longest beginning of whole characters that fits.
std::string cut(std::string text, size_t bytes) {
  if (text.size() <= bytes) return text;
  size_t end = bytes - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The first `count` characters.
std::string first(std::string_view text, size_t count) {
  size_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && count-- == 0) break;
  return std::string(text.substr(0, at));
}

template <class Hole, class Text>
void walk_template(const std::string& text, Hole hole, Text plain) {
  for (size_t at = 0; at < text.size();) {
    const size_t open = text.find('{', at), close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) return plain(text.substr(at));
    plain(text.substr(at, open - at));
    hole(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
}

}  // namespace

std::string fill_template(const std::string& text, const std::vector<std::pair<std::string, std::string>>& holes) {
  std::string out;
  walk_template(
      text,
      [&](const std::string& name) {
        for (const auto& [hole, value] : holes)
          if (hole == name) out += value;
      },
      [&](const std::string& part) { out += part; });
  return out;
}

std::vector<std::string> wrong_holes(const std::string& text) {
  std::vector<std::string> out;
  walk_template(
      text,
      [&](const std::string& name) {
        if (std::find(std::begin(kHoles), std::end(kHoles), name) == std::end(kHoles)) out.push_back(name);
      },
      [](const std::string&) {});
  return out;
}

OutRequest out_request(const OutChannel& channel, const OutMessage& of, const std::string& phone,
                       base::Instant now) {
  const std::vector<std::pair<std::string, std::string>> holes = {
      {"title", of.title}, {"text", of.text}, {"link", of.link}, {"name", of.to_name}, {"article", of.article}};
  const std::string title = fill_template(channel.title.empty() ? "{title}" : channel.title, holes);
  const std::string text = fill_template(channel.text.empty() ? "{text}" : channel.text, holes);
  OutRequest out{
      channel.url, {{"content-type", "application/json; charset=utf-8"}, {"idempotency-key", of.key}}, ""};
  if (channel.robot()) {
    const std::string content = cut("### " + title + "\n" + text, kRobotBytes);
    JsonObject markdown = channel.kind == "wecom" ? JsonObject{{"content", content}}
                                                  : JsonObject{{"title", cut(title, 200)}, {"text", content}};
    out.body = Json(JsonObject{{"msgtype", "markdown"}, {"markdown", std::move(markdown)}}).dump();
    if (channel.kind == "dingtalk" && !channel.secret.empty()) {
      const std::string at = std::to_string(now.micros / 1000);
      const std::string sign = base::base64_of(base::hmac_sha256(channel.secret, at + "\n" + channel.secret));
      out.url +=
          (out.url.find('?') == out.url.npos ? "?timestamp=" : "&timestamp=") + at + "&sign=" + url_encoded(sign);
    }
    return out;
  }
  JsonObject to = {{"kind", of.to_kind}, {"id", of.to}, {"name", of.to_name}};
  if (channel.full && !phone.empty()) to.emplace_back("phone", phone);
  out.body = Json(JsonObject{{"key", of.key},
                             {"event", of.event},
                             {"at", now.str()},
                             {"to", std::move(to)},
                             {"title", title},
                             {"text", text},
                             {"link", of.link},
                             {"article", of.article}})
                 .dump();
  const std::string at = std::to_string(now.micros / 1'000'000);
  out.headers.emplace_back("x-guanhu-timestamp", at);
  out.headers.emplace_back("x-guanhu-signature", "v1=" + base::hex_of(base::hmac_sha256(
                                                             channel.secret, at + "." + of.key + "." + out.body)));
  return out;
}

std::string covered_url(const std::string& url) {
  const size_t scheme = url.find("://");
  const size_t path = scheme == url.npos ? url.npos : url.find_first_of("/?", scheme + 3);
  if (path == url.npos) return url;
  const size_t query = url.find('?', path);
  std::string shown = url.substr(0, path) + "/…";
  if (query == url.npos) return shown;
  for (size_t at = query; at != url.npos;) {
    const size_t next = url.find('&', at + 1);
    const std::string part = url.substr(at, next == url.npos ? next : next - at);
    const size_t equals = part.find('=');
    shown += equals == part.npos ? part : part.substr(0, equals + 1) + "****";
    at = next;
  }
  return shown;
}

std::string covered_name(const std::string& name) {
  const size_t n = characters(name);
  if (n == 0) return "";
  const size_t kept = n <= 4 ? 1 : 2;
  std::string out = first(name, kept);
  for (size_t i = kept; i < std::min<size_t>(n, kept + 4); ++i) out += '*';
  return out;
}

}  // namespace guanhu::workbench
