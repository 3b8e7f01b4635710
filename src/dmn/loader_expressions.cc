// Boxed expressions (spec chapters 7.3 and 10.2).
#include <algorithm>

#include "dmn/loader.h"

namespace guanhu::dmn {
namespace {
constexpr int kDeepestBox = 100;

bool is_expression(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "literalExpression",  "decisionTable", "context", "list", "relation", "invocation",
      "functionDefinition", "conditional",   "for",     "some", "every",    "filter"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}
}  // namespace

Place ExpressionReader::place_of(Element at) const {
  return loader_.files_[file_].document->where(at) + ", " + place_;
}

BoxedPtr ExpressionReader::failing(Element at, const char* code, std::string message, std::string hint) {
  auto box = std::make_unique<Failing>();
  box->place = place_of(at);
  box->code = code;
  box->message = message;
  loader_.problem(code, std::move(message), box->place, std::move(hint));
  return box;
}

int ExpressionReader::declare(feel::Scope& scope, const std::string& name, feel::TypeRef type) {
  int slot = scope.declare(name, std::move(type));
  most_slots_ = std::max(most_slots_, scope.size());
  return slot;
}

BoxedPtr ExpressionReader::read_child(Element parent, const feel::Scope& scope) {
  for (Element element : children(parent))
    if (is_expression(local_name(element))) return read(element, scope);
  return nullptr;
}

BoxedPtr ExpressionReader::part(Element element, const char* name, const feel::Scope& scope) {
  Element found = child(element, name);
  if (BoxedPtr box = found ? read_child(found, scope) : nullptr) return box;
  return failing(element, "dmn.expression",
                 "<" + std::string(local_name(element)) + "> lacks the expression of <" + name + ">");
}

BoxedPtr ExpressionReader::read(Element element, const feel::Scope& scope) {
  most_slots_ = std::max(most_slots_, scope.size());
  if (depth_ >= kDeepestBox)
    return failing(element, "dmn.limit",
                   "expressions nest deeper than " + std::to_string(kDeepestBox) + " levels");
  ++depth_;
  BoxedPtr box = dispatch(element, scope);
  --depth_;
  if (box->place.empty()) box->place = place_of(element);
  box->type = loader_.type_attribute(file_, element);
  return box;
}

BoxedPtr ExpressionReader::dispatch(Element element, const feel::Scope& scope) {
  std::string_view name = local_name(element);
  if (name == "literalExpression") return literal(element, scope);
  if (name == "decisionTable") return table(element, scope);
  if (name == "context") return context(element, scope);
  if (name == "list") return list(element, scope);
  if (name == "relation") return relation(element, scope);
  if (name == "invocation") return invocation(element, scope);
  if (name == "functionDefinition") return function(element, scope, "");
  if (name == "conditional") return conditional(element, scope);
  if (name == "filter") return filter(element, scope);
  return iterator(element, scope);
}

// Unknown names and wrong calls are told as problems, and are null when they are reached.
std::optional<feel::Program> ExpressionReader::compile(Element at, const std::string& text,
                                                       const feel::Scope& scope, feel::CompileOptions options) {
  auto tell = [&](const base::Error& error) {
    loader_.problem(
        "dmn.expression",
        error.message + ", in '" + (text.size() > 200 ? text.substr(0, text.find('\n')) + " …" : text) + "'",
        place_of(at) + ", " + error.where, error.hint);
  };
  options.lenient = false;
  auto strict = feel::compile(text, scope, options);
  if (strict.ok()) return std::move(*strict);
  tell(strict.error());
  options.lenient = true;
  auto lenient = feel::compile(text, scope, options);
  if (lenient.ok()) return std::move(*lenient);
  return std::nullopt;
}

BoxedPtr ExpressionReader::literal(Element element, const feel::Scope& scope) {
  std::string language = attribute(element, "expressionLanguage");
  if (language.empty()) language = attribute(root_of(element), "expressionLanguage");
  std::transform(language.begin(), language.end(), language.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!language.empty() && language.find("feel") == std::string::npos)
    return failing(element, "dmn.expression", "the expression language '" + language + "' is not FEEL",
                   "write it in FEEL");
  if (child(element, "importedValues"))
    return failing(element, "dmn.expression", "imported values are not read", "write the expression here");
  auto box = std::make_unique<Literal>();
  std::string text = inner_text(element);
  if (text.empty()) return box;
  Element at = child(element, "text");
  box->place = place_of(at);
  box->program = compile(at, text, scope);
  if (box->program) return box;
  auto broken = std::make_unique<Failing>();
  broken->place = box->place;
  broken->code = "dmn.expression";
  broken->message = "the expression cannot be read: " + text.substr(0, 80);
  return broken;
}

BoxedPtr ExpressionReader::context(Element element, const feel::Scope& outer) {
  auto box = std::make_unique<ContextBox>();
  feel::Scope scope = outer;
  auto entries = children(element, "contextEntry");
  for (size_t i = 0; i < entries.size(); ++i) {
    Element variable = child(entries[i], "variable");
    ContextBox::Entry entry;
    entry.name = feel::normal_name(attribute(variable, "name"));
    entry.type = variable ? loader_.type_attribute(file_, variable) : nullptr;
    if (entry.name.empty() && i + 1 < entries.size())
      loader_.problem("dmn.expression", "only the last entry of a context may be without a name",
                      place_of(entries[i]), "name it");
    for (auto& other : box->entries)
      if (!entry.name.empty() && other.name == entry.name)
        return failing(entries[i], "dmn.expression", "two entries of the context are named '" + entry.name + "'",
                       "rename one");
    Element functional = child(entries[i], "functionDefinition");
    if (functional) {
      entry.value = function(functional, scope, entry.name);
      entry.value->place = place_of(functional);
      entry.value->type = loader_.type_attribute(file_, functional);
    } else {
      entry.value = read_child(entries[i], scope);
    }
    if (!entry.value)
      entry.value = failing(entries[i], "dmn.expression", "the entry '" + entry.name + "' has no expression");
    bool result = entry.name.empty();
    feel::TypeRef type = entry.type ? entry.type->feel : entry.value->type ? entry.value->type->feel : nullptr;
    if (!result) entry.slot = declare(scope, entry.name, type);
    box->entries.push_back(std::move(entry));
  }
  return box;
}

BoxedPtr ExpressionReader::list(Element element, const feel::Scope& scope) {
  auto box = std::make_unique<ListBox>();
  for (Element item : children(element))
    if (is_expression(local_name(item))) box->items.push_back(read(item, scope));
  return box;
}

BoxedPtr ExpressionReader::relation(Element element, const feel::Scope& scope) {
  auto box = std::make_unique<RelationBox>();
  for (Element column : children(element, "column")) {
    box->columns.push_back(feel::normal_name(attribute(column, "name")));
    box->types.push_back(loader_.type_attribute(file_, column));
    if (std::count(box->columns.begin(), box->columns.end(), box->columns.back()) > 1)
      return failing(column, "dmn.expression", "two columns are named '" + box->columns.back() + "'",
                     "rename one");
  }
  for (Element row : children(element, "row")) {
    std::vector<BoxedPtr> cells;
    for (Element cell : children(row))
      if (is_expression(local_name(cell))) cells.push_back(read(cell, scope));
    if (cells.size() != box->columns.size())
      return failing(row, "dmn.expression",
                     "the row has " + std::to_string(cells.size()) + " cells for " +
                         std::to_string(box->columns.size()) + " columns");
    box->rows.push_back(std::move(cells));
  }
  return box;
}

BoxedPtr ExpressionReader::invocation(Element element, const feel::Scope& scope) {
  auto box = std::make_unique<InvocationBox>();
  box->callee = read_child(element, scope);
  if (!box->callee) return failing(element, "dmn.expression", "the invocation does not say what is invoked");
  for (Element binding : children(element, "binding")) {
    box->names.push_back(feel::normal_name(attribute(child(binding, "parameter"), "name")));
    if (box->names.back().empty())
      return failing(binding, "dmn.expression", "the binding does not name its parameter");
    box->arguments.push_back(read_child(binding, scope));
  }
  return box;
}

void ExpressionReader::read_function(Element element, const feel::Scope& outer, FunctionCode& code) {
  feel::Scope scope = outer;
  for (Element parameter : children(element, "formalParameter")) {
    const ItemType* type = loader_.type_attribute(file_, parameter);
    std::string name = feel::normal_name(attribute(parameter, "name"));
    code.parameters.push_back({name, type ? type->feel : nullptr});
    code.types.push_back(type);
    code.slots.push_back(declare(scope, name, type ? type->feel : nullptr));
  }
  std::string kind = attribute(element, "kind");
  if (!kind.empty() && kind != "FEEL") {
    code.body = failing(element, "dmn.external", "the function is external (" + kind + "); only FEEL is run",
                        "write it in FEEL");
  } else {
    code.body = read_child(element, scope);
  }
  // The function's own type is that of its result where it names no function.
  if (const ItemType* type = loader_.type_attribute(file_, element); type && !code.result)
    if (type->feel && type->feel->name != feel::Type::Name::function) code.result = type;
  most_slots_ = std::max(most_slots_, scope.size());
  code.slot_count = std::max(code.slot_count, most_slots_);
}

BoxedPtr ExpressionReader::function(Element element, const feel::Scope& outer, const std::string& self) {
  auto box = std::make_unique<FunctionBox>();
  box->code = std::make_shared<FunctionCode>();
  feel::Scope scope = outer;
  if (!self.empty()) {
    box->code->name = self;
    box->code->self = declare(scope, self, feel::Type::simple(feel::Type::Name::function));
  }
  box->code->place = place_of(element);
  read_function(element, scope, *box->code);
  return box;
}

BoxedPtr ExpressionReader::conditional(Element element, const feel::Scope& scope) {
  auto box = std::make_unique<ConditionalBox>();
  box->condition = part(element, "if", scope);
  box->then = part(element, "then", scope);
  box->otherwise = part(element, "else", scope);
  return box;
}

BoxedPtr ExpressionReader::iterator(Element element, const feel::Scope& outer) {
  auto box = std::make_unique<IteratorBox>();
  std::string_view name = local_name(element);
  box->kind = name == "for"    ? IteratorBox::Kind::for_
              : name == "some" ? IteratorBox::Kind::some
                               : IteratorBox::Kind::every;
  std::string variable = feel::normal_name(attribute(element, "iteratorVariable"));
  if (variable.empty()) return failing(element, "dmn.expression", "the iterator does not name its variable");
  box->in = part(element, "in", outer);
  Element in = child(element, "in");
  box->item_type = in ? loader_.type_attribute(file_, in) : nullptr;
  // The type of <in> is that of the list in some models, of its items in others.
  if (box->item_type && box->item_type->feel && box->item_type->feel->name == feel::Type::Name::list)
    box->item_type = nullptr;
  feel::Scope scope = outer;
  feel::TypeRef listed = box->in->type ? box->in->type->feel : nullptr;
  feel::TypeRef item = box->item_type                                     ? box->item_type->feel
                       : listed && listed->name == feel::Type::Name::list ? listed->element
                                                                          : nullptr;
  box->slot = declare(scope, variable, item);
  bool loop = box->kind == IteratorBox::Kind::for_;
  if (loop && variable != "partial")
    box->partial = declare(scope, "partial", feel::Type::simple(feel::Type::Name::list));
  box->body = part(element, loop ? "return" : "satisfies", scope);
  // Only a body that asks for the results so far pays for them.
  auto* text = dynamic_cast<Literal*>(box->body.get());
  if (text && text->program) {
    auto& used = text->program->used();
    if (std::find(used.begin(), used.end(), box->partial) == used.end()) box->partial = -1;
  }
  return box;
}

BoxedPtr ExpressionReader::filter(Element element, const feel::Scope& outer) {
  auto box = std::make_unique<FilterBox>();
  box->in = part(element, "in", outer);
  feel::TypeRef listed = box->in->type ? box->in->type->feel : nullptr;
  feel::TypeRef item = listed && listed->name == feel::Type::Name::list ? listed->element : nullptr;
  Element match = child(element, "match");
  Element condition = match ? child(match, "literalExpression") : match;
  std::string text = condition ? inner_text(condition) : "";
  if (!text.empty()) {
    feel::CompileOptions options;
    options.of_item = true;
    options.item_type = item;
    box->place = place_of(condition);
    if ((box->condition = compile(condition, text, outer, options))) return box;
    auto broken = std::make_unique<Failing>();
    broken->code = "dmn.expression";
    broken->message = "the condition cannot be read: " + text.substr(0, 80);
    return broken;
  }
  feel::Scope scope = outer;
  box->item_slot = declare(scope, "item", item);
  box->match = part(element, "match", scope);
  return box;
}

}  // namespace guanhu::dmn
