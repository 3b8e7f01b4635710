#include "appraisal/pay_explain.h"

#include <algorithm>
#include <set>

#include "base/json_member.h"
#include "policy/decide.h"

namespace guanhu::appraisal {

namespace {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr int kDeepest = 3;  // lines below lines: what is deeper is opened by itself
constexpr const char* kYuan = "元";

Json number_of(const std::string& text) {
  auto number = Decimal::parse(text);
  return number ? Json(*number) : Json();
}

// Lists and contexts as one reads them: "产品 手机银行, 数量 3; ...".
std::string in_words(const Json& value) {
  std::string out;
  if (const auto* items = value.as_array()) {
    for (const Json& item : *items) out += (out.empty() ? "" : "；") + in_words(item);
    return out.empty() ? "没有" : out;
  }
  if (const auto* members = value.as_object()) {
    for (const auto& [name, member] : *members) out += (out.empty() ? "" : "，") + name + " " + in_words(member);
    return out;
  }
  if (const bool* yes = value.as_bool()) return *yes ? "是" : "否";
  const std::string* text = value.as_string();
  return text ? *text : value.is_null() ? "没有" : value.dump();
}

Json plain_value(const Json& value) {
  return value.as_number() || value.as_string() || value.is_null() ? value : Json(in_words(value));
}

Node leaf(const char* kind, const std::string& name, Json value, const std::string& unit = "") {
  Node out;
  out.kind = kind, out.name = name, out.value = std::move(value), out.unit = unit;
  return out;
}

// Paths in the drawer go by names: two of one name under a node would open the same.
void put(std::vector<Node>& into, Node node) {
  const std::string name = node.name;
  for (int n = 2; std::any_of(into.begin(), into.end(), [&](const Node& x) { return x.name == node.name; }); ++n)
    node.name = name + " (" + std::to_string(n) + ")";
  into.push_back(std::move(node));
}

const policy::Parameter* parameter_in(const policy::Pack& pack, const std::string& name, const policy::Pack*& of) {
  for (const auto& one : pack.parameters)
    if (one.name == name) return of = &pack, &one;
  for (const auto& next : pack.imports)
    if (const auto* found = parameter_in(*next, name, of)) return found;
  return nullptr;
}

void refusals_in(const policy::Pack& pack, std::set<std::string>& out) {
  for (const auto& decision : pack.decisions)
    for (const auto& refusal : decision.refusals) out.insert(refusal.message);
  for (const auto& next : pack.imports) refusals_in(*next, out);
}

class Opening {
 public:
  explicit Opening(const SlipQuestion& question) : q_(question) {
    if (q_.pack) refusals_in(*q_.pack, refusals_);
  }

  base::Result<Node> figure(const std::string& name) const {
    if (const Json* line = line_named(name)) return line_node(*line, 0);
    for (const char* sum : {"应发合计", "扣款合计", "保证金合计"})
      if (name == sum) return sum_node(name, "", 0);
    if (name == kNetName) return net_node();
    std::string known;
    for (const Json& one : list_in(*q_.slip, "lines")) known += text_in(one, "line") + "、";
    return Error{"explain.figure", "工资单上没有“" + name + "”", "figure",
                 known + "应发合计、扣款合计、保证金合计、实发"};
  }

 private:
  const Json* line_named(const std::string& name) const {
    for (const Json& one : list_in(*q_.slip, "lines"))
      if (text_in(one, "line") == name) return &one;
    return nullptr;
  }

  Node net_node() const {
    Node out = leaf("pay_sum", kNetName, number_of(text_in(*q_.slip, "net")), kYuan);
    out.formula = "应发合计 - 扣款合计 - 保证金合计";
    for (const char* sum : {"应发合计", "扣款合计", "保证金合计"}) put(out.children, sum_node(sum, "", 1));
    return out;
  }

  // The sum of the lines of a kind, up to the line named ("": all of them), which is what that line was told.
  Node sum_node(const std::string& name, const std::string& before, int depth) const {
    const std::string kind = name == "应发合计" ? "应发" : name == "扣款合计" ? "扣款" : "保证金";
    Decimal sum = 0;
    Node out = leaf("pay_sum", name, Json(), kYuan);
    for (const Json& one : list_in(*q_.slip, "lines")) {
      const std::string line = text_in(one, "line");
      if (line == before) break;
      if (text_in(one, "kind") != kind) continue;
      sum = *Decimal::add(sum, Decimal::parse(text_in(one, "amount")).value());
      out.formula += (out.formula.empty() ? "" : " + ") + line;
      put(out.children, line_node(one, depth + 1));
    }
    out.value = Json(sum);
    if (out.children.empty()) out.formula = "0";
    return out;
  }

