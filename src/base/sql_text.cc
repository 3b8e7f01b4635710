#include "base/sql_text.h"

#include "base/error.h"

namespace guanhu::base {

namespace {
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The end of the literal or quoted name that begins at `at`; a doubled quote does not end it.
size_t skip_quotes(std::string_view sql, size_t at, bool backslash) {
  char quote = sql[at];
  for (++at; at < sql.size(); ++at) {
    if (backslash && sql[at] == '\\') {
      ++at;
    } else if (sql[at] == quote) {
      if (at + 1 == sql.size() || sql[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return sql.size();
}

size_t skip_comment(std::string_view sql, size_t at) {
  int depth = 0;
  while (at < sql.size()) {
    if (sql.substr(at, 2) == "/*") {
      ++depth;
      at += 2;
    } else if (sql.substr(at, 2) == "*/") {
      at += 2;
      if (--depth == 0) return at;
    } else {
      ++at;
    }
  }
  return at;
}

// The end of the dollar-quoted text that begins at `at`, or `at` when none begins there.
size_t skip_dollar(std::string_view sql, size_t at) {
  size_t end = at + 1;
  if (end < sql.size() && is_digit(sql[end])) return at;
  while (end < sql.size() && is_word(sql[end])) ++end;
  if (end == sql.size() || sql[end] != '$') return at;
  std::string_view tag = sql.substr(at, end + 1 - at);
  size_t close = sql.find(tag, end + 1);
  return close == std::string_view::npos ? sql.size() : close + tag.size();
}

// The end of what is not code and begins at `at`, or `at` when code stands there.
size_t skip_text(std::string_view sql, size_t at) {
  char c = sql[at];
  bool after_word = at > 0 && is_word(sql[at - 1]);
  if (c == '\'') {
    bool escapes = after_word && (sql[at - 1] == 'E' || sql[at - 1] == 'e') && (at < 2 || !is_word(sql[at - 2]));
    return skip_quotes(sql, at, escapes);
  }
  if (c == '"') return skip_quotes(sql, at, false);
  if (c == '-' && sql.substr(at, 2) == "--") {
    size_t end = sql.find('\n', at);
    return end == std::string_view::npos ? sql.size() : end;
  }
  if (c == '/' && sql.substr(at, 2) == "/*") return skip_comment(sql, at);
  if (c == '$' && !after_word) return skip_dollar(sql, at);
  return at;
}

// Copies `sql`, giving `mark` each position of code: it returns how many characters it consumed
// (0: none) and appends what stands for them.
template <class Mark>
std::string rewrite(std::string_view sql, Mark mark) {
  std::string out;
  out.reserve(sql.size() + 16);
  size_t at = 0;
  while (at < sql.size()) {
    size_t end = skip_text(sql, at);
    if (end == at) {
      if (size_t consumed = mark(at, out)) {
        at += consumed;
        continue;
      }
      end = at + 1;
    }
    out.append(sql.substr(at, end - at));
    at = end;
  }
  return out;
}
}  // namespace

std::string number_marks(std::string_view sql, size_t& marks) {
  marks = 0;
  return rewrite(sql, [&](size_t at, std::string& out) -> size_t {
    if (sql[at] != '?') return 0;
    out += '$';
    out += std::to_string(++marks);
    return 1;
  });
}

std::string replace_numbered(std::string_view sql, const std::function<std::string(size_t)>& text) {
  return rewrite(sql, [&](size_t at, std::string& out) -> size_t {
    if (sql[at] != '$' || (at > 0 && is_word(sql[at - 1]))) return 0;
    size_t end = at + 1;
    size_t number = 0;
    while (end < sql.size() && is_digit(sql[end])) {
      if (end - at > 5) throw Broken("parameter number too large in: " + std::string(sql));
      number = number * 10 + static_cast<size_t>(sql[end++] - '0');
    }
    if (end == at + 1) return 0;
    out += text(number);
    return end - at;
  });
}

}  // namespace guanhu::base
