// Opens a figure: from a total or score down to the rows of the feed, and from a row of the feed up to
// the figures it moved.
#pragma once
#include <string>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/tree.h"
#include "warehouse/warehouse.h"

namespace guanhu::appraisal {

struct Question {
  std::string holder;  // id
  std::string figure;  // a figure, score, peer figure or parameter of the scheme, or "总分"
  size_t limit = 50;   // accounts, events shown under a measure, largest first; 0: all
};

// Refused: explain.holder (not in the run), explain.figure (not in the scheme; the hint lists what is).
// The nodes point into the evaluation's pack.
base::Result<Node> explain(const Evaluation& evaluation, measures::Engine& engine, const Question& question);

// One line of one landed file: "2021-03-05/balances.csv:17".
struct RowAddress {
  base::Date business_date;
  std::string table;  // "balances"
  int line = 0;
  static base::Result<RowAddress> parse(const std::string& text);
};

// What a row is about, as the warehouse knows it.
struct RowSubject {
  std::string kind, id;  // "account" "A1", "loan", "customer", "sale", "staff", "target", ...
};
// Refused: explain.row (no such row in force at what is known).
base::Result<RowSubject> subject_of(warehouse::Warehouse& warehouse, const RowAddress& row,
                                    const std::optional<base::Instant>& known_at);

// Refused: explain.subject (no such account, loan, customer or sale at what is known).
base::Status check_subject(warehouse::Warehouse& warehouse, const RowSubject& subject,
                           const std::optional<base::Instant>& known_at);

// Every measure that the account, loan, customer or event moved, for whom and by how much, and the
// scores that follow from it.
base::Result<Node> explain_subject(const Evaluation& evaluation, measures::Engine& engine,
                                   const RowSubject& subject);

}  // namespace guanhu::appraisal
