#include "store/reseal.h"

#include <map>
#include <optional>
#include <set>

namespace guanhu::store {

namespace {

constexpr std::string_view kMark = "enc:";
constexpr size_t kId = 8;
constexpr std::string_view kChain = "audit_log";

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

class Texts {
 public:
  explicit Texts(const PersonalKey& key) : key_(key) {}

  // Nothing when nothing of it is sealed under an older key.
  std::optional<std::string> anew(std::string_view text) {
    std::string out;
    size_t done = 0;
    bool changed = false;
    for (size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at + 1)) {
      const size_t end = end_of(text, at);
      if (end == at) continue;
      auto sealed = one(text.substr(at, end - at));
      if (!sealed) continue;
      out.append(text.substr(done, at - done)).append(*sealed);
      done = end, changed = true;
    }
    if (!changed) return std::nullopt;
    return out.append(text.substr(done));
  }

  int64_t values = 0, lost = 0;

 private:
  // Behind the sealed value that begins there; `at` when none does.
  static size_t end_of(std::string_view text, size_t at) {
    size_t end = at + kMark.size();
    for (size_t i = 0; i < kId; ++i, ++end)
      if (end >= text.size() || !is_hex(text[end])) return at;
    if (end >= text.size() || text[end] != ':') return at;
    const size_t first = ++end;
    while (end < text.size() && is_base64(text[end])) ++end;
    return end == first ? at : end;
  }

  std::optional<std::string> one(std::string_view sealed) {
    const std::string_view id = sealed.substr(kMark.size(), kId);
    if (id == key_.current()) return std::nullopt;
    if (!key_.has(id)) {
      ++lost;
      return std::nullopt;
    }
    try {
      std::string out = key_.seal(key_.open(sealed));
      ++values;
      return out;
    } catch (const base::Broken&) {
      // It was changed: no key opens it, today as little as tomorrow.
      ++lost;
      return std::nullopt;
    }
  }

  const PersonalKey& key_;
};

struct Address {
  std::string column;  // what names a row, as text or number
  std::string is;      // its comparison with a parameter
};
Address address(Engine engine) {
  if (engine == Engine::sqlite) return {"rowid", "rowid = ?"};
  return {"CAST(ctid AS TEXT)", "ctid = CAST(CAST(? AS TEXT) AS tid)"};
}

Value value_of(const Row& row, size_t column) {
  if (auto text = row.maybe_text(column)) return std::move(*text);
  return {};
}

// One table; whether a row of it changed.
bool reseal_table(Session& session, const TextTable& table, Texts& texts, std::set<std::string>& where) {
  const Address row_is = address(session.engine());
  std::string columns, holds;
  for (const auto& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + quoted(column);
    holds += (holds.empty() ? "" : " OR ") + quoted(column) + " LIKE '%enc:%'";
  }
  std::vector<Value> rows;
  for (const auto& row :
       session.query("SELECT " + row_is.column + " FROM " + quoted(table.name) + " WHERE " + holds))
    rows.push_back(session.engine() == Engine::sqlite ? Value(row.integer(0)) : Value(row.text(0)));
  bool changed = false;
  for (const Value& at : rows) {
    const auto found =
        session.query("SELECT " + columns + " FROM " + quoted(table.name) + " WHERE " + row_is.is, {at});
    std::string sets;
    std::vector<Value> values;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const Value was = value_of(found.at(0), i);
      const auto* text = std::get_if<std::string>(&was);
      auto now = text ? texts.anew(*text) : std::nullopt;
      if (!now) continue;
      sets += (sets.empty() ? "" : ", ") + quoted(table.columns[i]) + " = ?";
      values.emplace_back(std::move(*now));
      where.insert(table.name + "." + table.columns[i]);
    }
    if (sets.empty()) continue;
    values.push_back(at);
    session.exec("UPDATE " + quoted(table.name) + " SET " + sets + " WHERE " + row_is.is, values);
    changed = true;
  }
  return changed;
}

// Pages that are free keep what was written on them.
void write_anew(Session& session, const std::vector<std::string>& tables) {
  if (tables.empty()) return;
  if (session.engine() == Engine::postgres) {
    for (const auto& table : tables) session.exec("VACUUM FULL " + quoted(table));
    return;
  }
  session.exec("VACUUM");
  session.query("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

std::vector<TextTable> text_tables(Session& session) {
  const char* sql =
      session.engine() == Engine::sqlite
          ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            " AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
            " AND upper(c.type) = 'TEXT' ORDER BY m.name, c.cid"
          : "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT) FROM information_schema.columns c"
            " JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
            " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
            " AND c.data_type IN ('text', 'character varying') ORDER BY c.table_name, c.ordinal_position";
  std::vector<TextTable> out;
  for (const auto& row : session.query(sql)) {
    if (out.empty() || out.back().name != row.text(0)) out.push_back({row.text(0), {}});
    out.back().columns.push_back(row.text(1));
  }
  return out;
}

Resealed reseal(Session& session, const PersonalKey& key) {
  Texts texts(key);
  std::set<std::string> where;
  std::vector<std::string> changed;
  for (const TextTable& table : text_tables(session)) {
    // A chain of hashes is never written again: what somebody wrote that looks like a sealed value stays as it is.
    if (table.name == kChain) continue;
    bool any = false;
    session.transaction([&] { any = reseal_table(session, table, texts, where); });
    if (any) changed.push_back(table.name);
  }
  write_anew(session, changed);
  return {texts.values, texts.lost, {where.begin(), where.end()}};
}

}  // namespace guanhu::store
