#include <regex>

#include "base/files.h"
#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

void fill(Draft& draft, const Source& source, const Node& body, Report& report) {
  Pack& pack = draft.pack;
  Fields fields(source, body, {1, 1, 1}, "pack.toml ", report);
  pack.id = fields.text("id").value_or("");
  pack.title = fields.text("title").value_or("");
  pack.version = fields.text("version").value_or("");
  pack.from = fields.optional_date("from");
  pack.to = fields.optional_date("to");
  const std::string folder = draft.folder.filename().string();
  if (!pack.id.empty() && pack.id != folder)
    fields.refuse("id", "policy.pack.id", "id“" + pack.id + "”与所在文件夹“" + folder + "”不同名",
                  "两者改成一样：方案按 id/方案名 引用");
  if (!pack.id.empty() && !std::regex_match(pack.id, std::regex("[a-z0-9]+(-[a-z0-9]+)*")))
    fields.refuse("id", "policy.pack.id", "id“" + pack.id + "”写法不对",
                  "用小写英文字母、数字和连字符，如 shandong-rcb-draft");
  if (!pack.from && !body.find("from"))
    fields.refuse("from", "policy.key.missing", "pack.toml 缺少 from", "写成 from = 2013-01-01：制度施行的第一天");
  if (pack.from && pack.to && *pack.to < *pack.from)
    fields.refuse("to", "policy.pack.dates", "止日早于起日", "to 是有效的最后一天，不早于 from");
  pack.extends = fields.texts("extends", false);
  draft.imports = fields.texts("imports", false);
  read_checks(draft, fields, source, report);
  for (const Node* node : fields.tables("sources", false)) {
    Fields one(source, *node, node->at, "[[sources]] ", report);
    SourceDocument entry;
    entry.document = one.text("document").value_or("");
    entry.title = one.text("title").value_or("");
    one.finish();
    pack.sources.push_back(std::move(entry));
  }
  fields.finish();
}

}  // namespace

bool read_manifest(Draft& draft, Report& report) {
  const std::string shown =
      (draft.folder.parent_path().filename() / draft.folder.filename() / "pack.toml").generic_string();
  auto text = base::read_file(draft.folder / "pack.toml");
  if (!text.ok()) {
    report.add(Source::of(shown, ""), {1, 1, 1}, "policy.pack.missing", "这个文件夹里没有 pack.toml，不是制度包",
               "制度包是一个文件夹：pack.toml 和若干 Markdown 文件；检查路径是否写对");
    return false;
  }
  draft.sources.push_back(std::make_unique<Source>(Source::of(shown, text.value())));
  const Source& source = *draft.sources.back();
  if (find_invalid_utf8(text.value()) != std::string::npos) {
    report.add(source, {1, 1, 1}, "policy.encoding", "文件不是 UTF-8 编码", "用编辑器另存为 UTF-8");
    return false;
  }
  std::optional<Node> body = parse_tree(source, source.text, 1, report);
  if (!body) return false;
  fill(draft, source, *body, report);
  return true;
}

}  // namespace guanhu::policy::detail
