#include "feed/parse.h"

#include <algorithm>
#include <cstring>

#include "base/period.h"
#include "feed/csv.h"
#include "feed/texts.h"
#include "feed/values.h"

namespace guanhu::feed {

using warehouse::ColumnData;
using warehouse::Type;

Type type_of(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::choice: return Type::text;
    case Kind::date: return Type::date;
    case Kind::time: return Type::timestamp;
    case Kind::integer: return Type::int32;
    case Kind::boolean: return Type::boolean;
    default: return Type::int64;
  }
}

namespace {

bool is_number(Kind kind) {
  return kind == Kind::money || kind == Kind::rate || kind == Kind::share || kind == Kind::quantity ||
         kind == Kind::integer;
}

std::string_view code_of(Kind kind) {
  switch (kind) {
    case Kind::date: return "cell.date";
    case Kind::time: return "cell.time";
    case Kind::money: return "cell.money";
    case Kind::rate: return "cell.rate";
    case Kind::share: return "cell.share";
    case Kind::quantity: return "cell.quantity";
    case Kind::integer: return "cell.integer";
    case Kind::boolean: return "cell.boolean";
    default: return "cell.choice";
  }
}

void push_text(ColumnData& out, std::string_view v) { out.text.push_back(v); }

void push_null(ColumnData& out, size_t row) {
  if (out.valid.empty()) out.valid.assign(row, 1);
  out.valid.push_back(0);
  switch (out.type) {
    case Type::boolean: out.i8.push_back(0); break;
    case Type::int32:
    case Type::date: out.i32.push_back(0); break;
    case Type::text: out.text.push_back({}); break;
    default: out.i64.push_back(0);
  }
}

void resize(ColumnData& c, size_t rows) {
  switch (c.type) {
    case Type::boolean: c.i8.resize(rows); break;
    case Type::int32:
    case Type::date: c.i32.resize(rows); break;
    case Type::text: c.text.resize(rows); break;
    default: c.i64.resize(rows);
  }
  if (!c.valid.empty()) c.valid.resize(rows);
}

void reserve(ColumnData& c, size_t rows) {
  switch (c.type) {
    case Type::boolean: c.i8.reserve(rows); break;
    case Type::int32:
    case Type::date: c.i32.reserve(rows); break;
    case Type::text: c.text.reserve(rows); break;
    default: c.i64.reserve(rows);
  }
}

// Where a column of the table stands in this file.
struct Slot {
  const Column* column = nullptr;
  size_t index = 0;  // in the table
  size_t field = 0;  // in the file
  std::string_view last_day_text;
  int32_t last_day = 0;
};

class Parser {
 public:
  explicit Parser(const ParseInput& input) : in_(input), reader_(input.text, input.delimiter) {
    out_.table = input.table;
    out_.present.assign(input.table->columns.size(), false);
    out_.sums.assign(input.table->columns.size(), 0);
    for (const Column& c : input.table->columns) out_.rows.columns.push_back({.type = type_of(c.kind)});
    has_nul_ = !input.text.empty() && std::memchr(input.text.data(), 0, input.text.size()) != nullptr;
  }

  ParsedFile run() {
    if (header()) body();
    if (out_.problem) {
      for (auto& c : out_.rows.columns) resize(c, 0);
      out_.rows.rows = 0;
      out_.lines.clear();
    } else {
      finish();
    }
    return std::move(out_);
  }

 private:
  std::string where(int line, int column = 0) const {
    std::string at = std::string(in_.table->name) + ".csv:" + std::to_string(line);
    return column > 0 ? at + ":" + std::to_string(column) : at;
  }

  bool refuse_file(std::string_view code, std::string at, std::initializer_list<std::string_view> values = {}) {
    out_.problem = refuse(code, std::move(at), values);
    return false;
  }

  bool header();
  bool place(const std::vector<std::string>& names);
  void body();
  void row();
  bool cell(Slot& slot, const Field& field);
  bool number(const Slot& slot, std::string_view text, ColumnData& to);
  bool day(Slot& slot, std::string_view text, ColumnData& to);
  bool whole_row();
  bool decoded();
  void finish();

  bool bad_cell(const Column& column, std::string_view text, std::string_view code) {
    return bad(column.name, text, code, say(code, {column.choices}));
  }
  bool bad(std::string_view column, std::string_view value, std::string_view code, std::string reason) {
    size_t n = std::min<size_t>(value.size(), 200);
    while (n < value.size() && n > 0 && (static_cast<unsigned char>(value[n]) & 0xC0) == 0x80) --n;
    out_.refusals.push_back({reader_.line(), std::string(column), std::string(value.substr(0, n)),
                             std::string(code), std::move(reason)});
    return false;
  }
  // Takes back the cells of a row that is refused after all.
  void take_back() {
    for (auto& c : out_.rows.columns) resize(c, out_.rows.rows);
  }
  // Numbers after the refused cell still count for the file's totals.
  void count_rest(size_t from);

