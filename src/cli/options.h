// Reads a command's arguments: "--name VALUE", "--name=VALUE", switches "--name", the rest in order.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace guanhu::cli {

class Options {
 public:
  // Unknown options, a missing value and a repeated option are errors that name the option and what
  // is known ("cli.option").
  static base::Result<Options> parse(const std::vector<std::string>& arguments,
                                     const std::vector<std::string_view>& with_value,
                                     const std::vector<std::string_view>& switches);
  bool has(std::string_view name) const { return named_.count(std::string(name)) != 0; }
  std::optional<std::string> get(std::string_view name) const;
  // The value of an option that must be there ("cli.missing").
  base::Result<std::string> need(std::string_view name) const;
  // A non-negative whole number ("cli.number").
  base::Result<long> number(std::string_view name, long otherwise) const;
  const std::vector<std::string>& rest() const { return rest_; }

 private:
  std::map<std::string, std::string> named_;
  std::vector<std::string> rest_;
};

}  // namespace guanhu::cli
