// Reports that come with the program: a question each, with the days and bands of the pack; the pack also says who
// sees which of them first (decision weekly-reports).
#include <algorithm>

#include "api/query_desk.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

JsonArray names(std::initializer_list<const char*> all) {
  JsonArray out;
  for (const char* one : all) out.push_back(one);
  return out;
}
Json filter(const char* column, const char* op, std::vector<std::string> values = {}) {
  return JsonObject{{"column", column}, {"op", op}, {"values", JsonArray(values.begin(), values.end())}};
}
Json sum(const char* column, const char* what = "sum") { return JsonObject{{"column", column}, {"what", what}}; }
Json sorted(const char* column, bool down = false) { return JsonObject{{"column", column}, {"down", down}}; }

struct Ready {
  std::string id, title, about, rules;
  Json spec;
};

Json rows_of(const char* source, JsonArray columns, JsonArray filters = {}, JsonArray sort = {}) {
  return JsonObject{{"source", source},
                    {"columns", std::move(columns)},
                    {"filters", std::move(filters)},
                    {"sort", std::move(sort)}};
}
Json groups_of(const char* source, JsonArray group, JsonArray sums, JsonArray filters = {}, JsonArray sort = {}) {
  return JsonObject{{"source", source},
                    {"group", std::move(group)},
                    {"sums", std::move(sums)},
                    {"filters", std::move(filters)},
                    {"sort", std::move(sort)}};
}

// What is asked of customers, loans and visits.
std::vector<Ready> of_customers(const QueryLimits& limits) {
  const std::string due = std::to_string(limits.due_days), unvisited = std::to_string(limits.unvisited_days);
  const auto loan = names({"customer_name", "loan", "due_on", "days_left", "due_principal", "overdue_interest",
                           "receivable", "overdue_days", "class", "manager", "org"});
  return {
      {"customers", "客户信息查询", "按分类、机构、客户经理、名称、证件号码查客户", "RPT-616",
       rows_of("customers", names({"customer_name", "customer", "id_no", "customer_kind", "category", "org",
                                   "manager", "deposits", "loans", "opened_on"}))},
      {"visits", "客户访问记录查询", "按客户经理、客户、日期查走访", "RPT-617",
       rows_of("visits",
               names({"day", "staff", "customer_name", "place", "purpose", "method", "state", "findings"}), {},
               {sorted("day", true)})},
      {"visits-by-manager", "走访次数", "每个人每月走访了多少次、多少后续事项", "RPT-617",
       groups_of("visits", names({"staff", "day:month"}), {sum("follow_ups"), sum("photos")},
                 {filter("state", "in", {"done"})}, {sorted("day:month", true), sorted("count", true)})},
      {"receivable", "应收贷款", "到期要收和已经逾期的贷款：金额、到期日、逾期天数", "RPT-618",
       rows_of("loans", loan, {filter("receivable", "above", {"0"})},
               {sorted("overdue_days", true), sorted("due_on")})},
      {"receivable-by-manager", "客户经理应收贷款", "每个客户经理要收多少、逾期多少", "RPT-618",
       groups_of("loans", names({"manager"}),
                 {sum("due_principal"), sum("overdue_interest"), sum("receivable"), sum("overdue_days", "most")},
                 {filter("receivable", "above", {"0"})}, {sorted("sum:receivable", true)})},
      {"loans-due", "即将到期的贷款", "今后 " + due + " 天内到期、还有余额的贷款", "RPT-618",
       rows_of("loans", loan, {filter("due_on", "next_days", {due}), filter("balance", "above", {"0"})},
               {sorted("due_on")})},
      {"overdue-mine", "逾期贷款", "已经逾期的本金和利息，逾期最久的在前", "RPT-618",
       rows_of("loans", loan, {filter("overdue_days", "above", {"0"})}, {sorted("overdue_days", true)})},
      {"deposits-due", "即将到期的存款", "今后 " + due + " 天内到期的存款", "",
       rows_of("deposits",
               names({"customer_name", "account", "product", "kind", "balance", "matures_on", "manager", "org"}),
               {filter("matures_on", "next_days", {due}), filter("balance", "above", {"0"})},
               {sorted("matures_on")})},
      {"not-visited", "久未走访的客户", unvisited + " 天没有走访、有存款或贷款的客户", "",
       rows_of("customers",
               names({"customer_name", "last_visit", "deposits", "loans", "overdue", "manager", "org"}),
               {filter("last_visit", "older_days", {unvisited}), filter("deposits", "above", {"0"})},
               {sorted("deposits", true)})},
      {"first-loans", "首贷户准入情况", "每个单位首次贷款的客户：申请、批准、否决、未经批准放款", "RPT-301",
       groups_of(
           "first_loans", names({"org", "issued_on:month"}),
           {sum("opened"), sum("asked"), sum("approved"), sum("rejected"), sum("without"), sum("many_units")}, {},
           {sorted("issued_on:month", true), sorted("org")})}};
}

