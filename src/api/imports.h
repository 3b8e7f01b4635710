// Imports as the client shows them, and the jobs that make them.
#pragma once
#include <string>

#include "base/clock.h"
#include "feed/report.h"
#include "store/store.h"

namespace guanhu::api {

// Keeps the report of a date that was refused, with its audit record: the next import of the date removes it.
void keep_refusal(store::Session& session, const feed::DateReport& report, const std::string& actor,
                  base::Clock& clock);

}  // namespace guanhu::api
