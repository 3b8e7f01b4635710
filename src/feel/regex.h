// Regular expressions of FEEL: the syntax of XPath 2.0 (matches, replace, split), run by PCRE2 with
// Unicode and with a bound on the work.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace guanhu::feel {

class Regex {
 public:
  // flags: any of s m i x q. Errors: "feel.regex" with what is wrong in the pattern.
  static base::Result<std::shared_ptr<const Regex>> compile(std::string_view pattern, std::string_view flags);
  ~Regex();

  struct Match {
    size_t begin, end;
    std::vector<std::pair<size_t, size_t>> groups;  // begin == npos: took no part
    bool laborious = false;                         // it took long, found or not
  };
  // The first match at or after `from`, which is 0 or the end of a match found in the same text before
  // (that the text is UTF-8 is checked once). An error when the pattern asks for too much work.
  base::Result<bool> find(std::string_view text, size_t from, Match& match) const;
  int groups() const;
  bool literal() const { return literal_; }  // the q flag: "$" in a replacement means itself

 private:
  Regex() = default;
  struct Code;
  std::unique_ptr<Code> code_;
  bool literal_ = false;
};

}  // namespace guanhu::feel
