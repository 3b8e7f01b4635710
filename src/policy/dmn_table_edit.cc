#include "policy/dmn_table_edit.h"

#include <algorithm>
#include <array>
#include <set>

#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/format.h"

namespace guanhu::policy {
namespace {

constexpr std::string_view kNotes[] = {"规则", "条款", "说明"};
using Line = std::vector<std::vector<std::string>>;  // sections of cells, as the document has them

struct PolicyWords {
  HitPolicy policy;
  Aggregation aggregation;
  std::string_view english, chinese, letter;
};
constexpr PolicyWords kPolicyWords[] = {
    {HitPolicy::unique, Aggregation::none, "unique", "唯一", "U"},
    {HitPolicy::any, Aggregation::none, "any", "任一", "A"},
    {HitPolicy::priority, Aggregation::none, "priority", "优先", "P"},
    {HitPolicy::first, Aggregation::none, "first", "首行", "F"},
    {HitPolicy::rule_order, Aggregation::none, "rule order", "行序", "R"},
    {HitPolicy::output_order, Aggregation::none, "output order", "值序", "O"},
    {HitPolicy::collect, Aggregation::none, "collect", "汇集", "C"},
    {HitPolicy::collect, Aggregation::sum, "collect sum", "合计", "C+"},
    {HitPolicy::collect, Aggregation::min, "collect min", "最小", "C<"},
    {HitPolicy::collect, Aggregation::max, "collect max", "最大", "C>"},
    {HitPolicy::collect, Aggregation::count, "collect count", "计数", "C#"},
};

// The word for a hit policy in the style of the one that stood there.
std::string policy_word(std::string_view old, HitPolicy policy, Aggregation aggregation) {
  const PolicyWords* wanted = &kPolicyWords[0];
  int style = 0;
  for (const PolicyWords& words : kPolicyWords) {
    if (words.policy == policy && words.aggregation == aggregation) wanted = &words;
    if (old == words.chinese) style = 1;
    if (old == words.letter) style = 2;
  }
  return std::string(style == 1 ? wanted->chinese : style == 2 ? wanted->letter : wanted->english);
}

int width_of(std::string_view text) {
  int width = 0;
  for (char32_t c : detail::code_points(text)) width += detail::display_width(c);
  return width;
}

// A string of the block ("""…""" or '''…''') that holds the table ends in this line.
size_t closing_quotes(std::string_view line) { return std::min(line.find("\"\"\""), line.find("'''")); }

class Editor {
 public:
  Editor(const std::string& document, const TableEdit& edit) : edit_(edit), table_(*edit.table) {
    lines_ = lines_of(document);
    for (std::string& line : lines_)
      if (line.ends_with("\r\n")) newline_ = "\r\n";
  }

  base::Result<std::string> run() {
    if (auto found = locate(); !found.ok()) return found.error();
    read();
    choose_notes();
    std::vector<std::string> out = render();
    std::string text = whole(out);
    // Laid out as `policy fmt` lays it out, and only this table. With comments between its rows that is several
    // tables: then the columns stay one below the other.
    for (const auto& comments : comments_)
      if (!comments.empty()) return text;
    std::vector<std::string> laid_out = lines_of(format_document(text));
    if (laid_out.size() != lines_of(text).size()) return text;
    for (size_t i = 0; i + 1 < out.size(); ++i) {
      std::string& line = laid_out[first_ + i];
      out[i] = line.substr(0, line.find_last_not_of("\r\n") + 1);
    }
    if (std::string& last = laid_out[first_ + out.size() - 1]; last.find_first_not_of("\r\n") != last.npos) {
      last.resize(last.find_last_not_of("\r\n") + 1);
      size_t tail = tail_.find_last_not_of("\r\n") + 1;
      if (last.ends_with(std::string_view(tail_).substr(0, tail))) out.back() = last.substr(0, last.size() - tail);
    }
    return whole(out);
  }

 private:
  static std::vector<std::string> lines_of(const std::string& text) {  // with their ends
    std::vector<std::string> out;
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find('\n', at);
      end = end == std::string::npos ? text.size() : end + 1;
      out.push_back(text.substr(at, end - at));
      at = end;
    }
    return out;
  }
  // The document around the lines of the table.
  std::string whole(const std::vector<std::string>& table) const {
    std::string text;
    for (size_t i = 0; i < first_; ++i) text += lines_[i];
    for (size_t i = 0; i < table.size(); ++i) text += table[i] + (i + 1 < table.size() ? newline_ : "");
    text += tail_;
    for (size_t i = last_ + 1; i < lines_.size(); ++i) text += lines_[i];
    return text;
  }

