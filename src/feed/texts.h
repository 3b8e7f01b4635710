// What the import says to people: every message once, in Chinese, by a stable English code that
// programs may rely on.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error.h"

namespace guanhu::feed {

// The text of `code` with {0}, {1}, ... replaced. Unknown codes throw Broken (a bug).
std::string say(std::string_view code, std::initializer_list<std::string_view> values = {});

// An Error from two texts: CODE for the message, CODE.hint (where there is one) for how to mend it.
base::Error refuse(std::string_view code, std::string where = "",
                   std::initializer_list<std::string_view> values = {});

}  // namespace guanhu::feed
