// `decision` and `function` blocks: what they need, how they are worked out.
#include <algorithm>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/read_table.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"

namespace guanhu::policy::detail {

namespace {

constexpr std::string_view kResult = "result";
// What a gate's reasons are made into; a function of policies/common.
constexpr std::string_view kGateFunction = "审查结论";

class DecisionReader {
 public:
  DecisionReader(const Draft& draft, Report& report, const Begun& at)
      : report_(report),
        at_(at),
        source_(*at.block.source),
        types_(
            source_, report, [&draft](std::string_view name) { return draft.type(name); }, draft.type_names()) {}

  std::vector<Field> fields(std::string_view key, bool required) {
    const Node* node =
        at_.fields.node(key, NodeKind::string, required,
                        std::string(key) + " = \"\"\"…\"\"\"，每行一个 名称: 类型，如 贷款金额: 元 >= 0");
    bool sound = true;
    std::vector<Field> out;
    if (node) out = types_.fields(text_of(*node), true, sound);
    if (!sound) at_.fields.mark_unsound();
    names_.insert(names_.end(), out.begin(), out.end());
    return out;
  }

  std::vector<Requirement> requirements();
  std::vector<Refusal> refusals();
  // The type named by `output`, or what the body tells; null when neither does (a gate, or broken).
  ValueTypePtr body(Body& out);

 private:
  const Node* text(std::string_view key) { return at_.fields.node(key, NodeKind::string, false); }
  TableReader tables() {
    return {source_, report_, [this](std::string_view name) { return type_of_name(name); }};
  }
  ValueTypePtr type_of_name(std::string_view name) const {
    for (auto known = names_.rbegin(); known != names_.rend(); ++known)
      if (known->name == name) return known->type;
    return nullptr;
  }
  void steps(const Text& all, Body& out);
  void step(const Text& text, Body& out);
  void single(Body& out, const Node& node, const ValueTypePtr& type, bool table);
  ValueTypePtr result_of_steps(Body& out, const ValueTypePtr& declared);
  void refuse(const Text& at, std::string code, std::string message, std::string hint) {
    at_.fields.mark_unsound();
    report_.add(source_, place_of(at), std::move(code), std::move(message), std::move(hint));
  }