  const ParseInput& in_;
  CsvReader reader_;
  ParsedFile out_;
  std::vector<Slot> slots_;
  std::vector<const Slot*> special_;  // columns that whole_row() looks at
  const Slot* valid_from_ = nullptr;
  size_t width_ = 0;  // fields in the header
  size_t next_bad_ = 0;
  bool has_nul_ = false;
};

bool Parser::header() {
  switch (reader_.next()) {
    case CsvReader::Step::end: return refuse_file("file.header", where(1));
    case CsvReader::Step::bad_file:
      return refuse_file("file.unclosed", where(reader_.problem_line(), reader_.problem_column()));
    case CsvReader::Step::bad_row:
      out_.problem = refuse(reader_.problem(), where(reader_.problem_line(), reader_.problem_column()));
      return false;
    case CsvReader::Step::row: break;
  }
  std::vector<std::string> names;
  std::string room;
  for (const Field& f : reader_.fields()) names.emplace_back(unquote(f, room));
  width_ = names.size();
  if (!decoded()) {
    out_.problem = refuse("cell.encoding", where(1));
    out_.refusals.clear();
    return false;
  }
  return place(names);
}

bool Parser::place(const std::vector<std::string>& names) {
  for (size_t i = 0; i < names.size(); ++i)
    if (std::find(names.begin(), names.begin() + static_cast<long>(i), names[i]) !=
        names.begin() + static_cast<long>(i))
      return refuse_file("file.column_twice", where(1), {names[i]});
  std::string missing;
  for (size_t c = 0; c < in_.table->columns.size(); ++c) {
    const Column& column = in_.table->columns[c];
    auto found = std::find(names.begin(), names.end(), column.name);
    if (found != names.end()) {
      out_.present[c] = true;
      slots_.push_back({&column, c, static_cast<size_t>(found - names.begin()), {}, 0});
    } else if (column.needed()) {
      missing += (missing.empty() ? "" : ", ") + std::string(column.name);
    }
  }
  if (!missing.empty()) return refuse_file("file.column", where(1), {missing});
  for (const std::string& name : names)
    if (std::none_of(in_.table->columns.begin(), in_.table->columns.end(),
                     [&](auto& c) { return c.name == name; }))
      out_.unknown_columns.push_back(name);
  bool state = in_.table->numbered != Numbered::none && !in_.table->keeps_text_id;
  for (const Slot& slot : slots_) {
    std::string_view name = slot.column->name;
    if (name == "valid_from") valid_from_ = &slot;
    if (name == "valid_to" || name == "period" || (name == "date" && slot.column->key && state))
      special_.push_back(&slot);
  }
  return true;
}

void Parser::body() {
  auto expected = static_cast<size_t>(std::max<int64_t>(in_.expected_rows, 0));
  expected = std::min(expected, in_.text.size() / std::max<size_t>(width_, 1) + 1);
  for (Slot& slot : slots_) reserve(out_.rows.columns[slot.index], expected);
  out_.lines.reserve(expected);
  for (;;) {
    switch (reader_.next()) {
      case CsvReader::Step::end: return;
      case CsvReader::Step::bad_file:
        refuse_file("file.unclosed", where(reader_.problem_line(), reader_.problem_column()));
        return;
      case CsvReader::Step::bad_row:
        ++out_.read;
        bad("", "", reader_.problem(), say(reader_.problem()));
        while (next_bad_ < in_.bad.size() && in_.bad[next_bad_] < reader_.end()) ++next_bad_;
        break;
      case CsvReader::Step::row: ++out_.read; row();
    }
  }
}

// False (and the row refused) when a byte of this row could not be decoded.
bool Parser::decoded() {
  if (next_bad_ >= in_.bad.size() || in_.bad[next_bad_] >= reader_.end()) return true;
  size_t at = in_.bad[next_bad_];
  while (next_bad_ < in_.bad.size() && in_.bad[next_bad_] < reader_.end()) ++next_bad_;
  const char* byte = in_.text.data() + at;
  for (const Slot& slot : slots_) {
    if (slot.field >= reader_.fields().size()) continue;
    std::string_view text = reader_.fields()[slot.field].text;
    if (byte >= text.data() && byte < text.data() + text.size())
      return bad(slot.column->name, "", "cell.encoding", say("cell.encoding"));
  }
  return bad("", "", "cell.encoding", say("cell.encoding"));
}

void Parser::row() {
  if (!decoded()) return;
  if (reader_.fields().size() != width_) {
    bad("", "", "csv.fields",
        say("csv.fields", {std::to_string(width_), std::to_string(reader_.fields().size())}));
    return;
  }
  for (size_t i = 0; i < slots_.size(); ++i) {
    if (cell(slots_[i], reader_.fields()[slots_[i].field])) continue;
    count_rest(i + 1);
    take_back();
    return;
  }
  if (!whole_row()) {
    take_back();
    return;
  }
  out_.lines.push_back(reader_.line());
  ++out_.rows.rows;
}

void Parser::count_rest(size_t from) {
  for (size_t i = from; i < slots_.size(); ++i) {
    if (!is_number(slots_[i].column->kind)) continue;
    auto v = parse_scaled(reader_.fields()[slots_[i].field].text, places_of(slots_[i].column->kind));
    if (v) out_.sums[slots_[i].index] += *v;
  }
}

bool Parser::day(Slot& slot, std::string_view text, ColumnData& to) {
  if (text != slot.last_day_text || text.empty()) {
    auto v = parse_day(text);
    if (!v) return bad_cell(*slot.column, text, "cell.date");
    slot.last_day_text = text;
    slot.last_day = *v;
  }
  to.i32.push_back(slot.last_day);
  return true;
}

bool Parser::number(const Slot& slot, std::string_view text, ColumnData& to) {
  Kind kind = slot.column->kind;
  if (kind == Kind::integer) {
    auto v = parse_count(text);
    if (!v) return bad_cell(*slot.column, text, "cell.integer");
    to.i32.push_back(*v);
    out_.sums[slot.index] += *v;
    return true;
  }
  auto v = parse_scaled(text, places_of(kind));
  if (v) out_.sums[slot.index] += *v;
  if (!v || (kind == Kind::share && (*v < 0 || *v > 100'000'000)))
    return bad_cell(*slot.column, text, code_of(kind));
  to.i64.push_back(*v);
  return true;
}

bool Parser::cell(Slot& slot, const Field& field) {
  ColumnData& to = out_.rows.columns[slot.index];
  const Column& column = *slot.column;
  std::string_view text = field.text;
  if (text.empty()) {
    if (column.filled()) return bad_cell(column, text, "cell.empty");
    push_null(to, out_.rows.rows);
    return true;
  }
  if (!to.valid.empty()) to.valid.push_back(1);
  if (field.quoted && text.find('"') != std::string_view::npos) {
    out_.room.emplace_back();
    text = unquote(field, out_.room.back());
  }
  if (has_nul_ && text.find('\0') != std::string_view::npos) return bad_cell(column, "", "cell.nul");
  switch (column.kind) {
    case Kind::text: push_text(to, text); return true;
    case Kind::choice:
      if (!is_choice(column.choices, text)) return bad_cell(column, text, "cell.choice");
      push_text(to, text);
      return true;
    case Kind::date: return day(slot, text, to);
    case Kind::time: {
      auto v = parse_moment(text);
      if (!v) return bad_cell(column, text, "cell.time");
      to.i64.push_back(*v);
      return true;
    }
    case Kind::boolean: {
      auto v = parse_flag(text);
      if (!v) return bad_cell(column, text, "cell.boolean");
      to.i8.push_back(*v);
      return true;
    }
    default: return number(slot, text, to);
  }
}

// What no single field can show.
bool Parser::whole_row() {
  size_t row = out_.rows.rows;
  auto text = [&](const Slot& slot) { return reader_.fields()[slot.field].text; };
  for (const Slot* slot : special_) {
    const ColumnData& data = out_.rows.columns[slot->index];
    if (data.is_null(row)) continue;
    std::string_view name = slot->column->name;
    if (name == "valid_to") {
      if (valid_from_ == nullptr) continue;
      int32_t from = out_.rows.columns[valid_from_->index].i32[row];
      if (data.i32[row] < from)
        return bad(name, text(*slot), "row.dates", say("row.dates", {base::Date(from).str()}));
    } else if (name == "period") {
      if (!base::Period::parse(data.text[row])) return bad_cell(*slot->column, text(*slot), "cell.period");
    } else if (data.i32[row] > in_.business_date.days()) {
      // The balance at the end of a day that has not ended cannot be known.
      return bad(name, text(*slot), "row.future", say("row.future", {in_.business_date.str()}));
    }
  }
  return true;
}

void Parser::finish() {
  for (size_t c = 0; c < out_.rows.columns.size(); ++c) {
    if (out_.present[c]) continue;
    resize(out_.rows.columns[c], out_.rows.rows);
    out_.rows.columns[c].valid.assign(out_.rows.rows, 0);
  }
}

template <class T>
void keep(std::vector<T>& values, const std::vector<bool>& drop) {
  if (values.empty()) return;
  size_t to = 0;
  for (size_t i = 0; i < drop.size(); ++i)
    if (!drop[i]) values[to++] = values[i];
  values.resize(to);
}

}  // namespace

ParsedFile parse_file(const ParseInput& input) { return Parser(input).run(); }

void drop_rows(ParsedFile& file, const std::vector<bool>& drop) {
  for (ColumnData& c : file.rows.columns) {
    keep(c.i8, drop);
    keep(c.i32, drop);
    keep(c.i64, drop);
    keep(c.text, drop);
    keep(c.valid, drop);
  }
  keep(file.lines, drop);
  file.rows.rows = file.lines.size();
}

}  // namespace guanhu::feed
