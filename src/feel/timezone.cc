#include "feel/timezone.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include "feel/temporal.h"

namespace guanhu::feel {
namespace {

// A zone file in the form of RFC 8536: when the offset changes, and the rule for the time after.
struct ZoneFile {
  std::vector<int64_t> moments;  // UTC seconds
  std::vector<int32_t> offsets;  // from that moment on
  int32_t first_offset = 0;      // before the first
  std::string footer;            // POSIX TZ rule, "CET-1CEST,M3.5.0,M10.5.0/3"
};

int64_t big_endian(const std::string& bytes, size_t at, size_t width) {
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return width == 4 ? static_cast<int32_t>(value) : static_cast<int64_t>(value);
}

struct Header {
  size_t isut, isstd, leap, times, types, chars;
  size_t size(size_t width) const {
    return times * width + times + types * 6 + chars + leap * (width + 4) + isstd + isut;
  }
};

std::optional<Header> header(const std::string& bytes, size_t at) {
  if (bytes.size() < at + 44 || bytes.compare(at, 4, "TZif") != 0) return std::nullopt;
  auto count = [&](size_t i) { return static_cast<size_t>(big_endian(bytes, at + 20 + 4 * i, 4)); };
  return Header{count(0), count(1), count(2), count(3), count(4), count(5)};
}

std::optional<ZoneFile> read_zone(const std::string& bytes) {
  auto old = header(bytes, 0);
  if (!old) return std::nullopt;
  size_t at = 44 + old->size(4);
  auto head = header(bytes, at);
  if (!head || head->types == 0 || bytes.size() < at + 44 + head->size(8)) return std::nullopt;
  at += 44;
  ZoneFile zone;
  size_t indices = at + head->times * 8, types = indices + head->times;
  auto offset_of = [&](size_t type) { return static_cast<int32_t>(big_endian(bytes, types + type * 6, 4)); };
  zone.first_offset = offset_of(0);
  for (size_t i = 0; i < head->times; ++i) {
    auto type = static_cast<unsigned char>(bytes[indices + i]);
    if (type >= head->types) return std::nullopt;
    zone.moments.push_back(big_endian(bytes, at + i * 8, 8));
    zone.offsets.push_back(offset_of(type));
  }
  size_t foot = at + head->size(8);
  if (foot < bytes.size() && bytes[foot] == '\n')
    zone.footer = bytes.substr(foot + 1, bytes.find('\n', foot + 1) - foot - 1);
  return zone;
}

// The rule of the footer: standard offset, summer offset and when it holds.
class PosixRule {
 public:
  explicit PosixRule(const std::string& text) : text_(text) {}

