#include "policy/subjects.h"

#include <map>

#include "base/error.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"

namespace guanhu::policy {

namespace {

constexpr Subject kSubjects[] = {
    {"loan", "贷款",
     R"(借据号: string
客户号: string
客户名称: string
客户类型: person | company | other
是否农户: boolean
机构: string
产品: string
种类: farmer_micro | urban_micro | personal_business | personal_consumer | working_capital | fixed_asset | bill | other
担保方式: credit | guaranteed | mortgage | pledge | low_risk
五级分类: normal | special_mention | substandard | doubtful | loss
是否表外: boolean
用途?: string
本金: 元 >= 0
余额: 元 >= 0
利率: % >= 0
逾期本金: 元 >= 0
逾期利息: 元 >= 0
逾期天数: integer 天 >= 0
发放日期: date
到期日: date
展期到?: date
结清日期?: date
时效届满日?: date
上次检查日期: date
上次催收日期?: date)"},
    {"customer", "客户",
     R"(客户号: string
客户名称: string
客户类型: person | company | other
是否农户: boolean
机构: string
地区?: string
行业?: string
集团?: string
信用等级?: string
出生日期?: date
重要客户: boolean
信用卡账单日?: integer
建档日期: date
上次走访日期: date
授信到期日?: date
缺的资料: string
该再查日?: date
该再查: string
授权到期日?: date
授权到期的: string
存款余额: 元 >= 0
贷款余额: 元 >= 0)"},
    {"contract", "合同",
     R"(合同号: string
客户号: string
客户名称: string
机构: string
金额: 元 >= 0
已用金额: 元 >= 0
签订日期: date
到期日: date)"},
    {"collateral", "押品",
     R"(押品号: string
客户号: string
客户名称: string
机构: string
种类: string
评估价值: 元 >= 0
担保金额: 元 >= 0
评估日期: date
上次检查日期: date
登记到期日?: date
保险到期日?: date)"},
    {"account", "账户",
     R"(账号: string
客户号: string
客户名称: string
客户类型: person | company | other
机构: string
产品: string
种类: demand | time | margin | basic | general
余额: 元
开户日期: date
到期日?: date
上次交易日期: date)"},
    {"manager", "客户经理",
     R"(工号: string
姓名: string
机构: string
岗位: string
入职日期: date
离职日期?: date
出生日期?: date
从事信贷起?: date
资格到期日?: date
上次日志日期: date
计划到: date
最落后目标?: string
目标完成率?: %
时间进度?: %
目标止日?: date
上次统一培训日期: date
上次培训考试日期: date
已训内容: list<string>
管户数: integer 户 >= 0)"},
    {"organisation", "机构",
     R"(机构: string
名称: string
上级机构?: string
种类: hq | department | branch | outlet
设立日期: date
撤销日期?: date)"},
    {"lead", "线索",
     R"(线索号: string
客户号?: string
客户名称: string
机构: string
来源: string
金额?: 元 >= 0
登记日期: date
上次联系日期: date
下次联系日期?: date)"},
    {"case", "业务",
     R"(业务号: string
种类: string
客户号?: string
客户名称?: string
机构: string
步骤: string
金额?: 元 >= 0
受理日期: date
步骤开始日期: date
办结日期?: date)"},
};

std::map<std::string_view, std::vector<Field>> read_all() {
  std::map<std::string_view, std::vector<Field>> out;
  for (const Subject& subject : kSubjects) {
    const std::string text = std::string(subject.columns) + "\n业务日期: date";
    detail::Report report;
    const detail::Source source = detail::Source::of("subjects", text);
    detail::TypeReader reader(source, report, [](std::string_view) { return nullptr; }, {});
    bool sound = true;
    out[subject.name] = reader.fields(Text{text, 1, 1}, false, sound);
    if (!sound || !report.empty()) throw base::Broken("columns of subject " + std::string(subject.name));
  }
  return out;
}

}  // namespace

std::span<const Subject> subjects() { return kSubjects; }

const std::vector<Field>& subject_columns(std::string_view subject) {
  static const auto kAll = read_all();
  static const std::vector<Field> kNone;
  auto found = kAll.find(subject);
  return found == kAll.end() ? kNone : found->second;
}

}  // namespace guanhu::policy
