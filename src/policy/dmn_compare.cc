#include "policy/dmn_compare.h"

#include <algorithm>
#include <map>
#include <set>

namespace guanhu::policy {
namespace {

using dmn::ExpressionText;
using dmn::NodeText;
using dmn::TableText;

bool same_rule(const TableText::Rule& a, const TableText::Rule& b) {
  auto same = [](const std::vector<std::string>& x, const std::vector<std::string>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](const std::string& s, const std::string& t) { return normal(s) == normal(t); });
  };
  bool notes = a.annotations.empty() || b.annotations.empty() || same(a.annotations, b.annotations);
  return same(a.tests, b.tests) && same(a.results, b.results) && notes &&
         normal(a.description) == normal(b.description);
}

bool same_table(const TableText& a, const TableText& b) {
  return a.policy == b.policy && a.aggregation == b.aggregation &&
         std::equal(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(), same_rule);
}

class Comparer {
 public:
  Comparer(const dmn::Document& exported, const dmn::Document& edited, const std::string& file)
      : exported_(exported), edited_(edited), file_(file) {}

  DmnComparison run() {
    compare_types();
    for (const NodeText& node : exported_.nodes) {
      const NodeText* now = edited_.node(node.id);
      if (now) compare_node(node, *now);
      else refuse(0, "“" + node.name + "”不见了", "删去的决策在文档里删；重新导出再改");
    }
    for (const NodeText& node : edited_.nodes)
      if (!exported_.node(node.id) && !is_shared(node))
        refuse(node.line, "多了“" + node.name + "”", "新的决策、输入和函数先在文档里写，再导出");
    return std::move(out_);
  }

 private:
  void refuse(int line, std::string message, std::string hint) {
    out_.errors.push_back({"policy.dmn.change", std::move(message),
                           line ? file_ + ":" + std::to_string(line) : file_, std::move(hint)});
  }

  static std::string type_text(const dmn::TypeText& type) {
    std::string out = type.name + "|" +
                      (type.type.empty() && type.components.empty() ? "Any" : normal(type.type)) + "|" +
                      normal(type.allowed) + (type.collection ? "|[]" : "");
    for (const dmn::TypeText& component : type.components) out += "{" + type_text(component) + "}";
    return out;
  }
  void compare_types() {
    std::map<std::string, std::string> before, after;
    for (const auto& type : exported_.types) before[type.name] = type_text(type);
    for (const auto& type : edited_.types) after[type.name] = type_text(type);
    for (const auto& [name, text] : before)
      if (!after.count(name) || after[name] != text)
        refuse(0, "类型“" + name + "”改了", "类型在文档里改：输入的类型和 type 块");
  }

  // Parameters and functions: which of them a model holds follows from what its cells name.
  static bool is_shared(const NodeText& node) { return node.extension("parameter") || node.extension("function"); }
  static std::set<std::string> needs(const dmn::Document& document, const NodeText& node) {
    std::set<std::string> out;
    for (const std::string& id : node.requirements)
      if (const NodeText* other = document.node(id); !other || !is_shared(*other)) out.insert(id);
    return out;
  }

  void compare_node(const NodeText& before, const NodeText& after) {
    auto differs = [&](const std::string& a, const std::string& b, const char* what) {
      if (normal(a) != normal(b))
        refuse(after.line, "“" + before.name + "”的" + what + "改了", std::string(what) + "在文档里改，再导出");
    };
    if (before.kind != after.kind) return refuse(after.line, "“" + before.name + "”换了种类", "重新导出再改");
    differs(before.name, after.name, "名称");
    differs(before.question, after.question, "问题");
    differs(before.description, after.description, "说明");
    differs(before.type, after.type, "类型");
    auto set = [](const std::vector<std::string>& list) {
      return std::set<std::string>(list.begin(), list.end());
    };
    bool same = needs(exported_, before) == needs(edited_, after) && before.parameters == after.parameters &&
                set(before.outputs) == set(after.outputs) && set(before.inputs) == set(after.inputs);
    if (!same) refuse(after.line, "“" + before.name + "”需要的东西改了", "输入、前提和参数在文档里改，再导出");
    size_t tables = out_.tables.size();
    compare_expression(before, before.expression.get(), after.expression.get(), after.line);
    if (out_.tables.size() > tables) check_stamp(before, after);
  }
  // The table must be the one that was exported, or an edit made to an older one would undo later changes.
  void check_stamp(const NodeText& before, const NodeText& after) {
    const std::string *was = after.extension("stamp"), *is = before.extension("stamp");
    if (was && is && *was != *is)
      refuse(after.line, "“" + before.name + "”的表导出以后在文档里改过", "重新导出，把修改再做一遍");
  }

