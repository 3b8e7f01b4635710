#include "dmn/session.h"

#include <map>

namespace guanhu::dmn {
using feel::Value;

namespace {
// The values of a node's requirements in their slots; those of imported models stand in contexts under
// the import's name.
template <class ValueOf>
std::vector<Value> fill_slots(const NodeData& node, ValueOf value_of) {
  std::vector<Value> slots(node.code.slot_count);
  std::map<int, std::vector<std::pair<std::string, Value>>> imported;
  for (auto& requirement : node.requirements) {
    Value value = value_of(requirement.node);
    if (requirement.member.empty()) slots[static_cast<size_t>(requirement.slot)] = std::move(value);
    else imported[requirement.slot].emplace_back(requirement.member, std::move(value));
  }
  for (auto& [slot, members] : imported) slots[static_cast<size_t>(slot)] = Value::context(std::move(members));
  return slots;
}

class KnowledgeFunction : public feel::Function {
 public:
  KnowledgeFunction(std::shared_ptr<const ModelData> model, size_t node) : model_(std::move(model)), node_(node) {}
  const NodeData& node() const { return model_->nodes[node_]; }
  const std::vector<Parameter>& parameters() const override { return node().code.parameters; }
  std::string_view name() const override { return node().code.name; }
  feel::TypeRef result_type() const override { return node().code.result ? node().code.result->feel : nullptr; }
  Value call(std::span<const Value> arguments, feel::Eval& eval) const override {
    auto slots = fill_slots(node(), [&](size_t required) { return function_of(model_, required); });
    retain();
    Value self = Value::adopt(feel::Kind::function, this);
    return call_code(node().code, std::move(slots), arguments, eval, model_, &self);
  }

 protected:
  std::shared_ptr<const ModelData> model_;
  size_t node_;
};

class ServiceFunction : public KnowledgeFunction {
 public:
  using KnowledgeFunction::KnowledgeFunction;
  Value call(std::span<const Value> arguments, feel::Eval& eval) const override {
    const NodeData& service = node();
    Labels::At at(eval, service.place);
    feel::SourceRange place = eval.place;
    Value result;
    {
      feel::Eval::Call guard(eval, {});
      Session session(model_, eval);
      for (size_t i = 0; i < arguments.size(); ++i) {
        std::string why;
        auto& type = service.code.types[i];
        auto fits = type ? fit(arguments[i], *type, eval, why) : std::optional<Value>(arguments[i]);
        if (!fits)
          return fail(eval, service.place, "dmn.argument",
                      "argument '" + service.code.parameters[i].name + "': " + why);
        session.give(service.parameters[i], *fits);
      }
      result = outputs(session);
      result = fitted(eval, service.place, result, service.code.result);
    }
    eval.place = place;
    return result;
  }

 private:
  Value outputs(Session& session) const {
    const NodeData& service = node();
    if (service.outputs.empty()) return {};
    if (service.outputs.size() == 1) return session.value_of(service.outputs[0]);
    std::vector<std::pair<std::string, Value>> entries;
    for (size_t output : service.outputs)
      entries.emplace_back(model_->nodes[output].variable, session.value_of(output));
    return Value::context(std::move(entries));
  }
};
}  // namespace

Value function_of(const std::shared_ptr<const ModelData>& model, size_t node) {
  feel::Function* made = model->nodes[node].kind == Model::Kind::service ? new ServiceFunction(model, node)
                                                                         : new KnowledgeFunction(model, node);
  return Value::adopt(feel::Kind::function, made);
}

void Session::give(size_t index, const Value& value) {
  const NodeData& node = model_->nodes[index];
  known_[index] = fitted(eval_, node.place, value, node.type);
}

Value Session::value_of(size_t index) {
  if (auto known = known_.find(index); known != known_.end()) return known->second;
  const NodeData& node = model_->nodes[index];
  Value value;
  switch (node.kind) {
    case Model::Kind::input:
      value = fail(eval_, node.place, "dmn.input", "the input '" + node.name + "' is not given");
      break;
    case Model::Kind::decision: value = decide(index); break;
    case Model::Kind::knowledge:
    case Model::Kind::service: value = function_of(model_, index); break;
  }
  return known_[index] = value;
}

Value Session::decide(size_t index) {
  const NodeData& node = model_->nodes[index];
  eval_.step();
  auto slots = fill_slots(node, [&](size_t required) { return value_of(required); });
  Labels::At at(eval_, node.place);
  if (!node.code.body) return fail(eval_, node.place, "dmn.expression", "the decision has no expression");
  Frame frame{std::move(slots), eval_, model_};
  return fitted(eval_, node.place, node.code.body->eval(frame), node.code.result);
}

}  // namespace guanhu::dmn
