#include "feel/lexer.h"

#include <optional>

#include "feel/unicode.h"

namespace guanhu::feel {
namespace {
constexpr size_t kLongest = 1 << 20;

class Lexer {
 public:
  Lexer(std::string_view source, const Suffixes* suffixes) : source_(source), suffixes_(suffixes) {}

  base::Result<std::vector<Token>> run() {
    if (source_.size() > kLongest)
      return base::Error{"feel.syntax", "the expression is longer than a megabyte", "1:1", "split it"};
    if (!is_utf8(source_))
      return base::Error{"feel.syntax", "the expression is not UTF-8", "1:1", "save it as UTF-8"};
    while (true) {
      bool space = skip();
      if (error_) return *error_;
      size_t from = at_;
      TokenKind kind = next();
      if (error_) return *error_;
      tokens_.push_back({kind,
                         space,
                         {static_cast<uint32_t>(from), static_cast<uint32_t>(at_)},
                         source_.substr(from, at_ - from),
                         {},
                         0});
      if (kind == TokenKind::number && suffixes_) suffix(tokens_.back());
      if (kind == TokenKind::end) return std::move(tokens_);
    }
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  bool digit(size_t ahead = 0) const { return peek(ahead) >= '0' && peek(ahead) <= '9'; }

  void fail(size_t from, size_t to, std::string message, std::string hint) {
    error_ = error_at(source_, {static_cast<uint32_t>(from), static_cast<uint32_t>(to)}, "feel.syntax",
                      std::move(message), std::move(hint));
  }

  // Over white space and comments; whether there was any.
  bool skip() {
    size_t from = at_;
    while (at_ < source_.size()) {
      if (peek() == '/' && peek(1) == '/') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else if (peek() == '/' && peek(1) == '*') {
        size_t close = source_.find("*/", at_ + 2);
        if (close == std::string_view::npos)
          return fail(at_, at_ + 2, "the comment has no end", "close it with */"), true;
        at_ = close + 2;
      } else {
        size_t next = at_;
        if (!is_space(next_code_point(source_, next))) break;
        at_ = next;
      }
    }
    return at_ > from;
  }

  TokenKind next() {
    if (at_ == source_.size()) return TokenKind::end;
    if (digit() || (peek() == '.' && digit(1))) return number();
    if (peek() == '"') return string(TokenKind::string);
    if (peek() == '@' && peek(1) == '"') {
      ++at_;
      return string(TokenKind::at_string);
    }
    size_t after = at_;
    if (is_name_start(next_code_point(source_, after))) return name(after);
    return symbol();
  }

  TokenKind number() {
    while (digit()) ++at_;
    if (peek() == '.' && digit(1)) {
      ++at_;
      while (digit()) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (digit(1 + sign)) {
        at_ += 1 + sign;
        while (digit()) ++at_;
      }
    }
    return TokenKind::number;
  }

  // The longest suffix that stands at `at`: a word ends where a name would.
  const Suffix* suffix_at(size_t at) const {
    const Suffix* best = nullptr;
    for (const Suffix& one : *suffixes_) {
      if (source_.substr(at, one.word.size()) != one.word || (best && best->word.size() >= one.word.size()))
        continue;
      size_t last = 0, next = at + one.word.size();
      bool letters = is_name_start(next_code_point(one.word, last));
      if (!letters || next == source_.size() || !is_name_part(next_code_point(source_, next))) best = &one;
    }
    return best;
  }

  // On the same line; "/" joins two words only where it touches both.
  void suffix(Token& number) {
    size_t begin = at_;
    while (begin < source_.size() && (source_[begin] == ' ' || source_[begin] == '\t')) ++begin;
    const Suffix* above = suffix_at(begin);
    if (!above) return;
    at_ = begin + above->word.size();
    number.exponent = above->exponent;
    const Suffix* below = peek() == '/' ? suffix_at(at_ + 1) : nullptr;
    if (below) {
      at_ += 1 + below->word.size();
      number.exponent -= below->exponent;
    }
    number.suffix = source_.substr(begin, at_ - begin);
    number.range.end = static_cast<uint32_t>(at_);
  }

  TokenKind string(TokenKind kind) {
    size_t from = at_++;
    while (at_ < source_.size() && peek() != '"') at_ += peek() == '\\' && at_ + 1 < source_.size() ? 2 : 1;
    if (at_ >= source_.size()) fail(from, from + 1, "the string has no end", "close it with a quote");
    else ++at_;
    return kind;
  }

  TokenKind name(size_t after) {
    at_ = after;
    while (at_ < source_.size()) {
      size_t next = at_;
      if (!is_name_part(next_code_point(source_, next))) break;
      at_ = next;
    }
    return TokenKind::name;
  }

  TokenKind symbol() {
    static constexpr std::string_view kLong[] = {"**", "..", "<=", ">=", "!=", "->"};
    for (auto s : kLong)
      if (source_.substr(at_, 2) == s) return at_ += 2, TokenKind::symbol;
    if (source_.substr(at_, 2) == "==")
      return fail(at_, at_ + 2, "'==' is no operator", "compare with '='"), TokenKind::symbol;
    static constexpr std::string_view kShort = "+-*/()[]{}<>=,:.'";
    if (kShort.find(peek()) != std::string_view::npos) return ++at_, TokenKind::symbol;
    size_t end = at_;
    next_code_point(source_, end);
    std::string shown(source_.substr(at_, end - at_));
    fail(at_, end, "'" + shown + "' has no meaning here", hint_for(shown));
    return TokenKind::symbol;
  }

  static std::string hint_for(std::string_view c) {
    static constexpr std::pair<std::string_view, std::string_view> kHints[] = {
        {"&", "write 'and'"},
        {"|", "write 'or'"},
        {"!", "write 'not(…)' or '!='"},
        {"≤", "write '<='"},
        {"≥", "write '>='"},
        {"≠", "write '!='"},
        {"×", "write '*'"},
        {"÷", "write '/'"},
        {"%", "write '/ 100'"},
        {"“", "strings stand in straight quotes \"…\""},
        {"”", "strings stand in straight quotes \"…\""},
        {"‘", "strings stand in straight quotes \"…\""},
        {";", "entries are separated by ','"},
        {"^", "write '**'"},
        {"@", "write @\"2025-01-01\""}};
    for (auto& [sign, hint] : kHints)
      if (sign == c) return std::string(hint);
    return "";
  }

  std::string_view source_;
  const Suffixes* suffixes_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
  std::optional<base::Error> error_;
};

// The hexadecimal number of exactly `digits` digits at `at`.
std::optional<char32_t> hex(std::string_view text, size_t at, size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  char32_t value = 0;
  for (size_t i = at; i < at + digits; ++i) {
    char c = text[i];
    int d = c >= '0' && c <= '9'   ? c - '0'
            : c >= 'a' && c <= 'f' ? c - 'a' + 10
            : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                   : -1;
    if (d < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(d);
  }
  return value;
}
}  // namespace

base::Result<std::vector<Token>> tokenize(std::string_view source, const Suffixes* suffixes) {
  return Lexer(source, suffixes).run();
}

std::string unescape(std::string_view token) {
  std::string_view in = token.substr(1, token.size() - 2);
  std::string out;
  out.reserve(in.size());
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i] != '\\' || i + 1 == in.size()) {
      out += in[i];
      continue;
    }
    char c = in[++i];
    static constexpr std::string_view kLetters = "nrt\"'\\", kMeanings = "\n\r\t\"'\\";
    size_t which = kLetters.find(c);
    if (which != std::string_view::npos) {
      out += kMeanings[which];
      continue;
    }
    size_t digits = c == 'u' ? 4 : c == 'U' ? 6 : 0;
    auto code = digits ? hex(in, i + 1, digits) : std::nullopt;
    if (!code || *code > 0x10FFFF) {
      out += '\\';
      out += c;
      continue;
    }
    i += digits;
    if (*code >= 0xD800 && *code < 0xDC00 && in.substr(i + 1, 2) == "\\u") {  // a pair of UTF-16 halves
      auto low = hex(in, i + 3, 4);
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
        i += 6;
      }
    }
    append_code_point(out, *code >= 0xD800 && *code < 0xE000 ? 0xFFFD : *code);
  }
  return out;
}

bool is_keyword(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "and",       "or",      "if",       "then", "else",     "for",      "in",   "return", "some", "every",
      "satisfies", "between", "instance", "of",   "function", "external", "true", "false",  "null"};
  for (auto w : kWords)
    if (w == text) return true;
  return false;
}

}  // namespace guanhu::feel
