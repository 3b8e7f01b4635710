#include "feel/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <mutex>
#include <unordered_map>

namespace guanhu::feel {
namespace {
constexpr uint32_t kMatchLimit = 250'000;   // backtracking steps
constexpr uint32_t kLittle = 2'000;         // so many are nothing to speak of
constexpr uint32_t kHeapLimit = 64 * 1024;  // KiB

base::Error bad(std::string message) {
  return {"feel.regex", std::move(message), "", "patterns follow XPath 2.0 (XML Schema regular expressions)"};
}

// XPath's syntax in PCRE2's: what XPath does not have is refused, what it writes otherwise is
// translated.
class Translator {
 public:
  Translator(std::string_view pattern, bool spaced) : in_(pattern), spaced_(spaced) {}

  base::Result<std::string> run() {
    while (at_ < in_.size() && error_.empty()) piece();
    if (error_.empty() && depth_ != 0) error_ = "a parenthesis is not closed";
    if (!error_.empty()) return bad(error_);
    return std::move(out_);
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }
  static bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  void piece() {
    char c = peek();
    if (spaced_ && space(c)) {
      ++at_;
    } else if (c == '\\') {
      escape(false);
    } else if (c == '[') {
      out_ += char_class();
    } else if (c == '(') {
      open();
    } else if (c == ')') {
      if (depth_ == 0) return fail("a parenthesis closes that was not opened");
      closed_.push_back(open_groups_.back());
      open_groups_.pop_back();
      --depth_;
      out_ += c;
      ++at_;
    } else if (c == '{' || c == '*' || c == '+' || c == '?') {
      quantifier();
    } else if (c == '}' || c == ']') {
      fail(std::string("'") + c + "' stands alone; write \\" + c);
    } else if (c == '$') {
      out_ += multi_line ? "$" : "\\z";
      ++at_;
    } else if (c == '#') {
      out_ += "\\#";
      ++at_;
    } else {
      out_ += c;
      ++at_;
    }
  }

  void open() {
    ++depth_;
    if (peek(1) == '?') {
      if (peek(2) != ':') return fail("'(?' may only begin '(?:'");
      out_ += "(?:";
      at_ += 3;
      open_groups_.push_back(0);
      return;
    }
    out_ += '(';
    ++at_;
    open_groups_.push_back(++groups_);
  }

  void quantifier() {
    if (out_.empty() || out_.back() == '(' || (out_.back() == '|' && !ends_escaped()))
      return fail("a quantifier without anything before it");
    if (peek() == '{') {
      size_t close = in_.find('}', at_);
      std::string inside(close == std::string_view::npos ? "" : in_.substr(at_ + 1, close - at_ - 1));
      size_t comma = inside.find(',');
      auto digits = [](const std::string& s) {
        return !s.empty() && s.find_first_not_of("0123456789") == std::string::npos && s.size() < 6;
      };
      bool good = comma == std::string::npos
                      ? digits(inside)
                      : digits(inside.substr(0, comma)) &&
                            (comma + 1 == inside.size() || digits(inside.substr(comma + 1)));
      if (!good) return fail("a quantifier is {n}, {n,} or {n,m}");
      out_ += "{" + inside + "}";
      at_ = close + 1;
    } else {
      out_ += in_[at_++];
    }
    if (peek() == '?') out_ += in_[at_++];
    if (peek() == '*' || peek() == '+' || peek() == '?' || peek() == '{') fail("two quantifiers in a row");
  }

  bool ends_escaped() const { return out_.size() > 1 && out_[out_.size() - 2] == '\\'; }

  // Class escapes and signs; `inside` a character class.
  void escape(bool inside) {
    char c = peek(1);
    if (spaced_ && space(c)) {  // the x flag takes white space out before anything is read
      size_t next = at_ + 1;
      while (next < in_.size() && space(in_[next])) ++next;
      c = next < in_.size() ? in_[next] : '\0';
      at_ = next - 1;
    }
    static constexpr std::string_view kSame = "nrtsSdD\\|.?*+(){}-[]^$";
    if (c == 'p' || c == 'P') return category();
    if (c >= '0' && c <= '9') return back_reference(inside);
    at_ += 2;
    if (kSame.find(c) != std::string_view::npos && c != '\0') return (void)((out_ += '\\') += c);
    if (c == 'w') return (void)(out_ += inside ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "[\\p{L}\\p{M}\\p{N}\\p{S}]");
    if (c == 'W') return (void)(out_ += inside ? "\\p{P}\\p{Z}\\p{C}" : "[\\p{P}\\p{Z}\\p{C}]");
    static constexpr std::string_view kStart = "\\p{L}\\p{Nl}:_", kPart = "\\p{L}\\p{M}\\p{N}:_.\\x2D\\xB7";
    if (c == 'i') return set(kStart, false, inside);
    if (c == 'I') return set(kStart, true, inside);
    if (c == 'c') return set(kPart, false, inside);
    if (c == 'C') return set(kPart, true, inside);
    fail(c == '\0' ? "the pattern ends with a backslash" : std::string("'\\") + c + "' is no escape");
  }

