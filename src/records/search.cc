// Finding what was written: FTS5 on SQLite, a tsvector on PostgreSQL, both over the words of words.h.
#include <algorithm>

#include "records/records.h"
#include "records/words.h"

namespace guanhu::records {

using store::Engine;
using store::Value;

namespace {

constexpr size_t kPage = 200;  // hits looked at in one go

// "走 访" AND abc* in the engine's own way. Words are letters and figures only (cut()): nothing to escape.
std::string question(const std::vector<std::string>& parts, Engine engine) {
  std::string out;
  for (const auto& phrase : parts) {
    if (!out.empty()) out += engine == Engine::sqlite ? " AND " : " & ";
    if (engine == Engine::sqlite) {
      out += '"' + phrase + '"';
      if (open_ended(phrase)) out += " *";
      continue;
    }
    std::string one;
    for (char c : phrase) c == ' ' ? one += " <-> " : one += c;
    out += "(" + one + (open_ended(phrase) ? ":*)" : ")");
  }
  return out;
}

constexpr const char* kOfSqlite =
    "SELECT rowid FROM record_search WHERE record_search MATCH ? ORDER BY bm25(record_search), rowid DESC";
constexpr const char* kOfPostgres =
    "SELECT rowid FROM record_search, to_tsquery('simple', ?) AS q WHERE words @@ q"
    " ORDER BY ts_rank(words, q) DESC, rowid DESC";

}  // namespace

void forget_words(store::Session& session, int64_t id) {
  session.exec("DELETE FROM record_search WHERE rowid = ?", {id});
}

void index_words(store::Session& session, int64_t id, const std::string& text) {
  forget_words(session, id);
  session.exec(session.engine() == Engine::sqlite
                   ? "INSERT INTO record_search (rowid, words) VALUES (?, ?)"
                   : "INSERT INTO record_search (rowid, words) VALUES (?, to_tsvector('simple', ?))",
               {id, cut(text)});
}

std::vector<Hit> search(store::Session& session, const std::string& query, std::span<const std::string> kinds,
                        const std::function<bool(const Record&)>& sees, size_t limit) {
  const auto parts = phrases(query);
  std::vector<Hit> out;
  if (parts.empty() || limit == 0) return out;
  const auto asked = question(parts, session.engine());
  const char* sql = session.engine() == Engine::sqlite ? kOfSqlite : kOfPostgres;
  for (size_t from = 0;; from += kPage) {
    auto rows = session.query(
        std::string(sql) + " LIMIT " + std::to_string(kPage) + " OFFSET " + std::to_string(from), {Value(asked)});
    for (const auto& row : rows) {
      auto found = record(session, row.integer(0));
      if (!found.ok() || std::find(kinds.begin(), kinds.end(), found->kind) == kinds.end() || !sees(*found))
        continue;
      const auto words = session.query("SELECT words FROM records WHERE record_id = ?", {found->id});
      out.push_back({*found, excerpt(words.at(0).text(0), query)});
      if (out.size() == limit) return out;
    }
    if (rows.size() < kPage) return out;
  }
}

}  // namespace guanhu::records