  base::Status locate() {
    std::vector<int> rows;
    for (const TableRow& row : table_.rows) rows.push_back(row.line);
    bool sound = !rows.empty() && std::is_sorted(rows.begin(), rows.end()) &&
                 std::adjacent_find(rows.begin(), rows.end()) == rows.end() &&
                 rows.back() <= static_cast<int>(lines_.size()) && (edit_.gate || table_.at.line < rows.front());
    if (!sound)
      return base::Error{"policy.dmn.layout", "这张表在文档里不是一行写一条，不能改写",
                         std::to_string(table_.at.line), "先用三个引号把表写成多行，每行一条"};
    first_ = static_cast<size_t>((edit_.gate ? rows.front() : table_.at.line) - 1);
    last_ = static_cast<size_t>(rows.back() - 1);
    std::string& end = lines_[last_];
    size_t cut = closing_quotes(end);
    bool opened_here = first_ == last_;
    if (cut == std::string::npos || opened_here) cut = end.find_last_not_of("\r\n") + 1;
    tail_ = end.substr(cut);
    end.resize(cut);
    return {};
  }

  static std::string bare(const std::string& line) { return line.substr(0, line.find_last_not_of("\r\n") + 1); }
  static Line cells(const std::string& text) {
    Line out;
    for (const auto& section : detail::cells_of({text, 1, 1})) {
      out.emplace_back();
      for (const Text& cell : section) out.back().push_back(cell.text);
    }
    return out;
  }
  // Rows as they stand, and the lines between them.
  void read() {
    size_t at = first_;
    if (!edit_.gate) {
      std::string line = bare(lines_[first_]);
      size_t byte = 0;
      for (int column = 1; column < table_.at.column && byte < line.size(); ++column)
        detail::next_code_point(line, byte);
      prefix_ = line.substr(0, byte);
      header_ = cells(line.substr(byte));
      header_[0][0] = edit_.policy == table_.policy && edit_.aggregation == table_.aggregation
                          ? header_[0][0]
                          : policy_word(header_[0][0], edit_.policy, edit_.aggregation);
      ++at;
    }
    for (const TableRow& row : table_.rows) {
      std::vector<std::string> between;
      for (; at + 1 < static_cast<size_t>(row.line); ++at) between.push_back(bare(lines_[at]));
      comments_.push_back(std::move(between));
      std::string line = bare(lines_[at++]);
      // Of a gate the first line may have the key and the quotes before it.
      if (edit_.gate) {
        size_t quotes = closing_quotes(line);
        size_t begin = quotes == std::string::npos ? line.find_first_not_of(" \t") : quotes + 3;
        if (rows_.empty()) prefix_ = line.substr(0, begin);
        line = line.substr(begin);
      }
      rows_.push_back(cells(line));
    }
  }

