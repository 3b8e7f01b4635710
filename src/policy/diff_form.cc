// What is different between two forms: item by item, entry by entry.
#include <set>

#include "policy/detail/text.h"
#include "policy/diff_parts.h"

namespace guanhu::policy {

namespace {

std::string entry_text(const FormEntry& entry) {
  std::vector<std::string> levels;
  for (const FormLevel& level : entry.levels) levels.push_back(level.name + " " + level.mark.str());
  std::string out = "满分 " + entry.full.str() + (levels.empty() ? "" : "（" + detail::joined(levels) + "）");
  if (entry.may_skip) out += "，可以不评";
  return out + (entry.content.empty() ? "" : "；" + entry.content) + "；标准：" + entry.standard;
}

// Every entry under "item／entry", the weights under the item's name.
std::vector<std::pair<std::string, std::string>> parts_of(const Form& form) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const FormItem& item : form.items) {
    out.emplace_back("考评项“" + item.name + "”的权重", item.weight.str());
    for (const FormEntry& entry : item.entries)
      out.emplace_back("项目“" + item.name + "／" + entry.name + "”", entry_text(entry));
  }
  auto limit = [&](const char* name, const std::optional<base::Decimal>& value) {
    if (value) out.emplace_back(name, value->str());
  };
  limit("宽严界限", form.quality.lenient);
  limit("晕轮界限", form.quality.halo);
  limit("互评界限", form.quality.reciprocal);
  return out;
}

}  // namespace

void diff_form(Differ& d, const Differ::Under& u, const Form& a, const Form& b) {
  d.field(u, "的名称", a.title, b.title);
  d.field(u, "的填表说明", a.note, b.note);
  auto before = parts_of(a), after = parts_of(b);
  auto find = [](const auto& in, const std::string& name) {
    for (const auto& [key, value] : in)
      if (key == name) return value;
    return std::string();
  };
  std::set<std::string> seen;
  for (const auto* side : {&after, &before})
    for (const auto& [name, value] : *side)
      if (seen.insert(name).second) d.field(u, "的" + name, find(before, name), find(after, name));
}

}  // namespace guanhu::policy
