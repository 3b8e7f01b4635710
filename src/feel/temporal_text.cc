// Reading and writing dates, times and durations.
#include <cstdio>

#include "feel/temporal.h"
#include "feel/timezone.h"

namespace guanhu::feel {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool done() const { return at_ == text_.size(); }
  bool is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool take(char c) { return is(c) ? (++at_, true) : false; }
  void skip(size_t n) { at_ += n; }
  std::string_view rest() const { return text_.substr(at_); }
  size_t digits() const {
    size_t n = 0;
    while (at_ + n < text_.size() && text_[at_ + n] >= '0' && text_[at_ + n] <= '9') ++n;
    return n;
  }
  // A run of `least` to `most` digits.
  std::optional<int64_t> number(size_t least, size_t most) {
    size_t n = digits();
    if (n < least || n > most) return std::nullopt;
    int64_t value = 0;
    for (size_t i = 0; i < n; ++i) value = value * 10 + (text_[at_++] - '0');
    return value;
  }
  // Digits after a point as nanoseconds; what lies beyond the ninth is cut off.
  std::optional<int64_t> fraction() {
    size_t n = digits();
    if (n == 0) return std::nullopt;
    int64_t value = 0;
    for (size_t i = 0; i < n; ++i, ++at_)
      if (i < 9) value = value * 10 + (text_[at_] - '0');
    for (size_t i = n; i < 9; ++i) value *= 10;
    return value;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

std::optional<int64_t> read_date(Reader& in) {
  bool negative = in.take('-');
  size_t width = in.digits();
  if (width < 4 || width > 9 || (width > 4 && in.is('0'))) return std::nullopt;
  auto year = in.number(4, 9);
  if (!year || !in.take('-')) return std::nullopt;
  auto month = in.digits() == 2 ? in.number(2, 2) : std::nullopt;
  if (!month || !in.take('-')) return std::nullopt;
  auto day = in.digits() == 2 ? in.number(2, 2) : std::nullopt;
  if (!day) return std::nullopt;
  int64_t signed_year = negative ? -*year : *year;
  if (!is_date(signed_year, *month, *day)) return std::nullopt;
  return days_from_civil(signed_year, static_cast<int>(*month), static_cast<int>(*day));
}

// "24:00:00" belongs to a date (the next day's midnight); alone it is no time.
std::optional<int64_t> read_clock(Reader& in) {
  auto hour = in.digits() == 2 ? in.number(2, 2) : std::nullopt;
  if (!hour || *hour > 23 || !in.take(':')) return std::nullopt;
  auto minute = in.digits() == 2 ? in.number(2, 2) : std::nullopt;
  if (!minute || *minute > 59 || !in.take(':')) return std::nullopt;
  auto second = in.digits() == 2 ? in.number(2, 2) : std::nullopt;
  if (!second || *second > 59) return std::nullopt;
  int64_t nanos = 0;
  if (in.take('.')) {
    auto fraction = in.fraction();
    if (!fraction) return std::nullopt;
    nanos = *fraction;
  }
  return (*hour * 3600 + *minute * 60 + *second) * kNanosPerSecond + nanos;
}
}  // namespace

std::optional<Zone> parse_zone(std::string_view text) {
  if (text.empty()) return Zone{};
  if (text == "Z" || text == "z") return Zone{Zone::offset, 0, ""};
  if (text[0] == '@') {
    std::string name(text.substr(1));
    if (!is_zone(name)) return std::nullopt;
    return Zone{Zone::named, 0, name};
  }
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  Reader in(text.substr(1));
  auto part = [&]() { return in.digits() == 2 ? in.number(2, 2) : std::nullopt; };
  auto hours = part();
  if (!hours || *hours > 18 || !in.take(':')) return std::nullopt;
  auto minutes = part();
  if (!minutes || *minutes > 59) return std::nullopt;
  int64_t seconds = *hours * 3600 + *minutes * 60;
  if (in.take(':')) {
    auto more = part();
    if (!more || *more > 59) return std::nullopt;
    seconds += *more;
  }
  if (!in.done() || seconds > 18 * 3600) return std::nullopt;
  return Zone{Zone::offset, static_cast<int32_t>(text[0] == '-' ? -seconds : seconds), ""};
}

std::optional<Value> parse_date(std::string_view text) {
  Reader in(text);
  auto days = read_date(in);
  if (!days || !in.done()) return std::nullopt;
  return Value::date(*days);
}

std::optional<Value> parse_time(std::string_view text) {
  Reader in(text);
  auto nanos = read_clock(in);
  if (!nanos) return std::nullopt;
  auto zone = parse_zone(in.rest());
  if (!zone) return std::nullopt;
  return Value::time(*nanos, *zone);
}

std::optional<Value> parse_date_time(std::string_view text) {
  Reader in(text);
  auto days = read_date(in);
  if (!days) return std::nullopt;
  if (in.done()) return Value::date_time(*days, 0, {});
  if (!in.take('T')) return std::nullopt;
  bool end_of_day = in.rest().substr(0, 8) == "24:00:00";
  auto nanos = end_of_day ? std::optional<int64_t>(0) : read_clock(in);
  if (end_of_day) in.skip(8), ++*days;
  if (!nanos || !in_years(*days)) return std::nullopt;
  auto zone = parse_zone(in.rest());
  if (!zone) return std::nullopt;
  return Value::date_time(*days, *nanos, *zone);
}

namespace {
struct Parts {
  bool years = false, days = false, time = false;
  __int128 months = 0;
  Nanos nanos = 0;
};

// The units must come in their order, each at most once; at least one.
std::optional<Parts> read_duration(Reader& in) {
  Parts p;
  static constexpr std::pair<char, int64_t> kDate[] = {{'Y', 12}, {'M', 1}, {'D', 0}};
  size_t next = 0;
  while (!in.done() && !in.is('T')) {
    auto n = in.number(1, 18);
    if (!n) return std::nullopt;
    while (next < 3 && !in.is(kDate[next].first)) ++next;
    if (next == 3) return std::nullopt;
    in.take(kDate[next].first);
    if (kDate[next].second) p.years = true, p.months += static_cast<__int128>(*n) * kDate[next].second;
    else p.days = true, p.nanos += static_cast<Nanos>(*n) * kNanosPerDay;
    ++next;
  }
  if (!in.take('T')) return p.years || p.days ? std::optional(p) : std::nullopt;
  static constexpr std::pair<char, int64_t> kTime[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
  next = 0;
  while (!in.done()) {
    auto n = in.number(1, 18);
    if (!n) return std::nullopt;
    std::optional<int64_t> fraction = 0;
    bool point = in.take('.');
    if (point) fraction = in.fraction();
    while (next < 3 && !in.is(kTime[next].first)) ++next;
    if (next == 3 || !fraction || (point && kTime[next].first != 'S')) return std::nullopt;
    in.take(kTime[next].first);
    p.time = true;
    p.nanos += static_cast<Nanos>(*n) * kTime[next].second * kNanosPerSecond + *fraction;
    ++next;
  }
  return p.time ? std::optional(p) : std::nullopt;
}
}  // namespace

std::optional<Value> parse_duration(std::string_view text) {
  Reader in(text);
  bool negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  auto p = read_duration(in);
  if (!p || (p->years && (p->days || p->time))) return std::nullopt;
  if (p->years) {
    if (p->months > INT64_MAX) return std::nullopt;
    auto months = static_cast<int64_t>(p->months);
    return Value::months_duration(negative ? -months : months);
  }
  return Value::days_duration(negative ? -p->nanos : p->nanos);
}

std::optional<Value> parse_temporal(std::string_view text) {
  if (auto v = parse_date(text)) return v;
  if (auto v = parse_time(text)) return v;
  if (auto v = parse_duration(text)) return v;
  return text.find('T') == std::string_view::npos ? std::nullopt : parse_date_time(text);
}

std::string date_text(int64_t days) {
  Civil c = civil_from_days(days);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%s%04lld-%02d-%02d", c.year < 0 ? "-" : "",
                static_cast<long long>(c.year < 0 ? -c.year : c.year), c.month, c.day);
  return buffer;
}

namespace {
std::string fraction_text(int64_t nanos) {
  if (nanos == 0) return "";
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, ".%09lld", static_cast<long long>(nanos));
  std::string out = buffer;
  out.erase(out.find_last_not_of('0') + 1);
  return out;
}

std::string clock_text(int64_t nanos) {
  int64_t s = nanos / kNanosPerSecond;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(s / 3600), static_cast<int>(s / 60 % 60),
                static_cast<int>(s % 60));
  return buffer + fraction_text(nanos % kNanosPerSecond);
}

