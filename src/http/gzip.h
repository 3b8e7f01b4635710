// gzip for answers that are made per request.
#pragma once
#include <string>
#include <string_view>

namespace guanhu::http {

// One gzip member (RFC 1952). level 1 (quick) to 9 (small).
std::string gzip(std::string_view bytes, int level = 1);

}  // namespace guanhu::http
