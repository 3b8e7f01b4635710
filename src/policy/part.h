// What a pack is made from (`extends`): whole packs, "hubei-rcc-guide", or single documents of them,
// "hubei-rcc-guide/贷款管理.md".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"

namespace guanhu::policy {

struct Extend {
  std::string pack;
  std::vector<std::string> documents;  // in its folder; empty: all
};
// Of pack.extends, each pack once, in its order. A pack that is named without a document is taken whole.
std::vector<Extend> extends_of(const std::vector<std::string>& entries);
// Null when the pack is not made from it.
const Extend* made_from(const std::vector<Extend>& extends, std::string_view pack);

// Where it stands: one of these documents of its pack, or the list is empty.
bool stands_in(const Origin& origin, const std::vector<std::string>& documents);

// The decisions, schemes, checklists, duties, notices, processes and forms of these documents and the decisions
// and checklists that they ask, wherever these stand. Types, functions, parameters of the whole pack, figures and
// facts come along: they are the words in which the documents speak.
Pack part_of(const Pack& whole, const std::vector<std::string>& documents);

}  // namespace guanhu::policy
