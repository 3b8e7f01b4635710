// What the server says to people, in the reader's language. Codes are for programs, words for people.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace guanhu::api {

enum class Language { zh, en };

// The preferred one of those there are; Chinese when nothing is said.
Language language_of(std::optional<std::string_view> accept_language);

struct Words {
  std::string title, detail;
};
// Title and detail that go with a code; an unknown code has the title of its status and no detail.
Words words_for(std::string_view code, int status, Language language);

}  // namespace guanhu::api
