#include "cli/wiring.h"

#include <pwd.h>
#include <unistd.h>

#include "api/services.h"
#include "appraisal/runs.h"
#include "audit/chain.h"
#include "base/json.h"
#include "people/logins.h"

namespace guanhu::cli {

feed::BankOptions bank_options(const Io& io) {
  feed::BankOptions options;
  options.migrations = {{"audit", audit::migrations()},
                        {"people", people::login_migrations()},
                        {"appraisal", appraisal::run_migrations()},
                        {"api", api::migrations()}};
  options.recorded = audit_imports(actor_of(io), io.clock);
  return options;
}

std::function<void(store::Session&, const std::string& record)> audit_imports(const std::string& actor,
                                                                              base::Clock& clock) {
  return [actor, &clock](store::Session& session, const std::string& text) {
    auto import = base::Json::parse(text);
    auto member = [&](const base::Json* of, const char* name) {
      const base::Json* value = of ? of->find(name) : nullptr;
      return value ? *value : base::Json();
    };
    const base::Json* json = import ? &*import : nullptr;
    const base::Json* report = json ? json->find("report") : nullptr;
    base::Json date = member(json, "business_date");
    if (date.as_string()) session.exec("DELETE FROM import_refusals WHERE business_date = ?", {*date.as_string()});
    api::record(session, actor, "import.apply", "date " + (date.as_string() ? *date.as_string() : std::string()),
                base::JsonObject{{"import_id", member(json, "import_id")},
                                 {"allow_rejects", member(json, "tolerance")},
                                 {"rejects", member(report, "rejects")},
                                 {"feed", member(report, "feed")}},
                clock);
  };
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
