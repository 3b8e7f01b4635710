#include "cli/wiring.h"

#include <pwd.h>
#include <unistd.h>

#include "api/imports.h"
#include "api/services.h"
#include "appraisal/assess_plan.h"
#include "appraisal/deposit_ledger.h"
#include "appraisal/life.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "appraisal/runs.h"
#include "appraisal/simulate_store.h"
#include "attribution/recorded.h"
#include "attribution/register.h"
#include "audit/chain.h"
#include "customers/customer.h"
#include "customers/field.h"
#include "customers/lead.h"
#include "customers/signal.h"
#include "customers/visit_device.h"
#include "people/logins.h"
#include "policy/life.h"
#include "records/records.h"
#include "risk/findings.h"
#include "workbench/export.h"
#include "workbench/mail_settings.h"
#include "workbench/outbox.h"
#include "workbench/plan.h"
#include "workbench/suggestion.h"
#include "workbench/todo.h"
#include "workbench/training.h"

namespace guanhu::cli {

feed::BankOptions bank_options(const Io& io) {
  feed::BankOptions options;
  options.migrations = {{"audit", audit::migrations()},
                        {"people", people::login_migrations()},
                        {"records", records::migrations()},
                        {"attribution", attribution::migrations()},
                        {"customers", customers::register_migrations()},
                        {"intake", customers::intake_migrations()},
                        {"field", customers::visit_migrations()},
                        {"leads", customers::lead_migrations()},
                        {"signals", customers::signal_migrations()},
                        {"appraisal", appraisal::run_migrations()},
                        {"recorded", appraisal::recorded_migrations()},
                        {"run_life", appraisal::life_migrations()},
                        {"assessment", appraisal::assessment_migrations()},
                        {"deposit", appraisal::deposit_migrations()},
                        {"simulations", appraisal::simulation_migrations()},
                        {"people_facts", appraisal::people_migrations()},
                        {"pay", appraisal::pay_migrations()},
                        {"policy", policy::life_migrations()},
                        {"risk", risk::migrations()},
                        {"workbench", workbench::migrations()},
                        {"plans", workbench::plan_migrations()},
                        {"mail", workbench::mail_migrations()},
                        {"advice", workbench::advice_migrations()},
                        {"outbox", workbench::outbox_migrations()},
                        {"queries", workbench::query_migrations()},
                        {"training", workbench::training_migrations()},
                        {"api", api::migrations()}};
  options.recorded = api::audit_imports(actor_of(io), io.clock);
  options.prepared = [](store::Session& store, warehouse::Warehouse& facts) {
    if (attribution::project(store, facts)) attribution::refresh_spans(facts);
  };
  return options;
}

std::string actor_of(const Io& io) {
  if (!io.actor.empty()) return io.actor;
  const passwd* user = ::getpwuid(::getuid());
  return "cli:" + (user && user->pw_name ? std::string(user->pw_name) : std::to_string(::getuid()));
}

base::Result<feed::Bank> open_bank(const std::string& data, Io& io, feed::BankOptions options) {
  if (io.held) return io.held();
  return feed::Bank::open(data, io.clock, options);
}

base::Result<feed::Bank> open_bank(const std::string& data, Io& io) {
  return open_bank(data, io, bank_options(io));
}

std::string path_of(const Io& io, const std::string& path) {
  return io.folder.empty() || path.empty() ? path : (std::filesystem::path(io.folder) / path).string();
}

}  // namespace guanhu::cli