  Node line_node(const Json& line, int depth) const {
    Node out = leaf("pay_line", text_in(line, "line"), number_of(text_in(line, "amount")), kYuan);
    out.fields = {{"pay_kind", text_in(line, "kind")},
                  {"pay_way", text_in(line, "way")},
                  {"decision", text_in(line, "decision")},
                  {"pay_run", q_.run->id}};
    if (const Json* error = line.find("error"); error && !error->is_null()) {
      out.value = Json(), out.reason = text_in(*error, "message");
      if (std::string where = text_in(*error, "where"); !where.empty()) out.reason += "：" + where;
    }
    if (!q_.pack)
      out.fields.emplace_back("note",
                              "计算时的制度包 " + q_.run->pack_hash.substr(0, 12) + " 已经找不到，只有留存的数");
    set_article(out, text_in(line, "decision"));
    if (depth > kDeepest) return out;
    const std::string way = text_in(line, "way");
    if (way == "按日" && !list_in(line, "parts").empty()) by_day(out, line, depth);
    else if (way == pay_way_word(PayWay::correction)) corrected(out, line);
    else if (way == "合办") joint(out, line, depth);
    else if (way == "分池") pool(out, line, depth);
    else asked(out, text_in(line, "decision"), text_in(line, "part"), list_in(line, "inputs"), out.name, depth);
    return out;
  }

  void set_article(Node& out, const std::string& decision) const {
    const size_t slash = decision.find('/');
    const policy::Decision* found =
        q_.pack && slash != decision.npos ? q_.pack->decision(decision.substr(slash + 1)) : nullptr;
    if (found) out.origin = &found->origin, out.pack = q_.pack->id;
  }

  // What the decision was told, its steps with the numbers put in, and its result's formula on the node itself.
  void asked(Node& out, const std::string& decision, const std::string& part, const JsonArray& inputs,
             const std::string& line, int depth) const {
    set_article(out, decision);
    JsonObject input;
    for (const Json& one : inputs) {
      input.emplace_back(text_in(one, "name"), *one.find("value"));
      put(out.children, input_node(one, line, depth));
    }
    const size_t slash = decision.find('/');
    if (!q_.pack || slash == decision.npos) return;
    policy::AskOptions options;
    options.trace = true;
    auto answer = policy::decide(*q_.pack, decision.substr(slash + 1), Json(std::move(input)), q_.on, options);
    if (answer.ok() && answer->trace) steps(out, *answer->trace, part);
  }

  // The step that gives the result is the node's own formula; those before it stand below.
  void steps(Node& out, const Json& trace, const std::string& part) const {
    const JsonArray& all = *trace.as_array();
    size_t last = all.size();
    for (size_t i = 0; i < all.size(); ++i)
      if (!text_in(all[i], "formula").empty() && (part.empty() || text_in(all[i], "name") == part)) last = i;
    if (last < all.size()) out.formula = text_in(all[last], "formula");
    std::set<std::string> known;
    for (const Node& child : out.children) known.insert(child.name);
    std::vector<Node> below;
    for (size_t i = 0; i < all.size() && i <= last; ++i) {
      if (refusals_.count(text_in(all[i], "name"))) continue;
      if (i == last) {
        if (const Json* parts = all[i].find("parts")) values_in(*parts, known, below);
      } else if (const Json* value = all[i].find("value"); value && !text_in(all[i], "formula").empty()) {
        Node step = leaf("pay_step", text_in(all[i], "name"), plain_value(*value));
        step.formula = text_in(all[i], "formula");
        std::set<std::string> own;
        if (const Json* parts = all[i].find("parts")) values_in(*parts, own, step.children);
        // Of one name the last is the one that later steps read.
        std::erase_if(below, [&](const Node& x) { return x.name == step.name; });
        if (known.insert(step.name).second || step.children.size()) below.push_back(std::move(step));
      }
    }
    for (Node& one : below)
      if (std::none_of(out.children.begin(), out.children.end(),
                       [&](const Node& x) { return x.name == one.name; }))
        out.children.push_back(std::move(one));
  }

