// Who am I: logging in and out, the password, preferences.
#include "api/gate.h"
#include "api/handlers.h"
#include "people/rights.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr int64_t kCookieSeconds = 12 * 3600;

Json session_json(Services& services, const people::Login& login, const std::string& csrf, base::Instant expires) {
  auto facts = services.facts();
  const people::Staff* person = facts->directory.person(login.staff_id);
  const people::Org* org = person ? facts->directory.org(person->org) : nullptr;
  JsonArray roles;
  for (auto role : login.roles) roles.push_back(people::role_name(role));
  JsonObject permissions;
  for (auto permission : people::all_permissions()) {
    auto scope = people::scope_of(login.roles, permission);
    if (scope != people::Scope::none)
      permissions.emplace_back(people::permission_name(permission), people::scope_name(scope));
  }
  return JsonObject{{"login", login.login},
                    {"staff_id", login.staff_id},
                    {"name", person ? person->name : login.login},
                    {"org", JsonObject{{"id", org ? org->id : ""}, {"name", org ? org->name : ""}}},
                    {"roles", std::move(roles)},
                    {"permissions", std::move(permissions)},
                    {"must_change", login.must_change},
                    {"csrf", csrf},
                    {"expires", expires.str()}};
}

Refusal busy() { return {429, base::Error{"busy.passwords", "", "", ""}, {}, 2}; }

int seconds_in(const std::string& hint) {
  int seconds = 0;
  for (char c : hint)
    if (c >= '0' && c <= '9' && seconds < 10'000) seconds = seconds * 10 + (c - '0');
  return std::max(seconds, 1);
}

Outcome log_in(Services& s, const Call& call) {
  auto turn = s.hash_turn();
  if (!turn) return busy();
  const std::string login = call.text("login"), &peer = call.request.peer;
  auto store = s.store();
  auto ticket = people::log_in(*store, login, call.text("password"), peer, s.clock(), [&](bool right) {
    // A login that does not exist is what somebody typed, perhaps a password: it is not kept.
    bool known = right || people::find_login(*store, login).has_value();
    record(*store, known ? login : "unknown", right ? "login" : "login.failed", known ? "login " + login : "",
           JsonObject{{"address", peer}}, s.clock());
  });
  if (!ticket) {
    Refusal refusal = refusal_of(ticket.error());
    if (refusal.status == 429) refusal.retry_after = seconds_in(ticket.error().hint);
    return refusal;
  }
  // One browser, one session: what the cookie held before ends with it.
  if (!call.token.empty()) people::log_out(*store, call.token);
  s.forget_sessions();
  people::complete(*store, s.facts()->directory, people::day_here(s.clock().now()), ticket->login);
  Answer answer{session_json(s, ticket->login, ticket->csrf, ticket->expires)};
  answer.headers.emplace_back("set-cookie",
                              http::set_cookie(kCookie, ticket->token, kCookieSeconds, call.request.secure));
  return answer;
}

Outcome who_am_i(Services& s, const Call& call) {
  return Answer{session_json(s, call.login(), call.visitor->csrf, call.visitor->expires)};
}

Outcome log_out(Services& s, const Call& call) {
  auto store = s.store();
  people::log_out(*store, call.token, [&] {
    record(*store, call.login().login, "logout", "login " + call.login().login, JsonObject{}, s.clock());
  });
  s.forget_sessions();
  s.events().disconnect(call.login().login);
  Answer answer;
  answer.headers.emplace_back("set-cookie", http::set_cookie(kCookie, "", 0, call.request.secure));
  return answer;
}

Outcome change_password(Services& s, const Call& call) {
  auto turn = s.hash_turn();
  if (!turn) return busy();
  auto store = s.store();
  const std::string& login = call.login().login;
  auto status = people::change_password(
      *store, login, call.text("old_password"), call.text("new_password"), call.token, s.clock(),
      [&] { record(*store, login, "password.change", "login " + login, JsonObject{}, s.clock()); });
  if (!status) return refusal_of(status.error());
  s.forget_sessions();
  return Answer{};
}

JsonObject kept_preferences(store::Session& store, const Call& call) {
  JsonObject out = {
      {"language", call.language == Language::en ? "en" : "zh"}, {"theme", "auto"}, {"unit", "yuan"}};
  auto rows = store.query("SELECT value FROM preferences WHERE login = ?", {call.login().login});
  auto kept = rows.empty() ? base::Result<Json>(Json()) : Json::parse(rows[0].text(0));
  for (auto& [name, value] : out)
    if (const Json* own = kept ? kept->find(name) : nullptr) value = *own;
  return out;
}

Outcome preferences(Services& s, const Call& call) { return Answer{kept_preferences(*s.store(), call)}; }

Outcome set_preferences(Services& s, const Call& call) {
  auto store = s.store();
  JsonObject all;
  store->transaction([&] {
    all = kept_preferences(*store, call);
    for (auto& [name, value] : all)
      if (const Json* wanted = call.body.find(name)) value = *wanted;
    store->exec("DELETE FROM preferences WHERE login = ?", {call.login().login});
    store->exec("INSERT INTO preferences (login, value) VALUES (?, ?)", {call.login().login, Json(all).dump()});
  });
  return Answer{std::move(all)};
}

}  // namespace

Table session_endpoints() {
  SchemaRef credentials = object({{"login", text(100)}, {"password", text(200)}});
  SchemaRef some = optional(named_schemas().at("Preferences"), {"language", "theme", "unit"});
  SchemaRef passwords = object({{"old_password", text(200)}, {"new_password", text(200)}});
  return {{.method = "POST",
           .path = "/session",
           .summary = "log in",
           .access = Access::open,
           .input = credentials,
           .output = ref("Session"),
           .handler = log_in},
          {.method = "GET",
           .path = "/session",
           .summary = "who am I",
           .access = Access::session,
           .output = ref("Session"),
           .handler = who_am_i},
          {.method = "DELETE",
           .path = "/session",
           .summary = "log out",
           .access = Access::session,
           .handler = log_out},
          {.method = "POST",
           .path = "/session/password",
           .summary = "change one's own password",
           .access = Access::session,
           .input = passwords,
           .handler = change_password},
          {.method = "GET",
           .path = "/session/preferences",
           .summary = "language, theme, unit",
           .access = Access::settled,
           .output = ref("Preferences"),
           .handler = preferences},
          {.method = "PUT",
           .path = "/session/preferences",
           .summary = "keep language, theme, unit",
           .access = Access::settled,
           .input = some,
           .output = ref("Preferences"),
           .handler = set_preferences}};
}

}  // namespace guanhu::api
