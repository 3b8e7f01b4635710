// What one more of something is worth to each manager, and how far each stands from the next grade: exact, by
// evaluating anew with the step added, in exact decimals.
//
// "One more" is a world of its own for each holder, in which only that holder has it: averages of the peers move
// by that one holder's step and by nothing else. All worlds are evaluated at once, a row each.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/evaluate.h"
#include "base/error.h"

namespace guanhu::appraisal {

// What can be moved: one figure, or all figures that the same money moves.
struct Lever {
  std::string id;     // "deposit", "loan": a balance kept through the period; else a figure's name
  std::string title;  // "存款多一元，期内一直在"
  std::string unit;
  std::vector<std::pair<size_t, base::Decimal>> moves;  // step, by how much for one unit
};
// Of the figures that scores rest on. Plans and figures over lists move nobody; a figure with a rule per account
// (cap, minimum) or a filter is moved by itself only.
std::vector<Lever> levers_of(const Evaluation& evaluation);
// Refused: simulate.lever, with those there are.
base::Result<Lever> lever_of(const Evaluation& evaluation, const std::string& id);

// Rows of worlds over one evaluation.
class Worlds {
 public:
  // `base` and `directory` must outlive it.
  Worlds(const Evaluation& base, const people::Directory& directory, Lever lever);
  // Each holder's own figures by so much more. Refused: simulate.nested (an average rests on scores that rest on
  // an average: such worlds are asked one by one), and what evaluating refuses.
  base::Status shift(const std::vector<base::Decimal>& by);
  // Of the worlds shifted to last.
  Total total(size_t holder) const { return total_of(now_, holder); }
  std::optional<std::string> grade(size_t holder) const;
  const Evaluation& now() const { return now_; }

 private:
  StepValues moved(size_t step, const base::Decimal& coefficient, const std::vector<base::Decimal>& by) const;
  StepValues peers(size_t step) const;

  const Evaluation& base_;
  const people::Directory& directory_;
  Lever lever_;
  Evaluation now_;
  std::vector<bool> affected_;
  bool nested_ = false;
};

struct Margin {
  std::optional<base::Decimal> more, less;  // the change of the total by one step up, by one step down
};
// By holder. `by`: the step, over 0.
base::Result<std::vector<Margin>> margins(const Evaluation& evaluation, const people::Directory& directory,
                                          const Lever& lever, const base::Decimal& by);

// How far to the next grade.
struct Cliff {
  std::string grade, next;               // what is held, what comes next; "" nothing above
  std::optional<base::Decimal> missing;  // points
  std::optional<base::Decimal> need;     // the least whole number of the lever's unit that reaches it
  std::optional<base::Decimal> lead;     // points above the lower limit of the grade that is held
};
// By holder. Without a lever, or where it does not reach the grade within `most`, `need` is nothing. Schemes that
// a decision scores have no bands of their own: there grades come from the decision, and `missing` and `lead` are
// nothing.
base::Result<std::vector<Cliff>> cliffs(const Evaluation& evaluation, const people::Directory& directory,
                                        const Lever* lever, const base::Decimal& most);

// The next place at which one more unit changes the total at once by more than its usual step: the end of a band,
// of a step of points, of a floor.
struct Jump {
  std::optional<base::Decimal>
      after;           // so much more, a whole number of the lever's unit; nothing: none within `most`
  base::Decimal size;  // by how much the total jumps there
};
// By holder. Found by halving the stretch on which the total follows a straight line; a total that bends is
// followed a few times (once where there are over a thousand holders). Nothing for everyone where worlds are
// nested.
base::Result<std::vector<Jump>> jumps(const Evaluation& evaluation, const people::Directory& directory,
                                      const Lever& lever, const base::Decimal& most);

}  // namespace guanhu::appraisal
