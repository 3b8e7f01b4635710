#include "feed/apply.h"

#include <algorithm>

#include "feed/texts.h"
#include "feed/values.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::ColumnData;
using warehouse::Type;

namespace {

size_t contract_column(const Table& table, std::string_view name) {
  for (size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].name == name) return c;
  throw base::Broken("no column " + std::string(name));
}

constexpr int64_t kMicrosPerDay = 86'400'000'000;
int32_t day_of(const ColumnData& data, size_t row) {
  if (data.type == Type::date) return data.i32[row];
  int64_t days = data.i64[row] / kMicrosPerDay;
  return static_cast<int32_t>(data.i64[row] % kMicrosPerDay < 0 ? days - 1 : days);
}

}  // namespace

Reach FileApply::run(Intake& intake) {
  ParsedFile& file = intake.parsed;
  FileReport& report = intake.report;
  layout_ = &layout_of(*file.table);
  changed_.clear();
  number(file);
  number_references(file);
  refuse_duplicates(file, report);
  std::vector<bool> same = same_rows(file);
  Reach reach;
  std::string_view name = file.table->name;
  if (is_remembered(*file.table)) remember(file, same);
  if (name == "orgs") reach.add(add_orgs(file));
  if (file.table->versioned && name != "orgs") reach.add(describe(file));
  if (name == "balances") reach.add(balances(file, same));
  if (name == "loan_states") reach.add(loan_states(file, same));
  if (name == "transactions" || name == "repayments" || name == "sales") reach.add(events(file, same));
  find_dangling(file, report);
  report.refused = static_cast<int64_t>(file.refusals.size());
  report.unchanged = std::count(same.begin(), same.end(), true);
  report.applied = static_cast<int64_t>(file.rows.rows) - report.unchanged;
  report.refusals = std::move(file.refusals);
  return reach;
}

// The number takes the place of the text id, or stands before it.
void FileApply::number(ParsedFile& file) {
  const Table& table = *file.table;
  if (table.numbered == Numbered::none) return;
  bool accounts = table.numbered == Numbered::account;
  KeyIndex& keys = accounts ? state_.accounts : state_.loans;
  size_t at = contract_column(table, accounts ? "account_id" : "loan_id");
  const auto& ids = file.rows.columns[at].text;
  ColumnData numbers{.type = Type::int32};
  numbers.i32.reserve(ids.size());
  uint32_t last = KeyIndex::kNone;
  for (std::string_view id : ids) {
    last = keys.insert(id, last + 1);
    numbers.i32.push_back(static_cast<int32_t>(last));
  }
  state_.standing(table.numbered, std::max<uint32_t>(keys.size(), 1) - 1);
  if (!table.keeps_text_id) file.rows.columns.erase(file.rows.columns.begin() + static_cast<long>(at));
  file.rows.columns.insert(file.rows.columns.begin(), std::move(numbers));
}

// Accounts and loans that a file only mentions get their numbers too: in order of first appearance in
// any file.
void FileApply::number_references(const ParsedFile& file) {
  if (file.table->numbered != Numbered::none) return;
  for (size_t c = 0; c < file.table->columns.size(); ++c) {
    std::string_view to = file.table->columns[c].refers_to;
    if (to != "accounts" && to != "loans" && to != "subject") continue;
    const ColumnData& data = file.rows.columns[c];
    const ColumnData* kinds =
        to == "subject" ? &file.rows.columns[contract_column(*file.table, "subject_kind")] : nullptr;
    uint32_t last = KeyIndex::kNone;
    for (size_t r = 0; r < file.rows.rows; ++r) {
      if (data.is_null(r)) continue;
      std::string_view kind = kinds ? kinds->text[r] : to;
      if (kind == "customer") continue;
      last = (kind == "accounts" || kind == "account" ? state_.accounts : state_.loans)
                 .insert(data.text[r], last + 1);
    }
  }
}

