// Numbers for ids: 1, 2, 3, ...; 0 means "none".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace guanhu::attribution {

class Names {
 public:
  Names() : names_(1) {}
  uint32_t number(std::string_view id);      // new ids get the next number; "" is 0
  uint32_t find(std::string_view id) const;  // 0 when unknown
  std::string_view name(uint32_t number) const { return names_[number]; }
  size_t size() const { return names_.size(); }  // with 0
  // Renumbers in order of the ids; the result maps old numbers to new ones.
  std::vector<uint32_t> sort();

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::vector<std::string> names_;
  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace guanhu::attribution
