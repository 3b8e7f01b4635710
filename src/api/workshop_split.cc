// Targets split from the bank to its managers: the tree with what stands there, what last year gave everybody, and
// the parts of a year.
#include <algorithm>
#include <map>
#include <set>

#include "api/workshop_targets.h"
#include "appraisal/targets.h"
#include "base/json_member.h"

namespace guanhu::api {

using appraisal::SplitWay;
using appraisal::TargetNode;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::TargetOf;

namespace {

std::vector<std::string> in_post(const people::Directory& directory, base::Date day) {
  std::vector<std::string> out;
  for (const auto& one : directory.staff())
    if (one.position == "manager" && people::Directory::in_post(one, day)) out.push_back(one.id);
  return out;
}

}  // namespace

std::variant<TargetDesk, Refusal> target_desk(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  TargetDesk out{std::get<DraftWork>(found), nullptr, s.facts()};
  if (!out.facts->last_date) return refusal_of({"data.none", "还没有导入任何业务日期", "", "先导入机构和员工"});
  // Targets are those of persons: whoever splits them sees them all.
  if (!figures_in_reach(*out.facts, call)->bank()) return forbidden();
  out.draft = s.drafts().open(out.work.draft, out.work.files);
  return out;
}

std::vector<std::string> target_holders(Services& s, const Facts& facts, const policy::Pack& pack,
                                        const std::string& scheme) {
  const policy::Scheme* own = scheme.empty() ? nullptr : pack.scheme(scheme);
  if (!own || own->holders == "organisation" || own->holder_filter.empty())
    return in_post(facts.directory, *facts.last_date);
  std::vector<std::string> out;
  auto trial = std::make_shared<policy::Pack>(pack);
  policy::Scheme filter = *own;
  filter.name = "人 ", filter.figures.clear(), filter.items.clear(), filter.decision.clear(),
  filter.sources.clear();
  filter.gates.clear(), filter.peers.clear(), filter.peer_weight.clear();
  filter.periods = {"month"};
  trial->schemes.push_back(std::move(filter));
  auto compiled = policy::compile_scheme(*trial, "人 ", *facts.last_date);
  if (!compiled) return in_post(facts.directory, *facts.last_date);
  auto recorded = appraisal::RecordedFacts::load(*s.store(), std::nullopt, true);
  (void)s.workshop().with_engine(facts, [&](measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
    auto evaluation =
        appraisal::evaluate(*compiled, base::Period::containing(base::PeriodKind::month, *facts.last_date), engine,
                            facts.directory, "", {}, recorded);
    if (evaluation)
      for (const auto& one : evaluation->holders) out.push_back(one.id);
    return {};
  });
  return out;
}

namespace {

// What the measure gave them in the period; empty: none is asked, or it cannot be computed.
base::Result<std::map<std::string, Decimal>> basis_of(Services& s, const Facts& facts, const policy::Pack& pack,
                                                      const std::vector<std::string>& holders,
                                                      const std::string& measure, const std::string& period,
                                                      bool whole) {
  std::map<std::string, Decimal> out;
  if (measure.empty()) return out;
  const policy::Measure* m = pack.measure(measure);
  auto asked = base::Period::parse(period);
  if (!m) return Error{"preview.nothing", "没有叫“" + measure + "”的原始指标", "basis", "选一个原始指标"};
  if (!asked || !facts.has_data(*asked))
    return Error{"data.period", "期间 " + period + " 没有数据", "basis_period", "选一个已经导入数据的期间"};
  // KPI-612: last year counts whole or not at all.
  if (whole && (asked->first() < *facts.first_date || *facts.last_date < asked->last()))
    return Error{
        "data.period",
        "去年同期 " + period + " 的数据不全，已有 " + facts.first_date->str() + " 至 " + facts.last_date->str(),
        "period", "换一种分法，或者先导入去年的数据"};
  std::vector<measures::Holder> people;
  for (const auto& id : holders) people.push_back({measures::HolderKind::manager, id});
  auto status =
      s.workshop().with_engine(facts, [&](measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
        auto values = engine.evaluate(*m, *asked, people);
        if (!values) return values.error();
        for (size_t i = 0; i < people.size(); ++i)
          if (values->values[i]) out[people[i].id] = *values->values[i];
        return {};
      });
  if (!status) return status.error();
  return out;
}

struct Ask {
  std::string name, unit, period, basis, basis_period, scheme;
  std::optional<base::PeriodKind> parts;
  SplitWay way = SplitWay::hand;
  bool seasons = false;  // parts go by last year's
};

std::optional<base::PeriodKind> kind_in(const std::string& word) {
  if (word == "half-year") return base::PeriodKind::half_year;
  if (word == "quarter") return base::PeriodKind::quarter;
  if (word == "month") return base::PeriodKind::month;
  return std::nullopt;
}

Ask ask_of(const Json& body) {
  Ask out{text_in(body, "name"),  text_in(body, "unit"),         text_in(body, "period"),
          text_in(body, "basis"), text_in(body, "basis_period"), text_in(body, "scheme")};
  out.parts = kind_in(text_in(body, "parts"));
  const std::string way = text_in(body, "way");
  out.way = way == "basis" || way == "heads" ? SplitWay::basis
            : way == "equal"                 ? SplitWay::equal
            : way == "pattern"               ? SplitWay::pattern
                                             : SplitWay::hand;
  const Json* seasons = given(body, "seasons");
  out.seasons = way == "pattern" || (seasons && seasons->as_bool() && *seasons->as_bool());
  return out;
}

class Splitting {
 public:
  Splitting(Services& s, const Facts& facts, const policy::Pack& pack, const Json& body)
      : s_(s), facts_(facts), pack_(pack), body_(body), ask_(ask_of(body)) {}

