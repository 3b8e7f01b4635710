// What a measure asks for a period, worked out: which days, which sum, which unit.
#pragma once
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/period.h"
#include "measures/engine.h"
#include "policy/pack.h"

namespace guanhu::measures {

// + or - the sum over some days.
struct Term {
  int32_t first, last;  // days since 1970, both included
  int sign;
};

enum class Kind { balance, account, event, distinct, target };  // how the figure comes about

struct Question {
  const policy::Measure* measure = nullptr;
  base::Period asked;
  DayRange range;
  Kind kind = Kind::balance;
  std::vector<Term> terms;       // of linear figures
  base::Int128 denominator = 1;  // of whole amounts (fen × 1/10,000 × days): to the measure's unit
  int scale = 2;                 // decimals of the rounded figure
  // The days on which the answer depends on who holds what.
  int32_t first() const;
  int32_t last() const;
};

// Refuses measure.kind, measure.column, measure.unit with the block's place.
base::Result<Question> ask(const policy::Measure& measure, const base::Period& period);

// Loans issued and loans as they stood count like events: row by row, divided as held on one day.
bool is_event(policy::Fact fact);
bool is_loan_fact(policy::Fact fact);  // stands on loans; else on accounts

// "document:line"
std::string place(const policy::Measure& measure);
base::Decimal rounded(const Ratio& ratio, int scale);

}  // namespace guanhu::measures
