#include "policy/facts.h"

#include "base/error.h"

namespace guanhu::policy {

namespace {

using K = ColumnKind;

constexpr std::string_view kAccountKinds = "demand time margin basic general";
constexpr std::string_view kCustomerKinds = "person company other";
constexpr std::string_view kLoanKinds =
    "farmer_micro urban_micro personal_business personal_consumer working_capital fixed_asset bill other";
constexpr std::string_view kGuarantees = "credit guaranteed mortgage pledge low_risk";
constexpr std::string_view kClasses = "normal special_mention substandard doubtful loss";
constexpr std::string_view kMeans = "cash transfer refinanced assets written_off";
constexpr std::string_view kTransactionKinds =
    "cash transfer loan_disbursement loan_repayment interest fee bill salary card other";
constexpr std::string_view kSaleProducts =
    "credit_card gold_card e_banking phone_banking pos payroll insurance fund wealth bond other";
constexpr std::string_view kPositions =
    "manager trainee_manager branch_head risk_manager accountant cashier teller supervisor auditor hr executive "
    "other";

constexpr FactColumn kAccount[] = {
    {"账号", "account_id", K::text, ""},
    {"产品", "product", K::text, ""},
    {"种类", "kind", K::choice, kAccountKinds},
    {"币种", "currency", K::text, ""},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"开户日", "opened_on", K::date, ""},
    {"到期日", "matures_on", K::date, ""},
};

constexpr FactColumn kLoan[] = {
    {"借据号", "loan_id", K::text, ""},
    {"产品", "product", K::text, ""},
    {"种类", "kind", K::choice, kLoanKinds},
    {"担保方式", "guarantee", K::choice, kGuarantees},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"五级分类", "class", K::choice, kClasses},
    {"是否表外", "off_balance", K::boolean, ""},
    {"发放日", "issued_on", K::date, ""},
    {"到期日", "due_on", K::date, ""},
    {"本金", "principal", K::money, ""},
    {"利率", "rate", K::rate, ""},
};

constexpr FactColumn kLoanIssue[] = {
    {"借据号", "loan_id", K::text, ""},
    {"产品", "product", K::text, ""},
    {"种类", "kind", K::choice, kLoanKinds},
    {"担保方式", "guarantee", K::choice, kGuarantees},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"发放日", "issued_on", K::date, ""},
    {"到期日", "due_on", K::date, ""},
    {"利率", "rate", K::rate, ""},
    {"用途", "purpose", K::text, ""},
    {"本金", "principal", K::money, "", true},
};

constexpr FactColumn kLoanStock[] = {
    {"借据号", "loan_id", K::text, ""},
    {"产品", "product", K::text, ""},
    {"种类", "kind", K::choice, kLoanKinds},
    {"担保方式", "guarantee", K::choice, kGuarantees},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"五级分类", "class", K::choice, kClasses},
    {"是否表外", "off_balance", K::boolean, ""},
    {"余额", "balance", K::money, ""},
    {"发放日", "issued_on", K::date, ""},
    {"到期日", "due_on", K::date, ""},
    {"展期到", "extended_to", K::date, ""},
    {"实际到期日", "last_due_on", K::date, ""},
    {"结清日", "settled_on", K::date, ""},
    {"利率", "rate", K::rate, ""},
    {"期内最大逾期天数", "most_overdue_days", K::integer, ""},
    {"最近到期通知日", "maturity_notice_on", K::date, ""},
    {"最近逾期通知日", "overdue_notice_on", K::date, ""},
    {"时效届满日", "limitation_on", K::date, ""},
    {"期间首日", "period_first", K::date, ""},
    {"期间末日", "period_last", K::date, ""},
    {"本金", "principal", K::money, "", true},
};

constexpr FactColumn kRepayment[] = {
    {"借据号", "loan_id", K::text, ""},
    {"产品", "product", K::text, ""},
    {"种类", "kind", K::choice, kLoanKinds},
    {"担保方式", "guarantee", K::choice, kGuarantees},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"五级分类", "class", K::choice, kClasses},
    {"是否表外", "off_balance", K::boolean, ""},
    {"前日五级分类", "class_before", K::choice, kClasses},
    {"前日是否表外", "off_balance_before", K::boolean, ""},
    {"发放日", "issued_on", K::date, ""},
    {"到期日", "due_on", K::date, ""},
    {"利率", "rate", K::rate, ""},
    {"方式", "means", K::choice, kMeans},
    {"日期", "date", K::date, ""},
    {"本金", "principal", K::money, "", true},
    {"利息", "interest", K::money, "", true},
    {"罚息", "penalty", K::money, "", true},
    {"本金和利息", "principal_interest", K::money, "", true},
    {"利息和罚息", "interest_penalty", K::money, "", true},
};