// What heads and departments look at.
std::vector<Ready> of_heads() {
  return {
      {"movement", "客户经理存款变化", "每个客户经理的存款余额、比上月末、比年初", "",
       groups_of("deposits", names({"manager"}), {sum("balance"), sum("month_change"), sum("year_change")}, {},
                 {sorted("sum:month_change", true)})},
      {"overdue-by-age", "逾期账龄", "逾期贷款按天数分档", "RPT-618",
       groups_of("loans", names({"overdue_days:bands"}),
                 {sum("balance"), sum("overdue_principal"), sum("overdue_interest")},
                 {filter("overdue_days", "above", {"0"})})},
      {"concentration", "大额贷款客户", "贷款余额最大的客户在前", "",
       groups_of("loans", names({"customer", "customer_name"}),
                 {sum("balance"), sum("overdue_principal"), sum("npl_balance")},
                 {filter("balance", "above", {"0"})}, {sorted("sum:balance", true)})},
      {"classes", "五级分类和一逾两呆", "贷款按两种口径分类", "RPT-608",
       groups_of("loans", names({"class", "old_class"}), {sum("balance"), sum("overdue_principal")},
                 {filter("balance", "above", {"0"})}, {sorted("sum:balance", true)})},
      {"credit-business", "信贷业务报表", "贷款按机构、种类汇总", "RPT-602",
       groups_of("loans", names({"org", "kind"}),
                 {sum("balance"), sum("principal"), sum("overdue_principal"), sum("npl_balance")},
                 {filter("settled_on", "none")})},
      {"loan-ledger", "贷款台账", "每笔借据一行，合计和信贷业务报表一致", "RPT-304",
       rows_of("loans",
               names({"loan", "contract", "customer_name", "org", "kind", "guarantee", "principal", "balance",
                      "rate", "issued_on", "due_on", "overdue_principal", "overdue_interest", "class", "manager"}),
               {filter("settled_on", "none")})},
      {"career", "客户经理贷款累计", "累计发放、已结清、不良笔数", "RPT-621",
       groups_of("loans", names({"manager"}),
                 {sum("principal"), sum("recovered"), sum("npl_loans"), sum("npl_balance")}, {},
                 {sorted("sum:principal", true)})},
      {"branches", "各机构存贷款", "余额、比年初、比上年同期、存贷比", "RPT-606 RPT-607",
       rows_of("branches",
               names({"org", "deposits", "deposits_year", "deposits_year_rate", "deposits_last",
                      "deposits_last_rate", "savings", "corporate", "loans", "loans_year", "loans_year_rate",
                      "loans_last", "loans_last_rate", "ratio"}),
               {filter("deposits", "above", {"0"})}, {sorted("deposits", true)})},
      {"npl", "不良贷款两种口径", "五级分类和一逾两呆的余额、比年初、占比、占比变化", "RPT-608",
       rows_of("branches",
               names({"org", "loans", "npl", "npl_year", "npl_rate", "npl_change", "old_npl", "old_npl_year",
                      "old_npl_rate", "old_npl_change"}),
               {filter("loans", "above", {"0"})}, {sorted("npl", true)})},
      {"sales", "中间业务和产品营销", "本年每种产品的数量、金额、手续费收入；新增代发工资和发卡在其中",
       "RPT-610 RPT-622",
       groups_of("sales", names({"product"}), {sum("quantity"), sum("amount"), sum("fee_income")},
                 {filter("date", "this_year")}, {sorted("sum:fee_income", true)})}};
}

// Lending to enterprises and how credit runs.
std::vector<Ready> of_credit() {
  return {{"basic-accounts", "基本账户开户面逐户检查表",
           "每户贷款企业开没开基本账户，没开的在前；占用信要行内登记用信总额", "RPT-001",
           rows_of("basic_accounts",
                   names({"customer_name", "org", "manager", "basic", "account", "balance", "credit", "share",
                          "half", "fresh", "remark"}),
                   {}, {sorted("basic"), sorted("balance", true)})},
          {"basic-coverage", "基本账户开户面", "占比过半、新增、全部三项开户面和达标；点一行看企业", "RPT-001",
           rows_of("basic_coverage",
                   names({"level", "org", "manager", "enterprises", "with_basic", "half_rate", "half_passed",
                          "fresh_rate", "fresh_passed", "all_rate", "all_passed", "unknown"}),
                   {}, {sorted("level", true), sorted("enterprises", true)})},
          {"credit-operation", "信贷尽职和运行统计",
           "每个机构每月投放、收回、逾期、不良，贷前准入和贷后走访；可以改成按季", "RPT-601",
           rows_of("credit_periods",
                   names({"period", "org", "issued_count", "issued", "repaid", "interest", "balance", "change",
                          "overdue_rate", "npl_rate", "borrowers", "visited", "visited_rate", "first_loans",
                          "approved", "rejected", "without"}),
                   {filter("period_kind", "in", {"month"}), filter("balance", "above", {"0"})},
                   {sorted("period", true), sorted("balance", true)})}};
}

