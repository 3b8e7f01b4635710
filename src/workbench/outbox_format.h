// What goes over the wire, and how it is signed. Robots of WeCom and DingTalk as their public documents say; the
// bank's own gateways and other systems a JSON body with an HMAC.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "workbench/outbox.h"

namespace guanhu::workbench {

struct OutRequest {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;                                          // JSON
};

// `phone`: opened; goes out only through a channel with full data.
//
// wecom: {"msgtype": "markdown", "markdown": {"content"}}, at most 4096 bytes.
// dingtalk: {"msgtype": "markdown", "markdown": {"title", "text"}}; with a secret the URL gets timestamp (ms) and
// sign = URL-encoded Base64 of HMAC-SHA256(secret, timestamp + "\n" + secret).
// others: {"key", "event", "at", "to": {"kind", "id", "name", "phone"}, "title", "text", "link", "article"}.
// Those carry x-guanhu-timestamp (seconds), x-guanhu-signature "v1=" + hex HMAC-SHA256(secret, timestamp + "." +
// key
// + "." + body), idempotency-key; receivers refuse timestamps older than five minutes and do a key once.
OutRequest out_request(const OutChannel& channel, const OutMessage& message, const std::string& phone,
                       base::Instant now);

// The template with its holes filled; a hole without a value vanishes.
std::string fill_template(const std::string& text, const std::vector<std::pair<std::string, std::string>>& holes);
// Names of holes that are none of the known ones.
std::vector<std::string> wrong_holes(const std::string& text);

// The URL as it may be shown: what stands behind "=" and the last parts of the path are covered.
std::string covered_url(const std::string& url);
// "张*", "益农****": enough to recognise.
std::string covered_name(const std::string& name);

}  // namespace guanhu::workbench
