#include "policy/detail/formula.h"

#include <algorithm>
#include <regex>

namespace guanhu::policy::detail {

using feel::Node;
using feel::NodeKind;
using feel::Op;

namespace {

class FreeNames {
 public:
  std::vector<UsedName> of(const Node& tree) {
    visit(tree);
    return std::move(out_);
  }

 private:
  // Names bound while a part is visited.
  struct Bound {
    Bound(FreeNames& o) : owner(o), size(o.bound_.size()) {}
    ~Bound() { owner.bound_.resize(size); }
    FreeNames& owner;
    size_t size;
  };

  void visit(const Node& node) {
    Bound bound(*this);
    switch (node.kind) {
      case NodeKind::name: return use(node);
      case NodeKind::call: return call(node);
      case NodeKind::filter: return filter(node);
      case NodeKind::context:
        for (size_t i = 0; i < node.children.size(); ++i) visit(node.child(i)), bound_.push_back(node.names[i]);
        return;
      case NodeKind::for_:
      case NodeKind::some:
      case NodeKind::every:
        if (node.kind == NodeKind::for_) bound_.emplace_back("partial");
        for (size_t i = 0; i < node.children.size(); ++i) {
          visit(node.child(i));
          if (i < node.names.size()) bound_.push_back(node.names[i]);
        }
        return;
      case NodeKind::function: bound_.insert(bound_.end(), node.names.begin(), node.names.end()); break;
      default: break;
    }
    for (const auto& child : node.children) visit(*child);
  }

  void use(const Node& node) {
    if (node.text == "?" || std::find(bound_.begin(), bound_.end(), node.text) != bound_.end()) return;
    out_.push_back({node.text, node.range, filters_ > 0});
  }

  void call(const Node& node) {
    for (size_t i = node.child(0).kind == NodeKind::name ? 1 : 0; i < node.children.size(); ++i)
      visit(node.child(i));
  }

  void filter(const Node& node) {
    visit(node.child(0));
    bound_.emplace_back("item");
    ++filters_;
    visit(node.child(1));
    --filters_;
  }

