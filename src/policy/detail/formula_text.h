// One text in FEEL inside a block: its parts as places of the document, errors of feel in Chinese.
#pragma once
#include <string>

#include "feel/ast.h"
#include "feel/source.h"
#include "policy/detail/draft.h"

namespace guanhu::policy::detail {

class FormulaText {
 public:
  FormulaText(const Element& element, const Node& node, Report& report)
      : element_(element), node_(node), report_(report) {}

  void report(feel::SourceRange range, std::string code, std::string message, std::string hint);
  void report(const base::Error& error);  // of feel: policy.formula.syntax
  // The word at an error's "line:column".
  feel::SourceRange range_of(const base::Error& error) const;
  feel::NodePtr parse();  // null: reported

 private:
  const Element& element_;
  const Node& node_;
  Report& report_;
};

// "line:column" of an error of feel, with the word that stands there.
feel::SourceRange word_at(const std::string& text, const std::string& where);

}  // namespace guanhu::policy::detail
