// A decision or a function on the desk of the checks: its formulas as trees, the names they may use, the
// places of what is wrong.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feel/parser.h"
#include "policy/detail/check_flow.h"
#include "policy/detail/draft.h"

namespace guanhu::policy::detail {

// A text with its tree. `tree` is null when there is none, or when it cannot be read (reported elsewhere).
struct Parsed {
  const Text* text = nullptr;
  const std::string* feel = nullptr;  // what is parsed; of cells it differs from the text
  feel::NodePtr tree;
  std::string_view source() const { return *feel; }
};

struct ParsedTable {
  const Table* table = nullptr;
  std::vector<Parsed> inputs;                // a tree for each column but those of conditions
  std::vector<std::vector<Parsed>> tests;    // [row][column]; no tree: everything, or unreadable
  std::vector<std::vector<Parsed>> results;  // [row][column]
};

struct ParsedStep {
  const Step* step = nullptr;
  Parsed formula;
  ParsedTable table;
  Info info;  // what the step gives, when check_meaning has been there
};

struct Study {
  const Draft* draft = nullptr;
  const Origin* origin = nullptr;
  const Source* source = nullptr;  // null: it stands in another pack, which checks it
  const Decision* decision = nullptr;
  const Function* function = nullptr;
  const std::vector<Field>* inputs = nullptr;  // or parameters of a function
  const Body* body = nullptr;
  std::vector<ParsedStep> steps;
  std::vector<std::vector<Parsed>> arguments;  // of the requirements
  std::vector<Parsed> refusals;
  Symbols symbols;  // inputs, parameters, requirements; steps follow as they are looked at

  Study(const Draft& draft, const Decision& decision);
  Study(const Draft& draft, const Function& function);
  Study(Study&&) = default;
  Study& operator=(Study&&) = default;

  std::string id() const { return decision ? decision->id : ""; }
  const Pack& pack() const { return draft->pack; }
  // Bytes of what was parsed in the document.
  Place place(const Parsed& parsed, feel::SourceRange range) const;
  // Calls for every expression there is.
  void each(const std::function<void(const Parsed&)>& visit) const;

 private:
  void begin(const Origin& from, const std::vector<Field>& fields, const Body& all);
  void declare_parameters();
  void declare_requirements();
};

Parsed parsed(const Text& text, feel::Form form = feel::Form::expression);
Parsed parsed(const Cell& cell, feel::Form form);

// The decision a requirement names: of the pack or of one it imports; null when there is none.
const Decision* required_decision(const Pack& pack, std::string_view id);

// Every decision and function of the pack's own documents.
std::vector<Study> studies(const Draft& draft);

}  // namespace guanhu::policy::detail