std::string FileApply::key_text(const ParsedFile& file, size_t row, std::string* columns) const {
  std::string out;
  for (size_t c : layout_->key) {
    const ColumnData& data = file.rows.columns[c];
    bool numbered = c == 0 && file.table->numbered != Numbered::none && !file.table->keeps_text_id;
    std::string text;
    if (numbered) {
      const KeyIndex& keys = file.table->numbered == Numbered::account ? state_.accounts : state_.loans;
      text = keys.id(static_cast<uint32_t>(data.i32[row]));
    } else {
      text = data.type == Type::date ? base::Date(data.i32[row]).str() : std::string(data.text[row]);
    }
    out += (out.empty() ? "" : ",") + text;
  }
  for (const Column& column : file.table->columns)
    if (column.key) *columns += (columns->empty() ? "" : ",") + std::string(column.name);
  return out;
}

void FileApply::refuse_duplicates(ParsedFile& file, FileReport&) {
  auto repeated = repeated_keys(file.rows, layout_->key);
  if (repeated.empty()) return;
  std::vector<bool> drop(file.rows.rows, false);
  for (auto [row, first] : repeated) {
    Refusal refusal;
    refusal.line = file.lines[row];
    refusal.value = key_text(file, row, &refusal.column);
    refusal.code = "row.duplicate";
    refusal.reason = say("row.duplicate", {std::to_string(file.lines[first])});
    file.refusals.push_back(std::move(refusal));
    drop[row] = true;
  }
  std::sort(file.refusals.begin(), file.refusals.end(), [](auto& a, auto& b) { return a.line < b.line; });
  drop_rows(file, drop);
}

bool FileApply::known(std::string_view table, std::string_view id) const {
  if (table == "accounts" || table == "loans") {
    bool accounts = table == "accounts";
    uint32_t n = (accounts ? state_.accounts : state_.loans).find(id);
    const auto& all = accounts ? state_.account : state_.loan;
    return n < all.size() && all[n].described != kNever;
  }
  return state_.seen(index_of(*find_table(table))).has(hash_key(id));
}

namespace {
// "subject" and "holder" mean the table that the row's own kind names.
std::string_view meant(std::string_view refers_to, std::string_view kind) {
  if (refers_to == "subject") return kind == "account" ? "accounts" : kind == "loan" ? "loans" : "customers";
  if (refers_to == "holder") return kind == "staff" ? "staff" : "orgs";
  return refers_to;
}
}  // namespace

void FileApply::find_dangling(const ParsedFile& file, FileReport& report) {
  constexpr size_t kExamples = 20;
  const Table& table = *file.table;
  for (const Column& column : table.columns) {
    if (column.refers_to.empty()) continue;
    Dangling found{std::string(column.name), std::string(column.refers_to), 0, {}};
    bool number = !table.keeps_text_id && (column.refers_to == "accounts" || column.refers_to == "loans");
    const ColumnData& data = file.rows.columns[number ? 0 : column_of(*layout_, column.name)];
    const ColumnData* kinds = nullptr;
    if (column.refers_to == "subject") kinds = &file.rows.columns[column_of(*layout_, "subject_kind")];
    if (column.refers_to == "holder") kinds = &file.rows.columns[column_of(*layout_, "holder_kind")];
    const auto& all = table.numbered == Numbered::account ? state_.account : state_.loan;
    std::string_view last;
    for (size_t r = 0; r < file.rows.rows; ++r) {
      if (data.is_null(r)) continue;
      if (number ? all[static_cast<size_t>(data.i32[r])].described != kNever : data.text[r] == last && !kinds)
        continue;
      std::string_view id = number ? (table.numbered == Numbered::account ? state_.accounts : state_.loans)
                                         .id(static_cast<uint32_t>(data.i32[r]))
                                   : data.text[r];
      if (!number && known(meant(column.refers_to, kinds ? kinds->text[r] : ""), id)) {
        last = id;
        continue;
      }
      if (found.count++ < static_cast<int64_t>(kExamples))
        found.examples.emplace_back(file.lines[r], std::string(id));
    }
    if (found.count > 0) report.dangling.push_back(std::move(found));
  }
}

// Rows of a repeated date that say what the replaced import said.
std::vector<bool> FileApply::same_rows(const ParsedFile& file) {
  std::vector<bool> same(file.rows.rows, false);
  if (!replaced_ || file.rows.rows == 0) return same;
  RowSet before = rows_of_import(db_, *file.table, *replaced_);
  auto keys = hash_rows(file.rows, layout_->key), contents = hash_rows(file.rows, layout_->content);
  for (size_t r = 0; r < same.size(); ++r) same[r] = before.has_same(keys[r], contents[r]);
  return same;
}

