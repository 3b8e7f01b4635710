#include "policy/regulatory.h"

#include "policy/detail/regulatory_kinds.h"
#include "policy/detail/text.h"

namespace guanhu::policy {

namespace detail {

namespace {

constexpr std::string_view kAppraisal = "《银行业金融机构绩效考评监管指引》";
constexpr std::string_view kTwelve = "《银行业金融机构绩效考评监管指引》第十二条";
constexpr std::string_view kFive = "《银行业金融机构绩效考评监管指引》第五条";
constexpr std::string_view kSixteen = "《商业银行稳健薪酬监管指引》第十六条";

constexpr RegulatoryKind kKinds[] = {
    {"period-end-deposits", Asked::period_end, "", 0, kTwelve},
    {"period-end-loans", Asked::period_end, "", 0, kTwelve},
    {"score-cap", Asked::capped, "", 0, kAppraisal},
    {"score-floor", Asked::floored, "", 0, kAppraisal},
    {"single-weight", Asked::single_weight, "at_most", 30, kAppraisal},
    {"deposit-weight", Asked::deposit_weight, "at_most", 30, kTwelve},
    {"compliance-and-risk", Asked::compliance_and_risk, "at_least", 50, kFive},
    {"deferral", Asked::deferral, "at_least", 40, kSixteen},
};

}  // namespace

std::span<const RegulatoryKind> regulatory_kinds() { return kKinds; }

const RegulatoryKind* regulatory_kind(std::string_view name) {
  for (const RegulatoryKind& kind : kKinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

std::string per_cent(const base::Decimal& share) {
  auto hundred = base::Decimal::multiply(share, base::Decimal(100));
  return (hundred ? hundred->round(2, base::Rounding::half_up) : share).str() + "%";
}

}  // namespace detail

std::string RegulatoryCheck::str() const {
  std::string out = name;
  const detail::RegulatoryKind* kind = detail::regulatory_kind(name);
  if (limit && kind) out += (kind->limit == "at_most" ? " <= " : " >= ") + detail::per_cent(*limit);
  auto add = [&](std::string_view what, const std::vector<std::string>& names) {
    if (!names.empty()) out += "，" + std::string(what) + detail::joined(names);
  };
  if (!share.empty()) add("比例 ", {share});
  add("合规 ", compliance);
  add("风险 ", risk);
  add("不算 ", except);
  if (!why.empty()) out += "（" + why + "）";
  return out;
}

}  // namespace guanhu::policy
