#include "appraisal/explain.h"

#include <algorithm>
#include <map>

#include "appraisal/detail/decide.h"
#include "appraisal/detail/explain_decided.h"
#include "appraisal/detail/given_targets.h"
#include "appraisal/detail/words.h"
#include "appraisal/goals.h"
#include "feel/json.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Json;
using policy::InputKind;
using policy::SchemeStep;
using policy::StepKind;

namespace {

Json number(const std::optional<Decimal>& value) { return value ? Json(shown(*value)) : Json(); }

Json exact(const measures::Ratio& ratio) {
  auto value = Decimal::divide(Decimal::make(ratio.numerator, 0), Decimal::make(ratio.denominator, 0));
  return value ? Json(*value) : Json();
}

Node row_node(const measures::SourceRow& row) {
  Node node{.kind = "row", .name = row.business_date.str() + "/" + row.file + ":" + std::to_string(row.line)};
  node.fields = {{"file", row.file}, {"business_date", row.business_date.str()}, {"line", row.line}};
  for (const auto& [column, value] : row.cells) node.fields.emplace_back(column, value);
  return node;
}

Node share_node(const measures::ShareSpan& span) {
  Node node{.kind = "share", .name = "归属 " + span.from.str() + " 至 " + span.to.str()};
  node.fields = {{"from", span.from.str()},
                 {"to", span.to.str()},
                 {"share", Json(Decimal::make(span.share, -4))},
                 {"role", span.role},
                 {"via", span.via}};
  node.children.push_back(row_node(span.source));
  return node;
}

Node contribution_node(const measures::Contribution& c, const std::string& unit) {
  Node node{.kind = "contribution",
            .name = detail::subject_word(c.subject_kind) + " " + c.subject_id,
            .value = exact(c.amount),
            .unit = unit};
  node.fields = {{"subject_kind", c.subject_kind}, {"subject_id", c.subject_id}};
  if (!c.customer_id.empty()) node.fields.emplace_back("customer_id", c.customer_id);
  if (!c.customer_name.empty()) node.fields.emplace_back("customer_name", c.customer_name);
  // fen × 1/10,000 × days, shown as 元·天.
  if (c.balance_days != 0) node.fields.emplace_back("balance_days", Json(Decimal::make(c.balance_days, -6)));
  for (const auto& share : c.shares) node.children.push_back(share_node(share));
  for (const auto& row : c.rows) node.children.push_back(row_node(row));
  return node;
}

// What the listed parts leave of the figure, so that the tree adds up.
void add_rest(const measures::Breakdown& parts, Node& node) {
  auto value = [](const measures::Ratio& r) {
    return Decimal::divide(Decimal::make(r.numerator, 0), Decimal::make(r.denominator, 0)).value_or(Decimal());
  };
  Decimal rest = value(parts.total);
  for (const auto& c : parts.items) rest = Decimal::subtract(rest, value(c.amount)).value_or(Decimal());
  node.fields.emplace_back(
      "rest",
      base::JsonObject{{"contributions", Json(parts.contributions - parts.items.size())}, {"value", Json(rest)}});
}

class Explainer {
 public:
  Explainer(const Evaluation& e, size_t holder) : e_(e), holder_(holder) {}

  // Opens every measure under these steps, all at once.
  base::Status open(measures::Engine& engine, const std::vector<size_t>& roots, size_t limit) {
    for (size_t root : roots) find_measures(root);
    std::vector<const policy::Measure*> measures;
    for (size_t step : order_) measures.push_back(e_.scheme.steps[step].measure);
    auto parts = engine.open_figures(measures, e_.period, e_.asked[holder_], limit ? limit : SIZE_MAX);
    if (!parts) return parts.error();
    for (size_t i = 0; i < order_.size(); ++i) opened_[order_[i]] = std::move((*parts)[i]);
    return {};
  }

  Node step(size_t index) const {
    const SchemeStep& s = e_.scheme.steps[index];
    if (s.recorded) return detail::recorded_node(e_, holder_, index);
    Node node{.kind = detail::kind_word(s.kind),
              .name = s.name,
              .value = number(e_.steps[index].values[holder_]),
              .unit = s.unit,
              .reason = e_.steps[index].reasons[holder_],
              .origin = &s.origin(),
              .pack = e_.scheme.pack->id};
    if (s.kind == StepKind::measure) return measure(std::move(node), s, index);
    if (s.kind == StepKind::peer) return peer(std::move(node), s);
    if (s.list) return list(std::move(node), s, index);
    return formula(std::move(node), s, index);
  }

