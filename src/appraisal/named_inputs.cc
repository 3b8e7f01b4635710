#include "appraisal/named_inputs.h"

#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

void Names::tell(const std::string& name, Json value, Json source) {
  told_.emplace(name, Told{std::move(value), std::move(source)});
}

void Names::set(const std::string& name, Json value, Json source) {
  told_[name] = Told{std::move(value), std::move(source)};
}

const Told* Names::find(const std::string& name) const {
  if (auto it = told_.find(name); it != told_.end()) return &it->second;
  return behind_ ? behind_->find(name) : nullptr;
}

const Json* NamedAnswer::part(const std::string& member) const {
  if (error) return nullptr;
  return member.empty() ? &result : result.find(member);
}

NamedAnswer ask_named(const policy::Pack& pack, const std::string& decision, const Names& names, base::Date on) {
  NamedAnswer out;
  out.decision = pack.id + "/" + decision;
  const policy::Decision* found = pack.decision(decision);
  if (!found) {
    out.error =
        Error{"decide.unknown", "制度包 " + pack.id + " 没有决策 " + decision, decision, "改正方案里写的名字"};
    return out;
  }
  JsonObject input;
  JsonArray inputs;
  for (const policy::Field& field : found->inputs) {
    const Told* told = names.find(field.name);
    if (!told) continue;
    input.emplace_back(field.name, told->value);
    inputs.push_back(JsonObject{{"name", field.name}, {"value", told->value}, {"source", told->source}});
  }
  out.inputs = std::move(inputs);
  auto answer = policy::decide(pack, decision, Json(std::move(input)), on);
  if (!answer) {
    out.error = answer.error();
    return out;
  }
  out.result = feel::to_json(answer->result);
  out.cites = policy::to_json(answer->cites);
  return out;
}

base::Result<base::Decimal> number_in(const NamedAnswer& answer, const std::string& member) {
  if (answer.error) return *answer.error;
  const Json* part = answer.part(member);
  if (part && part->as_number()) return *part->as_number();
  return Error{"pay.result", "决策 " + answer.decision + (member.empty() ? "" : " 的" + member) + "不是数",
               answer.decision, "结果要是一个数，或者有这个名字的一项"};
}

base::Result<std::string> plan_text(const Json& of, const char* member, const std::string& where, bool required) {
  const Json* value = of.find(member);
  if (value && value->as_string() && !(required && value->as_string()->empty())) return *value->as_string();
  if (!required && (!value || value->is_null())) return std::string();
  return Error{"pay.plan", "方案缺少“" + std::string(member) + "”，或者它不是文字", where, "在制度包里补上这一项"};
}

Json told_date(base::Date day) { return Json(day.str()); }

}  // namespace guanhu::appraisal
