// Decisions of a pack and what they stand on: types of values, decision tables, shared functions,
// worked cases. decide.h runs them; docs/packs.md tells how they are written.
//
// Everything that is written in a document is kept as a Text, which knows its place, so that any check
// can point at the very character.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"
#include "feel/type.h"
#include "feel/value.h"
#include "policy/origin.h"

namespace guanhu::policy {

// A text of a document and where it stands: line and column (1-based, in code points) of its first
// character. The text keeps the line breaks and the indentation of the document, so a place inside
// it follows from it.
struct Text {
  std::string text;
  int line = 0, column = 0;
  bool empty() const { return text.empty(); }
};

// ---------------------------------------------------------------------------------------- types

enum class TypeKind {
  any,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  list,
  context
};

struct ValueType;
using ValueTypePtr = std::shared_ptr<const ValueType>;

// An end of a range of numbers.
struct Bound {
  base::Decimal value;
  bool included = true;
};

// An entry with a type: an input of a decision, a parameter of a function, a part of a context, an
// answer of a checklist.
struct Field {
  std::string name;
  Text at;                               // the name, where it stands
  ValueTypePtr type;                     // never null
  bool optional = false;                 // may be absent or null: then it is `otherwise`
  std::optional<feel::Value> otherwise;  // written behind "="; none: null
  std::string hint;                      // written behind "#"
};

// What a value may be. Values are checked against all of it where they come in and where they go out.
struct ValueType {
  TypeKind kind = TypeKind::any;
  std::string name;                // of the `type` block that says it; "" when it has none
  bool nullable = false;           // null is a value of it ("不适用"); written "?"
  std::string unit;                // of a number: "元", "元/户", "" when none is given
  bool integer = false;            // of a number: no fraction
  std::optional<Bound> low, high;  // of a number
  std::vector<std::string> words;  // of a string: the only ones allowed, in their order; empty: any
  ValueTypePtr element;            // of a list
  std::vector<Field> members;      // of a context, in order

