#include "customers/intake_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace guanhu::customers {

namespace {

constexpr std::string_view kWide = "　";

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
int to_int(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

std::string trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    while (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos)
      text.remove_prefix(1), again = true;
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
      text.remove_suffix(1), again = true;
    if (text.starts_with(kWide)) text.remove_prefix(kWide.size()), again = true;
    if (text.ends_with(kWide)) text.remove_suffix(kWide.size()), again = true;
  }
  return std::string(text);
}

size_t characters_in(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::optional<base::Date> read_day(std::string_view given) {
  std::string text = trimmed(given);
  if (text.size() == 8 && digits(text))
    return base::Date::from_ymd(to_int(text.substr(0, 4)), to_int(text.substr(4, 2)), to_int(text.substr(6)));
  for (std::string_view word : {"年", "月"})
    if (size_t at = text.find(word); at != text.npos) text.replace(at, word.size(), "-");
  if (text.ends_with("日")) text.resize(text.size() - std::string_view("日").size());
  for (char& c : text)
    if (c == '/' || c == '.') c = '-';
  const size_t first = text.find('-'), second = first == text.npos ? first : text.find('-', first + 1);
  if (second == text.npos) return std::nullopt;
  const std::array parts = {text.substr(0, first), text.substr(first + 1, second - first - 1),
                            text.substr(second + 1)};
  if (parts[0].size() != 4) return std::nullopt;
  for (const auto& part : parts)
    if (!digits(part) || part.size() > 4) return std::nullopt;
  return base::Date::from_ymd(to_int(parts[0]), to_int(parts[1]), to_int(parts[2]));
}

std::optional<base::Decimal> read_number(std::string_view given) {
  std::string text = trimmed(given);
  std::erase(text, ',');
  const size_t point = text.find('.'), sign = text.starts_with("-") ? 1 : 0;
  const std::string whole = text.substr(sign, point == text.npos ? text.npos : point - sign);
  const std::string part = point == text.npos ? "" : text.substr(point + 1);
  if (!digits(whole) || whole.size() > 12 || part.size() > 6 || (point != text.npos && !digits(part)))
    return std::nullopt;
  return base::Decimal::parse(text);
}

std::vector<std::string> parted(std::string_view text) {
  std::string plain(text);
  for (std::string_view mark : {"；", "、"})
    for (size_t at; (at = plain.find(mark)) != plain.npos;) plain.replace(at, mark.size(), ";");
  std::vector<std::string> out;
  std::string one;
  for (char c : plain + ";") {
    if (c != ';' && c != '|' && c != '\n') {
      one += c;
      continue;
    }
    if (std::string part = trimmed(one); !part.empty()) out.push_back(std::move(part));
    one.clear();
  }
  return out;
}

std::string column_letters(size_t column) {
  std::string out;
  for (size_t n = column + 1; n > 0; n = (n - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

}  // namespace guanhu::customers
