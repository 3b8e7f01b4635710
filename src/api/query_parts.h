// What the handlers of reports and exports share.
#pragma once
#include "api/export_work.h"
#include "api/gate.h"
#include "api/handlers.h"

namespace guanhu::api {

inline constexpr const char* kReportView = "report_view";

// What is wrong with a question stands at its member: "spec/filters/0".
Refusal query_refusal(const base::Error& error);

// The file of the feed a row of the source stands in, without its ending; "" of what no extract brought.
std::string feed_file(const std::string& source);

// Parts of query_endpoints().
Table query_row_endpoints();
Table query_source_endpoints();
Table export_endpoints();

}  // namespace guanhu::api
