// A file of a pack, and what is reported about it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/load.h"

namespace guanhu::policy::detail {

// A stretch of one line. Line and column are 1-based; column and width count code points.
struct Place {
  int line = 1, column = 1, width = 1;
};

struct Source {
  std::string path;  // as shown: "policies/sample/经营业绩.md"
  std::string text;  // valid UTF-8, no byte order mark, lines end in "\n"
  std::vector<std::string> lines;
  const Source* taken_over_by = nullptr;  // pack.toml of the pack to which what is wrong here is told

  static Source of(std::string path, std::string_view text);
  // "file:line:column"
  std::string where(Place place) const;
  // The line with a caret below, two blanks before each; "" when there is no such line.
  std::string excerpt(Place place) const;
};

// Collects what is wrong; sorted by place when it is handed over.
class Report {
 public:
  void add(const Source& source, Place place, std::string code, std::string message, std::string hint);
  bool empty() const { return found_.empty(); }
  size_t size() const { return found_.size(); }
  Problems take();

 private:
  struct Found {
    std::string path;
    Place place;
    base::Error error;
    std::string excerpt;
  };
  std::vector<Found> found_;
};

}  // namespace guanhu::policy::detail
