// Words of the feed's codes, as banks say them.
#include "api/query_desk.h"

namespace guanhu::api {

namespace {

using Groups = std::map<std::string, std::vector<workbench::QueryWord>>;

Groups of_things() {
  return {
      {"customer_kind", {{"person", "个人"}, {"company", "企业"}, {"other", "其他"}}},
      {"account_kind",
       {{"demand", "活期"}, {"time", "定期"}, {"margin", "保证金"}, {"basic", "基本户"}, {"general", "一般户"}}},
      {"loan_kind",
       {{"farmer_micro", "农户小额"},
        {"urban_micro", "城镇小额"},
        {"personal_business", "个人经营"},
        {"personal_consumer", "个人消费"},
        {"working_capital", "流动资金"},
        {"fixed_asset", "固定资产"},
        {"bill", "票据"},
        {"other", "其他"}}},
      {"guarantee",
       {{"credit", "信用"},
        {"guaranteed", "保证"},
        {"mortgage", "抵押"},
        {"pledge", "质押"},
        {"low_risk", "低风险"}}},
      {"class",
       {{"normal", "正常"},
        {"special_mention", "关注"},
        {"substandard", "次级"},
        {"doubtful", "可疑"},
        {"loss", "损失"}}},
      {"old_class", {{"normal", "正常"}, {"overdue", "逾期"}, {"idle", "呆滞"}, {"bad", "呆账"}}},
      {"means",
       {{"cash", "现金"},
        {"transfer", "转账"},
        {"refinanced", "借新还旧"},
        {"assets", "以物抵债"},
        {"written_off", "核销"}}},
      {"sale",
       {{"credit_card", "信用卡"},
        {"gold_card", "金卡"},
        {"e_banking", "电子银行"},
        {"phone_banking", "手机银行"},
        {"pos", "POS 机"},
        {"payroll", "代发工资"},
        {"insurance", "代理保险"},
        {"fund", "基金"},
        {"wealth", "理财"},
        {"bond", "国债"},
        {"other", "其他"}}}};
}

Groups of_people() {
  return {
      {"position",
       {{"manager", "客户经理"},
        {"trainee_manager", "见习客户经理"},
        {"branch_head", "支行行长"},
        {"risk_manager", "风险经理"},
        {"accountant", "会计"},
        {"cashier", "出纳"},
        {"teller", "柜员"},
        {"supervisor", "主管"},
        {"auditor", "审计"},
        {"hr", "人力资源"},
        {"executive", "行领导"},
        {"other", "其他"}}},
      {"education",
       {{"postgraduate", "研究生"},
        {"bachelor", "本科"},
        {"college", "大专"},
        {"secondary", "高中中专"},
        {"lower", "初中及以下"}}},
      {"title", {{"senior", "高级"}, {"intermediate", "中级"}, {"junior", "初级"}, {"none", "无"}}},
      {"credit_exam", {{"passed", "通过"}, {"exempt", "免考"}, {"failed", "未通过"}, {"none", "未考"}}},
      {"passed", {{"pass", "达标"}, {"fail", "未达标"}, {"none", "不适用"}}},
      {"visit_state", {{"planned", "计划"}, {"done", "已走访"}, {"missed", "未成行"}, {"moved", "改期"}}},
      {"pay_state", {{"approved", "已批准"}, {"paid", "已发放"}}},
      {"leaving_kind",
       {{"resigned", "离职"}, {"moved", "调离"}, {"retired", "退休"}, {"dismissed", "解聘"}, {"other", "其他"}}},
      {"access",
       {{"none", "没有申请"},
        {"reviewing", "审查中"},
        {"deciding", "审批中"},
        {"approved", "已准入"},
        {"rejected", "未准入"},
        {"not_needed", "不需要"}}},
      {"export_state",
       {{"waiting", "等待"},
        {"running", "正在做"},
        {"done", "完成"},
        {"failed", "没有做成"},
        {"cancelled", "已取消"},
        {"interrupted", "中断"},
        {"expired", "已到期"}}}};
}

}  // namespace

std::vector<workbench::QueryWord> query_words(const std::string& group) {
  static const Groups all = [] {
    Groups out = of_things();
    out.merge(of_people());
    return out;
  }();
  auto found = all.find(group);
  return found == all.end() ? std::vector<workbench::QueryWord>{} : found->second;
}

}  // namespace guanhu::api