  Report& report_;
  const Begun& at_;
  const Source& source_;
  TypeReader types_;
  std::vector<Field> names_;  // inputs and typed steps so far
};

std::vector<Requirement> DecisionReader::requirements() {
  std::vector<Requirement> out;
  const Node* node = text("requires");
  if (!node) return out;
  const std::string hint =
      "写成 频次 = routine-check-frequency，或 频次 = routine-check-frequency(业务日期: 检查日)";
  for (const Text& raw : lines_of(text_of(*node))) {
    Text line = trimmed(raw);
    size_t equals = find_equals(line.text);
    Text name = trimmed(part_of(line, 0, std::min(equals, line.text.size())));
    if (equals == std::string::npos || !valid_name(name.text)) {
      refuse(line, "policy.requires", "这一行要写 名称 = 决策", hint);
      continue;
    }
    Requirement one{name.text, "", name, {}};
    Text rest = trimmed(part_of(line, equals + 1, line.text.size()));
    size_t open = rest.text.find('(');
    one.decision = trim(std::string_view(rest.text).substr(0, open));
    if (open != std::string::npos && rest.text.back() == ')')
      for (const Text& argument : split(part_of(rest, open + 1, rest.text.size() - 1), ',')) {
        size_t width = 0, colon = find_colon(argument.text, width);
        if (colon == std::string::npos) refuse(argument, "policy.requires", "括号里要写 输入: 算式", hint);
        else
          one.arguments.push_back({std::string(trim(std::string_view(argument.text).substr(0, colon))),
                                   trimmed(part_of(argument, colon + width, argument.text.size()))});
      }
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Refusal> DecisionReader::refusals() {
  const Node* node = text("refuse");
  if (!node) return {};
  size_t before = report_.size();
  auto out = tables().refusals(text_of(*node));
  if (report_.size() != before) at_.fields.mark_unsound();
  return out;
}

// One step: "名称?: 类型 = 算式", the formula or table going on in the lines below, indented.
void DecisionReader::step(const Text& text, Body& out) {
  const std::string hint = "写成 名称: 类型 = 算式；名称以 _ 开头的是中间值，可以不写类型";
  size_t equals = find_equals(text.text);
  if (equals == std::string::npos) return refuse(trimmed(text), "policy.steps", "这一步没有等号", hint);
  Text head = trimmed(part_of(text, 0, equals));
  Step one;
  std::optional<Field> field;
  size_t width = 0, colon = find_colon(head.text, width);
  if (colon != std::string::npos) {
    field = types_.field(head, false, false);
    if (!field) return at_.fields.mark_unsound();
    one.name = field->name;
    one.at = field->at;
    one.type = field->type;
  } else {
    one.name = head.text;
    one.at = head;
    if (!valid_local_name(one.name))
      return refuse(head, "policy.name", "“" + one.name + "”不能作名称",
                    "由汉字、字母、数字和下划线组成，不以数字开头");
  }
  one.helper = one.name.starts_with("_");
  auto same = std::find_if(out.steps.begin(), out.steps.end(), [&](const Step& s) { return s.name == one.name; });
  if (same != out.steps.end())
    return refuse(one.at, "policy.name.repeated", "“" + one.name + "”已经算过了", "改一个名称");
  Text rest = trimmed(part_of(text, equals + 1, text.text.size()));
  if (rest.empty()) return refuse(one.at, "policy.steps", "“" + one.name + "”的等号后面没有算式", hint);
  if (is_table(rest.text)) {
    one.table = tables().table(rest, one.type);
    if (!one.table) return at_.fields.mark_unsound();
  } else {
    one.formula = std::move(rest);
  }
  if (field) names_.push_back(std::move(*field));  // before, the name may have been an input's
  out.steps.push_back(std::move(one));
}

// A step begins on a line that is not indented more than the first.
void DecisionReader::steps(const Text& all, Body& out) {
  auto indent = [](std::string_view line) { return line.find_first_not_of(" \t"); };
  size_t outer = std::string::npos, begin = std::string::npos;
  for (size_t at = 0; at < all.text.size();) {
    size_t end = std::min(all.text.find('\n', at), all.text.size());
    std::string_view line = std::string_view(all.text).substr(at, end - at);
    size_t blanks = indent(line);
    bool comment = blanks != line.npos && (line[blanks] == '#' || line.substr(blanks).starts_with("//"));
    if (blanks != line.npos && outer == std::string::npos && !comment) outer = blanks;
    if (blanks != line.npos && blanks <= outer) {
      if (begin != std::string::npos) step(part_of(all, begin, at), out);
      begin = comment ? std::string::npos : at;
    }
    at = end + 1;
  }
  if (begin != std::string::npos) step(part_of(all, begin, all.text.size()), out);
}

void DecisionReader::single(Body& out, const Node& node, const ValueTypePtr& type, bool table) {
  Step one;
  one.name = kResult;
  one.at = {"", at_.block.name_at.line, at_.block.name_at.column};
  one.type = type;
  Text whole = trimmed(text_of(node));
  if (table) {
    one.table = tables().table(whole, type);
    if (!one.table) return at_.fields.mark_unsound();
  } else {
    one.formula = std::move(whole);
  }
  out.steps.push_back(std::move(one));
  out.result = 0;
}

ValueTypePtr DecisionReader::result_of_steps(Body& out, const ValueTypePtr& declared) {
  ValueType context;
  context.kind = TypeKind::context;
  for (size_t i = 0; i < out.steps.size(); ++i) {
    Step& one = out.steps[i];
    if (one.name == kResult) {
      out.result = i;
      if (!one.type) one.type = declared;
    } else if (!one.helper) {
      if (!one.type) {
        refuse(one.at, "policy.steps.type", "结果“" + one.name + "”没有写类型",
               "写成 " + one.name + ": 类型 = …；只是中间值的，名称以 _ 开头");
        continue;
      }
      Field part;
      part.name = one.name;
      part.at = one.at;
      part.type = one.type;
      context.members.push_back(std::move(part));
    }
  }
  if (out.result && !context.members.empty())
    refuse(context.members.front().at, "policy.steps", "写了 result，就不能再有别的结果",
           "中间值的名称以 _ 开头；要几个结果就不写 result");
  if (out.result) return out.steps[*out.result].type;
  if (context.members.empty() && at_.fields.sound())
    refuse(text_of(*text("steps")), "policy.steps", "没有一步是结果", "给结果起名称和类型，或写 result: 类型 = …");
  if (declared) at_.fields.refuse("output", "policy.steps.type", "几个结果的类型写在各步里", "删去 output");
  return std::make_shared<const ValueType>(std::move(context));
}

ValueTypePtr DecisionReader::body(Body& out) {
  const Node* output = text("output");
  ValueTypePtr declared = output ? types_.type(text_of(*output)) : nullptr;
  if (output && !declared) at_.fields.mark_unsound();
  const Node *formula = text("formula"), *table = text("table"), *all = text("steps"), *gate = text("gate");
  int bodies = (formula != nullptr) + (table != nullptr) + (all != nullptr) + (gate != nullptr);
  if (bodies != 1) {
    report_.add(source_, at_.block.name_at, "policy.body",
                bodies == 0 ? "没有写怎么算" : "formula、table、steps、gate 只能写一个",
                "formula 是一个算式，table 是一张决策表，steps 是逐步算出的几个结果，gate 是逐条原因的审查");
    at_.fields.mark_unsound();
    return nullptr;
  }
  out.kind = formula ? BodyKind::formula : table ? BodyKind::table : all ? BodyKind::steps : BodyKind::gate;
  if ((formula || table) && !output) {
    at_.fields.refuse(
        "output", "policy.key.missing", "没有写结果的类型 output",
        "写成 output = \"甲 | 乙\"、output = \"元 >= 0\" 或 output = \"boolean\"；可能没有值的加问号");
    return nullptr;
  }
  if (formula || table) {
    single(out, formula ? *formula : *table, declared, table != nullptr);
    return declared;
  }
  if (all) {
    steps(text_of(*all), out);
    return result_of_steps(out, declared);
  }
  if (output)
    at_.fields.refuse("output", "policy.steps.type", "gate 的结果是结论和原因，不另写类型", "删去 output");
  Text reasons = text_of(*gate);
  Step first{"原因", reasons, true, nullptr, {}, tables().gate(reasons)};
  first.at.text.clear();
  if (!first.table) return at_.fields.mark_unsound(), nullptr;
  Step last{std::string(kResult),
            first.at,
            false,
            nullptr,
            {std::string(kGateFunction) + "(原因)", first.at.line, first.at.column},
            nullptr};
  out.steps = {std::move(first), std::move(last)};
  out.result = 1;
  return nullptr;
}

}  // namespace

void read_function(Draft& draft, Report& report, const Begun& at) {
  DecisionReader reader(draft, report, at);
  Function out;
  out.name = at.block.name;
  out.title = at.fields.optional_text("title");
  out.parameters = reader.fields("parameters", false);
  out.output = reader.body(out.body);
  out.origin = cite(at, false);
  keep(draft, at, ElementKind::function, draft.pack.functions.size());
  draft.pack.functions.push_back(std::move(out));
}

void read_decision(Draft& draft, Report& report, const Begun& at) {
  DecisionReader reader(draft, report, at);
  Decision out;
  out.id = at.block.name;
  out.title = at.fields.text("title").value_or("");
  out.question = at.fields.optional_text("question");
  out.origin = cite(at, true);
  out.inputs = reader.fields("inputs", true);
  out.requirements = reader.requirements();
  out.refusals = reader.refusals();
  out.output = reader.body(out.body);
  keep(draft, at, ElementKind::decision, draft.pack.decisions.size());
  draft.pack.decisions.push_back(std::move(out));
}

}  // namespace guanhu::policy::detail
