// Notes of marketing expenses (营销费用): an entertainment, a gift, something else. Nothing is reimbursed before
// the report is there (RPT-605); what is reimbursed is the actual amount up to what is left of the person's limit
// for the quarter (PAY-601); a second person agrees. Kind "expense" (and "expense_limit": a limit of a person's
// own, dated); what is summed stands in the table expenses. Amounts are fen.
//
//   draft -> submitted -> checked -> paid;   submitted -> returned -> submitted;   draft, returned -> dropped
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/period.h"
#include "workbench/suggestion.h"

namespace guanhu::workbench {

inline constexpr const char* kExpense = "expense";
inline constexpr const char* kExpenseLimit = "expense_limit";

struct Expense {
  records::Record record;  // owner, org; customer may be ""; day: when it was
  std::string kind;        // "宴请", "礼品", "其他": words of the pack
  base::Fen fen = 0;       // what it cost
  std::string with_whom, relation, purpose, place;
  int64_t people = 0;
  // Of a gift.
  std::string event, gift;
  bool logo = false, useful = false, quality = false;
  // As it was worked out when it was submitted and again when it was agreed to.
  base::Fen limit = 0, used = 0, payable = 0, over = 0;
  std::string checked_by;  // person
  std::vector<AdviceSaid> said;
};
Expense expense_of(const records::Record& record);
base::Period expense_period(base::Date day);  // the quarter

// A new one, or a changed one that is a draft or was given back. Refused: expense.kind (none), expense.amount (not
// above 0, beyond a million yuan), expense.day (after `today`, more than a year before), expense.text (too long),
// expense.state.
base::Result<Expense> save_expense(store::Session& session, const Expense& ask, base::Date today,
                                   const std::vector<std::string>& files, const records::Doing& doing);

// What decisions of packs said: worked out by the caller, written with the step.
struct ExpenseSum {
  base::Fen limit = 0, used = 0, payable = 0, over = 0;
};
// Refused: expense.state. Whether the report is there is a decision of a pack, asked by the caller.
base::Result<Expense> submit_expense(store::Session& session, int64_t id, int64_t version, const ExpenseSum& sum,
                                     const AdviceSaid& said, const records::Doing& doing);
// Refused: expense.state, expense.same (who wrote it), suggestion.words (given back without reason).
base::Result<Expense> check_expense(store::Session& session, int64_t id, int64_t version, bool agreed,
                                    const ExpenseSum& sum, const AdviceSaid& said, const records::Doing& doing);
// what: "paid" (of what was agreed to), "drop" (with a reason; of a draft or what was given back). Refused:
// expense.state, suggestion.words.
base::Result<Expense> expense_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                   const records::Doing& doing);

// Payable to the person for the kind in the quarter, submitted ones too, without `but`.
base::Fen expenses_used(store::Session& session, const std::string& staff, const std::string& kind,
                        const base::Period& quarter, int64_t but = 0);

struct ExpenseLimit {
  records::Record record;  // owner: whose; day: from which; state "set"
  std::string kind;
  base::Fen fen = 0;
};
ExpenseLimit limit_of(const records::Record& record);
// A person's own limit on the day; nothing: the pack's.
std::optional<base::Fen> own_limit(store::Session& session, const std::string& staff, const std::string& kind,
                                   base::Date day);
// Refused: expense.limit (below 0, beyond a million), expense.same (one's own), record.title.
base::Result<ExpenseLimit> set_limit(store::Session& session, const ExpenseLimit& ask, const std::string& why,
                                     const std::string& by_person, const records::Doing& doing);

}  // namespace guanhu::workbench
