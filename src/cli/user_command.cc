// guanhu user: logins of the bank's staff.
#include <ostream>

#include "api/services.h"
#include "api/staff_desk.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/wiring.h"
#include "people/directory.h"
#include "people/logins.h"
#include "people/rights.h"
#include "policy/life.h"
#include "workbench/todo_night.h"

namespace guanhu::cli {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view kHelp =
    R"(usage: guanhu user add   --data DIR --staff ID --role ROLE... [--login NAME] [--json]
       guanhu user list  --data DIR [--json]
       guanhu user reset --data DIR --login NAME [--json]
       guanhu user roles --data DIR --login NAME --role ROLE... [--json]

add    makes a login for a member of staff and prints its one-time password, which must be changed at the first login
list   the logins with their roles
reset  a new one-time password; ends the login's sessions
roles  gives the login these roles instead of the ones it has

  --role ROLE   administrator, manager, branch_head, risk_manager, business, hr, executive, auditor; several as
                --role manager,risk_manager or --role manager risk_manager
  --login NAME  the name to log in with (add: else the staff number)

An auditor holds no other role; an administrator holds no role that sees figures; what the pack house-people keeps
apart is refused as on the pages. The first administrator of an
empty bank may be anybody: staff numbers are checked once a staff table has been imported.

Exit status: 0 done; 2 wrong use or input.
)";

struct Asked {
  std::string action, data;
  std::optional<std::string> staff, login;
  std::vector<people::Role> roles;
  bool json = false;
};

std::string all_role_names() {
  std::string out;
  for (auto role : people::all_roles()) out += (out.empty() ? "" : ", ") + std::string(people::role_name(role));
  return out;
}

base::Status add_roles(const std::string& text, std::vector<people::Role>& roles) {
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find(',', at), text.size());
    std::string name = text.substr(at, end - at);
    auto role = people::role_of(name);
    if (!role) return Error{"cli.role", "there is no role '" + name + "'", "--role", all_role_names()};
    roles.push_back(*role);
    at = end + 1;
  }
  return {};
}

base::Result<Asked> read(const std::vector<std::string>& arguments) {
  if (arguments.empty())
    return Error{"cli.missing", "say what to do: add, list, reset or roles", "", "see --help"};
  Asked out;
  out.action = arguments[0];
  if (out.action != "add" && out.action != "list" && out.action != "reset" && out.action != "roles")
    return Error{"cli.action", "there is no 'user " + out.action + "'", "",
                 "add, list, reset or roles; see --help"};
  auto options =
      Options::parse({arguments.begin() + 1, arguments.end()}, {"data", "staff", "role", "login"}, {"json"});
  if (!options) return options.error();
  auto data = options->need("data");
  if (!data) return data.error();
  out.data = *data;
  out.staff = options->get("staff");
  out.login = options->get("login");
  out.json = options->has("json");
  bool takes_roles = out.action == "add" || out.action == "roles";
  // `--role a b`: the words after the first are roles as well.
  if (auto role = options->get("role"); role && takes_roles) {
    if (auto status = add_roles(*role, out.roles); !status) return status.error();
    for (const auto& word : options->rest())
      if (auto status = add_roles(word, out.roles); !status) return status.error();
  } else if (!options->rest().empty() || options->has("role")) {
    return Error{
        "cli.argument",
        "'" + (options->rest().empty() ? std::string("--role") : options->rest()[0]) + "' is not expected here",
        "", "see --help"};
  }
  if (takes_roles && out.roles.empty()) return Error{"cli.missing", "--role is missing", "", all_role_names()};
  if (out.action == "add" && !out.staff) return Error{"cli.missing", "--staff is missing", "", "the staff number"};
  if ((out.action == "reset" || out.action == "roles") && !out.login)
    return Error{"cli.missing", "--login is missing", "", "guanhu user list shows them"};
  return out;
}

Json login_json(const people::Login& login) {
  JsonArray roles;
  for (auto role : login.roles) roles.push_back(people::role_name(role));
  return JsonObject{{"login", login.login},
                    {"staff_id", login.staff_id},
                    {"roles", std::move(roles)},
                    {"must_change", login.must_change},
                    {"disabled", login.disabled}};
}

std::string roles_text(const people::Login& login) {
  std::string out;
  for (auto role : login.roles) out += (out.empty() ? "" : ",") + std::string(people::role_name(role));
  return out;
}

void print_password(Io& io, const Asked& asked, const std::string& login, const std::string& password) {
  if (asked.json) {
    io.out << Json(JsonObject{{"login", login}, {"one_time_password", password}}).dump(1) << "\n";
  } else {
    io.out << "login " << login << "  one-time password " << password << "\n";
  }
}

// Staff of the last imported date; nothing can be said before there is any.
base::Status check_staff(feed::Bank& bank, const std::string& staff) {
  auto last =
      warehouse::one_int(bank.warehouse(),
                         "SELECT CAST(max(business_date) - DATE '1970-01-01' AS BIGINT) FROM imports WHERE "
                         "replaced_at IS NULL");
  if (!last) return {};
  auto directory =
      people::Directory::load(bank.warehouse(), base::Date(static_cast<int32_t>(*last)), std::nullopt);
  if (directory.staff().empty() || directory.person(staff)) return {};
  return Error{"login.staff", "there is no member of staff '" + staff + "'", "--staff", "the number in staff.csv"};
}

