// What supervisors ask of appraisal and pay, where the pack switched it on (docs/packs-checks.md).
#include <algorithm>
#include <functional>
#include <set>

#include "policy/detail/check_codes.h"
#include "policy/detail/draft.h"
#include "policy/detail/regulatory_kinds.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

using base::Decimal;

bool cites(const Origin& origin, std::string_view prefix) {
  return std::any_of(origin.rules.begin(), origin.rules.end(),
                     [&](const std::string& rule) { return rule.starts_with(prefix); });
}

// Whether the answer holds an amount of money.
bool gives_money(const ValueType& type) {
  if (type.unit == "元" || type.unit == "万元") return true;
  return std::any_of(type.members.begin(), type.members.end(),
                     [](const Field& member) { return member.type && gives_money(*member.type); });
}

class Regulator {
 public:
  Regulator(const Draft& draft, const RegulatoryCheck& check, const RegulatoryKind& kind, Place at, Report& report)
      : draft_(draft), pack_(draft.pack), check_(check), kind_(kind), at_(at), report_(report) {}

  void run() {
    exceptions();
    switch (kind_.asked) {
      case Asked::period_end: return period_end();
      case Asked::capped: return bounded("cap");
      case Asked::floored: return bounded("floor");
      case Asked::single_weight: return single_weight();
      case Asked::deposit_weight: return deposit_weight();
      case Asked::compliance_and_risk: return compliance_and_risk();
      case Asked::deferral: return deferral();
    }
  }

 private:
  std::string by() const { return "依据" + std::string(kind_.source); }
  Decimal limit() const { return check_.limit.value_or(Decimal::make(kind_.per_cent, -2)); }
  bool excepted(const std::string& name) const {
    return std::find(check_.except.begin(), check_.except.end(), name) != check_.except.end();
  }

  // In pack.toml: what cannot be shown elsewhere.
  void say(std::string_view code, std::string message, std::string hint) {
    report_.add(*draft_.sources.front(), at_, std::string(code), std::move(message), std::move(hint));
  }
  // At the element, or where the check is switched on when it was taken over from another pack.
  void say(ElementKind kind, const std::string& name, std::string_view code, std::string message, std::string hint,
           const std::function<Place(const Element&)>& place = nullptr) {
    for (const Element& element : draft_.elements)
      if (element.kind == kind && element.name == name)
        return report_.add(*element.source, place ? place(element) : element.at, std::string(code),
                           std::move(message), std::move(hint));
    say(code, std::move(message), std::move(hint));
  }

  bool is_there(const std::string& name) const {
    return pack_.score(name) || pack_.indicator(name) || pack_.measure(name) || pack_.decision(name) ||
           pack_.scheme(name);
  }
  void exceptions() {
    for (const std::string& name : check_.except)
      if (!is_there(name))
        say(codes::kCheckName, "except 里的“" + name + "”不是这里的指标、得分、方案或决策",
            "写对名称，或者删去它");
  }

  // The way from a figure to a measure of which `wanted` holds: "得分 ← 完成率 ← 余额"; "" there is none.
  std::string way(const std::string& name, const std::function<bool(const Measure&)>& wanted) const {
    std::set<std::string> seen;
    return way(name, wanted, seen);
  }
  std::string way(const std::string& name, const std::function<bool(const Measure&)>& wanted,
                  std::set<std::string>& seen) const {
    if (!seen.insert(name).second) return "";
    if (const Measure* measure = pack_.measure(name)) return wanted(*measure) ? "“" + name + "”" : "";
    std::vector<std::string> needs;
    if (const Indicator* indicator = pack_.indicator(name)) needs = indicator->inputs;
    else if (const Score* score = pack_.score(name)) needs = score->inputs;
    else if (const PeerFigure* peer = pack_.peer(name)) needs = {peer->of};
    for (const std::string& need : needs)
      if (std::string rest = way(need, wanted, seen); !rest.empty()) return "“" + name + "” ← " + rest;
    return "";
  }

  bool is_period_end(const Measure& measure) const {
    Fact fact = check_.name == "period-end-deposits" ? Fact::deposit_balance : Fact::loan_balance;
    return measure.fact == fact &&
           (measure.aggregate == Aggregate::at_end || measure.aggregate == Aggregate::net_change) &&
           !excepted(measure.name);
  }

