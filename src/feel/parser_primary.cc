// Literals, brackets of all kinds, for, some, every, if, functions, calls, paths, filters.
#include "feel/parser_impl.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
TypeRef element_of(const TypeRef& type) {
  if (!type) return nullptr;
  return type->name == Type::Name::list ? type->element : type;
}
}  // namespace

NodePtr Parser::primary() {
  const Token& token = now();
  uint32_t begin = token.range.begin;
  auto literal = [&](Value value) {
    NodePtr node = make(NodeKind::literal, begin);
    node->value = std::move(value);
    ++at_;
    return finish(std::move(node));
  };
  switch (token.kind) {
    case TokenKind::number: return number();
    case TokenKind::string: return literal(Value::string(unescape(token.text)));
    case TokenKind::at_string: {
      auto value = parse_temporal(unescape(token.text.substr(1)));
      if (!value)
        fail(token, std::string(token.text) + " is no date, time, date and time or duration",
             "for example @\"2025-12-31\", @\"08:00:00\", @\"P1Y\", @\"PT1H\"");
      return literal(*value);
    }
    case TokenKind::symbol:
      if (token.text == "(") return parenthesis();
      if (token.text == "[" || token.text == "]") return bracket();
      if (token.text == "{") return context();
      unexpected("a value");
    case TokenKind::end: unexpected("a value");
    case TokenKind::name: break;
  }
  if (name_length(at_, false) > 1) return name();
  if (token.text == "true") return literal(Value(true));
  if (token.text == "false") return literal(Value(false));
  if (token.text == "null") return literal(Value());
  if (token.text == "if") return if_expression();
  if (token.text == "for") return for_expression();
  if (token.text == "some") return quantified(NodeKind::some);
  if (token.text == "every") return quantified(NodeKind::every);
  if (token.text == "function") return function_definition();
  return name();
}

NodePtr Parser::number() {
  const Token& token = now();
  auto value = Decimal::parse(token.text);
  if (value && token.exponent != 0) value = Decimal::multiply(*value, Decimal::make(1, token.exponent));
  if (!value) fail(token, "the number " + std::string(token.text) + " is too large");
  const Token& next = ahead(1);
  if (next.kind == TokenKind::name && !next.space_before)
    fail(next, "a number is followed at once by " + shown(next),
         "names may not begin with a digit; units stand outside the formula");
  NodePtr node = make(NodeKind::literal, token.range.begin);
  node->value = Value(*value);
  node->text = token.suffix;
  ++at_;
  return finish(std::move(node));
}

// (expression), (low..high), (low..high], (< 5)
NodePtr Parser::parenthesis() {
  uint32_t begin = now().range.begin;
  ++at_;
  if (comparison_op(now()) != Op::none) {
    NodePtr test = unary_test();
    expect(")", "to close the parenthesis");
    test->range = {begin, last_end()};
    return test;
  }
  NodePtr inner = expression();
  if (is("..")) return range_end(std::move(inner), false, begin);
  expect(")", "to close the parenthesis");
  inner->range = {begin, last_end()};
  return inner;
}

// [item, ...], [low..high], ]low..high[
NodePtr Parser::bracket() {
  uint32_t begin = now().range.begin;
  bool open = is("]");
  ++at_;
  NodePtr list = make(NodeKind::list, begin);
  if (!open && take("]")) return finish(std::move(list));
  NodePtr first = expression();
  if (is("..")) return range_end(std::move(first), !open, begin);
  if (open) unexpected("'..' of a range");
  TypeRef element = first->known;
  list->children.push_back(std::move(first));
  while (take(",")) list->children.push_back(expression());
  expect("]", "to close the list, or ','");
  if (element) list->known = Type::list_of(element);
  return finish(std::move(list));
}

