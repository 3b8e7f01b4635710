// Evaluates what a model declares.
//
// As DMN says, what goes wrong inside is null, and a diagnostic tells where and why; with
// options.strict the first one is the Error instead. Limits (steps, depth, size) count for the whole
// evaluation and are Errors always ("feel.limit").
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dmn/hits.h"
#include "dmn/model.h"
#include "feel/eval.h"
#include "feel/value.h"

namespace guanhu::dmn {

struct Input {
  std::string name;
  feel::Value value;
  std::string space = {};  // namespace of the model it belongs to; empty: the first that has the name
};
using Inputs = std::vector<Input>;

// The entries of a context as inputs. Entries of an import's name hold the inputs of that model.
Inputs inputs_of(const Model& model, const feel::Value& context);

// Values are checked against the types the model declares; one that does not fit is null, and so is a
// missing one. Of a decision service the inputs are its input data and input decisions, of a business
// knowledge model its parameters. A service with several output decisions gives a context.
// `name`: of the first model, or of an imported one where `space` says so or only that has it.
// Errors beside those above: "dmn.name" (nothing of that name, with the nearest known one).
// Diagnostics: where is "file:line, what, line:column of the expression".
// `hits`: every table that was run, in the order of evaluation, at most 1000 (a table in a loop).
base::Result<feel::Value> evaluate(const Model& model, std::string_view name, const Inputs& inputs,
                                   const feel::EvalOptions& options = {},
                                   std::vector<base::Error>* diagnostics = nullptr, std::string_view space = {},
                                   std::vector<TableHit>* hits = nullptr);

}  // namespace guanhu::dmn
