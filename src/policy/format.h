// Lays out the pipe tables of a document: the cells of a column begin below each other, also where they
// are Chinese. Nothing but blanks is changed.
#pragma once
#include <string>
#include <string_view>

namespace guanhu::policy {

// Tables in `decision`, `function` and `case` blocks, and the lines of `gate` and `refuse`. Lines whose cells
// do not fit the header's are left as they are.
std::string format_document(std::string_view text);

}  // namespace guanhu::policy
