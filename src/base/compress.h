// Whole files compressed with zstd, as landed extracts are kept.
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"

namespace guanhu::base {

// One zstd frame with its content size and a checksum. Level 1 keeps up with the disk; higher levels
// (to 19) are smaller and slower. Throws Broken when there is no memory.
std::string compress(std::string_view bytes, int level = 1);

// The bytes of one frame as compress() wrote it; an Error (compress.damaged) for anything else, also
// for a frame that claims more than `limit` bytes.
Result<std::string> decompress(std::string_view frame, size_t limit = size_t{1} << 34);

}  // namespace guanhu::base
