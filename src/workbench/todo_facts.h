// What duties are about, read from the warehouse as of one business date: rows of a subject (policy/subjects.h)
// with the columns that are asked for, whose they are, and under whose care. One query a subject, whatever the
// number of duties.
#pragma once
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "feel/value.h"
#include "people/directory.h"
#include "store/store.h"
#include "warehouse/warehouse.h"
#include "workbench/todo_lacks.h"

namespace guanhu::workbench {

struct SubjectRows {
  size_t rows = 0;
  std::vector<std::string> id, name, customer, org;  // of each row
  // In the order of subject_columns(subject); empty where it was not asked for.
  std::vector<std::vector<feel::Value>> columns;
};

// Subjects of which the bank has facts. Of others (contracts, collateral, leads, cases) duties make no to-dos
// until their module brings them.
bool subject_known(std::string_view subject);
// Columns that say when something was last done and that no extract brings: set when a to-do is done (todo_marks).
bool is_mark(std::string_view column);
// Days that are moved on by doing what they ask for: a new query, a new consent.
bool is_renewed(std::string_view column);
// Which feed tables a subject's columns come from, for docs and for what a pack may rely on: "loans.csv".
std::string_view source_of(std::string_view subject, std::string_view column);

struct FactsAsk {
  std::string subject;
  std::set<std::string> columns;  // by name
  base::Date day;                 // business date
  base::Date began;  // before that day nobody could record here when something was last done: counted from it
  // For targets of plans: the day the list is made for, and whose figures there are (todo_lacks.h).
  base::Date today = {};
  const BusinessCalendar* calendar = nullptr;
  FigureOf figure = {};
};
SubjectRows subject_rows(warehouse::Warehouse& db, store::Session& store, const FactsAsk& ask);

// Who keeps what on a day: main and assistant by loan, account and customer.
class Keepers {
 public:
  struct Pair {
    std::string main, assist;
  };
  static Keepers load(warehouse::Warehouse& db, base::Date day);
  // Of the thing itself, else of its customer; of a customer also whoever keeps most of its loans and accounts.
  Pair of(const std::string& subject, const std::string& id, const std::string& customer) const;

 private:
  std::map<std::string, std::unordered_map<std::string, Pair>> by_kind_;
  std::unordered_map<std::string, std::string> through_;  // customer -> main of its things
};

// Roles as packs write them, and who that is for a thing.
class RoleFinder {
 public:
  RoleFinder(const people::Directory& directory, base::Date day) : directory_(directory), day_(day) {}
  // 主办客户经理, 客户经理: the keeper; 协办: the assistant; 本人: the person it is about; 支行行长, 单位负责人,
  // 上级: the head of the nearest organisation upwards that has one; 风险经理, 会计, …: that position there or
  // above. When a keeper is missing or has left, the head; "" when there is nobody.
  std::string find(const std::string& role, const Keepers::Pair& keepers, const std::string& org,
                   const std::string& about = "") const;
  // The head over somebody: of his organisation, or the next one up when he is the head himself.
  std::string superior(const std::string& staff) const;
  // Whether the word is understood; if not, the head of the organisation gets it.
  static bool known(const std::string& role);

 private:
  std::string nearest(const std::string& org, const std::string& position, const std::string& but) const;
  bool in_post(const std::string& staff) const;
  void index() const;

  const people::Directory& directory_;
  base::Date day_;
  mutable bool indexed_ = false;
  mutable std::map<std::pair<std::string, std::string>, std::vector<std::string>> posts_;  // (org, position)
  mutable std::map<std::pair<std::string, std::string>, std::string> found_;
};

}  // namespace guanhu::workbench
