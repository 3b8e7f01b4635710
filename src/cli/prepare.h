// What `appraise` and `explain` share: from the options to an evaluated scheme.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "appraisal/evaluate.h"
#include "cli/command.h"
#include "cli/options.h"
#include "feed/bank.h"
#include "measures/engine.h"
#include "people/directory.h"
#include "policy/pack.h"

namespace guanhu::cli {

// Everything an evaluation points into; not movable, since the parts refer to one another.
struct Prepared {
  feed::Bank bank;
  std::shared_ptr<const policy::Pack> pack;
  std::unique_ptr<measures::Engine> engine;
  people::Directory directory;
  std::optional<base::Instant> known_at;
  std::optional<appraisal::Evaluation> evaluation;
  base::Date reached;  // the last business date imported

  explicit Prepared(feed::Bank opened) : bank(std::move(opened)) {}
  Prepared(const Prepared&) = delete;
};

// Reads --data, --scheme, --period, --known-at, --policies and evaluates: with the version of the pack that is in
// force on the period's last day, else (and where --policies names a folder) as it is installed; `only`: just what
// that figure needs; "": no figure at all.
base::Result<std::unique_ptr<Prepared>> prepare(const Options& options, Io& io,
                                                const std::optional<std::string>& only = std::nullopt);

// The error on `io.err`; the exit status that goes with it.
int refuse(Io& io, std::string_view command, const base::Error& error);

}  // namespace guanhu::cli
