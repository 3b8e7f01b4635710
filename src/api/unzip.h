// Reads an uploaded zip of one business date: manifest.json and CSV files, nothing else.
#pragma once
#include <filesystem>
#include <string_view>

#include "api/zip.h"
#include "base/error.h"

namespace guanhu::api {

// Writes the files into `folder`, which exists. Names are taken without their folders; a file that is neither
// manifest.json nor NAME.csv, stands there twice, does not unpack to what the zip says, or would go beyond the
// limits refuses the whole (import.zip).
base::Status unzip(std::string_view zip, const std::filesystem::path& folder, const ZipLimits& limits = {});

}  // namespace guanhu::api