void FileApply::remember(const ParsedFile& file, std::vector<bool>& same) {
  size_t table = index_of(*file.table);
  auto keys = hash_rows(file.rows, layout_->key), contents = hash_rows(file.rows, layout_->content);
  for (size_t r = 0; r < file.rows.rows; ++r) {
    const auto* known = state_.seen(table).find(keys[r]);
    auto content = static_cast<uint32_t>(contents[r]);
    if (known && known->business_date > day_) continue;
    if (!replaced_ && known && known->content == content) same[r] = true;
    state_.put(table, keys[r], content, day_);
  }
}

Reach FileApply::add_orgs(const ParsedFile& file) {
  Reach reach{day_, false, false};
  const ColumnData& ids = file.rows.columns[column_of(*layout_, "org_id")];
  const ColumnData& parents = file.rows.columns[column_of(*layout_, "parent_id")];
  for (size_t r = 0; r < file.rows.rows; ++r) {
    auto org = static_cast<int32_t>(state_.org_number(ids.text[r]));
    int32_t parent = parents.is_null(r) ? -1 : static_cast<int32_t>(state_.org_number(parents.text[r]));
    state_.add_org({org, parent, day_});
  }
  state_.marks.described = std::max(state_.marks.described, day_);
  return reach;
}

// accounts and loans: where they belong. Customers and staff matter to the sums of fees only.
Reach FileApply::describe(const ParsedFile& file) {
  Reach reach{day_, false, false};
  Numbered kind = file.table->numbered;
  if (kind == Numbered::none) return reach;
  const ColumnData& orgs = file.rows.columns[column_of(*layout_, "org_id")];
  std::string_view last;
  int32_t org = -1;
  for (size_t r = 0; r < file.rows.rows; ++r) {
    auto n = static_cast<uint32_t>(file.rows.columns[0].i32[r]);
    Standing now = state_.standing(kind, n);
    if (now.described == kNever && now.date != kNever) reach.late = true;  // balances came before it
    if (now.described > day_) continue;
    if (org < 0 || orgs.text[r] != last) {
      last = orgs.text[r];
      org = static_cast<int32_t>(state_.org_number(last));
    }
    now.org = org;
    now.described = day_;
    state_.set(kind, n, now);
  }
  state_.marks.described = std::max(state_.marks.described, day_);
  return reach;
}

Reach FileApply::balances(const ParsedFile& file, std::vector<bool>& same) {
  Reach reach;
  const auto& number = file.rows.columns[0].i32;
  const auto& date = file.rows.columns[column_of(*layout_, "date")].i32;
  const auto& balance = file.rows.columns[column_of(*layout_, "balance")].i64;
  changed_.assign(file.rows.rows, 1);
  for (size_t r = 0; r < file.rows.rows; ++r) {
    auto n = static_cast<uint32_t>(number[r]);
    Standing now = state_.standing(Numbered::account, n);
    reach.earliest = std::min(reach.earliest, date[r]);
    if (date[r] < now.date) {
      reach.late = reach.late_balances = true;
      continue;
    }
    if (date[r] == now.date && day_ < now.business_date) {
      reach.late = true;
      continue;
    }
    bool equal = now.date != kNever && balance[r] == now.balance;
    // The standing of a repeated date may be a row that is no longer active.
    if (equal && date[r] > now.date && !replaced_) {
      changed_[r] = 0;
      state_.marks.unchanged_balances = 1;
    }
    if (equal && !replaced_) same[r] = true;
    now.balance = balance[r];
    now.date = date[r];
    now.business_date = day_;
    state_.set(Numbered::account, n, now);
    state_.marks.balance_date = std::max(state_.marks.balance_date, date[r]);
  }
  return reach;
}

