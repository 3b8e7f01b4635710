#include "store/detail/parameters.h"

#include "base/encoding.h"

namespace guanhu::store::detail {

void check_text(std::string_view text, size_t number) {
  if (text.find('\0') != std::string_view::npos) {
    throw base::Broken("parameter " + std::to_string(number) + " holds a NUL byte");
  }
  if (base::find_bad_utf8(text) != std::string_view::npos) {
    throw base::Broken("parameter " + std::to_string(number) + " is not UTF-8");
  }
}

void check_count(size_t given, size_t marks, std::string_view sql) {
  if (given == marks) return;
  throw base::Broken(std::to_string(given) + " parameters given, the statement has " + std::to_string(marks) +
                     "\nstatement: " + shown(sql));
}

std::string shown(std::string_view sql) {
  constexpr size_t kShown = 2000;
  std::string out(sql.substr(0, kShown));
  if (sql.size() > kShown) out.append(" ... (").append(std::to_string(sql.size())).append(" bytes)");
  return out;
}

}  // namespace guanhu::store::detail
