// Cuts the text of an expression into tokens. Names with spaces are put together by the parser,
// which knows the scope.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "feel/scope.h"
#include "feel/source.h"

namespace guanhu::feel {

enum class TokenKind : uint8_t { end, name, number, string, at_string, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  bool space_before = false;  // white space or a comment stands before it
  SourceRange range;
  std::string_view text;    // as written, quotes included; points into the source
  std::string_view suffix;  // of a number: "km/h"; it is no part of `text`
  int exponent = 0;         // of the suffix
  bool is(std::string_view symbol) const {
    return text == symbol && (kind == TokenKind::symbol || kind == TokenKind::name);
  }
};

// The last token is `end`. Errors ("feel.syntax"): characters that belong to no token, strings and
// comments without an end, text that is not UTF-8 or is longer than a megabyte.
base::Result<std::vector<Token>> tokenize(std::string_view source, const Suffixes* suffixes = nullptr);

// The value of a string token: quotes off, escapes \n \r \t \" \' \\ \uXXXX \UXXXXXX resolved. A
// backslash before anything else stands for itself.
std::string unescape(std::string_view token);

bool is_keyword(std::string_view text);

}  // namespace guanhu::feel