constexpr FactColumn kSale[] = {
    {"产品", "product", K::choice, kSaleProducts}, {"日期", "date", K::date, ""},
    {"客户号", "customer_id", K::text, ""},        {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},     {"数量", "quantity", K::quantity, "", true},
    {"金额", "amount", K::money, "", true},        {"手续费", "fee_income", K::money, "", true},
};

constexpr FactColumn kTransaction[] = {
    {"账号", "account_id", K::text, ""},
    {"类别", "kind", K::choice, kTransactionKinds},
    {"日期", "date", K::date, ""},
    {"产品", "product", K::text, ""},
    {"账户种类", "account_kind", K::choice, kAccountKinds},
    {"币种", "currency", K::text, ""},
    {"机构", "org_id", K::text, ""},
    {"客户号", "customer_id", K::text, ""},
    {"客户类型", "customer_kind", K::choice, kCustomerKinds},
    {"是否农户", "is_farmer", K::boolean, ""},
    {"对方账号", "counter_account", K::text, ""},
    {"金额", "amount", K::money, "", true},
};

constexpr FactColumn kCustomer[] = {
    {"客户号", "customer_id", K::text, ""}, {"客户类型", "kind", K::choice, kCustomerKinds},
    {"机构", "org_id", K::text, ""},        {"地区", "area_code", K::text, ""},
    {"行业", "industry_code", K::text, ""}, {"是否农户", "is_farmer", K::boolean, ""},
    {"出生日", "born_on", K::date, ""},     {"建档日", "opened_on", K::date, ""},
    {"集团", "group_id", K::text, ""},
};

constexpr FactColumn kStaff[] = {
    {"工号", "staff_id", K::text, ""},
    {"机构", "org_id", K::text, ""},
    {"岗位", "position", K::choice, kPositions},
    {"学历", "education", K::choice, "postgraduate bachelor college secondary lower"},
    {"职称", "title", K::choice, "senior intermediate junior none"},
    {"信贷考试", "credit_exam", K::choice, "passed exempt failed none"},
    {"从事信贷起", "credit_since", K::date, ""},
    {"入职日", "hired_on", K::date, ""},
    {"离职日", "left_on", K::date, ""},
    {"出生日", "born_on", K::date, ""},
    {"职级", "grade", K::text, ""},
    {"机构种类", "org_kind", K::choice, "hq department branch outlet"},
    {"管户天数", "days_held", K::integer, ""},
    {"期间首日", "period_first", K::date, ""},
    {"期间末日", "period_last", K::date, ""},
    {"期间天数", "period_days", K::integer, ""},
};

using A = Aggregate;
constexpr A kOfBalance[] = {
    A::average_daily,     A::at_end, A::at_start, A::net_change, A::month_end_average, A::distinct_customers,
    A::customers_by_share};
constexpr A kOfStock[] = {A::count, A::distinct_customers};
constexpr A kOfEvents[] = {A::sum, A::count, A::distinct_customers};
constexpr A kOfTargets[] = {A::sum};

using T = Attribution;
constexpr T kByShare[] = {T::by_share, T::main_only, T::subtree};
constexpr T kBySeller[] = {T::by_share, T::main_only, T::seller, T::subtree};

constexpr FactInfo kFacts[] = {
    {Fact::deposit_balance, "deposit balance", "存款余额", kAccount, kOfBalance, kByShare, true},
    {Fact::loan_balance, "loan balance", "贷款余额", kLoan, kOfBalance, kByShare, true},
    {Fact::overdue_principal, "overdue principal", "逾期本金", kLoan, kOfBalance, kByShare, true},
    {Fact::overdue_interest, "overdue interest", "逾期利息", kLoan, kOfBalance, kByShare, true},
    {Fact::transaction, "transaction", "交易", kTransaction, kOfEvents, kByShare},
    {Fact::repayment, "repayment", "还款", kRepayment, kOfEvents, kByShare},
    {Fact::sale, "sale", "销售", kSale, kOfEvents, kBySeller},
    {Fact::customer, "customer", "客户", kCustomer, kOfStock, kByShare},
    {Fact::account, "account", "账户", kAccount, kOfStock, kByShare},
    {Fact::loan_issue, "loan issue", "贷款发放", kLoanIssue, kOfEvents, kByShare},
    {Fact::loan, "loan", "借据", kLoanStock, kOfEvents, kByShare},
    {Fact::target, "target", "计划", {}, kOfTargets, kByShare},
};

}  // namespace

std::span<const FactInfo> facts() { return kFacts; }

const FactInfo& fact_info(Fact fact) {
  for (const FactInfo& info : kFacts)
    if (info.fact == fact) return info;
  throw base::Broken("a fact without a description");
}

const FactColumn* find_column(const FactInfo& fact, std::string_view name) {
  for (const FactColumn& column : fact.columns)
    if (column.name == name || column.feed == name) return &column;
  return nullptr;
}

std::span<const FactColumn> staff_columns() { return kStaff; }

}  // namespace guanhu::policy
