// Takes over what somebody edited in a decision model that was exported from a pack: cells, rows, hit
// policies and annotations of its tables. Everything else is the document's to change, and refused.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::policy {

struct DmnImport {
  struct File {
    std::filesystem::path path;
    std::string before, after;
  };
  std::vector<File> files;         // documents that change; nothing has been written yet
  std::vector<std::string> words;  // what changes, one line each: "决策 x：第 2 行“金额”由 … 改为 …"
  std::vector<base::Error> errors;  // why it cannot be taken over; then nothing else is set
};

// `folder`: of the pack, which must be sound. `file`: the model's name for messages. What comes out has been
// read and checked as the pack it would be.
DmnImport import_dmn(const std::filesystem::path& folder, const std::string& file, const std::string& xml);

}  // namespace guanhu::policy
