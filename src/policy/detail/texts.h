// Parts of the strings of a block as Texts, which know their places; lines and cells of them.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "feel/source.h"
#include "policy/decision.h"
#include "policy/detail/tree.h"

namespace guanhu::policy::detail {

// Bytes [begin, end) of a string of a block.
Text text_of(const Node& node, size_t begin, size_t end);
Text text_of(const Node& node);
// The same of a Text; white space at both ends left out.
Text trimmed(const Text& text);
Text part_of(const Text& text, size_t begin, size_t end);
// A stretch of a Text in the document; the whole of it without a range.
Place place_of(const Text& text);
Place place_of(const Text& text, feel::SourceRange range);

// The lines of a text without those that are empty or begin with "#" or "//".
std::vector<Text> lines_of(const Text& text);

// Walks over a text outside of quotes: calls `at(offset, depth)` for every character that stands in no
// "…"; depth counts open ( [ {. Stops where it returns true; gives that offset, or npos.
template <class At>
size_t outside_quotes(std::string_view text, At&& at) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
      continue;
    }
    if (c == ')' || c == ']' || c == '}') --depth;
    if (at(i, depth)) return i;
    if (c == '"') quoted = true;
    if (c == '(' || c == '[' || c == '{') ++depth;
  }
  return std::string_view::npos;
}

// Split at `sign` outside of quotes and brackets.
std::vector<Text> split(const Text& text, char sign);

// A line of a pipe table: sections stand between "||", cells between "|"; every cell is trimmed.
std::vector<std::vector<Text>> cells_of(const Text& line);
// Whether the text holds a "|" outside of quotes: it is a table, no formula.
bool is_table(std::string_view text);

// The first offset of "=" that stands alone (not <=, >=, !=, ==) outside of quotes and brackets, or npos.
size_t find_equals(std::string_view text);
// The first ":" or "：" outside of quotes and brackets; its length in bytes goes to `width`.
size_t find_colon(std::string_view text, size_t& width);

// Whether it can be a name in a formula: letters, Chinese, digits, "_"; no digit first; no word of FEEL.
// What a whole pack knows by its name cannot be called 满分 either, which a score's formula calls its full mark.
bool valid_name(std::string_view name);
bool valid_local_name(std::string_view name);  // of an input, a step, a part

}  // namespace guanhu::policy::detail
