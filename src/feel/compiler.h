// From the tree to the compiled tree: resolves names, folds constants. Inside of feel only.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "feel/expr.h"
#include "feel/program.h"

namespace guanhu::feel {

class Compiler {
 public:
  // With a scope, names are resolved and noted in the tree; without one (a second pass over the same
  // tree, for tracing), the notes are followed and the tree is only read.
  Compiler(std::shared_ptr<const std::string> source, const Scope* scope, bool lenient, bool traced)
      : source_(std::move(source)), scope_(scope), lenient_(lenient), traced_(traced) {}

  struct Fail {
    base::Error error;
  };
  // The program's input is an item, as in a filter; before run().
  void begin_with_item(TypeRef type) { item_ = true, item_type_ = std::move(type); }
  // Throws Fail.
  ExprPtr run(Node& root);
  int locals() const { return outermost_locals_; }
  const std::set<int>& used() const { return used_; }

 private:
  struct Entry {
    std::string name;
    int local;
    bool item = false;  // of a filter: its entries are names, too
    TypeRef type;       // of the item
    bool used = false;
  };
  // One function body (the outermost: the program itself) with its own locals.
  struct Body {
    Body* outer = nullptr;
    std::vector<Entry> entries;
    int next = 0, most = 0;
    std::vector<std::pair<std::string, int>> captured;  // name -> index
    Exprs captures;                                     // evaluated outside when the function is made
  };

  ExprPtr emit(Node& node);
  ExprPtr emit_kind(Node& node);
  ExprPtr emit_name(Node& node);
  ExprPtr resolve(Body& body, size_t position, Node& node);
  ExprPtr resolve_scope(Body& body, Node& node);
  ExprPtr capture(Body& body, Node& node);
  ExprPtr unknown(Node& node);
  ExprPtr emit_in(Node& node);
  ExprPtr emit_tests(Node& node);
  TestPart emit_test(Node& node);
  ExprPtr emit_loop(Node& node);
  ExprPtr emit_function(Node& node, const std::string& self);
  ExprPtr emit_call(Node& node);
  ExprPtr emit_builtin_call(Node& node, const BuiltinFunction& function);
  ExprPtr emit_filter(Node& node);
  ExprPtr emit_context(Node& node);
  ExprPtr fold(ExprPtr expr, const Node& node);
  int add_local(std::string name, bool item = false, TypeRef type = nullptr);
  void drop_locals(size_t entries, int next);
  std::string nearest(const std::string& name) const;
  [[noreturn]] void fail(const Node& node, const char* code, std::string message, std::string hint = "") const;

  std::shared_ptr<const std::string> source_;
  const Scope* scope_;
  bool lenient_, traced_;
  bool item_ = false;
  TypeRef item_type_;
  Body* body_ = nullptr;
  int outermost_locals_ = 0;
  int variables_ = 0;  // names and impure calls met so far: what lies between two readings is constant
  std::set<int> used_;
};

}  // namespace guanhu::feel
