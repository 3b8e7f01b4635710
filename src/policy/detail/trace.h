// What an evaluation did, for people: the tree of values, errors with their place in the document.
#pragma once
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "feel/program.h"
#include "policy/decision.h"

namespace guanhu::policy::detail {

// {"name", "formula", "value", "parts": [{"text", "value", "parts"}]}
base::Json trace_tree(const std::string& name, const feel::Program& program, const feel::Trace& trace,
                      const feel::Value& value);

// An error of feel inside `text` of `document`, in Chinese, with the place of the sub-expression.
base::Error in_document(const base::Error& error, const std::string& document, const Text& text,
                        const std::string& name);

}  // namespace guanhu::policy::detail
