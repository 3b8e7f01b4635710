#include "base/identity.h"

#include <algorithm>
#include <array>

namespace guanhu::base {

namespace {
bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::string_view kCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
}  // namespace

std::optional<char> resident_check(std::string_view first17) {
  if (first17.size() != 17 || !all_digits(first17)) return std::nullopt;
  static constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) sum += (first17[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

std::optional<Date> resident_birthday(std::string_view id) {
  if (id.size() < 14 || !all_digits(id.substr(6, 8))) return std::nullopt;
  auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (char c : id.substr(from, count)) value = value * 10 + (c - '0');
    return value;
  };
  return Date::from_ymd(number(6, 4), number(10, 2), number(12, 2));
}

std::optional<std::string> complete_resident_id(std::string_view first17) {
  auto check = resident_check(first17);
  if (!check || !resident_birthday(first17)) return std::nullopt;
  return std::string(first17) + *check;
}

bool valid_resident_id(std::string_view id) {
  if (id.size() != 18 || !resident_birthday(id)) return false;
  auto check = resident_check(id.substr(0, 17));
  return check && *check == id[17];
}

std::optional<char> organisation_check(std::string_view first8) {
  static constexpr std::array<int, 8> kWeights = {3, 7, 9, 10, 5, 8, 4, 2};
  if (first8.size() != 8) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < 8; ++i) {
    char c = first8[i];
    bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'A' || c > 'Z')) return std::nullopt;
    sum += (digit ? c - '0' : c - 'A' + 10) * kWeights[i];
  }
  return "0X987654321"[sum % 11];
}

std::optional<char> credit_code_check(std::string_view first17) {
  if (first17.size() != 17 || !all_digits(first17.substr(2, 6))) return std::nullopt;
  size_t sum = 0, weight = 1;
  for (char c : first17) {
    size_t value = kCreditCharacters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return kCreditCharacters[(31 - sum % 31) % 31];
}

std::optional<std::string> complete_credit_code(std::string_view first17) {
  auto check = credit_code_check(first17);
  if (!check) return std::nullopt;
  return std::string(first17) + *check;
}

bool valid_credit_code(std::string_view code) {
  if (code.size() != 18) return false;
  auto check = credit_code_check(code.substr(0, 17));
  return check && *check == code[17];
}

}  // namespace guanhu::base
