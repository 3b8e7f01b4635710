// SHA-256, for files, packs and runs.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace guanhu::base {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(std::string_view bytes);
  std::string hex();  // lower case, 64 characters; ends the computation

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace guanhu::base
