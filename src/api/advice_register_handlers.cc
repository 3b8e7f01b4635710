// The register of marketing expenses: totals by person and kind of a period, as a list and as a workbook.
#include <map>

#include "api/advice_desk.h"
#include "api/spreadsheet.h"
#include "workbench/expense.h"

namespace guanhu::api {

using base::Fen;
using base::Json;
using base::JsonObject;
using people::Permission;
using workbench::Expense;

namespace {

std::vector<Expense> of_period(AdviceDesk& desk, const base::Period& period) {
  records::Filter filter;
  filter.kinds = {workbench::kExpense}, filter.limit = 20'000;
  filter.from = period.first(), filter.to = period.last();
  filter.states = {"submitted", "checked", "paid"};
  std::vector<Expense> out;
  for (const auto& record : records::list(desk.store(), filter))
    if (desk.sees(record)) out.push_back(workbench::expense_of(record));
  return out;
}

struct Sum {
  int64_t count = 0;
  Fen amount = 0, payable = 0;
};

Outcome totals(Services& s, const Call& call) {
  auto asked = period_of(call.get("period").value_or(""));
  if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
  AdviceDesk desk(s, call);
  std::map<std::pair<std::string, std::string>, Sum> sums;
  for (const Expense& e : of_period(desk, std::get<base::Period>(asked))) {
    Sum& one = sums[{e.record.owner, e.kind}];
    ++one.count, one.amount += e.fen, one.payable += e.payable;
  }
  std::vector<Json> items;
  for (const auto& [of, sum] : sums)
    items.push_back(JsonObject{{"staff", of.first},
                               {"name", desk.name_of(of.first)},
                               {"org_name", desk.org_name(desk.org_of(of.first))},
                               {"expense", of.second},
                               {"count", sum.count},
                               {"amount", yuan(sum.amount)},
                               {"payable", yuan(sum.payable)}});
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"period", std::get<base::Period>(asked).str()}};
  return out;
}

const char* state_word(const std::string& state) {
  return state == "submitted" ? "待复核" : state == "checked" ? "已复核" : "已报销";
}

Outcome workbook(Services& s, const Call& call) {
  auto asked = period_of(call.get("period").value_or(""));
  if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
  const base::Period period = std::get<base::Period>(asked);
  AdviceDesk desk(s, call);
  WrittenSheet sheet{"营销费用"};
  sheet.columns = {{"日期", "", {}, 12},
                   {"姓名"},
                   {"机构", "", {}, 18},
                   {"类别", "", {}, 8},
                   {"客户", "", {}, 18},
                   {"和谁", "", {}, 18},
                   {"目的", "", {}, 28},
                   {"金额（元）", "", {}, 14, false, "#,##0.00", Total::sum},
                   {"可报销（元）", "", {}, 14, false, "#,##0.00", Total::sum},
                   {"状态", "", {}, 10},
                   {"复核人"}};
  for (const Expense& e : of_period(desk, period))
    sheet.rows.push_back({e.record.day->str(), desk.name_of(e.record.owner), desk.org_name(e.record.org), e.kind,
                          e.record.customer.empty() ? "" : desk.customer_name(e.record.customer), e.with_whom,
                          e.purpose, base::Decimal::fen(e.fen), base::Decimal::fen(e.payable),
                          state_word(e.record.state), e.checked_by.empty() ? "" : desk.name_of(e.checked_by)});
  sheet.title = "营销费用登记簿", sheet.above = {period.str()}, sheet.total_word = "合计";
  sheet.filter = sheet.print = sheet.landscape = true;
  desk.store().transaction([&] {
    desk.audit("export.expense", "period " + period.str(), JsonObject{{"rows", sheet.rows.size()}});
  });
  return workbook_answer(write_workbook({sheet}), "expenses-" + period.str());
}

}  // namespace

Table expense_register_endpoints() {
  return {{.method = "GET",
           .path = "/expense-totals",
           .summary = "expenses of a period by person and kind",
           .permission = Permission::customer_read,
           .parameters = {{"period", text(10), true}},
           .output = list_of("ExpenseTotal", {{"period", text()}}),
           .handler = totals,
           .list = true,
           .whole = true,
           .searched = {"name", "org_name"}},
          {.method = "GET",
           .path = "/expenses.xlsx",
           .summary = "the register of a period as a workbook",
           .permission = Permission::customer_read,
           .parameters = {{"period", text(10), true}},
           .handler = workbook,
           .produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
}

}  // namespace guanhu::api