  void set(std::string_view members, bool negated, bool inside) {
    if (inside && negated) return fail("\\I and \\C may not stand in a character class");
    out_ += inside ? std::string(members) : (negated ? "[^" : "[") + std::string(members) + "]";
  }

  void back_reference(bool inside) {
    if (inside) return fail("a back-reference may not stand in a character class");
    int number = peek(1) - '0';
    size_t length = 2;
    while (number > 0 && number * 10 + (peek(length) - '0') <= groups_ && peek(length) >= '0' &&
           peek(length) <= '9')
      number = number * 10 + (peek(length++) - '0');
    bool closed = false;
    for (int g : closed_) closed = closed || (g == number && g != 0);
    if (!closed) return fail("'\\" + std::to_string(number) + "' refers to a group that is not there");
    out_ += "\\g{" + std::to_string(number) + "}";
    at_ += length;
  }

  void category() {
    bool negated = peek(1) == 'P';
    size_t close = in_.find('}', at_);
    if (peek(2) != '{' || close == std::string_view::npos) return fail("a category is written \\p{L}");
    std::string name(in_.substr(at_ + 3, close - at_ - 3));
    if (spaced_) std::erase_if(name, space);
    at_ = close + 1;
    if (name.rfind("Is", 0) == 0) {
      std::string range = block(name.substr(2));
      if (range.empty()) return fail("the Unicode block '" + name + "' is not known");
      out_ += negated ? "[^" + range + "]" : "[" + range + "]";
      return;
    }
    static constexpr std::string_view kMajor = "LMNPZSC";
    if (name.empty() || name.size() > 2 || kMajor.find(name[0]) == std::string_view::npos)
      return fail("'" + name + "' is no Unicode category");
    out_ += (negated ? "\\P{" : "\\p{") + name + "}";
  }

