#include "api/zip.h"

#include <zlib.h>

#include <algorithm>

namespace guanhu::api {

namespace {

// APPNOTE.TXT of the format: 4.3.16 end of central directory, 4.3.12 central header, 4.3.7 local header.
constexpr uint32_t kEnd = 0x06054b50, kCentral = 0x02014b50, kLocal = 0x04034b50;
constexpr size_t kEndSize = 22, kCentralSize = 46, kLocalSize = 30;

base::Error refuse(std::string message, std::string where = "") {
  return {"zip", std::move(message), std::move(where), ""};
}

uint32_t number(std::string_view zip, size_t at, size_t bytes) {
  uint32_t out = 0;
  for (size_t i = 0; i < bytes; ++i)
    out |= static_cast<uint32_t>(static_cast<unsigned char>(zip[at + i])) << (8 * i);
  return out;
}

// Where the end record begins: it stands last, before a comment of at most 64 KiB.
size_t end_of(std::string_view zip) {
  for (size_t back = kEndSize; back <= std::min(zip.size(), kEndSize + 0xFFFF); ++back)
    if (number(zip, zip.size() - back, 4) == kEnd) return zip.size() - back;
  return zip.npos;
}

base::Result<std::string> inflate_all(std::string_view packed, const Zip::Entry& e) {
  std::string out(e.size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw base::Broken("zlib cannot start");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  int result = inflate(&stream, Z_FINISH);
  bool whole = result == Z_STREAM_END && stream.total_out == e.size;
  inflateEnd(&stream);
  if (!whole) return refuse("文件解压不完整", e.name());
  return out;
}

}  // namespace

std::string Zip::Entry::name() const {
  size_t slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

base::Result<Zip> Zip::open(std::string_view zip, const ZipLimits& limits) {
  size_t end = zip.size() < kEndSize ? zip.npos : end_of(zip);
  if (end == zip.npos) return refuse("这不是 zip 压缩包");
  size_t count = number(zip, end + 10, 2), at = number(zip, end + 16, 4), total = 0;
  if (count > limits.files) return refuse("压缩包里的文件太多: " + std::to_string(count));
  Zip out;
  out.bytes_ = zip;
  for (size_t i = 0; i < count; ++i) {
    if (at > zip.size() || zip.size() - at < kCentralSize || number(zip, at, 4) != kCentral)
      return refuse("压缩包的目录已损坏");
    size_t name = number(zip, at + 28, 2), extra = number(zip, at + 30, 2), comment = number(zip, at + 32, 2);
    if (zip.size() - at - kCentralSize < name) return refuse("压缩包的目录已损坏");
    Entry e{std::string(zip.substr(at + kCentralSize, name)),
            number(zip, at + 10, 2),
            number(zip, at + 16, 4),
            number(zip, at + 20, 4),
            number(zip, at + 24, 4),
            number(zip, at + 42, 4)};
    if (number(zip, at + 8, 2) & 1) return refuse("压缩包加了密码", e.name());
    at += kCentralSize + name + extra + comment;
    if (e.path.ends_with('/')) continue;  // a folder
    // Deflate cannot do better than 1032 to 1: a header that claims more wants memory, not data.
    if (e.size / 1100 > e.packed) return refuse("压缩包的目录已损坏", e.name());
    total += e.size;
    if (total > limits.bytes) return refuse("解压后太大");
    out.entries_.push_back(std::move(e));
  }
  return out;
}

const Zip::Entry* Zip::find(std::string_view path) const {
  auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.path == path; });
  return at == entries_.end() ? nullptr : &*at;
}

base::Result<std::string> Zip::read(const Entry& e) const {
  const std::string_view zip = bytes_;
  if (e.at > zip.size() || zip.size() - e.at < kLocalSize || number(zip, e.at, 4) != kLocal)
    return refuse("压缩包已损坏", e.name());
  size_t from = e.at + kLocalSize + number(zip, e.at + 26, 2) + number(zip, e.at + 28, 2);
  if (from > zip.size() || zip.size() - from < e.packed) return refuse("压缩包不完整", e.name());
  std::string_view packed = zip.substr(from, e.packed);
  if (e.method != 0 && e.method != 8) return refuse("不支持的压缩方法", e.name());
  if (e.method == 0 && e.packed != e.size) return refuse("压缩包已损坏", e.name());
  auto content = e.method == 0 ? base::Result<std::string>(std::string(packed)) : inflate_all(packed, e);
  if (!content) return content;
  if (crc32_z(0, reinterpret_cast<const Bytef*>(content->data()), content->size()) != e.crc)
    return refuse("文件校验不符", e.name());
  return content;
}

}  // namespace guanhu::api
