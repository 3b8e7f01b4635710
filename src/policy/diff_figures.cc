// Parameters with their dates, the figures of appraisals, and the work a pack asks for: what is different.
#include <algorithm>
#include <set>

#include "policy/detail/text.h"
#include "policy/detail/words.h"
#include "policy/diff_parts.h"
#include "policy/dmn_scope.h"
#include "policy/facts.h"

namespace guanhu::policy {
namespace {

using Under = Differ::Under;
using Day = std::optional<base::Date>;

// ------------------------------------------------------------------------------------- parameters

// A value with its unit: "50000 元".
std::string shown(const Parameter& parameter, const feel::Value* value) {
  if (!value) return "";
  return literal_of(*value) + (parameter.unit.empty() ? "" : " " + parameter.unit);
}

const feel::Value* value_on(const Parameter& parameter, const Day& day) {
  if (day) return parameter.constant_on(*day);
  for (const DatedValue& value : parameter.values)
    if (!value.from) return &value.constant;
  return nullptr;
}

std::string stretch(const Day& from, const Day& to) {
  if (from && to) return from->str() + " 至 " + to->str();
  if (from) return from->str() + " 起";
  return to ? "至 " + to->str() : "";
}

std::string all_values(const Parameter& parameter) {
  std::vector<std::string> out;
  for (const DatedValue& value : parameter.values) {
    std::string when = stretch(value.from, value.to);
    out.push_back((when.empty() ? "" : when + " ") + shown(parameter, &value.constant));
  }
  return joined_lines(out);
}

// Day by day, as stretches in which both versions have one value.
void diff_values(Differ& differ, const Under& under, const Parameter& before, const Parameter& after) {
  std::set<Day> starts{std::nullopt};
  for (const Parameter* parameter : {&before, &after})
    for (const DatedValue& value : parameter->values) {
      if (value.from) starts.insert(value.from);
      if (value.to) starts.insert(*value.to + 1);
    }
  struct Stretch {
    Day from, to;
    std::string before, after;
  };
  std::vector<Stretch> stretches;
  for (auto at = starts.begin(); at != starts.end(); ++at) {
    auto next = std::next(at);
    Stretch one{*at, next == starts.end() ? Day() : Day(**next - 1), shown(before, value_on(before, *at)),
                shown(after, value_on(after, *at))};
    bool goes_on =
        !stretches.empty() && stretches.back().before == one.before && stretches.back().after == one.after;
    if (goes_on) stretches.back().to = one.to;
    else stretches.push_back(std::move(one));
  }
  for (const Stretch& one : stretches) {
    std::string when = stretch(one.from, one.to);
    differ.field(under, when, one.before, one.after);
  }
}

std::string yes_no(bool value) { return value ? "是" : "否"; }

// ---------------------------------------------------------------------------------------- figures

std::string amount(const std::optional<int64_t>& fen) { return fen ? base::Decimal::fen(*fen).str() + " 元" : ""; }
std::string number(const std::optional<base::Decimal>& value) { return value ? value->str() : ""; }

void diff_measure(Differ& d, const Under& u, const Measure& a, const Measure& b) {
  d.field(u, "的单位", a.unit, b.unit);
  bool same = a.fact == b.fact && a.column == b.column && a.target == b.target;
  auto source = [](const Measure& m) {
    return std::string(fact_info(m.fact).chinese) + (m.column.empty() ? "" : " " + m.column) +
           (m.target.empty() ? "" : " " + m.target);
  };
  if (!same) d.field(u, "取数的事实", source(a), source(b));
  d.field(u, "的条件", a.filter, b.filter);
  d.field(u, "的汇总方式", std::string(detail::word_of<Aggregate>(detail::kAggregates, a.aggregate)),
          std::string(detail::word_of<Aggregate>(detail::kAggregates, b.aggregate)));
  d.field(u, "的期间", std::string(detail::word_of<Reach>(detail::kReaches, a.reach)),
          std::string(detail::word_of<Reach>(detail::kReaches, b.reach)));
  d.field(u, "的归属", std::string(detail::word_of<Attribution>(detail::kAttributions, a.attribution)),
          std::string(detail::word_of<Attribution>(detail::kAttributions, b.attribution)));
  d.field(u, "的封顶", amount(a.cap), amount(b.cap));
  d.field(u, "的起计", amount(a.minimum), amount(b.minimum));
  d.field(u, "没有值的理由", a.null_reason, b.null_reason);
}

void diff_scheme(Differ& d, const Under& u, const Scheme& a, const Scheme& b) {
  auto items = [](const Scheme& s) {
    std::vector<std::string> out;
    for (const SchemeItem& item : s.items) out.push_back(item.score + " " + item.weight.str());
    return joined_lines(out);
  };
  auto grades = [](const Scheme& s) {
    std::vector<std::string> out;
    for (const GradeBand& band : s.grades) out.push_back(band.grade + " ≥ " + band.at_least.str());
    return joined_lines(out);
  };
  d.field(u, "的名称", a.title, b.title);
  d.field(u, "的对象", a.holders + " " + a.holder_filter, b.holders + " " + b.holder_filter);
  d.field(u, "的期间", detail::joined(a.periods), detail::joined(b.periods));
  d.field(u, "展示的指标", detail::joined(a.figures), detail::joined(b.figures));
  d.field(u, "的计分和权重", items(a), items(b));
  d.field(u, "的满分", a.full_total.str(), b.full_total.str());
  d.field(u, "缺分时", a.missing == Missing::rescale ? "按其余折算" : "无总分",
          b.missing == Missing::rescale ? "按其余折算" : "无总分");
  d.field(u, "的等级", grades(a), grades(b));
  d.field(u, "在支行排名", yes_no(a.rank_in_branch), yes_no(b.rank_in_branch));
  d.field(u, "在全行排名", yes_no(a.rank_in_bank), yes_no(b.rank_in_bank));
}

// ------------------------------------------------------------------------------------------- work

std::string delay_text(const Delay& delay) {
  constexpr const char* kUnits[] = {"天", "工作日", "周", "个月", "个季", "年"};
  return std::to_string(delay.count) + " " + kUnits[static_cast<size_t>(delay.unit)];
}

std::string step_text(const ProcessStep& step) {
  std::string out = step.name + "：" + detail::joined(step.roles);
  if (step.people != 1) out += " " + std::to_string(step.people) + " 人";
  if (!step.condition.empty()) out += "，条件 " + step.condition.text;
  if (step.deadline) out += "，" + delay_text(*step.deadline) + "内";
  if (!step.gate.empty()) out += "，须通过 " + step.gate;
  if (!step.form.empty()) out += "，填 " + step.form;
  return out;
}

std::string fields_text(const std::vector<Field>& fields) {
  std::vector<std::string> out;
  for (const Field& field : fields) out.push_back(field_text(field));
  return joined_lines(out);
}

void diff_duty(Differ& d, const Under& u, const Duty& a, const Duty& b) {
  auto escalations = [](const Duty& duty) {
    std::vector<std::string> out;
    for (const Escalation& one : duty.escalations) out.push_back(delay_text(one.after) + "后报" + one.to);
    return joined_lines(out);
  };
  d.field(u, "的名称", a.title, b.title);
  d.field(u, "的对象", a.subject + " " + a.where.text, b.subject + " " + b.where.text);
  d.field(u, "的到期日", a.due.text, b.due.text);
  d.field(u, "提前多久出现", delay_text(a.lead), delay_text(b.lead));
  d.field(u, "由谁做", a.who, b.who);
  d.field(u, "的升级", escalations(a), escalations(b));
  d.field(u, "的表单", a.checklist, b.checklist);
}

void diff_process(Differ& d, const Under& u, const Process& a, const Process& b) {
  d.field(u, "的名称", a.title, b.title);
  d.field(u, "的对象", a.subject, b.subject);
  d.field(u, "的输入", fields_text(a.inputs), fields_text(b.inputs));
  for (const ProcessStep& step : b.steps) {
    auto old =
        std::find_if(a.steps.begin(), a.steps.end(), [&](const ProcessStep& s) { return s.name == step.name; });
    if (old == a.steps.end()) d.add(u, Change::Kind::added, "步骤“" + step.name + "”", "", step_text(step));
    else d.field(u, "的步骤“" + step.name + "”", step_text(*old), step_text(step));
  }
  auto order = [](const Process& process) {
    std::vector<std::string> out;
    for (const ProcessStep& step : process.steps) out.push_back(step.name);
    return detail::joined(out, " → ");
  };
  d.field(u, "的次序", order(a), order(b));
  auto separate = [](const Process& process) {
    std::vector<std::string> out;
    for (const auto& group : process.separate) out.push_back(detail::joined(group));
    return joined_lines(out);
  };
  d.field(u, "不得同一人办的", separate(a), separate(b));
}

}  // namespace

void diff_parameters(const Pack& before, const Pack& after, Differ& differ) {
  differ.elements<Parameter>(
      "参数", before.parameters, after.parameters,
      [](const Parameter& one) { return one.name + (one.decision.empty() ? "" : "（" + one.decision + "）"); },
      all_values,
      [&](const Under& under, const Parameter& old, const Parameter& now) {
        diff_values(differ, under, old, now);
        differ.field(under, "待本行确认", yes_no(old.to_confirm), yes_no(now.to_confirm));
        differ.field(under, "的说明", old.note, now.note);
      });
}

void diff_figures(const Pack& before, const Pack& after, Differ& d) {
  d.elements<Measure>(
      "原始指标", before.measures, after.measures, [](const Measure& m) { return m.name; },
      [](const Measure& m) { return m.unit; },
      [&](const Under& u, const Measure& a, const Measure& b) { diff_measure(d, u, a, b); });
  d.elements<Indicator>(
      "计算指标", before.indicators, after.indicators, [](const Indicator& i) { return i.name; },
      [](const Indicator& i) { return i.formula; },
      [&](const Under& u, const Indicator& a, const Indicator& b) {
        d.field(u, "的算式", a.formula, b.formula);
        d.field(u, "的单位", a.unit, b.unit);
        d.field(u, "没有值的理由", a.null_reason, b.null_reason);
      });
  d.elements<Score>(
      "计分指标", before.scores, after.scores, [](const Score& s) { return s.name; },
      [](const Score& s) { return s.formula; },
      [&](const Under& u, const Score& a, const Score& b) {
        d.field(u, "的满分", a.full.str(), b.full.str());
        d.field(u, "的算式", a.formula, b.formula);
        d.field(u, "的最低分", number(a.floor), number(b.floor));
        d.field(u, "的最高分", number(a.cap), number(b.cap));
        d.field(u, "没有值的理由", a.null_reason, b.null_reason);
      });
  d.elements<PeerFigure>(
      "同业比较值", before.peers, after.peers, [](const PeerFigure& p) { return p.name; },
      [](const PeerFigure& p) { return p.of + " " + p.how; },
      [&](const Under& u, const PeerFigure& a, const PeerFigure& b) {
        d.field(u, "", a.of + " " + a.how + " " + a.unit, b.of + " " + b.how + " " + b.unit);
      });
  d.elements<Scheme>(
      "考核方案", before.schemes, after.schemes, [](const Scheme& s) { return s.name; },
      [](const Scheme& s) { return s.title; },
      [&](const Under& u, const Scheme& a, const Scheme& b) { diff_scheme(d, u, a, b); });
}

void diff_work(const Pack& before, const Pack& after, Differ& d) {
  d.elements<Checklist>(
      "清单", before.checklists, after.checklists, [](const Checklist& c) { return c.id; },
      [](const Checklist& c) { return c.title; },
      [&](const Under& u, const Checklist& a, const Checklist& b) {
        d.field(u, "的名称", a.title, b.title);
        d.field(u, "的项目", fields_text(a.items), fields_text(b.items));
        d.field(u, "的结论", a.conclusion, b.conclusion);
      });
  d.elements<Duty>(
      "待办", before.duties, after.duties, [](const Duty& one) { return one.id; },
      [](const Duty& one) { return one.title; },
      [&](const Under& u, const Duty& a, const Duty& b) { diff_duty(d, u, a, b); });
  d.elements<Notice>(
      "通知", before.notices, after.notices, [](const Notice& n) { return n.id; },
      [](const Notice& n) { return n.title; },
      [&](const Under& u, const Notice& a, const Notice& b) {
        d.field(u, "的名称", a.title, b.title);
        d.field(u, "的对象", a.subject + " " + a.where.text, b.subject + " " + b.where.text);
        d.field(u, "的发出日", a.when.text, b.when.text);
        d.field(u, "发给", detail::joined(a.to), detail::joined(b.to));
        d.field(u, "的方式", a.channel, b.channel);
        d.field(u, "的文字", a.text, b.text);
      });
  d.elements<Process>(
      "流程", before.processes, after.processes, [](const Process& p) { return p.id; },
      [](const Process& p) { return p.title; },
      [&](const Under& u, const Process& a, const Process& b) { diff_process(d, u, a, b); });
  d.elements<Form>(
      "考核表", before.forms, after.forms, [](const Form& f) { return f.id; },
      [](const Form& f) { return f.title; },
      [&](const Under& u, const Form& a, const Form& b) { diff_form(d, u, a, b); });
  d.elements<Judgement>(
      "人工判断", before.judgements, after.judgements, [](const Judgement& j) { return j.why; },
      [](const Judgement&) { return std::string(); }, [](const Under&, const Judgement&, const Judgement&) {});
  d.elements<OpenPoint>(
      "未定之处", before.opens, after.opens, [](const OpenPoint& o) { return o.question; },
      [](const OpenPoint& o) { return o.chosen; },
      [&](const Under& u, const OpenPoint& a, const OpenPoint& b) { d.field(u, "的取法", a.chosen, b.chosen); });
}

}  // namespace guanhu::policy
