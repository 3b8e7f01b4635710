// What a rulebook that is being changed gives: its measures, formulas and scores for all holders of a period,
// before anybody runs it. Figures that no scheme shows yet can be asked for too; one that fails is named with its
// reason, and the others come out all the same.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/evaluate.h"
#include "base/error.h"
#include "measures/engine.h"
#include "people/directory.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

struct PreviewAsk {
  std::string scheme;                // whose holders, figures and scores; "" every manager
  std::vector<std::string> figures;  // measures, indicators, scores, peer figures beside the scheme's
  base::Period period;
};

struct FailedFigure {
  std::string name;
  base::Error error;
};

struct Preview {
  // The scheme that was tried, in a pack of its own that `evaluation` points into.
  std::shared_ptr<const policy::Pack> pack;
  Evaluation evaluation;
  Run run;
  std::vector<FailedFigure> failed;  // in the order asked
  bool total = false;                // the scheme's scores are all there: a total means something
};

// Refused: what evaluate() refuses of the scheme as such (its periods, its holders), preview.nothing (no figure is
// left that could be computed: with the first reason), scheme.unknown.
// Of a scheme that a decision scores the figures are shown, without its total.
base::Result<Preview> preview(const policy::Pack& pack, const PreviewAsk& ask, measures::Engine& engine,
                              const people::Directory& directory, std::shared_ptr<const RecordedFacts> facts);

}  // namespace guanhu::appraisal
