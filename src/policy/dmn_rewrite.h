// Names inside formulas replaced by other texts, everything else left as it is written.
#pragma once
#include <map>
#include <set>
#include <string>

#include "base/error.h"
#include "feel/parser.h"

namespace guanhu::policy {

struct Replacements {
  std::map<std::string, std::string> names;  // what a name becomes; a text that is no name: in parentheses
  std::map<std::string, std::string> calls;  // what a function is called, where it is called
  // Entries of the pack's structures: inside a filter such a name may mean the item's entry, and stays.
  std::set<std::string> members;
};

// Names that the formula binds itself ("for x in …") stay. Errors: feel's, of the original text.
base::Result<std::string> rewritten(const std::string& text, const Replacements& replacements,
                                    feel::Form form = feel::Form::expression);

// The names the formula uses and does not bind itself, functions it calls included.
base::Result<std::set<std::string>> free_names(const std::string& text, feel::Form form = feel::Form::expression);

}  // namespace guanhu::policy
