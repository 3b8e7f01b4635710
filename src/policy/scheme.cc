#include "policy/scheme.h"

#include <algorithm>
#include <map>

#include "feel/parser.h"
#include "feel/program.h"
#include "policy/detail/compile.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"
#include "policy/formula_scope.h"

namespace guanhu::policy {

namespace {

using base::Error;

const std::string kNone;

std::string place(const Origin& origin) { return origin.document + ":" + std::to_string(origin.line); }

// Adds the steps of a scheme, each after those it needs.
class Compiler {
 public:
  Compiler(const Pack& pack, const Scheme& scheme, base::Date date) : pack_(pack) {
    out_.pack = &pack;
    out_.scheme = &scheme;
    out_.date = date;
  }

  base::Result<CompiledScheme> compile() {
    for (const std::string& name : out_.scheme->figures) {
      auto at = step(name, out_.scheme->origin);
      if (!at.ok()) return at.error();
      out_.figures.push_back(at.value());
    }
    for (const SchemeItem& item : out_.scheme->items) {
      auto at = step(item.score, out_.scheme->origin);
      if (!at.ok()) return at.error();
      out_.items.push_back(at.value());
    }
    if (auto done = decision(); !done.ok()) return done.error();
    if (auto done = holder_filter(); !done.ok()) return done.error();
    for (auto [text, program] :
         {std::pair(&out_.scheme->peers, &out_.peers), std::pair(&out_.scheme->peer_weight, &out_.peer_weight)})
      if (auto done = over_staff(*text, *program); !done.ok()) return done.error();
    return std::move(out_);
  }

 private:
  // The place of `name` among the steps; adds it when it is not there. `from`: who asks for it.
  base::Result<size_t> step(const std::string& name, const Origin& from) {
    if (auto at = done_.find(name); at != done_.end()) {
      if (at->second) return *at->second;
      return Error{"policy.cycle", "“" + name + "”依赖它自己", place(from), "见 guanhu policy check"};
    }
    done_[name] = std::nullopt;  // being added
    SchemeStep next;
    next.name = name;
    base::Status added = fill(next, name, from);
    if (!added.ok()) return added.error();
    out_.steps.push_back(std::move(next));
    done_[name] = out_.steps.size() - 1;
    return out_.steps.size() - 1;
  }

  base::Status fill(SchemeStep& next, const std::string& name, const Origin& from) {
    if ((next.measure = pack_.measure(name))) {
      next.kind = StepKind::measure;
      next.unit = next.measure->unit;
      return {};
    }
    if ((next.peer = pack_.peer(name))) {
      next.kind = StepKind::peer;
      next.unit = next.peer->unit;
      return figure_input(next, next.peer->of);
    }
    if ((next.indicator = pack_.indicator(name))) {
      next.kind = StepKind::indicator;
      next.unit = next.indicator->unit;
      return formula(next, next.indicator->formula, next.indicator->inputs);
    }
    if ((next.score = pack_.score(name))) {
      next.kind = StepKind::score;
      next.unit = "分";
      return formula(next, next.score->formula, next.score->inputs);
    }
    if ((next.recorded = pack_.recorded_fact(name))) {
      next.kind = StepKind::recorded;
      next.unit = next.recorded->type->unit;
      return {};
    }
    if ((next.list = pack_.list(name))) {
      next.kind = StepKind::list;
      return figure_input(next, next.list->of);
    }
    return Error{"policy.reference", "没有叫“" + name + "”的指标或得分", place(from), "见 guanhu policy check"};
  }

  base::Status formula(SchemeStep& next, const std::string& text, const std::vector<std::string>& inputs) {
    auto tree = feel::parse(text, formula_scope());
    if (!tree.ok()) return in_pack(next, tree.error());
    std::vector<detail::Slot> slots = detail::slots_of(pack_, next.score != nullptr, inputs, *tree.value());
    for (const detail::Slot& slot : slots)
      if (auto added = input(next, slot.name); !added.ok()) return added;
    auto program = detail::compile_formula(text, slots);
    if (!program.ok()) return in_pack(next, program.error());
    next.program = std::move(program.value());
    return {};
  }

  base::Status input(SchemeStep& next, const std::string& name) {
    if (next.score && name == detail::kFullMark) {
      next.inputs.push_back({.name = name, .kind = InputKind::full_mark, .value = next.score->full});
      return {};
    }
    const Parameter* parameter = pack_.parameter(name);
    if (!parameter) return figure_input(next, name);
    auto value = parameter->on(out_.date);
    if (!value)
      return Error{"policy.not_in_force", "参数“" + name + "”在" + out_.date.str() + "没有值",
                   place(parameter->origin), "补上这一天的值，或者换一个期间"};
    next.inputs.push_back({.name = name, .kind = InputKind::parameter, .parameter = parameter, .value = *value});
    if (std::find(out_.parameters.begin(), out_.parameters.end(), parameter) == out_.parameters.end())
      out_.parameters.push_back(parameter);
    return {};
  }

