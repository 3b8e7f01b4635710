#include "feel/parser.h"

#include "feel/builtins.h"
#include "feel/parser_impl.h"

namespace guanhu::feel {

base::Result<NodePtr> parse(std::string_view source, const Scope& scope, Form form) {
  auto tokens = tokenize(source, scope.suffixes());
  if (!tokens.ok()) return tokens.error();
  try {
    Parser parser(source, std::move(tokens).value(), scope);
    return form == Form::expression ? parser.expression_only() : parser.unary_tests_only();
  } catch (Parser::Fail& fail) {
    return std::move(fail.error);
  }
}

Parser::Parser(std::string_view source, std::vector<Token> tokens, const Scope& scope)
    : source_(source), tokens_(std::move(tokens)), scope_(scope) {
  for (auto& name : scope.names()) {
    known_.add(name.name);
    note_members(name.type, 0);
  }
}

NodePtr Parser::expression_only() {
  if (now().kind == TokenKind::end) fail(now(), "the expression is empty");
  NodePtr node = expression();
  if (now().kind != TokenKind::end) unexpected("the end of the expression");
  return node;
}

NodePtr Parser::unary_tests_only() {
  NodePtr tests = make(NodeKind::tests, now().range.begin);
  if (now().kind == TokenKind::end) fail(now(), "the test is empty", "write '-' where everything matches");
  if (is("-") && ahead(1).kind == TokenKind::end) {
    ++at_;
    return finish(std::move(tests));
  }
  bool negated = is("not") && ahead(1).is("(");
  if (negated) {
    tests->negated = true;
    at_ += 2;
  }
  do tests->children.push_back(positive_test());
  while (take(","));
  if (negated) expect(")", "to close not(…)");
  if (now().kind != TokenKind::end) unexpected("',' or the end of the tests");
  return finish(std::move(tests));
}

std::string Parser::shown(const Token& token) const {
  if (token.kind == TokenKind::end) return "the end of the text";
  std::string text(token.text.substr(0, 40));
  return token.kind == TokenKind::string ? text : "'" + text + "'";
}

void Parser::fail(const Token& token, std::string message, std::string hint) const {
  throw Fail{error_at(source_, token.range, "feel.syntax", std::move(message), std::move(hint))};
}

void Parser::unexpected(const std::string& wanted) const {
  fail(now(), wanted + " is expected, not " + shown(now()));
}

void Parser::expect(std::string_view symbol, const char* why) {
  if (!take(symbol)) unexpected("'" + std::string(symbol) + "' " + why);
}

NodePtr Parser::make(NodeKind kind, uint32_t begin) const {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->range = {begin, begin};
  return node;
}

NodePtr Parser::finish(NodePtr node) const {
  node->range.end = last_end();
  int deepest = 0;
  for (auto& child : node->children) deepest = std::max<int>(deepest, child->depth);
  if (deepest + 1 > kDeepestTree)
    throw Fail{error_at(source_, node->range, "feel.syntax", "the expression chains more than 3000 operations",
                        "split it or use a list with sum(…)")};
  node->depth = static_cast<uint16_t>(deepest + 1);
  return node;
}

NodePtr Parser::binary(Op op, NodePtr left, NodePtr right) const {
  NodePtr node = make(NodeKind::binary, left->range.begin);
  node->op = op;
  node->children.push_back(std::move(left));
  node->children.push_back(std::move(right));
  return finish(std::move(node));
}

NodePtr Parser::expression() {
  Nesting nesting(*this);
  return disjunction();
}

NodePtr Parser::disjunction() {
  NodePtr left = conjunction();
  while (take("or")) left = binary(Op::or_, std::move(left), conjunction());
  return left;
}

NodePtr Parser::conjunction() {
  NodePtr left = comparison();
  while (take("and")) left = binary(Op::and_, std::move(left), comparison());
  return left;
}

Op Parser::comparison_op(const Token& token) {
  if (token.kind != TokenKind::symbol) return Op::none;
  static constexpr std::pair<std::string_view, Op> kOps[] = {{"=", Op::equal},   {"!=", Op::not_equal},
                                                             {"<", Op::less},    {"<=", Op::less_equal},
                                                             {">", Op::greater}, {">=", Op::greater_equal}};
  for (auto& [text, op] : kOps)
    if (token.text == text) return op;
  return Op::none;
}

NodePtr Parser::comparison() {
  NodePtr left = additive();
  while (true) {
    if (Op op = comparison_op(now()); op != Op::none) {
      ++at_;
      left = binary(op, std::move(left), additive());
    } else if (take("between")) {
      NodePtr node = make(NodeKind::between, left->range.begin);
      node->children.push_back(std::move(left));
      node->children.push_back(additive());
      expect("and", "between the two bounds");
      node->children.push_back(additive());
      left = finish(std::move(node));
    } else if (take("in")) {
      left = in_tests(std::move(left));
    } else {
      return left;
    }
  }
}

// "in (test, test)", "in < 5", "in [1..5]", "in list". A parenthesis may also just begin an
// expression or an open range: then it is read again as one.
NodePtr Parser::in_tests(NodePtr value) {
  NodePtr node = make(NodeKind::in, value->range.begin);
  node->children.push_back(std::move(value));
  size_t back = at_;
  if (take("(")) {
    bool plain = true;
    do {
      node->children.push_back(unary_test());
      plain = plain && node->children.back()->kind != NodeKind::unary_test;
    } while (take(","));
    bool several = node->children.size() > 2;
    if (several || !plain) {
      expect(")", "after the tests");
      return finish(std::move(node));
    }
    at_ = back;  // (expression), (low..high)
    node->children.pop_back();
  }
  node->children.push_back(unary_test());
  return finish(std::move(node));
}

NodePtr Parser::positive_test() { return comparison_op(now()) == Op::none ? expression() : unary_test(); }

NodePtr Parser::unary_test() {
  Op op = comparison_op(now());
  if (op == Op::none) return additive();
  NodePtr node = make(NodeKind::unary_test, now().range.begin);
  node->op = op;
  ++at_;
  node->children.push_back(additive());
  return finish(std::move(node));
}

NodePtr Parser::additive() {
  NodePtr left = multiplicative();
  while (is("+") || is("-")) {
    Op op = is("+") ? Op::add : Op::subtract;
    ++at_;
    left = binary(op, std::move(left), multiplicative());
  }
  return left;
}

NodePtr Parser::multiplicative() {
  NodePtr left = exponent();
  while (is("*") || is("/")) {
    Op op = is("*") ? Op::multiply : Op::divide;
    ++at_;
    left = binary(op, std::move(left), exponent());
  }
  return left;
}

NodePtr Parser::exponent() {
  NodePtr left = unary();
  while (take("**")) left = binary(Op::power, std::move(left), unary());
  return left;
}

NodePtr Parser::unary() {
  NodePtr node;
  if (is("-")) {
    Nesting nesting(*this);
    node = make(NodeKind::negate, now().range.begin);
    ++at_;
    node->children.push_back(unary());
    node->known = node->child(0).known;
    node = finish(std::move(node));
  } else {
    node = postfix();
  }
  while (is("instance")) {
    ++at_;
    expect("of", "after 'instance'");
    NodePtr test = make(NodeKind::instance_of, node->range.begin);
    test->type = type();
    test->children.push_back(std::move(node));
    node = finish(std::move(test));
  }
  return node;
}

NodePtr Parser::postfix() {
  NodePtr node = primary();
  while (true) {
    if (is("(")) node = call(std::move(node));
    else if (is(".")) node = path(std::move(node));
    else if (is("[") && !closes_range()) node = filter(std::move(node));
    else return node;
  }
}

}  // namespace guanhu::feel