  void period_end() {
    auto wanted = [this](const Measure& measure) { return is_period_end(measure); };
    auto target = [](const Measure& measure) { return measure.fact == Fact::target; };
    const std::string hint = "改用日均：aggregate = \"average daily\"；" + by() + "，不设时点规模的考评指标";
    for (const Score& score : pack_.scores) {
      std::string found = excepted(score.name) ? "" : way(score.name, wanted);
      if (!found.empty())
        say(ElementKind::score, score.name, codes::kPeriodEnd, "得分按时点余额算：" + found, hint);
    }
    for (const Indicator& indicator : pack_.indicators) {
      if (excepted(indicator.name) || way(indicator.name, target).empty()) continue;
      if (std::string found = way(indicator.name, wanted); !found.empty())
        say(ElementKind::indicator, indicator.name, codes::kPeriodEnd, "时点余额下了计划：" + found, hint);
    }
    for (const Decision& decision : pack_.decisions) {
      if (excepted(decision.id) || !(cites(decision.origin, "PAY-") || cites(decision.origin, "KPI-"))) continue;
      for (const Field& input : decision.inputs)
        if (std::string found = way(input.name, wanted); !found.empty())
          say(ElementKind::decision, decision.id, codes::kPeriodEnd, "报酬或考评按时点余额算：" + found, hint,
              [&](const Element&) {
                return Place{input.at.line, input.at.column, static_cast<int>(length(input.name))};
              });
    }
  }

  void bounded(std::string_view key) {
    for (const Score& score : pack_.scores) {
      if (excepted(score.name) || (key == "cap" ? score.cap : score.floor)) continue;
      if (key == "cap")
        say(ElementKind::score, score.name, codes::kCap, "得分“" + score.name + "”没有封顶",
            "写上 cap = …(满分加最多的加分)；" + by() + "，考评要审慎，一项指标不能无限加分");
      else
        say(ElementKind::score, score.name, codes::kFloor, "得分“" + score.name + "”没有保底，扣分可以没有止境",
            "写上 floor = 0，或者最多倒扣到的分数；" + by());
    }
  }

  // Calls for every item of every scheme with its share of the weights.
  void each_item(const std::function<void(const Scheme&, const SchemeItem&, const Decimal&)>& visit) const {
    for (const Scheme& scheme : pack_.schemes) {
      Decimal all(0);
      for (const SchemeItem& item : scheme.items) all = Decimal::add(all, item.weight).value_or(all);
      if (all <= Decimal(0)) continue;
      for (const SchemeItem& item : scheme.items)
        if (auto share = Decimal::divide(item.weight, all)) visit(scheme, item, *share);
    }
  }

  static std::function<Place(const Element&)> weight_of(const std::string& score) {
    return [score](const Element& element) {
      const Entry* items = element.body.find("items");
      for (const Node& item : items ? items->value.items : std::vector<Node>()) {
        const Entry *named = item.find("score"), *weight = item.find("weight");
        if (named && weight && named->value.text == score) return weight->value.at;
      }
      return element.at;
    };
  }

  void single_weight() {
    each_item([&](const Scheme& scheme, const SchemeItem& item, const Decimal& share) {
      if (share <= limit() || excepted(item.score)) return;
      say(ElementKind::scheme, scheme.name, codes::kWeight,
          "“" + item.score + "”占“" + scheme.name + "”的 " + per_cent(share) + "，超过 " + per_cent(limit()),
          "降低它的权重，或者加上别的指标；" + by(), weight_of(item.score));
    });
  }

  void deposit_weight() {
    auto deposits = [](const Measure& measure) { return measure.fact == Fact::deposit_balance; };
    weights_of([&](const SchemeItem& item) { return !excepted(item.score) && !way(item.score, deposits).empty(); },
               [&](const Scheme& scheme, const Decimal& share, const std::vector<std::string>& scores) {
                 if (share <= limit()) return;
                 say(ElementKind::scheme, scheme.name, codes::kDepositWeight,
                     "看存款的得分（" + joined(scores) + "）共占“" + scheme.name + "”的 " + per_cent(share) +
                         "，超过 " + per_cent(limit()),
                     "降低存款的权重；" + by() + "，不以存款规模为考评重点");
               });
  }

  void weights_of(
      const std::function<bool(const SchemeItem&)>& counts,
      const std::function<void(const Scheme&, const Decimal&, const std::vector<std::string>&)>& visit) const {
    for (const Scheme& scheme : pack_.schemes) {
      if (scheme.items.empty()) continue;
      Decimal sum(0);
      std::vector<std::string> scores;
      each_item([&](const Scheme& of, const SchemeItem& item, const Decimal& share) {
        if (&of != &scheme || !counts(item)) return;
        sum = Decimal::add(sum, share).value_or(sum);
        scores.push_back(item.score);
      });
      visit(scheme, sum, scores);
    }
  }

