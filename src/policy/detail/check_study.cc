#include "policy/detail/check_study.h"

#include <algorithm>

#include "policy/detail/compiled.h"
#include "policy/detail/texts.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

feel::NodePtr tree_of(std::string_view source, feel::Form form) {
  auto tree = feel::parse(source, formula_scope(), form);
  return tree.ok() ? std::move(tree.value()) : nullptr;
}

ParsedTable parsed_table(const Table& table) {
  ParsedTable out;
  out.table = &table;
  for (const TableInput& input : table.inputs)
    out.inputs.push_back(input.condition ? Parsed{&input.expression, &input.expression.text, nullptr}
                                         : parsed(input.expression));
  for (const TableRow& row : table.rows) {
    auto& tests = out.tests.emplace_back();
    for (size_t i = 0; i < row.tests.size() && i < table.inputs.size(); ++i)
      tests.push_back(
          parsed(row.tests[i], table.inputs[i].condition ? feel::Form::expression : feel::Form::unary_tests));
    auto& results = out.results.emplace_back();
    for (const Cell& cell : row.results) results.push_back(parsed(cell, feel::Form::expression));
  }
  return out;
}

// The offset in the text of offset `at` of what is parsed: quotes and "@" have been added to it.
uint32_t in_text(std::string_view text, std::string_view feel, uint32_t at) {
  size_t i = 0, j = 0;
  for (; i < at && i < feel.size(); ++i)
    if (j < text.size() && feel[i] == text[j]) ++j;
  return static_cast<uint32_t>(j);
}

}  // namespace

const Decision* required_decision(const Pack& pack, std::string_view id) {
  if (const Decision* own = pack.decision(id)) return own;
  size_t slash = id.find('/');
  for (const auto& imported : pack.imports) {
    if (slash != id.npos && imported->id == id.substr(0, slash)) return imported->decision(id.substr(slash + 1));
    if (slash == id.npos)
      if (const Decision* other = imported->decision(id)) return other;
  }
  return nullptr;
}

Parsed parsed(const Text& text, feel::Form form) { return {&text, &text.text, tree_of(text.text, form)}; }

Parsed parsed(const Cell& cell, feel::Form form) {
  return {&cell.text, &cell.feel, cell.any() ? nullptr : tree_of(cell.feel, form)};
}

Study::Study(const Draft& of, const Decision& one) : draft(&of), decision(&one) {
  begin(one.origin, one.inputs, one.body);
  declare_parameters();
  declare_requirements();
  for (const Refusal& refusal : one.refusals) refusals.push_back(parsed(refusal.condition));
}

Study::Study(const Draft& of, const Function& one) : draft(&of), function(&one) {
  begin(one.origin, one.parameters, one.body);
  declare_parameters();
}

void Study::begin(const Origin& from, const std::vector<Field>& fields, const Body& all) {
  origin = &from;
  inputs = &fields;
  body = &all;
  for (const auto& one : draft->sources)
    if (one->path == from.document) source = one.get();
  for (const Step& step : all.steps) {
    ParsedStep& out = steps.emplace_back();
    out.step = &step;
    if (step.table) out.table = parsed_table(*step.table);
    else out.formula = parsed(step.formula);
  }
}

// An input goes before a parameter of the same name.
void Study::declare_parameters() {
  auto add = [&](const Parameter& parameter) {
    if (parameter.decision.empty() || parameter.decision == id())
      symbols.insert_or_assign(parameter.name, Symbol{Info::of_parameter(parameter)});
  };
  for (auto pack = draft->pack.imports.rbegin(); pack != draft->pack.imports.rend(); ++pack)
    for (const Parameter& parameter : (*pack)->parameters)
      if (parameter.decision.empty()) add(parameter);
  for (bool own : {false, true})
    for (const Parameter& parameter : draft->pack.parameters)
      if (parameter.decision.empty() != own) add(parameter);
  for (const Field& field : *inputs)
    symbols.insert_or_assign(field.name, Symbol{field.type ? Info::of_field(field) : Info()});
}

void Study::declare_requirements() {
  for (const Requirement& requirement : decision->requirements) {
    auto& row = arguments.emplace_back();
    for (const Requirement::Argument& argument : requirement.arguments) row.push_back(parsed(argument.formula));
    const Decision* other = required_decision(draft->pack, requirement.decision);
    symbols.insert_or_assign(requirement.name,
                             Symbol{other && other->output ? Info::of_type(*other->output) : Info()});
  }
}

Place Study::place(const Parsed& at, feel::SourceRange range) const {
  const std::string& text = at.text->text;
  if (at.feel == &text) return place_of(*at.text, range);
  uint32_t begin = in_text(text, *at.feel, range.begin), end = in_text(text, *at.feel, range.end);
  return place_of(*at.text, {begin, std::max(begin, end)});
}

void Study::each(const std::function<void(const Parsed&)>& visit) const {
  auto call = [&](const Parsed& one) {
    if (one.tree) visit(one);
  };
  for (const auto& row : arguments) std::for_each(row.begin(), row.end(), call);
  std::for_each(refusals.begin(), refusals.end(), call);
  for (const ParsedStep& step : steps) {
    call(step.formula);
    std::for_each(step.table.inputs.begin(), step.table.inputs.end(), call);
    for (const auto& row : step.table.tests) std::for_each(row.begin(), row.end(), call);
    for (const auto& row : step.table.results) std::for_each(row.begin(), row.end(), call);
  }
}

std::vector<Study> studies(const Draft& draft) {
  std::vector<Study> out;
  out.reserve(draft.pack.decisions.size() + draft.pack.functions.size());
  // What is not compiled has been found wrong already.
  if (!draft.pack.compiled) return out;
  for (const Decision& one : draft.pack.decisions)
    if (draft.pack.compiled->decisions.contains(one.id)) out.emplace_back(draft, one);
  for (const Function& one : draft.pack.functions)
    if (draft.pack.compiled->functions.contains(one.name)) out.emplace_back(draft, one);
  std::erase_if(out, [](const Study& one) { return !one.source; });
  return out;
}

}  // namespace guanhu::policy::detail
