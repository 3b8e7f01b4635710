// A pack while it is read and checked: the pack itself and, for every element, where its parts stand.
#pragma once
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "policy/detail/document.h"
#include "policy/detail/tree.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

enum class ElementKind { parameter, measure, indicator, score, peer, scheme, judgement, open };

struct Element {
  ElementKind kind;
  std::string name;
  size_t index = 0;  // in the pack's vector of that kind
  const Source* source = nullptr;
  Place at;            // of its name
  Node body;           // of a parameter: a list of tables, one for each stretch of dates
  bool sound = false;  // everything could be read; only then its formula is checked
};

struct Draft {
  std::filesystem::path folder;
  Pack pack;
  std::vector<std::unique_ptr<Source>> sources;
  std::vector<Element> elements;
  std::set<std::string> broken_names;  // of blocks that could not be read: not reported as unknown

  const Element* find(std::string_view name) const;  // any kind but schemes, judgements, open points
  // The value of a key, or where it ought to be.
  static Place place(const Element& element, std::string_view key);
};

std::string_view word(ElementKind kind);     // "measure", ...
std::string_view chinese(ElementKind kind);  // "原始指标", ...

// pack.toml; false when nothing else can be read.
bool read_manifest(Draft& draft, Report& report);
// All blocks of a document into the pack.
void read_blocks(const Document& document, Draft& draft, Report& report);

// Checks across elements; each assumes that what is read is well-formed in itself.
void check_names(const Draft& draft, Report& report);
void check_parameters(const Draft& draft, Report& report);
void check_citations(const Draft& draft, Report& report);
void check_formulas(const Draft& draft, Report& report);
void check_filters(const Draft& draft, Report& report);
void check_graph(const Draft& draft, Report& report);
void check_schemes(const Draft& draft, Report& report);

}  // namespace guanhu::policy::detail