NodePtr Parser::range_end(NodePtr low, bool low_included, uint32_t begin) {
  ++at_;  // ".."
  NodePtr node = make(NodeKind::range, begin);
  node->low_included = low_included;
  node->children.push_back(std::move(low));
  node->children.push_back(expression());
  if (take("]")) node->high_included = true;
  else if (!take(")") && !take("[")) unexpected("']' or ')' to close the range");
  return finish(std::move(node));
}

// Whether a "[" here closes a range ("]1..5[") and does not begin a filter: nothing that could be a
// condition follows it.
bool Parser::closes_range() const {
  const Token& next = ahead(1);
  if (next.kind == TokenKind::end) return true;
  if (next.kind == TokenKind::symbol) {
    for (std::string_view s : {"(", "[", "{", "-", "<", "<=", ">", ">=", "=", "!=", "]"})
      if (next.text == s) return next.text == "]" && !ahead(2).is("]");
    return true;
  }
  if (next.kind != TokenKind::name) return false;
  for (std::string_view s : {"and", "or", "then", "else", "return", "satisfies", "in", "instance", "between"})
    if (next.text == s) return true;
  return false;
}

NodePtr Parser::context() {
  NodePtr node = make(NodeKind::context, now().range.begin);
  ++at_;
  push({});
  std::vector<std::pair<std::string, TypeRef>> members;
  while (!is("}")) {
    const Token& token = now();
    std::string key;
    if (token.kind == TokenKind::string) {
      key = unescape(token.text);
      ++at_;
    } else {
      key = binding_name("an entry's name", {":"});
    }
    for (auto& known : node->names)
      if (known == key) fail(token, "the entry '" + key + "' stands twice in the context", "keep one of them");
    expect(":", "after the entry's name");
    NodePtr value = expression();
    members_.add(key);
    members.emplace_back(key, value->known);
    frames_.back().emplace_back(key, value->known);
    node->names.push_back(std::move(key));
    node->children.push_back(std::move(value));
    if (!take(",")) break;
  }
  pop();
  expect("}", "to close the context, or ','");
  node->known = Type::context_of(std::move(members));
  return finish(std::move(node));
}

NodePtr Parser::if_expression() {
  NodePtr node = make(NodeKind::if_, now().range.begin);
  ++at_;
  node->children.push_back(expression());
  expect("then", "after the condition");
  node->children.push_back(expression());
  expect("else", "after the value of 'then'");
  node->children.push_back(expression());
  node->known = node->child(1).known ? node->child(1).known : node->child(2).known;
  return finish(std::move(node));
}

// "name in domain, name in from..to", each domain may use the names before it.
void Parser::domains(Node& node, std::string_view end) {
  do {
    std::string name = binding_name("a variable's name", {"in"});
    expect("in", "after the variable");
    NodePtr domain = expression();
    TypeRef known = element_of(domain->known);
    if (take("..")) {
      NodePtr steps = make(NodeKind::iteration, domain->range.begin);
      steps->children.push_back(std::move(domain));
      steps->children.push_back(expression());
      domain = finish(std::move(steps));
      known = nullptr;
    }
    frames_.back().emplace_back(name, known);
    node.names.push_back(std::move(name));
    node.children.push_back(std::move(domain));
  } while (take(","));
  expect(end, "after the variables");
}

NodePtr Parser::for_expression() {
  NodePtr node = make(NodeKind::for_, now().range.begin);
  ++at_;
  push({});
  domains(*node, "return");
  frames_.back().emplace_back("partial", nullptr);
  node->children.push_back(expression());
  pop();
  if (node->children.back()->known) node->known = Type::list_of(node->children.back()->known);
  return finish(std::move(node));
}

NodePtr Parser::quantified(NodeKind kind) {
  NodePtr node = make(kind, now().range.begin);
  ++at_;
  push({});
  domains(*node, "satisfies");
  node->children.push_back(expression());
  pop();
  return finish(std::move(node));
}

