// Who changes something about people, when, on which day of the bank; and small checks they share.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/store.h"

namespace guanhu::people {

struct Doing {
  std::string login, staff;  // staff: "" of who is no member
  base::Instant at;
  base::Date today;  // of the bank: day_here(at)
  // Called inside the transaction, for the audit record: action ("team.make"), subject ("team 7"), detail.
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> also = {};

  void tell(const std::string& action, const std::string& subject, base::Json detail) const {
    if (also) also(action, subject, std::move(detail));
  }
};

// The calendar day in China at that moment. Rights count by the clock, whatever day the data are of.
base::Date day_here(base::Instant at);

// From one day to another, both included; without an end: until further notice.
struct Days {
  base::Date from;
  std::optional<base::Date> to = {};
  bool on(base::Date day) const { return from <= day && (!to || day <= *to); }
  bool meets(const Days& other) const { return (!other.to || from <= *other.to) && (!to || other.from <= *to); }
};
store::Value to_value(const std::optional<base::Date>& day);
std::optional<base::Date> day_of(const store::Row& row, size_t column);
Days days_of(const store::Row& row, size_t from, size_t to);

// Refused: `code` when nothing is written, or more than `limit` bytes; `where` names the field.
base::Status check_text(const std::string& text, const char* code, const char* where, const char* what,
                        size_t limit = 2000);
// Refused (staff.days) when they are turned round or the last is beyond the longest.
base::Status check_days(const Days& days, int longest = 0);

}  // namespace guanhu::people
