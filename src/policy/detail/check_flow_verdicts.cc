// What is found wrong, in words.
#include <algorithm>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow.h"
#include "policy/detail/check_flow_scope.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

using feel::NodeKind;

namespace {

std::string nearest_of(const std::string& word, const std::vector<std::string>& words) {
  std::string near = nearest(word, words);
  return (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("可以写：") + joined(words);
}

// Where the word stands in the formula, if it does.
const feel::Node& literal_of(const feel::Node& tree, const std::string& word) {
  const feel::Node* out = &tree;
  feel::walk(tree, [&](const feel::Node& node) {
    if (node.kind == NodeKind::literal && node.value.is(feel::Kind::string) && node.value.text() == word)
      out = &node;
    return true;
  });
  return *out;
}

}  // namespace

Info Flow::need(const Node& node, Info info, const char* what) {
  if (!info.null) return info;
  std::string shown = node.kind == NodeKind::name && node.text == "?" ? "这一列的值" : "“" + text(node) + "”";
  if (quiet_ == 0)
    say(node.range, codes::kNull,
        node.kind == NodeKind::literal ? "null 不能" + std::string(what)
        : info.only_null()             ? shown + "在这里没有值(null)，不能拿来" + what
                                       : shown + "可能没有值(null)，不能直接拿来" + what,
        info.only_null() ? "判断有没有值写成 = null 或 != null；检查 then 和 else 有没有写反"
                         : "先判断：if " + (node.text == "?" ? "…" : text(node)) + " = null then … else …");
  info.null = false;
  return info;
}

void Flow::units(const Node& at, const Info& a, const Info& b, std::string_view verb) {
  if (a.kind != TypeKind::number || b.kind != TypeKind::number || Unit::agree(a.unit, b.unit)) return;
  say(at.range, codes::kUnit, a.unit.str() + "不能和" + b.unit.str() + std::string(verb),
      Unit::advice(a.unit, b.unit));
}

void Flow::nonzero(const Node& divisor, const Info& info) {
  if (!info.may_be_zero()) return;
  say(divisor.range, codes::kZero,
      info.surely_zero() ? "除数是零" : "除数“" + text(divisor) + "”可能是零，没有写明那时怎么办",
      info.surely_zero() ? "改一个除数" : "先判断：if " + text(divisor) + " = 0 then … else …");
}

// Whether the literal is no word of the subject's type at all, whatever has been shown about it here.
bool Flow::word(const Node& at, const Info& literal, const Node& subject) {
  Info allowed;
  {
    Quiet quiet(*this);
    auto shown = std::exchange(facts_, {});
    allowed = infer(subject);
    facts_ = std::move(shown);
  }
  if (!disjoint(literal, allowed)) return false;
  say(at.range, codes::kWord, "“" + literal.words->front() + "”不在允许的值里",
      nearest_of(literal.words->front(), *allowed.words));
  return true;
}

void Flow::fits(const Node& at, const Info& given, const Info& wanted, const std::string& where) {
  if (given.null && wanted.sure && !wanted.null && wanted.kind != TypeKind::any)  // `any` takes null too
    say(at.range, codes::kNullResult, where + "可能没有值(null)，说明的类型却不允许",
        "写明没有值时怎么办，或者在类型后面加 ?");
  if (!given.value || !given.known() || !wanted.known()) return;
  if (given.kind != wanted.kind)
    return say(
        at.range, codes::kType,
        where + "要是" + std::string(chinese(wanted.kind)) + "，这里给出的是" + std::string(chinese(given.kind)),
        "改公式或者改类型");
  if (given.kind == TypeKind::number && !Unit::agree(given.unit, wanted.unit))
    say(at.range, codes::kUnit, where + "要是" + wanted.unit.str() + "，这里算出来的是" + given.unit.str(),
        Unit::advice(given.unit, wanted.unit));
  if (given.words && wanted.words)
    for (const std::string& word : *given.words)
      if (std::find(wanted.words->begin(), wanted.words->end(), word) == wanted.words->end()) {
        say(literal_of(at, word).range, codes::kWord, where + "可能是“" + word + "”，不在允许的值里",
            nearest_of(word, *wanted.words));
        return;
      }
  if (given.kind == TypeKind::list && given.element && wanted.element)
    fits(at, *given.element, *wanted.element, where + "的每一项");
}

}  // namespace guanhu::policy::detail
