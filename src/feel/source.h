// Places in the text of an expression, and how they are shown.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace guanhu::feel {

// Bytes [begin, end) of the source.
struct SourceRange {
  uint32_t begin = 0, end = 0;
};

struct LineColumn {
  int line, column;  // from 1; columns count characters, not bytes
};
LineColumn line_column(std::string_view source, size_t offset);
std::string position(std::string_view source, size_t offset);  // "line:column"

// The line of the range with a caret under every character of it:
//   存款 > "a"
//          ^^^
// Wide characters take two columns, as terminals show them.
std::string caret(std::string_view source, SourceRange range);

base::Error error_at(std::string_view source, SourceRange range, std::string code, std::string message,
                     std::string hint = "");

}  // namespace guanhu::feel
