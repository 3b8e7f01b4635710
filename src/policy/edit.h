// One thing in a document changed, nothing else touched: a block, a formula, a parameter's value with its day, a
// case added. Tables: dmn_table_edit.h. What comes out is text; whether it is sound the checks say.
//
// Errors: "policy.edit.block" (no block begins at that line), "policy.edit.layout" (what is to be changed is not
// written as this edit can change it: edit the block as text), "policy.edit.dates", "policy.edit.value".
#pragma once
#include <optional>
#include <string>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::policy {

// What stands between the fences of the block that begins at `line`.
base::Result<std::string> with_block(const std::string& document, int line, const std::string& source);

// The formula at its place. A formula of several lines among steps is indented.
base::Result<std::string> with_formula(const std::string& document, const Text& formula, const std::string& text);

struct ParameterEdit {
  std::string name;
  base::Json value;                // a number, text, true or false, a list; a date as text
  std::optional<base::Date> from;  // the new value begins that day, the one before ends the day before; none: the
                                   // newest value is put right
  std::optional<std::string> note;
  std::optional<bool> to_confirm;
};
// `parameter`: as it is read from this document.
base::Result<std::string> with_parameter(const std::string& document, const Parameter& parameter,
                                         const ParameterEdit& edit);

struct CaseEdit {
  base::Json input;
  std::optional<base::Date> on;
  std::optional<base::Json> expected;  // none: refused
  std::string refused_at;              // because of this input
  std::string note;
};
// A line more in the decision's last table of cases where the columns fit, else a block of its own below it, or
// below the decision. The document is the one the decision stands in.
base::Result<std::string> with_case(const std::string& document, const Decision& decision, const CaseEdit& edit);

// A JSON value as TOML has it; `like`: a text is a date where this one is.
std::string toml_value(const base::Json& value, const feel::Value* like = nullptr);
// A text as TOML has it, with the marks that need no escapes where there are such; lines stand between """.
std::string toml_text(const std::string& text);

}  // namespace guanhu::policy
