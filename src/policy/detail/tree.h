// The body of a block (TOML) as a tree in which every key and value knows its place in the document.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "policy/detail/source.h"

namespace guanhu::policy::detail {

enum class NodeKind { string, number, boolean, date, list, table };

struct Entry;

struct Node {
  NodeKind kind = NodeKind::table;
  Place at;          // of the value; of a table: its header
  std::string text;  // a string's value; a number as it is written
  base::Decimal number;
  bool boolean = false;
  base::Date date;
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a table, in the order of the document
  std::vector<Place> origins;  // of a string: the place of every code point, and of its end

  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place at;
  Node value;
};

// "文字", "数字", ...: for messages.
std::string_view kind_name(NodeKind kind);

// Parses `body`, whose first line is line `first_line` of the document. Syntax errors are reported
// (policy.toml...), and nothing is returned.
std::optional<Node> parse_tree(const Source& source, std::string_view body, int first_line, Report& report);

}  // namespace guanhu::policy::detail
