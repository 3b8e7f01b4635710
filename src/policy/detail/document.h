// A Markdown document of a pack: headings, prose and executable blocks, each with its line.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "policy/detail/source.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

// A fenced block "```KIND NAME".
struct Block {
  const Source* source = nullptr;
  std::string kind, name;
  Place kind_at, name_at;
  std::string body;                    // its first line stands at kind_at.line + 1
  Origin origin;                       // article, heading, text, locator; rules are in the body
  std::optional<base::Date> from, to;  // 施行 of the heading or the document
};

struct Document {
  std::vector<Block> blocks;
};

// Reports fences that are not closed, indented or inside a list, and marks ("来源:", "施行:") that
// cannot be read. Blocks without kind and blocks "text" are prose: an example on paper.
Document read_document(const Source& source, Report& report);

// "第十一条(二)4 组织资金 (10 分)" -> "第十一条(二)4"; "四(二) 支付管理" -> "四(二)"; "" when the heading
// names no article.
std::string article_of(std::string_view heading);

}  // namespace guanhu::policy::detail
