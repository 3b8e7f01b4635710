#include "http/gzip.h"

#include <array>
#include <boost/beast/zlib/deflate_stream.hpp>
#include <cstdint>

#include "base/error.h"

namespace guanhu::http {

namespace {

// CRC-32 of IEEE 802.3, eight tables at a time would be quicker; deflate costs twenty times as much.
constexpr std::array<uint32_t, 256> kCrc = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t c = i;
    for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xEDB88320U ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  return table;
}();

void append_le(std::string& out, uint32_t n) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(n >> (8 * i));
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  namespace zlib = boost::beast::zlib;
  uint32_t crc = 0xFFFFFFFFU;
  for (unsigned char c : bytes) crc = kCrc[(crc ^ c) & 0xFF] ^ (crc >> 8);

  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  size_t head = out.size();
  zlib::deflate_stream deflate;
  deflate.reset(level, 15, 8, zlib::Strategy::normal);
  out.resize(head + deflate.upper_bound(bytes.size()) + 64);
  zlib::z_params z;
  z.next_in = bytes.data(), z.avail_in = bytes.size();
  z.next_out = out.data() + head, z.avail_out = out.size() - head;
  boost::beast::error_code ec;
  deflate.write(z, zlib::Flush::finish, ec);
  if (ec != zlib::error::end_of_stream) throw base::Broken("gzip: " + ec.message());
  out.resize(head + z.total_out);
  append_le(out, crc ^ 0xFFFFFFFFU);
  append_le(out, static_cast<uint32_t>(bytes.size()));
  return out;
}

}  // namespace guanhu::http
