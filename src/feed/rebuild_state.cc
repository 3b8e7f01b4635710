#include <algorithm>

#include "feed/date_import.h"
#include "feed/schema.h"

namespace guanhu::feed {

using warehouse::Chunk;
using warehouse::Type;
using warehouse::Warehouse;

namespace {

void read_keys(Warehouse& db, const char* sql, KeyIndex& keys) {
  const Type types[] = {Type::text};
  db.scan(sql, types, [&](const Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) keys.insert(c.columns[0].text[r]);
  });
}

class Rebuild {
 public:
  Rebuild(Warehouse& db, State& state, std::span<const ImportRow> imports) : db_(db), state_(state) {
    for (const ImportRow& row : imports) {
      auto id = static_cast<size_t>(row.import_id);
      if (id >= dates_.size()) dates_.resize(id + 1, kNever);
      if (row.active) dates_[id] = row.business_date;
      auto& marks = state_.marks;
      marks.last_import = std::max(marks.last_import, row.import_id);
      if (marks.last_import == row.import_id) marks.last_applied_at = row.applied_at;
      if (row.active) marks.business_date = std::max(marks.business_date, row.business_date);
    }
  }

  void table(const Table& table) {
    const Layout& layout = layout_of(table);
    size_t import = layout.columns.size();
    std::vector<Type> types;
    for (const auto& column : layout.columns) types.push_back(column.type);
    types.push_back(Type::int32);
    db_.scan("SELECT " + layout.list() + ", r.import_id FROM " + stored_name(table) + " r", types,
             [&](const Chunk& c) {
               std::vector<int32_t> dates;
               for (int32_t id : c.columns[import].i32) dates.push_back(dates_[static_cast<size_t>(id)]);
               dates.resize(c.rows);
               if (is_remembered(table)) remember(table, layout, c, dates);
               if (table.name == "orgs") orgs(layout, c, dates);
               if (table.name == "accounts" || table.name == "loans") describe(table, layout, c, dates);
               if (table.name == "balances" || table.name == "loan_states") stand(table, layout, c, dates);
             });
  }

  void marks() {
    const Type one[] = {Type::date};
    for (const Table& table : tables()) {
      const auto& day = layout_of(table).day;
      if (!day || table.name == "balances" || table.name == "loan_states") continue;
      std::string column = layout_of(table).columns[*day].name;
      db_.scan("SELECT CAST(max(" + column + ") AS DATE) FROM " + stored_name(table), one, [&](const Chunk& c) {
        if (c.rows && !c.columns[0].is_null(0)) state_.marks.day[index_of(table)] = c.columns[0].i32[0];
      });
    }
    state_.marks.total_date = state_.marks.day[index_of(*find_table("ledger_totals"))];
    state_.marks.unchanged_balances =
        warehouse::one_int(db_, "SELECT 1 FROM f_balances WHERE NOT changed LIMIT 1").value_or(0) != 0;
  }

 private:
  void remember(const Table& table, const Layout& layout, const Chunk& c, const std::vector<int32_t>& dates) {
    SeenRows& seen = state_.seen(index_of(table));
    auto keys = hash_rows(c, layout.key), contents = hash_rows(c, layout.content);
    for (size_t r = 0; r < c.rows; ++r) {
      const auto* known = seen.find(keys[r]);
      if (dates[r] != kNever && !(known && known->business_date > dates[r]))
        seen.put(keys[r], static_cast<uint32_t>(contents[r]), dates[r]);
    }
  }

  void orgs(const Layout& layout, const Chunk& c, const std::vector<int32_t>& dates) {
    const auto& ids = c.columns[column_of(layout, "org_id")];
    const auto& parents = c.columns[column_of(layout, "parent_id")];
    for (size_t r = 0; r < c.rows; ++r) {
      if (dates[r] == kNever) continue;
      auto org = static_cast<int32_t>(state_.org_number(ids.text[r]));
      int32_t parent = parents.is_null(r) ? -1 : static_cast<int32_t>(state_.org_number(parents.text[r]));
      state_.add_org({org, parent, dates[r]});
      state_.marks.described = std::max(state_.marks.described, dates[r]);
    }
  }

  void describe(const Table& table, const Layout& layout, const Chunk& c, const std::vector<int32_t>& dates) {
    const auto& ids = c.columns[column_of(layout, "org_id")];
    for (size_t r = 0; r < c.rows; ++r) {
      Standing& s = state_.standing(table.numbered, static_cast<uint32_t>(c.columns[0].i32[r]));
      if (dates[r] == kNever || s.described > dates[r]) continue;
      s.described = dates[r];
      s.org = static_cast<int32_t>(state_.org_number(ids.text[r]));
      state_.marks.described = std::max(state_.marks.described, dates[r]);
    }
  }

  void stand(const Table& table, const Layout& layout, const Chunk& c, const std::vector<int32_t>& dates) {
    bool loans = table.name == "loan_states";
    const auto& day = c.columns[column_of(layout, "date")].i32;
    const auto& balance = c.columns[column_of(layout, "balance")].i64;
    std::vector<uint64_t> contents;
    if (loans) contents = hash_rows(c, layout.content);
    for (size_t r = 0; r < c.rows; ++r) {
      Standing& s = state_.standing(table.numbered, static_cast<uint32_t>(c.columns[0].i32[r]));
      if (dates[r] == kNever || std::pair(s.date, s.business_date) > std::pair(day[r], dates[r])) continue;
      s.date = day[r];
      s.business_date = dates[r];
      s.balance = balance[r];
      int32_t& mark = loans ? state_.marks.loan_date : state_.marks.balance_date;
      mark = std::max(mark, day[r]);
      if (!loans) continue;
      const auto& grade = c.columns[column_of(layout, "class")];
      const auto& off = c.columns[column_of(layout, "off_balance")];
      s.content = static_cast<uint32_t>(contents[r]);
      s.off = !off.is_null(r) && off.i8[r] != 0;
      s.bad = !grade.is_null(r) &&
              (grade.text[r] == "substandard" || grade.text[r] == "doubtful" || grade.text[r] == "loss");
    }
  }

  Warehouse& db_;
  State& state_;
  std::vector<int32_t> dates_;  // business date by active import id
};

}  // namespace

void rebuild_state(Warehouse& db, State& state, std::span<const ImportRow> imports) {
  state = State();
  read_keys(db, "SELECT account_id FROM account_keys ORDER BY account", state.accounts);
  read_keys(db, "SELECT loan_id FROM loan_keys ORDER BY loan", state.loans);
  state.changed_all();
  if (imports.empty()) return;
  Rebuild rebuild(db, state, imports);
  for (const Table& table : tables())
    if (is_remembered(table) || table.name == "balances" || table.name == "loan_states") rebuild.table(table);
  rebuild.marks();
}

}  // namespace guanhu::feed
