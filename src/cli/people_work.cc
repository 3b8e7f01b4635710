#include "cli/people_work.h"

#include <ostream>

#include "api/services.h"
#include "cli/places.h"
#include "cli/wiring.h"
#include "people/logins.h"
#include "policy/load.h"

namespace guanhu::cli {

using base::Error;

base::Date PeopleWork::today() const { return local_day(io.clock); }

base::Result<std::shared_ptr<const policy::Pack>> PeopleWork::pack(const std::string& option) {
  auto id = options.need(option);
  if (!id.ok()) return id.error();
  if (auto version = policy::PolicyLife::in_force(bank.store(), *id, today()))
    return life.open(bank.store(), *version);
  auto folder = policies();
  if (!folder.ok()) return folder.error();
  auto opened = policy::open_pack(*folder, *id);
  if (!opened.ok()) return opened.error();
  return std::make_shared<const policy::Pack>(std::move(*opened));
}

base::Result<std::filesystem::path> PeopleWork::policies() const {
  auto given = options.get("policies");
  return policies_folder(given ? std::optional(path_of(io, *given)) : std::nullopt);
}

base::Result<int64_t> PeopleWork::number(const char* what) const {
  const auto& rest = options.rest();
  if (rest.size() == 1 && !rest[0].empty() && rest[0].size() < 16 &&
      rest[0].find_first_not_of("0123456789") == std::string::npos)
    return static_cast<int64_t>(std::stoll(rest[0]));
  return Error{"cli.missing", std::string("the number of one ") + what + " is needed", "", "see --help"};
}

base::Result<base::Date> PeopleWork::day(const char* option) const {
  auto text = options.need(option);
  if (!text.ok()) return text.error();
  if (auto out = base::Date::parse(*text)) return *out;
  return Error{"cli.date", "'" + *text + "' is no date", std::string("--") + option, "write 2025-12-31"};
}

people::Directory PeopleWork::directory() {
  auto last =
      warehouse::one_int(bank.warehouse(),
                         "SELECT CAST(max(business_date) - DATE '1970-01-01' AS BIGINT) FROM imports WHERE "
                         "replaced_at IS NULL");
  if (!last) return people::Directory::of({}, {});
  return people::Directory::load(bank.warehouse(), base::Date(static_cast<int32_t>(*last)), std::nullopt);
}

base::Result<appraisal::PeopleDoing> PeopleWork::doing(std::vector<std::string>* roles) {
  appraisal::PeopleDoing out{actor_of(io), "", io.clock.now(),
                             [this](const std::string& action, const std::string& subject, base::Json detail) {
                               api::record(bank.store(), actor_of(io), action, subject, std::move(detail),
                                           io.clock);
                             }};
  auto by = options.get("by");
  if (!by) return out;
  auto login = people::find_login(bank.store(), *by);
  if (!login || login->disabled)
    return Error{"login.unknown", "there is no login '" + *by + "'", "--by", "guanhu user list shows them"};
  out.staff = login->staff_id;
  if (roles)
    for (people::Role role : login->roles) roles->emplace_back(people::role_title(role));
  return out;
}

int run_people(const char* name, const std::vector<std::string>& arguments, Io& io,
               const std::vector<std::string_view>& values, const std::vector<std::string_view>& switches,
               PeopleCommand work) {
  auto complain = [&](const Error& error) {
    io.err << "guanhu " << name << ": " << error.text() << "\n";
    return kWrong;
  };
  std::vector<std::string_view> with_value{"data", "policies", "by"}, flags{"json"};
  with_value.insert(with_value.end(), values.begin(), values.end());
  flags.insert(flags.end(), switches.begin(), switches.end());
  auto options = Options::parse(arguments, with_value, flags);
  if (!options.ok()) return complain(options.error());
  auto data = options->need("data");
  if (!data.ok()) return complain(data.error());
  auto bank = open_bank(*data, io);
  if (!bank.ok()) return complain(bank.error());
  PeopleWork all{io, *options, std::move(*bank),
                 policy::PolicyLife(std::filesystem::path(path_of(io, *data)) / "temp/policies-of-commands")};
  auto status = work(all);
  return status.ok() ? *status : complain(status.error());
}

}  // namespace guanhu::cli
