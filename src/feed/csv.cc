#include "feed/csv.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace guanhu::feed {

std::string_view unquote(const Field& field, std::string& room) {
  if (!field.quoted || field.text.find('"') == std::string_view::npos) return field.text;
  room.clear();
  for (size_t i = 0; i < field.text.size(); ++i) {
    room += field.text[i];
    if (field.text[i] == '"') ++i;  // the second of a pair
  }
  return room;
}

std::string_view without_bom(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  return text;
}

CsvReader::CsvReader(std::string_view text, char delimiter, int first_line)
    : text_(text),
      at_(text.data()),
      end_(text.data() + text.size()),
      delimiter_(delimiter),
      line_(first_line),
      row_line_(first_line),
      line_start_(text.data()) {}

// The next delimiter, line break, carriage return or quote at or after p, or the end.
const char* CsvReader::find_special(const char* p) const {
#if defined(__SSE2__)
  const __m128i d = _mm_set1_epi8(delimiter_), n = _mm_set1_epi8('\n'), r = _mm_set1_epi8('\r'),
                q = _mm_set1_epi8('"');
  while (end_ - p >= 16) {
    __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, d), _mm_cmpeq_epi8(x, n)),
                               _mm_or_si128(_mm_cmpeq_epi8(x, r), _mm_cmpeq_epi8(x, q)));
    int mask = _mm_movemask_epi8(hit);
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
    p += 16;
  }
#endif
  while (p < end_ && *p != delimiter_ && *p != '\n' && *p != '\r' && *p != '"') ++p;
  return p;
}

CsvReader::Step CsvReader::fail(std::string_view code, const char* where, bool whole_file) {
  problem_ = code;
  problem_line_ = line_;
  problem_column_ = 1;
  for (const char* p = line_start_; p < where; ++p)
    if ((static_cast<unsigned char>(*p) & 0xC0) != 0x80) ++problem_column_;
  if (whole_file) {
    at_ = end_;
    return Step::bad_file;
  }
  skip_line();
  return Step::bad_row;
}

void CsvReader::skip_line() {
  const void* found = at_ < end_ ? std::memchr(at_, '\n', static_cast<size_t>(end_ - at_)) : nullptr;
  at_ = found ? static_cast<const char*>(found) + 1 : end_;
  ++line_;
}

// At a quote: takes the field to its closing quote. False when there is none.
bool CsvReader::quoted_field() {
  const char* from = ++at_;
  for (;;) {
    const void* found = at_ < end_ ? std::memchr(at_, '"', static_cast<size_t>(end_ - at_)) : nullptr;
    if (!found) return false;
    const char* quote = static_cast<const char*>(found);
    if (quote + 1 < end_ && quote[1] == '"') {
      at_ = quote + 2;
      continue;
    }
    fields_.push_back({{from, static_cast<size_t>(quote - from)}, true});
    for (const char* p = from; p < quote;) {
      const void* nl = std::memchr(p, '\n', static_cast<size_t>(quote - p));
      if (!nl) break;
      p = line_start_ = static_cast<const char*>(nl) + 1;
      ++line_;
    }
    at_ = quote + 1;
    return true;
  }
}

// Takes "\n" or "\r\n"; false when there is none here.
bool CsvReader::line_break() {
  if (*at_ == '\n') {
    ++at_;
  } else if (*at_ == '\r' && at_ + 1 < end_ && at_[1] == '\n') {
    at_ += 2;
  } else {
    return false;
  }
  ++line_;
  return true;
}

CsvReader::Step CsvReader::next() {
  if (at_ == end_) return Step::end;
  fields_.clear();
  row_line_ = line_;
  line_start_ = at_;
  begin_ = static_cast<size_t>(at_ - text_.data());
  for (;;) {
    if (at_ < end_ && *at_ == '"') {
      const char* open = at_;
      if (!quoted_field()) return fail("csv.unclosed", open, true);
      if (at_ < end_ && *at_ != delimiter_ && *at_ != '\n' && *at_ != '\r')
        return fail("csv.after_quote", at_, false);
    } else {
      const char* stop = find_special(at_);
      if (stop < end_ && *stop == '"') return fail("csv.quote", stop, false);
      fields_.push_back({{at_, static_cast<size_t>(stop - at_)}, false});
      at_ = stop;
    }
    if (at_ == end_) return Step::row;
    if (*at_ == delimiter_) {
      ++at_;
      continue;
    }
    if (line_break()) return Step::row;
    return fail("csv.return", at_, false);
  }
}

}  // namespace guanhu::feed
