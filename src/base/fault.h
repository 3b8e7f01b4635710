// Places at which a test may kill the process, to see what a crash leaves behind.
#pragma once
#include <string_view>

namespace guanhu::base {

// Kills this process (SIGKILL) when the environment says GUANHU_FAULT=name or GUANHU_FAULT=name:N (the
// N-th time it comes here). Costs nothing otherwise.
void fault(std::string_view name);

}  // namespace guanhu::base
