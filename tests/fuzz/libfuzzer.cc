// The targets for libFuzzer. Which one runs is said by the environment, since libFuzzer has the command line:
//   GUANHU_FUZZ_TARGET=NAME fuzz [libFuzzer's options] [CORPUS...]
//   GUANHU_FUZZ_WRITE=DIR fuzz     writes DIR/NAME/seeds/* and DIR/NAME/words.dict of every target, and ends
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "fuzz.h"

namespace {
using guanhu::fuzz::Target;

const std::vector<Target>& targets() {
  static const std::vector<Target> all = guanhu::fuzz::all_targets();
  return all;
}

const Target* chosen = nullptr;

// A word as libFuzzer's dictionaries want it: every byte as \xNN.
std::string as_word(std::string_view word) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string s = "\"";
  for (unsigned char c : word) s += {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
  return s + "\"";
}

void write(const std::filesystem::path& folder, const Target& target) {
  auto place = folder / target.name;
  std::filesystem::create_directories(place / "seeds");
  size_t n = 0;
  for (const auto& seed : target.seeds)
    std::ofstream(place / "seeds" / std::to_string(++n), std::ios::binary) << seed;
  std::ofstream words(place / "words.dict");
  for (const auto& word : target.words) words << as_word(word) << "\n";
}
}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (const char* folder = std::getenv("GUANHU_FUZZ_WRITE")) {
    for (const auto& target : targets()) write(folder, target), std::cout << target.name << "\n";
    std::exit(0);
  }
  const char* name = std::getenv("GUANHU_FUZZ_TARGET");
  for (const auto& target : targets())
    if (name && target.name == name) chosen = &target;
  if (chosen) return 0;
  std::cerr << "fuzz: GUANHU_FUZZ_TARGET must name a target; ./dev fuzz does it\n";
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chosen->run(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
