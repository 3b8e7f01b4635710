// Formulas to programs. The only place that calls feel's compiler.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "feel/ast.h"
#include "feel/program.h"
#include "policy/facts.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

// The names a program takes its values for, in the order of its slots.
struct Slot {
  std::string name;
  feel::TypeRef type;
};

// A formula's inputs, then the parameters it uses in order of first use, then the full mark if it is used.
std::vector<Slot> slots_of(const Pack& pack, bool score, const std::vector<std::string>& inputs,
                           const feel::Node& tree);
// The columns a filter uses, in order of first use, as it calls them.
std::vector<Slot> slots_of(std::span<const FactColumn> columns, const feel::Node& tree);

base::Result<std::shared_ptr<const feel::Program>> compile_formula(const std::string& text,
                                                                   const std::vector<Slot>& slots);

}  // namespace guanhu::policy::detail
