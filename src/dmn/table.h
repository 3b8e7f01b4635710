// Decision tables (spec chapter 8). Inside of dmn only.
#pragma once
#include <string>
#include <vector>

#include "dmn/boxed.h"
#include "feel/rules.h"

namespace guanhu::dmn {

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, minimum, maximum, count };

struct TableBox : Boxed {
  struct InputColumn {
    std::string text;  // for messages
    BoxedPtr value;
    const ItemType* type = nullptr;
    std::optional<feel::Program> allowed;
  };
  struct OutputColumn {
    std::string name;  // may be empty where there is one column
    const ItemType* type = nullptr;
    std::optional<feel::Program> allowed;
    std::optional<feel::Program> order;  // the allowed values as a list, the most important first
    BoxedPtr otherwise;                  // the default
  };
  struct Rule {
    std::vector<BoxedPtr> outputs;
    Place place;
    std::string id;  // of the file; may be empty
  };

  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<InputColumn> inputs;
  std::vector<OutputColumn> outputs;
  std::vector<Rule> rules;
  feel::Rules tests;  // a row for each rule

  feel::Value run(Frame& frame) const override;

 private:
  using Row = std::vector<feel::Value>;
  bool read_inputs(Frame& frame, std::vector<feel::Value>& values) const;
  bool produce(Frame& frame, const Rule& rule, Row& row) const;
  feel::Value defaults(Frame& frame) const;
  feel::Value decide(Frame& frame, std::vector<size_t> matched) const;
  feel::Value value_of(const Row& row) const;
  void report(Frame& frame, const std::vector<size_t>& matched) const;
  void sort_by_priority(Frame& frame, std::vector<Row>& rows) const;
  feel::Value aggregate(Frame& frame, const std::vector<Row>& rows) const;
};

}  // namespace guanhu::dmn
