// What a fuzz target is: a name, inputs to start from, words that mean something to it, and a function that must
// survive any bytes. The driver (driver.cc) mutates the inputs and keeps those that reach new code.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace guanhu::fuzz {

struct Target {
  std::string_view name;
  std::vector<std::string> seeds;
  std::vector<std::string> words;
  // Throws, aborts or is caught by a sanitizer: the input is a finding.
  void (*run)(std::string_view input);
};

// A property that must hold for every input; ends the program with `what` where it does not.
void require(bool holds, std::string_view what);

std::vector<Target> base_targets();
std::vector<Target> dmn_targets();
std::vector<Target> feed_targets();
std::vector<Target> feel_targets();
std::vector<Target> policy_targets();

}  // namespace guanhu::fuzz
