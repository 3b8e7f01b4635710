// CSV by RFC 4180, read where it lies: fields are views into the text, nothing is copied.
//
// Strict: a quote inside an unquoted field, text after a closing quote and a bare carriage return make a
// bad row (reading goes on with the next line); a quote that is never closed makes a bad file, because
// nothing after it can be trusted. Lines are counted as an editor counts them, also inside quotes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guanhu::feed {

struct Field {
  std::string_view text;  // without the outer quotes
  bool quoted = false;    // "" inside stands for one quote: use unquote()
};

// The value of a field; `room` holds it where quotes were doubled.
std::string_view unquote(const Field& field, std::string& room);

class CsvReader {
 public:
  enum class Step { row, end, bad_row, bad_file };

  // `text` must outlive the reader. `first_line` is the number of its first line (a part of a file).
  CsvReader(std::string_view text, char delimiter, int first_line = 1);

  Step next();
  const std::vector<Field>& fields() const { return fields_; }  // after row
  int line() const { return row_line_; }                        // where the row begins
  // Offsets of the row in the text, its line break included.
  size_t begin() const { return begin_; }
  size_t end() const { return static_cast<size_t>(at_ - text_.data()); }
  // After bad_row and bad_file: what is wrong (a code of texts.h) and where.
  std::string_view problem() const { return problem_; }
  int problem_line() const { return problem_line_; }
  int problem_column() const { return problem_column_; }  // characters from 1

 private:
  const char* find_special(const char* p) const;
  bool quoted_field();
  Step fail(std::string_view code, const char* where, bool whole_file);
  void skip_line();
  bool line_break();

  std::string_view text_;
  const char* at_;
  const char* end_;
  char delimiter_;
  int line_;
  int row_line_;
  size_t begin_ = 0;
  const char* line_start_;
  std::vector<Field> fields_;
  std::string_view problem_;
  int problem_line_ = 0;
  int problem_column_ = 0;
};

// Drops the byte order mark that some systems put before UTF-8.
std::string_view without_bom(std::string_view text);

}  // namespace guanhu::feed
