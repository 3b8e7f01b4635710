// The small bank that the tests of this module look at: written once, read back by tiny_reader.h.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/date.h"
#include "sample/sample.h"
#include "sample/tiny_reader.h"

namespace guanhu::sample {
namespace fs = std::filesystem;
using base::Date;
using tiny::DayFolder;
using tiny::fen;
using tiny::Record;

inline Date day(std::string_view text) { return *Date::parse(text); }

class TempFolder {
 public:
  explicit TempFolder(const std::string& name)
      : path_(fs::temp_directory_path() / ("guanhu_sample_" + std::to_string(::getpid()) + "_" + name)) {
    fs::remove_all(path_);
  }
  ~TempFolder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The turn of a year, the Spring Festival, two quarter ends and the spring, with several branches.
inline Options small_bank(const fs::path& out) {
  Options o;
  o.out = out;
  o.customers = 1200;
  o.managers = 18;
  o.from = day("2024-12-20");
  o.to = day("2025-04-10");
  o.seed = 7;
  return o;
}

struct Shared {
  TempFolder folder{"shared"};
  Summary summary;
  std::vector<DayFolder> days;
  Shared() {
    summary = write_sample(small_bank(folder.path())).value();
    days = tiny::read_feed(folder.path());
  }
};
inline const Shared& bank() {
  static const Shared shared;
  return shared;
}

// visit(day, row) for every row of `file` in order of time.
template <class Visit>
void each(const std::string& file, Visit visit) {
  for (const DayFolder& d : bank().days)
    if (auto at = d.files.find(file); at != d.files.end())
      for (const Record& row : at->second.rows) visit(d, row);
}

}  // namespace guanhu::sample
