// Beast's request parser, writing straight into our Request, and stricter where two readers of the same
// bytes could come to different ends (request smuggling).
#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <limits>

#include "http/http.h"

namespace guanhu::http::detail {

namespace beast_http = boost::beast::http;

class RequestParser : public beast_http::basic_parser<true> {
 public:
  RequestParser(Request& into, size_t header_bytes) : into_(into) {
    header_limit(static_cast<uint32_t>(header_bytes));
    body_limit(std::numeric_limits<uint64_t>::max());
  }

  std::string target;
  int version = 11;
  // The first thing wrong beyond Beast's own rules: a status and what to tell; 0 is nothing.
  int refused = 0;
  const char* refusal = "";
  bool wants_continue = false;
  size_t body_bytes = 0;  // seen so far

  // One step over bytes [first, last); how many were taken. Not for a parser that is_done().
  size_t feed(const char* first, const char* last, boost::beast::error_code& ec) {
    first_ = first, last_ = last;
    return put(boost::asio::const_buffer(first, static_cast<size_t>(last - first)), ec);
  }

  // After the headers: what only the whole of them tells.
  void check_headers() {
    if (version == 11 && hosts_ != 1) refuse(400, "exactly one host header is needed");
    if (lengths_ > 1) refuse(400, "more than one content-length");
    if (encodings_ && lengths_) refuse(400, "content-length beside transfer-encoding");
    if (encodings_ && version != 11) refuse(400, "transfer-encoding needs HTTP/1.1");
  }

 private:
  using View = boost::beast::string_view;
  using Code = boost::beast::error_code;

  void refuse(int status, const char* why) {
    if (!refused) refused = status, refusal = why;
  }

  void on_request_impl(beast_http::verb, View method, View t, int v, Code& ec) override {
    ec = {};
    into_.method.assign(method.data(), method.size());
    target.assign(t.data(), t.size());
    version = v;
  }
  void on_response_impl(int, View, int, Code& ec) override { ec = {}; }

  void on_field_impl(beast_http::field f, View name, View value, Code& ec) override {
    ec = {};
    if (in_body_) return;  // a trailer never becomes a header
    if (into_.headers.size() == 100) {
      ec = beast_http::error::header_limit;
      return;
    }
    // Beast joins folded lines in a buffer of its own: that is how they are told from others.
    if (!value.empty() && (value.data() < first_ || value.data() >= last_))
      refuse(400, "a header is folded over lines");
    auto& h = into_.headers.emplace_back();
    h.first.assign(name.data(), name.size());
    for (char& c : h.first)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    h.second.assign(value.data(), value.size());
    using beast_http::field;
    if (f == field::host) ++hosts_;
    if (f == field::content_length) {
      ++lengths_;
      if (h.second.find_first_not_of("0123456789") != std::string::npos)
        refuse(400, "content-length is no number");
    }
    if (f == field::transfer_encoding) {
      if (encodings_++ || !boost::beast::iequals(value, "chunked"))
        refuse(501, "only transfer-encoding: chunked is known");
    }
    if (f == field::expect) {
      if (boost::beast::iequals(value, "100-continue")) wants_continue = true;
      else refuse(417, "only expect: 100-continue is known");
    }
  }

  void on_header_impl(Code& ec) override { ec = {}, in_body_ = true; }
  void on_body_init_impl(boost::optional<uint64_t> const& length, Code& ec) override {
    ec = {};
    if (length) into_.body.reserve(std::min<size_t>(*length, 256 << 10));
  }
  size_t on_body_impl(View body, Code& ec) override { return take(body, ec); }
  void on_chunk_header_impl(uint64_t, View, Code& ec) override { ec = {}; }
  size_t on_chunk_body_impl(uint64_t, View body, Code& ec) override { return take(body, ec); }
  void on_finish_impl(Code& ec) override { ec = {}; }

  size_t take(View body, Code& ec) {
    ec = {};
    into_.body.append(body.data(), body.size());
    body_bytes += body.size();
    return body.size();
  }

  Request& into_;
  int hosts_ = 0, lengths_ = 0, encodings_ = 0;
  bool in_body_ = false;
  const char *first_ = nullptr, *last_ = nullptr;
};

}  // namespace guanhu::http::detail
