// What a client may say about the answer it wants: entity tags and encodings.
#pragma once
#include <string>
#include <string_view>

#include "http/http.h"

namespace guanhu::http {

// A strong entity tag of these bytes, with its quotes: the first 128 bits of SHA-256.
std::string etag_of(std::string_view bytes);
// A strong entity tag from something that names the version ("run-12/7"): its bytes are digested.
std::string etag_from(std::string_view version);

// If-None-Match holds the tag (weak comparison) or is "*".
bool none_match_hits(const Request& request, std::string_view etag);
// If-Match is missing, is "*", or holds the tag (strong comparison): a change may go on. Otherwise the
// handler answers 412.
bool match_allows(const Request& request, std::string_view etag);

// Sets etag and cache-control (private, no-cache unless given); turns a 200 to GET or HEAD into 304 when
// the client has it. Handlers that know the tag before they compute call none_match_hits() first and
// answer not_modified().
Response conditional(const Request& request, Response response, std::string etag);
Response not_modified(std::string etag);

enum class Encoding { Identity, Gzip, Brotli };

// The preferred one of those that are there: the highest q of Accept-Encoding wins, brotli before gzip before
// identity at the same q. Identity when the header is missing or unintelligible, and also when the client
// forbids everything there is: better readable than 406.
Encoding negotiate(std::string_view accept_encoding, bool gzip, bool brotli);

// Adds a name to the vary header once.
void vary(Response& response, std::string_view name);

}  // namespace guanhu::http
