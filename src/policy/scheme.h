// A scheme made ready to run: what must be computed, in order, with compiled formulas.
//
// A run takes `steps` from first to last, for all holders at once. A measure is asked of the
// measuring engine; an indicator or a score is one evaluation of `program` per holder with the
// values of `inputs` in order; a peer figure summarises the values of its one input over all holders
// that have a value.
//
//   auto compiled = compile_scheme(pack, "经营业绩", period.last());
//   for (const SchemeStep& step : compiled->steps) ...
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::feel {
class Program;
}

namespace guanhu::policy {

enum class StepKind {
  measure,
  indicator,
  peer,
  score,
  recorded,  // a fact that people record: any value
  list       // one entry for each thing behind a measure
};

// Names that formulas of a decided scheme's sources may read besides figures and facts.
inline constexpr std::string_view kHolder = "员工";  // whom it is about: columns of the staff, 姓名, 机构名称
inline constexpr std::string_view kPeriod = "期间";      // 名称, 年, 首日, 末日, 天数
inline constexpr std::string_view kListAmount = "数额";  // of an entry of a list: the holder's part of the thing
inline constexpr std::string_view kListId = "编号";

enum class InputKind {
  step,       // the value of another step for the same holder (for a peer figure: the same for all)
  parameter,  // a number of the pack, of that date
  full_mark   // "满分": the full mark of the score that asks for it
};

// One slot of a formula.
struct SchemeInput {
  std::string name;  // as the formula calls it
  InputKind kind = InputKind::step;
  size_t step = 0;                       // InputKind::step: its place in CompiledScheme::steps
  const Parameter* parameter = nullptr;  // InputKind::parameter
  base::Decimal value;                   // of a parameter or a full mark
};

struct SchemeStep {
  StepKind kind = StepKind::measure;
  std::string name, unit;            // a score's unit is 分
  const Measure* measure = nullptr;  // exactly the one that `kind` says; owned by the pack
  const Indicator* indicator = nullptr;
  const PeerFigure* peer = nullptr;
  const Score* score = nullptr;
  const RecordedFact* recorded = nullptr;
  const ListFigure* list = nullptr;              // `inputs`: the measure it opens
  std::shared_ptr<const feel::Program> program;  // of indicators and scores; its slots are `inputs`, in order
  std::vector<SchemeInput> inputs;               // of a peer figure: the one step it summarises
  const Origin& origin() const;
  const std::string& null_reason() const;  // "" where there is none
};

// An input of the decision and the steps its formula reads, as source->ask.decision.inputs.
struct CompiledSource {
  static constexpr size_t kBuiltIn = static_cast<size_t>(-1);  // kHolder, kPeriod
  const SchemeSource* source = nullptr;
  std::vector<size_t> steps;
};

// A condition or a number over the columns of the staff (feed names where staff.csv has them).
struct StaffProgram {
  std::shared_ptr<const feel::Program> program;  // null: none is written
  std::vector<std::string> columns;              // its slots
};

struct CompiledScheme {
  const Pack* pack = nullptr;  // must outlive this
  const Scheme* scheme = nullptr;
  base::Date date;
  std::vector<SchemeStep> steps;             // each after the steps it needs; nothing that is not needed
  std::vector<size_t> figures;               // steps of scheme->figures, in their order
  std::vector<size_t> items;                 // steps of scheme->items, in their order
  std::vector<const Parameter*> parameters;  // used by any step
  // scheme->holder_filter; its slots are `holder_columns` (feed names of staff.csv's columns). Null
  // when the scheme has none: every manager (position manager) is a holder.
  std::shared_ptr<const feel::Program> holder_filter;
  std::vector<std::string> holder_columns;
  StaffProgram peers, peer_weight;  // scheme->peers, scheme->peer_weight
  // Of a scheme that a decision scores; else null and empty.
  const Decision* decision = nullptr;
  std::vector<CompiledSource> sources;

  const SchemeStep* step(std::string_view name) const;
};

// `date`: parameters are those in force on it; as a rule the last day of the period. Errors:
// policy.scheme.unknown (with the schemes there are), policy.not_in_force (the pack or a parameter
// has no value on that day), and any problem of a formula, with its place. The pack must be sound.
base::Result<CompiledScheme> compile_scheme(const Pack& pack, std::string_view name, base::Date date);

}  // namespace guanhu::policy
