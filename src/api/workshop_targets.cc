// Targets of a draft as sheets: read from a workbook, written as one.
#include <algorithm>
#include <map>
#include <set>

#include "api/spreadsheet.h"
#include "api/workshop.h"
#include "api/workshop_targets.h"
#include "appraisal/targets.h"

namespace guanhu::api {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::TargetOf;

namespace {

// "1,200,000.50" as people write it.
std::optional<Decimal> amount(std::string text) {
  std::erase_if(text, [](char c) { return c == ',' || c == ' '; });
  for (std::string_view wide : {"，", "　"})
    for (size_t at; (at = text.find(wide)) != text.npos;) text.erase(at, wide.size());
  return Decimal::parse(text);
}

// A sheet of targets: whom it is about is found by its number, else by its name.
class Reader {
 public:
  explicit Reader(const people::Directory& directory) : directory_(directory) {}

  base::Result<Json> read(const Grid& grid) {
    if (auto error = header(grid)) return *error;
    for (size_t i = 1; i < grid.rows.size(); ++i) row(grid.rows[i]);
    JsonArray periods;
    for (const auto& [column, period] : periods_) periods.push_back(period);
    return Json(
        JsonObject{{"periods", std::move(periods)}, {"rows", std::move(rows_)}, {"wrong", std::move(wrong_)}});
  }

 private:
  std::optional<Error> header(const Grid& grid) {
    if (grid.rows.empty()) return Error{"sheet.format", "这张表是空的", "file", "第一行写表头"};
    const auto& head = grid.rows.front().cells;
    for (size_t i = 0; i < head.size(); ++i) {
      const std::string& cell = head[i];
      if (cell == "对象") of_ = i;
      else if (cell == "编号" || cell == "工号" || cell == "机构号") id_ = i;
      else if (cell == "名称" || cell == "姓名" || cell == "机构") name_ = i;
      else if (base::Period::parse(cell)) periods_.emplace_back(i, cell);
      else if (!cell.empty()) wrong_.push_back(wrong(1, cell, "不认识这一列，没有读"));
    }
    if (periods_.empty())
      return Error{"sheet.format", "表头里没有期间", "file",
                   "表头写 编号、名称，再写期间，如 2026、2026Q1、2026-01；可以先下载模板"};
    if (!id_ && !name_) return Error{"sheet.format", "表头里没有编号，也没有名称", "file", "加一列“编号”或“名称”"};
    return std::nullopt;
  }

  static Json wrong(int row, const std::string& value, const std::string& message) {
    return JsonObject{{"row", row}, {"value", value}, {"message", message}};
  }
  static std::string cell(const Grid::Row& row, const std::optional<size_t>& at) {
    return at && *at < row.cells.size() ? row.cells[*at] : "";
  }

  void row(const Grid::Row& row) {
    const std::string id = cell(row, id_), name = cell(row, name_), of = cell(row, of_);
    if (id.empty() && name.empty() && of.empty()) return;
    if (name == "合计" || id == "合计") return;
    std::string message;
    auto found = whose(of, id, name, message);
    if (!found) return wrong_.push_back(wrong(row.number, id.empty() ? name : id, message));
    if (!seen_.insert(*found).second)
      return wrong_.push_back(wrong(row.number, id.empty() ? name : id, "前面已经有这一行"));
    JsonObject values;
    for (const auto& [column, period] : periods_) {
      const std::string text = cell(row, column);
      if (text.empty()) continue;
      auto value = amount(text);
      if (!value || value->round(policy::kTargetScale, base::Rounding::half_up) != *value)
        wrong_.push_back(wrong(row.number, text, "“" + period + "”这一格不是数，或者小数超过四位"));
      else values.emplace_back(period, value->str());
    }
    rows_.push_back(JsonObject{{"of", policy::target_word(found->first)},
                               {"id", found->second},
                               {"name", name_of(*found)},
                               {"values", std::move(values)}});
  }

  std::string name_of(const std::pair<TargetOf, std::string>& who) const {
    const people::Staff* person = directory_.person(who.second);
    const people::Org* org = directory_.org(who.second);
    if (who.first == TargetOf::staff) return person ? person->name : "";
    return who.first == TargetOf::bank ? "全行" : org ? org->name : "";
  }

