#include "store/personal_key.h"

#include <sodium.h>

#include "base/files.h"
#include "base/json.h"

namespace guanhu::store {

using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

constexpr size_t kSecret = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::string_view kMark = "enc:", kFileMark = "GHSEAL1\n";
constexpr size_t kId = 8;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void need_sodium() {
  if (sodium_init() < 0) throw base::Broken("libsodium cannot start");
}

std::string base64(std::string_view raw) {
  std::string out(sodium_base64_encoded_len(raw.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes(raw), raw.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  out.pop_back();  // its NUL
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  size_t n = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes(out), out.size(), text.data(), text.size(), nullptr, &n, &end,
                        sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  out.resize(n);
  return out;
}

std::string digest(std::string_view text, std::string_view key, size_t length) {
  std::string out(length, '\0');
  crypto_generichash(bytes(out), out.size(), bytes(text), text.size(), key.empty() ? nullptr : bytes(key),
                     key.size());
  return out;
}

std::string encrypt(std::string_view plain, std::string_view nonce, std::string_view about,
                    std::string_view secret) {
  std::string out(plain.size() + kTag, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out), nullptr, bytes(plain), plain.size(), bytes(about),
                                             about.size(), nullptr, bytes(nonce), bytes(secret));
  return out;
}

std::optional<std::string> decrypt(std::string_view sealed, std::string_view nonce, std::string_view about,
                                   std::string_view secret) {
  if (sealed.size() < kTag) return std::nullopt;
  std::string out(sealed.size() - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(out), nullptr, nullptr, bytes(sealed), sealed.size(),
                                                 bytes(about), about.size(), bytes(nonce), bytes(secret)) != 0)
    return std::nullopt;
  return out;
}

base::Error damaged(const fs::path& file, const std::string& what) {
  return {"key.damaged", "the key file is damaged: " + what, file.string(), "restore it from a backup"};
}

}  // namespace

PersonalKey::Key PersonalKey::fresh() {
  need_sodium();
  Key key;
  key.secret.resize(kSecret);
  randombytes_buf(key.secret.data(), key.secret.size());
  const std::string raw = digest(key.secret, "", crypto_generichash_BYTES_MIN);
  std::string hex(2 * raw.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes(std::string_view(raw)), raw.size());
  key.id = hex.substr(0, kId);
  return key;
}

PersonalKey PersonalKey::make() {
  PersonalKey out;
  out.keys_.push_back(fresh());
  return out;
}

base::Result<PersonalKey> PersonalKey::read(const fs::path& file) {
  need_sodium();
  auto text = base::read_file(file);
  if (!text)
    return base::Error{"key.missing", "the key of the bank's personal data is not there", file.string(),
                       "restore it from a backup, or name it with GUANHU_KEY_FILE"};
  auto json = Json::parse(*text);
  const Json* keys = json ? json->find("keys") : nullptr;
  if (!keys || !keys->as_array() || keys->as_array()->empty()) return damaged(file, "it holds no keys");
  PersonalKey out;
  for (const Json& one : *keys->as_array()) {
    const Json *id = one.find("id"), *secret = one.find("key");
    auto raw = secret && secret->as_string() ? from_base64(*secret->as_string()) : std::nullopt;
    if (!id || !id->as_string() || id->as_string()->size() != kId || !raw || raw->size() != kSecret)
      return damaged(file, "a key has not its form");
    out.keys_.push_back({*id->as_string(), std::move(*raw)});
  }
  return out;
}

void PersonalKey::write(const fs::path& file) const {
  JsonArray keys;
  for (const Key& key : keys_) keys.push_back(JsonObject{{"id", key.id}, {"key", base64(key.secret)}});
  Json all(JsonObject{{"about",
                       "the key of this bank's personal data: without it identity numbers, phones and landed "
                       "extracts cannot be read"},
                      {"keys", std::move(keys)}});
  base::write_file_atomic(file, all.dump(1) + "\n", 0600);
}

const PersonalKey::Key* PersonalKey::find(std::string_view id) const {
  for (const Key& key : keys_)
    if (key.id == id) return &key;
  return nullptr;
}

namespace {
// The nonce is a keyed digest of the value: the same value is sealed alike, another one never under the same
// nonce.
std::string seal_with(std::string_view id, std::string_view secret, std::string_view value) {
  const std::string nonce = digest(value, digest("nonce of personal values", secret, 32), kNonce);
  return std::string(kMark) + std::string(id) + ":" + base64(nonce + encrypt(value, nonce, id, secret));
}
}  // namespace

std::string PersonalKey::seal(std::string_view value) const {
  return value.empty() ? "" : seal_with(keys_.back().id, keys_.back().secret, value);
}

bool PersonalKey::is_sealed(std::string_view stored) {
  return stored.starts_with(kMark) && stored.size() > kMark.size() + kId && stored[kMark.size() + kId] == ':';
}

std::string PersonalKey::open(std::string_view stored) const {
  if (!is_sealed(stored)) return std::string(stored);
  const Key* key = find(stored.substr(kMark.size(), kId));
  auto raw = from_base64(stored.substr(kMark.size() + kId + 1));
  if (!key || !raw || raw->size() < kNonce)
    throw base::Broken("a personal value was sealed under a key that is not in this bank's key file");
  std::string_view whole = *raw;
  auto plain = decrypt(whole.substr(kNonce), whole.substr(0, kNonce), key->id, key->secret);
  if (!plain) throw base::Broken("a sealed personal value was changed");
  return *plain;
}

std::vector<std::string> PersonalKey::stored_forms(std::string_view value) const {
  std::vector<std::string> out = {std::string(value)};
  for (const Key& key : keys_) out.push_back(seal_with(key.id, key.secret, value));
  return out;
}

std::string PersonalKey::seal_file(std::string_view plain) const {
  std::string nonce(kNonce, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  const Key& key = keys_.back();
  return std::string(kFileMark) + key.id + nonce + encrypt(plain, nonce, key.id, key.secret);
}

bool PersonalKey::is_sealed_file(std::string_view stored) { return stored.starts_with(kFileMark); }

base::Result<std::string> PersonalKey::open_file(std::string_view stored) const {
  base::Error refused{"key.file", "the file cannot be opened with this bank's key", "",
                      "restore the file, or the key it was sealed with"};
  if (!is_sealed_file(stored) || stored.size() < kFileMark.size() + kId + kNonce + kTag) return refused;
  stored.remove_prefix(kFileMark.size());
  const Key* key = find(stored.substr(0, kId));
  if (!key) return refused;
  stored.remove_prefix(kId);
  auto plain = decrypt(stored.substr(kNonce), stored.substr(0, kNonce), key->id, key->secret);
  if (!plain) return refused;
  return std::move(*plain);
}

void PersonalKey::rotate() { keys_.push_back(fresh()); }

void PersonalKey::forget_old() { keys_.erase(keys_.begin(), keys_.end() - 1); }

}  // namespace guanhu::store
