// Names, dates of parameters, citations: what holds for every element.
#include <algorithm>
#include <fstream>
#include <map>
#include <regex>

#include "policy/detail/draft.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

// The names among which an element's own must be the only one; "" when it has none of its own.
std::string space_of(const Pack& pack, const Element& element) {
  switch (element.kind) {
    case ElementKind::judgement:
    case ElementKind::open:
    case ElementKind::target:
    case ElementKind::cases: return "";
    case ElementKind::parameter: return "figures " + pack.parameters[element.index].decision;
    case ElementKind::measure:
    case ElementKind::indicator:
    case ElementKind::score:
    case ElementKind::peer:
    case ElementKind::list:
    case ElementKind::function: return "figures ";
    default: return std::string(word(element.kind));
  }
}

// What stands in packs that others import restates no article.
bool cites_article(ElementKind kind) {
  return kind != ElementKind::type && kind != ElementKind::function && kind != ElementKind::cases;
}

const Origin& origin_of(const Pack& pack, const Element& element) {
  switch (element.kind) {
    case ElementKind::parameter: return pack.parameters[element.index].origin;
    case ElementKind::measure: return pack.measures[element.index].origin;
    case ElementKind::indicator: return pack.indicators[element.index].origin;
    case ElementKind::score: return pack.scores[element.index].origin;
    case ElementKind::peer: return pack.peers[element.index].origin;
    case ElementKind::scheme: return pack.schemes[element.index].origin;
    case ElementKind::judgement: return pack.judgements[element.index].origin;
    case ElementKind::open: return pack.opens[element.index].origin;
    case ElementKind::type: return pack.types[element.index].origin;
    case ElementKind::function: return pack.functions[element.index].origin;
    case ElementKind::decision: return pack.decisions[element.index].origin;
    case ElementKind::cases: return pack.cases[element.index].origin;
    case ElementKind::checklist: return pack.checklists[element.index].origin;
    case ElementKind::duty: return pack.duties[element.index].origin;
    case ElementKind::notice: return pack.notices[element.index].origin;
    case ElementKind::process: return pack.processes[element.index].origin;
    case ElementKind::recorded: return pack.recorded[element.index].origin;
    case ElementKind::list: return pack.lists[element.index].origin;
    case ElementKind::form: return pack.forms[element.index].origin;
    case ElementKind::target: return pack.targets[element.index].origin;
  }
  throw base::Broken("an element without a kind");
}

// The first column of docs/rules.tsv two folders above the pack; nothing when it is not there.
std::optional<std::vector<std::string>> known_rules(const std::filesystem::path& folder) {
  std::ifstream in(folder.parent_path().parent_path() / "docs" / "rules.tsv");
  if (!in) return std::nullopt;
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line.substr(0, line.find_first_of("\t\r")));
  std::sort(out.begin(), out.end());
  return out;
}

// The nodes of "rules" of an element; a parameter has one list for each stretch.
std::vector<const Node*> rule_nodes(const Element& element) {
  std::vector<const Node*> out;
  auto collect = [&](const Node& table) {
    const Entry* rules = table.find("rules");
    if (rules && rules->value.kind == NodeKind::list)
      for (const Node& item : rules->value.items) out.push_back(&item);
  };
  collect(element.body);
  for (const Node& stretch : element.body.items) collect(stretch);
  return out;
}

}  // namespace

const Element* Draft::find(std::string_view name) const {
  for (const Element& element : elements) {
    bool figure = element.kind <= ElementKind::peer;
    if (element.kind == ElementKind::parameter)
      figure = pack.parameters[element.index].decision.empty() && pack.parameters[element.index].is_number();
    if (figure && element.name == name) return &element;
  }
  for (const Element& element : inherited)
    if (element.kind != ElementKind::scheme && element.name == name) return &element;
  return nullptr;
}

const Element* Draft::decision(std::string_view id) const {
  for (const Element& element : elements)
    if (element.kind == ElementKind::decision && element.name == id) return &element;
  return nullptr;
}

Place Draft::place(const Element& element, std::string_view key) {
  const Entry* entry = element.body.find(key);
  return entry ? entry->value.at : element.at;
}

