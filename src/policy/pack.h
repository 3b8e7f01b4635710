// A pack: a bank's regulation restated article by article in Markdown documents, with executable
// blocks. This header is what the rest of the program sees of it; policy/load.h reads it.
//
// Everything in a pack knows where it stands (file, line) and which article it obeys, since every
// figure must open into its formula and its article.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "feel/value.h"
#include "policy/decision.h"
#include "policy/form.h"
#include "policy/origin.h"
#include "policy/recorded.h"
#include "policy/regulatory.h"
#include "policy/target.h"
#include "policy/work.h"

namespace guanhu::policy {

// A value with its dates: in force from `from` (included) to `to` (included).
struct DatedValue {
  base::Decimal value;   // of a number; else 0
  feel::Value constant;  // the same as formulas see it: a number, text, true or false, a date, a list of them
  std::optional<base::Date> from, to;
};

struct Parameter {
  std::string name, unit;          // no unit: text, true or false, dates, lists
  std::string decision;            // the one decision it belongs to; "" the whole pack
  std::vector<DatedValue> values;  // ordered, not overlapping
  bool to_confirm = false;         // a default no text gives: the bank must confirm it
  std::string note;                // where the value comes from, when the text is open
  Origin origin;
  bool is_number() const { return !values.empty() && values.front().constant.is_number(); }
  std::optional<base::Decimal> on(base::Date day) const;
  const feel::Value* constant_on(base::Date day) const;  // null: no value on that day
};

enum class Fact {
  deposit_balance,    // "deposit balance"
  loan_balance,       // "loan balance": on the balance sheet unless the filter says otherwise
  overdue_principal,  // "overdue principal"
  overdue_interest,   // "overdue interest"
  transaction,        // "transaction"
  repayment,          // "repayment"
  sale,               // "sale"
  customer,           // "customer"
  account,            // "account"
  loan_issue,         // "loan issue": a loan on the day it was issued
  loan,               // "loan": every loan issued by the end of the period, as it stood on its last day
  target              // "target"
};
enum class Aggregate {
  average_daily,       // "average daily": sum over the days of the period / days of the period
  at_end,              // "at end": at the end of the period's last day
  at_start,            // "at start": at the end of the day before the period
  net_change,          // "net change": at end - at start
  month_end_average,   // "month-end average": mean over the month ends in the period
  sum,                 // "sum" of `column` over the events of the period
  count,               // "count" of events, accounts
  distinct_customers,  // "distinct customers"
  customers_by_share  // "customers by share": a customer is one, split over its loans or accounts and their shares
};
enum class Reach { asked, year_to_date, previous, year_before, full_year };  // which period is meant
enum class Attribution {
  by_share,   // "by share": as assigned on the day, in 1/10,000
  main_only,  // "main only": the whole to the holder of role main
  seller,     // "seller": the staff_id of the sale
  subtree     // "subtree": the organisation of the account, loan or sale (holders: organisations)
};

// 原始指标: facts to a figure.
struct Measure {
  std::string name, unit;  // unit: 元, 户, 笔, 张, ...
  Fact fact;
  std::string column;  // for sums of events: "principal", "interest", "quantity", "amount"
  std::string filter;  // FEEL condition on the fact's columns; empty = all
  Aggregate aggregate;
  Reach reach = Reach::asked;
  Attribution attribution = Attribution::by_share;
  std::string target;  // fact target: the indicator's name in targets.csv
  // A rule per account and day (deposit and loan balances): balances below `minimum` count 0, above
  // `cap` count `cap`. In fen.
  std::optional<int64_t> cap, minimum;
  std::string null_reason;  // why there may be no value: "本期没有下达净增计划"
  Origin origin;
};

// 计算指标: a formula over figures and parameters.
struct Indicator {
  std::string name, unit;
  std::vector<std::string> inputs;  // figures, scores, parameters it may name
  std::string formula;              // FEEL
  int formula_line = 0;             // line of the formula's first character in the document
  std::string null_reason;
  Origin origin;
};

// 计分指标: a score. The formula gives a number, or a context whose last entry is the score and whose
// other entries are its parts.
struct Score {
  std::string name;
  base::Decimal full;  // full mark, 分
  std::optional<base::Decimal> floor, cap;
  std::vector<std::string> inputs;
  std::string formula;
  int formula_line = 0;
  std::string null_reason;
  Origin origin;
};

// What is computed over all holders of the run for one figure; usable as an input by its own name.
struct PeerFigure {
  std::string name;  // "管户数平均"
  std::string of;    // the figure it summarises
  std::string how;   // "average", "sum", "max", "min", "count"
  std::string unit;
  Origin origin;
};

struct SchemeItem {
  std::string score;
  base::Decimal weight;  // of the total; the weights of a scheme need not add up to 1
};

enum class Missing { null_total, rescale };  // what a score without value does to the total

struct GradeBand {
  std::string grade;
  base::Decimal at_least;  // total >= at_least; bands are ordered from high to low
};

struct Scheme {
  std::string name, title;
  std::string holders;               // "manager", "team", "organisation"
  std::string holder_filter;         // FEEL over the staff's columns; empty = position manager
  std::vector<std::string> periods;  // allowed: "month", "quarter", "half-year", "year"
  std::vector<std::string> figures;  // measures and indicators shown, in order
  std::vector<SchemeItem> items;
  base::Decimal full_total;  // the total when every score is at its full mark
  Missing missing = Missing::null_total;
  std::vector<GradeBand> grades;  // empty: no grade
  bool rank_in_branch = true, rank_in_bank = true;
  // A scheme that a decision scores: then there are no items, bands and full total, and the decision's result
  // gives 得分, 总分, 等级 and whatever else it says.
  std::string decision;               // "" the scheme adds up its items
  std::vector<SchemeSource> sources;  // every input of the decision, in its order
  std::vector<SchemeGate> gates;
  // Who counts in peer figures beside the holders, and for how much: FEEL over the staff's columns. Empty: the
  // holders, each once.
  std::string peers, peer_weight;
  Origin origin;
};

// The article needs a person: nothing is computed.
struct Judgement {
  std::string why;
  Origin origin;
};

// The text is lost or open: what the question is, and what this pack chose.
struct OpenPoint {
  std::string question, chosen;
  Origin origin;
};

// A regulation the pack restates.
struct SourceDocument {
  std::string document, title;
};

struct Compiled;  // functions and decisions ready to run: decide.h asks them

struct Pack {
  std::string id, title, version;
  // SHA-256 over every file of the pack, path and content, in order of path; with the hashes of the packs
  // it imports or extends.
  std::string hash;
  std::optional<base::Date> from, to;  // in force
  std::vector<Parameter> parameters;
  std::vector<Measure> measures;
  std::vector<Indicator> indicators;
  std::vector<Score> scores;
  std::vector<PeerFigure> peers;
  std::vector<Scheme> schemes;
  std::vector<RecordedFact> recorded;
  std::vector<ListFigure> lists;
  std::vector<TargetTable> targets;
  std::vector<Judgement> judgements;
  std::vector<OpenPoint> opens;
  std::vector<SourceDocument> sources;
  std::vector<NamedType> types;
  std::vector<Function> functions;
  std::vector<Decision> decisions;
  std::vector<CaseTable> cases;
  std::vector<Checklist> checklists;
  std::vector<Duty> duties;
  std::vector<Notice> notices;
  std::vector<Process> processes;
  std::vector<Form> forms;
  // Packs whose types, functions, parameters and decisions this one may use (pack.toml: imports).
  std::vector<std::shared_ptr<const Pack>> imports;
  std::vector<std::string> extends;     // packs it was made from; their elements are among its own
  std::vector<RegulatoryCheck> checks;  // switched on here or in a pack it was made from

  std::shared_ptr<const Compiled> compiled;

  const Parameter* parameter(std::string_view name) const;
  const Measure* measure(std::string_view name) const;
  const Indicator* indicator(std::string_view name) const;
  const Score* score(std::string_view name) const;
  const PeerFigure* peer(std::string_view name) const;
  const Scheme* scheme(std::string_view name) const;
  const RecordedFact* recorded_fact(std::string_view name) const;
  const ListFigure* list(std::string_view name) const;
  // Of this pack only.
  const Decision* decision(std::string_view wanted) const;
  // The name's meaning inside a decision ("" outside of any): its own parameter, else the pack's, else that
  // of an imported pack.
  const Parameter* parameter_for(std::string_view decision, std::string_view name) const;
  // Of this pack, else of the packs it imports, in their order.
  const NamedType* type(std::string_view name) const;
  const Function* function(std::string_view name) const;
};

}  // namespace guanhu::policy
