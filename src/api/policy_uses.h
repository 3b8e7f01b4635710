// Who uses what: decisions, parameters, functions, types, figures, within a pack and from packs that import it.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "api/policy_book.h"
#include "policy/pack.h"

namespace guanhu::api {

struct Use {
  std::shared_ptr<const Book> book;  // of the user
  Element user;
  std::string as;  // "requires", "gate", "conclusion", "checklist", "formula", "type", "figure"
};
using BookList = std::vector<std::shared_ptr<const Book>>;

// The names a formula may mean: words outside of quotes.
std::set<std::string> names_in(const std::string& formula);
// Every name the formulas of an element mention.
std::set<std::string> names_of(const Element& element);

std::vector<Use> users_of_decision(const BookList& all, const std::string& pack, const std::string& decision);
// Of a parameter, a function, a type, a figure, a checklist of the pack.
std::vector<Use> users_of_name(const BookList& all, const std::string& pack, const std::string& name);

// What a decision names itself, in the order of the names.
std::vector<const policy::Parameter*> parameters_of(const policy::Pack& pack, const policy::Decision& decision);
std::vector<const policy::Function*> functions_of(const policy::Pack& pack, const policy::Decision& decision);

}  // namespace guanhu::api