  void compare_expression(const NodeText& node, const ExpressionText* before, const ExpressionText* after,
                          int line) {
    if (!before && !after) return;
    if (after) line = after->line;
    if (!before || !after || before->kind != after->kind)
      return refuse(line, "“" + node.name + "”换了写法", "表还是表，算式还是算式；换写法在文档里做");
    if (before->kind == ExpressionText::Kind::table) return compare_table(node, *before, *after);
    if (normal(before->text) != normal(after->text))
      return refuse(
          line, "“" + node.name + "”的算式改了：“" + normal(before->text) + "”改成“" + normal(after->text) + "”",
          node.extension("parameter") ? "参数的值在文档里改，写明从哪一天起" : "算式在文档里改；这里只收表的修改");
    if (before->entries.size() != after->entries.size())
      return refuse(line, "“" + node.name + "”的步骤多了或少了", "步骤在文档里改，再导出");
    for (size_t i = 0; i < before->entries.size(); ++i) {
      if (before->entries[i].name != after->entries[i].name)
        refuse(line, "“" + node.name + "”的步骤“" + before->entries[i].name + "”改了名称",
               "名称在文档里改，再导出");
      compare_expression(node, before->entries[i].value.get(), after->entries[i].value.get(), line);
    }
  }
  void compare_table(const NodeText& node, const ExpressionText& before, const ExpressionText& after) {
    const TableText &a = before.table, &b = after.table;
    bool columns = a.inputs.size() == b.inputs.size() && a.outputs.size() == b.outputs.size();
    for (size_t i = 0; columns && i < a.inputs.size(); ++i)
      columns = normal(a.inputs[i].text) == normal(b.inputs[i].text) &&
                normal(a.inputs[i].values) == normal(b.inputs[i].values);
    for (size_t i = 0; columns && i < a.outputs.size(); ++i)
      columns = a.outputs[i].name == b.outputs[i].name &&
                normal(a.outputs[i].values) == normal(b.outputs[i].values) && b.outputs[i].otherwise.empty();
    if (!columns)
      return refuse(after.line, "“" + node.name + "”的表的列改了",
                    "列、列的可取值和默认结果在文档里改，再导出；这里只收行和格的修改");
    if (!same_table(a, b)) out_.tables.push_back({node.id, before.id, &a, &b, after.line});
  }

  const dmn::Document &exported_, &edited_;
  const std::string& file_;
  DmnComparison out_;
};

}  // namespace

std::string normal(const std::string& text) {
  std::string out;
  for (char c : text) {
    bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<int> match_rules(const TableText& before, const TableText& after) {
  std::vector<int> out(after.rules.size(), -1);
  std::vector<bool> used(before.rules.size());
  auto match = [&](auto&& alike) {
    for (size_t i = 0; i < after.rules.size(); ++i)
      for (size_t j = 0; out[i] < 0 && j < before.rules.size(); ++j)
        if (!used[j] && alike(before.rules[j], after.rules[i])) out[i] = static_cast<int>(j), used[j] = true;
  };
  match([](const auto& a, const auto& b) { return !a.id.empty() && a.id == b.id; });
  match([](const auto& a, const auto& b) { return same_rule(a, b); });
  return out;
}

DmnComparison compare(const dmn::Document& exported, const dmn::Document& edited, const std::string& file) {
  return Comparer(exported, edited, file).run();
}

}  // namespace guanhu::policy