  std::vector<std::string> bound_;
  int filters_ = 0;
  std::vector<UsedName> out_;
};

void collect_results(const Node& node, std::vector<const Node*>& out) {
  if (node.kind == NodeKind::if_) {
    collect_results(node.child(1), out);
    collect_results(node.child(2), out);
    return;
  }
  out.push_back(&node);
  if (node.kind == NodeKind::context && !node.children.empty()) collect_results(*node.children.back(), out);
}

bool is_name(const Node& node, std::string_view name) { return node.kind == NodeKind::name && node.text == name; }
bool is_null(const Node& node) { return node.kind == NodeKind::literal && node.value.is_null(); }
bool compares(const Node& node) {
  return node.kind == NodeKind::binary && node.op >= Op::equal && node.op <= Op::greater_equal;
}

bool any(const Node& tree, const std::function<bool(const Node&)>& holds) {
  bool found = false;
  feel::walk(tree, [&](const Node& node) {
    found = found || holds(node);
    return !found;
  });
  return found;
}

}  // namespace

std::vector<UsedName> free_names(const Node& tree) { return FreeNames().of(tree); }

std::vector<const Node*> results(const Node& tree) {
  std::vector<const Node*> out;
  collect_results(tree, out);
  return out;
}

bool tests_null(const Node& tree, std::string_view name) {
  return any(tree, [&](const Node& node) {
    if (!compares(node) || (node.op != Op::equal && node.op != Op::not_equal)) return false;
    return (is_name(node.child(0), name) && is_null(node.child(1))) ||
           (is_name(node.child(1), name) && is_null(node.child(0)));
  });
}

bool tests_value(const Node& tree, std::string_view name) {
  return any(tree, [&](const Node& node) {
    if (node.kind == NodeKind::between || node.kind == NodeKind::in) return is_name(node.child(0), name);
    if (!compares(node) || is_null(node.child(0)) || is_null(node.child(1))) return false;
    return is_name(node.child(0), name) || is_name(node.child(1), name);
  });
}

namespace {

std::string chinese_part(const std::string& part) {
  static const std::pair<std::string_view, std::string_view> kParts[] = {
      {"the end of the text", "公式就结束了"},
      {"the end of the expression", "公式的结尾"},
      {"an expression", "一个算式"},
      {"a name", "一个名称"},
      {"a value", "一个值"},
      {"the end of the tests", "结尾"},
  };
  for (const auto& [english, chinese] : kParts)
    if (part.find(english) != std::string::npos) return std::string(chinese);
  size_t open = part.find('\''), close = part.find('\'', open + 1);
  if (open != std::string::npos && close != std::string::npos)
    return " " + part.substr(open + 1, close - open - 1) + " ";
  return "“" + part + "”";
}

struct Pattern {
  std::string_view contains, message, hint;
};

constexpr Pattern kPatterns[] = {
    {"the expression is empty", "公式是空的", "写上算式"},
    {"the string has no end", "公式里的文字少了后一个引号", "文字两头都用英文引号 \"…\""},
    {"the comment has no end", "注释没有结束", "以 */ 结束"},
    {"'==' is no operator", "“==”不是运算符", "相等写一个等号 ="},
    {"is followed at once by", "数字后面紧跟着文字",
     "单位写成 10 分、5 万元、3 %，能写的单位见 docs/packs.md；名称不以数字开头"},
    {"stands twice", "同一个名称写了两次", "改一个名称"},
    {"nested deeper", "公式套得太深", "拆成几个指标，或用 { } 给各部分起名"},
    {"chains more than", "公式太长", "拆成几个指标"},
};

}  // namespace

Wording in_chinese(const base::Error& error) {
  static const std::regex kExpected("(.*) is expected, not (.*)");
  static const std::regex kMeaningless("'(.*)' has no meaning here");
  std::smatch parts;
  if (std::regex_match(error.message, parts, kExpected)) {
    std::string found = chinese_part(parts[2]);
    bool end = found == "公式就结束了";
    return {"这里应当是" + chinese_part(parts[1]) + (end ? "，公式却结束了" : "，写的却是" + found),
            parts[1] == "the end of the expression"
                ? "前一项后面少了运算符或逗号，或者数的后面不是能写的单位；检查括号、then 和 else 是否成对"
                : "检查括号、then 和 else 是否成对，前一项后面是否少了运算符或逗号"};
  }
  if (std::regex_match(error.message, parts, kMeaningless))
    return {"公式里不能写“" + parts[1].str() + "”",
            "标点和运算符都用英文的：( ) , : < > <= >= != * /；百分数写成 3 %"};
  static const std::regex kFunction("unknown function '(.*)'");
  static const std::regex kArguments("'?([^' ]*)'? does not take (.*) arguments?");
  static const std::regex kNear("did you mean '(.*)'.*");
  static const std::regex kUsage("it is (.*)");
  if (std::regex_match(error.message, parts, kFunction)) {
    std::smatch near;
    bool found = std::regex_match(error.hint, near, kNear);
    return {"没有“" + parts[1].str() + "”这个函数",
            (found ? "是不是想写 " + near[1].str() + "？" : std::string()) +
                "常用的有 min、max、sum、count、abs、floor、ceiling、decimal"};
  }
  if (std::regex_match(error.message, parts, kArguments)) {
    std::smatch usage;
    if (!std::regex_match(error.hint, usage, kUsage))
      return {"“" + parts[1].str() + "”的括号里不是这样写的", error.hint};
    return {"“" + parts[1].str() + "”的括号里不是这样写的",
            "写成 " + std::regex_replace(usage[1].str(), std::regex(" or "), " 或 ")};
  }
  for (const Pattern& pattern : kPatterns)
    if (error.message.find(pattern.contains) != std::string::npos)
      return {std::string(pattern.message), std::string(pattern.hint)};
  return {"公式写法不对：" + error.message, error.hint.empty() ? "对照 docs/packs.md 里的例子" : error.hint};
}

}  // namespace guanhu::policy::detail
