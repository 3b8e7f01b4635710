// What a scheme that a decision scores stands on, beside measures: facts that no extract brings and people
// record in Guanhu, lists built from the things behind a measure, and where each input of the decision
// comes from.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/decision.h"

namespace guanhu::policy {

// What a recorded fact is about.
enum class RecordedOf {
  staff,         // "staff" 员工
  customer,      // "customer" 客户
  loan,          // "loan" 借据
  organisation,  // "organisation" 机构; of a scheme of managers: the one they belong to
  bank           // "bank" 全行: its subject has no id
};
std::string_view subject_kind(RecordedOf of);  // "staff", ...: in the store and on the command line
std::string_view subject_word(RecordedOf of);  // "员工"
std::optional<RecordedOf> recorded_of(std::string_view kind);

// 登记事实: what no extract brings. One line of a `fact` block.
struct RecordedFact {
  std::string name, hint;
  std::string group;  // the block's name: "工作质量抽查"
  ValueTypePtr type;
  RecordedOf of = RecordedOf::staff;
  bool by_period = true;                 // of one period of an appraisal; else from a day on until a later one
  std::optional<feel::Value> otherwise;  // what it means that nothing is recorded; none: whoever needs it waits
  std::vector<std::string> by;           // roles that may record it (people/access.h); empty: whoever may record
  Origin origin;
};

// A value worked out from named values: an input of a scheme's decision, a part of a list's entries, a
// condition. `decision` is one of one step whose inputs are the names it reads; parameters and functions are
// found as in any decision. It is asked by scheme_ask.h.
struct FormulaAsk {
  Decision decision;
  std::vector<std::string> tests;  // of its inputs, those that it compares with null: they may be missing
};

// An input of the decision that scores a scheme's holders.
struct SchemeSource {
  std::string input;
  Text formula;  // empty: what is called like the input itself
  FormulaAsk ask;
};

// Facts under which a holder is not scored.
struct SchemeGate {
  std::string reason;
  Text condition;           // over the decision's inputs
  bool leaves_out = false;  // left out for good, with `grade`; else the holder waits
  std::string grade;
  FormulaAsk ask;
};

// A part of a list's entries.
struct ListPart {
  std::string name;
  Text formula;  // over the columns of the thing, 数额 and 编号, facts recorded of it
  FormulaAsk ask;
};

// 列表: one entry for each thing (loan, sale, account) that a holder's figure was summed from.
struct ListFigure {
  std::string name;
  std::string of;            // the measure
  std::string group;         // column (feed's name): things that agree in it are one entry; "" each thing
  std::string sample, seed;  // parameter: how many are drawn; recorded fact of the bank: the seed. "" all
  std::vector<ListPart> parts;
  Origin origin;
};

}  // namespace guanhu::policy
