// Bulk imports at work: a sent table read, checked, performed, undone; at once when it is small, else as a job
// with progress.
#pragma once
#include <functional>
#include <string>

#include "api/intake_desk.h"

namespace guanhu::api {

inline constexpr size_t kIntakeUpload = size_t{16} << 20;  // bytes
inline constexpr size_t kIntakeAtOnce = 1'000;             // rows; more are a job

// Refused: sheet.format, sheet.large, intake.head (no line with titles), intake.rows (none below it).
base::Result<customers::IntakeTable> read_intake_table(std::string_view bytes, std::string_view name = {});

using IntakeStep =
    std::function<base::Result<records::Record>(Desk& desk, const customers::IntakeProgress& progress)>;
// {"import", "job"}: one of them is null. `step` may run after the request has ended: it holds what it needs.
Outcome run_intake(Services& services, const Call& call, size_t rows, const std::string& title, IntakeStep step);

base::Json import_json(Desk& desk, const records::Record& of);

}  // namespace guanhu::api