  // The names a formula used, with the values they had; parameters with the article they come from.
  void values_in(const Json& parts, std::set<std::string>& known, std::vector<Node>& out) const {
    if (!parts.as_array()) return;
    for (const Json& part : *parts.as_array()) {
      const std::string text = text_in(part, "text");
      const bool name = !text.empty() && text.find_first_of(" ()[]{}+-*/=<>\"',.\n") == text.npos &&
                        !(text[0] >= '0' && text[0] <= '9');
      const Json* value = part.find("value");
      const bool is_function = value && value->as_string() && *value->as_string() == text;
      if (name && value && !is_function && known.insert(text).second) {
        const policy::Pack* of = nullptr;
        const policy::Parameter* parameter = q_.pack ? parameter_in(*q_.pack, text, of) : nullptr;
        Node node = leaf(parameter ? "parameter" : "pay_value", text, plain_value(*value));
        if (parameter) node.origin = &parameter->origin, node.pack = of->id;
        out.push_back(std::move(node));
      }
      if (const Json* inner = part.find("parts")) values_in(*inner, known, out);
    }
  }

  Node input_node(const Json& input, const std::string& line, int depth) const {
    const std::string name = text_in(input, "name");
    const Json* source = input.find("source");
    const std::string kind = source ? text_in(*source, "kind") : "";
    if (kind == "line")
      if (const Json* other = line_named(text_in(*source, "line"))) return line_node(*other, depth + 1);
    if (kind == "given" && name.ends_with("合计") && name != "权数合计" && depth < kDeepest)
      return sum_node(name, line, depth + 1);
    Node out = leaf("pay_input", name, plain_value(*input.find("value")));
    if (source) {
      out.fields.emplace_back("source", kind);
      if (std::string document = text_in(*source, "document"); !document.empty())
        out.fields.emplace_back("document", document);
      if (kind == "run")
        out.fields.emplace_back("scheme", text_in(*source, "scheme")),
            out.fields.emplace_back("period", text_in(*source, "period"));
      if (q_.open && depth <= kDeepest) out.children = q_.open(*source);
    }
    return out;
  }

  void by_day(Node& out, const Json& line, int depth) const {
    const JsonArray& parts = list_in(line, "parts");
    const Json& only = parts.front();
    const bool whole = parts.size() == 1 && only.find("days")->dump() == only.find("of_days")->dump();
    if (whole)
      return asked(out, text_in(line, "decision"), text_in(line, "part"), list_in(only, "inputs"), out.name,
                   depth);
    for (const Json& one : parts) {
      Node stretch = leaf("pay_stretch", text_in(one, "from") + " – " + text_in(one, "to"),
                          number_of(text_in(one, "amount")), kYuan);
      stretch.formula = "全期金额 * 天数 / 期间天数";
      Node full = leaf("pay_line", "全期金额", number_of(text_in(one, "full")), kYuan);
      asked(full, text_in(line, "decision"), text_in(line, "part"), list_in(one, "inputs"), out.name, depth + 1);
      stretch.children = {std::move(full), leaf("pay_value", "天数", *one.find("days"), "天"),
                          leaf("pay_value", "期间天数", *one.find("of_days"), "天")};
      out.formula += (out.formula.empty() ? "" : " + ") + ("“" + stretch.name + "”");
      put(out.children, std::move(stretch));
    }
    out.fields.emplace_back("note",
                            "期间里职级、登记或在岗有变，按天数分段；尾差用最大余数法落到分，各段相加正好是本行");
  }

  void joint(Node& out, const Json& line, int depth) const {
    for (const Json& one : list_in(line, "parts")) {
      Node piece = leaf("pay_joint", text_in(one, "title"), number_of(text_in(one, "amount")), kYuan);
      piece.formula = "整笔 * 份额 / 份额合计";
      piece.fields = {{"document", text_in(one, "document")}, {"from", text_in(one, "on")}};
      Node whole = leaf("pay_line", "整笔", number_of(text_in(one, "whole")), kYuan);
      asked(whole, text_in(line, "decision"), text_in(line, "part"), list_in(one, "inputs"), out.name, depth + 1);
      piece.children = {std::move(whole), leaf("pay_value", "份额", number_of(text_in(one, "weight")))};
      if (q_.open)
        for (Node& more : q_.open(JsonObject{{"kind", "joint"}, {"joint", *one.find("joint")}}))
          put(piece.children, std::move(more));
      out.formula += (out.formula.empty() ? "" : " + ") + ("“" + piece.name + "”");
      put(out.children, std::move(piece));
    }
    if (out.children.empty()) out.fields.emplace_back("note", "期间里没有登记和本人有关的合办业务");
  }

