// What the schemes that a decision scores, and lists, ask: every formula becomes a decision of one step whose
// inputs are the names it reads.
#include <algorithm>

#include "feel/parser.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"
#include "policy/facts.h"
#include "policy/formula_scope.h"
#include "policy/scheme.h"

namespace guanhu::policy::detail {

namespace {

using TypeOf = std::function<ValueTypePtr(std::string_view name)>;

ValueTypePtr number(const std::string& unit) {
  ValueType out;
  out.kind = TypeKind::number;
  out.unit = unit;
  return std::make_shared<const ValueType>(std::move(out));
}

ValueTypePtr type_of_column(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text:
    case ColumnKind::choice: return type_of(TypeKind::string);
    case ColumnKind::date: return type_of(TypeKind::date);
    case ColumnKind::boolean: return type_of(TypeKind::boolean);
    default: return number("");
  }
}

ValueTypePtr context(const std::vector<std::pair<std::string, ValueTypePtr>>& members) {
  ValueType out;
  out.kind = TypeKind::context;
  for (const auto& [name, type] : members) {
    Field field;
    field.name = name;
    field.type = type;
    out.members.push_back(std::move(field));
  }
  return std::make_shared<const ValueType>(std::move(out));
}

ValueTypePtr type_of_holder() {
  std::vector<std::pair<std::string, ValueTypePtr>> members{{"姓名", nullable(type_of(TypeKind::string))},
                                                            {"机构名称", nullable(type_of(TypeKind::string))}};
  for (const FactColumn& column : staff_columns())
    members.emplace_back(column.name, nullable(type_of_column(column.kind)));
  return context(members);
}

ValueTypePtr type_of_period() {
  return context({{"名称", type_of(TypeKind::string)},
                  {"年", number("")},
                  {"首日", type_of(TypeKind::date)},
                  {"末日", type_of(TypeKind::date)},
                  {"天数", number("")}});
}

ValueTypePtr type_of_list() {
  ValueType out;
  out.kind = TypeKind::list;
  out.element = type_of(TypeKind::any);
  return std::make_shared<const ValueType>(std::move(out));
}

class Settler {
 public:
  Settler(Draft& draft, Report& report) : draft_(draft), pack_(draft.pack), report_(report) {}

  void list(ListFigure& list, const Element& element) {
    const Measure* measure = pack_.measure(list.of);
    if (!measure) {
      report_.add(*element.source, Draft::place(element, "of"), "policy.reference",
                  "没有叫“" + list.of + "”的原始指标", "of 写一个 measure 块的名称");
      return;
    }
    const FactInfo& fact = fact_info(measure->fact);
    if (!list.group.empty()) {
      const FactColumn* column = find_column(fact, list.group);
      if (!column)
        report_.add(*element.source, Draft::place(element, "group"), "policy.reference",
                    std::string(fact.chinese) + "没有“" + list.group + "”这一列", "group 写这种事实的一列");
      else list.group = column->feed;
    }
    sample(list, element);
    auto type = [&](std::string_view name) -> ValueTypePtr {
      if (name == kListAmount) return number("");
      if (name == kListId) return type_of(TypeKind::string);
      if (const FactColumn* column = find_column(fact, name)) return nullable(type_of_column(column->kind));
      if (const RecordedFact* recorded = pack_.recorded_fact(name)) return recorded->type;
      return name == kPeriod ? type_of_period() : nullptr;
    };
    for (ListPart& part : list.parts)
      part.ask = ask("list " + list.name + " ← " + part.name, part.formula, list.origin, type);
  }

  void scheme(Scheme& scheme, const Element& element) {
    const Decision* decision = pack_.decision(scheme.decision);
    if (!decision || !decision->output) {
      if (!draft_.broken_names.contains(scheme.decision))
        report_.add(*element.source, Draft::place(element, "decision"), "policy.reference",
                    "没有叫“" + scheme.decision + "”的决策", nearest_decision(scheme.decision));
      return;
    }
    if (decision->output->kind != TypeKind::context)
      report_.add(*element.source, Draft::place(element, "decision"), "policy.scheme.decision",
                  "给方案计分的决策要给出几个结果(得分、总分、等级……)，“" + scheme.decision + "”只给出一个",
                  "用 steps 写它");
    sources(scheme, *decision, element);
    auto input = [&](std::string_view name) -> ValueTypePtr {
      if (const Field* field = decision->input(name)) return field->type;
      if (name == kHolder) return type_of_holder();
      return name == kPeriod ? type_of_period() : nullptr;
    };
    for (SchemeGate& gate : scheme.gates)
      gate.ask = ask(scheme.name + " | " + gate.reason, gate.condition, scheme.origin, input);
  }