  static std::string block(const std::string& name) {
    static const std::unordered_map<std::string, std::string> kBlocks = {
        {"BasicLatin", "\\x00-\\x7F"},
        {"Latin-1Supplement", "\\x80-\\xFF"},
        {"LatinExtended-A", "\\x{100}-\\x{17F}"},
        {"LatinExtended-B", "\\x{180}-\\x{24F}"},
        {"Greek", "\\x{370}-\\x{3FF}"},
        {"GreekandCoptic", "\\x{370}-\\x{3FF}"},
        {"Cyrillic", "\\x{400}-\\x{4FF}"},
        {"Hebrew", "\\x{590}-\\x{5FF}"},
        {"Arabic", "\\x{600}-\\x{6FF}"},
        {"Thai", "\\x{E00}-\\x{E7F}"},
        {"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
        {"CurrencySymbols", "\\x{20A0}-\\x{20CF}"},
        {"LetterlikeSymbols", "\\x{2100}-\\x{214F}"},
        {"NumberForms", "\\x{2150}-\\x{218F}"},
        {"Arrows", "\\x{2190}-\\x{21FF}"},
        {"MathematicalOperators", "\\x{2200}-\\x{22FF}"},
        {"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"},
        {"Hiragana", "\\x{3040}-\\x{309F}"},
        {"Katakana", "\\x{30A0}-\\x{30FF}"},
        {"Bopomofo", "\\x{3100}-\\x{312F}"},
        {"CJKUnifiedIdeographsExtensionA", "\\x{3400}-\\x{4DBF}"},
        {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
        {"HangulSyllables", "\\x{AC00}-\\x{D7AF}"},
        {"CJKCompatibilityIdeographs", "\\x{F900}-\\x{FAFF}"},
        {"HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}"}};
    auto at = kBlocks.find(name);
    return at == kBlocks.end() ? "" : at->second;
  }

  // [abc], [^a-z], and the difference [a-z-[aeiou]], which PCRE2 writes as a look-ahead.
  std::string char_class() {
    std::string before = std::move(out_), minus;
    out_.clear();
    ++at_;
    bool negated = peek() == '^';
    if (negated) ++at_;
    bool first = true, closed = false;
    while (at_ < in_.size() && error_.empty()) {
      char c = peek();
      if (c == ']' && !first) {
        closed = true;
        ++at_;
        break;
      }
      if (c == '-' && peek(1) == '[') {
        ++at_;
        minus = char_class();
        if (peek() != ']') fail("a difference of classes ends with ']'");
        ++at_;
        closed = true;
        break;
      }
      class_item(c);
      first = false;
    }
    if (error_.empty() && !closed) fail("the character class is not closed");
    if (error_.empty() && out_.empty()) fail("the character class is empty");
    std::string own = (negated ? "[^" : "[") + out_ + "]";
    out_ = std::move(before);
    return minus.empty() ? own : "(?:(?!" + minus + ")" + own + ")";
  }

  void class_item(char c) {
    if (c == '\\') return escape(true);
    if (c == '[' || c == ']') return fail("brackets in a character class are written \\[ and \\]");
    if (c == '-') {  // literal only at either end; inside, a range needs both ends
      bool last = peek(1) == ']', range = !out_.empty() && !last;
      if (range && peek(1) == '-') return fail("'-' may not end a range");
      if (range && in_class_range_) return fail("a range may not begin with the end of another");
      out_ += range ? "-" : "\\-";
      ++at_;
      in_class_range_ = range;
      return;
    }
    if (c == '^' || c == '&' || c == '~' || c == '#') out_ += '\\';
    out_ += c;
    ++at_;
    while (at_ < in_.size() && (static_cast<unsigned char>(in_[at_]) & 0xC0) == 0x80) out_ += in_[at_++];
    in_class_range_ = false;
  }

  void fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    at_ = in_.size();
  }

  std::string_view in_;
  bool spaced_;
  size_t at_ = 0;
  std::string out_, error_;
  int depth_ = 0, groups_ = 0;
  bool in_class_range_ = false;
  std::vector<int> open_groups_, closed_;

 public:
  bool multi_line = false;
};
}  // namespace

struct Regex::Code {
  pcre2_code* code = nullptr;
  ~Code() { pcre2_code_free(code); }
};

Regex::~Regex() = default;

namespace {
base::Result<std::shared_ptr<const Regex>> cached(std::string_view pattern, std::string_view flags, auto make) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::shared_ptr<const Regex>> known;
  std::string key = std::string(flags) + "/" + std::string(pattern);
  {
    std::lock_guard lock(mutex);
    if (auto at = known.find(key); at != known.end()) return at->second;
  }
  base::Result<std::shared_ptr<const Regex>> made = make();
  if (made.ok()) {
    std::lock_guard lock(mutex);
    if (known.size() >= 256) known.clear();  // patterns are written by hand: few
    known[key] = *made;
  }
  return made;
}
}  // namespace

base::Result<std::shared_ptr<const Regex>> Regex::compile(std::string_view pattern, std::string_view flags) {
  return cached(pattern, flags, [&]() -> base::Result<std::shared_ptr<const Regex>> {
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    bool literal = false, spaced = false, lines = false;
    for (char f : flags) {
      if (f == 's') options |= PCRE2_DOTALL;
      else if (f == 'm') options |= PCRE2_MULTILINE, lines = true;
      else if (f == 'i') options |= PCRE2_CASELESS;
      else if (f == 'x') spaced = true;
      else if (f == 'q') literal = true;
      else return bad(std::string("'") + f + "' is no flag; flags are s, m, i, x and q");
    }
    std::string translated(pattern);
    if (literal) {
      options = (options & (PCRE2_UTF | PCRE2_CASELESS)) | PCRE2_LITERAL;
    } else {
      Translator translator(pattern, spaced);
      translator.multi_line = lines;
      auto done = translator.run();
      if (!done.ok()) return done.error();
      translated = *done;
    }
    auto* context = pcre2_compile_context_create(nullptr);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    int code = 0;
    size_t offset = 0;
    std::shared_ptr<Regex> out(new Regex);
    out->literal_ = literal;
    out->code_ = std::make_unique<Code>();
    out->code_->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(), options,
                                     &code, &offset, context);
    pcre2_compile_context_free(context);
    if (!out->code_->code) {
      unsigned char text[200];
      pcre2_get_error_message(code, text, sizeof text);
      return bad("the pattern is wrong: " + std::string(reinterpret_cast<char*>(text)));
    }
    return std::shared_ptr<const Regex>(std::move(out));
  });
}

int Regex::groups() const {
  uint32_t count = 0;
  pcre2_pattern_info(code_->code, PCRE2_INFO_CAPTURECOUNT, &count);
  return static_cast<int>(count);
}

base::Result<bool> Regex::find(std::string_view text, size_t from, Match& match) const {
  auto* context = pcre2_match_context_create(nullptr);
  const uint32_t checked = from > 0 ? PCRE2_NO_UTF_CHECK : 0;
  // A little work first; what needs more says so.
  pcre2_set_match_limit(context, std::min(kMatchLimit, kLittle + static_cast<uint32_t>(text.size() - from)));
  pcre2_set_heap_limit(context, kHeapLimit);
  auto* data = pcre2_match_data_create_from_pattern(code_->code, nullptr);
  int n = pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, checked, data,
                      context);
  match.laborious = n == PCRE2_ERROR_MATCHLIMIT;
  if (match.laborious) {
    pcre2_set_match_limit(context, kMatchLimit);
    n = pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, checked, data,
                    context);
  }
  if (n >= 0) {
    auto* at = pcre2_get_ovector_pointer(data);
    match.begin = at[0];
    match.end = at[1];
    match.groups.clear();
    for (uint32_t i = 0; i < pcre2_get_ovector_count(data); ++i)
      match.groups.push_back(static_cast<int>(i) < n ? std::pair<size_t, size_t>{at[2 * i], at[2 * i + 1]}
                                                     : std::pair<size_t, size_t>{std::string::npos, 0});
  }
  pcre2_match_data_free(data);
  pcre2_match_context_free(context);
  if (n == PCRE2_ERROR_NOMATCH) return false;
  if (n < 0) return bad("the pattern takes too much work on this text");
  return true;
}

}  // namespace guanhu::feel
