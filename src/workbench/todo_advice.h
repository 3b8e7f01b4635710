// What waits of suggestions, surveys, concessions, expenses, customers' questions and product cards: an answer, a
// decision, a second person, a form.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "people/directory.h"
#include "people/logins.h"
#include "workbench/survey.h"

namespace guanhu::workbench {

class RoleFinder;

// MKT-630: somebody must answer: whom the writer named while he is in post, else the head of the unit; the
// superior where the writer is that himself. "": nobody is found.
std::string answerer_of(const Suggestion& suggestion, const people::Directory& directory, const RoleFinder& finder,
                        base::Date today);

struct AdviceWait {
  std::string source;  // "suggestion", "survey", "favour", "expense", "consult", "product"
  std::string who;     // person; "": whoever `may` reaches, but not `maker`
  std::string org, owner, maker;
  std::optional<people::Permission> may;
  bool bank_wide = false;  // only whose scope is the bank
  std::string object, title, link;
  std::optional<base::Date> due;
  bool urgent = false;
};

// Everything that waits, read once for however many logins.
class AdviceWaiting {
 public:
  AdviceWaiting(store::Session& session, const people::Directory& directory, const RoleFinder& finder,
                base::Date today);
  // Those of one login; `org`: his organisation.
  std::vector<AdviceWait> of(const people::Login& login, const std::string& person, const std::string& org) const;

 private:
  void suggestions(store::Session& session, const RoleFinder& finder);
  void favours(store::Session& session, const RoleFinder& finder);
  void expenses(store::Session& session, const RoleFinder& finder);
  void consults(store::Session& session, const RoleFinder& finder);
  void products(store::Session& session);

  const people::Directory& directory_;
  base::Date today_;
  std::vector<AdviceWait> all_;
  std::vector<Survey> surveys_;
  std::vector<std::vector<std::string>> done_;  // who has answered each, by person
  std::vector<std::pair<std::string, AddressBook::Team>> teams_;
};

}  // namespace guanhu::workbench