Reach FileApply::loan_states(const ParsedFile& file, std::vector<bool>& same) {
  Reach reach;
  const auto& date = file.rows.columns[column_of(*layout_, "date")].i32;
  const auto& balance = file.rows.columns[column_of(*layout_, "balance")].i64;
  const ColumnData& grade = file.rows.columns[column_of(*layout_, "class")];
  const ColumnData& off = file.rows.columns[column_of(*layout_, "off_balance")];
  auto contents = hash_rows(file.rows, layout_->content);
  for (size_t r = 0; r < file.rows.rows; ++r) {
    auto n = static_cast<uint32_t>(file.rows.columns[0].i32[r]);
    Standing now = state_.standing(Numbered::loan, n);
    reach.earliest = std::min(reach.earliest, date[r]);
    if (date[r] < now.date || (date[r] == now.date && day_ < now.business_date)) {
      reach.late = true;
      continue;
    }
    auto content = static_cast<uint32_t>(contents[r]);
    if (!replaced_ && now.date != kNever && content == now.content) same[r] = true;
    now.balance = balance[r];
    now.content = content;
    now.date = date[r];
    now.business_date = day_;
    now.off = !off.is_null(r) && off.i8[r] != 0;
    now.bad = !grade.is_null(r) &&
              (grade.text[r] == "substandard" || grade.text[r] == "doubtful" || grade.text[r] == "loss");
    state_.set(Numbered::loan, n, now);
    state_.marks.loan_date = std::max(state_.marks.loan_date, date[r]);
  }
  return reach;
}

Reach FileApply::events(const ParsedFile& file, std::vector<bool>& same) {
  Reach reach;
  size_t table = index_of(*file.table);
  const ColumnData& days = file.rows.columns[*layout_->day];
  int32_t first = INT32_MAX, last = kNever;
  for (size_t r = 0; r < file.rows.rows; ++r) {
    int32_t day = day_of(days, r);
    first = std::min(first, day);
    last = std::max(last, day);
  }
  if (file.table->name != "transactions") reach.earliest = first;
  if (!replaced_ && file.rows.rows > 0 && first <= state_.marks.day[table]) {
    RowSet before = rows_between(db_, *file.table, first, last);
    auto keys = hash_rows(file.rows, layout_->key), contents = hash_rows(file.rows, layout_->content);
    for (size_t r = 0; r < same.size(); ++r) same[r] = before.has_same(keys[r], contents[r]);
  }
  state_.marks.day[table] = std::max(state_.marks.day[table], last);
  return reach;
}

std::vector<std::pair<size_t, size_t>> repeated_keys(const Chunk& rows, std::span<const size_t> key) {
  std::vector<std::pair<size_t, size_t>> out;
  auto equal = [&](size_t a, size_t b) {
    return std::all_of(key.begin(), key.end(), [&](size_t c) {
      const ColumnData& d = rows.columns[c];
      return d.type == Type::text ? d.text[a] == d.text[b] : d.i32[a] == d.i32[b];
    });
  };
  // A snapshot names its accounts in ascending order: then no table is needed.
  bool numbers = std::all_of(key.begin(), key.end(), [&](size_t c) { return rows.columns[c].type != Type::text; });
  auto before = [&](size_t a, size_t b) {
    for (size_t c : key)
      if (rows.columns[c].i32[a] != rows.columns[c].i32[b]) return rows.columns[c].i32[a] < rows.columns[c].i32[b];
    return false;
  };
  bool ascending = numbers;
  for (size_t r = 1; ascending && r < rows.rows; ++r) ascending = before(r - 1, r);
  if (ascending) return out;
  auto hashes = hash_rows(rows, key);
  size_t size = 64;
  while (size < rows.rows * 2) size *= 2;
  std::vector<uint32_t> slots(size, 0);  // row + 1
  for (size_t r = 0; r < rows.rows; ++r) {
    size_t i = hashes[r] >> 8 & (size - 1);
    while (slots[i] != 0 && !(hashes[slots[i] - 1] == hashes[r] && equal(slots[i] - 1, r)))
      i = (i + 1) & (size - 1);
    if (slots[i] != 0) {
      out.emplace_back(r, slots[i] - 1);
    } else {
      slots[i] = static_cast<uint32_t>(r + 1);
    }
  }
  return out;
}

}  // namespace guanhu::feed