  Node total() const {
    Total value = total_of(e_, holder_);
    const policy::Scheme& scheme = *e_.scheme.scheme;
    Node node{.kind = "total",
              .name = "总分",
              .value = number(value.value),
              .unit = "分",
              .reason = value.reason,
              .formula = detail::total_words(scheme),
              .origin = &scheme.origin,
              .pack = e_.scheme.pack->id};
    for (size_t i = 0; i < scheme.items.size(); ++i) {
      Node child = step(e_.scheme.items[i]);
      child.fields.insert(child.fields.begin(), {"weight", Json(scheme.items[i].weight)});
      node.children.push_back(std::move(child));
    }
    return node;
  }

 private:
  Node formula(Node node, const SchemeStep& s, size_t index) const {
    node.formula = s.score ? s.score->formula : s.indicator->formula;
    if (s.score) node.fields.emplace_back("full_mark", Json(s.score->full));
    detail::add_parts(e_.steps[index].raw[holder_], node);
    for (const auto& input : s.inputs) {
      if (input.kind == InputKind::step) {
        node.children.push_back(step(input.step));
      } else {
        node.children.push_back(constant(input));
      }
    }
    return node;
  }

  Node constant(const policy::SchemeInput& input) const {
    Node node{.kind = "parameter", .name = input.name, .value = Json(input.value)};
    if (!input.parameter) return node;
    node.unit = input.parameter->unit;
    node.origin = &input.parameter->origin;
    node.pack = e_.scheme.pack->id;
    if (input.parameter->to_confirm) node.fields.emplace_back("to_confirm", true);
    if (!input.parameter->note.empty()) node.fields.emplace_back("note", input.parameter->note);
    return node;
  }

  Node list(Node node, const SchemeStep& s, size_t index) const {
    const feel::Value& entries = e_.steps[index].raw[holder_];
    node.formula = s.list->name + "：" + s.list->of + " 所含的每一笔" +
                   (s.list->sample.empty() ? "" : "，按种子抽 " + s.list->sample + " 笔");
    if (!entries.is_null()) node.fields.emplace_back("entries", feel::to_json(entries));
    node.children.push_back(step(s.inputs.at(0).step));
    return node;
  }

  Node peer(Node node, const SchemeStep& s) const {
    const StepValues& of = e_.steps[s.inputs.at(0).step];
    node.formula = detail::peer_words(*s.peer);
    size_t counted = 0;
    const bool weighted = !e_.peer_weights.empty();
    for (size_t h = 0; h < (weighted ? e_.persons() : e_.holders.size()); ++h) {
      if (weighted && (!e_.peer_weights[h] || e_.peer_weights[h]->is_zero())) continue;
      counted += of.values[h].has_value();
      Node one{.kind = "peer_value",
               .name = e_.person(h).id,
               .value = number(of.values[h]),
               .unit = e_.scheme.steps[s.inputs[0].step].unit,
               .reason = of.reasons[h]};
      one.fields.emplace_back("holder_name", e_.person(h).name);
      if (weighted) one.fields.emplace_back("weight", Json(shown(*e_.peer_weights[h])));
      node.children.push_back(std::move(one));
    }
    node.fields.emplace_back("counted", Json(counted));
    return node;
  }

  Node measure(Node node, const SchemeStep& s, size_t index) const {
    const auto& m = *e_.steps[index].measure;
    node.formula = detail::measure_words(*s.measure, e_.period);
    const auto& given = e_.steps[index].given;
    if (holder_ < given.size() && given[holder_].any()) {
      node.children.push_back(detail::given_node(e_, s, given[holder_]));
      return node;
    }
    if (m.adds_up)
      node.fields.emplace_back("sum_check", base::JsonObject{{"holders", exact(m.holders_sum)},
                                                             {"others", exact(m.others)},
                                                             {"nobody", exact(m.nobody)},
                                                             {"bank", exact(m.bank_total)}});
    const measures::Breakdown& parts = opened_.at(index);
    node.fields.emplace_back("exact", exact(parts.total));
    node.fields.emplace_back("contributions", Json(parts.contributions));
    for (const auto& c : parts.items) node.children.push_back(contribution_node(c, s.unit));
    if (parts.contributions > parts.items.size()) add_rest(parts, node);
    return node;
  }

  // The measures under a step, in the order of the tree.
  void find_measures(size_t index) {
    const SchemeStep& s = e_.scheme.steps[index];
    if (s.kind == StepKind::measure && opened_.try_emplace(index).second) order_.push_back(index);
    if (s.kind == StepKind::peer) return;  // compares, and is not opened further
    for (const auto& input : s.inputs)
      if (input.kind == InputKind::step) find_measures(input.step);
  }

