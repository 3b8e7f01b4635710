#include "policy/detail/block_lines.h"

#include <algorithm>

#include "policy/detail/text.h"
#include "policy/edit.h"

namespace guanhu::policy::detail {

namespace {

using base::Json;
using Lines = std::vector<std::string>;

constexpr size_t kWidth = 96;  // of a list in one line

// Follows a value over its lines: quotes of one and of three marks, brackets, remarks.
class Value {
 public:
  // Takes a line from `at` on; the place of a remark behind the value, or npos.
  size_t take(const std::string& line, size_t at) {
    while (at < line.size()) {
      if (!mark_.empty()) {
        if (mark_[0] == '"' && line[at] == '\\') at += 2;
        else if (line.compare(at, mark_.size(), mark_) == 0) at += mark_.size(), mark_.clear();
        else ++at;
        continue;
      }
      char c = line[at];
      if (c == '#') return at;
      if (c == '"' || c == '\'') {
        mark_ = line.compare(at, 3, std::string(3, c)) == 0 ? std::string(3, c) : std::string(1, c);
        at += mark_.size();
        continue;
      }
      depth_ += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      ++at;
    }
    if (mark_.size() == 1) mark_.clear();  // a text of one line ends with it
    return std::string::npos;
  }
  bool open() const { return !mark_.empty() || depth_ > 0; }

