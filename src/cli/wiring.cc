#include "cli/wiring.h"

#include "appraisal/runs.h"
#include "audit/chain.h"
#include "people/logins.h"

namespace guanhu::cli {

feed::BankOptions bank_options() {
  feed::BankOptions options;
  options.migrations = {{"audit", audit::migrations()},
                        {"people", people::login_migrations()},
                        {"appraisal", appraisal::run_migrations()}};
  return options;
}

}  // namespace guanhu::cli
