#include "api/policy_json.h"

#include <algorithm>

#include "feel/json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

const char* word_of(policy::TypeKind kind) {
  constexpr const char* kWords[] = {"any",       "boolean",       "number",          "string", "date",   "time",
                                    "date_time", "days_duration", "months_duration", "list",   "context"};
  return kWords[static_cast<size_t>(kind)];
}

const char* word_of(policy::HitPolicy hit) {
  constexpr const char* kWords[] = {"unique", "any", "priority", "first", "rule_order", "output_order", "collect"};
  return kWords[static_cast<size_t>(hit)];
}

const char* word_of(policy::Aggregation aggregation) {
  constexpr const char* kWords[] = {"none", "sum", "min", "max", "count"};
  return kWords[static_cast<size_t>(aggregation)];
}

const char* word_of(policy::BodyKind kind) {
  constexpr const char* kWords[] = {"formula", "table", "steps", "gate"};
  return kWords[static_cast<size_t>(kind)];
}

std::string delay_text(const policy::Delay& delay) {
  constexpr const char* kUnits[] = {"天", "工作日", "周", "月", "季", "年"};
  return std::to_string(delay.count) + " " + kUnits[static_cast<size_t>(delay.unit)];
}

Json bound_json(const std::optional<policy::Bound>& bound) {
  if (!bound) return {};
  return JsonObject{{"value", bound->value}, {"included", bound->included}};
}

Json cells_json(const std::vector<policy::Cell>& cells) {
  JsonArray out;
  for (const auto& cell : cells) out.push_back(cell.text.text.empty() ? "-" : cell.text.text);
  return out;
}

Json table_json(const policy::Table& table) {
  JsonArray inputs, outputs, rows;
  for (const auto& input : table.inputs)
    inputs.push_back(JsonObject{{"expression", input.condition ? "条件" : input.expression.text},
                                {"condition", input.condition},
                                {"type", type_json(input.type)}});
  for (const auto& output : table.outputs)
    outputs.push_back(JsonObject{{"name", output.name}, {"type", type_json(output.type)}});
  for (const auto& row : table.rows)
    rows.push_back(JsonObject{{"tests", cells_json(row.tests)},
                              {"results", cells_json(row.results)},
                              {"rules", texts_json(row.rules)},
                              {"article", row.article},
                              {"note", row.note},
                              {"line", row.line}});
  return JsonObject{{"policy", word_of(table.policy)}, {"aggregation", word_of(table.aggregation)},
                    {"line", table.at.line},           {"inputs", std::move(inputs)},
                    {"outputs", std::move(outputs)},   {"rows", std::move(rows)}};
}

JsonObject figure(const char* kind, const std::string& name, const std::string& unit, const std::string& formula,
                  const std::vector<std::string>& inputs) {
  return {{"kind", kind}, {"name", name}, {"unit", unit}, {"formula", formula}, {"inputs", texts_json(inputs)}};
}

}  // namespace

Json texts_json(const std::vector<std::string>& texts) { return JsonArray(texts.begin(), texts.end()); }

Json day_json(const std::optional<base::Date>& day) { return day ? Json(day->str()) : Json(); }

Json type_json(const policy::ValueTypePtr& type) {
  if (!type) return {};
  return JsonObject{{"text", type->str()},
                    {"kind", word_of(type->kind)},
                    {"name", type->name},
                    {"nullable", type->nullable},
                    {"unit", type->unit},
                    {"integer", type->integer},
                    {"low", bound_json(type->low)},
                    {"high", bound_json(type->high)},
                    {"words", texts_json(type->words)},
                    {"element", type_json(type->element)},
                    {"members", fields_json(type->members)}};
}

Json fields_json(const std::vector<policy::Field>& fields) {
  JsonArray out;
  for (const auto& field : fields)
    out.push_back(JsonObject{{"name", field.name},
                             {"type", type_json(field.type)},
                             {"optional", field.optional},
                             {"otherwise", field.otherwise ? feel::to_json(*field.otherwise) : Json()},
                             {"hint", field.hint}});
  return out;
}

Json body_json(const policy::Body& body) {
  JsonArray steps;
  for (const auto& step : body.steps)
    steps.push_back(JsonObject{{"name", step.name},
                               {"helper", step.helper},
                               {"type", type_json(step.type)},
                               {"formula", step.formula.text},
                               {"line", step.table ? step.table->at.line : step.formula.line},
                               {"table", step.table ? table_json(*step.table) : Json()}});
  return JsonObject{{"kind", word_of(body.kind)},
                    {"result", body.result ? Json(*body.result) : Json()},
                    {"steps", std::move(steps)}};
}

