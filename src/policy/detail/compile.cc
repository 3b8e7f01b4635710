#include "policy/detail/compile.h"

#include <algorithm>

#include "policy/detail/formula.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

feel::TypeRef simple(feel::Type::Name name) { return feel::Type::simple(name); }

feel::TypeRef type_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text:
    case ColumnKind::choice: return simple(feel::Type::Name::string);
    case ColumnKind::date: return simple(feel::Type::Name::date);
    case ColumnKind::boolean: return simple(feel::Type::Name::boolean);
    default: return simple(feel::Type::Name::number);
  }
}

bool has(const std::vector<Slot>& slots, std::string_view name) {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.name == name; });
}

}  // namespace

std::vector<Slot> slots_of(const Pack& pack, bool score, const std::vector<std::string>& inputs,
                           const feel::Node& tree) {
  std::vector<Slot> out;
  const feel::TypeRef number = simple(feel::Type::Name::number);
  for (const std::string& input : inputs) {
    const RecordedFact* recorded = pack.recorded_fact(input);
    out.push_back({input, recorded ? recorded->type->feel() : number});
  }
  bool full_mark = false;
  for (const UsedName& used : free_names(tree)) {
    if (has(out, used.name)) continue;
    if (score && used.name == kFullMark) full_mark = true;
    else if (pack.parameter(used.name)) out.push_back({used.name, number});
  }
  if (full_mark) out.push_back({std::string(kFullMark), number});
  return out;
}

std::vector<Slot> slots_of(std::span<const FactColumn> columns, const feel::Node& tree) {
  std::vector<Slot> out;
  for (const UsedName& used : free_names(tree)) {
    auto column = std::find_if(columns.begin(), columns.end(), [&](const FactColumn& one) {
      return one.name == used.name || one.feed == used.name;
    });
    if (column != columns.end() && !has(out, used.name)) out.push_back({used.name, type_of(column->kind)});
  }
  return out;
}

base::Result<std::shared_ptr<const feel::Program>> compile_formula(const std::string& text,
                                                                   const std::vector<Slot>& slots) {
  feel::Scope scope = formula_scope();
  for (const Slot& slot : slots) scope.declare(slot.name, slot.type);
  auto program = feel::compile(text, scope);
  if (!program.ok()) return program.error();
  return std::make_shared<const feel::Program>(std::move(program.value()));
}

}  // namespace guanhu::policy::detail
