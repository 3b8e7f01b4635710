// For a caller who has a transaction already: what records.h does in one of its own.
#pragma once
#include "records/records.h"

namespace guanhu::records {

// As remove().
base::Result<Record> remove_in(store::Session& session, int64_t id, int64_t version, const std::string& action,
                               const std::string& why, const Doing& doing);

}  // namespace guanhu::records
