// Payslips worked out from values: no input or output. Every line keeps what it was told, by which decision and
// under which articles, and how the fen fell; pools and shared work add up to the fen.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/grade_book.h"
#include "appraisal/pay_plan.h"
#include "appraisal/people_facts.h"
#include "base/date.h"
#include "base/money.h"

namespace guanhu::appraisal {

struct PayPerson {
  std::string id, name, org, branch;
  std::optional<base::Date> hired, left;  // `left`: the last day in post
  Names told;                             // from the appraisal run
  std::vector<GradeStep> grades;          // of this person
};

// Work done together: what the line's decision is told of it, and who shares in it.
struct JointWork {
  int64_t id = 0;
  std::string line;  // of the plan
  std::string title, document;
  base::Date on;
  base::Json input;  // an object: names and values
  struct Share {
    std::string staff;
    base::Decimal weight;  // shares, or days: what counts is their ratio
  };
  std::vector<Share> shares;
};

struct PayWork {
  const policy::Pack* pack = nullptr;
  PayPlan plan;
  base::Date first, last, pay_on;
  int months = 0;                 // of the period
  std::string grades_pack;        // whose grades count: the plan's pack, unless another is named
  std::string no_grade;           // told as 职级 of who has none
  std::vector<PayPerson> people;  // by id
  const FactsByDay* facts = nullptr;
  std::vector<JointWork> joint;
};

struct SlipLine {
  const PayLine* line = nullptr;
  base::Fen amount = 0;
  std::string decision;
  base::Json cites = base::JsonArray{}, inputs = base::JsonArray{};
  base::Json result;                     // what the decision said
  base::Json parts = base::JsonArray{};  // stretches, pieces of shared work, or the pool
  std::optional<base::Error> error;      // then the amount is 0 and the run cannot be approved
};

struct Slip {
  std::string staff, name, org, branch;
  std::vector<SlipLine> lines;
  base::Fen earnings = 0, deductions = 0, deposit = 0;
  int days = 0;                       // in post
  std::vector<base::Error> problems;  // of the slip as a whole: pay.negative
  base::Fen net() const { return earnings - deductions - deposit; }
  size_t open() const;  // lines with errors and problems
};

struct PoolTotal {
  std::string line, branch;  // branch "": the bank
  base::Fen amount = 0, paid = 0;
  size_t people = 0;
  base::Json answer;  // {"decision", "inputs", "cites"}
};

struct PayResult {
  std::vector<Slip> slips;  // as people
  std::vector<PoolTotal> pools;
  std::vector<base::Error> problems;  // of no single slip: pay.joint (somebody shares who is not paid here)
  // Amounts of a line and of all slips.
  base::Fen total(const std::string& line) const;
  size_t open() const;
};

PayResult compute_pay(const PayWork& work);

// A slip's JSON as it is kept and shown: amounts as texts.
base::Json to_json(const Slip& slip);

}  // namespace guanhu::appraisal