  base::Result<Json> run() {
    auto period = base::Period::parse(ask_.period);
    if (!period)
      return Error{"request.body", "“" + ask_.period + "”不是考核期间", "period", "写成 2026、2026Q1 或 2026-01"};
    std::vector<base::Period> parts;
    if (ask_.parts) parts = appraisal::periods_within(*period, *ask_.parts);
    if (ask_.parts && parts.empty())
      return Error{"request.body", ask_.period + " 不能再分成这样的期间", "parts", "年分半年、季、月，季分月"};
    const bool pattern = ask_.way == SplitWay::pattern;
    if (ask_.seasons && ask_.basis.empty())
      return Error{"request.body", "没有说按去年的哪个指标分", "basis", "选一个原始指标"};
    if (ask_.seasons) ask_.basis_period = period->year_before().str();
    const auto holders = target_holders(s_, facts_, pack_, ask_.scheme);
    tree_ = appraisal::target_tree(facts_.directory, holders);
    auto basis = basis_of(s_, facts_, pack_, holders, ask_.basis, ask_.basis_period, pattern);
    if (!basis) return basis.error();
    put_basis(*basis);
    put_given();
    auto split = appraisal::split_down(tree_, ask_.way, appraisal::target_scale(ask_.unit));
    if (!split) return split.error();
    std::vector<std::vector<Decimal>> seasons;
    if (ask_.seasons && !parts.empty()) {
      auto found = seasons_of(holders, parts);
      if (!found) return found.error();
      seasons = std::move(*found);
    }
    auto values = appraisal::split_over(tree_, *split, seasons, parts.size(), appraisal::target_scale(ask_.unit),
                                        split->notes);
    return json(*split, parts, values);
  }

 private:
  // Last year's figures of each part, as the tree; those above have the sum.
  base::Result<std::vector<std::vector<Decimal>>> seasons_of(const std::vector<std::string>& holders,
                                                             const std::vector<base::Period>& parts) {
    std::vector<std::vector<Decimal>> out(tree_.size(), std::vector<Decimal>(parts.size()));
    for (size_t p = 0; p < parts.size(); ++p) {
      auto of = basis_of(s_, facts_, pack_, holders, ask_.basis, parts[p].year_before().str(), true);
      if (!of) return of.error();
      for (size_t i = tree_.size(); i-- > 0;) {
        if (auto found = of->find(tree_[i].id); tree_[i].of == TargetOf::staff && found != of->end())
          out[i][p] = found->second;
        if (tree_[i].parent < 0) continue;
        Decimal& above = out[static_cast<size_t>(tree_[i].parent)][p];
        above = Decimal::add(above, out[i][p]).value_or(above);
      }
    }
    return out;
  }

