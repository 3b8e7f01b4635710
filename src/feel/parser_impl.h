// The parser's inside, shared by parser*.cc only.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "feel/lexer.h"
#include "feel/parser.h"

namespace guanhu::feel {

// Names cut into tokens, found by their first one. Longest match wins.
class NameIndex {
 public:
  void add(std::string_view name);
  // How many tokens from `at` on form one of the names; 0: none.
  size_t match(const std::vector<Token>& tokens, size_t at) const;

 private:
  struct Piece {
    std::string text;
    bool space_before;
  };
  std::unordered_map<std::string, std::vector<std::vector<Piece>>> by_first_;
};

class Parser {
 public:
  Parser(std::string_view source, std::vector<Token> tokens, const Scope& scope);
  NodePtr expression_only();
  NodePtr unary_tests_only();

  struct Fail {
    base::Error error;
  };

 private:
  static constexpr int kDeepest = 200;       // nesting of the text
  static constexpr int kDeepestTree = 3000;  // also long chains of operators

  // parser_names.cc
  size_t name_length(size_t at, bool member) const;
  std::string take_name(size_t length);
  TypeRef type_of_name(const std::string& name) const;
  NodePtr name();
  std::string binding_name(const char* what, std::initializer_list<std::string_view> ends);
  TypeRef type();
  void note_members(const TypeRef& type, int depth);
  void push(std::vector<std::pair<std::string, TypeRef>> names);
  void pop() { frames_.pop_back(); }

  // parser.cc
  NodePtr expression();
  NodePtr disjunction();
  NodePtr conjunction();
  NodePtr comparison();
  NodePtr additive();
  NodePtr multiplicative();
  NodePtr exponent();
  NodePtr unary();
  NodePtr postfix();
  NodePtr in_tests(NodePtr value);
  NodePtr positive_test();
  NodePtr unary_test();

  // parser_primary.cc
  NodePtr primary();
  NodePtr number();
  NodePtr parenthesis();
  NodePtr bracket();
  NodePtr range_end(NodePtr low, bool low_included, uint32_t begin);
  NodePtr context();
  NodePtr if_expression();
  NodePtr for_expression();
  NodePtr quantified(NodeKind kind);
  void domains(Node& node, std::string_view end);
  NodePtr function_definition();
  NodePtr call(NodePtr callee);
  NodePtr path(NodePtr object);
  NodePtr filter(NodePtr list);
  bool closes_range() const;
  size_t named_argument_length() const;

  const Token& now() const { return tokens_[at_]; }
  const Token& ahead(size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  bool is(std::string_view symbol) const { return now().is(symbol); }
  bool take(std::string_view symbol) { return is(symbol) ? (++at_, true) : false; }
  void expect(std::string_view symbol, const char* why);
  [[noreturn]] void fail(const Token& token, std::string message, std::string hint = "") const;
  [[noreturn]] void unexpected(const std::string& wanted) const;
  std::string shown(const Token& token) const;
  static Op comparison_op(const Token& token);
  NodePtr make(NodeKind kind, uint32_t begin) const;
  NodePtr finish(NodePtr node) const;  // sets end and depth
  NodePtr binary(Op op, NodePtr left, NodePtr right) const;
  uint32_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].range.end; }

  struct Nesting {
    explicit Nesting(Parser& p) : parser(p) {
      if (++p.depth_ > kDeepest)
        p.fail(p.now(), "the expression is nested deeper than 200 levels", "give parts names");
    }
    ~Nesting() { --parser.depth_; }
    Parser& parser;
  };

  std::string_view source_;
  std::vector<Token> tokens_;
  const Scope& scope_;
  size_t at_ = 0;
  int depth_ = 0;
  NameIndex known_;    // names of the scope
  NameIndex members_;  // entries of contexts, wherever they were seen
  std::vector<std::vector<std::pair<std::string, TypeRef>>> frames_;  // local names, innermost last
};

}  // namespace guanhu::feel