  const Field* member(std::string_view wanted) const;
  // As an author would write it: "元 >= 0", "甲 | 乙", "list<{金额: 元, 日期?: date}>".
  std::string str() const;
  // For FEEL's compiler: units, words and bounds left out.
  feel::TypeRef feel() const;
};

// What is wrong with a value that ought to be of a type.
struct Misfit {
  std::string code;     // "missing", "null", "type", "allowed", "range", "integer", "date", "unknown"
  std::string path;     // "企业清单[2].贷款余额"; "" the value itself
  std::string message;  // Chinese, one sentence
};

// The JSON value as a FEEL value of the type, dates read, defaults filled in. Refuses what does not fit.
std::optional<feel::Value> read_value(const base::Json& json, const ValueType& type, const std::string& path,
                                      Misfit& misfit);
// Whether a value that was computed is of the type.
bool check_value(const feel::Value& value, const ValueType& type, const std::string& path, Misfit& misfit);

// A `type NAME` block: enumerations and structures that several decisions share.
struct NamedType {
  std::string name, title;
  ValueTypePtr type;
  Origin origin;
};

// --------------------------------------------------------------------------------------- tables

enum class HitPolicy {
  unique,        // "unique": exactly one row matches
  any,           // "any": several may match, all with the same result
  priority,      // "priority": of the rows that match, the result that stands first among the allowed words
  first,         // "first": the first row that matches
  rule_order,    // "rule order": the results of all rows that match, in the order of the rows
  output_order,  // "output order": the same, in the order of the allowed words
  collect        // "collect": all of them as a list, or summed up as `aggregation` says
};
enum class Aggregation { none, sum, min, max, count };

// A cell: a unary test on the input side, an expression on the output side.
struct Cell {
  Text text;         // as it is written
  std::string feel;  // as it is compiled: allowed words without quotes are quoted; a lone "-" is ""
  bool any() const { return feel.empty(); }  // of a test: "-", everything matches
};

struct TableInput {
  Text expression;         // FEEL; usually the name of an input
  bool condition = false;  // headed 条件: its cells are whole conditions, `expression` is not compiled
  ValueTypePtr type;       // of an input or a step that is named; else null
};

struct TableOutput {
  std::string name;
  Text at;
  ValueTypePtr type;  // null: not declared
};

struct TableRow {
  std::vector<Cell> tests;    // one for each input
  std::vector<Cell> results;  // one for each output
  // What stands behind the second "||": where this row comes from. Empty: as the decision.
  std::vector<std::string> rules;
  std::string article, note;
  int line = 0;
};

// Where no row matches: an error, but a collect gives [] (sum and count 0; min and max null).
struct Table {
  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<TableInput> inputs;
  std::vector<TableOutput> outputs;  // one: the value itself; several: a context
  std::vector<TableRow> rows;
  Text at;  // the hit policy
};

// ------------------------------------------------------------------------- decisions, functions

// One named value on the way to the result; knows the inputs, parameters, requirements and the steps
// before it.
struct Step {
  std::string name;
  Text at;
  bool helper = false;                 // its name begins with "_": no part of the result
  ValueTypePtr type;                   // null: not declared (helpers only)
  Text formula;                        // FEEL; empty when there is a table
  std::shared_ptr<const Table> table;  // null when there is a formula
};

enum class BodyKind {
  formula,  // one expression
  table,    // one table
  steps,    // named values
  gate      // reasons against it and their conditions
};

// How something is worked out. However it was written it is a list of steps; `formula` and `table` are
// one step named "result".
struct Body {
  BodyKind kind = BodyKind::formula;
  std::vector<Step> steps;
  // The step named "result" is the result; without it the result is a context of the steps that are no
  // helpers, in their order.
  std::optional<size_t> result;
};

// Another decision whose result a decision uses under a name of its own. Its inputs are those of the
// decision that have the same names, but for those given as arguments.
struct Requirement {
  std::string name;      // "频次"
  std::string decision;  // "routine-check-frequency", or "PACK/DECISION" of an imported pack
  Text at;               // of the name
  struct Argument {
    std::string input;  // of the other decision
    Text formula;       // over the inputs and parameters of this one, and requirements before
  };
  std::vector<Argument> arguments;
};

// Facts that cannot go together: the question is refused, not answered.
struct Refusal {
  std::string message;
  Text condition;     // FEEL over inputs and parameters; true: refused
  std::string input;  // named as the place of the error; may be empty
};

struct Decision {
  std::string id;     // "personal-loan-payment-mode"; of an appraisal asked for by its figures "scheme:NAME"
  std::string title;  // "个人贷款支付方式"
  std::string question;
  std::vector<Field> inputs;
  ValueTypePtr output;  // never null in a sound pack: the declared type, or the context of the steps
  std::vector<Requirement> requirements;
  std::vector<Refusal> refusals;
  Body body;
  Origin origin;

  const Field* input(std::string_view name) const;
};

// A shared function (a business knowledge model): typed parameters, one result. What several
// institutions share stands once in a pack that others import.
struct Function {
  std::string name, title;
  std::vector<Field> parameters;
  ValueTypePtr output;
  Body body;
  Origin origin;
};

// ---------------------------------------------------------------------------------------- cases

// One worked case of a decision.
struct Case {
  base::Json input;              // the object as `decide` takes it; wrong on purpose where an error is expected
  std::optional<base::Date> on;  // parameters of that day; none: today, or the pack's first day
  std::optional<base::Json> expected;  // the result; of a context only the parts that are written are compared
  bool refused = false;                // an error is expected instead
  std::string refused_at;              // the input it names; "" any
  std::string note;
  Text at;  // its first cell
};

struct CaseTable {
  std::string decision;
  std::vector<Case> cases;
  Origin origin;
};

}  // namespace guanhu::policy
