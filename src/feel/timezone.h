// Offsets of named time zones, read from the system's zone files (tzdata).
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "feel/value.h"

namespace guanhu::feel {

// Whether the system knows the zone ("Asia/Shanghai", "Etc/UTC"). Names that could leave the folder
// of zone files are unknown.
bool is_zone(const std::string& name);

// Seconds east of UTC at that wall-clock moment (days since 1970-01-01, nanoseconds since midnight).
// In the hour that a change to summer time skips, the offset before it counts; nothing for a local
// zone.
std::optional<int32_t> zone_offset(const Zone& zone, int64_t days, int64_t nanos);

}  // namespace guanhu::feel
