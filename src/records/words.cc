#include "records/words.h"

#include <algorithm>

namespace guanhu::records {

namespace {

size_t length_at(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t wanted = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (at + wanted > text.size()) return 1;
  for (size_t i = 1; i < wanted; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 1;
  return wanted;
}

uint32_t code_of(std::string_view c) {
  auto at = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(c[i])); };
  if (c.size() == 1) return at(0) < 0x80 ? at(0) : 0;  // a broken byte parts words
  if (c.size() == 2) return (at(0) & 0x1F) << 6 | (at(1) & 0x3F);
  if (c.size() == 3) return (at(0) & 0x0F) << 12 | (at(1) & 0x3F) << 6 | (at(2) & 0x3F);
  return (at(0) & 0x07) << 18 | (at(1) & 0x3F) << 12 | (at(2) & 0x3F) << 6 | (at(3) & 0x3F);
}

bool is_ideograph(uint32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         c == 0x3007;
}

bool is_plain(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Full-width letters and figures as the ordinary ones: who types with a Chinese keyboard finds the same.
uint32_t narrowed(uint32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + 0x21 : c; }

// Letters of other scripts (accents, Greek, Cyrillic, kana) belong to words as they are.
bool is_letter(uint32_t c) { return (c >= 0xC0 && c <= 0x1FFF) || (c >= 0x3041 && c <= 0x30FF); }

}  // namespace

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at < text.size();) {
    const size_t n = length_at(text, at);
    out.push_back(text.substr(at, n));
    at += n;
  }
  return out;
}

std::string cut(std::string_view text) {
  std::string out;
  bool in_word = false;
  for (std::string_view c : characters(text)) {
    const uint32_t code = narrowed(code_of(c));
    const bool plain = is_plain(code), letter = plain || is_letter(code), whole = is_ideograph(code);
    if ((whole || (letter && !in_word)) && !out.empty()) out += ' ';
    if (plain) out += static_cast<char>(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code);
    else if (letter || whole) out += c;
    in_word = letter;
  }
  return out;
}

std::vector<std::string> phrases(std::string_view query) {
  std::vector<std::string> out;
  std::string part;
  auto take = [&] {
    if (auto phrase = cut(part); !phrase.empty()) out.push_back(std::move(phrase));
    part.clear();
  };
  for (std::string_view c : characters(query)) {
    if (c == " " || c == "\t" || c == "\n" || c == "　") take();
    else part += c;
  }
  take();
  return out;
}

bool open_ended(const std::string& phrase) {
  const auto last = characters(phrase).back();
  return !is_ideograph(code_of(last));
}

namespace {

void collect(const base::Json& value, std::string& out, size_t limit) {
  if (out.size() >= limit) return;
  if (const std::string* text = value.as_string()) out += *text + "\n";
  if (const base::JsonArray* all = value.as_array())
    for (const auto& one : *all) collect(one, out, limit);
  if (const base::JsonObject* all = value.as_object())
    for (const auto& [name, one] : *all) collect(one, out, limit);
}

}  // namespace

std::string texts_of(const base::Json& value, size_t limit) {
  std::string out;
  collect(value, out, limit);
  if (out.size() <= limit) return out;
  size_t end = 0;  // no character is cut in two
  for (std::string_view c : characters(out)) {
    if (end + c.size() > limit) break;
    end += c.size();
  }
  return out.substr(0, end);
}

std::string excerpt(const std::string& text, std::string_view query) {
  const auto all = characters(text);
  std::string low = text;
  std::transform(low.begin(), low.end(), low.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  size_t found = std::string::npos;
  std::string part;
  for (const auto& phrase : phrases(query)) {
    part.clear();
    for (std::string_view c : characters(phrase))
      if (c != " ") part += c;
    found = std::min(found, low.find(part));
  }
  size_t first = 0;
  if (found != std::string::npos)
    while (first < all.size() && static_cast<size_t>(all[first].data() - text.data()) < found) ++first;
  const size_t from = first > 20 ? first - 20 : 0, to = std::min(all.size(), from + 60);
  std::string out = from ? "…" : "";
  for (size_t i = from; i < to; ++i) out += all[i] == "\n" ? std::string_view(" ") : all[i];
  return to < all.size() ? out + "…" : out;
}

}  // namespace guanhu::records