  base::Status figure_input(SchemeStep& next, const std::string& name) {
    auto at = step(name, next.origin());
    if (!at.ok()) return at.error();
    next.inputs.push_back({.name = name, .kind = InputKind::step, .step = at.value()});
    return {};
  }

  static Error in_pack(const SchemeStep& next, const Error& error) {
    detail::Wording wording = detail::in_chinese(error);
    return {"policy.formula", "“" + next.name + "”的公式：" + wording.message, place(next.origin()), wording.hint};
  }

  // What the sources of a decided scheme read.
  base::Status decision() {
    if (out_.scheme->decision.empty()) return {};
    out_.decision = pack_.decision(out_.scheme->decision);
    if (!out_.decision)
      return Error{"policy.reference", "没有叫“" + out_.scheme->decision + "”的决策", place(out_.scheme->origin),
                   ""};
    for (const SchemeSource& source : out_.scheme->sources) {
      CompiledSource compiled{&source, {}};
      for (const Field& field : source.ask.decision.inputs) {
        if (field.name == kHolder || field.name == kPeriod) {
          compiled.steps.push_back(CompiledSource::kBuiltIn);
          continue;
        }
        auto at = step(field.name, out_.scheme->origin);
        if (!at.ok()) return at.error();
        compiled.steps.push_back(at.value());
      }
      out_.sources.push_back(std::move(compiled));
    }
    return {};
  }

  base::Status holder_filter() {
    StaffProgram filter;
    if (auto done = over_staff(out_.scheme->holder_filter, filter); !done.ok()) return done;
    out_.holder_filter = std::move(filter.program);
    out_.holder_columns = std::move(filter.columns);
    return {};
  }

  base::Status over_staff(const std::string& text, StaffProgram& out) {
    if (text.empty()) return {};
    auto tree = feel::parse(text, formula_scope());
    if (!tree.ok()) return Error{"policy.formula", tree.error().message, place(out_.scheme->origin), ""};
    std::vector<detail::Slot> slots = detail::slots_of(staff_columns(), *tree.value());
    for (const detail::Slot& slot : slots)
      for (const FactColumn& column : staff_columns())
        if (column.name == slot.name || column.feed == slot.name) out.columns.emplace_back(column.feed);
    auto program = detail::compile_formula(text, slots);
    if (!program.ok()) return Error{"policy.formula", program.error().message, place(out_.scheme->origin), ""};
    out.program = std::move(program.value());
    return {};
  }

  const Pack& pack_;
  CompiledScheme out_;
  std::map<std::string, std::optional<size_t>> done_;
};

}  // namespace

const Origin& SchemeStep::origin() const {
  switch (kind) {
    case StepKind::measure: return measure->origin;
    case StepKind::indicator: return indicator->origin;
    case StepKind::peer: return peer->origin;
    case StepKind::score: return score->origin;
    case StepKind::recorded: return recorded->origin;
    case StepKind::list: return list->origin;
  }
  throw base::Broken("a step without a kind");
}

const std::string& SchemeStep::null_reason() const {
  switch (kind) {
    case StepKind::measure: return measure->null_reason;
    case StepKind::indicator: return indicator->null_reason;
    case StepKind::score: return score->null_reason;
    case StepKind::peer:
    case StepKind::recorded:
    case StepKind::list: return kNone;
  }
  return kNone;
}

const SchemeStep* CompiledScheme::step(std::string_view name) const {
  auto at = std::find_if(steps.begin(), steps.end(), [&](const SchemeStep& one) { return one.name == name; });
  return at == steps.end() ? nullptr : &*at;
}

base::Result<CompiledScheme> compile_scheme(const Pack& pack, std::string_view name, base::Date date) {
  const Scheme* scheme = pack.scheme(name);
  if (!scheme) {
    std::vector<std::string> known;
    for (const Scheme& one : pack.schemes) known.push_back(one.name);
    return Error{"policy.scheme.unknown", "制度包“" + pack.id + "”里没有考核方案“" + std::string(name) + "”", "",
                 known.empty() ? "这个制度包没有考核方案" : "现有：" + detail::joined(known)};
  }
  if ((pack.from && date < *pack.from) || (pack.to && *pack.to < date))
    return Error{"policy.not_in_force", "制度包“" + pack.id + "”在" + date.str() + "不施行", "",
                 "它从" + (pack.from ? pack.from->str() : "最早") + "起" +
                     (pack.to ? "到" + pack.to->str() + "止" : "") + "施行；换一个期间或制度包"};
  return Compiler(pack, *scheme, date).compile();
}

}  // namespace guanhu::policy
