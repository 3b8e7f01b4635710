// `form` blocks: items, entries and standards by which people are judged by people.
#include <set>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"

namespace guanhu::policy::detail {

namespace {

constexpr size_t kItems = 30, kEntries = 60;  // of a form; of an item
const base::Decimal kHighest(1000);           // of a mark or a weight

class FormReader {
 public:
  FormReader(Draft& draft, Report& report, const Begun& at) : draft_(draft), report_(report), at_(at) {}

  void read() {
    Form out;
    out.id = at_.block.name;
    out.title = at_.fields.text("title").value_or("");
    out.note = at_.fields.optional_text("note");
    std::set<std::string> names;
    for (const Node* node : at_.fields.tables("item", true)) {
      FormItem next = item(*node);
      if (!names.insert(next.name).second) refuse(*node, "考评项“" + next.name + "”写了两次", "改一个名称");
      out.items.push_back(std::move(next));
    }
    if (out.items.size() > kItems) refuse_key("item", "考评项不能超过 30 个", "分成几张表");
    quality(out.quality);
    out.origin = cite(at_, true);
    keep(draft_, at_, ElementKind::form, draft_.pack.forms.size());
    draft_.pack.forms.push_back(std::move(out));
  }

 private:
  void refuse(const Node& node, std::string message, std::string hint) {
    at_.fields.refuse(node, "policy.form", std::move(message), std::move(hint));
  }
  void refuse_key(std::string_view key, std::string message, std::string hint) {
    at_.fields.refuse(key, "policy.form", std::move(message), std::move(hint));
  }

  FormItem item(const Node& node) {
    Fields fields(*at_.block.source, node, node.at, "[[item]] ", report_);
    FormItem out;
    out.name = fields.text("name").value_or("");
    base::Decimal full;
    std::set<std::string> names;
    for (const Node* one : fields.tables("entry", true)) {
      out.entries.push_back(entry(*one));
      full = base::Decimal::add(full, out.entries.back().full).value_or(full);
      if (!names.insert(out.entries.back().name).second)
        refuse(*one, "“" + out.name + "”里的项目“" + out.entries.back().name + "”写了两次", "改一个名称");
    }
    if (out.entries.size() > kEntries) refuse(node, "一个考评项不能超过 60 个项目", "分成几个考评项");
    out.weight = fields.optional_number("weight").value_or(full);
    if (out.weight <= base::Decimal(0) || out.weight > kHighest)
      refuse(node, "考评项“" + out.name + "”的权重要大于 0，不超过 1000", "写成 weight = 30");
    if (!fields.finish()) at_.fields.mark_unsound();
    return out;
  }

  FormEntry entry(const Node& node) {
    Fields fields(*at_.block.source, node, node.at, "[[item.entry]] ", report_);
    FormEntry out;
    out.name = fields.text("name").value_or("");
    out.content = fields.optional_text("content");
    out.standard = fields.text("standard").value_or("");
    out.may_skip = fields.optional_boolean("skip").value_or(false);
    out.rules = fields.node("rules", NodeKind::list, false) ? fields.texts("rules", false) : out.rules;
    const Node* levels_node = fields.node("levels", NodeKind::table, false);
    auto full = fields.optional_number("full");
    if (levels_node) out.levels = levels(*levels_node, out.name);
    if (bool(full) == bool(levels_node))
      refuse(node, full ? "项目“" + out.name + "”写了满分又写了等次" : "项目“" + out.name + "”没有写满分或等次",
             "写成 full = 10，或者 levels = { \"优\" = 10, \"良\" = 8 }，二者取一");
    out.full = full.value_or(out.levels.empty() ? base::Decimal(1) : out.levels.front().mark);
    if (full && (*full <= base::Decimal(0) || *full > kHighest))
      refuse(node, "项目“" + out.name + "”的满分要大于 0，不超过 1000", "写成 full = 10");
    if (!fields.finish()) at_.fields.mark_unsound();
    return out;
  }

  std::vector<FormLevel> levels(const Node& node, const std::string& entry) {
    std::vector<FormLevel> out;
    for (const Entry& one : node.entries) {
      if (one.value.kind != NodeKind::number) {
        refuse(one.value, "等次“" + one.key + "”要写分数", "写成 levels = { \"优\" = 10, \"良\" = 8 }");
        continue;
      }
      out.push_back({one.key, one.value.number});
    }
    bool falls = out.size() >= 2;
    for (size_t i = 1; i < out.size(); ++i) falls = falls && out[i].mark < out[i - 1].mark;
    if (!falls || out.back().mark < base::Decimal(0) || out.front().mark > kHighest)
      refuse(node, "项目“" + entry + "”的等次至少两个，分数从高到低、不相同，在 0 到 1000 之间",
             "写成 levels = { \"优\" = 10, \"良\" = 8, \"差\" = 0 }");
    return out;
  }

  // [quality]: from where on an assessor is flagged.
  void quality(FormQuality& out) {
    const Node* node = at_.fields.node("quality", NodeKind::table, false);
    if (!node) return;
    Fields fields(*at_.block.source, *node, node->at, "[quality] ", report_);
    out.lenient = fields.optional_number("lenient");
    out.halo = fields.optional_number("halo");
    out.reciprocal = fields.optional_number("reciprocal");
    for (const auto* one : {&out.lenient, &out.halo, &out.reciprocal})
      if (*one && **one <= base::Decimal(0))
        refuse(*node, "[quality] 的界限要大于 0", "写成 lenient = 10，单位是百分制的分");
    if (!fields.finish()) at_.fields.mark_unsound();
  }

  Draft& draft_;
  Report& report_;
  const Begun& at_;
};

}  // namespace

// QUA-602: item, entries, and to each entry its standard.
void read_form(Draft& draft, Report& report, const Begun& at) { FormReader(draft, report, at).read(); }

}  // namespace guanhu::policy::detail
