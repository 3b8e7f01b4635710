#include "appraisal/text_table.h"

#include <algorithm>

namespace guanhu::appraisal {

namespace {
// CJK, full-width forms and their punctuation are two columns wide; enough for bank staff's texts.
bool wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
         (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x20000 && c <= 0x3fffd);
}

char32_t next(std::string_view text, size_t& at) {
  auto lead = static_cast<unsigned char>(text[at++]);
  int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  char32_t c = more == 3 ? lead & 7u : more == 2 ? lead & 15u : more == 1 ? lead & 31u : lead;
  for (; more > 0 && at < text.size(); --more) c = (c << 6) | (static_cast<unsigned char>(text[at++]) & 63u);
  return c;
}

bool numeric(std::string_view cell) {
  return cell == "—" || (!cell.empty() && cell.find_first_not_of("0123456789.,-+%") == std::string_view::npos);
}
}  // namespace

size_t width_of(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) width += wide(next(text, at)) ? 2 : 1;
  return width;
}

std::string grouped(const base::Decimal& value, int decimals) {
  std::string text = value.abs().str();
  size_t point = std::min(text.find('.'), text.size());
  std::string whole = text.substr(0, point), fraction = point < text.size() ? text.substr(point + 1) : "";
  fraction.resize(std::max<size_t>(fraction.size(), static_cast<size_t>(decimals)), '0');
  for (int at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3) whole.insert(static_cast<size_t>(at), ",");
  return (value.is_negative() ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

std::string TextTable::str() const {
  std::vector<size_t> widths(head_.size(), 0);
  auto measure = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size() && i < widths.size(); ++i)
      widths[i] = std::max(widths[i], width_of(cells[i]));
  };
  measure(head_);
  for (const auto& r : rows_) measure(r);
  std::string out;
  auto line = [&](const std::vector<std::string>& cells, const std::vector<std::string>& like) {
    for (size_t i = 0; i < widths.size(); ++i) {
      const std::string& cell = cells[i];
      std::string pad(widths[i] - width_of(cell), ' ');
      out += (i ? "  " : "") + (numeric(like[i]) ? pad + cell : cell + pad);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += "\n";
  };
  line(head_, rows_.empty() ? head_ : rows_[0]);
  for (const auto& r : rows_) line(r, r);
  return out;
}

}  // namespace guanhu::appraisal
