// Which rules of a decision table match: rows of unary tests over columns of inputs.
//
// Tests that compare their input with constants only are put into an index (a number, date, text or
// boolean is looked up among the constants of its column, the rules that match stand there as bits);
// only the other tests are evaluated one by one, and only for rules whose indexed tests all match. The
// outcome is that of testing every cell, whatever the index holds.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "feel/program.h"

namespace guanhu::feel {

class Rules {
 public:
  // A cell without a program matches everything. Every row has as many cells as there are columns.
  // The programs are compiled as unary tests.
  using Row = std::vector<std::optional<Program>>;
  Rules() = default;
  Rules(size_t columns, std::vector<Row> rows);

  size_t size() const { return rows_.size(); }
  size_t columns() const { return columns_.size(); }
  const Row& row(size_t rule) const { return rows_[rule]; }
  // How many cells the index answers; the others are evaluated.
  size_t indexed() const;

  // The rules that match, ascending; the first one only where `first_only` says so. `inputs`: one for
  // each column; `slots`: the names the tests use. A test that is null does not match; with strict
  // options it ends the evaluation (Eval::Stop). A step is counted for every rule tested.
  // `around(rule)` is kept while cells of the rule are evaluated: to say where a failure comes from.
  template <class Around>
  void match(Eval& eval, std::span<const Value> inputs, std::span<const Value> slots, bool first_only,
             const Around& around, std::vector<size_t>& out) const {
    Found found(*this, inputs);
    for (size_t rule; found.next(rule);) {
      eval.step();
      if (found.settled() && !any_evaluated_[rule]) {
        out.push_back(rule);
      } else {
        [[maybe_unused]] auto guard = around(rule);
        if (passes(eval, rule, inputs, slots, found)) out.push_back(rule);
      }
      if (first_only && !out.empty()) return;
    }
  }
  // The same by itself: the numbers of the rules (from 0), or the Error of the evaluation's limits or,
  // strict, of the first test that cannot be decided (where: "rule N, line:column", N from 1).
  base::Result<std::vector<size_t>> matching(std::span<const Value> inputs, std::span<const Value> slots,
                                             const EvalOptions& options = {}, bool first_only = false,
                                             std::vector<Diagnostic>* diagnostics = nullptr) const;

 private:
  using Bits = std::vector<uint64_t>;  // one for each rule
  // The constants of a column in ascending order cut the line of their kind into themselves and the gaps
  // between them; for each piece stands which rules match. Texts: the constants, and all the others.
  struct Column {
    Kind kind = Kind::null;  // of the constants; null: no index
    std::vector<Value> constants;
    std::vector<Bits> at, gap;  // gap[i] lies below constants[i], the last one above all
    const Bits* find(const Value& input) const;
  };
  // The rules that may match, found word by word.
  class Found {
   public:
    Found(const Rules& rules, std::span<const Value> inputs);
    bool next(size_t& rule);
    bool settled() const { return settled_; }  // the index knew every input
    bool open(size_t column) const { return known_[column] == nullptr; }

   private:
    void load();
    static constexpr size_t kFew = 16;
    const Rules& rules_;
    const Bits* few_[kFew] = {};
    std::vector<const Bits*> many_;
    const Bits** known_;
    bool settled_ = true;
    size_t word_ = 0;
    uint64_t bits_ = 0;
  };
  enum class Cell : uint8_t { empty, indexed, evaluated };
  Cell& cell(size_t rule, size_t column) { return cells_[rule * columns_.size() + column]; }

  bool passes(Eval& eval, size_t rule, std::span<const Value> inputs, std::span<const Value> slots,
              const Found& found) const;
  void gather(size_t column);
  void build(size_t column);
  bool fill(size_t column, const Value& probe, Bits& bits);

  std::vector<Column> columns_;
  std::vector<Row> rows_;
  std::vector<Cell> cells_;
  std::vector<bool> any_evaluated_;  // of a rule
  size_t words_ = 0;
};

}  // namespace guanhu::feel
