// Cells of a decision table as conditions on axes.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detail/check_flow.h"
#include "policy/detail/check_table_space.h"

namespace guanhu::policy::detail {

// Values that are known: parameters on a day.
using Constants = std::map<std::string, feel::Value, std::less<>>;

// An expression and the text it stands in.
struct Part {
  const feel::Node* node = nullptr;
  std::string_view source;
};

class CellReader {
 public:
  // Without `constants` parameters are names like others, whose values may be anything.
  CellReader(const Symbols& symbols, const Pack& pack, const Constants& constants)
      : symbols_(symbols), pack_(pack), constants_(constants) {}

  Test cell(Part tests, Part subject);
  Test condition(Part part);
  // When all cells are read. False when an axis has more pieces than fit.
  bool cut();
  const std::vector<Axis>& axes() const { return axes_; }

 private:
  Test unary(Part test, Part subject);
  Test one_of(Part part, Part subject, size_t from);
  Test connective(Part part);
  Test compare(Part left, feel::Op op, Part right);
  Test relation(Part left, feel::Op op, Part right);
  Test against(Part part, feel::Op op, const feel::Value& value);
  Test truth(Part part);
  std::optional<feel::Value> constant(Part part) const;
  Info info(Part part) const;
  // npos: what the expression gives cannot be laid on an axis.
  size_t axis(Part part, const feel::Value& compared);
  size_t add(Axis axis, std::string key);

  const Symbols& symbols_;
  const Pack& pack_;
  const Constants& constants_;
  std::map<std::string, size_t> known_;
  std::vector<Axis> axes_;
  Part subject_;  // what "?" means
};

}  // namespace guanhu::policy::detail
