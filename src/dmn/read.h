// Reads a model's file as it stands, for comparing and taking over what somebody edited in another tool.
// Whether its expressions are right is not asked here: model.h does.
#pragma once
#include <string>

#include "base/error.h"
#include "dmn/document.h"

namespace guanhu::dmn {

// `file` is used in messages only. DMN 1.1 to 1.5. The diagram is not read. Errors: "dmn.xml" (no XML),
// "dmn.model" (no decision model); where is "file:line".
base::Result<Document> read_document(const std::string& file, const std::string& text);

}  // namespace guanhu::dmn
