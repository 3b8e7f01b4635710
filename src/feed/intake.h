// One file of a date: decoded, parsed and held against what the manifest says about it.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "feed/manifest.h"
#include "feed/parse.h"
#include "feed/report.h"

namespace guanhu::feed {

struct Intake {
  std::shared_ptr<const std::string> bytes, decoded;  // what the parsed texts point into
  ParsedFile parsed;
  FileReport report;    // read, refusals, checks, unknown columns, problem
  int64_t rejects = 0;  // broken checks and a file that cannot be used; refused rows are counted apart
  bool usable() const { return !report.problem; }
};

// `digest` gives the file's SHA-256; it is asked only where the manifest names one.
Intake take_in(const ManifestFile& file, const Manifest& manifest, std::shared_ptr<const std::string> bytes,
               const std::function<std::string()>& digest);
// A file that the manifest names and that is not there.
Intake missing_file(const ManifestFile& file, const base::Error& why);

}  // namespace guanhu::feed
