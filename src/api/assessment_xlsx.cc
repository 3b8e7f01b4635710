// The report of a plan as a workbook (定性考核报表): one row for each person, A4 landscape.
#include <utility>

#include "api/assessment.h"
#include "api/spreadsheet.h"

namespace guanhu::api {

using base::Json;

namespace {

constexpr const char* kPoints = "0.00####";

// Of what has no value nothing is written: an empty cell is no zero.
Json number(const Json* value) {
  if (!value || value->is_null()) return {};
  if (value->as_number()) return *value;
  auto decimal = value->as_string() ? base::Decimal::parse(*value->as_string()) : std::nullopt;
  return decimal ? Json(*decimal) : Json();
}

void heads(WrittenSheet& out, const appraisal::Plan& plan, bool english) {
  auto add = [&](const std::string& title, int width, const char* format, Total total = Total::none) {
    out.columns.push_back({.title = title, .width = width, .format = format, .total = total});
  };
  static constexpr const char* kZh[] = {"工号", "姓名", "机构", "得分", "满分", "应评", "已评"};
  static constexpr const char* kEn[] = {"Staff", "Name", "Unit", "Total", "Full", "Assessors", "Handed in"};
  static constexpr Total kTotals[] = {Total::none, Total::count, Total::none, Total::average,
                                      Total::none, Total::sum,   Total::sum};
  for (size_t i = 0; i < std::size(kZh); ++i)
    add(english ? kEn[i] : kZh[i], i < 3 ? 14 : 9, i < 3 ? "" : i < 5 ? kPoints : "0", kTotals[i]);
  for (const auto& item : plan.form->items)
    add(item.name + "(" + item.weight.str() + ")", 12, kPoints, Total::average);
  for (const auto& group : plan.spec.groups) add(group.name, 10, kPoints, Total::average);
  add(english ? "Remark" : "说明", 30, "");
}

SheetRow person(const std::vector<std::string>& who, const Json& result, bool english) {
  SheetRow row(who.begin(), who.end());
  for (const char* name : {"total", "full", "assigned", "submitted"}) row.push_back(number(result.find(name)));
  for (const Json& item : *result.find("items")->as_array()) row.push_back(number(item.find("value")));
  for (const Json& group : *result.find("groups")->as_array())
    row.push_back(*group.find("hidden")->as_bool() ? Json(english ? "too few" : "人少不显示")
                                                   : number(group.find("total")));
  const std::string* reason = result.find("reason")->as_string();
  row.push_back(reason ? Json(*reason) : Json());
  return row;
}

}  // namespace

std::string assessment_xlsx(const AssessmentSheet& sheet, const appraisal::Plan& plan,
                            const std::vector<appraisal::PersonResult>& results, bool english) {
  WrittenSheet out{.name = english ? "Appraisal" : "定性考核", .title = sheet.bank + "  " + sheet.title};
  heads(out, plan, english);
  for (size_t i = 0; i < results.size(); ++i)
    out.rows.push_back(person(sheet.names.at(i), results[i].result, english));
  out.total_word = english ? "Sum or average" : "合计/平均";
  out.below = {sheet.note};
  out.frozen = 2;
  out.filter = out.print = out.landscape = true;
  return write_workbook({out});
}

}  // namespace guanhu::api