  void compliance_and_risk() {
    for (const auto* names : {&check_.compliance, &check_.risk})
      for (const std::string& name : *names)
        if (!pack_.score(name)) say(codes::kCheckName, "没有叫“" + name + "”的得分", "写制度包里的计分指标");
    auto is_one = [](const std::vector<std::string>& names) {
      return [&names](const SchemeItem& item) {
        return std::find(names.begin(), names.end(), item.score) != names.end();
      };
    };
    for (const auto& [names, word] : {std::pair(&check_.compliance, "合规"), std::pair(&check_.risk, "风险")})
      weights_of(is_one(*names), [&, word = word](const Scheme& scheme, const Decimal&, const auto& scores) {
        if (scores.empty() && !excepted(scheme.name))
          say(ElementKind::scheme, scheme.name, codes::kNoRisk, "“" + scheme.name + "”没有" + word + "类的得分",
              "在 items 里加上；" + by() + "，考评要有合规经营类和风险管理类指标");
      });
    std::vector<std::string> both = check_.compliance;
    both.insert(both.end(), check_.risk.begin(), check_.risk.end());
    weights_of(is_one(both), [&](const Scheme& scheme, const Decimal& share, const auto& scores) {
      if (scores.empty() || share >= limit() || excepted(scheme.name)) return;
      say(ElementKind::scheme, scheme.name, codes::kRiskWeight,
          "合规类和风险类的得分共占“" + scheme.name + "”的 " + per_cent(share) + "，不到 " + per_cent(limit()),
          "提高它们的权重；" + by() + "等，这两类的权重要明显高于其他类");
    });
  }

  bool defers() const {
    return std::any_of(pack_.decisions.begin(), pack_.decisions.end(), [](const Decision& one) {
      return cites(one.origin, "RDP-") && one.output && gives_money(*one.output);
    });
  }

  void deferral() {
    for (const Decision& decision : pack_.decisions) {
      bool pays = cites(decision.origin, "PAY-") && decision.output && gives_money(*decision.output);
      if (pays && !excepted(decision.id) && !defers())
        say(ElementKind::decision, decision.id, codes::kDeferral,
            "“" + decision.id + "”算出报酬，却没有延期支付或风险保证金的决策",
            "写明扣留多少、什么时候付(规则编号 RDP-…)；" + by() +
                "，对风险有重要影响的岗位绩效薪酬四成以上延期三年支付");
    }
    if (!check_.share.empty()) deferred_share();
  }

  void deferred_share() {
    const Parameter* parameter = nullptr;
    for (const Parameter& one : pack_.parameters)
      if (one.name == check_.share && one.is_number()) parameter = &one;
    if (!parameter)
      return say(codes::kCheckName, "没有叫“" + check_.share + "”的数字参数",
                 "share 写存放延期支付比例的参数，如 share = \"扣收比例\"");
    for (const DatedValue& value : parameter->values) {
      auto share =
          parameter->unit == "%" ? Decimal::divide(value.value, Decimal(100)) : std::optional(value.value);
      if (!share || *share >= limit()) continue;
      say(ElementKind::parameter, parameter->name, codes::kDeferredShare,
          "延期支付的比例“" + parameter->name + "”是 " + per_cent(*share) +
              (value.from ? "(" + value.from->str() + " 起)" : "") + "，不到 " + per_cent(limit()),
          "提高这个比例；" + by() + "，主要高管要高于一半");
    }
  }

  const Draft& draft_;
  const Pack& pack_;
  const RegulatoryCheck& check_;
  const RegulatoryKind& kind_;
  Place at_;
  Report& report_;
};

}  // namespace

void check_regulatory(const Draft& draft, Report& report) {
  // What could not be read may be what is asked for.
  bool whole = draft.broken_names.empty() &&
               std::all_of(draft.elements.begin(), draft.elements.end(), [](const Element& one) {
                 return one.sound || one.kind == ElementKind::judgement || one.kind == ElementKind::open;
               });
  if (!whole) return;
  for (size_t i = 0; i < draft.pack.checks.size(); ++i) {
    const RegulatoryCheck& check = draft.pack.checks[i];
    const RegulatoryKind* kind = regulatory_kind(check.name);
    const Place at = i < draft.check_places.size() ? draft.check_places[i] : Place{1, 1, 1};
    if (kind) Regulator(draft, check, *kind, at, report).run();
  }
}

}  // namespace guanhu::policy::detail
