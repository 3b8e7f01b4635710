#include <ostream>

#include "api/work.h"
#include "cli/prepare.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"data", "scheme", "period", "known-at", "policies"}, {"json"});
  if (!options) return refuse(io, "appraise", options.error());
  if (!options->rest().empty())
    return refuse(io, "appraise",
                  {"cli.extra", "'" + options->rest()[0] + "' is one word too many", "", "see --help"});
  auto prepared = prepare(*options, io);
  if (!prepared) return refuse(io, "appraise", prepared.error());
  Prepared& p = **prepared;
  appraisal::Run result = appraisal::run_of(*p.evaluation, p.directory, p.known_at);
  result.warnings = api::warnings_of(p.bank, p.evaluation->period, p.reached);
  api::keep_run(p.bank.store(), result, actor_of(io), io.clock);
  if (options->has("json")) {
    io.out << appraisal::to_json(result).dump(1) << "\n";
  } else {
    io.out << appraisal::to_text(result);
  }
  return kDone;
}

}  // namespace

const Command kAppraiseCommand = {
    "appraise", "runs a scheme for a period: figures, scores, totals, ranks",
    R"(usage: guanhu appraise --data DIR --scheme PACK/SCHEME --period P [--known-at TIME] [--policies DIR] [--json]

Computes every figure and score of the scheme for every holder, checks that what all hold adds up to the
bank's total, ranks, and keeps the run.

  --data DIR           the bank's data folder
  --scheme PACK/NAME   for example sample/经营业绩
  --period P           2025, 2025H2, 2025Q4 or 2025-12
  --known-at TIME      as it was known then: 2026-01-05T08:00:00+08:00, or a day (its first moment, UTC)
  --policies DIR       the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)
  --json               one JSON document; numbers are exact decimals

Exit status: 0 done; 1 the facts do not allow it (over-assigned accounts, sums that do not add up);
2 wrong use or input.
)",
    run};

}  // namespace guanhu::cli
