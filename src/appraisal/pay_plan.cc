#include "appraisal/pay_plan.h"

#include <algorithm>
#include <set>

#include "appraisal/pay_correct.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;

constexpr const char* kPlan = "pay-plan";
constexpr std::string_view kKinds[] = {"应发", "扣款", "保证金", "列示"};
constexpr std::string_view kWays[] = {"本人", "按日", "合办", "分池"};
constexpr std::string_view kCorrection = "更正";

Error bad(const std::string& where, const std::string& what) {
  return Error{"pay.plan", what, where, "在制度包里改正，写法见 docs/pay-and-grades.md"};
}

template <size_t N>
int word_in(const std::string_view (&words)[N], const std::string& word) {
  auto at = std::find(std::begin(words), std::end(words), word);
  return at == std::end(words) ? -1 : static_cast<int>(at - std::begin(words));
}

base::Result<PayLine> read_line(const policy::Pack& pack, const Json& one, const std::string& where) {
  PayLine out;
  std::string kind, way, reach;
  struct Member {
    const char* name;
    std::string* to;
    bool required;
  };
  for (auto [name, to, required] :
       {Member{"行", &out.name, true}, Member{"种类", &kind, true}, Member{"方式", &way, true},
        Member{"决定", &out.decision, true}, Member{"部分", &out.part, false}, Member{"池", &out.pool, false},
        Member{"池部分", &out.pool_part, false}, Member{"池范围", &reach, false}}) {
    auto text = plan_text(one, name, where, required);
    if (!text.ok()) return text.error();
    *to = *text;
  }
  int k = word_in(kKinds, kind), w = word_in(kWays, way);
  if (k < 0) return bad(where, "“" + kind + "”不是应发、扣款、保证金或列示");
  if (w < 0) return bad(where, "“" + way + "”不是本人、按日、合办或分池");
  out.kind = static_cast<PayKind>(k), out.way = static_cast<PayWay>(w);
  if ((out.way == PayWay::pool) != !out.pool.empty()) return bad(where, "分池的行要写池，别的行不写");
  if (out.way == PayWay::pool && reach != "全行" && reach != "支行") return bad(where, "池范围要写全行或支行");
  out.pool_by_branch = reach == "支行";
  for (const std::string& decision : {out.decision, out.pool})
    if (!decision.empty() && !pack.decision(decision))
      return bad(where, "制度包 " + pack.id + " 没有决策 " + decision);
  return out;
}

// Names that are told without being recorded.
const std::set<std::string>& given_names() {
  static const std::set<std::string> names = {"职级",     "考核总分",   "考核等级", "期间起日", "期间止日",
                                              "期间月数", "发放日期",   "期间天数", "在岗天数", "应发合计",
                                              "扣款合计", "保证金合计", "人数",     "权数合计"};
  return names;
}

}  // namespace

std::string_view pay_kind_word(PayKind kind) { return kKinds[static_cast<size_t>(kind)]; }
std::string_view pay_way_word(PayWay way) {
  return way == PayWay::correction ? kCorrection : kWays[static_cast<size_t>(way)];
}

base::Result<PayPlan> read_pay_plan(const policy::Pack& pack, base::Date on) {
  const policy::Decision* decision = pack.decision(kPlan);
  if (!decision) return bad(pack.id, "制度包 " + pack.id + " 没有写工资方案（pay-plan）");
  NamedAnswer answer = ask_named(pack, kPlan, Names(), on);
  if (answer.error) return *answer.error;
  const base::JsonArray* lines = answer.result.as_array();
  if (!lines || lines->empty()) return bad(pack.id + "/" + kPlan, "工资方案要是一列行");
  PayPlan out{pack.id, pack.hash, pack.title, {}};
  std::set<std::string> names = given_names();
  for (size_t i = 0; i < lines->size(); ++i) {
    const std::string where = pack.id + "/" + kPlan + "[" + std::to_string(i + 1) + "]";
    auto line = read_line(pack, (*lines)[i], where);
    if (!line.ok()) return line.error();
    if (is_correction_line(line->name)) return bad(where, "行名“" + line->name + "”留给以前期间的更正");
    if (!names.insert(line->name).second) return bad(where, "行名“" + line->name + "”用过了");
    out.lines.push_back(std::move(*line));
  }
  return out;
}

std::vector<PayNeed> needs_of(const policy::Pack& pack, const PayPlan& plan) {
  std::set<std::string> told = given_names();
  std::vector<PayNeed> out;
  std::set<std::string> listed;
  for (const PayLine& line : plan.lines) {
    for (const std::string& name : {line.decision, line.pool}) {
      const policy::Decision* decision = name.empty() ? nullptr : pack.decision(name);
      if (!decision) continue;
      for (const policy::Field& field : decision->inputs)
        if (!told.count(field.name) && listed.insert(field.name).second)
          out.push_back({line.name, name, field.name, field.type->str(), field.hint, field.optional});
    }
    told.insert(line.name);
  }
  return out;
}

}  // namespace guanhu::appraisal
