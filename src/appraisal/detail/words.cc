#include "appraisal/detail/words.h"

#include "appraisal/run.h"
#include "measures/engine.h"

namespace guanhu::appraisal::detail {

namespace {

std::string fact_word(policy::Fact fact) {
  switch (fact) {
    case policy::Fact::deposit_balance: return "存款余额";
    case policy::Fact::loan_balance: return "贷款余额";
    case policy::Fact::overdue_principal: return "逾期本金";
    case policy::Fact::overdue_interest: return "逾期利息";
    case policy::Fact::transaction: return "交易";
    case policy::Fact::repayment: return "还款";
    case policy::Fact::sale: return "产品销售";
    case policy::Fact::customer: return "客户";
    case policy::Fact::account: return "账户";
    case policy::Fact::loan_issue: return "贷款发放";
    case policy::Fact::loan: return "借据";
    case policy::Fact::target: return "计划任务";
  }
  return "";
}

std::string aggregate_word(const policy::Measure& m) {
  switch (m.aggregate) {
    case policy::Aggregate::average_daily: return "逐日相加 ÷ 天数";
    case policy::Aggregate::at_end: return "期末最后一日日终";
    case policy::Aggregate::at_start: return "期初前一日日终";
    case policy::Aggregate::net_change: return "期末 − 期初前一日";
    case policy::Aggregate::month_end_average: return "各月末之平均";
    case policy::Aggregate::sum: return m.column.empty() ? "合计" : m.column + " 合计";
    case policy::Aggregate::count: return "计数";
    case policy::Aggregate::distinct_customers: return "不同客户数";
    case policy::Aggregate::customers_by_share: return "客户数, 一户按份额分, 几笔的平分";
  }
  return "";
}

std::string reach_word(policy::Reach reach) {
  switch (reach) {
    case policy::Reach::asked: return "本期";
    case policy::Reach::year_to_date: return "年初至期末";
    case policy::Reach::previous: return "上期";
    case policy::Reach::year_before: return "上年同期";
    case policy::Reach::full_year: return "全年";
  }
  return "";
}

std::string attribution_word(policy::Attribution attribution) {
  switch (attribution) {
    case policy::Attribution::by_share: return "按当日归属份额";
    case policy::Attribution::main_only: return "只归主办";
    case policy::Attribution::seller: return "归销售人";
    case policy::Attribution::subtree: return "归机构及下级";
  }
  return "";
}

}  // namespace

std::string kind_word(policy::StepKind kind) {
  switch (kind) {
    case policy::StepKind::measure: return "measure";
    case policy::StepKind::indicator: return "indicator";
    case policy::StepKind::peer: return "peer";
    case policy::StepKind::score: return "score";
    case policy::StepKind::recorded: return "recorded";
    case policy::StepKind::list: return "list";
  }
  return "";
}

std::string subject_word(const std::string& kind) {
  static const std::pair<std::string_view, std::string_view> words[] = {
      {"account", "账户"}, {"loan", "贷款"},   {"customer", "客户"},    {"repayment", "还款"},
      {"sale", "销售"},    {"target", "计划"}, {"transaction", "交易"}, {"staff", "员工"}};
  for (const auto& [name, word] : words)
    if (name == kind) return std::string(word);
  return kind;
}

std::string measure_words(const policy::Measure& m, const base::Period& period) {
  std::string out = fact_word(m.fact);
  if (m.fact == policy::Fact::target) return out + " «" + m.target + "», 期间 " + period.str();
  if (!m.filter.empty()) out += " [" + m.filter + "]";
  if (m.minimum) out += ", 低于 " + base::format_fen(*m.minimum) + " 元不计";
  if (m.cap) out += ", 单户最高计 " + base::format_fen(*m.cap) + " 元";
  return out + "; " + aggregate_word(m) + "; " + reach_word(m.reach) + " (" + period.first().str() + " 至 " +
         period.last().str() + ", " + std::to_string(period.days()) + " 天); " + attribution_word(m.attribution);
}

std::string peer_words(const policy::PeerFigure& peer) {
  std::string how = peer.how == "average" ? "平均"
                    : peer.how == "sum"   ? "合计"
                    : peer.how == "max"   ? "最大"
                    : peer.how == "min"   ? "最小"
                                          : "个数";
  return peer.of + " 在全部考核对象上的" + how;
}

std::string total_words(const policy::Scheme& scheme) {
  std::string out;
  for (const auto& item : scheme.items)
    out += (out.empty() ? "(" : " + ") + item.weight.str() + " × " + item.score + " ÷ 满分";
  out += ") ÷ 权重之和 × " + scheme.full_total.str();
  if (scheme.missing == policy::Missing::rescale) out += "; 没有值的项目不参加, 其余按权重折算";
  return out;
}

void add_parts(const feel::Value& raw, Node& node) {
  if (!raw.is(feel::Kind::context)) return;
  const feel::Context& parts = raw.context();
  base::JsonObject out;
  for (size_t i = 0; i < parts.size(); ++i) {
    const feel::Value& v = parts.values[i];
    out.emplace_back(parts.shape->names()[i],
                     v.is_number() ? base::Json(shown(v.number())) : base::Json(v.show()));
  }
  node.fields.emplace_back("parts", std::move(out));
}

}  // namespace guanhu::appraisal::detail
