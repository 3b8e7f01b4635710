// SHA-256, for files, packs and runs; what is signed with it.
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

// HMAC-SHA-256 (RFC 2104): 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string hex_of(std::string_view bytes);     // lower case
std::string base64_of(std::string_view bytes);  // RFC 4648, with padding

}  // namespace guanhu::base
