// 贡献度、得分、工资 side by side: whether what is paid follows what is brought in. KPI-302
#include <algorithm>
#include <map>

#include "api/reports.h"

namespace guanhu::api {

using base::Decimal;
using base::Fen;
using base::Json;

namespace {

// One of those who were paid; what somebody does not have stays empty, never 0.
struct Line {
  std::string staff, name, org;
  std::optional<Decimal> contribution, score, pay;
  int places[3] = {0, 0, 0};  // by contribution, score, pay; 0: none
};
using Column = std::optional<Decimal> Line::*;
constexpr Column kColumns[] = {&Line::contribution, &Line::score, &Line::pay};

// Alike share a place, the next ones are skipped.
void put_places(std::vector<Line>& lines, size_t which) {
  const Column column = kColumns[which];
  std::vector<Line*> with;
  for (Line& one : lines)
    if (one.*column) with.push_back(&one);
  std::stable_sort(with.begin(), with.end(),
                   [&](const Line* a, const Line* b) { return *(b->*column) < *(a->*column); });
  for (size_t i = 0; i < with.size(); ++i)
    with[i]->places[which] =
        i && *(with[i]->*column) == *(with[i - 1]->*column) ? with[i - 1]->places[which] : static_cast<int>(i) + 1;
}

// Of the sum of those that have one; none where that is not above 0.
Json part_of(const std::optional<Decimal>& value, const Decimal& sum) {
  if (!value || sum <= Decimal(0)) return {};
  return Json(Decimal::divide(*value, sum)->round(4, base::Rounding::half_up));
}

ReportTable table_of(const std::vector<Line>& lines) {
  ReportTable out{
      .title = "",
      .columns = {{.title = "工号", .width = 9}, {.title = "姓名", .width = 12}, {.title = "机构", .width = 16}}};
  for (const char* name : {"贡献度", "得分", "应发"}) {
    const bool marks = std::string_view(name) == "得分";
    out.columns.push_back({.title = name,
                           .width = 12,
                           .unit = marks ? "分" : "元",
                           .number = true,
                           .total = marks ? Total::average : Total::sum});
    if (!marks)
      out.columns.push_back({.title = std::string(name) + "占比", .width = 8, .unit = "比率", .number = true});
    out.columns.push_back({.title = std::string(name) + "名次", .width = 7, .number = true});
  }
  out.columns.push_back({.title = "名次相差", .width = 7, .number = true});
  out.total_word = "合计";
  Decimal sums[3];
  for (const Line& one : lines)
    for (size_t c = 0; c < 3; ++c)
      if (one.*kColumns[c]) sums[c] = *Decimal::add(sums[c], *(one.*kColumns[c]));
  for (const Line& one : lines) {
    SheetRow row = {one.staff, one.name, one.org};
    for (size_t c = 0; c < 3; ++c) {
      const auto& value = one.*kColumns[c];
      row.push_back(value ? Json(*value) : Json());
      if (c != 1) row.push_back(part_of(value, sums[c]));
      row.push_back(one.places[c] ? Json(one.places[c]) : Json());
    }
    const bool both = one.places[0] && one.places[2];
    row.push_back(both ? Json(one.places[0] - one.places[2]) : Json());
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Report contribution_report(const appraisal::PayRun& run, const std::vector<appraisal::KeptSlip>& slips,
                           const std::map<std::string, Json>& scored, const Appraised& contribution,
                           const std::string& figure, const people::Directory& directory, const ReportMade& made) {
  std::vector<Line> lines;
  for (const auto& slip : slips) {
    Line one{slip.staff, slip.name, unit_name(directory, slip.org), {}, {}, {}};
    one.pay = Decimal::fen(slip.totals.earnings);
    if (auto at = contribution.holder(slip.staff))
      for (const auto& value : contribution.run.holders[*at].figures)
        if (value.name == figure) one.contribution = value.value;
    if (auto at = scored.find(slip.staff); at != scored.end())
      if (const Json total = number_of_json(at->second.find("total")); total.as_number())
        one.score = *total.as_number();
    lines.push_back(std::move(one));
  }
  for (size_t c = 0; c < 3; ++c) put_places(lines, c);
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.contribution && (!b.contribution || *b.contribution < *a.contribution);
  });
  Report out{.bank = made.bank, .title = "贡献度、得分和工资对照表"};
  out.head = {{"期间", run.period},
              {"考核", run.title},
              {"贡献度", contribution.scheme->title},
              {"人数", std::to_string(lines.size())}};
  out.tables.push_back(table_of(lines));
  out.notes = {"贡献度按统一的办法计算：" + contribution.run.scheme + "，算式和条文见指标的解释。",
               "名次相差是贡献度名次减工资名次：正数表示工资排在贡献前面，负数表示排在后面。"};
  out.signers = {"制表", "复核", "负责人"};
  out.source = "工资发放 #" + std::to_string(run.id) + "  " + run.hash.substr(0, 16) + "  贡献度 " +
               contribution.hash.substr(0, 16) + "  " + made.words();
  out.landscape = true, out.one_page = false;
  return out;
}

}  // namespace guanhu::api
