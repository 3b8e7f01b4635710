// Suggestions, surveys, concessions, expenses, what products and papers a customer needs: the whole table, and who
// sees which record.
#include "api/advice_desk.h"
#include "workbench/consult.h"
#include "workbench/expense.h"
#include "workbench/favour.h"
#include "workbench/product.h"
#include "workbench/survey.h"

namespace guanhu::api {

using people::Permission;

std::vector<RecordKind> advice_kinds() {
  return {{workbench::kSuggestion, "建议", "/suggestions/{id}", Permission::suggestion_read, sees_suggestion},
          {workbench::kSurvey, "问卷", "/surveys/{id}", Permission::suggestion_read, sees_survey},
          {workbench::kFavour, "通融", "/favours?open={id}", Permission::customer_read},
          {workbench::kFavourPowers, "通融权限", "/favours?tab=powers", Permission::favour_decide},
          {workbench::kExpense, "营销费用", "/expenses?open={id}", Permission::customer_read},
          {workbench::kExpenseLimit, "费用额度", "/expenses?tab=limits", Permission::expense_check},
          {workbench::kProduct, "产品", "/knowledge?open={id}", Permission::suggestion_read, sees_product},
          {workbench::kContact, "部门联系人", "/knowledge?tab=contacts", Permission::suggestion_read,
           [](Desk& desk, const records::Record&) { return desk.can(Permission::suggestion_read); }},
          {workbench::kConsult, "客户咨询", "/knowledge?tab=questions&open={id}", Permission::suggestion_read,
           sees_consult}};
}

Table advice_endpoints() {
  Table out;
  for (auto part : {suggestion_endpoints, suggestion_figure_endpoints, survey_endpoints, survey_answer_endpoints,
                    favour_endpoints, favour_power_endpoints, expense_endpoints, expense_register_endpoints,
                    product_endpoints, consult_endpoints})
    for (auto& one : part()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