// ORG-641: what the bank's pack keeps apart, as the pages check it. Without packs nothing is kept apart but what
// the program itself does not allow.
base::Status check_apart(feed::Bank& bank, const people::Login& before, const std::vector<people::Role>& roles,
                         Io& io) {
  const base::Date day = local_day(io.clock);
  auto folder = policies_folder(std::nullopt);
  policy::PolicyLife life(bank.folder().path() / "temp/policies-of-commands");
  workbench::Night place{folder.ok() ? *folder : std::filesystem::path(), &life, {}};
  auto pack = workbench::open_night_pack(bank, place, api::kHousePack, day);
  if (!pack.ok()) {
    if (!folder.ok() || !std::filesystem::exists(*folder / api::kHousePack)) return {};
    return pack.error();
  }
  auto rules = api::role_rules_of(**pack, day);
  if (!rules.ok()) return rules.error();
  auto fits = people::check_apart(bank.store(), *rules, before, roles, day);
  if (fits.ok()) return {};
  Error refused = fits.error();
  refused.where = "--role";
  return refused;
}

base::Status add(feed::Bank& bank, const Asked& asked, Io& io) {
  const std::string& login = asked.login ? *asked.login : *asked.staff;
  if (auto status = check_staff(bank, *asked.staff); !status) return status;
  // Whoever works on the machine itself may: over the network it is refused (people_handlers.cc).
  if (const std::string other = people::other_login(bank.store(), *asked.staff, login); !other.empty())
    io.err << "note: " << *asked.staff << " has the login '" << other
           << "' already; duties are kept apart by login, so give that one the role (user roles) or disable it\n";
  people::Login fresh;
  fresh.login = login, fresh.staff_id = *asked.staff;
  if (auto status = check_apart(bank, fresh, asked.roles, io); !status) return status;
  Json made = login_json({login, *asked.staff, asked.roles, true, false});
  auto password = people::add_login(bank.store(), login, *asked.staff, asked.roles, io.clock, [&] {
    api::record(bank.store(), actor_of(io), "user.add", "login " + login, made, io.clock);
  });
  if (!password) return password.error();
  print_password(io, asked, login, *password);
  return {};
}

base::Status reset(feed::Bank& bank, const Asked& asked, Io& io) {
  auto password = people::reset_password(bank.store(), *asked.login, io.clock, [&] {
    api::record(bank.store(), actor_of(io), "user.reset", "login " + *asked.login, JsonObject{}, io.clock);
  });
  if (!password) return password.error();
  print_password(io, asked, *asked.login, *password);
  return {};
}

base::Status set_roles(feed::Bank& bank, const Asked& asked, Io& io) {
  auto before = people::find_login(bank.store(), *asked.login);
  if (before)
    if (auto status = check_apart(bank, *before, asked.roles, io); !status) return status;
  JsonObject change;
  if (before) change.emplace_back("before", roles_text(*before));
  change.emplace_back("after", roles_text({*asked.login, "", asked.roles}));
  auto status = people::set_roles(bank.store(), *asked.login, asked.roles, [&] {
    api::record(bank.store(), actor_of(io), "user.roles", "login " + *asked.login, change, io.clock);
  });
  if (!status) return status;
  Json json = login_json(*people::find_login(bank.store(), *asked.login));
  io.out << (asked.json ? json.dump(1) : *asked.login + "  " + roles_text({*asked.login, "", asked.roles}))
         << "\n";
  return {};
}

void list(feed::Bank& bank, const Asked& asked, Io& io) {
  JsonArray all;
  for (const auto& login : people::list_logins(bank.store())) {
    if (asked.json) {
      all.push_back(login_json(login));
      continue;
    }
    io.out << login.login << "  " << login.staff_id << "  " << roles_text(login)
           << (login.must_change ? "  one-time password" : "") << (login.disabled ? "  disabled" : "") << "\n";
  }
  if (asked.json) io.out << Json(JsonObject{{"logins", std::move(all)}}).dump(1) << "\n";
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const Error& error) {
    io.err << "guanhu user: " << error.text() << "\n";
    return kWrong;
  };
  auto asked = read(arguments);
  if (!asked) return fail(asked.error());
  auto bank = open_bank(asked->data, io);
  if (!bank) return fail(bank.error());
  for (const auto& note : bank->notes()) io.err << note << "\n";
  base::Status status;
  if (asked->action == "add") status = add(*bank, *asked, io);
  if (asked->action == "reset") status = reset(*bank, *asked, io);
  if (asked->action == "roles") status = set_roles(*bank, *asked, io);
  if (asked->action == "list") list(*bank, *asked, io);
  if (!status) return fail(status.error());
  return kDone;
}

}  // namespace

const Command kUserCommand = {"user", "logins of the bank's staff: add, list, reset, roles", kHelp, run};

}  // namespace guanhu::cli
