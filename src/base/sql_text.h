// Finds parameter marks in SQL text: where the text is code, not inside string literals ('..', E'..'),
// quoted names, comments (-- and nested /* */) or dollar quotes ($tag$..$tag$).
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace guanhu::base {

// `?` marks become $1, $2, ... in order; `marks` is set to their number.
std::string number_marks(std::string_view sql, size_t& marks);

// Each $n (n from 1) becomes text(n).
std::string replace_numbered(std::string_view sql, const std::function<std::string(size_t)>& text);

}  // namespace guanhu::base