  // Columns for notes: those that are there, and those that somebody wrote into.
  void choose_notes() {
    if (!edit_.gate && header_.size() == 3)
      for (const std::string& name : header_[2]) old_notes_.push_back(note_index(name));
    if (edit_.gate) old_notes_ = {0, 2};
    notes_ = old_notes_;
    if (edit_.gate) return;
    for (const auto& row : edit_.rows)
      for (size_t i = 0; i < 3; ++i)
        if (row.notes[i].changed && !row.notes[i].text.empty() &&
            std::find(notes_.begin(), notes_.end(), i) == notes_.end())
          notes_.push_back(i);
    std::stable_sort(notes_.begin(), notes_.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
    if (header_.size() == 2 && !notes_.empty()) header_.emplace_back();
    if (header_.size() == 3) {
      header_[2].clear();
      for (size_t note : notes_) header_[2].emplace_back(kNotes[note]);
    }
  }
  size_t rank(size_t note) const {
    auto old = std::find(old_notes_.begin(), old_notes_.end(), note);
    return old != old_notes_.end() ? static_cast<size_t>(old - old_notes_.begin()) : 10 + note;
  }
  static size_t note_index(const std::string& name) {
    return static_cast<size_t>(std::find(std::begin(kNotes), std::end(kNotes), name) - std::begin(kNotes));
  }

  static std::string cell(const TableEdit::Cell& now, const std::string* before) {
    return now.changed || !before ? now.text : *before;
  }
  std::string note(const TableEdit::Row& row, const Line* old, size_t which) const {
    const std::string* before = nullptr;
    size_t section = edit_.gate ? 0 : 2, shift = edit_.gate ? 2 : 0;
    auto at = std::find(old_notes_.begin(), old_notes_.end(), which);
    size_t index = static_cast<size_t>(at - old_notes_.begin()) + shift;
    if (old && at != old_notes_.end() && old->size() > section && (*old)[section].size() > index)
      before = &(*old)[section][index];
    return cell(row.notes[which], before);
  }
  Line line_of(const TableEdit::Row& row) const {
    const Line* old = row.old < 0 ? nullptr : &rows_[static_cast<size_t>(row.old)];
    auto before = [&](size_t section, size_t i) {
      return old && section < old->size() && i < (*old)[section].size() ? &(*old)[section][i] : nullptr;
    };
    Line out;
    if (edit_.gate) {
      out.push_back({cell(row.results[0], before(0, 0)), cell(row.tests[0], before(0, 1))});
      for (size_t which : notes_) out[0].push_back(note(row, old, which));
      while (out[0].size() > 2 && out[0].back().empty()) out[0].pop_back();
      return out;
    }
    out.assign(2, {});
    out[0].push_back("");
    for (size_t i = 0; i < row.tests.size(); ++i) out[0].push_back(cell(row.tests[i], before(0, i + 1)));
    for (size_t i = 0; i < row.results.size(); ++i) out[1].push_back(cell(row.results[i], before(1, i)));
    if (!notes_.empty()) {
      out.emplace_back();
      bool any = false;
      for (size_t which : notes_) {
        out[2].push_back(note(row, old, which));
        any = any || !out[2].back().empty();
      }
      if (!any) out.pop_back();
    }
    return out;
  }

  std::vector<std::string> render() {
    std::vector<Line> lines;
    if (!edit_.gate) lines.push_back(header_);
    for (const auto& row : edit_.rows) lines.push_back(line_of(row));
    std::vector<std::string> text = aligned(lines), out;
    size_t next = 0;
    std::string indent(static_cast<size_t>(width_of(prefix_)), ' ');
    if (edit_.gate && prefix_.find_first_not_of(" \t") != std::string::npos) indent.clear();
    auto add = [&](const std::string& line) { out.push_back((out.empty() ? prefix_ : indent) + line); };
    if (!edit_.gate) add(text[next++]);
    std::set<int> kept;
    for (const auto& row : edit_.rows) kept.insert(row.old);
    std::set<int> said;
    auto comments = [&](int row) {
      if (said.insert(row).second)
        for (const std::string& line : comments_[static_cast<size_t>(row)]) out.push_back(line);
    };
    for (const auto& row : edit_.rows) {
      for (int removed = 0; removed < row.old; ++removed)
        if (!kept.count(removed)) comments(removed);
      if (row.old >= 0) comments(row.old);
      add(text[next++]);
    }
    for (int removed = 0; removed < static_cast<int>(table_.rows.size()); ++removed)
      if (!kept.count(removed)) comments(removed);
    return out;
  }
  static std::vector<std::string> aligned(const std::vector<Line>& lines) {
    std::vector<std::vector<int>> widths;
    for (const Line& line : lines)
      for (size_t s = 0; s < line.size(); ++s) {
        if (widths.size() <= s) widths.resize(s + 1);
        if (widths[s].size() < line[s].size()) widths[s].resize(line[s].size());
        for (size_t c = 0; c < line[s].size(); ++c) widths[s][c] = std::max(widths[s][c], width_of(line[s][c]));
      }
    std::vector<std::string> out;
    for (const Line& line : lines) {
      std::string text;
      for (size_t s = 0; s < line.size(); ++s)
        for (size_t c = 0; c < line[s].size(); ++c) {
          if (s || c) text += c ? " | " : " || ";
          text += line[s][c];
          text.append(static_cast<size_t>(widths[s][c] - width_of(line[s][c])), ' ');
        }
      text.erase(text.find_last_not_of(' ') + 1);
      out.push_back(std::move(text));
    }
    return out;
  }

  const TableEdit& edit_;
  const Table& table_;
  std::vector<std::string> lines_;  // with their ends
  std::string newline_ = "\n", prefix_, tail_;
  size_t first_ = 0, last_ = 0;
  Line header_;
  std::vector<Line> rows_;
  std::vector<std::vector<std::string>> comments_;  // above each row
  std::vector<size_t> old_notes_, notes_;           // indexes of kNotes
};

}  // namespace

base::Result<std::string> with_table(const std::string& document, const TableEdit& edit) {
  return Editor(document, edit).run();
}

}  // namespace guanhu::policy
