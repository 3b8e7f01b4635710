// The target of a request line and other percent-encoded text.
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"
#include "http/http.h"

namespace guanhu::http {

// Fills path, segments and query of `into` from "/a/b?x=1" or "http://host/a/b?x=1".
// Refused (http.target): anything that does not begin with "/", malformed percent-encoding, bytes that
// are no UTF-8, control characters, "." and ".." as segments in any encoding, backslashes in the path,
// more than 64 segments, more than 256 parameters.
base::Status parse_target(std::string_view target, Request& into);

// "%E4%B8%AD": everything but A-Z a-z 0-9 - . _ ~ is encoded.
std::string percent_encode(std::string_view text);

// The text of one form value or path segment; nothing when the encoding is malformed. plus: '+' is a blank.
std::optional<std::string> percent_decode(std::string_view text, bool plus);

}  // namespace guanhu::http
