#include "policy/format.h"

#include <algorithm>
#include <vector>

#include "policy/detail/text.h"
#include "policy/detail/texts.h"

namespace guanhu::policy {

namespace {

using Cells = std::vector<std::vector<Text>>;

size_t width(std::string_view text) {
  int out = 0;
  for (char32_t c : detail::code_points(text)) out += detail::display_width(c);
  return static_cast<size_t>(out);
}

std::string_view indent(std::string_view line) {
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

// One table: rows that follow each other, and remarks between them, which stay as they are.
class Lines {
 public:
  bool empty() const { return lines_.empty(); }
  void remark(std::string_view line) { remarks_.emplace_back(lines_.size(), line); }
  void add(std::string_view line) {
    lines_.emplace_back(line);
    cells_.push_back(detail::cells_of({std::string(line), 1, 1}));
  }

  void write(std::string& out) const {
    std::vector<std::vector<size_t>> widths;
    for (const Cells& row : cells_) measure(row, widths);
    // The least: a row without a first cell is indented by its room as well.
    const std::string before(
        indent(*std::min_element(lines_.begin(), lines_.end(), [](const std::string& a, const std::string& b) {
          return indent(a).size() < indent(b).size();
        })));
    size_t remark = 0;
    for (size_t i = 0; i < lines_.size(); ++i) {
      for (; remark < remarks_.size() && remarks_[remark].first <= i; ++remark)
        out += remarks_[remark].second + "\n";
      out += before + laid_out(cells_[i], widths) + "\n";
    }
    for (; remark < remarks_.size(); ++remark) out += remarks_[remark].second + "\n";
  }

 private:
  static void measure(const Cells& row, std::vector<std::vector<size_t>>& widths) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t s = 0; s < row.size(); ++s) {
      widths[s].resize(std::max(widths[s].size(), row[s].size()));
      for (size_t c = 0; c < row[s].size(); ++c) {
        bool last = s + 1 == row.size() && c + 1 == row[s].size();  // what ends the line needs no room
        if (!last) widths[s][c] = std::max(widths[s][c], width(row[s][c].text));
      }
    }
  }

  static std::string laid_out(const Cells& row, const std::vector<std::vector<size_t>>& widths) {
    std::string out;
    for (size_t s = 0; s < row.size(); ++s) {
      if (s > 0) out += " || ";
      for (size_t c = 0; c < row[s].size(); ++c) {
        if (c > 0) out += " | ";
        const std::string& cell = row[s][c].text;
        out += cell;
        size_t room = widths[s][c], taken = width(cell);
        if (room > taken) out += std::string(room - taken, ' ');
      }
    }
    // Where every row begins with a bar, the bar stands first: a blank before it would be one more each time.
    size_t begin = widths[0][0] == 0 && out.starts_with(' ') ? 1 : 0, end = out.find_last_not_of(' ');
    return end == std::string::npos || end < begin ? "" : out.substr(begin, end + 1 - begin);
  }

  std::vector<std::string> lines_;
  std::vector<Cells> cells_;
  std::vector<std::pair<size_t, std::string>> remarks_;  // before which row
};

bool has_table_sign(std::string_view line) {
  std::string text(line);
  return detail::outside_quotes(text, [&](size_t at, int) { return text.compare(at, 2, "||") == 0; }) != text.npos;
}

// Walks over the lines of a document and tells which of them are rows.
class Walk {
 public:
  // Of the line that was asked about last: a remark, which the table goes on behind.
  bool is_remark(std::string_view line) const { return in_block_ && detail::trim(line).starts_with('#'); }

  bool is_row(std::string_view line) {
    std::string_view text = detail::trim(line);
    if (text.starts_with("```")) {
      in_block_ = !in_block_ && (text.starts_with("```decision") || text.starts_with("```function") ||
                                 text.starts_with("```case"));
      listed_ = false;
      return false;
    }
    if (!in_block_) return false;
    if (listed_ && text == "\"\"\"") return listed_ = false;
    if ((text.starts_with("gate") || text.starts_with("refuse")) && text.ends_with("\"\"\"")) {
      listed_ = true;
      return false;
    }
    if (text.empty() || text[0] == '#') return false;
    return listed_ ? detail::is_table(text) : has_table_sign(text) && text.find("\"\"\"") == text.npos;
  }

 private:
  bool in_block_ = false;
  bool listed_ = false;  // inside gate = """ or refuse = """
};

}  // namespace

std::string format_document(std::string_view text) {
  std::string out;
  Walk walk;
  Lines table;
  auto flush = [&] {
    if (!table.empty()) table.write(out);
    table = {};
  };
  bool ended = text.empty() || text.back() == '\n';
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (walk.is_row(line)) {
      table.add(line);
      continue;
    }
    if (!table.empty() && walk.is_remark(line)) {
      table.remark(line);
      continue;
    }
    flush();
    out += line;
    out += '\n';
  }
  flush();
  if (!ended && !out.empty()) out.pop_back();
  return out;
}

}  // namespace guanhu::policy