 private:
  void sample(const ListFigure& list, const Element& element) {
    if (list.sample.empty()) return;
    const RecordedFact* seed = pack_.recorded_fact(list.seed);
    if (!seed || seed->of != RecordedOf::bank)
      report_.add(*element.source, Draft::place(element, "seed"), "policy.list.sample",
                  "“" + list.seed + "”不是全行的登记事实", "用 fact 块写明种子，of = \"bank\"");
    const Parameter* size = pack_.parameter(list.sample);
    if (!size || !size->is_number())
      report_.add(*element.source, Draft::place(element, "sample"), "policy.list.sample",
                  "“" + list.sample + "”不是全包的参数", "sample 写一个参数的名称：抽几笔");
  }

  // In the order of the decision's inputs, each with its formula: the name itself where none is written.
  void sources(Scheme& scheme, const Decision& decision, const Element& element) {
    std::vector<SchemeSource> given = std::move(scheme.sources);
    scheme.sources.clear();
    for (const SchemeSource& one : given)
      if (!decision.input(one.input))
        report_.add(*element.source, place_of(one.formula), "policy.scheme.source",
                    "决策“" + decision.id + "”没有“" + one.input + "”这个输入", near_input(decision, one.input));
    for (const Field& field : decision.inputs) {
      auto at = std::find_if(given.begin(), given.end(), [&](const auto& one) { return one.input == field.name; });
      SchemeSource source;
      source.input = field.name;
      if (at != given.end()) source.formula = at->formula;
      bool own = at == given.end();
      if (own && !type_of_name(field.name) && !pack_.parameter_for("", field.name)) {
        if (field.optional) continue;  // stays away
        if (!draft_.broken_names.contains(field.name))
          report_.add(*element.source, Draft::place(element, "decision"), "policy.scheme.source",
                      "没有说输入“" + field.name + "”从哪里来",
                      "在 sources 里写 " + field.name + " = 算式，或者用同名的指标、列表、登记事实、参数");
        continue;
      }
      Text formula = own ? Text{field.name, scheme.origin.line, 1} : source.formula;
      source.ask = ask(scheme.name + " ← " + field.name, formula, scheme.origin,
                       [this](std::string_view name) { return type_of_name(name); });
      scheme.sources.push_back(std::move(source));
    }
  }

  std::string near_input(const Decision& decision, const std::string& name) const {
    std::vector<std::string> known;
    for (const Field& field : decision.inputs) known.push_back(field.name);
    std::string near = nearest(name, known);
    return near.empty() ? "它的输入有：" + joined(known) : "是不是想写“" + near + "”？";
  }

  std::string nearest_decision(const std::string& id) const {
    std::vector<std::string> known;
    for (const Decision& one : pack_.decisions) known.push_back(one.id);
    std::string near = nearest(id, known);
    return near.empty() ? "decision 写这个制度包里一个 decision 块的名称" : "是不是想写 " + near + "？";
  }

  // What a source may read besides parameters and functions.
  ValueTypePtr type_of_name(std::string_view name) const {
    if (const RecordedFact* recorded = pack_.recorded_fact(name)) return recorded->type;
    if (const Measure* one = pack_.measure(name)) return number(one->unit);
    if (const Indicator* one = pack_.indicator(name)) return number(one->unit);
    if (const PeerFigure* one = pack_.peer(name)) return number(one->unit);
    if (pack_.score(name)) return number("分");
    if (pack_.list(name)) return type_of_list();
    if (name == kHolder) return type_of_holder();
    return name == kPeriod ? type_of_period() : nullptr;
  }

  FormulaAsk ask(const std::string& id, const Text& formula, const Origin& origin, const TypeOf& type) {
    FormulaAsk out;
    out.decision.id = id;
    out.decision.title = id;
    out.decision.origin = origin;
    out.decision.output = nullable(type_of(TypeKind::any));
    if (auto tree = feel::parse(formula.text, formula_scope()); tree.ok())
      for (const UsedName& used : free_names(*tree.value())) {
        ValueTypePtr known = type(used.name);
        if (!known || out.decision.input(used.name)) continue;
        bool tested = tests_null(*tree.value(), used.name);
        if (tested) out.tests.push_back(used.name);
        Field field;
        field.name = used.name;
        field.at = formula;
        field.type = tested ? nullable(known) : known;
        out.decision.inputs.push_back(std::move(field));
      }
    Step step;
    step.name = "result";
    step.at = formula;
    step.type = out.decision.output;
    step.formula = formula;
    out.decision.body.steps.push_back(std::move(step));
    out.decision.body.result = 0;
    return out;
  }

  Draft& draft_;
  Pack& pack_;
  Report& report_;
};

}  // namespace

void settle_schemes(Draft& draft, Report& report) {
  Settler settler(draft, report);
  for (const Element& element : draft.elements)
    if (element.kind == ElementKind::list && element.sound) settler.list(draft.pack.lists[element.index], element);
  for (const Element& element : draft.elements)
    if (element.kind == ElementKind::scheme && element.sound &&
        !draft.pack.schemes[element.index].decision.empty())
      settler.scheme(draft.pack.schemes[element.index], element);
}

}  // namespace guanhu::policy::detail