  const Evaluation& e_;
  size_t holder_;
  std::vector<size_t> order_;
  std::map<size_t, measures::Breakdown> opened_;  // by step
};

std::string known_names(const Evaluation& e) {
  std::string out = "总分";
  if (e.scheme.decision)
    for (const auto& parts : {score_parts(*e.scheme.decision), other_parts(*e.scheme.decision)})
      for (const policy::Field* one : parts) out += ", " + one->name;
  for (const auto& step : e.scheme.steps) out += ", " + step.name;
  return out;
}

// Scores and indicators of the scheme that use `step`, directly or through others.
std::string followers(const Evaluation& e, size_t step) {
  std::vector<bool> reached(e.scheme.steps.size(), false);
  reached[step] = true;
  std::string out;
  for (size_t s = step + 1; s < e.scheme.steps.size(); ++s) {
    for (const auto& input : e.scheme.steps[s].inputs)
      if (input.kind == InputKind::step && reached[input.step]) reached[s] = true;
    if (reached[s]) out += (out.empty() ? "" : ", ") + e.scheme.steps[s].name;
  }
  return out;
}

}  // namespace

namespace {

base::Result<Node> opened(const Evaluation& e, measures::Engine& engine, const Question& question) {
  auto holder = e.holder_index(question.holder);
  if (!holder)
    return Error{"explain.holder", "本次考核没有考核对象 " + question.holder, "--holder",
                 "共 " + std::to_string(e.holders.size()) + " 人, 例如 " + e.holders.front().id};
  Explainer explainer(e, *holder);
  if (e.scheme.decision && *holder < e.decided.size()) {
    const std::string part = is_total_name(question.figure) ? "总分" : question.figure;
    if (auto grounds = detail::grounds_of(*e.scheme.pack, *e.scheme.decision, part)) {
      if (auto status = explainer.open(engine, detail::steps_of(e, *grounds), question.limit); !status)
        return status.error();
      return detail::decided_node(e, *holder, part, *grounds, [&](size_t step) { return explainer.step(step); });
    }
  }
  if (is_total_name(question.figure)) {
    if (auto status = explainer.open(engine, e.scheme.items, question.limit); !status) return status.error();
    return explainer.total();
  }
  for (size_t s = 0; s < e.scheme.steps.size(); ++s) {
    if (e.scheme.steps[s].name != question.figure) continue;
    if (auto status = explainer.open(engine, {s}, question.limit); !status) return status.error();
    return explainer.step(s);
  }
  return Error{"explain.figure", "方案中没有指标 " + question.figure, "--figure", "可用: " + known_names(e)};
}

}  // namespace

base::Result<Node> explain(const Evaluation& e, measures::Engine& engine, const Question& question) {
  auto out = opened(e, engine, question);
  if (!out || !e.scheme.pack) return out;
  // KPI-614: links that are wrong are told in the workshop; a figure opens without them.
  if (auto links = goals_of(*e.scheme.pack, e.period.last())) put_goals(*out, *links);
  return out;
}

base::Result<Node> explain_subject(const Evaluation& e, measures::Engine& engine, const RowSubject& subject) {
  Node root{.kind = "subject", .name = detail::subject_word(subject.kind) + " " + subject.id};
  size_t figures = 0;
  std::vector<size_t> steps;
  std::vector<const policy::Measure*> measures;
  for (size_t s = 0; s < e.scheme.steps.size(); ++s) {
    if (e.scheme.steps[s].kind != StepKind::measure) continue;
    steps.push_back(s);
    measures.push_back(e.scheme.steps[s].measure);
  }
  auto traces = engine.trace_subject(measures, e.period, subject.kind, subject.id);
  if (!traces) return traces.error();
  for (size_t m = 0; m < steps.size(); ++m) {
    const auto& [moved, holders] = (*traces)[m];
    if (moved.empty()) continue;
    const SchemeStep& step = e.scheme.steps[steps[m]];
    Node node{.kind = "measure",
              .name = step.name,
              .unit = step.unit,
              .origin = &step.origin(),
              .pack = e.scheme.pack->id};
    Decimal sum;
    for (size_t i = 0; i < moved.size(); ++i) {
      Node one = contribution_node(moved[i], step.unit);
      one.name = holders[i].id + " ← " + one.name;
      one.fields.insert(one.fields.begin(), {"holder", holders[i].id});
      if (auto n = one.value.as_number()) sum = Decimal::add(sum, *n).value();
      node.children.push_back(std::move(one));
      ++figures;
    }
    node.value = Json(sum);
    if (std::string then = followers(e, steps[m]); !then.empty()) node.fields.emplace_back("then", then);
    root.children.push_back(std::move(node));
  }
  root.value = Json(figures);
  return root;
}

}  // namespace guanhu::appraisal
