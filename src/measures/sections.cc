#include "measures/sections.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace guanhu::measures {

namespace {
// Changes whenever the meaning of any section changes.
constexpr char kMagic[] = "GHCOL02";  // 8 bytes with the end
constexpr size_t kAlign = 64;

struct Head {
  char magic[8];
  char fingerprint[64];
  uint64_t total, sections, checksum;
};
struct TableRow {
  char name[48];
  uint64_t offset, bytes;
};

constexpr size_t aligned(size_t n) { return (n + kAlign - 1) / kAlign * kAlign; }

// Not cryptographic: finds torn and truncated files at the speed of the memory.
class Checksum {
 public:
  void add(std::span<const std::byte> bytes) {  // each call but the last: whole blocks of 32 bytes
    uint64_t lane[4] = {lanes_[0], lanes_[1], lanes_[2], lanes_[3]};  // in registers: bytes alias anything
    size_t i = 0;
    for (; i + 32 <= bytes.size(); i += 32)
      for (size_t k = 0; k < 4; ++k) mix(lane[k], bytes.data() + i + k * 8, 8);
    for (size_t k = 0; i < bytes.size(); i += 8, ++k)
      mix(lane[k], bytes.data() + i, std::min<size_t>(8, bytes.size() - i));
    std::copy(lane, lane + 4, lanes_);
  }
  uint64_t value() const {
    uint64_t h = 0;
    for (uint64_t lane : lanes_) h = (h ^ lane) * kPrime + (h >> 29);
    return h;
  }

 private:
  static constexpr uint64_t kPrime = 0x9E3779B97F4A7C15;
  static void mix(uint64_t& lane, const std::byte* at, size_t n) {
    uint64_t word = 0;
    std::memcpy(&word, at, n);
    uint64_t h = (lane ^ word) * kPrime;
    lane = h ^ (h >> 32);
  }
  uint64_t lanes_[4] = {1, 2, 3, 4};
};

// Writes and sums up; pads to the alignment.
class Output {
 public:
  explicit Output(const std::filesystem::path& path) : file_(path, std::ios::binary | std::ios::trunc) {}
  void raw(const void* data, size_t n) {
    file_.write(static_cast<const char*>(data), static_cast<std::streamsize>(n));
  }
  void add(std::span<const std::byte> bytes) {
    size_t whole = bytes.size() / kAlign * kAlign;
    checksum_.add(bytes.first(whole));
    raw(bytes.data(), whole);
    if (whole == bytes.size()) return;
    std::byte last[kAlign] = {};
    std::memcpy(last, bytes.data() + whole, bytes.size() - whole);
    checksum_.add(last);
    raw(last, kAlign);
  }
  bool rewrite_head(Head& head) {
    head.checksum = checksum_.value();
    file_.seekp(0);
    raw(&head, sizeof head);
    file_.close();
    return file_.good();
  }

 private:
  std::ofstream file_;
  Checksum checksum_;
};
}  // namespace

base::Status Sections::write(const std::filesystem::path& path, const std::string& fingerprint) const {
  std::vector<TableRow> table;
  size_t at = aligned(sizeof(Head)) + aligned(parts_.size() * sizeof(TableRow));
  for (const auto& [name, part] : parts_) {
    TableRow row{};
    if (name.size() >= sizeof row.name || fingerprint.size() != 64) throw base::Broken("bad name of a column");
    std::memcpy(row.name, name.data(), name.size());
    row.offset = at;
    row.bytes = part.bytes.size();
    at += aligned(row.bytes);
    table.push_back(row);
  }
  std::filesystem::path beside = path.string() + "." + std::to_string(::getpid()) + ".new";
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  Output out(beside);
  Head head{};
  std::memcpy(head.magic, kMagic, sizeof head.magic);
  std::memcpy(head.fingerprint, fingerprint.data(), 64);
  head.total = at;
  head.sections = table.size();
  constexpr std::byte zeros[aligned(sizeof(Head))] = {};
  out.raw(zeros, sizeof zeros);
  out.add(std::as_bytes(std::span(table)));
  for (const auto& [name, part] : parts_) out.add(part.bytes);
  if (out.rewrite_head(head)) std::filesystem::rename(beside, path, error);
  else error = std::make_error_code(std::errc::io_error);
  if (!error) return {};
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  return base::Error{"measure.columns", "cannot write the column file: " + error.message(), path.string(),
                     "make room or give the folder to the user who runs this"};
}

std::optional<Sections> Sections::open(const std::filesystem::path& path, const std::string& fingerprint) {
  std::string found;
  auto out = open_any(path, found, &fingerprint);
  return found == fingerprint ? std::move(out) : std::nullopt;
}

std::optional<Sections> Sections::open_any(const std::filesystem::path& path, std::string& fingerprint,
                                           const std::string* wanted) {
  auto mapped = base::MappedFile::open(path);
  if (!mapped) return std::nullopt;
  auto file = std::make_shared<base::MappedFile>(std::move(*mapped));
  auto bytes = file->bytes();
  Head head;
  if (bytes.size() < aligned(sizeof head)) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (std::memcmp(head.magic, kMagic, sizeof head.magic) != 0 || head.total != bytes.size()) return std::nullopt;
  fingerprint.assign(head.fingerprint, 64);
  if (wanted && fingerprint != *wanted) return std::nullopt;  // before the dear part
  Checksum checksum;
  checksum.add(bytes.subspan(aligned(sizeof head)));
  if (checksum.value() != head.checksum) return std::nullopt;
  Sections out;
  for (uint64_t i = 0; i < head.sections; ++i) {
    TableRow row;
    std::memcpy(&row, bytes.data() + aligned(sizeof head) + i * sizeof row, sizeof row);
    out.parts_[row.name] = {bytes.subspan(row.offset, row.bytes), file};
  }
  return out;
}

}  // namespace guanhu::measures
