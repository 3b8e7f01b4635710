#include "policy/detail/check_meaning.h"

#include <algorithm>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow_scope.h"
#include "policy/detail/check_tree.h"

namespace guanhu::policy::detail {

namespace {

class Meaning {
 public:
  Meaning(Study& study, Report& report)
      : study_(study),
        report_(report),
        flow_(study.symbols, study.pack(), [this](auto&&... what) { say(what...); }) {}

  void check() {
    requirements();
    // What is refused is not answered: behind it the conditions do not hold.
    for (const Parsed& refusal : study_.refusals)
      if (at(refusal)) flow_.condition(*refusal.tree, refusal.source(), false);
    for (const Parsed& refusal : study_.refusals)
      if (at(refusal)) flow_.assume(*refusal.tree, false);
    for (ParsedStep& step : study_.steps) {
      const ValueType* type = step.step->type.get();
      step.info = step.step->table ? table(step) : formula(step);
      Symbol symbol{type ? Info::of_type(*type) : step.info, step.formula.tree.get()};
      // What the formula says about a value goes beyond its type.
      if (type && step.info.known() && step.info.kind == type->kind) {
        symbol.info.filled = step.info.filled;
        if (!type->low) symbol.info.low = step.info.low, symbol.info.soft = step.info.soft;
        if (!type->high) symbol.info.high = step.info.high, symbol.info.soft = step.info.soft;
        if (!step.info.maybe) symbol.info.maybe = false;
        if (type->unit.empty()) symbol.info.unit = step.info.unit;
      }
      study_.symbols.insert_or_assign(step.step->name, std::move(symbol));
    }
  }

 private:
  bool at(const Parsed& parsed) {
    now_ = &parsed;
    return parsed.tree != nullptr;
  }

  void say(feel::SourceRange range, std::string_view code, std::string message, std::string hint) {
    report_.add(*study_.source, study_.place(*now_, range), std::string(code), std::move(message),
                std::move(hint));
  }

  void requirements() {
    if (!study_.decision) return;
    for (size_t i = 0; i < study_.arguments.size(); ++i) {
      const Requirement& requirement = study_.decision->requirements[i];
      const Decision* other = required_decision(study_.pack(), requirement.decision);
      for (size_t j = 0; j < study_.arguments[i].size(); ++j) {
        const Parsed& argument = study_.arguments[i][j];
        if (!at(argument)) continue;
        Info given = flow_.run(*argument.tree, argument.source());
        const Field* input = other ? other->input(requirement.arguments[j].input) : nullptr;
        if (!input || !input->type) continue;
        Info wanted = Info::of_field(*input);
        wanted.null = wanted.null || input->optional;
        flow_.fits(*argument.tree, given, wanted, "输入“" + input->name + "”");
      }
    }
  }

  Info formula(const ParsedStep& step) {
    if (!at(step.formula)) return {};
    Info out = flow_.run(*step.formula.tree, step.formula.source());
    if (step.step->type) flow_.fits(*step.formula.tree, out, Info::of_type(*step.step->type), where(*step.step));
    return out;
  }

  static std::string where(const Step& step) { return step.name == "result" ? "结果" : "“" + step.name + "”"; }

  Info table(const ParsedStep& step) {
    const ParsedTable& table = step.table;
    std::vector<Info> columns;
    for (const Parsed& input : table.inputs)
      columns.push_back(at(input) ? flow_.run(*input.tree, input.source()) : Info());
    Flow::Scope rows(flow_);
    std::vector<std::optional<Info>> results(table.table->outputs.size());
    for (size_t row = 0; row < table.tests.size(); ++row) {
      {
        Flow::Scope scope(flow_);
        for (size_t i = 0; i < columns.size(); ++i) test(table, row, i);
        for (size_t i = 0; i < results.size() && i < table.results[row].size(); ++i)
          result(table.results[row][i], table.table->outputs[i], results[i]);
      }
      if (table.table->policy == HitPolicy::first) behind(table, row);
    }
    return result_of(*table.table, results);
  }

  void test(const ParsedTable& table, size_t row, size_t column) {
    const Parsed& cell = table.tests[row][column];
    if (!at(cell)) return;
    if (table.table->inputs[column].condition) {
      // Behind rows that were passed over a condition may well be always true.
      flow_.condition(*cell.tree, cell.source(), true, table.table->policy == HitPolicy::collect);
      flow_.assume(*cell.tree, true);
      return;
    }
    const Parsed& subject = table.inputs[column];
    if (!subject.tree) return;
    Info input;
    {
      Flow::Quiet quiet(flow_);
      input = flow_.run(*subject.tree, subject.source());
    }
    flow_.tests(*cell.tree, cell.source(), input, subject.source());
    if (!asks_input(*cell.tree)) flow_.passes(*cell.tree, *subject.tree, true);
  }

  // Rows below a row that was passed over: where one cell alone decided about it, that cell did not hold.
  void behind(const ParsedTable& table, size_t row) {
    size_t deciding = table.inputs.size(), count = 0;
    for (size_t i = 0; i < table.inputs.size(); ++i)
      if (!table.table->rows[row].tests[i].any()) deciding = i, ++count;
    if (count != 1 || !table.tests[row][deciding].tree) return;
    const feel::Node& cell = *table.tests[row][deciding].tree;
    if (table.table->inputs[deciding].condition) flow_.assume(cell, false);
    else if (table.inputs[deciding].tree && !asks_input(cell))
      flow_.passes(cell, *table.inputs[deciding].tree, false);
  }

  void result(const Parsed& cell, const TableOutput& output, std::optional<Info>& all) {
    if (!at(cell)) {
      all = Info();
      return;
    }
    Info one = flow_.run(*cell.tree, cell.source());
    if (output.type) flow_.fits(*cell.tree, one, Info::of_type(*output.type), "结果“" + output.name + "”");
    all = all ? Info::either(*all, one) : one;
  }

  static Info result_of(const Table& table, const std::vector<std::optional<Info>>& results) {
    Info one;
    if (results.size() == 1) {
      one = results[0].value_or(Info());
    } else {
      one = Info::of_kind(TypeKind::context);
      one.sure = one.closed = true;
      for (size_t i = 0; i < results.size(); ++i)
        one.members.emplace_back(table.outputs[i].name, std::make_shared<const Info>(results[i].value_or(Info())));
    }
    bool several = table.policy == HitPolicy::collect || table.policy == HitPolicy::rule_order ||
                   table.policy == HitPolicy::output_order;
    if (!several) return one;
    if (table.aggregation != Aggregation::none) {
      Info number = Info::of_kind(TypeKind::number);
      number.unit = table.aggregation == Aggregation::count ? Unit() : one.unit;
      number.null = table.aggregation == Aggregation::min || table.aggregation == Aggregation::max;
      number.sure = true;
      return number;
    }
    Info list = Info::of_kind(TypeKind::list);
    list.sure = true;
    if (one.known()) list.element = std::make_shared<const Info>(std::move(one));
    return list;
  }

  Study& study_;
  Report& report_;
  Flow flow_;
  const Parsed* now_ = nullptr;
};

}  // namespace

void check_meaning(Study& study, Report& report) { Meaning(study, report).check(); }

}  // namespace guanhu::policy::detail
