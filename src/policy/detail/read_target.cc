// `target` blocks: a table of whom × period.
#include "policy/target.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/period.h"
#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"

namespace guanhu::policy {

namespace {
struct TargetWord {
  TargetOf of;
  std::string_view word;
};
constexpr TargetWord kTargetWords[] = {
    {TargetOf::bank, "全行"}, {TargetOf::organisation, "机构"}, {TargetOf::staff, "员工"}};

size_t width(std::string_view text) {
  size_t out = 0;
  for (char32_t c : detail::code_points(text)) out += static_cast<size_t>(detail::display_width(c));
  return out;
}
}  // namespace

std::string_view target_word(TargetOf of) {
  for (const TargetWord& one : kTargetWords)
    if (one.of == of) return one.word;
  return "";
}

std::optional<TargetOf> target_of(std::string_view word) {
  for (const TargetWord& one : kTargetWords)
    if (one.word == word) return one.of;
  return std::nullopt;
}

std::string target_rows(const std::vector<TargetValue>& values) {
  std::vector<std::string> periods;
  std::vector<std::vector<std::string>> rows;
  std::map<std::pair<TargetOf, std::string>, size_t> at;
  for (const TargetValue& one : values)
    if (std::find(periods.begin(), periods.end(), one.period) == periods.end()) periods.push_back(one.period);
  rows.push_back({"对象", "编号", "名称"});
  rows.front().insert(rows.front().end(), periods.begin(), periods.end());
  for (const TargetValue& one : values) {
    auto [found, fresh] = at.try_emplace({one.of, one.id}, rows.size());
    if (fresh) {
      rows.push_back({std::string(target_word(one.of)), one.id, one.name});
      rows.back().resize(rows.front().size());
    }
    auto column = std::find(periods.begin(), periods.end(), one.period) - periods.begin();
    rows[found->second][3 + static_cast<size_t>(column)] = one.value.str();
  }
  std::vector<size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  std::string out;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - width(row[i]), ' ');
      out += (i ? " | " : "") + (i < 3 ? row[i] + blanks : blanks + row[i]);
    }
    out += '\n';
  }
  return out;
}

namespace detail {

namespace {

class TargetReader {
 public:
  TargetReader(const Begun& at, Report& report) : at_(at), report_(report) {}

  void read(const Node& node, TargetTable& out) {
    auto lines = lines_of(text_of(node));
    if (lines.empty() || !header(lines.front())) return;
    for (size_t i = 1; i < lines.size(); ++i) row(lines[i], out);
    if (lines.size() < 2)
      refuse(lines.front(), "policy.target.table", "表里没有一行计划", "表头下面每个对象写一行");
  }

 private:
  void refuse(const Text& at, std::string code, std::string message, std::string hint) {
    at_.fields.mark_unsound();
    report_.add(*at_.block.source, place_of(at), std::move(code), std::move(message), std::move(hint));
  }

  bool header(const Text& line) {
    auto cells = cells_of(line)[0];
    bool sound = cells.size() > 3 && cells[0].text == "对象" && cells[1].text == "编号" && cells[2].text == "名称";
    if (!sound)
      return refuse(trimmed(line), "policy.target.table", "表头要写：对象 | 编号 | 名称 | 期间 …",
                    "写成 对象 | 编号 | 名称 | 2026 | 2026Q1"),
             false;
    for (size_t i = 3; i < cells.size(); ++i) {
      auto period = base::Period::parse(cells[i].text);
      bool repeated = std::find(periods_.begin(), periods_.end(), cells[i].text) != periods_.end();
      if (!period || repeated) {
        refuse(cells[i], "policy.target.period",
               period ? "期间“" + cells[i].text + "”写了两列" : "“" + cells[i].text + "”不是考核期间",
               period ? "合成一列" : "写成 2026、2026H1、2026Q1 或 2026-01");
        return false;
      }
      periods_.push_back(cells[i].text);
    }
    return true;
  }

