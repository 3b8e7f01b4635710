// Runs test cases in the format of the DMN TCK (testCases.xsd of its repository).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "feel/eval.h"

namespace guanhu::dmn {

// One result node of one test case.
struct TckCase {
  std::string
      folder;  // of the test, seen from the folder that was asked for: "compliance-level-2/0004-simpletable-U"
  std::string test;  // the file without its extension: "0004-simpletable-U-test-01"
  std::string name;  // the case's id
  std::string node;
  bool passed = false;
  std::string expected, got;  // as FEEL literals; what went wrong behind a null in brackets
};

struct TckReport {
  std::vector<TckCase> cases;  // by folder and file, then in the order of the file
  size_t passed() const;
};

// Every "*.xml" below `folder` whose root is <testCases>. A model that cannot be loaded fails all its
// cases. Numbers that differ by no more than 1e-8 are the same, as in the TCK's own runners.
// Errors: "dmn.tck" (no such folder, no test in it, a test file that is broken).
base::Result<TckReport> run_tck(const std::filesystem::path& folder, const feel::EvalOptions& options);

}  // namespace guanhu::dmn
