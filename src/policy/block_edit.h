// One block of a document written or changed key by key, as forms do it: remarks, order, blanks and every key that
// is not named stay as they are, so that the difference of two versions shows what somebody changed and nothing
// else. Tables of decisions: dmn_table_edit.h; a formula, a parameter's stretches: edit.h.
//
// Errors: "policy.edit.block" (no block, heading or key there), "policy.edit.layout" (the block cannot be read as
// it is written: edit it as text), "policy.edit.value" (a value that TOML has no form for), "policy.edit.name"
// (taken).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::policy {

struct KeyEdit {
  std::string key;
  // A text, a number, true, false, a list of them, or a list of objects ([[key]] tables, known again by their
  // first member). Null: the key is taken out. A value that is there already is not written anew.
  base::Json value;
};

// What stands between the fences, changed. New keys find their place by the order in which blocks of the kind are
// written (measure: fact, filter, aggregate, …).
base::Result<std::string> with_keys(const std::string& kind, const std::string& source,
                                    const std::vector<KeyEdit>& edits);
// The same in the document; `line`: of the block's first fence.
base::Result<std::string> with_block_keys(const std::string& document, int line,
                                          const std::vector<KeyEdit>& edits);

struct NewBlock {
  std::string kind, name;
  std::vector<KeyEdit> keys;
  std::string text;  // prose that is to stand right above it; may be empty
};
// Behind the last block of the article whose heading stands on `heading`.
base::Result<std::string> with_new_block(const std::string& document, int heading, const NewBlock& block);
// A parameter more: in the article's block of parameters of the whole pack, else in a new one. `keys`: value,
// unit, from, to, to_confirm, note.
base::Result<std::string> with_new_parameter(const std::string& document, int heading, const std::string& name,
                                             const std::vector<KeyEdit>& keys);
// Takes a block out, with one of the blank lines around it.
base::Result<std::string> without_block(const std::string& document, int line);
// Takes a parameter out with all of its stretches; the block too when it was its last one.
base::Result<std::string> without_parameter(const std::string& document, const Parameter& parameter);

struct NewArticle {
  std::string title, text;  // "旺季存款": the number 附… is given here; what it says, in words
  std::string locator;      // where the original stands; "" as the document has it
};
struct WithArticle {
  std::string document, article;  // "附三"
  int heading = 0;                // its line
};
// At the end of the document.
base::Result<WithArticle> with_new_article(const std::string& document, const NewArticle& article);

// What a block says, key by key, as it is written: texts, numbers, true, false, lists, tables as objects.
base::Result<base::Json> block_keys(const std::string& source);

// The figures (measures, indicators, scores, peer figures) a formula names: what `inputs` of an indicator or score
// must list. Those of `before` keep their order. A formula that cannot be read: `before`.
std::vector<std::string> figures_in(const Pack& pack, const std::string& formula,
                                    const std::vector<std::string>& before);

}  // namespace guanhu::policy
