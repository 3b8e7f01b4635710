// pack.toml: which regulatory checks are switched on, and with which limits.
#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/regulatory_kinds.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

class CheckReader {
 public:
  CheckReader(Draft& draft, Fields& fields, const Source& source, Report& report)
      : draft_(draft), fields_(fields), source_(source), report_(report) {}

  void read(const Node& item) {
    RegulatoryCheck out;
    if (item.kind == NodeKind::string) {
      const RegulatoryKind* kind = named(item, out);
      if (kind && kind->asked == Asked::compliance_and_risk)
        fields_.refuse(item, "policy.check.key", "“" + item.text + "”要说明哪些得分属于合规、哪些属于风险",
                       "写成 {name = \"" + item.text + "\", compliance = [\"…\"], risk = [\"…\"]}");
      else if (kind) keep(std::move(out), item);
    } else if (item.kind == NodeKind::table) {
      table(item, std::move(out));
    } else {
      fields_.refuse(item, "policy.key.type",
                     "checks 的每一项要是名称或 { }，这里写的是" + std::string(kind_name(item.kind)), examples());
    }
  }

 private:
  static std::string examples() { return "写成 checks = [\"score-cap\", {name = \"deferral\", at_least = 0.5}]"; }

  const RegulatoryKind* named(const Node& node, RegulatoryCheck& out) {
    out.name = node.text;
    const RegulatoryKind* kind = regulatory_kind(node.text);
    if (!kind) {
      std::vector<std::string> known;
      for (const RegulatoryKind& one : regulatory_kinds()) known.emplace_back(one.name);
      std::string near = nearest(node.text, known);
      fields_.refuse(node, "policy.check.unknown", "没有“" + node.text + "”这项监管检查",
                     (near.empty() ? "" : "是不是想写 " + near + "？") + std::string("可以写：") + joined(known));
      return nullptr;
    }
    for (const RegulatoryCheck& other : draft_.pack.checks)
      if (other.name == out.name) {
        fields_.refuse(node, "policy.key.repeated", "“" + out.name + "”在 checks 里写了两次", "合成一项");
        return nullptr;
      }
    return kind;
  }

  void table(const Node& item, RegulatoryCheck out) {
    Fields one(source_, item, item.at, "checks 的一项", report_);
    const Node* name = one.node("name", NodeKind::string, true, examples());
    const RegulatoryKind* kind = name ? named(*name, out) : nullptr;
    if (!kind) return fields_.mark_unsound();
    if (!kind->limit.empty()) out.limit = limit(one, kind->limit);
    if (kind->asked == Asked::deferral) out.share = one.optional_text("share");
    if (kind->asked == Asked::compliance_and_risk) {
      out.compliance = one.texts("compliance", true);
      out.risk = one.texts("risk", true);
    }
    out.except = one.texts("except", false);
    out.why = one.optional_text("why");
    if (out.except.empty() != trim(out.why).empty())
      one.refuse(out.except.empty() ? "why" : "except", "policy.check.key",
                 out.except.empty() ? "why 说的是 except 里各项的理由，这里没有 except" : "例外没有写明理由",
                 "except = [\"名称\"] 和 why = \"为什么可以不合\" 一起写");
    if (one.finish()) keep(std::move(out), item);
    else fields_.mark_unsound();
  }

  std::optional<base::Decimal> limit(Fields& one, std::string_view key) {
    auto out = one.optional_number(key);
    if (out && (*out <= base::Decimal(0) || *out > base::Decimal(1)))
      one.refuse(key, "policy.check.key", std::string(key) + " 要大于 0、不超过 1", "30% 写成 0.3");
    return out;
  }

  void keep(RegulatoryCheck out, const Node& item) {
    draft_.pack.checks.push_back(std::move(out));
    draft_.check_places.push_back(item.at);
  }

  Draft& draft_;
  Fields& fields_;
  const Source& source_;
  Report& report_;
};

}  // namespace

void read_checks(Draft& draft, Fields& fields, const Source& source, Report& report) {
  const Node* list = fields.node("checks", NodeKind::list, false);
  if (!list) return;
  CheckReader reader(draft, fields, source, report);
  for (const Node& item : list->items) reader.read(item);
}

}  // namespace guanhu::policy::detail
