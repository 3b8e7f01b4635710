// The words a block may use for the values of pack.h, in English and in Chinese.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"

namespace guanhu::policy::detail {

template <class E>
struct Word {
  E value;
  std::string_view name, chinese;
};

inline constexpr Word<Aggregate> kAggregates[] = {
    {Aggregate::average_daily, "average daily", "日均"},
    {Aggregate::at_end, "at end", "期末"},
    {Aggregate::at_start, "at start", "期初"},
    {Aggregate::net_change, "net change", "净增"},
    {Aggregate::month_end_average, "month-end average", "月末平均"},
    {Aggregate::sum, "sum", "合计"},
    {Aggregate::count, "count", "计数"},
    {Aggregate::distinct_customers, "distinct customers", "户数"},
    {Aggregate::customers_by_share, "customers by share", "按份额户数"},
};
inline constexpr Word<Reach> kReaches[] = {
    {Reach::asked, "asked", "本期"},         {Reach::year_to_date, "year to date", "年初至今"},
    {Reach::previous, "previous", "上期"},   {Reach::year_before, "year before", "上年同期"},
    {Reach::full_year, "full year", "全年"},
};
inline constexpr Word<Attribution> kAttributions[] = {
    {Attribution::by_share, "by share", "按份额"},
    {Attribution::main_only, "main only", "归主办"},
    {Attribution::seller, "seller", "归销售人"},
    {Attribution::subtree, "subtree", "归机构"},
};
inline constexpr Word<Missing> kMissings[] = {
    {Missing::null_total, "no total", "无总分"},
    {Missing::rescale, "rescale", "按其余折算"},
};
inline constexpr Word<std::string_view> kHows[] = {
    {"average", "average", "平均"}, {"sum", "sum", "合计"},     {"max", "max", "最高"},
    {"min", "min", "最低"},         {"count", "count", "个数"},
};
inline constexpr Word<std::string_view> kHolders[] = {
    {"manager", "manager", "客户经理"},
    {"team", "team", "团队"},
    {"organisation", "organisation", "机构"},
};
inline constexpr Word<std::string_view> kPeriods[] = {
    {"month", "month", "月"},
    {"quarter", "quarter", "季"},
    {"half-year", "half-year", "半年"},
    {"year", "year", "年"},
};
inline constexpr Word<std::string_view> kRanks[] = {
    {"branch", "branch", "支行"},
    {"bank", "bank", "全行"},
};

// Units a figure or parameter may bear, alone or as a quotient ("元/户"). 比率: a number without unit.
inline constexpr std::string_view kUnits[] = {"元", "万元", "亿元", "户", "笔", "张", "件", "个",
                                              "台", "套",   "份",   "项", "档", "级", "人", "次",
                                              "天", "月",   "季",   "年", "%",  "倍", "分", "比率"};

template <class E>
std::string_view word_of(std::span<const Word<E>> words, E value) {
  for (const auto& word : words)
    if (word.value == value) return word.name;
  return "";
}

}  // namespace guanhu::policy::detail