  std::optional<int32_t> offset(int64_t utc_seconds) {
    if (!name()) return std::nullopt;
    auto standard = clock();
    if (!standard) return std::nullopt;
    if (at_ == text_.size()) return -*standard;
    if (!name()) return std::nullopt;
    int32_t summer = -*standard + 3600;
    if (at_ < text_.size() && text_[at_] != ',') {
      auto given = clock();
      if (!given) return std::nullopt;
      summer = -*given;
    }
    int64_t local = utc_seconds - *standard;
    Civil civil = civil_from_days(floor_divide(local, 86'400));
    auto start = moment(civil.year), end = moment(civil.year);
    if (!start || !end) return std::nullopt;
    int64_t begins = *start + *standard, ends = *end - summer;
    bool in_summer =
        begins < ends ? utc_seconds >= begins && utc_seconds < ends : utc_seconds >= begins || utc_seconds < ends;
    return in_summer ? summer : -*standard;
  }

 private:
  bool name() {
    size_t from = at_;
    if (at_ < text_.size() && text_[at_] == '<') {
      at_ = text_.find('>', at_);
      if (at_ == std::string::npos) return false;
      ++at_;
      return true;
    }
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ > from;
  }
  std::optional<int32_t> number() {
    size_t from = at_;
    int32_t value = 0;
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) && at_ - from < 4)
      value = value * 10 + (text_[at_++] - '0');
    if (at_ == from) return std::nullopt;
    return value;
  }
  std::optional<int32_t> clock() {
    int32_t sign = 1;
    if (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) sign = text_[at_++] == '-' ? -1 : 1;
    auto hours = number();
    if (!hours) return std::nullopt;
    int32_t seconds = *hours * 3600;
    for (int32_t unit : {60, 1}) {
      if (at_ >= text_.size() || text_[at_] != ':') break;
      ++at_;
      auto part = number();
      if (!part) return std::nullopt;
      seconds += *part * unit;
    }
    return sign * seconds;
  }
  // ",M3.5.0/2": seconds of that year's moment on the wall clock.
  std::optional<int64_t> moment(int64_t year) {
    if (at_ + 1 >= text_.size() || text_[at_] != ',' || text_[at_ + 1] != 'M') return std::nullopt;
    at_ += 2;
    auto month = number();
    if (!month || at_ >= text_.size() || text_[at_++] != '.') return std::nullopt;
    auto week = number();
    if (!week || at_ >= text_.size() || text_[at_++] != '.') return std::nullopt;
    auto weekday = number();
    if (!weekday || *month < 1 || *month > 12) return std::nullopt;
    int32_t time = 7200;
    if (at_ < text_.size() && text_[at_] == '/') {
      ++at_;
      auto given = clock();
      if (!given) return std::nullopt;
      time = *given;
    }
    int64_t first = days_from_civil(year, *month, 1);
    int64_t shift = ((*weekday - (first + 4)) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    int64_t day = first + shift + (*week - 1) * 7;
    while (day - first >= days_in_month(year, *month)) day -= 7;
    return day * 86'400 + time;
  }

  const std::string& text_;
  size_t at_ = 0;
};

int32_t offset_at(const ZoneFile& zone, int64_t utc_seconds) {
  if (zone.moments.empty() || utc_seconds >= zone.moments.back()) {
    if (auto offset = PosixRule(zone.footer).offset(utc_seconds)) return *offset;
    return zone.offsets.empty() ? zone.first_offset : zone.offsets.back();
  }
  auto after = std::upper_bound(zone.moments.begin(), zone.moments.end(), utc_seconds);
  if (after == zone.moments.begin()) return zone.first_offset;
  return zone.offsets[static_cast<size_t>(after - zone.moments.begin()) - 1];
}

bool plain_name(const std::string& name) {
  if (name.empty() || name.size() > 64 || name[0] == '/') return false;
  for (char c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '/' && c != '_' && c != '-' && c != '+') return false;
  return true;
}

// Zone files are few and small; each is read once.
const ZoneFile* find_zone(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<ZoneFile>> known;
  if (!plain_name(name)) return nullptr;
  std::lock_guard lock(mutex);
  auto at = known.find(name);
  if (at == known.end()) {
    if (known.size() > 2000) return nullptr;  // more names than zones exist: someone is guessing
    std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    at = known.emplace(name, read_zone(bytes)).first;
  }
  return at->second ? &*at->second : nullptr;
}
}  // namespace

bool is_zone(const std::string& name) { return find_zone(name) != nullptr; }

std::optional<int32_t> zone_offset(const Zone& zone, int64_t days, int64_t nanos) {
  if (zone.kind == Zone::local) return std::nullopt;
  if (zone.kind == Zone::offset) return zone.seconds;
  const ZoneFile* file = find_zone(zone.name);
  if (!file) return std::nullopt;
  int64_t local = days * 86'400 + nanos / kNanosPerSecond;
  // Guess with the offset a day before (which no two changes share), then correct once.
  int32_t before = offset_at(*file, local - 86'400);
  int32_t guess = offset_at(*file, local - before);
  return offset_at(*file, local - guess) == guess ? guess : before;
}

}  // namespace guanhu::feel