  std::optional<std::pair<TargetOf, std::string>> whose(const std::string& of, const std::string& id,
                                                        const std::string& name, std::string& message) const {
    auto kind = policy::target_of(of);
    if (kind == TargetOf::bank || (id.empty() && name == "全行")) return std::pair(TargetOf::bank, std::string());
    if (!id.empty()) {
      if (kind != TargetOf::organisation && directory_.person(id)) return std::pair(TargetOf::staff, id);
      if (kind != TargetOf::staff && directory_.org(id)) return std::pair(TargetOf::organisation, id);
      message = "没有这个编号";
      return std::nullopt;
    }
    std::vector<std::pair<TargetOf, std::string>> fits;
    for (const auto& one : directory_.staff())
      if (one.name == name && kind != TargetOf::organisation) fits.emplace_back(TargetOf::staff, one.id);
    for (const auto& one : directory_.orgs())
      if (one.name == name && kind != TargetOf::staff) fits.emplace_back(TargetOf::organisation, one.id);
    if (fits.size() == 1) return fits.front();
    message = fits.empty() ? "没有叫这个名字的" : "有 " + std::to_string(fits.size()) + " 个同名的，写上编号";
    return std::nullopt;
  }

  const people::Directory& directory_;
  std::optional<size_t> of_, id_, name_;
  std::vector<std::pair<size_t, std::string>> periods_;
  std::set<std::pair<TargetOf, std::string>> seen_;
  JsonArray rows_, wrong_;
};

}  // namespace

Outcome read_targets(Services& s, const Call& call) {
  auto found = target_desk(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const TargetDesk& o = std::get<TargetDesk>(found);
  auto grid = read_grid(call.request.body);
  if (!grid) return refused_draft(grid.error());
  auto made = Reader(o.facts->directory).read(*grid);
  if (!made) return refused_draft(made.error());
  return Answer{std::move(*made)};
}

// What the draft says, or, where it says nothing, everybody with empty cells: to be filled in and read back.
Outcome targets_file(Services& s, const Call& call) {
  auto found = target_desk(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const TargetDesk& o = std::get<TargetDesk>(found);
  const policy::Pack& pack = o.draft->loaded.pack;
  const std::string name = call.get("name").value_or(""), wanted = call.get("period").value_or("");
  std::vector<std::string> periods;
  std::map<std::pair<TargetOf, std::string>, std::map<std::string, Decimal>> values;
  for (const auto& table : pack.targets)
    if (table.name == name)
      for (const auto& one : table.values) {
        values[{one.of, one.id}][one.period] = one.value;
        if (std::find(periods.begin(), periods.end(), one.period) == periods.end()) periods.push_back(one.period);
      }
  if (base::Period::parse(wanted) && std::find(periods.begin(), periods.end(), wanted) == periods.end())
    periods.push_back(wanted);
  WrittenSheet sheet{.name = "计划"};
  for (const char* title : {"对象", "编号", "名称"}) sheet.columns.push_back({.title = title});
  for (const auto& period : periods) sheet.columns.push_back({.title = period, .width = 18});
  for (const auto& node : appraisal::target_tree(
           o.facts->directory, target_holders(s, *o.facts, pack, call.get("scheme").value_or("")))) {
    SheetRow row = {std::string(policy::target_word(node.of)), node.id, node.name};
    for (const auto& period : periods) {
      auto& of = values[{node.of, node.id}];
      auto at = of.find(period);
      row.push_back(at == of.end() ? Json() : Json(at->second));
    }
    sheet.rows.push_back(std::move(row));
  }
  sheet.frozen = 3, sheet.filter = true;
  auto store = s.store();
  store->transaction([&] {
    record(*store, call.login().login, "export.targets", "policy_draft " + std::to_string(o.work.draft.id),
           JsonObject{{"target", name}, {"rows", sheet.rows.size()}}, s.clock());
  });
  return Answer{.raw = workbook(write_workbook({sheet}), "计划-" + name + ".xlsx")};
}

}  // namespace guanhu::api
