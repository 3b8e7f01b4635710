#include "people/doing.h"
#include "base/length.h"

namespace guanhu::people {

using base::Date;
using base::Error;

Date day_here(base::Instant at) {
  constexpr int64_t kHour = 3'600'000'000;
  const int64_t local = at.micros + 8 * kHour;
  const int64_t day = local >= 0 ? local / (24 * kHour) : -((-local + 24 * kHour - 1) / (24 * kHour));
  return Date(static_cast<int32_t>(day));
}

store::Value to_value(const std::optional<Date>& day) {
  return day ? store::Value(day->str()) : store::Value(std::monostate{});
}

std::optional<Date> day_of(const store::Row& row, size_t column) {
  auto text = row.maybe_text(column);
  return text ? Date::parse(*text) : std::nullopt;
}

Days days_of(const store::Row& row, size_t from, size_t to) {
  return {Date::parse(row.text(from)).value(), day_of(row, to)};
}

base::Status check_text(const std::string& text, const char* code, const char* where, const char* what,
                        size_t limit) {
  if (text.find_first_not_of(" \t\r\n") == text.npos)
    return Error{code, std::string("没有写") + what, where, "用一句话写明"};
  if (base::characters(text) > limit) return Error{code, std::string(what) + "太长", where, "写得短些"};
  return {};
}

base::Status check_days(const Days& days, int longest) {
  if (days.to && *days.to < days.from) return Error{"staff.days", "止日在起日以前", "to", "改好起止日期"};
  if (longest && (!days.to || *days.to - days.from + 1 > longest))
    return Error{"staff.days", "最长 " + std::to_string(longest) + " 天", "to", "写止日，缩短到这个天数以内"};
  return {};
}

}  // namespace guanhu::people