  void row(const Text& line, TargetTable& out) {
    auto cells = cells_of(line)[0];
    if (cells.size() != periods_.size() + 3)
      return refuse(trimmed(line), "policy.target.row",
                    "这一行有 " + std::to_string(cells.size()) + " 格，表头有 " +
                        std::to_string(periods_.size() + 3) + " 格",
                    "没有计划的一格空着，竖线不能少");
    auto of = target_of(cells[0].text);
    if (!of)
      return refuse(cells[0], "policy.target.row", "没有“" + cells[0].text + "”这种对象", "写 全行、机构 或 员工");
    if ((*of == TargetOf::bank) != cells[1].empty())
      return refuse(cells[*of == TargetOf::bank ? 1 : 0], "policy.target.row",
                    *of == TargetOf::bank ? "全行没有编号" : "没有写编号",
                    *of == TargetOf::bank ? "编号一格空着" : "写上机构号或工号");
    if (!seen_.insert({*of, cells[1].text}).second)
      return refuse(cells[0], "policy.target.repeated", "“" + cells[0].text + " " + cells[1].text + "”写了两行",
                    "合成一行");
    for (size_t i = 3; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      auto value = base::Decimal::parse(cells[i].text);
      if (!value || value->round(kTargetScale, base::Rounding::half_up) != *value) {
        refuse(cells[i], "policy.target.value", "“" + cells[i].text + "”不是计划数",
               "写数字，最多四位小数，不加千分号和单位");
        continue;
      }
      out.values.push_back({*of, cells[1].text, cells[2].text, periods_[i - 3], *value, cells[i].line});
    }
  }

  const Begun& at_;
  Report& report_;
  std::vector<std::string> periods_;
  std::set<std::pair<TargetOf, std::string>> seen_;
};

}  // namespace

void read_target(Draft& draft, Report& report, const Begun& at) {
  TargetTable out;
  out.name = at.block.name;
  if (const Node* unit = at.fields.node("unit", NodeKind::string, true)) {
    out.unit = unit->text;
    std::vector<std::string> units(std::begin(kUnits), std::end(kUnits));
    if (!is_unit(out.unit))
      at.fields.refuse(*unit, "policy.unit", "不认识的单位“" + out.unit + "”",
                       "可以写：" + joined(units) + "，或者两个单位相除，如 元/户");
  }
  const Node* values =
      at.fields.node("values", NodeKind::string, true, "values = \"\"\"…\"\"\"，表头写 对象 | 编号 | 名称 | 期间");
  out.origin = cite(at, true);
  if (values) TargetReader(at, report).read(*values, out);
  keep(draft, at, ElementKind::target, draft.pack.targets.size());
  draft.pack.targets.push_back(std::move(out));
}

// Blocks of one name say together what is asked: one unit, nobody twice for one period; and the measures that read
// them count in that unit.
void check_targets(const Draft& draft, Report& report) {
  std::map<std::tuple<std::string, TargetOf, std::string, std::string>, const Element*> seen;
  std::map<std::string, const TargetTable*> first;
  for (const Element& element : draft.elements) {
    if (element.kind != ElementKind::target) continue;
    const TargetTable& table = draft.pack.targets[element.index];
    auto [at, fresh] = first.try_emplace(table.name, &table);
    if (!fresh && at->second->unit != table.unit)
      report.add(*element.source, Draft::place(element, "unit"), "policy.target.unit",
                 "“" + table.name + "”前后单位不同：" + at->second->unit + "、" + table.unit, "各段用同一个单位");
    for (const TargetValue& value : table.values)
      if (!seen.try_emplace({table.name, value.of, value.id, value.period}, &element).second)
        report.add(*element.source, {value.line, 1, 1}, "policy.target.repeated",
                   "“" + table.name + "”" + value.period + " 的 " + std::string(target_word(value.of)) + " " +
                       value.id + " 在别的块里已经写过",
                   "留下一处");
  }
  for (const Element& element : draft.elements) {
    if (element.kind != ElementKind::measure || !element.sound) continue;
    const Measure& measure = draft.pack.measures[element.index];
    auto table = std::find_if(draft.pack.targets.begin(), draft.pack.targets.end(),
                              [&](const TargetTable& one) { return one.name == measure.target; });
    if (measure.fact == Fact::target && table != draft.pack.targets.end() && table->unit != measure.unit)
      report.add(*element.source, Draft::place(element, "unit"), "policy.target.unit",
                 "计划“" + measure.target + "”按" + table->unit + "下达，这里写的是" + measure.unit,
                 "两处用同一个单位");
  }
}

}  // namespace detail

}  // namespace guanhu::policy
