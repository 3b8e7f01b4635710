#include "api/kept_body.h"

#include "http/conditional.h"
#include "http/gzip.h"

namespace guanhu::api {

namespace {
constexpr size_t kWorthIt = 2048;  // bytes, as the server compresses
}

KeptBody::KeptBody(const base::Json& json, std::string of)
    : plain(std::make_shared<const std::string>(json.dump())), version(std::move(of)) {
  if (plain->size() <= kWorthIt) return;
  auto packed = http::gzip(*plain);
  if (packed.size() < plain->size()) gzip = std::make_shared<const std::string>(std::move(packed));
}

Answer KeptBody::answer(const Call& call) const {
  http::Response response = http::Response::json("");
  response.shared_body = plain;
  std::string tag = version;
  if (gzip) {
    http::vary(response, "accept-encoding");
    auto accepted = call.request.header("accept-encoding").value_or("");
    if (http::negotiate(accepted, true, false) == http::Encoding::Gzip) {
      response.shared_body = gzip;
      response.set("content-encoding", "gzip");
      tag += " gzip";  // other bytes, another tag
    }
  }
  return Answer{.etag = std::move(tag), .raw = std::move(response)};
}

}  // namespace guanhu::api
