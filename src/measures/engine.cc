#include "measures/engine.h"

#include "base/period.h"
#include "measures/engine_impl.h"
#include "measures/reassign.h"

namespace guanhu::measures {

base::Result<std::unique_ptr<Engine>> Engine::open(warehouse::Warehouse& warehouse, const Options& options,
                                                   const std::function<void(std::string_view)>& progress) {
  attribution::Known known = attribution::Known::at(warehouse, options.known_at);
  // What was known then may be all there is now: then the column files serve, and nothing is derived in memory.
  if (!known.everything())
    if (auto now = attribution::Known::at(warehouse, std::nullopt); now.fingerprint() == known.fingerprint())
      known = std::move(now);
  auto columns = open_columns(warehouse, known, options.columns, options.ahead.get(), progress);
  if (!columns) return columns.error();
  Options used = options;
  if (!options.reassigned.empty()) {
    if (auto done = reassign(**columns, warehouse, options.reassigned); !done) return done.error();
    used.columns.clear();  // what is derived from here on is of this engine only
  }
  auto engine = std::make_unique<EngineImpl>(warehouse, std::move(used), std::move(known), std::move(*columns));
  engine->prepare(progress);
  return std::unique_ptr<Engine>(std::move(engine));
}

void EngineImpl::prepare(const std::function<void(std::string_view)>& progress) {
  if (progress) progress("moments of deposits and loans");
  Source deposits{
      columns_->deposits, &columns_->accounts, columns_->accounts.managers, Divide::by_share, {}, nullptr,
      "deposit"};
  Source loans{
      columns_->loan_on, &columns_->loans, columns_->loans.managers, Divide::by_share, {}, nullptr, "loan"};
  moments(deposits, false);
  moments(loans, false);
  if (progress) progress("sums of repayments");
  policy::Measure repaid;
  repaid.fact = policy::Fact::repayment;
  repaid.aggregate = policy::Aggregate::sum;
  repaid.column = "principal";  // and with it the interest
  // The period does not matter: sums of all days are derived.
  if (auto q = ask(repaid, *base::Period::parse("2000"))) (void)linear_events(*q);
}

}  // namespace guanhu::measures
