#include "api/policy_uses.h"
#include "policy/part.h"

#include <algorithm>

namespace guanhu::api {

namespace {

using Names = std::set<std::string>;

// Letters, digits and "_" of ASCII, and everything beyond but the signs of Chinese writing.
size_t word_length(const std::string& text, size_t at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
  unsigned char c = byte(at);
  if (c < 0x80) return std::isalnum(c) || c == '_' ? 1 : 0;
  size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  bool cjk_sign = c == 0xE3 && byte(at + 1) == 0x80;                             // U+3000 .. U+303F
  bool wide_sign = c == 0xEF && (byte(at + 1) == 0xBC && byte(at + 2) <= 0x9F);  // U+FF00 .. U+FF1F
  return cjk_sign || wide_sign ? 0 : length;
}

void add(Names& out, const std::string& formula) { out.merge(names_in(formula)); }

void add(Names& out, const policy::Table& table) {
  for (const auto& input : table.inputs) add(out, input.expression.text);
  for (const auto& row : table.rows) {
    for (const auto& cell : row.tests) add(out, cell.feel);
    for (const auto& cell : row.results) add(out, cell.feel);
  }
}

void add(Names& out, const policy::Body& body) {
  for (const auto& step : body.steps) {
    add(out, step.formula.text);
    if (step.table) add(out, *step.table);
  }
}

void add(Names& out, const policy::Decision& decision) {
  add(out, decision.body);
  for (const auto& one : decision.refusals) add(out, one.condition.text);
  for (const auto& one : decision.requirements)
    for (const auto& argument : one.arguments) add(out, argument.formula.text);
}

// Names of `type` blocks that a type rests on.
void add_types(Names& out, const policy::ValueTypePtr& type) {
  if (!type) return;
  if (!type->name.empty()) out.insert(type->name);
  add_types(out, type->element);
  for (const auto& member : type->members) add_types(out, member.type);
}

void add_types(Names& out, const std::vector<policy::Field>& fields) {
  for (const auto& field : fields) add_types(out, field.type);
}

void add_types(Names& out, const policy::Body& body) {
  for (const auto& step : body.steps) add_types(out, step.type);
}

Names types_of(const Element& element) {
  Names out;
  if (element.kind == "decision") {
    const auto& decision = element.as<policy::Decision>();
    add_types(out, decision.inputs), add_types(out, decision.output), add_types(out, decision.body);
  } else if (element.kind == "function") {
    const auto& function = element.as<policy::Function>();
    add_types(out, function.parameters), add_types(out, function.output), add_types(out, function.body);
  } else if (element.kind == "checklist") {
    add_types(out, element.as<policy::Checklist>().items);
  } else if (element.kind == "process") {
    add_types(out, element.as<policy::Process>().inputs);
  } else if (element.kind == "type") {
    const auto& type = element.as<policy::NamedType>();
    add_types(out, type.type);
    out.erase(type.name);
  }
  return out;
}

// Names an element gives without a formula: figures of schemes, checklists of duties.
Names given_by(const Element& element) {
  Names out;
  auto all = [&](const std::vector<std::string>& names) { out.insert(names.begin(), names.end()); };
  if (element.kind == "indicator") all(element.as<policy::Indicator>().inputs);
  if (element.kind == "score") all(element.as<policy::Score>().inputs);
  if (element.kind == "peer") out.insert(element.as<policy::PeerFigure>().of);
  if (element.kind == "list") {
    out.insert(element.as<policy::ListFigure>().of);
    out.insert(element.as<policy::ListFigure>().sample);
  }
  if (element.kind == "duty") out.insert(element.as<policy::Duty>().checklist);
  if (element.kind == "process")
    for (const auto& step : element.as<policy::Process>().steps) out.insert(step.form);
  if (element.kind == "scheme") {
    all(element.as<policy::Scheme>().figures);
    for (const auto& item : element.as<policy::Scheme>().items) out.insert(item.score);
  }
  return out;
}

// Packs that see the elements of `pack`: itself, and those that import it or are made from it.
bool sees(const policy::Pack& reader, const std::string& pack) {
  return reader.id == pack || policy::made_from(policy::extends_of(reader.extends), pack) ||
         std::any_of(reader.imports.begin(), reader.imports.end(),
                     [&](const auto& one) { return one->id == pack; });
}

// As what the element uses the decision; "" when it does not.
std::string use_of_decision(const policy::Pack& reader, const Element& element, const std::string& pack,
                            const std::string& decision) {
  auto means = [&](const std::string& name) {
    if (name == pack + "/" + decision) return true;
    const policy::Decision* own = name == decision ? reader.decision(decision) : nullptr;
    return own && pack_of(own->origin) == pack;
  };
  if (element.kind == "decision")
    for (const auto& one : element.as<policy::Decision>().requirements)
      if (means(one.decision)) return "requires";
  if (element.kind == "process")
    for (const auto& step : element.as<policy::Process>().steps)
      if (!step.gate.empty() && means(step.gate)) return "gate";
  if (element.kind == "checklist" && !element.as<policy::Checklist>().conclusion.empty() &&
      means(element.as<policy::Checklist>().conclusion))
    return "conclusion";
  return "";
}

}  // namespace

Names names_in(const std::string& formula) {
  Names out;
  for (size_t at = 0; at < formula.size();) {
    if (formula[at] == '"') {
      for (++at; at < formula.size() && formula[at] != '"'; ++at)
        if (formula[at] == '\\') ++at;
      ++at;
      continue;
    }
    size_t end = at;
    while (size_t length = end < formula.size() ? word_length(formula, end) : 0) end += length;
    end = std::min(end, formula.size());
    if (end > at && !std::isdigit(static_cast<unsigned char>(formula[at])))
      out.insert(formula.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return out;
}

Names names_of(const Element& element) {
  Names out;
  if (element.kind == "decision") add(out, element.as<policy::Decision>());
  if (element.kind == "function") add(out, element.as<policy::Function>().body);
  if (element.kind == "indicator") add(out, element.as<policy::Indicator>().formula);
  if (element.kind == "score") add(out, element.as<policy::Score>().formula);
  if (element.kind == "measure") add(out, element.as<policy::Measure>().filter);
  if (element.kind == "duty") {
    add(out, element.as<policy::Duty>().where.text), add(out, element.as<policy::Duty>().due.text);
  } else if (element.kind == "notice") {
    add(out, element.as<policy::Notice>().where.text), add(out, element.as<policy::Notice>().when.text);
  } else if (element.kind == "process") {
    for (const auto& step : element.as<policy::Process>().steps) add(out, step.condition.text);
  }
  return out;
}

std::vector<Use> users_of_decision(const BookList& all, const std::string& pack, const std::string& decision) {
  std::vector<Use> out;
  for (const auto& book : all) {
    const policy::Pack* reader = book->pack.get();
    if (!sees(*reader, pack)) continue;
    for (const Element& element : elements_of(*reader)) {
      if (pack_of(*element.origin) != reader->id) continue;
      if (std::string as = use_of_decision(*reader, element, pack, decision); !as.empty())
        out.push_back({book, element, as});
    }
  }
  return out;
}

std::vector<Use> users_of_name(const BookList& all, const std::string& pack, const std::string& name) {
  std::vector<Use> out;
  for (const auto& book : all) {
    const policy::Pack* reader = book->pack.get();
    if (!sees(*reader, pack)) continue;
    for (const Element& element : elements_of(*reader)) {
      if (pack_of(*element.origin) != reader->id || element.kind == "parameter") continue;
      if (names_of(element).count(name)) out.push_back({book, element, "formula"});
      else if (types_of(element).count(name)) out.push_back({book, element, "type"});
      else if (given_by(element).count(name)) out.push_back({book, element, "figure"});
    }
  }
  return out;
}

std::vector<const policy::Parameter*> parameters_of(const policy::Pack& pack, const policy::Decision& decision) {
  std::vector<const policy::Parameter*> out;
  Names names;
  add(names, decision);
  for (const auto& name : names)
    if (!decision.input(name))
      if (const auto* parameter = pack.parameter_for(decision.id, name)) out.push_back(parameter);
  return out;
}

std::vector<const policy::Function*> functions_of(const policy::Pack& pack, const policy::Decision& decision) {
  std::vector<const policy::Function*> out;
  Names names;
  add(names, decision);
  for (const auto& name : names)
    if (const auto* function = pack.function(name)) out.push_back(function);
  return out;
}

}  // namespace guanhu::api
