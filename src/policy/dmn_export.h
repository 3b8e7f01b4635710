// Decisions of a pack as a decision model that any DMN tool shows, and that gives what `decide` gives.
//
//   decision             decision; its table, formula or steps (a context) as it stands
//   requires             requirement; with arguments: a decision of its own that calls a decision service
//   input                input data, shared by all decisions that ask for it under the same name
//   function             business knowledge model
//   parameter            decision without requirements: the value of the day
//   type, unit, bounds   item definition; the unit in its description and in an attribute of ours
//   article              knowledge source
//
// What DMN has no word for: the refusal of facts that cannot go together, and of a table in which no row
// matches (null instead). Both stand in the description.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "dmn/document.h"
#include "policy/dmn_rewrite.h"
#include "policy/pack.h"

namespace guanhu::policy {

struct DmnChoice {
  std::vector<std::string> decisions;  // ids, and all they require; empty: all of the pack
  std::optional<base::Date> on;        // parameters of that day; none: the newest
};

// Errors: "policy.dmn.empty" (nothing to write), "policy.dmn.decision" (no such decision),
// "policy.dmn.parameter" (no value on that day). The pack must be sound.
base::Result<dmn::Document> export_dmn(const Pack& pack, const DmnChoice& choice = {});

// The same with where its decisions and functions come from, by the id of the node.
struct DmnSource {
  const Pack* pack = nullptr;
  const Body* body = nullptr;
  const Origin* origin = nullptr;
  Replacements names;  // what names of the document are called in the model
  std::string what;    // "决策 personal-loan-payment-mode"
};
struct DmnExport {
  dmn::Document document;
  std::map<std::string, DmnSource> sources;
};
base::Result<DmnExport> export_with_sources(const Pack& pack, const DmnChoice& choice = {});

// The name of the decision's node: what a model made by export_dmn is asked for.
std::string dmn_name(const dmn::Document& document, const Pack& pack, const Decision& decision);

// Extensions of a node that has tables: "decision" ("PACK/ID"; of a function "PACK/NAME" under
// "function"), and "stamp", which changes whenever one of its tables does.
std::string stamp_of(const dmn::NodeText& node);

}  // namespace guanhu::policy
