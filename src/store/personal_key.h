// The key under which a bank's personal data lies at rest: identity numbers and phones in the warehouse, each
// extract that was landed. Start here when you store or show such a value.
//
// A value is sealed deterministically (the same number gives the same text under one key), so that rows can be
// compared and a customer found by number without opening anything; what that gives away, and what not, stands in
// docs/decisions/0005-personal-data-at-rest.md. Files are sealed under a fresh nonce each.
//
// The key lies in DIR/personal.key (mode 0600), or in the file that GUANHU_KEY_FILE names.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace guanhu::store {

class PersonalKey {
 public:
  // A key made anew.
  static PersonalKey make();
  // Refused (key.missing, key.damaged): no such file, or no key file.
  static base::Result<PersonalKey> read(const std::filesystem::path& file);
  void write(const std::filesystem::path& file) const;  // mode 0600, whole or not at all

  // "enc:1f09…:BASE64". Nothing is sealed into nothing: "" stays "".
  std::string seal(std::string_view value) const;
  // The value as it was; what was never sealed comes as it is (a bank from before there was a key). Throws Broken
  // for a value of another bank's key.
  std::string open(std::string_view stored) const;
  // Every way the value may be stored in: under each key there is, and plain.
  std::vector<std::string> stored_forms(std::string_view value) const;
  static bool is_sealed(std::string_view stored);

  // A file's bytes, authenticated. Refused (key.file): changed, cut, or of another bank's key.
  std::string seal_file(std::string_view bytes) const;
  base::Result<std::string> open_file(std::string_view bytes) const;
  static bool is_sealed_file(std::string_view bytes);

  // Which key seals.
  const std::string& current() const { return keys_.back().id; }
  bool has(std::string_view id) const { return find(id) != nullptr; }
  // A new key seals from now on; what the old ones sealed is still opened.
  void rotate();
  // Only the newest is kept: everything else must have been sealed anew.
  void forget_old();

 private:
  struct Key {
    std::string id;      // 8 hexadecimal digits of its digest
    std::string secret;  // 32 bytes
  };
  PersonalKey() = default;
  static Key fresh();
  const Key* find(std::string_view id) const;
  std::vector<Key> keys_;  // oldest first; never empty
};

}  // namespace guanhu::store
