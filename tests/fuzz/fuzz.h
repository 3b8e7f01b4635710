// What a fuzz target is: a name, inputs to start from, words that mean something to it, and a function that must
// survive any bytes. libfuzzer.cc hands it to libFuzzer; driver.cc mutates the seeds alone, for a short run.
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
std::vector<Target> decision_targets();
std::vector<Target> dmn_targets();
std::vector<Target> feed_targets();
std::vector<Target> feel_targets();
std::vector<Target> policy_targets();
std::vector<Target> all_targets();

}  // namespace guanhu::fuzz
