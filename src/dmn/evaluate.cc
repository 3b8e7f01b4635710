#include "dmn/evaluate.h"

#include <algorithm>

#include "dmn/session.h"

namespace guanhu::dmn {
namespace {
using feel::Kind;
using feel::Value;

bool is_named(const NodeData& node, std::string_view name) { return node.variable == name || node.name == name; }

// The first file's nodes come first in the list, so they win.
std::optional<size_t> find(const ModelData& data, std::string_view wanted, std::string_view space, auto&& fits) {
  std::string name = feel::normal_name(wanted);
  for (size_t i = 0; i < data.nodes.size(); ++i) {
    const NodeData& node = data.nodes[i];
    if (!space.empty() && data.files[node.file].space != space) continue;
    if (is_named(node, name) && fits(node)) return i;
  }
  return std::nullopt;
}

base::Error unknown(const ModelData& data, std::string_view name) {
  std::string all;
  size_t count = 0;
  for (auto& node : data.nodes)
    if (node.kind != Model::Kind::input && node.file == 0 && count++ < 20)
      all += (all.empty() ? "" : ", ") + node.variable;
  return {"dmn.name", "the model has no decision, service or knowledge model '" + std::string(name) + "'",
          data.files[0].name, all.empty() ? "it has none at all" : "it has " + all};
}

Value call(const std::shared_ptr<const ModelData>& data, size_t index, const Inputs& inputs, feel::Eval& eval) {
  const NodeData& node = data->nodes[index];
  std::vector<Value> arguments(node.code.parameters.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = node.code.parameters[i].name;
    auto given = std::find_if(inputs.begin(), inputs.end(), [&](auto& input) {
      if (node.kind == Model::Kind::service) {
        auto& parameter = data->nodes[node.parameters[i]];
        return is_named(parameter, feel::normal_name(input.name)) &&
               (input.space.empty() || data->files[parameter.file].space == input.space);
      }
      return feel::normal_name(input.name) == name;
    });
    if (given != inputs.end()) arguments[i] = given->value;
    else fail(eval, node.place, "dmn.input", "the input '" + name + "' is not given");
    // Of a call from outside a wrong argument is null; the function is invoked all the same.
    if (node.code.types[i]) arguments[i] = fitted(eval, node.place, arguments[i], node.code.types[i]);
  }
  Value function = function_of(data, index);
  return function.function().call(arguments, eval);
}

Value decide(const std::shared_ptr<const ModelData>& data, size_t index, const Inputs& inputs, feel::Eval& eval) {
  Session session(data, eval);
  for (auto& input : inputs) {
    auto node =
        find(*data, input.name, input.space, [&](const NodeData& n) { return n.kind == Model::Kind::input; });
    if (node) session.give(*node, input.value);
    else fail(eval, data->nodes[index].place, "dmn.input", "the model has no input '" + input.name + "'");
  }
  return session.value_of(index);
}
}  // namespace

Inputs inputs_of(const Model& model, const Value& context) {
  Inputs inputs;
  if (!context.is(Kind::context)) return inputs;
  const ModelData& data = *model.data();
  const feel::Context& c = context.context();
  for (size_t i = 0; i < c.size(); ++i) {
    const std::string& name = c.shape->names()[i];
    auto import = data.files[0].imports.find(name);
    if (import == data.files[0].imports.end() || !c.values[i].is(Kind::context)) {
      inputs.push_back({name, c.values[i]});
      continue;
    }
    const feel::Context& inner = c.values[i].context();
    for (size_t j = 0; j < inner.size(); ++j)
      inputs.push_back({inner.shape->names()[j], inner.values[j], data.files[import->second].space});
  }
  return inputs;
}

base::Result<Value> evaluate(const Model& model, std::string_view name, const Inputs& inputs,
                             const feel::EvalOptions& options, std::vector<base::Error>* diagnostics,
                             std::string_view space, std::vector<TableHit>* hits) {
  const auto& data = model.data();
  auto index = find(*data, name, space, [](const NodeData& node) { return node.kind != Model::Kind::input; });
  if (!index) return unknown(*data, name);
  std::vector<feel::Diagnostic> found;
  feel::Eval eval(options, &found);
  Labels labels(found);
  labels.hits = hits;
  eval.host = &labels;
  auto hand_over = [&] {
    labels.settle(labels.current);
    if (diagnostics)
      for (auto& d : found) diagnostics->push_back(std::move(d.error));
  };
  try {
    bool decision = data->nodes[*index].kind == Model::Kind::decision;
    Value value = decision ? decide(data, *index, inputs, eval) : call(data, *index, inputs, eval);
    hand_over();
    return value;
  } catch (feel::Eval::Stop& stop) {
    hand_over();
    if (!labels.complete && labels.current)
      stop.error.where = *labels.current + (stop.error.where.empty() ? "" : ", " + stop.error.where);
    return std::move(stop.error);
  } catch (const feel::NestingLimit&) {
    hand_over();
    return base::Error{"feel.limit", "lists or contexts are nested deeper than 1000 levels",
                       labels.current ? *labels.current : data->nodes[*index].place, ""};
  }
}

}  // namespace guanhu::dmn
