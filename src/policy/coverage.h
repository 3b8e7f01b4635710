// How much of a regulation a pack carries out: article by article, what executes it, what is left to a
// person, what is open.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "policy/pack.h"

namespace guanhu::policy {

struct ArticleCoverage {
  std::string document, article, heading;
  int line = 0;           // of its first block, or of the heading
  size_t executable = 0;  // decisions, figures, schemes, work: what a program carries out
  size_t parameters = 0;
  size_t judgements = 0, opens = 0;
  std::vector<std::string> rules = {};  // that its blocks name, each once
  // "executable", "judgement", "open", "parameters", or "none": an article without a block
  std::string state() const;
};

// `folder`: of the pack, whose headings are read. In the order of the documents. Headings that name an article and
// have no block of their own, nor one in an article below them, are listed as "none".
std::vector<ArticleCoverage> coverage(const Pack& pack, const std::filesystem::path& folder);

}  // namespace guanhu::policy
