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

enum class ElementKind {
  parameter,
  measure,
  indicator,
  score,
  peer,
  scheme,
  judgement,
  open,
  type,
  function,
  decision,
  cases,
  checklist,
  duty,
  notice,
  process,
  form,
  recorded,
  list,
  target
};

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
  std::vector<Document> documents;
  std::vector<std::string> imports;  // ids of pack.toml
  std::vector<Place> check_places;   // of pack.checks that it switched on itself, in pack.toml
  std::vector<std::shared_ptr<const Pack>> extended;
  std::vector<Element> inherited;  // figures of theirs that are the pack's now
  std::vector<std::unique_ptr<Source>> foreign_sources;

  // What a name of a type stands for; null when there is none or it could not be read.
  ValueTypePtr type(std::string_view name) const;
  std::vector<std::string> type_names() const;

  // Of parameters of the whole pack and of figures, its own and inherited.
  const Element* find(std::string_view name) const;
  std::vector<const Element*> with_inherited() const;
  const Element* decision(std::string_view id) const;
  // The value of a key, or where it ought to be.
  static Place place(const Element& element, std::string_view key);
};

std::string_view word(ElementKind kind);     // "measure", ...
std::string_view chinese(ElementKind kind);  // "原始指标", ...

// pack.toml; false when nothing else can be read.
bool read_manifest(Draft& draft, Report& report);
class Fields;
// pack.toml: checks.
void read_checks(Draft& draft, Fields& fields, const Source& source, Report& report);
// All blocks of the documents into the pack, but types and cases.
void read_blocks(Draft& draft, Report& report);
// `type` blocks, before everything that uses them; they may use each other.
void read_types(Draft& draft, Report& report);
// What was inherited, among the names of this pack.
void take_over(Draft& draft);
// `case` blocks, when everything else is there.
void read_cases(Draft& draft, Report& report);

// A block whose body is being read.
struct Begun {
  const Block& block;
  const Node& body;
  Fields& fields;
};
// The keys `article` and `rules`, added to where the block stands.
Origin cite(const Begun& at, bool needs_rules);
// Keeps what has been read as element `index` of the pack's vector of its kind.
void keep(Draft& draft, const Begun& at, ElementKind kind, size_t index);

void read_parameters(Draft& draft, Report& report, const Block& block, const Node& body);
void read_function(Draft& draft, Report& report, const Begun& at);
void read_decision(Draft& draft, Report& report, const Begun& at);
void read_work(Draft& draft, Report& report, const Begun& at);  // checklist, duty, notice, process
void read_recorded(Draft& draft, Report& report, const Begun& at);
void read_list(Draft& draft, Report& report, const Begun& at);
// The keys of a scheme that a decision scores.
void read_scheme_decision(Draft& draft, Report& report, const Begun& at, Scheme& out);
void read_form(Draft& draft, Report& report, const Begun& at);
void read_target(Draft& draft, Report& report, const Begun& at);

// Checks across elements; each assumes that what is read is well-formed in itself.
void check_names(const Draft& draft, Report& report);
void check_parameters(const Draft& draft, Report& report);
void check_citations(const Draft& draft, Report& report);
void check_formulas(const Draft& draft, Report& report);
void check_filters(const Draft& draft, Report& report);
void check_graph(const Draft& draft, Report& report);
void check_schemes(const Draft& draft, Report& report);
void check_targets(const Draft& draft, Report& report);
void check_work(const Draft& draft, Report& report);
// What schemes and lists ask, when everything they may name is there.
void settle_schemes(Draft& draft, Report& report);
// Results of gates, which the function says that makes them.
void settle_decisions(Draft& draft, Report& report);
// What supervisors ask, as far as the pack switched it on.
void check_regulatory(const Draft& draft, Report& report);
// Compiles functions and decisions into the pack.
void check_decisions(Draft& draft, Report& report);

}  // namespace guanhu::policy::detail
