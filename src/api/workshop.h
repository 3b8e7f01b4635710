// The indicator workshop (指标工坊): what its groups of endpoints share. Everything it changes is a draft's text;
// how a draft ends is draft_handlers.cc's business.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/draft_work.h"
#include "api/gate.h"
#include "api/workshop_desk.h"

namespace guanhu::api {

// A document of a draft as an edit leaves it.
struct EditedDocument {
  std::string path, text;
  std::string what;                            // for the record: "measure 存款日均"
  std::vector<policy::DraftChange> more = {};  // other documents that go with it
};
// The edit of a body ({block | remove | rename | parameter | target}). Refused: policy.edit.*, with the member it
// is about.
base::Result<EditedDocument> workshop_edit(const DraftWork& work, const policy::Pack& pack,
                                           const base::Json& edit);

// "measure" … "target": blocks the workshop knows.
bool is_workshop_kind(const std::string& kind);

struct PlacedBlock {
  std::string path;
  policy::OutlineArticle article;
  policy::OutlineBlock block;
};
// The blocks of those kinds in a draft's documents, in order.
std::vector<PlacedBlock> workshop_blocks(const DraftWork& work);

// What the scheme should be looked at for, in words: no target, no risk figure, only figures of one day.
base::JsonArray scheme_advice(const policy::Pack& pack, base::Date day);

// Handlers of their own files.
Outcome show_workshop(Services& s, const Call& call);
Outcome show_workshop_facts(Services& s, const Call& call);
Outcome change_workshop(Services& s, const Call& call);
Outcome try_workshop(Services& s, const Call& call);
Outcome try_workshop_file(Services& s, const Call& call);
Outcome explain_workshop(Services& s, const Call& call);
Outcome split_targets(Services& s, const Call& call);
Outcome read_targets(Services& s, const Call& call);
Outcome targets_file(Services& s, const Call& call);

// As far as the visitor may see figures of persons.
std::shared_ptr<const Reach> figures_in_reach(const Facts& facts, const Call& call);
http::Response workbook(const std::string& bytes, const std::string& name);

}  // namespace guanhu::api
