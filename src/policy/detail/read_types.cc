// `type` blocks. They may use each other in any order, so each is read when it is first asked for.
#include <algorithm>
#include <map>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"

namespace guanhu::policy::detail {

namespace {

class Types {
 public:
  Types(Draft& draft, Report& report) : draft_(draft), report_(report) {
    for (const Document& document : draft.documents)
      for (const Block& block : document.blocks)
        if (block.kind == "type") blocks_.push_back({&block});
  }

  void read() {
    for (Entry& entry : blocks_) read(entry);
  }

 private:
  struct Entry {
    const Block* block;
    enum State { unread, reading, done } state = unread;
    ValueTypePtr type = nullptr;
  };

  ValueTypePtr find(std::string_view name) {
    for (Entry& entry : blocks_) {
      if (entry.block->name != name) continue;
      if (entry.state == Entry::reading) {
        report_.add(*entry.block->source, entry.block->name_at, "policy.cycle",
                    "类型“" + entry.block->name + "”用到了它自己", "断开这个圈");
        return nullptr;
      }
      read(entry);
      return entry.type;
    }
    return draft_.type(name);
  }

  void read(Entry& entry) {
    if (entry.state != Entry::unread) return;
    entry.state = Entry::reading;
    const Block& block = *entry.block;
    if (auto body = parse_tree(*block.source, block.body, block.kind_at.line + 1, report_); body && named(block))
      fill(entry, *body);
    entry.state = Entry::done;
  }

  bool named(const Block& block) {
    if (valid_name(block.name)) return true;
    report_.add(*block.source, block.name.empty() ? block.kind_at : block.name_at, "policy.name",
                block.name.empty() ? "type 块没有名称" : "“" + block.name + "”不能作名称",
                "写成 ```type 五级分类：由汉字、字母、数字和下划线组成");
    return false;
  }

  void fill(Entry& entry, const Node& body) {
    const Block& block = *entry.block;
    Fields fields(*block.source, body, block.name_at, "type“" + block.name + "”", report_);
    Begun at{block, body, fields};
    NamedType out;
    out.name = block.name;
    out.title = fields.optional_text("title");
    out.origin = cite(at, false);
    TypeReader reader(
        *block.source, report_, [this](std::string_view name) { return find(name); }, draft_.type_names());
    const Node* is = fields.node("is", NodeKind::string, false);
    const Node* members =
        fields.node("members", NodeKind::string, !is, "写成 is = \"甲 | 乙\"，或 members = 若干行 名称: 类型");
    ValueTypePtr type = is ? reader.type(text_of(*is)) : nullptr;
    if (members && !is) {
      ValueType context;
      context.kind = TypeKind::context;
      bool sound = true;
      context.members = reader.fields(text_of(*members), true, sound);
      if (sound) type = std::make_shared<const ValueType>(std::move(context));
    }
    if (type) {
      ValueType named_type = *type;
      named_type.name = block.name;
      entry.type = out.type = std::make_shared<const ValueType>(std::move(named_type));
    } else {
      fields.mark_unsound();
    }
    keep(draft_, at, ElementKind::type, draft_.pack.types.size());
    if (!out.type) out.type = type_of(TypeKind::any);
    draft_.pack.types.push_back(std::move(out));
  }

  Draft& draft_;
  Report& report_;
  std::vector<Entry> blocks_;
};

}  // namespace

ValueTypePtr Draft::type(std::string_view name) const {
  if (const NamedType* found = pack.type(name)) return found->type;
  for (const auto& other : extended)
    if (const NamedType* found = other->type(name)) return found->type;
  return nullptr;
}

std::vector<std::string> Draft::type_names() const {
  std::vector<std::string> out;
  for (const Document& document : documents)
    for (const Block& block : document.blocks)
      if (block.kind == "type") out.push_back(block.name);
  for (const auto& imported : pack.imports)
    for (const NamedType& type : imported->types) out.push_back(type.name);
  return out;
}

void read_types(Draft& draft, Report& report) { Types(draft, report).read(); }

}  // namespace guanhu::policy::detail
