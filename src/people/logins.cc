#include "people/logins.h"

#include <sodium.h>

#include <algorithm>

#include "base/digest.h"
#include "people/detail/staff_schema.h"
#include "people/detail/throttle.h"

namespace guanhu::people {

namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kLifetime = 12 * 3600 * kSecond;
constexpr int64_t kIdle = 3600 * kSecond;
constexpr int64_t kTouchEvery = 60 * kSecond;  // writing at every request would serialise them all

constexpr store::Migration kSteps[] = {
    {1, "logins, their roles, sessions and failed attempts",
     "CREATE TABLE logins ("
     "  login TEXT PRIMARY KEY,"
     "  staff_id TEXT NOT NULL,"
     "  password TEXT NOT NULL,"  // Argon2id, libsodium's encoding
     "  must_change {bigint} NOT NULL,"
     "  disabled {bigint} NOT NULL,"
     "  created_at {bigint} NOT NULL"
     ");"
     "CREATE TABLE login_roles (login TEXT NOT NULL REFERENCES logins (login), "
     "role TEXT NOT NULL, PRIMARY KEY (login, role));"
     "CREATE TABLE sessions ("
     "  token_hash TEXT PRIMARY KEY,"
     "  login TEXT NOT NULL REFERENCES logins (login),"
     "  csrf TEXT NOT NULL,"
     "  created_at {bigint} NOT NULL,"
     "  seen_at {bigint} NOT NULL"
     ");"
     "CREATE INDEX sessions_login ON sessions (login);"
     "CREATE TABLE login_failures ("
     "  login TEXT NOT NULL,"
     "  address TEXT NOT NULL,"  // '' = all addresses together
     "  failures {bigint} NOT NULL,"
     "  last_at {bigint} NOT NULL,"
     "  PRIMARY KEY (login, address)"
     ");"},
    {2, "posts, teams, composed roles, delegations, leavings", detail::kStaffSchema}};

void need_sodium() {
  if (sodium_init() < 0) throw base::Broken("libsodium cannot start");
}

std::string random_hex(size_t bytes) {
  need_sodium();
  std::string raw(bytes, '\0'), hex(bytes * 2 + 1, '\0');
  randombytes_buf(raw.data(), raw.size());
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
  hex.pop_back();
  return hex;
}

// Sixteen characters without those that are mistaken for one another when read from paper.
std::string one_time_password() {
  static constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  need_sodium();
  std::string out;
  for (int i = 0; i < 16; ++i) out += kAlphabet[randombytes_uniform(kAlphabet.size())];
  return out;
}

std::string hash_password(const std::string& password) {
  need_sodium();
  char out[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(out, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw base::Broken("not enough memory to hash a password");
  return out;
}

bool fits(const std::string& hash, const std::string& password) {
  need_sodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

// Verified instead of a login that does not exist, so that both take the same time.
const std::string& nobody_hash() {
  static const std::string hash = hash_password(random_hex(16));
  return hash;
}

base::Error unknown(const std::string& login) {
  return {"login.unknown", "there is no login '" + login + "'", "", "guanhu user list shows them"};
}

std::optional<base::Error> bad_name(const std::string& login) {
  bool allowed =
      login.size() >= 2 && login.size() <= 40 && std::all_of(login.begin(), login.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
      });
  if (allowed) return std::nullopt;
  return base::Error{"login.name", "'" + login + "' is no login", "", "2 to 40 letters a-z, digits, . _ -"};
}

std::optional<base::Error> bad_roles(const std::vector<Role>& roles) {
  auto has = [&](Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
  if (roles.empty()) return base::Error{"login.roles", "a login needs at least one role", "", "give --role"};
  if (has(Role::auditor) && roles.size() > 1)
    return base::Error{"login.roles", "an auditor holds no other role", "", "make two logins for two people"};
  if (has(Role::administrator) && scope_of(roles, Permission::score_read) != Scope::none)
    return base::Error{"login.roles", "an administrator holds no role that sees figures", "",
                       "give the other role to another person's login"};
  return std::nullopt;
}

std::vector<Role> roles_of(store::Session& session, const std::string& login) {
  std::vector<Role> out;
  for (const auto& row : session.query("SELECT role FROM login_roles WHERE login = ? ORDER BY role", {login}))
    if (auto role = role_of(row.text(0))) out.push_back(*role);
  return out;
}

void write_roles(store::Session& session, const std::string& login, const std::vector<Role>& roles) {
  session.exec("DELETE FROM login_roles WHERE login = ?", {login});
  std::vector<Role> once = roles;
  std::sort(once.begin(), once.end());
  once.erase(std::unique(once.begin(), once.end()), once.end());
  for (Role role : once)
    session.exec("INSERT INTO login_roles (login, role) VALUES (?, ?)", {login, std::string(role_name(role))});
}

struct Stored {
  Login login;
  std::string password;
};

std::optional<Stored> stored(store::Session& session, const std::string& login) {
  auto rows =
      session.query("SELECT staff_id, password, must_change, disabled FROM logins WHERE login = ?", {login});
  if (rows.empty()) return std::nullopt;
  return Stored{
      {login, rows[0].text(0), roles_of(session, login), rows[0].integer(2) != 0, rows[0].integer(3) != 0},
      rows[0].text(1)};
}

std::optional<base::Error> weak(const std::string& login, const std::string& old, const std::string& fresh) {
  if (fresh.size() < 10) return base::Error{"password.short", "新密码太短", "", "至少 10 个字符"};
  if (fresh == old) return base::Error{"password.same", "新密码与原密码相同", "", ""};
  bool one_character = fresh.find_first_not_of(fresh[0]) == std::string::npos;
  bool run = true;
  for (size_t i = 1; i < fresh.size(); ++i) run = run && fresh[i] - fresh[i - 1] == fresh[1] - fresh[0];
  if (one_character || run || fresh.find(login) != std::string::npos)
    return base::Error{"password.simple", "新密码太容易猜到", "", "不要含登录名、单一字符或连续字符"};
  return std::nullopt;
}

}  // namespace

std::span<const store::Migration> login_migrations() { return kSteps; }

base::Result<std::string> add_login(store::Session& session, const std::string& login, const std::string& staff_id,
                                    const std::vector<Role>& roles, base::Clock& clock, const Also& also) {
  if (auto error = bad_name(login)) return *error;
  if (auto error = bad_roles(roles)) return *error;
  std::string password = one_time_password(), hash = hash_password(password);
  bool taken = false;
  session.transaction([&] {
    taken = !session.query("SELECT 1 FROM logins WHERE login = ?", {login}).empty();
    if (taken) return;
    session.exec(
        "INSERT INTO logins (login, staff_id, password, must_change, disabled, created_at) VALUES (?, ?, ?, 1, 0, "
        "?)",
        {login, staff_id, hash, clock.now().micros});
    write_roles(session, login, roles);
    if (also) also();
  });
  if (taken) return base::Error{"login.taken", "the login '" + login + "' exists already", "", "choose another"};
  return password;
}

base::Result<std::string> reset_password(store::Session& session, const std::string& login, base::Clock&,
                                         const Also& also) {
  std::string password = one_time_password(), hash = hash_password(password);
  bool known = false;
  session.transaction([&] {
    known = session.exec("UPDATE logins SET password = ?, must_change = 1 WHERE login = ?", {hash, login}) == 1;
    session.exec("DELETE FROM sessions WHERE login = ?", {login});
    session.exec("DELETE FROM login_failures WHERE login = ?", {login});
    if (known && also) also();
  });
  if (!known) return unknown(login);
  return password;
}

base::Status set_roles(store::Session& session, const std::string& login, const std::vector<Role>& roles,
                       const Also& also) {
  if (auto error = bad_roles(roles)) return *error;
  bool known = false;
  session.transaction([&] {
    known = !session.query("SELECT 1 FROM logins WHERE login = ?", {login}).empty();
    if (known) write_roles(session, login, roles);
    if (known && also) also();
  });
  if (!known) return unknown(login);
  return {};
}

base::Status set_disabled(store::Session& session, const std::string& login, bool disabled, const Also& also) {
  bool known = false;
  session.transaction([&] {
    known = session.exec("UPDATE logins SET disabled = ? WHERE login = ?", {int64_t{disabled}, login}) == 1;
    if (disabled) session.exec("DELETE FROM sessions WHERE login = ?", {login});
    if (known && also) also();
  });
  if (!known) return unknown(login);
  return {};
}

std::vector<Login> list_logins(store::Session& session) {
  std::vector<Login> out;
  for (const auto& row : session.query("SELECT login FROM logins ORDER BY login"))
    if (auto s = stored(session, row.text(0))) out.push_back(s->login);
  return out;
}

std::optional<Login> find_login(store::Session& session, const std::string& login) {
  auto s = stored(session, login);
  if (!s) return std::nullopt;
  return s->login;
}

base::Result<Ticket> log_in(store::Session& session, const std::string& login, const std::string& password,
                            const std::string& address, base::Clock& clock,
                            const std::function<void(bool right)>& also) {
  if (auto seconds = detail::seconds_to_wait(session, login, address, clock.now()))
    return base::Error{"login.wait", "尝试次数过多", "", "请在 " + std::to_string(seconds) + " 秒后再试"};
  auto found = stored(session, login);
  bool right = fits(found ? found->password : nobody_hash(), password) && found && !found->login.disabled;
  if (!right) {
    session.transaction([&] {
      detail::note_failure(session, login, address, clock.now());
      if (also) also(false);
    });
    return base::Error{"login.failed", "登录名或密码不正确", "", "忘记密码请联系系统管理员重置"};
  }
  Ticket ticket{random_hex(32), random_hex(16), found->login, base::Instant{clock.now().micros + kLifetime}};
  session.transaction([&] {
    detail::forget_failures(session, login, address);
    session.exec("DELETE FROM sessions WHERE created_at < ? OR seen_at < ?",
                 {clock.now().micros - kLifetime, clock.now().micros - kIdle});
    session.exec("INSERT INTO sessions (token_hash, login, csrf, created_at, seen_at) VALUES (?, ?, ?, ?, ?)",
                 {base::sha256_hex(ticket.token), login, ticket.csrf, clock.now().micros, clock.now().micros});
    if (also) also(true);
  });
  return ticket;
}

void log_out(store::Session& session, const std::string& token, const Also& also) {
  session.transaction([&] {
    session.exec("DELETE FROM sessions WHERE token_hash = ?", {base::sha256_hex(token)});
    if (also) also();
  });
}

std::optional<Visitor> visitor_of(store::Session& session, const std::string& token, base::Clock& clock) {
  const std::string hash = base::sha256_hex(token);
  auto rows = session.query("SELECT login, csrf, created_at, seen_at FROM sessions WHERE token_hash = ?", {hash});
  if (rows.empty()) return std::nullopt;
  int64_t now = clock.now().micros, created = rows[0].integer(2), seen = rows[0].integer(3);
  if (now >= created + kLifetime || now >= seen + kIdle) return std::nullopt;
  auto found = stored(session, rows[0].text(0));
  if (!found || found->login.disabled) return std::nullopt;
  if (now >= seen + kTouchEvery)
    session.transaction([&] {
      session.exec("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", {now, hash});
    });
  return Visitor{found->login, rows[0].text(1), base::Instant{created + kLifetime}};
}

base::Status change_password(store::Session& session, const std::string& login, const std::string& old_password,
                             const std::string& new_password, const std::string& keep_token, base::Clock&,
                             const Also& also) {
  auto found = stored(session, login);
  if (!found || !fits(found->password, old_password)) return base::Error{"password.wrong", "原密码不正确", "", ""};
  if (auto error = weak(login, old_password, new_password)) return *error;
  std::string hash = hash_password(new_password);
  session.transaction([&] {
    session.exec("UPDATE logins SET password = ?, must_change = 0 WHERE login = ?", {hash, login});
    session.exec("DELETE FROM sessions WHERE login = ? AND token_hash <> ?",
                 {login, base::sha256_hex(keep_token)});
    if (also) also();
  });
  return {};
}

}  // namespace guanhu::people
