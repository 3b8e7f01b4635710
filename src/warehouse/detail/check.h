// Checks that both engines make before they touch memory or the database, and their common errors.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "warehouse/warehouse.h"

namespace guanhu::warehouse::detail {

// "boolean", "int32", ...: for messages.
std::string type_name(Type type);

// Throws Broken when the chunk is not made of these columns or a column is shorter than the chunk.
void check_chunk(const Chunk& chunk, std::span<const Column> columns, const std::string& table);

// Throws Broken when the text is not UTF-8; `what` names it.
void check_utf8(std::string_view text, const std::string& what);

// An integer parameter has the type that the same literal would have: INTEGER where it fits, so that
// DATE + $1 and functions of integers accept it on both engines; else BIGINT.
inline bool fits_integer(int64_t value) { return value >= INT32_MIN && value <= INT32_MAX; }

// The statement, cut to what an operator can read, for error messages.
std::string shown(std::string_view sql);

// Refuses statements while a scan of the same connection is running.
class Busy {
 public:
  explicit Busy(bool& flag) : flag_(flag) {
    check(flag);
    flag_ = true;
  }
  ~Busy() { flag_ = false; }
  Busy(const Busy&) = delete;
  static void check(bool flag) {
    if (flag) throw base::Broken("a scan is running on this warehouse connection: its callback must not use it");
  }

 private:
  bool& flag_;
};

}  // namespace guanhu::warehouse::detail
