#include "feel/rules.h"

#include <algorithm>
#include <bit>

#include "feel/compare.h"

namespace guanhu::feel {
namespace {
constexpr size_t kMostWords = 1 << 16;  // of a column's index: half a megabyte

bool less(const Value& a, const Value& b) {
  if (a.is(Kind::boolean)) return a.boolean() < b.boolean();
  return order(a, b).value_or(0) < 0;
}
bool alike(const Value& a, const Value& b) { return !less(a, b) && !less(b, a); }

// The ends of ranges and the items of lists; false where a constant is of a kind without an index.
bool take_apart(const Value& constant, std::vector<Value>& out, bool& ordered) {
  switch (constant.kind()) {
    case Kind::null: return true;  // equals no other value
    case Kind::number:
    case Kind::date:
    case Kind::string:
    case Kind::boolean: out.push_back(constant); return true;
    case Kind::range: {
      const Range& range = constant.range();
      ordered = ordered || range.test < Range::Test::equal;
      for (auto* end : {&range.low, &range.high})
        if (end->is(Kind::list) || end->is(Kind::range) || !take_apart(*end, out, ordered)) return false;
      bool whole = (!range.has_low || !range.low.is_null()) && (!range.has_high || !range.high.is_null());
      return whole;
    }
    case Kind::list:
      for (auto& item : constant.items())
        if (item.is(Kind::list) || !take_apart(item, out, ordered)) return false;
      return true;
    default: return false;
  }
}

// The constants of a cell, all of one kind; nothing where the cell has to be evaluated.
std::optional<std::vector<Value>> constants_of(const Program& cell) {
  auto compared = cell.compared_with();
  if (!compared) return std::nullopt;
  std::vector<Value> out;
  bool ordered = compared->ordered;
  for (auto& constant : compared->constants)
    if (!take_apart(constant, out, ordered)) return std::nullopt;
  if (out.empty()) return std::nullopt;
  for (auto& value : out)
    if (value.kind() != out[0].kind()) return std::nullopt;
  if (ordered && (out[0].is(Kind::string) || out[0].is(Kind::boolean))) return std::nullopt;
  return out;
}

// A value between two neighbours (either may be missing). Where nothing lies between, one of them: no
// input falls into that gap.
std::optional<Value> between(const Value* low, const Value* high) {
  const Value& one = low ? *low : *high;
  if (one.is(Kind::date)) return Value::date(low ? low->days() + 1 : high->days() - 1);
  if (!one.is_number()) return std::nullopt;
  std::optional<Decimal> out;
  if (low && high) {
    out = Decimal::add(low->number(), high->number());
    if (out) out = Decimal::divide(*out, Decimal(2));
  } else {
    Decimal step = std::max(Decimal(1), one.number().abs());
    out = Decimal::add(one.number(), low ? step : step.negated());
  }
  if (!out) return std::nullopt;
  return Value(*out);
}

Value another_text(const std::vector<Value>& constants) {
  std::string text;
  for (auto& c : constants)
    if (c.text().size() >= text.size()) text = c.text() + "?";
  return Value::string(std::move(text));
}
}  // namespace

Rules::Rules(size_t columns, std::vector<Row> rows) : columns_(columns), rows_(std::move(rows)) {
  words_ = (rows_.size() + 63) / 64;
  cells_.assign(rows_.size() * columns, Cell::empty);
  for (size_t r = 0; r < rows_.size(); ++r) {
    if (rows_[r].size() != columns) throw base::Broken("feel: a rule has not as many cells as the table columns");
    for (size_t c = 0; c < columns; ++c)
      if (rows_[r][c]) cell(r, c) = Cell::evaluated;
  }
  for (size_t c = 0; c < columns; ++c) {
    gather(c);
    build(c);
  }
  any_evaluated_.assign(rows_.size(), false);
  for (size_t r = 0; r < rows_.size(); ++r)
    for (size_t c = 0; c < columns; ++c)
      if (cell(r, c) == Cell::evaluated) any_evaluated_[r] = true;
}

size_t Rules::indexed() const {
  return static_cast<size_t>(std::count(cells_.begin(), cells_.end(), Cell::indexed));
}

// The first cell with constants says the kind of the column.
void Rules::gather(size_t column) {
  Column& c = columns_[column];
  for (size_t r = 0; r < rows_.size(); ++r) {
    auto& program = rows_[r][column];
    auto constants = program ? constants_of(*program) : std::nullopt;
    if (!constants) continue;
    if (c.kind == Kind::null) c.kind = (*constants)[0].kind();
    if ((*constants)[0].kind() != c.kind) continue;
    cell(r, column) = Cell::indexed;
    std::move(constants->begin(), constants->end(), std::back_inserter(c.constants));
  }
  if (c.kind == Kind::boolean) c.constants = {Value(false), Value(true)};
  std::sort(c.constants.begin(), c.constants.end(), less);
  c.constants.erase(std::unique(c.constants.begin(), c.constants.end(), alike), c.constants.end());
}

void Rules::build(size_t column) {
  Column& c = columns_[column];
  size_t count = c.constants.size();
  bool good = c.kind != Kind::null && (2 * count + 1) * words_ <= kMostWords;
  c.at.resize(count);
  for (size_t i = 0; good && i < count; ++i) good = fill(column, c.constants[i], c.at[i]);
  if (good && c.kind == Kind::string) {
    c.gap.resize(1);
    good = fill(column, another_text(c.constants), c.gap[0]);
  } else if (good && c.kind != Kind::boolean) {
    c.gap.resize(count + 1);
    for (size_t i = 0; good && i <= count; ++i) {
      auto probe = between(i > 0 ? &c.constants[i - 1] : nullptr, i < count ? &c.constants[i] : nullptr);
      good = probe && fill(column, *probe, c.gap[i]);
    }
  }
  if (good) return;
  c = Column();
  for (size_t r = 0; r < rows_.size(); ++r)
    if (cell(r, column) == Cell::indexed) cell(r, column) = Cell::evaluated;
}

// What the tests themselves say of the probe. False where one of them cannot say.
bool Rules::fill(size_t column, const Value& probe, Bits& bits) {
  bits.assign(words_, 0);
  for (size_t r = 0; r < rows_.size(); ++r) {
    bool set = true;
    if (cell(r, column) == Cell::indexed) {
      auto answer = rows_[r][column]->test(probe, {});
      if (!answer.ok() || !answer->is(Kind::boolean)) return false;
      set = answer->boolean();
    }
    if (set) bits[r / 64] |= uint64_t{1} << (r % 64);
  }
  return true;
}

const Rules::Bits* Rules::Column::find(const Value& input) const {
  if (input.kind() != kind || kind == Kind::null) return nullptr;
  if (kind == Kind::boolean) return &at[input.boolean()];
  size_t low = 0, high = constants.size();
  while (low < high) {
    size_t middle = (low + high) / 2;
    int o =
        kind == Kind::string ? input.text().compare(constants[middle].text()) : *order(input, constants[middle]);
    if (o == 0) return &at[middle];
    if (o < 0) high = middle;
    else low = middle + 1;
  }
  return kind == Kind::string ? gap.data() : &gap[low];
}

Rules::Found::Found(const Rules& rules, std::span<const Value> inputs) : rules_(rules), known_(few_) {
  size_t columns = rules.columns_.size();
  if (inputs.size() != columns)
    throw base::Broken("feel: a table was given another number of inputs than it has columns");
  if (columns > kFew) {
    many_.resize(columns);
    known_ = many_.data();
  }
  for (size_t c = 0; c < columns; ++c) {
    known_[c] = rules.columns_[c].find(inputs[c]);
    settled_ = settled_ && (known_[c] || rules.columns_[c].kind == Kind::null);
  }
  load();
}

void Rules::Found::load() {
  if (word_ >= rules_.words_) return;
  size_t left = rules_.rows_.size() - word_ * 64;
  bits_ = left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1;
  for (size_t c = 0; c < rules_.columns_.size(); ++c)
    if (known_[c]) bits_ &= (*known_[c])[word_];
}

bool Rules::Found::next(size_t& rule) {
  while (bits_ == 0) {
    if (++word_ >= rules_.words_) return false;
    load();
  }
  rule = word_ * 64 + static_cast<size_t>(std::countr_zero(bits_));
  bits_ &= bits_ - 1;
  return true;
}

bool Rules::passes(Eval& eval, size_t rule, std::span<const Value> inputs, std::span<const Value> slots,
                   const Found& found) const {
  const Row& row = rows_[rule];
  for (size_t c = 0; c < row.size(); ++c) {
    Cell how = cells_[rule * columns_.size() + c];
    bool ask = how == Cell::evaluated || (how == Cell::indexed && found.open(c));
    if (ask && !row[c]->test_in(eval, inputs[c], slots).is_true()) return false;
  }
  return true;
}

base::Result<std::vector<size_t>> Rules::matching(std::span<const Value> inputs, std::span<const Value> slots,
                                                  const EvalOptions& options, bool first_only,
                                                  std::vector<Diagnostic>* diagnostics) const {
  Eval eval(options, diagnostics);
  size_t current = 0;
  std::vector<size_t> out;
  auto around = [&](size_t rule) { return current = rule; };
  try {
    match(eval, inputs, slots, first_only, around, out);
  } catch (Eval::Stop& stop) {
    stop.error.where = "rule " + std::to_string(current + 1) + ", " + stop.error.where;
    return std::move(stop.error);
  } catch (const NestingLimit&) {
    return base::Error{"feel.limit", "lists or contexts are nested deeper than 1000 levels",
                       "rule " + std::to_string(current + 1), ""};
  }
  return out;
}

}  // namespace guanhu::feel
