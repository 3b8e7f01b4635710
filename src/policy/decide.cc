#include "policy/decide.h"

#include <algorithm>

#include "feel/json.h"
#include "policy/detail/compiled.h"
#include "policy/detail/text.h"

namespace guanhu::policy {

namespace {

using base::Error;
using base::Json;
using base::Result;
using detail::CompiledDecision;
using feel::Value;

Error unknown_decision(const Pack& pack, std::string_view id) {
  std::vector<std::string> known;
  for (const Decision& one : pack.decisions) known.push_back(one.id);
  std::string near = detail::nearest(id, known);
  return {"decide.unknown", "制度包“" + pack.id + "”没有决策“" + std::string(id) + "”", pack.id,
          near.empty() ? "现有 " + std::to_string(known.size()) + " 个决策，见 guanhu policy check"
                       : "是不是 " + near + "？"};
}

Error misfit_error(const Misfit& misfit) {
  return {"decide.input." + misfit.code, misfit.message, misfit.path, ""};
}

Error unknown_input(const std::vector<Field>& inputs, const std::string& name) {
  std::vector<std::string> known;
  for (const Field& field : inputs) known.push_back(field.name);
  std::string near = detail::nearest(name, known);
  return {"decide.input.unknown", "没有“" + name + "”这个输入", name,
          near.empty() ? "输入有：" + detail::joined(known) : "是不是“" + near + "”？"};
}

// What was given for one input, null where nothing was.
Result<Value> read_field(const Field& field, const Json* given) {
  if (given && !given->is_null()) {
    Misfit misfit;
    auto value = read_value(*given, *field.type, field.name, misfit);
    if (!value) return misfit_error(misfit);
    return std::move(*value);
  }
  if (field.optional) return field.otherwise.value_or(Value());
  return Error{given ? "decide.input.null" : "decide.input.missing",
               (given ? "没有填“" : "缺少“") + field.name + "”", field.name, "要的是 " + field.type->str()};
}

Result<std::vector<Value>> read_inputs(const CompiledDecision& decision, const Json& input) {
  const base::JsonObject* object = input.as_object();
  if (!object) return Error{"decide.input.object", "输入要是一个 JSON 对象", "", "写成 {\"名称\": 值, …}"};
  std::vector<Value> out;
  out.reserve(decision.body.slots);
  size_t used = 0;
  for (const Field& field : decision.inputs) {
    const Json* given = input.find(field.name);
    if (given) ++used;
    auto value = read_field(field, given);
    if (!value.ok()) return value.error();
    out.push_back(std::move(*value));
  }
  if (used < object->size())
    for (const auto& entry : *object) {
      auto same = [&](const Field& field) { return field.name == entry.first; };
      if (std::none_of(decision.inputs.begin(), decision.inputs.end(), same))
        return unknown_input(decision.inputs, entry.first);
    }
  return out;
}

// A row stands for itself where it names rules; otherwise it tells which row of its decision's rules decided,
// where exactly one can.
std::vector<Cite> cites_of(const std::vector<detail::Hit>& hits,
                           const std::vector<const CompiledDecision*>& asked) {
  std::vector<Cite> out;
  auto add = [&](Cite cite) {
    bool known = std::any_of(out.begin(), out.end(), [&](const Cite& other) {
      return other.rule_id == cite.rule_id && other.table == cite.table && other.row == cite.row;
    });
    if (!known) out.push_back(std::move(cite));
  };
  for (const CompiledDecision* decision : asked) {
    std::vector<const detail::Hit*> own;
    for (const auto& hit : hits)
      if (hit.decision == decision) own.push_back(&hit);
    auto name = [&](const detail::Hit& hit) { return hit.table == "result" ? decision->id : hit.table; };
    for (const detail::Hit* hit : own)
      for (const std::string& rule : hit->source->rules)
        add({rule, hit->source->article.empty() ? decision->article : hit->source->article, name(*hit),
             hit->row + 1, hit->source->note});
    bool row_known = own.size() == 1 && own[0]->source->rules.empty();
    for (const std::string& rule : decision->rules) {
      bool named = std::any_of(out.begin(), out.end(), [&](const Cite& cite) { return cite.rule_id == rule; });
      if (named) continue;
      if (row_known) {
        const TableRow& row = *own[0]->source;
        add({rule, row.article.empty() ? decision->article : row.article, name(*own[0]), own[0]->row + 1,
             row.note});
      } else {
        add({rule, decision->article, "", 0, ""});
      }
    }
  }
  return out;
}

}  // namespace

Result<Answer> decide(const Pack& pack, std::string_view id, const Json& input, base::Date on,
                      const AskOptions& options) {
  if (!pack.compiled) return unknown_decision(pack, id);
  auto found = pack.compiled->decisions.find(id);
  if (found == pack.compiled->decisions.end()) return unknown_decision(pack, id);
  const CompiledDecision& decision = *found->second;
  auto inputs = read_inputs(decision, input);
  if (!inputs.ok()) return inputs.error();
  Answer out;
  out.on = on;
  out.pack_hash = pack.hash;
  feel::EvalOptions evaluation = options.evaluation;
  evaluation.strict = true;
  std::vector<detail::Hit> hits;
  std::vector<const CompiledDecision*> asked;
  base::JsonArray trace;
  detail::Asking asking{on, &evaluation, &hits, &asked, options.trace ? &trace : nullptr};
  try {
    out.result = detail::run_decision(decision, std::move(inputs.value()), asking);
  } catch (feel::Eval::Stop& stopped) {
    return std::move(stopped.error);
  } catch (const feel::NestingLimit&) {
    return Error{"decide.limit", "结果套得太深", decision.id, ""};
  }
  Misfit misfit;
  if (!check_value(out.result, *decision.output, "", misfit))
    return Error{"decide.result", misfit.message, decision.body.document,
                 "结果的类型是 " + decision.output->str()};
  out.cites = cites_of(hits, asked);
  if (options.trace) out.trace = Json(std::move(trace));
  return out;
}

std::vector<Error> input_errors(const Decision& decision, const Json& input) {
  std::vector<Error> out;
  const base::JsonObject* object = input.as_object();
  if (!object) return {{"decide.input.object", "输入要是一个 JSON 对象", "", "写成 {\"名称\": 值, …}"}};
  for (const Field& field : decision.inputs)
    if (auto value = read_field(field, input.find(field.name)); !value.ok()) out.push_back(value.error());
  for (const auto& entry : *object)
    if (!decision.input(entry.first)) out.push_back(unknown_input(decision.inputs, entry.first));
  return out;
}

Result<Answer> Rulebook::decide(const Question& question, const AskOptions& options) {
  auto at = opened_.find(question.pack);
  if (at == opened_.end()) {
    Entry entry;
    auto opened = shelf_.open(question.pack);
    if (opened.ok()) entry.pack = opened.value();
    else entry.error = opened.error();
    at = opened_.emplace(question.pack, std::move(entry)).first;
  }
  if (at->second.error) return *at->second.error;
  return policy::decide(*at->second.pack, question.decision, question.input, question.on, options);
}

Json to_json(const std::vector<Cite>& cites) {
  base::JsonArray out;
  out.reserve(cites.size());
  for (const Cite& cite : cites) {
    base::JsonObject one{{"rule_id", cite.rule_id}, {"article", cite.article}};
    one.emplace_back("table", cite.table.empty() ? Json() : Json(cite.table));
    one.emplace_back("row", cite.row == 0 ? Json() : Json(cite.row));
    if (!cite.note.empty()) one.emplace_back("note", cite.note);
    out.push_back(std::move(one));
  }
  return out;
}

Json to_json(const Answer& answer) {
  base::JsonObject out{{"result", feel::to_json(answer.result)},
                       {"on", answer.on.str()},
                       {"pack_hash", answer.pack_hash},
                       {"cites", to_json(answer.cites)}};
  if (answer.trace) out.emplace_back("trace", *answer.trace);
  return out;
}

bool same_result(const Json& expected, const Json& got) {
  if (const auto* number = expected.as_number()) {
    const auto* other = got.as_number();
    auto rounded = [](const base::Decimal& value) { return value.round(10, base::Rounding::half_up); };
    return other && rounded(*number) == rounded(*other);
  }
  if (const auto* array = expected.as_array()) {
    const auto* other = got.as_array();
    return other && array->size() == other->size() &&
           std::equal(array->begin(), array->end(), other->begin(), same_result);
  }
  if (const auto* object = expected.as_object()) {
    return got.as_object() && std::all_of(object->begin(), object->end(), [&](const auto& entry) {
             const Json* part = got.find(entry.first);
             return part && same_result(entry.second, *part);
           });
  }
  return expected.dump() == got.dump();
}

std::optional<std::string> run_case(const Pack& pack, const std::string& decision, const Case& one,
                                    base::Date today) {
  auto answer = decide(pack, decision, one.input, one.on.value_or(std::max(today, pack.from.value_or(today))));
  if (!answer.ok()) {
    const Error& error = answer.error();
    if (!one.refused) return "应得 " + one.expected->dump() + "，却被拒绝：" + error.text();
    if (one.refused_at.empty() || error.where == one.refused_at) return std::nullopt;
    return "应因“" + one.refused_at + "”被拒绝，却因“" + error.where + "”：" + error.message;
  }
  Json got = feel::to_json(answer->result);
  if (one.refused) return "应被拒绝，却得出 " + got.dump();
  if (same_result(*one.expected, got)) return std::nullopt;
  return "应得 " + one.expected->dump() + "，得出 " + got.dump();
}

std::vector<Error> failing_cases(const Pack& pack, base::Date today) {
  std::vector<Error> out;
  for (const CaseTable& table : pack.cases)
    for (const Case& one : table.cases)
      if (auto wrong = run_case(pack, table.decision, one, today))
        out.push_back(
            {"policy.case.wrong", table.decision + (one.note.empty() ? "" : "(" + one.note + ")") + "：" + *wrong,
             table.origin.document + ":" + std::to_string(one.at.line) + ":" + std::to_string(one.at.column),
             "改规则，或改案例；过程见 guanhu decide --trace"});
  return out;
}

}  // namespace guanhu::policy
