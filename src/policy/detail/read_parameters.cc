// `parameter` blocks: numbers, words, dates and lists that a bank may change, each with its dates.
#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"
#include "policy/detail/words.h"

namespace guanhu::policy::detail {

namespace {

std::optional<feel::Value> constant_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::number: return feel::Value(node.number);
    case NodeKind::string: return feel::Value::string(node.text);
    case NodeKind::boolean: return feel::Value(node.boolean);
    case NodeKind::date: return feel::Value::date(node.date.days());
    case NodeKind::list: {
      std::vector<feel::Value> items;
      for (const Node& item : node.items) {
        auto value = item.kind == NodeKind::list ? std::nullopt : constant_of(item);
        if (!value || (!items.empty() && items.front().kind() != value->kind())) return std::nullopt;
        items.push_back(std::move(*value));
      }
      return feel::Value::list(std::move(items));
    }
    default: return std::nullopt;
  }
}

class ParameterReader {
 public:
  ParameterReader(Draft& draft, Report& report, const Block& block)
      : draft_(draft), report_(report), block_(block) {}
  void read(const Entry& entry);

 private:
  std::vector<const Node*> stretches(const Entry& entry);
  DatedValue dated_value(Fields& fields, const Node& stretch);
  std::string unit(Fields& fields, bool required);
  bool stretch(Parameter& out, const Node& node, Place at);

  Draft& draft_;
  Report& report_;
  const Block& block_;
};

DatedValue ParameterReader::dated_value(Fields& fields, const Node& stretch) {
  DatedValue out;
  const Entry* value = stretch.find("value");
  fields.node("value", value ? value->value.kind : NodeKind::number, true);
  if (value) {
    auto constant = constant_of(value->value);
    if (!constant)
      fields.refuse("value", "policy.parameter.value", "这里不能写这样的值",
                    "可以写数字 50000、文字 \"甲\"、true、日期 2024-01-01，或同一种值的列表 [\"甲\", \"乙\"]");
    out.constant = constant.value_or(feel::Value());
    if (value->value.kind == NodeKind::number) out.value = value->value.number;
  }
  out.from = fields.optional_date("from");
  out.to = fields.optional_date("to");
  if (!out.from) out.from = block_.from ? block_.from : draft_.pack.from;
  if (!out.to) out.to = block_.to ? block_.to : draft_.pack.to;
  if (out.from && out.to && *out.to < *out.from)
    fields.refuse("to", "policy.parameter.dates", "止日早于起日", "to 是有效的最后一天，不早于 from");
  return out;
}

std::string ParameterReader::unit(Fields& fields, bool required) {
  const Node* node = fields.node("unit", NodeKind::string, required);
  if (!node || is_unit(node->text)) return node ? node->text : "";
  std::vector<std::string> units(std::begin(kUnits), std::end(kUnits));
  fields.refuse(*node, "policy.unit", "不认识的单位“" + node->text + "”",
                "可以写：" + joined(units) + "，或者两个单位相除，如 元/户");
  return "";
}

// The tables of a parameter, one for each stretch of dates; none: reported.
std::vector<const Node*> ParameterReader::stretches(const Entry& entry) {
  const Node& node = entry.value;
  std::vector<const Node*> out;
  if (node.kind == NodeKind::table) out.push_back(&node);
  if (node.kind == NodeKind::list)
    for (const Node& item : node.items)
      if (item.kind == NodeKind::table) out.push_back(&item);
  bool tables = !out.empty() && (node.kind == NodeKind::table || out.size() == node.items.size());
  if (tables && valid_name(entry.key)) return out;
  draft_.broken_names.insert(entry.key);
  if (!tables)
    report_.add(*block_.source, entry.at, "policy.parameter", "参数“" + entry.key + "”要写成一段",
                "写成 [\"" + entry.key + "\"]，下面各占一行写 value = … 和 unit = …");
  else
    report_.add(*block_.source, entry.at, "policy.name", "“" + entry.key + "”不能作名称",
                "名称由汉字、字母、数字和下划线组成，不以数字开头");
  return {};
}

bool ParameterReader::stretch(Parameter& out, const Node& node, Place at) {
  Fields fields(*block_.source, node, at, "参数“" + out.name + "”", report_);
  bool first = out.values.empty();
  out.values.push_back(dated_value(fields, node));
  bool number = out.values.back().constant.is_number() || !node.find("value");
  std::string unit_here = unit(fields, first && number);
  if (out.unit.empty()) out.unit = unit_here;
  if (!unit_here.empty() && unit_here != out.unit)
    fields.refuse("unit", "policy.parameter.unit", "同一个参数前后单位不同：" + out.unit + "、" + unit_here,
                  "各段用同一个单位；单位只写在第一段也可以");
  if (!number && !unit_here.empty())
    fields.refuse("value", "policy.key.type",
                  "value 要的是数字，这里写的是" + std::string(kind_name(node.find("value")->value.kind)),
                  "有单位的写成 value = 50000，不加引号、单位和千分号；文字和列表不写 unit");
  if (!first && out.values.front().constant.kind() != out.values.back().constant.kind())
    fields.refuse("value", "policy.parameter.value", "同一个参数前后不是同一种值", "各段写同一种值");
  if (std::string note = fields.optional_text("note"); !note.empty())
    out.note += (out.note.empty() ? "" : "\n") + note;
  if (fields.optional_boolean("to_confirm").value_or(false)) out.to_confirm = true;
  if (std::string article = fields.optional_text("article"); !article.empty()) out.origin.article = article;
  for (std::string& rule : fields.texts("rules", false)) out.origin.rules.push_back(std::move(rule));
  return fields.finish();
}

void ParameterReader::read(const Entry& entry) {
  std::vector<const Node*> all = stretches(entry);
  if (all.empty()) return;
  Parameter out;
  out.name = entry.key;
  out.decision = block_.name;
  out.origin = block_.origin;
  out.origin.line = entry.at.line;
  bool sound = true;
  Node body;
  body.kind = NodeKind::list;
  body.at = entry.at;
  for (const Node* node : all) {
    Place at = entry.value.kind == NodeKind::table ? entry.at : node->at;
    sound = stretch(out, *node, at) && sound;
    body.items.push_back(*node);
    body.items.back().at = at;
  }
  if (out.to_confirm && out.note.empty())
    report_.add(*block_.source, entry.at, "policy.parameter.note", "参数“" + entry.key + "”待确认，却没有说明理由",
                "写上 note = \"…\"：原文为什么定不下来，这里取了什么值");
  draft_.elements.push_back({ElementKind::parameter, out.name, draft_.pack.parameters.size(), block_.source,
                             entry.at, std::move(body), sound});
  draft_.pack.parameters.push_back(std::move(out));
}

}  // namespace

void read_parameters(Draft& draft, Report& report, const Block& block, const Node& body) {
  if (body.entries.empty())
    report.add(*block.source, block.kind_at, "policy.block.empty", "parameter 块是空的",
               "写成 [\"名称\"]，下面写 value = … 和 unit = …");
  ParameterReader reader(draft, report, block);
  for (const Entry& entry : body.entries) reader.read(entry);
}

}  // namespace guanhu::policy::detail