std::string_view word(ElementKind kind) {
  constexpr std::string_view kWords[] = {
      "parameter", "measure", "indicator", "score", "peer",   "scheme",  "judgement", "open", "type", "function",
      "decision",  "case",    "checklist", "duty",  "notice", "process", "form",      "fact", "list", "target"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view chinese(ElementKind kind) {
  constexpr std::string_view kWords[] = {"参数",     "原始指标", "计算指标", "计分指标", "同业比较值",
                                         "考核方案", "人工判断", "未定事项", "类型",     "函数",
                                         "决策",     "案例",     "检查表",   "待办事项", "通知",
                                         "流程",     "考核表",   "登记事实", "列表",     "计划"};
  return kWords[static_cast<size_t>(kind)];
}

void check_names(const Draft& draft, Report& report) {
  std::map<std::pair<std::string, std::string>, const Element*> seen;
  for (const Element& element : draft.elements) {
    std::string space = space_of(draft.pack, element);
    if (space.empty()) continue;
    auto [at, fresh] = seen.try_emplace({std::move(space), element.name}, &element);
    if (fresh) continue;
    const Element& first = *at->second;
    report.add(*element.source, element.at, "policy.name.repeated",
               "“" + element.name + "”已经是一个" + std::string(chinese(first.kind)) + "的名称",
               "前一个在 " + first.source->where(first.at) + "；改一个名称" +
                   (element.kind == ElementKind::parameter ? "，分段的数值要用 [[\"名称\"]] 写在同一块里" : ""));
  }
}

void check_parameters(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (element.kind != ElementKind::parameter || !element.sound) continue;
    const auto& values = draft.pack.parameters[element.index].values;
    std::vector<size_t> order(values.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return values[a].from < values[b].from; });
    for (size_t i = 1; i < order.size(); ++i) {
      const DatedValue& before = values[order[i - 1]];
      const DatedValue& after = values[order[i]];
      Place at = element.body.items[order[i]].at;
      std::string begins = after.from ? after.from->str() : "最早";
      if (!before.to || !after.from || *after.from <= *before.to)
        report.add(*element.source, at, "policy.parameter.overlap",
                   "参数“" + element.name + "”的两段日期重叠：前一段到" + (before.to ? before.to->str() : "永久") +
                       "，这一段从" + begins + "起",
                   "给前一段写上 to，正好是这一段 from 的前一天");
      else if (*after.from != *before.to + 1)
        report.add(*element.source, at, "policy.parameter.gap",
                   "参数“" + element.name + "”在" + (*before.to + 1).str() + "到" + (*after.from - 1).str() +
                       "之间没有值",
                   "让这一段从" + (*before.to + 1).str() + "起，或者补上中间一段");
    }
  }
}

namespace {

// A pack that restates a regulation names it; one of shared functions has none.
void check_sources(const Draft& draft, Report& report) {
  bool restates = std::any_of(draft.elements.begin(), draft.elements.end(), [](const Element& element) {
    return cites_article(element.kind) && element.kind != ElementKind::parameter;
  });
  if (restates && draft.pack.sources.empty())
    report.add(*draft.sources.front(), {1, 1, 1}, "policy.key.missing", "pack.toml 缺少 [[sources]]",
               "写成 [[sources]] 若干段，各有 document 和 title：这个制度包写的是哪些制度");
}

}  // namespace

void check_citations(const Draft& draft, Report& report) {
  check_sources(draft, report);
  const auto rules = known_rules(draft.folder);
  static const std::regex kForm("[A-Z]{3}-[0-9]{3}");
  for (const Element& element : draft.elements) {
    const Origin& origin = origin_of(draft.pack, element);
    std::string what = std::string(word(element.kind)) + (element.name.empty() ? " 块" : "“" + element.name + "”");
    if (origin.article.empty() && cites_article(element.kind))
      report.add(*element.source, element.at, "policy.article", what + "没有写明依据哪一条",
                 "放到“第十一条 …”这样的标题下面，或在块里写 article = \"第十一条\"");
    if (origin.locator.empty() && cites_article(element.kind))
      report.add(*element.source, element.at, "policy.locator", what + "没有写明原文在哪里",
                 "在标题下另起一段写“来源: 文件名 篇名”");
    if (origin.text.empty() && cites_article(element.kind))
      report.add(*element.source, element.at, "policy.text", what + "上面没有写条款的意思",
                 "在标题和块之间用自己的话写明这一条说了什么");
    for (const Node* rule : rule_nodes(element)) {
      if (!std::regex_match(rule->text, kForm))
        report.add(*element.source, rule->at, "policy.rule", "“" + rule->text + "”不是规则编号",
                   "写成 KPI-313 这样");
      else if (rules && !std::binary_search(rules->begin(), rules->end(), rule->text))
        report.add(*element.source, rule->at, "policy.rule", "规则目录里没有 " + rule->text,
                   "编号见 docs/rules.tsv");
    }
  }
}

}  // namespace guanhu::policy::detail
