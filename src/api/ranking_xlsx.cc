#include "api/ranking.h"
#include "api/spreadsheet.h"

namespace guanhu::api {

using base::Json;

namespace {

bool adds_up(const std::string& unit) { return unit != "比率" && unit != "%" && unit != "分"; }

// Of a cell without a value nothing is written: an empty cell is no zero.
Json number(const Json* value) {
  if (!value) return {};
  if (value->as_number()) return *value;
  auto decimal = value->as_string() ? base::Decimal::parse(*value->as_string()) : std::nullopt;
  return decimal ? Json(*decimal) : Json();
}

void heads(WrittenSheet& out, const Appraised& a, bool english) {
  struct Head {
    const char *zh, *en;
    int width;
    const char* format = "";
    Total total = Total::none;
  };
  static constexpr Head kHeads[] = {{"全行名次", "Bank rank", 9, "0"},
                                    {"支行名次", "Branch rank", 9, "0"},
                                    {"工号", "Staff", 12, "", Total::count},
                                    {"姓名", "Name", 12},
                                    {"支行", "Branch", 18},
                                    {"机构", "Unit", 18},
                                    {"总分", "Total", 10, "0.00", Total::average},
                                    {"等级", "Grade", 8}};
  for (const Head& h : kHeads)
    out.columns.push_back(
        {.title = english ? h.en : h.zh, .width = h.width, .format = h.format, .total = h.total});
  for (const auto* group : {&a.scores, &a.figures})
    for (const Column& c : *group)
      out.columns.push_back({.title = c.name + (c.unit == "比率" ? "" : "(" + c.unit + ")"),
                             .width = c.unit == "元" ? 18 : 12,
                             .format = number_format(c.unit),
                             .total = adds_up(c.unit) ? Total::sum : Total::average});
}

SheetRow row_of(const Appraised& a, const Json& item) {
  const Json* rank = item.find("rank");
  SheetRow row = {number(rank->find("bank")), number(rank->find("branch"))};
  for (const char* name : {"id", "name", "branch_name", "org_name"}) row.push_back(*item.find(name));
  row.push_back(number(item.find("total")));
  row.push_back(*item.find("grade"));
  for (const auto* group : {&a.scores, &a.figures})
    for (const Column& c : *group) row.push_back(number(item.find(c.score ? "scores" : "figures")->find(c.name)));
  return row;
}

}  // namespace

std::string ranking_xlsx(const RankingHead& head, const Appraised& appraised,
                         const std::vector<const Json*>& items, bool english) {
  WrittenSheet out{.name = english ? "Ranking" : "排名",
                   .title = head.bank + "  " + head.title + "  " + head.period};
  heads(out, appraised, english);
  for (const Json* item : items) out.rows.push_back(row_of(appraised, *item));
  out.total_word = english ? "Sum or average" : "合计/平均";
  out.below = {head.note};
  out.frozen = 4;
  out.filter = out.print = out.landscape = true;
  return write_workbook({out});
}

}  // namespace guanhu::api
