// The lines of a block's TOML as a form changes them: keys at the head, then [tables] and [[tables]]. Everything
// that is not changed keeps its bytes. Used by block_edit.cc only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "policy/detail/tree.h"

namespace guanhu::policy::detail {

class BlockLines {
 public:
  // `order`: where a new key goes.
  BlockLines(std::vector<std::string> lines, std::vector<std::string> order);
  bool readable() const { return body_.has_value(); }
  const std::vector<std::string>& lines() const { return lines_; }
  bool nothing() const;  // only blanks and remarks are left

  bool has_tables(const std::string& key) const;
  void set(const std::string& key, const base::Json& value);
  void take_out(const std::string& key);
  // The [[key]] tables as these objects, in their order; one that was there is known by its first member.
  void set_tables(const std::string& key, const base::JsonArray& values);
  // All [key] and [[key]] tables; false: there are none.
  bool remove_tables(const std::string& key);

 private:
  struct Stretch {
    size_t begin = 0, end = 0;  // lines [begin, end)
  };
  struct Table {
    std::string name;  // "" the head
    Stretch at;        // with its header, blanks behind it left out
  };
  std::vector<Table> tables() const;
  std::optional<Stretch> key_in(const Stretch& table, const std::string& key) const;
  Stretch place_for(const Stretch& table, const std::string& key) const;
  void set_in(size_t header, const std::string& key, const base::Json& value, const Node* was);
  size_t width_in(const Stretch& table, const std::string& key) const;
  Stretch table_at(size_t header) const;
  std::vector<std::string> new_table(const std::string& key, const base::JsonObject& members) const;
  std::vector<std::string> changed_table(const Table& old, const base::JsonObject& members, const Node& was) const;
  void read();

  std::vector<std::string> lines_, order_;
  std::optional<Node> body_;
};

}  // namespace guanhu::policy::detail
