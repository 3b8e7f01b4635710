// Pipe tables: decision tables, and the reasons of a gate.
#pragma once
#include <functional>
#include <memory>

#include "policy/decision.h"
#include "policy/detail/source.h"

namespace guanhu::policy::detail {

class TableReader {
 public:
  // `type_of`: the type of a name that a column may be headed with; null when it is not known.
  using TypeOf = std::function<ValueTypePtr(std::string_view name)>;
  TableReader(const Source& source, Report& report, TypeOf type_of)
      : source_(source), report_(report), type_of_(std::move(type_of)) {}

  // `result`: the type of the table's value, null when not declared. Null: reported.
  std::shared_ptr<const Table> table(const Text& text, const ValueTypePtr& result);
  // "原因 | 条件 | 规则 | 说明": one line for each reason.
  std::shared_ptr<const Table> gate(const Text& text);
  // "说明 | 条件 | 输入".
  std::vector<Refusal> refusals(const Text& text);

 private:
  bool header(const Text& line, Table& table);
  bool policy(const Text& cell, Table& table);
  void output_types(Table& table, const ValueTypePtr& result);
  bool row(const Text& line, Table& table);
  bool annotate(const std::vector<Text>& cells, TableRow& row);
  Cell test(const Text& text, const TableInput& input);
  Cell result(const Text& text, const TableOutput& output);
  bool refuse(const Text& at, std::string message, std::string hint);

  const Source& source_;
  Report& report_;
  TypeOf type_of_;
  std::vector<std::string> notes_;  // headings behind the second "||"
  size_t widths_[3] = {0, 0, 0};    // cells of the header's sections
};

// The types of columns that were not known when the table was read (answers of other decisions, parts of values):
// now their words and dates need no quotes either. Null: nothing is known now that was not known then.
std::shared_ptr<const Table> with_column_types(const Table& table, const TableReader::TypeOf& type_of);

// A text in FEEL's quotes.
std::string feel_text(std::string_view text);
std::vector<std::string> rule_ids(const Text& cell);

}  // namespace guanhu::policy::detail