std::string zone_text(const Zone& zone) {
  if (zone.kind == Zone::local) return "";
  if (zone.kind == Zone::named) return "@" + zone.name;
  if (zone.seconds == 0) return "Z";
  int s = zone.seconds < 0 ? -zone.seconds : zone.seconds;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", zone.seconds < 0 ? '-' : '+', s / 3600, s / 60 % 60);
  std::string out = buffer;
  if (s % 60 != 0) {
    std::snprintf(buffer, sizeof buffer, ":%02d", s % 60);
    out += buffer;
  }
  return out;
}
}  // namespace

std::string time_text(const TimeOfDay& t) { return clock_text(t.nanos) + zone_text(t.zone); }
std::string date_time_text(const DateTime& m) {
  return date_text(m.days) + "T" + clock_text(m.nanos) + zone_text(m.zone);
}

std::string days_duration_text(Nanos nanos) {
  if (nanos == 0) return "PT0S";
  std::string out = nanos < 0 ? "-P" : "P";
  if (nanos < 0) nanos = -nanos;
  Nanos seconds = nanos / kNanosPerSecond;
  auto fraction = static_cast<int64_t>(nanos % kNanosPerSecond);
  auto put = [&](Nanos amount, char unit) {
    if (amount != 0) out += Decimal::make(amount, 0).str() + unit;
  };
  put(seconds / 86'400, 'D');
  if (seconds % 86'400 != 0 || fraction != 0) out += 'T';
  put(seconds / 3600 % 24, 'H');
  put(seconds / 60 % 60, 'M');
  if (seconds % 60 != 0 || fraction != 0)
    out += std::to_string(static_cast<int>(seconds % 60)) + fraction_text(fraction) + "S";
  return out;
}

std::string months_duration_text(int64_t months) {
  if (months == 0) return "P0M";
  std::string out = months < 0 ? "-P" : "P";
  uint64_t m = months < 0 ? -static_cast<uint64_t>(months) : static_cast<uint64_t>(months);
  if (m / 12 != 0) out += std::to_string(m / 12) + "Y";
  if (m % 12 != 0) out += std::to_string(m % 12) + "M";
  return out;
}

}  // namespace guanhu::feel
