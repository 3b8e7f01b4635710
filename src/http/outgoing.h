// One request to another system over the network: what the outbox sends. https with the certificate checked; plain
// http and addresses inside the bank only where the bank has listed them; no redirect is followed.
//
// Not for the event loop: it blocks, at most `timeout` after the name was resolved.
#pragma once
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/client.h"

namespace guanhu::http {

struct Url {
  bool tls = false;
  std::string host;  // "api.example.cn", "10.1.2.3", "::1"
  uint16_t port = 0;
  std::string target;  // "/robot/send?access_token=…"; at least "/"
};
// Refused: http.url (no http or https address, user and password in it, blanks, a port that is none).
base::Result<Url> read_url(std::string_view url);

// One line of the bank's list of inside addresses: "10.1.2.3", "10.1.0.0/16", "fd00::/8", or a name as the address
// has it ("gateway.bank.local"), which then may be anything. Refused: http.network.
base::Status check_network(std::string_view line);
// Not out in the internet: loopback, private, link-local, shared, multicast, unspecified, and the like written as
// IPv6. `address` is numeric.
bool is_inside(std::string_view address);
bool in_network(std::string_view address, std::string_view line);

struct OutgoingOptions {
  std::chrono::milliseconds timeout{10'000};  // all together
  size_t answer_bytes = 64 << 10;             // a longer answer is an error
  std::vector<std::string> inside;            // lines as above
  std::string ca_file;                        // PEM of the authorities that count; "": those of the system
};

// A POST. Refused: http.url; http.resolve (no such name); http.inside (the address it leads to is inside and not
// listed, or plain http to one outside); http.connect; http.tls (certificate or handshake); http.timeout;
// http.answer. The address that was checked is the one that is connected to.
base::Result<Answer> post_out(std::string_view url, const Headers& headers, std::string_view body,
                              const OutgoingOptions& options);

}  // namespace guanhu::http