Json values_json(const policy::Parameter& parameter) {
  JsonArray out;
  for (const auto& value : parameter.values)
    out.push_back(JsonObject{
        {"value", feel::to_json(value.constant)}, {"from", day_json(value.from)}, {"to", day_json(value.to)}});
  return out;
}

std::string signature_of(const policy::Function& function) {
  std::string out;
  for (const auto& field : function.parameters)
    out += (out.empty() ? "" : ", ") + field.name + (field.optional ? "?" : "");
  return function.name + "(" + out + ")";
}

Json element_json(const policy::Pack& pack, const policy::Decision& decision) {
  JsonArray requires_, refusals;
  for (const auto& one : decision.requirements) {
    JsonArray arguments;
    for (const auto& argument : one.arguments)
      arguments.push_back(JsonObject{{"input", argument.input}, {"formula", argument.formula.text}});
    size_t slash = one.decision.find('/');
    bool own = slash == std::string::npos;
    requires_.push_back(JsonObject{{"name", one.name},
                                   {"pack", own ? pack.id : one.decision.substr(0, slash)},
                                   {"decision", own ? one.decision : one.decision.substr(slash + 1)},
                                   {"arguments", std::move(arguments)}});
  }
  for (const auto& one : decision.refusals)
    refusals.push_back(
        JsonObject{{"message", one.message}, {"condition", one.condition.text}, {"input", one.input}});
  size_t cases = 0;
  for (const auto& table : pack.cases)
    if (table.decision == decision.id) cases += table.cases.size();
  return JsonObject{{"kind", "decision"},
                    {"id", decision.id},
                    {"title", decision.title},
                    {"question", decision.question},
                    {"inputs", fields_json(decision.inputs)},
                    {"output", type_json(decision.output)},
                    {"requires", std::move(requires_)},
                    {"refusals", std::move(refusals)},
                    {"body", body_json(decision.body)},
                    {"cases", cases}};
}

Json element_json(const policy::Function& function) {
  return JsonObject{{"kind", "function"},
                    {"name", function.name},
                    {"title", function.title},
                    {"signature", signature_of(function)},
                    {"parameters", fields_json(function.parameters)},
                    {"output", type_json(function.output)},
                    {"body", body_json(function.body)}};
}

Json element_json(const policy::NamedType& type) {
  return JsonObject{{"kind", "type"}, {"name", type.name}, {"title", type.title}, {"type", type_json(type.type)}};
}

Json element_json(const policy::Judgement& judgement) {
  return JsonObject{{"kind", "judgement"}, {"why", judgement.why}};
}

Json element_json(const policy::OpenPoint& open) {
  return JsonObject{{"kind", "open"}, {"question", open.question}, {"chosen", open.chosen}};
}

Json element_json(const policy::CaseTable& cases) {
  return JsonObject{{"kind", "case"}, {"decision", cases.decision}, {"cases", cases.cases.size()}};
}

Json element_json(const policy::Checklist& checklist) {
  return JsonObject{{"kind", "checklist"},
                    {"id", checklist.id},
                    {"title", checklist.title},
                    {"items", fields_json(checklist.items)},
                    {"conclusion", checklist.conclusion}};
}

Json element_json(const policy::Duty& duty) {
  JsonArray escalations;
  for (const auto& one : duty.escalations)
    escalations.push_back(JsonObject{{"after", delay_text(one.after)}, {"to", one.to}});
  return JsonObject{{"kind", "duty"},
                    {"id", duty.id},
                    {"title", duty.title},
                    {"subject", duty.subject},
                    {"where", duty.where.text},
                    {"due", duty.due.text},
                    {"lead", duty.lead.count ? delay_text(duty.lead) : ""},
                    {"who", duty.who},
                    {"escalations", std::move(escalations)},
                    {"checklist", duty.checklist}};
}

Json element_json(const policy::Notice& notice) {
  return JsonObject{{"kind", "notice"},
                    {"id", notice.id},
                    {"title", notice.title},
                    {"subject", notice.subject},
                    {"where", notice.where.text},
                    {"when", notice.when.text},
                    {"to", texts_json(notice.to)},
                    {"channel", notice.channel},
                    {"text", notice.text}};
}

