// The feed's words as the bank says them; what is the bank's own (names of products) stays as it is.
const WORDS: Record<string, string> = {
  demand: '活期', time: '定期', margin: '保证金', basic: '基本户', general: '一般户', person: '个人', company: '企业', other: '其他',
  farmer_micro: '农户小额', urban_micro: '城镇小额', personal_business: '个人经营', personal_consumer: '个人消费', working_capital: '流动资金', fixed_asset: '固定资产', bill: '票据',
  credit: '信用', guaranteed: '保证', mortgage: '抵押', pledge: '质押', low_risk: '低风险', normal: '正常', special_mention: '关注', substandard: '次级', doubtful: '可疑', loss: '损失',
  cash: '现金', transfer: '转账', refinanced: '借新还旧', assets: '以资抵债', written_off: '核销', loan_disbursement: '放款', loan_repayment: '还贷', interest: '利息', fee: '手续费', salary: '工资', card: '刷卡',
  credit_card: '信用卡', gold_card: '金卡', e_banking: '网上银行', phone_banking: '手机银行', pos: 'POS', payroll: '代发工资', insurance: '保险', fund: '基金', wealth: '理财', bond: '国债',
  manager: '客户经理', trainee_manager: '见习客户经理', branch_head: '支行行长', risk_manager: '风险经理', accountant: '会计', cashier: '出纳', teller: '柜员', supervisor: '主管', auditor: '审计', hr: '人力', executive: '行领导',
  postgraduate: '研究生', bachelor: '本科', college: '大专', secondary: '中专', lower: '以下', senior: '高级', intermediate: '中级', junior: '初级', none: '无', passed: '通过', exempt: '免考', failed: '未通过',
  hq: '总行', department: '部门', branch: '支行', outlet: '网点', true: '是', false: '否', CNY: '人民币',
}
export const said = (word: string): string => WORDS[word] ?? word
