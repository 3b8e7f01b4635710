#include "base/fault.h"

#include <csignal>
#include <cstdlib>
#include <string>

namespace guanhu::base {

void fault(std::string_view name) {
  static const char* wanted = std::getenv("GUANHU_FAULT");
  if (!wanted) return;
  static int times = [] {
    std::string_view text = wanted;
    size_t colon = text.rfind(':');
    return colon == std::string_view::npos ? 1 : std::atoi(wanted + colon + 1);
  }();
  std::string_view point = std::string_view(wanted).substr(0, std::string_view(wanted).rfind(':'));
  if (point == name && --times == 0) std::raise(SIGKILL);
}

}  // namespace guanhu::base