 private:
  std::string mark_;
  int depth_ = 0;
};

std::string unquoted(std::string_view text) {
  text = trim(text);
  bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

// "[[items]]" → "items"; "" when the line is no header.
std::string header_of(const std::string& line) {
  std::string_view text = trim(line.substr(0, line.find(" #")));
  if (!text.starts_with("[") || !text.ends_with("]")) return "";
  while (text.starts_with("[") && text.ends_with("]")) text = text.substr(1, text.size() - 2);
  return unquoted(text);
}

std::string key_of(const std::string& line) {
  std::string_view text = trim(line);
  if (text.empty() || text[0] == '#' || text[0] == '[') return "";
  size_t equals = text.find('=');
  return equals == text.npos ? "" : unquoted(text.substr(0, equals));
}

size_t display(std::string_view text) {
  size_t out = 0;
  for (char32_t c : code_points(text)) out += static_cast<size_t>(display_width(c));
  return out;
}

// A list in one line, or broken into lines where it is long.
Lines list_lines(const base::JsonArray& items, size_t before) {
  std::string one = "[";
  for (size_t i = 0; i < items.size(); ++i) one += (i ? ", " : "") + toml_value(items[i]);
  one += "]";
  if (before + display(one) <= kWidth) return {one};
  Lines out{"["};
  std::string line = " ";
  for (const Json& item : items) {
    std::string next = " " + toml_value(item) + ",";
    if (line.size() > 1 && display(line + next) > kWidth) out.push_back(std::exchange(line, " "));
    line += next;
  }
  out.push_back(line);
  out.emplace_back("]");
  return out;
}

Lines value_lines(const Json& value, size_t before) {
  if (const auto* items = value.as_array()) return list_lines(*items, before);
  const std::string text = value.as_string() ? toml_text(*value.as_string()) : toml_value(value);
  Lines out;
  for (std::string_view line : split_lines(text)) out.emplace_back(line);
  return out;
}

bool same(const Node& was, const Json& now) {
  switch (was.kind) {
    case NodeKind::string: {
      if (!now.as_string()) return false;
      return trim(was.text) == trim(*now.as_string());
    }
    case NodeKind::number: return now.as_number() && was.number == *now.as_number();
    case NodeKind::boolean: return now.as_bool() && was.boolean == *now.as_bool();
    case NodeKind::date: return now.as_string() && was.date.str() == *now.as_string();
    case NodeKind::list: {
      const auto* items = now.as_array();
      if (!items || items->size() != was.items.size()) return false;
      for (size_t i = 0; i < items->size(); ++i)
        if (!same(was.items[i], (*items)[i])) return false;
      return true;
    }
    case NodeKind::table: return false;
  }
  return false;
}

}  // namespace

BlockLines::BlockLines(Lines lines, std::vector<std::string> order)
    : lines_(std::move(lines)), order_(std::move(order)) {
  read();
}

void BlockLines::read() {
  std::string text;
  for (const auto& line : lines_) text += line + "\n";
  const Source source = Source::of("", text);
  Report report;
  body_ = parse_tree(source, text, 1, report);
}

bool BlockLines::nothing() const {
  return std::all_of(lines_.begin(), lines_.end(), [](const std::string& line) {
    std::string_view text = trim(line);
    return text.empty() || text[0] == '#';
  });
}

std::vector<BlockLines::Table> BlockLines::tables() const {
  std::vector<Table> out{{"", {0, 0}}};
  Value value;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const bool inside = value.open();
    std::string header = inside ? "" : header_of(lines_[i]);
    if (!header.empty()) {
      out.push_back({header, {i, i + 1}});
      continue;
    }
    size_t equals = lines_[i].find('=');
    if (inside) value.take(lines_[i], 0);
    else if (!key_of(lines_[i]).empty()) value.take(lines_[i], equals + 1);
    if (inside || !trim(lines_[i]).empty()) out.back().at.end = i + 1;
  }
  return out;
}

std::optional<BlockLines::Stretch> BlockLines::key_in(const Stretch& table, const std::string& key) const {
  for (size_t i = table.begin; i < table.end; ++i) {
    const std::string found = key_of(lines_[i]);
    if (found.empty()) continue;
    Value value;
    size_t end = i + 1;
    value.take(lines_[i], lines_[i].find('=') + 1);
    while (value.open() && end < lines_.size()) value.take(lines_[end++], 0);
    if (found == key) return Stretch{i, end};
    i = end - 1;
  }
  return std::nullopt;
}

// Behind the key that is written before it, else at the beginning.
BlockLines::Stretch BlockLines::place_for(const Stretch& table, const std::string& key) const {
  auto place = std::find(order_.begin(), order_.end(), key);
  if (place == order_.end()) return {table.end, table.end};
  while (place != order_.begin())
    if (auto before = key_in(table, *--place)) return {before->end, before->end};
  size_t at = table.begin;
  if (at < table.end && !header_of(lines_[at]).empty()) ++at;
  return {at, at};
}

// As wide as its neighbours write their keys.
size_t BlockLines::width_in(const Stretch& table, const std::string& key) const {
  size_t out = key.size();
  for (size_t i = table.begin; i < table.end; ++i)
    if (size_t equals = lines_[i].find('='); !key_of(lines_[i]).empty() && equals > 0 && equals < 24)
      out = std::max(out, equals - 1);
  if (table.end <= table.begin + 1)
    for (const auto& one : order_)
      out = std::max(out, order_.size() > 6 && one.size() <= 11 ? one.size() : size_t{0});
  return out;
}

BlockLines::Stretch BlockLines::table_at(size_t header) const {
  for (const Table& one : tables())
    if (one.at.begin == header) return one.at;
  return {header, header};
}

void BlockLines::set_in(size_t header, const std::string& key, const Json& value, const Node* was) {
  if (was && same(*was, value)) return;
  const Stretch table = table_at(header);
  auto there = key_in(table, key);
  Stretch at = there ? *there : place_for(table, key);
  std::string begin, remark;
  if (there) {
    const std::string& line = lines_[at.begin];
    size_t equals = line.find('=') + 1;
    begin = line.substr(0, std::min(line.find_first_not_of(' ', equals), line.size()));
    if (begin.size() == equals) begin += ' ';
    Value follow;
    size_t mark = std::string::npos;
    for (size_t i = at.begin; i < at.end; ++i) mark = follow.take(lines_[i], i == at.begin ? equals : 0);
    if (mark != std::string::npos) remark = "  " + lines_[at.end - 1].substr(mark);
  } else {
    begin = key + std::string(width_in(table, key) - std::min(width_in(table, key), key.size()), ' ') + " = ";
  }
  const bool day = (key == "from" || key == "to") && value.as_string() && base::Date::parse(*value.as_string());
  Lines made = day ? Lines{*value.as_string()} : value_lines(value, display(begin));
  made.front() = begin + made.front();
  made.back() += remark;
  auto where =
      lines_.erase(lines_.begin() + static_cast<long>(at.begin), lines_.begin() + static_cast<long>(at.end));
  lines_.insert(where, made.begin(), made.end());
}

void BlockLines::set(const std::string& key, const Json& value) {
  const Entry* was = body_ ? body_->find(key) : nullptr;
  set_in(0, key, value, was ? &was->value : nullptr);
  read();
}

void BlockLines::take_out(const std::string& key) {
  auto at = key_in(table_at(0), key);
  if (!at) return;
  lines_.erase(lines_.begin() + static_cast<long>(at->begin), lines_.begin() + static_cast<long>(at->end));
  read();
}

bool BlockLines::has_tables(const std::string& key) const {
  const auto all = tables();
  return std::any_of(all.begin(), all.end(), [&](const Table& one) { return !key.empty() && one.name == key; });
}

bool BlockLines::remove_tables(const std::string& key) {
  bool any = false;
  for (auto all = tables(); !all.empty(); all.pop_back()) {
    if (key.empty() || all.back().name != key) continue;
    Stretch at = all.back().at;
    while (at.end < lines_.size() && trim(lines_[at.end]).empty()) ++at.end;
    lines_.erase(lines_.begin() + static_cast<long>(at.begin), lines_.begin() + static_cast<long>(at.end));
    any = true;
  }
  while (!lines_.empty() && trim(lines_.back()).empty()) lines_.pop_back();
  read();
  return any;
}

Lines BlockLines::new_table(const std::string& key, const base::JsonObject& members) const {
  Lines out{"[[" + key + "]]"};
  size_t width = 0;
  for (const auto& [name, value] : members) width = std::max(width, name.size());
  for (const auto& [name, value] : members) {
    Lines made = value_lines(value, width + 3);
    made.front() = name + std::string(width - name.size(), ' ') + " = " + made.front();
    out.insert(out.end(), made.begin(), made.end());
  }
  return out;
}

Lines BlockLines::changed_table(const Table& old, const base::JsonObject& members, const Node& was) const {
  BlockLines part(
      Lines(lines_.begin() + static_cast<long>(old.at.begin), lines_.begin() + static_cast<long>(old.at.end)), {});
  // The header is the first line: its keys are those of a table of their own.
  for (const auto& [name, value] : members) {
    const Entry* entry = was.find(name);
    if (entry && same(entry->value, value)) continue;
    const std::string header = part.lines_.front();
    part.lines_.front() = "# ";
    part.set_in(0, name, value, nullptr);
    part.lines_.front() = header;
  }
  return part.lines_;
}

void BlockLines::set_tables(const std::string& key, const base::JsonArray& values) {
  std::vector<Table> old;
  for (Table& one : tables())
    if (one.name == key) old.push_back(std::move(one));
  const Entry* was = body_ ? body_->find(key) : nullptr;
  Lines made;
  for (const Json& value : values) {
    const auto& members = *value.as_object();
    Lines lines;
    for (size_t i = 0; lines.empty() && was && i < old.size() && i < was->value.items.size(); ++i) {
      const Entry* id = members.empty() ? nullptr : was->value.items[i].find(members.front().first);
      if (id && same(id->value, members.front().second))
        lines = changed_table(old[i], members, was->value.items[i]);
    }
    if (lines.empty()) lines = new_table(key, members);
    if (!made.empty()) made.emplace_back();
    made.insert(made.end(), lines.begin(), lines.end());
  }
  size_t at = old.empty() ? lines_.size() : old.front().at.begin;
  size_t behind = old.empty() ? lines_.size() : old.back().at.end;
  // What lies between tables of the key that are apart stays behind them.
  Lines between;
  for (size_t i = 0; i + 1 < old.size(); ++i)
    for (size_t line = old[i].at.end; line < old[i + 1].at.begin; ++line)
      if (!trim(lines_[line]).empty()) between.push_back(lines_[line]);
  if (old.empty() && !made.empty() && at > 0 && !trim(lines_[at - 1]).empty()) made.insert(made.begin(), "");
  made.insert(made.end(), between.begin(), between.end());
  auto where = lines_.erase(lines_.begin() + static_cast<long>(at), lines_.begin() + static_cast<long>(behind));
  lines_.insert(where, made.begin(), made.end());
  while (!lines_.empty() && trim(lines_.back()).empty()) lines_.pop_back();
  read();
}

}  // namespace guanhu::policy::detail
