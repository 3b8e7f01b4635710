// How a text becomes words that the full-text index of both engines finds: Chinese by its characters, others by
// their words in small letters; everything else parts words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace guanhu::records {

// "走访E01号, Abc" → "走 访 e01 号 abc".
std::string cut(std::string_view text);
// The parts of a query: each a phrase of words in order ("走 访"), as cut() cuts them; parts are parted by blanks.
std::vector<std::string> phrases(std::string_view query);
// Whether the last word of the phrase may go on: it is of letters or figures.
bool open_ended(const std::string& phrase);
// Every text of a JSON value, one a line, in its order; at most `limit` bytes.
std::string texts_of(const base::Json& value, size_t limit = 100'000);
// Some 60 characters of `text` around the first of the query's parts that occurs in it; its beginning otherwise.
std::string excerpt(const std::string& text, std::string_view query);

// For tests and neighbours: characters of UTF-8 text; a broken byte counts as one.
std::vector<std::string_view> characters(std::string_view text);

}  // namespace guanhu::records
