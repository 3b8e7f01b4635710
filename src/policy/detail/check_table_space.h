// The space of everything a decision table may be asked, cut into boxes that no cell of the table cuts
// any further: what rows cover, leave open and share is counted in it.
#pragma once
#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "feel/ast.h"
#include "feel/value.h"
#include "policy/detail/check_info.h"

namespace guanhu::policy::detail {

// A stretch of an axis inside of which every cell of the table is true, or false, all along.
struct Piece {
  enum class Kind { null, point, between, word, other, boolean, less, equal, greater, unknown };
  Kind kind = Kind::unknown;
  std::optional<base::Decimal> low, high;  // of a point both; of a stretch its open ends
  std::string word;                        // of a word
  bool truth = false;                      // of a boolean
};

constexpr size_t kPieces = 192;
using Pieces = std::bitset<kPieces>;

// One thing that cells ask about: an input, an expression over inputs, or how two of them compare.
struct Axis {
  enum class Kind { ordered, words, boolean, relation };
  Kind kind = Kind::boolean;
  const feel::Node* expression = nullptr;  // of a relation: its left side
  const feel::Node* other = nullptr;       // of a relation: its right side
  std::string shown;                       // as it is written
  std::string name;                        // when the expression is a name
  Info info;
  std::optional<base::Decimal> step;  // values are multiples of it: whole numbers, days, fen
  std::vector<base::Decimal> marks;   // ordered: where cells change their mind, ascending
  std::vector<std::string> words;     // words: those that are mentioned or allowed
  std::vector<Piece> pieces;
  Pieces full;

  bool is_date() const { return info.kind == TypeKind::date; }
  void cut();  // makes the pieces from marks and words; false beyond what fits
  bool fits() const { return pieces.size() <= kPieces; }
  // A value inside of the piece, if there is one to be written down.
  std::optional<feel::Value> value_in(const Piece& piece) const;
};

using Box = std::vector<Pieces>;  // one set for each axis; empty nowhere

// Adds what is left of `from` without `what`.
void subtract(const Box& from, const Box& what, std::vector<Box>& out);
// What is left of all of `from` without all of `what`; nothing when it takes more than `limit` boxes.
std::optional<std::vector<Box>> subtract(std::vector<Box> from, const std::vector<Box>& what, size_t limit);
std::optional<Box> common(const Box& a, const Box& b);

// A condition on the axes.
struct Test {
  enum class Kind { always, never, unknown, atom, all, any };
  Kind kind = Kind::always;
  // Of an atom: `axis op value`; of a relation `op` alone; of a boolean axis `equal` and the value.
  size_t axis = 0;
  feel::Op op = feel::Op::none;
  feel::Value value;
  bool negated = false;
  std::vector<Test> parts;

  static Test of(Kind kind) {
    Test out;
    out.kind = kind;
    return out;
  }
  static Test both(Test a, Test b);
  static Test one_of(std::vector<Test> parts);
  Test inverse() const;
};

// Where the test is true for certain (`may` false), or may be true. Nothing: too many boxes.
std::optional<std::vector<Box>> boxes_of(const Test& test, const std::vector<Axis>& axes, bool may);

}  // namespace guanhu::policy::detail
