// The names an expression may use that it does not define itself: inputs, parameters, decisions.
//
// Every name has a slot: the place of its value in the span that Program::evaluate() gets. A name may
// contain spaces and the signs . / - ' + *; white space in it counts as one space.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feel/type.h"
#include "feel/value.h"

namespace guanhu::feel {

// Words that a host lets stand behind a number and that belong to it, with the power of ten they multiply it
// by: "km" 3. Standard FEEL has none. Two of them may be divided: "km/h".
struct Suffix {
  std::string word;
  int exponent = 0;
};
using Suffixes = std::vector<Suffix>;

class Scope {
 public:
  struct Name {
    std::string name;
    TypeRef type;                   // null: unknown
    std::optional<Value> constant;  // known when compiling: folded into the program, its slot is not read
  };

  // Returns the slot. A name declared again keeps its slot and takes the new type and constant.
  int declare(std::string name, TypeRef type = nullptr, std::optional<Value> constant = std::nullopt);
  // Named types for `instance of` and parameters: item definitions.
  void declare_type(std::string name, TypeRef type);
  // Behind a number such a word goes before a name that would begin there.
  void allow_suffixes(std::shared_ptr<const Suffixes> suffixes) { suffixes_ = std::move(suffixes); }

  // -1 when unknown.
  int find(std::string_view name) const;
  const Name& at(int slot) const { return names_[static_cast<size_t>(slot)]; }
  const std::vector<Name>& names() const { return names_; }
  size_t size() const { return names_.size(); }
  TypeRef find_type(std::string_view name) const;
  const std::map<std::string, TypeRef, std::less<>>& types() const { return *types_; }
  const Suffixes* suffixes() const { return suffixes_.get(); }  // null: none

 private:
  std::vector<Name> names_;
  std::unordered_map<std::string, int> slots_;
  // Shared by copies until one of them declares another.
  std::shared_ptr<std::map<std::string, TypeRef, std::less<>>> types_ =
      std::make_shared<std::map<std::string, TypeRef, std::less<>>>();
  std::shared_ptr<const Suffixes> suffixes_;
};

// One space for every run of white space, none at the ends.
std::string normal_name(std::string_view name);

}  // namespace guanhu::feel