Json element_json(const policy::Process& process) {
  JsonArray steps, separate;
  for (const auto& step : process.steps)
    steps.push_back(JsonObject{{"name", step.name},
                               {"roles", texts_json(step.roles)},
                               {"people", step.people},
                               {"condition", step.condition.text},
                               {"deadline", step.deadline ? delay_text(*step.deadline) : ""},
                               {"gate", step.gate},
                               {"form", step.form}});
  for (const auto& group : process.separate) separate.push_back(texts_json(group));
  return JsonObject{{"kind", "process"},
                    {"id", process.id},
                    {"title", process.title},
                    {"subject", process.subject},
                    {"inputs", fields_json(process.inputs)},
                    {"steps", std::move(steps)},
                    {"separate", std::move(separate)}};
}

Json element_json(const policy::Measure& measure) {
  return figure("measure", measure.name, measure.unit, measure.filter, {});
}

Json element_json(const policy::Indicator& indicator) {
  return figure("indicator", indicator.name, indicator.unit, indicator.formula, indicator.inputs);
}

Json element_json(const policy::Score& score) {
  return figure("score", score.name, "分", score.formula, score.inputs);
}

Json element_json(const policy::PeerFigure& peer) {
  return figure("peer", peer.name, peer.unit, peer.how, {peer.of});
}

Json element_json(const policy::Scheme& scheme) {
  JsonArray items, sources, gates, grades;
  for (const auto& item : scheme.items)
    items.push_back(JsonObject{{"score", item.score}, {"weight", item.weight.str()}});
  for (const auto& source : scheme.sources)
    sources.push_back(JsonObject{{"input", source.input}, {"formula", source.formula.text}});
  for (const auto& gate : scheme.gates)
    gates.push_back(JsonObject{{"reason", gate.reason},
                               {"condition", gate.condition.text},
                               {"leaves_out", gate.leaves_out},
                               {"grade", gate.grade}});
  for (const auto& band : scheme.grades)
    grades.push_back(JsonObject{{"grade", band.grade}, {"at_least", band.at_least.str()}});
  return JsonObject{{"kind", "scheme"},
                    {"name", scheme.name},
                    {"title", scheme.title},
                    {"holders", scheme.holders},
                    {"holder_filter", scheme.holder_filter},
                    {"periods", texts_json(scheme.periods)},
                    {"figures", texts_json(scheme.figures)},
                    {"items", std::move(items)},
                    {"grades", std::move(grades)},
                    {"decision", scheme.decision},
                    {"sources", std::move(sources)},
                    {"gates", std::move(gates)}};
}

Json element_json(const policy::Form& form) {
  JsonArray items;
  for (const auto& item : form.items) {
    JsonArray entries;
    for (const auto& entry : item.entries) {
      JsonArray levels;
      for (const auto& level : entry.levels)
        levels.push_back(JsonObject{{"name", level.name}, {"mark", level.mark.str()}});
      entries.push_back(JsonObject{{"name", entry.name},
                                   {"content", entry.content},
                                   {"standard", entry.standard},
                                   {"full", entry.full.str()},
                                   {"levels", std::move(levels)},
                                   {"may_skip", entry.may_skip},
                                   {"rules", texts_json(entry.rules)}});
    }
    items.push_back(
        JsonObject{{"name", item.name}, {"weight", item.weight.str()}, {"entries", std::move(entries)}});
  }
  return JsonObject{
      {"kind", "form"}, {"id", form.id}, {"title", form.title}, {"note", form.note}, {"items", std::move(items)}};
}

Json element_json(const policy::ListFigure& list) {
  JsonArray parts;
  for (const auto& part : list.parts)
    parts.push_back(JsonObject{{"name", part.name}, {"formula", part.formula.text}});
  return JsonObject{{"kind", "list"},           {"name", list.name},     {"of", list.of},
                    {"group", list.group},      {"sample", list.sample}, {"seed", list.seed},
                    {"parts", std::move(parts)}};
}

Json fact_json(const policy::RecordedFact& fact) {
  return JsonObject{{"name", fact.name},
                    {"hint", fact.hint},
                    {"type", type_json(fact.type)},
                    {"of", std::string(subject_kind(fact.of))},
                    {"by_period", fact.by_period},
                    {"otherwise", fact.otherwise ? feel::to_json(*fact.otherwise) : Json{}},
                    {"by", texts_json(fact.by)}};
}

}  // namespace guanhu::api
