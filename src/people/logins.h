// Logins and sessions.
//
// Passwords are kept as Argon2id (libsodium, interactive limits: 64 MiB, about 0.1 s): call log_in,
// change_password and add_login off the event loop and never inside a transaction of your own.
// A session is a random 256-bit token; the store keeps only its SHA-256.
//
// Wrong passwords are slowed down per login *and* network address, so that nobody locks another out
// for long: after five failures an address waits for that login 2, 4, 8 ... seconds, at most 15 minutes;
// failures of all addresses together make a login wait at most 30 seconds. The answer to a wrong login,
// a wrong password and a disabled login is the same.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "people/access.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::people {

std::span<const store::Migration> login_migrations();

// What else belongs into the transaction of a change (its audit record, say): called inside it, once, when
// the change is made; what it throws undoes the change.
using Also = std::function<void()>;

struct Login {
  std::string login, staff_id;
  HeldRoles roles;
  bool must_change = false;  // the password is a one-time password
  bool disabled = false;
  std::vector<std::string> team = {};  // who is in a team with them on the day, themselves left out; by id
};

// Makes a login for a member of staff and returns its one-time password. Refused: login.name (not 2 to
// 40 of a-z A-Z 0-9 . _ -), login.taken, login.roles (none, or a pair that may not be held together: an
// auditor holds no other role, an administrator holds no role that sees figures).
base::Result<std::string> add_login(store::Session& session, const std::string& login, const std::string& staff_id,
                                    const std::vector<Role>& roles, base::Clock& clock, const Also& also = {});
// A new one-time password; ends all sessions of the login. Refused: login.unknown.
base::Result<std::string> reset_password(store::Session& session, const std::string& login, base::Clock& clock,
                                         const Also& also = {});
base::Status set_roles(store::Session& session, const std::string& login, const std::vector<Role>& roles,
                       const Also& also = {});
base::Status set_disabled(store::Session& session, const std::string& login, bool disabled, const Also& also = {});
std::vector<Login> list_logins(store::Session& session);
std::optional<Login> find_login(store::Session& session, const std::string& login);

struct Ticket {
  std::string token;  // for the cookie
  std::string csrf;   // for the x-csrf-token header
  Login login;
  base::Instant expires;
};
// Refused: login.failed (wrong), login.wait (too many failures; the hint says how many seconds). `also` is told
// whether the password was right; a login that must wait is not told.
base::Result<Ticket> log_in(store::Session& session, const std::string& login, const std::string& password,
                            const std::string& address, base::Clock& clock,
                            const std::function<void(bool right)>& also = {});
void log_out(store::Session& session, const std::string& token, const Also& also = {});

struct Visitor {
  Login login;
  std::string csrf;
  base::Instant expires;  // at the latest: 12 hours after the login
};
// Who a token belongs to; nothing when it is unknown, expired (12 hours after the login, or 60 minutes
// unused) or its login disabled.
std::optional<Visitor> visitor_of(store::Session& session, const std::string& token, base::Clock& clock);

// Refused: password.wrong, password.short (under 10 characters), password.same, password.simple (holds
// the login, or is one character or a run repeated). Ends the login's other sessions.
base::Status change_password(store::Session& session, const std::string& login, const std::string& old_password,
                             const std::string& new_password, const std::string& keep_token, base::Clock& clock,
                             const Also& also = {});

}  // namespace guanhu::people
