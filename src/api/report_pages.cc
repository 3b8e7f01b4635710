#include "api/report_pages.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace guanhu::api {

namespace {

constexpr Length kLargest = 10, kSmallest = 5.5, kStep = 0.5, kList = 8.5, kListLeast = 7;  // points
constexpr Length kPoint = 0.3528;                                                           // millimetres
constexpr Length kShort = 210, kLong = 297, kSide = 14, kEnds = 22;  // A4; kEnds: above and below together
constexpr Length kFoot = 9;
constexpr Length kLine = 1.4;                    // of a line, in letters
constexpr Length kAbove = 0.44, kBeside = 0.72;  // padding of a cell on both sides, in letters
constexpr Length kBold = 1.15;                   // of a letter, beside a plain one
constexpr Length kRule = 0.25;                   // of a cell, millimetres

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789.,-+%") == std::string::npos; }

// In letters: a Chinese character is as wide as it is high, others a little more than half.
Length width_of(const std::string& text) {
  Length out = 0;
  for (unsigned char c : text) {
    if ((c & 0xC0) == 0x80) continue;
    out += c >= 0x80                          ? 1.0
           : c >= 'A' && c <= 'Z'             ? 0.72
           : c == '.' || c == ',' || c == ' ' ? 0.34
           : c == '%'                         ? 1.0
                                              : 0.62;
  }
  return out;
}

Length lines_of(const std::string& text, Length room) {
  Length lines = 0;
  size_t from = 0;
  while (from <= text.size()) {
    const size_t to = std::min(text.find('\n', from), text.size());
    lines += std::max<Length>(1, std::ceil(width_of(text.substr(from, to - from)) * 1.06 / room));
    from = to + 1;
  }
  return lines;
}

class Measure {
 public:
  Measure(const Report& report, Length letters)
      : report_(report), letters_(letters), wide_((report.landscape ? kLong : kShort) - 2 * kSide) {}

  Length room() const { return (report_.landscape ? kShort : kLong) - kEnds - kFoot; }
  Length letter() const { return letters_ * kPoint; }
  Length line() const { return letter() * kLine; }

  Length head() const {
    Length out = 13 + 4;
    for (size_t i = 0; i < report_.head.size(); i += 3) {
      Length lines = 1;
      for (size_t k = i; k < std::min(i + 3, report_.head.size()); ++k)
        lines = std::max(
            lines, lines_of(report_.head[k].first + "：" + report_.head[k].second, (wide_ / 3 - 4) / letter()));
      out += lines * line() + 1;
    }
    return out;
  }
  Length first_page() const { return report_.boxes.empty() ? 0 : 17; }
  Length end() const {
    Length notes = 0;
    for (const auto& note : report_.notes) notes += lines_of(note, wide_ / (letters_ * kPoint)) * line() + 1;
    const Length rows = std::ceil(static_cast<Length>(report_.signers.size()) / 3);
    return notes + 3 + rows * 15;
  }
  // `weight`: how wide its letters are beside plain ones. `broken`: a number does not stand on one line.
  Length row(const ReportTable& table, const std::vector<std::string>& cells, Length weight,
             bool* broken = nullptr) const {
    const int all = std::accumulate(table.columns.begin(), table.columns.end(), 0,
                                    [](int sum, const ReportColumn& c) { return sum + c.width; });
    Length lines = 1;
    for (size_t i = 0; i < cells.size() && i < table.columns.size(); ++i) {
      const Length inner = wide_ * table.columns[i].width / std::max(all, 1) - kRule;
      const Length needs = lines_of(cells[i], std::max<Length>((inner / letter() - kBeside) / weight, 1));
      if (broken && needs > 1 && is_number(cells[i])) *broken = true;
      lines = std::max(lines, needs);
    }
    return lines * line() + kAbove * letter() + kRule;
  }
  Length table_head(const ReportTable& table) const {
    std::vector<std::string> titles;
    for (const auto& column : table.columns) titles.push_back(column.title);
    return (table.title.empty() ? 2 : line() * 1.2 + 4) + row(table, titles, kBold);
  }

 private:
  const Report& report_;
  Length letters_, wide_;
};

ReportPages laid_out(const Report& report, const std::vector<PrintedTable>& tables, Length letters) {
  const Measure m(report, letters);
  ReportPages out{letters, {{}}, false};
  Length left = m.room() - m.head() - m.first_page();
  auto turn = [&] {
    out.pages.emplace_back();
    left = m.room() - m.head();
  };
  for (size_t t = 0; t < report.tables.size(); ++t) {
    const ReportTable& table = report.tables[t];
    std::vector<Length> rows;
    for (const auto& cells : tables[t].rows) rows.push_back(m.row(table, cells, 1, &out.broken));
    Length totals = 0;
    for (const auto& cells : tables[t].totals) totals += m.row(table, cells, kBold, &out.broken);
    // Never a head alone at the foot of a page.
    if (m.table_head(table) + (rows.empty() ? totals : rows[0]) > left && !out.pages.back().empty()) turn();
    left -= m.table_head(table);
    ReportPiece piece{t, 0, 0, false};
    for (size_t i = 0; i < rows.size(); ++i) {
      const Length needs = rows[i] + (i + 1 == rows.size() ? totals : 0);
      if (needs > left && piece.last > piece.first) {
        out.pages.back().push_back(piece);
        piece = {t, i, i, false};
        turn();
        left -= m.table_head(table);
      }
      left -= rows[i], ++piece.last;
    }
    left -= totals, piece.totals = true;
    out.pages.back().push_back(piece);
  }
  if (m.end() > left && !out.pages.back().empty()) out.pages.emplace_back();
  return out;
}

}  // namespace

ReportPages pages_of(const Report& report, const std::vector<PrintedTable>& tables) {
  ReportPages best = laid_out(report, tables, kList);
  if (!report.one_page) {
    // A few lines too many do not make a second page.
    for (Length letters = kList - kStep; best.pages.size() > 1 && letters >= kListLeast; letters -= kStep)
      if (ReportPages out = laid_out(report, tables, letters); out.pages.size() == 1) return out;
    return best;
  }
  for (Length letters = kLargest; letters >= kSmallest; letters -= kStep) {
    ReportPages out = laid_out(report, tables, letters);
    const bool fits = out.pages.size() == 1;
    if (fits && !out.broken) return out;
    if (fits && best.pages.size() > 1) best = std::move(out);  // rather a broken number than a second page
  }
  return best;
}

}  // namespace guanhu::api