  // Each piece leads to the line of the earlier run that it corrects.
  void corrected(Node& out, const Json& line) const {
    for (const Json& one : list_in(line, "parts")) {
      Node piece = leaf("pay_correction", text_in(one, "period") + " " + text_in(one, "line"),
                        number_of(text_in(one, "amount")), kYuan);
      piece.formula = text_in(one, "left") == "0.00" ? "应为 - 当时 - 已更正" : "应为 - 当时 - 已更正 - 留待以后";
      piece.fields = {{"pay_kind", text_in(one, "kind")}, {"pay_way", text_in(line, "way")}};
      std::string causes;
      for (const Json& cause : list_in(one, "causes"))
        causes += (causes.empty() ? "" : "；") + text_in(cause, "name") + " 由 " + in_words(*cause.find("was")) +
                  " 变为 " + in_words(*cause.find("now"));
      if (!causes.empty()) piece.fields.emplace_back("note", causes);
      if (q_.open) piece.children = q_.open(JsonObject{{"kind", "correction"}, {"piece", one}});
      out.formula += (out.formula.empty() ? "" : " + ") + ("“" + piece.name + "”");
      put(out.children, std::move(piece));
    }
    out.fields.emplace_back("note", "以前期间发放以后才知道的，差多少在这里补上或者扣回，只记一次");
  }

  void pool(Node& out, const Json& line, int depth) const {
    if (list_in(line, "parts").empty())
      return asked(out, text_in(line, "decision"), text_in(line, "part"), list_in(line, "inputs"), out.name,
                   depth);
    const Json& part = list_in(line, "parts").front();
    out.formula = "池 * 权数 / 权数合计";
    Node pool = leaf("pay_pool", "池", number_of(text_in(part, "whole")), kYuan);
    pool.fields.emplace_back("reach", text_in(part, "pool"));
    asked(pool, text_in(part, "decision"), "", list_in(part, "inputs"), out.name, depth + 1);
    Node weight = leaf("pay_weight", "权数", number_of(text_in(part, "weight")));
    asked(weight, text_in(line, "decision"), text_in(line, "part"), list_in(line, "inputs"), out.name, depth + 1);
    out.children = {std::move(pool), std::move(weight),
                    leaf("pay_value", "权数合计", number_of(text_in(part, "of_weights"))),
                    leaf("pay_value", "人数", *part.find("people"), "人")};
    out.fields.emplace_back("note", "尾差用最大余数法落到分，全池各人相加正好是池");
  }

  const SlipQuestion& q_;
  std::set<std::string> refusals_;
};

}  // namespace

base::Result<Node> explain_pay(const SlipQuestion& question, const std::string& figure) {
  return Opening(question).figure(figure);
}

Node fact_node(const PeopleFact& fact) {
  Node out = leaf("pay_fact", fact.name + " 登记 " + std::to_string(fact.id), plain_value(fact.value));
  out.fields = {{"document", fact.document},
                {"from", fact.from.str()},
                {"to", fact.to ? Json(fact.to->str()) : Json()},
                {"of", fact.of},
                {"subject", fact.subject},
                {"recorded_by", fact.by},
                {"recorded_at", fact.at}};
  if (!fact.reason.empty()) out.fields.emplace_back("note", fact.reason);
  if (!fact.withdrawn_at.empty()) out.reason = "算完以后撤回了：" + fact.withdrawn_why;
  return out;
}

Node grade_node(const GradeStep& step) {
  Node out = leaf("pay_grade", step.grade + " 自 " + step.from.str(), Json(step.grade));
  out.fields = {{"document", step.document},      {"from", step.from.str()},        {"body", step.body},
                {"recorded_by", step.decided_by}, {"recorded_at", step.decided_at}, {"note", step.reason}};
  if (step.corrected_by) out.reason = "算完以后更正了";
  return out;
}

}  // namespace guanhu::appraisal
