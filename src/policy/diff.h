// What is different between two versions of a pack: in words, as a table, for programs.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::policy {

struct Change {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string element;  // "参数", "决策", "条款", ...; "制度包" for the pack itself
  std::string name;     // "加分步长"
  std::string part;  // "2026-01-01 起", "输入“金额”", "第 3 行“单笔支付金额”"; "" the element itself
  std::string before, after;  // as the documents write it; "" where there was or is nothing
  std::string article;        // that it obeys, in the new version where it is there
  std::string where;          // "policies/sample/x.md:12": in the new version, of what was removed in the old

  // One sentence: "参数“加分步长”（第三条）2026-01-01 起由 50000 元改为 100000 元".
  std::string words() const;
};

struct PackDiff {
  struct Version {
    std::string id, title, version, hash;
  };
  Version before, after;
  std::vector<Change> changes;  // the pack, parameters, decisions, figures, work, articles

  std::string words() const;  // one line for each change
  std::string table() const;  // Markdown
  base::Json json() const;
};

// Two versions of one pack, or two packs. Where files differ in nothing that is read (layout, comments), there
// are no changes though the hashes differ.
PackDiff diff(const Pack& before, const Pack& after);

}  // namespace guanhu::policy