NodePtr Parser::function_definition() {
  NodePtr node = make(NodeKind::function, now().range.begin);
  ++at_;
  expect("(", "before the function's parameters");
  push({});
  while (!is(")")) {
    const Token& token = now();
    std::string name = binding_name("a parameter's name", {":", ",", ")"});
    for (auto& known : node->names)
      if (known == name) fail(token, "the parameter '" + name + "' stands twice", "rename one of them");
    TypeRef parameter = take(":") ? type() : nullptr;
    frames_.back().emplace_back(name, parameter);
    node->names.push_back(std::move(name));
    node->types.push_back(std::move(parameter));
    if (!take(",")) break;
  }
  expect(")", "after the parameters");
  bool external = take("external");
  NodePtr body = expression();
  node->text = external ? "external" : "";
  TypeRef result = external ? nullptr : body->known;
  if (!external) node->children.push_back(std::move(body));
  pop();
  node->known = Type::function_of(node->types, result, node->names);
  return finish(std::move(node));
}

// The tokens of "name" in "name: value", 0 when the argument has no name.
size_t Parser::named_argument_length() const {
  size_t n = 0;
  while (ahead(n).kind == TokenKind::name || ahead(n).kind == TokenKind::number ||
         (n > 0 && ahead(n).kind == TokenKind::symbol && ahead(n).text.size() == 1 &&
          std::string_view("./-'+*").find(ahead(n).text[0]) != std::string_view::npos))
    ++n;
  return n > 0 && ahead(0).kind == TokenKind::name && ahead(n).is(":") ? n : 0;
}

NodePtr Parser::call(NodePtr callee) {
  NodePtr node = make(NodeKind::call, callee->range.begin);
  if (callee->known && callee->known->name == Type::Name::function) node->known = callee->known->result;
  node->children.push_back(std::move(callee));
  ++at_;
  while (!is(")")) {
    const Token& token = now();
    size_t length = named_argument_length();
    bool first = node->children.size() == 1;
    if (length > 0) {
      if (!first && node->names.empty())
        fail(token, "a named argument after positional ones", "name all of them or none");
      std::string name = take_name(length);
      for (auto& known : node->names)
        if (known == name) fail(token, "the argument '" + name + "' is given twice", "keep one of them");
      node->names.push_back(std::move(name));
      ++at_;  // ":"
    } else if (!node->names.empty()) {
      fail(token, "a positional argument after named ones", "name all of them or none");
    }
    node->children.push_back(expression());
    if (!take(",")) break;
  }
  expect(")", "after the arguments, or ','");
  return finish(std::move(node));
}

NodePtr Parser::path(NodePtr object) {
  NodePtr node = make(NodeKind::path, object->range.begin);
  ++at_;
  size_t length = now().kind == TokenKind::name ? name_length(at_, true) : 0;
  if (length == 0) unexpected("the name of an entry after '.'");
  TypeRef type = object->known;
  bool list = type && type->name == Type::Name::list;
  TypeRef element = element_of(type);
  if (element) {  // the type knows its entries better than the pool of all names
    NameIndex own;
    for (auto& [name, member] : element->members) own.add(name);
    if (size_t exact = own.match(tokens_, at_)) length = exact;
  }
  node->text = take_name(length);
  if (element)
    if (const TypeRef* member = element->member(node->text))
      node->known = list && *member ? Type::list_of(*member) : *member;
  node->children.push_back(std::move(object));
  return finish(std::move(node));
}

NodePtr Parser::filter(NodePtr list) {
  NodePtr node = make(NodeKind::filter, list->range.begin);
  ++at_;
  TypeRef element = element_of(list->known);
  std::vector<std::pair<std::string, TypeRef>> names{{"item", element}};
  if (element)
    for (auto& member : element->members) names.push_back(member);
  TypeRef known = list->known;
  node->children.push_back(std::move(list));
  push(std::move(names));
  node->children.push_back(expression());
  pop();
  expect("]", "to close the filter");
  bool index = node->child(1).kind == NodeKind::literal && node->child(1).value.is_number();
  node->known = index ? element : known;
  return finish(std::move(node));
}

}  // namespace guanhu::feel