std::vector<Ready> of_people(QueryDesk& desk) {
  std::vector<Ready> out = {
      {"structure", "客户经理队伍结构", "在岗人员按岗位、学历、年龄分档、职级", "RPT-305",
       groups_of("staff", names({"position", "education", "age:bands", "grade"}),
                 {sum("people"), sum("age", "average"), sum("credit_years", "average"), sum("customers")},
                 {filter("in_post", "is", {"true"})})},
      {"turnover", "客户经理流失", "离岗的人、原因、离岗时管的客户和余额", "RPT-302",
       rows_of("staff",
               names({"staff", "org", "position", "grade", "left_on", "left_kind", "left_why", "customers",
                      "deposits", "loans"}),
               {filter("left_on", "some")}, {sorted("left_on", true)})},
      {"pay", "薪酬清单查询", "已批准和已发放的工资，按机构和期间", "RPT-620",
       rows_of("pay",
               names({"period", "staff", "org", "earnings", "deductions", "deposit", "net", "state", "pay_on"}),
               {}, {sorted("pay_on", true)})},
      {"exports", "导出记录", "谁导出了什么", "",
       rows_of("exports", names({"made_on", "login", "title", "filters", "format", "lines", "state", "digest"}),
               {}, {sorted("number", true)})},
      {"changes", "操作统计", "最近每种操作有多少次、谁做的", "",
       groups_of("changes", names({"action", "actor"}), {}, {}, {sorted("count", true)})}};
  // The appraisal people look at, in the latest whole period of it.
  std::optional<std::pair<SchemeName, base::Period>> shown;
  for (const auto& [name, period] : desk.facts().in_use()) {
    auto pack = desk.services().packs().on(name.pack, desk.last());
    const policy::Scheme* scheme = pack.ok() ? (*pack)->scheme(name.scheme) : nullptr;
    const bool of_people = scheme && scheme->holders != "organisation" && scheme->decision.empty();
    if (!of_people || period.last() > desk.last()) continue;
    if (!shown || shown->second.last() < period.last()) shown.emplace(name, period);
  }
  if (shown) {
    Json spec = rows_of("scores", {}, {}, {sorted("place_bank")});
    spec.as_object()->emplace_back("scheme", shown->first.str());
    spec.as_object()->emplace_back("period", shown->second.str());
    out.push_back({"performance", "客户经理绩效查询", "考核方案的得分和名次，按机构、客户经理、期间",
                   "RPT-612 RPT-614 RPT-619", std::move(spec)});
  }
  return out;
}

// RPT-620 and its kin: which reports the pack puts before the asker's roles.
std::vector<std::string> weekly_of(QueryDesk& desk) {
  std::vector<std::string> out;
  for (const people::Role role : desk.login().roles) {
    auto answer = policy::decide(*desk.limits().pack, "weekly-reports",
                                 JsonObject{{"角色", std::string(people::role_title(role))}}, desk.last());
    if (!answer.ok()) continue;
    const Json result = feel::to_json(answer->result);
    const Json* list = result.find("报表");
    if (!list) list = &result;
    if (list->as_array())
      for (const Json& one : *list->as_array())
        if (one.as_string()) out.push_back(*one.as_string());
  }
  return out;
}

}  // namespace

std::vector<ReadyReport> ready_reports(QueryDesk& desk) {
  const auto weekly = weekly_of(desk);
  const auto may = desk.sources();
  std::vector<ReadyReport> out;
  for (auto part : {of_customers(desk.limits()), of_heads(), of_credit(), of_people(desk)})
    for (Ready& one : part) {
      const std::string source = workbench::source_of(one.spec);
      if (std::none_of(may.begin(), may.end(), [&](const SourceMaker* m) { return m->name == source; })) continue;
      const bool first = std::find(weekly.begin(), weekly.end(), one.id) != weekly.end();
      out.push_back({one.id, one.title, one.about, one.rules, std::move(one.spec), first});
    }
  // In the pack's order.
  std::stable_sort(out.begin(), out.end(), [&](const ReadyReport& a, const ReadyReport& b) {
    return std::find(weekly.begin(), weekly.end(), a.id) - weekly.begin() <
           std::find(weekly.begin(), weekly.end(), b.id) - weekly.begin();
  });
  return out;
}

std::optional<ReadyReport> ready_report(QueryDesk& desk, const std::string& id) {
  for (ReadyReport& one : ready_reports(desk))
    if (one.id == id) return std::move(one);
  return std::nullopt;
}

}  // namespace guanhu::api
