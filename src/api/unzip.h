// Reads an uploaded zip of one business date: manifest.json and CSV files, nothing else.
#pragma once
#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace guanhu::api {

struct UnzipLimits {
  size_t files = 64;
  size_t bytes = size_t{1} << 30;  // of all files, unpacked
};

// Writes the files into `folder`, which exists. Names are taken without their folders; a file that is neither
// manifest.json nor NAME.csv, stands there twice, does not unpack to what the zip says, or would go beyond the
// limits refuses the whole (import.zip).
base::Status unzip(std::string_view zip, const std::filesystem::path& folder, const UnzipLimits& limits = {});

}  // namespace guanhu::api