  // Heads: a branch weighs what its managers are.
  void put_basis(const std::map<std::string, Decimal>& of) {
    const bool heads = text_in(body_, "way") == "heads";
    for (size_t i = tree_.size(); i-- > 0;) {
      TargetNode& node = tree_[i];
      if (node.of == TargetOf::staff) {
        auto found = of.find(node.id);
        node.basis = heads ? Decimal(1) : found == of.end() ? Decimal(0) : found->second;
      }
      if (node.parent >= 0) {
        TargetNode& above = tree_[static_cast<size_t>(node.parent)];
        above.basis = Decimal::add(above.basis, node.basis).value_or(above.basis);
      }
    }
  }

  // What stands in the draft, then what the page says.
  void put_given() {
    std::map<std::pair<TargetOf, std::string>, size_t> at;
    for (size_t i = 0; i < tree_.size(); ++i) at[{tree_[i].of, tree_[i].id}] = i;
    for (const auto& table : pack_.targets) {
      if (table.name != ask_.name) continue;
      for (const auto& one : table.values)
        if (auto found = at.find({one.of, one.id}); one.period == ask_.period && found != at.end())
          tree_[found->second].given = one.value;
    }
    const Json* nodes = given(body_, "nodes");
    if (!nodes) return;
    for (const Json& one : *nodes->as_array()) {
      auto of = policy::target_of(text_in(one, "of"));
      auto found = of ? at.find({*of, text_in(one, "id")}) : at.end();
      if (found == at.end()) continue;
      TargetNode& node = tree_[found->second];
      const Json* locked = given(one, "locked");
      node.locked = locked && locked->as_bool() && *locked->as_bool();
      const Json* value = one.find("value");
      node.given = value && value->as_string() ? Decimal::parse(*value->as_string()) : std::nullopt;
      const Json* share = given(one, "share");
      node.share = share && share->as_string() ? Decimal::parse(*share->as_string()) : std::nullopt;
    }
  }

  Json json(const appraisal::Split& split, const std::vector<base::Period>& parts,
            const std::vector<std::vector<Decimal>>& values) {
    const int scale = appraisal::target_scale(ask_.unit);
    JsonArray nodes, notes;
    for (size_t i = 0; i < tree_.size(); ++i) {
      JsonObject shares;
      for (size_t p = 0; p < values[i].size(); ++p) shares.emplace_back(parts[p].str(), values[i][p].str());
      nodes.push_back(JsonObject{{"of", policy::target_word(tree_[i].of)},
                                 {"id", tree_[i].id},
                                 {"name", tree_[i].name},
                                 {"parent", tree_[i].parent},
                                 {"basis", decimal_text(tree_[i].basis)},
                                 {"locked", tree_[i].locked},
                                 {"share", tree_[i].share ? Json(tree_[i].share->str()) : Json()},
                                 {"without", split.nodes[i].without},
                                 {"value", decimal_text(split.nodes[i].value)},
                                 {"difference", decimal_text(split.nodes[i].difference)},
                                 {"parts", std::move(shares)}});
    }
    for (const auto& note : split.notes) notes.push_back(note);
    return JsonObject{
        {"name", ask_.name},         {"period", ask_.period},     {"scale", scale},
        {"nodes", std::move(nodes)}, {"notes", std::move(notes)}, {"basis_period", ask_.basis_period},
        {"periods", periods_json()}};
  }

  // Years and their parts that do not go together, as the draft has them.
  Json periods_json() const {
    std::vector<policy::TargetValue> all;
    for (const auto& table : pack_.targets)
      if (table.name == ask_.name) all.insert(all.end(), table.values.begin(), table.values.end());
    JsonArray out;
    for (const auto& one : appraisal::period_differences(all)) {
      if (out.size() >= 200) break;
      out.push_back(JsonObject{{"of", policy::target_word(one.of)},
                               {"id", one.id},
                               {"name", one.name},
                               {"whole", one.whole},
                               {"parts", one.parts},
                               {"difference", one.difference.str()}});
    }
    return out;
  }

  Services& s_;
  const Facts& facts_;
  const policy::Pack& pack_;
  const Json& body_;
  Ask ask_;
  std::vector<TargetNode> tree_;
};

}  // namespace

Outcome split_targets(Services& s, const Call& call) {
  auto found = target_desk(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const TargetDesk& o = std::get<TargetDesk>(found);
  auto made = Splitting(s, *o.facts, o.draft->loaded.pack, call.body).run();
  if (!made) return refused_draft(made.error());
  return Answer{std::move(*made)};
}

}  // namespace guanhu::api
